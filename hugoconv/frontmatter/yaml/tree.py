"""The tree of a YAML matter: each value with its span, and the way to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from hugoconv.frontmatter.syntax import KeyPath
from hugoconv.frontmatter.yaml.scalars import GOCCY, key_name


@dataclass(slots=True)
class Node:
    """A value with its span: `start` is before an anchor or tag, `end` right after the value's last character.

    `children` of a map are its pairs flattened (key, value, key, value, ...), of a list its items.
    """

    kind: Literal["scalar", "list", "map", "alias"]
    start: int
    end: int
    text: str = ""
    style: str = ""
    flow: bool = False
    anchor: str = ""
    children: list[Node] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What Hugo calls a key: its text, or that of the number, truth value or null that a plain one reads as."""
        return self.text if self.style else key_name(self.text, GOCCY)

    def pairs(self) -> Iterator[tuple[Node, Node]]:
        """Yield a map's (key, value) nodes in written order."""
        return zip(self.children[::2], self.children[1::2], strict=True)

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below it, in written order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


def find(root: Node, path: KeyPath) -> tuple[Node | None, Node]:
    """Return the key node (None for a list item) and the value node at `path`; KeyError when there is none.

    Of a repeated key the last one counts, as it does for the readers that accept one.
    """
    key_node: Node | None = None
    node = root
    for part in path:
        if node.kind == "map":
            matches = [pair for pair in node.pairs() if pair[0].kind == "scalar" and pair[0].text == part] or [
                pair for pair in node.pairs() if pair[0].kind == "scalar" and pair[0].name == part
            ]
            if not matches:
                raise KeyError(path)
            key_node, node = matches[-1]
        elif node.kind == "list" and isinstance(part, int) and 0 <= part < len(node.children):
            key_node, node = None, node.children[part]
        else:
            raise KeyError(path)
    return key_node, node


def value_path(root: Node, wanted: Node) -> KeyPath:
    """Return the path that leads to the node `wanted` (by identity); KeyError when it is a key or not in the tree."""
    stack: list[tuple[Node, KeyPath]] = [(root, ())]
    while stack:
        node, path = stack.pop()
        if node is wanted:
            return path
        if node.kind == "map":
            stack.extend((value, (*path, key.text)) for key, value in node.pairs())
        elif node.kind == "list":
            stack.extend((item, (*path, index)) for index, item in enumerate(node.children))
    raise KeyError(wanted.text)
