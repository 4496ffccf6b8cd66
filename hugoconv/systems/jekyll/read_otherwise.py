"""Text that kramdown shows otherwise than Goldmark, and that no edit can make the same without harm.

Somebody wrote code without a fence, left an element open, or began a line with a number that was no list's. It is left
as it is, and named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hugoconv.markup import markdown
from hugoconv.systems.jekyll import html_blocks

Span = tuple[int, int]

_CODE_OF_OLD = re.compile(
    r"\[sourcecode(?:\s[^\]\n]*)?\]|\[(?:code|php)(?:\s+\w+=[^\]\n]*)?\](?![(\[:])|<\?(?!xml)", re.IGNORECASE
)
_LONG_FENCE = re.compile(r"^[ ]{0,3}(?:`{3,}|~{3,})[ \t]*[^\s`~{]+[ \t]+[^\s`{][^`\n]*$", re.MULTILINE)
_NUMBER = re.compile(r"(?<=[^\n]\n)[ ]{0,3}(?!1\.)\d+\.(?=[ \t]+\S)")
_NOT_WORDS = re.compile(r"(?:\A|\n)[ ]{0,3}(?:[*+>|#-]|\d+\.[ \t]|<)")
_ESCAPED_PARENTHESIS = re.compile(r"\\[()]")


def found(text: str, opaque: Sequence[Span] = ()) -> Iterator[tuple[int, str]]:
    """Yield the position of each such text, and what is to be said of it; of one kind the first only."""
    code = markdown.code_regions(text, opaque)
    for places in (
        _code(text, code),
        _open_elements(text, code),
        _long_fences(text),
        _numbers(text, code),
        _escapes(text, opaque),
    ):
        first = next(places, None)
        if first is not None:
            yield first


def _code(text: str, code: Sequence[Span]) -> Iterator[tuple[int, str]]:
    for match in _CODE_OF_OLD.finditer(text):
        if not _within(match.start(), code):
            yield match.start(), f"code without a fence ({match[0]})"


def _open_elements(text: str, code: Sequence[Span]) -> Iterator[tuple[int, str]]:
    for start, name in html_blocks.left_open(text):
        if not _within(start, code):
            yield start, f"<{name}> without an end"


def _long_fences(text: str) -> Iterator[tuple[int, str]]:
    """To kramdown a fence says one word; with more it is code in a line."""
    for match in _LONG_FENCE.finditer(text):
        yield match.start(), "a fence with more than a language behind it"


def _numbers(text: str, code: Sequence[Span]) -> Iterator[tuple[int, str]]:
    """To kramdown a list begins amid a paragraph; to CommonMark one that begins with 1 only."""
    for match in _NUMBER.finditer(text):
        above = text[max(text.rfind("\n\n", 0, match.start()), 0) : match.start()].strip()
        if above and not _NOT_WORDS.search(above) and not _within(match.start(), code):
            yield match.start(), f"a line that begins with {match[0].strip()}, a list to kramdown"


def _escapes(text: str, opaque: Sequence[Span]) -> Iterator[tuple[int, str]]:
    """kramdown takes the backslash for a part of the address, which then leads nowhere."""
    for mention in markdown.references(text, opaque) if "\\(" in text else ():
        if not mention.attribute and _ESCAPED_PARENTHESIS.search(text, mention.start, mention.end):
            yield mention.start, r"a backslash in an address, a part of it to kramdown"


def _within(position: int, spans: Sequence[Span]) -> bool:
    return any(start <= position < end for start, end in spans)
