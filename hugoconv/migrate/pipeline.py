"""A conversion in two passes: where everything goes, then each post on its own, in as many processes as asked for."""

from __future__ import annotations

import os
import time
import traceback
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import cast

from hugoconv.errors import HugoconvError, UsageError
from hugoconv.migrate.apply import Applied, Destination
from hugoconv.migrate.container import Spool
from hugoconv.migrate.linkmap import LinkMap, folded
from hugoconv.migrate.media import MediaMode, MediaMove
from hugoconv.migrate.plan import FileOp, Piece, Place, Write
from hugoconv.migrate.recording import Recorder, Written, note_file
from hugoconv.migrate.redirects import Answers, Redirects, bare, redirect_files
from hugoconv.migrate.wayback import WayBack
from hugoconv.migrate.workers import run_here, run_in_processes
from hugoconv.model import Post, PostSource, Redirect, SelfContainedPosts, Site, SiteInfo
from hugoconv.report.findings import Finding, Findings
from hugoconv.report.record import SAMPLES_KEPT, Mark, Record
from hugoconv.report.report import Report
from hugoconv.systems.contract import AnyExporter, Container, ContainerExporter, Exporter, crosses

Transform = Callable[[Post], "Post | Iterable[Post] | None"]
Progress = Callable[[str, int, int], None]
"""Called with what is being done ("placing", "writing", "finishing"), how much is done, and how much there is."""

WORTH_PROCESSES = 200
"""Below this many posts, starting processes costs more than it saves."""
CHUNK = 50


@dataclass(frozen=True, kw_only=True)
class Options:
    """How a run behaves, whatever the systems."""

    dry_run: bool = False
    diff: bool = False
    in_place: bool = False
    force: bool = False
    strict: bool = False
    include_secrets: bool = False
    limit: int = 0
    only: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    since: str = ""
    authors: tuple[str, ...] = ()
    media: MediaMode = "copy"
    media_cache: Path | None = None
    media_rate: int = 5
    redirects: tuple[str, ...] = ()
    """The forms in which to write the old addresses for a web server, of `redirects.FORMS`."""
    media_limit: int = 1000
    jobs: int = 0
    transforms: tuple[Transform, ...] = ()
    record: bool = True
    """Whether the report remembers what became of each post."""
    on_progress: Progress | None = None

    @property
    def takes_all(self) -> bool:
        """Whether no filter leaves out posts."""
        return not (self.limit or self.only or self.types or self.since or self.authors)


class Unreadable(HugoconvError):
    """A unit of the source that cannot be read; the finding is in the log already."""


class TransformFault(HugoconvError):
    """A transform that raised; it is the caller's code, so the finding says so."""


@dataclass
class Job:
    """All that a worker needs; it is handed unit numbers and hands back what became of them."""

    units: PostSource
    exporter: Exporter | Container
    info: SiteInfo
    links: LinkMap
    destination: Destination
    options: Options
    way_back: WayBack | None = None
    spool: Spool = field(default_factory=Spool)
    selected: array[int] = field(default_factory=lambda: array("q"))
    redirects: Redirects = field(default_factory=Redirects)
    chosen: frozenset[int] = frozenset()
    """Units whose posts the report shows before and after."""

    @cached_property
    def container(self) -> Container | None:
        """The exporter, when it writes all into one file."""
        return self.exporter if isinstance(self.exporter, Container) else None

    @cached_property
    def staying(self) -> SelfContainedPosts | None:
        """The units, when every post stays in its file and nobody asks what else the site knows of it."""
        options = self.options
        filters = options.only or options.types or options.since or options.authors
        if self.exporter.name != self.info.system or filters or options.transforms or options.record:
            return None
        return self.units if isinstance(self.units, SelfContainedPosts) else None

    def load(self, index: int, log: Findings) -> Post | None:
        """Return the post of a unit, None when it does not belong to the move at all.

        Unreadable when the unit cannot be read; the log says why.
        """
        post = self.staying.load_alone(index, log) if self.staying is not None else self.units.load(index, log)
        if post is None:
            raise Unreadable(self.units.name(index))
        is_made_up = self.way_back is not None and self.way_back.is_made_up(post)
        return None if is_made_up or not self._belongs(post) else post

    def made_of(self, post: Post, index: int, log: Findings) -> list[Post]:
        """Return what the post of a unit becomes after the transforms, in order."""
        made = _transformed(post, self.options.transforms, log)
        for sub, item in enumerate(made):
            item.number = (index, sub)
        return made

    def _belongs(self, post: Post) -> bool:
        options = self.options
        if options.types and post.type not in options.types:
            return False
        wanted = {name.casefold() for name in options.authors}
        return not wanted or bool(wanted & {name.casefold() for name in post.author_names})

    def selects(self, post: Post) -> bool:
        """Whether this run writes a post. Those that it does not write keep their places, so that runs compose."""
        options = self.options
        if options.only and not any(
            fnmatchcase(name, pattern) for pattern in options.only for name in (str(post.path), post.source.name)
        ):
            return False
        if options.since:
            moment = post.date
            return moment is not None and moment.value.date().isoformat() >= options.since
        return True


