"""The bytes of a file, wherever it is, and the digest by which manifests and packs know a content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from hugoconv.model import Packed

_PIECE = 1 << 18


def pieces_of(source: Path | Packed) -> Iterator[bytes]:
    """Yield the bytes of a file, or of a member of an archive, piece by piece."""
    if not isinstance(source, Path):
        yield from source.chunks()
        return
    with source.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def digest_of(chunks: Iterable[bytes]) -> str:
    """Return the digest by which the manifest knows a content."""
    digest = hashlib.blake2b(digest_size=16)
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()
