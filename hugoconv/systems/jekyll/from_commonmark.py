"""CommonMark with GFM's extensions, as Goldmark reads it, edited only where kramdown would render something else.

Each difference was seen with both programs: Hugo's Goldmark, and kramdown 2.4 with its GFM parser as Jekyll sets it up.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from hugoconv.edits import Edit, apply, overlaps
from hugoconv.markup import markdown
from hugoconv.markup.bare_addresses import bare_addresses
from hugoconv.systems.jekyll import html_pieces, liquid
from hugoconv.systems.jekyll.emphasis import no_emphasis, struck_in_words
from hugoconv.systems.jekyll.heading_ids import ids_as_in_goldmark

Span = tuple[int, int]

_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_LINE = re.compile(r"([ \t>]*)[^\s>]")
"""A line with something on it, and the marks of the quotation that it stands in."""
_NO_LINK = re.compile(r"(?<!\\)\[(?P<words>[^\[\]\n]*)\]\([^()\n<>]*[ \t][^()\n<>]*\)")
"""What has a space in its address: no link in CommonMark, one to kramdown."""
_CONTINUED = re.compile(r"(?:\A|\n)(?: {4}|\t)[^\n]*\S[^\n]*\n\Z")
"""Before a note: the last line of another that has several."""
_EMPHASES = {"Emphasis": ("em", 1), "Strong": ("strong", 2)}
"""The elements that emphases are, and how many signs stand around them."""
_DEFINITION = re.compile(r"\[[^\n\]^][^\n\]]*\]:[ \t]*\S")
"""What begins the definition of a link, for kramdown also with spaces in the address."""
_FORMULA_SIGN = re.compile(r"(?<!\\)\$\$")
_TAKEN_INTO_ITEMS = frozenset({"CodeBlock", "Heading", "Table", "BlockQuote"})
"""The blocks that kramdown takes for the last lines of the list or quotation right above them."""
_BAR = re.compile(r"(?<!\\)\|")
_HOLDS_LINES = frozenset({"Paragraph", "Item", "FootnoteDefinition", "DefinitionListDefinition", "Heading"})
_CONTAINERS = frozenset({"Item", "BlockQuote", "FootnoteDefinition", "DefinitionListDefinition"})
_NUMBERED = re.compile(r"(\d{1,9})\.(?=[ \t])")
_PARENTHESIS = re.compile(r"\d{1,9}\)")
_ESCAPED_PARENTHESES = re.compile(r"\\([()])")


_ESCAPED_HERE_ALONE = {sign: f"&#{ord(sign)};" for sign in "&@/,;?%^"}
"""The signs that CommonMark lets a backslash stand before, and kramdown does not."""
_NEAR = 4096
"""How far back the line before a note is looked for."""


def adapted(text: str, *, linkified: bool = True) -> str:
    """Return a body, with its Liquid tags, so that kramdown renders what Goldmark rendered; never raises.

    `linkified` says that Goldmark made links of bare addresses.
    """
    opaque = liquid.opaque(text)
    reading = _Reader(text, opaque, linkified)
    for event, start, end in markdown.events(text, opaque):
        reading.read(event, start, end)
    html, told = html_pieces.edits(text, reading.pieces, opaque)
    ids = ids_as_in_goldmark(text, opaque, told)
    edits = [*html, *reading.edits(), *ids, *_destinations(text, opaque, reading.tables)]
    return apply(text, _apart(edits))


def _apart(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yield the edits that do not touch one before them."""
    position = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start >= position:
            yield edit
            position = edit.end


