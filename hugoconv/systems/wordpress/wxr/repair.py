"""From the bytes of one XML element to a tree, mending what is broken where it is clear what was meant."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from html.entities import html5
from urllib.parse import quote

from lxml import etree

from hugoconv.errors import SourceError

Namespaces = tuple[tuple[str, str], ...]
"""Prefixes with their namespace names, as the elements around an item declare them."""

UNDECLARED = "undeclared:"
"""What the namespace name begins with that is given to a prefix which the file never declares."""

CLOSERS = {b"<![CDATA[": b"]]>", b"<!--": b"-->", b"<?": b"?>"}
"""What opens a stretch of XML without markup (CDATA section, comment, instruction), and what closes it."""

_FORBIDDEN = bytes(byte for byte in range(32) if byte not in b"\t\n\r")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Repair:
    """Something mended while reading: the code of the finding to make of it, and that finding's details."""

    code: str
    count: int
    detail: str = ""


def parse(data: bytes, namespaces: Namespaces = (), *, lenient: bool = False) -> tuple[etree._Element, list[Repair]]:
    """Parse one XML element, in UTF-8, and return it with the repairs that were necessary; see `mended`."""
    tree, _, repairs = mended(data, namespaces, lenient=lenient)
    return tree, repairs


def mended(
    data: bytes, namespaces: Namespaces = (), *, lenient: bool = False
) -> tuple[etree._Element, bytes, list[Repair]]:
    """Return one XML element, its bytes in UTF-8 as they are or mended, and the repairs that were necessary.

    `namespaces` are the declarations that hold around the element. `lenient` also drops end tags that close nothing:
    right for the channel, whose elements lie side by side, but not for an item, where text could change its field.
    Raises SourceError, its line counted from the first line of `data`, when the element is still not well-formed.
    """
    repairs: list[Repair] = []
    clean = data.translate(None, _FORBIDDEN)
    if removed := len(data) - len(clean):
        repairs.append(Repair("HC105", removed))
    if _is_spread(clean):
        clean, spread = _gathered(clean)
        repairs.append(Repair("HC107", spread, f"line ends that a view of the XML put around texts ({spread} times)"))
    try:
        return _tree(clean, namespaces), clean, repairs
    except etree.XMLSyntaxError as error:
        fault = error
    declared = frozenset(prefix.encode() for prefix, _ in namespaces)
    for mend in (*_MENDS, _BALANCE) if lenient else _MENDS:
        clean, count = mend.make(clean, declared)
        if not count:
            continue
        repairs.append(Repair(mend.code, count, mend.detail.format(count=count)))
        try:
            return _tree(clean, namespaces), clean, repairs
        except etree.XMLSyntaxError as error:
            fault = error
    raise SourceError(_PLACE.sub("", fault.msg or "not well-formed XML"), line=fault.lineno or 0)


# A browser's view of an export, or a printer of XML, has each text on lines of its own: an item's first one tells.
_SPREAD = re.compile(rb"<(?:title|\w+:\w+)>[ \t\r]*\n\s*\Z")
_FAR = 200
_SPREAD_OPENING = re.compile(rb"(<((?:\w+:)?\w+)[^<>]*>)[ \t\r]*\n\s*<!\[CDATA\[( ?)")
_SPREAD_END = re.compile(rb"\]\]>\s*</((?:\w+:)?\w+)\s*>")


def _is_spread(data: bytes) -> bool:
    first = data.find(b"<![CDATA[")
    return data[first - 1 : first].isspace() and bool(_SPREAD.search(data, max(first - _FAR, 0), first))


def _gathered(data: bytes) -> tuple[bytes, int]:
    pieces: list[bytes] = []
    position = count = 0
    end = _SPREAD_END.search(data)
    for opening in _SPREAD_OPENING.finditer(data):
        if end and end.start() < opening.end():
            end = _SPREAD_END.search(data, opening.end())
        if end is None:
            break
        tag, name, space = opening.groups()
        if opening.start() >= position and end[1] == name:
            text = data[opening.end() : end.start()].removesuffix(space)
            pieces += [data[position : opening.start()], b"%b<![CDATA[%b]]></%b>" % (tag, text, name)]
            position = end.end()
            count += 1
    return b"".join((*pieces, data[position:])), count


# libxml2 ends its messages with places in the part that was parsed, which say nothing about the file.
_PLACE = re.compile(r",? line \d+(?:, column \d+)?")


def _tree(data: bytes, namespaces: Namespaces) -> etree._Element:
    root = etree.fromstring(b"".join((_start_tag(namespaces), data, b"</wxr>")), _PARSER)
    children = [child for child in root if isinstance(child.tag, str)]
    if len(children) != 1:
        raise SourceError(f"{len(children)} elements where one was expected")
    return children[0]


@lru_cache(maxsize=64)
def _start_tag(namespaces: Namespaces) -> bytes:
    declarations = (f' xmlns:{prefix}="{name}"' for prefix, name in namespaces)
    return f"<wxr{''.join(declarations)}>".encode()


