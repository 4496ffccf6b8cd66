"""The lines of a TOML text around its statements: comments, blank lines, and whole entries that move."""

from __future__ import annotations

from collections.abc import Iterator

from hugoconv.edits import Edit, apply, newline_of
from hugoconv.frontmatter.syntax import Entry, Notes
from hugoconv.frontmatter.toml.statements import Statement
from hugoconv.frontmatter.toml.tree import build


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


def notes(matter: str) -> Notes:
    """Return the comments and blank lines of a TOML text by top-level key; see `Syntax.notes`."""
    root = build(matter)
    statements = root.statements()
    gaps = [0, *(statement.end for statement in statements)]
    entries: dict[str, Entry] = {}
    for key, node in root.children.items():
        own = node.statements()
        first = own[0]
        between = matter[gaps[first.index] : first.start].splitlines()
        beside, inside = _value_comments(matter, first)
        for statement in own[1:]:
            inside += len(_comments(matter[gaps[statement.index] : statement.start]))
            inside += (statement.comment is not None) + (statement.value.comments if statement.value else 0)
        entries[str(key)] = Entry(
            key=str(key),
            start=first.above,
            end=runs(own)[0][-1].end,
            comments_above=tuple(_comments(matter[gaps[first.index] : first.start])),
            comment_beside=beside,
            blank_before=any(not line.strip() for line in between),
            comments_inside=inside,
        )
    return Notes(entries, tuple(_comments(matter[gaps[-1] :])))


def _value_comments(matter: str, statement: Statement) -> tuple[str | None, int]:
    """Return the comment at the end of a key's line, and the number of its other comments."""
    beside = matter[slice(*statement.comment)] if statement.comment else None
    value = statement.value
    if value is None or not value.comments:
        return (_comment_text(beside) if beside else None), 0
    opening = _line(matter, value.start)[1:].strip()
    if opening.startswith("#"):
        return _comment_text(opening), value.comments - 1 + (beside is not None)
    if _line(matter, value.start).rstrip("\r\n") != matter[value.start : statement.end].rstrip("\r\n"):
        return None, value.comments + (beside is not None)
    return (_comment_text(beside) if beside else None), value.comments


def _line(matter: str, position: int) -> str:
    """Return the rest of the line at `position`, with its line end."""
    end = matter.find("\n", position) + 1
    return matter[position : end or len(matter)]


def _with_line_end(text: str, newline: str) -> str:
    return text if text.endswith("\n") else text + newline


def _comments(gap: str) -> list[str]:
    return [_comment_text(line) for line in gap.split("\n") if line.lstrip().startswith("#")]


def _comment_text(line: str) -> str:
    return line.strip().removeprefix("#").removeprefix(" ")
