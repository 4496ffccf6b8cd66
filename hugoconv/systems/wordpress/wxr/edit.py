"""Editing an item at spans: the elements of the fields that changed are written anew, every other byte stays."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.parsers import expat

from hugoconv.systems.wordpress.wxr.items import FIELDS_OF_ELEMENTS, Item
from hugoconv.systems.wordpress.wxr.names import STANDARD_NAMESPACES, qualified_name
from hugoconv.systems.wordpress.wxr.repair import Namespaces
from hugoconv.systems.wordpress.wxr.writer import differing_fields, element_lines

_OUTER = b"<wxr%b>"
_TAG = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")


@dataclass(frozen=True, slots=True)
class _Child:
    field: str
    start: int
    end: int


def edited(data: bytes, namespaces: Namespaces, old: Item, new: Item) -> bytes:
    """Return the bytes of an item, well-formed XML that reads as `old`, so that they read as `new`.

    Each element stays where it is; one that the item has not goes in front of its end. Elements that stand several
    times (terms, meta, comments) are written together, at the first of them.
    """
    changed = differing_fields(old, new)
    if not changed:
        return data
    children = _children(data, namespaces)
    end = data.rindex(b"</")
    replacements: list[tuple[int, int, bytes]] = []
    for field in changed:
        made = [line.strip() for line in element_lines(field, new)]
        text = "\n\t\t".join(made)
        spans = [child for child in children if child.field == field]
        if spans:
            replacements.append((spans[0].start, spans[0].end, _bound(text, namespaces)))
            replacements += ((child.start, child.end, b"") for child in spans[1:])
        elif made:
            replacements.append((end, end, b"\t" + _bound(text, namespaces) + b"\n\t"))
    pieces: list[bytes] = []
    position = 0
    for start, stop, replacement in sorted(replacements):
        pieces += (data[position:start], replacement)
        position = stop
    return b"".join((*pieces, data[position:]))


def is_well_formed(data: bytes, namespaces: Namespaces) -> bool:
    """Return whether the bytes of an item are well-formed XML as they are."""
    try:
        _children(data, namespaces)
    except expat.ExpatError:
        return False
    return True


def _bound(text: str, namespaces: Namespaces) -> bytes:
    """Return elements under the prefixes that the file itself has for their namespaces."""
    prefixes = {qualified_name(f"{{{name}}}x").partition(":")[0]: prefix for prefix, name in namespaces}
    for standard, _ in STANDARD_NAMESPACES:
        prefix = prefixes.get(standard, standard)
        if prefix != standard:
            text = text.replace(f"<{standard}:", f"<{prefix}:").replace(f"</{standard}:", f"</{prefix}:")
    return text.encode("utf-8", "replace")


def _children(data: bytes, namespaces: Namespaces) -> list[_Child]:
    """Return where the elements of an item stand, by the fields that they fill."""
    declarations = "".join(f' xmlns:{prefix}="{name}"' for prefix, name in namespaces)
    opening = _OUTER % declarations.encode()
    parser = expat.ParserCreate("UTF-8", namespace_separator="}")
    found: list[_Child] = []
    depth = 0
    opened = ("", 0)

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth, opened
        depth += 1
        if depth == 3:
            opened = (FIELDS_OF_ELEMENTS.get(qualified_name("{" + name if "}" in name else name), ""), at())

    def finish(_name: str) -> None:
        nonlocal depth
        if depth == 3:
            end = _TAG.match(data, at())
            found.append(_Child(opened[0], opened[1], end.end() if end else len(data)))
        depth -= 1

    def at() -> int:
        return parser.CurrentByteIndex - len(opening)

    parser.StartElementHandler, parser.EndElementHandler = start, finish
    parser.Parse(opening + data + b"</wxr>", True)
    return found