@dataclass(slots=True)
class Result:
    """What became of some units."""

    findings: list[Finding] = field(default_factory=list)
    applied: list[Applied] = field(default_factory=list)
    failed: int = 0
    record: Record = field(default_factory=Record)
    pieces: list[Piece] = field(default_factory=list)


def _transformed(post: Post, transforms: Sequence[Transform], log: Findings) -> list[Post]:
    posts = [post]
    for transform in transforms:
        made: list[Post] = []
        name = getattr(transform, "__name__", "transform")
        for item in posts:
            try:
                outcome = transform(item)
            except Exception as error:
                raise TransformFault(f"{name}: {_described(error)}") from error
            if outcome is None:
                log.add("HC606", file=item.source.label, name=name)
            else:
                made += [outcome] if isinstance(outcome, Post) else outcome
        posts = made
    return posts


def run(site: Site, exporter: AnyExporter, destination: Path, options: Options, log: Findings) -> Report:
    """Convert `site` into a folder, or a file; `log` holds what reading it found. UsageError before any writing."""
    started = time.perf_counter()
    is_container = isinstance(exporter, ContainerExporter)
    units = site.units or _InMemory(site.posts)
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
    _place(job, report, media)
    if media is not None:
        media.settle(
            log.at(site.root.name),
            whole=options.takes_all,
            progress=lambda done: _progress(job, "finding media", done, 0),
        )
        site.redirects = [*site.redirects, *media.redirects]
    for file, key, remedy in site.info.lost if changes_system else ():
        log.add("HC330", file=file, key=key, remedy=remedy)
    if changes_system:
        feeds = () if isinstance(exporter, ContainerExporter) else _feeds(site, exporter)
        site.redirects = _settled(job, [*site.redirects, *feeds])
    for redirect in site.redirects:
        job.redirects.add(redirect.old, redirect.new, site.root.name)
    if isinstance(opened, Container):
        opened.settle(links)
    links.seal()
    _render(job, report)
    if not options.in_place:
        pages = _finish(job, site, report)
        if media is not None:
            _write_others(job, media.operations(), report, media.marks)
            report.record.duplicates += media.duplicates
        settled = job.redirects.settled(report.findings) if options.redirects else []
        if options.redirects:
            _write_others(job, redirect_files(settled, options.redirects, report.findings), report)
        report.record.answer(Answers(pages, settled))
        if not options.dry_run:
            target.manifest.compact()
            target.manifest.remember(report.findings, with_earlier=bool(_filters(options) or options.limit))
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
    if site.media is None or isinstance(job.exporter, Container) or job.exporter.name == site.info.system:
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
    return MediaMove(site.media, options.media, job.exporter.place_media, job.links, fetcher, options.dry_run)


