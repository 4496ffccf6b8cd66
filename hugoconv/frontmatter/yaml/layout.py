"""The lines of a YAML matter around its nodes: indents, comments, blank lines and whole entries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hugoconv.edits import newline_of
from hugoconv.frontmatter.notes import Slot, attached
from hugoconv.frontmatter.syntax import KeyPath, Notes
from hugoconv.frontmatter.yaml.tree import Node


class Layout:
    """Answers where lines, dashes, colons and comments stand in one matter; positions count characters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.newline = newline_of(text)

    def line_start(self, position: int) -> int:
        """Return where the line that holds `position` starts."""
        return self.text.rfind("\n", 0, position) + 1

    def line_end_after(self, position: int) -> int:
        """Return where the next line starts; `position` itself when a line starts there."""
        if position and self.text[position - 1] == "\n":
            return position
        end = self.text.find("\n", position)
        return end + 1 if end >= 0 else len(self.text)

    def column(self, position: int) -> int:
        """Return how many characters stand before `position` on its line."""
        return position - self.line_start(position)

    def indent_of(self, parent: Node) -> str:
        """Return the indent of a block collection's keys or dashes."""
        first = parent.children[0]
        start = first.start if parent.kind == "map" else self.dash_before(first.start)
        return " " * self.column(start)

    def dash_before(self, position: int) -> int:
        """Return where the dash of the list item stands whose value starts at `position`."""
        return self.text.rfind("-", 0, position)

    def colon_after(self, key: Node) -> int:
        """Return where the colon after `key` stands."""
        return self.text.index(":", key.end)

    def item_span(self, item: Node) -> tuple[int, int]:
        """Return the lines of a block list's item, with the comment lines right above it."""
        dash = self.dash_before(item.start if item.end > item.start else max(item.start, 1))
        start = self.line_start(dash)
        if self.text[start:dash].strip():
            return dash, self.line_end_after(item.end)
        return self._comments_start(start), self.line_end_after(item.end)

    def entry_span(self, key: Node, value: Node) -> tuple[int, int]:
        """Return the lines of a block map's entry, with the comment lines right above it."""
        start = self.line_start(key.start)
        before = self.text[start : key.start]
        if before.strip() not in ("", "?"):
            return key.start, self.line_end_after(max(value.end, key.end))
        return self._comments_start(start), self.line_end_after(max(value.end, key.end))

    def _comments_start(self, start: int) -> int:
        """Return where the comment lines right above the line at `start` begin."""
        while start:
            above = self.line_start(start - 1)
            if not self.text[above:start].lstrip().startswith("#"):
                break
            start = above
        return start

    def comment_beside(self, start: int, node: Node) -> str:
        """Return the comment, with the blanks before it, between `start` and the block that starts on a later line."""
        comment = self.comment_after(start)
        return comment if node.start > start + len(comment) else ""

    def comment_after(self, position: int) -> str:
        """Return the comment, with the blanks before it, that ends the line after `position`; "" for none."""
        end = self.text.find("\n", position)
        rest = self.text[position : end if end >= 0 else len(self.text)].rstrip()
        return rest if rest.lstrip().startswith("#") else ""

    def is_flush(self, key: Node, node: Node) -> bool:
        """Whether the block list `node` stands with its dashes right under its key."""
        if node.kind != "list" or node.flow or not node.children:
            return False
        return self.column(self.dash_before(node.children[0].start)) == self.column(key.start)

    def lists_are_flush(self, parent: Node, indent: str) -> bool:
        """Whether the map's block lists are written with their dashes under the key."""
        return any(self.is_flush(key, value) for key, value in parent.pairs()) and indent == self.indent_of(parent)


def spans(text: str, root: Node | None) -> dict[str, tuple[int, int]]:
    """Return where each top-level key's entry stands; see `Syntax.spans`."""
    layout = Layout(text)
    found: dict[str, tuple[int, int]] = {}
    position = 0
    if root is not None and root.kind == "map" and not root.flow:
        for key, value in root.pairs():
            start, end = layout.entry_span(key, value)
            found[key.text] = max(start, position), end
            position = end
    return found


def notes(text: str, root: Node | None) -> Notes:
    """Return the comments and blank lines of a matter; see `Syntax.notes`."""
    slots = list(_slots(text, root, (), 0)) if root is not None else []
    leaves = [node for node in root.walk() if node.kind in ("scalar", "alias")] if root is not None else []
    return attached(text, slots, _comments(text, leaves), ((leaf.start, leaf.end) for leaf in leaves))


_HASH = re.compile(r"(?:(?<=\s)|\A)#[^\n]*")
_TO_DASH = re.compile(r"(?:\s|#[^\n]*|[&!]\S*)*(?=-)")


def _slots(text: str, node: Node, path: KeyPath, position: int) -> Iterator[Slot]:
    """Yield a slot for each key and list item below `node`, in written order."""
    if node.kind == "map":
        for key, value in node.pairs():
            inner = (*path, key.name)
            yield Slot(inner, key.start, max(value.end, key.end), value.flow)
            yield from _slots(text, value, inner, key.end)
    elif node.kind == "list":
        position = node.start
        for index, item in enumerate(node.children):
            start = item.start
            if not node.flow and (dash := _TO_DASH.match(text, position)):
                start = dash.end()
            yield Slot((*path, index), start, max(item.end, start + 1), item.flow)
            yield from _slots(text, item, (*path, index), start)
            position = max(item.end, start + 1)


def _comments(text: str, leaves: list[Node]) -> Iterator[int]:
    """Yield where each comment starts: between the leaves stand only indicators, white space and comments."""
    position = 0
    for leaf in leaves:
        yield from (match.start() for match in _HASH.finditer(text, position, leaf.start))
        if leaf.style in ("|", ">") and (header := _HASH.search(text, leaf.start, text.find("\n", leaf.start))):
            yield header.start()
        position = max(position, leaf.end)
    yield from (match.start() for match in _HASH.finditer(text, position))
