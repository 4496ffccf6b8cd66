"""`hugoconv explain`: what a finding's code means and what to do about it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from hugoconv.cli.completion import codes
from hugoconv.cli.terminal import json_result, prose, result, table


def explain(
    code: Annotated[
        str,
        typer.Argument(
            metavar="[CODE]",
            help="A finding's code, such as HC301; the beginning of one (HC3) lists those.",
            autocompletion=codes,
        ),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say what a finding's code means and what to do."""
    from hugoconv.errors import UsageError, suggestion
    from hugoconv.report.codes import CODES

    row = CODES.get(code.upper())
    if row is None:
        family = [each for each in CODES.values() if each.code.startswith(code.upper())]
        if not family:
            near = suggestion(code.upper(), CODES)
            raise UsageError(f"there is no code {code!r}{near}; hugoconv explain lists them all")
        if as_json:
            json_result([asdict(each) for each in family])
        else:
            result(
                table(("code", "severity", "message"), [(each.code, each.severity, each.pattern()) for each in family])
            )
        return
    if as_json:
        json_result(asdict(row))
        return
    prose(f"{row.code} ({row.severity}): {row.pattern()}\n\n{row.why}\n\nWhat to do: {row.remedy}")
