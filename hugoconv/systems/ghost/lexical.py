"""Ghost's Lexical documents as the HTML that Ghost itself makes of them, without what only its theme needs.

The nodes and what they become are those of the packages kg-default-nodes and kg-lexical-html-renderer, tried with them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from hugoconv.systems.ghost.cards import Cards

Node = Mapping[str, Any]
MAX_DEPTH = 100

# The bits of `format`, innermost tag last (kg-lexical-html-renderer, text-content).
_FORMATS = (
    (1, "strong"),
    (2, "em"),
    (4, "s"),
    (8, "u"),
    (16, "code"),
    (32, "sub"),
    (64, "sup"),
    (128, "mark"),
)
_TEXTS = frozenset({"text", "extended-text", "tk"})
_LEVELS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_QUOTES = {"quote": "", "extended-quote": "", "aside": ' class="kg-blockquote-alt"'}


def to_html(document: str, cards: Cards) -> str | None:
    """Return the HTML of a document, None for what is none; nodes that nobody knows give their words."""
    try:
        value = json.loads(document)
    except (ValueError, RecursionError):
        return None
    root = value.get("root") if isinstance(value, dict) else None
    if not isinstance(root, dict):
        return None
    reader = _Reader(cards)
    return "".join(reader.block(child, 0) for child in _children(root))


def _children(node: Node) -> list[Node]:
    children = node.get("children")
    return [child for child in children if isinstance(child, dict)] if isinstance(children, list) else []


class _Reader:
    """One document; what is nested too deeply gives its words."""

    def __init__(self, cards: Cards) -> None:
        self.cards = cards

    def block(self, node: Node, depth: int) -> str:
        kind = str(node.get("type", ""))
        if depth > MAX_DEPTH:
            return escape(_words(node), quote=False)
        if kind == "list":
            return self.list(node, depth)
        if kind in ("heading", "extended-heading"):
            level = str(node.get("tag"))
            name = level if level in _LEVELS else "h2"
            return f"<{name}>{self.inline(node, depth)}</{name}>"
        if kind in _QUOTES:
            return f"<blockquote{_QUOTES[kind]}>{self.inline(node, depth)}</blockquote>"
        if "children" not in node:
            return self.cards.html(kind, node)
        return f"<p>{self.inline(node, depth)}</p>"

    def inline(self, node: Node, depth: int) -> str:
        if depth > MAX_DEPTH:
            return escape(_words(node), quote=False)
        return "".join(self.span(child, depth + 1) for child in _children(node))

    def span(self, node: Node, depth: int) -> str:
        kind = str(node.get("type", ""))
        if kind in _TEXTS:
            return _text(node)
        if kind == "linebreak":
            return "<br>"
        if kind == "tab":
            return " "
        if kind in ("link", "autolink"):
            title = f' title="{escape(str(node["title"]))}"' if node.get("title") else ""
            return f'<a href="{escape(str(node.get("url", "")))}"{title}>{self.inline(node, depth)}</a>'
        if kind == "list" or "children" not in node:
            return self.block(node, depth)
        return self.inline(node, depth)

    def list(self, node: Node, depth: int) -> str:
        """Return a list; an item that holds only a list belongs to the item before it, as the renderer has it."""
        name = "ol" if node.get("listType") == "number" or node.get("tag") == "ol" else "ul"
        start = node.get("start", 1)
        first = f' start="{start}"' if name == "ol" and isinstance(start, int) and start != 1 else ""
        items: list[str] = []
        for item in _children(node):
            nested = _children(item)
            if items and nested and all(each.get("type") == "list" for each in nested):
                items[-1] += "".join(self.block(each, depth + 1) for each in nested)
            else:
                items.append(self.inline(item, depth + 1))
        return f"<{name}{first}>{''.join(f'<li>{item}</li>' for item in items)}</{name}>"


def _text(node: Node) -> str:
    bits = node.get("format", 0)
    html = escape(str(node.get("text", "")), quote=False)
    for bit, name in reversed(_FORMATS) if isinstance(bits, int) and html else ():
        if bits & bit:
            html = f"<{name}>{html}</{name}>"
    return html


def _words(node: Node) -> str:
    """Return the words of what is nested too deeply to be anything else."""
    waiting, found = [node], []
    while waiting:
        each = waiting.pop()
        found.append(str(each.get("text", "")))
        waiting += reversed(_children(each))
    return " ".join(filter(None, found))
