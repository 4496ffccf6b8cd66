"""What the elements of WXR are called and how their text becomes values.

The prefixes used here and in the tables of fields stand for the namespaces of every version of WXR.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from lxml import etree

from hugoconv.systems.wordpress.wxr.repair import UNDECLARED, Namespaces

STANDARD_NAMESPACES: Namespaces = (
    ("excerpt", "http://wordpress.org/export/1.2/excerpt/"),
    ("content", "http://purl.org/rss/1.0/modules/content/"),
    ("wfw", "http://wellformedweb.org/CommentAPI/"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("wp", "http://wordpress.org/export/1.2/"),
)

_ROLES = tuple(
    (prefix, re.compile(r"https?://(?:www\.)?" + pattern + "/?"))
    for prefix, pattern in (
        ("wp", r"wordpress\.org/export/\d+(?:\.\d+)*"),
        ("excerpt", r"wordpress\.org/export/\d+(?:\.\d+)*/excerpt"),
        ("content", r"purl\.org/rss/1\.0/modules/content"),
        ("dc", r"purl\.org/dc/elements/1\.1"),
        ("wfw", r"wellformedweb\.org/CommentAPI"),
    )
)


@lru_cache(maxsize=1024)
def qualified_name(tag: str) -> str:
    """Return the name of an element with the usual prefix of its namespace ("wp:post_id"), else as "{URI}name"."""
    uri, _, name = tag.removeprefix("{").rpartition("}")
    if not uri:
        return name
    if uri.startswith(UNDECLARED):
        return f"{uri.removeprefix(UNDECLARED)}:{name}"
    return next((f"{prefix}:{name}" for prefix, role in _ROLES if role.fullmatch(uri)), tag)


# Codecs: from an element to the value of a field. ValueError: the element goes to `other`.


def markup(element: etree._Element) -> str:
    """The text of an element; elements and comments inside it, which should have been escaped, as HTML."""
    if not len(element):
        return element.text or ""
    pieces = [element.text or ""]
    for child in element:
        alone = copy.deepcopy(child)
        if isinstance(child.tag, str):
            etree.cleanup_namespaces(alone)
        pieces.append(etree.tostring(alone, encoding="unicode", method="html"))
    return "".join(pieces)


def text(element: etree._Element) -> str:
    """The text of an element exactly as it is, without the tags and comments that may stand in it."""
    return str(element.xpath("string()")) if len(element) else element.text or ""


def word(element: etree._Element) -> str:
    """The text of an element without the white space around it."""
    return text(element).strip()


def number(element: etree._Element) -> int:
    """A whole number, 0 when the element is empty."""
    written = word(element)
    if written.isascii() and written.isdigit() and len(written) <= 18:
        return int(written)
    if not re.fullmatch(r"(?:[+-]?[0-9]{1,18})?", written):
        raise ValueError(written)
    return int(written or 0)


def flag(element: etree._Element) -> bool:
    """Whether a number other than 0 is given."""
    return number(element) != 0


class Row(NamedTuple):
    """The field an element fills; `many`: the field is a tuple and the element may stand more than once."""

    field: str
    read: Callable[[etree._Element], object]
    many: bool = False


def read_fields(element: etree._Element, rows: Mapping[str, Row]) -> dict[str, Any]:
    """Return the values of an element's children by field, and the children without a field as `other`."""
    values: dict[str, Any] = {}
    collected: dict[str, list[object]] = {}
    for child in element:
        if not isinstance(child.tag, str):  # a comment or an instruction
            continue
        name = qualified_name(child.tag)
        row = rows.get(name)
        try:
            if row is not None and row.many:
                collected.setdefault(row.field, []).append(row.read(child))
                continue
            if row is not None and row.field not in values:
                values[row.field] = row.read(child)
                continue
        except ValueError:
            pass
        collected.setdefault("other", []).append((name, markup(child)))
    return values | {name: tuple(found) for name, found in collected.items()}


def rows(prefix: str, table: Mapping[str, tuple[str, Callable[[etree._Element], object]]]) -> dict[str, Row]:
    """Return the rows of elements whose names begin alike, from name: (field, codec)."""
    return {prefix + name: Row(attribute, read) for name, (attribute, read) in table.items()}
