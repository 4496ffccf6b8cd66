"""Reading a site whose posts are Markdown files, by the same tables that it is written by."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar
from urllib.parse import quote, unquote

from hugoconv.errors import FrontMatterError, UsageError
from hugoconv.fields import Context, KeyTable
from hugoconv.frontmatter.dates import parse_iso
from hugoconv.frontmatter.document import FrontMatter
from hugoconv.model import HIDDEN, Asset, Body, Lead, Post, PostStream, Role, Site, SiteInfo, Source
from hugoconv.report.findings import Findings
from hugoconv.systems.contract import Match, Reading
from hugoconv.systems.files import NOT_PART_OF_A_SITE, PostFile, read_post_file, split_post, suffix_of, walk
from hugoconv.systems.markdown_site import lines, mdx
from hugoconv.systems.markdown_site.from_commonmark import BARE_ADDRESSES
from hugoconv.systems.markdown_site.reading import FileResolver, MarkdownDialect
from hugoconv.systems.markdown_site.settings import Settings
from hugoconv.systems.markdown_site.target import Target
from hugoconv.systems.markdown_site.translation import MarkdownTranslation
from hugoconv.systems.markdown_site.writing import VALUES_READ
from hugoconv.systems.references import Published, Resolver, bare_address
from hugoconv.zones import zone_named

_POSTS = (".md", ".markdown", mdx.SUFFIX)
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})-(?=.)")
_TAXONOMIES = {"tag": "tags", "category": "categories"}
_SAID = ("title", "description", "base_url", "language", "time_zone")


@dataclass(frozen=True, kw_only=True)
class MarkdownSiteImporter:
    """What the importers of these systems have in common; each gives its `target`."""

    name: ClassVar[str]
    label: ClassVar[str]
    target: ClassVar[Target]
    wikilinks: ClassVar[bool] = False
    translates_restored: ClassVar[bool] = False

    @classmethod
    def detect(cls, source: Path) -> Match | None:
        """See `Importer.detect`."""
        if source.is_file():
            return None
        found = next((mark for mark in cls.target.marks if any(source.glob(mark))), None)
        return Match(88, f"it has {found}") if found else None

    @property
    def table(self) -> Target:
        """The system's table, as the options have it."""
        return self.target

    def read(self, source: Path, log: Findings) -> Site:
        """See `Importer.read`."""
        if source.is_file():
            return self._site(source, source.parent, self.table, Settings(), [source.name], [], log)
        left_out: list[str] = []
        settings = self.table.settings(source)
        table = replace(self.table, posts=settings.posts or self.table.posts, pages=settings.pages or self.table.pages)

        def is_left_out(path: str) -> bool:
            if path.rpartition("/")[2] in NOT_PART_OF_A_SITE or path in self.table.left_out:
                left_out.append(path)
                return True
            return False

        paths = list(walk(source, is_left_out, log))
        posts = [path for path in paths if suffix_of(path) in _POSTS and table.kind_of(path)]
        if not posts:
            raise UsageError(f"{source} holds no posts of {self.label}")
        chosen = set(posts)
        if left_out:
            log.add("HC102", names=", ".join(sorted(left_out)))
        others = [path for path in paths if path not in chosen]
        site = self._site(source, source, table, settings, posts, others, log)
        return replace(site, left_out=tuple(left_out))

    def reading(self, info: SiteInfo, markup: str) -> Reading:
        """See `RestoringImporter.reading`."""
        return Reading(self._keys(info), self.table.reader, self._dialect)

    @classmethod
    def post_from_text(cls, text: str) -> Post:
        """Return the post of a file's text; FrontMatterError when the system could not read its front matter."""
        log = Findings()
        units = MarkdownPosts(cls.target, Path(), [], cls.target.keys, cls()._dialect)
        file = units.split(text, text.encode(), "-", log)
        if file.problem:
            finding = next(iter(log))
            raise FrontMatterError(file.problem, line=finding.line, column=finding.column)
        return units.post(file, str(cls.target.posts / "post.md"), None)

    @property
    def _dialect(self) -> MarkdownDialect:
        table = self.table
        links_bare = BARE_ADDRESSES in table.reads
        return MarkdownDialect(self.name, table.divider, self.wikilinks, table.tags, links_bare)

    def _keys(self, info: SiteInfo) -> KeyTable:
        return replace(self.table.keys, context=Context(info.zone))

    def _site(
        self,
        source: Path,
        root: Path,
        table: Target,
        settings: Settings,
        posts: list[str],
        others: list[str],
        log: Findings,
    ) -> Site:
        info = self._info(root if source.is_dir() else Path("/nonexistent"), settings)
        dialect = self._dialect if settings.runs_tags else replace(self._dialect, tags=None)
        units = MarkdownPosts(table, root, posts, self._keys(info), dialect, settings)
        assets = [_asset(root, path, units) for path in others]
        units = replace(units, assets={str(asset.path): asset.address for asset in assets if asset.address})
        left_behind = Findings()
        is_ours = self.table.scaffold is not None and (root / self.table.scaffold.facts).is_file()
        for file, names in settings.unread.items() if not is_ours else ():
            left_behind.add("HC129", file=file, count=len(names), names=", ".join(names))
        return Site(info, PostStream(units, log), source, assets, (), units, left_behind=left_behind)

    def _info(self, root: Path, settings: Settings) -> SiteInfo:
        """Return what the facts of a scaffold say of a site, else what its configuration says."""
        facts: dict[str, Any] = {}
        path = root / self.table.scaffold.facts if self.table.scaffold else root
        if path.is_file():
            with suppress(ValueError, OSError):
                read = json.loads(path.read_bytes())
                facts = read if isinstance(read, dict) else {}
        info = SiteInfo(self.name, taxonomies=dict(_TAXONOMIES))
        for name in _SAID:
            setattr(info, name, str(facts.get(name) or getattr(settings, name)))
        info.zone = zone_named(info.time_zone) or info.zone
        return info


