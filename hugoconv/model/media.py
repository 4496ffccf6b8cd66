"""Pictures, sounds, films and documents that a library of the old site keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from hugoconv.model.post import Post
from hugoconv.report.findings import PlacedFindings


class Packed(Protocol):
    """A file inside an archive."""

    @property
    def size(self) -> int:
        """Its size in bytes."""

    def chunks(self) -> Iterator[bytes]:
        """Yield its bytes, piece by piece, from the start each time."""


@dataclass(frozen=True, slots=True)
class MediaFile:
    """One version of a medium: its URL path on the old site, its bytes where they are at hand, and its whole URL."""

    address: str
    source: Path | Packed | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class MediaText:
    """What the old site's library says of a medium: plain text, the description HTML."""

    title: str = ""
    alt: str = ""
    caption: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture, sound, film or document of the old site: its versions, the one that is wanted most first.

    `address` is the URL path by which `MediaLibrary` knows it.
    """

    address: str
    versions: tuple[MediaFile, ...]
    text: MediaText = MediaText()


class MediaLibrary(Protocol):
    """The media of a site whose posts name them by their addresses."""

    @property
    def is_given(self) -> bool:
        """Whether the source came with the files, so that one that is not there is missing."""

    def __iter__(self) -> Iterator[Medium]:
        """Yield all media, whether a post uses them or not."""

    def medium(self, address: str) -> Medium:
        """Return what `mentions` calls by this address."""

    def report(self, log: PlacedFindings) -> None:
        """Record what the last iteration left out."""

    def mentions(self, post: Post) -> Iterable[str]:
        """Return the addresses of the media that a post shows, links or names, each once."""
