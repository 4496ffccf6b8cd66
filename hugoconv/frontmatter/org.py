"""Org front matter: the run of `#+KEY: value` lines at the top of an org file, read as Hugo reads it.

The rules are those of go-org 1.9 (`org/keyword.go`, `org/block.go`) and of Hugo's `parser/metadecoders/decoder.go`:
keys ignore case, `KEY[]` is a list of words, a repeated key is a list of its lines, and everything else is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hugoconv.edits import Edit, apply, newline_of
from hugoconv.errors import FrontMatterError
from hugoconv.frontmatter.batch import Batch
from hugoconv.frontmatter.syntax import KeyPath, Notes, Scalar, ScalarRules

_KEYWORD = re.compile(r"#\+([^:]+):(?:[\t\f\r ]+(.*))?")
_BLOCK = re.compile(r"#\+(BEGIN|END)_(\w+)", re.IGNORECASE | re.ASCII)
_STAMP = re.compile(r"[<\[]([0-9]{4}-[0-9]{2}-[0-9]{2}) .*[>\]]")
_PLAIN_STAMP = re.compile(r"[<\[][0-9]{4}-[0-9]{2}-[0-9]{2} [^ \d>\]]+[>\]]")

_DATE_KEYS = frozenset({"date", "lastmod", "publishdate", "expirydate"})
_NOT_VALUES = frozenset({"name", "setupfile", "include", "link", "macro", "results"})
"""Keywords that the org reader acts on itself; they do not become values."""
_OF_WHAT_FOLLOWS = frozenset({"caption", "attr_html"})
"""Keywords that belong to an element right after them, and are values only where none follows."""
_RAW_BLOCKS = frozenset({"src", "example", "export"})

_SPACE = "\t\n\v\f\r \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
"""What Go's unicode.IsSpace accepts."""
_SPACES = re.compile(f"[{_SPACE}]+")
_LONGEST_LINE = 65_535
"""In bytes: the org reader gives up on a longer line."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that gives a value: its span with its line end, its key as it is written, and the value's span."""

    start: int
    end: int
    written: str
    value: str
    value_start: int
    value_end: int

    @property
    def key(self) -> str:
        """The key that Hugo sees."""
        return self.written.lower().removesuffix("[]")

    @property
    def is_list(self) -> bool:
        """Whether it is written `KEY[]: words`."""
        return self.written.endswith("[]")


