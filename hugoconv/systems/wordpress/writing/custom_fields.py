"""The front matter that WordPress has no field of its own for, as custom fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from hugoconv.markup.files import KeyPath
from hugoconv.model import Post
from hugoconv.systems.wordpress.keys import DISCUSSIONS
from hugoconv.systems.wordpress.writing.fields import meta_value

_OWN_KEYS = frozenset(
    {
        *(
            "meta",
            "post_type",
            "sticky",
            "format",
            "password",
            "status",
            "menu",
            "menus",
            "type",
            "draft",
            "post_parent",
        ),
        *("body_classes", "more_label", "guid"),
    }
)
"""Keys that say something else than a custom field."""
_REPEATED = frozenset({"enclosure"})
"""Custom fields of WordPress's own that stand once for each value; of all others a list is one value."""
_UNKNOWN_FIELDS = ("publish_date", "expiry_date", "language", "translation_key", "layout")
"""Typed fields that an item has no place for."""


def custom_fields(post: Post, files: Mapping[KeyPath, str] | None = None) -> Iterator[tuple[str, str]]:
    """Yield the keys of a post's front matter that are no field of WordPress's, with their values as it keeps them.

    `files` gives the new addresses of the files that values name.
    """
    if post.unreadable:
        return
    fields = [row for name, row in post.keys.rows.items() if name not in _UNKNOWN_FIELDS]
    known = {key.lower() for row in (*fields, *post.keys.taxonomies.values()) for key in row.keys}
    pictures = post.keys.rows["image"].keys if "image" in post.keys.rows else ()
    for key, value in post.front_matter.items():
        if key == "meta" and isinstance(value, dict):
            yield from values_of(value)
        elif key in DISCUSSIONS and isinstance(value, bool):
            continue
        elif key.lower() not in known | _OWN_KEYS or (key in pictures and isinstance(value, list) and len(value) > 1):
            yield key, meta_value(_plain(value, (key,), files or {}))


def values_of(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the names and values of custom fields as WordPress keeps them."""
    for name, value in fields.items():
        is_repeated = name in _REPEATED and isinstance(value, list)
        yield from ((str(name), meta_value(_plain(each))) for each in (value if is_repeated else [value]))


def _plain(value: Any, path: KeyPath = (), files: Mapping[KeyPath, str] = MappingProxyType({})) -> Any:
    """Return a value of front matter without dates, which PHP's serialisation does not know, and with `files` moved."""
    if isinstance(value, dict):
        return {str(key): _plain(each, (*path, str(key)), files) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each, (*path, number), files) for number, each in enumerate(value)]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return files.get(path, str(value))
