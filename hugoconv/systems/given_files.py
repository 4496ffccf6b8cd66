"""Files that come with an export: those of a folder, or of archives, whose names never lead out of them."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import shutil
import stat
import tarfile
import tempfile
import unicodedata
import weakref
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from hugoconv.migrate.tables import Table
from hugoconv.model import Packed
from hugoconv.report.findings import Findings

_CHUNK = 1 << 18
_DAMAGE = (OSError, EOFError, ValueError, zipfile.BadZipFile, tarfile.TarError, lzma.LZMAError, zlib.error)
ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")


class Files(Protocol):
    """Files by name, a relative path such as "2024/05/a.jpg"; picklable."""

    @property
    def is_given(self) -> bool:
        """Whether there are any files at all."""

    def find(self, name: str) -> Path | Packed | None:
        """Return a file, None when it is not there."""

    def names(self) -> Iterator[str]:
        """Yield all paths, in the same order each time."""


@dataclass(frozen=True)
class NoFiles:
    """An export without its files."""

    is_given: bool = False

    def find(self, name: str) -> None:
        """See `Files.find`."""

    def names(self) -> Iterator[str]:
        """See `Files.names`."""
        return iter(())


@dataclass(frozen=True)
class FolderFiles:
    """A folder on this machine; links out of it are not followed."""

    root: Path
    is_given: bool = True
    _inside: dict[str, bool] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Whether a folder is in the root, links followed: asked once a folder, not once a file."""

    def find(self, name: str) -> Path | None:
        """See `Files.find`; a name is found whether its accents are composed (NFC) or not (NFD, as macOS has it)."""
        if not _is_contained(name):
            return None
        for form in dict.fromkeys((name, unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name))):
            path = f"{self.root}/{form}"
            with suppress(OSError, ValueError):
                if self._holds(path):
                    return Path(path)
        return None

    def _holds(self, path: str) -> bool:
        mode = os.lstat(path).st_mode
        if stat.S_ISLNK(mode):
            return Path(path).is_file() and self._leads_inside(path)
        folder = path.rpartition("/")[0]
        if folder not in self._inside:
            self._inside[folder] = self._leads_inside(folder)
        return stat.S_ISREG(mode) and self._inside[folder]

    def _leads_inside(self, path: str) -> bool:
        return Path(path).resolve().is_relative_to(self.root.resolve())

    def names(self) -> Iterator[str]:
        """See `Files.names`."""
        for folder, folders, files in os.walk(self.root):
            folders.sort()
            for file in sorted(files):
                path = Path(folder, file)
                if not path.is_symlink():
                    yield unicodedata.normalize("NFC", path.relative_to(self.root).as_posix())


@dataclass(frozen=True, slots=True)
class ZipMember:
    """A file in a zip archive."""

    archive: Path
    name: str
    size: int

    def chunks(self) -> Iterator[bytes]:
        """See `Packed.chunks`."""
        with _opened(self.archive, os.getpid()).open(self.name) as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk


@lru_cache(maxsize=4)
def _opened(archive: Path, process: int) -> zipfile.ZipFile:
    """Return an archive whose table of contents is read once in each process."""
    return zipfile.ZipFile(archive)


@dataclass(frozen=True, slots=True)
class TarMember:
    """A file in a tar archive that is not compressed: a range of its bytes."""

    archive: Path
    offset: int
    size: int

    def chunks(self) -> Iterator[bytes]:
        """See `Packed.chunks`."""
        left = self.size
        with self.archive.open("rb") as file:
            file.seek(self.offset)
            while left and (chunk := file.read(min(_CHUNK, left))):
                left -= len(chunk)
                yield chunk


@dataclass
class ArchivedFiles:
    """The files of archives (.zip, .tar, .tar.gz ...), the first of a name."""

    archives: list[Path]
    _members: Table = field(default_factory=Table, repr=False)
    is_given: bool = True

    @classmethod
    def of(cls, archives: list[Path], log: Findings, name_of: Callable[[str], str] = str) -> ArchivedFiles:
        """Read the tables of contents; what cannot be read is a finding (HC429).

        `name_of` gives the name of the file at a path in an archive, "" for one that does not count.
        """
        made = cls(archives)
        for number, path in enumerate(archives):
            try:
                made._read(path, number, name_of)
            except _DAMAGE as error:
                log.add("HC429", file=path.name, detail=error)
        made._members.seal()
        made.is_given = bool(len(made._members))
        return made

    def _read(self, path: Path, number: int, name_of: Callable[[str], str]) -> None:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as zipped:
                for info in zipped.infolist():
                    if not info.is_dir():
                        self._add(name_of(info.filename), f"{number}\nzip\n{info.file_size}\n{info.filename}")
            return
        plain = self._unpacked(path)
        self.archives[number] = plain
        with tarfile.open(plain, "r:") as archive:
            for member in archive:
                if member.isfile():
                    self._add(name_of(member.name), f"{number}\n{member.offset_data}\n{member.size}\n{member.name}")

    def _unpacked(self, path: Path) -> Path:
        """Return an archive that is not compressed: itself, or a private copy, so that its files can be read alone."""
        packers: dict[bytes, Callable[..., Any]] = {b"\x1f\x8b": gzip.open, b"BZ": bz2.open, b"\xfd7": lzma.open}
        with path.open("rb") as file:
            magic = file.read(2)
        if magic not in packers:
            return path
        handle, name = tempfile.mkstemp(prefix="hugoconv-", suffix=".tar")
        weakref.finalize(self, _remove, name, os.getpid())
        with os.fdopen(handle, "wb") as out, packers[magic](path, "rb") as packed:
            shutil.copyfileobj(packed, out, _CHUNK)
        return Path(name)

    def _add(self, name: str, row: str) -> None:
        if name and _is_contained(name):
            self._members.setdefault(unicodedata.normalize("NFC", name), row)

    def find(self, name: str) -> Packed | None:
        """See `Files.find`."""
        row = self._members.get(unicodedata.normalize("NFC", name))
        if row is None:
            return None
        number, kind, size, member = row.split("\n", 3)
        archive = self.archives[int(number)]
        if kind == "zip":
            return ZipMember(archive, member, int(size))
        return TarMember(archive, int(kind), int(size))

    def names(self) -> Iterator[str]:
        """See `Files.names`."""
        yield from self._members


def _is_contained(name: str) -> bool:
    return ".." not in PurePosixPath(name).parts and not name.startswith("/") and "\0" not in name


def _remove(path: str, owner: int) -> None:
    if os.getpid() == owner:
        Path(path).unlink(missing_ok=True)
