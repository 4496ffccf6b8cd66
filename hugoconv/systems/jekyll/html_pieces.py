"""HTML that CommonMark cuts up, written so that kramdown passes on the pieces of which browsers make elements again.

To CommonMark a block of HTML is its lines up to a blank one, whatever it leaves open, and what is between two of them
is Markdown. To kramdown an element reaches from its start tag to its end tag, and a tag that has no other is text. So
an element whose tags stand in two blocks is told to hold Markdown (`markdown="1"`), when it can be; every other piece
that does not hold whole elements is kept from kramdown (`{::nomarkdown}`).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hugoconv.edits import Edit, overlaps
from hugoconv.systems.jekyll.html_tags import (
    NAME,
    NOT_IN_A_LINE,
    PARSED_AS_BLOCK,
    PARSED_BY_DEFAULT,
    READ_AS_TEXT,
    SPANS,
    VOID,
)

Span = tuple[int, int]

_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>")
_KNOWN_TAG = re.compile(rf"</?{NAME}\s*(?:\s+{NAME}(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>][^\s>]*))?)*\s*/?>")
"""A tag that kramdown knows for one, when the values in it are quoted."""
_SILENT = re.compile(r"<!--|<(?:script|style)\b", re.IGNORECASE)
"""Where something begins that holds no tags: comments, and scripts and styles with their own."""
_ENDS = {
    "<!--": re.compile("-->"),
    "<script": re.compile(r"</script\s*>", re.IGNORECASE),
    "<style": re.compile(r"</style\s*>", re.IGNORECASE),
}
_KEPT = re.compile(r"\{::nomarkdown\}.*?\{:/(?:nomarkdown)?\}", re.DOTALL)
_MARKS = re.compile(r"[*_`\[\\~<&!]")
_ACTS = re.compile(r"[*_`\[\\~|$^{]|^[ \t]*(?:[-=#>+:]|\d+\.)|^(?: {4}| {0,3}\t)", re.MULTILINE)
"""What may be Markdown in the words of a block of HTML."""
_INDENTED = re.compile(r"\n(?: {4}| {0,3}\t)[ \t]*\Z")
"""Before a tag: what makes code of it, where kramdown reads Markdown."""
_MARGIN = re.compile(r"(?:[ \t>]|[-+*:][ \t]|\d{1,9}[.)][ \t])*")
"""Before what a line begins with: the marks of quotations and of list items."""
_ATTRIBUTE = re.compile(r"""\s[^\s"'<>/=]+\s*=\s*(?:"[^"]*"|'[^']*'|([^\s"'>][^\s>]*))""")


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of HTML, or a tag in a line."""

    start: int
    end: int
    leaf: int
    """Which block it is; of a tag in a line, which paragraph, heading, cell, emphasis or link it stands right in."""
    containers: tuple[int, ...]
    """The list items and quotations that it stands in."""
    is_block: bool
    can_be_kept: bool


def edits(text: str, pieces: Sequence[Piece], opaque: Sequence[Span]) -> tuple[list[Edit], list[Span]]:
    """Return the edits of a text's HTML, and the spans of the elements that are told to hold Markdown."""
    if not pieces:
        return [], []
    reading = _Elements(text, pieces, opaque)
    reading.read()
    return [*reading.edits()], reading.told_spans


