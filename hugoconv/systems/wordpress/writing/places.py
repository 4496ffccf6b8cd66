"""Which item each post becomes: its id, type, slug, path and dates, and all that items must know of each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from functools import partial
from pathlib import PurePosixPath
from urllib.parse import unquote

from hugoconv.migrate.linkmap import LinkMap
from hugoconv.migrate.plan import Place
from hugoconv.model import Comment, Post, SiteInfo
from hugoconv.systems.wordpress.writing import fields
from hugoconv.systems.wordpress.writing.carried import CarriedData
from hugoconv.systems.wordpress.writing.ledger import Entry, Ledger
from hugoconv.systems.wordpress.writing.permalinks import fill, is_page_number, is_part_of_date
from hugoconv.systems.wordpress.writing.posts import (
    is_bare_home,
    key_of,
    paths_above,
    read,
    segments_of,
    status_of,
    terms_of,
)
from hugoconv.systems.wordpress.writing.terms import TermLedger
from hugoconv.systems.wordpress.wxr.items import WxrAuthor
from hugoconv.systems.wordpress.wxr.writer import NO_DATE
from hugoconv.urls import urljoin

_SECRETS = {"email": "e-mail addresses", "ip": "IP addresses"}
"""What comments say of their writers and nobody else should read, as findings call it."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The options of the exporter, as one run uses them."""

    base_url: str
    structure: str
    posts: frozenset[str]
    types: Mapping[str, str]
    blocks: bool
    part_size: int


@dataclass
class Places:
    """What a run notes in pass 1, for the items that it writes in pass 2."""

    settings: Settings
    info: SiteInfo
    ledger: Ledger
    terms: TermLedger
    carried: CarriedData
    authors: dict[str, WxrAuthor] = field(default_factory=dict)
    added: list[tuple[str, str]] = field(default_factory=list)
    """Pages that stand only so that others can stand below them: key and path."""
    secrets: Counter[str] = field(default_factory=Counter)
    """How many secrets there are, by what they are."""
    languages: Counter[str] = field(default_factory=Counter)
    """How many items are in each language of a site that has several."""

    def place(self, post: Post, site: SiteInfo) -> Place:
        """Note which item a post becomes, and return the place of the item; see `Container.place`."""
        key = key_of(post)
        path = PurePosixPath("items", key)
        if post.kind == "term":
            self.terms.describe(post)
            return Place(path, post.address)
        if is_bare_home(post):
            return Place(path, "/")
        kind = self._type(post)
        title = read(post, "title") or ""
        entry = self._entry(post, kind, title)
        comments = self.comments(post)
        self.ledger.enter(key, entry, len(comments))
        self.secrets["post passwords"] += bool(post.front_matter.get("password"))
        for name, label in _SECRETS.items():
            self.secrets[label] += sum(name in dict(comment.secrets) for comment in comments)
        if language := self.language(post):
            self.languages[language] += 1
        for name in read(post, "authors") or ():
            self._note_author(name, site)
        for taxonomy in post.keys.taxonomies:
            for term in terms_of(post, taxonomy):
                self.terms.note(taxonomy, term)
        self._note_addresses(post, entry)
        return Place(path, entry.path)

    def _note_author(self, name: str, site: SiteInfo) -> None:
        login = self.login(name)
        if not login or login in self.authors:
            return
        known = site.authors.get(login)
        email = known.email if known else ""
        self.secrets[_SECRETS["email"]] += bool(email)
        self.authors[login] = WxrAuthor(
            id=len(self.authors) + 1,
            login=login,
            email=email if site.include_secrets else "",
            display_name=known.name if known else name,
        )

    def login(self, name: str) -> str:
        """Return an author's login, as the first post writes it: WordPress does not tell capitals apart."""
        login = fields.login_of(name, self.info)
        return next((known for known in self.authors if known.casefold() == login.casefold()), login)

    def _type(self, post: Post) -> str:
        declared = post.front_matter.get("post_type")
        if isinstance(declared, str) and declared:
            return declared
        if post.type in self.settings.types:
            return self.settings.types[post.type]
        return "post" if post.kind == "page" and post.type in self.settings.posts else "page"

    def _entry(self, post: Post, kind: str, title: str) -> Entry:
        given = fields.dates(read(post, "date"), self.info.zone)
        dates = self.ledger.dates(kind, title, given)
        segments = segments_of(post)
        wanted = fields.slug_of(segments[-1]) or fields.slug_of(title) or kind
        identifier = self.ledger.new_id()
        if kind == "page":
            above = "".join(f"/{fields.slug_of(part)}" for part in segments[:-1] if fields.slug_of(part))
            slug = self.ledger.slug(f"page{above}", wanted, is_page_number)
            path = f"{above}/{slug}/"
        else:
            is_other = partial(is_part_of_date, self.settings.structure) if kind == "post" else is_page_number
            slug = self.ledger.slug(kind, wanted, is_other)
            path = fill(self.settings.structure, dates[0], slug) if kind == "post" else f"/{kind}/{slug}/"
        return Entry(
            id=identifier,
            type=kind,
            slug=slug,
            wanted_slug=wanted,
            path=path,
            dates=dates,
            title=title,
            is_moved=dates != given and given[0] != NO_DATE,
        )

    def _note_addresses(self, post: Post, entry: Entry) -> None:
        if status_of(post, self.info) != "published":
            return
        for old in (post.address, *post.old_addresses):
            if old and unquote(old).rstrip("/") != unquote(entry.path).rstrip("/"):
                self.ledger.redirects.setdefault(old, entry.path)

    def language(self, post: Post) -> str:
        """Return the language of a post of a site that has several, else ""."""
        return str(read(post, "language") or "") if len(self.info.languages) > 1 else ""

    def settle(self) -> None:
        """Add the pages that others stand below where the old site had none."""
        wanted = sorted({above for path in self._page_paths() for above in paths_above(path)})
        for path in wanted:
            if self.ledger.at(path) is None:
                slug = path.strip("/").rpartition("/")[2]
                key = f"added {path}"
                title = unquote(slug).replace("-", " ").capitalize()
                dates = self.ledger.dates("page", title, fields.dates(None, UTC))
                identifier = self.ledger.new_id()
                entry = Entry(
                    id=identifier, type="page", slug=slug, wanted_slug=slug, path=path, dates=dates, title=title
                )
                self.ledger.enter(key, entry)
                self.added.append((key, path))
        self.ledger.seal()

    def _page_paths(self) -> Iterator[str]:
        return (path for path, key in self.ledger.pages.items() if self.ledger.entry(key).type == "page")

    def above(self, entry: Entry) -> int:
        """Return the id of the page that a page stands below, 0 when there is none."""
        paths = paths_above(entry.path) if entry.type == "page" else []
        found = self.ledger.at(paths[-1]) if paths else None
        return found.id if found is not None and found.type == "page" else 0

    def parent(self, post: Post, entry: Entry, links: LinkMap) -> int:
        """Return the id of the item above a post's: a page's by its path, another's by what the post says itself."""
        said = post.front_matter.get("post_parent")
        if entry.type == "page" or not isinstance(said, str) or not said:
            return self.above(entry)
        path = links.resolve(urljoin(self.info.base_url, said)) or links.resolve(said)
        found = self.ledger.at(path) if path else None
        return found.id if found is not None else 0

    def comments(self, post: Post) -> Sequence[Comment]:
        """Return the comments on a post: its own, or those that an earlier move put beside it."""
        return post.comments or self.carried.comments_on(post)
