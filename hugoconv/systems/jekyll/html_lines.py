"""The elements in the lines of a text, as kramdown reads them, and what a reading of a text finds.

In a line, a block's tag is text; an element that nobody closes ends with the text it stands in; inside elements such as
`code` nothing is Markdown. The source of the rules is kramdown's lib/kramdown/parser/kramdown/html.rb.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from hugoconv.systems.jekyll.html_tags import (
    BLOCKS,
    COMMENT,
    END_TAG,
    HOLDS_BLOCKS,
    HOLDS_SPANS,
    KNOWN,
    MARKDOWN,
    TAG,
    VOID,
    canonical,
)

Span = tuple[int, int]

_ADDRESS = re.compile(r"<(?:(?:mailto|https?|ftps?):.+?|[\w.-]+?@[\w.-]+?)>")
_FORMULA = re.compile(r"\$\$.*?\$\$", re.DOTALL)
_TOKEN = re.compile(r"``*|\\[\\`<>%&,/;?@^]|\$\$|\]\(<|<")
_KEEPS_ITS_BACKSLASH = frozenset("%&,/;?@^")
_ACTS = re.compile(r"<[A-Za-z/?!]")
"""What Goldmark may take for HTML."""
_RAW_TOKEN = re.compile("<")
_NAME_OF_COMMONMARK = re.compile("[A-Za-z][A-Za-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of HTML: its start tag, where it ends, and whether it stands in a quotation."""

    start: int
    tag: re.Match[str] | None
    """The start tag as the part has it; None for a comment."""
    tag_end: int
    end: int
    has_markdown: bool
    is_quoted: bool
    is_continued: bool
    """Whether something that is no block of HTML stands behind it on its last line."""
    is_followed: bool
    """Whether the next line is text of the quotation, the list item or the page that the block stands in."""


@dataclass(slots=True)
class Reading:
    """What kramdown makes of what looks like HTML, by positions in the text."""

    blocks: list[Block] = field(default_factory=list)
    shown: list[int] = field(default_factory=list)
    """Where a character stands that is text to kramdown, and more to CommonMark."""
    ends: list[tuple[int, str]] = field(default_factory=list)
    """Where elements end that nobody closes: the end tags that are missing there."""
    literal: list[Span] = field(default_factory=list)
    """Text of a line's elements in which nothing is Markdown."""
    odd: list[int] = field(default_factory=list)
    """Where a start tag stands that to CommonMark is text, for its name has more than letters and digits."""
    told: list[Span] = field(default_factory=list)
    """The attributes of a line's elements that say whether Markdown is read in them."""
    of_lines: list[tuple[Span, Span]] = field(default_factory=list)
    """The elements among HTML whose content is read as that of a line: the attribute that says so, and the content."""
    joined: list[int] = field(default_factory=list)
    """The line ends amid text that goes on where CommonMark would see something else begin or end.

    It is a paragraph whose first line is a tag, or code whose next line is not indented.
    """
    separate: list[tuple[int, str]] = field(default_factory=list)
    """The line starts where to CommonMark the paragraph or the list above would go on, and what parts them."""
    tables: list[int] = field(default_factory=list)
    """Where a table begins that to CommonMark is none."""
    fences: list[int] = field(default_factory=list)
    """Where a fence begins that to kramdown is code in a line, for it says more than one word."""
    indents: list[tuple[int, int, str]] = field(default_factory=list)
    """White space in a list item, and what stands for it where CommonMark would see code."""


@dataclass(frozen=True, slots=True)
class Part:
    """The text of the whole, of a quotation or of a list item, and where each of its lines stands in the whole."""

    text: str
    lines: list[tuple[int, int]]
    """Of each run of lines: where it begins, and what leads from there to its place in the whole."""

    def place(self, position: int) -> int:
        """Return where a position is in the whole."""
        index = bisect_right(self.lines, (position, 1 << 60)) - 1
        return position + self.lines[index][1]

    def inner(self, lines: Sequence[tuple[str, int]]) -> Part:
        """Return a part made of lines, each with the position of its end in this one."""
        places: list[tuple[int, int]] = []
        position = 0
        for line, end in lines:
            position += len(line)
            places.append((position - len(line), self.place(end - 1) + 1 - position))
        return Part("".join(line for line, _ in lines), places or [(0, 0)])


@dataclass(frozen=True, slots=True)
class _Open:
    """An element in a line that is open: what ends it, and whether nothing in it is Markdown."""

    name: str
    stop: re.Pattern[str]
    is_raw: bool