def namespace_name(text: str) -> str:
    """Return a namespace name as a URI that libxml2 accepts: what is not ASCII, and spaces, percent-encoded."""
    return quote(text, safe=":/?#[]@!$&'()*+,;=%~")


_OPENER = re.compile(rb"<!\[CDATA\[|<!--|<\?")


def segments(data: bytes) -> Iterator[tuple[bytes, bool]]:
    """Cut XML into pieces, each with whether it is markup and text (else a CDATA section, comment or instruction).

    An unclosed CDATA section goes to the end; an unclosed comment or instruction counts as text.
    """
    unclosed: set[bytes] = set()
    start = position = 0
    while match := _OPENER.search(data, position):
        opener = match[0]
        found = -1 if opener in unclosed else data.find(CLOSERS[opener], match.end())
        if found < 0 and opener != b"<![CDATA[":
            unclosed.add(opener)
            position = match.end()
            continue
        yield data[start : match.start()], True
        start = position = len(data) if found < 0 else found + len(CLOSERS[opener])
        yield data[match.start() : start], False
    yield data[start:], True


# The mends. Each takes the bytes and the declared prefixes and returns the bytes with the number of changes.


def _replace_in_markup(
    data: bytes, _declared: frozenset[bytes], *, pattern: re.Pattern[bytes], replace: Callable[[re.Match[bytes]], bytes]
) -> tuple[bytes, int]:
    changes = 0

    def counted(match: re.Match[bytes]) -> bytes:
        nonlocal changes
        replacement = replace(match)
        changes += replacement != match[0]
        return replacement

    pieces = [pattern.sub(counted, piece) if is_markup else piece for piece, is_markup in segments(data)]
    return b"".join(pieces), changes


def _character(match: re.Match[bytes]) -> bytes:
    number = int(match[1]) if match[1] else int(match[2], 16)
    control = number < 32 and number not in (9, 10, 13)
    return b"" if control or 0xD800 <= number < 0xE000 or number in (0xFFFE, 0xFFFF) or number > 0x10FFFF else match[0]


def _entity(match: re.Match[bytes]) -> bytes:
    name = match[1].decode()
    if name in ("amp", "lt", "gt", "quot", "apos") or f"{name};" not in html5:
        return match[0]
    return html5[f"{name};"].replace("&", "&amp;").replace("<", "&lt;").encode()


def _ampersand(match: re.Match[bytes]) -> bytes:
    return match[0] if match[1] else b"&amp;"


def _declaration(match: re.Match[bytes]) -> bytes:
    name = match[3].decode()
    return match[1] + match[2] + namespace_name(name).encode() + match[2] if name else b""


def _mend_encoding(data: bytes, _declared: frozenset[bytes]) -> tuple[bytes, int]:
    # A character that the end of the data cuts in two stays behind in the decoder.
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(data)
    return text.encode(), text.count("\ufffd") - data.count("\ufffd".encode())


def _mend_noncharacters(data: bytes, _declared: frozenset[bytes]) -> tuple[bytes, int]:
    return re.subn(rb"\xef\xbf[\xbe\xbf]", b"", data)


_VALUE = re.compile(rb"<([^\s<>/!?]+)[^<>]*>\s*<!\[CDATA\[")


def _mend_openings(data: bytes, _declared: frozenset[bytes]) -> tuple[bytes, int]:
    """Write the beginning of a section as it must be, where it stands right behind a tag."""
    return _MISTYPED.subn(b"><![CDATA[", data)


_MISTYPED = re.compile(rb">\s*<!\[CDATA>")


def _mend_sections(data: bytes, _declared: frozenset[bytes]) -> tuple[bytes, int]:
    pieces: list[bytes] = []
    position = count = 0
    while match := _VALUE.search(data, position):
        name = re.escape(match[1])
        end = re.compile(rb"\]\]>\s*</" + name + rb"\s*>").search(data, match.end())
        if not end:
            break
        text = data[match.end() : end.start()]
        _first, *rest = text.split(b"]]>")
        well_split = all(piece.lstrip().startswith(b"<![CDATA[") for piece in rest)
        if not well_split and not re.search(rb"</" + name + rb"\s*>", text):
            text = text.replace(b"]]]]><![CDATA[>", b"]]>").replace(b"]]>", b"]]]]><![CDATA[>")
            count += 1
        pieces += data[position : match.end()], text
        position = end.start()
    return b"".join(pieces) + data[position:], count


_RAW = re.compile(rb"<((?:[^\s<>/:!?]+:)?(?:encoded|description|comment_content))\s*>")


def _mend_raw_markup(data: bytes, _declared: frozenset[bytes]) -> tuple[bytes, int]:
    hidden = b"".join(piece if is_markup else b"\0" * len(piece) for piece, is_markup in segments(data))
    pieces: list[bytes] = []
    position = count = 0
    while match := _RAW.search(hidden, position):
        end = hidden.find(b"</" + match[1], match.end())
        if end < 0:
            break
        text = data[match.end() : end]
        if b"<" in text and b"<![CDATA[" not in text:
            text = b"<![CDATA[" + text.replace(b"]]>", b"]]]]><![CDATA[>") + b"]]>"
            count += 1
        pieces += data[position : match.end()], text
        position = end
    return b"".join(pieces) + data[position:], count


