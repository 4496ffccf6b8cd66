"""Reading a WordPress export: an index pass over all items, then each post on its own."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar

from hugoconv.errors import UsageError
from hugoconv.fields import KeyTable, neutral
from hugoconv.frontmatter.dates import DateText
from hugoconv.frontmatter.dialects import HUGO as HUGO_FRONT_MATTER
from hugoconv.frontmatter.document import FrontMatter
from hugoconv.model import (
    Body,
    Kind,
    Post,
    PostStream,
    Site,
    SiteInfo,
    Source,
    Term,
)
from hugoconv.report.findings import Findings
from hugoconv.systems.contract import SURE, Match, Reading
from hugoconv.systems.given_files import Files, NoFiles
from hugoconv.systems.options import option
from hugoconv.systems.wordpress import dates, php
from hugoconv.systems.wordpress.addresses import OldAddresses, list_pages, redirects_beside
from hugoconv.systems.wordpress.bodies.to_markdown import more_label
from hugoconv.systems.wordpress.bodies.translation import Translation, restored
from hugoconv.systems.wordpress.comments import comments_of
from hugoconv.systems.wordpress.custom_fields import VISIBLE, custom_fields, repeated
from hugoconv.systems.wordpress.dialect import WORDPRESS
from hugoconv.systems.wordpress.in_one_text import channel_in, item_in, languages_in
from hugoconv.systems.wordpress.keys import (
    ACF_FIELD,
    ATTACHMENT,
    DISCUSSIONS,
    MENU_ITEM,
    NAVIGATION,
    REUSABLE_BLOCK,
    SETTINGS_TYPES,
    STATUSES,
    is_open,
    status_of,
)
from hugoconv.systems.wordpress.languages import Languages
from hugoconv.systems.wordpress.library import Library, logins_of
from hugoconv.systems.wordpress.media.index import MediaIndex
from hugoconv.systems.wordpress.media.uploads import uploads_at, uploads_beside, uploads_in
from hugoconv.systems.wordpress.seo import seo_values
from hugoconv.systems.wordpress.site_info import site_info
from hugoconv.systems.wordpress.terms import Terms, chosen_keys
from hugoconv.systems.wordpress.urls import slug_of
from hugoconv.systems.wordpress.writing.copied import COPIED, Copied
from hugoconv.systems.wordpress.wxr.index import indexes
from hugoconv.systems.wordpress.wxr.items import Item, plain_text
from hugoconv.systems.wordpress.wxr.source import beginning
from hugoconv.systems.wordpress.wxr.store import Items

_ENDINGS = (".xml", ".wxr", ".gz", ".zip")


@dataclass(frozen=True, kw_only=True)
class WordPressImporter:
    """Reads a WordPress export file, or a folder with one and the site's `wp-content/uploads`."""

    name: ClassVar[str] = "wordpress"
    label: ClassVar[str] = "WordPress export (WXR)"
    translates_restored: ClassVar[bool] = True

    types: tuple[str, ...] = option((), "post types to read, separated by commas (default: all that are writing)")
    trash: bool = option(False, "read what is in the trash too (it becomes drafts)")
    uploads: str = option("", "the site's uploads: a folder or archive (default: what is beside the export)")
    category_base: str = option("category", "how the addresses of categories begin on the old site")
    tag_base: str = option("tag", "how the addresses of tags begin on the old site")
    taxonomies: tuple[str, ...] = option(
        (), "front matter keys of taxonomies, as NAME=KEY (default: categories, tags, else the name itself)"
    )
    languages: tuple[str, ...] = option(
        (), "languages whose addresses begin with their codes, as WPML's do (de,fr): the export may not say them"
    )
    language: str = option(
        "", "of texts in several languages at once, as qTranslate keeps them, the language to read (de)"
    )
    custom_fields: bool = option(True, "keep custom fields, under the key meta")
    hidden_fields: tuple[str, ...] = option((), "custom fields to keep although their names begin with _ (_price,_sku)")
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
            return Match(SURE, "it is a WordPress export")
        return Match(20, f"a {source.suffix} file")

    def read(self, source: Path, log: Findings) -> Site:
        """See `Importer.read`."""
        return self.read_with(1, source, log)

    def read_with(self, jobs: int, source: Path, log: Findings) -> Site:
        """See `ParallelImporter.read_with`."""
        files = [file for file in _exports(source) if _looks_like_wxr(file)] if source.is_dir() else [source]
        if not files:
            raise UsageError(f"{source} holds no WordPress export")
        exports = [export for file in files for export in indexes(file, log)]
        channel = exports[0].channel
        base_url = channel.base_blog_url or channel.link
        library = Library(
            base_url,
            MediaIndex(base_url, self._uploads(source, log)),
            terms=Terms({"category": self.category_base, "post_tag": self.tag_base}, chosen_keys(self.taxonomies)),
            old=OldAddresses(base_url),
            languages=Languages(base_url, channel.language.replace("_", "-").lower(), frozenset(self.languages)),
        )
        channels = [channel_in(export.channel, self.language) for export in exports]
        for each in channels:
            library.terms.add_channel(each)
            for term in (*each.categories, *each.tags, *each.terms):
                library.add_secrets("custom fields of terms", term.meta)
        left_behind = Findings()
        items = Items(exports)
        chosen = self._index(items, jobs, library, left_behind)
        info = site_info(channels, library, left_behind.at(source.name))
        info.language = self.language or info.language
        info.settings[COPIED] = Copied(exports, chosen)
        units = WordPressPosts(items, info, library, self, chosen)
        _report_left_out(library, self, left_behind, source.name)
        return Site(
            info,
            PostStream(units, log),
            source,
            redirects=[*library.old.redirects(), *redirects_beside(source)],
            units=units,
            lists=lambda: list_pages(info.title, info.terms, set(library.old.pages.values())),
            media=library.media,
            left_behind=left_behind,
        )

    def reading(self, info: SiteInfo, markup: str) -> Reading:
        """See `RestoringImporter.reading`."""
        return Reading(neutral(info.taxonomies), HUGO_FRONT_MATTER, WORDPRESS, partial(restored, info.base_url))

    def _uploads(self, source: Path, log: Findings) -> Files:
        if self.uploads:
            path = Path(self.uploads)
            if not path.exists():
                raise UsageError(f"importer.uploads: {path} does not exist")
            return uploads_at(path, log)
        if source.is_dir():
            return uploads_in(source, log)
        inside = uploads_at(source, log) if source.suffix.lower() == ".zip" else NoFiles()
        return inside if inside.is_given else uploads_beside(source.absolute().parent, log)

    def _index(self, items: Items, jobs: int, library: Library, log: Findings) -> array[int]:
        """Take note of every item, and return the numbers of those that are posts."""
        chosen = array("q")
        for number, item in enumerate(items.read_all(jobs)):
            # What cannot be read stays chosen: reading it again says why, as a post that failed.
            if item is not None:
                item = item_in(item, self.language)
                library.add(item)
            if item is None or self._wants(item, items.locate(number)[0].source, log):
                chosen.append(number)
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
    """The items of one export, or of several that belong together, loaded one by one."""

    items: Items
    info: SiteInfo
    library: Library
    options: WordPressImporter
    chosen: array[int] = field(repr=False)
    keys: KeyTable = field(init=False)
    known_terms: dict[str, dict[str, Term]] = field(init=False)

    def __post_init__(self) -> None:
        self.keys = neutral(self.info.taxonomies)
        self.known_terms = self.info.terms

    def __len__(self) -> int:
        return len(self.chosen)

    def name(self, index: int) -> str:
        """See `PostSource.name`."""
        export, number = self.items.locate(self.chosen[index])
        return f"{export.source}:{export.lines[number]}"

    def load(self, index: int, log: Findings) -> Post | None:
        """See `PostSource.load`."""
        number = self.chosen[index]
        item = self.items.load(number, log)
        if item is None:
            return None
        source = self.items.locate(number)[0].source
        item = item_in(item, self.options.language)
        if codes := languages_in(item.title) or languages_in(item.content):
            log.add("HC116", file=source, line=item.line, languages=", ".join(codes))
        if item.status not in STATUSES:
            log.add("HC114", file=source, line=item.line, status=item.status)
        if self.options.custom_fields:
            for key, value in item.meta:
                if not key.startswith("_") and php.is_damaged(value):
                    detail = "a value of PHP that is cut off or cannot be read"
                    log.add("HC211", file=source, line=item.line, key=f"meta.{key}", detail=detail)
            for key, count in repeated(item.meta).items():
                log.add("HC225", file=source, line=item.line, key=key, count=count)
        return self._post(item, source, status_of(item), number)

    def _post(self, item: Item, file: str, status: str, number: int) -> Post:
        address, old = self.library.addresses_of(item)
        if status in ("draft", "pending") and address == "/":
            address = ""
        slug = slug_of(item)
        values = self._values(item, status)
        context = self.library.context(item, empty_paragraphs=self.options.empty_paragraphs)
        return Post(
            front_matter=FrontMatter(values=values),
            body=Body(item.content, WORDPRESS, item.line),
            path=PurePosixPath(item.post_type, slug.replace("/", "-")),
            source=Source("wordpress", file, line=item.line),
            keys=self.keys,
            type=item.post_type,
            kind=self._kind(item, address, status),
            address=address,
            old_addresses=old,
            inherited={"slug": slug, "status": "published"},
            known_terms=self.known_terms,
            comments=comments_of(item.comments, include_secrets=self.info.include_secrets),
            extra={
                "id": item.post_id,
                "password": item.post_password,
                "item": item,
                "logins": tuple(logins_of(item)),
                "number": number,
                "values": dict(values),
                "notes": "\n".join(context.footnotes.values()),
            },
            resolve=self.library.resolver(address),
            translate=Translation(self.library, context),
        )

    def _kind(self, item: Item, address: str, status: str) -> Kind:
        """A front page is the site's home; a page with others below it is a section."""
        if address == "/" and status == "published":
            return "home"
        return "section" if item.post_id in self.library.parents and item.post_type != "post" else "page"

    def _values(self, item: Item, status: str) -> dict[str, Any]:
        """Return the front matter in neutral keys; what says nothing is left out."""
        published, modified = dates.local_date(item), dates.modified_date(item)
        title = plain_text(item.title)
        seo = seo_values(dict(item.meta), {"title": title, "sitename": self.info.title, "sep": "-"})
        names: dict[str, str] = self.info.settings["author names"]
        values: dict[str, Any] = {
            "title": title,
            "date": _date(published),
            "updated": _date(modified) if modified != published else None,
            "status": status if status != "published" else None,
            "authors": [names.get(login, login) for login in logins_of(item)],
            "description": seo.pop("description", ""),
            "excerpt": item.excerpt.strip(),
            "more_label": more_label(item.content),
            "image": self._featured_image(item),
            "weight": item.menu_order,
            "sticky": item.is_sticky,
            "post_type": item.post_type if item.post_type not in ("post", "page") else "",
            "post_parent": self.library.parent_of(item) if item.post_type not in ("post", "page") else "",
            "format": next(
                (term.nicename.removeprefix("post-format-") for term in item.terms if term.domain == "post_format"), ""
            ),
            "language": self.library.languages.of(item),
            "translation_key": self.library.languages.group_of(item),
        }
        if item.post_type == "post":
            values["guid"] = item.guid
        values |= self.library.terms.of(item.terms)
        values["seo"] = seo
        if self.options.custom_fields:
            shown = VISIBLE.get(item.post_type, frozenset())
            values["meta"] = custom_fields(
                [(key, value) for key, value in item.meta if value or key not in shown],
                self.library.field_types,
                self.library.named,
                include_secrets=self.info.include_secrets,
                hidden={*self.options.hidden_fields, *shown},
            )
        if self.info.include_secrets:
            values["password"] = item.post_password
        said = {key: value for key, value in values.items() if value}
        return said | _discussions(item)

    def _featured_image(self, item: Item) -> str:
        return self.library.named("image", next((value for key, value in item.meta if key == "_thumbnail_id"), ""))


