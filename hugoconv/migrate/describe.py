"""What can be told of a post whatever its system: its fields and terms where they can be read, its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any

from hugoconv.fields import FieldError
from hugoconv.markup.constructs import Construct
from hugoconv.model import Post

_TAG = re.compile(r"<[^<>]*>")
_URL = re.compile(r"https?://[^\s<>\"')\]]+")
_WORD = re.compile(r"\w+")


def field_of(post: Post, name: str) -> Any:
    """Return a typed field, None for a value from which it cannot be read."""
    try:
        return getattr(post, name)
    except FieldError:
        return None


def terms_of(post: Post) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each taxonomy with the names of the post's terms, those that can be read."""
    for taxonomy in post.keys.taxonomies:
        try:
            names = tuple(dict.fromkeys(str(term) for term in post.terms.get(taxonomy, ())))
        except FieldError:
            continue
        if names:
            yield taxonomy, names


def word_count(post: Post, constructs: Sequence[Construct] | None = None) -> int:
    """Count the words of a body, without tags, addresses and its constructs' own words, but for captions.

    `constructs` are those of the body, found here when not given.
    """
    text = post.body.text
    constructs = post.body.constructs if constructs is None else constructs
    kept = [construct.argument("caption") for construct in constructs]
    position = 0
    for start, end in sorted(span for construct in constructs for span in _own_text(construct)):
        if start >= position:
            kept.append(text[position:start])
            position = end
    kept.append(text[position:])
    plain = _TAG.sub(" ", unescape(" ".join(kept)))  # in this order, for code is escaped in HTML and not in Markdown
    return sum(1 for _ in _WORD.finditer(_URL.sub(" ", plain)))


def _own_text(construct: Construct) -> tuple[tuple[int, int], ...]:
    """Return the spans of a construct itself, without the text that it encloses."""
    if construct.inner_start < 0:
        return ((construct.start, construct.end),)
    return ((construct.start, construct.inner_start), (construct.inner_end, construct.end))
