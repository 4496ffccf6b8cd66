"""Bodies for Ghost: HTML, of which its editor keeps what it has words for, and HTML cards around the rest."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from typing import ClassVar
from urllib.parse import unquote

from bs4.element import Comment, NavigableString, Tag

from hugoconv.edits import Edit, apply
from hugoconv.markup import plain_html
from hugoconv.markup.constructs import Embed, Neutral
from hugoconv.markup.flavours import Flavour
from hugoconv.markup.html_target import HtmlTarget, PlainRenderer
from hugoconv.markup.html_tree import nests_too_deeply, parse
from hugoconv.markup.markdown import html_references
from hugoconv.markup.render import Frame
from hugoconv.systems.ghost.settings import GHOST_URL

_DIVIDER = re.compile(r"<!--[ \t]*more\b.*?-->")
_BEGIN, _END = "<!--kg-card-begin: html-->\n", "\n<!--kg-card-end: html-->\n"
_INLINE: dict[str, frozenset[str]] = {
    **dict.fromkeys(("strong", "b", "em", "i", "u", "code", "sub", "sup", "br", "s", "del"), frozenset()),
    "a": frozenset({"href"}),
}
"""The elements in a text that Ghost's editor has words for, with their attributes."""
_BLOCKS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("p", "blockquote", "ul", "li", "hr"), frozenset()),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), frozenset({"id"})),
    "ol": frozenset(),
}
_NOT_IN_ID = re.compile(r"[\]\[!\"#$%&'()*+,./:;<=>?@\\^_{|}~]")


class GhostTarget(HtmlTarget):
    """Takes the neutral constructs of one body."""

    name: ClassVar[str] = "ghost"


class GhostRenderer(PlainRenderer):
    """Renders a body; `lost` gathers the words for what Ghost has no counterpart for."""

    def __init__(self, flavour: Flavour, constructs: Sequence[Neutral]) -> None:
        super().__init__(flavour, constructs)
        self.lost: set[str] = set()

    def heading(self, frame: Frame, level: int, attributes: dict[str, str]) -> str:
        """See `HtmlRenderer.heading`."""
        frame, level, attributes = self.attributed(frame, level, attributes)
        if any(value for name, value in attributes.items() if name != "id"):
            self.lost.add("heading attributes")
        identifier = f' id="{html.escape(attributes["id"])}"' if attributes.get("id") else ""
        return f"<h{level}{identifier}>{frame.html}</h{level}>\n"

    def leave_out_marks(self) -> None:
        """See `PlainRenderer.leave_out_marks`."""
        self.lost.add("marked lines")

    def embed(self, embed: Embed) -> str:
        """See `PlainRenderer.embed`: what the provider shows, else a link."""
        return plain_html.embedded(embed) or plain_html.link(embed)


def make_body(text: str, markup: str, target: GhostTarget, flavour: Flavour, *, cards: str) -> tuple[str, set[str]]:
    """Return a body as Ghost imports it, and the words for what was lost.

    `cards` is "cards" to keep what Ghost would drop in HTML cards, "plain" for none, "one-card" for all in one.
    """
    renderer = GhostRenderer(flavour, target.constructs)
    if markup == "markdown":
        made = renderer.render(text)
    elif markup == "html":
        made = renderer.raw(text)
    else:
        made = renderer.preformatted(text)
    if _DIVIDER.search(made):
        renderer.lost.add("summary divider")
        made = _DIVIDER.sub("", made)
    made = _addressed(made, target.link)
    if cards == "one-card":
        made = f"{_BEGIN}{made.strip()}{_END}" if made.strip() else ""
    elif cards == "cards":
        made = carded(made)
    return made, renderer.lost


def _addressed(made: str, link: Callable[[str], str]) -> str:
    """Return HTML whose links lead to the new addresses, those of the site after Ghost's name for itself."""
    edits = []
    for mention in html_references(made):
        new = link(mention.target)
        new = GHOST_URL + new if new.startswith("/") and not new.startswith("//") else new
        if new != mention.target:
            edits.append(Edit(mention.start, mention.end, mention.written(new)))
    return apply(made, edits)


