"""What each front matter syntax can do: one row of the table per syntax, the same verbs for all.

A *matter* is the text between the fences (YAML, TOML), the braces with what is between them (JSON) or the run of
`#+` lines (org). Every verb takes the matter and gives back text; nothing here remembers state.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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
class Entry:
    """One top-level key with what belongs to it; spans count characters of the matter.

    `start` to `end` covers the comment lines right above the key, the key, its value and its line end.
    `comments_above` are those comment lines without `#` and without the space after it; `comment_beside` is the
    comment at the end of the key's line (a scalar's, or a list's or map's opening line), None when there is none.
    `blank_before` says whether a blank line separates it from what stands above.
    `comments_inside` counts comments inside the value (in lists and maps).
    """

    key: str
    start: int
    end: int
    comments_above: tuple[str, ...] = ()
    comment_beside: str | None = None
    blank_before: bool = False
    comments_inside: int = 0


@dataclass(frozen=True, slots=True)
class Notes:
    """What stands in a matter beside its values: its entries, and the comment lines after the last of them."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    comments_after: tuple[str, ...] = ()


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
        """Return the comments and blank lines that belong to each top-level key."""

    def write(self, values: Mapping[str, Any], notes: Notes | None = None) -> str:
        r"""Return a new matter with `values` as a person would write it, comments from `notes` where it can hold them.

        Lines end in "\n"; the text ends with a line end unless it is empty. FrontMatterError for a value that the
        syntax cannot hold.
        """