class OrgSyntax:
    """The `Syntax` of org front matter: one level of keys; values are text and lists of text."""

    name = "org"

    def parse(self, matter: str, rules: ScalarRules | None = None) -> dict[str, Any]:
        """See `Syntax.parse`; `rules` are YAML's and have no say here."""
        groups: dict[tuple[str, bool], list[str]] = {}
        for line in _lines(matter):
            groups.setdefault((line.key, line.is_list), []).append(line.value)
        return {key: _read(key, is_list, texts) for (key, is_list), texts in groups.items()}

    def scalar(self, matter: str, path: KeyPath) -> Scalar | None:
        """See `Syntax.scalar`; nothing is ever quoted, and a time stamp is its whole text."""
        lines = _lines_of(matter, path[0])
        value = self.parse(matter)[lines[0].key]
        if len(path) == 1:
            return None if isinstance(value, list) else Scalar(lines[-1].value, quoted=False)
        items, index = _items(value, path)
        return Scalar(items[index], quoted=False)

    def set(self, matter: str, path: KeyPath, value: Any) -> Iterator[str]:
        """See `Syntax.set`; numbers and truth values become their text, which Hugo types where its own keys need it."""
        key = path[0]
        if len(path) > 1:
            items, index = _items(self.parse(matter)[str(key)], path, may_add=True)
            items[index : index + 1] = [value]
            value = items
        if not isinstance(key, str):
            raise KeyError(path)
        lines = [line for line in _lines(matter) if line.key == key]
        yield _with_lines(matter, lines, key, _compose(key, value, lines))

    def delete(self, matter: str, path: KeyPath) -> Iterator[str]:
        """See `Syntax.delete`."""
        lines = _lines_of(matter, path[0])
        if len(path) == 1:
            yield apply(matter, [Edit(line.start, line.end, "") for line in lines])
            return
        items, index = _items(self.parse(matter)[lines[0].key], path)
        del items[index]
        yield _with_lines(matter, lines, lines[0].key, _compose(lines[0].key, items, lines))

    def rename(self, matter: str, path: KeyPath, key: str) -> Iterator[str]:
        """See `Syntax.rename`; a key in capitals stays in capitals."""
        if len(path) != 1:
            raise KeyError(path)
        lines = _lines_of(matter, path[0])
        edits: list[Edit] = []
        for line in lines:
            name = line.written.removesuffix("[]")
            start = line.start + len("#+")
            edits.append(Edit(start, start + len(name), key.upper() if name.isupper() else key))
        yield apply(matter, edits)
        # A date's or filetags' line means something else under another key: the value is written for that one.
        tails = _compose(key, self.parse(matter)[lines[0].key], ())
        text = "".join(f"#+{key}{tail}{newline_of(matter)}" for tail in tails)
        gone = [Edit(line.start, line.end, "") for line in lines[1:]]
        yield apply(matter, [Edit(lines[0].start, lines[0].end, text), *gone])

    def move(self, matter: str, key: str, before: str | None) -> Iterator[str]:
        """See `Syntax.move`."""
        if not matter.endswith("\n"):
            matter += newline_of(matter)
        lines = _lines_of(matter, key)
        position = _lines_of(matter, before)[0].start if before is not None else len(matter)
        text = "".join(matter[line.start : line.end] for line in lines)
        gone = [Edit(line.start, line.end, "") for line in lines]
        yield apply(matter, [*gone, Edit(position, position, text)])

    def together(self, matter: str, batch: Batch) -> None:
        """See `Syntax.together`; edits are made one by one."""

    def notes(self, matter: str) -> Notes:
        """See `Syntax.notes`; between an org file's keywords stand no comments."""
        return {}

    def spans(self, matter: str) -> dict[str, tuple[int, int]]:
        """See `Syntax.spans`."""
        found: dict[str, tuple[int, int]] = {}
        for line in _lines(matter):
            found.setdefault(line.key, (line.start, line.end))
        return found

    def write(self, values: Mapping[str, Any], notes: Notes | None = None) -> str:
        """See `Syntax.write`; there is no place for comments, maps or empty (null) values."""
        lines = [f"#+{key}{tail}\n" for key, value in values.items() for tail in _compose(key, value, ())]
        return "".join(lines)


SYNTAX = OrgSyntax()


# Reading


def _lines(matter: str) -> list[_Line]:
    """Return the lines that give values; FrontMatterError for a line that is too long for the org reader."""
    found: list[_Line] = []
    undecided: list[_Line] = []
    unclosed: set[str] = set()
    spans = _spans(matter)
    number = 0
    while number < len(spans):
        start, end = spans[number]
        number += 1
        block = _BLOCK.match(matter, start, end)
        keyword = None if block else _keyword(matter, start, end)
        if keyword is not None and keyword.key in _OF_WHAT_FOLLOWS:
            undecided.append(keyword)
            continue
        if keyword is not None and keyword.key != "results":
            found.extend(undecided)
            found.extend([keyword] if keyword.key not in _NOT_VALUES else [])
        elif block and block[1].lower() == "begin" and (name := block[2].lower()) in _RAW_BLOCKS - unclosed:
            closing = _closing(matter, spans, number, name)
            if closing is None:
                unclosed.add(name)
            number = closing or number
        undecided = []
    return found + undecided


