"""The errors hugoconv raises on purpose: each says where, what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Iterable


class HugoconvError(Exception):
    """The base of every error hugoconv raises on purpose.

    `message` says what is wrong and what to do; `file`, `line` and `column` (both from 1) say where, when known.
    """

    def __init__(self, message: str, *, file: str = "", line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.line = line
        self.column = column

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        return f"{place}: {self.message}" if place else self.message


class UsageError(HugoconvError):
    """The run cannot start: a wrong path, name or option (exit code 2)."""


class FrontMatterError(HugoconvError, ValueError):
    """Front matter that its own system could not read; `line` counts from the front matter's first line."""


class EditError(HugoconvError):
    """A front matter edit that no way of writing could make without touching another key."""


class SourceError(HugoconvError):
    """A source, or one item of it, that cannot be read."""


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return " (did you mean X?)" for the nearest of the known names, "" when none is near."""
    import difflib

    near = difflib.get_close_matches(name, list(known), n=1)
    return f" (did you mean {near[0]!r}?)" if near else ""
