"""Text that kramdown shows otherwise than Goldmark, and that no edit can make the same without harm.

It is left as it is, and named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hugoconv.markup import markdown
from hugoconv.markup.signs import has
from hugoconv.systems.jekyll.conversion import Conversion

_FENCE_WITH_ATTRIBUTES = re.compile(r"^[ ]{0,3}(?:`{3,}|~{3,})[ \t]*[^\s`~{]*[ \t]+(?P<brace>\{)[^`\n]*$", re.MULTILINE)
_WORDS_BEHIND_A_FENCE = re.compile(r"(?:```|~~~)[ \t]*[^\s`][^\n`]*?[ \t][^\s`]")
_ESCAPED_IN_ADDRESS = re.compile(r"\\[!-/:-@\[-`{-~]")
_ASTERISKS = re.compile(
    r"(?<![*\\])(?:\*{4,}(?=[^*\s])|(?<=[^*\s])\*{4,}|(?<=\S )\*{3,}(?= )|^\*{3,}(?= +[^* \n]))", re.MULTILINE
)
_HEADING_BEHIND_SPACES = re.compile(r"^ {1,3}(?=#{1,6}[ \t]+[^\s#])", re.MULTILINE)
_UNDERSCORES = re.compile(r"(?<![\w\\])_{4,}(?!\w)")
_STRUCK_BRACKET = re.compile(r"~~\[~~")
_UNDERSCORES_OF_PHP = re.compile(r"\$_[A-Z](?:[^\n]|\n(?!\s*\n))*?(?<!\w)_\(")
_BEGUN_TWICE = re.compile(
    r"(?<![\w\\_])_(?=[^\s_])(?:[^_\n]|(?<=\w)_(?=\w))*\s_(?=[^\s_])(?:[^_\n]|(?<=\w)_(?=\w))*_(?!\w)"
)


def fence_braces(conversion: Conversion) -> Iterator[int]:
    """Yield where a brace opens attributes behind a fence, which Hugo would read and kramdown does not."""
    for match in _FENCE_WITH_ATTRIBUTES.finditer(conversion.text) if "{" in conversion.text else ():
        code = conversion.code_at(match.start("brace"))
        if code is None or code[0] >= match.start():  # else it is in other code
            yield match.start("brace")


def found(conversion: Conversion) -> Iterator[tuple[int, str]]:
    """Yield the position of each such text, and what is to be said of it; of one kind the first only."""
    for places in (
        _fences(conversion),
        _tables(conversion),
        _odd(conversion),
        _outside_code(conversion, _UNDERSCORES_OF_PHP, "$_", "the underscores of PHP outside of code"),
        _outside_code(conversion, _ASTERISKS, "***", "a row of asterisks"),
        _outside_code(conversion, _BEGUN_TWICE, " _", "emphasis that begins twice and ends once"),
        _blanks(conversion),
        _headings(conversion),
        _outside_code(conversion, _STRUCK_BRACKET, "~~[~~", "a bracket struck through, that begins a link"),
        _escapes(conversion),
    ):
        first = next(places, None)
        if first is not None:
            yield first


def _fences(conversion: Conversion) -> Iterator[tuple[int, str]]:
    """To kramdown a fence says one word; with more it is code in a line."""
    fences = conversion.reading.fences if has(conversion.text, "```", "~~~") else []
    for position in fences if fences and _WORDS_BEHIND_A_FENCE.search(conversion.text) else ():
        yield position, "a fence of more than one word"


def _tables(conversion: Conversion) -> Iterator[tuple[int, str]]:
    for position in conversion.reading.tables if "|" in conversion.text else ():
        yield position, "lines with bars, a table to kramdown"


def _odd(conversion: Conversion) -> Iterator[tuple[int, str]]:
    for position in conversion.reading.odd if "<" in conversion.text else ():
        yield position, "a tag that is text to CommonMark"


def _outside_code(conversion: Conversion, pattern: re.Pattern[str], mark: str, name: str) -> Iterator[tuple[int, str]]:
    """To kramdown emphasis begins and ends with marks that to CommonMark do not, and the other way round.

    `mark` is in all that the pattern finds; whether a text has it is known much sooner.
    """
    for match in pattern.finditer(conversion.text) if has(conversion.text, mark) else ():
        if not conversion.code_at(match.start()):
            yield match.start(), name


def _blanks(conversion: Conversion) -> Iterator[tuple[int, str]]:
    """To kramdown a row of underscores, as people leave it for a word, is emphasis around two of them."""
    text = conversion.text
    for match in _UNDERSCORES.finditer(text) if has(text, "____") else ():
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()] + text[match.end() :].partition("\n")[0]
        if line.strip() and not conversion.code_at(match.start()):  # alone on its line it is a divider to both
            yield match.start(), "a row of underscores"


def _headings(conversion: Conversion) -> Iterator[tuple[int, str]]:
    """To kramdown a heading begins with its line, but in a list."""
    text = conversion.text
    behind = {match.end() for match in _HEADING_BEHIND_SPACES.finditer(text)} if "#" in text else ()
    depth = 0
    for event, start, _ in markdown.events(text, conversion.tags) if behind else ():
        if depth == 0 and start in behind and isinstance(event, dict) and "Heading" in event.get("Start", ()):
            yield start, "a heading behind spaces"
        depth += isinstance(event, dict) and (("Start" in event) - ("End" in event))


def _escapes(conversion: Conversion) -> Iterator[tuple[int, str]]:
    """kramdown takes the backslash for a part of the address, which then leads nowhere."""
    text = conversion.text
    for mention in markdown.references(text, conversion.tags) if "\\" in text else ():
        if not mention.attribute and _ESCAPED_IN_ADDRESS.search(text, mention.start, mention.end):
            yield mention.start, r"a backslash in an address, a part of it to kramdown"
