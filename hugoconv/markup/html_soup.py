"""lxml's tree of an HTML text as bs4's: what bs4's own builder makes of lxml's events, at less than half the cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from bs4 import BeautifulSoup
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import Comment, NavigableString, ProcessingInstruction, Tag
from lxml import etree


class TreeBuilder(LXMLTreeBuilder):
    """bs4's lxml builder without lxml's limits: by default, text nested 256 deep or over 10 MB would be dropped."""

    def default_parser(self, encoding: str | None) -> etree.HTMLParser:
        """Return the parser that sends events (the signature is bs4's)."""
        return etree.HTMLParser(target=self, recover=True, encoding=encoding, huge_tree=True)


_BUILDER: Final = TreeBuilder()
_EMPTY: Final = BeautifulSoup("", builder=_BUILDER)

_ELEMENT: Final = vars(Tag(builder=_BUILDER, name=""))
"""What bs4's constructor makes of an element; a copy of this is what costs least."""
_SPECIAL: Final = {
    name: vars(Tag(builder=_BUILDER, name=name))
    for name in {*(_BUILDER.empty_element_tags or ()), *_BUILDER.string_containers, *_BUILDER.preserve_whitespace_tags}
}
"""What it makes of those that are empty, or whose texts are read in a way of their own."""
_OF_MANY_VALUES: Final = frozenset[str]().union(*(_BUILDER.cdata_list_attributes or {}).values())
_MINIMISED: Final = frozenset(
    {
        *("checked", "compact", "declare", "defer", "disabled", "ismap", "multiple", "nohref", "noresize", "noshade"),
        *("nowrap", "readonly", "selected"),
    }
)
"""Attributes to which libxml2 gives their own name as value when they have none."""
_ASCII_SPACES: Final = " \n\t\f\r"


class _Texts(NamedTuple):
    """How texts in an element are read."""

    kind: type[NavigableString] = NavigableString
    verbatim: bool = False


_PROSE: Final = _Texts()


def soup_of(root: etree._Element) -> BeautifulSoup:
    """Return lxml's tree as a soup; it may be of any depth."""
    soup = BeautifulSoup.__new__(BeautifulSoup)
    soup.__dict__ = {**vars(_EMPTY), "contents": [], "attrs": {}}
    order: list[Any] = []
    parents: list[Tag] = [soup]
    above: list[tuple[Iterator[etree._Element], list[Any], _Texts, str | None]] = []
    children, contents, texts = iter((root,)), soup.contents, _PROSE
    while True:
        for child in children:
            name = child.tag
            if isinstance(name, str):
                element = _element(name, child.items())
                contents.append(element)
                order.append(element)
                parents.append(element)
                inside = _texts_in(name, texts) if name in _SPECIAL else texts
                if text := child.text:
                    _add_text(text, inside, element.contents, order)
                if len(child):
                    above.append((children, contents, texts, child.tail))
                    children, contents, texts = iter(child), element.contents, inside
                    break
            else:
                note = _note(child)
                contents.append(note)
                order.append(note)
            if tail := child.tail:
                _add_text(tail, texts, contents, order)
        else:
            if not above:
                break
            children, contents, texts, tail = above.pop()
            if tail:
                _add_text(tail, texts, contents, order)
    _thread(soup, order)
    _join(parents)
    return soup


def release(soup: BeautifulSoup) -> None:
    """Let go of a soup's nodes, which are rings of objects: taken apart here they need no garbage collector."""
    node: Any = soup
    while node is not None:
        following = node.next_element
        vars(node).clear()
        node = following


def _element(name: str, attributes: Sequence[tuple[str, str]]) -> Tag:
    element = Tag.__new__(Tag)
    element.__dict__ = _SPECIAL.get(name, _ELEMENT).copy()
    element.name = name
    element.contents = []
    element.attrs = _attributes(name, attributes) if attributes else {}
    return element


def _attributes(name: str, given: Sequence[tuple[str, str]]) -> Any:
    attributes = {key: "" if key in _MINIMISED and value == key else value for key, value in given}
    if _OF_MANY_VALUES.isdisjoint(attributes):
        return attributes
    return _BUILDER._replace_cdata_list_attribute_values(name, attributes)


def _note(node: etree._Element) -> NavigableString:
    if node.tag is etree.Comment:
        return Comment(node.text or "")
    return ProcessingInstruction(f"{node.target} {node.text or ''}")


def _texts_in(name: str, around: _Texts) -> _Texts:
    kind = _BUILDER.string_containers.get(name, around.kind)
    return _Texts(kind, around.verbatim or name in _BUILDER.preserve_whitespace_tags)


def _add_text(text: str, texts: _Texts, contents: list[Any], order: list[Any]) -> None:
    if text.isspace() and not texts.verbatim and not text.strip(_ASCII_SPACES):
        text = "\n" if "\n" in text else " "
    string = str.__new__(texts.kind, text)
    contents.append(string)
    order.append(string)


def _thread(soup: BeautifulSoup, order: list[Any]) -> None:
    """Let each node know the one before it and the one behind it in the text."""
    last: Any = soup
    for node in order:
        node.previous_element = last
        last.next_element = node
        last = node
    last.next_element = None


def _join(parents: list[Tag]) -> None:
    """Let the nodes in each element know it, and each other."""
    for parent in parents:
        before: Any = None
        for node in parent.contents:
            node.parent = parent
            node.previous_sibling = before
            if before is not None:
                before.next_sibling = node
            before = node
        if before is not None:
            before.next_sibling = None
