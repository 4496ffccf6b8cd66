"""Pictures that a style shows behind an element: Markdown has no backgrounds, so each becomes a picture before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from bs4 import BeautifulSoup
from bs4.element import Stylesheet, Tag

from hugoconv.markup import html_tree

_ADDRESS = r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'()]+))\s*\)"
_URL = re.compile(_ADDRESS, re.IGNORECASE)
_BACKGROUND = re.compile(rf"(?:\A|[;\s])background(?:-image)?\s*:[^;]*?{_ADDRESS}", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"(?!https?:)[A-Za-z][A-Za-z0-9+.-]*:|#", re.IGNORECASE)
"""What is no file: data in the style itself, a program, a part of the page."""
_NOT_IN_ADDRESSES = re.compile(r"[\s\"'()\\]")
_HOLDS_ITEMS = frozenset({"ul", "ol", "menu", "dir", "dl", "tr"})
"""Elements in which a picture cannot stand beside what is in them."""


def show_backgrounds(soup: BeautifulSoup, elements: Iterable[Tag]) -> None:
    """Put a picture before each element that has one behind it, unless the page shows it already."""
    styled = [element for element in elements if "style" in element.attrs]
    shown = {str(picture.get("src", "")) for picture in elements if picture.name == "img"} if styled else set()
    for element in styled:
        address = background_of(str(element["style"]))
        if not address or address in shown or _is_kept(element):
            continue
        shown.add(address)
        picture = soup.new_tag("img", attrs={"src": address, "alt": ""})
        if element.parent is not None and element.parent.name not in _HOLDS_ITEMS:
            element.insert_before(picture)
        else:
            element.insert(0, picture)


def background_of(style: str) -> str:
    """Return the address of the picture that a style shows behind its element, "" for none that is a file."""
    match = _BACKGROUND.search(style)
    address = next(filter(None, match.groups()), "") if match else ""
    return "" if _OTHER_SCHEME.match(address) else address


def link_styles(elements: Iterable[Tag], link: Callable[[str], str]) -> None:
    """Let the addresses in styles lead to where the files are now."""

    def linked(match: re.Match[str]) -> str:
        address = next(filter(None, match.groups()), "")
        now = link(address) if address and not _OTHER_SCHEME.match(address) else address
        safe = _NOT_IN_ADDRESSES.sub(lambda char: f"%{ord(char[0]):02X}", now)
        return match[0] if now == address else f"url({safe})"

    for element in elements:
        if "style" in element.attrs:
            element["style"] = _URL.sub(linked, str(element["style"]))
        elif element.name == "style":
            for part in [*element.strings]:
                if (text := _URL.sub(linked, part)) != part:
                    part.replace_with(Stylesheet(text))


def _is_kept(element: Tag) -> bool:
    """Whether an element stays HTML, its style too, or stands in one that does."""
    return any(
        each.name in html_tree.OPAQUE or each.name in html_tree.OPAQUE_INLINE for each in (element, *element.parents)
    )
