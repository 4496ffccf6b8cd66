"""Where everything stands in a YAML matter: a tree of nodes with character spans, from libyaml's events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

import yaml

from hugoconv.errors import FrontMatterError
from hugoconv.frontmatter.syntax import KeyPath
from hugoconv.frontmatter.yaml.scalars import GOCCY, key_name
from hugoconv.frontmatter.yaml.values import EVENT_LOADER, mask, unmask


@dataclass(slots=True)
class Node:
    """A value with its span: `start` is before an anchor or tag, `end` right after the value's last character.

    `children` of a map are its pairs flattened (key, value, key, value, ...), of a list its items.
    """

    kind: Literal["scalar", "list", "map", "alias"]
    start: int
    end: int
    flow: bool = False
    style: str = ""
    text: str = ""
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


@lru_cache(maxsize=4)
def compose(matter: str) -> Node | None:
    """Return the root of the first document, None when the matter holds no value; FrontMatterError if it is invalid.

    Reading, crossing and editing one file ask for the same tree, so the last few are kept; nobody changes a tree.
    """
    text, back = mask(matter)
    root: Node | None = None
    open_nodes: list[Node] = []
    try:
        for event in yaml.parse(text, Loader=EVENT_LOADER):
            node = _node(event, text, back)
            if node is None:
                if isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                    _close(open_nodes.pop(), event)
                elif isinstance(event, yaml.DocumentEndEvent):
                    break
                continue
            if open_nodes:
                open_nodes[-1].children.append(node)
            else:
                root = node
            if node.kind in ("list", "map"):
                open_nodes.append(node)
    except yaml.YAMLError as error:
        raise FrontMatterError(f"invalid YAML: {str(error).splitlines()[0]}", line=1) from None
    return root


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


def _node(event: Any, text: str, back: dict[str, str]) -> Node | None:
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, yaml.ScalarEvent):
        style = event.style or ""
        if style in ("|", ">"):
            end = _block_scalar_end(text, start, end)
        value = unmask(event.value, back) if back else event.value
        return Node("scalar", start, end, style=style, text=value, anchor=event.anchor or "")
    if isinstance(event, yaml.AliasEvent):
        return Node("alias", start, end, text=event.anchor or "")
    if isinstance(event, yaml.MappingStartEvent):
        return Node("map", start, end, flow=bool(event.flow_style), anchor=event.anchor or "")
    if isinstance(event, yaml.SequenceStartEvent):
        return Node("list", start, end, flow=bool(event.flow_style), anchor=event.anchor or "")
    return None


def _close(node: Node, event: Any) -> None:
    """Set a collection's end: its bracket, or its last leaf's end (libyaml's own mark runs on to the next token)."""
    if node.flow:
        node.end = event.end_mark.index
    elif node.children:
        node.end = node.children[-1].end


def _block_scalar_end(text: str, start: int, end: int) -> int:
    """Return the end of a `|` or `>` scalar without the blank lines after it, which belong to nobody unless kept."""
    header = text[start : text.find("\n", start)]
    if "+" in header.partition("#")[0]:
        return end
    content = text[start:end]
    stripped = content.rstrip(" \t\r\n")
    newline = content.find("\n", len(stripped))
    return start + (newline + 1 if newline >= 0 else len(content))