class _Reader:
    """Takes pyromark's events in their order and collects the edits."""

    def __init__(self, text: str, opaque: list[Span], linkified: bool) -> None:
        self.text = text
        self._linkified = linkified
        self._opaque = opaque
        self._edits: list[Edit] = []
        self._words: list[Span] = []
        self._shown: list[Span] = []
        self._links = 0
        self._code = 0
        self._lists: list[bool] = []
        self._in_block_of_html = False
        self._after_break = False
        self._in_first_line = False
        self._in_note = False
        self._is_continued = False
        self._behind_items = False
        self._blocks: list[int] = []
        self.tables: list[Span] = []
        self._emphases: list[str] = []
        self._count = 0
        self._open = [0]
        self._containers: list[int] = []
        self.pieces: list[html_pieces.Piece] = []
        self._notes: list[tuple[str, int]] = []
        self._numbers: dict[str, int] = {}

    def read(self, event: Any, start: int, end: int) -> None:
        """Look at one event."""
        name = event if isinstance(event, str) else next(iter(event))
        data = None if isinstance(event, str) else event[name]
        if name == "Text" and not self._code and not self._in_block_of_html:
            _add(self._shown, start, end)
            self._escaped(start)
            self._bars(start, end)
            if not self._links:
                _add(self._words, start, end)
                self._number_in_paragraph(start, end)
        self._after_break = name == "SoftBreak"
        kind = data if isinstance(data, str) else next(iter(data), "") if isinstance(data, dict) else ""
        if name == "Start":
            self._count += 1
            self._open.append(self._count)
        elif name == "End":
            self._open.pop()
        if name == "Start" and kind in _CONTAINERS:
            self._containers.append(start)
        elif name == "End" and kind in _CONTAINERS:
            self._containers.pop()
        if name == "Start" and (kind in _HOLDS_LINES or kind == "TableCell"):
            self._blocks.append(start)
        if name == "Rule" or (name == "Start" and kind in _TAKEN_INTO_ITEMS):
            self._behind_its_end(start)
        self._behind_items = name == "End" and kind in ("List", "BlockQuote")
        if name == "Start" and kind in _HOLDS_LINES:
            self._in_first_line = kind != "Heading"
        elif name in ("SoftBreak", "HardBreak"):
            self._in_first_line = False
            if self._in_note and not self.text[end : end + 1].isspace():
                self._edits.append(Edit(end, end, "    "))  # without which the line is none of the note's
                self._is_continued = True
        handler = _HANDLERS.get((name, kind)) or _HANDLERS.get((name, ""))
        if handler is not None:
            handler(self, data, start, end)

    def edits(self) -> Iterator[Edit]:
        """Yield the edits that the events have shown to be wanted."""
        yield from self._edits
        for start, end in self._words if self._linkified else ():
            block = self._blocks[bisect_right(self._blocks, start) - 1] if self._blocks else 0
            yield from bare_addresses(self.text, start, end, block, self._opaque)
        for start, end in self._shown:
            for match in _NO_LINK.finditer(self.text, start, end):
                if not overlaps(match.start(), match.end("words") + 1, self._opaque):
                    yield Edit(match.start("words") - 1, match.start("words") - 1, "\\")
                    yield Edit(match.end("words"), match.end("words"), "\\")
            for match in _FORMULA_SIGN.finditer(self.text, start, end):
                if not overlaps(*match.span(), self._opaque):
                    yield Edit(*match.span(), r"\$\$")
        for run in no_emphasis(self.text, self._shown):
            if not overlaps(*run.span(), self._opaque):
                yield Edit(*run.span(), "".join(f"\\{mark}" for mark in run[0]))
        yield from struck_in_words(self.text, self._shown) if "~" in self.text else ()
        for label, start in self._notes:
            number = str(self._numbers.get(label, 0) or f"unused-{start}")
            at = self.text.find(label, start)
            if label != number and at >= 0:
                yield Edit(at, at + len(label), number)

    # Lines

    def _behind_its_end(self, start: int) -> None:
        """To kramdown a list and a quotation end at an empty line only: what follows at once would be a part of it."""
        line_start = self.text.rfind("\n", 0, start) + 1
        line = self.text[self.text.rfind("\n", 0, max(line_start - 1, 0)) + 1 : line_start]
        if self._behind_items and line.strip(" \t\r\n>"):
            marks = re.sub(r"[^>\s]", " ", self.text[line_start:start]).rstrip()
            self._edits.append(Edit(line_start, line_start, f"{marks}\n"))

    def _number_in_paragraph(self, start: int, end: int) -> None:
        """A number and a dot at a line's start is a list for kramdown, also amid a paragraph."""
        if self._after_break and (match := _NUMBERED.match(self.text, start, end + 1)) and int(match[1]) != 1:
            self._edits.append(Edit(match.end(1), match.end(1), "\\"))

    def _escaped(self, start: int) -> None:
        """To kramdown a backslash before some signs is one that is shown."""
        if (name := _ESCAPED_HERE_ALONE.get(self.text[start : start + 1])) and self.text[start - 1 : start] == "\\":
            before = self.text[max(start - 64, 0) : start]
            if (len(before) - len(before.rstrip("\\"))) % 2:
                self._edits.append(Edit(start - 1, start + 1, name))

    def _bars(self, start: int, end: int) -> None:
        """A bar in the first line of a paragraph makes a table of it for kramdown."""
        if self._in_first_line and not overlaps(start, end, self.tables):
            bars = (match.start() for match in _BAR.finditer(self.text, start, end))
            self._edits += [Edit(bar, bar, "\\") for bar in bars if not overlaps(bar, bar + 1, self._opaque)]

    def _paragraph(self, _data: Any, start: int, _end: int) -> None:
        if _DEFINITION.match(self.text, start) and not overlaps(start, start + 1, self._opaque):
            self._edits.append(Edit(start, start, "\\"))

    def _code_in_line(self, _data: Any, start: int, end: int) -> None:
        """To kramdown a single backtick between spaces is one that is shown, and spaces in code are a part of it."""
        if self.text[start : start + 2] not in ("` ", "`\n"):
            return
        code = self.text[start + 2 : end - 1]
        if code != code.strip() and code.strip() == code[:-1]:
            self._edits += [Edit(start + 1, start + 2, ""), Edit(end - 2, end - 1, "")]
        elif start == 0 or self.text[start - 1].isspace():
            self._edits += [Edit(start, start, "`"), Edit(end, end, "`")]

    def _table(self, _data: Any, start: int, end: int) -> None:
        self.tables.append((start, end))

    def _link(self, _data: Any, _start: int, _end: int) -> None:
        self._links += 1

    def _link_end(self, _data: Any, _start: int, _end: int) -> None:
        self._links -= 1

    def _code_block(self, _data: Any, start: int, end: int) -> None:
        """To kramdown a fence without an end is none, to Goldmark it ends with what it stands in.

        Indented code goes on for kramdown with the next line, whatever its indentation.
        """
        self._code += 1
        opening = _FENCE.match(self.text, start, end)
        code = self.text[start:end].rstrip()
        if opening is None:
            following = self.text.find("\n", start + len(code)) + 1
            if following and (line := _LINE.match(self.text, following)):
                self._edits.append(Edit(following, following, f"{line[1].rstrip()}\n"))
        elif "\n" not in code or not _is_fence(code.rpartition("\n")[2], opening[1]):
            before = self.text[self.text.rfind("\n", 0, start) + 1 : start]
            line_start = "\n" + re.sub(r"[^>\s]", " ", before)
            self._edits.append(Edit(start + len(code), start + len(code), f"{line_start}{opening[1]}"))

    def _code_block_end(self, _data: Any, _start: int, _end: int) -> None:
        self._code -= 1

    def _struck(self, _data: Any, start: int, end: int) -> None:
        """kramdown strikes through what stands between two tildes each, not one."""
        if self.text[start : start + 2] != "~~":
            self._edits += [Edit(start, start, "~"), Edit(end, end, "~")]

    def _emphasis(self, kind: str, start: int, end: int) -> None:
        """kramdown knows no emphasis in another of its kind."""
        if kind in self._emphases:
            name, length = _EMPHASES[kind]
            self._edits += [Edit(start, start + length, f"<{name}>"), Edit(end - length, end, f"</{name}>")]
        self._emphases.append(kind)

    def _emphasis_end(self, kind: str, _start: int, _end: int) -> None:
        self._emphases.remove(kind)

    # Lists and notes

    def _list(self, data: dict[str, int | None], start: int, _end: int) -> None:
        """To kramdown a list begins with 1, unless a line before it says otherwise; an empty one is before that."""
        number = data["List"]
        if number is None or number == 1:
            return
        line_start = self.text.rfind("\n", 0, start) + 1
        margin = self.text[line_start:start]
        said = f'{{: start="{number}"}}\n'
        if margin.strip("> \t"):  # the list is what an item begins with
            space = re.sub(r"[^>\s]", " ", margin).expandtabs(4)
            self._edits.append(Edit(start, start, f"<!-- -->\n{space.rstrip()}\n{space}{said}{space}"))
        else:
            before = self.text[self.text.rfind("\n", 0, max(line_start - 1, 0)) + 1 : line_start]
            parting = f"{margin.rstrip()}\n" if before.strip(" \t\r\n>") else ""
            self._edits.append(Edit(line_start, line_start, f"{parting}{margin}{said}"))

    def _item(self, _data: Any, start: int, end: int) -> None:
        """kramdown knows `1.` and not `1)`."""
        if match := _PARENTHESIS.match(self.text, start, end):
            self._edits.append(Edit(match.end() - 1, match.end(), "."))

    def _note(self, label: str, start: int, _end: int) -> None:
        """Goldmark numbers the notes in the order in which they are cited, kramdown calls them by their labels."""
        self._numbers.setdefault(label, len(self._numbers) + 1)
        self._notes.append((label, start))

    def _note_definition(self, data: dict[str, str], start: int, _end: int) -> None:
        self._notes.append((data["FootnoteDefinition"], start))
        if self._is_continued or _CONTINUED.search(self.text, max(start - _NEAR, 0), start):
            self._edits.append(Edit(start, start, "\n"))  # else it is a line of the note before
        self._in_note, self._is_continued = True, False

    def _note_end(self, _data: Any, _start: int, _end: int) -> None:
        self._in_note = False

    # HTML

    def _block_of_html(self, _data: Any, start: int, end: int) -> None:
        self._in_block_of_html = True
        self._piece(start, end, is_block=True)

    def _block_of_html_end(self, _data: Any, _start: int, _end: int) -> None:
        self._in_block_of_html = False

    def _tag_in_line(self, _source: str, start: int, end: int) -> None:
        self._piece(start, end, is_block=False)

    def _piece(self, start: int, end: int, *, is_block: bool) -> None:
        containers = tuple(self._containers)
        # In a note, what begins a line is not what its lines are indented by.
        can_be_kept = not (is_block and self._in_note)
        self.pieces.append(html_pieces.Piece(start, end, self._open[-1], containers, is_block, can_be_kept))


