"""Reading a WordPress export: an index pass over all items, then each post on its own from its byte range."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar

from hugoconv.errors import UsageError
from hugoconv.fields import KeyTable, neutral
from hugoconv.frontmatter.dates import DateText, parse_iso
from hugoconv.frontmatter.document import FrontMatter
from hugoconv.markup.constructs import TargetDialect
from hugoconv.model import (
    Author,
    Body,
    Comment,
    Post,
    PostStream,
    Site,
    SiteInfo,
    Source,
    Term,
)
from hugoconv.report.findings import Findings, PlacedFindings
from hugoconv.systems.contract import Match
from hugoconv.systems.options import option
from hugoconv.systems.wordpress import dates, php
from hugoconv.systems.wordpress.bodies.context import BodyContext
from hugoconv.systems.wordpress.bodies.to_markdown import body_to_markdown
from hugoconv.systems.wordpress.dialect import WORDPRESS
from hugoconv.systems.wordpress.keys import ATTACHMENT, NOT_TERMS, SETTINGS_TYPES, STATUSES, TAXONOMIES
from hugoconv.systems.wordpress.library import Library
from hugoconv.systems.wordpress.media.index import MediaIndex
from hugoconv.systems.wordpress.media.uploads import NoUploads, Uploads, uploads_at, uploads_beside
from hugoconv.systems.wordpress.urls import old_addresses, url_path
from hugoconv.systems.wordpress.writing.copied import COPIED, Copied
from hugoconv.systems.wordpress.wxr.index import WxrIndex, indexes, load_item
from hugoconv.systems.wordpress.wxr.items import Channel, Item, WxrComment, WxrTerm, plain_text
from hugoconv.systems.wordpress.wxr.source import beginning

_ENDINGS = (".xml", ".wxr", ".gz", ".zip")


@dataclass(frozen=True, kw_only=True)
class WordPressImporter:
    """Reads a WordPress export file, or a folder with one and the site's `wp-content/uploads`."""

    name: ClassVar[str] = "wordpress"
    label: ClassVar[str] = "WordPress export (WXR)"

    types: tuple[str, ...] = option((), "post types to read, separated by commas (default: all that are writing)")
    trash: bool = option(False, "read what is in the trash too (it becomes drafts)")
    uploads: str = option("", "the site's uploads: a folder or archive (default: what is beside the export)")
    custom_fields: bool = option(True, "keep custom fields, under the key meta")
    empty_paragraphs: bool = option(False, "keep paragraphs that hold only a space (&nbsp;), written to make room")

    @classmethod
    def detect(cls, source: Path) -> Match | None:
        """See `Importer.detect`."""
        if source.is_dir():
            exports = map(_looks_like_wxr, _exports(source))
            return Match(60, "it holds a WordPress export") if any(exports) else None
        if not source.name.lower().endswith(_ENDINGS):
            return None
        if _looks_like_wxr(source):
            return Match(90, "it is a WordPress export")
        return Match(20, f"a {source.suffix} file")

    def read(self, source: Path, log: Findings) -> Site:
        """See `Importer.read`."""
        files = [file for file in _exports(source) if _looks_like_wxr(file)] if source.is_dir() else [source]
        if not files:
            raise UsageError(f"{source} holds no WordPress export")
        exports = [export for file in files for export in indexes(file, log)]
        channel = exports[0].channel
        base_url = channel.base_blog_url or channel.link
        library = Library(base_url, MediaIndex(base_url, self._uploads(source, log)))
        left_behind = Findings()
        chosen = self._index(exports, library, left_behind)
        info = _info(exports, library)
        info.settings[COPIED] = Copied(exports, chosen)
        units = WordPressPosts(exports, info, library, self, chosen)
        _report_left_out(library, self, left_behind, source.name)
        stream = PostStream(units, log)
        return Site(info, stream, source, units=units, media=library.media, left_behind=left_behind)

    def _uploads(self, source: Path, log: Findings) -> Uploads:
        if self.uploads:
            path = Path(self.uploads)
            if not path.exists():
                raise UsageError(f"importer.uploads: {path} does not exist")
            return uploads_at(path, log)
        if source.is_dir():
            return uploads_beside(source, log)
        return uploads_at(source, log) if source.suffix.lower() == ".zip" else NoUploads()

    def _index(self, exports: Sequence[WxrIndex], library: Library, log: Findings) -> array[int]:
        """Take note of every item, and return the numbers of those that are posts."""
        chosen = array("q")
        start = 0
        for export in exports:
            with export.file.open("rb") as file:
                for number in range(len(export)):
                    # What cannot be read stays chosen: reading it again says why, as a post that failed.
                    item = load_item(file, export, export.span(number), export.lines[number], Findings())
                    if item is not None:
                        library.add(item)
                    if item is None or self._wants(item, export.source, log):
                        chosen.append(start + number)
            start += len(export)
        library.seal()
        return chosen

    def _wants(self, item: Item, file: str, log: Findings) -> bool:
        if item.post_type not in self.types if self.types else item.post_type in SETTINGS_TYPES:
            return False
        if STATUSES.get(item.status) == "trash" and not self.trash:
            log.add("HC109", file=file, line=item.line, status=item.status)
            return False
        return True


