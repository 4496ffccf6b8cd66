"""The original bytes of many files in one file, found by their digests; appended to by several processes at once.

A record is a mark, the digest, length and checksum of what follows, and the compressed bytes, written with one system
call to a file opened for appending. A run that was killed may leave a part of a record: readers go on at the next mark,
and what they return is checked against its digest.
"""

from __future__ import annotations

import errno
import mmap
import os
import struct
import zlib
from collections.abc import Iterable
from pathlib import Path

from hugoconv.migrate.digest import digest_of

_MARK = b"\x89original"
_HEADER = struct.Struct(f">{len(_MARK)}s16sII")


class Pack:
    """The pack at `path`, which need not exist."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._spans: dict[bytes, tuple[int, int]] | None = None
        """Where the record of each digest starts and ends."""
        self._handle: int | None = None
        self._owner = 0

    def add(self, original: bytes) -> str:
        """Keep some bytes, once, and return their digest; OSError when there is no room."""
        name = digest_of((original,))
        digest = bytes.fromhex(name)
        if digest in self._known():
            return name
        data = zlib.compress(original, 1)
        record = _HEADER.pack(_MARK, digest, len(data), zlib.crc32(data)) + data
        handle = self._opened()
        written = os.write(handle, record)
        if written < len(record):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        end = os.lseek(handle, 0, os.SEEK_CUR)
        self._known()[digest] = (end - len(record), end)
        return name

    def get(self, name: str) -> bytes | None:
        """Return the bytes with a digest, None when they are gone or damaged."""
        try:
            start, end = self._known()[bytes.fromhex(name)]
            with self.path.open("rb") as file:
                file.seek(start + _HEADER.size)
                data = zlib.decompress(file.read(end - start - _HEADER.size))
        except (OSError, KeyError, ValueError, zlib.error):
            return None
        return data if digest_of((data,)) == name else None

    def compact(self, wanted: Iterable[str]) -> None:
        """Write the pack anew with what is wanted, in the order of digests; on a full disk it stays as it is."""
        if not self.path.exists():
            return
        self.close()
        spans = _spans(self.path)  # which knows what other processes added, too
        temporary = self.path.with_name(f"{self.path.name}.new")
        try:
            with self.path.open("rb") as old, temporary.open("wb") as new:
                for digest in sorted({bytes.fromhex(name) for name in wanted} & spans.keys()):
                    start, end = spans[digest]
                    old.seek(start)
                    new.write(old.read(end - start))
            temporary.replace(self.path)
        except OSError:  # a full disk: what stands there is longer, but still true
            temporary.unlink(missing_ok=True)
        self._spans = None

    def close(self) -> None:
        """Let go of the file; the next record opens it again."""
        if self._handle is not None and self._owner == os.getpid():
            os.close(self._handle)
        self._handle = None

    def _opened(self) -> int:
        if self._handle is None or self._owner != os.getpid():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            binary = getattr(os, "O_BINARY", 0)
            self._handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | binary, 0o644)
            self._owner = os.getpid()
        return self._handle

    def _known(self) -> dict[bytes, tuple[int, int]]:
        if self._spans is None:
            self._spans = _spans(self.path)
        return self._spans


def _spans(path: Path) -> dict[bytes, tuple[int, int]]:
    """Return where the records of a pack stand, whatever lies between them."""
    found: dict[bytes, tuple[int, int]] = {}
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            position = data.find(_MARK)
            while 0 <= position <= len(data) - _HEADER.size:
                mark, digest, length, checksum = _HEADER.unpack_from(data, position)
                start = position + _HEADER.size
                end = start + length
                is_whole = mark == _MARK and end <= len(data) and zlib.crc32(data[start:end]) == checksum
                if is_whole:
                    found[digest] = (position, end)
                position = end if is_whole else data.find(_MARK, position + 1)
    except (OSError, ValueError):  # not there, or empty
        return found
    return found