class _Elements:
    """Puts the tags of all pieces together as browsers do, and sees which pieces kramdown must not read."""

    def __init__(self, text: str, pieces: Sequence[Piece], opaque: Sequence[Span]) -> None:
        self._text = text
        self._pieces = pieces
        self._tags = [_tags(text, piece, opaque) for piece in pieces]
        self._done = [match.span() for match in _KEPT.finditer(text)] if "{::nomarkdown}" in text else []
        self._kept = {number for number, piece in enumerate(pieces) if self._is_done(piece)}
        self._across: dict[int, int] = {}
        """The tags whose elements are in no one piece, by their positions, and the ends of the elements."""
        self._told: list[tuple[int, int, re.Match[str]]] = []
        self._linked: dict[int, list[int]] = defaultdict(list)
        self.told_spans: list[Span] = []

    def read(self) -> None:
        """Find the elements that are in several pieces, and the pieces to keep."""
        self._pair()
        self._kept.update(
            number
            for number, piece in enumerate(self._pieces)
            if piece.is_block and number not in self._kept and self._is_read_otherwise(number)
        )
        waiting = [*self._kept]
        while waiting:
            new = set(self._linked[waiting.pop()]) - self._kept
            self._kept |= new
            waiting += new

    def edits(self) -> Iterator[Edit]:
        """Yield the edits."""
        for first, end, tag in self._told:
            if first not in self._kept:
                self.told_spans.append((tag.start(), end))
                if "markdown=" not in tag[3]:
                    value = 1 if tag[2].lower() in PARSED_BY_DEFAULT else "block"
                    yield Edit(tag.end(2), tag.end(2), f' markdown="{value}"')
        for number, piece in enumerate(self._pieces):
            if self._is_done(piece):
                continue
            if number in self._kept and piece.can_be_kept:
                yield from _kept_block(self._text, piece) if piece.is_block else _kept_tag(piece, self._text)
            else:
                yield from self._of_tags(piece, self._tags[number])

    def _is_done(self, piece: Piece) -> bool:
        return overlaps(piece.start, piece.start + 1, self._done)

    def _pair(self) -> None:
        opened: list[tuple[int, re.Match[str]]] = []
        names: Counter[str] = Counter()
        for number, tags in enumerate(self._tags):
            for tag in tags:
                name = tag[2].lower()
                if not _KNOWN_TAG.fullmatch(tag[0]) or (tag[1] and name in VOID and name != "br"):
                    self._kept.add(number)
                if name in VOID or tag[4]:
                    continue
                if not tag[1]:
                    opened.append((number, tag))
                    names[name] += 1
                    continue
                if not names[name]:
                    self._kept.add(number)
                    continue
                at = next(at for at in range(len(opened) - 1, -1, -1) if opened[at][1][2].lower() == name)
                (first, start), *unclosed = opened[at:]
                del opened[at:]
                names.subtract((name, *(each[2].lower() for _, each in unclosed)))
                self._kept.update(each for each, _ in unclosed)
                self._across |= {tag.start(): tag.start() for _, tag in unclosed}
                if self._pieces[first].leaf != self._pieces[number].leaf:
                    self._part(first, start, number, tag)
                elif first != number and (first in self._kept or self._begins_block(self._pieces[first], name)):
                    self._kept |= {first, number}
        for number, tag in opened:
            self._across[tag.start()] = len(self._text)
            if self._can_be_told(number, tag):
                self._told.append((number, len(self._text), tag))
            else:
                self._kept.add(number)

    def _part(self, first: int, start: re.Match[str], last: int, end: re.Match[str]) -> None:
        """Note an element whose tags stand in two pieces."""
        self._across |= {start.start(): end.start(), end.start(): end.start()}
        both = self._pieces[first], self._pieces[last]
        if both[1].is_block and both[0].containers == both[1].containers and self._can_be_told(first, start):
            self._told.append((first, end.start(), start))
            self._linked[first].append(last)
            self._linked[last].append(first)
        else:
            self._kept |= {first, last}

    def _begins_block(self, piece: Piece, name: str) -> bool:
        """Whether kramdown begins a block with a tag in a line: it does at the line's start, but for those it knows."""
        before = self._text[self._text.rfind("\n", 0, piece.start) + 1 : piece.start]
        return name not in SPANS and _MARGIN.fullmatch(before) is not None

    def _can_be_told(self, number: int, tag: re.Match[str]) -> bool:
        name = tag[2].lower()
        return self._pieces[number].is_block and (name in PARSED_BY_DEFAULT or name in PARSED_AS_BLOCK)

    def _is_read_otherwise(self, number: int) -> bool:
        """Whether kramdown would read words of a block as Markdown, or its tags as words.

        Those are words in no element, and in elements of a line or those that are told to hold Markdown.
        """
        piece = self._pieces[number]
        position, depth, in_line, in_told, in_words = piece.start, 0, 0, 0, False
        for tag in (*self._tags[number], None):
            words = _heard(self._text, position, tag.start() if tag else piece.end)
            is_outside = not depth and not in_line and not in_told
            if not depth and words.strip() and (is_outside or _ACTS.search(words)):
                return True
            if tag is None:
                return False
            position = tag.end()
            name = tag[2].lower()
            before = words.rpartition("\n")
            in_words = bool(before[2].strip()) or (in_words and not before[1])
            if not depth and name in NOT_IN_A_LINE and (in_line or in_words):
                return True
            if not depth and in_told and _INDENTED.search(words):
                return True
            in_words = in_words or (not depth and name in SPANS)
            if name in VOID or tag[4]:
                continue
            change = -1 if tag[1] else 1
            if tag.start() in self._across:
                in_told += change
            elif not depth and name in SPANS:
                in_line += change
            elif depth or not tag[1]:
                depth += change
        return False

    def _of_tags(self, piece: Piece, tags: Iterable[re.Match[str]]) -> Iterator[Edit]:
        """Yield the edits of tags that kramdown reads."""
        for tag in tags:
            name = tag[2].lower()
            if name == "br" and tag[1]:
                yield Edit(*tag.span(), "<br />")
            elif piece.is_block:
                yield from _quoted(tag)
            elif name in READ_AS_TEXT and not tag[1] and not tag[4] and "markdown=" not in tag[3]:
                if _MARKS.search(self._text, tag.end(), self._text.find(f"</{tag[2]}", tag.end())):
                    yield Edit(tag.end(2), tag.end(2), ' markdown="span"')
                yield from _quoted(tag)
            elif name in NOT_IN_A_LINE:
                yield from _kept_tag(piece, self._text)
            else:
                yield from _quoted(tag)


