"""The file behind a WXR: plain as it lies, or unpacked and decoded once into a private temporary file."""

from __future__ import annotations

import codecs
import gzip
import lzma
import os
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from io import BufferedIOBase
from itertools import chain
from pathlib import Path
from typing import BinaryIO, cast

from hugoconv.errors import SourceError
from hugoconv.report.findings import Findings

CHUNK = 1 << 20

_HEAD = 1 << 16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_MEMBER = re.compile(r"(?!__MACOSX/)(?:.*/)?[^/.][^/]*\.(?:xml|wxr)", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml\s[^>]*?encoding\s*=\s*[\"']([A-Za-z][\w.:-]*)[\"']")


@dataclass(frozen=True, slots=True)
class PlainFile:
    """A WXR as plain UTF-8: `source` is its name for findings; a `temporary` file is the caller's to remove."""

    source: str
    file: Path
    temporary: bool


def plain_files(path: Path, log: Findings) -> Iterator[PlainFile]:
    """Yield the XML files that `path` holds: itself, what gzip packed, or the .xml and .wxr members of a zip.

    The kind is taken from the first bytes, not from the name. Raises SourceError for what cannot be unpacked.
    """
    try:
        with path.open("rb") as file:
            magic = file.read(4)
        if magic.startswith(b"PK\x03\x04"):
            yield from _members(path, log)
        elif magic.startswith(b"\x1f\x8b"):
            with gzip.open(path) as stream:
                yield _plain(stream, path.name, log)
        else:
            with path.open("rb") as stream:
                yield _plain(stream, path.name, log, path)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise SourceError(f"cannot be read: {error}", file=path.name) from error


def beginning(path: Path, size: int = 8192) -> bytes:
    """Return the first bytes of the first XML file that `path` holds; b"" when there is none or it is damaged."""
    try:
        with path.open("rb") as file:
            head = file.read(size)
        if head.startswith(b"\x1f\x8b"):
            with gzip.open(path) as stream:
                return stream.read1(size)
        if head.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(path) as archive:
                names = (name for name in archive.namelist() if _MEMBER.fullmatch(name))
                first = next(names, None)
                return archive.open(first).read(size) if first else b""
        return head
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return b""


def _members(path: Path, log: Findings) -> Iterator[PlainFile]:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if _MEMBER.fullmatch(name)]
        if not names:
            raise SourceError("the archive holds no .xml or .wxr file", file=path.name)
        for name in sorted(names, key=_natural):
            with archive.open(name) as stream:
                yield _plain(cast(BufferedIOBase, stream), f"{path.name}/{name}", log)


def _natural(name: str) -> list[tuple[str, int]]:
    """Sort part-2 before part-10."""
    return [(text, int(number or 0)) for text, number in re.findall(r"([^0-9]*)([0-9]{0,18})", name)]


def _plain(stream: BufferedIOBase, source: str, log: Findings, path: Path | None = None) -> PlainFile:
    """Return the file itself when it is plain UTF-8, else a temporary copy of the stream that is."""
    chunks = _chunks(stream, source, log)
    head = b""
    while len(head) < _HEAD and (chunk := next(chunks, b"")):
        head += chunk
    encoding = _encoding(head, source)
    if path and encoding == "utf-8":
        return PlainFile(source, path, temporary=False)
    descriptor, name = tempfile.mkstemp(prefix="hugoconv-", suffix=".xml")
    with ExitStack() as undo:
        undo.callback(os.unlink, name)
        with os.fdopen(descriptor, "wb") as out:
            replaced = _copy(chain((head,), chunks), out, encoding)
        if replaced:
            log.add("HC107", file=source, detail=f"{replaced} characters that are not {encoding} became U+FFFD")
        undo.pop_all()
    return PlainFile(source, Path(name), temporary=True)


def _chunks(stream: BufferedIOBase, source: str, log: Findings) -> Iterator[bytes]:
    """Yield what a stream holds; a packed one that is damaged ends there, with a finding."""
    try:
        # Unlike read, read1 never loses what was unpacked before a fault.
        while chunk := stream.read1(CHUNK):
            yield chunk
    except (EOFError, gzip.BadGzipFile, zipfile.BadZipFile, zlib.error, lzma.LZMAError) as error:
        log.add("HC104", file=source, detail=f"the packed file is damaged ({error})")


def _copy(chunks: Iterable[bytes], out: BinaryIO, encoding: str) -> int:
    """Write chunks as UTF-8; return how many characters could not be decoded."""
    if encoding == "utf-8":
        out.writelines(chunks)
        return 0
    replaced = 0
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for chunk in chunks:
        text = decoder.decode(chunk)
        replaced += text.count("\ufffd")
        out.write(text.encode(errors="replace"))
    return replaced


def _encoding(head: bytes, source: str) -> str:
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    declared = _DECLARED.search(head)
    if not declared:
        return "utf-8"
    name = declared[1].decode()
    try:
        "".encode(name)
    except (LookupError, UnicodeError):
        raise SourceError(f"the encoding {name} is not known; save the file as UTF-8", file=source) from None
    # A declaration that can be read as ASCII is not in UTF-16 or UTF-32, whatever it says.
    normal = codecs.lookup(name).name
    return "utf-8" if normal.startswith(("utf", "ascii")) else normal
