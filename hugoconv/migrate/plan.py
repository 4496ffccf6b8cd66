"""What an exporter asks for: places for posts, and operations on files that only `apply` carries out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath


@dataclass(frozen=True, slots=True)
class Place:
    """Where a post goes: its file in the destination, its URL path there, and further files that it alone writes.

    `traits` are the exporter's own words for what is true of the post; pass 1 counts them (`LinkMap.traits`), so that
    the configuration can say once what is true of many. `identity` is what the target knows the post by, where two
    files may not share that although their paths differ ("" when only the path counts); of two that are known by one
    URL path, one gets another URL path. With `is_file_address` the URL path is that of the file, whatever the file is
    called in the end.
    """

    path: PurePosixPath
    url: str = ""
    also: tuple[PurePosixPath, ...] = ()
    traits: tuple[str, ...] = ()
    identity: str = ""
    is_file_address: bool = False

    @property
    def claims(self) -> tuple[str, ...]:
        """What no other post may have."""
        return (*map(str, (self.path, *self.also)), *([known_as(self.identity)] if self.identity else ()))


def known_as(identity: str) -> str:
    """Return how what the target knows a post by is claimed, so that it is nobody's path."""
    return f"<{identity}>"


@dataclass(frozen=True, slots=True)
class Write:
    """Write `data` to `path`.

    `before` is the whole file that it is made from, for a diff and for the way back; None when there is no such file.
    """

    path: PurePosixPath
    data: bytes = field(repr=False)
    before: bytes | None = field(default=None, repr=False)
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """Copy the file `source` to `path`, byte for byte."""

    path: PurePosixPath
    source: Path
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Stream:
    """Write the chunks that `chunks()` yields to `path`, for files too large to hold."""

    path: PurePosixPath
    chunks: Callable[[], Iterable[bytes]] = field(repr=False)
    origin: str = ""


FileOp = Write | Copy | Stream


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the one file that a container target is written into; pieces are put in the order of `order`.

    `key` is what others call it by; `needs` names the pieces that must stand in the same file, if it is split.
    """

    data: bytes = field(repr=False)
    order: int = 0
    key: str = ""
    needs: tuple[str, ...] = ()
