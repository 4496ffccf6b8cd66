"""What kramdown adds to Markdown: attribute lists, their definitions, extensions and abbreviations, with spans.

The source of the rules is the kramdown gem's lib/kramdown/parser/kramdown/extensions.rb.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from hugoconv.markup.constructs import Construct

Span = tuple[int, int]
Attributes = tuple[tuple[str, str], ...]

_CANDIDATE = re.compile(r"\{:|^\*\[", re.MULTILINE)
_ABBREVIATION = re.compile(r"\*\[([^\]\n]+)\]:[ \t]*([^\r\n]*)")
_EXTENSION = re.compile(r"\{::(\w+)(?:\s([^{}]*))?\}")
_DEFINITION = re.compile(r"\{:(\w[\w-]*):([^{}]+)\}")
_LIST = re.compile(r"\{:(?![:/])([^{}]+)\}")
_LINE_PREFIX = re.compile(r"[ \t>]*")
_ITEM_PREFIX = re.compile(r"[ \t>]*(?:[*+-]|\d{1,9}[.)])[ \t]+")
_REST_OF_LINE = re.compile(r"[ \t]*(?=\r?\n|\Z)")
_AFTER_SPAN_ELEMENT = frozenset(")]*_`~>}")
_ATTRIBUTE = re.compile(
    r"""(\w[\w-]*)=("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')(?=\s|\Z)
      | (\w[\w-]*)(?=\s|\Z)
      | ((?:[#.][^\s.#]+)+)(?=\s|\Z)""",
    re.VERBOSE,
)
_ID_OR_CLASS = re.compile(r"([#.])([^\s.#]+)")


def constructs(text: str, skipped: Iterable[Span] = ()) -> list[Construct]:
    """Return kramdown's constructs outside the `skipped` spans (code, Liquid tags), in written order.

    Kind "attributes" is an attribute list, named by where it stands: "block" (alone on its line), "item" (first in a
    list item) or "span" (right after an element); ids, classes and values are its arguments, references to a definition
    (and words such as `toc`) have no name. Kind "definition" is `{:name: ...}`, kind "extension" `{::name}...{:/name}`
    with its inner span, kind "abbreviation" `*[word]: meaning`.
    """
    return list(_constructs(text, _Spans(skipped)))


def attributes(source: str) -> Attributes:
    """Return the pairs of an attribute list's source: `#a .b c="d" e` gives id, class, c and a nameless e."""
    found: list[tuple[str, str]] = []
    for match in _ATTRIBUTE.finditer(source):
        key, value, reference, marks = match.groups()
        if key:
            found.append((key, value[1:-1].replace(f"\\{value[0]}", value[0])))
        elif reference:
            found.append(("", reference))
        else:
            found += [("id" if mark == "#" else "class", name) for mark, name in _ID_OR_CLASS.findall(marks)]
    return tuple(found)


class _Spans:
    """Spans to ask whether another one touches them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        merged: list[list[int]] = []
        for start, end in sorted(spans):
            if merged and start <= merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], end)
            else:
                merged.append([start, end])
        self._starts = [start for start, _ in merged]
        self._ends = [end for _, end in merged]

    def touch(self, start: int, end: int) -> bool:
        index = bisect_left(self._ends, start + 1)
        return index < len(self._starts) and self._starts[index] < end


def _constructs(text: str, skipped: _Spans) -> Iterator[Construct]:
    position = 0
    endless: set[str] = set()
    while candidate := _CANDIDATE.search(text, position):
        start, position = candidate.span()
        if candidate[0] == "*[":
            found = _abbreviation(text, start)
        else:
            found = _extension(text, start, endless) or _definition(text, start) or _attribute_list(text, start)
        if found and not skipped.touch(found.start, found.end if found.inner_start < 0 else found.inner_start):
            yield found
            position = found.end


def _abbreviation(text: str, start: int) -> Construct | None:
    match = _ABBREVIATION.match(text, start)
    return match and Construct(match[1], "abbreviation", start, match.end(), (("", match[2].strip()),))


def _extension(text: str, start: int, endless: set[str]) -> Construct | None:
    match = _EXTENSION.match(text, start)
    if match is None:
        return None
    name, source = match[1], match[2] or ""
    pairs = attributes(source.removesuffix("/"))
    if source.endswith("/"):
        return Construct(name, "extension", start, match.end(), pairs)
    if name in endless:
        return None
    closing = re.compile(rf"\{{:/(?:{name})?\}}").search(text, match.end())
    if closing is None:
        endless.add(name)
        return None
    return Construct(name, "extension", start, closing.end(), pairs, match.end(), closing.start())


def _definition(text: str, start: int) -> Construct | None:
    match = _DEFINITION.match(text, start)
    if match is None or not _is_alone(text, start, match.end()):
        return None
    return Construct(match[1], "definition", start, match.end(), attributes(match[2]))


def _attribute_list(text: str, start: int) -> Construct | None:
    match = _LIST.match(text, start)
    if match is None:
        return None
    place = _place(text, start, match.end())
    return Construct(place, "attributes", start, match.end(), attributes(match[1])) if place else None


def _place(text: str, start: int, end: int) -> str:
    if _is_alone(text, start, end):
        return "block"
    if start and text[start - 1] in _AFTER_SPAN_ELEMENT:
        return "span"
    return "item" if _ITEM_PREFIX.fullmatch(text, _line_start(text, start), start) else ""


def _is_alone(text: str, start: int, end: int) -> bool:
    prefix = _LINE_PREFIX.fullmatch(text, _line_start(text, start), start)
    return prefix is not None and _REST_OF_LINE.match(text, end) is not None


def _line_start(text: str, position: int) -> int:
    return text.rfind("\n", 0, position) + 1
