"""The heavier rungs of the ladder: one block written anew by ruamel.yaml, the smallest first, never the document."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

from hugoconv.edits import Edit, apply
from hugoconv.frontmatter.syntax import KeyPath
from hugoconv.frontmatter.yaml.layout import Layout
from hugoconv.frontmatter.yaml.tree import Node, find


def rewritten(matter: str, root: Node, path: KeyPath, change: Callable[[Any, Any], None]) -> Iterator[str]:
    """Yield texts in which `change(map or list, last part of path)` was made by re-emitting one enclosing block.

    ruamel.yaml keeps comments, order and quotes inside that block; a block it cannot read or write is passed over.
    """
    if root.flow:
        return
    layout = Layout(matter)
    for depth in range(len(path) - 1, 0, -1):
        try:
            key_node, node = find(root, path[:depth])
        except KeyError:
            continue
        if key_node is None or node.flow or node.kind not in ("map", "list"):
            continue
        start, end = layout.entry_span(key_node, node)
        text = _reemitted(layout, start, end, layout.column(key_node.start), path[depth - 1 :], change)
        if text is not None:
            yield apply(matter, [Edit(start, end, text)])


def _reemitted(
    layout: Layout, start: int, end: int, indent: int, path: KeyPath, change: Callable[[Any, Any], None]
) -> str | None:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    lines = layout.text[start:end].splitlines()
    block = "\n".join(line[indent:] if line[:indent].isspace() else line for line in lines) + "\n"
    emitter = YAML()
    emitter.preserve_quotes = True
    emitter.width = 2**31
    emitter.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    try:
        data = emitter.load(block)
        target = data
        for part in path[:-1]:
            target = target[part]
        change(target, path[-1])
        emitter.dump(data, out)
    except (YAMLError, KeyError, IndexError, TypeError, ValueError, RecursionError):
        return None
    margin = " " * indent
    return "".join(
        f"{margin}{line}{layout.newline}" if line else layout.newline for line in out.getvalue().splitlines()
    )
