"""What a media file is called, and the front matter keys that name one; one table each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

KeyPath = tuple[str | int, ...]

FILE_NAME = re.compile(
    r"[^\s?#]*[^\s?#/]\.(?:avif|bmp|gif|jpe?g|png|svg|tiff?|webp|ico|mp[34]|m4[av]|og[gv]|wav|webm|mov|pdf|zip)",
    re.IGNORECASE,
)
"""A text that is a media file's name or address and nothing else."""

_FILE_KEYS = """
    image images img imgs imagepath imageurl imagesrc picture pictures photo photos cover coverimage coverimg
    featured featuredimage featureimage feature hero heroimage header headerimage headerimg banner bannerimage
    bannerimg background backgroundimage overlayimage teaser thumbnail thumb thumbnailurl thumbnailimage preview
    previewimage ogimage socialimage socialimg shareimage shareimg twitterimage twitterimg cardimage logo avatar
    icon screenshot screenshots gallery galleries slides poster excerptimage video videos audio podcast
    enclosure file files attachment attachments download pdf src url path large medium small resources resource
"""
FILE_KEYS = frozenset(_FILE_KEYS.split())
"""Front matter keys that themes take files from, in lower case without `_` and `-`, at any depth.

Counted over the front matter of 30,000 real posts. The value must also look like a media file (`FILE_NAME`), so that
`cover: true` or `url: /about/` is none.
"""


def is_file_name(text: str) -> bool:
    """Whether a text is a media file's name or address; unlike in prose, blanks may be a part of it."""
    return FILE_NAME.fullmatch(text.replace(" ", "-")) is not None


def named_files(values: Mapping[str, Any]) -> Iterator[tuple[KeyPath, str]]:
    """Yield the path and text of each value that names a media file, in written order; patterns are left out."""
    for key, value in values.items():
        yield from _files((key,), value)


def _files(path: KeyPath, value: Any) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _files((*path, str(key)), item)
    elif isinstance(value, (list, tuple)):
        for number, item in enumerate(value):
            yield from _files((*path, number), item)
    elif isinstance(value, str) and "*" not in value and is_file_name(value):
        key = next((part for part in reversed(path) if isinstance(part, str)), "")
        if key.lower().replace("_", "").replace("-", "") in FILE_KEYS:
            yield path, value
