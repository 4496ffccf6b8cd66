"""The lines of a TOML text around its statements: comments, blank lines, and whole entries that move."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hugoconv.edits import Edit, apply, newline_of
from hugoconv.frontmatter.notes import Slot, attached
from hugoconv.frontmatter.syntax import Notes
from hugoconv.frontmatter.toml.statements import Statement
from hugoconv.frontmatter.toml.tree import build

_OWN_LINE = re.compile(r"^[ \t]*(#)", re.MULTILINE)


def runs(statements: list[Statement]) -> list[list[Statement]]:
    """Return the statements in groups that stand right after one another."""
    groups: list[list[Statement]] = []
    for statement in statements:
        if groups and groups[-1][-1].index + 1 == statement.index:
            groups[-1].append(statement)
        else:
            groups.append([statement])
    return groups


def removal(matter: str, run: list[Statement]) -> Edit:
    """Return the edit that takes out a run of statements with the comments directly above the first.

    A table takes the blank lines that set it off above with it, where blank lines or the end follow.
    """
    start, end = run[0].above, run[-1].end
    if run[0].brackets and not _line(matter, end).strip():
        kept = matter[:start].rstrip()
        start = matter.find("\n", len(kept)) + 1 if kept else 0
        if not kept:
            end = len(matter) - len(matter[end:].lstrip("\r\n"))
    return Edit(start, end, "")


def move(matter: str, key: str, before: str | None) -> Iterator[str]:
    """Yield the text in which the top-level `key` stands before `before`; nothing where TOML has no such order."""
    root = build(matter)
    statements = root.statements()
    moved = root.children[key].statements()
    indexes = {statement.index for statement in moved}
    first_table = next((statement.index for statement in statements if statement.brackets), len(statements))
    rest = [statement for statement in statements if statement.index not in indexes]
    following = root.children[before].statements()[0] if before is not None else None
    is_table = moved[0].index >= first_table
    place = following.index if following is not None else len(statements)
    if place < first_table if is_table else place > first_table:
        return
    newline = newline_of(matter)
    parts = [matter[run[0].above : run[-1].end] for run in runs(moved)]
    text = (newline if is_table else "").join(part if part.endswith("\n") else part + newline for part in parts)
    if following is not None and (is_table or place < first_table):
        position = following.above
        text += newline if is_table else ""
    else:
        # After the last statement that may stand before it: of the pairs at the top, or of all for a table.
        position = max((s.end for s in rest if is_table or s.index < first_table), default=moved[0].above)
        text = newline + text if is_table else text
    if position and matter[position - 1] != "\n":
        text = newline + text
    yield apply(matter, [*(removal(matter, run) for run in runs(moved)), Edit(position, position, text)])


def spans(matter: str) -> dict[str, tuple[int, int]]:
    """Return where each top-level key's first lines stand; see `Syntax.spans`."""
    found: dict[str, tuple[int, int]] = {}
    for key, node in build(matter).children.items():
        first = runs(node.statements())[0]
        found[str(key)] = first[0].above, first[-1].end
    return found


def notes(matter: str) -> Notes:
    """Return the comments and blank lines of a TOML text; see `Syntax.notes`.

    What stands above the first header of an array of tables belongs to the array, not to its first table.
    """
    root = build(matter)
    slots: list[Slot] = []
    comments: list[int] = []
    texts: list[tuple[int, int]] = []
    for node in root.walk():
        path, value = node.full_path(), node.value
        if node.header:
            is_first = path[-1] == 0 and isinstance(path[-1], int)
            slots.append(Slot(path[:-1] if is_first else path, node.header.start, node.header.end, headed=True))
        if value is None:
            continue
        start = node.item.start if node.item else node.pair.start if node.pair else value.start
        slots.append(Slot(path, start, value.end, value.items is not None))
        if value.items is None:
            texts.append((value.start, value.end))
        if node.pair:
            comments.extend(value.comments)
    statements = root.statements()
    comments.extend(statement.comment[0] for statement in statements if statement.comment)
    ends = [0, *(statement.end for statement in statements)]
    starts = [*(statement.start for statement in statements), len(matter)]
    for end, start in zip(ends, starts, strict=True):
        comments.extend(match.start(1) for match in _OWN_LINE.finditer(matter, end, start))
    slots.sort(key=lambda slot: slot.start)
    return attached(matter, slots, comments, texts)


def _line(matter: str, position: int) -> str:
    """Return the rest of the line at `position`, with its line end."""
    end = matter.find("\n", position) + 1
    return matter[position : end or len(matter)]
