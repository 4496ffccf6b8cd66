"""The blocks of an org text, as go-org 1.9, Hugo's reader of org, reads them.

A block whose end is missing is no block: its first line is text, and reading goes on behind that.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from pathlib import PurePosixPath

from hugoconv.markup.org import inlines
from hugoconv.markup.org.arguments import attributes_of, header_of, outdented
from hugoconv.markup.org.lines import as_text, read_line
from hugoconv.markup.org.settings import Settings
from hugoconv.markup.org.tree import (
    Block,
    Blocks,
    Captioned,
    Code,
    Example,
    Export,
    FormulaBlock,
    Group,
    Hidden,
    Include,
    Inlines,
    Item,
    Keyword,
    Listing,
    Note,
    Paragraph,
    Rule,
    Section,
    Special,
    Table,
    Words,
)

ReadFile = Callable[[str], str | None]
"""Gives the text of a file by its path from the text's own folder, None when there is none."""
Stop = Callable[[int], bool]
"""Whether a block ends before a line."""
Found = tuple[int, Block]
"""The line behind a block, and the block."""

_MOST_NESTED = 60
_LONGEST_LINE = 65_535
"""In bytes: go-org gives up on a longer line."""
_RAW = frozenset({"SRC", "EXAMPLE", "EXPORT"})
_COMMA = re.compile(r"^([ \t]*),([ \t]*)(?=\*|,\*|#\+|,#\+)", re.MULTILINE)
"""What keeps a line of org in an example from being one of the text."""
_INCLUDE = re.compile(r'"([^"]+)" (src|example|export) (\w+)\Z', re.IGNORECASE | re.ASCII)
_PRIORITY = re.compile(r"\[#([ABC])\]\s*")
_TAGS = re.compile(r"\s+:([\w@#%:]+):\s*\Z")
_NUMBER = re.compile(r"\[@(\d+)\] ", re.ASCII)
_STATUS = re.compile(r"\[([ X-])\]\s")
_TERM_END = re.compile(r"\s::(?:\s|\Z)", re.ASCII)
_PROPERTY = re.compile(r"\s*:(\S+):(?:\s+(.*)|\Z)", re.ASCII)


class TooTangledError(Exception):
    """A text that would take too long to read, or that go-org gives up on; the message says why."""


