"""What a piece of HTML opens and leaves open, what it closes that was opened before it, what stands in no element."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from hugoconv.systems.jekyll.html_tags import VOID

ANY_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>")
SILENT = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
"""What holds no tags: comments, and scripts and styles with their own."""


class Nesting(NamedTuple):
    """The names of the elements left open, and of those closed but not opened, in order."""

    opened: list[str]
    closed: list[str]
    has_words_outside: bool
    """Whether words stand in no element."""


def nesting(html: str) -> Nesting:
    """Return how a piece of HTML is nested; an end tag closes what is open inside of its element, as to browsers."""
    html = SILENT.sub("", html)
    opened: list[str] = []
    closed: list[str] = []
    outside = ""
    position = 0
    for tag in ANY_TAG.finditer(html):
        outside += "" if opened else html[position : tag.start()]
        position = tag.end()
        name = tag[2].lower()
        if tag[1]:
            if name in opened:
                del opened[len(opened) - 1 - opened[::-1].index(name) :]
            elif name not in VOID:
                closed.append(name)
        elif not tag[4] and name not in VOID:
            opened.append(name)
    outside += "" if opened else html[position:]
    return Nesting(opened, closed, bool(outside.strip()))


def without(names: list[str], closed: Iterable[str]) -> list[str]:
    """Return the names that are still open after the last one of each that is closed is gone."""
    left = names.copy()
    for name in closed:
        if name in left:
            del left[len(left) - 1 - left[::-1].index(name)]
    return left
