"""The digest by which manifests and packs know a content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def digest_of(chunks: Iterable[bytes]) -> str:
    """Return the digest by which the manifest knows a content."""
    digest = hashlib.blake2b(digest_size=16)
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()
