"""Which spans of a TOML text change when a value does: as few as there are differences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hugoconv.edits import Edit, newline_of
from hugoconv.frontmatter.dates import DateText
from hugoconv.frontmatter.toml import brackets, strings, writer
from hugoconv.frontmatter.toml.brackets import NoSpanError
from hugoconv.frontmatter.toml.layout import removal, runs
from hugoconv.frontmatter.toml.statements import Statement, Value
from hugoconv.frontmatter.toml.tree import Node


class Changes:
    """Finds the edits of one text; NoSpanError from any method means that a block must be written anew."""

    def __init__(self, matter: str) -> None:
        self.matter = matter
        self.newline = newline_of(matter)

    def change(self, node: Node, old: Any, new: Any) -> list[Edit]:
        """Return the edits that turn the value `old` at `node` into `new`."""
        if _same(old, new):
            return []
        if isinstance(old, list) and isinstance(new, (list, tuple)) and old and new:
            return self._change_list(node, old, new)
        if isinstance(old, dict) and isinstance(new, Mapping) and old and new:
            return self._change_map(node, old, new)
        return self.rewrite(node, new)

    def add(self, parent: Node, pairs: Sequence[tuple[str, Any]]) -> list[Edit]:
        """Return the edits that add keys at the end of a map."""
        if parent.value is not None:
            return brackets.insertion(self.matter, parent.value, len(parent.value.items or ()), _pair_texts(pairs))
        if parent.item is not None:
            raise NoSpanError
        if parent.dotted is not None:
            return [self._pairs_after(parent.dotted[0], pairs, self._dotted_name(*parent.dotted) + ".")]
        tables = [pair for pair in pairs if pair[1] and writer.is_tables(pair[1])]
        scalars = [pair for pair in pairs if not (pair[1] and writer.is_tables(pair[1]))]
        edits = [self._scalars_in(parent, scalars)] if scalars else []
        if tables:
            position = parent.statements()[-1].end if parent.parent is not None else len(self.matter)
            lines = [line for key, value in tables for line in self._table_lines((*parent.path(), key), value)]
            edits.append(self._tables_at(position, lines))
        return edits

    def insert(self, parent: Node, index: int, values: Sequence[Any]) -> list[Edit]:
        """Return the edits that add items to a list, the first of them at `index`."""
        if parent.value is not None:
            return brackets.insertion(self.matter, parent.value, index, [writer.inline_text(item) for item in values])
        if not all(isinstance(value, Mapping) for value in values):
            raise NoSpanError
        items = [parent.children[place].statements() for place in range(len(parent.children))]
        position = items[index - 1][-1].end if index else items[0][0].above
        return [self._tables_at(position, self._table_lines(parent.path(), values))]

    def delete(self, nodes: Sequence[Node]) -> list[Edit]:
        """Return the edits that take out children of one list or map, with the comment lines right above them."""
        parent = nodes[0].parent
        assert parent is not None
        if parent.value is not None:
            if any(node.value is None for node in nodes):
                raise NoSpanError
            items = parent.value.items or []
            indexes = [index for index, item in enumerate(items) if any(item is node.item for node in nodes)]
            return [brackets.removal(self.matter, parent.value, indexes)]
        if nodes[0].item is not None:
            raise NoSpanError
        if len(nodes) == len(parent.children) and parent.parent is not None and parent.header is None:
            return self.rewrite(parent, []) if parent.is_list else self._emptied(parent)
        found = {statement.index: statement for node in nodes for statement in node.statements()}
        return [removal(self.matter, run) for run in runs([found[index] for index in sorted(found)])]

    def rewrite(self, node: Node, new: Any) -> list[Edit]:
        """Return the edits that write the value of `node` anew: in its place if it can be, else as a new key."""
        if node.value is not None:
            return [Edit(node.value.start, node.value.end, self._text_in_place(node.value, new))]
        if node.item is not None or node.parent is None or isinstance(node.name, int):
            raise NoSpanError
        first, *others = runs(node.statements())
        gone = [Edit(run[0].above, run[-1].end, "") for run in others]
        if first[0].brackets and new and writer.is_tables(new):
            lines = [*writer.table_lines(node.path(), new, self.newline), ""]
            return [Edit(first[0].start, first[-1].end, self.newline.join(lines)), *gone]
        return [Edit(first[0].above, first[-1].end, ""), *gone, *self.add(node.parent, [(node.name, new)])]

    def _change_list(self, node: Node, old: list[Any], new: Sequence[Any]) -> list[Edit]:
        """Keep the items at both ends that are the same; change, add or delete those between them."""
        if node.is_list and node.value is None and not all(isinstance(item, Mapping) for item in new):
            return self.rewrite(node, new)
        head = _same_items(old, new)
        tail = min(_same_items(old[::-1], new[::-1]), min(len(old), len(new)) - head)
        changed = range(head, min(len(old), len(new)) - tail)
        edits = [edit for index in changed for edit in self.change(node.children[index], old[index], new[index])]
        if len(new) > len(old):
            edits += self.insert(node, changed.stop, new[changed.stop : len(new) - tail])
        elif len(new) < len(old):
            edits += self.delete([node.children[index] for index in range(changed.stop, len(old) - tail)])
        return edits

    def _change_map(self, node: Node, old: dict[str, Any], new: Mapping[str, Any]) -> list[Edit]:
        """Change the keys that stay, delete those that go, add the new ones at the end."""
        kept = [key for key in old if key in new]
        gone = [node.children[key] for key in old if key not in new]
        added = [(key, value) for key, value in new.items() if key not in old]
        if not kept or (node.value is not None and (len(gone) > 1 or (gone and added))):
            return self.rewrite(node, new)
        edits = [edit for key in kept for edit in self.change(node.children[key], old[key], new[key])]
        if gone:
            edits += self.delete(gone)
        if added:
            edits += self.add(node, added)
        return edits

    def _emptied(self, table: Node) -> list[Edit]:
        """Return the edits that leave of a table no more than its name, at its place."""
        name = f"{self._dotted_name(*table.dotted)} = {{}}" if table.dotted else writer.header(table.path())
        first, *others = runs(table.statements())
        gone = [removal(self.matter, run) for run in others]
        return [Edit(first[0].above, first[-1].end, name + self.newline), *gone]

    def _text_in_place(self, value: Value, new: Any) -> str:
        if value.kind == "list" and value.items and isinstance(new, (list, tuple)) and new:
            return brackets.list_text(self.matter, value, [writer.inline_text(item) for item in new])
        return writer.value_text(new, value.style or strings.MULTILINE_BASIC, newline=self.newline)

    def _scalars_in(self, parent: Node, pairs: Sequence[tuple[str, Any]]) -> Edit:
        """Return the edit that adds pairs to a table: after its last pair, or under its header, written if need be."""
        anchor = parent.last_pair or parent.header
        if anchor is not None:
            return self._pairs_after(anchor, pairs)
        lines = [writer.pair_text(key, value, newline=self.newline) for key, value in pairs]
        statements = parent.statements()
        if not statements:
            return self._lines_at(len(self.matter), lines)
        if parent.parent is not None:
            lines.insert(0, writer.header(parent.path()))
        return self._lines_at(statements[0].above, [*lines, ""])

    def _pairs_after(self, anchor: Statement, pairs: Sequence[tuple[str, Any]], prefix: str = "") -> Edit:
        """Return the edit that writes pairs on the lines after `anchor`, indented and spaced as it is."""
        first = anchor.keys[0].start - len(anchor.brackets)
        indent = self.matter[anchor.start : first]
        indent = indent if not indent.strip() else ""
        equals = " = "
        if anchor.value is not None and self.matter[anchor.keys[-1].end : anchor.value.start] == "=":
            equals = "="
        lines = [indent + prefix + writer.pair_text(key, value, equals, self.newline) for key, value in pairs]
        return self._lines_at(anchor.end, lines)

    def _dotted_name(self, statement: Statement, depth: int) -> str:
        return self.matter[statement.keys[0].start : statement.keys[depth - 1].end]

    def _table_lines(self, path: tuple[str, ...], value: Any) -> list[str]:
        return ["", *writer.table_lines(path, value, self.newline)]

    def _tables_at(self, position: int, lines: list[str]) -> Edit:
        """Return the edit that writes tables with a blank line before them and after them."""
        before, after = self.matter[:position].rstrip(" \t"), self.matter[position:]
        if not before or before.endswith(("\n\n", "\n\r\n")):
            lines = lines[1:]
        if after.strip() and after.partition("\n")[0].strip():
            lines = [*lines, ""]
        return self._lines_at(position, lines)

    def _lines_at(self, position: int, lines: Sequence[str]) -> Edit:
        text = self.newline.join(lines)
        unfinished = position and self.matter[position - 1] != "\n"
        return Edit(position, position, self.newline + text if unfinished else text + self.newline)


def _pair_texts(pairs: Sequence[tuple[str, Any]]) -> list[str]:
    return [f"{strings.key_text(key)} = {writer.inline_text(value)}" for key, value in pairs]


def _same(old: Any, new: Any) -> bool:
    """Whether the text of `old` can stay for `new`: equal in value, type and order of keys."""
    if isinstance(old, dict) and isinstance(new, Mapping):
        return list(old) == list(new) and all(_same(old[key], new[key]) for key in old)
    if isinstance(old, list) and isinstance(new, (list, tuple)):
        return len(old) == len(new) == _same_items(old, new)
    return type(old) is type(new) and not isinstance(new, DateText) and bool(old == new or (old != old and new != new))


def _same_items(old: Sequence[Any], new: Sequence[Any]) -> int:
    """Return how many items are the same from the start."""
    pairs = zip(old, new, strict=False)
    return next((index for index, (one, other) in enumerate(pairs) if not _same(one, other)), min(len(old), len(new)))
