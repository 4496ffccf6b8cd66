"""What a system has no counterpart for: found in a post, and named by findings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from hugoconv.fields import FIELDS, FieldError
from hugoconv.model import Post
from hugoconv.report.findings import PlacedFindings


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of a post that a system has no counterpart for: a field, or a word of `FOUND_BY`.

    `kept` says that it stays in the file as data, which nothing shows.
    """

    field: str
    note: str
    kept: bool = False


_EXACT = 2**53
"""The largest whole number below which every other one is told apart by programs that hold all numbers as floats."""
PLAIN_LAYOUTS = frozenset({"post", "posts", "page", "default", "single", "home"})
"""Layouts that every theme has one for, so that nothing is lost with their names."""


def _is_tree(post: Post) -> bool:
    return any(term.parent for name in post.terms for term in post.terms[name])


def _has_second_category(post: Post) -> bool:
    return len(post.terms.get("categories", ())) > 1


def _has_other_taxonomies(post: Post) -> bool:
    return any(post.terms[name] for name in post.terms if name not in ("tags", "categories", "authors"))


def _has_layout(post: Post) -> bool:
    return bool(post.layout) and post.layout not in PLAIN_LAYOUTS


def _has_other_than_texts(post: Post) -> bool:
    known = {key for name in post.keys.names() if (row := post.keys.row(name)) for key in row.keys}
    return any(not isinstance(value, str) for key, value in post.front_matter.items() if key not in known)


def _has_blank_tags(post: Post) -> bool:
    return any(len(str(term).split()) > 1 for term in post.terms.get("tags", ()))


def _has_semicolons(post: Post) -> bool:
    names = (*(post.authors or ()), *(str(term) for term in post.terms.get("tags", ())))
    return any(";" in name for name in names)


def _has_large_numbers(post: Post) -> bool:
    layer = [post.front_matter.as_dict()]
    while layer:
        value: Any = layer.pop()
        if isinstance(value, int) and abs(value) > _EXACT:
            return True
        layer += value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return False


FOUND_BY: dict[str, Callable[[Post], bool]] = {
    "tags with blanks": _has_blank_tags,
    "names with semicolons": _has_semicolons,
    "comments": lambda post: bool(post.comments),
    "marks of tags": lambda post: any(str(term).startswith(("#", ",")) for term in post.terms.get("tags", ())),
    "categories": lambda post: bool(post.terms.get("categories")),
    "category tree": _is_tree,
    "other taxonomies": _has_other_taxonomies,
    "further categories": _has_second_category,
    "large numbers": _has_large_numbers,
    "types of values": _has_other_than_texts,
    "layout": _has_layout,
}
"""How what is no field with a value is found in a post."""


def report(post: Post, system: str, losses: Sequence[Loss], rendered: Collection[str], log: PlacedFindings) -> None:
    """Name what a system has no counterpart for; `rendered` are the words for what the post's body had."""
    for kept, code in ((True, "HC680"), (False, "HC681")):
        found = [each for each in losses if each.kept == kept and _has(post, each.field, rendered)]
        if found:
            log.add(code, what="; ".join(f"{each.field} ({each.note})" for each in found), system=system)


def _has(post: Post, name: str, rendered: Collection[str]) -> bool:
    if name in FOUND_BY:
        return FOUND_BY[name](post)
    if name in rendered:
        return True
    with suppress(FieldError):
        return name in FIELDS and getattr(post, name) not in (None, "", ())
    return False
