"""Reading a Hugo site: any content layout, bundles, languages, and every file beside the content."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, tzinfo
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hugoconv.errors import FrontMatterError, UsageError
from hugoconv.fields import FieldError, KeyTable
from hugoconv.frontmatter.dialects import HUGO as HUGO_FRONT_MATTER
from hugoconv.model import Asset, Body, Kind, Post, PostStream, Role, Site, SiteInfo, Source
from hugoconv.report.findings import Findings
from hugoconv.systems.contract import Match
from hugoconv.systems.files import (
    NOT_PART_OF_A_SITE,
    PostFile,
    below,
    read_post_file,
    split_post,
    suffix_of,
    walk,
    without_prefix,
)
from hugoconv.systems.hugo.config import HugoConfig, config_files, read_config
from hugoconv.systems.hugo.dialect import dialect_of
from hugoconv.systems.hugo.keys import table
from hugoconv.systems.hugo.pagenames import PageNames
from hugoconv.systems.hugo.permalinks import UrlError
from hugoconv.systems.hugo.publication import Publication
from hugoconv.systems.hugo.translation import Translation
from hugoconv.systems.hugo.urls import Address, alias_file, page_address
from hugoconv.systems.options import option
from hugoconv.systems.references import Resolver, bare_address

MARKUPS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".org": "org",
    ".adoc": "asciidoc",
    ".asciidoc": "asciidoc",
    ".ad": "asciidoc",
    ".rst": "rst",
    ".pandoc": "pandoc",
    ".pdc": "pandoc",
}
"""The file endings that Hugo takes for content, and the markup they say."""

_CONFIG_NAMES = ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json")
_OLD_CONFIG_NAMES = ("config.toml", "config.yaml", "config.yml", "config.json")
_SITE_FOLDERS = ("content", "archetypes", "layouts", "static", "themes", "data", "assets")


@dataclass(frozen=True, kw_only=True)
class HugoImporter:
    """Reads a Hugo site, a bare content folder, or one post."""

    name: ClassVar[str] = "hugo"
    label: ClassVar[str] = "Hugo site, content folder or post"

    drafts: bool = option(True, "read drafts too (they stay drafts)")

    @classmethod
    def detect(cls, source: Path) -> Match | None:
        """See `Importer.detect`."""
        if source.is_file():
            known = suffix_of(source.name) in MARKUPS
            return Match(40, f"a {suffix_of(source.name)} file") if known else None
        if any((source / name).is_file() for name in _CONFIG_NAMES) or (source / "config" / "_default").is_dir():
            return Match(95, "it has a Hugo configuration")
        folders = [name for name in _SITE_FOLDERS if (source / name).is_dir()]
        if any((source / name).is_file() for name in _OLD_CONFIG_NAMES) and folders:
            return Match(85, f"it has a configuration and {', '.join(folders)}")
        if "content" in folders:
            return Match(70, "it has a content folder")
        if _holds_posts(source):
            return Match(30, "it holds posts")
        return None

    def read(self, source: Path, log: Findings) -> Site:
        """See `Importer.read`."""
        if source.is_file():
            return self._site(source, source.parent, HugoConfig(), [source.name], [], log, content_dirs=("",))
        is_site = bool(config_files(source)) or any((source / name).is_dir() for name in ("content", "layouts"))
        config = read_config(source) if is_site else HugoConfig()
        built = {config.publish_dir, "resources/_gen"} if is_site else set()
        left_out: list[str] = []

        def is_left_out(path: str) -> bool:
            if path in built or path.rpartition("/")[2] in NOT_PART_OF_A_SITE:
                left_out.append(path)
                return True
            return False

        files = list(walk(source, is_left_out, log))
        content_dirs = _content_dirs(config) if is_site else ("",)
        posts = [path for path in files if _is_content(source, path, content_dirs)]
        chosen = set(posts)
        assets = [
            Asset(PurePosixPath(path), source / path, _role(path, config, is_site))
            for path in files
            if path not in chosen
        ]
        if left_out:
            log.add("HC102", names=", ".join(sorted(left_out)))
        if not posts and not config.files:
            raise UsageError(f"{source} holds no posts and no Hugo configuration")
        return self._site(source, source, config, posts, assets, log, content_dirs)

    def _site(
        self,
        source: Path,
        root: Path,
        config: HugoConfig,
        posts: list[str],
        assets: Sequence[Asset],
        log: Findings,
        content_dirs: tuple[str, ...],
    ) -> Site:
        keys = table(config.taxonomies)
        units = HugoPosts(root, posts, keys, content_dirs, tuple(config.languages), config)
        publication = Publication(config, content_dirs, units.logical_path, units.address_of)
        assets = list(publication.addressed(assets, posts))
        units.files = frozenset(filter(None, (asset.address for asset in assets)))
        info = SiteInfo(
            system=self.name,
            title=config.title,
            base_url=config.base_url,
            language=config.language,
            time_zone=config.time_zone,
            zone=_zone(config.time_zone),
            taxonomies=dict(config.taxonomies),
            settings={"config": config},
        )
        return Site(info, PostStream(units, log), source, assets, (), units)

    @staticmethod
    def post_from_text(text: str) -> Post:
        """Return the post of a file's text; FrontMatterError when Hugo could not read its front matter."""
        log = Findings()
        file = split_post(text, text.encode(), "-", HUGO_FRONT_MATTER, log)
        if file.problem:
            finding = next(iter(log))
            raise FrontMatterError(file.problem, line=finding.line, column=finding.column)
        return _post(file, "post.md", None, table(), "page", "page", {"status": "published"})


