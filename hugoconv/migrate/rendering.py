"""Pass 2: each post on its own is read, transformed, rendered and written, in any process, in source order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import cast

from hugoconv.errors import HugoconvError
from hugoconv.migrate.apply import Applied
from hugoconv.migrate.job import Job, TransformFault, Unreadable, described
from hugoconv.migrate.plan import FileOp, Piece, Place, Write
from hugoconv.migrate.recording import Recorder, Written
from hugoconv.migrate.workers import chunks_of, run_here, run_in_processes
from hugoconv.model import Post
from hugoconv.report.findings import Finding, Findings
from hugoconv.report.record import Record
from hugoconv.report.report import Report
from hugoconv.systems.contract import Exporter

WORTH_PROCESSES = 200
"""Below this many posts, starting processes costs more than it saves."""


@dataclass(slots=True)
class Result:
    """What became of some units."""

    findings: list[Finding] = field(default_factory=list)
    applied: list[Applied] = field(default_factory=list)
    failed: int = 0
    record: Record = field(default_factory=Record)
    pieces: list[Piece] = field(default_factory=list)


def render_all(job: Job, report: Report) -> None:
    """Read, transform, render and write each post, in source order whatever the number of processes."""
    chunks = chunks_of(job.selected)
    processes = job.processes(len(job.selected), WORTH_PROCESSES)
    if processes > 1:
        results = run_in_processes(job, render_chunk, chunks, processes, report.findings)
    else:
        results = run_here(job, render_chunk, chunks)
    done = 0
    for chunk, result in zip(chunks, results, strict=True):
        report.findings.extend(result.findings)
        report.failed += result.failed
        report.record.merge(result.record)
        for piece in result.pieces:
            job.spool.add(piece)
        for applied in result.applied:
            report.post_files[applied.outcome] += 1
            if applied.diff:
                report.diffs.append(applied.diff)
        done += len(chunk)
        job.progress("writing", done, len(job.selected))


def render_chunk(job: Job, indexes: Sequence[int]) -> Result:
    """Render and write the posts of some units; a fault in one post is a finding and never touches the others."""
    recorder = Recorder(job.exporter.name, wanted=job.options.record)
    result = Result(record=recorder.record)
    for index in indexes:
        log = Findings()
        try:
            loaded = job.load(index, log)
            if loaded is None:
                continue
            recorder.read(loaded)
            for post in job.made_of(loaded, index, log):
                _render_post(job, post, log, result, recorder)
        except Unreadable:
            result.failed += 1
            recorder.note_failure(job.units.name(index))
        except Exception as error:
            result.failed += 1
            recorder.note_failure(job.units.name(index))
            _report_fault(error, job.units.name(index), log)
        result.findings += log
    return result


def _render_post(job: Job, post: Post, log: Findings, result: Result, recorder: Recorder) -> None:
    place = _place_of(job, post)
    if job.container is not None:
        pieces = list(job.container.render(post, job.info, job.links, log))
        result.pieces += pieces
        result.applied.append(Applied(post.source.label, "written"))
        item = Write(place.path, b"".join(piece.data for piece in pieces), origin=post.source.label)
        recorder.note(post, place, Written(item, "written"), list(log), chosen=post.number[0] in job.chosen)
        return
    allowed = (place.path, *place.also)
    failed = False
    written = None
    for operation in _operations(job, cast("Exporter", job.exporter), post, place, log):
        if operation.path is not place.path and operation.path not in allowed:
            owner = job.links.claimed_by(operation.path) or "another file"
            log.add("HC602", file=post.source.label, path=operation.path, other=owner)
            failed = True
            continue
        applied = job.destination.apply(operation, log)
        if operation.path is place.path or operation.path == place.path:
            result.applied.append(applied)
            written = Written(operation, applied.outcome)
        failed = failed or applied.outcome == "failed"
    result.failed += failed
    recorder.note(post, place, written, list(log), chosen=post.number[0] in job.chosen)


def _place_of(job: Job, post: Post) -> Place:
    """Return where pass 1 put a post; one that it could not place meets the same fault here."""
    try:
        return job.links.place(post)
    except KeyError:
        job.exporter.place(post, job.info)
        raise


def _operations(job: Job, exporter: Exporter, post: Post, place: Place, log: Findings) -> Iterable[FileOp]:
    """Return what writes one post: its original bytes on the way back, else what the exporter makes of it."""
    restored = job.way_back.restored(post, place, log) if job.way_back is not None else None
    return (restored,) if restored is not None else exporter.render(post, job.info, job.links, log)


def _report_fault(error: Exception, name: str, log: Findings) -> None:
    if isinstance(error, TransformFault):
        log.add("HC610", file=name, detail=error.message)
        return
    if isinstance(error, HugoconvError):
        log.add("HC103", file=error.file or name, line=error.line, column=error.column, item=name, detail=error.message)
        return
    log.add("HC601", file=name, detail=described(error))
