"""A zip archive as one operation that streams: the same bytes from the same files, whatever the day."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from io import RawIOBase
from typing import Any

from hugoconv.migrate.digest import pieces_of
from hugoconv.migrate.plan import Copy, FileOp, Stream, Write

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_PACKED = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".mp3", ".mp4", ".ogg", ".webm", ".m4a", ".pdf"})
"""Endings of files that are compressed already."""


class _Pipe(RawIOBase):
    """Takes what a zip archive writes, until it is handed on."""

    def __init__(self) -> None:
        self.chunks: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.chunks.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        made = b"".join(self.chunks)
        self.chunks.clear()
        return made


def archive(main: Stream, member: str, operations: Iterable[FileOp]) -> Stream:
    """Return the operation that writes an archive to the path of `main`: that as `member`, and other files by path."""

    def chunks() -> Iterator[bytes]:
        pipe = _Pipe()
        with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as made:
            yield from _added(made, pipe, member, main.chunks())
            for operation in operations:
                yield from _added(made, pipe, str(operation.path), _chunks_of(operation))
        yield pipe.taken()

    return Stream(main.path, chunks, main.origin)


def _added(made: zipfile.ZipFile, pipe: _Pipe, name: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
    info = zipfile.ZipInfo(name, _FIRST_DAY)
    info.external_attr = 0o644 << 16
    is_packed = name[name.rfind(".") :].lower() in _PACKED
    info.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
    with made.open(info, "w", force_zip64=True) as file:
        for chunk in chunks:
            file.write(chunk)
            yield pipe.taken()
    yield pipe.taken()


def _chunks_of(operation: FileOp) -> Iterable[bytes]:
    if isinstance(operation, Write):
        return (operation.data,)
    return pieces_of(operation.source) if isinstance(operation, Copy) else operation.chunks()
