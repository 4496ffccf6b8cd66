"""What to do after a run: the commands that show a new site, and where to look first."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hugoconv.report.report import Report
    from hugoconv.systems.contract import AnyExporter

_PROGRAMS = {"hugo": "https://gohugo.io/installation/", "jekyll": "https://jekyllrb.com/docs/installation/"}
"""Programs that next steps begin with, and where to get them."""


def next_steps(report: Report, exporter: AnyExporter, report_files: Sequence[Path]) -> Iterator[str]:
    """Yield what a person does next, the most urgent first."""
    from hugoconv.systems.contract import ContainerExporter

    pages = [file for file in report_files if file.suffix != ".json"]
    yield from (f"open {shlex.quote(str(file))} in a browser; what needs you comes first" for file in pages)
    if report.dry_run:
        if report.changed:
            yield "the same command without --dry-run writes it"
        return
    if report.to_name == report.from_name or report.posts <= report.failed:
        return
    for step in getattr(exporter, "next_steps", ()):
        yield _with_program(step.format(site=shlex.quote(report.destination)))
    if not isinstance(exporter, ContainerExporter):
        yield f"hugoconv check {shlex.quote(report.destination)} --against {shlex.quote(report.source)}"
    if not pages and report.exit_code:
        yield "the same command with --report report.html shows what needs you"


def _with_program(step: str) -> str:
    """Return a step, with where to get the program that it begins with where that is not installed."""
    program = step.partition(" ")[0]
    if program not in _PROGRAMS or shutil.which(program):
        return step
    return f"{step} (install {program.capitalize()} first: {_PROGRAMS[program]})"
