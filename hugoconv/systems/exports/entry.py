"""One piece of writing as an export has it, before it is a post; and where entries wait until they are asked for."""

from __future__ import annotations

import os
import pickle
import tempfile
import weakref
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hugoconv.model import Comment, Kind


@dataclass(frozen=True, slots=True)
class Note:
    """A finding about an entry, made when its post is loaded: its code and details."""

    code: str
    details: dict[str, Any]


@dataclass(slots=True)
class Entry:
    """A post or page of an export.

    `name` is how findings call it, unique in the export. `body` is HTML of the few kinds that `bodies.ExportConverter`
    knows. `address` is the URL path it had, "" when it never was public. `values` are further front matter in neutral
    keys; what says nothing is left out.
    """

    name: str
    body: str
    title: str = ""
    slug: str = ""
    type: str = "post"
    kind: Kind = "page"
    status: str = "published"
    date: str = ""
    updated: str = ""
    address: str = ""
    old_addresses: tuple[str, ...] = ()
    line: int = 0
    values: dict[str, Any] = field(default_factory=dict)
    comments: Sequence[Comment] = ()
    notes: list[Note] = field(default_factory=list)

    def note(self, code: str, **details: Any) -> None:
        """Keep a finding for whoever loads the post."""
        self.notes.append(Note(code, details))


class Entries:
    """Entries in a private temporary file; only where each of them starts is held in memory. Picklable."""

    def __init__(self) -> None:
        handle, self._path = tempfile.mkstemp(prefix="hugoconv-", suffix=".entries")
        os.close(handle)
        weakref.finalize(self, _remove, self._path, os.getpid())
        self._starts = array("Q")
        self._end = 0

    def add(self, entry: Entry) -> None:
        """Keep an entry."""
        data = pickle.dumps(entry, protocol=pickle.HIGHEST_PROTOCOL)
        with Path(self._path).open("ab") as file:
            file.write(data)
        self._starts.append(self._end)
        self._end += len(data)

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, index: int) -> Entry:
        with Path(self._path).open("rb") as file:
            file.seek(self._starts[index])
            entry: Entry = pickle.load(file)
        return entry


def _remove(path: str, owner: int) -> None:
    if os.getpid() == owner:
        Path(path).unlink(missing_ok=True)
