"""Formulas in Markdown whose reader has no words for them."""

from __future__ import annotations

from hugoconv.markup.constructs import Formula
from hugoconv.markup.markdown_text import finish, mark


def as_text(formula: Formula) -> str:
    """Return Markdown that shows a formula between its marks, for the script that draws it."""
    return finish(mark(formula.written))
