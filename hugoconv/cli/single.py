"""One post instead of a site: from a file or stdin (`-`) to a file or stdout (`-`)."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zipfile import ZipFile, is_zipfile

from hugoconv.cli.move import Move

if TYPE_CHECKING:
    from hugoconv.report.report import Report

STREAM = Path("-")
_CARRIED = ("original", "_original")
"""Where a site has what its system cannot read."""


def is_single(move: Move) -> bool:
    """Whether the conversion is of one text into one file: `-` on either side, or a DEST that is named as a post."""
    if STREAM in (move.source, move.destination):
        return True
    source, destination = move.source, move.destination
    if move.in_place or source is None or destination is None or not source.is_file():
        return False
    if source.suffix == "" or destination.suffix != source.suffix or destination.is_dir():
        return False
    return not _writes_one_file(move.to)


def _writes_one_file(system: str) -> bool:
    from hugoconv.systems import exporters
    from hugoconv.systems.contract import ContainerExporter

    return system in exporters and isinstance(exporters.get(system), ContainerExporter)


def convert_single(move: Move, convert: Callable[[Move], tuple[int, Report | None]]) -> int:
    """Convert one post with `convert`, which goes from file to folder, and put the result where it is wanted.

    What stands beside a post in a whole site (configuration, templates) is left out. Returns the exit code; UsageError
    when it cannot run.
    """
    from hugoconv.errors import UsageError

    destination = move.destination or STREAM
    system = move.from_ or ("hugo" if move.source == STREAM else "")
    if move.in_place:
        raise UsageError("--in-place edits files; there is no file to edit on stdin or stdout")
    if destination == STREAM and not move.writes_nothing and move.as_json:
        raise UsageError("--json prints to stdout, and so does the post; choose one")
    if destination.exists() and not (move.force or move.writes_nothing):
        raise UsageError(f"{destination} is there already; use --force to replace it")
    with TemporaryDirectory(prefix="hugoconv-") as folder:
        source = move.source
        if source == STREAM:
            source = Path(folder, "in", "stdin.md")
            source.parent.mkdir()
            source.write_bytes(sys.stdin.buffer.read())
        out = Path(folder, "out")
        code, report = convert(replace(move, source=source, destination=out, from_=system, force=False))
        if report is not None and not move.writes_nothing:
            _deliver(_only_post(out, report, shown=destination == STREAM), destination)
    return code


def _only_post(out: Path, report: Report, *, shown: bool) -> bytes:
    """Return the file that the one post became: its own, or the export that holds it, of an archive the first file.

    With `shown` it is for people or programs to read, who want no archive.
    """
    from hugoconv.errors import UsageError

    if shown and is_zipfile(out):
        with ZipFile(out) as archive:
            return archive.read(archive.namelist()[0])
    if out.is_file():
        return out.read_bytes()
    if report.posts != 1:
        raise UsageError(f"there are {report.posts:,} posts in it, not one; name a folder to write to")
    files = [out / post.path for post in report.record.posts if post.path and (out / post.path).is_file()]
    if len(files) == 1:
        return files[0].read_bytes()
    carried = [path for path in out.rglob("*") if path.is_file() and path.parts[len(out.parts)] in _CARRIED]
    if len(carried) == 1:  # a post that could not be read, whole
        return carried[0].read_bytes()
    raise UsageError(f"one post becomes {len(files)} files in a {report.to_name} site; name a folder to write to")


def _deliver(data: bytes, destination: Path) -> None:
    """Print a post, byte for byte, or write it to its file."""
    from hugoconv.errors import HugoconvError
    from hugoconv.migrate.apply import Destination
    from hugoconv.migrate.plan import Write
    from hugoconv.report.findings import Findings

    if destination == STREAM:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    log = Findings()
    target = Destination(destination.parent, force=True, in_place=True)
    if target.apply(Write(PurePosixPath(destination.name), data), log).outcome == "failed":
        raise HugoconvError("; ".join(finding.message for finding in log))