def _place(job: Job, report: Report, media: MediaMove | None) -> None:
    """Pass 1: give every post its place; what loading says is said again in pass 2, so it is not kept here."""
    total = len(job.units)
    if job.staying is not None:
        report.posts = total
        for index in range(total):
            job.links.stay(index, job.units.name(index))
        job.selected = array("q", range(min(total, job.options.limit or total)))
        return
    for index in range(total):
        _progress(job, "placing", index, total)
        is_selected = True
        try:
            loaded = job.load(index, Findings())
            if loaded is None:
                continue
            is_selected = job.selects(loaded)
            posts = job.made_of(loaded, index, Findings())
            for post in posts:
                place = _claim(job, post, report)
                _note_redirects(job, post, place)
                if media is not None and is_selected:
                    media.note(post, place)
            report.dropped += is_selected and not posts
        except Exception:
            pass  # pass 2 meets the same fault and reports it with its place
        if is_selected:
            report.posts += 1
            job.selected.append(index)
    _progress(job, "placing", total, total)
    if total and not job.selected:
        report.findings.add("HC650", count=total, filters=_filters(job.options))
    if job.options.limit:
        del job.selected[job.options.limit :]
    step = max(1, len(job.selected) // SAMPLES_KEPT["chosen"])
    job.chosen = frozenset(job.selected[::step][: SAMPLES_KEPT["chosen"]])


def _note_redirects(job: Job, post: Post, place: Place) -> None:
    """Note where the old addresses of a public page lead now."""
    if not place.url or (post.status or "published") != "published":
        return
    job.redirects.pages.add(bare(place.url))
    for old in (post.address, *post.old_addresses):
        job.redirects.add(old, place.url, post.source.label)


def _filters(options: Options) -> str:
    named = (
        ("types", options.types),
        ("only", options.only),
        ("since", (options.since,)),
        ("authors", options.authors),
    )
    return ", ".join(f"{name} {' or '.join(values)}" for name, values in named if any(values))


def _claim(job: Job, post: Post, report: Report) -> Place:
    place = job.exporter.place(post, job.info)
    if job.way_back is not None:
        place = job.way_back.place(post, place)
    claimed, taken_by = job.links.claim(post, place, post.source.label)
    if taken_by:
        report.findings.add("HC501", file=post.source.label, path=place.path, other=taken_by, renamed=claimed.path)
    return claimed


def _render(job: Job, report: Report) -> None:
    """Pass 2: read, transform, render and write each post, in source order whatever the number of processes."""
    chunks = [job.selected[start : start + CHUNK] for start in range(0, len(job.selected), CHUNK)]
    jobs = job.options.jobs or (os.cpu_count() or 1 if len(job.selected) >= WORTH_PROCESSES else 1)
    if jobs > 1 and not isinstance(job.units, _InMemory) and len(chunks) > 1:
        results = run_in_processes(job, render_chunk, chunks, jobs, report.findings)
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
        _progress(job, "writing", done, len(job.selected))


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
    place = job.links.place(post)
    if job.container is not None:
        pieces = list(job.container.render(post, job.info, job.links, log))
        result.pieces += pieces
        result.applied.append(Applied(post.source.label, "written"))
        item = Write(place.path, b"".join(piece.data for piece in pieces), origin=post.source.label)
        recorder.note(post, place, Written(item, "written"), list(log), chosen=post.number[0] in job.chosen)
        return
    allowed = {place.path, *place.also}
    failed = False
    written = None
    for operation in _operations(job, cast("Exporter", job.exporter), post, place, log):
        if operation.path not in allowed:
            owner = job.links.claimed_by(operation.path) or "another file"
            log.add("HC602", file=post.source.label, path=operation.path, other=owner)
            failed = True
            continue
        applied = job.destination.apply(operation, log)
        if operation.path == place.path:
            result.applied.append(applied)
            written = Written(operation, applied.outcome)
        failed = failed or applied.outcome == "failed"
    result.failed += failed
    recorder.note(post, place, written, list(log), chosen=post.number[0] in job.chosen)


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
    log.add("HC601", file=name, detail=_described(error))


def _described(error: Exception) -> str:
    where = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"


def _finish(job: Job, site: Site, report: Report) -> Collection[str]:
    """Write what is not a post, and return the paths; one that a post or an earlier operation has is not written."""
    taken: dict[str, str] = {}
    seen: dict[str, str] = {}
    for done, operation in enumerate(_rest(job, site, report), 1):
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
        _progress(job, "finishing", done, 0)
    return taken


def _rest(job: Job, site: Site, report: Report) -> Iterator[FileOp]:
    """Yield the operations for what is not a post; those for a container's own file come last."""
    if not isinstance(job.exporter, Container):
        operations = job.exporter.finish(site, job.links, report.findings)
        if job.way_back is not None:
            operations = job.way_back.finish(job.units, operations, report.findings)
        yield from operations
        return
    for operation in job.exporter.finish(site, job.links, report.findings):
        if isinstance(operation, Piece):
            job.spool.add(operation)
        else:
            yield operation
    yield from job.spool.files(PurePosixPath(job.destination.container), job.exporter, report.findings)


def _write_others(
    job: Job, operations: Iterable[FileOp], report: Report, marks: Mapping[str, Sequence[Mark]] | None = None
) -> None:
    for done, operation in enumerate(operations, 1):
        _write_other(job, operation, report, (marks or {}).get(str(operation.path), ()))
        _progress(job, "copying media", done, 0)


def _write_other(job: Job, operation: FileOp, report: Report, marks: Sequence[Mark] = ()) -> None:
    applied = job.destination.apply(operation, report.findings)
    report.other_files[applied.outcome] += 1
    note_file(report.record, operation, applied.outcome, marks)
    if applied.diff and job.options.diff:
        report.diffs.append(applied.diff)


def _progress(job: Job, what: str, done: int, total: int) -> None:
    if job.options.on_progress is not None:
        job.options.on_progress(what, done, total)


class _InMemory:
    """The posts of a site that a script holds and may have edited."""

    def __init__(self, posts: Sequence[Post]) -> None:
        self._posts = posts

    def __len__(self) -> int:
        return len(self._posts)

    def load(self, index: int, log: Findings) -> Post:
        return self._posts[index]

    def name(self, index: int) -> str:
        return self._posts[index].source.name
