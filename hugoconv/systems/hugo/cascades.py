"""Front matter that another system's configuration gives to many pages: once in `[[cascade]]`, else on each page.

A value goes to the cascade when every page of the section has it from there, or says its own.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from hugoconv.migrate.linkmap import LinkMap
from hugoconv.model import Post
from hugoconv.systems.hugo.keys import DATE_KEYS, KEYS, REFUSED_KEYS, STEERING_KEYS

FIELDS = ("layout", "authors", "description", "image", "excerpt", "weight")
"""The typed fields that a cascade can give."""
NOTHING = object()
"""Equal to no value that a cascade gives."""
_GIVES, _SAYS, _PAGES = "gives", "says", "listed"


def given(post: Post) -> dict[str, Any]:
    """Return what the source's configuration gives a post, by the keys that Hugo reads; what it says itself as well."""
    values: dict[str, Any] = {}
    for name in FIELDS:
        if name in post.inherited:
            values[_key(post, name)] = KEYS.rows[name].codec.write(post.inherited[name])
    for key, value in post.extra.get("defaults", {}).items():
        values[hugo_key(str(key), value, post.source.system)] = value
    return values


def _key(post: Post, name: str) -> str:
    """Return the key that a typed field has in Hugo: the source's, where Hugo knows it too."""
    row, own = KEYS.rows[name], post.keys.row(name)
    return next((key for key in own.keys if key in row.keys), row.keys[0]) if own else row.keys[0]


def hugo_key(key: str, value: Any, system: str) -> str:
    """Return a key of another system as Hugo may read it: one that Hugo gives a meaning of its own is renamed."""
    folded = key.lower()
    is_refused = folded in REFUSED_KEYS and not isinstance(value, REFUSED_KEYS[folded])
    return f"{system}_{key}" if is_refused or folded in STEERING_KEYS or folded in DATE_KEYS else key


def says(post: Post, key: str) -> bool:
    """Whether the post itself says what Hugo reads under a key."""
    for name in FIELDS:
        row = post.keys.row(name)
        if row is not None and _key(post, name) == key:
            return bool(post.keys.written_keys(post.front_matter, row))
    return key in post.front_matter


def traits(post: Post, path: PurePosixPath) -> Iterator[str]:
    """Yield what is to be counted of a post for its section's cascade."""
    section = section_of(path)
    if path.stem == "_index":
        return
    yield f"{_PAGES}\t{section}"
    for key, value in given(post).items():
        if says(post, key):
            yield f"{_SAYS}\t{section}\t{key}"
        elif (text := _written(value)) is not None:
            yield f"{_GIVES}\t{section}\t{key}\t{text}"


def section_of(path: PurePosixPath) -> str:
    """Return the top folder of a content file, "" at the root."""
    parts = str(path).split("/", 2)
    return parts[1] if len(parts) > 2 else ""


def cascade_of(links: LinkMap, path: PurePosixPath) -> Mapping[str, Any]:
    """Return what the configuration gives to the page of a content file."""
    return {} if path.stem == "_index" else site_cascades(links).get(section_of(path), {})


@lru_cache(maxsize=1)
def site_cascades(links: LinkMap) -> Mapping[str, Mapping[str, Any]]:
    """Return what the configuration gives to the pages of each section, from what pass 1 counted."""
    values: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for trait, count in links.traits.items():
        what, *parts = trait.split("\t", 3)
        if what == _GIVES:
            section, key, text = parts
            values[section, key][text] += count
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for (section, key), counts in values.items():
        others = links.traits[f"{_SAYS}\t{section}\t{key}"]
        text, count = counts.most_common(1)[0]
        if count > 1 and counts.total() + others == links.traits[f"{_PAGES}\t{section}"]:
            found[section][key] = json.loads(text)
    return found


def _written(value: Any) -> str | None:
    """Return a value as JSON, None for one that JSON cannot hold (a date)."""
    try:
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    except (TypeError, ValueError):
        return None
