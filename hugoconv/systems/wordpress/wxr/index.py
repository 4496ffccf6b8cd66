"""The index of a WXR: its channel, and where each item stands, so that items can be read alone and in any process."""

from __future__ import annotations

import os
import re
import weakref
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from hugoconv.errors import SourceError
from hugoconv.report.findings import Findings
from hugoconv.systems.wordpress.wxr.items import Channel, Envelope, Item, read_channel, read_item
from hugoconv.systems.wordpress.wxr.names import STANDARD_NAMESPACES
from hugoconv.systems.wordpress.wxr.repair import Repair
from hugoconv.systems.wordpress.wxr.scan import Root, Scan, find_root
from hugoconv.systems.wordpress.wxr.source import CHUNK, PlainFile, plain_files


@dataclass(frozen=True, slots=True, weakref_slot=True)
class WxrIndex(Envelope):
    """An export, ready to be read item by item, in any order and process.

    `items` holds the start and end byte of each item, `lines` its first line; `ends_early` says that the file was cut
    off. A temporary `file` is removed when the index that `index` returned is no longer used, or at exit.
    """

    channel: Channel
    items: array[int] = field(repr=False)
    lines: array[int] = field(repr=False)
    ends_early: bool

    def __len__(self) -> int:
        return len(self.lines)

    def span(self, number: int) -> tuple[int, int]:
        """Return the start and end byte of an item, counted from 0."""
        return self.items[2 * number], self.items[2 * number + 1]

    def envelope(self) -> Envelope:
        """Return what a worker needs, without the byte ranges."""
        return Envelope(self.source, self.file, self.namespaces)


def index(path: Path, log: Findings) -> WxrIndex:
    """Return the index of the one export that `path` (.xml, .wxr, .gz or .zip) holds.

    Raises SourceError when it cannot be read, has neither item nor term nor author, or declares a document type, or
    when an archive holds several exports, which `indexes` reads.
    """
    found = indexes(path, log)
    if len(found) > 1:
        raise SourceError(f"{len(found)} exports in one archive", file=path.name)
    return found[0]


def indexes(path: Path, log: Findings) -> list[WxrIndex]:
    """Return the index of each export that `path` holds, such as the parts of a large site in one zip."""
    return [_index(plain, log) for plain in plain_files(path, log)]


def load_item(data: bytes, envelope: Envelope, line: int, log: Findings) -> Item | None:
    """Read the bytes of an item; what was mended is a finding.

    Returns None for an item that cannot be read, which is an error finding.
    """
    try:
        item = read_item(data, envelope, line)
    except SourceError as error:
        swallowed = len(_ITEM_START.findall(data)) - 1
        detail = f"{error.message}, and the damage hides {swallowed} more" if swallowed > 0 else error.message
        log.add("HC103", file=error.file, line=error.line, item=_label(data), detail=detail)
        return None
    note_repairs(item.repairs, log, envelope.source, line)
    return item


def read_items(found: WxrIndex, log: Findings) -> Iterator[Item]:
    """Yield the items of an export in order, one in memory at a time; unreadable ones are findings."""
    with found.file.open("rb") as file:
        for number in range(len(found)):
            start, end = found.span(number)
            file.seek(start)
            item = load_item(file.read(end - start), found, found.lines[number], log)
            if item is not None:
                yield item


def note_repairs(repairs: Iterable[Repair], log: Findings, source: str, line: int) -> None:
    """Say what was mended, as findings."""
    for repair in repairs:
        log.add(repair.code, file=source, line=line, count=repair.count, detail=repair.detail)


_ITEM_START = re.compile(rb"<item[\s>]")


def _label(data: bytes) -> str:
    known = re.search(rb"<(?:\w+:)?post_id>\s*(?:<!\[CDATA\[)?\s*([0-9]+)", data)
    return known[1].decode() if known else "without id"


def _index(plain: PlainFile, log: Findings) -> WxrIndex:
    try:
        with plain.file.open("rb") as stream:
            found = _scanned(stream, plain, log)
    except BaseException:
        if plain.temporary:
            plain.file.unlink()
        raise
    if plain.temporary:
        weakref.finalize(found, _remove, plain.file, os.getpid())
    return found


def _scanned(stream: BinaryIO, plain: PlainFile, log: Findings) -> WxrIndex:
    try:
        root = find_root(stream.read(CHUNK))
    except SourceError as error:
        raise SourceError(error.message, file=plain.source, line=error.line) from None
    if root.junk:
        log.add(
            "HC107", file=plain.source, line=1, detail=f"{len(root.junk)} bytes that are no XML stand before the export"
        )
    scan = Scan(stream, root.offset, root.line)
    scan.run()
    outer = _outer(stream, scan)
    ends_early = scan.inside or not _closing(root.name).search(outer)
    if ends_early:
        detail = "inside this item" if scan.inside else "the closing tags after the last item are missing"
        log.add("HC104", file=plain.source, line=scan.lines[-1] if scan.lines else root.line, detail=detail)
        outer += b"</channel></%b>" % root.name
    channel = _channel(outer, root, plain.source, log)
    if not scan.lines:
        if not (channel.authors or channel.categories or channel.tags or channel.terms):
            raise SourceError("no readable item", file=plain.source)
        log.add("HC111", file=plain.source, line=root.line)
    declared = dict(STANDARD_NAMESPACES) | dict(root.namespaces)
    namespaces = tuple(declared.items())
    return WxrIndex(plain.source, plain.file, namespaces, channel, scan.items, scan.lines, ends_early)


def _closing(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"</" + re.escape(name) + rb"\s*>")


def _outer(stream: BinaryIO, scan: Scan) -> bytes:
    pieces = []
    for start, end in scan.outer:
        stream.seek(start)
        pieces.append(stream.read(end - start))
    return b"\n".join(pieces)


def _channel(outer: bytes, root: Root, source: str, log: Findings) -> Channel:
    """Read what stands outside of the items, up to the root's end, recording what was mended or is missing."""
    if end := _closing(root.name).search(outer):
        if outer[end.end() :].strip():
            log.add("HC107", file=source, detail="there is text after the end of the export")
        outer = outer[: end.end()]
    try:
        channel, repairs = read_channel(outer)
    except SourceError as error:
        log.add("HC103", file=source, line=root.line, item="channel", detail=error.message)
        return Channel()
    note_repairs(repairs, log, source, root.line)
    if not re.fullmatch(r"[0-9]+\.[0-9]+", channel.wxr_version):
        log.add("HC106", file=source, line=root.line, what="valid wp:wxr_version", instead="what the items say")
    if not (channel.base_blog_url or channel.base_site_url):
        instead = "the channel's link" if channel.link else "what the items' links say"
        log.add("HC106", file=source, line=root.line, what="wp:base_blog_url", instead=instead)
    return channel


def _remove(file: Path, owner: int) -> None:
    # A forked worker holds a copy of the index, but the file is not its own.
    if os.getpid() == owner:
        file.unlink(missing_ok=True)
