"""Tables: as pipe tables when Markdown can say all they say, else not at all."""

from __future__ import annotations

import re
from collections.abc import Callable

from bs4.element import NavigableString, Tag

from hugoconv.markup.html_tree import BLOCKS, elements

_ALIGNMENT = re.compile(r"(?:text-align:\s*|has-text-align-|^)(left|center|right)\b")
_RULES = {"left": ":---", "center": ":---:", "right": "---:", "": "---"}
_PIPE = re.compile(r"(\\?)\|")


def pipe_table(table: Tag, cell_text: Callable[[Tag], str]) -> str | None:
    """Return a table as a pipe table, None when it is more than one row of headings over rows of simple cells.

    `cell_text` converts a cell to one line of Markdown.
    """
    rows = _rows(table)
    if rows is None or len(rows[0]) < 1 or any(cell.name != "th" for cell in rows[0]):
        return None
    width = len(rows[0])
    if any(len(row) > width or any(cell.name != "td" for cell in row) for row in rows[1:]):
        return None
    if any(not _is_simple(cell) for row in rows for cell in row):
        return None
    columns = [{_alignment(row[index]) for row in rows if index < len(row)} for index in range(width)]
    if any(len(column) > 1 for column in columns):
        return None
    lines = [[_escaped(cell_text(cell)) for cell in row] + [""] * (width - len(row)) for row in rows]
    lines.insert(1, [_RULES[column.pop()] for column in columns])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _rows(table: Tag) -> list[list[Tag]] | None:
    """Return the cells row by row, the first row being the head; None when the table has other parts."""
    rows: list[list[Tag]] = []
    groups = [child for child in table.children if isinstance(child, Tag) and child.name != "colgroup"]
    if any(group.name not in ("thead", "tbody", "tr") for group in groups):
        return None
    for group in groups:
        lines = [group] if group.name == "tr" else [child for child in group.children if isinstance(child, Tag)]
        if group.name == "thead" and (len(lines) != 1 or rows):
            return None
        for line in lines:
            cells = [child for child in line.children if isinstance(child, Tag)]
            if line.name != "tr" or any(cell.name not in ("td", "th") for cell in cells):
                return None
            rows.append([_as_heading(cell) if group.name == "thead" else cell for cell in cells])
    loose = any(isinstance(node, NavigableString) and node.strip() for node in table.children)
    return rows if rows and not loose else None


def _as_heading(cell: Tag) -> Tag:
    cell.name = "th"
    return cell


def _is_simple(cell: Tag) -> bool:
    if any(str(cell.get(name, "1")) not in ("1", "0", "") for name in ("colspan", "rowspan")):
        return False
    blocks = elements(cell, BLOCKS)
    return not blocks or (len(blocks) == 1 and blocks[0].name == "p" and blocks[0].parent is cell)


def _alignment(cell: Tag) -> str:
    said = (str(cell.get("align", "")), str(cell.get("style", "")), " ".join(cell.get_attribute_list("class") or [""]))
    return next((match[1] for text in said if (match := _ALIGNMENT.search(text or ""))), "")


def _escaped(text: str) -> str:
    line = " ".join(text.split("\n")).strip(" ")
    return _PIPE.sub(lambda match: r"\|" if not match[1] else r"\&#124;", line)
