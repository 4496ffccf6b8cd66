"""Where everything stands in a YAML matter: a tree of nodes with character spans, from libyaml's events."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import yaml

from hugoconv.errors import FrontMatterError
from hugoconv.frontmatter.yaml import plain
from hugoconv.frontmatter.yaml.tree import Node
from hugoconv.frontmatter.yaml.values import EVENT_LOADER, mask, unmask


@lru_cache(maxsize=4)
def compose(matter: str) -> Node | None:
    """Return the root of the first document, None when the matter holds no value; FrontMatterError if it is invalid.

    Reading, crossing and editing one file ask for the same tree, so the last few are kept; nobody changes a tree.
    """
    root = plain.tree_of(matter)
    if root is not None:
        return root
    text, back = mask(matter)
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
