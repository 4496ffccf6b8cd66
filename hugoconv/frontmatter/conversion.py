"""From one front matter syntax to another, with comments, order and meaning."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from hugoconv.frontmatter.dates import DateText
from hugoconv.frontmatter.document import FrontMatter, same, syntax_named
from hugoconv.frontmatter.syntax import KeyPath
from hugoconv.report.findings import PlacedFindings

FENCES = {"yaml": "---", "toml": "+++", "json": "", "org": ""}
"""The line that opens and closes front matter in each syntax, "" for the syntaxes that need none."""

_TOML_DATE = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[-+]\d{2}:\d{2})?)?")
_WITHOUT_NULL = ("toml", "org")
_WITHOUT_COMMENTS = ("json", "org")


def matter_in(
    front_matter: FrontMatter, syntax: str, log: PlacedFindings, date_keys: Collection[str] = frozenset()
) -> str:
    r"""Return the front matter's values written in another syntax, lines ending in its own line end.

    `date_keys` (lower case) are the top-level keys whose text is a date to the program that reads the result: they are
    written bare where the syntax has dates. What the syntax cannot hold (comments, null) is a finding each, once a
    file. FrontMatterError when a value cannot be written at all.
    """
    writing = _Writing(front_matter, syntax)
    values = writing.map((), dict(front_matter), date_keys)
    notes = front_matter.notes()
    above = sum(len(entry.comments_above) + (entry.comment_beside is not None) for entry in notes.entries.values())
    lost = sum(entry.comments_inside for entry in notes.entries.values())
    if syntax in _WITHOUT_COMMENTS:
        lost += above + len(notes.comments_after)
    if lost:
        log.add("HC205", count=lost, syntax=front_matter.syntax.upper())
    for key in writing.nulls:
        log.add("HC207", key=key, syntax=syntax.upper(), instead="it is left out")
    matter = syntax_named(syntax).write(values, notes)
    return matter if front_matter.newline == "\n" else _with_line_ends(matter, syntax, front_matter)


def _with_line_ends(matter: str, syntax: str, front_matter: FrontMatter) -> str:
    """Return the matter with the file's own line ends, unless they would get into a value (TOML's multi-line texts)."""
    candidate = matter.replace("\n", front_matter.newline)
    parse = syntax_named(syntax).parse
    rules = front_matter.dialect.scalars
    return candidate if same(parse(candidate, rules), parse(matter, rules)) else matter


def fenced(matter: str, syntax: str, newline: str = "\n") -> str:
    """Return a matter with the fences of its syntax around it; `matter` ends with a line end or is empty."""
    fence = FENCES[syntax]
    if fence:
        return f"{fence}{newline}{matter}{fence}{newline}"
    return matter + newline if matter and syntax == "org" else matter


@dataclass
class _Writing:
    """Values on their way into another syntax, and the nulls that it has no word for."""

    front_matter: FrontMatter
    syntax: str
    nulls: list[str] = field(default_factory=list)

    def map(self, path: KeyPath, values: dict[str, Any], date_keys: Collection[str] = frozenset()) -> dict[str, Any]:
        """Return a map's values, without the nulls that the syntax cannot hold."""
        kept: dict[str, Any] = {}
        for key, value in values.items():
            if value is None and self.syntax in _WITHOUT_NULL:
                self.nulls.append(_dotted((*path, key)))
            elif isinstance(value, str) and key.lower() in date_keys and _is_date(value):
                kept[key] = DateText(value)
            else:
                kept[key] = self.value((*path, key), value)
        return kept

    def value(self, path: KeyPath, value: Any) -> Any:
        """Return one value; a null in a list keeps its place as an empty text."""
        if isinstance(value, dict):
            return self.map(path, value)
        if isinstance(value, list):
            return [self.value((*path, index), item) for index, item in enumerate(value)]
        if value is None and self.syntax in _WITHOUT_NULL:
            self.nulls.append(_dotted(path))
            return ""
        if isinstance(value, (date, time)):
            scalar = self.front_matter.scalar(path)
            return DateText(scalar.text if scalar else value.isoformat())
        return value


def _is_date(text: str) -> bool:
    if not _TOML_DATE.fullmatch(text):
        return False
    try:
        tomllib.loads(f"date = {text}")
    except tomllib.TOMLDecodeError:
        return False
    return True


def _dotted(path: KeyPath) -> str:
    return ".".join(str(part) for part in path)
