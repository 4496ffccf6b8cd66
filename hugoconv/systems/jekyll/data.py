"""Data files that only Jekyll's layouts need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hugoconv.frontmatter.document import syntax_named
from hugoconv.migrate.linkmap import LinkMap
from hugoconv.model import MenuItem
from hugoconv.systems.data import menus_of
from hugoconv.systems.jekyll.symbols import with_symbols_quoted


def menus_file(menus: Mapping[str, Sequence[MenuItem]], links: LinkMap) -> bytes:
    """Return menus as a YAML map of lists; what leads to a page leads to where it is now."""
    return with_symbols_quoted(syntax_named("yaml").write(menus_of(menus, links))).encode()
