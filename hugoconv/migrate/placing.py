"""Pass 1: where everything goes. Posts are looked at in any process; here each gets its place, in source order."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from hugoconv.errors import suggestion
from hugoconv.migrate.job import Job
from hugoconv.migrate.media import MediaMove
from hugoconv.migrate.plan import Place
from hugoconv.migrate.redirects import bare
from hugoconv.migrate.workers import chunks_of, run_here, run_in_processes
from hugoconv.model import Post
from hugoconv.report.findings import Findings
from hugoconv.report.record import SAMPLES_KEPT
from hugoconv.report.report import Report

WORTH_PROCESSES = 500
"""Below this many units, starting processes for pass 1 costs more than it saves."""
NAMES_TOLD = 12
"""How many names a filter that matches nothing is told of."""


@dataclass(slots=True)
class Wish:
    """Where a post wants to go, and what others must know of it."""

    number: tuple[int, int]
    label: str
    place: Place
    address: str
    old_addresses: tuple[str, ...]
    link_addresses: tuple[str, ...]
    is_public: bool
    media: tuple[str, ...] = ()
    """The addresses of the media that it shows, links or names."""


@dataclass(slots=True)
class Seen:
    """What pass 1 saw of a unit that belongs to the move."""

    index: int
    is_selected: bool = True
    drops_all: bool = False
    wishes: list[Wish] = field(default_factory=list)


def place_all(job: Job, report: Report, media: MediaMove | None) -> None:
    """Give every post its place; what loading says is said again in pass 2, so it is not kept here."""
    total = len(job.units)
    if job.staying is not None:
        report.posts = total
        job.links.stay(map(job.units.name, range(total)))
        job.selected = array("q", range(min(total, job.options.limit or total)))
        return
    chunks = chunks_of(range(total))
    # A container gathers what its items must know of each other, so it must see them all here, in order.
    processes = 1 if job.container is not None else job.processes(total, WORTH_PROCESSES)
    found = (
        run_in_processes(job, look_at, chunks, processes, Findings())
        if processes > 1
        else run_here(job, look_at, chunks)
    )
    done = 0
    for chunk, seen in zip(chunks, found, strict=True):
        for unit in seen:
            _settle(unit, job, report, media)
        done += len(chunk)
        job.progress("placing", done, total)
    if total and not job.selected:
        report.findings.add("HC650", count=total, filters=job.options.filters + _there_are(job))
    if job.options.limit:
        del job.selected[job.options.limit :]
    step = max(1, len(job.selected) // SAMPLES_KEPT["chosen"])
    job.chosen = frozenset(job.selected[::step][: SAMPLES_KEPT["chosen"]])


def _there_are(job: Job) -> str:
    """Return what filters by names could have named, and what is nearest, "" for other filters."""
    types: set[str] = set()
    authors: set[str] = set()
    for index in range(len(job.units)) if job.options.types or job.options.authors else ():
        with suppress(Exception):  # pass 2 says what cannot be read
            post = job.units.load(index, Findings())
            if post is not None:
                types.add(post.type)
                authors.update(post.author_names)
    asked = (("types", types, job.options.types), ("authors", authors, job.options.authors))
    return "".join(
        f"{''.join(suggestion(name, names) for name in wanted)}; {what} are: {', '.join(sorted(names)[:NAMES_TOLD])}"
        for what, names, wanted in asked
        if names and wanted
    )


def look_at(job: Job, indexes: Sequence[int]) -> list[Seen]:
    """See what of some units wants to go where."""
    seen = (_seen(job, index) for index in indexes)
    return [unit for unit in seen if unit is not None]


def _seen(job: Job, index: int) -> Seen | None:
    unit = Seen(index)
    try:
        log = Findings()
        loaded = job.load(index, log)
        if loaded is None:
            return None
        unit.is_selected = job.selects(loaded)
        posts = job.made_of(loaded, index, Findings())
        unit.drops_all = not posts
        for post in posts:
            unit.wishes.append(_wish(job, post, is_selected=unit.is_selected))
        if unit.is_selected:
            job.keep(index, loaded, log)
    except Exception:
        pass  # pass 2 meets the same fault and reports it with its place
    return unit


def _wish(job: Job, post: Post, *, is_selected: bool) -> Wish:
    place = job.exporter.place(post, job.info)
    if job.way_back is not None:
        place = job.way_back.place(post, place)
    return Wish(
        number=post.number,
        label=post.source.label,
        place=place,
        address=post.address,
        old_addresses=post.old_addresses,
        link_addresses=post.link_addresses,
        is_public=(post.status or "published") == "published",
        media=tuple(job.library.mentions(post)) if job.library is not None and is_selected else (),
    )


def _settle(unit: Seen, job: Job, report: Report, media: MediaMove | None) -> None:
    """Give the posts of a unit their places, each under another name when its own is taken."""
    for wish in unit.wishes:
        addresses = (wish.address, *wish.old_addresses, *wish.link_addresses)
        place, taken_by = job.links.claim(wish.number, wish.place, addresses, wish.label)
        if taken_by:
            report.findings.add("HC501", file=wish.label, path=wish.place.path, other=taken_by, renamed=place.path)
        if job.options.redirects and place.url and wish.is_public:
            job.redirects.pages.add(bare(place.url))
            job.redirects.add(wish.address, place.url, wish.label, is_own=True)
            for old in wish.old_addresses:
                job.redirects.add(old, place.url, wish.label)
        if media is not None:
            media.note(wish.media, place, is_public=wish.is_public)
    if unit.is_selected:
        report.dropped += unit.drops_all
        report.posts += 1
        job.selected.append(unit.index)
