r"""What Goldmark lets through as it is, where a site turned that on: `\( .. \)`, `$$ .. $$`, formulas for a script.

(https://gohugo.io/configuration/markup/#passthrough, and `passthrough.go` in Hugo's extensions of Goldmark)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from hugoconv.edits import overlaps
from hugoconv.markup.constructs import Formula
from hugoconv.systems.hugo.config import HugoConfig

_KEY = "markup.goldmark.extensions.passthrough"
_BLOCK = [[r"\[", r"\]"], ["$$", "$$"]]
_INLINE = [[r"\(", r"\)"]]
_PARAGRAPH_END = re.compile(r"\n[ \t>]*(?:\n|\Z)")
_ITEM = r"(?:[-+*]|\d{1,9}[.)])[ \t]"
_FIRST_IN_ITEM = re.compile(rf"[ \t>]*(?:{_ITEM}+)+\Z")
_AFTER = re.compile(rf"[ \t]*(?:\Z|\n[ \t>]*(?:\n|\Z|{_ITEM}))")
"""What stands behind all there is of a paragraph or item."""
_LINE_IN_FORMULA = re.compile(r"\n[ \t>]*")
_NOT_A_PARAGRAPH = re.compile(r"[ \t>]*(?:#{1,6}[ \t]|\|)")
"""How the line of a heading or of a table begins, in which no formula is a block."""


def formulas(text: str, config: HugoConfig, code: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, Formula]]:
    """Yield the formulas of a Markdown text with their spans, in written order; what stands in `code` is none."""
    if config.value(f"{_KEY}.enable") is not True:
        return
    pairs = {
        **_pairs(config.value(f"{_KEY}.delimiters.inline", _INLINE), is_block=False),
        **_pairs(config.value(f"{_KEY}.delimiters.block", _BLOCK), is_block=True),
    }
    if not any(each in text for each in pairs):
        return
    opening = "|".join(map(re.escape, sorted(pairs, key=len, reverse=True)))
    starts = re.compile(rf"({opening})|\\\\(?:{opening})?|\\[!-/:-@\[-`{{-~]")
    position = 0
    while match := starts.search(text, position):
        position = match.end()
        if match[1] is None or overlaps(*match.span(), code):  # behind a backslash
            continue
        closing, is_block = pairs[match[1]]
        over = _PARAGRAPH_END.search(text, position)
        end = text.find(closing, position, over.start() if over else len(text))
        if end <= position:
            continue
        start, end = match.start(), end + len(closing)
        in_words = _NOT_A_PARAGRAPH.match(text, text.rfind("\n", 0, start) + 1) is not None
        words = text[position : end - len(closing)]
        yield start, end, Formula(words, match[1], closing, is_block, _is_alone(text, start, end), in_words)
        position = end


def _is_alone(text: str, start: int, end: int) -> bool:
    """Whether a span is all there is of its paragraph or item."""
    line, _, before = text[:start].rpartition("\n")
    begins = not before.strip(" \t>") and not line.rpartition("\n")[2].strip(" \t>\r")
    return (begins or _FIRST_IN_ITEM.match(before) is not None) and _AFTER.match(text, end) is not None


def _pairs(delimiters: object, *, is_block: bool) -> dict[str, tuple[str, bool]]:
    """Return the closing marks by their opening ones."""
    found = delimiters if isinstance(delimiters, list) else []
    return {str(pair[0]): (str(pair[1]), is_block) for pair in found if isinstance(pair, list) and len(pair) == 2}


class TakenFormulas:
    """The formulas taken out of a text, in the place of each of which a mark stands."""

    def __init__(self, mark: str) -> None:
        """Take a character that is not in the text."""
        self._mark = mark
        self._taken: list[tuple[int, int, Formula]] = []

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self._taken)

    def take(self, start: int, end: int, formula: Formula) -> str:
        """Take the next formula; returns its mark."""
        self._taken.append((start, end, formula))
        return self._mark

    def inside(self, start: int, end: int) -> list[Formula]:
        """Return the formulas of a span."""
        return [formula for first, last, formula in self._taken if start <= first and last <= end]

    def put_in(self, text: str, render: Callable[[Formula], str]) -> str:
        """Return a text with the formulas in it; those in a line, in a list or quotation become one line."""
        made, *pieces = text.split(self._mark)
        for (_, _, formula), after in zip(self._taken, pieces, strict=True):
            is_one_line = (not formula.is_block or made[-1:] not in ("", "\n")) and "%" not in formula.text
            words = _LINE_IN_FORMULA.sub(" ", formula.text) if is_one_line else formula.text
            made += render(replace(formula, text=words)) + after
        return made
