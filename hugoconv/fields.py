"""Typed fields: how a name that every system knows (title, date, status, ...) stands in a system's front matter.

A system's `keys.py` is a table of rows; a row is keys + codec. The table reads a field and writes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from functools import cached_property
from typing import Any

from hugoconv.frontmatter.dates import Moment, moment_of, parse_iso
from hugoconv.frontmatter.document import FrontMatter

FIELDS = (
    "title",
    "date",
    "updated",
    "publish_date",
    "expiry_date",
    "status",
    "slug",
    "url",
    "aliases",
    "authors",
    "description",
    "excerpt",
    "image",
    "weight",
    "language",
    "translation_key",
    "layout",
)
"""The typed fields of a post, beside `terms`, which has a row for each taxonomy."""

STATUSES = ("published", "draft", "pending", "private", "scheduled", "password", "trash")
"""What a post can be; only "published" is ever written as public."""


class FieldError(ValueError):
    """A value from which a field cannot be read."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a codec may ask of the site: the zone that local times are in."""

    zone: tzinfo = UTC


_NOT_READ: tuple[object, Any] = (None, None)

Reader = Callable[[FrontMatter, str, Context], Any]


@dataclass(frozen=True, slots=True)
class Codec:
    """How a value stands under a key: `read(front matter, key, context)` and `write(value)`."""

    name: str
    read: Reader
    write: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One field in one system: the keys it is read from (the first one is written), and the codec.

    With `merge` all keys that are written count together (`categories` and `category`), else the first that is there.
    """

    keys: tuple[str, ...]
    codec: Codec
    merge: bool = False
    codecs: Mapping[str, Codec] = field(default_factory=dict)
    """Codecs of single keys that differ from the row's."""

    def codec_of(self, key: str) -> Codec:
        """Return the codec that reads `key`."""
        return self.codecs.get(key.lower(), self.codec) if self.codecs else self.codec


