"""A WXR that is written from a WXR: every item as its own bytes, edited where its post was edited."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import ClassVar

from hugoconv.errors import SourceError
from hugoconv.migrate.linkmap import LinkMap
from hugoconv.migrate.plan import Copy, FileOp, Piece, Place, Stream
from hugoconv.model import Packed, Post, Site, SiteInfo
from hugoconv.report.findings import Findings
from hugoconv.systems.wordpress.urls import upload_path
from hugoconv.systems.wordpress.writing.edits import edited_item
from hugoconv.systems.wordpress.wxr import edit, writer
from hugoconv.systems.wordpress.wxr.index import WxrIndex
from hugoconv.systems.wordpress.wxr.items import Channel, Item, read_item
from hugoconv.systems.wordpress.wxr.names import STANDARD_NAMESPACES
from hugoconv.systems.wordpress.wxr.repair import Repair, mended
from hugoconv.systems.wordpress.wxr.scan import find_root
from hugoconv.systems.wordpress.wxr.source import CHUNK

COPIED = "copied"
"""The setting under which the reader keeps what a copy is made from."""

_NEEDED = ("wp", "content", "excerpt", "dc")


@dataclass(frozen=True)
class Copied:
    """The exports that were read, and the numbers of those items in them that are posts."""

    exports: Sequence[WxrIndex]
    posts: array[int] = field(repr=False)

    def __len__(self) -> int:
        return sum(map(len, self.exports))

    def locate(self, number: int) -> tuple[int, int]:
        """Return the export that holds an item, and the item's number in it."""
        for position, export in enumerate(self.exports):
            if number < len(export):
                return position, number
            number -= len(export)
        raise IndexError(number)

    def item(self, number: int) -> tuple[bytes, WxrIndex]:
        """Return an item's bytes and its export."""
        position, local = self.locate(number)
        export = self.exports[position]
        return _between(export, *export.span(local)), export

    def line(self, number: int) -> int:
        """Return the line at which an item starts."""
        position, local = self.locate(number)
        return self.exports[position].lines[local]

    def gap(self, number: int) -> bytes:
        """Return what stands between an item and the next one of its export, a line end after the last."""
        position, local = self.locate(number)
        export = self.exports[position]
        if local + 1 == len(export):
            return b"\n" if number + 1 < len(self) else b""
        return _between(export, export.span(local)[1], export.span(local + 1)[0])


@dataclass
class CopiedExport:
    """One run that copies a WXR; see `Container`."""

    name: ClassVar[str] = "wordpress"

    source: Copied
    part_size: int = 0

    def place(self, post: Post, site: SiteInfo) -> Place:
        """See `Container.place`."""
        return Place(PurePosixPath("items", f"{post.number[0]}.{post.number[1]}"), post.address)

    def settle(self, links: LinkMap) -> None:
        """See `Container.settle`."""

    def render(self, post: Post, site: SiteInfo, links: LinkMap, log: Findings) -> Iterator[Piece]:
        """See `Container.render`."""
        number: int = post.extra["number"]
        data, repairs, namespaces_alike = self._mended(number)
        _report(repairs, post.source.name, post.source.line, log)
        old: Item = post.extra["item"]
        new = edited_item(post, old, site, log.at(post.source.name, post.source.line))
        if not namespaces_alike:
            yield self._piece(number, writer.item_xml(new).strip())
            return
        _, export = self.source.item(number)
        read = read_item(data, export.envelope(), export.lines[self.source.locate(number)[1]])
        yield self._piece(number, edit.edited(data, export.namespaces, read, new))

    def finish(self, site: Site, links: LinkMap, log: Findings) -> Iterator[Piece | FileOp]:
        """See `Container.finish`."""
        posts = set(self.source.posts)
        for number in range(len(self.source)):
            if number in posts:
                continue
            _, export = self.source.item(number)
            line = self.source.line(number)
            try:
                data, repairs, alike = self._mended(number)
            except SourceError as error:
                log.add("HC103", file=export.source, line=line, item="without id", detail=error.message)
                continue
            _report(repairs, export.source, line, log)
            yield self._piece(number, data if alike else writer.item_xml(read_item(data, export.envelope())).strip())
        for medium in site.media or ():
            for version in medium.versions:
                path = upload_path(version.address)
                if path and version.source is not None:
                    yield _carried(PurePosixPath("uploads", path), version.source)

    def head(self) -> bytes:
        """See `Container.head`."""
        return self._ends[0]

    def tail(self) -> bytes:
        """See `Container.tail`."""
        return self._ends[1]

    def again(self, piece: bytes) -> bytes:
        """See `Container.again`."""
        return writer.known_again(piece)

    def _piece(self, number: int, data: bytes) -> Piece:
        return Piece(data + _well_formed_gap(self.source.gap(number)), number)

    def _mended(self, number: int) -> tuple[bytes, list[Repair], bool]:
        """Return an item's well-formed bytes, what was mended, and whether they mean the same in the first export."""
        data, export = self.source.item(number)
        _, clean, repairs = mended(data, export.namespaces)
        if (
            repairs
            and all(repair.code == "HC107" for repair in repairs)
            and edit.is_well_formed(data, export.namespaces)
        ):
            clean = data  # only libxml2 needed the repair, as for a namespace name that is not in ASCII
        return clean, repairs, set(export.namespaces) <= set(self.source.exports[0].namespaces)

    @property
    def _ends(self) -> tuple[bytes, bytes]:
        first, *others = self.source.exports
        head, tail = _ends(first)
        known = _names(first.channel)
        missing = [line for export in others for line in writer.channel_lines(_without(export.channel, known))]
        return head + "".join(f"\t{line}\n" for line in missing).encode("utf-8", "replace"), tail


