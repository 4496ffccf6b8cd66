"""TOML edits: at spans first, then with one top-level key's block written anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from hugoconv.edits import Edit, apply
from hugoconv.frontmatter.syntax import KeyPath
from hugoconv.frontmatter.toml import blocks, strings
from hugoconv.frontmatter.toml.changes import Changes, NoSpanError
from hugoconv.frontmatter.toml.tree import Node, build, find
from hugoconv.frontmatter.toml.values import parse


def set_value(matter: str, path: KeyPath, value: Any) -> Iterator[str]:
    """Yield candidates for setting `path`, the lightest touch first; KeyError when nothing can stand there."""
    root = build(matter)
    parent = find(root, path[:-1])
    last = path[-1]
    changes = Changes(matter)
    if last in parent.children:
        old: Any = parse(matter)
        for part in path:
            old = old[part]
        yield from _made(matter, lambda: changes.change(parent.children[last], old, value))
    elif _can_add(parent, last):
        yield from _made(matter, lambda: changes.add(parent, [(last, value)]))
    else:
        raise KeyError(path)
    yield from blocks.rewritten(matter, root, path, lambda container: blocks.put(container, last, value))


def delete(matter: str, path: KeyPath) -> Iterator[str]:
    """Yield candidates for deleting what stands at `path`; KeyError when nothing does."""
    root = build(matter)
    node = find(root, path)
    yield from _made(matter, lambda: Changes(matter).delete([node]))
    yield from blocks.rewritten(matter, root, path, lambda container: container.__delitem__(path[-1]))


def rename(matter: str, path: KeyPath, key: str) -> Iterator[str]:
    """Yield the text in which the last part of `path` is called `key` wherever it is written."""
    node = find(build(matter), path)
    if isinstance(node.name, int):
        raise KeyError(path)
    yield apply(matter, [Edit(part.start, part.end, strings.key_text(key, part.quotes)) for part in node.keys])


def _can_add(parent: Node, key: str | int) -> bool:
    if parent.is_list:
        return key == len(parent.children)
    return isinstance(key, str) and not parent.is_scalar


def _made(matter: str, edits: Callable[[], list[Edit]]) -> Iterator[str]:
    """Yield the matter with the edits made, if there are any that go together."""
    try:
        found = edits()
    except NoSpanError:
        return
    ordered = sorted(found, key=lambda edit: (edit.start, edit.end))
    if all(one.end <= other.start for one, other in zip(ordered, ordered[1:], strict=False)):
        yield apply(matter, ordered)