def _discussions(item: Item) -> dict[str, bool]:
    """Return whether an item is open to comments and pings, where it is otherwise than usual for its type."""
    said = {key: getattr(item, element) for key, element in DISCUSSIONS.items()}
    usual = is_open(item.post_type)
    return {key: status == "open" for key, status in said.items() if status and (status == "open") != usual}


def _date(text: str | None) -> DateText | None:
    return DateText(text) if text else None


def _report_left_out(library: Library, options: WordPressImporter, log: Findings, file: str) -> None:
    """Name the kinds of items that are not posts and have no counterpart, and the plug-ins' hidden fields."""
    carried = {MENU_ITEM, NAVIGATION, ATTACHMENT, REUSABLE_BLOCK, ACF_FIELD}
    for kind, count in sorted(library.types.items()):
        if kind in SETTINGS_TYPES and kind not in carried and kind not in options.types:
            log.add("HC108", file=file, count=count, type=kind)
    if library.types["wp_block"]:
        log.add("HC545", file=file, count=library.types["wp_block"])
    if library.feed_names:
        log.add("HC115", file=file, count=library.feed_names)
    if library.languages.are_silent:
        log.add("HC113", file=file)
    if library.trashed_comments:
        log.add("HC230", file=file, count=library.trashed_comments)
    hidden = Counter({name: count for name, count in library.hidden_meta.items() if name not in options.hidden_fields})
    if hidden:
        names = ", ".join(name for name, _ in hidden.most_common(5)) + (" and others" if len(hidden) > 5 else "")
        log.add("HC212", file=file, count=hidden.total(), names=names)


def _exports(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file() and path.name.lower().endswith(_ENDINGS))


def _looks_like_wxr(path: Path) -> bool:
    head = beginning(path)
    return b"wordpress.org/export/" in head or (b"wordpress" in head.lower() and b"<rss" in head)
