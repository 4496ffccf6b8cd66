"""Org bodies as the Markdown that shows what Hugo showed, with their shortcodes in place."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from hugoconv.edits import Edit, apply
from hugoconv.report.findings import PlacedFindings
from hugoconv.systems.hugo.dialect import dialect_of
from hugoconv.systems.hugo.shortcodes import SUMMARY_DIVIDER

_DIVIDER = re.compile(r"^[ \t]*#[ \t]more[ \t]*$", re.MULTILINE | re.IGNORECASE)
"""The end of the summary in a file whose front matter is org, too."""


@dataclass(frozen=True)
class OrgBody:
    """The body of one org file; `has_org_front_matter` decides how the end of its summary is written."""

    root: Path
    """The folder of the content."""
    path: str
    """The path of the file in it."""
    has_org_front_matter: bool

    def as_markdown(self, text: str, log: PlacedFindings) -> str:
        """Return a body as Markdown; what cannot be read is shown as it is written, and HC309 says so."""
        # Few sites have org, and none of the others is to wait for what reads HTML.
        from hugoconv.markup.html import MarkdownOptions, to_markdown
        from hugoconv.markup.html_code import fence
        from hugoconv.markup.org import TooTangledError, to_html

        parts = _Parts(text)
        self._take_divider(parts)
        _take_shortcodes(parts)
        try:
            made = to_html(parts.without(), self._text_of)
        except TooTangledError as error:
            log.add("HC309", markup="org")
            log.add("HC307", name="the org text", detail=str(error))
            return f"{fence(text, 'org')}\n"
        for name, detail in made.remarks:
            log.add("HC307", name=name, detail=detail)
        markdown = to_markdown(made.html, log, MarkdownOptions())
        return parts.restored(f"{markdown}\n" if markdown else "")

    def _take_divider(self, parts: _Parts) -> None:
        if self.has_org_front_matter:
            if match := _DIVIDER.search(parts.text):
                parts.take_block(match.start(), match.end(), SUMMARY_DIVIDER)
        elif (start := parts.text.find(SUMMARY_DIVIDER)) >= 0:
            parts.take_block(start, start + len(SUMMARY_DIVIDER), SUMMARY_DIVIDER)

    def _text_of(self, name: str) -> str | None:
        """Return the text of a file beside the body, None for one outside of the content."""
        path = posixpath.normpath(posixpath.join("/", posixpath.dirname(self.path), name)).lstrip("/")
        file = self.root / path
        try:
            if not file.resolve().is_relative_to(self.root.resolve()):
                return None
            return file.read_text(encoding="utf-8")
        except (OSError, ValueError):
            return None


def _take_shortcodes(parts: _Parts) -> None:
    """Take out what Hugo takes out before it reads org: calls with `<` whole, those with `%` without their contents."""
    for construct in dialect_of("org").scan(parts.text):
        is_org_inside = parts.text.startswith("{{%", construct.start) and construct.inner_start >= 0
        if construct.kind == "shortcode" and is_org_inside:
            parts.take(construct.start, construct.inner_start)
            parts.take(construct.inner_end, construct.end)
        elif construct.kind in ("shortcode", "inline", "escaped"):
            parts.take(construct.start, construct.end)


class _Parts:
    """A text with parts taken out, in the place of which words stand that org and Markdown leave alone."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._mark = next(mark for mark in _marks() if mark not in text)
        self._taken: list[str] = []
        self._edits: list[Edit] = []

    def take(self, start: int, end: int) -> None:
        """Take a part out that stands in a line; one that stands in another part is taken with it."""
        self._take(start, end, self.text[start:end])

    def take_block(self, start: int, end: int, text: str) -> None:
        """Take a part out that stands between paragraphs."""
        self._take(start, end, text, "\n\n")

    def _take(self, start: int, end: int, text: str, around: str = "") -> None:
        if not any(edit.start < end and start < edit.end for edit in self._edits):
            self._edits.append(Edit(start, end, f"{around}{self._mark}{len(self._taken)}X{around}"))
            self._taken.append(text)

    def without(self) -> str:
        """Return the text without the parts."""
        return apply(self.text, self._edits)

    def restored(self, text: str) -> str:
        """Return a text made of it with the parts back in their places."""
        return re.sub(rf"{self._mark}(\d+)X", lambda match: self._taken[int(match[1])], text)


def _marks() -> Iterator[str]:
    """Yield words that a text hardly ever has."""
    return (f"HUGOCONV{number}PART" for number in count())
