"""Opening an export: a file, a folder or a zip archive, as named texts and the files beside them."""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from hugoconv.errors import SourceError

LARGEST = 512_000_000
"""The most bytes that one text of an archive may have when it is unpacked, so that no archive fills the memory."""
_DAMAGE = (OSError, ValueError, KeyError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError)
_SKIPPED = ("__MACOSX/", ".")


@dataclass(frozen=True)
class ExportSource:
    """What stands in an export by name: relative paths with `/`, of one file its own name."""

    path: Path

    @cached_property
    def is_archive(self) -> bool:
        """Whether it is a zip archive."""
        return self.path.is_file() and zipfile.is_zipfile(self.path)

    @cached_property
    def names(self) -> list[str]:
        """The names of all files, sorted; what archives of macOS add is left out."""
        if self.is_archive:
            found = [info.filename for info in self._archive.infolist() if not info.is_dir()]
        elif self.path.is_dir():
            found = list(self._walk())
        else:
            found = [self.path.name]
        return _counted(found)

    @cached_property
    def first_names(self) -> list[str]:
        """As `names`, but of a folder only those of the files that stand directly in it."""
        if not self.path.is_dir():
            return self.names
        return _counted([path.name for path in self.path.iterdir() if path.is_file()])

    def ending(self, *endings: str) -> list[str]:
        """Return the names with one of these endings, whatever their case."""
        return [name for name in self.names if name.lower().endswith(endings)]

    def beginning(self, name: str, size: int = 4096) -> bytes:
        """Return the first bytes of a file, b"" when it cannot be read."""
        try:
            if self.is_archive:
                with self._archive.open(name) as file:
                    return file.read(size)
            with self._file(name).open("rb") as plain:
                return plain.read(size)
        except _DAMAGE:
            return b""

    def read(self, name: str) -> bytes:
        """Return a file's bytes; SourceError when it cannot be read, or is too large to be."""
        try:
            if self.is_archive:
                with self._archive.open(name) as file:
                    data = file.read(LARGEST + 1)
            else:
                with self._file(name).open("rb") as plain:
                    data = plain.read(LARGEST + 1)
        except _DAMAGE as error:
            raise SourceError(f"it cannot be read: {error}", file=name) from error
        if len(data) > LARGEST:
            raise SourceError(f"it is larger than {LARGEST // 1_000_000} MB", file=name)
        return data

    def text(self, name: str) -> str:
        """Return a file's text; bytes that are no UTF-8 become the replacement character."""
        return self.read(name).decode("utf-8-sig", "replace")

    def label(self, name: str) -> str:
        """Return how findings call a file: of an archive with the archive's name."""
        return f"{self.path.name}/{name}" if self.is_archive else name

    @cached_property
    def _archive(self) -> zipfile.ZipFile:
        try:
            return zipfile.ZipFile(self.path)
        except _DAMAGE as error:
            raise SourceError(f"it cannot be unpacked: {error}", file=self.path.name) from error

    def _file(self, name: str) -> Path:
        return self.path / name if self.path.is_dir() else self.path

    def _walk(self) -> Iterator[str]:
        for folder, folders, files in os.walk(self.path):
            folders[:] = sorted(each for each in folders if not each.startswith("."))
            paths = (Path(folder, file) for file in files)
            yield from (path.relative_to(self.path).as_posix() for path in paths if not path.is_symlink())


def _counted(names: list[str]) -> list[str]:
    return sorted(name for name in names if not name.startswith(_SKIPPED) and "/." not in name)
