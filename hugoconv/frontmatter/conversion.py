"""From one front matter syntax to another, with comments, order and meaning."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from hugoconv.frontmatter.dates import DateText, Instant, parse_iso
from hugoconv.frontmatter.dialects import HUGO, Dialect
from hugoconv.frontmatter.document import FrontMatter, syntax_named
from hugoconv.frontmatter.syntax import KeyPath, Note, Notes
from hugoconv.frontmatter.toml.writer import ABSENT, is_tables
from hugoconv.frontmatter.values import same
from hugoconv.report.findings import PlacedFindings

FENCES = {"yaml": "---", "toml": "+++", "json": "", "org": ""}
"""The line that opens and closes front matter in each syntax, "" for the syntaxes that need none."""

_TOML_DATE = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[-+]\d{2}:\d{2})?)?")
_FRACTION = re.compile(r"\.\d+(?=Z|[-+]\d{2}:\d{2}\Z)")
"""A fraction of a second in a date with a zone."""
_WITHOUT_COMMENTS = ("json", "org")
_EXACT = {"toml": 2**63, "json": 2**53}
"""From where on an integer is not the same number any more, or none at all."""
_PRINTED_SHORT = 10**6
"""From here on Hugo prints the numbers that it reads from JSON, which are floats to it, with an exponent."""


def matter_in(
    front_matter: FrontMatter,
    syntax: str,
    log: PlacedFindings,
    date_keys: Collection[str] = frozenset(),
    *,
    reader: Dialect = HUGO,
    site_zone: str = "",
) -> str:
    r"""Return the front matter's values written in another syntax, lines ending in its own line end.

    `reader` is the program that will read the result, `site_zone` the time zone that its site is set to ("" for none).
    `date_keys` (lower case) are the top-level keys whose text is a date to it: bare where the syntax has dates. What
    the syntax cannot hold is a finding each, once a file. FrontMatterError when a value cannot be written at all.
    """
    writing = _Writing(front_matter, syntax, reader, site_zone)
    values = writing.map((), front_matter.as_dict(), date_keys)
    notes = _settled(front_matter.notes(), values)
    if syntax in _WITHOUT_COMMENTS and (lost := sum(note.comments for note in notes.values())):
        log.add("HC205", count=lost, syntax=syntax.upper())
    writing.report(log)
    if syntax == "toml" and (moved := _moved(values)):
        log.add("HC220", keys=", ".join(moved))
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
    return f"{fence}{newline}{matter}{fence}{newline}" if fence else matter


@dataclass
class _Writing:
    """Values on their way into another syntax, and what it has no word for."""

    front_matter: FrontMatter
    syntax: str
    reader: Dialect
    site_zone: str
    nulls: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    floats: list[str] = field(default_factory=list)
    fractions: list[str] = field(default_factory=list)

    def report(self, log: PlacedFindings) -> None:
        """Say what was written as something else."""
        syntax = self.syntax.upper()
        if self.nulls:
            instead = "left as a comment, and in a list as an empty text" if self.syntax == "toml" else "left out"
            log.add("HC207", key=", ".join(self.nulls), syntax=syntax, instead=instead)
        if self.texts:
            log.add("HC221", keys=", ".join(self.texts), syntax=syntax)
        if self.dates:
            log.add("HC222", keys=", ".join(self.dates), syntax=syntax)
        if self.floats:
            log.add("HC223", keys=", ".join(self.floats))
        if self.fractions:
            log.add("HC224", keys=", ".join(self.fractions))

    def map(self, path: KeyPath, values: dict[str, Any], date_keys: Collection[str] = frozenset()) -> dict[str, Any]:
        """Return a map's values; what TOML cannot say is `ABSENT`, and org leaves it out."""
        kept: dict[str, Any] = {}
        for key, value in values.items():
            if value is None and self.syntax in ("toml", "org"):
                self.nulls.append(_dotted((*path, key)))
                if self.syntax == "toml":
                    kept[key] = ABSENT
            elif date_keys and key.lower() in date_keys:
                kept[key] = self._date(key, value)
            else:
                kept[key] = self.value((*path, key), value)
        return kept

    def value(self, path: KeyPath, value: Any) -> Any:
        """Return one value; a null in a list keeps its place as an empty text."""
        if type(value) is str or value is True or value is False:
            return value
        if isinstance(value, dict):
            return self.map(path, value)
        if isinstance(value, list):
            return [self.value((*path, index), item) for index, item in enumerate(value)]
        if value is None and self.syntax in ("toml", "org"):
            self.nulls.append(_dotted(path))
            return ""
        if isinstance(value, (date, time)):
            return self._moment(path, value)
        if isinstance(value, bytes) and self.syntax != "yaml":
            return self._as_text(path, base64.b64encode(value).decode())
        if isinstance(value, (int, float)):
            return self._number(path, value)
        return value

    def _date(self, key: str, value: Any) -> Any:
        """Return the value of a key that is a date to the reader."""
        if isinstance(value, (date, time)):
            text = self._written((key,), value)
            if not self._is_cut(text):
                return DateText(text)
            if self.syntax in ("yaml", "toml"):
                return Instant(text)
            self.fractions.append(key)
            return _FRACTION.sub("", text)
        if isinstance(value, int) and self.syntax in _WITHOUT_COMMENTS and self.front_matter.syntax != "json":
            return _epoch(value)
        if isinstance(value, str):
            if self.syntax == "toml":
                is_bare = _is_toml_date(value) and not self._is_cut(value)
            else:
                is_bare = parse_iso(value) is not None
            return DateText(value) if is_bare else value
        return self.value((key,), value)

    def _is_cut(self, text: str) -> bool:
        """Whether Hugo drops the fraction of a second if it gets this as a date, and not if it gets it as text.

        It does (common/htime/time.go goes by RFC 3339 in between) unless the date and the site are in UTC.
        """
        in_utc = not self.site_zone and text.endswith(("Z", "+00:00"))
        return self.reader is HUGO and not in_utc and _FRACTION.search(text) is not None

    def _moment(self, path: KeyPath, value: date | time) -> Any:
        """Return a date that is no date of the reader's own: a moment stays one where the syntax has moments."""
        text = self._written(path, value)
        is_moment = self.front_matter.syntax == "yaml" or (isinstance(value, datetime) and value.tzinfo is not None)
        moment = parse_iso(text) if is_moment and self.reader is HUGO else None
        if moment is not None:
            text = f"{text}T00:00:00Z" if moment.precision == "day" else moment.rfc3339()
            text = text.replace("+00:00", "Z")
            if self.syntax in ("yaml", "toml"):
                return Instant(text)
        if self.syntax != "toml":
            self.dates.append(_dotted(path))
        return DateText(text.replace(" ", "T"))

    def _written(self, path: KeyPath, value: date | time) -> str:
        scalar = self.front_matter.scalar(path)
        return scalar.text if scalar else value.isoformat()

    def _number(self, path: KeyPath, value: int | float) -> Any:
        if isinstance(value, float):
            if math.isfinite(value) or self.syntax in ("yaml", "toml"):
                return value
            return self._as_text(path, "NaN" if math.isnan(value) else "+Inf" if value > 0 else "-Inf")
        size = abs(value) if value != -(2**63) else 2**63 - 1
        if size >= _EXACT.get(self.syntax, size + 1):
            return self._as_text(path, str(value))
        if self.syntax == "json" and size >= _PRINTED_SHORT and self.reader is HUGO:
            self.floats.append(_dotted(path))
        return value

    def _as_text(self, path: KeyPath, text: str) -> str:
        self.texts.append(_dotted(path))
        return text