def _spans(matter: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    start = 0
    while start < len(matter):
        end = matter.find("\n", start) + 1 or len(matter)
        if end - start > _LONGEST_LINE // 4 and len(matter[start:end].encode(errors="replace")) > _LONGEST_LINE:
            raise FrontMatterError("the org reader refuses a line of more than 65,535 bytes", line=len(spans) + 1)
        spans.append((start, end))
        start = end
    return spans


def _keyword(matter: str, start: int, end: int) -> _Line | None:
    match = _KEYWORD.fullmatch(matter[start:end].removesuffix("\n").removesuffix("\r"))
    if match is None:
        return None
    raw = match[2] or ""
    value = raw.strip(_SPACE)
    value_start = start + match.start(2) + len(raw) - len(raw.lstrip(_SPACE)) if value else start + match.end()
    return _Line(start, end, match[1], value, value_start, value_start + len(value))


def _closing(matter: str, spans: Sequence[tuple[int, int]], number: int, name: str) -> int | None:
    """Return the number of the line after the end of a raw block, None when it has none."""
    for after in range(number, len(spans)):
        block = _BLOCK.match(matter, *spans[after])
        if block is not None and block[1].lower() == "end" and block[2].lower() == name:
            return after + 1
    return None


def _read(key: str, is_list: bool, texts: list[str]) -> str | list[str]:
    text = "\n".join(texts)
    if is_list:
        return [word for word in _SPACES.split(text) if word]
    if len(texts) > 1:
        return texts
    if key == "filetags":
        return text.removeprefix(":").removesuffix(":").split(":")
    if key in _DATE_KEYS and (stamp := _STAMP.search(text)):
        return stamp[1]
    return text


def _lines_of(matter: str, key: str | int) -> list[_Line]:
    lines = [line for line in _lines(matter) if line.key == key]
    if not lines:
        raise KeyError(key)
    return lines


def _items(value: str | list[str], path: KeyPath, *, may_add: bool = False) -> tuple[list[Any], int]:
    """Return the list that the second part of `path` points into, and where; KeyError when it leads nowhere."""
    index = path[1]
    if len(path) > 2 or not isinstance(value, list) or not isinstance(index, int):
        raise KeyError(path)
    if not 0 <= index < len(value) + may_add:
        raise KeyError(path)
    return [*value], index


# Writing


def _compose(key: str, value: Any, lines: Sequence[_Line]) -> list[str]:
    """Return what stands after the key on each of its lines; `lines` are those that it has, whose form is kept."""
    expected = [_text(item) for item in value] if isinstance(value, (list, tuple)) else _text(value)
    for tails in _forms(key, expected, lines):
        if _holds(key, expected, tails):
            return tails
    raise FrontMatterError(
        f"org front matter cannot hold this value of {key!r}: it has lines of text and lists of words"
    )


def _forms(key: str, value: str | list[str], lines: Sequence[_Line]) -> Iterator[list[str]]:
    if isinstance(value, str):
        if len(lines) == 1 and key in _DATE_KEYS and _PLAIN_STAMP.fullmatch(lines[0].value):
            yield [f": {stamp}" for stamp in _stamps(value, lines[0].value)]
        yield [f": {value}" if value else ":"]
        return
    repeated = [f": {item}" if item else ":" for item in value]
    if len(lines) > 1 and not lines[0].is_list:
        yield repeated
    if key == "filetags" and not any(line.is_list for line in lines):
        yield [f": :{':'.join(value)}:"]
    yield [f"[]: {' '.join(value)}" if value else "[]:"]
    yield repeated


def _stamps(value: str, old: str) -> Iterator[str]:
    """Yield the day in the brackets of `old`, with its name."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return
    yield f"{old[0]}{day:%Y-%m-%d %a}{old[-1]}"


def _holds(key: str, value: str | list[str], tails: list[str]) -> bool:
    text = "".join(f"#+{key}{tail}\n" for tail in tails)
    return SYNTAX.parse(text) == {key: value}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int, float)):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    raise FrontMatterError(f"org front matter cannot hold a {type(value).__name__}: it has text and lists of text")


def _with_lines(matter: str, lines: Sequence[_Line], key: str, tails: Sequence[str]) -> str:
    """Return the matter with the lines of one key written with `tails`; lines that need no change keep their text."""
    newline = newline_of(matter)
    neighbours = lines or _lines(matter)
    capitals = bool(neighbours) and all(line.written.isupper() for line in neighbours)
    written = lines[0].written.removesuffix("[]") if lines else key.upper() if capitals else key
    edits: list[Edit] = []
    for line, tail in zip(lines, tails, strict=False):
        if line.is_list is tail.startswith("[]:"):
            value = tail.partition(":")[2].removeprefix(" ")
            lead = " " if value and not line.value else ""
            edits.append(Edit(line.value_start, line.value_end, lead + value))
        else:
            edits.append(Edit(line.start, line.end, f"#+{written}{tail}{newline}"))
    edits.extend(Edit(line.start, line.end, "") for line in lines[len(tails) :])
    position = lines[-1].end if lines else len(matter)
    text = "".join(f"#+{written}{tail}{newline}" for tail in tails[len(lines) :])
    lead = newline if text and position and matter[position - 1] != "\n" else ""
    return apply(matter, [*edits, Edit(position, position, lead + text)])
