"""What providers answered when WordPress asked how to show an address: it keeps that in fields of the item."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from hashlib import md5
from html import unescape
from typing import Final

from hugoconv.systems.wordpress.wxr.items import Pairs

_FIELD: Final = re.compile(r"_oembed_([0-9a-f]{32})\Z")
_SAYS_SOMETHING: Final = re.compile(r"\s*<(?:blockquote\b(?![^>]*\b(?:instagram-media|fb-))|a\s|iframe\s)")
"""Words, links and pictures, or a frame; others need a program that shows them."""
_WITHOUT: Final = re.compile(
    r"<script\b.*?(?:</script>|\Z)|<iframe[^<>]*\bwp-embedded-content\b.*?(?:</iframe>|\Z)", re.DOTALL | re.IGNORECASE
)
"""What asks the network for the same once more; without an end it goes on to that of all."""
_WIDEST: Final = 2000


def answers_in(meta: Pairs) -> dict[str, str]:
    """Return the answers among an item's fields, by the last part of their names."""
    return {
        found[1]: _WITHOUT.sub("", value)
        for name, value in meta
        if name.startswith("_oembed_") and (found := _FIELD.match(name)) and _SAYS_SOMETHING.match(value)
    }


def answer(url: str, answers: Mapping[str, str]) -> str:
    """Return how an address was shown, "" when nothing says it."""
    if not answers:
        return ""
    return next((answers[name] for name in _names(unescape(url).strip()) if name in answers), "")


def _names(url: str) -> Iterator[str]:
    """Yield the names that an answer may have: a digest of the address and of the room that the theme had for it."""
    for width in range(1, _WIDEST):
        height = min(math.ceil(width * 1.5), 1000)
        for kind in "id":  # a whole number since WordPress 5.1, before that a float
            asked = f'{url}a:2:{{s:5:"width";i:{width};s:6:"height";{kind}:{height};}}'
            yield md5(asked.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()
