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
from hugoconv.systems.jekyll import liquid
from hugoconv.systems.jekyll.heading_ids import ids_as_in_goldmark
from hugoconv.systems.jekyll.html_nesting import ANY_TAG, SILENT, nesting, without
from hugoconv.systems.jekyll.html_tags import NOT_IN_A_LINE, PARSED_AS_BLOCK, PARSED_BY_DEFAULT, READ_AS_TEXT, VOID

Span = tuple[int, int]

_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_LINE = re.compile(r"([ \t>]*)[^\s>]")
"""A line with something on it, and the marks of the quotation that it stands in."""
_NO_LINK = re.compile(r"(?<!\\)\[(?P<words>[^\[\]\n]*)\]\([^()\n<>]*[ \t][^()\n<>]*\)")
"""What has a space in its address: no link in CommonMark, one to kramdown."""
_CONTINUED = re.compile(r"(?:\A|\n)(?: {4}|\t)[^\n]*\S[^\n]*\n\Z")
"""Before a note: the last line of another that has several."""
_MARKS = re.compile(r"[*_`\[\\~<&!]")
_FORMULA_SIGN = re.compile(r"(?<!\\)\$\$")
_TAKEN_INTO_ITEMS = frozenset({"CodeBlock", "Heading", "Table", "BlockQuote"})
"""The blocks that kramdown takes for the last lines of the list or quotation right above them."""
_BAR = re.compile(r"(?<!\\)\|")
_HOLDS_LINES = frozenset({"Paragraph", "Item", "FootnoteDefinition", "DefinitionListDefinition", "Heading"})
_ATTRIBUTE = re.compile(r"""\s[^\s"'<>/=]+\s*=\s*(?:"[^"]*"|'[^']*'|([^\s"'>][^\s>]*))""")
_NUMBERED = re.compile(r"(\d{1,9})\.(?=[ \t])")
_PARENTHESIS = re.compile(r"\d{1,9}\)")
_ESCAPED_PARENTHESES = re.compile(r"\\([()])")