def _asset(root: Path, path: str, units: MarkdownPosts) -> Asset:
    """Return a file that is no post, with the address at which it is published."""
    table = units.target
    place = PurePosixPath(path)
    role: Role = "other"
    address = ""
    is_below_posts = table.posts != PurePosixPath() and table.kind_of(path) in ("post", "draft")
    if table.data != PurePosixPath() and table.reads_as(table.data, path):
        role = "data"
    elif said := units.settings.file_address(path):
        role, address = "static", said
    elif not is_below_posts and table.reads_as(table.static, path):
        role, address = "static", f"/{place.relative_to(table.static)}"
    elif is_below_posts or table.reads_as(table.pages, path):
        role, address = "static", units.address_beside(path)
    return Asset(place, root / path, role, address)


@dataclass
class MarkdownPosts:
    """The posts of a site, loaded one by one."""

    target: Target
    root: Path
    paths: list[str]
    keys: KeyTable
    dialect: MarkdownDialect
    settings: Settings = field(default_factory=Settings)
    assets: dict[str, str] = field(default_factory=dict, repr=False)
    """The address of each file that is no post, by its path."""

    def __len__(self) -> int:
        return len(self.paths)

    def name(self, index: int) -> str:
        """See `PostSource.name`."""
        return self.paths[index]

    def load(self, index: int, log: Findings) -> Post:
        """See `PostSource.load`."""
        path = self.paths[index]
        if self.target.syntax != "lines":
            file = read_post_file(self.root / path, path, self.target.reader, log)
            return self.post(file, path, self.root / path)
        raw = (self.root / path).read_bytes()
        return self.post(self.split(raw.decode("utf-8", "replace"), raw, path, log), path, self.root / path)

    def split(self, text: str, raw: bytes, name: str, log: Findings) -> PostFile:
        """Take a post's text apart."""
        if self.target.syntax != "lines":
            return split_post(text, raw, name, self.target.reader, log)
        parts, values = lines.split(text)
        return PostFile(raw, parts, FrontMatter(values=values, dialect=self.target.reader))

    def post(self, file: PostFile, path: str, source: Path | None) -> Post:
        """Return the post that a file's text makes."""
        post = Post(
            front_matter=self._flat(file.front_matter),
            body=Body(file.parts.body, self._dialect_of(file.front_matter, path), file.body_line),
            path=PurePosixPath(path),
            source=Source(self.target.system, path, source, raw=file.raw),
            keys=self.keys,
            type=self._type(path),
            opening=file.parts.opening,
            closing=file.parts.closing,
            link_addresses=(f"/{path}",),
            unreadable=file.problem,
        )
        if not file.problem:
            self._derive(post, path)
            if not post.front_matter.syntax:
                post.extra[VALUES_READ] = dict(post.front_matter)
        return post

    def _dialect_of(self, front_matter: FrontMatter, path: str) -> MarkdownDialect:
        """Return how a post's body is read: its front matter may say that no tags are run, its name that it is MDX."""
        if suffix_of(path) == mdx.SUFFIX:
            return replace(self.dialect, tags=mdx.MDX)
        tags = self.dialect.tags
        return self.dialect if tags is None or tags.is_run(front_matter) else replace(self.dialect, tags=None)

    def _flat(self, front_matter: FrontMatter) -> FrontMatter:
        """Return front matter whose tables of taxonomies and of further keys stand at the top."""
        nested = self.target.nested
        if not nested or not any(isinstance(front_matter.get(name), dict) for name in nested):
            return front_matter
        values: dict[str, Any] = {}
        for key, value in front_matter.items():
            values |= value if key in nested and isinstance(value, dict) else {key: value}
        return FrontMatter(values=values, dialect=front_matter.dialect)

    def _type(self, path: str) -> str:
        if self.target.posts == self.target.pages:
            return "post" if _DATED.match(PurePosixPath(path).name) else ""
        return "post" if self.target.kind_of(path) in ("post", "draft") else "page"

    def _derive(self, post: Post, path: str) -> None:
        dated = _DATED.match(PurePosixPath(path).name)
        post.inherited = {"status": "published", **self.settings.inherited(path)}
        if self.target.kind_of(path) == "draft":
            post.inherited[HIDDEN] = "draft"
        moment = parse_iso(dated[1]) if dated else None
        if moment is not None:
            post.inherited["date"] = moment
        post.type = post.type or ("post" if post.date is not None else "page")
        if self.target.titled_by_name:
            post.inherited["title"] = _DATED.sub("", PurePosixPath(path).stem)
        post.address = _encoded(unquote(post.url)) if post.url else self._derived(post, path)
        post.old_addresses = tuple(post.aliases or ())
        if post.address == "/":
            post.kind = "home"
        post.resolve = FileResolver(
            path,
            lambda: self.addresses,
            lambda: self.assets,
            self._named,
            Resolver(self._published, "", post.address),
            str(self.target.pages),
            str(self.settings.content),
        )
        dialect = self._dialect_of(post.front_matter, path)
        post.translate = MarkdownTranslation(
            dialect, post.address, post.resolve, post.front_matter, lambda: self.titles, self._text_of
        )

    def _derived(self, post: Post, path: str) -> str:
        """Return the address of a post that names none: by the configuration, else by its file's folder and name."""
        place = PurePosixPath(path)
        roots = [root for root in (self.target.drafts, self.target.posts, self.target.pages) if root is not None]
        above = [root for root in roots if self.target.reads_as(root, path)]
        inside = place.relative_to(max(above, key=lambda root: len(root.parts))) if above else place  # else a lone post
        name = inside.name.removesuffix(inside.suffix)
        if made := self.settings.address(post, str(inside.with_suffix(""))):
            return _encoded(made)
        parts = inside.parts[:-1] if name.lower() in ("index", "_index", "readme") else (*inside.parts[:-1], name)
        return _encoded("/" + "/".join((*parts, "")) if parts else "/")

    def address_beside(self, path: str) -> str:
        """Return the address of a file beside posts: below its post's page where that is the folder's index."""
        folder = PurePosixPath(path).parent
        for parent in (folder, *folder.parents):
            index = next((str(parent / name) for name in _INDEXES if str(parent / name) in self._known), "")
            if index:
                page = unquote(self.addresses[index])
                return f"{page.rpartition('/')[0]}/{PurePosixPath(path).relative_to(parent)}"
            owner = f"{parent}.md"
            if owner in self._known and self.target.colocates:
                return f"{unquote(self.addresses[owner]).rstrip('/')}/{PurePosixPath(path).relative_to(parent)}"
        return f"/{path}"

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.paths)

    @cached_property
    def addresses(self) -> dict[str, str]:
        """The address of each post by its path."""
        return {path: address for path, address, _ in self._known_as}

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of each post by its address."""
        return {bare_address(address): title for _, address, title in self._known_as}

    @cached_property
    def _known_as(self) -> list[tuple[str, str, str]]:
        log = Findings()
        posts = ((path, self.load(index, log)) for index, path in enumerate(self.paths))
        return [(path, post.address, post.title or "") for path, post in posts]

    def _text_of(self, path: str) -> str | None:
        """Return the text of a file that is no post, None when there is none."""
        with suppress(OSError, UnicodeDecodeError):
            return (self.root / path).read_text("utf-8") if path in self.assets else None
        return None

    def _named(self, name: str, anchor: str) -> Lead | None:
        """Return what a note calls by a name: another note, or a file, wherever it lies."""
        folded = name.casefold()
        if folded in self._notes:
            return Lead("page", self._notes[folded], anchor)
        return Lead("file", self._files[folded], anchor) if folded in self._files else None

    @cached_property
    def _notes(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for path, address in self.addresses.items():
            place = PurePosixPath(path)
            for name in (str(place.with_suffix("")), place.stem):
                found.setdefault(name.casefold(), address)
        return found

    @cached_property
    def _files(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for path, address in self.assets.items():
            for name in (path, PurePosixPath(path).name):
                found.setdefault(name.casefold(), address)
        return found

    @cached_property
    def _published(self) -> Published:
        by_address: Callable[[], Mapping[str, str]] = lambda: {  # noqa: E731
            bare_address(address): address for address in self.addresses.values()
        }
        return Published(frozenset(self.assets.values()), by_address)


def _encoded(path: str) -> str:
    """Return a URL path as it is sent."""
    return quote(path, safe="/~!$&'()*+,;=:@")


_INDEXES = ("index.md", "_index.md", "index.markdown")
