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


def text_of(post: Post) -> str:
    """Return a body with the notes that its system keeps beside it."""
    notes = post.extra.get("notes")
    return f"{post.body.text}\n{notes}" if notes else post.body.text


def all_text_of(post: Post) -> str:
    """Return all that a post says: its front matter as it is written, else its values, and its body with the notes."""
    matter = post.front_matter.matter or "\n".join(f"{key}: {value}" for key, value in post.front_matter.items())
    return f"{matter}\n{text_of(post)}"


def word_count(post: Post, constructs: Sequence[Construct] | None = None) -> int:
    """Count the words of a body, without tags, addresses and its constructs' own words, but for captions.

    `constructs` are those of the body, found here when not given.
    """
    text = without_constructs(post, constructs)
    plain = _TAG.sub(" ", unescape(text))  # in this order, for code is escaped in HTML and not in Markdown
    return sum(1 for _ in _WORD.finditer(_URL.sub(" ", plain)))


def without_constructs(post: Post, constructs: Sequence[Construct] | None = None) -> str:
    """Return a body in which each construct is its caption and what it encloses, both in their places."""
    text = post.body.text
    constructs = post.body.constructs if constructs is None else constructs
    kept: list[str] = []
    position = 0
    for start, end, caption in sorted(span for construct in constructs for span in _own_text(construct)):
        if start >= position:
            kept += [text[position:start], caption]
            position = end
    kept.append(text[position:])
    return " ".join(kept)


def _own_text(construct: Construct) -> tuple[tuple[int, int, str], ...]:
    """Return the spans of a construct itself, without the text that it encloses, the first with its caption."""
    caption = construct.argument("caption")
    if construct.inner_start < 0:
        return ((construct.start, construct.end, caption),)
    return ((construct.start, construct.inner_start, caption), (construct.inner_end, construct.end, ""))
