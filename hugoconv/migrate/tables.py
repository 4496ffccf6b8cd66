"""A table of texts that lives in memory while it is small and on disk when it is not."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import weakref
from collections.abc import Iterator, MutableMapping
from pathlib import Path

IN_MEMORY = 20_000
"""How many entries a table holds before it moves to disk: about 6 MB."""


class Table(MutableMapping[str, str]):
    """A dict of str to str that spills to a private temporary sqlite3 file beyond `IN_MEMORY` entries.

    Only the process that made the file writes to it, and removes it. Others read what stood there when they
    asked for the first time, without locks: four system calls for each look-up take longer than the look-up.
    """

    def __init__(self) -> None:
        self._memory: dict[str, str] | None = {}
        self._path = ""
        self._writer = 0
        self._connection: sqlite3.Connection | None = None
        self._owner = 0
        """The process that opened the connection: a forked one must not use it."""

    def _database(self) -> sqlite3.Connection:
        process = os.getpid()
        if self._connection is None or self._owner != process:
            mode = "mode=rw" if process == self._writer else "immutable=1"
            self._connection = sqlite3.connect(f"{Path(self._path).as_uri()}?{mode}", uri=True, isolation_level=None)
            self._connection.execute("PRAGMA synchronous=OFF")
            self._connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._connection.execute("PRAGMA cache_size=-500")
            self._owner = process
        return self._connection

    def _spill(self) -> None:
        handle, self._path = tempfile.mkstemp(prefix="hugoconv-", suffix=".sqlite3")
        os.close(handle)
        self._writer = os.getpid()
        weakref.finalize(self, _remove, self._path, self._writer)
        database = self._database()
        database.execute("PRAGMA journal_mode=OFF")
        database.execute("CREATE TABLE entries (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")
        database.execute("BEGIN")
        database.executemany("INSERT INTO entries VALUES (?, ?)", (self._memory or {}).items())
        self._memory = None

    def seal(self) -> None:
        """Make everything written so far visible to other processes."""
        if self._memory is None and self._database().in_transaction:
            self._database().execute("COMMIT")

    def __getitem__(self, key: str) -> str:
        if self._memory is not None:
            return self._memory[key]
        row = self._database().execute("SELECT value FROM entries WHERE key = ?", (_storable(key),)).fetchone()
        if row is None:
            raise KeyError(key)
        return str(row[0])

    def __setitem__(self, key: str, value: str) -> None:
        if self._memory is not None:
            self._memory[key] = value
            if len(self._memory) > IN_MEMORY:
                self._spill()
            return
        database = self._database()
        if not database.in_transaction:
            database.execute("BEGIN")
        database.execute("INSERT OR REPLACE INTO entries VALUES (?, ?)", (_storable(key), _storable(value)))

    def setdefault(self, key: str, default: str = "") -> str:
        """Return the value of a key, after giving it `default` where it has none."""
        if self._memory is not None:
            if key in self._memory:
                return self._memory[key]
            self[key] = default
            return default
        database = self._database()
        if not database.in_transaction:
            database.execute("BEGIN")
        row = (_storable(key), _storable(default))
        is_new = database.execute("INSERT OR IGNORE INTO entries VALUES (?, ?)", row).rowcount
        return default if is_new else self[key]

    def __delitem__(self, key: str) -> None:
        if self._memory is not None:
            del self._memory[key]
            return
        if self._database().execute("DELETE FROM entries WHERE key = ?", (_storable(key),)).rowcount == 0:
            raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        if self._memory is not None:
            return iter(list(self._memory))
        return (str(row[0]) for row in self._database().execute("SELECT key FROM entries ORDER BY key"))

    def in_order(self) -> Iterator[tuple[str, str]]:
        """Yield keys and values in the order of keys."""
        if self._memory is not None:
            return iter(sorted(self._memory.items()))
        return ((str(key), str(value)) for key, value in self._database().execute("SELECT * FROM entries ORDER BY key"))

    def __len__(self) -> int:
        if self._memory is not None:
            return len(self._memory)
        return int(self._database().execute("SELECT count(*) FROM entries").fetchone()[0])

    def __getstate__(self) -> dict[str, object]:
        self.seal()
        return {**self.__dict__, "_writer": 0, "_connection": None, "_owner": 0}


def _storable(text: str) -> str:
    """File names that are not UTF-8 reach Python with surrogates, which sqlite3 cannot store."""
    return text.encode("utf-8", "backslashreplace").decode() if not text.isascii() else text


def _remove(path: str, owner: int) -> None:
    if os.getpid() == owner:
        Path(path).unlink(missing_ok=True)
