"""New YAML as a person would write it: block lists, no needless quotes, no wrapping by width.

Whatever is written reads the same under every program's rules (Hugo's and Jekyll's), so that one text serves both.
"""

from __future__ import annotations

import base64
import json
import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from hugoconv.errors import FrontMatterError
from hugoconv.frontmatter.dates import DateText
from hugoconv.frontmatter.syntax import Entry, Notes
from hugoconv.frontmatter.yaml.scalars import is_string_everywhere

_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_NOT_PLAIN = re.compile(r"""[-?:](?:\s|\Z)|[\s,\[\]{}#&*!|>'"%@`]|---|\.\.\.""")
"""What a plain scalar must not begin with."""
_ENDS_PLAIN = re.compile(r":(?:\s|\Z)|\s#|\s\Z|[\n\t]")
_FLOW_ONLY = re.compile(r"[,\[\]{}?:]|\A-")


def write(values: Mapping[str, Any], notes: Notes | None = None) -> str:
    """Return a matter with `values`, each key with its comments from `notes`; see `Syntax.write`."""
    notes = notes or Notes()
    lines: list[str] = []
    for key, value in values.items():
        entry = notes.entries.get(key)
        if entry:
            if entry.blank_before and lines:
                lines.append("")
            lines += comment_lines(entry)
        block = entry_lines(key, value)
        if entry and entry.comment_beside is not None:
            block = _with_comment(block, entry.comment_beside)
        lines += block
    lines += [_comment(text) for text in notes.comments_after]
    return "".join(f"{line}\n" for line in lines)


def comment_lines(entry: Entry) -> list[str]:
    """Return the comment lines that stand above an entry."""
    return [_comment(text) for text in entry.comments_above]


def _comment(text: str) -> str:
    return f"# {text}" if text else "#"


def _with_comment(block: list[str], comment: str) -> list[str]:
    first = block[0]
    if len(block) > 1 and not first.endswith((":", "|", "|-", "|+")):
        return [_comment(comment), *block]
    return [f"{first} {_comment(comment)}", *block[1:]]


def entry_lines(key: str, value: Any, indent: str = "") -> list[str]:
    """Return the lines of `key: value` at `indent`."""
    name = f"{indent}{key_text(key)}:"
    if isinstance(value, Mapping) and value:
        return [name, *map_lines(value, indent + "  ")]
    if isinstance(value, (list, tuple)) and value:
        return [name, *list_lines(value, indent + "  ")]
    if isinstance(value, str) and is_block_text(value):
        return [f"{name} {_block_header(value)}", *_block_text_lines(value, indent + "  ")]
    return [f"{name} {scalar_text(value)}"]


def map_lines(value: Mapping[str, Any], indent: str) -> list[str]:
    """Return the lines of a block map whose keys stand at `indent`."""
    return [line for key, item in value.items() for line in entry_lines(str(key), item, indent)]


def list_lines(items: list[Any] | tuple[Any, ...], indent: str) -> list[str]:
    """Return the lines of a block list whose dashes stand at `indent`."""
    lines: list[str] = []
    for item in items:
        if isinstance(item, Mapping) and item:
            block = map_lines(item, indent + "  ")
        elif isinstance(item, (list, tuple)) and item:
            block = list_lines(item, indent + "  ")
        elif isinstance(item, str) and is_block_text(item):
            block = [f"{indent}  {_block_header(item)}", *_block_text_lines(item, indent + "  ")]
        else:
            block = [f"{indent}  {scalar_text(item)}"]
        lines += [f"{indent}- {block[0][len(indent) + 2 :]}", *block[1:]]
    return lines


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
    """Return a map key as it is written; keys are strings, and `1:` or `true:` would be read as such anyway."""
    return (
        key
        if _is_plain(key) or (re.fullmatch(r"[\w.-]+", key) and not key.startswith(("-", ".")))
        else double_quoted(key)
    )


def scalar_text(value: Any, style: str = "") -> str:
    """Return a scalar on one line; `style` ("'" or '"') is kept where it can hold the value.

    FrontMatterError for a value that YAML has no scalar for.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _float_text(value)
    if isinstance(value, DateText):
        return str(value)
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
