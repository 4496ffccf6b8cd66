"""Reading a Blogger export: posts and pages with their comments, each at the address it had."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import ClassVar

from hugoconv.errors import UsageError
from hugoconv.markup.html_safe import restricted
from hugoconv.model import Author, Comment, Redirect, Site, SiteInfo, Term
from hugoconv.report.findings import Findings
from hugoconv.systems.addresses import decoded_path, url_path
from hugoconv.systems.blogger.bodies import MEDIA, plain
from hugoconv.systems.blogger.feed import COMMENT, PAGE, POST, About, Row, about, rows_of
from hugoconv.systems.contract import Match
from hugoconv.systems.exports.bodies import ExportImporter
from hugoconv.systems.exports.entry import Entry
from hugoconv.systems.exports.media import ExportMedia
from hugoconv.systems.exports.site import Export, site_of, slug_of, zone_named
from hugoconv.systems.exports.sources import ExportSource
from hugoconv.systems.options import option
from hugoconv.urls import urlsplit

_MARKS = (b"schemas.google.com/blogger", b"tag:blogger.com")
_ENDINGS = (".xml", ".atom")
_STATUSES = {"LIVE": "published", "PUBLISHED": "published", "SCHEDULED": "scheduled"}
_TRASH = "SOFT_TRASHED"
_NOBODY = "noreply@blogger.com"
_DATED = re.compile(r"/(\d{4})/(\d{2})/")


@dataclass(frozen=True, kw_only=True)
class BloggerImporter(ExportImporter):
    """Reads the Atom file of Blogger's own backup, or the feed.atom of Google Takeout, alone, in a folder or a zip."""

    name: ClassVar[str] = "blogger"
    label: ClassVar[str] = "Blogger export (Atom)"

    base_url: str = option("", "address of the old site, which Takeout does not say (https://blog.example)")
    time_zone: str = option("", "time zone of the site, such as Europe/Berlin (default: as the dates are written)")
    trash: bool = option(False, "read what is in the trash too (it becomes drafts)")

    @classmethod
    def detect(cls, source: Path) -> Match | None:
        """See `Importer.detect`."""
        return Match(93, "it is a Blogger export") if _feed_in(ExportSource(source)) else None

    def read(self, source: Path, log: Findings) -> Site:
        """See `Importer.read`."""
        given = ExportSource(source)
        name = _feed_in(given) or (source.name if source.is_file() else "")
        if not name:
            raise UsageError(f"{source} holds no Blogger export")
        data, label = given.read(name), given.label(name)
        blog = about(data, label)
        settings = _settings(given)
        base_url = (self.base_url or blog.link or settings.get("base_url", "")).rstrip("/")
        left_behind = Findings()
        if not base_url:
            left_behind.add("HC120", file=label)
        comments: dict[str, list[Row]] = {}
        for row in rows_of(data, label, frozenset({COMMENT})):
            comments.setdefault(row.parent, []).append(row)
        labels: dict[str, None] = {}
        names: dict[str, None] = {}
        archives: set[str] = set()

        def entries() -> Iterator[Entry]:
            for number, row in enumerate(rows_of(data, label, frozenset({POST, PAGE})), 1):
                if row.status == _TRASH and not self.trash:
                    left_behind.add("HC109", file=label, line=row.line, status="trashed")
                    continue
                entry = _entry(row, number, label, base_url, comments.pop(row.id, []))
                if entry.status == "published":
                    labels.update(dict.fromkeys(row.labels))
                    names.update(dict.fromkeys(filter(None, (row.author,))))
                    if dated := _DATED.match(entry.address):
                        archives.update((f"/{dated[1]}/", f"/{dated[1]}/{dated[2]}/"))
                yield entry

        info = _info(blog, settings, base_url, self.time_zone)
        site = site_of(
            Export(
                info,
                entries(),
                ExportMedia(base_url, MEDIA),
                feed="/feeds/posts/default",
                left_behind=left_behind,
            ),
            source,
            log,
        )
        info.terms = {"tags": {each: Term(each, address=_label_page(each)) for each in labels}}
        info.authors = {slug_of(each): Author(slug_of(each), each) for each in names}
        site.redirects = [Redirect(address, "/") for address in sorted(archives)]
        if orphans := sum(len(rows) for rows in comments.values()):
            left_behind.add("HC132", file=label, count=orphans)
        return site


