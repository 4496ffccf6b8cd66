"""Writing a dump: one post a line, with `site.json` and `assets/` beside the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import ClassVar

from hugoconv.migrate.digest import pieces_of
from hugoconv.migrate.linkmap import LinkMap
from hugoconv.migrate.plan import Copy, FileOp, Piece, Place, Stream, Write
from hugoconv.model import MediaLibrary, Medium, Packed, Post, Site, SiteInfo
from hugoconv.report.findings import Findings
from hugoconv.systems.contract import Container
from hugoconv.systems.jsonl.records import record_of
from hugoconv.systems.jsonl.sites import ASSETS, FILE, Files, site_record
from hugoconv.systems.jsonl.values import line_of


@dataclass(frozen=True, kw_only=True)
class JsonlExporter:
    """Writes everything that was read as data: a line for each post, `site.json`, and the files in `assets/`."""

    name: ClassVar[str] = "jsonl"
    label: ClassVar[str] = "JSON lines, the dump of the model"
    next_steps: ClassVar[tuple[str, ...]] = ("hugoconv convert {site} NEW --to NAME makes a site of it",)
    keeps_source: ClassVar[bool] = True

    def open(self, site: Site, links: LinkMap, log: Findings) -> Container:
        """See `ContainerExporter.open`."""
        return Dump(site.media, {})


@dataclass
class Dump:
    """One run: the media that posts mention, so that `site.json` has those too that the library does not list."""

    media: MediaLibrary | None
    mentioned: dict[str, None]
    name: ClassVar[str] = "jsonl"
    part_size: ClassVar[int] = 0

    def place(self, post: Post, site: SiteInfo) -> Place:
        """See `Container.place`: two posts may have one path, as two items of an export do."""
        self.mentioned |= dict.fromkeys(medium.address for medium in self._media(post))
        unit, sub = post.number
        return Place(PurePosixPath(f"{unit + 1}.{sub}" if sub else str(unit + 1), post.path), post.address)

    def settle(self, links: LinkMap) -> None:
        """See `Container.settle`."""

    def render(self, post: Post, site: SiteInfo, links: LinkMap, log: Findings) -> Iterator[Piece]:
        """See `Container.render`."""
        yield Piece(line_of(record_of(post, self._media(post), include_secrets=site.include_secrets)))

    def finish(self, site: Site, links: LinkMap, log: Findings) -> Iterator[FileOp]:
        """See `Container.finish`."""
        files = Files()
        record = site_record(site, self._library(), files)
        yield Write(PurePosixPath(FILE), line_of(record, indent=1))
        for key, source in files.sources.items():
            yield _carried(PurePosixPath(ASSETS, key), source)

    def head(self) -> bytes:
        """See `Container.head`."""
        return b""

    def tail(self) -> bytes:
        """See `Container.tail`."""
        return b""

    def again(self, piece: bytes) -> bytes:
        """See `Container.again`; there is one file only."""
        return piece

    def _media(self, post: Post) -> Iterable[Medium]:
        if self.media is None:
            return ()
        return [self.media.medium(address) for address in self.media.mentions(post)]

    def _library(self) -> Iterator[Medium]:
        """Yield all media, each once: those of the library, then those that only a post mentions."""
        if self.media is None:
            return
        listed: set[str] = set()
        for medium in self.media:
            listed.add(medium.address)
            yield medium
        yield from (self.media.medium(address) for address in self.mentioned if address not in listed)


def _carried(path: PurePosixPath, source: Path | Packed) -> FileOp:
    if isinstance(source, Path):
        return Copy(path, source, str(path))
    return Stream(path, lambda: pieces_of(source), str(path))
