"""HTML that stays HTML inside Markdown: written so that CommonMark and Hugo leave it alone."""

from __future__ import annotations

import re

from bs4 import NavigableString, Tag
from bs4.dammit import EntitySubstitution
from bs4.formatter import HTMLFormatter

from hugoconv.markup.markdown_text import BLOCK_NAMES, BRACES

_BLOCK_START = re.compile(rf"\s*</?(?:{BLOCK_NAMES})(?=[\s/>])", re.IGNORECASE)
_PROGRAM = re.compile(r"\s*(?:<(script|style|pre|textarea)\b(?:(?!</\1).)*+</\1\s*>\s*)++\Z", re.IGNORECASE | re.DOTALL)
_ELEMENT_START = re.compile(r"\s*<(?:video|audio|object|embed|canvas|svg|map|template|noscript|button|select)\b[^>]*>", re.I)
_VERBATIM = re.compile(
    r"(?P<text><(?P<tag>pre|textarea)\b.*?</(?P=tag)\s*>)|(?P<program><(?P<name>script|style)\b.*?</(?P=name)\s*>)",
    re.IGNORECASE | re.DOTALL,
)
_BLANK_LINES = re.compile(r"\n[ \t]*(?=\n)")
_BLANK_LINES_OR_EDGES = re.compile(r"\n(?:[ \t]*\n)+")
_DELIMITER_START = re.compile(r"\{\{(?=[<%])")
_ACTIVE = re.compile(r"[\\`*_~\[\]]")


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

    def attributes(self, tag: Tag) -> list[tuple[str, str]]:  # type: ignore[override]
        """Return the attributes in written order (bs4 sorts them)."""
        booleans = ("controls", "autoplay", "loop", "muted", "checked", "disabled", "open", "allowfullscreen", "async", "defer")
        return [(key, None if value == "" and key in booleans else value) for key, value in tag.attrs.items()]  # type: ignore[misc]


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
        return f"{html[: start.end()].lstrip()}\n{html[start.end():].lstrip()}"
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
    for match in _VERBATIM.finditer(html):
        pieces.append(inert(_BLANK_LINES_OR_EDGES.sub("\n", html[position : match.start()])))
        if match["text"]:
            pieces.append(inert(_BLANK_LINES.sub("\n&#10;", match[0]).replace("&#10;\n", "&#10;")))
        else:
            pieces.append(_BLANK_LINES_OR_EDGES.sub("\n", _DELIMITER_START.sub("{ {", match[0])))
        position = match.end()
    pieces.append(inert(_BLANK_LINES_OR_EDGES.sub("\n", html[position:])))
    return "".join(pieces)


def inert(html: str) -> str:
    """Return HTML in which what looks like a Hugo shortcode is only text."""
    return _DELIMITER_START.sub("{&#123;", html)


def _open_islands(element: Tag) -> None:
    """Put the finished text of islands in their place; it stands outside of all escaping."""
    for island in element.find_all(["hugoconv-block", "hugoconv-html", "hugoconv-inline"]):
        text = str(island.get("data-text", ""))
        if island.name == "hugoconv-block":
            text = text.replace("{{", BRACES)
        island.replace_with(_Finished(text))


class _Finished(NavigableString):
    """Text that is already as it has to be."""

    PREFIX = ""
    SUFFIX = ""

    def output_ready(self, formatter: object = None) -> str:
        """Return the text without any substitution."""
        return str(self)
