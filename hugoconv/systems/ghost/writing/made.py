"""An import that is made of another system's site: its posts, tags and people as rows of Ghost's tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, ClassVar
from urllib.parse import unquote

from hugoconv.markup.flavours import GOLDMARK, KRAMDOWN
from hugoconv.migrate.linkmap import LinkMap
from hugoconv.migrate.plan import FileOp, Piece, Place, Write
from hugoconv.migrate.tables import Table
from hugoconv.model import ListPage, Post, Redirect, Site, SiteInfo
from hugoconv.report.findings import Findings, PlacedFindings
from hugoconv.systems import losses
from hugoconv.systems.data import json_file
from hugoconv.systems.files import portable_name
from hugoconv.systems.ghost.redirects import as_requested, pattern_of
from hugoconv.systems.ghost.settings import GHOST_URL
from hugoconv.systems.ghost.writing import fields
from hugoconv.systems.ghost.writing.bodies import GhostTarget, make_body
from hugoconv.systems.ghost.writing.media import NAMED, ContentFolder, content_path
from hugoconv.systems.ghost.writing.navigation import navigations
from hugoconv.urls import urljoin
from hugoconv.visibility import shown_as

_VERSION = "6.0.0"
_ROWS = ("posts", "posts_meta", "posts_tags", "posts_authors")
"""The tables of which each post has rows, in the order in which they stand in the file."""
_TABLE = 1 << 40
"""Pieces of the first table have orders below this, those of the second below twice this, and so on."""


@dataclass(frozen=True)
class Settings:
    """What the options say: how bodies are written, whether categories are tags, and which types are posts."""

    cards: str
    categories_are_tags: bool
    post_types: frozenset[str]


@dataclass
class MadeImport:
    """One run that makes an import; see `ArchiveContainer`."""

    settings: Settings
    info: SiteInfo
    media: ContentFolder = field(default_factory=ContentFolder)
    slugs: Table = field(default_factory=Table)
    """The slugs that are taken."""
    names: Table = field(default_factory=Table)
    """The slug of each post, by its number in the run; none for one that is not written."""
    tags: Table = field(default_factory=Table)
    """The slug of each tag by its name, internal ones with their mark."""
    tag_slugs: Table = field(default_factory=Table)
    people: Table = field(default_factory=Table)
    """The slug of each author by name."""
    name: ClassVar[str] = "ghost"
    part_size: ClassVar[int] = 0
    member: ClassVar[str] = "ghost-import.json"
    folders: ClassVar[frozenset[str]] = frozenset({"content"})

    # Pass 1

    def place(self, post: Post, site: SiteInfo) -> Place:
        """See `Container.place`."""
        number = _number(post)
        if self._is_left_out(post):
            return Place(PurePosixPath("left-out", number))
        wanted = slug_wanted(post)
        slug, attempt = wanted, 1
        while slug in self.slugs:
            attempt += 1
            slug = f"{wanted}-{attempt}"
        self.slugs[slug] = self.names[number] = slug
        for tag in self._tags_of(post):
            self._note_tag(tag)
        for name in fields.read(post, "authors") or ():
            self.people.setdefault(name, self._person(name))
        return Place(PurePosixPath(self._type(post), slug), f"/{slug}/")

    def place_media(self, address: str, owner: Place | None, *, is_public: bool) -> Place | None:
        """See `Exporter.place_media`."""
        path = content_path(address)
        return None if path is None else Place(path, f"/{path}")

    def settle(self, links: LinkMap) -> None:
        """See `Container.settle`."""
        for table in (self.slugs, self.names, self.tags, self.tag_slugs, self.people):
            table.seal()

    def _is_left_out(self, post: Post) -> bool:
        """Whether a post has no row: what Ghost makes itself and that says nothing, and what was thrown away."""
        if (fields.read(post, "status") or "") == "trash" or post.kind == "term":
            return True
        return post.kind != "page" and not post.unreadable and not post.body.text.strip()

    def _type(self, post: Post) -> str:
        return "post" if post.kind == "page" and post.type in self.settings.post_types else "page"

    def _tags_of(self, post: Post) -> Iterator[str]:
        """Yield a post's tags in their order; the first is the one that Ghost shows."""
        yield from map(fields.tag_name, fields.terms_of(post, "tags"))
        for name in fields.terms_of(post, "categories"):
            hidden = f"#cat-{fields.slug_of(name) or portable_name(name)}"
            yield fields.tag_name(name) if self.settings.categories_are_tags else hidden
        internal = post.front_matter.get("internal_tags")
        yield from (str(each) for each in internal if str(each)) if isinstance(internal, list) else ()

    def _note_tag(self, name: str) -> None:
        if name in self.tags:
            return
        known = self.info.terms.get("tags", {}).get(name)
        prefix = "hash-" if name.startswith("#") else ""
        wanted = prefix + (fields.slug_of(known.slug if known and known.slug else name) or "tag")
        slug, attempt = wanted, 1
        while slug in self.tag_slugs:
            attempt += 1
            slug = f"{wanted}-{attempt}"
        self.tags[name] = self.tag_slugs[slug] = slug

    def _person(self, name: str) -> str:
        wanted = fields.slug_of(self._login(name) or name) or "author"
        slug, attempt, taken = wanted, 1, set(self.people.values())
        while slug in taken:
            attempt += 1
            slug = f"{wanted}-{attempt}"
        return slug

    def _login(self, name: str) -> str:
        return next((each.login for each in self.info.authors.values() if name in (each.login, each.name)), "")

    # Pass 2

    def render(self, post: Post, site: SiteInfo, links: LinkMap, log: Findings) -> Iterator[Piece]:
        """See `Container.render`."""
        placed = log.at(post.source.name, post.source.line)
        slug = self.names.get(_number(post))
        if slug is None:
            self._report_left_out(post, placed)
            return
        identifier = _number(post)
        body = self._body(post, links, log, placed)
        rows = {"posts": [self._post(post, identifier, slug, body, links, placed)], **self._others(post, identifier)}
        meta = {key: value for key, value in rows["posts"][0].items() if key in _META}
        for key in meta:
            del rows["posts"][0][key]
        rows["posts_meta"] = [{"id": identifier, "post_id": identifier, **meta}] if meta else []
        for table, name in enumerate(_ROWS):
            for row in rows[name]:
                yield Piece(_row(row), table * _TABLE + post.number[0])

    def _report_left_out(self, post: Post, log: PlacedFindings) -> None:
        keys = [key for key in post.front_matter if key not in ("date", "draft", "title", "type", "layout")]
        if (fields.read(post, "status") or "") == "trash":
            log.add("HC688", what="it is in the trash")
        elif keys or post.body.text.strip():
            log.add("HC688", what="lists are the theme's")

    def _body(self, post: Post, links: LinkMap, log: Findings, placed: PlacedFindings) -> str:
        def link(url: str) -> str:
            if url.startswith(("#", "//")) or (":" in url.partition("/")[0] and not url.startswith("/")):
                found = links.resolve(url)
            elif url.startswith("/"):
                found = links.resolve(url) or links.resolve(urljoin(self.info.base_url, url))
            else:
                found = links.resolve(urljoin(post.address or "/", url)) or links.resolve(url)
            return found or url

        inside = log.at(post.source.name, post.body.line)
        target = GhostTarget(link)
        text, markup = post.body.text, post.body.dialect.markup
        if post.unreadable:
            inside.add("HC627", detail=post.unreadable)
            text, markup = (post.source.raw or b"").decode("utf-8", "replace"), "unreadable"
        elif post.translate is not None:
            text, markup = post.translate(text, target, link, inside), post.translate.markup
        if markup not in ("markdown", "html", "unreadable"):
            inside.add("HC309", file=post.source.label, markup=markup)
        made, lost = make_body(
            text,
            markup,
            target,
            KRAMDOWN if post.source.system == "jekyll" else GOLDMARK,
            cards=self.settings.cards,
        )
        if not post.unreadable:
            words = set(lost)
            words |= {"other keys"} if fields.further_keys(post) else set()
            words |= {"dates without a time"} if _has_day(post) else set()
            losses.report(post, "Ghost", fields.LOSSES, words, placed)
        return made

    def _post(
        self, post: Post, identifier: str, slug: str, body: str, links: LinkMap, log: PlacedFindings
    ) -> dict[str, Any]:
        status = fields.status_of(post, self.info)
        said = shown_as(post, self.info.zone, future=self.info.build_future) if not post.unreadable else "published"
        if status == "draft" and said not in ("published", "draft"):
            log.add("HC210", status=said)
        if len(fields.slug_of(post.address.strip("/").rpartition("/")[2])) >= fields.SLUG_LIMIT:
            log.add("HC686", name="slug", length=len(post.address), limit=fields.SLUG_LIMIT)
        zone = self.info.zone
        moment = fields.read(post, "date") or fields.read(post, "publish_date")
        date = fields.utc(moment, zone)
        updated = fields.utc(fields.read(post, "updated"), zone) or date
        if date is None and status == "published" and self._type(post) == "post":
            log.add("HC689")
        row: dict[str, Any] = {
            "id": identifier,
            "slug": slug,
            "type": self._type(post),
            "status": status,
            "visibility": _visibility(post),
            "featured": bool(post.front_matter.get("featured")),
            "html": body,
            "created_at": date,
            "updated_at": updated,
            "published_at": date if status != "draft" or date else None,
            **fields.texts(post, log),
        }
        image = fields.read(post, "image")
        if image:
            lead = post.resolve(image, "front matter") if post.resolve else None
            old = lead.address if lead is not None and lead.kind == "file" else image
            new = links.resolve(old) or links.resolve(urljoin(post.address or "/", image)) or image
            row["feature_image"] = GHOST_URL + new if new.startswith("/") and not new.startswith("//") else new
        if post.unreadable:
            row["title"] = fields.shortened(post.source.name, fields.LIMITS["title"])
        return {key: value for key, value in row.items() if value is not None}

    def _others(self, post: Post, identifier: str) -> dict[str, list[dict[str, Any]]]:
        tags = [self.tags[name] for name in self._tags_of(post) if name in self.tags]
        people = [self.people[name] for name in fields.read(post, "authors") or () if name in self.people]
        return {
            "posts_tags": [
                {"id": f"{identifier}-{order}", "post_id": identifier, "tag_id": slug, "sort_order": order}
                for order, slug in enumerate(dict.fromkeys(tags))
            ],
            "posts_authors": [
                {"id": f"{identifier}-{order}", "post_id": identifier, "author_id": slug, "sort_order": order}
                for order, slug in enumerate(dict.fromkeys(people))
            ],
        }

    # The rest

    def finish(self, site: Site, links: LinkMap, log: Findings) -> Iterator[Piece | FileOp]:
        """See `Container.finish`."""
        for table, called in enumerate(_ROWS):
            if table:
                yield Piece(f'\n],"{called}":[\n'.encode(), table * _TABLE - 1)
        settings = self._setting_rows(site, links, log)
        tables = {"tags": self._tag_rows(), "users": self._user_rows(), "settings": settings}
        rest = "".join(f',"{name}":{_json(rows)}\n' for name, rows in tables.items())
        yield Piece(f"\n]{rest}".encode(), len(_ROWS) * _TABLE - 1)
        yield from self.media.operations(site.assets, log)
        redirects = self._redirects(site, links, log)
        if redirects:
            rows = [{"from": pattern_of(old), "to": new, "permanent": True} for old, new in redirects.items()]
            yield Write(PurePosixPath("redirects.json"), json_file(rows))

    def head(self) -> bytes:
        """See `Container.head`."""
        meta = _json({"exported_on": 0, "version": _VERSION})
        return f'{{"db":[{{"meta":{meta},"data":{{"posts":[\n'.encode()

    def tail(self) -> bytes:
        """See `Container.tail`."""
        return b"}}]}\n"

    def again(self, piece: bytes) -> bytes:
        """See `Container.again`; there is one file only."""
        return piece

    def between(self, before: int, after: int) -> bytes:
        """See `ArchiveContainer.between`: rows of one table are separated by commas."""
        is_row = (before + 1) % _TABLE and (after + 1) % _TABLE
        return b",\n" if is_row and before // _TABLE == after // _TABLE else b""

    def _tag_rows(self) -> list[dict[str, Any]]:
        known = self.info.terms.get("tags", {})
        rows = []
        for name, slug in self.tags.items():
            term = known.get(name)
            row = {"id": slug, "name": fields.shortened(name, 191), "slug": slug}
            row |= {"description": fields.shortened(term.description, 500)} if term and term.description else {}
            rows.append(row | {"visibility": "internal" if name.startswith("#") else "public"})
        return rows

    def _user_rows(self) -> list[dict[str, Any]]:
        known = {each: author for author in self.info.authors.values() for each in (author.login, author.name)}
        rows = []
        for name, slug in self.people.items():
            author = known.get(name)
            email = author.email if author and author.email and self.info.include_secrets else f"{slug}@example.invalid"
            shown = author.name if author and author.name else name
            row: dict[str, Any] = {"id": slug, "name": fields.shortened(shown, 191), "slug": slug, "email": email}
            rows.append(row | {"roles": ["Author"]})
        return rows

    def _setting_rows(self, site: Site, links: LinkMap, log: Findings) -> list[dict[str, Any]]:
        info = site.info
        values = {
            "title": info.title,
            "description": info.description,
            "timezone": info.time_zone,
            "locale": info.language,
        }
        values |= {key: _json(rows) for key, rows in navigations(info.menus | site.menus(), links, log).items()}
        return [{"id": key, "key": key, "value": value} for key, value in values.items() if value]

    def _redirects(self, site: Site, links: LinkMap, log: Findings) -> Mapping[str, str]:
        """Return where each old address leads that Ghost would not answer."""
        found: dict[str, str] = {}
        others: list[tuple[str, str]] = []
        for post in site.posts_again():
            slug = self.names.get(_number(post))
            if slug is None or post.unreadable or fields.status_of(post, self.info) != "published":
                continue
            _note(found, post.address, f"/{slug}/")
            others += ((old, f"/{slug}/") for old in post.old_addresses)
        for old, new in others:  # where a page was counts before what led to another one
            _note(found, old, new)
        for each in site.redirects:
            _note(found, each.old, each.new)
        unanswered = []
        for page in site.lists():
            new = "" if page.written else self._list_address(page)
            if new:
                for each in (Redirect(page.address, new), Redirect(page.feed, f"{new.rstrip('/')}/rss/")):
                    _note(found, each.old, each.new)
            elif not page.written:
                unanswered.append(page.address)
        if unanswered:
            log.add("HC690", count=len(unanswered), names=", ".join(unanswered[:NAMED]))
        answered = {f"/{slug}/" for slug in self.slugs} | {"/"}
        return {old: new for old, new in found.items() if old.rstrip("/") + "/" not in answered or old == new}

    def _list_address(self, page: ListPage) -> str:
        """Return the page of Ghost that shows what a list page of the old site showed, "" for none."""
        if page.kind == "home" or (page.kind == "section" and page.address.strip("/") in self.settings.post_types):
            return "/"
        if page.kind == "term" and page.taxonomy == "tags" and fields.tag_name(page.title) in self.tags:
            return f"/tag/{self.tags[fields.tag_name(page.title)]}/"
        if page.kind == "term" and page.taxonomy == "authors" and page.title in self.people:
            return f"/author/{self.people[page.title]}/"
        if page.kind == "term" and page.taxonomy == "categories" and self.settings.categories_are_tags:
            return f"/tag/{self.tags[page.title]}/" if page.title in self.tags else ""
        return ""


