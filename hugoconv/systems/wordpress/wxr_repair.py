"""From the bytes of one XML element to a tree, mending what is broken where it is clear what was meant.

Text inside CDATA sections, comments and processing instructions is never touched, except by the two rows that say so.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html.entities import html5

from lxml import etree

from hugoconv.errors import SourceError

UNDECLARED = "undeclared:"
"""What the namespace name of a prefix begins with that the file uses without declaring it."""

Namespaces = tuple[tuple[str, str], ...]
"""Prefixes with their namespace names, as the elements around an item declare them."""

CLOSERS = {b"<![CDATA[": b"]]>", b"<!--": b"-->", b"<?": b"?>"}
"""What opens a stretch of XML that holds no markup, and what closes it."""

_FORBIDDEN = bytes(byte for byte in range(32) if byte not in b"\t\n\r")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, encoding="utf-8")
_OPENER = re.compile(rb"<!\[CDATA\[|<!--|<\?")


@dataclass(frozen=True, slots=True)
class Repair:
    """Something mended while reading: the code of the finding to make of it, and that finding's details."""

    code: str
    details: Mapping[str, object]


def parse(data: bytes, namespaces: Namespaces = (), *, lenient: bool = False) -> tuple[etree._Element, list[Repair]]:
    """Parse one XML element, in UTF-8, and return it with the repairs that were necessary.

    `namespaces` are the declarations that hold around the element. `lenient` also drops end tags that close nothing:
    right for the channel, whose elements lie side by side, but not for an item, where text could change its field.
    Raises SourceError, its line counted from the first line of `data`, when the element is still not well-formed.
    """
    repairs: list[Repair] = []
    clean = data.translate(None, _FORBIDDEN)
    if removed := len(data) - len(clean):
        repairs.append(Repair("HC105", {"count": removed}))
    try:
        return _tree(clean, namespaces), repairs
    except etree.XMLSyntaxError as error:
        fault = error
    declared = frozenset(prefix.encode() for prefix, _ in namespaces)
    for mend in (*_MENDS, _BALANCE) if lenient else _MENDS:
        clean, count = mend.make(clean, declared)
        if not count:
            continue
        repairs.append(Repair(mend.code, {"count": count, "detail": mend.detail.format(count=count)}))
        try:
            return _tree(clean, namespaces), repairs
        except etree.XMLSyntaxError as error:
            fault = error
    raise SourceError(_PLACE.sub("", fault.msg or "not well-formed XML"), line=fault.lineno or 0)


_PLACE = re.compile(r",? line \d+(?:, column \d+)?")


def _tree(data: bytes, namespaces: Namespaces) -> etree._Element:
    root = etree.fromstring(b"".join((_wrapper(namespaces), data, b"</wxr>")), _PARSER)
    children = root.findall("*")
    if len(children) != 1:
        raise SourceError(f"one element expected, {len(children)} found")
    return children[0]


@lru_cache(maxsize=64)
def _wrapper(namespaces: Namespaces) -> bytes:
    declarations = "".join(f' xmlns:{prefix}="{name}"' for prefix, name in namespaces)
    return f"<wxr{declarations}>".encode()


def segments(data: bytes) -> Iterator[tuple[bytes, bool]]:
    """Cut XML into (piece, whether it is markup and text); the rest are CDATA sections, comments and instructions.

    A CDATA section that is not closed goes to the end; an unclosed comment or instruction counts as text.
    """
    unclosed: set[bytes] = set()
    start = position = 0
    while match := _OPENER.search(data, position):
        opener = match[0]
        end = -1 if opener in unclosed else data.find(CLOSERS[opener], match.end())
        if end >= 0:
            end += len(CLOSERS[opener])
        elif opener == b"<![CDATA[":
            end = len(data)
        else:
            unclosed.add(opener)
            position = match.end()
            continue
        yield data[start : match.start()], True
        yield data[match.start() : end], False
        start = position = end
    yield data[start:], True


# The mends: each takes the bytes and the declared prefixes, and returns the bytes with the number of changes.


def _mend_encoding(data: bytes, declared: frozenset[bytes]) -> tuple[bytes, int]:
    # A character cut in two by the end of the data stays in the decoder and is dropped with the rest of its text.
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(data)
    return text.encode(), text.count("\ufffd") - data.count("\ufffd".encode())


def _mend_noncharacters(data: bytes, declared: frozenset[bytes]) -> tuple[bytes, int]:
    return re.subn(rb"\xef\xbf[\xbe\xbf]", b"", data)


def _mend_sections(data: bytes, declared: frozenset[bytes]) -> tuple[bytes, int]:
    pieces: list[bytes] = []
    position = count = 0
    for match in re.finditer(rb"<([^\s<>/!?]+)[^<>]*>\s*<!\[CDATA\[", data):
        if match.start() < position:
            continue
        end = _end_of_text(data, match.end(), match[1])
        text = data[match.end() : end]
        if end < 0 or not _splits_wrongly(text):
            position = max(position, match.end())
            pieces.append(data[sum(map(len, pieces)) : position]) if False else None
            continue
        count += 1
    return data, count


