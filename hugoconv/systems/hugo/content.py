"""The content of a Hugo site: its files as posts, with what Hugo derives for each."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import time
from functools import cached_property, partial
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from hugoconv.fields import FieldError, KeyTable, read_moment
from hugoconv.frontmatter.dates import moment_of
from hugoconv.frontmatter.dialects import HUGO as HUGO_FRONT_MATTER
from hugoconv.frontmatter.document import FrontMatter
from hugoconv.model import HIDDEN, ListPage, Post
from hugoconv.report.findings import Findings
from hugoconv.systems.files import read_post_file, without_prefix
from hugoconv.systems.hugo.cascade import cascaded
from hugoconv.systems.hugo.config import HugoConfig
from hugoconv.systems.hugo.content_files import post_of
from hugoconv.systems.hugo.goldmark import links_find_pages
from hugoconv.systems.hugo.keys import PRIVATE, is_private
from hugoconv.systems.hugo.lists import list_pages
from hugoconv.systems.hugo.logicalpath import LogicalPath, logical_path
from hugoconv.systems.hugo.menus import Menus, merged, page_menus, site_menus
from hugoconv.systems.hugo.mounts import Mount, mount_of
from hugoconv.systems.hugo.org_bodies import OrgBody
from hugoconv.systems.hugo.pagenames import PageNames
from hugoconv.systems.hugo.permalinks import Section, UrlError
from hugoconv.systems.hugo.translation import Translation
from hugoconv.systems.hugo.urls import Address, PageKind, alias_file, dated_name, page_address
from hugoconv.systems.references import Published, Resolver, bare_address
from hugoconv.urls import urlsplit

_GENERATED = frozenset({"/index.xml", "/sitemap.xml", "/robots.txt", "/404.html"})
"""What Hugo makes beside the pages."""

_NOT_PASSED_DOWN = ("url", "aliases", "slug", "title", "date")
"""The fields that are each page's own."""


