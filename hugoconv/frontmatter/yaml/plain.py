"""Front matter in YAML's plainest form, which is most of it, read line by line to the tree that libyaml gives.

This is for speed alone, so it only recognises: block maps under bare keys, lists of scalars, and
scalars on one line without escapes, beside comments and blank lines. Of all else `tree_of` says nothing, and libyaml
reads it: what is valid YAML, and what it means where that takes thought, is never decided here.
"""

from __future__ import annotations

import re
from functools import lru_cache

from hugoconv.frontmatter.yaml.tree import Node

_DEEPEST = 30
_TAKES_THOUGHT = re.compile("[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""Tabs, line ends of other systems, and the characters that libyaml refuses."""
_FIRST = r"""(?:[^\s\-?:,\[\]{}\#&*!|>'"%@`<=]|-(?=[^\s\-]))"""
"""How a scalar without quotes begins."""
_QUOTED = r""""([^"\\\n]*)"|'([^'\n]*)'"""
_LINE = re.compile(
    rf"""([ ]*)
    (?:(-)[ ]+ | ([A-Za-z_][\w.-]{{0,100}}):(?:[ ]+|(?=\n)|\Z))?
    (?:{_QUOTED}|({_FIRST}(?:[^\n:\#]++|:(?=[^ \n])|(?<![ ])\#)*+)|\[([^\n\[\]{{}}:\#\\]*)\])?
    [ ]*(?:(?<![^ \n])\#[^\n]*)?(?:\n|\Z)""",
    re.VERBOSE,
)
"""Indentation, a dash or a key, a scalar or a list in brackets, a comment."""
_ITEM = re.compile(rf"[ ]*(?:{_QUOTED}|({_FIRST}[^,?&*!|>'\"%@`]*+))[ ]*(?:,(?=.)|\Z)")
"""An item of a list in brackets, and what parts it from the next one."""


@lru_cache(maxsize=8)
def tree_of(matter: str) -> Node | None:
    """Return the root of a matter in plain form, None for any other; nobody changes a tree."""
    if _TAKES_THOUGHT.search(matter):
        return None
    tree = _Tree()
    position, end = 0, len(matter)
    while position < end:
        line = _LINE.match(matter, position)
        if line is None or not tree.takes(line):
            return None
        position = line.end()
    return tree.whole()


class _Tree:
    """A tree that grows line by line, as long as each line is in plain form."""

    def __init__(self) -> None:
        self._maps = [(0, Node("map", 0, 0))]
        """The maps that are open, with their indentation."""
        self._gap: Node | None = None
        """The empty value of the last key, which what stands below may fill."""
        self._list: Node | None = None
        """The list that is open."""
        self._dashes = 0
        """Its indentation."""

    def takes(self, line: re.Match[str]) -> bool:
        """Take a line of `_LINE`; whether it fits where it stands."""
        indent, dash, key, double, single, bare, inner = line.groups()
        value = None
        if bare is not None:
            start = line.start(6)
            text = bare.rstrip(" ")
            value = Node("scalar", start, start + len(text), text)
        elif double is not None:
            value = Node("scalar", line.start(4) - 1, line.end(4) + 1, double, '"')
        elif single is not None:
            value = Node("scalar", line.start(5) - 1, line.end(5) + 1, single, "'")
        elif inner is not None:
            value = _list_in_brackets(inner, line.start(7))
            if value is None:
                return False
        if key is not None:
            return self._takes_key(len(indent), key, line.start(3), value)
        if dash is not None:
            return value is not None and self._takes_item(len(indent), line.start(2), value)
        return value is None

    def _takes_key(self, indent: int, key: str, start: int, value: Node | None) -> bool:
        maps = self._maps
        if indent > maps[-1][0]:
            if self._gap is None or len(maps) > _DEEPEST:
                return False
            self._gap.kind, self._gap.start = "map", start
            maps.append((indent, self._gap))
        elif indent < maps[-1][0]:
            self._close(indent)
            if maps[-1][0] != indent:
                return False
        end = start + len(key)
        self._list = self._gap = None
        if value is None:
            value = self._gap = Node("scalar", end + 1, end + 1)
        maps[-1][1].children += (Node("scalar", start, end, key), value)
        return True

    def _takes_item(self, indent: int, start: int, value: Node) -> bool:
        if self._gap is not None and indent >= self._maps[-1][0]:
            self._list, self._gap, self._dashes = self._gap, None, indent
            self._list.kind, self._list.start = "list", start
        elif self._list is None or indent != self._dashes:
            return False
        self._list.children.append(value)
        self._list.end = value.end
        return True

    def _close(self, indent: int) -> None:
        """Close the maps that are indented more."""
        while self._maps[-1][0] > indent:
            closed = self._maps.pop()[1]
            closed.end = closed.children[-1].end

    def whole(self) -> Node | None:
        """Return the root, None when there is nothing in it."""
        self._close(0)
        root = self._maps[0][1]
        if not root.children:
            return None
        root.start, root.end = root.children[0].start, root.children[-1].end
        return root


def _list_in_brackets(inner: str, start: int) -> Node | None:
    """Return the list of what stands between brackets from `start` on, None when that is not in plain form."""
    node = Node("list", start - 1, start + len(inner) + 1, flow=True)
    position = 0
    while position < len(inner) and inner[position:].strip(" "):
        item = _ITEM.match(inner, position)
        if item is None:
            return None
        group = item.lastindex or 3
        text = item[group] if group < 3 else item[group].rstrip(" ")
        first = start + item.start(group)
        if group < 3:
            style = "\"'"[group - 1]
            node.children.append(Node("scalar", first - 1, first + len(text) + 1, text, style))
        else:
            node.children.append(Node("scalar", first, first + len(text), text))
        position = item.end()
    return node
