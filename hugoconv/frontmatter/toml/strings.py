"""TOML's strings and keys as text: four kinds of quotes, each for the values it can hold."""

from __future__ import annotations

import re
import tomllib

from hugoconv.errors import FrontMatterError

BASIC, LITERAL, MULTILINE_BASIC, MULTILINE_LITERAL = '"', "'", '"""', "'''"

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f]')
_ESCAPED_IN_LINES = re.compile(r'\\|"""|"\Z|[\x00-\x08\x0b-\x1f\x7f]')
_UNSAFE_LITERAL = re.compile(r"['\x00-\x08\x0a-\x1f\x7f]")
_UNSAFE_LITERAL_LINES = re.compile(r"'''|'\Z|[\x00-\x08\x0b-\x1f\x7f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SHORT_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def quote(value: str, style: str = BASIC, newline: str = "\n") -> str:
    r"""Return `value` as a TOML string, quoted in `style` where that can hold it, else in double quotes.

    In text whose lines end in "\r\n" no string is written over several lines: Hugo keeps the "\r" in the value.
    FrontMatterError for half of a surrogate pair, which no TOML string can hold.
    """
    if _SURROGATE.search(value):
        raise FrontMatterError("TOML cannot hold half of a surrogate pair: replace the character")
    if style == LITERAL and not _UNSAFE_LITERAL.search(value):
        return f"'{value}'"
    if "\n" in value and newline == "\n":
        if style == MULTILINE_LITERAL and not _UNSAFE_LITERAL_LINES.search(value):
            return f"'''\n{value}'''"
        if style in (MULTILINE_BASIC, MULTILINE_LITERAL) and "\r" not in value:
            return f'"""\n{_ESCAPED_IN_LINES.sub(_escape, value)}"""'
    return f'"{_ESCAPED.sub(_escape, value)}"'


def decode(text: str) -> str:
    """Return the value of a TOML string of any kind; FrontMatterError for one that TOML refuses."""
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError as error:
        raise FrontMatterError(f"invalid TOML: {error}", line=1) from None
    if not isinstance(value, str):
        raise ValueError(text)
    return value


def key_text(key: str, quotes: str = "") -> str:
    """Return `key` as TOML writes it: bare where that is allowed, else in double quotes; `quotes` are kept."""
    if not quotes and _BARE_KEY.fullmatch(key):
        return key
    return quote(key, quotes or BASIC)


def _escape(match: re.Match[str]) -> str:
    return "".join(_SHORT_ESCAPES.get(char) or f"\\u{ord(char):04x}" for char in match[0])
