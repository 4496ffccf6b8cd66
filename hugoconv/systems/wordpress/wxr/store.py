"""The items of an export, or of several that belong together: each is parsed once, and had from a file from then on."""

from __future__ import annotations

import marshal
import os
import tempfile
import weakref
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from io import FileIO
from itertools import accumulate
from pathlib import Path
from typing import Any

from hugoconv.migrate.workers import chunks_of, processes_for, run_in_processes
from hugoconv.report.findings import Findings
from hugoconv.systems.wordpress.wxr.index import WxrIndex, load_item, note_repairs
from hugoconv.systems.wordpress.wxr.items import Item, ItemTerm, WxrComment
from hugoconv.systems.wordpress.wxr.repair import Repair

ROOM = 256 << 20
"""How many bytes are kept of what was read."""
WORTH_PROCESSES = 500
"""Below this many items, starting processes costs more than it saves."""
_LONG = 200

Span = tuple[int, int]
_NOWHERE: Span = (0, 0)


class Items:
    """The items by their numbers, counted through all exports; picklable.

    What was read of an item is a record in a private temporary file, from which any process has the item again in a
    fraction of the time; a body that stands in the export as it is stays there. An item without record, because there
    was no room or it cannot be read, is read from the export each time.
    """

    def __init__(self, exports: Sequence[WxrIndex]) -> None:
        self.exports = exports
        self._starts = [0, *accumulate(map(len, exports))]
        self._spans = array("Q", bytes(16 * len(self)))
        self._records = _Records()
        self._opened = _Opened()

    def __len__(self) -> int:
        return self._starts[-1]

    def locate(self, number: int) -> tuple[WxrIndex, int]:
        """Return the export that holds an item, and the item's number in it."""
        part = bisect_right(self._starts, number) - 1
        return self.exports[part], number - self._starts[part]

    def read_all(self, jobs: int) -> Iterator[Item | None]:
        """Yield every item in order, None for one that cannot be read; `load` says why, and what was mended.

        Each is parsed in one of `jobs` processes, 0 for as many as there are processors, where that is worth it.
        """
        numbers = range(len(self))
        processes = processes_for(len(self), jobs=jobs, worth=WORTH_PROCESSES)
        if processes == 1:
            for number in numbers:
                item, span = self._parse(number, Findings())
                self._note(number, span)
                yield item
            return
        chunks = chunks_of(numbers)
        found = run_in_processes(self, _parse_all, chunks, processes, Findings())
        for chunk, spans in zip(chunks, found, strict=True):
            for number, span in zip(chunk, spans, strict=True):
                self._note(number, span)
                yield self.load(number, Findings())

    def load(self, number: int, log: Findings) -> Item | None:
        """Return an item; what was mended is a finding. None for one that cannot be read, which is an error finding."""
        start, end = self._spans[2 * number], self._spans[2 * number + 1]
        if not end:
            return self._parse(number, log)[0]
        export, _ = self.locate(number)
        item = self._restored(self._records.read(start, end), export)
        note_repairs(item.repairs, log, export.source, item.line)
        return item

    def parse(self, number: int) -> Span:
        """Keep what the export says of an item, as long as there is room, and return where."""
        return _NOWHERE if self._records.is_full else self._parse(number, Findings())[1]

    def _parse(self, number: int, log: Findings) -> tuple[Item | None, Span]:
        export, local = self.locate(number)
        start, end = export.span(local)
        data = self._opened.read(export.file, start, end)
        item = load_item(data, export, export.lines[local], log)
        if item is None or self._records.is_full:
            return item, _NOWHERE
        return item, self._records.add(_record(item, data, start))

    def _note(self, number: int, span: Span) -> None:
        self._spans[2 * number], self._spans[2 * number + 1] = span

    def _restored(self, record: bytes, export: WxrIndex) -> Item:
        values: list[Any] = marshal.loads(record)
        content = values[_CONTENT]
        if isinstance(content, tuple):
            values[_CONTENT] = self._opened.read(export.file, *content).decode()
        values[_TERMS] = tuple(map(ItemTerm._make, values[_TERMS]))
        values[_COMMENTS] = tuple(map(WxrComment._make, values[_COMMENTS]))
        values[_REPAIRS] = tuple(Repair(*repair) for repair in values[_REPAIRS])
        return Item._make(values)


_CONTENT, _TERMS, _COMMENTS, _REPAIRS = map(Item._fields.index, ("content", "terms", "comments", "repairs"))


def _record(item: Item, data: bytes, start: int) -> bytes:
    """Return an item as bytes; `data` is what it was read from, which begins at the byte `start` of its export."""
    values: list[Any] = list(item)
    if len(item.content) > _LONG:
        body = item.content.encode()
        position = data.find(body)
        if position >= 0:
            values[_CONTENT] = (start + position, start + position + len(body))
    values[_TERMS] = tuple(map(tuple, item.terms))
    values[_COMMENTS] = tuple(map(tuple, item.comments))
    values[_REPAIRS] = tuple((repair.code, repair.count, repair.detail) for repair in item.repairs)
    return marshal.dumps(values)


def _parse_all(items: Items, numbers: Sequence[int]) -> list[Span]:
    return [items.parse(number) for number in numbers]


class _Records:
    """Records in a private temporary file, to which several processes append; the process that made it removes it."""

    def __init__(self) -> None:
        handle, name = tempfile.mkstemp(prefix="hugoconv-", suffix=".items")
        os.close(handle)
        self._path = Path(name)
        self._reading = _Opened()
        self._writing = _Opened("ab")
        self.is_full = False
        weakref.finalize(self, _remove, self._path, (self._reading, self._writing), os.getpid())

    def add(self, record: bytes) -> Span:
        """Write a record behind the others and return where it stands, nowhere when there is no room left."""
        try:
            file = self._writing.file(self._path)
            written = file.write(record)
            end = file.tell()
        except OSError:
            written = end = 0
        self.is_full = end > ROOM or written < len(record)
        return _NOWHERE if written < len(record) else (end - written, end)

    def read(self, start: int, end: int) -> bytes:
        """Return the record that stands there."""
        return self._reading.read(self._path, start, end)


class _Opened:
    """The file that was asked for last, opened by each process for itself."""

    def __init__(self, mode: str = "rb") -> None:
        self._mode = mode
        self._path: Path | None = None
        self._file: FileIO | None = None
        self._owner = 0

    def file(self, path: Path) -> FileIO:
        """Return a file, open."""
        if self._file is None or self._path is not path or self._owner != os.getpid():
            self.close()
            self._file = FileIO(path, self._mode)
            self._path, self._owner = path, os.getpid()
        return self._file

    def read(self, path: Path, start: int, end: int) -> bytes:
        """Return the bytes of a file from `start` to `end`."""
        file = self.file(path)
        file.seek(start)
        return file.read(end - start)

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
        self._file = None

    def __del__(self) -> None:
        self.close()

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_file": None}


def _remove(path: Path, opened: tuple[_Opened, ...], owner: int) -> None:
    if os.getpid() == owner:
        for each in opened:
            each.close()
        path.unlink(missing_ok=True)
