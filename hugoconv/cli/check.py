"""`hugoconv check`: is a site whole, and did everything of an older one arrive?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hugoconv.cli.terminal import json_result, must_exist, result, table, tell, tell_findings

if TYPE_CHECKING:
    from hugoconv.migrate.compare import Tally


def check(
    site: Annotated[Path, typer.Argument(metavar="SITE", help="The site to look at.")],
    against: Annotated[
        Path | None,
        typer.Option("--against", metavar="OLD", help="The site it was made from: all of it must have arrived."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only the exit code says what was found.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Print every finding.")] = False,
) -> int:
    """Look for what is broken in a site, or was lost on the way to it."""
    from hugoconv.migrate.check import check as check_site

    for path in (site, against):
        if path is not None:
            must_exist(path)
    outcome = check_site(site, against)
    if as_json:
        json_result(outcome.to_dict())
    elif outcome.compared and not quiet:
        result(table(("of the old site", "has", "missing", "named"), _rows(outcome.compared), right=(1, 2, 3)))
    if not quiet:
        tell_findings(list(outcome.findings), everything=verbose, rest="-v shows all")
        tell(outcome.summary())
    return outcome.exit_code


def _rows(compared: dict[str, Tally]) -> list[tuple[str, ...]]:
    """Return a row a kind: how much of it the old site has, the new one lacks, and the report of the move names."""
    numbers = ((name, tally.old, tally.missing, tally.named) for name, tally in compared.items())
    return [(name, *(f"{number:,}" for number in counts)) for name, *counts in numbers]
