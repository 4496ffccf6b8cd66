"""The lines of an org text, told apart as go-org 1.9 does: each alone, by the first kind that fits."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line: how far it is indented, what its kind is about, and what of it code keeps."""

    kind: str
    indent: int
    content: str
    match: re.Match[str]

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return self.kind == "text" and not self.content

    @property
    def is_item(self) -> bool:
        """Whether an item of a list begins in it."""
        return self.kind in ("unordered", "ordered")


_KINDS: tuple[tuple[str, re.Pattern[str], int], ...] = tuple(
    (kind, re.compile(pattern, re.ASCII), content)
    for kind, pattern, content in (
        ("headline", r"()(\*+)\s+(.*)", 3),
        ("drawer end", r"(\s*):(?i:END):\s*\Z", 1),
        ("drawer", r"(\s*):(\S+):\s*\Z", 2),
        ("block", r"(\s*)#\+(?i:BEGIN)_(\w+)(.*)", 2),
        ("block end", r"(\s*)#\+(?i:END)_(\w+)", 2),
        ("results", r"(\s*)#\+(?i:RESULTS):", 1),
        ("unordered", r"(\s*)([+*-])(?:\s+(.*)|\Z)", 3),
        ("ordered", r"(\s*)((?:[0-9]+|[a-zA-Z])[.)])(?:\s+(.*)|\Z)", 3),
        ("rule between rows", r"(\s*)\|[-+|]*\s*\Z", 1),
        ("row", r"(\s*)(\|.*)", 2),
        ("rule", r"(\s*)-{5,}\s*\Z", 1),
        ("keyword", r"(\s*)#\+([^:]+):(?:\s+(.*)|\Z)", 2),
        ("comment", r"(\s*)#\s(.*)", 2),
        ("note", r"()\[fn:([\w-]+)\](?:(\s+.+)|\s*\Z)", 2),
        ("example", r"(\s*):(?:\s(.*)|\s*\Z)", 2),
        ("formula", r"(\s*)\\(?i:begin)\{([^}]+)\}\s*\Z", 2),
        ("formula end", r"(\s*)\\(?i:end)\{([^}]+)\}\s*\Z", 2),
        ("text", r"(\s*)(.*)", 2),
    )
)
"""The kinds in the order in which they are tried; the first group is the indentation, the number that of the content.

A row without a space (`|a|b|`) is one here; go-org takes it for a rule and shows nothing of it.
"""

_NAMES = frozenset({"block", "block end", "formula", "formula end"})
"""The kinds whose content is a name, whatever its case."""


def read_line(text: str) -> Line:
    """Return what a line is."""
    for kind, pattern, group in _KINDS:
        if match := pattern.match(text):
            content = match[group] or ""
            return Line(kind, len(match[1]), content.upper() if kind in _NAMES else content, match)
    raise AssertionError("every line is text")


def as_text(line: Line) -> Line:
    """Return a line as one of text, whatever it looks like."""
    kind, pattern, group = _KINDS[-1]
    match = pattern.match(line.match[0])
    assert match is not None
    return Line(kind, len(match[1]), match[group], match)
