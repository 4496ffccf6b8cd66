"""The tree of an HTML body, parsed and put in order, so that each element is either a block or part of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final, TypeGuard

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag
from lxml import etree

from hugoconv.markup.html_openings import stray_openings_as_text
from hugoconv.markup.html_soup import TreeBuilder, soup_of

MAX_DEPTH: Final = 60
"""How many elements deep a body is converted; what is deeper is kept as HTML."""

_WRAPPERS = """
    address article aside body center dd div dt figcaption footer header hgroup html li legend main nav optgroup search
    section summary tbody td tfoot th thead tr caption head frameset noframes marquee [document]
"""
_OPAQUE = """
    iframe video audio object embed applet canvas form fieldset dialog noscript script style template map frame
    link meta base title colgroup col pre xmp plaintext listing table dl hr details figure hugoconv-block hugoconv-html
"""
_OTHERS = "p h1 h2 h3 h4 h5 h6 blockquote hugoconv-note"
_OPAQUE_INLINE = "svg math select textarea input button img br wbr code hugoconv-inline hugoconv-call"
_FORMATTING = "a b strong i em del s strike span font code img br hugoconv-inline hugoconv-call"

LISTS: Final = frozenset({"ul", "ol", "menu", "dir"})
TRANSPARENT: Final = frozenset(_WRAPPERS.split())
"""Blocks whose contents are converted and which Markdown itself does not show."""
OPAQUE: Final = frozenset(_OPAQUE.split())
"""Blocks whose rule reads the element itself: their contents are not converted first."""
BLOCKS: Final = TRANSPARENT | OPAQUE | LISTS | frozenset(_OTHERS.split())
OPAQUE_INLINE: Final = frozenset(_OPAQUE_INLINE.split())
"""Inline elements whose rule reads the element itself."""
FORMATTING: Final = frozenset(_FORMATTING.split())
"""Inline elements with a rule of their own; all others are kept as tags around converted text."""

_TAG_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*\Z")
_ATTRIBUTE_NAME = re.compile(r"[A-Za-z_:][A-Za-z0-9_.:-]*\Z")
_NEVER_WRAPPED = frozenset(
    {"pre", "script", "style", "iframe", "video", "audio", "object", "embed", "hr", "hugoconv-block", "hugoconv-html"}
)
_EMPTY_INLINE = frozenset({"br", "img", "wbr", "hugoconv-inline", "hugoconv-call"})
_CHILDLESS = frozenset({"source", "track", "wbr", "embed", "area", "input", "keygen"})


_PARSER = etree.HTMLParser(recover=True, huge_tree=True)
_HEAD, _TAIL = "<html><body>", "</body></html>"
_DOCUMENT = re.compile(r"</?(?:html|body|head|frameset)\b|<!doctype", re.IGNORECASE)


def parse(html: str) -> BeautifulSoup:
    """Parse an HTML fragment; any text is accepted, broken markup is read as a browser would, but no words are lost.

    The tree is made of lxml's finished one, which costs a third of what bs4's events cost. lxml's ends with `</html>`,
    so a body that holds a whole document goes the long way.
    """
    html = stray_openings_as_text(html)
    markup = f"{_HEAD}{html}{_TAIL}"
    if _DOCUMENT.search(html):
        return BeautifulSoup(markup, builder=TreeBuilder())
    return soup_of(etree.fromstring(markup, _PARSER))


def _is_block(node: object) -> TypeGuard[Tag]:
    """Return whether `node` is an element that stands on its own, outside of any paragraph."""
    return isinstance(node, Tag) and node.name in BLOCKS


def all_elements(root: Tag) -> list[Tag]:
    """Return the elements inside `root`, in order."""
    found: list[Tag] = []
    levels = [iter(root.contents)]
    while levels:
        for node in levels[-1]:
            if isinstance(node, Tag):
                found.append(node)
                contents = node.contents
                if len(contents) > 1 or (contents and isinstance(contents[0], Tag)):  # not so in most paragraphs
                    levels.append(iter(contents))
                    break
        else:
            levels.pop()
    return found


def elements(root: Tag, names: Collection[str]) -> list[Tag]:
    """Return the elements inside `root` with one of the names, in order (bs4's own search takes long to begin)."""
    return [element for element in all_elements(root) if element.name in names]


def first(root: Tag, *names: str) -> Tag | None:
    """Return the first element inside `root` with one of the names."""
    return next(iter(elements(root, names)), None)


def child(parent: Tag, name: str) -> Tag | None:
    """Return the first element right inside `parent` with a name."""
    return next((node for node in parent.contents if isinstance(node, Tag) and node.name == name), None)


def around(node: PageElement, name: str) -> Tag | None:
    """Return the nearest element with a name that `node` stands in."""
    return next((element for element in node.parents if element.name == name), None)


def too_deep(soup: Tag) -> list[Tag]:
    """Return the elements that stand exactly `MAX_DEPTH` deep and have elements inside."""
    found = []
    stack: list[tuple[Tag, int]] = [(soup, -2)]
    while stack:
        node, depth = stack.pop()
        children = [(child, depth + 1) for child in node.contents if isinstance(child, Tag)]
        if depth >= MAX_DEPTH and children:
            found.append(node)
        else:
            stack += children
    return found


def put_in_order(soup: BeautifulSoup) -> None:
    """Rearrange the tree so that inline elements hold no blocks, and lists hold items only; texts keep their order."""
    found = all_elements(soup)
    present = {element.name for element in found}
    if not present.isdisjoint(_CHILDLESS):
        _free_childless(soup)
    if present - BLOCKS - _EMPTY_INLINE:
        _push_inline_into_blocks(soup, (element for element in found if element.name in BLOCKS))
    if not present.isdisjoint(LISTS) or "li" in present:
        _mend_lists(soup)


def misnamed(found: Collection[Tag]) -> list[Tag]:
    """Return the elements whose names CommonMark does not read as a tag; attributes named so are taken out."""
    for element in found:
        for name in [name for name in element.attrs if not _ATTRIBUTE_NAME.match(name)] if element.attrs else ():
            del element[name]
    unusual = {element.name for element in found} - BLOCKS - FORMATTING
    names = {name for name in unusual if not _TAG_NAME.match(name)}
    return [element for element in found if element.name in names] if names else []


def _free_childless(soup: BeautifulSoup) -> None:
    """Move out what libxml2 put inside of elements that HTML5 says are empty."""
    for element in elements(soup, _CHILDLESS):
        for child in reversed(list(element.contents)):
            element.insert_after(child.extract())


def _push_inline_into_blocks(soup: BeautifulSoup, blocks: Iterable[Tag]) -> None:
    """Turn `<a><h2>x</h2></a>` into `<h2><a>x</a></h2>`, for every inline element around blocks."""
    mixed: dict[int, Tag] = {}
    for block in blocks:
        parent = block.parent
        while parent is not None and parent.name not in BLOCKS and id(parent) not in mixed:
            mixed[id(parent)] = parent
            parent = parent.parent
    stack = sorted(mixed.values(), key=lambda element: len(list(element.parents)))
    while stack:
        element = stack.pop()
        stack.extend(_push_one(soup, element))


def _push_one(soup: BeautifulSoup, element: Tag) -> Iterator[Tag]:
    """Push one inline element into its block children; yield the new ones that hold blocks themselves."""
    attributes: dict[Any, Any] = dict(element.attrs)
    shell: Tag | None = None
    for child in list(element.contents):
        if not _is_block(child):
            if shell is None:
                if isinstance(child, NavigableString) and not child.strip():
                    element.insert_before(child.extract())
                    continue
                shell = soup.new_tag(element.name, attrs=attributes)
                element.insert_before(shell)
                attributes.pop("id", None)
            shell.append(child.extract())
            continue
        shell = None
        element.insert_before(child.extract())
        if child.name in _NEVER_WRAPPED or not child.contents:
            continue
        inner = soup.new_tag(element.name, attrs=attributes)
        attributes.pop("id", None)
        for grandchild in list(child.contents):
            inner.append(grandchild.extract())
        child.append(inner)
        if any(_is_block(grandchild) for grandchild in inner.contents):
            yield inner
    element.decompose()


def _mend_lists(soup: BeautifulSoup) -> None:
    for parent in elements(soup, LISTS):
        _only_items(soup, parent)
    for item in elements(soup, {"li"}):
        if item.parent is not None and item.parent.name not in LISTS:
            stray = soup.new_tag("ul")
            item.insert_before(stray)
            following: object = item
            while isinstance(following, Tag) and following.name == "li":
                next_one = following.next_sibling
                stray.append(following.extract())
                while isinstance(next_one, NavigableString) and not next_one.strip():
                    next_one = next_one.next_sibling
                following = next_one


def _only_items(soup: BeautifulSoup, parent: Tag) -> None:
    """Put what stands between the items of a list into the item before it, or into one of its own."""
    item: Tag | None = None
    for child in list(parent.contents):
        if isinstance(child, Tag) and child.name == "li":
            item = child
        elif isinstance(child, NavigableString) and not child.strip():
            continue
        else:
            if item is None:
                item = soup.new_tag("li")
                child.insert_before(item)
            item.append(child.extract())


_ANY_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*)[^<>]*?(/?)>")
_OFTEN_UNCLOSED = "area base br col embed hr img input li link meta p param source track wbr dd dt"
_NEVER_CLOSED = frozenset(_OFTEN_UNCLOSED.split())
PARSED_LEVELS = 250
"""How deep libxml2 follows; what stands deeper it leaves out without a word."""


def nests_too_deeply(html: str) -> bool:
    """Whether elements are nested deeper than the parser follows, going by the tags alone."""
    if html.count("<") <= PARSED_LEVELS:
        return False
    depth = 0
    for tag in _ANY_TAG.finditer(html):
        if tag[2].lower() in _NEVER_CLOSED or tag[3]:
            continue
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        if depth > PARSED_LEVELS:
            return True
    return False
