"""An export that is made of another system's site: posts, pages, terms, comments, menus and media as items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import ClassVar
from urllib.parse import unquote

from hugoconv.markup.files import KeyPath
from hugoconv.markup.flavours import GOLDMARK, KRAMDOWN
from hugoconv.migrate.linkmap import LinkMap
from hugoconv.migrate.plan import FileOp, Piece, Place, Write
from hugoconv.model import MenuItem, Post, Site, SiteInfo
from hugoconv.report.findings import Findings, PlacedFindings
from hugoconv.systems.wordpress.addresses import REDIRECTS
from hugoconv.systems.wordpress.bodies.target import MadeBody, WordPressTarget, make_body
from hugoconv.systems.wordpress.writing import fields
from hugoconv.systems.wordpress.writing.carried import CarriedData
from hugoconv.systems.wordpress.writing.comments import item_comments
from hugoconv.systems.wordpress.writing.custom_fields import custom_fields
from hugoconv.systems.wordpress.writing.ledger import Entry, Ledger
from hugoconv.systems.wordpress.writing.media import MediaLayout
from hugoconv.systems.wordpress.writing.menus import MenuWriter
from hugoconv.systems.wordpress.writing.places import Places, Settings
from hugoconv.systems.wordpress.writing.posts import (
    key_of,
    read,
    status_of,
    terms_of,
)
from hugoconv.systems.wordpress.writing.terms import TermLedger, is_authors_page
from hugoconv.systems.wordpress.wxr import writer
from hugoconv.systems.wordpress.wxr.items import Channel, Item, Pairs, WxrAuthor
from hugoconv.urls import urljoin, urlsplit
from hugoconv.visibility import EXPIRED

_LAST = 1 << 60
"""The order of what stands behind all posts."""
_LONGEST_KEY = 255
"""How many characters of a custom field's name WordPress keeps."""


