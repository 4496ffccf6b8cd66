"""The ids of headings that kramdown would give otherwise than Goldmark, written behind their headings."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from hugoconv.edits import Edit, overlaps
from hugoconv.markup import markdown
from hugoconv.markup.constructs import Attributes
from hugoconv.markup.heading_words import goldmark_id

_CAPTURE = re.compile(
    r"\{% capture inner(?P<opened>\d+) %\}"
    r"|\{% endcapture %\}\{% include shortcodes/\S+ [^%]*?(?P<read>md=1 )?inner=inner(?P<closed>\d+) %\}"
)
"""What a shortcode encloses; `read` when it was written with percent signs."""


def ids_as_in_goldmark(text: str, opaque: Sequence[tuple[int, int]]) -> Iterator[Edit]:
    """Yield an id for each heading that kramdown would give another than Goldmark."""
    scopes = _scopes(text)
    used_in: dict[int, set[str]] = defaultdict(set)
    counts: Counter[str] = Counter()
    for heading in markdown.headings(text, opaque):
        used = used_in[max((start for start, end in scopes if start <= heading.start < end), default=0)]
        wanted = heading.id or _free(goldmark_id(heading.named), used)
        used.add(wanted)
        if heading.id or not heading.text.strip():
            continue
        base = _kramdown_id(heading.text)
        given = f"{base}-{counts[base]}" if counts[base] and base else base
        counts[base] += 1
        line = text[heading.start : heading.end].split("\n", 1)[0]
        before = text[text.rfind("\n", 0, heading.start) + 1 : heading.start]
        if before and not before.strip(" ") and line.startswith("#"):
            yield Edit(heading.start - len(before), heading.start, "")  # behind spaces it is none to kramdown
        if given == wanted and "![" not in line:  # kramdown leaves out what an image is called
            continue
        if "{" not in line and not overlaps(heading.start, heading.start + len(line), opaque):
            end = heading.start + len(line.rstrip())
            yield Edit(end, end, _written_id(wanted))


def _scopes(text: str) -> list[tuple[int, int]]:
    """Return the spans that Hugo renders apart from the page: ids that the page has are given there once more.

    It is what shortcodes enclose, but for one with percent signs that stands in no other: that is a part of the page.
    """
    found: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    for match in _CAPTURE.finditer(text):
        if match["opened"]:
            opened.append((match["opened"], match.end()))
        elif opened and opened[-1][0] == match["closed"]:
            _, start = opened.pop()
            if opened or not match["read"]:
                found.append((start, match.start()))
    return found


def _free(identifier: str, used: set[str]) -> str:
    number, name = 0, identifier
    while name in used:
        number += 1
        name = f"{identifier}-{number}"
    return name


def _kramdown_id(words: str) -> str:
    """Return the id of generate_gfm_header_id in kramdown's GFM parser."""
    kept = (
        "-" if character in " \t" else character
        for character in words.strip().lower()
        if character in " \t-" or unicodedata.category(character)[0] in "LM" or unicodedata.category(character) in _WORD
    )
    return "".join(kept)


_WORD = ("Nd", "Nl", "Pc")


def _written_id(identifier: str) -> str:
    from hugoconv.systems.jekyll.rendering import render

    return render(Attributes((("id", identifier),)))
