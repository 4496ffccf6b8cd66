"""New TOML as a person would write it: scalars first, then tables, long lists one item a line."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, TypeGuard

from hugoconv.errors import FrontMatterError
from hugoconv.frontmatter.dates import DateText
from hugoconv.frontmatter.syntax import KeyPath, Note, Notes
from hugoconv.frontmatter.toml import strings

TableLike = Mapping[str, Any] | Sequence[Mapping[str, Any]]

ABSENT = object()
"""A value that says nothing, which TOML cannot write: its key stands as a comment, where it stood."""

WIDTH = 100
"""A list or inline table whose line would be longer is written over several lines."""

_NO_NOTE = Note()
_NOT_IN_COMMENTS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")


def write(values: Mapping[str, Any], notes: Notes | None = None) -> str:
    """Return a new matter; see `Syntax.write`. FrontMatterError for what TOML cannot hold."""
    pen = _Pen("\n", notes or {})
    try:
        pen.table((), (), values)
    except RecursionError:
        raise FrontMatterError("values nested too deeply for TOML") from None
    pen.lines += _comment_lines(pen.notes.get((), _NO_NOTE).after)
    return "".join(line + "\n" for line in pen.lines)


def table_lines(
    path: tuple[str, ...], value: Mapping[str, Any] | Sequence[Mapping[str, Any]], newline: str
) -> list[str]:
    """Return the lines of a table, or of an array of tables, with its headers and a blank line between tables."""
    pen = _Pen(newline, {})
    pen.headed(path, path, value)
    return pen.lines


def header(path: Sequence[str], brackets: str = "[]") -> str:
    """Return the header of the table at `path`, or with "[[]]" of an item of the array of tables there."""
    half = len(brackets) // 2
    return brackets[:half] + ".".join(map(_key_text, path)) + brackets[half:]


def pair_text(key: str, value: Any, equals: str = " = ", newline: str = "\n") -> str:
    """Return `key = value`; long lists, and strings with line ends, take several lines that end in `newline`."""
    head = strings.key_text(key) + equals
    return head + value_text(value, strings.MULTILINE_BASIC, WIDTH - len(head), newline)


def is_tables(value: Any) -> TypeGuard[TableLike]:
    """Whether a person writes the value as a table or an array of tables rather than on its key's line."""
    if isinstance(value, str):  # which most are; asking for a Mapping takes longer
        return False
    if isinstance(value, (list, tuple)):
        return bool(value) and all(isinstance(item, Mapping) for item in value)
    return isinstance(value, Mapping)


def value_text(value: Any, style: str = strings.BASIC, room: int = WIDTH, newline: str = "\n") -> str:
    """Return a value as it stands after `key = `: lists that do not fit in `room` take a line for each item."""
    if isinstance(value, (list, tuple)):
        text = inline_text(value)
        if len(text) <= room:
            return text
        return f"[{newline}" + "".join(f"  {inline_text(item)},{newline}" for item in value) + "]"
    if isinstance(value, str) and not isinstance(value, DateText):
        return strings.quote(value, style, newline)
    return inline_text(value)


def inline_text(value: Any) -> str:
    """Return a value on one line; FrontMatterError for what TOML cannot hold."""
    if isinstance(value, DateText):
        return str(value)
    if isinstance(value, str):
        return strings.quote(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        if not -(2**63) <= value < 2**63:
            raise FrontMatterError(f"TOML's integers have 64 bits: {value} must be quoted")
        return str(value)
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"
    if isinstance(value, (date, time)):
        return _moment_text(value)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(inline_text, value))}]"
    if isinstance(value, Mapping):
        pairs = [f"{_key_text(key)} = {inline_text(item)}" for key, item in value.items()]
        return f"{{ {', '.join(pairs)} }}" if pairs else "{}"
    raise FrontMatterError(f"TOML cannot hold {'an empty (null) value' if value is None else type(value).__name__}")


def _moment_text(value: date | time) -> str:
    offset = value.utcoffset() if isinstance(value, datetime) else None
    zoned_time = isinstance(value, time) and value.tzinfo is not None
    if zoned_time or (offset or timedelta()) % timedelta(minutes=1):
        raise FrontMatterError(f"TOML cannot hold the zone of {value}")
    text = value.isoformat()
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text


def _key_text(key: object) -> str:
    if not isinstance(key, str):
        raise FrontMatterError(f"TOML's keys are text, {key!r} is not")
    return strings.key_text(key)


