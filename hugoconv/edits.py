"""Edits at spans: the one way a text changes while everything around the change stays as it is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the characters `start` to `end` (end exclusive) by `text`; `start == end` inserts."""

    start: int
    end: int
    text: str


def apply(source: str, edits: Iterable[Edit]) -> str:
    """Return `source` with all `edits` made; spans count characters of `source` and must not overlap (ValueError)."""
    pieces: list[str] = []
    position = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < position or edit.end < edit.start:
            raise ValueError(f"edit {edit.start}:{edit.end} overlaps the one before it, which ends at {position}")
        pieces.append(source[position : edit.start])
        pieces.append(edit.text)
        position = edit.end
    pieces.append(source[position:])
    return "".join(pieces)


def overlaps(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Return whether a span has something in common with one of others, which are sorted and apart."""
    index = bisect_right(spans, (end, -1)) - 1
    return index >= 0 and spans[index][1] > start


def newline_of(text: str) -> str:
    r"""Return the line end that `text` uses first ("\n" or "\r\n"), "\n" when it has none."""
    end = text.find("\n")
    return "\r\n" if end > 0 and text[end - 1] == "\r" else "\n"
