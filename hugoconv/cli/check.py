"""`hugoconv check`: is a site whole, and did everything of an older one arrive?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from hugoconv.cli.terminal import result, tell, tell_findings


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

    outcome = check_site(site, against)
    if as_json:
        result(json.dumps(outcome.to_dict(), indent=2, ensure_ascii=False))
    if not quiet:
        tell_findings(list(outcome.findings), everything=verbose, rest="-v shows all")
        tell(outcome.summary())
    return outcome.exit_code