@dataclass
class MadeExport:
    """One run that makes an export; see `Container`."""

    name: ClassVar[str] = "wordpress"

    settings: Settings
    info: SiteInfo
    ledger: Ledger
    media: MediaLayout
    terms: TermLedger
    carried: CarriedData
    places: Places = field(init=False)
    menus: dict[str, tuple[MenuItem, ...]] = field(default_factory=dict)
    """The menus, known when all posts are."""

    def __post_init__(self) -> None:
        self.places = Places(self.settings, self.info, self.ledger, self.terms, self.carried)

    @property
    def part_size(self) -> int:
        """See `Container.part_size`."""
        return self.settings.part_size

    def place(self, post: Post, site: SiteInfo) -> Place:
        """See `Container.place`."""
        return self.places.place(post, site)

    def settle(self, links: LinkMap) -> None:
        """See `Container.settle`."""
        self.places.settle()
        self.media.seal()

    def render(self, post: Post, site: SiteInfo, links: LinkMap, log: Findings) -> Iterator[Piece]:
        """See `Container.render`."""
        key = key_of(post)
        placed = log.at(post.source.label)
        if key not in self.ledger.entries:
            self._report_left_out(post, placed)
            return
        entry = self.ledger.entry(key)
        if entry.slug != entry.wanted_slug:
            placed.add("HC624", slug=entry.wanted_slug, renamed=entry.slug)
        if entry.is_moved:
            placed.add("HC625", date=entry.dates[0])
        if not post.unreadable and self._has_no_day(status := status_of(post, self.info), entry.dates[1]):
            placed.add("HC210", status=status)
        if post.kind == "home":
            placed.add("HC626")
        authors: tuple[str, ...] = read(post, "authors") or ()
        first = self.places.login(authors[0]) if authors else ""
        if first and first != authors[0] and first.casefold() == authors[0].casefold():
            placed.add("HC544", taxonomy="authors", name=authors[0], spelling=first)
        if len(authors) > 1:
            placed.add("HC543", count=len(authors), first=authors[0])
        for taxonomy in post.keys.taxonomies:
            for name in terms_of(post, taxonomy):
                if (spelling := self.terms.spelling(taxonomy, name)) != name:
                    placed.add("HC544", taxonomy=taxonomy, name=name, spelling=spelling)
        body = self._body(post, links, log)
        thumbnail = self._thumbnail(post, links)
        above = self.places.parent(post, entry, links)
        item = self._item(post, entry, body, self._meta(post, entry, body, thumbnail, links, placed), above)
        removed = sum(writer.legal(text)[1] for text in (item.title, item.content, item.excerpt))
        if removed:
            placed.add("HC105", count=removed, detail="")
        needs = [f"attachment {thumbnail}"] if thumbnail else []
        needs += [f"item {above}"] if above else []
        yield Piece(writer.item_xml(item), post.number[0], f"item {entry.id}", tuple(needs))

    def _report_left_out(self, post: Post, log: PlacedFindings) -> None:
        """Name what a term or an empty front page says that has no place in an export."""
        kept = ("date", "draft", "parent", *(("title", "meta") if post.kind == "term" else ()))
        keys = [key for key in post.front_matter if key not in kept]
        if is_authors_page(post) and post.body.text.strip():
            keys.append("its text")
        if keys or post.kind == "home":
            what = "a term" if post.kind == "term" else "the front page, which has no text,"
            what = "an author's page" if is_authors_page(post) else what
            log.add("HC542", what=what, keys=", ".join(keys) or "its name")

    def _has_no_day(self, status: str, utc: str) -> bool:
        """Whether WordPress would show at once what is hidden now: it knows no day to come but the post's date."""
        is_past = utc <= f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}"
        return status == EXPIRED or (status == "scheduled" and is_past)

    def _body(self, post: Post, links: LinkMap, log: Findings) -> MadeBody:
        placed = log.at(post.source.name, post.body.line)

        def link(url: str) -> str:
            """Return the new address, from the root of the host."""
            if url.startswith("/") and not url.startswith("//"):
                found = links.resolve(urljoin(self.info.base_url, url))
            elif url.startswith(("#", "//")) or ":" in url.partition("/")[0]:
                found = links.resolve(url)
            else:
                found = links.resolve(urljoin(post.address or "/", url)) or links.resolve(url)
            return root + found if found else url

        root = urlsplit(self.settings.base_url).path.rstrip("/")
        target = WordPressTarget(link, str(post.front_matter.get("more_label") or ""))
        if post.unreadable:
            placed.add("HC627", detail=post.unreadable)
            text = (post.source.raw or b"").decode("utf-8", "replace")
            markup = "unreadable"
        else:
            text, markup = post.body.text, post.body.dialect.markup
        if post.translate is not None and not post.unreadable:
            # Jekyll's bodies put the base path before an address themselves.
            own = (lambda url: links.resolve(url) or url) if post.source.system == "jekyll" else link
            text, markup = post.translate(text, target, own, placed), post.translate.markup
        return make_body(
            text,
            markup,
            target,
            KRAMDOWN if post.source.system == "jekyll" else GOLDMARK,
            blocks=self.settings.blocks,
            key=post.source.label,
            base_url=self.settings.base_url,
            log=placed,
        )

    def _thumbnail(self, post: Post, links: LinkMap) -> int:
        image = read(post, "image")
        if not image:
            return 0
        new = links.resolve(image) or links.resolve(urljoin(post.address or "/", image)) or ""
        return self.media.attachment(new)

    def _files(self, post: Post, links: LinkMap) -> dict[KeyPath, str]:
        """Return the new addresses of the files that front matter names."""
        base = urlsplit(self.settings.base_url)
        root = f"{base.scheme}://{base.netloc}{base.path.rstrip('/')}"
        named = (each for each in post.named if each.lead.kind == "file" and each.lead.address)
        return {each.key: root + new for each in named if (new := links.resolve(each.lead.address))}

    def _item(self, post: Post, entry: Entry, body: MadeBody, meta: Pairs, above: int) -> Item:
        local, utc, feed = entry.dates
        modified, modified_utc, _ = fields.dates(read(post, "updated") or read(post, "date"), self.info.zone)
        excerpt, description = read(post, "excerpt") or "", read(post, "description") or ""
        status = "draft" if post.unreadable else status_of(post, self.info)
        if self._has_no_day(status, utc):
            status = "draft"
        password = str(post.front_matter.get("password") or "") if self.info.include_secrets else ""
        names = read(post, "authors") or ()
        link, guid = self.settings.base_url.rstrip("/") + entry.path, post.front_matter.get("guid")
        return Item(
            title=fields.as_html(entry.title or (post.source.name if post.unreadable else "")),
            link=link,
            pub_date=feed,
            creator=self.places.login(names[0]) if names else "",
            guid=guid if isinstance(guid, str) and guid else f"{self.settings.base_url.rstrip('/')}/?p={entry.id}",
            content=body.content,
            excerpt=excerpt or description,
            post_id=entry.id,
            post_date=local,
            post_date_gmt=utc,
            post_modified=modified,
            post_modified_gmt=modified_utc,
            **fields.discussions(post, entry.type),
            post_name=entry.slug,
            **fields.status_values(status, password),
            post_parent=above,
            menu_order=read(post, "weight") or 0,
            post_type=entry.type,
            is_sticky=bool(post.front_matter.get("sticky")),
            terms=self.terms.of(post, {name: terms_of(post, name) for name in post.keys.taxonomies}),
            meta=meta,
            comments=tuple(item_comments(self.places.comments(post), entry, include_secrets=self.info.include_secrets)),
        )

    def _meta(
        self, post: Post, entry: Entry, body: MadeBody, thumbnail: int, links: LinkMap, log: PlacedFindings
    ) -> Pairs:
        pairs = []
        for key, value in custom_fields(post, self._files(post, links)):
            if len(key) > _LONGEST_KEY:
                log.add("HC358", key=key[:60] + "...")
            pairs.append((key[:_LONGEST_KEY], value))
        image = read(post, "image")
        if image and not thumbnail:
            log.add("HC357", image=image)
            pairs.append(("image", image))
        if read(post, "excerpt") and (description := read(post, "description")):
            pairs.append(("description", description))
        if language := self.places.language(post):
            pairs = [("language", language), *(pair for pair in pairs if pair[0] != "language")]
        if len(names := read(post, "authors") or ()) > 1:
            pairs.append(("authors", fields.meta_value(list(names))))
        if thumbnail:
            pairs.append(("_thumbnail_id", str(thumbnail)))
        if body.footnotes:
            pairs.append(("footnotes", body.footnotes))
        pairs += (("_wp_old_slug", slug) for slug in _old_slugs(post, entry))
        return tuple(pairs)

    def finish(self, site: Site, links: LinkMap, log: Findings) -> Iterator[Piece | FileOp]:
        """See `Container.finish`."""
        for key, _path in self.places.added:
            entry = self.ledger.entry(key)
            above = self.places.above(entry)
            log.add("HC628", path=entry.path)
            item = _empty_page(entry, self.settings.base_url)._replace(post_parent=above)
            needed = (f"item {above}",) if above else ()
            yield Piece(writer.item_xml(item), -1, f"item {entry.id}", needed)
        yield from self.media.pieces(site.assets, _LAST, log)
        self.menus = site.info.menus | site.menus()
        menus = MenuWriter(self.ledger, self.terms, links, self.info, self.settings.base_url)
        for entries, needs in menus.menus(self.menus):
            yield Piece(b"".join(map(writer.item_xml, entries)), _LAST + 1, needs=needs)
        moved = sorted(self.ledger.moved())
        if moved:
            lines = ["source,target,regex,code", *(f"{_csv(old)},{_csv(new)},0,301" for old, new in moved)]
            yield Write(PurePosixPath(REDIRECTS), ("\n".join(lines) + "\n").encode("utf-8", "replace"))
        custom = sorted(self.terms.custom_taxonomies)
        types = sorted(kind for kind in self.ledger.kinds if kind not in ("post", "page"))
        if custom or types:
            log.add("HC629", names=", ".join((*types, *custom)))
        secrets = Counter(self.places.secrets)
        secrets |= Counter(self.info.settings.get("secrets", {}))
        if secrets and not self.info.include_secrets:
            log.add("HC209", count=secrets.total(), names=", ".join(secrets))
        if self.places.languages:
            log.add("HC356", count=self.places.languages.total(), names=", ".join(sorted(self.places.languages)))
        if self.ledger.given_dates:
            log.add("HC355", count=self.ledger.given_dates, date=self.ledger.undated[:10])
        log.add("HC350", structure=self.settings.structure, count=len(moved))

    def head(self) -> bytes:
        """See `Container.head`."""
        base = self.settings.base_url.rstrip("/")
        categories, tags, others = self.terms.written()
        menus = self.terms.menus(self.menus)
        authors = tuple(self.places.authors.values()) or (WxrAuthor(id=1, login="admin", display_name="admin"),)
        return writer.head_xml(
            Channel(
                title=fields.as_html(self.info.title),
                link=base,
                description=fields.as_html(self.info.description),
                language=self.info.language or "en-US",
                base_site_url=base,
                base_blog_url=base,
                generator="https://wordpress.org/",
                authors=authors,
                categories=categories,
                tags=tags,
                terms=(*others, *menus),
            )
        )

    def tail(self) -> bytes:
        """See `Container.tail`."""
        return writer.TAIL

    def again(self, piece: bytes) -> bytes:
        """See `Container.again`."""
        return writer.known_again(piece)


def _old_slugs(post: Post, entry: Entry) -> Iterator[str]:
    """Yield the slugs that a post had before: WordPress leads from each to the post by itself."""
    if entry.type != "post":
        return
    folder = unquote(entry.path).rstrip("/").rpartition("/")[0]
    for old in dict.fromkeys((post.address, *post.old_addresses)):
        above, _, slug = unquote(old).rstrip("/").rpartition("/")
        if above == folder and slug and fields.slug_of(slug) != entry.slug:
            yield fields.slug_of(slug)


def _empty_page(entry: Entry, base_url: str) -> Item:
    return Item(
        title=fields.as_html(entry.title),
        link=base_url.rstrip("/") + entry.path,
        guid=f"{base_url.rstrip('/')}/?p={entry.id}",
        post_id=entry.id,
        post_date=entry.dates[0],
        post_date_gmt=entry.dates[1],
        post_modified=entry.dates[0],
        post_modified_gmt=entry.dates[1],
        comment_status="closed",
        ping_status="closed",
        post_name=entry.slug,
        status="publish",
        post_type="page",
    )


def _csv(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(each in text for each in ',"\n') else text
