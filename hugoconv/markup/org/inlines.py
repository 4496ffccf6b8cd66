"""What stands in the lines of an org text, as go-org 1.9, Hugo's reader of org, reads it (`org/inline.go`).

Four constructs are read where they stand and nowhere else, where go-org takes a later one of the line for this one and
loses the words between: macros, `@@html:..@@`, `src_x{..}`, and several macros in a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from hugoconv.markup.org.tree import (
    Emphasis,
    Formula,
    Inline,
    InlineCode,
    InlineExport,
    Inlines,
    LineBreak,
    LineEnd,
    Link,
    MacroCall,
    NoteMark,
    Progress,
    Stamp,
    Words,
)

MOST_NESTED = 24
"""How deep emphasis is read in emphasis."""
_MOST_MARKS = 64
"""How many marks are looked at for the end of an emphasis."""
_FAR = 4096
"""How far away the end of a link or formula is looked for, so that a text of openings is read in linear time."""
_STARTS = re.compile(r"[\^_@*/+=~\[{<\\$\n:]")
_BEFORE = frozenset("-({'\"")
_AFTER = frozenset("-.,:!?;'\")}[\\")
_SCRIPT = re.compile(r"([_^])\{([^{}]+?)\}")
_CODE = re.compile(r"(?<!\S)src_(\w+)(?:\[[^\]]*\])?\{([^}]*)\}", re.ASCII)
_EXPORT = re.compile(r"@@(\w+):(.{0,4000}?)@@", re.ASCII)
_MACRO = re.compile(r"\{\{\{([^(){}\n]{0,100})\((.{0,1000}?)\)\}\}\}")
_NOTE = re.compile(r"\[fn:([\w-]{0,100})(?::([^\]\n]{0,4000}))?\]", re.ASCII)
_PROGRESS = re.compile(r"\[(\d+/\d+|\d+%)\]", re.ASCII)
_STAMP = re.compile(r"<(\d{4}-\d{2}-\d{2})(?: [A-Za-z]+)?( \d{2}:\d{2})?( \+\d+[dwmy])?>", re.ASCII)
_HARD_BREAK = re.compile(r"\\\\[^\S\n]*\n")
_ENVIRONMENT = re.compile(r"\\begin\{(\w+)\}", re.ASCII)
_PROTOCOL = re.compile(r"(?<![A-Za-z])(?:https?|ftp|file)\Z")
_ADDRESS = re.compile(r"://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]+")
_PAIRS = {r"\(": r"\)", r"\[": r"\]", "$$": "$$", "$": "$"}

Found = tuple[int, int, Inline]
"""Where a construct begins and ends, and what it is."""


def read(text: str, depth: int = 0) -> Inlines:
    """Return what stands in a text; never raises."""
    found: list[Inline] = []
    shown = position = 0
    while match := _STARTS.search(text, position):
        start = match.start()
        construct = _READERS[text[start]](text, start, depth)
        if construct is None or construct[0] < shown:
            position = start + 1
            continue
        begin, position, inline = construct
        if begin > shown:
            found.append(Words(text[shown:begin]))
        found.append(inline)
        shown = position
    if shown < len(text):
        found.append(Words(text[shown:]))
    return found


def _script(text: str, start: int, _depth: int) -> Found | None:
    if match := _SCRIPT.match(text, start):
        return start, match.end(), Emphasis(f"{match[1]}{{", (Words(match[2]),))
    return None


def _underscore(text: str, start: int, depth: int) -> Found | None:
    code = _CODE.match(text, start - 3) if start >= 3 else None
    if code:
        return code.start(), code.end(), InlineCode(code[1].lower(), code[2])
    return _script(text, start, depth) or _emphasis(text, start, depth)


def _emphasis(text: str, start: int, depth: int) -> Found | None:
    """Read what stands between two marks, on two lines at most."""
    mark = text[start]
    if not _may_stand_before(text, start - 1) or text[start + 1 : start + 2].isspace() or depth >= MOST_NESTED:
        return None
    line_end = text.find("\n", start + 1)
    limit = text.find("\n", line_end + 1) if line_end >= 0 else -1
    end = start + 1
    for _ in range(_MOST_MARKS):
        end = text.find(mark, end + 1, limit if limit >= 0 else len(text))
        if end < 0:
            return None
        if not text[end - 1].isspace() and _may_stand_after(text, end + 1):
            inside = text[start + 1 : end]
            content = (Words(inside, raw=True),) if mark in "=~" else read(inside, depth + 1)
            return start, end + 1, Emphasis(mark, content)
    return None


def _may_stand_before(text: str, position: int) -> bool:
    return position < 0 or text[position].isspace() or text[position] in _BEFORE


def _may_stand_after(text: str, position: int) -> bool:
    return position >= len(text) or text[position].isspace() or text[position] in _AFTER


def _export(text: str, start: int, _depth: int) -> Found | None:
    match = _EXPORT.match(text, start)
    return (start, match.end(), InlineExport(match[1].lower(), match[2])) if match else None


def _bracket(text: str, start: int, depth: int) -> Found | None:
    if text.startswith("[[", start):
        return _link(text, start, depth)
    if match := _NOTE.match(text, start):
        if not match[1] and not match[2]:
            return None
        definition = read(match[2], depth + 1) if match[2] and depth < MOST_NESTED else None
        return start, match.end(), NoteMark(match[1], definition)
    match = _PROGRESS.match(text, start)
    return (start, match.end(), Progress(match[1])) if match else None


def _link(text: str, start: int, depth: int) -> Found | None:
    end = text.find("]]", start, start + _FAR)
    if end < 0 or text.startswith("[[[", start) or depth >= MOST_NESTED:
        return None
    target, *rest = text[start + 2 : end].split("][")
    if "\n" in target:
        return None
    written = rest[0] if len(rest) == 1 else ""
    return start, end + 2, Link(target, read(written, depth + 1), written)


def _macro(text: str, start: int, _depth: int) -> Found | None:
    match = _MACRO.match(text, start)
    return (start, match.end(), MacroCall(match[1], tuple(match[2].split(",")))) if match else None


def _stamp(text: str, start: int, _depth: int) -> Found | None:
    match = _STAMP.match(text, start)
    if match is None:
        return None
    try:
        moment = datetime.fromisoformat(f"{match[1]}{match[2] or ' 00:00'}")
    except ValueError:
        return None
    day = f"{match[1]} {_DAYS[moment.weekday()]}"
    return start, match.end(), Stamp(f"{day}{match[2] or ''}{match[3] or ''}")


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _backslash(text: str, start: int, _depth: int) -> Found | None:
    if start and text[start - 1] != "\n" and (match := _HARD_BREAK.match(text, start)):
        return start, match.end(), LineBreak()
    if text.startswith((r"\(", r"\["), start):
        return _formula(text, start, text[start : start + 2])
    if match := _ENVIRONMENT.match(text, start):
        closing = rf"\end{{{match[1]}}}"
        end = text.find(closing, match.end(), match.end() + _FAR)
        return (start, end + len(closing), Formula(text[start : end + len(closing)])) if end >= 0 else None
    return None


def _dollar(text: str, start: int, _depth: int) -> Found | None:
    return _formula(text, start, "$$" if text.startswith("$$", start) else "$")


def _formula(text: str, start: int, opening: str) -> Found | None:
    closing = _PAIRS[opening]
    end = text.find(closing, start + len(opening), start + _FAR) if start + 2 < len(text) else -1
    return (start, end + len(closing), Formula(text[start : end + len(closing)])) if end >= 0 else None


def _line_end(text: str, start: int, _depth: int) -> Found:
    end = start + 1
    while text.startswith("\n", end):
        end += 1
    is_wide = start > 0 and end < len(text) and text[start - 1] > "\x7f" and text[end] > "\x7f"
    return start, end, LineEnd(end - start, is_wide)


def _address(text: str, start: int, _depth: int) -> Found | None:
    """Read an address among words, from the colon behind its protocol."""
    path = _ADDRESS.match(text, start)
    protocol = _PROTOCOL.search(text, max(start - len("https") - 1, 0), start) if path else None
    if path is None or protocol is None:
        return None
    return protocol.start(), path.end(), Link(f"{protocol[0]}{path[0]}")


_READERS: dict[str, Callable[[str, int, int], Found | None]] = {
    "^": _script,
    "_": _underscore,
    "@": _export,
    **dict.fromkeys("*/+=~", _emphasis),
    "[": _bracket,
    "{": _macro,
    "<": _stamp,
    "\\": _backslash,
    "$": _dollar,
    "\n": _line_end,
    ":": _address,
}
