"""Where the root element, the items and everything else of a WXR stand, found in one pass over its bytes.

The scan knows CDATA sections, comments and processing instructions, where "<item>" is only text. It holds one chunk.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from typing import BinaryIO

from hugoconv.errors import SourceError
from hugoconv.systems.wordpress.wxr.repair import CLOSERS, Namespaces, namespace_name
from hugoconv.systems.wordpress.wxr.source import CHUNK

_BOM = b"\xef\xbb\xbf"
_BEGINNING = re.compile(rb"<\?xml\s|<!doctype|<rss[\s>]", re.IGNORECASE)
_PROLOG = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->|(<!doctype)|(<[^\s<>/!?]+[^<>]*>)", re.IGNORECASE | re.DOTALL)
_XMLNS = re.compile(r"\sxmlns:([^\s=:]+)\s*=\s*(?:\"([^\"]+)\"|'([^']+)')")
# What the scan may jump over at once: text, tags of no interest, and CDATA sections without "]" in them.
_PLAIN = re.compile(
    rb"[^<]*+(?:<(?:!\[CDATA\[[^\]]*+\]\]>|(?!!\[CDATA\[|!--|\?|/?item[\s>/]))[^<]*+)*+",
)
_TOKEN = re.compile(rb"<!\[CDATA\[|<!--|<\?|</item\s*>|<item(?:\s[^<>]*)?/?>")
_TAG_END = re.compile(rb"[<>]")
_LONGEST_NAME = len(b"<![CDATA[")
_LONGEST_TAG = 1 << 16


@dataclass(frozen=True, slots=True)
class Root:
    """The root element's start tag: its first byte and line, its name, what stands before it and what it declares.

    `junk` is the text that stands before it and is no XML (PHP warnings, blank lines).
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
    stray = b""
    while True:
        match = _PROLOG.match(head, position)
        if match is None:
            markup = head.find(b"<", position + 1)
            if markup < 0:
                raise SourceError("not a WordPress export: no element follows the XML declaration")
            stray += head[position:markup]
            position = markup
            continue
        if match[1]:
            raise SourceError(
                "the file declares a document type (DOCTYPE), which no WordPress export does and which can hide an "
                "attack; remove the declaration if the file is yours",
                line=head.count(b"\n", 0, position) + 1,
            )
        if match[2]:
            break
        position = match.end()
    name = re.split(rb"[\s/>]", match[2][1:], maxsplit=1)[0]
    junk = head[: beginning.start()].removeprefix(_BOM) + stray
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
        self._base = offset  # where the buffer stands in the file
        self._buffer = b""
        self._position = 0  # how far the buffer has been scanned, and how far its lines and ranges are noted
        self._noted = 0
        self._line = line
        self._never_closed: set[bytes] = set()

    def run(self) -> None:
        """Read the stream to its end; `inside` says afterwards that it ended within the last item."""
        self._stream.seek(self._base)
        while match := self._next_token():
            token = match[0]
            if closer := CLOSERS.get(token):
                self._skip(token, closer)
            elif token.startswith(b"</"):
                self._position = match.end()
                self._end_item()
            else:
                self._end_item()
                self._start_item()
                self._position = match.end()
                if token.endswith(b"/>"):
                    self._end_item()
        self._note()
        if self.inside:
            self.items.append(self._base + self._position)

    def _start_item(self) -> None:
        self._note()
        self.inside = True
        self.items.append(self._base + self._position)
        self.lines.append(self._line)

    def _end_item(self) -> None:
        self._note()
        if self.inside:
            self.items.append(self._base + self._position)
        self.inside = False

    def _next_token(self) -> re.Match[bytes] | None:
        while True:
            plain = _PLAIN.match(self._buffer, self._position)
            end = plain.end() if plain else self._position
            if match := _TOKEN.match(self._buffer, end):
                self._position = end
                return match
            if end == len(self._buffer):
                # The last bytes may be the beginning of a token.
                start = self._buffer.rfind(b"<", max(self._position, end - _LONGEST_NAME))
                self._position = end if start < 0 or b">" in self._buffer[start:] else start
            elif _TAG_END.search(self._buffer, end + 1) or len(self._buffer) - end > _LONGEST_TAG:
                self._position = end + 1  # Only the beginning of a tag, so it is text.
                continue
            else:
                self._position = end
            if not self._fill():
                self._position = len(self._buffer)
                return None

    def _skip(self, opener: bytes, closer: bytes) -> None:
        """Go behind a stretch without markup; a comment or instruction that is never closed is text."""
        if opener in self._never_closed:
            self._position += len(opener)
            return
        self._note()
        start, line, ranges, last = self._base + self._position, self._line, len(self.outer), self.outer[-1:]
        self._position += len(opener)
        while (found := self._buffer.find(closer, self._position)) < 0:
            self._position = max(self._position, len(self._buffer) - len(closer) + 1)
            if not self._fill():
                self._position = len(self._buffer)
                if opener != b"<![CDATA[":
                    self._never_closed.add(opener)
                    self._rewind(start, line)
                    self.outer[max(ranges - 1, 0) :] = last
                return
        self._position = found + len(closer)

    def _rewind(self, offset: int, line: int) -> None:
        self._stream.seek(offset)
        self._base, self._buffer, self._position, self._noted = offset, b"", 0, 0
        self._line = line

    def _fill(self) -> bool:
        """Read the next chunk behind what is not yet scanned; False at the end of the file."""
        self._note()
        chunk = self._stream.read(CHUNK)
        self._base += self._position
        self._buffer = self._buffer[self._position :] + chunk
        self._position = self._noted = 0
        return bool(chunk)

    def _note(self) -> None:
        """Count the lines of what has been scanned, and keep its range when it is outside of the items."""
        start, end = self._noted, self._position
        if start == end:
            return
        self._noted = end
        self._line += self._buffer.count(b"\n", start, end)
        if self.inside:
            return
        first, last = self._base + start, self._base + end
        if self.outer and self.outer[-1][1] == first:
            self.outer[-1] = (self.outer[-1][0], last)
        elif not self._buffer[start:end].isspace():
            self.outer.append((first, last))
