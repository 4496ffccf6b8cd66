"""Pieces of HTML that the sections of the report page are made of; every text goes through `text`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from unicodedata import category

from hugoconv.report.redaction import redacted

_FORBIDDEN = ("Cc", "Cs")
_ALLOWED = "\n\t"


def text(value: str) -> str:
    """Return text for HTML: without secrets, and with what HTML forbids (control characters, ...) made visible."""
    shown = "".join(
        each.encode("unicode_escape").decode() if category(each) in _FORBIDDEN and each not in _ALLOWED else each
        for each in redacted(value)
    )
    return escape(shown)


def line(value: str) -> str:
    """Return text of one line for HTML: line ends and tabs are made visible too."""
    return text(value.replace("\n", "\\n").replace("\t", "\\t"))


def code(value: str) -> str:
    """Return text of one line as code, "" for none."""
    return f"<code>{line(value)}</code>" if value else ""


def section(name: str, title: str, content: str, lead: str = "") -> str:
    """Return a section with its heading; "" for one without content."""
    if not content:
        return ""
    intro = f'<p class="lead">{lead}</p>' if lead else ""
    heading = f'<h2 id="{name}-title">{title}</h2>'
    return f'<section id="{name}" aria-labelledby="{name}-title">{heading}{intro}{content}</section>'


def identifier_of(made: str) -> str:
    """Return the id of a section that `section` made."""
    return made.partition('id="')[2].partition('"')[0]


def table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Sequence[int] = (), row_class: str = "row"
) -> str:
    """Return a table of cells that are HTML; columns in `numbers` are set right."""
    styles = [' class="number"' if column in numbers else "" for column in range(len(headings))]
    head = "".join(f'<th scope="col"{style}>{heading}</th>' for heading, style in zip(headings, styles, strict=True))
    body = "".join(
        f'<tr class="{row_class}">'
        + "".join(f"<td{style}>{cell}</td>" for cell, style in zip(row, styles, strict=True))
        + "</tr>"
        for row in rows
    )
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def copyable(value: str) -> str:
    """Return code with a button that copies it."""
    return (
        f'<div class="copy"><pre><code>{text(value)}</code></pre>'
        '<button type="button" aria-label="Copy">Copy</button></div>'
    )


def details(summary: str, content: str, style: str = "", *, is_open: bool = False) -> str:
    """Return something that can be opened; both parts are HTML."""
    attribute = f' class="{style}"' if style else ""
    return f"<details{attribute}{' open' if is_open else ''}><summary>{summary}</summary>{content}</details>"


def more(left: int, what: str) -> str:
    """Return a line that says how much is not shown, "" for nothing."""
    return f'<p class="soft">... and {left:,} more {what}; the JSON report has all</p>' if left > 0 else ""
