"""The tree of a TOML text: what each header, dotted key, list item and pair contributes to which value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from hugoconv.frontmatter.syntax import KeyPath
from hugoconv.frontmatter.toml.statements import Item, Key, Statement, Value, scan


@dataclass(eq=False, slots=True)
class Node:
    """One value of the text: a scalar, a list or a map, with all the places that write it.

    `keys` are the spans of its name; `header` the `[table]` or `[[table]]` that opens it; `pair` the statement
    `key = value` that gives it. `value` is that value's span, also inside lists and inline tables, where `item` is
    the whole item (the last one, for a part of a dotted key). `dotted` is the last pair that goes through it
    (`name.key = ...`), with the number of keys up to it; `last_pair` the last pair written under its header.
    """

    name: str | int
    parent: Node | None
    children: dict[str | int, Node] = field(default_factory=dict)
    keys: list[Key] = field(default_factory=list)
    is_tables: bool = False
    header: Statement | None = None
    pair: Statement | None = None
    value: Value | None = None
    item: Item | None = None
    dotted: tuple[Statement, int] | None = None
    last_pair: Statement | None = None

    @property
    def is_list(self) -> bool:
        """Whether it is a list, of values or of tables."""
        return self.is_tables or (self.value is not None and self.value.kind == "list")

    @property
    def is_map(self) -> bool:
        """Whether it is a map: a table, an inline table, or the way of dotted keys."""
        return not self.is_list and (self.value is None or self.value.kind == "map")

    def walk(self) -> Iterator[Node]:
        """Yield the node and all nodes below it, in no order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(node.children.values())

    def statements(self) -> list[Statement]:
        """Return the statements that write it, in the text's order."""
        found = {s.index: s for node in self.walk() for s in (node.header, node.pair) if s is not None}
        return [found[index] for index in sorted(found)]

    def full_path(self) -> KeyPath:
        """Return the names and list indexes from the top to here."""
        names: list[str | int] = []
        node: Node | None = self
        while node is not None and node.parent is not None:
            names.append(node.name)
            node = node.parent
        return tuple(reversed(names))

    def path(self) -> tuple[str, ...]:
        """Return the names from the top to here, without list indexes: the text of its header."""
        return tuple(name for name in self.full_path() if isinstance(name, str))


def build(matter: str) -> Node:
    """Return the tree of a TOML text; FrontMatterError (line, column) where it is not TOML."""
    root = Node("", None)
    current = root
    for statement in scan(matter):
        if statement.brackets:
            current = _open_table(root, statement)
        else:
            current.last_pair = statement
            _add_pair(current, statement)
    return root


def find(root: Node, path: KeyPath) -> Node:
    """Return the node at `path`; KeyError when it does not lead to a value."""
    node = root
    for part in path:
        if part not in node.children:
            raise KeyError(path)
        node = node.children[part]
    return node


def _child(parent: Node, key: Key) -> Node:
    node = parent.children.setdefault(key.text, Node(key.text, parent))
    node.keys.append(key)
    return node


def _open_table(root: Node, statement: Statement) -> Node:
    node = root
    for depth, key in enumerate(statement.keys, 1):
        node = _child(node, key)
        is_last = depth == len(statement.keys)
        if is_last and statement.brackets == "[[":
            node.is_tables = True
            index = len(node.children)
            node.children[index] = Node(index, node)
        if node.is_tables:
            node = node.children[len(node.children) - 1]
    node.header = statement
    return node


def _add_pair(table: Node, statement: Statement) -> None:
    node = table
    for depth, key in enumerate(statement.keys, 1):
        node = _child(node, key)
        if depth < len(statement.keys):
            node.dotted = (statement, depth)
    node.pair = statement
    node.value = statement.value
    _add_items(node)


def _add_items(top: Node) -> None:
    """Give nodes to all that stands inside the value of `top`."""
    waiting = [top]
    while waiting:
        parent = waiting.pop()
        items = parent.value.items if parent.value is not None else None
        for index, item in enumerate(items or ()):
            node = parent
            for key in item.keys:
                node = _child(node, key)
                node.item = item
            if not item.keys:
                node = parent.children[index] = Node(index, parent, item=item)
            node.value = item.value
            waiting.append(node)
