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

WIDTH = 100
"""A list or inline table whose line would be longer is written over several lines."""

_NOT_IN_COMMENTS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")


def write(values: Mapping[str, Any], notes: Notes | None = None) -> str:
    """Return a new matter; see `Syntax.write`. FrontMatterError for what TOML cannot hold."""
    notes = notes or Notes()
    lines: list[str] = []
    try:
        _add_table(lines, (), values, notes.entries)
    except RecursionError:
        raise FrontMatterError("values nested too deeply for TOML") from None
    lines.extend(_comment(text) for text in notes.comments_after)
    return "".join(line + "\n" for line in lines)


def pair_lines(key: str, value: Any, style: str = strings.BASIC) -> str:
    """Return `key = value`; a long list takes several lines, a string with line ends is written over lines."""
    if isinstance(value, str) and not isinstance(value, DateText) and "\n" in value and style == strings.BASIC:
        style = strings.MULTILINE_BASIC
    head = f"{strings.key_text(key)} = "
    return head + value_text(value, style, room=WIDTH - len(head))


def table_lines(path: Sequence[str], value: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the lines of a table, or of an array of tables, with its header and a blank line before each header."""
    lines: list[str] = []
    _add_headed(lines, tuple(path), value, None)
    return lines


def is_tables(value: Any) -> TypeGuard[Mapping[str, Any] | Sequence[Mapping[str, Any]]]:
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
    offset = value.utcoffset() if isinstance(value, (datetime, time)) else None
    if isinstance(value, time) and value.tzinfo is not None or offset is not None and offset % timedelta(minutes=1):
        raise FrontMatterError(f"TOML cannot hold the zone of {value}")
    text = value.isoformat()
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text


def _key_text(key: object) -> str:
    if not isinstance(key, str):
        raise FrontMatterError(f"TOML's keys are text, {key!r} is not")
    return strings.key_text(key)


def _add_table(
    lines: list[str], path: tuple[str, ...], values: Mapping[str, Any], entries: Mapping[str, Entry] | None
) -> None:
    """Add the pairs of a table, then its tables; `entries` carry the comments of the top level."""
    tables: list[tuple[str, Any]] = []
    for key, value in values.items():
        _key_text(key)
        if is_tables(value):
            tables.append((key, value))
            continue
        entry = entries.get(key) if entries else None
        if entry:
            if entry.blank_before and lines:
                lines.append("")
            lines.extend(map(_comment, entry.comments_above))
        pair = pair_lines(key, value)
        if entry and entry.comment_beside is not None:
            pair = _with_comment_beside(lines, pair, entry.comment_beside)
        lines.append(pair)
    for key, value in tables:
        _add_headed(lines, (*path, key), value, entries.get(key) if entries else None)


def _add_headed(
    lines: list[str],
    path: tuple[str, ...],
    value: Mapping[str, Any] | Sequence[Mapping[str, Any]],
    entry: Entry | None,
) -> None:
    brackets = "[]" if isinstance(value, Mapping) else "[[]]"
    half = len(brackets) // 2
    header = brackets[:half] + ".".join(map(_key_text, path)) + brackets[half:]
    for table in [value] if isinstance(value, Mapping) else value:
        has_note = entry is not None and bool(entry.comments_above or entry.comment_beside is not None)
        if half == 2 or has_note or not table or not all(map(is_tables, table.values())):
            if lines:
                lines.append("")
            if entry:
                lines.extend(map(_comment, entry.comments_above))
            beside = f" {_comment(entry.comment_beside)}" if entry and entry.comment_beside is not None else ""
            lines.append(header + beside)
            entry = None
        _add_table(lines, path, table, None)


def _with_comment_beside(lines: list[str], pair: str, comment: str) -> str:
    """Return the pair with its comment at the end of its first line, or add the comment above a string of lines."""
    first, newline, rest = pair.partition("\n")
    if newline and not first.endswith("["):
        lines.append(_comment(comment))
        return pair
    return f"{first} {_comment(comment)}{newline}{rest}"


def _comment(text: str) -> str:
    text = _NOT_IN_COMMENTS.sub("\ufffd", text)
    return f"# {text}" if text else "#"
