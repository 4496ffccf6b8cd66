"""Paragraphs of classic WordPress posts, which are stored as blank lines.

WordPress adds the tags when a page is viewed (its function `wpautop`); posts made of blocks hold their own tags and
must not pass through here.
"""

from __future__ import annotations

import re
from typing import Final

from hugoconv.systems.wordpress.bodies.tokens import Token, Tokens

_NAMES = """
    table thead tfoot caption col colgroup tbody tr td th div dl dd dt ul ol li pre form map area blockquote address
    style p h1 h2 h3 h4 h5 h6 hr fieldset legend section article aside hgroup header footer nav figure figcaption
    details menu summary script textarea hugoconv-block hugoconv-html
"""
BLOCK_NAMES: Final = frozenset(_NAMES.split())
"""Elements that end a paragraph where they start and where they end."""

_WITHOUT_BREAKS = frozenset({"select", "object", "audio", "video"})
_VERBATIM = frozenset({"pre", "script", "style", "textarea", "svg"})
_BREAK = re.compile(r"<br[^>]*>", re.IGNORECASE)
_BLANK = re.compile(r"\n[ \t]*\n\s*")
_ONLY_TAGS = re.compile(r"(?:\s|</?[A-Za-z][^<>]*>)*\Z")


def autop(text: str) -> str:
    r"""Return a classic post with `<p>` around its paragraphs and `<br />` for single newlines.

    Blank lines and block elements end a paragraph; the contents of `pre`, `script`, `style`, `textarea` and `svg`, of
    comments and of tags stay as they are; CRLF is read as LF. (https://developer.wordpress.org/reference/functions/wpautop/)

    Example:
        >>> autop("one\ntwo\n\nthree")
        '<p>one<br />\ntwo</p>\n<p>three</p>\n'
    """
    writer = _Writer()
    position = 0
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for token in Tokens(text, _VERBATIM):
        writer.text(text[position : token.start])
        position = token.end
        piece = text[token.start : token.end]
        if token.name in BLOCK_NAMES:
            writer.block(piece, token)
        else:
            writer.inline(piece, token)
    writer.text(text[position:])
    return writer.finished()


class _Writer:
    """Collects the pieces of the paragraph at hand and writes it when a block or a blank line ends it."""

    def __init__(self) -> None:
        self._written: list[str] = []
        self._pieces: list[str] = []
        self._bare = False
        self._open_paragraph = False
        self._quiet = 0

    def text(self, text: str) -> None:
        """Add text: blank lines end the paragraph, newlines break it."""
        first, *others = _BLANK.split(text)
        self._line_breaks(first)
        for part in others:
            self._end_paragraph()
            self._bare = False
            self._line_breaks(part)

    def inline(self, piece: str, token: Token) -> None:
        """Add an inline tag, or something that stays as it is."""
        if token.name in _WITHOUT_BREAKS and not token.whole and not piece.endswith("/>"):
            self._quiet = max(0, self._quiet + (-1 if token.closing else 1))
        self._pieces.append(piece)

    def block(self, tag: str, token: Token) -> None:
        """Add the tag of a block, or a whole one."""
        self._end_paragraph()
        opens = not token.closing
        if token.name == "p":
            self._paragraph_tag(tag, opens)
            return
        if self._open_paragraph and opens:
            self._written.append("</p>\n")
            self._open_paragraph = False
        self._written.append(f"{tag}\n" if token.closing or token.whole else tag)
        self._bare = opens and not token.whole and token.name != "hr" and not tag.endswith("/>")

    def finished(self) -> str:
        """Return all that was written."""
        self._end_paragraph()
        if self._open_paragraph:
            self._written.append("</p>\n")
        return "".join(self._written)

    def _paragraph_tag(self, tag: str, opens: bool) -> None:
        if opens:
            if self._open_paragraph:
                self._written.append("</p>\n")
            self._written.append(tag)
            self._open_paragraph = self._bare = True
        elif self._open_paragraph:
            self._written.append("</p>\n")
            self._open_paragraph = self._bare = False

    def _line_breaks(self, text: str) -> None:
        if self._quiet or (text and "\n" not in text):
            self._pieces.append(text)
            return
        after_break = bool(self._pieces) and _BREAK.fullmatch(self._pieces[-1].strip())
        for index, line in enumerate(_lines(text)):
            if index:
                self._pieces.append("\n" if after_break else "<br />\n")
                after_break = False
            if line:
                self._pieces.append(line)
                after_break = False

    def _end_paragraph(self) -> None:
        pieces = self._pieces
        while pieces and pieces[0] in ("<br />\n", "\n"):
            pieces.pop(0)
        while pieces and pieces[-1] in ("<br />\n", "\n"):
            pieces.pop()
        self._pieces = []
        content = "".join(pieces).strip(" \t\n")
        if not content:
            return
        if self._bare or _is_loose_tag(content):
            self._written.append(content if self._bare else f"{content}\n")
            if self._open_paragraph:
                self._written.append("</p>\n")
                self._open_paragraph = False
        else:
            self._written.append(f"<p>{content}</p>\n")
        self._bare = False


def _lines(text: str) -> list[str]:
    """Split at newlines, without the spaces around them; those at the ends of the text stay."""
    first, *others = text.split("\n")
    if not others:
        return [text]
    *inner, last = (line.lstrip(" \t") for line in others)
    return [first.rstrip(" \t"), *(line.rstrip(" \t") for line in inner), last]


def _is_loose_tag(content: str) -> bool:
    """Return whether a paragraph would hold one closing or opening tag only, as of a link around blocks."""
    return content.startswith("</") and _ONLY_TAGS.match(content) is not None
