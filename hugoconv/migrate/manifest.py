"""What earlier runs wrote, and from what: a line a file, there before the file is, so a killed run can be finished.

A file that was made of a file of another system names it, and the digest of its bytes. Where the two differ the old
bytes are kept in a pack beside the manifest, so that converting back can restore them (see `wayback`).
"""

from __future__ import annotations

import errno
import json
import os
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from hugoconv.errors import UsageError
from hugoconv.migrate.pack import Pack
from hugoconv.migrate.tables import Table
from hugoconv.report.findings import Finding

FOLDER = ".hugoconv"
NAME = "manifest.jsonl"
ORIGINALS = "originals.pack"
FINDINGS = "findings.jsonl"
"""What the runs that wrote a site found, for checks to come."""
SYSTEM = "system"
"""The name of the system that a site was written for: without its scaffold a site may look like another one's."""


@dataclass(frozen=True, slots=True)
class Made:
    """One file that a run wrote: its digest, what it was made from, of which system, and the digest of that.

    `system` and `original` are "" for a file that has no single file of another system as its source.
    """

    path: str
    digest: str
    source: str
    system: str = ""
    original: str = ""


def manifest_folder(site: Path) -> Path:
    """Return the folder of what is remembered about a site that was written: in it, or beside it when it is a file."""
    return site.with_name(site.name + FOLDER) if site.is_file() else site / FOLDER


def written_for(site: Path) -> str:
    """Return the system that the last run wrote a site for, "" for a site that none wrote."""
    try:
        return (manifest_folder(site) / SYSTEM).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""


class Manifest:
    """The manifest of one destination, in `folder` below `root`; opened for appending in each process that writes."""

    def __init__(self, root: Path, folder: str = FOLDER) -> None:
        self.path = root / folder / NAME
        self.made: dict[str, Made] = {}
        """The last line of each path."""
        self._digests: dict[str, tuple[str, ...]] = {}
        self._handle: int | None = None
        self._owner = 0
        self._originals = Pack(self.path.with_name(ORIGINALS))
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
            made = _made(line)
            if made is None:
                continue  # a killed run may leave half a line at the end
            self.made[made.path] = made
            known = self._digests.get(made.path, ())
            if made.digest not in known:
                self._digests[made.path] = (*known, made.digest)

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

    def append(self, made: Made) -> None:
        """Record what is about to be written; one line, one system call, so that lines of processes never mix."""
        if self._handle is None or self._owner != os.getpid():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
            self._owner = os.getpid()
            # A run that was cut off may have left half a line; what follows must not be lost with it.
            if self.path.stat().st_size and not self.path.read_bytes().endswith(b"\n"):
                os.write(self._handle, b"\n")
        line = _line(made)
        written = os.write(self._handle, line)
        if written < len(line):
            os.write(self._handle, b"\n")
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def close(self) -> None:
        """Let go of the file; the next line opens it again."""
        if self._handle is not None and self._owner == os.getpid():
            os.close(self._handle)
        self._handle = None
        self._originals.close()

    def keep(self, original: bytes) -> str:
        """Keep the bytes that a file was made from, under their digest, and return that."""
        return self._originals.add(original)

    def original(self, digest: str) -> bytes | None:
        """Return the bytes that were kept under a digest, None when they are gone or damaged."""
        return self._originals.get(digest)

    def remember(self, system: str, findings: Iterable[Finding], *, with_earlier: bool) -> None:
        """Keep what checks to come need: the system written for, and what was found.

        After a run over some of the posts, what it found stands beside what others found.
        """
        path = self.path.with_name(FINDINGS)
        lines = dict.fromkeys(json.dumps(asdict(finding)) for finding in findings)
        if with_earlier and path.exists():
            lines = dict.fromkeys([*path.read_text(encoding="utf-8").splitlines(), *lines])
        self._replace(path, (f"{line}\n".encode() for line in lines))
        self._replace(self.path.with_name(SYSTEM), [f"{system}\n".encode()])

    def compact(self) -> None:
        """Write the manifest anew with one line a path, the last one, in the order of paths, and the pack likewise."""
        if not self.path.exists():
            return
        last = Table()
        with self.path.open(encoding="utf-8", errors="replace", newline="\n") as lines:
            for line in lines:
                made = _made(line)
                if made is not None:
                    last[made.path] = line if line.endswith("\n") else line + "\n"
        self._replace(self.path, (line.encode() for _, line in last.in_order()))
        if self._originals.path.exists():
            kept = (_made(line) for _, line in last.in_order())
            self._originals.compact(made.original for made in kept if made is not None and made.original)

    def _replace(self, path: Path, lines: Iterable[bytes]) -> None:
        temporary = path.with_name(f"{path.name}.new")
        try:
            with temporary.open("wb") as file:
                file.writelines(lines)
            temporary.replace(path)
        except OSError:  # a full disk: what stands there is longer, but still true
            temporary.unlink(missing_ok=True)


_PLAIN_LINE = re.compile(
    r'{"path": "([^"\\]+)", "digest": "([0-9a-f]+)", "source": "([^"\\]*)"'
    r'(?:, "system": "([a-z0-9_-]+)", "original": "([0-9a-f]+)")?}\n?'
)
"""A line as it is written where no name needs an escape: read so it takes a fifth of the time."""


_in_json = json.JSONEncoder().encode
"""Writes a text in JSON, without the preparations that `json.dumps` makes each time."""


def _made(line: str) -> Made | None:
    if plain := _PLAIN_LINE.fullmatch(line):
        return Made(*plain.groups(default=""))
    try:
        row = json.loads(line)
        return Made(row["path"], row["digest"], row.get("source", ""), row.get("system", ""), row.get("original", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _line(made: Made) -> bytes:
    path, source = _in_json(made.path), _in_json(made.source)
    row = f'"path": {path}, "digest": "{made.digest}", "source": {source}'
    if made.original:
        row += f', "system": {_in_json(made.system)}, "original": "{made.original}"'
    return f"{{{row}}}\n".encode()
