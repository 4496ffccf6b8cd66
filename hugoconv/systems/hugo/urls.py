"""Where Hugo publishes a page: its URL and its output file.

The rules are those of Hugo's hugolib/page__paths.go, resources/page/page_paths.go and permalinks.go, common/paths and
hugolib/alias.go, for the HTML output format. Addresses are below the base URL: without its path.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from hugoconv.errors import SourceError, UsageError
from hugoconv.systems.hugo.golayout import format_layout


@dataclass(frozen=True, slots=True)
class Address:
    """`url` as Hugo links to the page (percent-encoded, starts with "/"), `file` below the publish folder."""

    url: str
    file: str


@dataclass(frozen=True, slots=True)
class Permalink:
    """One permalink rule: `kind` and `path` are globs ("" for any) that the page must match."""

    pattern: str
    kind: str = ""
    path: str = ""

    def matches(self, kind: str, path: str) -> bool:
        """Whether the rule is for a page of this kind at this path ("/posts/hello")."""
        return all(
            not glob or _glob(glob.lower()).fullmatch(value)
            for glob, value in ((self.kind, kind), (self.path, path.lower()))
        )


@dataclass(frozen=True, slots=True)
class UrlRules:
    """The part of a site's configuration that decides its URLs; `ugly_urls` may name the sections it is on for."""

    permalinks: tuple[Permalink, ...] = ()
    ugly_urls: bool | frozenset[str] = False
    disable_path_to_lower: bool = False
    remove_path_accents: bool = False

    def ugly(self, section: str) -> bool:
        """Whether pages of a top-level section get `name.html` instead of `name/index.html`."""
        return self.ugly_urls if isinstance(self.ugly_urls, bool) else section in self.ugly_urls


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A page as its permalink sees it; `path` starts with "/" and is as Hugo keeps it: lower case, no spaces."""

    path: str
    written_path: str
    kind: str
    title: str
    slug: str
    date: datetime
    sections: tuple[str, ...]
    section_names: tuple[str, ...]
    rules: UrlRules

    @property
    def name(self) -> str:
        return posixpath.basename(self.path)

    @property
    def is_leaf(self) -> bool:
        return self.kind == "page" and self.name == "index"

    @property
    def is_bundle(self) -> bool:
        return self.name in ("index", "_index")

    @property
    def logical(self) -> str:
        """The path by which Hugo knows the page: a bundle's is its folder."""
        return posixpath.dirname(self.path) if self.is_bundle else self.path

    @property
    def section(self) -> str:
        folders = self.path.split("/")[1 : -2 if self.is_leaf else -1]
        return folders[0] if folders else ""

    @property
    def base_name(self) -> str:
        """The file's name, or its folder's for a bundle, with the case and spaces that the author gave it."""
        folder, name = posixpath.split(self.written_path)
        return posixpath.basename(folder) if self.is_bundle else name

    @property
    def file_name(self) -> str:
        return "" if self.name == "_index" else self.base_name

    def urlize(self, text: str) -> str:
        return _url_escape(urlize(text, self.rules))


def page_address(
    path: str,
    *,
    kind: str = "page",
    title: str = "",
    slug: str = "",
    url: str = "",
    date: datetime | None = None,
    sections: tuple[str, ...] | None = None,
    section_names: tuple[str, ...] = (),
    prefix: str = "",
    rules: UrlRules | None = None,
) -> Address:
    """Return where Hugo publishes a page; SourceError for a pattern or `url` that Hugo refuses.

    `path` is the content path without extension and language ("posts/My Post", "posts/bundle/index", "posts/_index";
    "tags/_index" and "tags/term/_index" for taxonomies and terms). `kind` is home, page, section, taxonomy or term.
    `sections` are the folders of the section that the page is in: those that have an `_index` page, and the first
    folder always; only the first when not given. `section_names` are the slug, else title, of each of them. `prefix`
    is the language's folder, "" when it has none. A page without a date has Go's zero date.
    """
    rules = rules or UrlRules()
    written = "/" + path.strip("/")
    page = _Page(
        path=_lower(written).replace(" ", "-"),
        written_path=written,
        kind=kind,
        title=title,
        slug=slug.strip("-"),
        date=date or datetime(1, 1, 1, tzinfo=UTC),
        sections=(),
        section_names=section_names,
        rules=rules,
    )
    if sections is None:
        sections = (page.section,) if page.section else ()
    page = _with_sections(page, sections)
    if url and kind != "home":
        return _written_address(_expanded_url(url, page), prefix)
    return _derived_address(page, prefix)


def _with_sections(page: _Page, sections: tuple[str, ...]) -> _Page:
    from dataclasses import replace

    return replace(page, sections=tuple(_lower(section).replace(" ", "-") for section in sections))
