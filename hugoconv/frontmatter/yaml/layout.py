"""The lines of a YAML matter around its nodes: indents, comments, blank lines and whole entries."""

from __future__ import annotations

from hugoconv.edits import newline_of
from hugoconv.frontmatter.syntax import Entry, Notes
from hugoconv.frontmatter.yaml.nodes import Node


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


def notes(text: str, root: Node | None) -> Notes:
    """Return the comments and blank lines of a matter; see `Syntax.notes`."""
    layout = Layout(text)
    entries: dict[str, Entry] = {}
    position = 0
    if root is not None and root.kind == "map" and not root.flow:
        for key, value in root.pairs():
            start, end = layout.entry_span(key, value)
            start = max(start, position)
            entries[key.text] = _entry(layout, key, value, start, end, position)
            position = end
    after = tuple(_comment_text(line) for line in text[position:].splitlines() if line.lstrip().startswith("#"))
    return Notes(entries, after)


def _entry(layout: Layout, key: Node, value: Node, start: int, end: int, position: int) -> Entry:
    text = layout.text
    key_line = layout.line_start(key.start)
    between = text[position:start].splitlines()
    above = [_comment_text(line) for line in between if line.lstrip().startswith("#")]
    above += [_comment_text(line) for line in text[start:key_line].splitlines()]
    beside, inside = _value_comments(layout, key, value, end)
    return Entry(
        key=key.text,
        start=start,
        end=end,
        comments_above=tuple(above),
        comment_beside=beside,
        blank_before=any(not line.strip() for line in between),
        comments_inside=inside,
    )


def _value_comments(layout: Layout, key: Node, value: Node, end: int) -> tuple[str | None, int]:
    """Return the comment beside a key and the number of comments inside its value."""
    leaves = [node for node in value.walk() if node.kind in ("scalar", "alias")]
    gaps: list[str] = []
    position = key.end
    for leaf in leaves:
        gaps.append(layout.text[position : leaf.start])
        position = max(position, leaf.end)
        if leaf.style in ("|", ">"):
            gaps.append(layout.text[leaf.start : leaf.end].partition("\n")[0].lstrip("|>+-0123456789"))
    gaps.append(layout.text[position:end])
    # Between the leaves stand only indicators, white space and comments, so any `#` there begins a comment.
    comments = [line[line.index("#") :] for gap in gaps for line in gap.splitlines() if "#" in line]
    is_block = value.kind in ("list", "map") and not value.flow
    beside: str | None = None
    first_line = layout.text[key.end :].partition("\n")[0].rstrip("\r")
    if is_block:
        head = first_line.lstrip(" :")
        beside = _comment_text(head) if head.startswith("#") else None
    elif comments:
        beside = _comment_text(comments[-1])
    return beside, len(comments) - (beside is not None)


def _comment_text(line: str) -> str:
    return line.strip().removeprefix("#").removeprefix(" ")
