"""Emphasis in asterisks: whether CommonMark reads a paragraph's asterisks as they are meant.

The algorithm is CommonMark's (https://spec.commonmark.org/0.31.2/#phase-2-inline-structure).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Emphasis(NamedTuple):
    """An emphasis between two runs of asterisks, by their numbers; `asterisks` are 2 for a strong one, else 1."""

    first: int
    last: int
    asterisks: int


@dataclass
class Run:
    """A run of asterisks, and what it can do where it stands."""

    length: int
    opens: bool
    closes: bool
    left: int = field(init=False)
    """How many of the asterisks belong to no emphasis yet."""

    def __post_init__(self) -> None:
        self.left = self.length

    def may_close(self, opener: Run) -> bool:
        """Whether this run may end what another began: the rule of three keeps runs apart that can do both."""
        ambiguous = self.opens or opener.closes
        return not (ambiguous and (self.length + opener.length) % 3 == 0 and self.length % 3)


def is_read_so(runs: Sequence[Run], meant: Iterable[Emphasis]) -> bool:
    """Return whether all between the runs gets the emphasis that is meant, with no asterisk left; runs are used up."""
    return _shown(_read(runs)) == _shown(meant) and not any(run.left for run in runs)


def _read(runs: Sequence[Run]) -> Iterator[Emphasis]:
    opened: list[tuple[int, Run]] = []
    for number, run in enumerate(runs):
        while run.closes and run.left:
            place = next((n for n in reversed(range(len(opened))) if run.may_close(opened[n][1])), None)
            if place is None:
                break
            del opened[place + 1 :]
            first, opener = opened[place]
            asterisks = 2 if opener.left > 1 and run.left > 1 else 1
            opener.left -= asterisks
            run.left -= asterisks
            if not opener.left:
                opened.pop()
            yield Emphasis(first, number, asterisks)
        if run.left and run.opens:
            opened.append((number, run))


def _shown(found: Iterable[Emphasis]) -> set[tuple[int, int]]:
    """Return which texts behind a run have which emphasis."""
    return {(each.asterisks, number) for each in found for number in range(each.first, each.last)}
