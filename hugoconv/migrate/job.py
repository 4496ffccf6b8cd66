"""What one run is to do, and how a unit of its source becomes posts: what both passes and every worker know."""

from __future__ import annotations

import traceback
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Any

from hugoconv.errors import HugoconvError
from hugoconv.migrate.apply import Destination, OnFile
from hugoconv.migrate.container import Spool
from hugoconv.migrate.linkmap import LinkMap
from hugoconv.migrate.media import MediaMode
from hugoconv.migrate.redirects import Redirects
from hugoconv.migrate.wayback import WayBack
from hugoconv.migrate.workers import processes_for
from hugoconv.model import MediaLibrary, Post, PostSource, SelfContainedPosts, SiteInfo
from hugoconv.report.findings import Findings
from hugoconv.systems.contract import Container, Exporter

Transform = Callable[[Post], "Post | Iterable[Post] | None"]
Progress = Callable[[str, int, int], None]
"""Called with what is being done ("placing", "writing", "finishing"), how much is done, and how much there is."""

KEPT_CHARACTERS = 4_000_000
KEPT_POSTS = 4_000
"""How much of what pass 1 loaded is kept for pass 2: about 30 MB."""


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
    on_file: OnFile | None = None
    """Called with each file in the process that writes it, so that with several processes not all are seen."""

    @property
    def takes_all(self) -> bool:
        """Whether no filter leaves out posts."""
        return not (self.limit or self.filters)

    @property
    def filters(self) -> str:
        """The filters that choose posts, in words; "" for none."""
        named = (("types", self.types), ("only", self.only), ("since", (self.since,)), ("authors", self.authors))
        return ", ".join(f"{name} {' or '.join(values)}" for name, values in named if any(values))


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
    library: MediaLibrary | None = None
    """The media that are moved with the posts."""
    spool: Spool = field(default_factory=Spool)
    selected: array[int] = field(default_factory=lambda: array("q"))
    redirects: Redirects = field(default_factory=Redirects)
    chosen: frozenset[int] = frozenset()
    """Units whose posts the report shows before and after."""
    kept: dict[int, tuple[Post, Findings]] = field(default_factory=dict)
    """Posts that pass 1 loaded, and what loading said, until pass 2 takes them."""
    _kept_characters: int = 0

    @cached_property
    def container(self) -> Container | None:
        """The exporter, when it writes all into one file."""
        return self.exporter if isinstance(self.exporter, Container) else None

    @cached_property
    def staying(self) -> SelfContainedPosts | None:
        """The units, when every post stays in its file and nobody asks what else the site knows of it."""
        options = self.options
        if self.exporter.name != self.info.system or options.filters or options.transforms or options.record:
            return None
        return self.units if isinstance(self.units, SelfContainedPosts) else None

    def processes(self, units: int, worth: int) -> int:
        """Return how many processes are to work on so many units; starting them is worth it from `worth` units on."""
        return 1 if isinstance(self.units, InMemory) else processes_for(units, jobs=self.options.jobs, worth=worth)

    def load(self, index: int, log: Findings) -> Post | None:
        """Return the post of a unit, None when it does not belong to the move at all.

        Unreadable when the unit cannot be read; the log says why.
        """
        if index in self.kept:
            post, findings = self.kept.pop(index)
            log.extend(findings)
            return post
        loaded = self.staying.load_alone(index, log) if self.staying is not None else self.units.load(index, log)
        if loaded is None:
            raise Unreadable(self.units.name(index))
        is_made_up = self.way_back is not None and self.way_back.is_made_up(loaded)
        return None if is_made_up or not self._belongs(loaded) else loaded

    def keep(self, index: int, post: Post, log: Findings) -> None:
        """Keep a post that is as it was loaded for pass 2, as long as there is room and nothing changes it."""
        size = self._kept_characters + len(post.body.text)
        if self.options.transforms or size > KEPT_CHARACTERS or len(self.kept) >= KEPT_POSTS:
            return
        self._kept_characters = size
        self.kept[index] = (post, log)

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

    def progress(self, what: str, done: int, total: int = 0) -> None:
        """Tell whoever watches the run how far it is; `total` is 0 when nobody knows."""
        if self.options.on_progress is not None:
            self.options.on_progress(what, done, total)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "kept": {}}


def described(error: Exception) -> str:
    """Return an error that nobody expected, with the line of code that it comes from."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"


def _transformed(post: Post, transforms: Sequence[Transform], log: Findings) -> list[Post]:
    posts = [post]
    for transform in transforms:
        made: list[Post] = []
        name = getattr(transform, "__name__", "transform")
        for item in posts:
            try:
                outcome = transform(item)
            except Exception as error:
                raise TransformFault(f"{name}: {described(error)}") from error
            if outcome is None:
                log.add("HC606", file=item.source.label, name=name)
            else:
                made += [outcome] if isinstance(outcome, Post) else outcome
        posts = made
    return posts


class InMemory:
    """The posts of a site that a script holds and may have edited."""

    def __init__(self, posts: Sequence[Post]) -> None:
        self._posts = posts

    def __len__(self) -> int:
        return len(self._posts)

    def load(self, index: int, log: Findings) -> Post:
        """See `PostSource.load`."""
        return self._posts[index]

    def name(self, index: int) -> str:
        """See `PostSource.name`."""
        return self._posts[index].source.name
