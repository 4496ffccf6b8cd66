"""The tags of a WordPress body: where they stand, and what between them is to be left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

VERBATIM: Final = frozenset({"pre", "code", "script", "style", "textarea", "svg"})
"""Elements whose contents are not text to be worked on."""

_START = re.compile(
    r"<!--|</?(?P<quoted>[A-Za-z][\w:-]*)(?:\"[^\"]*+\"|'[^']*+'|[^<>\"'])*+>|</?(?P<loose>[A-Za-z][\w:-]*)[^<>]*+>"
)


class Token(NamedTuple):
    """A tag, a comment (`name` is "!--") or a whole element that is left alone (`whole`)."""

    name: str
    start: int
    end: int
    closing: bool = False
    whole: bool = False


class Tokens:
    """Finds the tokens of one text from any position on, in linear time also when nothing is closed."""

    def __init__(self, text: str, verbatim: frozenset[str] = VERBATIM) -> None:
        self.text = text
        self._verbatim = verbatim
        self._lower = ""
        self._unclosed: set[str] = set()

    def __iter__(self) -> Iterator[Token]:
        position = 0
        while token := self.next(position):
            yield token
            position = token.end

    def next(self, position: int) -> Token | None:
        """Return the first token at or after `position`."""
        while match := _START.search(self.text, position):
            if match[0] == "<!--":
                end = self._find("-->", match.end())
                if end >= 0:
                    return Token("!--", match.start(), end + 3)
                position = match.end()
                continue
            name = (match["quoted"] or match["loose"]).lower()
            closing = match[0].startswith("</")
            if not closing and name in self._verbatim and not match[0].endswith("/>"):
                end = self._find(f"</{name}", match.end())
                close = self.text.find(">", end) if end >= 0 else -1
                if close >= 0:
                    return Token(name, match.start(), close + 1, whole=True)
            return Token(name, match.start(), match.end(), closing)
        return None

    def _find(self, wanted: str, position: int) -> int:
        if wanted in self._unclosed:
            return -1
        if not self._lower and wanted != "-->":
            lower = self.text.lower()
            self._lower = lower if len(lower) == len(self.text) else self.text
        found = (self._lower or self.text).find(wanted, position)
        if found < 0:
            self._unclosed.add(wanted)
        return found
