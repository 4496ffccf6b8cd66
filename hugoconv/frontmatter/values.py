"""Values as front matter holds them: whether two are the same, copies of them, and the place at a path in them."""

from __future__ import annotations

import math
from copy import deepcopy
from datetime import date
from typing import Any, TypeVar

from hugoconv.frontmatter.syntax import KeyPath

Value = TypeVar("Value")

_SCALARS = frozenset({str, int, float, bool, type(None)})
_IMMUTABLE = (str, int, float, date)


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal in value, type and order of keys; a NaN equals a NaN."""
    return _equal(one, other, ordered=True)


def same_values(one: Any, other: Any) -> bool:
    """Like `same`, but the order of keys does not matter (a merge key's keys have no place of their own)."""
    return _equal(one, other, ordered=False)


def same_but_place(one: dict[str, Any], other: dict[str, Any], path: KeyPath) -> bool:
    """Whether two maps are the same but for where the key at `path` stands (TOML writes scalars before tables)."""
    if not same_values(one, other):
        return False
    one, other = copied(one), copied(other)
    for values in (one, other):
        try:
            drop(values, path)
        except KeyError:
            return False
    return same(one, other)


def _equal(one: Any, other: Any, *, ordered: bool) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        if (list(one) != list(other)) if ordered else (one.keys() != other.keys()):
            return False
        return all(_equal(item, other[key], ordered=ordered) for key, item in one.items())
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(_equal(a, b, ordered=ordered) for a, b in zip(one, other, strict=True))
    if isinstance(one, str) and isinstance(other, str):
        return one == other
    if isinstance(one, float) and isinstance(other, float) and math.isnan(one):
        return math.isnan(other)
    return type(one) is type(other) and bool(one == other)


def is_deeper(value: Any, levels: int) -> bool:
    """Whether lists and maps are nested deeper than so many levels."""
    layer = [value]
    for _ in range(levels):
        layer = [
            item
            for container in layer
            for item in (container.values() if isinstance(container, dict) else container)
            if isinstance(item, (dict, list))
        ]
        if not layer:
            return False
        layer = list({id(item): item for item in layer}.values())  # what aliases share counts once
    return True


def parent_of(values: Any, path: KeyPath) -> Any:
    """Return the map or list that holds what stands at a path; KeyError where there is none."""
    for part in path[:-1]:
        try:
            values = values[part]
        except (IndexError, TypeError):
            raise KeyError(path) from None
    return values


def put(values: Any, path: KeyPath, value: Any) -> None:
    """Give the place at a path a value, the one behind a list's last item too; KeyError where nothing can stand."""
    parent, last = parent_of(values, path), path[-1]
    if isinstance(parent, list) and isinstance(last, int) and last == len(parent):
        parent.append(value)
        return
    try:
        parent[last] = value
    except (IndexError, TypeError):
        raise KeyError(path) from None


def drop(values: Any, path: KeyPath) -> None:
    """Take out what stands at a path; KeyError where nothing does."""
    try:
        del parent_of(values, path)[path[-1]]
    except (IndexError, TypeError):
        raise KeyError(path) from None


def copied(value: Value) -> Value:
    """Return a copy of a value that shares nothing with it that could be changed; what it shares inside stays shared.

    The same as `copy.deepcopy`, which is written for any object, at a fraction of the cost.
    """
    if type(value) in _SCALARS:
        return value
    twin: Value = _copied(value, {})
    return twin


def _copied(value: Any, known: dict[int, Any]) -> Any:
    kind = type(value)
    if kind in _SCALARS:
        return value
    if isinstance(value, _IMMUTABLE):
        return value
    if kind is not dict and kind is not list:
        return deepcopy(value, known)
    twin = known.get(id(value))
    if twin is not None:
        return twin
    if isinstance(value, dict):
        pairs: dict[Any, Any] = {}
        known[id(value)] = pairs
        for key, item in value.items():
            pairs[key] = item if type(item) in _SCALARS else _copied(item, known)
        return pairs
    items: list[Any] = []
    known[id(value)] = items
    items += [item if type(item) in _SCALARS else _copied(item, known) for item in value]
    return items


def copied_for(values: dict[str, Any], depth: int) -> dict[str, Any]:
    """Return a copy of a map whose values may be changed at a path of `depth` keys; what lies beside it is shared."""
    return dict(values) if depth == 1 else copied(values)
