"""Whether two pieces of HTML show the same, and the words that one shows."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
from lxml import etree

_PARSER = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
_UNSEEN = frozenset({"script", "style", "template", "noscript", "head", "title"})
_FLOWING = frozenset(
    {
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins"),
        *("kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt"),
        *("u", "var", "wbr"),
    }
)
_DASHES = re.compile(r"-{2,3}")
_SAME = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "\xa0": " ", "\xad": ""})


def visible_words(source: str) -> list[str]:
    """Return the words that a piece of HTML shows, in order; typographic quotes and dashes count as plain ones."""
    pieces = (value if kind == "text" else "" if value in _FLOWING else " " for kind, value, _ in _tokens(source))
    return "".join(pieces).split()


def renders_alike(one: str, other: str) -> bool:
    """Whether two pieces of HTML show the same: the same words in the same elements, the same links and pictures.

    White space at the edges of blocks, typographic quotes, classes and ids do not count.
    """
    return _canonical(one) == _canonical(other)


def _canonical(source: str) -> str:
    written_out = "".join(
        value if kind == "text" else f"{_MARKS[value in _FLOWING]}{kind} {value}{addresses}\x03"
        for kind, value, addresses in _tokens(source)
    )
    return re.sub(r"\s*(\x01[^\x03]*\x03)\s*", r"\1", re.sub(r"\s+", " ", written_out)).strip()


_MARKS = {False: "\x01", True: "\x02"}
"""What stands before the name of an element in the canonical text: of a block, of one that flows with the text."""


def _tokens(source: str) -> Iterator[tuple[str, str, str]]:
    """Yield what a page shows: ("text", text, ""), ("open", element, its addresses) and ("close", element, "")."""
    try:
        root = lxml.html.document_fromstring(source.encode("utf-8", "replace"), parser=_PARSER)
    except etree.ParserError:  # nothing in it shows
        return
    unseen = 0
    for action, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if action == "start":
            unseen += element.tag in _UNSEEN
            addresses = "".join(f" {value}" for name in ("href", "src", "alt") if (value := element.get(name)))
            yield "open", str(element.tag), addresses
        elif action == "end":
            unseen -= element.tag in _UNSEEN
            yield "close", str(element.tag), ""
        text = element.text if action == "start" else element.tail
        if text and not unseen:
            yield "text", _DASHES.sub("-", text.translate(_SAME)), ""
