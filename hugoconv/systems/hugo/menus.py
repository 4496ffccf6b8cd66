"""The menus of a Hugo site: the entries of the configuration, of each language, and those that pages ask for.

The rules are those of Hugo's navigation/menu.go and pagemenus.go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from hugoconv.model import MenuItem, Post
from hugoconv.systems.hugo.config import HugoConfig
from hugoconv.systems.hugo.configfiles import look_up
from hugoconv.urls import urlsplit

Menus = dict[str, tuple[MenuItem, ...]]


def site_menus(config: HugoConfig, address_of: Callable[[str, str], str]) -> Menus:
    """Return the menus of the configuration; `address_of` gives the address of a page by its name and language."""
    found: dict[str, list[MenuItem]] = {}
    layers = [("", config.menus)]
    layers += [(name, look_up(language.values, "menus", {})) for name, language in config.languages.items()]
    for language, menus in layers:
        for name, entries in menus.items() if isinstance(menus, Mapping) else ():
            for entry in entries if isinstance(entries, list) else [entries]:
                if isinstance(entry, Mapping):
                    found.setdefault(name, []).append(_entry(entry, language, address_of))
    return {name: tuple(sorted(items, key=_order)) for name, items in found.items()}


def page_menus(posts: Iterable[Post]) -> Iterator[tuple[str, MenuItem]]:
    """Yield the entries that public pages ask for in their front matter, with the menu's name."""
    for post in posts:
        key = post.front_matter.find("menus") or post.front_matter.find("menu")
        if key is None or not post.address or post.status != "published":
            continue
        wanted = post.front_matter[key]
        if isinstance(wanted, str):
            wanted = [wanted]
        if isinstance(wanted, list):
            wanted = {str(name): {} for name in wanted}
        for name, entry in wanted.items() if isinstance(wanted, dict) else ():
            values = entry if isinstance(entry, dict) else {}
            label = _text(values, "name") or _text(dict(post.front_matter), "linkTitle") or post.title or ""
            yield (
                name,
                MenuItem(
                    identifier=_text(values, "identifier"),
                    name=label,
                    url=post.address,
                    parent=_text(values, "parent"),
                    weight=_weight(values, post.weight or 0),
                    language=post.inherited.get("language", ""),
                ),
            )


def merged(menus: Menus, entries: Iterable[tuple[str, MenuItem]]) -> Menus:
    """Return menus with further entries, each in its order."""
    found = {name: list(items) for name, items in menus.items()}
    for name, item in entries:
        found.setdefault(name, []).append(item)
    return {name: tuple(sorted(items, key=_order)) for name, items in found.items()}


def _entry(entry: Mapping[str, Any], language: str, address_of: Callable[[str, str], str]) -> MenuItem:
    url, page = _text(entry, "url"), _text(entry, "pageRef")
    if page and not url:
        url = address_of(page, language)
    elif url and not urlsplit(url).scheme and not url.startswith(("/", "#")):
        url = f"/{url}"
    return MenuItem(
        identifier=_text(entry, "identifier"),
        name=_text(entry, "name") or _text(entry, "title") or _text(entry, "identifier"),
        url=url,
        parent=_text(entry, "parent"),
        weight=_weight(entry, 0),
        language=language,
    )


def _order(item: MenuItem) -> tuple[bool, int, str]:
    return (not item.weight, item.weight, item.name)


def _text(values: Mapping[str, Any], key: str) -> str:
    value = look_up(values, key)
    return "" if value is None or isinstance(value, (dict, list)) else str(value)


def _weight(values: Mapping[str, Any], default: int) -> int:
    try:
        return int(_text(values, "weight") or default)
    except ValueError:
        return default
