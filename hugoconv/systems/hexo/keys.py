"""Where the typed fields stand in Hexo's front matter; its documentation of front matter and of permalinks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

from hugoconv.fields import AUTHORS, FIRST, PUBLISHED, STRINGS, Codec, Context, Row
from hugoconv.frontmatter.document import FrontMatter
from hugoconv.systems.markdown_site.keys import TAXONOMIES, address, rows, table, with_slashes

PERMALINK = address(
    "URL path without a slash before it", with_slashes, lambda path: unquote(path).lstrip("/") or "index.html"
)


def _read_categories(front_matter: FrontMatter, key: str, _context: Context) -> tuple[str, ...] | None:
    """Read categories: in a list of texts each is below the one before it, in a list of lists each list is a path."""
    value = front_matter[key]
    if value is None:
        return None
    items = value if isinstance(value, list) else [value]
    paths = items if any(isinstance(item, list) for item in items) else [items]
    last = (path[-1] if isinstance(path, list) and path else path for path in paths)
    return tuple(dict.fromkeys(str(name) for name in last if name not in (None, "", [])))


def category_paths(names: Iterable[Any]) -> list[list[str]]:
    """Return categories as Hexo must have them, so that none is below another."""
    return [[str(name)] for name in names]


CATEGORIES = Codec("list of paths", _read_categories, category_paths)

KEYS = table(
    "hexo",
    rows(
        status=Row(("published",), PUBLISHED),
        url=Row(("permalink",), PERMALINK),
        aliases=Row(("alias",), STRINGS),
        authors=Row(("author", "authors"), AUTHORS),
        image=Row(("cover", "image", "thumbnail", "banner"), FIRST),
    ),
    {**TAXONOMIES, "categories": Row(("categories", "category"), CATEGORIES)},
)
"""The key table."""