_ESCAPED_HERE_ALONE = {sign: f"&#{ord(sign)};" for sign in "&@/,;?%^"}
"""The signs that CommonMark lets a backslash stand before, and kramdown does not."""
_BLANK = re.compile(r"\n[ \t>]*\n")
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
    edits = [*reading.edits(), *ids_as_in_goldmark(text, opaque), *_destinations(text, opaque, reading.tables)]
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
        self._open_tags: list[tuple[str, int, str]] = []
        self._left_open: list[str] = []
        self._open_to_all: list[str] = []
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
        for name, position, attributes in self._open_tags:
            if "markdown=" not in attributes:
                yield Edit(position, position, _told(name))
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

    # Lists and notes

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
        """What stands between two blocks of HTML is Markdown for Goldmark, for kramdown only where it is told so."""
        self._in_block_of_html = True
        if self._is_kept(start, end):
            return
        opened: list[tuple[str, int, str]] = []
        for tag in ANY_TAG.finditer(self.text, start, end):
            name = tag[2].lower()
            if tag[1]:
                self._close(name, opened)
            elif not tag[4] and (name in PARSED_BY_DEFAULT or name in PARSED_AS_BLOCK):
                opened.append((name, tag.end(2), tag[3]))
        self._open_tags += opened
        silent = [match.span() for match in SILENT.finditer(self.text, start, end)]
        for tag in ANY_TAG.finditer(self.text, start, end):
            if not any(first < tag.start() < last for first, last in silent):
                self._quoted(tag)
            if tag[1] and tag[2].lower() == "br":
                self._edits.append(Edit(*tag.span(), "<br />"))
            elif not tag[1] and not tag[4]:
                self._left_open.append(tag[2].lower())
            elif tag[1] and tag[2].lower() in self._left_open:
                self._left_open.remove(tag[2].lower())

    def _is_kept(self, start: int, end: int) -> bool:
        """Keep a block from kramdown that it would end elsewhere.

        That is where an element is left open in which it cannot be told to read, such as `<p>`, and where words stand
        behind an element, which are Markdown to kramdown.
        """
        opened, closed, has_words_outside = nesting(self.text[start:end])
        is_unread = bool(opened) and opened[0] not in PARSED_BY_DEFAULT and opened[0] not in PARSED_AS_BLOCK
        if not is_unread and not has_words_outside and not any(name in self._open_to_all for name in closed):
            return False
        if self.text.endswith("{::nomarkdown}\n", 0, start):
            return True
        if start and self.text[start - 1] != "\n":
            return False  # in a list or quotation, where no line begins with it
        self._open_to_all = [*without(self._open_to_all, closed), *opened]
        before = "" if not start or self.text.endswith("\n\n", 0, start) else "\n"
        after = "" if self.text.endswith("\n", start, end) else "\n"
        self._edits.append(Edit(start, start, f"{before}{{::nomarkdown}}\n"))
        self._edits.append(Edit(end, end, f"{after}{{:/nomarkdown}}\n"))
        return True

    def _close(self, name: str, opened: list[tuple[str, int, str]]) -> None:
        for tags in (opened, self._open_tags):
            index = next((index for index in range(len(tags) - 1, -1, -1) if tags[index][0] == name), -1)
            if index < 0:
                continue
            _, position, attributes = tags[index]
            del tags[index:]
            if tags is self._open_tags and "markdown=" not in attributes:
                self._edits.append(Edit(position, position, _told(name)))
            return

    def _block_of_html_end(self, _data: Any, _start: int, _end: int) -> None:
        self._in_block_of_html = False

    def _quoted(self, tag: re.Match[str]) -> None:
        """To kramdown a value without quotes is one word, and a tag with another one is none."""
        for attribute in _ATTRIBUTE.finditer(self.text, tag.end(2), tag.end() - 1):
            if attribute[1] and not attribute[1].isalnum():
                value = attribute[1].replace('"', "&quot;")
                self._edits.append(Edit(*attribute.span(1), f'"{value}"'))

    def _tag_in_line(self, source: str, start: int, end: int) -> None:
        """kramdown shows the tags of blocks as text in a line, and closing tags that close nothing anywhere."""
        tag = ANY_TAG.match(self.text, start, end)
        if tag is None:
            return
        self._quoted(tag)
        name = tag[2].lower()
        if name == "br" and tag[1]:
            self._edits.append(Edit(start, end, "<br />"))
        elif tag[1] and name in self._left_open:
            self._left_open.remove(name)
        elif not tag[1] and self._is_never_closed(tag):
            self._edits.append(Edit(start, end, f"{{::nomarkdown}}{source}{{:/}}"))
        elif name in READ_AS_TEXT and not tag[1] and not tag[4] and "markdown=" not in tag[3]:
            inner = self.text[end : self.text.find(f"</{tag[2]}", end)]
            if "\n\n" not in inner and _MARKS.search(inner):
                self._edits.append(Edit(start + len(tag[2]) + 1, start + len(tag[2]) + 1, ' markdown="span"'))
        elif name in NOT_IN_A_LINE and not self.text.endswith("{::nomarkdown}", 0, start):
            self._edits.append(Edit(start, end, f"{{::nomarkdown}}{source}{{:/}}"))

    def _is_never_closed(self, tag: re.Match[str]) -> bool:
        """Whether a tag's element has no end before the next blank line: to kramdown it may hold all that follows."""
        if tag[4] or tag[2].lower() in VOID or self.text.endswith("{::nomarkdown}", 0, tag.start()):
            return False
        paragraph = _BLANK.search(self.text, tag.end())
        closing = re.compile(rf"</{tag[2]}\s*>", re.IGNORECASE)
        return closing.search(self.text, tag.end(), paragraph.start() if paragraph else len(self.text)) is None


_HANDLERS: dict[tuple[str, str], Callable[[_Reader, Any, int, int], None]] = {
    ("Start", "Table"): _Reader._table,
    ("Start", "Link"): _Reader._link,
    ("Start", "Image"): _Reader._link,
    ("End", "Link"): _Reader._link_end,
    ("End", "Image"): _Reader._link_end,
    ("Start", "CodeBlock"): _Reader._code_block,
    ("End", "CodeBlock"): _Reader._code_block_end,
    ("Start", "Strikethrough"): _Reader._struck,
    ("Start", "Item"): _Reader._item,
    ("Start", "FootnoteDefinition"): _Reader._note_definition,
    ("End", "FootnoteDefinition"): _Reader._note_end,
    ("FootnoteReference", ""): _Reader._note,
    ("Start", "HtmlBlock"): _Reader._block_of_html,
    ("End", "HtmlBlock"): _Reader._block_of_html_end,
    ("InlineHtml", ""): _Reader._tag_in_line,
}


def _told(name: str) -> str:
    """Return the attribute by which an element's content is Markdown."""
    return f' markdown="{1 if name in PARSED_BY_DEFAULT else "block"}"'


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
