"""Data files that only Jekyll's layouts need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hugoconv.frontmatter.document import syntax_named
from hugoconv.migrate.linkmap import LinkMap
from hugoconv.model import MenuItem
from hugoconv.systems.data import said
from hugoconv.systems.jekyll.symbols import with_symbols_quoted


def menus_file(menus: Mapping[str, Sequence[MenuItem]], links: LinkMap) -> bytes:
    """Return menus as a YAML map of lists; what leads to a page leads to where it is now."""
    values = {name: [_menu_item(item, links) for item in items] for name, items in menus.items()}
    return with_symbols_quoted(syntax_named("yaml").write(values)).encode()


def _menu_item(item: MenuItem, links: LinkMap) -> dict[str, Any]:
    url = links.resolve(item.url) or item.url
    return said(
        {
            "identifier": item.identifier,
            "name": item.name,
            "url": url,
            "parent": item.parent,
            "weight": item.weight,
            "lang": item.language,
        }
    )
