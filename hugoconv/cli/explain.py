"""`hugoconv explain`: what a finding's code means and what to do about it."""

from __future__ import annotations

import textwrap
from dataclasses import asdict
from typing import Annotated

import typer

from hugoconv.cli.terminal import json_result, result, table


def explain(
    code: Annotated[
        str, typer.Argument(metavar="[CODE]", help="A finding's code, such as HC301; without it all are listed.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say what a finding's code means and what to do."""
    from hugoconv.errors import UsageError, suggestion
    from hugoconv.report.codes import CODES

    if not code:
        rows = [(row.code, row.severity, row.pattern()) for row in CODES.values()]
        if as_json:
            json_result([asdict(each) for each in CODES.values()])
        else:
            result(table(("code", "severity", "message"), rows))
        return
    row = CODES.get(code.upper())
    if row is None:
        raise UsageError(f"there is no code {code!r}{suggestion(code.upper(), CODES)}; hugoconv explain lists them all")
    if as_json:
        json_result(asdict(row))
        return
    result(f"{row.code} ({row.severity}): {row.pattern()}\n\n{_filled(row.why)}\n\nWhat to do: {_filled(row.remedy)}")


def _filled(text: str) -> str:
    return textwrap.fill(text, 79, break_long_words=False, break_on_hyphens=False)
