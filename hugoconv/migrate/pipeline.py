"""A conversion in two passes: where everything goes, then each post on its own, in as many processes as asked for."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from hugoconv.errors import UsageError
from hugoconv.migrate.apply import Destination
from hugoconv.migrate.job import InMemory, Job, Options
from hugoconv.migrate.linkmap import LinkMap, folded
from hugoconv.migrate.media import MediaMove
from hugoconv.migrate.placing import place_all
from hugoconv.migrate.plan import FileOp, Piece
from hugoconv.migrate.recording import note_file
from hugoconv.migrate.redirects import Answers, redirect_files
from hugoconv.migrate.rendering import render_all
from hugoconv.migrate.wayback import WayBack
from hugoconv.migrate.zip_writing import archive
from hugoconv.model import Redirect, Site
from hugoconv.report.findings import Findings
from hugoconv.report.record import Mark
from hugoconv.report.report import Report
from hugoconv.systems.contract import AnyExporter, ArchiveContainer, Container, ContainerExporter, Exporter, crosses


def run(site: Site, exporter: AnyExporter, destination: Path, options: Options, log: Findings) -> Report:
    """Convert `site` into a folder, or a file; `log` holds what reading it found. UsageError before any writing."""
    started = time.perf_counter()
    is_container = isinstance(exporter, ContainerExporter)
    units = site.units or InMemory(site.posts)
    changes_system = crosses(exporter, site.info.system)
    way_back = WayBack.of(site.root, units, exporter.name) if changes_system and not is_container else None
    target = Destination(
        destination.parent if is_container else destination,
        container=destination.name if is_container else "",
        dry_run=options.dry_run,
        force=options.force,
        in_place=options.in_place,
        diff=options.diff or options.dry_run or options.in_place,
        made_from=site.info.system if changes_system and way_back is None else "",
        on_file=options.on_file,
    )
    target.check(site.root)
    if not options.dry_run and not options.in_place:
        target.open()
    if options.in_place and changes_system:
        raise UsageError(
            f"--in-place edits a {site.info.system} site; it cannot become {exporter.name} in its own folder"
        )
    site.info.include_secrets = options.include_secrets
    if changes_system:
        log.extend(site.left_behind)
    links = LinkMap(site.info.base_url, tells_apart=not changes_system)
    opened = exporter.open(site, links, log) if isinstance(exporter, ContainerExporter) else exporter
    job = Job(units, opened, site.info, links, target, options, way_back)
    report = Report(str(site.root), str(destination), site.info.system, exporter.name, options.dry_run, options.strict)
    report.findings = log
    media = _media(job, site)
    job.library = media.library if media is not None else None
    place_all(job, report, media)
    if media is not None:
        media.settle(
            log.at(site.root.name),
            whole=options.takes_all,
            progress=lambda done, total: job.progress("finding media", done, total),
        )
        site.redirects = [*site.redirects, *media.redirects]
    for file, key, remedy in site.info.lost if changes_system else ():
        log.add("HC330", file=file, key=key, remedy=remedy)
    if changes_system:
        feeds = () if isinstance(exporter, ContainerExporter) else _feeds(site, exporter)
        site.redirects = _settled(job, [*site.redirects, *feeds])
    for redirect in site.redirects if options.redirects else ():
        job.redirects.add(redirect.old, redirect.new, site.root.name)
    if isinstance(opened, Container):
        opened.settle(links)
    links.seal()
    render_all(job, report)
    if not options.in_place:
        pages = _finish(job, site, report, media)
        if media is not None:
            if not isinstance(opened, ArchiveContainer):
                _write_others(job, media.operations(), report, media.marks)
            report.record.duplicates += media.duplicates
        settled = job.redirects.settled(report.findings) if options.redirects else []
        if options.redirects:
            _write_others(job, redirect_files(settled, options.redirects, report.findings), report)
        report.record.answer(Answers(pages, settled))
        if not options.dry_run:
            target.manifest.compact()
            target.manifest.remember(exporter.name, report.findings, with_earlier=not options.takes_all)
    target.manifest.close()
    report.seconds = time.perf_counter() - started
    return report


def _settled(job: Job, redirects: Iterable[Redirect]) -> list[Redirect]:
    """Return redirects with the addresses they lead to on the new site; pages link there at once."""
    settled = []
    for redirect in redirects:
        new = job.links.resolve(redirect.new) or redirect.new
        job.links.add(redirect.old, new)
        if job.links.resolve(redirect.old) == new != redirect.old:
            settled.append(Redirect(redirect.old, new))
    return settled


def _feeds(site: Site, exporter: Exporter) -> Iterator[Redirect]:
    """Yield where the feeds of the old site's list pages are now."""
    for page in site.lists() if exporter.feed else ():
        if page.feed:
            yield Redirect(page.feed, f"{page.address.rstrip('/')}/{exporter.feed}")


