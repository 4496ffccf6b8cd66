"""The only module that writes to the destination: contained, atomic, never deleting, never overwriting by collision."""

# ruff: noqa: PTH110, PTH103, PTH105, PTH113, PTH120, PTH123  (paths take five times as long as texts, file by file)
from __future__ import annotations

import difflib
import errno
import os
import shutil
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from hugoconv.errors import UsageError
from hugoconv.migrate.digest import digest_of, pieces_of
from hugoconv.migrate.manifest import FOLDER, Made, Manifest
from hugoconv.migrate.plan import Copy, FileOp, Write
from hugoconv.migrate.worktree import uncommitted
from hugoconv.report.findings import Findings

PART = ".hugoconv-part"
"""How the name of a file ends that is being written."""

Outcome = Literal["written", "unchanged", "kept", "failed"]


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of one operation; `diff` is the unified diff when one was asked for."""

    path: str
    outcome: Outcome
    diff: str = ""


OnFile = Callable[[FileOp, Outcome], None]
"""Called with each operation and what became of it."""


class Destination:
    """A destination folder. With `dry_run` everything is decided but nothing written.

    `made_from` is the system whose files the written ones are made from, so that the way back can restore them, "" for
    one whose files need no restoring. `container` is the name of the file in the folder that is the target, "" when
    the folder itself is.
    """

    def __init__(
        self,
        root: Path,
        *,
        container: str = "",
        dry_run: bool = False,
        force: bool = False,
        in_place: bool = False,
        diff: bool = False,
        made_from: str = "",
        on_file: OnFile | None = None,
    ) -> None:
        self.root = root
        self.container = container
        self.dry_run = dry_run
        self.force = force
        self.in_place = in_place
        self.diff = diff
        self.made_from = made_from
        self.on_file = on_file
        self.manifest = Manifest(root, f"{container}{FOLDER}")
        self._folders: dict[str, str] = {}
        """Where the folders of the destination are, by their names in it."""
        self._made_folders: set[str] = set()
        self._resolved_root = os.path.realpath(root)
        self._own_folder = str(self.manifest.path.parent)

    def check(self, source: Path) -> None:
        """UsageError when this folder cannot be written to for a conversion of `source`."""
        root, origin = Path(self._resolved_root), Path(os.path.realpath(source))
        if self.container:
            self._check_container(root / self.container, origin)
            return
        if self.root.is_file():
            raise UsageError(f"{self.root} is a file; name a folder to write to")
        if self.in_place:
            if root not in (origin, origin.parent if origin.is_file() else origin):
                raise UsageError(f"--in-place edits the source itself, but {self.root} is not {source}")
            if not (self.dry_run or self.force) and (changed := uncommitted(source)):
                names = ", ".join(changed[:3]) + (f" and {len(changed) - 3:,} more" if len(changed) > 3 else "")
                raise UsageError(
                    f"--in-place: git has no copy of what changed in {names}; commit that first, so that every change "
                    "can be seen and taken back, or use --force"
                )
            return
        if root == origin:
            raise UsageError(f"{self.root} is the source itself; name another folder, or use --in-place to edit it")
        if root.is_relative_to(origin) or origin.is_relative_to(root):
            raise UsageError(f"{self.root} and {source} lie inside one another; write to a folder beside the source")
        if not self.force and not self.manifest.exists and self._holds_files():
            raise UsageError(
                f"{self.root} is not empty and holds no manifest of an earlier run; "
                "name an empty folder, or use --force to write into it (nothing is ever deleted)"
            )

    def _check_container(self, file: Path, source: Path) -> None:
        if self.in_place:
            raise UsageError("--in-place edits the files of a site; an export is written anew: name another file")
        if file.is_dir():
            raise UsageError(f"{file} is a folder; name the file to write")
        if file == source or file.is_relative_to(source):
            raise UsageError(f"{file} is the source itself, or lies in it; name a file beside it")
        if file.exists() and not self.force and not self.manifest.exists:
            raise UsageError(f"{file} exists and is of no earlier run; name another file, or use --force to replace it")

    def _holds_files(self) -> bool:
        """Whether anything is in the folder but what a run that was killed at its very start left."""
        return self.root.is_dir() and any(entry.name != FOLDER for entry in self.root.iterdir())

    def open(self) -> None:
        """Make the folder, and in it the manifest's; UsageError when nothing can be written there."""
        try:
            self.manifest.path.parent.mkdir(parents=True, exist_ok=True)
            probe = self.manifest.path.parent / f".{os.getpid()}{PART}"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise UsageError(f"{self.root} cannot be written to: {error.strerror or error}") from None

    def apply(self, operation: FileOp, log: Findings) -> Applied:
        """Carry out one operation; whatever prevents it becomes a finding, never an exception."""
        applied = self._carried_out(operation, log)
        if self.on_file is not None:
            self.on_file(operation, applied.outcome)
        return applied

    def _carried_out(self, operation: FileOp, log: Findings) -> Applied:
        name = str(operation.path)
        try:
            target = self._contained(name)
            mode = _mode_of(target) if target is not None else 0
            if target is None or (stat.S_ISLNK(mode) and not self.in_place):
                log.add("HC604", file=operation.origin, path=name)
                return Applied(name, "failed")
            digest = digest_of(chunks_of(operation))
            existing = digest_of(pieces_of(Path(target))) if mode and os.path.isfile(target) else ""
            if existing == digest:
                if not self.in_place and not self.manifest.wrote(name, digest) and not self.dry_run:
                    self._record(operation, digest)
                return Applied(name, "unchanged")
            if existing and not self._may_replace(name, existing):
                difference = self._diff(operation, target, against_target=True)
                code = "HC603" if self.manifest.knows(name) else "HC608"
                log.add(code, file=operation.origin, path=name, difference=_size_of(difference))
                return Applied(name, "kept", difference if self.diff else "")
            diff = self._diff(operation, target) if self.diff else ""
            if not self.dry_run:
                if not self.in_place:
                    self._record(operation, digest)
                self._write(operation, target)
            return Applied(name, "written", diff)
        except OSError as error:
            log.add("HC605", file=operation.origin, path=name, detail=error.strerror or str(error))
            return Applied(name, "failed")

    def _record(self, operation: FileOp, digest: str) -> None:
        """Put a line in the manifest; the bytes of the file that this one is made from are kept where they differ."""
        original = ""
        if self.made_from and isinstance(operation, Copy):
            original = digest
        elif self.made_from and isinstance(operation, Write) and operation.before is not None:
            same = operation.before == operation.data
            original = digest if same else self.manifest.keep(operation.before)
        self.manifest.append(Made(str(operation.path), digest, operation.origin, self.made_from, original))

    def _may_replace(self, name: str, existing: str) -> bool:
        return self.in_place or self.force or self.manifest.wrote(name, existing)

    # What follows is done for each file, so it goes by texts and calls of `os`, which take a fifth of what paths do.

    def _contained(self, name: str) -> str | None:
        """Return the file that a relative path names inside the destination, None when it would leave it."""
        folder, _, base = name.rpartition("/")
        where = self._folders.get(folder)
        if where is None:
            parts = PurePosixPath(name).parts
            if (
                name.startswith("/")
                or ".." in parts
                or parts[:1] == (self.manifest.path.parent.name,)
                or "\0" in folder
            ):
                return None
            where = str(self.root.joinpath(folder))
            real = os.path.realpath(where)
            if real != self._resolved_root and not real.startswith(self._resolved_root.rstrip(os.sep) + os.sep):
                return None
            self._folders[folder] = where
        if base in ("", ".", "..") or "\0" in base or (not folder and base == self.manifest.path.parent.name):
            return None
        return f"{where}{os.sep}{base}"

    def _write(self, operation: FileOp, target: str) -> None:
        parent = os.path.dirname(target)
        if parent not in self._made_folders:
            os.makedirs(parent, exist_ok=True)
            self._made_folders.add(parent)
        # In the manifest's folder, so that what a killed run leaves behind is never taken for a part of the site.
        folder = parent if self.in_place else self._own_folder
        temporary = f"{folder}{os.sep}.{os.getpid()}{PART}"
        real = os.path.realpath(target) if self.in_place else target
        try:
            if isinstance(operation, Copy):
                shutil.copyfile(operation.source, temporary)
            elif isinstance(operation, Write):
                _write_at_once(operation.data, temporary)
            else:
                with open(temporary, "wb") as file:
                    file.writelines(chunks_of(operation))
            if self.in_place and os.path.exists(real):
                shutil.copymode(real, temporary)
            _move(temporary, real)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise

    def _diff(self, operation: FileOp, target: str, *, against_target: bool = False) -> str:
        if not isinstance(operation, Write):
            return ""
        before = None if against_target else operation.before
        if before is None:
            before = Path(target).read_bytes() if os.path.isfile(target) else b""
        try:
            old, new = before.decode(), operation.data.decode()
        except UnicodeDecodeError:
            return f"Binary file {operation.path} differs\n"
        lines = difflib.unified_diff(
            old.splitlines(keepends=True),
            new.splitlines(keepends=True),
            f"a/{operation.origin or operation.path}",
            f"b/{operation.path}",
        )
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _write_at_once(data: bytes, path: str) -> None:
    """Write a file by calls of `os` alone, which take half of what a file object takes."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        written = os.write(handle, data)
        while written < len(data):
            written += os.write(handle, memoryview(data)[written:])
    finally:
        os.close(handle)


def _mode_of(target: str) -> int:
    """Return the mode of what stands at a path, 0 for nothing."""
    try:
        return os.lstat(target).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return 0


def _move(temporary: str, target: str) -> None:
    """Put a finished file in its place; where a folder of the destination is another file system, by way of its own."""
    try:
        os.replace(temporary, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        beside = Path(target).with_name(Path(temporary).name)
        try:
            shutil.copyfile(temporary, beside)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)


def _size_of(diff: str) -> str:
    """Return how much a unified diff changes, in words."""
    lines = diff.splitlines()[2:]
    added, removed = (sum(line.startswith(mark) for line in lines) for mark in "+-")
    return f"{added} lines would come in, {removed} would go" if lines else "its bytes differ"


def chunks_of(operation: FileOp) -> Iterable[bytes]:
    """Return an operation's content piece by piece."""
    if isinstance(operation, Write):
        return (operation.data,)
    return pieces_of(operation.source) if isinstance(operation, Copy) else operation.chunks()
