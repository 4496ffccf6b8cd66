"""Whether a text has a sign at all: what it has not need not be looked for by a pattern."""

from __future__ import annotations


def has(text: str, *signs: str) -> bool:
    """Whether one of some signs is in a text.

    A single character is found some thirty times faster than several in a row, and most texts have not even that.
    """
    for sign in signs:  # noqa: SIM110  (a generator takes twice as long)
        if sign[0] in text and sign in text:
            return True
    return False