def _epoch(seconds: int) -> str | int:
    """Return the date of seconds since 1970, which Hugo reads as a date from an integer and not from a float."""
    try:
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"
    except (ValueError, OverflowError, OSError):
        return seconds


def _is_toml_date(text: str) -> bool:
    if not _TOML_DATE.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _moved(values: dict[str, Any]) -> list[str]:
    """Return the tables that had a plain key after them, which TOML writes before them."""
    moved: list[str] = []
    waiting: list[tuple[str, Any]] = [("", values)]
    while waiting:
        prefix, table = waiting.pop()
        tables: list[str] = []
        late: list[str] = []
        for key, value in table.items():
            if not is_tables(value):
                late, tables = [*late, *tables], []
                continue
            tables.append(prefix + key)
            items = [value] if isinstance(value, dict) else value
            waiting.extend((f"{prefix}{key}.", item) for item in items)
        moved += late
    return list(dict.fromkeys(moved))


def _settled(notes: Notes, values: dict[str, Any]) -> Notes:
    """Return the notes with those of keys that are not written (a merge key, a null) given to what follows."""
    if not notes:
        return notes
    settled: dict[KeyPath, Note] = {}
    homeless: tuple[str | None, ...] = ()
    for path, note in notes.items():
        if path and not _leads_somewhere(path, values):
            beside = () if note.beside is None else (note.beside,)
            lines = (*note.above, *beside, *note.after)
            owner = next((path[:size] for size in range(len(path), 0, -1) if _leads_somewhere(path[:size], values)), ())
            if owner:
                known = settled.get(owner, Note())
                settled[owner] = Note((*known.above, *lines), known.beside, known.after)
            else:
                homeless += lines
        elif path:
            known = settled.get(path, Note())
            settled[path] = Note((*homeless, *note.above, *known.above), note.beside, note.after)
            homeless = ()
    end = notes.get((), Note())
    if homeless or end.after:
        settled[()] = Note(after=(*homeless, *end.after))
    return settled


def _leads_somewhere(path: KeyPath, values: Any) -> bool:
    for part in path:
        try:
            values = values[part]
        except (KeyError, IndexError, TypeError):
            return False
    return True


def _dotted(path: KeyPath) -> str:
    return ".".join(str(part) for part in path)
