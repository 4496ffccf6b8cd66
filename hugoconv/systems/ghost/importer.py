"""Reading a Ghost export: the JSON file, alone or in a folder or archive with the content that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from hugoconv.errors import UsageError
from hugoconv.model import Comment, Site
from hugoconv.report.findings import Findings
from hugoconv.systems.contract import Match
from hugoconv.systems.exports.bodies import ExportImporter
from hugoconv.systems.exports.entry import Entry
from hugoconv.systems.exports.media import ExportMedia
from hugoconv.systems.exports.site import Export, site_of
from hugoconv.systems.exports.sources import ExportSource
from hugoconv.systems.ghost import settings
from hugoconv.systems.ghost.bodies import read_body
from hugoconv.systems.ghost.content import MEDIA, content_at, content_of
from hugoconv.systems.ghost.redirects import redirects_in
from hugoconv.systems.ghost.tables import Row, Tables, flag, in_order, moment, text
from hugoconv.systems.options import option

_MEMBERS = ("draft", "public")
_STATUSES = {"published": "published", "draft": "draft", "scheduled": "scheduled", "sent": "private"}
_EMPTY_DRAFT = "(Untitled)"


@dataclass(frozen=True, kw_only=True)
class GhostImporter(ExportImporter):
    """Reads a Ghost export, and the pictures, files and redirects beside it."""

    name: ClassVar[str] = "ghost"
    label: ClassVar[str] = "Ghost export (JSON)"

    base_url: str = option("", "address of the old site, which the export does not say (https://blog.example)")
    content: str = option("", "the site's content folder, or an archive of it (default: what is beside the export)")
    members: str = option("draft", "what becomes of posts that only members see", _MEMBERS)
    body: str = option(
        "html", "which form of a post is read: what visitors saw, or what the editor keeps", ("html", "source")
    )
    permalinks: str = option("", "addresses of posts, such as /{year}/{slug}/ (default: routes.yaml's, else /{slug}/)")
    time_zone: str = option("", "time zone of the site, such as Europe/Berlin (default: the site's setting)")

    @classmethod
    def detect(cls, source: Path) -> Match | None:
        """See `Importer.detect`."""
        name = _export_in(ExportSource(source))
        return Match(92, "it holds a Ghost export" if name != source.name else "it is a Ghost export") if name else None

    def read(self, source: Path, log: Findings) -> Site:
        """See `Importer.read`."""
        given = ExportSource(source)
        name = _export_in(given) or next(iter(given.ending(".json")), "")
        if not name:
            raise UsageError(f"{source} holds no Ghost export")
        tables = Tables.of(given.read(name), given.label(name))
        left_behind = Findings()
        where = settings.addresses(
            self.base_url,
            tables.settings(),
            next((written for _, written in _beside(given, "routes.yaml")), ""),
            self.permalinks,
            left_behind,
        )
        file = given.label(name)
        info = settings.site_info(tables, where, self.time_zone, left_behind, file)
        if not self.base_url:
            left_behind.add("HC120", file=file)
        if others := tables.others():
            rows = ", ".join(f"{table} ({count})" for table, count in sorted(others.items()))
            left_behind.add("HC121", file=file, names=rows)
        files = content_at(Path(self.content), log) if self.content else content_of(source, log)
        return site_of(
            Export(
                info,
                _Reader(tables, where, self, info.zone, file).entries(),
                ExportMedia(self.base_url, MEDIA, files, "/content/"),
                redirects=[
                    redirect
                    for each, written in _beside(given, "redirects.json", "redirects.yaml")
                    for redirect in redirects_in(written, each, left_behind)
                ],
                feed="/rss/",
                term_feed="rss/",
                left_behind=left_behind,
            ),
            source,
            log,
        )


@dataclass
class _Reader:
    """Makes entries of the rows of posts."""

    tables: Tables
    where: settings.Addresses
    options: GhostImporter
    zone: Any
    file: str
    _tags: dict[str, list[Row]] = field(default_factory=dict)
    _authors: dict[str, list[Row]] = field(default_factory=dict)
    _meta: dict[str, Row] = field(default_factory=dict)
    _comments: dict[str, list[Row]] = field(default_factory=dict)

    def entries(self) -> Iterator[Entry]:
        """Yield the posts, oldest first as Ghost exports them."""
        for row in in_order(self.tables.table("posts_tags")):
            self._tags.setdefault(text(row, "post_id"), []).append(row)
        for row in in_order(self.tables.table("posts_authors")):
            self._authors.setdefault(text(row, "post_id"), []).append(row)
        for row in self.tables.table("comments"):
            self._comments.setdefault(text(row, "post_id"), []).append(row)
        self._meta = {text(row, "post_id"): row for row in self.tables.table("posts_meta")}
        seen: set[str] = set()
        for number, row in enumerate(self.tables.table("posts"), 1):
            entry = self._entry(row, number)
            if entry.name in seen:
                entry.name += f"-{number}"
            seen.add(entry.name)
            yield entry

    def _entry(self, row: Row, number: int) -> Entry:
        slug = text(row, "slug") or text(row, "id") or str(number)
        is_page = text(row, "type") == "page" or flag(row, "page")
        entry = Entry(name=f"{self.file}/{slug}", body="", slug=slug, type="page" if is_page else "post")
        title = text(row, "title").strip()
        entry.title = "" if title == _EMPTY_DRAFT else title
        entry.status = self._status(row, entry)
        entry.date = moment(row, "published_at") or moment(row, "created_at")
        entry.updated = moment(row, "updated_at")
        tags = self._found(self._tags, row, "tags", "tag_id")
        authors = self._found(self._authors, row, "users", "author_id")
        if not authors and (author := self.tables.find("users", row.get("author_id"))):
            authors = [author]
        public = [tag for tag in tags if not settings.is_internal(tag)]
        entry.address = f"/{slug}/"
        if not is_page:
            first_tag, first_author = (text(rows[0], "slug") if rows else "" for rows in (public, authors))
            entry.address = self.where.post(row, self.zone, first_tag, first_author)
        if entry.status in ("draft", "scheduled"):
            entry.old_addresses = (f"/p/{text(row, 'uuid')}/",) if text(row, "uuid") else ()
        entry.body = self.where.own(
            read_body(row, entry, prefer=self.options.body, members=self.options.members == "public")
        )
        entry.values = self._values(row, tags, authors)
        if any(text(row, key).strip() for key in ("codeinjection_head", "codeinjection_foot")):
            entry.note("HC127", what="this page")
        entry.comments = self._comments_of(row)
        return entry

    def _status(self, row: Row, entry: Entry) -> str:
        """Return the status: what only members see, or only went out by e-mail, is not public."""
        status = _STATUSES.get(text(row, "status"), "draft")
        visibility = text(row, "visibility") or "public"
        if text(row, "status") == "sent" or flag(row, "email_only"):
            entry.note("HC122", reason="it was only sent by e-mail")
            return "private"
        if status == "published" and visibility != "public" and self.options.members != "public":
            entry.note("HC122", reason=f"only readers with access see it (visibility: {visibility})")
            return "private"
        return status

    def _found(self, links: dict[str, list[Row]], row: Row, table: str, key: str) -> list[Row]:
        rows = (self.tables.find(table, link.get(key)) for link in links.get(text(row, "id"), ()))
        return [each for each in rows if each is not None and text(each, "name")]

    def _values(self, row: Row, tags: list[Row], authors: list[Row]) -> dict[str, Any]:
        meta = self._meta.get(text(row, "id"), {})
        both = {**row, **{key: value for key, value in meta.items() if value not in (None, "")}}
        own = {key: self.where.own(text(both, key)).strip() for key in both}
        seo = {"title": own.get("meta_title", ""), "canonical": own.get("canonical_url", "")}
        seo |= {"image": own.get("og_image", "") or own.get("twitter_image", "")}
        image = own.get("feature_image", "") or own.get("image", "")
        return {
            settings.TAGS: [text(tag, "name") for tag in tags if not settings.is_internal(tag)],
            settings.AUTHORS: [settings.author_name(author) for author in authors],
            "description": own.get("meta_description", ""),
            "excerpt": own.get("custom_excerpt", ""),
            "image": image,
            "image_alt": own.get("feature_image_alt", ""),
            "image_caption": own.get("feature_image_caption", ""),
            "featured": flag(row, "featured"),
            "internal_tags": [text(tag, "name") for tag in tags if settings.is_internal(tag)],
            "template": own.get("custom_template", ""),
            "visibility": own.get("visibility", "") if own.get("visibility") != "public" else "",
            "language": own.get("locale", "") or _language(own.get("language", "")),
            "seo": {key: value for key, value in seo.items() if value},
        }

    def _comments_of(self, row: Row) -> list[Comment]:
        from hugoconv.markup.html_safe import restricted

        found = []
        for comment in self._comments.get(text(row, "id"), ()):
            if text(comment, "status") not in ("published", ""):
                continue
            member = self.tables.find("members", comment.get("member_id"))
            found.append(
                Comment(
                    identifier=text(comment, "id"),
                    author=text(member, "name") if member else "",
                    date=moment(comment, "created_at"),
                    content=text(comment, "html"),
                    html=restricted(text(comment, "html")),
                    parent=text(comment, "in_reply_to_id") or text(comment, "parent_id"),
                )
            )
        return found


def _language(written: str) -> str:
    """Return the language of a post, which versions before 1.0 write as the site's default on every post."""
    return "" if written in ("", "en_US", "en") else written.replace("_", "-")


def _export_in(source: ExportSource) -> str:
    """Return the name of the export among the files at a source, "" for none."""
    for name in sorted(source.first_names, key=lambda each: each.count("/")):
        if name.lower().endswith(".json") and _looks_like_ghost(source.beginning(name)):
            return name
    return ""


def _looks_like_ghost(head: bytes) -> bool:
    head = head[:4096]
    return b'"exported_on"' in head or (b'"db"' in head[:64] and b'"data"' in head)


def _beside(source: ExportSource, *names: str) -> Iterator[tuple[str, str]]:
    """Yield name and text of the files of these names: inside a folder or archive, or beside a file."""
    for name in source.ending(*names):
        if name != source.path.name:
            yield name, source.text(name)
    for name in names if source.path.is_file() else ():
        if name != source.path.name and (file := ExportSource(source.path.with_name(name))).path.is_file():
            yield name, file.text(name)