@dataclass
class WordPressPosts:
    """The items of one export, or of several that belong together, loaded one by one from their byte ranges."""

    exports: list[WxrIndex]
    info: SiteInfo
    library: Library
    options: WordPressImporter
    chosen: array[int] = field(repr=False)
    keys: KeyTable = field(init=False)
    known_terms: dict[str, dict[str, Term]] = field(init=False)

    def __post_init__(self) -> None:
        self.keys = neutral(self.info.taxonomies)
        self.known_terms = self.info.terms
        self._starts = [0, *accumulate(len(export) for export in self.exports)]

    def __len__(self) -> int:
        return len(self.chosen)

    def _locate(self, index: int) -> tuple[WxrIndex, int]:
        number = self.chosen[index]
        part = bisect_right(self._starts, number) - 1
        return self.exports[part], number - self._starts[part]

    def name(self, index: int) -> str:
        """See `PostSource.name`."""
        export, number = self._locate(index)
        return f"{export.source}:{export.lines[number]}"

    def load(self, index: int, log: Findings) -> Post | None:
        """See `PostSource.load`."""
        export, number = self._locate(index)
        with export.file.open("rb") as file:
            item = load_item(file, export, export.span(number), export.lines[number], log)
        if item is None:
            return None
        status = "password" if item.post_password else STATUSES.get(item.status, "draft")
        return self._post(item, export.source, status, self.chosen[index])

    def _post(self, item: Item, file: str, status: str, number: int) -> Post:
        address = url_path(item.link, self.library.base_url) or ""
        if status in ("draft", "pending") and address == "/":
            address = ""
        slug = item.post_name or str(item.post_id)
        values = self._values(item, status)
        return Post(
            front_matter=FrontMatter(values=values),
            body=Body(item.content, WORDPRESS, item.line),
            path=PurePosixPath(item.post_type, slug.replace("/", "-")),
            source=Source("wordpress", file, line=item.line),
            keys=self.keys,
            type=item.post_type,
            address=address,
            old_addresses=old_addresses(item, self.library.base_url),
            inherited={"slug": slug, "status": "published"},
            known_terms=self.known_terms,
            comments=[_comment(comment) for comment in item.comments if comment.approved in ("0", "1")],
            extra={
                "id": item.post_id,
                "password": item.post_password,
                "item": item,
                "logins": (item.creator,),
                "number": number,
                "values": dict(values),
            },
            resolve=self.library.resolver(address),
            translate=_Translation(
                self.library, replace(self.library.context(item), empty_paragraphs=self.options.empty_paragraphs)
            ),
        )

    def _values(self, item: Item, status: str) -> dict[str, Any]:
        """Return the front matter in neutral keys; what says nothing is left out."""
        published, modified = dates.local_date(item), dates.modified_date(item)
        author = self.info.authors.get(item.creator)
        values: dict[str, Any] = {
            "title": plain_text(item.title),
            "date": _date(published),
            "updated": _date(modified) if modified != published else None,
            "status": status if status != "published" else None,
            "authors": [author.name or author.login if author else item.creator] if item.creator else None,
            "excerpt": item.excerpt.strip(),
            "image": self._featured_image(item),
            "weight": item.menu_order,
            "sticky": item.is_sticky,
            "post_type": item.post_type if item.post_type not in ("post", "page") else "",
            "format": next(
                (term.nicename.removeprefix("post-format-") for term in item.terms if term.domain == "post_format"), ""
            ),
        }
        for term in item.terms:
            if term.domain and term.domain not in NOT_TERMS:
                key = self.info.taxonomies.get(term.domain, term.domain)
                values.setdefault(key, []).append(plain_text(term.name))
        if self.options.custom_fields:
            values["meta"] = _custom_fields(item)
        if self.info.include_secrets:
            values["password"] = item.post_password
        return {key: value for key, value in values.items() if value not in (None, "", 0, False, [], {})}

    def _featured_image(self, item: Item) -> str:
        identifier = next((value for key, value in item.meta if key == "_thumbnail_id"), "")
        attachment = self.library.attachment(int(identifier)) if identifier.isdigit() else None
        return attachment.url if attachment else ""