def _carried(path: PurePosixPath, source: Path | Packed) -> FileOp:
    return Copy(path, source) if isinstance(source, Path) else Stream(path, source.chunks)


def _between(export: WxrIndex, start: int, end: int) -> bytes:
    with export.file.open("rb") as file:
        file.seek(start)
        return file.read(end - start)


def _report(repairs: Iterable[Repair], source: str, line: int, log: Findings) -> None:
    for repair in repairs:
        log.add(repair.code, file=source, line=line, count=repair.count, detail=repair.detail)


def _well_formed_gap(gap: bytes) -> bytes:
    if not gap.strip():
        return gap
    try:
        return mended(b"<gap>" + gap + b"</gap>", STANDARD_NAMESPACES, lenient=True)[1][len("<gap>") : -len("</gap>")]
    except SourceError:
        return b"\n"


# The head and the tail ----------------------------------------------------------------------------------------------

_MARK = b"<hugoconv-items/>"
_DECLARATION = re.compile(rb"^<\?xml[^>]*\?>")
_WRITTEN_VERSION = re.compile(rb"(<(?:[^\s<>/:]+:)?wxr_version>)(.*?)(</)", re.DOTALL)
_CHANNEL_START = re.compile(rb"<channel(?:\s[^<>]*)?>")


def _ends(export: WxrIndex) -> tuple[bytes, bytes]:
    """Return what stands before the first item and after the last one, well-formed and with a version of WXR."""
    size = export.file.stat().st_size
    with export.file.open("rb") as file:
        root = find_root(file.read(CHUNK))
    prolog = _between(export, 0, root.offset)
    start = prolog.find(b"<?xml")
    prolog = prolog[start:] if start >= 0 else b'<?xml version="1.0" encoding="UTF-8" ?>\n'
    prolog = _DECLARATION.sub(_in_utf8, prolog)
    if len(export):
        first, last = export.span(0)[0], export.span(len(export) - 1)[1]
    else:
        whole = _between(export, 0, size)
        first = last = max(whole.rfind(b"</channel"), root.offset)
    head, rest = _between(export, root.offset, first), _between(export, last, size)
    closing = re.search(rb"</" + re.escape(root.name) + rb"\s*>", rest)
    end = rest[: closing.end()] if closing else rest + b"</channel>\n</%b>" % root.name
    after = rest[closing.end() :] if closing else b"\n"
    body = head + _MARK + end
    try:
        body = mended(body, STANDARD_NAMESPACES, lenient=True)[1]
    except SourceError:
        return writer.head_xml(export.channel), writer.TAIL
    head, _, tail = body.partition(_MARK)
    return prolog + _with_version(_with_namespaces(head, export)), tail + (b"\n" if after.strip() else after)


def _in_utf8(match: re.Match[bytes]) -> bytes:
    return re.sub(rb"encoding\s*=\s*([\"'])(?!utf-?8)[^\"']*\1", b'encoding="UTF-8"', match[0], flags=re.IGNORECASE)


def _with_namespaces(head: bytes, export: WxrIndex) -> bytes:
    """Declare in the root what items may use although the file never said it."""
    tag = head[: head.index(b">")]
    missing = [(p, n) for p, n in export.namespaces if p in _NEEDED and f"xmlns:{p}=".encode() not in head]
    declared = b"".join(f' xmlns:{prefix}="{name}"'.encode() for prefix, name in missing)
    return tag + declared + head[len(tag) :]


def _with_version(head: bytes) -> bytes:
    """Give a channel without a valid version of WXR one, because the importer refuses the file otherwise."""
    written = _WRITTEN_VERSION.search(head)
    if written is None:
        line = f"\n\t<wp:wxr_version>{writer.VERSION}</wp:wxr_version>".encode()
        return _CHANNEL_START.sub(lambda match: match[0] + line, head, count=1)
    if re.fullmatch(rb"\s*(?:<!\[CDATA\[)?\s*\d+\.\d+\s*(?:\]\]>)?\s*", written[2]):
        return head
    return head[: written.start(2)] + writer.VERSION.encode() + head[written.end(2) :]


def _names(channel: Channel) -> set[tuple[str, str]]:
    terms = (*channel.categories, *channel.tags, *channel.terms)
    return {*(("author", author.login) for author in channel.authors), *((term.taxonomy, term.slug) for term in terms)}


def _without(channel: Channel, known: set[tuple[str, str]]) -> Channel:
    """Return the authors and terms of a channel that are not known yet; they are then."""
    found = Channel(
        authors=tuple(author for author in channel.authors if ("author", author.login) not in known),
        categories=tuple(term for term in channel.categories if (term.taxonomy, term.slug) not in known),
        tags=tuple(term for term in channel.tags if (term.taxonomy, term.slug) not in known),
        terms=tuple(term for term in channel.terms if (term.taxonomy, term.slug) not in known),
    )
    known |= _names(found)
    return found
