"""Headings whose id is another to Goldmark than to kramdown get it written; braces that kramdown shows stay visible.

kramdown makes an id of a heading's words and code, whatever elements they stand in, without typographic signs and
pictures (kramdown-parser-gfm, `update_raw_text` and `generate_gfm_header_id`; kramdown's own parser,
`basic_generate_id`). Goldmark, as Hugo sets it up, takes of an element inside the heading only the words up to the
first sign that could be markup or typography, and the words of a picture too.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, count
from typing import NamedTuple

from hugoconv.edits import Edit, overlaps
from hugoconv.markup import markdown
from hugoconv.markup.heading_words import goldmark_id
from hugoconv.systems.jekyll.heading_ids import gfm_id, kramdown_id

Span = tuple[int, int]

_ATX = re.compile(
    r"^[ \t]*(?:(?:[>*+-]|\d{1,9}[.)])[ \t]+|>)*(?P<marks>#{1,6}[ \t]+)(?P<words>[^\r\n]*?)(?P<end>[ \t]*#*[ \t]*)$",
    re.MULTILINE,
)
"""A heading's line, in quotations and lists too."""
_EMPTY = re.compile(r"^[ ]{0,3}(#{1,6})[ \t]*$", re.MULTILINE)
"""Signs that are text to kramdown, because no words follow."""
_REFERENCE = re.compile(r"\[([^\[\]]*)\]\[([^\[\]]+)\]")
DEFINITION = re.compile(r"^[ ]{0,3}\[([^\[\]]+)\]:", re.MULTILINE)
_UNDERLINE = re.compile(r"\n[ \t>]*(?:=+|-+)[ \t\r]*$", re.MULTILINE)
_NAME_START = (
    ":A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_OWN_ID = re.compile(rf"(?:^|[ \t])\{{#([{_NAME_START}][{_NAME_START}.0-9\u00b7\u0300-\u036f\u203f\u2040-]*)\}}\Z")
"""An id behind a heading: a name as XML has it."""
_ATTRIBUTES = re.compile(r"(?<!\\)\{(?=[ \t]*[#.\w][^{}\n]*\}\Z)")
_ATTRIBUTE = r"(?:[#.][^\s{}\"'=,#]+|[A-Za-z_][\w:.-]*=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s,{}\"']+))"
_BLOCK_ATTRIBUTES = re.compile(
    rf"^(?:[ \t]*(?:[>*+-]|\d{{1,9}}[.)])[ \t]+|>)*[ ]{{0,3}}(?P<brace>\{{)(?=[ \t]*(?:{_ATTRIBUTE}[ \t,]*)*\}})",
    re.MULTILINE,
)
"""What Goldmark takes for attributes of the block above, with all that stands behind it on its line."""
_IMAGE = re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])")
_PLAIN = r"[^\W_](?:[^\W_]|[ ,:;()/?@%$^=+#!]|(?<!-)-(?!-)|(?<!\.)\.(?!\.))*"
_SIMPLE_ELEMENT = re.compile(rf"\[{_PLAIN}\]\([^()\s]*\)|\*\*{_PLAIN}\*\*|\*{_PLAIN}\*|\b_{_PLAIN}_\b|(?<!`)`[^`]+`")
_MARKUP = re.compile(r"[*_\[<`~\t]|!\[")
_WRITABLE = re.compile(r"[\w-][\w:-]*", re.ASCII)
_CODE_OR_DASHES = re.compile(r"(?P<code>(`+).*?\2)|-{2,}")


class InHtml(NamedTuple):
    """The spans of HTML in which kramdown reads no Markdown, and those where a tag says that it does."""

    unread: Sequence[Span]
    told: Sequence[Span]


def edits(
    text: str, opaque: Sequence[Span], attributed: Container[int], is_gfm: bool, in_html: InHtml
) -> Iterator[Edit]:
    """Yield the edits to the headings of a Markdown text, which are all insertions.

    `attributed` has the starts of the lines that say something of the block above them; `is_gfm` says that the ids are
    those of kramdown's GFM parser. What stands in an `opaque` span is no Markdown.
    """
    starts = (match.start("brace") for match in _BLOCK_ATTRIBUTES.finditer(text)) if "{" in text else ()
    braces = [start for start in starts if not _within(start, in_html.unread)]
    if not braces and not _may_have_headings(text):
        return
    code = markdown.code_regions(text, opaque)
    for match in _EMPTY.finditer(text):
        if not _within(match.start(1), code) and not _within(match.start(1), opaque):
            yield Edit(match.start(1), match.start(1), "\\")
    used: set[str] = set()
    for heading in _identified(text, opaque, code, is_gfm, in_html):
        words = text[heading.start : heading.end]
        if heading.is_own or heading.after in attributed or heading.identifier is None or not words.strip(" \t"):
            used.add(heading.identifier or "")
            continue
        brace = _ATTRIBUTES.search(words)
        if brace:
            yield Edit(heading.start + brace.start(), heading.start + brace.start(), "\\")
        is_other = (
            not is_gfm
            or _within(heading.start, in_html.told)
            or _is_misread(words)
            or _counted(goldmark_id(_said(words)), used) != heading.identifier
        )
        if not heading.identifier:
            yield Edit(heading.end, heading.end, ' {id=""}')  # Goldmark always has an id, kramdown writes none
        elif is_other:
            own = heading.identifier
            yield Edit(heading.end, heading.end, f" {{#{own}}}" if _WRITABLE.fullmatch(own) else f' {{id="{own}"}}')
        used.add(heading.identifier)
    texts = [(first, last) for event, first, last in markdown.events(text, opaque) if "Text" in event] if braces else []
    for start in braces:
        if _within(start, texts) and not _within(start, code) and not _within(start, opaque):
            yield Edit(start, start, "\\")


def _may_have_headings(text: str) -> bool:
    return ("#" in text and _ATX.search(text) is not None) or _UNDERLINE.search(f"\n{text}") is not None


@dataclass(frozen=True)
class _Heading:
    """The span of a heading's last line of words, where the line behind the heading starts, and its id in kramdown.

    `is_own` says that the id is written; it is None where only Liquid knows the words, and "" where a heading of
    a picture alone has no id.
    """

    start: int
    end: int
    after: int
    identifier: str | None
    is_own: bool


def _identified(
    text: str, opaque: Sequence[Span], code: Sequence[Span], is_gfm: bool, in_html: InHtml
) -> Iterator[_Heading]:
    """Yield the headings in their order; kramdown counts those without an id of their own that are called the same.

    Headings in HTML are none of its GFM parser's: it has ids of kramdown's own for them, and counts them apart.
    """
    counts: defaultdict[bool, Counter[str]] = defaultdict(Counter)
    labels = {match[1].lower() for match in DEFINITION.finditer(text)}
    for start, end, after in sorted(_lines_of_headings(text, opaque, code)):
        if _within(start, in_html.unread):
            continue
        words = text[start:end]
        own = _OWN_ID.search(words)
        identifier = own[1] if own else None
        if not own and "{%" not in words and "{{" not in words:
            by_gfm = is_gfm and not _within(start, in_html.told)
            base = heading_id(_without_references(words, labels), is_gfm=by_gfm)
            identifier = f"{base}-{counts[by_gfm][base]}" if counts[by_gfm][base] else base
            counts[by_gfm][base] += 1
        yield _Heading(start, end, after, identifier, own is not None)


def _counted(identifier: str, used: Container[str]) -> str:
    """Return the id that Goldmark gives a heading below others that have those `used`."""
    names = chain([identifier], (f"{identifier}-{number}" for number in count(1)))
    return next(name for name in names if name not in used)


def identifiers(text: str, opaque: Sequence[Span], is_gfm: bool, in_html: InHtml) -> dict[int, str]:
    """Return the ids that kramdown gives the headings of a text, by where the line behind each starts."""
    if not _may_have_headings(text):
        return {}
    code = markdown.code_regions(text, opaque)
    return {heading.after: heading.identifier or "" for heading in _identified(text, opaque, code, is_gfm, in_html)}


def _lines_of_headings(text: str, opaque: Sequence[Span], code: Sequence[Span]) -> Iterator[tuple[int, int, int]]:
    """Yield the span of each heading's last line of words, and where the line behind the heading starts."""
    for match in _ATX.finditer(text):
        start = match.start("marks")
        if not _within(start, code) and not _within(start, opaque):
            yield match.start("words"), match.end("words"), match.end() + 1
    for heading in markdown.headings(text, opaque) if _UNDERLINE.search(text) else ():
        block = text[heading.start : heading.end].rstrip(" \t\r\n")
        words, _, underline = block.rpartition("\n")
        if words and _UNDERLINE.fullmatch(f"\n{underline}"):
            end = heading.start + len(words.rstrip(" \t\r\n"))
            yield text.rfind("\n", 0, end) + 1, end, heading.start + len(block) + 1


def _without_references(words: str, labels: Container[str]) -> str:
    """Return a heading's words without the labels that say where its links lead."""
    return _REFERENCE.sub(lambda match: f"[{match[1]}]" if match[2].lower() in labels else match[0], words)


def heading_id(words: str, *, is_gfm: bool) -> str:
    """Return the id that kramdown gives a heading, before it counts those that are equal."""
    return (gfm_id if is_gfm else kramdown_id)(_said(words))


@lru_cache(maxsize=64)  # both programs are asked for the same words
def _said(words: str) -> str:
    """Return what a heading's words say without typographic signs and pictures; the spaces beside a picture count."""
    kept = _ATTRIBUTES.sub("(", _IMAGE.sub("", words))
    kept = _CODE_OR_DASHES.sub(lambda match: match["code"] or "", kept)
    found = markdown.headings(f"# {kept}\n")
    before, after = len(kept) - len(kept.lstrip(" \t")), len(kept) - len(kept.rstrip(" \t"))
    return " " * before + (found[0].text if found else "") + " " * after


def _is_misread(words: str) -> bool:
    """Whether an element of the heading holds more than Goldmark takes words from."""
    return bool(_IMAGE.search(words) or _MARKUP.search(_SIMPLE_ELEMENT.sub("", words)))


def _within(position: int, spans: Sequence[Span]) -> bool:
    """Whether a position is in one of the spans, which are in their order."""
    return overlaps(position, position + 1, spans)
