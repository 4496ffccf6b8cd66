"""What becomes of a site's media: found beside the export or fetched, each kept once, and where it is from then on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol
from urllib.parse import unquote

from hugoconv.migrate.digest import digest_of, pieces_of
from hugoconv.migrate.linkmap import LinkMap
from hugoconv.migrate.plan import Copy, FileOp, Place, Stream
from hugoconv.migrate.tables import Table
from hugoconv.model import MediaFile, MediaLibrary, MediaText, Medium, Packed, Redirect
from hugoconv.report.findings import PlacedFindings
from hugoconv.report.record import MARKED_KEPT, Mark

if TYPE_CHECKING:
    from hugoconv.migrate.fetch import Fetcher

MediaMode = Literal["copy", "download", "link", "none"]
MEDIA_MODES: dict[str, str] = {
    "copy": "take the files that are beside the source; pages link to the others on the old host",
    "download": "take the files beside the source, and fetch the others from the old host",
    "link": "take no files; pages link to the old host",
    "none": "take no files, but let pages refer to where they will be once you have copied them",
}
"""What `--media` can be."""

_NAMED = 3
"""How many pages or files a finding names."""


class PlaceMedia(Protocol):
    """See `Exporter.place_media`."""

    def __call__(self, address: str, owner: Place | None, *, is_public: bool) -> Place | None:
        """Return where a medium goes."""


class Use(NamedTuple):
    """Who uses a medium: how many pages, the first of them, whether a public one is among them, and the first place."""

    pages_using: int = 0
    pages: tuple[str, ...] = ()
    is_public: bool = False
    path: str = ""
    url: str = ""

    @property
    def owner(self) -> Place | None:
        """The place of the first public page, else of the first."""
        return Place(PurePosixPath(self.path), self.url) if self.path else None

    @property
    def is_withheld(self) -> bool:
        """Whether it is used, but by nothing that visitors may see."""
        return bool(self.pages_using) and not self.is_public

    def __str__(self) -> str:
        more = self.pages_using - len(self.pages)
        return ", ".join(self.pages) + (f" and {more} more" if more else "") if self.pages else "no page"


@dataclass
class MediaMove:
    """The media of one run: notes in pass 1 who uses what, then settles each medium, then copies."""

    library: MediaLibrary
    mode: MediaMode
    place: PlaceMedia
    links: LinkMap
    fetcher: Fetcher | None = None
    dry_run: bool = False
    redirects: list[Redirect] = field(default_factory=list)
    """From the addresses on the old site to where the files are now, where that differs."""
    marks: dict[str, tuple[Mark, ...]] = field(default_factory=dict)
    """What is to be said of files that come along, by their paths."""
    duplicates: list[tuple[str, str]] = field(default_factory=list)
    """Addresses of copies, each with the address of the file that is kept for it; not all of very many."""
    _uses: Table = field(default_factory=Table)
    _carried: list[tuple[Place, Path | Packed]] = field(default_factory=list)
    _by_size: dict[int, list[tuple[str, Path | Packed, str]]] = field(default_factory=dict)

    def note(self, addresses: Iterable[str], place: Place, *, is_public: bool) -> None:
        """Take note of the media that the post at `place` uses."""
        for address in addresses:
            use = self._use(address)
            pages = use.pages if len(use.pages) >= _NAMED else (*use.pages, str(place.path))
            is_owner = not use.path or (is_public and not use.is_public)
            path, url = (str(place.path), place.url) if is_owner else (use.path, use.url)
            self._uses[address] = json.dumps(Use(use.pages_using + 1, pages, use.is_public or is_public, path, url))

    def settle(self, log: PlacedFindings, *, whole: bool, progress: Callable[[int, int], None]) -> None:
        """Decide on every medium, fetching what must be fetched; `whole` takes those too that no page uses."""
        if self.mode == "link":
            return
        summary = _Summary()
        total = sum(1 for _ in self._wanted(whole)) if self.fetcher else 0  # worth counting where it takes long
        for done, medium in enumerate(self._wanted(whole), 1):
            self._settle(medium, self._use(medium.address), summary, log)
            progress(done, total)
        summary.report(self, log)
        if whole:
            self.library.report(log)
        if self.fetcher:
            self.fetcher.close()

    def operations(self) -> Iterator[FileOp]:
        """Yield the operations that carry the files."""
        for place, source in self._carried:
            if isinstance(source, Path):
                yield Copy(place.path, source, str(place.path))
            else:
                yield Stream(place.path, source.chunks, str(place.path))

    def _use(self, address: str) -> Use:
        row = self._uses.get(address)
        if row is None:
            return Use()
        count, pages, is_public, path, url = json.loads(row)
        return Use(count, tuple(pages), is_public, path, url)

    def _wanted(self, whole: bool) -> Iterator[Medium]:
        listed = Table()
        if whole:
            for medium in self.library:
                listed[medium.address] = ""
                yield medium
        for address in self._uses:
            if address not in listed:
                yield self.library.medium(address)

    def _settle(self, medium: Medium, use: Use, summary: _Summary, log: PlacedFindings) -> None:
        if self.mode == "none":
            self._lead(medium, self._placed(medium.address, use), use)
            summary.expected += 1
            return
        version = self._found(medium, use, summary, log)
        if version is None:
            return
        if use.is_withheld:
            summary.private.append(version.address)
        source = version.source
        if source is None:  # a dry run does not fetch
            self._lead(medium, self._placed(version.address, use), use)
            return
        twin, digest = self._twin(source)
        if twin:
            summary.twins += 1
            if len(self.duplicates) < MARKED_KEPT:
                self.duplicates.append((medium.address, twin))
            self._lead(medium, Place(PurePosixPath(), twin), use)
            return
        place = self._placed(version.address, use)
        if place is None:
            return
        place = self.links.reserve(place, version.address)
        self._mark(place, medium, version, use)
        self._carried.append((place, source))
        if not use.is_withheld:
            self._by_size.setdefault(size_of(source), []).append((digest, source, place.url))
        self._lead(medium, place, use)

    def _mark(self, place: Place, medium: Medium, version: MediaFile, use: Use) -> None:
        marks: dict[Mark, bool] = {
            "downloaded": all(each.source is None for each in medium.versions),
            "renamed": place.path.name != PurePosixPath(unquote(version.address)).name,
            "unused": not use.pages_using,
        }
        found = tuple(mark for mark, applies in marks.items() if applies)
        if found:
            self.marks[str(place.path)] = found

    def _placed(self, address: str, use: Use) -> Place | None:
        return self.place(address, use.owner, is_public=not use.is_withheld)

    def _lead(self, medium: Medium, place: Place | None, use: Use) -> None:
        """Let every address of a medium lead to its place."""
        if place is None:
            return
        for address in dict.fromkeys((medium.address, *(version.address for version in medium.versions))):
            self.links.add(address, place.url)
            if address != place.url and not use.is_withheld:
                self.redirects.append(Redirect(address, place.url))
        for version in medium.versions:
            if self.links.resolve(version.url) is None:  # on another host than the pages
                self.links.add(version.url, place.url)

    def _found(self, medium: Medium, use: Use, summary: _Summary, log: PlacedFindings) -> MediaFile | None:
        """Return the best version that can be had, with its source; None when there is none, which is noted."""
        for version in medium.versions:
            if version.source is not None:
                return version
        if self.fetcher is None:
            if not self.library.is_given:
                summary.linked += 1
            elif use.pages_using:
                log.add("HC420", address=medium.address, users=use)
            else:
                summary.missing.append(medium.address)
            return None
        return self._fetched(medium, use, self.fetcher, summary, log)

    def _fetched(
        self, medium: Medium, use: Use, fetcher: Fetcher, summary: _Summary, log: PlacedFindings
    ) -> MediaFile | None:
        from hugoconv.migrate.fetch import FetchError

        version, reason = medium.versions[-1], "it has no address"
        for version in medium.versions:
            if self.dry_run:
                return MediaFile(version.address, fetcher.has(version.url), version.url)
            try:
                return MediaFile(version.address, fetcher.fetch(version.url), version.url)
            except FetchError as error:
                reason = error.message
        if use.pages_using:
            log.add("HC421", url=version.url, reason=reason, users=use)
        else:
            summary.missing.append(medium.address)
        return None

    def _twin(self, source: Path | Packed) -> tuple[str, str]:
        """Return the URL of a file with the same bytes that is carried already, "" for none, and a digest if made."""
        known = self._by_size.get(size_of(source))
        if not known:
            return "", ""
        digest = digest_of(pieces_of(source))
        for number, (other, file, url) in enumerate(known):
            if not other:
                other = digest_of(pieces_of(file))
                known[number] = (other, file, url)
            if other == digest:
                return url, digest
        return "", digest


@dataclass
class _Summary:
    """What is said once, not for each file."""

    linked: int = 0
    twins: int = 0
    expected: int = 0
    missing: list[str] = field(default_factory=list)
    private: list[str] = field(default_factory=list)

    def report(self, move: MediaMove, log: PlacedFindings) -> None:
        """Record the findings."""
        if self.linked:
            log.add("HC402", count=self.linked)
        if self.expected:
            log.add("HC428", count=self.expected)
        if self.twins:
            log.add("HC423", count=self.twins)
        for code, names in (("HC422", self.missing), ("HC427", self.private)):
            if names:
                log.add(code, count=len(names), names=some_of(names))
        fetcher = move.fetcher
        if fetcher and (fetcher.fetched or fetcher.cached):
            megabytes = f"{fetcher.bytes_fetched / 1e6:.1f}"
            log.add("HC426", count=fetcher.fetched, megabytes=megabytes, cached=fetcher.cached)


def some_of(names: list[str]) -> str:
    """Return the first few names, and how many more there are."""
    return ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")


def size_of(source: Path | Packed) -> int:
    """Return how many bytes a file has, wherever it is."""
    return source.stat().st_size if isinstance(source, Path) else source.size


def described(library: MediaLibrary | None, links: LinkMap) -> dict[str, dict[str, str]]:
    """Return what a library says of its media, by their URL paths on the new site: title, alt, caption, description."""
    found = {}
    for medium in library or ():
        said = {key: value for key, value in asdict(medium.text).items() if value}
        if said and medium.text != MediaText(title=PurePosixPath(medium.address).stem):
            found[unquote(links.resolve(medium.address) or medium.address)] = said
    return found