@dataclass
class HugoPosts:
    """The content files of a Hugo site, loaded one by one."""

    root: Path
    paths: list[str]
    keys: KeyTable
    content_dirs: tuple[str, ...]
    languages: tuple[str, ...]
    config: HugoConfig = field(repr=False)
    files: frozenset[str] = field(default=frozenset(), repr=False)
    """URL paths of the files that are published as they are."""

    @cached_property
    def addresses(self) -> frozenset[str]:
        """The addresses of all pages, found by reading each of them once, and the names that `ref` knows."""
        log = Findings()
        found: set[str] = set()
        for index, path in enumerate(self.paths):
            post = self.load(index, log)
            found.update(bare_address(address) for address in (post.address, *post.old_addresses))
            logical = logical_path(path, self.content_dirs, self.languages)
            name = logical.folder.rpartition("/")[2] if logical.base in ("index", "_index") else logical.base
            inner = f"/{logical.folder}/{logical.base}" if logical.folder else f"/{logical.base}"
            found.update((f"/{name}", f"/{name}.md", inner, f"{inner}.md", f"/{logical.folder}"))
        return frozenset(found)

    @cached_property
    def names(self) -> PageNames:
        """The pages by the names that `ref` knows them by."""
        logical = ((path, self.logical_path(path)) for path in self.paths)
        return PageNames((path, f"{each.folder}/{each.base}", each.language) for path, each in logical)

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {path: index for index, path in enumerate(self.paths)}

    @cached_property
    def leaf_bundles(self) -> frozenset[str]:
        """The folders that are leaf bundles: content in them is a page's resource, not a page."""
        parents = (PurePosixPath(path).parent for path in self.paths if self.logical_path(path).is_bundle)
        return frozenset(str(parent) for parent in parents)

    def __len__(self) -> int:
        return len(self.paths)

    def name(self, index: int) -> str:
        """See `PostSource.name`."""
        return self.paths[index]

    def logical_path(self, path: str) -> LogicalPath:
        """Return a content file's place among the pages; its language may be that of its content directory."""
        logical = logical_path(path, self.content_dirs, self.languages)
        own = (
            name for name, each in self.config.languages.items() if each.content_dir and below(path, each.content_dir)
        )
        language = logical.language or next((name for name in own if name != self.config.language), "")
        return replace(logical, language=language)

    def address_of(self, path: str) -> str:
        """Return the address of a content file's page."""
        return self.load(self._positions[path], Findings()).address

    def _is_resource(self, path: str, logical: LogicalPath) -> bool:
        """Whether a content file lies in a leaf bundle beside its page, so that Hugo makes no page of it."""
        return not logical.is_bundle and any(str(parent) in self.leaf_bundles for parent in PurePosixPath(path).parents)

    def load(self, index: int, log: Findings) -> Post:
        """See `PostSource.load`."""
        path = self.paths[index]
        file = read_post_file(self.root / path, path, HUGO_FRONT_MATTER, log)
        logical = self.logical_path(path)
        post = _post(file, path, self.root / path, self.keys, logical.kind(self.keys), logical.section, {})
        post.inherited["status"] = "published"
        if logical.language:
            post.inherited["language"] = logical.language
        if not file.problem:
            declared = post.front_matter.find("type")
            post.type = str(post.front_matter[declared]) if declared else post.type
            post.link_addresses = (f"/{path}",)
            if self._is_resource(path, logical):
                post.inherited["status"] = "private"
            else:
                self._address(post, logical)
            post.translate = Translation(
                page=dict(post.front_matter),
                path=f"{logical.folder}/{logical.base}",
                language=logical.language,
                names=lambda: self.names,
                config=self.config,
                markup=post.body.dialect.markup,
            )
            post.resolve = Resolver(
                files=self.files,
                addresses=lambda: self.addresses,
                base_url=self.config.base_url,
                address=post.address,
                folder=f"/{logical.folder}" if logical.is_bundle or logical.base == "_index" else "",
            )
        return post

    def _address(self, post: Post, logical: LogicalPath) -> None:
        """Give a page its address and those of its aliases, "" and none where Hugo would refuse its own `url`."""
        try:
            address = page_url(post, logical, self.config)
        except (UrlError, FieldError):
            return
        post.address = address.url
        language = logical.language or self.config.language
        prefix, rules = self.config.url_prefix(language), self.config.url_rules(language)
        aliases: list[str] = []
        for alias in post.aliases or ():
            with suppress(UrlError):
                file = alias_file(alias, address, prefix=prefix, ugly=rules.ugly(logical.section))
                aliases.append("/" + file.removesuffix("index.html"))
        post.old_addresses = tuple(aliases)


