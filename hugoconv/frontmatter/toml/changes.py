"""Which spans of a TOML text change when a value does: as few as there are differences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hugoconv.edits import Edit, newline_of
from hugoconv.frontmatter.dates import DateText
from hugoconv.frontmatter.toml import strings, writer
from hugoconv.frontmatter.toml.layout import removal, runs
from hugoconv.frontmatter.toml.statements import Item, Statement, Value
from hugoconv.frontmatter.toml.tree import Node


class NoSpanError(Exception):
    """The change cannot be made at spans; a block must be written anew."""


class Changes:
    """Finds the edits for one text; every method returns edits whose spans count that text's characters."""

    def __init__(self, matter: str) -> None:
        self.matter = matter
        self.newline = newline_of(matter)

    def change(self, node: Node, old: Any, new: Any) -> list[Edit]:
        """Return the edits that turn the value `old` at `node` into `new`."""
        if _same(old, new):
            return []
        if isinstance(old, list) and _is_list(new) and old and new:
            return self._change_list(node, old, new)
        if isinstance(old, dict) and isinstance(new, Mapping) and old and new:
            return self._change_map(node, old, new)
        if node.value is not None:
            return [self._rewritten(node.value, new)]
        return self._replaced(node, new)

    def add(self, parent: Node, pairs: Sequence[tuple[str | int, Any]]) -> list[Edit]:
        """Return the edits that add keys to the end of a map, or items to the end of a list."""
        if parent.value is not None and parent.value.kind == "map":
            return [self._addition_to_inline(parent.value, pairs)]
        if parent.is_list:
            return self._insert(parent, len(parent.children), [value for _, value in pairs])
        if not parent.is_table:
            raise NoSpanError
        lines = [(str(key), value) for key, value in pairs]
        if parent.dotted is not None:
            return [self._addition_to_dotted(*parent.dotted, lines)]
        scalars = [pair for pair in lines if not (pair[1] and writer.is_tables(pair[1]))]
        tables = [pair for pair in lines if pair[1] and writer.is_tables(pair[1])]
        edits = [self._addition_of_scalars(parent, scalars)] if scalars else []
        if tables:
            written = [line for key, value in tables for line in ("", *writer.table_lines((*parent.path(), key), value))]
            position = parent.statements()[-1].end if parent.parent and parent.statements() else len(self.matter)
            edits.append(self._lines_at(position, written if position else written[1:]))
        return edits

    def delete(self, nodes: Sequence[Node]) -> list[Edit]:
        """Return the edits that take out children of one list or map, with the comment lines right above them."""
        parent = nodes[0].parent
        assert parent is not None
        if parent.value is not None:
            return [self._inline_deletion(parent.value, node) for node in nodes] if len(nodes) == 1 else self._inline(nodes)
        if nodes[0].item is not None:
            raise NoSpanError
        leaves_empty = len(nodes) == len(parent.children) and parent.parent is not None and parent.header is None
        if leaves_empty:
            return self._replaced(parent, [] if parent.is_tables else {})
        statements = sorted({s.index: s for node in nodes for s in node.statements()}.items())
        return [removal(self.matter, run) for run in runs([statement for _, statement in statements])]

