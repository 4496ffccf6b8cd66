"""HTML of strangers as HTML that can be shown as it is: the few tags that WordPress allows in comments, no scripts."""

from __future__ import annotations

import re

from bs4.element import Comment, Tag

from hugoconv.markup.html_soup import release
from hugoconv.markup.html_tree import parse

_ALLOWED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            *("abbr", "acronym", "b", "br", "cite", "code", "del", "em", "i", "ins", "li", "ol", "p", "pre", "s"),
            *("strike", "strong", "sub", "sup", "ul"),
        ),
        (),
    ),
    "a": ("href", "title"),
    "blockquote": ("cite",),
    "q": ("cite",),
}
_DROPPED = ("script", "style", "iframe", "object", "embed", "form", "template", "noscript")
_SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:|/(?!/)|#)", re.IGNORECASE)


def restricted(html: str) -> str:
    """Return HTML with the tags that are not allowed taken off, their text kept; scripts and the like go whole."""
    soup = parse(html)
    for element in soup.find_all(_DROPPED):
        element.decompose()
    for note in soup.find_all(string=lambda string: isinstance(string, Comment)):
        note.extract()
    for element in soup.find_all(True):
        _restrict(element)
    made = soup.decode(formatter="minimal").strip()
    release(soup)
    return made


def _restrict(element: Tag) -> None:
    allowed = _ALLOWED.get(element.name)
    if allowed is None:
        element.unwrap()
        return
    for name, value in list(element.attrs.items()):
        if name not in allowed or (name != "title" and not _SAFE_ADDRESS.match(str(value).strip())):
            del element[name]
