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

Span = tuple[int, int]

_EMPTY = re.compile(r"(#{1,6})[ \t]*(?:#+[ \t]*)?\r?$")
_CAPTURE = re.compile(
    r"\{% capture inner(?P<opened>\d+) %\}"
    r"|\{% endcapture %\}\{% include shortcodes/\S+ [^%]*?(?P<read>md=1 )?inner=inner(?P<closed>\d+) %\}"
)
"""What a shortcode encloses; `read` when it was written with percent signs."""


def ids_as_in_goldmark(text: str, opaque: Sequence[Span], told: Sequence[Span]) -> Iterator[Edit]:
    """Yield an id for each heading that kramdown would give another than Goldmark.

    `told` are the elements of HTML that hold Markdown: GFM's ids are none of the headings in them.
    """
    scopes = _scopes(text)
    used_in: dict[int, dict[str, int]] = defaultdict(dict)
    counts: Counter[str] = Counter()
    counts_in_told: Counter[str] = Counter()
    for heading in markdown.headings(text, opaque):
        used = used_in[max((start for start, end in scopes if start <= heading.start < end), default=0)]
        wanted = heading.id or _free(goldmark_id(heading.named), used)
        used.setdefault(wanted, 0)
        line = text[heading.start : heading.end].split("\n", 1)[0]
        if not heading.text and (empty := _EMPTY.match(line)):
            yield _empty(text, heading.start, len(line), len(empty[1]))
        if heading.id or not heading.text:
            continue
        if any(start < heading.start < end for start, end in told):
            given = _numbered(kramdown_id(heading.text), counts_in_told)
        else:
            given = _numbered(gfm_id(heading.text), counts)
        before = text[text.rfind("\n", 0, heading.start) + 1 : heading.start]
        if before and not before.strip(" ") and line.startswith("#"):
            yield Edit(heading.start - len(before), heading.start, "")  # behind spaces it is none to kramdown
        if given == wanted and "![" not in line:  # kramdown leaves out what an image is called
            continue
        if "{" not in line and not overlaps(heading.start, heading.start + len(line), opaque):
            end = heading.start + len(line.rstrip())
            yield Edit(end, end, _written_id(wanted))


def _empty(text: str, start: int, length: int, level: int) -> Edit:
    """Return the edit of a heading without words, which kramdown has only as HTML, with an empty line behind it."""
    margin = text[text.rfind("\n", 0, start) + 1 : start]
    following = text[start + length + 1 :].partition("\n")[0] if length else ""
    parting = "\n" + re.sub(r"[^>\s]", " ", margin).rstrip() if following.strip("> \t\r") else ""
    return Edit(start, start + len(text[start : start + length].rstrip("\r")), f"<h{level}></h{level}>{parting}")


def _scopes(text: str) -> list[Span]:
    """Return the spans that Hugo renders apart from the page: ids that the page has are given there once more.

    It is what shortcodes enclose, but for one with percent signs that stands in no other: that is a part of the page.
    """
    found: list[Span] = []
    opened: list[tuple[str, int]] = []
    for match in _CAPTURE.finditer(text):
        if match["opened"]:
            opened.append((match["opened"], match.end()))
        elif opened and opened[-1][0] == match["closed"]:
            _, start = opened.pop()
            if opened or not match["read"]:
                found.append((start, match.start()))
    return found


def _free(identifier: str, used: dict[str, int]) -> str:
    """Return an id that is not in use; `used` has the last number that each was given, below which none is free."""
    name = identifier
    while name in used:
        used[identifier] += 1
        name = f"{identifier}-{used[identifier]}"
    return name


def _numbered(base: str, counts: Counter[str]) -> str:
    counts[base] += 1
    return f"{base}-{counts[base] - 1}" if counts[base] > 1 and base else base


def gfm_id(words: str) -> str:
    """Return the id of generate_gfm_header_id in kramdown's GFM parser."""
    kept = (
        "-" if character in " \t" else character
        for character in words.lower()
        if character in " \t-" or unicodedata.category(character)[0] in "LM" or unicodedata.category(character) in _WORD
    )
    return "".join(kept)


def kramdown_id(words: str) -> str:
    """Return the id of generate_id in kramdown's converter."""
    kept = re.sub("[^a-zA-Z0-9 -]", "", re.sub(r"^[^a-zA-Z]+", "", words))
    return kept.replace(" ", "-").lower() or "section"


_WORD = ("Nd", "Nl", "Pc")


def _written_id(identifier: str) -> str:
    from hugoconv.systems.jekyll.rendering import render

    return render(Attributes((("id", identifier),)))
