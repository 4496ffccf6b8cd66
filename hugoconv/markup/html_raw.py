"""HTML that stays HTML inside Markdown: written so that CommonMark and Hugo leave it alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from bs4.dammit import EntitySubstitution
from bs4.element import NavigableString, Tag
from bs4.formatter import HTMLFormatter

from hugoconv.markup.html_tree import elements
from hugoconv.markup.markdown_text import BLOCK_NAMES, BRACES

_ISLANDS = frozenset({"hugoconv-block", "hugoconv-html", "hugoconv-inline", "hugoconv-call"})
_BLOCK_START = re.compile(rf"\s*</?(?:{BLOCK_NAMES})(?=[\s/>])", re.IGNORECASE)
_PROGRAM = re.compile(r"\s*(?:<(script|style|pre|textarea)\b(?:(?!</\1).)*+</\1\s*>\s*)++\Z", re.IGNORECASE | re.DOTALL)
_ELEMENT_START = re.compile(
    r"\s*<(?:video|audio|object|embed|canvas|svg|map|template|noscript|button|select)\b[^>]*>", re.IGNORECASE
)
_BOOLEANS = frozenset(
    {
        "controls",
        "autoplay",
        "loop",
        "muted",
        "checked",
        "disabled",
        "open",
        "reversed",
        "async",
        "defer",
        "allowfullscreen",
    }
)
_VERBATIM = re.compile(r"<(pre|textarea|script|style)\b", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n[ \t]*(?=\n)")
_BLANK_LINES_OR_EDGES = re.compile(r"\n(?:[ \t]*\n)+")
_DELIMITER_OR_END = re.compile(r"\{\{(?=[<%]|\Z)")
_DELIMITER_START = re.compile(r"\{\{(?=[<%])")
_ACTIVE = re.compile(r"[\\`*~\[\]]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")


def _escape(text: str) -> str:
    return EntitySubstitution.substitute_xml(text)


def _escape_inline(text: str) -> str:
    return _ACTIVE.sub(lambda match: f"&#{ord(match[0])};", _escape(text)).replace("\n", " ")


class _WrittenOrder(HTMLFormatter):
    """bs4's formatter, with attributes in the order of the source, `<br>` and `controls` as HTML5 writes them."""

    def __init__(self, inline: bool) -> None:
        super().__init__(
            entity_substitution=_escape_inline if inline else _escape,
            void_element_close_prefix="",
            empty_attributes_are_booleans=True,
        )

    def attributes(self, tag: Tag) -> Iterable[tuple[str, Any]]:
        """Return the attributes in written order (bs4 sorts them)."""
        return [(key, None if value == "" and key in _BOOLEANS else value) for key, value in tag.attrs.items()]


_BLOCK, _INLINE = _WrittenOrder(inline=False), _WrittenOrder(inline=True)


def block(element: Tag) -> str:
    """Return an element as an HTML block."""
    _open_islands(element)
    return block_of(element.decode(formatter=_BLOCK))


def block_of(html: str) -> str:
    """Return any HTML as one HTML block of CommonMark: it starts with a tag that begins one, and has no blank line."""
    html = without_blank_lines(html.strip("\n"))
    if _BLOCK_START.match(html) or _PROGRAM.match(html):
        return html.lstrip(" \t")
    start = _ELEMENT_START.match(html)
    if start and "<" in html[start.end() :].strip()[1:]:
        return f"{html[: start.end()].lstrip()}\n{html[start.end() :].lstrip()}"
    if start:
        return html.strip()
    return f"<div>\n{html}\n</div>"


def inline(element: Tag) -> str:
    """Return an element as inline HTML, with nothing in it that Markdown would read."""
    _open_islands(element)
    return inert(element.decode(formatter=_INLINE).replace("\n", " "))


def opening_tag(element: Tag) -> str:
    """Return the opening tag of an element."""
    shell = Tag(name=element.name, attrs=dict(element.attrs), can_be_empty_element=False)
    return inert(shell.decode(formatter=_BLOCK).removesuffix(f"</{element.name}>").replace("\n", " "))


def attribute(value: str) -> str:
    """Return text as the value of a quoted attribute."""
    return inert(_escape(value).replace('"', "&quot;").replace("\n", " "))


def without_blank_lines(html: str) -> str:
    """Return HTML that says the same without blank lines, at which CommonMark would end the block."""
    pieces = []
    position = 0
    for name, start, end in _verbatim(html):
        pieces.append(_DELIMITER_OR_END.sub("{&#123;", _BLANK_LINES_OR_EDGES.sub("\n", html[position:start])))
        inside = html[start:end]
        if name in ("pre", "textarea"):
            pieces.append(inert(_BLANK_LINES.sub("\n&#10;", inside).replace("&#10;\n", "&#10;")))
        else:
            pieces.append(_BLANK_LINES_OR_EDGES.sub("\n", _DELIMITER_START.sub("{ {", inside)))
        position = end
    pieces.append(inert(_BLANK_LINES_OR_EDGES.sub("\n", html[position:])))
    return "".join(pieces)


def _verbatim(html: str) -> Iterator[tuple[str, int, int]]:
    """Yield name, start and end of the elements in which line breaks or braces mean something."""
    lower = html.lower() if len(html.lower()) == len(html) else html
    position = 0
    while match := _VERBATIM.search(html, position):
        name = match[1].lower()
        end = lower.find(f"</{name}", match.end())
        end = lower.find(">", end) + 1 if end >= 0 else 0
        end = end or len(html)
        yield name, match.start(), end
        position = end


def inert(html: str) -> str:
    """Return HTML in which what looks like a Hugo shortcode is only text."""
    return _DELIMITER_START.sub("{&#123;", html)


def _open_islands(element: Tag) -> None:
    """Put the finished text of islands in their place; it stands outside of all escaping."""
    for island in elements(element, _ISLANDS):
        text = str(island.get("data-text", ""))
        if island.name in ("hugoconv-block", "hugoconv-call"):
            text = text.replace("{{", BRACES)
        island.replace_with(_Finished(text))


class _Finished(NavigableString):
    """Text that is already as it has to be."""

    PREFIX = ""
    SUFFIX = ""

    def output_ready(self, formatter: object = None) -> str:
        """Return the text without any substitution."""
        return str(self)
