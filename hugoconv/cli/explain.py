"""`hugoconv explain`: what a finding's code means and what to do about it."""

from __future__ import annotations

import textwrap
from typing import Annotated

import typer

from hugoconv.cli.terminal import result, table


def explain(
    code: Annotated[
        str, typer.Argument(metavar="[CODE]", help="A finding's code, such as HC301; without it all are listed.")
    ] = "",
) -> None:
    """Say what a finding's code means and what to do."""
    from hugoconv.errors import UsageError, suggestion
    from hugoconv.report.codes import CODES

    if not code:
        result(
            table(("code", "severity", "message"), [(row.code, row.severity, row.pattern()) for row in CODES.values()])
        )
        return
    row = CODES.get(code.upper())
    if row is None:
        raise UsageError(f"there is no code {code!r}{suggestion(code.upper(), CODES)}; hugoconv explain lists them all")
    result(f"{row.code} ({row.severity}): {row.pattern()}\n\n{_filled(row.why)}\n\nWhat to do: {_filled(row.remedy)}")


def _filled(text: str) -> str:
    return textwrap.fill(text, 79, break_long_words=False, break_on_hyphens=False)