def carded(made: str) -> str:
    """Return HTML with each run of blocks that Ghost's editor has no words for in an HTML card."""
    if not made.strip():
        return ""
    if nests_too_deeply(made):
        return f"{_BEGIN}{made.strip()}{_END}"
    soup = parse(made)
    root = soup.body or soup
    named = {unquote(str(each["href"])[1:]) for each in root.find_all("a", href=re.compile("^#."))}
    pieces: list[str] = []
    waiting: list[str] = []

    def close() -> None:
        if card := "".join(waiting).strip():
            pieces.append(f"{_BEGIN}{card}{_END}")
        waiting.clear()

    for node in root.contents:
        written = node.decode(formatter="minimal") if isinstance(node, Tag) else _written(node)
        if not written.strip():
            (waiting if waiting else pieces).append(written)
        elif isinstance(node, Tag) and _is_native(node, named):
            close()
            pieces.append(_without_id(node, written))
        else:
            waiting.append(written)
    close()
    return "".join(pieces)


def _written(node: object) -> str:
    if isinstance(node, Comment):
        return f"<!--{node}-->"
    return html.escape(str(node), quote=False) if isinstance(node, NavigableString) else ""


def _without_id(node: Tag, written: str) -> str:
    return re.sub(r' id="[^"]*"', "", written, count=1) if node.name[0] == "h" and node.get("id") else written


def _is_native(node: Tag, named: set[str]) -> bool:
    """Whether Ghost's editor has words for all of a block; `named` are the anchors that the page links to."""
    if node.name == "pre":
        return _is_code(node)
    if node.name == "figure" or (node.name == "p" and _only(node, "img")):
        return _is_picture(node)
    if node.name == "img":
        return set(node.attrs) <= {"src", "alt", "title"}
    if node.name not in _BLOCKS or not set(node.attrs) <= _BLOCKS[node.name]:
        return False
    if node.name[0] == "h" and node.get("id") in named and node.get("id") != heading_id(node.get_text()):
        return False
    allowed = _INLINE | ({"li": frozenset(), "ul": frozenset(), "ol": frozenset()} if node.name in ("ul", "ol") else {})
    allowed = allowed | ({"p": frozenset()} if node.name == "blockquote" else {})
    return all(each.name in allowed and set(each.attrs) <= allowed[each.name] for each in node.find_all(True)) and (
        node.name != "blockquote" or len(node.find_all("p")) <= 1
    )


def _only(node: Tag, name: str) -> bool:
    inner = [each for each in node.contents if isinstance(each, Tag) or str(each).strip()]
    return len(inner) == 1 and isinstance(inner[0], Tag) and inner[0].name == name


def _is_picture(node: Tag) -> bool:
    """Whether a block is one picture, with a caption or without: what an image card holds."""
    inner = [each for each in node.contents if isinstance(each, Tag) or str(each).strip()]
    names = [each.name if isinstance(each, Tag) else "text" for each in inner]
    if node.attrs or names not in (["img"], ["img", "figcaption"]):
        return False
    picture = inner[0]
    caption = inner[1] if len(inner) > 1 else None
    said = caption.find_all(True) if isinstance(caption, Tag) else []
    return (
        isinstance(picture, Tag)
        and set(picture.attrs) <= {"src", "alt", "title"}
        and all(each.name in _INLINE and set(each.attrs) <= _INLINE[each.name] for each in said)
    )


def _is_code(node: Tag) -> bool:
    code = node.contents[0] if len(node.contents) == 1 else None
    if not isinstance(code, Tag) or code.name != "code" or node.attrs or code.find(True) is not None:
        return False
    classes = code.get_attribute_list("class")
    return set(code.attrs) <= {"class"} and all(str(each).startswith("language-") for each in classes if each)


def heading_id(text: str) -> str:
    """Return the id that Ghost gives a heading (`slugify` in its package kg-utils)."""
    made = _NOT_IN_ID.sub("", text.strip().lower())
    return re.sub(r"^-|-{2,}|-$", "", re.sub(r"\s+", "-", made))
