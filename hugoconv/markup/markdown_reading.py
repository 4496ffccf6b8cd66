"""Markdown as pyromark reads it. It counts bytes of UTF-8; here every span counts characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import pyromark
from pyromark import Options

Span = tuple[int, int]
Event = tuple[Any, int, int]
"""One of pyromark's events, and where what it is about starts and ends."""

_OPTIONS = (
    Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_DEFINITION_LIST
    | Options.ENABLE_HEADING_ATTRIBUTES
)
"""What goldmark (as Hugo sets it up) and kramdown have in common beyond CommonMark."""
_FIRST_BYTES = bytes(int(byte & 0xC0 != 0x80) for byte in range(256))
"""For each byte whether a character of UTF-8 begins with it."""


class Reading:
    """A text as pyromark reads it; each `opaque` span is a word."""

    def __init__(self, text: str, opaque: Iterable[Span]) -> None:
        self.original = text
        self.text = _masked(text, opaque)

    def events(self) -> Iterator[Event]:
        """Return pyromark's events with the start and end of each."""
        return iter((_events if len(self.text) < _WORTH_KEEPING else _kept_events)(self.text))

    def definitions(self) -> list[tuple[str, int, int]]:
        """Return where definitions of links lead, with the start and end of each; of two with one label, the first."""
        if "]:" not in self.text:
            return []
        found = pyromark.reference_definitions(self.text, options=_OPTIONS).values()
        return _in_characters(self.text, [(each["dest"], each["span"]["start"], each["span"]["end"]) for each in found])

    def meaning(self, start: int, end: int, read: str) -> str:
        """Return what was read at a span; what a dialect owns there means itself."""
        written = self.original[start:end]
        return read if self.text[start:end] == written else written


def _events(text: str) -> list[Event]:
    found = pyromark.events_with_range(text, options=_OPTIONS)
    return _in_characters(text, [(event, span["start"], span["end"]) for event, span in found])


_kept_events = lru_cache(maxsize=2)(_events)
"""The same for a body, of which one rule after the other asks; nobody changes an event."""
_WORTH_KEEPING = 200


def _in_characters(text: str, found: list[Event]) -> list[Event]:
    """Return what was found at spans of bytes with the same spans of characters."""
    if text.isascii():
        return found
    firsts = text.encode().translate(_FIRST_BYTES)
    before: dict[int, int] = {}
    count = position = 0
    for place in sorted({place for _, start, end in found for place in (start, end)}):
        count += firsts.count(1, position, place)
        before[place] = count
        position = place
    return [(what, before[start], before[end]) for what, start, end in found]


def _masked(text: str, opaque: Iterable[Span]) -> str:
    """Return the text with each opaque span as a word of the same length, and lone surrogates as question marks."""
    if not text.isascii():
        text = text.encode(errors="replace").decode()
    pieces: list[str] = []
    position = 0
    for start, end in sorted(opaque):
        if end > position:
            start = max(start, position)
            pieces += (text[position:start], "x" * (end - start))
            position = end
    return "".join((*pieces, text[position:])) if pieces else text