def _tags(text: str, piece: Piece, opaque: Sequence[Span]) -> list[re.Match[str]]:
    silent = _silent(text, piece.start, piece.end) if piece.is_block else []
    return [
        tag
        for tag in _TAG.finditer(text, piece.start, piece.end)
        if not any(overlaps(tag.start(), tag.start() + 1, spans) for spans in (silent, opaque))
    ]


def _silent(text: str, start: int, end: int) -> list[Span]:
    """Return the spans that hold no tags; what has no end is none."""
    found: list[Span] = []
    endless = set()
    position = start
    for opening in _SILENT.finditer(text, start, end):
        name = opening[0].lower()
        if opening.start() < position or name in endless:
            continue
        if closing := _ENDS[name].search(text, opening.end(), end):
            position = closing.end()
            found.append((opening.start(), position))
        else:
            endless.add(name)
    return found


def _heard(text: str, start: int, end: int) -> str:
    """Return what stands between two places, without what holds no tags."""
    pieces, position = [], start
    for silent, behind in _silent(text, start, end):
        pieces.append(text[position:silent])
        position = behind
    return "".join((*pieces, text[position:end]))


def _quoted(tag: re.Match[str]) -> Iterator[Edit]:
    """To kramdown a value without quotes is one word, and a tag with another one is none."""
    for attribute in _ATTRIBUTE.finditer(tag.string, tag.end(2), tag.end() - 1):
        if attribute[1] and not attribute[1].isalnum():
            value = attribute[1].replace('"', "&quot;")
            yield Edit(*attribute.span(1), f'"{value}"')


def _kept_tag(piece: Piece, text: str) -> Iterator[Edit]:
    if text.endswith("{", 0, piece.start):  # two of them would begin a tag of Liquid
        yield Edit(piece.start - 1, piece.start, "&#123;")
    yield Edit(piece.start, piece.end, f"{{::nomarkdown}}{text[piece.start : piece.end]}{{:/}}")


def _kept_block(text: str, piece: Piece) -> Iterator[Edit]:
    """Keep a block; in a list or a quotation, what says so begins as its lines do."""
    line = text.rfind("\n", 0, piece.start) + 1
    margin = text[line : piece.start]
    space = re.sub(r"[^>\s]", " ", margin).expandtabs(4)
    before = text[text.rfind("\n", 0, max(line - 1, 0)) + 1 : line]
    if before.strip(" \t\r\n>" if ">" in margin else None) and not margin.strip("> \t"):
        yield Edit(line, line, f"{space.rstrip()}\n")
    yield Edit(piece.start, piece.start, f"{{::nomarkdown}}\n{space}")
    after = "" if text.endswith("\n", piece.start, piece.end) else "\n"
    yield Edit(piece.end, piece.end, f"{after}{space}{{:/nomarkdown}}\n")
