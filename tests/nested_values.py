"""What tests of front matter edits share: places in nested values, and values with one place changed."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from hugoconv.frontmatter.syntax import KeyPath


def paths(value: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Return the places of all keys and list items, outer ones first."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*path, key)
        yield from paths(item, (*path, key))


def at(value: Any, path: KeyPath) -> Any:
    """Return what stands at a place."""
    for part in path:
        value = value[part]
    return value


def put(values: Any, path: KeyPath, value: Any) -> Any:
    """Return a copy of the values with another one at a place, which may be the next of a list."""
    changed = deepcopy(values)
    parent = at(changed, path[:-1])
    if isinstance(parent, list) and path[-1] == len(parent):
        parent.append(value)
    else:
        parent[path[-1]] = value
    return changed


def without(values: Any, path: KeyPath) -> Any:
    """Return a copy of the values without what stands at a place."""
    changed = deepcopy(values)
    del at(changed, path[:-1])[path[-1]]
    return changed


def moves(values: dict[str, Any]) -> Iterator[tuple[str, str | None, list[str]]]:
    """Return every move of a key: the key, the key before which it goes (None: last), and the order after it."""
    for key in values:
        for before in [*values, None]:
            if before != key:
                order = [name for name in values if name != key]
                order.insert(order.index(before) if before is not None else len(order), key)
                yield key, before, order


def changed_lines(old: str, new: str) -> int:
    """Return how many lines of the old text are not in the new one."""
    matcher = difflib.SequenceMatcher(None, old.splitlines(True), new.splitlines(True), autojunk=False)
    return sum(end - start for tag, start, end, _, _ in matcher.get_opcodes() if tag != "equal")
