"""Ghost's redirects (redirects.json, redirects.yaml): patterns, of which those are carried that name one path."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote

import yaml

from hugoconv.model import Redirect
from hugoconv.report.findings import Findings

_LITERAL = re.compile(r"\^?(?P<path>(?:[\w/~%@:,;!&=-]|\\[./+?()\[\]-]|\.)+)(?:/\?)?\$?\Z")
_ESCAPED = re.compile(r"\\(.)")
_CODES = ("301", "302")


def redirects_in(written: str, file: str, log: Findings) -> Iterator[Redirect]:
    """Yield the redirects of a file; a pattern for many paths is a finding, as is a file of another make."""
    try:
        rows = _rows(json.loads(written) if file.endswith(".json") else yaml.load(written, Loader=yaml.CSafeLoader))
    except (ValueError, yaml.YAMLError, RecursionError, TypeError, AttributeError) as error:
        log.add("HC126", file=file, detail=str(error).partition("\n")[0])
        return
    for old, new in rows:
        path = literal(old)
        if path and "$" not in new:
            yield Redirect(path, new)
        else:
            log.add("HC128", file=file, old=old, new=new)


def _rows(value: Any) -> list[tuple[str, str]]:
    if isinstance(value, list):
        return [(str(row["from"]), str(row["to"])) for row in value if isinstance(row, dict) and "from" in row]
    if isinstance(value, dict):
        known = {str(code): rows for code, rows in value.items()}
        return [(str(old), str(new)) for code in _CODES for old, new in (known.get(code) or {}).items()]
    raise ValueError("a list of redirects expected")


def literal(pattern: str) -> str:
    """Return the one path that a pattern stands for, "" for one that stands for more."""
    match = _LITERAL.match(pattern)
    if match is None:
        return ""
    path = _ESCAPED.sub(r"\1", match["path"])
    return path if path.startswith("/") else f"/{path}"


def as_requested(path: str) -> str:
    """Return a path in the one spelling in which Ghost meets it: percent-encoded, however it is written."""
    return quote(unquote(path), safe="/~@:,;!&=-+()[]")


def pattern_of(path: str) -> str:
    """Return the pattern for one path, as Ghost compares it with the path of a request: percent-encoded, from the root.

    A folder is found without the slash at its end, too.
    """
    written = re.escape(as_requested(path)).replace(r"\-", "-").replace(r"\&", "&")
    written = written.replace(r"\~", "~")
    return f"^{written.removesuffix('/')}/?$" if path.endswith("/") else f"^{written}$"