@dataclass
class HugoPosts:
    """The content files of a Hugo site, loaded one by one."""

    root: Path
    paths: list[str]
    keys: KeyTable
    mounts: tuple[Mount, ...]
    """The content directories."""
    languages: tuple[str, ...]
    config: HugoConfig = field(repr=False)
    enclosing: frozenset[str] = frozenset()
    """The shortcodes that the site's templates want closed."""
    published: Published = field(default_factory=Published, repr=False)
    """What the site publishes, for the resolvers of all pages; the importer adds the files."""
    _met: dict[str, str] = field(default_factory=dict, repr=False)
    """The addresses of the pages that links meant."""

    def __post_init__(self) -> None:
        self.published.addresses = lambda: self.addresses
        self.published.names = lambda: self._called
        self.published.address_of = self._home

    @cached_property
    def addresses(self) -> frozenset[str]:
        """The addresses of all pages and lists, found by reading each page once."""
        log = Findings()
        found: set[str] = set()
        for index, path in enumerate(self.paths):
            post = self.load(index, log)
            found.update(bare_address(address) for address in (post.address, *post.old_addresses))
            found.update(self._lists(post, self.logical_path(path)))
        return frozenset(found | {f"{address.rstrip('/')}/index.xml" for address in found} | _GENERATED)

    def _lists(self, post: Post, logical: LogicalPath) -> Iterator[str]:
        """Yield the addresses of the lists that a post is shown in."""
        language = logical.language or self.config.language
        prefix, rules = self.config.url_prefix(language), self.config.url_rules(language)
        places: list[tuple[str, PageKind]] = [("_index", "home")]
        if logical.section:
            places.append((f"{logical.section}/_index", "section"))
        for taxonomy in self.keys.taxonomies:
            places.append((f"{taxonomy}/_index", "taxonomy"))
            with suppress(FieldError):
                places += ((f"{taxonomy}/{str(term).lower()}/_index", "term") for term in post.terms.get(taxonomy, ()))
        for path, kind in places:
            with suppress(UrlError):
                yield bare_address(page_address(path, kind=kind, prefix=prefix, rules=rules).url)

    @cached_property
    def _called(self) -> dict[str, str]:
        """The content file of each page by what `ref`, and links between content files, may call it."""
        found: dict[str, str] = {}
        for path in self.paths:
            logical = self.logical_path(path)
            name = logical.folder.rpartition("/")[2] if logical.base in ("index", "_index") else logical.base
            inner = f"/{logical.folder}/{logical.base}" if logical.folder else f"/{logical.base}"
            is_page_of_folder = logical.base in ("index", "_index")
            for called in (f"/{path}", inner, f"{inner}.md", f"/{name}", f"/{name}.md"):
                found.setdefault(called, path)
            if is_page_of_folder:
                found[f"/{logical.folder}"] = path
        return found

    def _home(self, name: str) -> str:
        """Return the address of a content file's page; of an address, itself."""
        return self.address_of(name) if name in self._positions else name

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

    def menus(self) -> Menus:
        """Return the site's menus, with the entries that pages ask for."""
        log = Findings()
        posts = (self.load(index, log) for index in range(len(self.paths)))
        menus = site_menus(self.config, self._menu_address)
        return merged(menus, page_menus(post for post in posts if not post.unreadable))

    def _menu_address(self, name: str, language: str) -> str:
        source = self.names.find(name if name.startswith("/") else f"/{name}", "", language)
        return self.address_of(source) if source else f"/{name.strip('/')}/".replace("//", "/")

    def lists(self) -> Iterator[ListPage]:
        """Yield the list pages that Hugo makes of the content."""
        log = Findings()
        posts = ((self.load(index, log), self.logical_path(path)) for index, path in enumerate(self.paths))
        return list_pages(((post, path) for post, path in posts if not post.unreadable), self.config, self.keys)

    def __len__(self) -> int:
        return len(self.paths)

    def name(self, index: int) -> str:
        """See `PostSource.name`."""
        return self.paths[index]

    def logical_path(self, path: str) -> LogicalPath:
        """Return a content file's place among the pages; its language may be that of its content directory."""
        return logical_path(path, self.mounts, self.languages, self.config.language)

    def address_of(self, path: str) -> str:
        """Return the address of a content file's page."""
        return self.load(self._positions[path], Findings()).address

    def folder_of(self, path: str) -> str:
        """Return the address below which a bundle's files are published, also where its page itself is not."""
        post = self.load(self._positions[path], Findings())
        with suppress(UrlError, FieldError):
            return post.address or self._page_address(post, self.logical_path(path)).url
        return ""

    def _is_resource(self, path: str, logical: LogicalPath) -> bool:
        """Whether a content file lies in a leaf bundle beside its page, so that Hugo makes no page of it."""
        if logical.is_bundle or not self.leaf_bundles:
            return False
        return any(str(parent) in self.leaf_bundles for parent in PurePosixPath(path).parents)

    def load_alone(self, index: int, log: Findings) -> Post:
        """See `SelfContainedPosts.load_alone`."""
        path = self.paths[index]
        source = self.root / path
        return post_of(
            read_post_file(source, path, HUGO_FRONT_MATTER, log), path, source, self.keys, "page", "page", {}
        )

    def load(self, index: int, log: Findings) -> Post:
        """See `PostSource.load`."""
        path = self.paths[index]
        file = read_post_file(self.root / path, path, HUGO_FRONT_MATTER, log)
        logical = self.logical_path(path)
        post = post_of(file, path, self.root / path, self.keys, logical.kind(self.keys), logical.section, {})
        post.inherited["status"] = "published"
        if logical.language:
            post.inherited["language"] = logical.language
        if not file.problem:
            self._derive_from_above(post, logical)
            declared = post.front_matter.find("type")
            post.type = str(post.front_matter[declared]) if declared else post.type
            post.link_addresses = (f"/{path}",)
            self._derive_dates(post, logical)
            if self._is_resource(path, logical) or is_private(post.front_matter, post.extra.get("defaults", {})):
                post.inherited[HIDDEN] = PRIVATE
            else:
                self._address(post, logical)
            post.translate = Translation(
                page=post.front_matter.as_dict(),
                path=f"{logical.folder}/{logical.base}",
                language=logical.language,
                names=lambda: self.names,
                resource=partial(self._resource, path, logical, post.address),
                config=self.config,
                enclosing=self.enclosing,
                markup="markdown" if post.body.dialect.markup == "org" else post.body.dialect.markup,
                org=self._org(post, path) if post.body.dialect.markup == "org" else None,
            )
            post.resolve = Resolver(
                self.published,
                base_url=self.config.base_url,
                address=post.address,
                folder=f"/{logical.folder}" if logical.is_bundle or logical.base == "_index" else "",
                page_meant=partial(self._page_meant, logical) if links_find_pages(self.config) else None,
            )
        return post

    def _page_meant(self, logical: LogicalPath, path: str) -> str:
        """Return the address of the page that a link on another means by its content path; "" for none."""
        source = self.names.page_at(path, f"{logical.folder}/{logical.base}", logical.language)
        if source and source not in self._met:
            self._met[source] = self.address_of(source)
        return self._met[source] if source else ""

    def _org(self, post: Post, path: str) -> OrgBody:
        mount = mount_of(path, self.mounts)
        source = mount.source if mount is not None else ""
        return OrgBody(self.root / source, without_prefix(path, source), post.front_matter.syntax == "org")

    def _resource(self, path: str, logical: LogicalPath, address: str, target: str) -> str | None:
        """Return where a file of a page's bundle is published, "" for nowhere, None for what is beside the page.

        Of a bundle in several languages the files are published once, beside the page of one of them.
        """
        name = unquote(urlsplit(target).path)
        if not logical.is_bundle or not name or target.startswith(("/", "#")) or urlsplit(target).scheme:
            return None
        source = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
        if source in self._positions:
            return "" if self._is_resource(source, self.logical_path(source)) else None
        files = self.published.files
        if len(self.languages) < 2 or not address or posixpath.normpath(address + name) in files:
            return None
        for other in self._positions:
            place = self.logical_path(other)
            if other != path and place.is_bundle and place.folder == logical.folder:
                beside = posixpath.normpath(posixpath.join(self.address_of(other) or "/", name))
                if beside in files:
                    return beside
        return None

    def _address(self, post: Post, logical: LogicalPath) -> None:
        """Give a page its address and those of its aliases, "" and none where Hugo would refuse its own `url`."""
        try:
            address = self._page_address(post, logical)
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

    def _page_address(self, post: Post, logical: LogicalPath) -> Address:
        """Return where Hugo publishes a page; UrlError or FieldError where it would refuse to."""
        language = logical.language or self.config.language
        moment = post.date
        is_taxonomy = post.kind == "section" and logical.folder in self.keys.taxonomies
        return page_address(
            f"{logical.folder}/{logical.base}",
            kind="taxonomy" if is_taxonomy else post.kind,
            title=post.title or "",
            slug=post.slug or "",
            url=post.url or "",
            date=moment.value if moment else None,
            sections=self._sections_around(logical),
            prefix=self.config.url_prefix(language),
            rules=self.config.url_rules(language),
        )

    @cached_property
    def sections(self) -> dict[tuple[str, str], Section]:
        """The sections that have a page of their own, by folder and language: their slugs are in the URLs below."""
        found: dict[tuple[str, str], Section] = {}
        for path in self.paths:
            logical = self.logical_path(path)
            if logical.base == "_index" and logical.folder:
                file = read_post_file(self.root / path, path, HUGO_FRONT_MATTER, Findings())
                with suppress(FieldError):
                    slug, title = (self.keys.read(file.front_matter, name) or "" for name in ("slug", "title"))
                    found[logical.folder, logical.language] = Section(logical.folder, slug, title)
        return found

    def _sections_around(self, logical: LogicalPath) -> list[Section]:
        """Return the sections that a page is in: the top folder, and each folder with a page of its own."""
        parts = logical.folder.split("/") if logical.folder else []
        if logical.is_bundle:
            parts = parts[:-1]
        folders = ["/".join(parts[: depth + 1]) for depth in range(len(parts))]
        known = ((folder, self.sections.get((folder, logical.language))) for folder in folders)
        return [section or Section(folder) for folder, section in known if section or folder == logical.section]

    def _derive_from_above(self, post: Post, logical: LogicalPath) -> None:
        """Fill in what the configuration and the sections around a page pass down to it."""
        if not self._cascades and self.config.value("cascade") is None:
            return
        name = (
            f"/{logical.folder}"
            if logical.is_bundle or logical.base == "_index"
            else f"/{logical.folder}/{logical.base}"
        )
        parts = logical.folder.split("/") if logical.folder else []
        folders = ["", *("/".join(parts[: depth + 1]) for depth in range(len(parts)))]
        cascades = [self.config.value("cascade"), *(self._cascades.get((each, logical.language)) for each in folders)]
        known = name.replace("//", "/").lower().replace(" ", "-")
        values = cascaded(cascades, known, post.kind, logical.language or self.config.language)
        given = FrontMatter(values=values, dialect=HUGO_FRONT_MATTER)
        for field_name in self.keys.names():
            with suppress(FieldError):
                value = self.keys.read(given, field_name)
                if value is not None and field_name not in _NOT_PASSED_DOWN:
                    post.inherited[field_name] = value
        rows = (*self.keys.rows.values(), *self.keys.taxonomies.values())
        typed = {key.lower() for row in rows for key in row.keys}
        post.extra["defaults"] = {key: value for key, value in values.items() if key.lower() not in typed}

    @cached_property
    def _cascades(self) -> dict[tuple[str, str], object]:
        """The `cascade` of the sections that have one, by folder and language."""
        found: dict[tuple[str, str], object] = {}
        for path in self.paths:
            logical = self.logical_path(path)
            if logical.base == "_index":
                file = read_post_file(self.root / path, path, HUGO_FRONT_MATTER, Findings())
                key = file.front_matter.find("cascade")
                if key is not None:
                    found[logical.folder, logical.language] = file.front_matter[key]
        return found

    def _derive_dates(self, post: Post, logical: LogicalPath) -> None:
        """Fill in the date, and the slug, that Hugo's date handlers find elsewhere than under the field's own keys."""
        name = logical.folder.rpartition("/")[2] if logical.is_bundle else logical.base
        for handler in self.config.date_handlers.get("date", ()):
            key = post.front_matter.find(handler)
            if handler == ":filename" and (dated := dated_name(name)):
                is_day = dated[0].time() == time()
                post.inherited["date"] = moment_of(dated[0].date() if is_day else dated[0])
                if dated[1]:
                    post.inherited["slug"] = dated[1]
                return
            if key is not None:
                with suppress(FieldError):
                    moment = read_moment(post.front_matter, key)
                    if moment is not None:
                        post.inherited["date"] = moment
                        return
