"""TOML's values as Hugo's reader (go-toml 2) gives them, on tomllib."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from hugoconv.edits import Edit, apply
from hugoconv.errors import FrontMatterError
from hugoconv.frontmatter.toml import strings
from hugoconv.frontmatter.toml.statements import Value, scan

_PLACE = re.compile(r"(?P<message>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)", re.DOTALL)
_LONG_INTEGER = re.compile(r"[0-9A-Fa-f_]{16}|0[ob]")
_NEW_IN_BASIC = re.compile(r"\\[ \t]*\r\n[ \t\r\n]*|\\x(?P<code>[0-9A-Fa-f]{2})|\\.|\r\n", re.DOTALL)
_MINUTES = re.compile(r"((?:\d{4}-\d{2}-\d{2}[Tt ])?\d{2}:\d{2})([Zz]|[-+]\d{2}:\d{2})?")


def parse(matter: str) -> dict[str, Any]:
    """Return the values of a TOML matter; FrontMatterError (line, column) when Hugo could not read it.

    Two rules of go-toml differ from tomllib's: "\\r\\n" inside a string over several lines stays in the value, and
    TOML 1.1 is read (inline tables over several lines, `\\e` and `\\xHH`, times without seconds).
    """
    keeps_returns = "\r\n" in matter and ('"""' in matter or "'''" in matter)
    try:
        values = _loads(_as_toml_1_0(matter) if keeps_returns else matter)
    except FrontMatterError as error:
        try:
            values = _loads(_as_toml_1_0(matter))
        except FrontMatterError:
            raise error from None
    if _LONG_INTEGER.search(matter):
        _check_integers(values)
    return values


def _loads(source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(source)
    except RecursionError:
        raise FrontMatterError("TOML nested too deeply") from None
    except ValueError as error:
        match = _PLACE.fullmatch(str(error))
        if match is None:
            raise FrontMatterError(str(error)) from error
        line = int(match["line"] or source.count("\n") + 1)
        raise FrontMatterError(match["message"], line=line, column=int(match["column"] or 0)) from error


def _check_integers(values: Any) -> None:
    waiting = [values]
    while waiting:
        value = waiting.pop()
        if isinstance(value, (dict, list)):
            waiting.extend(value.values() if isinstance(value, dict) else value)
        elif isinstance(value, int) and not -(2**63) <= value < 2**63:
            raise FrontMatterError(f"{value} does not fit in 64 bits, all that TOML's integers have: quote it")


def _as_toml_1_0(matter: str) -> str:
    """Return the matter with what only go-toml reads written as TOML 1.0."""
    edits: list[Edit] = []
    waiting = [statement.value for statement in scan(matter) if statement.value is not None]
    while waiting:
        value = waiting.pop()
        if value.items is not None:
            if value.kind == "map":
                edits.extend(_on_one_line(matter, value))
            waiting.extend(item.value for item in value.items)
            continue
        old = matter[value.start : value.end]
        new = _scalar_as_toml_1_0(old, value.style)
        if new != old:
            edits.append(Edit(value.start, value.end, new))
    return apply(matter, edits)


def _on_one_line(matter: str, table: Value) -> list[Edit]:
    """Return the edits that put an inline table on one line, without comments and a comma after its last pair."""
    items = table.items or []
    starts = [*(item.start for item in items), table.end - 1]
    ends = [table.start + 1, *(item.value.end for item in items)]
    if table.comma is None and not any("\n" in matter[end:start] for end, start in zip(ends, starts, strict=True)):
        return []
    gaps = [" ", *[", "] * (len(items) - 1), " "]
    return [Edit(end, start, gap) for end, start, gap in zip(ends, starts, gaps, strict=False)]


def _scalar_as_toml_1_0(text: str, style: str) -> str:
    if style == strings.MULTILINE_LITERAL and "\r\n" in text:
        return strings.quote(text[3:-3].removeprefix("\r\n"))
    if style == strings.MULTILINE_BASIC:
        opening = '"""\r\n' if text.startswith('"""\r\n') else '"""'
        return opening + _NEW_IN_BASIC.sub(_old_escape, text[len(opening) :])
    if style == strings.BASIC:
        return _NEW_IN_BASIC.sub(_old_escape, text)
    if not style and (match := _MINUTES.fullmatch(text)):
        return f"{match[1]}:00{match[2] or ''}"
    return text


def _old_escape(match: re.Match[str]) -> str:
    if match["code"]:
        return f"\\u00{match['code']}"
    return {"\\e": "\\u001b", "\r\n": "\\r\n"}.get(match[0], match[0])