_META = frozenset({"meta_title", "meta_description", "og_image", "feature_image_alt", "feature_image_caption"})
"""The cells that Ghost keeps in a table of their own."""


def slug_wanted(post: Post) -> str:
    """Return the slug of a post: the last part of its address, else its own slug, its title, its number."""
    parts = [part for part in unquote(post.address).split("?")[0].split("/") if part]
    if parts and parts[-1] in ("index.html", "index.htm"):
        parts.pop()
    last = parts[-1].removesuffix(".html").removesuffix(".htm") if parts else ""
    given = (last, fields.read(post, "slug"), fields.read(post, "title")) if not post.unreadable else (post.path.stem,)
    made = next((slug for text in given if (slug := fields.slug_of(text or ""))), "")
    return made or f"post-{post.number[0] + 1}"


def _note(found: dict[str, str], old: str, new: str) -> None:
    if old and "?" not in old and old.rstrip("/") != new.rstrip("/"):
        found.setdefault(as_requested(old), new)


def _visibility(post: Post) -> str:
    given = post.front_matter.get("visibility")
    return given if given in ("members", "paid") else "public"


def _has_day(post: Post) -> bool:
    moments = [fields.read(post, name) for name in ("date", "updated")]
    return any(moment is not None and moment.precision == "day" for moment in moments)


def _number(post: Post) -> str:
    unit, sub = post.number
    return f"{unit + 1}-{sub}" if sub else str(unit + 1)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _row(row: Mapping[str, Any]) -> bytes:
    return _json(row).encode("utf-8", "backslashreplace")
