"""Where TOML's statements stand: headers, pairs, values and comments by their spans, without reading the values.

The scanner goes over text that has been read as TOML; what it does not understand is a FrontMatterError. It takes
TOML 1.1's inline tables over several lines, because Hugo reads them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NoReturn

from hugoconv.errors import FrontMatterError
from hugoconv.frontmatter.toml import strings

_BASIC = r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
_LITERAL = r"'[^'\n]*'"
_SCALAR = re.compile(
    r'(?P<multiline_basic>"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5})'
    rf"|(?P<multiline_literal>'''(?:[^']|'{{1,2}}(?!'))*'{{3,5}})|(?P<basic>{_BASIC})|(?P<literal>{_LITERAL})"
    r"|\d{4}-\d{2}-\d{2} \d{2}:[^ \t\r\n,\]}#]*|[^ \t\r\n,\[\]{}#\"'=]+",
    re.DOTALL,
)
_STYLES = {
    "multiline_basic": strings.MULTILINE_BASIC,
    "multiline_literal": strings.MULTILINE_LITERAL,
    "basic": strings.BASIC,
    "literal": strings.LITERAL,
}
_KEY = re.compile(rf"[A-Za-z0-9_-]+|{_BASIC}|{_LITERAL}")
_BLANKS = re.compile(r"[ \t]*")
_COMMENT = re.compile(r"#[^\r\n]*")
_GAP = re.compile(r"[ \t\r\n]+|#[^\r\n]*")
_LINE_END = re.compile(r"\r?\n|\Z")
_CLOSERS = {"list": "]", "map": "}"}


@dataclass(frozen=True, slots=True)
class Key:
    """One part of a dotted key or header: its name, its span and the quotes it is written in."""

    text: str
    start: int
    end: int
    quotes: str


@dataclass(slots=True)
class Value:
    """A value by its span: a scalar (`style`: its quotes, "" without), or a list or inline table with `items`."""

    start: int
    end: int
    style: str = ""
    kind: str = "scalar"
    items: list[Item] | None = None
    comma: int | None = None
    """Where the comma after the last item stands, None when there is none."""
    comments: list[int] = field(default_factory=list)
    """Where the comments inside it start."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list (no keys) or a pair of an inline table."""

    keys: tuple[Key, ...]
    value: Value

    @property
    def start(self) -> int:
        """Where the item's key, or the value of a list's item, starts."""
        return self.keys[0].start if self.keys else self.value.start


@dataclass(frozen=True, slots=True)
class Statement:
    """A header (`brackets` "[" or "[[") or a pair (""), from `start` to `end` in whole lines.

    `above` is where the comment lines directly above it begin (`start` when there are none); `comment` is the
    span of the comment on its last line.
    """

    index: int
    brackets: str
    keys: tuple[Key, ...]
    value: Value | None
    above: int
    start: int
    end: int
    comment: tuple[int, int] | None


def scan(text: str) -> list[Statement]:
    """Return the statements of a TOML text in order; FrontMatterError (line, column) where it is not TOML."""
    return _Scanner(text).statements()


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0

    def statements(self) -> list[Statement]:
        found: list[Statement] = []
        above: int | None = None
        while self.position < len(self.text):
            start = self.position
            self._take(_BLANKS)
            if self._at("#"):
                above = start if above is None else above
                self._take(_COMMENT)
                self._line_end()
                continue
            if self._at("\n") or self._at("\r\n") or self.position == len(self.text):
                above = None
                self._line_end()
                continue
            brackets = "[[" if self._at("[[") else "[" if self._at("[") else ""
            value: Value | None = None
            if brackets:
                self.position += len(brackets)
                keys = self._keys()
                self._expect("]" * len(brackets))
            else:
                keys = self._keys()
                self._expect("=")
                self._take(_BLANKS)
                value = self._value()
            self._take(_BLANKS)
            comment = self._take(_COMMENT)
            self._line_end()
            first = start if above is None else above
            found.append(Statement(len(found), brackets, keys, value, first, start, self.position, comment))
            above = None
        return found

    def _keys(self) -> tuple[Key, ...]:
        keys: list[Key] = []
        while True:
            self._take(_BLANKS)
            span = self._take(_KEY) or self._fail()
            raw = self.text[slice(*span)]
            quotes = raw[0] if raw[0] in "\"'" else ""
            name = raw if not quotes else strings.decode(raw) if "\\" in raw else raw[1:-1]
            keys.append(Key(name, *span, quotes))
            self._take(_BLANKS)
            if not self._at("."):
                return tuple(keys)
            self.position += 1

    def _value(self) -> Value:
        """Read one value; a stack instead of recursion, so that depth is no limit."""
        root = self._scalar_or_opening()
        unclosed = [root] if root.items is not None else []
        while unclosed:
            container = unclosed[-1]
            items = container.items
            assert items is not None
            container.comments += self._skip_gap()
            if self._at(_CLOSERS[container.kind]):
                self.position += 1
                container.end = self.position
                unclosed.pop()
                if unclosed:
                    unclosed[-1].comments += container.comments
            elif self._at(",") and items and container.comma is None:
                container.comma = self.position
                self.position += 1
            elif items and container.comma is None:
                self._fail()
            else:
                keys: tuple[Key, ...] = ()
                if container.kind == "map":
                    keys = self._keys()
                    self._expect("=")
                    self._take(_BLANKS)
                value = self._scalar_or_opening()
                items.append(Item(keys, value))
                container.comma = None
                if value.items is not None:
                    unclosed.append(value)
        return root

    def _scalar_or_opening(self) -> Value:
        start = self.position
        for opening, kind in (("[", "list"), ("{", "map")):
            if self._at(opening):
                self.position += 1
                return Value(start, start, kind=kind, items=[])
        match = _SCALAR.match(self.text, start) or self._fail()
        self.position = match.end()
        return Value(start, match.end(), _STYLES.get(match.lastgroup or "", ""))

    def _skip_gap(self) -> list[int]:
        """Skip white space, line ends and comments inside a value; return where the comments start."""
        comments: list[int] = []
        while match := _GAP.match(self.text, self.position):
            if match[0].startswith("#"):
                comments.append(match.start())
            self.position = match.end()
        return comments

    def _at(self, text: str) -> bool:
        return self.text.startswith(text, self.position)

    def _expect(self, text: str) -> None:
        if not self._at(text):
            self._fail()
        self.position += len(text)

    def _take(self, pattern: re.Pattern[str]) -> tuple[int, int] | None:
        match = pattern.match(self.text, self.position)
        if match is None:
            return None
        self.position = match.end()
        return match.span()

    def _line_end(self) -> None:
        if self._take(_LINE_END) is None:
            self._fail()

    def _fail(self) -> NoReturn:
        line = self.text.count("\n", 0, self.position) + 1
        column = self.position - self.text.rfind("\n", 0, self.position)
        raise FrontMatterError("this is not TOML", line=line, column=column)
