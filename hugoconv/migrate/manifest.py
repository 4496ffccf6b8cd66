"""What earlier runs wrote: a line a file, appended before the file appears, so that a killed run can be finished."""

from __future__ import annotations

import json
import os
from pathlib import Path

from hugoconv.errors import UsageError

FOLDER = ".hugoconv"
NAME = "manifest.jsonl"


class Manifest:
    """The manifest of one destination folder; opened for appending in each process that writes."""

    def __init__(self, root: Path) -> None:
        self.path = root / FOLDER / NAME
        self._digests: dict[str, tuple[str, ...]] = {}
        self._handle: int | None = None
        self._owner = 0
        self._read()

    def _read(self) -> None:
        try:
            lines = self.path.read_text(encoding="utf-8").splitlines()
        except (FileNotFoundError, NotADirectoryError):
            return
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(
                f"the manifest of an earlier run cannot be read ({error}); move it away to start anew"
            ) from None
        for line in lines:
            try:
                row = json.loads(line)
                path, digest = row["path"], row["digest"]
            except (ValueError, KeyError, TypeError):
                continue  # a killed run may leave half a line at the end
            known = self._digests.get(path, ())
            if digest not in known:
                self._digests[path] = (*known, digest)

    @property
    def exists(self) -> bool:
        """Whether an earlier run left a manifest."""
        return self.path.exists()

    def knows(self, path: str) -> bool:
        """Whether an earlier run wrote this path."""
        return path in self._digests

    def wrote(self, path: str, digest: str) -> bool:
        """Whether an earlier run wrote exactly this content to this path."""
        return digest in self._digests.get(path, ())

    def append(self, path: str, digest: str, origin: str) -> None:
        """Record what is about to be written; one line, one system call, so that lines of processes never mix."""
        if self._handle is None or self._owner != os.getpid():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
            self._owner = os.getpid()
        os.write(self._handle, _line(path, digest, origin))

    def compact(self) -> None:
        """Write the manifest anew with one line a path, the last one, in the order of paths."""
        if not self.path.exists():
            return
        last: dict[str, bytes] = {}
        with self.path.open("rb") as lines:
            for line in lines:
                try:
                    last[json.loads(line)["path"]] = line if line.endswith(b"\n") else line + b"\n"
                except (ValueError, KeyError, TypeError):
                    continue
        temporary = self.path.with_name(f"{NAME}.new")
        temporary.write_bytes(b"".join(last[path] for path in sorted(last)))
        temporary.replace(self.path)


def _line(path: str, digest: str, origin: str) -> bytes:
    return json.dumps({"path": path, "digest": digest, "source": origin}).encode() + b"\n"
