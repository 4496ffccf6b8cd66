"""Org, Emacs's markup: read to blocks and what stands in their lines (`tree.py`), written as what Hugo shows."""

from __future__ import annotations

from dataclasses import dataclass

from hugoconv.markup.org.blocks import Reader, ReadFile, TooTangledError
from hugoconv.markup.org.html import Writer

__all__ = ["OrgHtml", "ReadFile", "TooTangledError", "to_html"]


@dataclass(frozen=True, slots=True)
class OrgHtml:
    """An org text as HTML, and what is not as it was in it: names, and what became of them."""

    html: str
    remarks: tuple[tuple[str, str], ...]


def to_html(text: str, read_file: ReadFile) -> OrgHtml:
    """Return an org text as HTML; TooTangledError for one that nobody can read to its end.

    `read_file` gives the text of a file by its path from the text's own folder, None when there is none.
    """
    reader = Reader(text, read_file)
    writer = Writer(reader.read(), reader.settings, read_file)
    return OrgHtml(writer.written(), tuple(writer.remarks))
