"""Carrying the typed fields of a post from one system's keys to another's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from hugoconv.fields import FieldError, KeyTable, Row
from hugoconv.frontmatter.dates import Moment
from hugoconv.frontmatter.document import FrontMatter


def carry(
    front_matter: FrontMatter,
    original: FrontMatter,
    source: KeyTable,
    target: KeyTable,
    inherited: Mapping[str, Any],
    derived: Mapping[str, Any],
    unreadable: Callable[[str, str], None],
    skip: frozenset[str] = frozenset(),
) -> None:
    """Turn `front_matter`, a copy of `original` as `target`'s program reads it, into one with `target`'s keys.

    Values are read from `original`, as `source`'s program reads them; only the keys that must change are edited.
    `inherited` holds what the source system derives for fields that are not written, `derived` what the target would
    derive; an inherited value is written only where the two differ. `unreadable(key, reason)` is told of values that no
    field can be read from; they stay as they are. Fields named in `skip` are the caller's own affair.
    """
    written = source.written(original)
    is_same_program = front_matter.dialect is original.dialect
    for name, source_row, target_row in _rows(source, target, skip):
        if name not in written and name not in inherited:
            continue
        keys = source.written_keys(original, source_row) if source_row else []
        try:
            value = source.read(original, name) if keys else None
        except FieldError as error:
            unreadable(keys[0], str(error))
            continue
        if target_row is None:
            continue
        given = inherited.get(name)
        if keys and value is not None and given is not None and source_row is not None and source_row.merge:
            value = tuple(dict.fromkeys((*given, *value)))
        elif is_same_program and _stays(front_matter, target, source_row, target_row, keys, value):
            continue
        if not keys:
            value = given
            if (
                value is not None
                and not equal(value, derived.get(name))
                and not _already(front_matter, target, name, value)
            ):
                target.write(front_matter, name, value)
            continue
        _carry_written(front_matter, target, target_row, name, keys, value, derived)


def _stays(
    front_matter: FrontMatter, target: KeyTable, source_row: Row | None, target_row: Row, keys: list[str], value: Any
) -> bool:
    """Whether the target reads a field from the same key with the same codec as the source, and spells it so."""
    if len(keys) != 1 or source_row is None:
        return False
    codec = target_row.codec_of(keys[0])
    is_alike = codec is source_row.codec_of(keys[0]) and target.written_keys(front_matter, target_row) == keys
    return is_alike and not _is_spelt_anew(target_row, value)


@lru_cache(maxsize=64)
def _rows(source: KeyTable, target: KeyTable, skip: frozenset[str]) -> tuple[tuple[str, Row | None, Row | None], ...]:
    """Return the fields of two tables but those in `skip`, each with its row in both."""
    names = dict.fromkeys((*source.names(), *target.names()))
    return tuple((name, source.row(name), target.row(name)) for name in names if name not in skip)


def _carry_written(
    front_matter: FrontMatter,
    target: KeyTable,
    target_row: Row,
    name: str,
    keys: list[str],
    value: Any,
    derived: Mapping[str, Any],
) -> None:
    if value is None:
        return
    names = {key.lower() for key in target_row.keys} if target.ignore_case else target_row.keys
    kept = [key for key in keys if (key.lower() if target.ignore_case else key) in names]
    if not kept and equal(value, derived.get(name)):
        for key in keys:
            front_matter.delete(key)
        return
    first = kept[0] if kept else keys[0]
    if not kept and target_row.keys[0] not in front_matter:
        front_matter.rename(first, target_row.keys[0])
        first = target_row.keys[0]
    for key in keys:
        if key != first and key in front_matter:
            front_matter.delete(key)
    if not _already(front_matter, target, name, value):
        target.write(front_matter, name, value)


def _already(front_matter: FrontMatter, table: KeyTable, name: str, value: Any) -> bool:
    try:
        written = table.read(front_matter, name)
    except FieldError:
        return False
    row = table.row(name)
    return written is not None and equal(written, value) and not (row and _is_spelt_anew(row, value))


def _is_spelt_anew(row: Row, value: Any) -> bool:
    """Whether the row's program has other spellings for names, such as tags without blanks."""
    if not isinstance(value, tuple):
        return False
    spelt = row.codec_of(row.keys[0]).write(value)
    return isinstance(spelt, list) and spelt != list(value)


def equal(one: Any, other: Any) -> bool:
    """Whether two field values say the same; moments must agree in instant, offset and precision."""
    if isinstance(one, Moment) and isinstance(other, Moment):
        is_same_time = one.value.utcoffset() == other.value.utcoffset() and one.value == other.value
        return is_same_time and (one.precision == "day") == (other.precision == "day")
    return type(one) is type(other) and bool(one == other)
