"""`hugoconv convert`: move a whole site."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from hugoconv.cli.move import Move, command_line
from hugoconv.cli.next_steps import next_steps
from hugoconv.cli.single import STREAM, convert_single, is_single
from hugoconv.cli.terminal import (
    coloured_diff,
    json_result,
    must_exist,
    one_line,
    relative,
    result,
    tell,
    tell_findings,
)

if TYPE_CHECKING:
    from hugoconv.migrate.media import MediaMode
    from hugoconv.report.report import Report
    from hugoconv.systems.contract import Importer

INTERRUPTED = 130
REPORT_SUFFIXES = (".html", ".htm", ".json")


def convert(move: Move, given: frozenset[str] = frozenset()) -> int:
    """Convert a site, and say what could not be carried.

    Without SRC and DEST the nearest hugoconv.toml says what to convert; options given here win over it.
    """
    from hugoconv.errors import UsageError

    move = replace(move, command=command_line(move))
    if move.source is None:
        move = _written_down(move, given)
    if move.source == STREAM and move.destination is None:
        move = replace(move, destination=STREAM)
    if move.in_place and move.source is not None and move.destination in (None, move.source):
        move = replace(move, destination=move.source.parent if move.source.is_file() else move.source)
    if move.in_place and not move.to and move.source is not None:
        move = replace(move, to=move.from_ or _detected(move.source))
    if move.source is None or move.destination is None or not move.to:
        missing = "SRC" if move.source is None else "DEST" if move.destination is None else "--to"
        raise UsageError(f"{missing!r} is missing; write: hugoconv convert SRC DEST --to NAME{_systems(missing)}")
    if is_single(move):
        return convert_single(move, lambda each: _convert(each, is_single=True))
    return _convert(move)[0]


def _convert(move: Move, *, is_single: bool = False) -> tuple[int, Report | None]:
    """Run a conversion, and say what came of it; returns the exit code, and the report if it was not interrupted."""
    from hugoconv import api
    from hugoconv.cli.preview import Preview
    from hugoconv.cli.progress import progress_bar
    from hugoconv.cli.settings import edits_of, load_transform
    from hugoconv.errors import UsageError
    from hugoconv.systems import exporters

    assert move.source is not None
    assert move.destination is not None
    if move.as_json and move.diff:
        raise UsageError("--json and --diff both print to stdout; choose one")
    for file in move.reports:
        _must_be_writable(file)
    options = move.system_options()
    try:
        exporter = exporters.get(move.to, **options["exporter"])
    except UsageError as error:
        flag = move.flag_of(error.message.partition(" ")[0])  # the option's name, which the flag need not be like
        raise UsageError(f"{flag}: {error.message}" if flag else error.message) from None
    first_day = _day(move.since) if move.since else ""
    transforms = [*edits_of(move.rename, move.drop), *map(load_transform, move.transforms)]
    importer, reason = _importer(move.source, move.from_, options["importer"])
    preview = None
    if move.writes_nothing and not (move.diff or move.as_json):
        preview = Preview()
    try:
        with progress_bar(quiet=move.quiet) as on_progress:
            report = api.convert(
                move.source,
                move.destination,
                to=exporter,
                from_=importer,
                transforms=transforms,
                dry_run=move.writes_nothing,
                diff=move.diff,
                in_place=move.in_place,
                force=move.force,
                strict=move.strict,
                include_secrets=move.include_secrets,
                limit=move.limit,
                only=move.only,
                types=_names(move.types),
                since=first_day,
                authors=_names(move.authors),
                media=cast("MediaMode", move.media),
                media_cache=move.media_cache,
                media_rate=move.media_rate,
                redirects=[name.strip() for name in move.redirects.split(",") if name.strip()],
                media_limit=move.media_limit,
                jobs=1 if preview else move.jobs,
                record=bool(move.reports) or move.as_json or is_single,
                on_progress=on_progress,
                on_file=preview.note if preview else None,
            )
    except KeyboardInterrupt:
        tell(f"hugoconv: interrupted; {_after_interruption(move.writes_nothing)}")
        return INTERRUPTED, None
    report.command = move.command
    report.ignored = frozenset(move.ignore)
    for file in move.reports:
        report.write(file)
    if is_single:
        report.other_files.clear()  # which are left out
    _print_results(report, preview, diff=move.diff, as_json=move.as_json, verbose=move.verbose)
    if not move.quiet:
        if reason:
            tell(one_line(f"Read {move.source} as {importer.name}: {reason}"))
        rest = "-v shows all" if move.reports else "-v shows all, --report FILE keeps them"
        tell_findings(report.shown, everything=move.verbose, rest=rest)
        tell(report.summary(codes=False))
        for step in next_steps(report, exporter, move.reports) if not is_single else ():
            tell(f"Next: {step}")
    return 1 if move.check and report.changed else report.exit_code, report


def _written_down(move: Move, given: frozenset[str]) -> Move:
    """Return the conversion of the nearest hugoconv.toml, with what was given on the command line."""
    from hugoconv.cli import config
    from hugoconv.errors import UsageError

    file = config.find(Path.cwd())
    if file is None:
        raise UsageError(
            "'SRC' is missing, and there is no hugoconv.toml here or above; "
            "write: hugoconv convert SRC DEST --to NAME, or let hugoconv init write one"
        )
    written = config.read(file)
    if not move.quiet:
        tell(one_line(f"Using {relative(file)}"))
    return replace(written, command=move.command, **{name: getattr(move, name) for name in given})


def _detected(source: Path) -> str:
    from hugoconv.systems import detect

    must_exist(source)
    return detect(source)[0]


def _systems(missing: str) -> str:
    """Return which systems can be written, where none was named."""
    from hugoconv.systems import exporters

    return f" (NAME is one of {', '.join(exporters)})" if missing == "--to" else ""


def _importer(source: Path, name: str, options: dict[str, Any]) -> tuple[Importer, str]:
    """Return the importer to use and, when it was not named, why it."""
    from hugoconv.systems import detect, importers

    must_exist(source)
    if name:
        return importers.get(name, **options), ""
    name, match = detect(source)
    return importers.get(name, **options), match.reason


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


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
        json_result(report.to_dict())
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
