"""Blocks put into Markdown where a construct of a line stood."""

from __future__ import annotations

import re

_LINE_MARKS = re.compile(r"(?:[ \t>]|(?:[-+*:]|\d{1,9}[.)])[ \t]+)*")
"""What stands at the start of a line of a list, a definition or a quotation."""
_WORDS = re.compile(r"[ \t]*\S")


def in_place(text: str, start: int, end: int, block: str) -> str:
    """Return a block for a span so that each of its lines belongs to the list or quotation that the span is in."""
    if "\n" not in block:
        return block
    before = text[text.rfind("\n", 0, start) + 1 : start]
    stands_first = _LINE_MARKS.fullmatch(before)
    marks = stands_first or _LINE_MARKS.match(before)
    line_break = "\n" + re.sub(r"[^>\s]", " ", marks[0] if marks else "")
    lines = re.sub(r"\n" if ">" in line_break else r"\n(?!\n)", lambda _: line_break, block)
    return f"{'' if stands_first else line_break * 2}{lines}{line_break * 2 if _WORDS.match(text, end) else ''}"
