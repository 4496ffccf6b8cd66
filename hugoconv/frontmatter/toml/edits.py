"""TOML edits: at spans first, then with one top-level key's block written anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from hugoconv.edits import Edit, apply
from hugoconv.errors import FrontMatterError
from hugoconv.frontmatter.syntax import KeyPath
from hugoconv.frontmatter.toml import blocks, strings
from hugoconv.frontmatter.toml.brackets import NoSpanError
from hugoconv.frontmatter.toml.changes import Changes
from hugoconv.frontmatter.toml.tree import Node, build, find
from hugoconv.frontmatter.toml.values import parse


def set_value(matter: str, path: KeyPath, value: Any) -> Iterator[str]:
    """Yield candidates for setting `path`, the lightest touch first; KeyError when nothing can stand there."""
    root = build(matter)
    parent, last = find(root, path[:-1]), path[-1]
    yield from _made(matter, lambda: _setting(matter, parent, path, value))
    yield from _rewritten(matter, root, path, lambda container: blocks.put(container, last, value))


def delete(matter: str, path: KeyPath) -> Iterator[str]:
    """Yield candidates for deleting what stands at `path`; KeyError when nothing does."""
    root = build(matter)
    node = find(root, path)
    yield from _made(matter, lambda: Changes(matter).delete([node]))
    yield from _rewritten(matter, root, path, lambda container: container.__delitem__(path[-1]))


def rename(matter: str, path: KeyPath, key: str) -> Iterator[str]:
    """Yield the text in which the last part of `path` is called `key` wherever it is written."""
    node = find(build(matter), path)
    if isinstance(node.name, int):
        raise KeyError(path)
    yield apply(matter, [Edit(part.start, part.end, strings.key_text(key, part.quotes)) for part in node.keys])


def _setting(matter: str, parent: Node, path: KeyPath, value: Any) -> list[Edit]:
    changes, last = Changes(matter), path[-1]
    if last in parent.children:
        old: Any = parse(matter)
        for part in path:
            old = old[part]
        return changes.change(parent.children[last], old, value)
    if parent.is_list and last == len(parent.children):
        return changes.insert(parent, len(parent.children), [value])
    if isinstance(last, str) and parent.is_map:
        return changes.add(parent, [(last, value)])
    raise KeyError(path)


def _rewritten(matter: str, root: Node, path: KeyPath, change: Callable[[Any], object]) -> Iterator[str]:
    """Yield the matter with the block of the path's top-level key changed by tomlkit, then written by us."""
    top = root.children.get(path[0])
    if top is None:
        return
    yield from blocks.rewritten(matter, top, path, change)
    values: Any = parse(matter)
    container = values
    for part in path[:-1]:
        container = container[part]
    change(container)
    if path[0] in values:
        yield from _made(matter, lambda: Changes(matter).rewrite(top, values[path[0]]))


def _made(matter: str, edits: Callable[[], list[Edit]]) -> Iterator[str]:
    """Yield the matter with the edits made, if there are any that go together."""
    try:
        found = edits()
    except NoSpanError:
        return
    except RecursionError:
        raise FrontMatterError("values nested too deeply for TOML") from None
    ordered = sorted(found, key=lambda edit: (edit.start, edit.end))
    if all(one.end <= other.start for one, other in pairwise(ordered)):
        yield apply(matter, ordered)