def _entry(row: Row, number: int, file: str, base_url: str, comments: list[Row]) -> Entry:
    status = _STATUSES.get(row.status, "draft")
    address = decoded_path(row.filename) if row.filename.startswith("/") else url_path(row.link, base_url) or ""
    if status == "draft" and not _is_page(address):
        address = ""
    slug = PurePosixPath(address).stem or slug_of(row.title) or f"untitled-{number}"
    entry = Entry(
        name=file,
        line=row.line,
        body=plain(row.content),
        title=row.title,
        slug=slug,
        type="page" if row.kind == PAGE else "post",
        status=status,
        date=row.published,
        updated=row.updated,
        address=address,
        comments=[_comment(each) for each in sorted(comments, key=lambda each: each.published) if _is_shown(each)],
    )
    entry.values = {
        "tags": list(row.labels),
        "authors": [row.author] if row.author and row.kind == POST else [],
        "description": row.description,
    }
    return entry


def _is_page(address: str) -> bool:
    """Whether an address is a page's own, which drafts of the older shape do not have."""
    return address.endswith(".html")


def _is_shown(row: Row) -> bool:
    return row.status in ("LIVE", "PUBLISHED", "PENDING")


def _comment(row: Row) -> Comment:
    email = row.email if row.email != _NOBODY else ""
    return Comment(
        identifier=row.id.rpartition("-")[2],
        author=row.author,
        date=row.published,
        content=row.content,
        html=restricted(row.content),
        parent=row.answers.rpartition("-")[2],
        url=row.author_url,
        approved=row.status != "PENDING",
        secrets=(("email", email),) if email else (),
    )


def _info(blog: About, settings: dict[str, str], base_url: str, time_zone: str) -> SiteInfo:
    name = time_zone or settings.get("blog_time_zone", "")
    return SiteInfo(
        system="blogger",
        title=blog.title or settings.get("blog_name", ""),
        description=blog.description or settings.get("blog_description", ""),
        base_url=base_url,
        language=settings.get("blog_locale", "").replace("_", "-"),
        time_zone=name,
        zone=zone_named(name),
        taxonomies={"tag": "tags"},
    )


def _label_page(label: str) -> str:
    """Return the address of a label's page, "" for a name that cannot stand in one."""
    return "" if any(character in label for character in "/?#%\\") else f"/search/label/{label}/"


def _settings(source: ExportSource) -> dict[str, str]:
    """Return what the settings.csv of Takeout says, with the blog's address as `base_url`."""
    found = source.ending("settings.csv")
    if not found:
        return {}
    try:
        rows = list(csv.DictReader(io.StringIO(source.text(found[0]))))
    except csv.Error:
        return {}
    values = {str(key): str(value) for key, value in (rows[0].items() if rows else ()) if value}
    domain = values.get("blog_custom_domain") or values.get("custom_domain") or ""
    name = values.get("blog_subdomain", "")
    host = domain or (f"{name}.blogspot.com" if name and "." not in name else name)
    return values | ({"base_url": f"https://{urlsplit(f'//{host}').netloc}"} if host else {})


def _feed_in(source: ExportSource) -> str:
    """Return the name of the export among the files at a source, "" for none."""
    names = source.first_names if source.path.is_file() else [*source.first_names, *_takeout(source)]
    for name in names:
        if name.lower().endswith(_ENDINGS):
            head = source.beginning(name)
            if b"<feed" in head and any(mark in head for mark in _MARKS):
                return name
    return ""


def _takeout(source: ExportSource) -> list[str]:
    """Return the feeds in a folder as Takeout unpacks it."""
    found = (path for pattern in ("Blogger/Blogs/*", "Takeout*/Blogger/Blogs/*") for path in source.path.glob(pattern))
    return [f"{path.relative_to(source.path).as_posix()}/feed.atom" for path in found if (path / "feed.atom").is_file()]
