"""The white space that hyphens take away: `{%- tag -%}`."""

from __future__ import annotations


def trimmed_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of a tag or output, or of a pair of tags, with the white space that its own hyphens take away."""
    if text[start + 2] == "-":
        while start and text[start - 1].isspace():
            start -= 1
    if text[end - 3] == "-":
        while end < len(text) and text[end].isspace():
            end += 1
    return start, end