@dataclass(frozen=True, eq=False)
class KeyTable:
    """A system's rows for the typed fields and for its taxonomies; `ignore_case` when its keys are case-insensitive."""

    system: str
    rows: Mapping[str, Row]
    taxonomies: Mapping[str, Row]
    ignore_case: bool = False
    context: Context = Context()
    foreign: frozenset[str] = frozenset()
    """Keys of another system's own (lower case) that still mean what they meant there."""

    @cached_property
    def _all_rows(self) -> dict[str, Row]:
        return {**self.rows, **{f"terms.{name}": row for name, row in self.taxonomies.items()}}

    def row(self, name: str) -> Row | None:
        """Return the row of a field, or of a taxonomy as "terms.NAME"; None when the system has none."""
        return self._all_rows.get(name)

    def names(self) -> list[str]:
        """Return the names of all rows, taxonomies as "terms.NAME"."""
        return list(self._all_rows)

    @cached_property
    def keys(self) -> frozenset[str]:
        """All keys that some row is read from."""
        return frozenset(key for row in self._all_rows.values() for key in row.keys)

    @cached_property
    def folded(self) -> frozenset[str]:
        """The same keys in lower case."""
        return frozenset(map(str.lower, self.keys))

    @cached_property
    def _fields_by_key(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, row in self._all_rows.items():
            for key in row.keys:
                found.setdefault(key.lower() if self.ignore_case else key, []).append(name)
        return found

    def written(self, front_matter: FrontMatter) -> set[str]:
        """Return the names of the rows of which some key is in the front matter."""
        fields = self._fields_by_key
        keys = map(str.lower, front_matter) if self.ignore_case else front_matter
        return {name for key in keys if key in fields for name in fields[key]}

    def written_keys(self, front_matter: FrontMatter, row: Row) -> list[str]:
        """Return the keys of `row` that are in the front matter, as they are written, in the row's order."""
        return front_matter.written(row.keys, ignore_case=self.ignore_case)

    def read(self, front_matter: FrontMatter, name: str) -> Any:
        """Return a field's written value, None when no key of it is written; FieldError when it cannot be read."""
        reader, value = front_matter.readings.get(name, _NOT_READ)
        if reader is not self:
            value = self._read(front_matter, name)
            front_matter.readings[name] = (self, value)
        return value

    def _read(self, front_matter: FrontMatter, name: str) -> Any:
        row = self.row(name)
        if row is None:
            return None
        keys = self.written_keys(front_matter, row)
        if not keys:
            return None
        values = [row.codec_of(key).read(front_matter, key, self.context) for key in keys]
        values = [value for value in values if value is not None]
        if not values:
            return None
        if row.merge:
            return tuple(dict.fromkeys(item for value in values for item in value))
        return values[0]

    def write(self, front_matter: FrontMatter, name: str, value: Any) -> None:
        """Give a field under one key, removing the row's other keys; None removes it. KeyError without a row."""
        row = self.row(name)
        if row is None:
            raise KeyError(f"{self.system} front matter has no key for {name}")
        keys = self.written_keys(front_matter, row)
        if value is None:
            for key in keys:
                front_matter.delete(key)
            return
        target = keys[0] if keys else row.keys[0]
        for key in keys[1:]:
            front_matter.delete(key)
        front_matter.set(target, row.codec_of(target).write(value))


# Codecs -------------------------------------------------------------------------------------------------------------


def _read_text(front_matter: FrontMatter, key: str, _context: Context) -> str | None:
    value = front_matter[key]
    if value is None:
        return None
    if isinstance(value, (dict, list)):
        raise FieldError(f"{key}: text expected")
    if isinstance(value, str):
        return value
    scalar = front_matter.scalar(key)
    return scalar.text if scalar else str(value)


def _read_integer(front_matter: FrontMatter, key: str, _context: Context) -> int | None:
    value = front_matter[key]
    if value is None or value == "":
        return None
    try:
        return int(value)
    except (TypeError, ValueError):
        raise FieldError(f"{key}: a whole number expected") from None


def read_moment(front_matter: FrontMatter, key: str) -> Moment | None:
    """Return a date key's moment as written; FieldError when the front matter's program could not read the date."""
    value = front_matter[key]
    if value is None or value == "":
        return None
    if isinstance(value, (datetime, date)):
        scalar = front_matter.scalar(key)
        return moment_of(value, scalar.text if scalar else "")
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise FieldError(f"{key}: a date expected")
    if isinstance(value, int):
        try:
            return Moment(str(value), datetime.fromtimestamp(value, UTC), "second")
        except (OverflowError, OSError, ValueError):
            raise FieldError(f"{key}: {value} is not a date") from None
    moment = front_matter.dialect.parse_date(value)
    if moment is None:
        raise FieldError(f"{key}: {value!r} is not a date")
    return moment


def _read_date(front_matter: FrontMatter, key: str, _context: Context) -> Moment | None:
    return read_moment(front_matter, key)


def as_moment(value: Any) -> Moment:
    """Return a Moment for what people assign to a date: a Moment, date, datetime or ISO text (else FieldError)."""
    if isinstance(value, Moment):
        return value
    if isinstance(value, (datetime, date)):
        return moment_of(value)
    moment = parse_iso(value) if isinstance(value, str) else None
    if moment is None:
        raise FieldError(f"{value!r} is not a date")
    return moment


def write_date(value: Any) -> Any:
    """Return a date field as it is written: RFC 3339 with an offset, or the bare local time when there is none."""
    moment = as_moment(value)
    return moment.rfc3339()


def _read_strings(front_matter: FrontMatter, key: str, _context: Context) -> tuple[str, ...] | None:
    value = front_matter[key]
    if value is None:
        return None
    if isinstance(value, dict):
        raise FieldError(f"{key}: a list expected")
    items = value if isinstance(value, list) else [value]
    return tuple(_as_string(item) for item in items if item is not None and item != "")


def _as_string(item: Any) -> str:
    if isinstance(item, dict):
        return str(item.get("name") or item.get("title") or next(iter(item.values()), ""))
    return str(item)


def _read_words(front_matter: FrontMatter, key: str, context: Context) -> tuple[str, ...] | None:
    value = front_matter[key]
    return tuple(value.split()) if isinstance(value, str) else _read_strings(front_matter, key, context)


def _read_first(front_matter: FrontMatter, key: str, context: Context) -> str | None:
    value = front_matter[key]
    if isinstance(value, dict):
        for name in ("path", "src", "url", "feature", "image"):
            if isinstance(value.get(name), str):
                return str(value[name])
        return None
    items = _read_strings(front_matter, key, context)
    return items[0] if items else None


def _read_draft(front_matter: FrontMatter, key: str, _context: Context) -> str | None:
    value = front_matter[key]
    if value is None:
        return None
    if isinstance(value, str):
        value = value.lower() == "true"
    return "draft" if value is True else "published"


def _read_published(front_matter: FrontMatter, key: str, _context: Context) -> str | None:
    """Read Jekyll's `published`: only a real false hides a page (lib/jekyll/publisher.rb)."""
    return "draft" if front_matter[key] is False else "published"


def _write_list(value: Any) -> list[str]:
    return [str(getattr(item, "name", item)) for item in ([value] if isinstance(value, str) else value)]


def _single(value: Any) -> Any:
    items = _write_list(value)
    return items[0] if len(items) == 1 else items


TEXT = Codec("text", _read_text, str)
INTEGER = Codec("whole number", _read_integer, int)
DATE = Codec("date", _read_date, write_date)
STRINGS = Codec("list of texts", _read_strings, _write_list)
WORDS = Codec("list, or words of a text", _read_words, _write_list)
AUTHORS = Codec("name or list of names", _read_strings, _single)
FIRST = Codec("text, or the first of a list", _read_first, str)
STATUS = Codec("status by name", _read_text, str)
DRAFT = Codec("true for a draft", _read_draft, lambda status: status != "published")
PUBLISHED = Codec("false for a draft", _read_published, lambda status: status == "published")


def neutral(taxonomies: Mapping[str, str]) -> KeyTable:
    """Return the table of front matter without text: keys named as the fields, taxonomies by their plural."""
    codecs = {
        "date": DATE,
        "updated": DATE,
        "publish_date": DATE,
        "expiry_date": DATE,
        "status": STATUS,
        "weight": INTEGER,
    }
    rows = {
        name: Row((name,), codecs.get(name, STRINGS if name in ("aliases", "authors") else TEXT)) for name in FIELDS
    }
    return KeyTable("neutral", rows, {plural: Row((plural,), STRINGS) for plural in taxonomies.values()})
