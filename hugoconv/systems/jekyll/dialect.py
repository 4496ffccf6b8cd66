"""Jekyll's Markdown: Liquid, then kramdown."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from hugoconv.markup import markdown
from hugoconv.markup.constructs import Construct, Neutral
from hugoconv.markup.signs import has
from hugoconv.model import SpanLike
from hugoconv.systems.jekyll import from_commonmark, kramdown, liquid, mentions, rendering


@dataclass(frozen=True, slots=True)
class JekyllDialect:
    """A body as Jekyll reads it; `markup` is "markdown", or "html" for a body that kramdown does not see."""

    markup: str = "markdown"
    name: ClassVar[str] = "jekyll"

    def scan(self, text: str) -> list[Construct]:
        """Return Liquid's constructs, and kramdown's outside code, in written order; nothing is raised.

        A pair of Liquid tags comes before the constructs that it encloses. See `liquid.constructs` and
        `kramdown.constructs` for the kinds.
        """
        found = liquid.constructs(text)
        if self.markup == "markdown" and has(text, "{:", "*["):
            found = sorted(
                [*found, *kramdown.constructs(text, self._not_kramdown(text, found))],
                key=lambda construct: (construct.start, -construct.end),
            )
        return found

    def opaque(self, text: str) -> list[tuple[int, int]]:
        """Return the spans of Liquid's tags and outputs, not of what they enclose: they are gone before Markdown."""
        return liquid.opaque(text)

    def references(self, text: str) -> Sequence[SpanLike]:
        """Return the mentions of files and pages in a text and in the parameters of its tags, in written order."""
        find = markdown.references if self.markup == "markdown" else markdown.html_references
        found = find(text, self.opaque(text))
        named = [each for each in mentions.tag_references(text) if not _lies_in(each, found)]
        return sorted([*found, *named], key=lambda reference: reference.start)

    def render(self, neutral: Neutral) -> str:
        """Return a neutral construct as Jekyll's text; see `rendering.render`."""
        return rendering.render(neutral, is_markdown=self.markup == "markdown")

    def adapt(self, text: str, *, linkified: bool = True) -> str:
        """Return CommonMark so that kramdown renders the same; see `from_commonmark.adapted`."""
        return from_commonmark.adapted(text, linkified=linkified) if self.markup == "markdown" else text

    def escape(self, text: str) -> str:
        """Return `text` so that Jekyll shows it instead of running it; see `rendering.escape`."""
        return rendering.escape(text, is_markdown=self.markup == "markdown")

    def _not_kramdown(self, text: str, found: Sequence[Construct]) -> list[tuple[int, int]]:
        tags = self.opaque(text)
        highlighted = [(tag.start, tag.end) for tag in found if tag.name == "highlight" and tag.kind == "tag"]
        return [*tags, *highlighted, *markdown.code_regions(text, tags)]


def _lies_in(reference: SpanLike, others: Sequence[SpanLike]) -> bool:
    """Whether a mention is a part of one of the others, which are in written order."""
    index = bisect_right(others, reference.start, key=lambda other: other.start) - 1
    return index >= 0 and reference.end <= others[index].end


JEKYLL = JekyllDialect()
"""The dialect of `.md` posts and pages."""
JEKYLL_HTML = JekyllDialect("html")
"""The dialect of `.html` posts and pages: Liquid only."""
