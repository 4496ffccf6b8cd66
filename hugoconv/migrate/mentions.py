"""What a post shows and links to, under names that are the same on both sides of a move."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from urllib.parse import unquote, urlsplit

from hugoconv.markup.files import is_file_name
from hugoconv.model import Post, Reference

_SIZED = re.compile(r"(?:-\d{1,5}x\d{1,5}|-scaled|-rotated|-e\d{10,13})+(?=\.\w+\Z)")
"""The marks of WordPress's smaller copies of a picture."""
_SOURCE_NAME = re.compile(r"(?:/_?index)?\.(?:md|markdown|org)\Z")
"""What a page's source has in its name and its address has not."""
_NOT_COMPARED = ("mailto:", "tel:", "javascript:", "data:", "#")


def mentions(post: Post) -> Counter[str]:
    """Return how often each file and address is mentioned in front matter and body."""
    return Counter(filter(None, map(_name, post.references)))


def missing_mentions(old: Post, new: Post) -> list[str]:
    """Return the names of what the old post mentions more often than the new one, whatever the construct is there.

    WordPress writes an address several times for one picture or file (itself, its link, its sizes, its button): of an
    export's post each name counts once.
    """
    wanted = mentions(old)
    if old.source.system == "wordpress":
        wanted = Counter(set(wanted))
    before = wanted.copy()
    wanted.subtract(mentions(new))
    text = unquote(unescape(new.front_matter.matter + new.body.text)).casefold()
    return [name for name, count in wanted.items() if count > 0 and text.count(name.casefold()) < before[name]]


def _name(reference: Reference) -> str:
    """Return a file's name without its size, the last part of a page's address, host and path of any other address."""
    target = unescape(reference.target).strip()
    if target.casefold().startswith(_NOT_COMPARED) or "{" in target:
        return ""
    try:
        parts = urlsplit(target)
    except ValueError:
        return ""
    path = unquote(reference.lead.address if reference.lead.address else parts.path).rstrip("/")
    last = _SOURCE_NAME.sub("", path).rpartition("/")[2]
    if is_file_name(last):
        return _SIZED.sub("", last)
    if reference.lead.kind == "elsewhere" and parts.netloc:
        return (parts.netloc.removeprefix("www.") + unquote(parts.path)).rstrip("/")
    return last
