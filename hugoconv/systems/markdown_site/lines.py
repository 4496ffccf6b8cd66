"""Front matter as lines of `key: value`, which are no YAML: Python-Markdown's metadata, as Pelican reads it."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from hugoconv.fields import KeyTable
from hugoconv.frontmatter.document import FrontMatter
from hugoconv.frontmatter.fences import Parts
from hugoconv.report.findings import PlacedFindings

_LINE = re.compile(r"[ ]{0,3}(?P<key>[A-Za-z0-9_-]+):[ \t]*(?P<value>[^\r\n]*)(?:\r?\n|\Z)")
_MORE = re.compile(r"[ ]{4,}(?P<value>[^\r\n]*\S[^\r\n]*)(?:\r?\n|\Z)")
_NOT_IN_KEY = re.compile(r"[^A-Za-z0-9_-]+")
_ADDRESSES, _SEMICOLON = "aliases", "%3B"
"""A list of addresses, in which a semicolon is written as addresses write it."""
_LISTS = frozenset({"tags", "authors", "aliases"})
"""The keys whose value is a list, between semicolons where a name has a comma."""


def written(front_matter: FrontMatter, keys: KeyTable, log: PlacedFindings) -> str:
    """Return the lines, with the blank line that ends them."""
    if comments := sum(note.comments for note in front_matter.notes().values()):
        log.add("HC205", count=comments, syntax="key: value")
    values = dict(front_matter)
    lines = {_NOT_IN_KEY.sub("_", key).strip("_"): _text(key, value, front_matter) for key, value in values.items()}
    ordered = sorted(lines, key=lambda key: key != "title")
    return "".join(f"{key}: {lines[key]}\n" for key in ordered if key) + "\n"


def _text(key: str, value: Any, front_matter: FrontMatter) -> str:
    if key in _LISTS and isinstance(value, (list, tuple)):
        names = [_one_line(str(item)) for item in value]
        return joined([name.replace(";", _SEMICOLON) for name in names] if key == _ADDRESSES else names)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        scalar = front_matter.scalar(key)
        return scalar.text if scalar else value.isoformat()
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return _one_line("" if value is None else str(value))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def joined(names: list[str]) -> str:
    """Return names as one text, which is taken apart at semicolons if it has one, else at commas.

    A semicolon in a name becomes a comma.
    """
    names = [name.replace(";", ",") for name in names]
    if not any("," in name for name in names):
        return ", ".join(names)
    return "; ".join(names) + (";" if len(names) == 1 else "")


def parted(text: str) -> list[str]:
    """Return the names in a text."""
    return [name for part in text.split(";" if ";" in text else ",") if (name := part.strip())]


def split(text: str) -> tuple[Parts, dict[str, Any]]:
    """Return a file's parts and its values; the parts have no matter, the lines are the opening."""
    values: dict[str, Any] = {}
    position = 1 if text.startswith("\ufeff") else 0
    last = ""
    while True:
        match, more = _LINE.match(text, position), _MORE.match(text, position)
        if match is not None:
            last = match["key"].lower()
            values[last] = match["value"].strip()
        elif more is not None and last:
            match = more
            values[last] = f"{values[last]} {more['value'].strip()}"
        else:
            break
        position = match.end()
    if values:
        blank = re.compile(r"[ \t]*(?:\r?\n|\Z)").match(text, position)
        position = blank.end() if blank else position
    for key in _LISTS & values.keys():
        values[key] = parted(values[key])
    if _ADDRESSES in values:
        values[_ADDRESSES] = [name.replace(_SEMICOLON, ";") for name in values[_ADDRESSES]]
    return Parts("", text[:position], "", "", text[position:]), values