def _post(
    file: PostFile,
    path: str,
    source: Path | None,
    keys: KeyTable,
    kind: Kind,
    section: str,
    inherited: dict[str, object],
) -> Post:
    return Post(
        front_matter=file.front_matter,
        body=Body(file.parts.body, dialect_of(MARKUPS.get(suffix_of(path), "markdown")), file.body_line),
        path=PurePosixPath(path),
        source=Source("hugo", path, source, raw=file.raw),
        keys=keys,
        kind=kind,
        type=section or "page",
        opening=file.parts.opening,
        closing=file.parts.closing,
        inherited=inherited,
        unreadable=file.problem,
    )


@dataclass(frozen=True, slots=True)
class LogicalPath:
    """A content file's place among the pages: its folder below the content directory, base name and language."""

    folder: str
    base: str
    language: str

    @property
    def section(self) -> str:
        """The first folder, "" at the root."""
        return self.folder.partition("/")[0]

    @property
    def is_bundle(self) -> bool:
        """Whether the file is a leaf bundle's page."""
        return self.base == "index"

    def kind(self, keys: KeyTable) -> Kind:
        """Return what kind of page the file is."""
        if self.base != "_index":
            return "page"
        if not self.folder:
            return "home"
        return "term" if self.section in keys.taxonomies and "/" in self.folder else "section"


def logical_path(path: str, content_dirs: Sequence[str], languages: Sequence[str]) -> LogicalPath:
    """Take a content path apart: its content directory goes, a suffix (`post.fr.md`) becomes the language."""
    folder = max((name for name in content_dirs if below(path, name)), key=len, default="")
    inner = PurePosixPath(without_prefix(path, folder))
    base, _, language = inner.stem.rpartition(".")
    if not base or language not in languages:
        base, language = inner.stem, ""
    parent = str(inner.parent)
    return LogicalPath("" if parent == "." else parent, base, language)


def page_url(post: Post, logical: LogicalPath, config: HugoConfig) -> Address:
    """Return where Hugo publishes a page; UrlError or FieldError where it would refuse to."""
    language = logical.language or config.language
    moment = post.date
    return page_address(
        f"{logical.folder}/{logical.base}",
        kind=post.kind,
        title=post.title or "",
        slug=post.slug or "",
        url=post.url or "",
        date=moment.value if moment else None,
        prefix=config.url_prefix(language),
        rules=config.url_rules(language),
    )


def _zone(name: str) -> tzinfo:
    """Return the site's zone; without one Hugo takes UTC."""
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _content_dirs(config: HugoConfig) -> tuple[str, ...]:
    own = [language.content_dir for language in config.languages.values() if language.content_dir]
    mounted = [
        mount.source for mount in config.mounts if mount.target == "content" or mount.target.startswith("content/")
    ]
    names = dict.fromkeys((config.content_dir, *own, *mounted))
    return tuple(name.strip("/").removeprefix("./") for name in names if not name.startswith(".."))


def _is_content(root: Path, path: str, content_dirs: tuple[str, ...]) -> bool:
    if suffix_of(path) not in MARKUPS or not any(below(path, folder) for folder in content_dirs):
        return False
    if suffix_of(path) in (".html", ".htm"):
        # Hugo publishes HTML without front matter as a plain file.
        with (root / path).open("rb") as file:
            return file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"---", b"+++", b"{"))
    return True


def _role(path: str, config: HugoConfig, is_site: bool) -> Role:
    if not is_site:
        return "static"
    if path in config.files:
        return "config"
    folders: list[tuple[Sequence[str], Role]] = [
        (config.static_dirs, "static"),
        ((config.asset_dir,), "asset"),
        ((config.data_dir,), "data"),
        ((config.layout_dir, config.archetype_dir, config.i18n_dir, "themes"), "layout"),
        (_content_dirs(config), "media"),
    ]
    return next((role for names, role in folders if any(below(path, name) for name in names)), "other")


def _holds_posts(folder: Path) -> bool:
    """Whether some file near the top is a content file with front matter."""
    if (folder / "_config.yml").exists() or (folder / "_posts").exists():
        return False
    candidates = [path for pattern in ("*", "*/*", "*/*/*") for path in sorted(folder.glob(pattern))[:500]]
    for path in candidates:
        if path.is_file() and suffix_of(path.name) in MARKUPS:
            with path.open("rb") as file:
                if file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"---", b"+++", b"{", b"#+")):
                    return True
    return False
