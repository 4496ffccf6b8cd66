"""New YAML as a person would write it: block lists, no needless quotes, no wrapping by width.

Whatever is written reads the same under every program's rules (Hugo's and Jekyll's), so that one text serves both.
"""

from __future__ import annotations

import base64
import json
import math
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from hugoconv.errors import FrontMatterError
from hugoconv.frontmatter.dates import DateText, Instant
from hugoconv.frontmatter.syntax import KeyPath, Note, Notes
from hugoconv.frontmatter.yaml.scalars import is_string_everywhere

_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_NOT_PLAIN = re.compile(r"""[-?:](?:\s|\Z)|[\s,\[\]{}#&*!|>'"%@`]|---|\.\.\.""")
"""What a plain scalar must not begin with."""
_ENDS_PLAIN = re.compile(r":(?:\s|\Z)|\s#|\s\Z|[\n\t]")
_SURELY_PLAIN = re.compile(r"[A-Za-z][\w /,;.()'\"!?&-]{5,}+(?<! )")
"""Words that are too many letters for a value of another type."""
_FLOW_ONLY = re.compile(r"[,\[\]{}?:]|\A-")


_SAME_KEY = re.compile(r"0|[1-9]\d{0,17}|true|false")

NO_NOTES: Notes = {}


def write(values: Mapping[str, Any], notes: Notes | None = None) -> str:
    """Return a matter with `values`, each key and item with its comments from `notes`; see `Syntax.write`."""
    notes = notes or NO_NOTES
    lines = map_lines(values, "", (), notes)
    if () in notes:
        lines += _comment_lines(notes[()].after)
    return "".join(f"{line}\n" for line in lines)


def entry_lines(key: str, value: Any, indent: str = "", path: KeyPath = (), notes: Notes = NO_NOTES) -> list[str]:
    """Return the lines of `key: value` at `indent`, with the notes of its path and of what is inside."""
    block = _value_lines(f"{indent}{key_text(key)}:", value, indent, path, notes)
    return _with_note(block, indent, notes[path]) if path in notes else block


def map_lines(value: Mapping[str, Any], indent: str, path: KeyPath = (), notes: Notes = NO_NOTES) -> list[str]:
    """Return the lines of a block map whose keys stand at `indent`."""
    return [line for key, item in value.items() for line in entry_lines(str(key), item, indent, (*path, key), notes)]


def list_lines(
    items: list[Any] | tuple[Any, ...], indent: str, path: KeyPath = (), notes: Notes = NO_NOTES
) -> list[str]:
    """Return the lines of a block list whose dashes stand at `indent`."""
    lines: list[str] = []
    for index, item in enumerate(items):
        inner = (*path, index)
        if isinstance(item, str) and "\n" not in item and inner not in notes:
            lines.append(f"{indent}- {scalar_text(item)}")
            continue
        block = _item_lines(item, indent, inner, notes)
        # What stands above the first key of a map in a list is written above the dash.
        first = _first_line(block)
        block[:first] = [indent + line.strip() if line.strip() else "" for line in block[:first]]
        block[first] = f"{indent}- {block[first][len(indent) + 2 :]}"
        if inner in notes:
            note = notes[inner]
            if note.beside is not None and isinstance(item, (Mapping, list, tuple)) and item:
                note = Note((*note.above, note.beside), None, note.after)
            block = _with_note(block, indent, note)
        lines += block
    return lines


def _item_lines(item: Any, indent: str, path: KeyPath, notes: Notes) -> list[str]:
    if isinstance(item, Mapping) and item:
        return map_lines(item, indent + "  ", path, notes)
    if isinstance(item, (list, tuple)) and item:
        return list_lines(item, indent + "  ", path, notes)
    return _value_lines(f"{indent} ", item, indent, path, notes)


def _value_lines(head: str, value: Any, indent: str, path: KeyPath, notes: Notes) -> list[str]:
    """Return the lines of a value after `head`, which is a key with its colon or the place of a dash."""
    if isinstance(value, str):
        if "\n" in value and is_block_text(value):
            return [f"{head} {_block_header(value)}", *_block_text_lines(value, indent + "  ")]
    elif isinstance(value, (list, tuple)) and value:
        return [head, *list_lines(value, indent + "  ", path, notes)]
    elif isinstance(value, Mapping) and value:
        return [head, *map_lines(value, indent + "  ", path, notes)]
    return [f"{head} {scalar_text(value)}"]