class Reader:
    """Reads one text; `settings` are filled on the way, `read_file` gives the files that the text sets itself up by."""

    def __init__(self, text: str, read_file: ReadFile, set_up: set[str] | None = None) -> None:
        rows = text.split("\n")
        if any(len(row) > _LONGEST_LINE // 4 and len(row.encode(errors="replace")) > _LONGEST_LINE for row in rows):
            raise TooTangledError("a line is longer than 65,535 bytes")
        self.settings = Settings()
        self._read_file = read_file
        self._set_up_by = set_up if set_up is not None else set()
        self._lines = [read_line(row.removesuffix("\r")) for row in (rows[:-1] if rows[-1] == "" else rows)]
        self._ends: dict[tuple[str, str], list[int]] = {}
        for number, line in enumerate(self._lines):
            if line.kind in ("block end", "formula end"):
                self._ends.setdefault((line.kind, line.content), []).append(number)
        self._base = 0
        """The indentation at which the words of the innermost item begin."""
        self._depth = 0
        self._steps_left = 40 * len(self._lines) + 2000
        self._count = 0

    def read(self) -> Blocks:
        """Return the blocks of the text; TooTangledError when there is no end to it."""
        return self._many(0, lambda at: at >= len(self._lines))[1]

    # The walk

    def _many(self, at: int, stop: Stop) -> tuple[int, Blocks]:
        blocks: list[Block] = []
        while at < len(self._lines) and not stop(at):
            at, block = self._one(at, stop)
            blocks.append(block)
        return at, blocks

    def _one(self, at: int, stop: Stop) -> Found:
        self._steps_left -= 1
        if self._steps_left < 0 or self._depth >= _MOST_NESTED:
            raise TooTangledError("its blocks are nested too deeply, or have no ends")
        if read := _READERS.get(self._lines[at].kind):
            self._depth += 1
            found = read(self, at, stop)
            self._depth -= 1
            if found:
                return found
        self._lines[at] = as_text(self._lines[at])
        return self._paragraph(at, stop)

    def _is_second_blank(self, at: int) -> bool:
        return at > 1 and self._lines[at].is_blank and self._lines[at - 1].is_blank

    def _end(self, at: int, kind: str, name: str) -> int | None:
        """Return the next line that ends a block of a name, None when there is none."""
        ends = self._ends.get((kind, name), [])
        for end in ends[bisect_right(ends, at) :]:
            if self._lines[end].kind == kind:
                return end
        return None

    # Text

    def _paragraph(self, at: int, stop: Stop) -> Found:
        words = [self._lines[at].content]
        at += 1
        while not stop(at) and self._lines[at].kind == "text" and self._lines[at].content:
            line = self._lines[at]
            words.append(" " * max(line.indent - self._base, 0) + line.content)
            at += 1
        return at, Paragraph(inlines.read("\n".join(words)))

    def _rule(self, at: int, _stop: Stop) -> Found:
        return at + 1, Rule()

    def _comment(self, at: int, _stop: Stop) -> Found:
        return at + 1, Hidden()

    def _example(self, at: int, stop: Stop) -> Found | None:
        start = at
        while not stop(at) and self._lines[at].kind == "example":
            at += 1
        shown = "".join(f"{line.content}\n" for line in self._lines[start:at])
        return (at, Example(shown)) if at > start else None

    # Blocks with an end

    def _block(self, at: int, stop: Stop) -> Found | None:
        opening = self._lines[at]
        name = opening.content
        end = self._end(at, "block end", name)
        if end is None:
            return None
        if name in _RAW:
            code = "".join(f"{outdented(line.match[0], opening.indent)}\n" for line in self._lines[at + 1 : end])
            return self._raw(name, opening.match[3], code, end + 1, stop)

        def ends(at: int) -> bool:
            return at >= len(self._lines) or (self._lines[at].kind == "block end" and self._lines[at].content == name)

        end, blocks = self._many(at + 1, ends)
        return (end + 1, Special(name.lower(), blocks)) if end < len(self._lines) else None

    def _raw(self, name: str, header: str, code: str, at: int, stop: Stop) -> Found:
        language, options = header_of(header)
        if name == "EXAMPLE" or (name == "SRC" and language == "org"):
            code = _COMMA.sub(r"\1\2", code)
        code = code.lstrip("\r\n").rstrip()
        if name == "EXAMPLE":
            return at, Example(f"{code}\n")
        if name == "EXPORT":
            return at, Export(language.lower(), code)
        at, results = self._results_of_code(at, stop)
        return at, Code(language.lower(), code, options, results)

    def _results_of_code(self, at: int, stop: Stop) -> tuple[int, Block | None]:
        below = at
        while not stop(below) and self._lines[below].is_blank:
            below += 1
        if stop(below) or self._lines[below].kind != "results" or below + 1 >= len(self._lines):
            return at, None
        return self._one(below + 1, stop)

    def _results(self, at: int, stop: Stop) -> Found | None:
        return self._one(at + 1, stop) if at + 1 < len(self._lines) else None

    def _formula(self, at: int, _stop: Stop) -> Found | None:
        opening = self._lines[at]
        end = self._end(at, "formula end", opening.content)
        if end is None:
            return None
        indent = max(self._base, opening.indent)
        text = "\n".join(outdented(line.match[0], indent) for line in self._lines[at : end + 1])
        return end + 1, FormulaBlock(text)

    # Drawers and notes

    def _drawer(self, at: int, stop: Stop) -> Found | None:
        if self._lines[at].content.upper() == "PROPERTIES":
            end, properties = self._properties(at)
            return (end, Hidden()) if properties is not None else None

        def ends(at: int) -> bool:
            return stop(at) or self._lines[at].kind in ("drawer", "drawer end", "headline")

        blocks: list[Block] = []
        at += 1
        while True:
            at, more = self._many(at, ends)
            blocks += more
            if at >= len(self._lines) or self._lines[at].kind != "drawer":
                break
            blocks.append(Paragraph((Words(f":{self._lines[at].content.upper()}:"),)))
            at += 1
        is_closed = at < len(self._lines) and self._lines[at].kind == "drawer end"
        return at + is_closed, Group(blocks)

    def _properties(self, at: int) -> tuple[int, dict[str, str] | None]:
        """Return the line behind the properties that begin at a line, and their values, None when they do not end."""
        found: dict[str, str] = {}
        for end in range(at + 1, len(self._lines)):
            line = self._lines[end]
            if line.kind == "drawer end":
                return end + 1, found
            match = _PROPERTY.match(line.match[0]) if line.kind in ("text", "drawer") else None
            if match is None:
                break
            found.setdefault(match[1].upper(), (match[2] or "").strip())
        return at, None

    def _note(self, at: int, stop: Stop) -> Found:
        start, name = at, self._lines[at].content
        self._lines[at] = read_line(self._lines[at].match[3] or "")

        def ends(at: int) -> bool:
            is_over = at > start + 1 and not stop(at) and self._is_second_blank(at)
            return stop(at) or is_over or (at > start and self._lines[at].kind in ("headline", "note"))

        at, blocks = self._many(at, ends)
        return max(at, start + 1), Note(name, blocks)

    # Headlines

    def _headline(self, at: int, stop: Stop) -> Found:
        level = len(self._lines[at].match[2])
        text = self._lines[at].content
        status = next((word for word in self.settings.statuses if re.match(rf"{re.escape(word)}\s", text)), "")
        text = text[len(status) + 1 :] if status else text
        priority = _PRIORITY.match(text)
        text = text[priority.end() :] if priority else text
        is_comment = text.startswith("COMMENT ")
        text = text.removeprefix("COMMENT ") if is_comment else text
        tags: tuple[str, ...] = ()
        if match := _TAGS.search(text):
            tags, text = tuple(filter(None, match[1].split(":"))), text[: match.start()]
        if not (is_comment or self.settings.hidden_tags & set(tags)):
            self._count += 1
        number, title = self._count, inlines.read(text)

        def ends(at: int) -> bool:
            line = self._lines[at] if not stop(at) else None
            return line is None or (line.kind == "headline" and len(line.match[2]) <= level)

        at += 1
        anchor = ""
        if not ends(at) and self._lines[at].kind == "drawer" and self._lines[at].content.upper() == "PROPERTIES":
            anchor = (self._properties(at)[1] or {}).get("CUSTOM_ID", "")
        at, blocks = self._many(at, ends)
        return at, Section(
            level, number, title, status, priority[1] if priority else "", tags, is_comment, anchor, blocks
        )

    # Keywords

    def _keyword(self, at: int, stop: Stop) -> Found | None:
        key, value = self._key(at)
        if key == "NAME":
            return self._one(at + 1, stop) if not stop(at + 1) else None
        if key == "SETUPFILE":
            self._set_up(value)
            return at + 1, Hidden()
        if key == "INCLUDE":
            match = _INCLUDE.match(value)
            return at + 1, Include(match[1], match[2].lower(), match[3]) if match else Keyword(key, value)
        if key in ("CAPTION", "ATTR_HTML") and (found := self._captioned(at, stop)):
            return found
        self.settings.add(key, value)
        return at + 1, Keyword(key, value)

    def _key(self, at: int) -> tuple[str, str]:
        return self._lines[at].content.upper(), (self._lines[at].match[3] or "").strip()

    def _captioned(self, at: int, stop: Stop) -> Found | None:
        captions: list[Inlines] = []
        attributes: dict[str, str] = {}
        while not stop(at) and self._lines[at].kind == "keyword":
            key, value = self._key(at)
            if key == "CAPTION":
                captions.append(inlines.read(value))
            elif key == "ATTR_HTML":
                attributes.update(attributes_of(value))
            else:
                return None
            self._steps_left -= 1
            at += 1
        if stop(at):
            return None
        at, block = self._one(at, stop)
        return at, Captioned(block, captions, attributes)

    def _set_up(self, path: str) -> None:
        """Take over what another file sets, once."""
        text = self._read_file(path) if path not in self._set_up_by else None
        if text is None:
            return
        self._set_up_by.add(path)
        folder = PurePosixPath(path).parent
        other = Reader(text, lambda name: self._read_file(str(folder / name)), self._set_up_by)
        other._depth = self._depth
        other.read()
        self.settings.values.update(other.settings.values)

    # Lists and tables

    def _list(self, at: int, stop: Stop) -> Found:
        first = self._lines[at]
        kind = "descriptive" if _TERM_END.search(first.content) else first.kind
        items: list[Item] = []
        while not stop(at) and self._lines[at].kind == first.kind and self._lines[at].indent == first.indent:
            at, item = self._item(kind, at, stop)
            items.append(item)
        return at, Listing(kind, items)

    def _item(self, kind: str, at: int, stop: Stop) -> tuple[int, Item]:
        start, line = at, self._lines[at]
        content, indent = line.content, line.indent + len(line.match[2])
        outer, self._base = self._base, indent + 1
        number = _NUMBER.match(content) if kind == "ordered" else None
        content = content[number.end() :] if number else content
        status = _STATUS.match(content)
        content = content[status.end() :] if status else content
        term: Inlines | None = None
        if kind == "descriptive":
            end = _TERM_END.search(content)
            term = inlines.read(content[: end.start()]) if end else ()
            content = content[end.end() :] if end else content
            self._base = line.match[0].find(" ::") + 4 if end else self._base
        self._lines[at] = read_line(" " * indent + content)

        def ends(at: int) -> bool:
            return stop(at) or (self._lines[at].indent < indent and not self._lines[at].is_blank)

        blocks: list[Block] = []
        while not ends(at) and (at <= start + 1 or not self._is_second_blank(at)):
            at, block = self._one(at, ends)
            blocks.append(block)
        self._base = outer
        return at, Item(blocks, number[1] if number else "", status[1] if status else "", term)

    def _table(self, at: int, stop: Stop) -> Found | None:
        start = at
        rows: list[list[Inlines] | None] = []
        while not stop(at) and self._lines[at].kind in ("row", "rule between rows"):
            line = self._lines[at]
            cells = [cell.strip() for cell in line.content.split("|") if cell] if line.kind == "row" else []
            is_said = any(cell and not _COLUMN.fullmatch(cell) for cell in cells)
            if line.kind != "row" or not cells:
                rows.append(None)
            elif is_said:
                rows.append([inlines.read(cell) for cell in cells])
            else:
                rows.append([])
            at += 1
        return (at, Table(rows)) if at > start else None


_COLUMN = re.compile(r"<[lcr]?(?:\d+)?>", re.ASCII)
"""What says how a column is set; a row of nothing else is not shown."""

_READERS: dict[str, Callable[[Reader, int, Stop], Found | None]] = {
    "text": Reader._paragraph,
    "rule": Reader._rule,
    "comment": Reader._comment,
    "example": Reader._example,
    "block": Reader._block,
    "results": Reader._results,
    "formula": Reader._formula,
    "drawer": Reader._drawer,
    "note": Reader._note,
    "headline": Reader._headline,
    "keyword": Reader._keyword,
    "unordered": Reader._list,
    "ordered": Reader._list,
    "row": Reader._table,
    "rule between rows": Reader._table,
}
