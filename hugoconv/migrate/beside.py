"""What a site has beside its posts' texts, readers' comments and the entries of menus, under names for both sides."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import unquote

from hugoconv.errors import FrontMatterError
from hugoconv.frontmatter.dialects import JEKYLL
from hugoconv.frontmatter.document import syntax_named
from hugoconv.model import Post, Site
from hugoconv.urls import urlsplit

COMMENTS = "comments"
"""The folder of data files, one a post, in which comments stand where a system has none of its own."""
MENUS = ("menus", "navigation")
"""The data files in which menus stand."""
_FILE_OF_PAGE = re.compile(r"(?:(?<![^/])index\.html|(?:(?<![^/])_?index)?\.md)\Z")
"""What a link to a page's file has, and its address has not."""
_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class CommentKey:
    """What must be the same of a comment: who wrote what, and when."""

    author: str
    date: str
    words: tuple[str, ...]


def comments_of(post: Post) -> list[CommentKey]:
    """Return the comments on a post."""
    return [_key(comment.author, comment.date, comment.content) for comment in post.comments]


def comments_beside(site: Site) -> Counter[CommentKey]:
    """Count the comments in a site's data files."""
    return Counter(
        _key(str(row.get("author", "")), str(row.get("date", "")), str(row["content"]))
        for path, rows in _data(site)
        if COMMENTS in path
        for row in (rows if isinstance(rows, list) else ())
        if isinstance(row, dict) and "content" in row
    )


def _key(author: str, date: str, content: str) -> CommentKey:
    return CommentKey(author, date, tuple(_WORD.findall(unescape(_TAG.sub(" ", content)).casefold())))


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a menu."""

    menu: str
    name: str
    url: str


def entries_of(site: Site) -> Iterator[Entry]:
    """Yield the entries of a site's menus."""
    for menu, items in {**site.info.menus, **site.menus()}.items():
        yield from (Entry(menu, item.name, item.url) for item in items)


def entries_beside(site: Site) -> Iterator[Entry]:
    """Yield the entries of the menus in a site's data files."""
    for path, menus in _data(site):
        if path[-1] not in MENUS or not isinstance(menus, dict):
            continue
        for menu, items in menus.items():
            for item in items if isinstance(items, list) else ():
                if isinstance(item, dict):
                    yield Entry(str(menu), str(item.get("name", "")), str(item.get("url", "")))


def missing_entries(
    old: Iterable[Entry], new: Iterable[Entry], pages: Mapping[str, str], hosts: Collection[str]
) -> Iterator[Entry]:
    """Yield the entries that have no counterpart: of that name, and leading to where the old one led.

    `pages` gives the address now of each old page's address; what else is below the sites' own `hosts` may have moved.
    """
    left = [(entry.name, _where(entry.url, hosts)) for entry in new]
    for entry in old:
        where = _where(entry.url, hosts)
        leads_nowhere = not entry.url.strip("# ")  # it only holds others
        may_be_anywhere = leads_nowhere or (where.startswith("/") and where not in pages)
        wanted = (entry.name, pages.get(where, where))
        found = next((each for each in left if each == wanted or (may_be_anywhere and each[0] == entry.name)), None)
        if found is None:
            yield entry
        else:
            left.remove(found)


def _where(url: str, hosts: Collection[str]) -> str:
    """Return where a URL leads, in one spelling: its path, after the host where that is not one of the sites' own."""
    parts = urlsplit(unescape(url).strip())
    host = parts.netloc.removeprefix("www.")
    path = _FILE_OF_PAGE.sub("", unquote(parts.path)).strip("/")
    return f"{'' if host in hosts else host}/{path}" + (f"?{parts.query}" if parts.query else "")


def _data(site: Site) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield what stands in the data files about comments and menus, each with its path, without its ending."""
    for asset in site.assets:
        path = asset.path.with_suffix("").parts
        if asset.path.suffix not in (".json", ".yml") or (path[-1] not in MENUS and COMMENTS not in path):
            continue
        try:
            text = asset.source.read_text(encoding="utf-8")
            value = (
                json.loads(text) if asset.path.suffix == ".json" else syntax_named("yaml").parse(text, JEKYLL.scalars)
            )
        except (OSError, ValueError, FrontMatterError):
            continue
        yield path, value
