"""Text that kramdown shows otherwise than Goldmark, and that no edit can make the same without harm.

It is left as it is, and named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hugoconv.markup import markdown
from hugoconv.systems.jekyll import html_reading

Span = tuple[int, int]

_FENCE_WITH_ATTRIBUTES = re.compile(r"^[ ]{0,3}(?:`{3,}|~{3,})[ \t]*[^\s`~{]*[ \t]+(?P<brace>\{)[^`\n]*$", re.MULTILINE)
_ESCAPED_PARENTHESIS = re.compile(r"\\[()]")
_ASTERISKS = re.compile(
    r"(?<![*\\])(?:\*{4,}(?=[^*\s])|(?<=[^*\s])\*{4,}|(?<=\S )\*{3,}(?= )|^\*{3,}(?= +[^* \n]))", re.MULTILINE
)
_UNDERSCORES_OF_PHP = re.compile(r"\$_[A-Z](?:[^\n]|\n(?!\s*\n))*?(?<!\w)_\(")


def fence_braces(text: str) -> Iterator[int]:
    """Yield where a brace opens attributes behind a fence, which Hugo would read and kramdown does not."""
    for match in _FENCE_WITH_ATTRIBUTES.finditer(text):
        yield match.start("brace")


def found(text: str, opaque: Sequence[Span] = ()) -> Iterator[tuple[int, str]]:
    """Yield the position of each such text, and what is to be said of it; of one kind the first only."""
    code = markdown.code_regions(text, opaque) if "$_" in text or "***" in text else []
    for places in (
        _fences(text),
        _tables(text, opaque),
        _outside(code, _UNDERSCORES_OF_PHP, "$_", text, "the underscores of PHP outside of code"),
        _outside(code, _ASTERISKS, "***", text, "a row of asterisks"),
        _escapes(text, opaque),
    ):
        first = next(places, None)
        if first is not None:
            yield first


def _fences(text: str) -> Iterator[tuple[int, str]]:
    """To kramdown a fence says one word; with more it is code in a line."""
    for match in _FENCE_WITH_ATTRIBUTES.finditer(text):
        yield match.start(), "a fence with attributes behind it"


def _tables(text: str, opaque: Sequence[Span]) -> Iterator[tuple[int, str]]:
    for position in html_reading.read(text, opaque).tables if "|" in text else ():
        yield position, "lines with bars, a table to kramdown"


def _outside(
    code: Sequence[Span], pattern: re.Pattern[str], mark: str, text: str, name: str
) -> Iterator[tuple[int, str]]:
    """To kramdown emphasis begins and ends with marks that to CommonMark do not, and the other way round.

    `mark` is in all that the pattern finds; whether a text has it is known much sooner.
    """
    for match in pattern.finditer(text) if mark in text else ():
        if not any(start <= match.start() < end for start, end in code):
            yield match.start(), name


def _escapes(text: str, opaque: Sequence[Span]) -> Iterator[tuple[int, str]]:
    """kramdown takes the backslash for a part of the address, which then leads nowhere."""
    for mention in markdown.references(text, opaque) if "\\(" in text else ():
        if not mention.attribute and _ESCAPED_PARENTHESIS.search(text, mention.start, mention.end):
            yield mention.start, r"a backslash in an address, a part of it to kramdown"
