"""A `<` that opens no tag is text: what authors paste as it is (`<?php`, `<stdio.h>`, `</3`) must not be swallowed.

A browser takes `<?`, `<!` and `</` before anything but a name for comments up to the next `>`, wherever that is, and a
tag that never ends for all of the rest. Readers never saw what was lost so; here it becomes text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml.html import defs

_NAME = r"[A-Za-z][A-Za-z0-9-]*+(?::[A-Za-z][A-Za-z0-9.-]*+)?(?=[\s/>])"
_ATTRIBUTES = r"(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|(?![\s\"'])))*+>"
_VERBATIM = "script|style|textarea|title|xmp|iframe|noembed|noframes|svg|math"
"""Elements in which a `<` means something else, or nothing."""
_CODE = "pre|code|listing"
_SWITCHES = "(?:webkit|moz)?allowfullscreen|autoplay|checked|controls|disabled|hidden|loop|multiple|muted|nowrap"
"""Attributes that HTML writes without a value."""
_TAG_IN_CODE = re.compile(
    r"</?([A-Za-z][A-Za-z0-9-]*+)"
    r"(?:\s++(?:[A-Za-z_:][\w:.-]*+\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'<>=]++)"
    rf"|(?i:{_SWITCHES})(?=[\s/>])))*+\s*+/?>"
)
_TAGS_AND_TEXT = re.compile(rf"(?:[^<]++|<(?!(?:{_VERBATIM}|{_CODE})[\s/>])/?{_NAME}{_ATTRIBUTES})*+", re.IGNORECASE)
_UNUSUAL = re.compile(
    rf"<(?!/?(?!(?i:{_CODE}|{_VERBATIM})[\s/>])[A-Za-z][A-Za-z0-9-]*+"
    r"(?:>|[\s/][^<>\"']*+(?:(?:\"[^<>\"]*+\"|'[^<>']*+')[^<>\"']*+)*+>))"
)
"""What most HTML has none of: all but plain tags."""
_CODE_START = re.compile(rf"<({_CODE})(?=[\s/>]){_ATTRIBUTES}", re.IGNORECASE)
_VERBATIM_START = re.compile(rf"<({_VERBATIM})(?=[\s/>]){_ATTRIBUTES}", re.IGNORECASE)
_UNFINISHED_TAG = re.compile(rf"</?{_NAME}")
_NOISE = re.compile(
    r"<!\[(?:if|endif)\b[^>]*>|<\?(?:xml|mso|import)\b[^>]*>|</\s*(?:[A-Za-z][A-Za-z0-9-]*\s*)?>", re.IGNORECASE
)
"""What word processors and slips of the pen leave, and nobody wants to read."""
_NOT_SHOWN = re.compile(r"<!doctype\b[^>]*>|<!---?>|<!(?!--)(?![A-Za-z\[])[^>]*>", re.IGNORECASE)
_COMMENT_END = re.compile(r"--!?>")
_OF_DOCUMENTS = frozenset({"html", "head", "body", "title", "meta", "link", "base", "frameset", "frame"})
_IN_CODE: Final = (frozenset(defs.tags) | {"bdi", "picture", "listing", "xmp"}) - _OF_DOCUMENTS
"""The elements that code may be marked up with; any other name between `<` and `>` is the code's own."""
_UNFINISHED_TAGS = 20
"""After so many tags without an end the rest is text: each end is looked for in all of it."""


def stray_openings_as_text(html: str) -> str:
    """Return HTML in which each `<` that opens no tag and no comment is `&lt;`, and what word processors left is gone.

    In `pre` and `code`, comments and tags that HTML does not know are text too.
    """
    if not _UNUSUAL.search(html):
        return html
    return "".join(_pieces(html))


def _pieces(html: str) -> Iterator[str]:
    position = 0
    unfinished = 0
    comments_end = True
    last = html.rfind(">")
    while position <= last:
        plain = _TAGS_AND_TEXT.match(html, position)
        assert plain is not None
        yield plain[0]
        position = plain.end()
        if position > last or unfinished > _UNFINISHED_TAGS:
            break
        if code := _CODE_START.match(html, position):
            end = _end_of(code[1], html, code.end())
            yield code[0]
            yield "".join(_code_pieces(html[code.end() : end]))
        elif verbatim := _VERBATIM_START.match(html, position):
            end = verbatim.end() if verbatim[0].endswith("/>") else _end_of(verbatim[1], html, verbatim.end())
            yield html[position:end]
        elif noise := _NOISE.match(html, position):
            end = noise.end()
        elif not_shown := _NOT_SHOWN.match(html, position):
            end = not_shown.end()
            yield not_shown[0]
        elif comments_end and html.startswith("<!--", position):
            comment_end = _COMMENT_END.search(html, position + 4)
            comments_end = comment_end is not None
            end = comment_end.end() if comment_end else position
            yield html[position:end]
        else:
            unfinished += _UNFINISHED_TAG.match(html, position) is not None
            end = position + 1
            yield "&lt;"
        position = end
    yield html[position:].replace("<", "&lt;")


def _end_of(name: str, html: str, position: int) -> int:
    """Return where the end tag of an element starts, the end of the text when there is none."""
    found = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(html, position)
    return found.start() if found else len(html)


def _code_pieces(code: str) -> Iterator[str]:
    position = 0
    unfinished = 0
    last = code.rfind(">")
    while unfinished <= _UNFINISHED_TAGS and 0 <= (opening := code.find("<", position)) < last:
        tag = _TAG_IN_CODE.match(code, opening)
        unfinished += tag is None and _UNFINISHED_TAG.match(code, opening) is not None
        yield code[position:opening]
        position = tag.end() if tag and _marks_up(tag[1]) else opening + 1
        yield code[opening:position] if position > opening + 1 else "&lt;"
    yield code[position:].replace("<", "&lt;")


def _marks_up(name: str) -> bool:
    """Whether an element in code is one that HTML knows, in a case in which people write HTML."""
    known = name.lower() in _IN_CODE or name.startswith("hugoconv-")
    return known and (name.islower() or name.isupper())
