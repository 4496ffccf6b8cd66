"""The rows that the key tables of these systems have in common, and the codecs that only they need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import unquote

from hugoconv.fields import (
    AUTHORS,
    DATE,
    DRAFT,
    FIRST,
    INTEGER,
    STRINGS,
    TEXT,
    Codec,
    Context,
    KeyTable,
    Row,
)
from hugoconv.frontmatter.document import FrontMatter

ROWS: dict[str, Row] = {
    "title": Row(("title",), TEXT),
    "date": Row(("date",), DATE),
    "updated": Row(("updated",), DATE),
    "publish_date": Row(("publishDate",), DATE),
    "expiry_date": Row(("expiryDate",), DATE),
    "status": Row(("draft",), DRAFT),
    "url": Row(("permalink",), TEXT),
    "aliases": Row(("aliases",), STRINGS),
    "authors": Row(("authors", "author"), AUTHORS),
    "description": Row(("description",), TEXT),
    "excerpt": Row(("excerpt",), TEXT),
    "image": Row(("image",), FIRST),
    "weight": Row(("weight",), INTEGER),
    "language": Row(("lang",), TEXT),
    "translation_key": Row(("translationKey",), TEXT),
    "layout": Row(("layout",), TEXT),
}
"""A system without words of its own has these."""

TAXONOMIES: dict[str, Row] = {"tags": Row(("tags",), STRINGS), "categories": Row(("categories",), STRINGS)}


def rows(**changed: Row | None) -> dict[str, Row]:
    """Return the common rows with those of a system in their places; None takes one away."""
    return {name: row for name, row in {**ROWS, **changed}.items() if row is not None}


def table(
    system: str, rows: Mapping[str, Row], taxonomies: Mapping[str, Row] = TAXONOMIES, *, ignore_case: bool = False
) -> KeyTable:
    """Return a system's key table."""
    return KeyTable(system, rows, taxonomies, ignore_case=ignore_case, context=Context())


def with_taxonomies(keys: KeyTable, taxonomies: Mapping[str, str]) -> Mapping[str, Row]:
    """Return the table's taxonomies and those of a site (singular name to front matter key), as plain lists."""
    return {**{plural: Row((plural,), STRINGS) for plural in taxonomies.values()}, **keys.taxonomies}


def address(name: str, read: Callable[[str], str], write: Callable[[str], str]) -> Codec:
    """Return the codec of a URL path that a system spells its own way: decoded, for it names a file."""

    def read_address(front_matter: FrontMatter, key: str, context: Context) -> str | None:
        value = front_matter[key]
        return read(value) if isinstance(value, str) and value else None

    return Codec(name, read_address, write)


def with_slashes(path: str) -> str:
    """Return a path with a slash before it, and after it unless it names a file."""
    whole = f"/{path.lstrip('/')}"
    return whole if whole.endswith("/") or "." in whole.rpartition("/")[2] else f"{whole}/"


ROOTED = address("URL path", with_slashes, unquote)
"""As addresses are: `/2014/hello/`."""
BARE = address("URL path without slashes around it", with_slashes, lambda path: unquote(path).strip("/"))
"""`2014/hello`."""