class _Pen:
    """Writes tables line by line; `newline` is the line end of the text that the lines go into."""

    def __init__(self, newline: str, notes: Notes) -> None:
        self.newline = newline
        self.lines: list[str] = []
        self.notes = notes
        self.noted = {path[:length] for path in notes for length in range(len(path))}
        """The paths below which there are notes."""

    def table(self, names: tuple[str, ...], path: KeyPath, values: Mapping[str, Any]) -> None:
        """Add the pairs of a table, then its tables; `names` are its header's keys, `path` has list indexes too."""
        tables: list[tuple[str, Any]] = []
        for key, value in values.items():
            if is_tables(value):
                tables.append((key, value))
            else:
                self.pair((*path, key), key, value)
        for key, value in tables:
            self.headed((*names, key), (*path, key), value)

    def pair(self, path: KeyPath, key: str, value: Any) -> None:
        """Add `key = value` with its comments; a comment beside a string of several lines goes above it."""
        head = _key_text(key) + " = "
        note = self.notes.get(path, _NO_NOTE) if self.notes else _NO_NOTE
        if value is ABSENT:
            self.lines += _comment_lines(note.above)
            beside = "" if note.beside is None else f" {_comment(note.beside)}"
            self.lines.append(f"# {head.rstrip()}{beside}")
            self.lines += _comment_lines(note.after)
            return
        if isinstance(value, (list, tuple)) and (path in self.noted or note.after):
            text = self._noted_list(path, value, note.after)
        else:
            text = value_text(value, strings.MULTILINE_BASIC, WIDTH - len(head), self.newline)
        if note is _NO_NOTE:
            self.lines.append(head + text)
            return
        first, line_end, rest = text.partition(self.newline)
        self.lines += _comment_lines(note.above)
        if note.beside is not None:
            if line_end and first != "[":
                self.lines.append(_comment(note.beside))
            else:
                first += f" {_comment(note.beside)}"
        self.lines.append(head + first + line_end + rest)

    def _noted_list(self, path: KeyPath, items: Sequence[Any], after: Iterable[str | None]) -> str:
        """Return a list an item a line; what is noted inside an item, which stands on one line, goes above it."""
        lines = ["["]
        for index, item in enumerate(items):
            note = self.notes.get((*path, index), _NO_NOTE)
            lines += _comment_lines(note.above, "  ")
            lines += _comment_lines(self._inside((*path, index)), "  ")
            beside = "" if note.beside is None else f" {_comment(note.beside)}"
            lines.append(f"  {inline_text(item)},{beside}")
            lines += _comment_lines(note.after, "  ")
        lines += [*_comment_lines(after, "  "), "]"]
        return self.newline.join(lines)

    def _inside(self, path: KeyPath) -> Iterator[str]:
        """Yield all comments below a path."""
        if path in self.noted:
            for inner, note in self.notes.items():
                if len(inner) > len(path) and inner[: len(path)] == path:
                    yield from (line for line in (*note.above, note.beside, *note.after) if line is not None)

    def headed(self, names: tuple[str, ...], path: KeyPath, value: TableLike) -> None:
        """Add a table, or an array of tables, under its header; a table of tables alone needs no header."""
        note = self.notes.get(path, _NO_NOTE)
        if isinstance(value, Mapping):
            if note is not _NO_NOTE or not value or not all(map(is_tables, value.values())):
                self._header(header(names), note)
            self.table(names, path, value)
        else:
            for index, table in enumerate(value):
                inner = (*path, index)
                own = self.notes.get(inner, _NO_NOTE)
                self._header(header(names, "[[]]"), own if index else note)
                if not index:
                    self.lines += _comment_lines((*own.above, own.beside) if own.beside is not None else own.above)
                self.table(names, inner, table)
                self.lines += _comment_lines(own.after)
        self.lines += _comment_lines(note.after)

    def _header(self, text: str, note: Note) -> None:
        """Add a header with its comments, a blank line above."""
        if self.lines:
            self.lines.append("")
        self.lines += _comment_lines(note.above[note.above[:1] == (None,) :])
        self.lines.append(text if note.beside is None else f"{text} {_comment(note.beside)}")


def _comment_lines(lines: Iterable[str | None], indent: str = "") -> list[str]:
    return ["" if line is None else f"{indent}{_comment(line)}" for line in lines]


def _comment(text: str) -> str:
    text = _NOT_IN_COMMENTS.sub("\ufffd", text)
    return f"# {text}" if text else "#"
