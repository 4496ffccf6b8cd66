"""Ghost's mobiledoc documents (versions 1 to 4) as the HTML that Ghost itself makes of them.

The format is that of https://github.com/bustle/mobiledoc-kit/blob/main/MOBILEDOC.md; cards and atoms are Ghost's.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from typing import Any

from hugoconv.systems.ghost.cards import Cards

_MARKUP, _IMAGE, _LIST, _CARD = 1, 2, 3, 10
_TAGS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "aside",
        "ul",
        "ol",
        "li",
        "a",
        "b",
        "strong",
        "i",
        "em",
        "u",
        "s",
        "del",
        "sub",
        "sup",
        "code",
        "mark",
        "span",
    ]
)


def to_html(document: str, cards: Cards) -> str | None:
    """Return the HTML of a document, None for what is none."""
    try:
        value = json.loads(document)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or not isinstance(value.get("sections"), list):
        return None
    reader = _Reader(value, cards)
    return "".join(reader.section(section) for section in value["sections"] if isinstance(section, list))


def _list_of(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


class _Reader:
    """One document: its sections name atoms, cards and markups by their numbers."""

    def __init__(self, document: dict[str, Any], cards: Cards) -> None:
        self.html = cards.html
        self.atoms = _list_of(document.get("atoms"))
        self.cards = _list_of(document.get("cards"))
        self.markups = _list_of(document.get("markups"))

    def section(self, section: Sequence[Any]) -> str:
        kind = section[0] if section else None
        if kind == _MARKUP and len(section) > 2:
            name = _tag(section[1], "p")
            classes = ' class="kg-blockquote-alt"' if name == "aside" else ""
            name = "blockquote" if name == "aside" else name
            return f"<{name}{classes}>{self.markers(section[2])}</{name}>"
        if kind == _IMAGE and len(section) > 1:
            return f'<figure><img src="{escape(str(section[1]))}" alt=""></figure>'
        if kind == _LIST and len(section) > 2:
            name = _tag(section[1], "ul")
            items = "".join(f"<li>{self.markers(item)}</li>" for item in _list_of(section[2]))
            return f"<{name}>{items}</{name}>"
        if kind == _CARD and len(section) > 1:
            name, payload = _pair(_at(self.cards, section[1]))
            return self.html(name, payload)
        return ""

    def markers(self, markers: object) -> str:
        """Return markers as HTML: each opens markups, has a text or an atom, and closes some of those that are open."""
        html = ""
        opened: list[str] = []
        for marker in _list_of(markers):
            if not isinstance(marker, list) or len(marker) < 4:
                continue
            kind, opening, closing, value = marker[:4]
            for number in _list_of(opening):
                name, start = self.markup(number)
                html += start
                opened.append(name)
            html += self.atom(value) if kind == 1 else escape(str(value), quote=False)
            for _ in range(min(closing if isinstance(closing, int) else 0, len(opened))):
                html += f"</{opened.pop()}>"
        return html + "".join(f"</{name}>" for name in reversed(opened))

    def markup(self, number: object) -> tuple[str, str]:
        """Return a markup's name and opening tag; attributes are names and values in turn."""
        found = _list_of(_at(self.markups, number))
        name = _tag(found[0] if found else "", "span")
        given = _list_of(found[1]) if len(found) > 1 else []
        pairs = zip(given[::2], given[1::2], strict=False)
        attributes = "".join(f' {key}="{escape(str(value))}"' for key, value in pairs if key in ("href", "title"))
        return name, f"<{name}{attributes}>"

    def atom(self, number: object) -> str:
        found = _list_of(_at(self.atoms, number))
        if not found:
            return ""
        if found[0] == "soft-return":
            return "<br>"
        return escape(str(found[1]), quote=False) if len(found) > 1 else ""


def _at(values: list[Any], number: object) -> Any:
    return values[number] if isinstance(number, int) and 0 <= number < len(values) else None


def _pair(value: object) -> tuple[str, dict[str, Any]]:
    found = _list_of(value)
    payload = found[1] if len(found) > 1 and isinstance(found[1], dict) else {}
    return (str(found[0]) if found else "", payload)


def _tag(value: object, otherwise: str) -> str:
    name = str(value).lower()
    return name if name in _TAGS else otherwise
