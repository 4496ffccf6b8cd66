"""The bare addresses of which Goldmark makes links, in angle brackets, as other Markdown wants them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hugoconv.edits import Edit, overlaps
from hugoconv.markup import markdown

_BARE_URL = re.compile(
    r"(?:(?:https?|ftp)://[-a-zA-Z0-9@:%._+~#=]{1,256}\.[a-z]+(?::\d+)?|www\.[-a-zA-Z0-9@:%._+~#=]{1,256}\.[a-z]+)"
    r"(?:[/#?][-a-zA-Z0-9@:%_+.~#$!?&/=();,'\"^{}\[\]`]*)?"
)
"""The addresses that Goldmark makes links of (goldmark/extension/linkify.go), but for `>`, which ends the link."""
_BARE_MAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]++@[a-zA-Z0-9][\w-]*(?:\.[a-zA-Z0-9-]+)*\.[a-zA-Z]{2,}(?![\w@-])", re.ASCII
)
"""It begins where its characters begin, so that a long word is looked through once."""
_BEFORE_BARE = frozenset(" \t\n\r*_~(|\"'`>")
"""Behind what Goldmark looks for them: white space, its triggers, and whatever ends an element of a line."""
_ENTITY_AT_END = re.compile(r"&[a-zA-Z0-9]+;\Z")
_BRACKET = re.compile(r"(?<!\\)[\[\]]")
_NEAR = 4096
"""How far back brackets are looked for."""
_HOLDS_WORDS = frozenset(
    {"Paragraph", "Item", "FootnoteDefinition", "DefinitionListTitle", "DefinitionListDefinition", "Heading"}
    | {"TableCell"}
)
_HOLDS_NO_LINK = frozenset({"Link", "Image", "CodeBlock", "HtmlBlock", "MetadataBlock"})


def linked(text: str) -> Iterator[Edit]:
    """Yield the edits of a whole body."""
    block = inside = 0
    words: list[tuple[int, int, int]] = []
    for event, start, end in markdown.events(text):
        match event:
            case {"Start": tag}:
                kind = tag if isinstance(tag, str) else next(iter(tag))
                inside += kind in _HOLDS_NO_LINK
                block = start if kind in _HOLDS_WORDS else block
            case {"End": tag}:
                inside -= (tag if isinstance(tag, str) else next(iter(tag))) in _HOLDS_NO_LINK
            case {"Text": _} if not inside and words and words[-1][1] == start:
                words[-1] = (words[-1][0], end, words[-1][2])
            case {"Text": _} if not inside:
                words.append((start, end, block))
    for start, end, block in words:
        yield from bare_addresses(text, start, end, block)


def bare_addresses(
    text: str,
    start: int,
    end: int,
    block: int,
    opaque: list[tuple[int, int]] | None = None,
) -> Iterator[Edit]:
    """Yield the edits of a span of words in the paragraph, item or cell that begins at `block`.

    What is `opaque` holds none.
    """
    for pattern in (_BARE_URL, _BARE_MAIL):
        for match in pattern.finditer(text, start, end):
            address = match[0] if pattern is _BARE_MAIL else _without_end(match[0])
            place = match.start(), match.start() + len(address)
            if overlaps(*place, opaque or []) or not _is_looked_at(text, match.start(), block):
                continue
            link = f"[{address}](https://{address})" if address.startswith("www.") else f"<{address}>"
            yield Edit(*place, link)


def _is_looked_at(text: str, start: int, block: int) -> bool:
    """Whether Goldmark sees a bare address here: not amid a word, nor where a link's text may have begun."""
    before = text[max(start - 2, 0) : start]
    if before and (before[-1] not in _BEFORE_BARE or (before[0] == "\\" and len(before) == 2)):
        return False
    opened = 0
    for bracket in _BRACKET.finditer(text, max(block, start - _NEAR), start):
        opened = max(opened + (1 if bracket[0] == "[" else -1), 0)
    return not opened


def _without_end(address: str) -> str:
    """Return a bare address without what Goldmark takes for the sentence's: signs, a parenthesis, an entity."""
    address = address.rstrip("?!.,:*_~")
    if address.endswith(")") and (surplus := address.count(")") - address.count("(")) > 0:
        return address[:-surplus]
    return _ENTITY_AT_END.sub("", address)
