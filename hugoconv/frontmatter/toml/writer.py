"""New TOML as a person would write it: scalars first, then tables, long lists one item a line."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, TypeGuard

from hugoconv.errors import FrontMatterError
from hugoconv.frontmatter.dates import DateText
from hugoconv.frontmatter.syntax import Entry, Notes
from hugoconv.frontmatter.toml import strings

TableLike = Mapping[str, Any] | Sequence[Mapping[str, Any]]

WIDTH = 100
"""A list or inline table whose line would be longer is written over several lines."""

_NOT_IN_COMMENTS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")


def write(values: Mapping[str, Any], notes: Notes | None = None) -> str:
    """Return a new matter; see `Syntax.write`. FrontMatterError for what TOML cannot hold."""
    notes = notes or Notes()
    pen = _Pen("\n")
    try:
        pen.table((), values, notes.entries)
    except RecursionError:
        raise FrontMatterError("values nested too deeply for TOML") from None
    pen.lines.extend(_comment(text) for text in notes.comments_after)
    return "".join(line + "\n" for line in pen.lines)


def table_lines(
    path: tuple[str, ...], value: Mapping[str, Any] | Sequence[Mapping[str, Any]], newline: str
) -> list[str]:
    """Return the lines of a table, or of an array of tables, with its headers and a blank line between tables."""
    pen = _Pen(newline)
    pen.headed(path, value, None)
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

    def __init__(self, newline: str) -> None:
        self.newline = newline
        self.lines: list[str] = []

    def table(self, path: tuple[str, ...], values: Mapping[str, Any], entries: Mapping[str, Entry]) -> None:
        """Add the pairs of a table, then its tables; `entries` carry the comments of its keys."""
        tables: list[tuple[str, Any]] = []
        for key, value in values.items():
            if is_tables(value):
                tables.append((key, value))
            else:
                self.pair(key, value, entries.get(key))
        for key, value in tables:
            self.headed((*path, key), value, entries.get(key))

    def pair(self, key: str, value: Any, entry: Entry | None) -> None:
        """Add `key = value` with its comments; a comment beside a string of several lines goes above it."""
        _key_text(key)
        first, line_end, rest = pair_text(key, value, newline=self.newline).partition(self.newline)
        if entry:
            above = list(entry.comments_above)
            if entry.comment_beside is not None:
                if line_end and not first.endswith("["):
                    above.append(entry.comment_beside)
                else:
                    first += f" {_comment(entry.comment_beside)}"
            if entry.blank_before and self.lines:
                self.lines.append("")
            self.lines.extend(map(_comment, above))
        self.lines.append(first + line_end + rest)

    def headed(self, path: tuple[str, ...], value: TableLike, entry: Entry | None) -> None:
        """Add a table, or an array of tables, under its header; a table of tables alone needs no header."""
        is_list = not isinstance(value, Mapping)
        for table in [value] if isinstance(value, Mapping) else value:
            has_notes = entry is not None and bool(entry.comments_above or entry.comment_beside is not None)
            if is_list or has_notes or not table or not all(map(is_tables, table.values())):
                if self.lines:
                    self.lines.append("")
                beside = ""
                if entry:
                    self.lines.extend(map(_comment, entry.comments_above))
                    beside = f" {_comment(entry.comment_beside)}" if entry.comment_beside is not None else ""
                self.lines.append(header(path, "[[]]" if is_list else "[]") + beside)
                entry = None
            self.table(path, table, {})


def _comment(text: str) -> str:
    text = _NOT_IN_COMMENTS.sub("\ufffd", text)
    return f"# {text}" if text else "#"
