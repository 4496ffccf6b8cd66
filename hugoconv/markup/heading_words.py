"""The words of a heading: those that readers see, and those of which Goldmark makes its id, as Hugo sets it up."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

_ENDS_TEXT = re.compile(r"(?<!\\)(?:(?=[\"']|--|\.\.\.|<<|>>|(?P<address>https?://|www\.)|\n)|[*_~`\[]+)")
"""At what Goldmark's text in an element ends: before typography and addresses, behind what could have been a mark."""
_NUMBER = re.compile(r"&#[0-9A-Za-z]+;")
_DASHES = re.compile(r"-{2,}")
"""What Goldmark writes as a dash of its own, which is in no id."""
_SIGN = "\u2013"
"""What stands for a sign of typography: it is in no id, but spaces beside it are."""


class HeadingWords:
    """Gathers a heading's words from pyromark's events.

    Of an element in the heading Goldmark's id has its first text only, and of several lines the last
    (`textPlainTo` in Hugo's markup/goldmark/internal/render/context.go, `textHeadingID` in its attributes.go).
    """

    def __init__(self, source: str) -> None:
        """Take the text that the events are about."""
        self._source = source
        self._seen: list[str] = []
        self._named: list[str] = []
        self._depth = 0
        self._is_link = False
        """Whether the element is a link, in which Goldmark makes no others."""
        self._end = -1
        """Where the element's first text ends; -1 before it begins."""

    @property
    def seen(self) -> str:
        """All words."""
        return "".join(self._seen)

    @property
    def named(self) -> str:
        """The words of the id."""
        return "".join(self._named).rpartition("\n")[2].strip()

    def read(self, event: Any, start: int, piece: str = "") -> None:
        """Take the next event inside the heading, where it starts, and the words that it says."""
        match event:
            case {"Start": _}:
                self._depth += 1
                if self._depth == 1:
                    self._end, self._is_link = -1, "Link" in event["Start"]
                elif self._end >= 0:
                    self._stop(start)
            case {"End": _}:
                self._depth -= 1
                self._stop(start)
            case {"Text": _}:
                self._seen.append(piece)
                if self._end < 0:
                    found = _ENDS_TEXT.finditer(self._source, start)
                    end = next((each for each in found if not (self._is_link and each["address"])), None)
                    self._end = end.end() if end else len(self._source)
                    if self._end == start and end and not end["address"]:
                        self._named.append(_SIGN)
                piece = self._unnamed(start, piece)
                self._named.append(_DASHES.sub(_SIGN, piece) if not self._depth else piece[: max(self._end - start, 0)])
            case {"Code": _}:
                self._seen.append(piece)
                if not self._depth or self._end < 0:
                    self._named.append(piece)
                self._stop(start)
            case "SoftBreak" | "HardBreak":
                self._seen.append(" ")
                if not self._depth or self._end == start:
                    self._named.append("\n")
            case _:
                self._stop(start)

    def _unnamed(self, start: int, piece: str) -> str:
        """Return what Goldmark makes of a character that is written by its number: the number."""
        number = _NUMBER.match(self._source, start) if len(piece) == 1 else None
        return number[0] if number and self._source[start - 1 : start] != "\\" else piece

    def _stop(self, position: int) -> None:
        """End the element's first text at a position, where it does not end before."""
        self._end = position if self._end < 0 else min(self._end, position)


def goldmark_id(words: str) -> str:
    """Return the id of markup/goldmark/autoid.go in Hugo's source: letters, digits, `_` and `-`, spaces as hyphens."""
    lower = "".join(character.lower()[:1] for character in words.strip())
    kept = (
        "-" if character == " " else character
        for character in lower
        if character in " -_" or unicodedata.category(character)[0] == "L" or unicodedata.category(character) == "Nd"
    )
    return "".join(kept) or "heading"
