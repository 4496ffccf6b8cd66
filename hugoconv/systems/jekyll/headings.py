"""Headings whose id is another to Goldmark than to kramdown get it written; braces that kramdown shows stay visible.

kramdown makes an id of a heading's words and code, whatever elements they stand in, without typographic signs and
pictures (kramdown-parser-gfm, `update_raw_text` and `generate_gfm_header_id`; kramdown's own parser,
`basic_generate_id`). Goldmark, as Hugo sets it up, takes of an element inside the heading only the words up to the
first sign that could be markup or typography, and the words of a picture too.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from hugoconv.edits import Edit
from hugoconv.markup import markdown

Span = tuple[int, int]

_ATX = re.compile(
    r"^[ \t]*(?:(?:[>*+-]|\d{1,9}[.)])[ \t]+|>)*(?P<marks>#{1,6}[ \t]+)(?P<words>[^\r\n]*?)(?P<end>[ \t]*#*[ \t]*)$",
    re.MULTILINE,
)
"""A heading's line, in quotations and lists too."""
_UNDERLINE = re.compile(r"^[ \t>]*(?:=+|-+)[ \t\r]*$", re.MULTILINE)
_OWN_ID = re.compile(r"(?:^|[ \t])\{#[A-Za-z][\w:.-]*\}\Z")
_ATTRIBUTES = re.compile(r"(?<!\\)\{(?=[ \t]*[#.\w][^{}\n]*\}\Z)")
_ALONE = re.compile(r"^(?P<before>[ ]{0,3})\{(?=[ \t]*[#.\w][^{}:%\n]*\}[ \t]*\r?$)", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])")
_PLAIN = r"[^\W_](?:[^\W_]|[ ,:;()/?@%$^=+#!]|(?<!-)-(?!-)|(?<!\.)\.(?!\.))*"
_SIMPLE_ELEMENT = re.compile(rf"\[{_PLAIN}\]\([^()\s]*\)|\*\*{_PLAIN}\*\*|\*{_PLAIN}\*|\b_{_PLAIN}_\b|(?<!`)`[^`]+`")
_MARKUP = re.compile(r"[*_\[<`~\t]|!\[")
_WRITABLE = re.compile(r"[\w-][\w:-]*", re.ASCII)
_NOT_IN_ID = re.compile(r"[^\w\- \t]")
_DASHES = re.compile(r"-{2,}")


def edits(text: str, opaque: Sequence[Span], attributed: Container[int], is_gfm: bool) -> Iterator[Edit]:
    """Yield the edits to the headings of a Markdown text, which are all insertions.

    `attributed` has the starts of the lines that say something of the block above them; `is_gfm` says that the ids are
    those of kramdown's GFM parser. What stands in an `opaque` span is no Markdown.
    """
    alone = list(_ALONE.finditer(text))
    if not alone and not _ATX.search(text) and not _UNDERLINE.search(text):
        return
    code = markdown.code_regions(text, opaque)
    for start, end, after in _lines_of_headings(text, opaque, code):
        words = text[start:end]
        if _OWN_ID.search(words) or after in attributed or "{%" in words or "{{" in words:
            continue
        brace = _ATTRIBUTES.search(words)
        if brace:
            yield Edit(start + brace.start(), start + brace.start(), "\\")
        identifier = heading_id(words, is_gfm=is_gfm)
        if (not is_gfm or _is_misread(words)) and _WRITABLE.fullmatch(identifier):
            yield Edit(end, end, f" {{#{identifier}}}")
    for match in alone:
        if not _within(match.start(), code) and not _within(match.start(), opaque):
            yield Edit(match.end("before"), match.end("before"), "\\")


def _lines_of_headings(text: str, opaque: Sequence[Span], code: Sequence[Span]) -> Iterator[tuple[int, int, int]]:
    """Yield the span of each heading's last line of words, and where the line behind the heading starts."""
    for match in _ATX.finditer(text):
        start = match.start("marks")
        if not _within(start, code) and not _within(start, opaque):
            yield match.start("words"), match.end("words"), match.end() + 1
    for heading in markdown.headings(text, opaque) if _UNDERLINE.search(text) else ():
        block = text[heading.start : heading.end].rstrip()
        words, _, underline = block.rpartition("\n")
        if words and _UNDERLINE.fullmatch(underline):
            end = heading.start + len(words.rstrip())
            yield text.rfind("\n", 0, end) + 1, end, heading.start + len(block) + 1


def heading_id(words: str, *, is_gfm: bool) -> str:
    """Return the id that kramdown gives a heading, before it counts those that are equal."""
    kept = _IMAGE.sub("", words)
    found = markdown.headings(f"# {kept}\n")
    # The spaces beside a picture count.
    before, after = len(kept) - len(kept.lstrip()), len(kept) - len(kept.rstrip())
    text = " " * before + _DASHES.sub("", found[0].text if found else "") + " " * after
    if is_gfm:
        return _NOT_IN_ID.sub("", text.lower()).replace(" ", "-").replace("\t", "-")
    plain = re.sub(r"[^a-zA-Z0-9 -]", "", re.sub(r"\A[^a-zA-Z]+", "", text))
    return plain.replace(" ", "-").lower() or "section"


def _is_misread(words: str) -> bool:
    """Whether an element of the heading holds more than Goldmark takes words from."""
    return bool(_IMAGE.search(words) or _MARKUP.search(_SIMPLE_ELEMENT.sub("", words)))


def _within(position: int, spans: Sequence[Span]) -> bool:
    return any(start <= position < end for start, end in spans)
