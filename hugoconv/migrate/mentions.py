"""What a post shows and links to, under names that are the same on both sides of a move."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from html import unescape
from types import MappingProxyType
from urllib.parse import unquote

from hugoconv.markup.embeds import embed_of
from hugoconv.markup.files import is_file_name
from hugoconv.migrate.describe import all_text_of
from hugoconv.model import Post, Reference
from hugoconv.urls import urlsplit

_SIZED = re.compile(r"(?:-\d{1,5}x\d{1,5}|-scaled|-rotated|-e\d{10,13})+(?=\.\w+\Z)")
"""The marks of WordPress's smaller copies of a picture."""
_SOURCE_NAME = re.compile(r"(?:/_?index)?\.(?:md|markdown|org)\Z")
"""What a page's source has in its name and its address has not."""
_NOT_COMPARED = ("mailto:", "tel:", "javascript:", "data:", "#")


def mentions(post: Post, redirects: Collection[str] = ()) -> Counter[str]:
    """Return how often each file and address is mentioned in front matter and body; of definitions those in use.

    `redirects` are addresses at which there is no page but a redirect; links to them may be led on.
    """
    shown = (each for each in post.references if each.lead.address not in redirects and _is_shown(each, post))
    return Counter(filter(None, map(_name, shown)))


def _is_shown(reference: Reference, post: Post) -> bool:
    """Whether a reader sees a mention.

    Not the definition of a link that the text does not have, nor a picture in the description of another one.
    """
    text = post.body.text
    if reference.kind == "image":
        return not text[: max(text.rfind("![", 0, reference.start), 0)].endswith("![")
    if reference.kind != "definition":
        return True
    label = text[text.rfind("[", 0, reference.start) : reference.start].rpartition("]:")[0].casefold()
    return not label or text.casefold().count(f"{label}]") > 1


def missing_mentions(
    old: Post, new: Post, redirects: Collection[str] = (), moved: Mapping[str, str] = MappingProxyType({})
) -> list[str]:
    """Return the names of what the old post mentions more often than the new one, whatever the construct is there.

    `moved` gives the new addresses of pages that have another one; a link to such a page leads there now.
    WordPress writes an address several times for one picture or file (itself, its link, its sizes, its button): of an
    export's post each name counts once.
    """
    wanted = mentions(old, redirects)
    if old.source.system == "wordpress":
        wanted = Counter(set(wanted))
    before = wanted.copy()
    found = mentions(new)
    wanted.subtract(found)
    for name in [name for name, count in wanted.items() if count > 0 and name.endswith((".html", ".htm"))]:
        wanted[name] -= found[name.rpartition(".")[0]]  # a system may take the ending off the address of a page
    text = unquote(unescape(all_text_of(new))).casefold()
    missing = [name for name, count in wanted.items() if count > 0 and text.count(name.casefold()) < before[name]]
    written = _written(old, set(missing), moved) if missing else {}
    return [name for name in missing if sum(text.count(other.casefold()) for other in written[name]) < before[name]]


def _written(post: Post, names: set[str], moved: Mapping[str, str]) -> dict[str, set[str]]:
    """Return how the names of pages are written in a post: old addresses of a page are other names than its own."""
    found: dict[str, set[str]] = {name: {name} for name in names}
    for reference in post.references:
        if reference.lead.kind == "page" and (name := _name(reference)) in names:
            path = unquote(urlsplit(unescape(reference.target).strip()).path).rstrip("/")
            found[name].add(f"/{path.rpartition('/')[2]}")
            if now := moved.get(reference.lead.address):
                found[name].add(f"/{now.rpartition('/')[2]}")
    return found


def _name(reference: Reference) -> str:
    """Return what a mention is called.

    A file's name without its size, the last part of a page's address, what the provider of a film calls it (a page
    shows it by that name, whatever frame or shortcode is around it), host and path of any other address.
    """
    target = unescape(reference.target).strip()
    if target.casefold().startswith(_NOT_COMPARED) or "{" in target:
        return ""
    parts = urlsplit(target)
    path = unquote(reference.lead.address if reference.lead.address else parts.path).rstrip("/")
    last = _SOURCE_NAME.sub("", path).rpartition("/")[2]
    if is_file_name(last):
        return _SIZED.sub("", last)
    if reference.lead.kind == "elsewhere" and parts.netloc:
        if film := embed_of(target):
            return film.identifier
        return (parts.netloc.removeprefix("www.") + unquote(parts.path)).rstrip("/")
    return last
