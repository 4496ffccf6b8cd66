"""The one file that a container target is written into: its pieces, kept on disk until all of them are there."""

from __future__ import annotations

import json
import tempfile
from array import array
from collections.abc import Iterator, Sequence, Set
from pathlib import PurePosixPath

from hugoconv.migrate.plan import Piece, Stream
from hugoconv.migrate.tables import Table
from hugoconv.report.findings import Findings
from hugoconv.systems.contract import ArchiveContainer, Container

_CHUNK = 1 << 18


class Spool:
    """The pieces of a container in a private temporary file; only where each of them stands is held in memory."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="hugoconv-")  # noqa: SIM115 (it lives as long as the spool)
        self._starts = array("Q", [0])
        self._orders = array("q")
        self._numbers = Table()
        self._needs = Table()

    def add(self, piece: Piece) -> None:
        """Keep a piece."""
        number = len(self._orders)
        self._file.write(piece.data)
        self._starts.append(self._starts[-1] + len(piece.data))
        self._orders.append(piece.order)
        if piece.key:
            self._numbers.setdefault(piece.key, str(number))
        if piece.needs:
            self._needs[str(number)] = json.dumps(piece.needs)

    def files(self, path: PurePosixPath, container: Container, log: Findings) -> list[Stream]:
        """Return the operations that write the container's file, or its files when it is to be split."""
        parts = self._parts(container, log)
        if len(parts) == 1:
            return [self._stream(path, container, parts[0], frozenset())]
        made: list[Stream] = []
        written: set[int] = set()
        for number, part in enumerate(parts, 1):
            name = path.with_name(f"{path.stem}-{number}{path.suffix}")
            made.append(self._stream(name, container, part, written.intersection(part)))
            written.update(part)
        return made

    def _stream(self, path: PurePosixPath, container: Container, numbers: Sequence[int], known: Set[int]) -> Stream:
        def chunks() -> Iterator[bytes]:
            yield container.head()
            last: int | None = None
            for number in numbers:
                if last is not None and isinstance(container, ArchiveContainer):
                    yield container.between(self._orders[last], self._orders[number])
                if number in known:
                    yield container.again(b"".join(self._read(number)))
                else:
                    yield from self._read(number)
                last = number
            yield container.tail()

        return Stream(path, chunks)

    def _read(self, number: int) -> Iterator[bytes]:
        position, end = self._starts[number], self._starts[number + 1]
        while position < end:
            self._file.seek(position)
            chunk = self._file.read(min(_CHUNK, end - position))
            position += len(chunk)
            yield chunk

    def _parts(self, container: Container, log: Findings) -> list[Sequence[int]]:
        """Return the numbers of the pieces that go into each file, those before it that a piece needs with it."""
        ordered = array("Q", sorted(range(len(self._orders)), key=self._orders.__getitem__))
        limit = container.part_size
        if not limit:
            return [ordered]
        room = limit - len(container.head()) - len(container.tail())
        parts: list[Sequence[int]] = []
        part: dict[int, None] = {}
        size = 0
        for number in ordered:
            wanted = [each for each in self._with_needed(number) if each not in part]
            more = sum(map(self._size, wanted))
            if part and size + more > room:
                parts.append(list(part))
                part, size = {}, 0
                wanted = self._with_needed(number)
                more = sum(map(self._size, wanted))
            if more > room:
                log.add("HC620", size=more, limit=limit)
            part |= dict.fromkeys(wanted)
            size += more
        return [*parts, list(part)]

    def _size(self, number: int) -> int:
        return self._starts[number + 1] - self._starts[number]

    def _with_needed(self, number: int) -> list[int]:
        """Return a piece with the pieces that it needs, and those that they need, before it."""
        found: dict[int, None] = {number: None}
        waiting = [number]
        while waiting:
            for key in json.loads(self._needs.get(str(waiting.pop()), "[]")):
                needed = self._numbers.get(key)
                if needed is not None and int(needed) not in found:
                    found[int(needed)] = None
                    waiting.append(int(needed))
        return list(reversed(found))
