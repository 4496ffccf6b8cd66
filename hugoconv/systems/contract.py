"""What a system must be able to do to be read from or written to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol, runtime_checkable

from hugoconv.fields import KeyTable
from hugoconv.frontmatter.dialects import Dialect
from hugoconv.migrate.linkmap import LinkMap
from hugoconv.migrate.plan import FileOp, Piece, Place
from hugoconv.model import BodyDialect, Post, Site, SiteInfo, Translate
from hugoconv.report.findings import Findings

SURE = 95
"""A system that scores this much is what the source is: of those that come with hugoconv no other is asked then."""


@dataclass(frozen=True, slots=True)
class Match:
    """How much a source looks like a system's (0 to 100), and what says so."""

    score: int
    reason: str


class Importer(Protocol):
    """Reads one system. A frozen, keyword-only dataclass: its fields are its options."""

    name: ClassVar[str]
    label: ClassVar[str]

    @classmethod
    def detect(cls, source: Path) -> Match | None:
        """Say whether `source` looks like this system's; looks at names and the first bytes, never parses a file."""

    def read(self, source: Path, log: Findings) -> Site:
        """Return the site at `source`; UsageError or SourceError when nothing can be read. Never writes or fetches."""


@runtime_checkable
class ParallelImporter(Importer, Protocol):
    """An importer that can do what `read` does in several processes."""

    def read_with(self, jobs: int, source: Path, log: Findings) -> Site:
        """Return the same as `read`, with the work divided among `jobs` processes, 0 for as many as are worth it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a system reads a post: its keys, its front matter, its body.

    `translation` makes a body's translation anew from what `PortableTranslate.facts` gave, None where it cannot.
    """

    keys: KeyTable
    front_matter: Dialect
    body: BodyDialect
    translation: Callable[[dict[str, Any]], Translate] | None = None


@runtime_checkable
class RestoringImporter(Protocol):
    """An importer whose posts can be made again from a dump of them."""

    @property
    def translates_restored(self) -> bool:
        """Whether bodies that come from a dump can become another system's by what the dump says of them.

        If not, the site is written as its own system's files first, and its bodies are asked there.
        """

    def reading(self, info: SiteInfo, markup: str) -> Reading:
        """Return how the posts of a site are read whose bodies are in `markup`."""


class Exporter(Protocol):
    """Writes one system. A frozen, keyword-only dataclass: its fields are its options.

    `feed` is the name of the feed that the target makes in the folder of each list page, "" for none. A tuple of texts
    `next_steps`, if there is one, says how to see the finished `{site}`.
    All verbs read only the model and the links, and write nothing themselves.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    feed: ClassVar[str]

    def place(self, post: Post, site: SiteInfo) -> Place:
        """Pass 1: return the path and URL of a post; a taken path is renamed by the caller, the URL kept."""

    def place_media(self, address: str, owner: Place | None, *, is_public: bool) -> Place | None:
        """Return path and URL of a medium that the old site has at the URL path `address`.

        `owner` is the place of a post that uses it, if there is one. What is not `is_public` goes where the target's
        own program does not publish it. None when the target holds no media: then pages go on linking to the old host.
        """

    def render(self, post: Post, site: SiteInfo, links: LinkMap, log: Findings) -> Iterable[FileOp]:
        """Pass 2: yield the operations that write one post, at `links.place(post)` and nowhere else; in any process."""

    def finish(self, site: Site, links: LinkMap, log: Findings) -> Iterable[FileOp]:
        """Yield the operations for everything that is not a post: configuration, assets, data, terms, redirects."""


@runtime_checkable
class ContainerExporter(Protocol):
    """Writes one system's export: one file with a piece for each post, and what lies beside it.

    It may have `next_steps`, as an `Exporter` may.
    """

    name: ClassVar[str]
    label: ClassVar[str]

    def open(self, site: Site, links: LinkMap, log: Findings) -> Container:
        """Return what one run knows of the file that it writes; called before pass 1."""


@runtime_checkable
class Container(Protocol):
    """One run of a container exporter: it gathers in pass 1 what the pieces must know of each other.

    Workers have a copy of what it knew at the end of pass 1.
    """

    name: ClassVar[str]

    @property
    def part_size(self) -> int:
        """The most bytes that one file may have, 0 for no limit."""

    def place(self, post: Post, site: SiteInfo) -> Place:
        """Pass 1: see `Exporter.place`; the path need not be that of a file, it only tells posts apart."""

    def settle(self, links: LinkMap) -> None:
        """End pass 1: make everything that was gathered readable from other processes."""

    def render(self, post: Post, site: SiteInfo, links: LinkMap, log: Findings) -> Iterable[Piece]:
        """Pass 2: yield the pieces of one post; in any process."""

    def finish(self, site: Site, links: LinkMap, log: Findings) -> Iterable[Piece | FileOp]:
        """Yield the pieces of everything that is not a post, and the operations for the files beside the container."""

    def head(self) -> bytes:
        """What stands before the first piece of each file."""

    def tail(self) -> bytes:
        """What stands after the last piece of each file."""

    def again(self, piece: bytes) -> bytes:
        """Return what of a piece stands in a file after the one that has it whole, for other pieces there need it."""


@runtime_checkable
class ArchiveContainer(Container, Protocol):
    """A container whose file is a zip archive: its pieces are the file `member` of it.

    Files that `finish` yields below one of `folders` are in the archive too, as are the media; others lie beside it.
    """

    member: ClassVar[str]
    folders: ClassVar[frozenset[str]]

    def place_media(self, address: str, owner: Place | None, *, is_public: bool) -> Place | None:
        """See `Exporter.place_media`."""

    def between(self, before: int, after: int) -> bytes:
        """What stands between two pieces, by their orders."""


AnyExporter = Exporter | ContainerExporter


def crosses(exporter: AnyExporter, system: str) -> bool:
    """Whether a site of `system` becomes another system's, which a dump (`keeps_source`) is not."""
    return exporter.name != system and not getattr(exporter, "keeps_source", False)
