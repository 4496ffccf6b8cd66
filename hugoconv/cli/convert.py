"""`hugoconv convert`: move a whole site."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from hugoconv.cli.terminal import coloured_diff, one_line, result, tell, tell_findings

if TYPE_CHECKING:
    from hugoconv.report.report import Report
    from hugoconv.systems.contract import Exporter, Importer

INTERRUPTED = 130
REPORT_SUFFIXES = (".html", ".htm", ".json")

_NEXT_STEPS = {"hugo": "hugo server -s {site}", "jekyll": "jekyll serve -s {site}"}
"""How to see a finished site, by the system it is for."""


def convert(
    source: Annotated[Path, typer.Argument(metavar="SRC", help="A site's folder, a post, or an export.")],
    destination: Annotated[Path, typer.Argument(metavar="DEST", help="The folder to write to.")],
    to: Annotated[
        str, typer.Option("--to", "-t", metavar="NAME", help="The system to write for; see: hugoconv formats.")
    ],
    from_: Annotated[
        str, typer.Option("--from", "-f", metavar="NAME", help="The system to read (default: detected).")
    ] = "",
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="importer.KEY=VALUE", help="An option of the importer or exporter; repeatable."),
    ] = None,
    front_matter: Annotated[
        str,
        typer.Option(metavar="yaml|toml|json", help="Syntax of the front matter, as --set exporter.front_matter=..."),
    ] = "",
    types: Annotated[str, typer.Option(metavar="A,B", help="Only posts of these types.")] = "",
    since: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="Only posts from this day on.")] = "",
    only: Annotated[
        list[str] | None, typer.Option(metavar="GLOB", help="Only posts whose path or name matches; repeatable.")
    ] = None,
    limit: Annotated[int, typer.Option(min=0, metavar="N", help="Only the first N posts.", show_default=False)] = 0,
    transform: Annotated[
        list[str] | None, typer.Option(metavar="FILE.py:FUNC", help="A function to apply to each post; repeatable.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Write nothing; show what would be written.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Write nothing; show what would change, as a unified diff.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 if anything would be written.")
    ] = False,
    in_place: Annotated[bool, typer.Option("--in-place", help="Edit SRC itself; DEST is the same folder.")] = False,
    force: Annotated[
        bool,
        typer.Option(
            "--force", help="Write into a folder that is not empty, over files of others; nothing is deleted."
        ),
    ] = False,
    include_secrets: Annotated[
        bool, typer.Option("--include-secrets", help="Carry post passwords, e-mail and IP addresses too.")
    ] = False,
    reports: Annotated[
        list[Path] | None, typer.Option("--report", metavar="FILE", help="Write a report (.html or .json); repeatable.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 for warnings too.")] = False,
    jobs: Annotated[
        int,
        typer.Option("-j", min=0, metavar="N", help="Number of processes (default: by the work).", show_default=False),
    ] = 0,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print results and errors only.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Print every finding; show faults in full.")] = False,
) -> int:
    """Convert a site, and say what could not be carried."""
    from hugoconv import api
    from hugoconv.cli.preview import Preview
    from hugoconv.cli.progress import progress_bar
    from hugoconv.cli.settings import load_transform, system_options
    from hugoconv.errors import UsageError
    from hugoconv.migrate.apply import Destination
    from hugoconv.systems import exporters

    report_files = reports or []
    dry_run = dry_run or diff or check
    if as_json and diff:
        raise UsageError("--json and --diff both print to stdout; choose one")
    for file in report_files:
        _must_be_writable(file)
    options = system_options(settings or ())
    if front_matter:
        options["exporter"]["front_matter"] = front_matter
    exporter: Exporter = exporters.get(to, **options["exporter"])
    first_day = _day(since) if since else ""
    transforms = [load_transform(setting) for setting in transform or ()]
    importer, reason = _importer(source, from_, options["importer"])
    preview = None
    if dry_run and not (diff or as_json):
        preview = Preview(exporter, Destination(destination, dry_run=True, force=force, in_place=in_place))
    try:
        with progress_bar(quiet=quiet) as on_progress:
            report = api.convert(
                source,
                destination,
                to=cast("Exporter", preview) if preview else exporter,
                from_=importer,
                transforms=transforms,
                dry_run=dry_run,
                diff=diff,
                in_place=in_place,
                force=force,
                strict=strict,
                include_secrets=include_secrets,
                limit=limit,
                only=only or (),
                types=[name.strip() for name in types.split(",") if name.strip()],
                since=first_day,
                jobs=1 if preview else jobs,
                on_progress=on_progress,
            )
    except KeyboardInterrupt:
        tell(f"hugoconv: interrupted; {_after_interruption(dry_run)}")
        return INTERRUPTED
    for file in report_files:
        report.write(file)
    _print_results(report, preview, diff=diff, as_json=as_json, verbose=verbose)
    if not quiet:
        if reason:
            tell(one_line(f"Read {source} as {importer.name}: {reason}"))
        rest = "-v shows all" if report_files else "-v shows all, --report FILE keeps them"
        tell_findings(list(report.findings), everything=verbose, rest=rest)
        tell(report.summary())
        for step in _next_steps(report, report_files):
            tell(f"Next: {step}")
    return 1 if check and report.changed else report.exit_code


def _importer(source: Path, name: str, options: dict[str, str]) -> tuple[Importer, str]:
    """Return the importer to use and, when it was not named, why it."""
    from hugoconv.errors import UsageError
    from hugoconv.systems import detect, importers

    if not source.exists():
        raise UsageError(f"{source} does not exist")
    if name:
        return importers.get(name, **options), ""
    name, match = detect(source)
    return importers.get(name, **options), match.reason


def _day(text: str) -> str:
    from hugoconv.errors import UsageError

    try:
        return datetime.strptime(text, "%Y-%m-%d").date().isoformat()
    except ValueError:
        raise UsageError(f"--since takes a day as YYYY-MM-DD, not {text!r}") from None


def _must_be_writable(file: Path) -> None:
    """Refuse a report that could not be written before the work is done rather than after it."""
    from hugoconv.errors import UsageError

    if file.suffix not in REPORT_SUFFIXES:
        raise UsageError(f"--report {file}: the name must end in .html or .json")
    if file.is_dir() or not file.parent.is_dir():
        raise UsageError(
            f"--report {file}: " + ("it is a folder" if file.is_dir() else f"there is no folder {file.parent}")
        )


def _print_results(report: Report, preview: Any, *, diff: bool, as_json: bool, verbose: bool) -> None:
    if as_json:
        result(json.dumps(report.to_dict(), indent=2, ensure_ascii=False))
    elif diff:
        text = report.diff()
        if text:
            result(coloured_diff(text).removesuffix("\n"))
    elif preview is not None:
        text = preview.table(everything=verbose)
        if text:
            result(text)


def _after_interruption(dry_run: bool) -> str:
    return "nothing was written" if dry_run else "finished files stay, and the same command finishes the work"


def _next_steps(report: Report, report_files: Sequence[Path]) -> list[str]:
    steps = [f"open {shlex.quote(str(file))}" for file in report_files if file.suffix != ".json"]
    if report.dry_run:
        return steps
    step = _NEXT_STEPS.get(report.to_name)
    if step and report.to_name != report.from_name and report.posts > report.failed:
        steps.insert(0, step.format(site=shlex.quote(report.destination)))
    return steps