def _media(job: Job, site: Site) -> MediaMove | None:
    """Return what moves the media of a site that has a library of them, None when it stays as it is."""
    options = job.options
    place = getattr(job.exporter, "place_media", None)
    if site.media is None or place is None or job.exporter.name == site.info.system:
        return None
    fetcher = None
    if options.media == "download":
        from hugoconv.migrate.fetch import Fetcher, default_cache

        fetcher = Fetcher(
            options.media_cache or default_cache(),
            size_limit=options.media_limit * 1_000_000,
            rate=options.media_rate,
            referer=site.info.base_url,
        )
    return MediaMove(site.media, options.media, place, job.links, fetcher, options.dry_run)


def _finish(job: Job, site: Site, report: Report, media: MediaMove | None) -> Collection[str]:
    """Write what is not a post, and return the paths; one that a post or an earlier operation has is not written."""
    taken: dict[str, str] = {}
    seen: dict[str, str] = {}
    for done, operation in enumerate(_rest(job, site, report, media), 1):
        name = str(operation.path)
        owner = job.links.claimed_by(operation.path) or taken.get(name, "")
        if owner:
            report.findings.add("HC602", file=operation.origin, path=name, other=owner)
            report.other_files["failed"] += 1
            continue
        taken[name] = operation.origin or name
        twin = seen.setdefault(folded(name), name)
        if twin != name:
            report.findings.add("HC631", file=operation.origin, path=name, other=twin)
        _write_other(job, operation, report)
        job.progress("finishing", done)
    return taken


def _rest(job: Job, site: Site, report: Report, media: MediaMove | None) -> Iterator[FileOp]:
    """Yield the operations for what is not a post; those for a container's own file come last."""
    if not isinstance(job.exporter, Container):
        operations = job.exporter.finish(site, job.links, report.findings)
        if job.way_back is not None:
            operations = job.way_back.finish(job.units, operations, report.findings)
        yield from operations
        return
    inside: list[FileOp] = []
    folders = job.exporter.folders if isinstance(job.exporter, ArchiveContainer) else frozenset()
    for operation in job.exporter.finish(site, job.links, report.findings):
        if isinstance(operation, Piece):
            job.spool.add(operation)
        elif operation.path.parts[0] in folders:
            inside.append(operation)
        else:
            yield operation
    files = job.spool.files(PurePosixPath(job.destination.container), job.exporter, report.findings)
    if isinstance(job.exporter, ArchiveContainer):
        inside += media.operations() if media is not None else ()
        files = [archive(files[0], job.exporter.member, _first_of_each(inside, report))]
        for operation in inside:
            note_file(report.record, operation, "written", media.marks.get(str(operation.path), ()) if media else ())
    yield from files


def _first_of_each(operations: Iterable[FileOp], report: Report) -> list[FileOp]:
    """Return operations of which no two write one path; another one is a finding."""
    found: dict[PurePosixPath, FileOp] = {}
    for operation in operations:
        first = found.setdefault(operation.path, operation)
        if first is not operation:
            report.findings.add("HC602", file=operation.origin, path=operation.path, other=first.origin)
            report.other_files["failed"] += 1
    return list(found.values())


def _write_others(
    job: Job, operations: Iterable[FileOp], report: Report, marks: Mapping[str, Sequence[Mark]] | None = None
) -> None:
    for done, operation in enumerate(operations, 1):
        _write_other(job, operation, report, (marks or {}).get(str(operation.path), ()))
        job.progress("copying media", done)


def _write_other(job: Job, operation: FileOp, report: Report, marks: Sequence[Mark] = ()) -> None:
    applied = job.destination.apply(operation, report.findings)
    report.other_files[applied.outcome] += 1
    note_file(report.record, operation, applied.outcome, marks)
    if applied.diff and job.options.diff:
        report.diffs.append(applied.diff)
