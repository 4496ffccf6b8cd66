"""Reading a Substack export: the rows of posts.csv with the HTML files that belong to them."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path, PurePosixPath
from typing import ClassVar

from hugoconv.errors import SourceError, UsageError
from hugoconv.model import Site, SiteInfo
from hugoconv.report.findings import Findings
from hugoconv.systems.contract import Match
from hugoconv.systems.exports.bodies import ExportImporter
from hugoconv.systems.exports.entry import Entry
from hugoconv.systems.exports.media import ExportMedia
from hugoconv.systems.exports.site import Export, site_of, slug_of, zone_named
from hugoconv.systems.exports.sources import ExportSource
from hugoconv.systems.options import option
from hugoconv.systems.substack.bodies import MEDIA, plain

_COLUMNS = frozenset({"post_id", "post_date", "is_published", "type", "audience", "title"})
_EVERYONE = ("everyone", "")


@dataclass(frozen=True, kw_only=True)
class SubstackImporter(ExportImporter):
    """Reads the archive that Substack exports, or its folder."""

    name: ClassVar[str] = "substack"
    label: ClassVar[str] = "Substack export (zip)"

    base_url: str = option("", "address of the old site, which the export does not say (https://name.substack.com)")
    members: str = option("draft", "what becomes of posts that only subscribers see", ("draft", "public"))
    time_zone: str = option("", "time zone of the site, such as Europe/Berlin (default: UTC, as the export has it)")

    @classmethod
    def detect(cls, source: Path) -> Match | None:
        """See `Importer.detect`."""
        return Match(93, "it is a Substack export") if _table_in(ExportSource(source)) else None

    def read(self, source: Path, log: Findings) -> Site:
        """See `Importer.read`."""
        given = ExportSource(source)
        name = _table_in(given)
        if not name:
            raise UsageError(f"{source} holds no posts.csv of Substack")
        left_behind = Findings()
        if not self.base_url:
            left_behind.add("HC120", file=given.label(name))
        others = [each for each in given.ending(".csv") if each != name]
        if others:
            left_behind.add("HC121", file=given.path.name, names=f"lists of readers ({len(others)})")
        info = SiteInfo(
            system=self.name,
            base_url=self.base_url.rstrip("/"),
            zone=zone_named(self.time_zone),
            time_zone=self.time_zone,
            taxonomies={"tag": "tags"},
        )
        export = Export(
            info,
            self._entries(given, name, left_behind),
            ExportMedia(info.base_url, MEDIA),
            feed="/feed",
            left_behind=left_behind,
        )
        return site_of(export, source, log)

    def _entries(self, given: ExportSource, table: str, left_behind: Findings) -> Iterator[Entry]:
        folder = str(PurePosixPath(table).parent / "posts")
        found = (PurePosixPath(each) for each in given.ending(".html"))
        texts = {path.stem: str(path) for path in found if str(path.parent) == folder}
        for line, row in _rows(given, table):
            yield self._entry(given, table, line, row, texts.pop(row["post_id"], ""))
        for name in texts.values():
            identifier = PurePosixPath(name).stem
            entry = self._entry(given, name, 0, {"post_id": identifier, "is_published": "false"}, name)
            entry.note("HC133", detail="the table of posts has no row for it; it becomes a draft")
            yield entry

    def _entry(self, given: ExportSource, table: str, line: int, row: dict[str, str], file: str) -> Entry:
        identifier = row["post_id"]
        number, _, rest = identifier.partition(".")
        slug = rest or (number if not number.isdigit() else slug_of(row.get("title", ""))) or f"post-{number}"
        is_page = row.get("type") == "page"
        entry = Entry(given.label(file or f"{table}#{identifier}"), "", slug=slug, type="page" if is_page else "post")
        entry.title = unescape(row.get("title", "")).strip()
        entry.date = row.get("post_date", "") or row.get("email_sent_at", "")
        entry.status = self._status(row, entry)
        if row.get("post_date"):
            entry.address = f"/p/{slug}"
        body = ""
        if file:
            left_out: Counter[str] = Counter()
            try:
                body = plain(given.text(file), left_out)
            except SourceError as error:
                entry.note("HC103", item=identifier, detail=error.message)
            if left_out:
                entry.note("HC123", what=", ".join(f"{what} ({count})" for what, count in sorted(left_out.items())))
        else:
            entry.note("HC133", detail="the export has no text for it")
        podcast = row.get("podcast_url", "").strip()
        if podcast and podcast not in body:
            body = f'<figure><audio controls src="{escape(podcast)}"></audio></figure>{body}'
        entry.body = body
        entry.values = {
            "description": unescape(row.get("subtitle", "")).strip(),
            "substack_type": row.get("type", "") if row.get("type") not in ("newsletter", "page", "") else "",
            "podcast_url": podcast,
            "audience": row.get("audience", "") if row.get("audience") not in _EVERYONE else "",
        }
        return entry

    def _status(self, row: dict[str, str], entry: Entry) -> str:
        if row.get("is_published", "").strip().lower() != "true":
            return "draft"
        audience = row.get("audience", "").strip()
        if audience not in _EVERYONE and self.members != "public":
            entry.note("HC122", reason=f"only subscribers see it (audience: {audience})")
            return "private"
        return "published"


def _rows(source: ExportSource, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of the table with their lines; SourceError when it cannot be read."""
    reader = csv.DictReader(io.StringIO(source.text(name).replace("\0", ""), newline=""))
    try:
        for row in reader:
            cells = {str(key): value for key, value in row.items() if isinstance(value, str)}
            if cells.get("post_id"):
                yield reader.line_num, cells
    except csv.Error as error:
        raise SourceError(f"the table cannot be read: {error}", file=name, line=reader.line_num) from error


def _table_in(source: ExportSource) -> str:
    """Return the name of the table of posts, "" for none."""
    for name in source.first_names:
        if PurePosixPath(name).name == "posts.csv":
            head = source.beginning(name).decode("utf-8-sig", "replace").partition("\n")[0]
            if {cell.strip().strip('"') for cell in head.split(",")} >= _COLUMNS:
                return name
    return ""
