"""What each front matter syntax can do: one row of the table per syntax, the same verbs for all.

A *matter* is the text between the fences (YAML, TOML), the braces with what is between them (JSON) or the run of
`#+` lines (org). Every verb takes the matter and gives back text; nothing here remembers state.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from hugoconv.frontmatter.batch import Batch

KeyPath = tuple[str | int, ...]
"""Where a value stands: map keys (str) and list indexes (int, from 0), outermost first; never empty."""


@dataclass(frozen=True, slots=True)
class ScalarRules:
    """How one program types YAML's plain scalars: (tag, pattern, first characters) rows, first match wins."""

    name: str
    resolvers: tuple[tuple[str, re.Pattern[str], str], ...]
    duplicate_keys: bool
    """Whether a repeated key is accepted (the last one wins) or an error."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar as it is written: its characters without quotes or escapes, and whether it was quoted."""

    text: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Note:
    """What stands around one key or list item: comments without `#` and the space after it; None is a blank line.

    `above` are the lines before it, `beside` the comment at the end of its line (a list's or map's opening line), and
    `after` the lines inside its value after the last item.
    """

    above: tuple[str | None, ...] = ()
    beside: str | None = None
    after: tuple[str | None, ...] = ()

    @property
    def comments(self) -> int:
        """How many comments these are."""
        return sum(line is not None for line in (*self.above, self.beside, *self.after))


Notes = Mapping[KeyPath, Note]
"""What stands in a matter beside its values, in written order; `after` of the empty path is what ends the matter."""


class Syntax(Protocol):
    """One front matter syntax.

    The three editing verbs yield candidate texts, the lightest touch first: (1) an edit at the span, (2) the smallest
    enclosing block written anew, (3) that one top-level key's block written anew. The caller re-reads each candidate
    and takes the first whose values are right. A verb raises KeyError when the path does not lead to a value.
    """

    name: str

    def parse(self, matter: str, rules: ScalarRules) -> dict[str, Any]:
        """Return plain Python values in written order; FrontMatterError (line, column) when unreadable."""

    def scalar(self, matter: str, path: KeyPath) -> Scalar | None:
        """Return the scalar at `path` as it is written, None when the value is a list or a map."""

    def set(self, matter: str, path: KeyPath, value: Any) -> Iterator[str]:
        """Yield texts in which the value at `path` is `value`; a new last part of the path adds a key at its map's end.

        A scalar that stays a scalar keeps its quote style where that can hold the value; line ends are the matter's.
        """

    def delete(self, matter: str, path: KeyPath) -> Iterator[str]:
        """Yield texts without the key (or list item) at `path`, its value and the comment lines right above it."""

    def rename(self, matter: str, path: KeyPath, key: str) -> Iterator[str]:
        """Yield texts in which the last part of `path` is called `key`, at the same place with the same value."""

    def move(self, matter: str, key: str, before: str | None) -> Iterator[str]:
        """Yield texts in which the top-level `key`, with its comments, stands before `before` (None: last)."""

    def together(self, matter: str, batch: Batch) -> str | None:
        """Return the text with all edits of a batch made at their spans, None when they must be made one by one."""

    def notes(self, matter: str) -> Notes:
        """Return the comments and blank lines that belong to each key and list item, at any depth."""

    def spans(self, matter: str) -> dict[str, tuple[int, int]]:
        """Return where each top-level key stands, with the comment lines right above it, its value and its line end."""

    def write(self, values: Mapping[str, Any], notes: Notes | None = None) -> str:
        r"""Return a new matter with `values` as a person would write it, comments from `notes` where it can hold them.

        Lines end in "\n"; the text ends with a line end unless it is empty. FrontMatterError for a value that the
        syntax cannot hold.
        """
