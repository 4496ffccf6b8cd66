"""Where the typed fields stand in Pelican's metadata, which are lines and no YAML (its documentation of content).

A page is at its address because of `url`, and in its file because of `save_as`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

from hugoconv.fields import DATE, STRINGS, TEXT, Codec, Context, FieldError, Row
from hugoconv.frontmatter.document import FrontMatter
from hugoconv.systems.markdown_site.keys import TAXONOMIES, address, rows, table, with_slashes

URL = address(
    "URL path without a slash before it",
    lambda text: with_slashes(text.removesuffix("index.html")) if text.removesuffix("index.html") else "/",
    lambda path: unquote(path).lstrip("/"),
)


def _read_status(front_matter: FrontMatter, key: str, _context: Context) -> str | None:
    return "published" if str(front_matter[key]).lower() == "published" else "draft"


def _first(names: Any) -> str:
    items: Iterable[Any] = [names] if isinstance(names, str) else names
    return next((str(name) for name in items), "")


STATUS = Codec("status by name; skip for what is not published", _read_status, lambda status: _hidden(status))


def _read_category(front_matter: FrontMatter, key: str, context: Context) -> tuple[str, ...] | None:
    if isinstance(front_matter[key], list):
        raise FieldError(f"{key}: one name expected")
    found: tuple[str, ...] | None = STRINGS.read(front_matter, key, context)
    return found


CATEGORY = Codec("text", _read_category, _first)


def _hidden(status: str) -> str:
    """Return the status by which nothing is written: a draft of Pelican's is published, at an address of its own."""
    return "published" if status == "published" else "skip"


KEYS = table(
    "pelican",
    rows(
        updated=Row(("modified",), DATE),
        status=Row(("status",), STATUS),
        url=Row(("url", "save_as"), URL),
        authors=Row(("authors", "author"), STRINGS),
        excerpt=Row(("summary",), TEXT),
    ),
    {**TAXONOMIES, "categories": Row(("category",), CATEGORY)},
    ignore_case=True,
)
"""The key table."""