@dataclass(frozen=True)
class _Translation:
    """An item's body as Markdown, with what the export knows around it."""

    library: Library
    context: BodyContext
    markup: ClassVar[str] = "markdown"

    def __call__(self, text: str, target: TargetDialect, link: Callable[[str], str], log: PlacedFindings) -> str:
        def new_address(url: str) -> str:
            return self.library.new_address(url, link)

        markdown = body_to_markdown(text, target, replace(self.context, link=new_address), log)
        return f"{markdown}\n" if markdown else ""

    def template_calls(self, text: str) -> frozenset[str]:
        return frozenset()


def _date(text: str | None) -> DateText | None:
    moment = parse_iso(text) if text else None
    if moment is None:
        return None
    return moment.rfc3339() if moment.has_zone else DateText(moment.text)


def _custom_fields(item: Item) -> dict[str, Any]:
    found: dict[str, list[Any]] = {}
    for key, value in item.meta:
        if key and not key.startswith("_") and key != "footnotes":
            found.setdefault(key, []).append(php.unserialize(value) if php.is_serialized(value) else value)
    return {key: values[0] if len(values) == 1 else values for key, values in found.items()}


def _comment(comment: WxrComment) -> Comment:
    secrets = (("email", comment.author_email), ("ip", comment.author_ip))
    return Comment(
        identifier=str(comment.id),
        author=comment.author,
        date=(comment.date_gmt or comment.date).replace(" ", "T") + ("Z" if comment.date_gmt else ""),
        content=comment.content,
        parent=str(comment.parent) if comment.parent else "",
        url=comment.author_url,
        kind=comment.type or "comment",
        approved=comment.approved == "1",
        secrets=tuple((name, value) for name, value in secrets if value),
    )


def _info(exports: Sequence[WxrIndex], library: Library) -> SiteInfo:
    channel = exports[0].channel
    authors = {author.login: author for export in exports for author in export.channel.authors}
    terms = [term for export in exports for term in _terms(export.channel)]
    taxonomies = dict(TAXONOMIES) | {term.taxonomy: term.taxonomy for term in terms if term.taxonomy not in TAXONOMIES}
    taxonomies.pop("tag")
    by_slug = {(term.taxonomy, term.slug): term for term in terms}
    known: dict[str, dict[str, Term]] = {}
    for term in terms:
        parent = by_slug.get((term.taxonomy, term.parent))
        name = plain_text(term.name or term.slug)
        above = plain_text(parent.name or parent.slug) if parent else ""
        known.setdefault(taxonomies[term.taxonomy], {})[name] = Term(name, term.slug, above, term.description)
    return SiteInfo(
        system="wordpress",
        title=plain_text(channel.title),
        description=plain_text(channel.description),
        base_url=channel.base_blog_url or channel.link,
        language=channel.language.replace("_", "-"),
        taxonomies=taxonomies,
        terms=known,
        authors={
            login: Author(login, plain_text(author.display_name), author.email)
            for login, author in authors.items()
            if login
        },
        menus=library.menus(),
        settings={
            "secrets": {name: count for name, count in library.secrets.items() if count},
            "galleries": library.galleries,
        },
    )


def _terms(channel: Channel) -> list[WxrTerm]:
    named = [
        *(replace(term, taxonomy="category") for term in channel.categories),
        *(replace(term, taxonomy="post_tag") for term in channel.tags),
        *channel.terms,
    ]
    return [term for term in named if term.taxonomy and term.taxonomy not in NOT_TERMS]


def _report_left_out(library: Library, options: WordPressImporter, log: Findings, file: str) -> None:
    """Name the kinds of items that are not posts and have no counterpart, and the plug-ins' hidden fields."""
    carried = {"nav_menu_item", ATTACHMENT, "wp_block"}
    for kind, count in sorted(library.types.items()):
        if kind in SETTINGS_TYPES and kind not in carried and kind not in options.types:
            log.add("HC108", file=file, count=count, type=kind)
    if library.hidden_meta:
        names = ", ".join(name for name, _ in library.hidden_meta.most_common(5))
        names += " and others" if len(library.hidden_meta) > 5 else ""
        log.add("HC212", file=file, count=library.hidden_meta.total(), names=names)


def _exports(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file() and path.name.lower().endswith(_ENDINGS))


def _looks_like_wxr(path: Path) -> bool:
    head = beginning(path)
    return b"wordpress.org/export/" in head or (b"wordpress" in head.lower() and b"<rss" in head)