@dataclass(frozen=True, slots=True)
class Lines:
    """Reads the elements in the lines of one part."""

    part: Part
    reading: Reading

    def read(self, position: int, end: int) -> None:
        """Read the elements in a line's or a paragraph's text."""
        text = self.part.text
        end = position + len(text[position:end].rstrip())
        start, open_elements = position, list[_Open]()
        while token := (_TOKEN if not open_elements or not open_elements[-1].is_raw else _RAW_TOKEN).search(
            text, position, end
        ):
            self._literal(open_elements, position, token.start())
            if open_elements and (stop := open_elements[-1].stop.match(text, token.start(), end)):
                open_elements.pop()
                position = stop.end()
            else:
                position = self._token(token, end, open_elements)
        self._literal(open_elements, position, end)
        self.close([each.name for each in open_elements], start, end)

    def _token(self, token: re.Match[str], end: int, open_elements: list[_Open]) -> int:
        text, start = self.part.text, token.start()
        if token[0] != "<":
            return self._passed(token, end)
        is_raw = bool(open_elements) and open_elements[-1].is_raw
        if passed := COMMENT.match(text, start, end) or (None if is_raw else _ADDRESS.match(text, start, end)):
            return passed.end()
        tag = None if END_TAG.match(text, start, end) else TAG.match(text, start, end)
        name = canonical(tag["name"]) if tag else ""
        if tag is None or name in BLOCKS:
            self.show(start)
            return tag.end() if tag else start + 1
        self.note(tag)
        if not tag["closed"] and name not in VOID:
            stop = re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE if name in KNOWN else 0)
            open_elements.append(_Open(name, stop, self._is_raw(name, tag, is_raw)))
        return tag.end()

    def _is_raw(self, name: str, tag: re.Match[str], is_raw: bool) -> bool:
        """Whether nothing in an element is Markdown: by what it is, by where it stands, or because its tag says so."""
        asked = MARKDOWN.search(tag["attributes"])
        is_text = name not in HOLDS_BLOCKS | HOLDS_SPANS
        if asked is None:
            return is_raw or is_text
        place, start = self.part.place, tag.start("attributes")
        self.reading.told.append((place(start + asked.start()), place(start + asked.end() - 1) + 1))
        return {"span": False, "1": is_text, "0": True}.get(asked["value"], is_raw or is_text)

    def _passed(self, token: re.Match[str], end: int) -> int:
        """Return where what is no HTML ends: code, a formula, an address, an escaped character."""
        text = self.part.text
        if token[0].startswith("`"):
            before, after = text[max(token.start() - 1, 0) : token.start()], text[token.end() : token.end() + 1]
            is_lone = token[0] == "`" and after.isspace() and (not before or before.isspace())
            if is_lone:
                self.reading.shown.append(self.part.place(token.start()))
            closing = -1 if is_lone else text.find(token[0], token.end(), end)
            return closing + len(token[0]) if closing >= 0 else token.end()
        if token[0] == "$$":
            formula = _FORMULA.match(text, token.start(), end)
            return formula.end() if formula else token.end()
        if token[0] == "](<":
            closing = text.find(">", token.end(), end)
            return closing + 1 if closing >= 0 else token.end()
        if token[0][1] in _KEEPS_ITS_BACKSLASH:
            self.reading.shown.append(self.part.place(token.start()))
        return token.end()

    def _literal(self, open_elements: Sequence[_Open], start: int, end: int) -> None:
        if open_elements and open_elements[-1].is_raw and end > start:
            place = self.part.place
            position = start
            for line in self.part.text[start:end].splitlines(keepends=True):
                self.reading.literal.append((place(position), place(position) + len(line)))
                position += len(line)

    def show(self, position: int) -> None:
        """Note that what looks like HTML here is text."""
        if _ACTS.match(self.part.text, position):
            self.reading.shown.append(self.part.place(position))

    def note(self, tag: re.Match[str]) -> None:
        """Note a start tag that CommonMark shows as text."""
        if not _NAME_OF_COMMONMARK.fullmatch(tag["name"]):
            self.reading.odd.append(self.part.place(tag.start()))

    def close(self, names: Sequence[str], start: int, end: int) -> None:
        """Note that elements end with the text between two positions."""
        written = [f"</{name}>" for name in reversed(names) if _NAME_OF_COMMONMARK.fullmatch(name)]
        if written:
            last = max(start, start + len(self.part.text[start:end].rstrip()))
            place = self.part.place(last - 1) + 1 if last else 0
            self.reading.ends.append((place, "".join(written)))
