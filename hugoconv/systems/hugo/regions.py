"""The parts of a Hugo body in which Markdown is not read, or not alone: code, HTML, links' addresses."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from hugoconv.markup import markdown
from hugoconv.markup.constructs import Construct
from hugoconv.systems.hugo.dialect import HugoDialect

Span = tuple[int, int]

_BEFORE_ADDRESS = frozenset(("", *" \t\n*_~("))


class Regions:
    """The regions of one body, found when they are first asked for."""

    def __init__(self, text: str, dialect: HugoDialect) -> None:
        self._text = text
        self._dialect = dialect

    @property
    def _is_markdown(self) -> bool:
        return self._dialect.markup == "markdown"

    @cached_property
    def code(self) -> list[Span]:
        """The spans of code, in blocks and in lines."""
        return markdown.code_regions(self._text, self._dialect.opaque(self._text)) if self._is_markdown else []

    def code_at(self, position: int) -> Span | None:
        """Return the span of the code that a position is in."""
        index = bisect_right(self.code, position, key=lambda region: region[0]) - 1
        return self.code[index] if index >= 0 and position < self.code[index][1] else None

    @cached_property
    def html_blocks(self) -> list[Span]:
        """The spans of the blocks of HTML among the Markdown."""
        if not self._is_markdown or "<" not in self._text:
            return []
        found = markdown.events(self._text, self._dialect.opaque(self._text))
        return [(start, end) for event, start, end in found if event == {"Start": "HtmlBlock"}]

    @cached_property
    def _addresses(self) -> list[Span]:
        found = markdown.references(self._text, self._dialect.opaque(self._text)) if self._is_markdown else []
        return [(each.start, each.end) for each in found]

    def is_bare(self, shortcode: Construct, inner_end: int) -> bool:
        """Whether Goldmark makes a link of an address that a shortcode writes among words.

        It reads what a tag with percent signs writes, and what stands in another shortcode, before `inner_end`.
        """
        start = shortcode.start
        is_read = start < inner_end or self._text.startswith("{{%", start)
        is_apart = self._text[max(start - 1, 0) : start] in _BEFORE_ADDRESS
        return is_read and is_apart and not self.is_in_address(start, shortcode.end)

    def is_in_address(self, start: int, end: int) -> bool:
        """Whether a span is a part of a link's address, or all of it."""
        return any(first <= start and end <= last for first, last in self._addresses)
