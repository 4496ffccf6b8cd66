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
    if run[0].brackets and _line(matter, end).isspace() | (end == len(matter)):
        while start and (above := matter.rfind("\n", 0, start - 1) + 1) < start and not matter[above:start].strip():
            start = above
    return Edit(start, end, "")


def move(matter: str, key: str, before: str | None) -> Iterator[str]:
    """Yield the text in which the top-level `key` stands before `before`; nothing where TOML has no such order."""
    root = build(matter)
    moved = root.children[key].statements()
    following = root.children[before].statements()[0] if before is not None else None
    indexes = {statement.index for statement in moved}
    rest = [statement for statement in root.statements() if statement.index not in indexes]
    tables = [statement.index for statement in root.statements() if statement.brackets]
    first_table = tables[0] if tables else len(rest) + len(moved)
    is_table = moved[0].index >= first_table
    pairs = [statement for statement in rest if statement.index < first_table]
    newline = newline_of(matter)
    blocks = [_with_line_end(matter[run[0].above : run[-1].end], newline) for run in runs(moved)]
    if is_table:
        if following is not None and following.index < first_table:
            return
        position = rest[-1].end if following is None and rest else following.above if following else 0
        text = newline.join(blocks)
        text = newline + text if following is None and position else text + newline
    else:
        if following is None and len(pairs) < len(rest) or following is not None and following.index > first_table:
            return
        is_pair = following is not None and following.index < first_table
        position = following.above if following is not None and is_pair else pairs[-1].end if pairs else moved[0].above
        text = "".join(blocks)
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