_TAG = re.compile(rb"<(/?)([A-Za-z_\x80-\xff][^\s<>/]*)([^<>]*)>")
_PREFIX = re.compile(rb"(?:</?|\s)([A-Za-z_][\w.-]*):[A-Za-z_]")


def _mend_prefixes(data: bytes, declared: frozenset[bytes]) -> tuple[bytes, int]:
    tags = [tag[0] for piece, is_markup in segments(data) if is_markup for tag in _TAG.finditer(piece)]
    used = {prefix for tag in tags for prefix in _PREFIX.findall(tag)}
    local = {prefix for tag in tags for prefix in re.findall(rb"\sxmlns:([^\s=]+)", tag)}
    missing = sorted(used - local - declared - {b"xml", b"xmlns"})
    first = re.match(rb"\s*<[^\s<>/]+", data)
    if not first:
        return data, 0
    declarations = b"".join(b' xmlns:%b="%b%b"' % (prefix, UNDECLARED.encode(), prefix) for prefix in missing)
    return data[: first.end()] + declarations + data[first.end() :], len(missing)


def _mend_nesting(data: bytes, _declared: frozenset[bytes], *, drop: bool) -> tuple[bytes, int]:
    """Close what is open at the end; an end tag that does not fit is dropped, or (not `drop`) nothing is changed."""
    pieces: list[bytes] = []
    opened: list[bytes] = []
    depth: Counter[bytes] = Counter()
    count = position = 0
    for piece, is_markup in segments(data):
        position += len(piece)
        if not is_markup:
            pieces.append(piece)
            if piece.startswith(b"<![CDATA[") and not piece.endswith(b"]]>"):
                pieces.append(b"]]>")
                count += 1
            continue
        if position == len(data) and piece.rfind(b"<") > piece.rfind(b">"):
            piece = piece[: piece.rfind(b"<")]
            count += 1
        start = 0
        for tag in _TAG.finditer(piece):
            pieces.append(piece[start : tag.start()])
            start = tag.end()
            name = tag[2]
            if not tag[1]:
                pieces.append(tag[0])
                if not tag[3].endswith(b"/"):
                    opened.append(name)
                    depth[name] += 1
                continue
            if opened[-1:] != [name]:
                if not drop:
                    return data, 0
                count += 1
            closed = b"" if depth[name] else name
            while closed != name:
                closed = opened.pop()
                depth[closed] -= 1
                pieces.append(b"</%b>" % closed)
        pieces.append(piece[start:])
    pieces += (b"</%b>" % name for name in reversed(opened))
    return b"".join(pieces), count + len(opened)


@dataclass(frozen=True, slots=True)
class _Mend:
    make: Callable[[bytes, frozenset[bytes]], tuple[bytes, int]]
    detail: str
    code: str = "HC107"


def _in_markup(pattern: bytes, replace: Callable[[re.Match[bytes]], bytes], detail: str, code: str = "HC107") -> _Mend:
    return _Mend(partial(_replace_in_markup, pattern=re.compile(pattern), replace=replace), detail, code)


_NUMBER = rb"#(?:[0-9]{1,9}|x[0-9A-Fa-f]{1,8})"

# In the order in which they are tried; those that do not apply change nothing.
_MENDS = (
    _Mend(_mend_encoding, "bytes that are not UTF-8 became U+FFFD ({count} times)"),
    _Mend(_mend_noncharacters, "", "HC105"),
    _Mend(_mend_openings, 'sections that begin with "<![CDATA>" ({count})'),
    _Mend(_mend_sections, 'the text contains "]]>" ({count} times)'),
    _Mend(partial(_mend_nesting, drop=False), "the end is missing ({count} open elements were closed)"),
    _in_markup(
        rb"(\sxmlns(?::[^\s=]+)?\s*=\s*)([\"'])([^<\"']*)\2",
        _declaration,
        "namespace names that are not valid addresses ({count} times)",
    ),
    _in_markup(rb"&#(?:([0-9]{1,9})|x([0-9A-Fa-f]{1,8}));", _character, "", "HC105"),
    _in_markup(rb"&([A-Za-z][A-Za-z0-9]*);", _entity, "named HTML entities, unknown to XML ({count} times)"),
    _in_markup(rb"&(?:(" + _NUMBER + rb"|amp|lt|gt|quot|apos);)?", _ampersand, 'a bare "&" ({count} times)'),
    _in_markup(rb"<(?![A-Za-z_/\x80-\xff])", lambda _: b"&lt;", 'a bare "<" ({count} times)'),
    _Mend(_mend_raw_markup, "text with markup outside of CDATA ({count} times)"),
    _Mend(_mend_prefixes, "prefixes that are not declared ({count})"),
)
_BALANCE = _Mend(partial(_mend_nesting, drop=True), "end tags that close nothing, or were missing ({count})")