def _with_note(block: list[str], indent: str, note: Note) -> list[str]:
    """Return an entry's lines with its comments."""
    if note.beside is not None:
        first = _first_line(block)
        block = [*block[:first], f"{block[first]} {_comment(note.beside)}", *block[first + 1 :]]
    return [*_comment_lines(note.above, indent), *block, *_comment_lines(note.after, indent + "  ")]


def _first_line(block: list[str]) -> int:
    """Return the number of the first line that is not a comment."""
    return next(number for number, line in enumerate(block) if line.strip() and line.lstrip()[0] != "#")


def _comment_lines(lines: Iterable[str | None], indent: str = "") -> list[str]:
    return ["" if line is None else f"{indent}{_comment(line)}" for line in lines]


def _comment(text: str) -> str:
    return f"# {text}" if text else "#"


def flow_text(value: Any) -> str:
    """Return `value` on one line, lists and maps in brackets."""
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_flow_scalar(str(key))}: {flow_text(item)}" for key, item in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(flow_text(item) for item in value)}]"
    return _flow_scalar(value)


def _flow_scalar(value: Any) -> str:
    text = scalar_text(value)
    return double_quoted(value) if isinstance(value, str) and text == value and _FLOW_ONLY.search(text) else text


def key_text(key: str) -> str:
    """Return a map key as it is written; `1:` and `true:` are the same keys without quotes."""
    return key if _is_plain(key) or _SAME_KEY.fullmatch(key) else double_quoted(key)


def scalar_text(value: Any, style: str = "") -> str:
    """Return a scalar on one line; `style` ("'" or '"') is kept where it can hold the value.

    FrontMatterError for a value that YAML has no scalar for.
    """
    if type(value) is str:
        return _string_text(value, style)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _float_text(value)
    if isinstance(value, DateText):
        return f"!!timestamp {value}" if isinstance(value, Instant) else str(value)
    if isinstance(value, str):
        return _string_text(value, style)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return f"!!binary {base64.b64encode(value).decode()}"
    if isinstance(value, Mapping):
        return "{}"
    if isinstance(value, (list, tuple)):
        return "[]"
    raise FrontMatterError(f"YAML cannot hold a {type(value).__name__}")


def double_quoted(text: str) -> str:
    """Return `text` in double quotes with the escapes that YAML and its readers need."""
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


def _string_text(text: str, style: str) -> str:
    if not style and _SURELY_PLAIN.fullmatch(text):
        return text
    single_fits = not _ESCAPED.search(text) and "\n" not in text and "\t" not in text
    if style == "'" and single_fits:
        return f"'{text.replace(chr(39), chr(39) * 2)}'"
    if style == '"':
        return double_quoted(text)
    if _is_plain(text):
        return text
    if single_fits and ('"' in text or "\\" in text) and "'" not in text:
        return f"'{text}'"
    return double_quoted(text)


@lru_cache(maxsize=2048)  # keys and names come again and again
def _is_plain(text: str) -> bool:
    return (
        bool(text)
        and not _NOT_PLAIN.match(text)
        and not _ENDS_PLAIN.search(text)
        and not _ESCAPED.search(text)
        and is_string_everywhere(text)
    )


def _float_text(value: float) -> str:
    if math.isinf(value):
        return ".inf" if value > 0 else "-.inf"
    if math.isnan(value):
        return ".nan"
    text = repr(value)
    mantissa, _, exponent = text.partition("e")
    if not exponent:
        return text
    mantissa += "" if "." in mantissa else ".0"
    return f"{mantissa}e{exponent if exponent[0] in '+-' else '+' + exponent}"


def is_block_text(text: str) -> bool:
    """Whether `text` reads best as a literal block, and survives in one."""
    lines = text.split("\n")
    return (
        len(lines) > 1
        and not _ESCAPED.search(text)
        and bool(lines[0])
        and lines[0][0] not in " \t"
        and not any(line.isspace() for line in lines)
        and text.strip("\n") != ""
    )


def _block_header(text: str) -> str:
    if not text.endswith("\n"):
        return "|-"
    return "|+" if text.endswith("\n\n") else "|"


def _block_text_lines(text: str, indent: str) -> list[str]:
    body = text[:-1] if text.endswith("\n") else text
    return [f"{indent}{line}" if line else "" for line in body.split("\n")]