_HANDLERS: dict[tuple[str, str], Callable[[_Reader, Any, int, int], None]] = {
    ("Start", "Paragraph"): _Reader._paragraph,
    ("Code", ""): _Reader._code_in_line,
    ("Start", "Table"): _Reader._table,
    ("Start", "Link"): _Reader._link,
    ("Start", "Image"): _Reader._link,
    ("End", "Link"): _Reader._link_end,
    ("End", "Image"): _Reader._link_end,
    ("Start", "CodeBlock"): _Reader._code_block,
    ("End", "CodeBlock"): _Reader._code_block_end,
    ("Start", "Strikethrough"): _Reader._struck,
    **{("Start", kind): _Reader._emphasis for kind in _EMPHASES},
    **{("End", kind): _Reader._emphasis_end for kind in _EMPHASES},
    ("Start", "List"): _Reader._list,
    ("Start", "Item"): _Reader._item,
    ("Start", "FootnoteDefinition"): _Reader._note_definition,
    ("End", "FootnoteDefinition"): _Reader._note_end,
    ("FootnoteReference", ""): _Reader._note,
    ("Start", "HtmlBlock"): _Reader._block_of_html,
    ("End", "HtmlBlock"): _Reader._block_of_html_end,
    ("InlineHtml", ""): _Reader._tag_in_line,
}


def _add(spans: list[Span], start: int, end: int) -> None:
    """Put a span behind others, as a part of the last one where it goes on."""
    if spans and spans[-1][1] == start:
        spans[-1] = (spans[-1][0], end)
    else:
        spans.append((start, end))


def _is_fence(line: str, opening: str) -> bool:
    """Whether a line ends the code that an opening fence begins."""
    signs = line.strip(" \t>")
    return len(signs) >= len(opening) and not signs.strip(opening[0])


# Links --------------------------------------------------------------------------------------------------------------


def _destinations(text: str, opaque: list[Span], tables: list[Span]) -> Iterator[Edit]:
    """Yield the destinations with a parenthesis behind a backslash, or with a bar: kramdown reads neither."""
    for mention in markdown.references(text, opaque):
        written = text[mention.start : mention.end]
        if mention.attribute or overlaps(mention.start, mention.end, opaque):
            continue
        plain = _ESCAPED_PARENTHESES.sub(lambda match: f"%{ord(match[1]):02X}", written)
        if "|" in plain and not overlaps(mention.start, mention.end, tables):
            plain = plain.replace("|", "%7C")
        if plain != written:
            yield Edit(mention.start, mention.end, plain)
