"""Marks in the lines of a text that Goldmark reads otherwise than kramdown, written so that both show the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hugoconv.edits import Edit, apply, overlaps
from hugoconv.markup import markdown
from hugoconv.markup.signs import has

Span = tuple[int, int]

_TITLE = re.compile(
    r"\]\([^\s()<>]+\s+(?P<quote>[\"'])(?P<title>(?:[^\n]|\n(?![ \t]*\n))+?)(?P=quote)[ \t]*\)",
)
_STRUCK_TWICE = re.compile(r"(?<=[^\s~])~~(?P<between>)~~(?=[^\s~])")
_ESCAPED_REFERENCE = re.compile(r"&(?P<backslash>\\)#(?=\d+;|x[0-9A-Fa-f]+;)")
_IN_EMPHASIS = r"[^*\n`<>\[\]]|`[^`\n]+`|\[[^*\n`<>\[\]]*\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)"
_EMPHASIS = re.compile(
    rf"(?P<open>\*(?<![\\*]\*)(?<!\\\w\*)\*?)(?![\s*])(?:{_IN_EMPHASIS})+(?<![\s\\])(?P<close>(?P=open))(?!\*)"
)
_LONE_TILDES = re.compile(r"(?P<open>~(?<![~\\]~))(?![~\s])(?:[^~\n]|\n(?![ \t]*\n))*?(?<![\s~\\])(?P<close>~)(?!~)")
"""What Goldmark strikes through; to kramdown there are two tildes on each side."""
_SIGNS = {_TITLE: "](", _STRUCK_TWICE: "~~~~", _ESCAPED_REFERENCE: "&\\#", _EMPHASIS: "*", _LONE_TILDES: "~"}
"""What is in all that a pattern finds; whether a text has it is known much sooner."""
_NAMES = {1: "em", 2: "strong"}


def edits(text: str, opaque: Sequence[Span], unread: Sequence[Span]) -> Iterator[Edit]:
    """Yield the edits of a text; `opaque` spans are no Markdown, `unread` ones are none to kramdown."""
    if opaque:
        text = apply(text, (Edit(start, end, "x" * (end - start)) for start, end in opaque))
    marks = [match for pattern in _RULES if has(text, _SIGNS[pattern]) for match in pattern.finditer(text)]
    pairs = [match for pattern in _PAIRS if has(text, _SIGNS[pattern]) for match in pattern.finditer(text)]
    if not (marks or pairs):
        return
    found = list(markdown.events(text))
    words = [(start, end) for event, start, end in found if "Text" in event]
    struck = [each for event, *span in found if event == {"Start": "Strikethrough"} for each in (span[0], span[1] - 1)]
    words = sorted((*words, *((place, place + 1) for place in struck)))
    code = markdown.code_regions(text)
    for match in marks:
        if not _within(match.start(), code) and not _within(match.start(), unread):
            yield from _RULES[match.re](match)
    for match in pairs:
        places = (match.start("open"), match.start("close"))
        if all(_within(place, words) and not _within(place, code) and not _within(place, unread) for place in places):
            yield from _PAIRS[match.re](match)


def _quotes_in_title(match: re.Match[str]) -> Iterator[Edit]:
    """To kramdown a title ends at the quote before the parenthesis, to CommonMark at the first one."""
    for quote in re.finditer(rf"(?<!\\){match['quote']}", match["title"]):
        position = match.start("title") + quote.start()
        yield Edit(position, position + 1, "&quot;" if match["quote"] == '"' else "&#39;")


def _struck_twice(match: re.Match[str]) -> Iterator[Edit]:
    """To kramdown four tildes end one struck text and begin another."""
    yield Edit(*match.span("between"), "<!-- -->")


def _escaped_reference(match: re.Match[str]) -> Iterator[Edit]:
    """kramdown's backslash is gone before a browser reads the reference to a character."""
    yield Edit(*match.span("backslash"), "")


def _lone_tildes(match: re.Match[str]) -> Iterator[Edit]:
    for place in (match.start("open"), match.start("close")):
        yield Edit(place, place, "\\")


def _emphasis(match: re.Match[str]) -> Iterator[Edit]:
    """To kramdown emphasis may begin behind a letter and before a sign, and end the other way round."""
    name = _NAMES[len(match["open"])]
    yield Edit(*match.span("open"), f"<{name}>")
    yield Edit(*match.span("close"), f"</{name}>")


_PAIRS = {_LONE_TILDES: _lone_tildes, _EMPHASIS: _emphasis}
_RULES = {_TITLE: _quotes_in_title, _STRUCK_TWICE: _struck_twice, _ESCAPED_REFERENCE: _escaped_reference}


def _within(position: int, spans: Sequence[Span]) -> bool:
    """Whether a position is in one of the spans, which are in their order."""
    return overlaps(position, position + 1, spans)
