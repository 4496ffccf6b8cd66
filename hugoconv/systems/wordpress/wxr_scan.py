"""Where the root element, the items and everything else of a WXR stand, found in one pass over its bytes.

The scan knows CDATA sections, comments and processing instructions, where "<item>" is only text. It holds one chunk.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from typing import BinaryIO

from hugoconv.errors import SourceError
from hugoconv.systems.wordpress.wxr_repair import CLOSERS, Namespaces, namespace_name
from hugoconv.systems.wordpress.wxr_source import CHUNK

_BOM = b"\xef\xbb\xbf"
_BEGINNING = re.compile(rb"<\?xml\s|<!doctype|<rss[\s>]", re.IGNORECASE)
_PROLOG = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->|(<!doctype)|(<[^\s<>/!?]+[^<>]*>)", re.IGNORECASE | re.DOTALL)
_XMLNS = re.compile(r"\sxmlns:([^\s=:]+)\s*=\s*(?:\"([^\"]+)\"|'([^']+)')")
_TOKEN = re.compile(rb"<!\[CDATA\[|<!--|<\?|</item\s*>|<item(?:\s[^<>]*)?>")
_LONGEST_TAG = 1 << 16


@dataclass(frozen=True, slots=True)
class Root:
    """The root element's start tag: its first byte and line, its name, what stands before it and what it declares.

    `junk` is the text before the XML begins (PHP warnings, blank lines).
    """

    offset: int
    line: int
    name: bytes
    junk: bytes
    namespaces: Namespaces


def find_root(head: bytes) -> Root:
    """Find the root element in the first bytes of a file; raises SourceError when there is none, or a DOCTYPE."""
    beginning = _BEGINNING.search(head)
    if not beginning:
        raise SourceError("not a WordPress export: no <rss> element was found")
    position = beginning.start()
    while match := _PROLOG.match(head, position):
        if match[1]:
            raise SourceError(
                "the file declares a document type (DOCTYPE), which no WordPress export does and which can hide an "
                "attack; remove the declaration if the file is yours",
                line=head.count(b"\n", 0, position) + 1,
            )
        if match[2]:
            break
        position = match.end()
    else:
        raise SourceError("not a WordPress export: no element follows the XML declaration")
    name = re.split(rb"[\s/>]", match[2][1:], maxsplit=1)[0]
    junk = head[: beginning.start()].removeprefix(_BOM)
    return Root(position, head.count(b"\n", 0, position) + 1, name, junk, _namespaces(head, position))


def _namespaces(head: bytes, root: int) -> Namespaces:
    """Return what the root and the channel declare."""
    first_item = head.find(b"<item", root)
    outer = head[root : first_item if first_item >= 0 else len(head)]
    tags = [*re.findall(rb"\A<[^<>]*>", outer), *re.findall(rb"<channel\s[^<>]*>", outer)[:1]]
    declared: dict[str, str] = {}
    for tag in tags:
        for prefix, double, single in _XMLNS.findall(tag.decode(errors="replace")):
            if prefix not in ("xml", "xmlns"):
                declared[prefix] = namespace_name(double or single)
    return tuple(declared.items())


class Scan:
    """The pass: `items` gets the start and end of each item, `lines` their first lines, `outer` the ranges between."""

    def __init__(self, stream: BinaryIO, offset: int, line: int) -> None:
        self.items = array("Q")
        self.lines = array("I")
        self.outer: list[tuple[int, int]] = []
        self.inside = False
        self._stream = stream
        self._buffer = b""
        self._position = 0
        self._base = offset
        self._line = line
        self._never_closed: set[bytes] = set()

    def run(self) -> None:
        """Read the stream to its end; `inside` says afterwards that it ended within the last item."""
        self._stream.seek(self._base)
        while match := self._next_token():
            token = match[0]
            self._advance(match.start())
            if closer := CLOSERS.get(token):
                self._skip(token, closer)
            elif token.startswith(b"</"):
                self._advance(match.end())
                self._end_item()
            else:
                self._end_item()
                self._start_item()
                self._advance(match.end())
                if token.endswith(b"/>"):
                    self._end_item()
        if self.inside:
            self.items.append(self._base + self._position)

    def _start_item(self) -> None:
        self.inside = True
        self.items.append(self._base + self._position)
        self.lines.append(self._line)

    def _end_item(self) -> None:
        if self.inside:
            self.items.append(self._base + self._position)
        self.inside = False

    def _next_token(self) -> re.Match[bytes] | None:
        while not (match := _TOKEN.search(self._buffer, self._position)):
            # A tag may go on in the next chunk.
            tag = self._buffer.rfind(b"<", max(self._position, len(self._buffer) - _LONGEST_TAG))
            self._advance(tag if tag >= 0 else len(self._buffer))
            if not self._fill():
                self._advance(len(self._buffer))
                return None
        return match

    def _skip(self, opener: bytes, closer: bytes) -> None:
        """Go behind a stretch without markup; a comment or instruction that is never closed is text."""
        if opener in self._never_closed:
            self._advance(self._position + len(opener))
            return
        start, line, ranges, last = self._base + self._position, self._line, len(self.outer), self.outer[-1:]
        self._advance(self._position + len(opener))
        while (found := self._buffer.find(closer, self._position)) < 0:
            self._advance(max(self._position, len(self._buffer) - len(closer) + 1))
            if not self._fill():
                self._advance(len(self._buffer))
                if opener != b"<![CDATA[":
                    self._never_closed.add(opener)
                    self._rewind(start, line)
                    self.outer[max(ranges - 1, 0) :] = last
                return
        self._advance(found + len(closer))

    def _rewind(self, offset: int, line: int) -> None:
        self._stream.seek(offset)
        self._buffer, self._position, self._base = b"", 0, offset
        self._line = line

    def _advance(self, end: int) -> None:
        """Take note of the bytes up to `end`: their lines, and their range when they are outside of the items."""
        if end == self._position:
            return
        start = self._position
        self._line += self._buffer.count(b"\n", start, end)
        if not self.inside and not self._buffer[start:end].isspace():
            first, last = self._base + start, self._base + end
            if self.outer and self.outer[-1][1] == first:
                first = self.outer.pop()[0]
            self.outer.append((first, last))
        self._position = end

    def _fill(self) -> bool:
        chunk = self._stream.read(CHUNK)
        self._base += self._position
        self._buffer = self._buffer[self._position :] + chunk
        self._position = 0
        return bool(chunk)
