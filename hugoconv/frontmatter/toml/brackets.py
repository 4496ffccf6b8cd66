"""Edits between brackets: items of TOML lists and pairs of inline tables, with their commas and lines."""

from __future__ import annotations

from collections.abc import Sequence

from hugoconv.edits import Edit, newline_of
from hugoconv.frontmatter.toml.statements import Item, Value


class NoSpanError(Exception):
    """The edit cannot be made at a span."""


def insertion(matter: str, container: Value, index: int, texts: Sequence[str]) -> list[Edit]:
    """Return the edits that put new items before the item at `index`, or last, in lines as the others stand."""
    items = container.items or []
    if not items:
        space = " " if container.kind == "map" else ""
        return [Edit(container.start + 1, container.end - 1, space + ", ".join(texts) + space)]
    separator = "," + newline_of(matter) + _indent(matter, items[0]) if _starts_line(matter, items[0]) else ", "
    if index == 0:
        return [Edit(items[0].start, items[0].start, "".join(text + separator for text in texts))]
    before = items[index - 1].value.end
    line_end = _line_end(matter, before)
    following = items[index].start if index < len(items) else container.end - 1
    if separator == ", " or following < line_end:
        return [Edit(before, before, "".join(separator + text for text in texts))]
    has_comma = matter[before:line_end].lstrip().startswith(",")
    if not has_comma and (index < len(items) or container.comma is not None):
        raise NoSpanError
    text = "".join(separator[1:] + item + "," for item in texts)
    comma = [] if has_comma else [Edit(before, before, ",")]
    return [*comma, Edit(line_end, line_end, text if has_comma else text[:-1])]


def removal(matter: str, container: Value, indexes: Sequence[int]) -> Edit:
    """Return the edit that takes out items that stand side by side, with their commas, lines and comments above."""
    items = container.items or []
    first, last = indexes[0], indexes[-1]
    if last - first + 1 != len(indexes):
        raise NoSpanError
    if len(indexes) == len(items):
        return Edit(container.start + 1, container.end - 1, "")
    start, end = items[first].start, items[last].value.end
    following = items[last + 1].start if last + 1 < len(items) else container.end - 1
    line_end = _line_end(matter, end)
    if _starts_line(matter, items[first]) and following > line_end:
        return Edit(_comments_above(matter, matter.rfind("\n", 0, start) + 1), matter.find("\n", line_end) + 1, "")
    start, end = (start, following) if last + 1 < len(items) else (items[first - 1].value.end, end)
    if "#" in matter[start : items[first].start] + matter[items[last].value.end : end]:
        raise NoSpanError
    return Edit(start, end, "")


def list_text(matter: str, container: Value, texts: Sequence[str]) -> str:
    """Return a list with new items, one a line where the old ones stood so."""
    items = container.items or []
    if not _starts_line(matter, items[0]):
        return f"[{', '.join(texts)}]"
    newline = newline_of(matter)
    lines = f",{newline}{_indent(matter, items[0])}".join(texts)
    closing = matter[matter.rfind("\n", 0, container.end) + 1 : container.end - 1]
    comma = "," if container.comma is not None else ""
    return f"[{newline}{_indent(matter, items[0])}{lines}{comma}{newline}{closing if not closing.strip() else ''}]"


def _indent(matter: str, item: Item) -> str:
    return matter[matter.rfind("\n", 0, item.start) + 1 : item.start]


def _starts_line(matter: str, item: Item) -> bool:
    return not _indent(matter, item).strip()


def _line_end(matter: str, position: int) -> int:
    """Return where the line end after `position` begins."""
    end = matter.find("\n", position)
    return len(matter) if end < 0 else end - (matter[end - 1] == "\r")


def _comments_above(matter: str, start: int) -> int:
    """Return where the comment lines right above the line at `start` begin."""
    while start:
        above = matter.rfind("\n", 0, start - 1) + 1
        if not matter[above:start].lstrip().startswith("#"):
            break
        start = above
    return start
