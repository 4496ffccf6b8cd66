"""kramdown's abbreviations, `*[word]: meaning`, as HTML's: what Goldmark does not know is written where it is read."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence

from hugoconv.edits import Edit, apply
from hugoconv.markup import markdown

Span = tuple[int, int]

_TAG = re.compile(r"<[A-Za-z/!][^>]*>")


def expanded(text: str, meanings: Mapping[str, str], opaque: Sequence[Span]) -> str:
    """Return Markdown with each abbreviated word in an `abbr` element; code, tags and addresses are left alone."""
    if not meanings:
        return text
    taken = [
        *opaque,
        *markdown.code_regions(text, opaque),
        *((reference.start, reference.end) for reference in markdown.references(text, opaque)),
        *(match.span() for match in _TAG.finditer(text)),
    ]
    words = "|".join(re.escape(word) for word in sorted(meanings, key=len, reverse=True))
    edits = [
        Edit(*match.span(), _element(match[0], meanings[match[0]]))
        for match in re.finditer(rf"(?<!\w)(?:{words})(?!\w)", text)
        if not any(start < match.end() and match.start() < end for start, end in taken)
    ]
    return apply(text, edits)


def _element(word: str, meaning: str) -> str:
    title = f' title="{html.escape(meaning)}"' if meaning else ""
    return f"<abbr{title}>{word}</abbr>"
