"""List pages, feeds and redirects of the old site, which Jekyll does not make by itself.

They are documents of two collections, so that they stand in one folder each and need no plug-in. The configuration
marks the collections as made up, by which they are known when the site is read again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from hugoconv.frontmatter.conversion import fenced
from hugoconv.frontmatter.document import syntax_named
from hugoconv.migrate.plan import FileOp, Write
from hugoconv.model import ListPage, Redirect
from hugoconv.systems.jekyll.config import MADE_UP
from hugoconv.systems.jekyll.places import file_of, literal_permalink
from hugoconv.systems.jekyll.symbols import with_symbols_quoted

LISTS, REDIRECTS = "lists", "moved"
COLLECTIONS = {label: {"output": True, MADE_UP: True} for label in (LISTS, REDIRECTS)}
"""The collections that hold what this module writes, as the configuration declares them."""

_UNFIT = re.compile(r"[^\w.-]+")


def list_files(lists: Iterable[ListPage], taken: set[str]) -> Iterator[FileOp]:
    """Yield the list pages and feeds of the old site; not those at an address in `taken` (files, "tags/index.html")."""
    names: set[str] = set()
    for each in lists:
        values: dict[str, Any] = {"title": each.title, "list": each.kind, "taxonomy": each.taxonomy}
        values |= {"lang": each.language} if each.language else {}
        if each.taxonomy and each.kind != "term":
            values["list"] = "taxonomy"
        if not each.written:
            yield from _document(LISTS, each.address, ".html", values | {"layout": "list"}, taken, names)
        if each.kind == "home":
            missing = {"layout": "missing", "title": "404"}
            yield from _document(LISTS, f"{each.address}404.html", ".html", missing, taken, names)
        if each.feed:
            feed = values | {"layout": "feed", "of": each.address}
            yield from _document(LISTS, each.feed, ".xml", feed, taken, names)


def redirect_files(redirects: Iterable[Redirect], taken: set[str]) -> Iterator[FileOp]:
    """Yield a page for each old address, which leads to the new one; not where there is a file already."""
    names: set[str] = set()
    for each in redirects:
        values = {"layout": "redirect", "redirect_to": each.new}
        yield from _document(REDIRECTS, each.old, ".html", values, taken, names)


def _document(
    collection: str, address: str, ending: str, values: dict[str, Any], taken: set[str], names: set[str]
) -> Iterator[FileOp]:
    permalink, file = literal_permalink(address), file_of(address)
    if file in taken or ".." in address:
        return
    taken.add(file)
    stem = _UNFIT.sub("-", file.removesuffix("index.html").removesuffix(ending)).strip("-._") or "home"
    name = stem
    while name.lower() in names:
        name = f"{stem}-{len(names)}"
    names.add(name.lower())
    said = {key: value for key, value in ({"permalink": permalink} | values).items() if value != ""}
    text = fenced(with_symbols_quoted(syntax_named("yaml").write(said)), "yaml")
    yield Write(PurePosixPath(f"_{collection}", f"{name}{ending}"), text.encode())
