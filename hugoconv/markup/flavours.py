"""The Markdown of Hugo and of Jekyll, where each goes beyond CommonMark."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pyromark import Options

_COMMON = (
    Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_DEFINITION_LIST
    | Options.ENABLE_HEADING_ATTRIBUTES
)


@dataclass(frozen=True, slots=True)
class Flavour:
    """A Markdown beyond CommonMark: pyromark's options, whether bare addresses become links, the id of a heading.

    `prepare` writes a text so that CommonMark's rules read it as the flavour's own would.
    """

    name: str
    options: Options
    linkify: bool
    heading_id: Callable[[str], str]
    prepare: Callable[[str], str] = str


def _github_id(words: str) -> str:
    """Return the id that Hugo (autoHeadingIDType github) and kramdown's GFM parser give a heading."""
    return re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")


_ELEMENT = re.compile(
    r"<(address|article|aside|blockquote|center|details|div|dl|fieldset|figure|footer|form|h[1-6]|header"
    r"|iframe|nav|object|ol|p|pre|section|table|ul|video)\b",
    re.IGNORECASE,
)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


_BRACE_IN_HEADING = re.compile(r"^([ ]{0,3}#{1,6}[ \t][^\n]*?)\\\{", re.MULTILINE)


def _as_kramdown(text: str) -> str:
    """Return kramdown's text as pyromark reads it; that takes an escaped brace in a heading for attributes."""
    return _html_ends_with_its_element(_BRACE_IN_HEADING.sub(r"\1&#123;", text))


def _html_ends_with_its_element(text: str) -> str:
    """Put a blank line behind each block of HTML, which ends with its element in kramdown and there in CommonMark."""
    if "</" not in text:
        return text
    made: list[str] = []
    fence, name, depth = "", "", 0
    lines = text.split("\n")
    for number, line in enumerate(lines):
        made.append(line)
        opened = _FENCE.match(line)
        if not depth and opened and (not fence or opened[1].startswith(fence)):
            fence = "" if fence else opened[1]
        element = _ELEMENT.match(line) if not fence and not depth else None
        if element:
            name = element[1]
        if element or depth:
            depth += len(re.findall(rf"<{name}\b", line, re.IGNORECASE))
            depth -= len(re.findall(rf"</{name}\s*>", line, re.IGNORECASE))
            following = lines[number + 1] if number + 1 < len(lines) else ""
            if depth <= 0:
                depth = 0
                if following.strip() and line.rstrip().endswith(">"):
                    made.append("")
    return "\n".join(made)


GOLDMARK = Flavour("goldmark", _COMMON | Options.ENABLE_TASKLISTS, linkify=True, heading_id=_github_id)
"""Markdown as Hugo's defaults set it up: markup/goldmark/goldmark_config in its source."""
KRAMDOWN = Flavour(
    "kramdown",
    _COMMON | Options.ENABLE_TASKLISTS,
    linkify=False,
    heading_id=_github_id,
    prepare=_as_kramdown,
)
"""Markdown as Jekyll's defaults set it up: kramdown with its GFM parser."""
