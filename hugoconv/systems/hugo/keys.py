"""Where the typed fields stand in Hugo's front matter; keys are case-insensitive.

The sources are Hugo's documentation of front matter fields and resources/page/pagemeta/page_frontmatter.go.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from hugoconv.fields import AUTHORS, DATE, DRAFT, FIRST, INTEGER, STRINGS, TEXT, KeyTable, Row

ROWS: dict[str, Row] = {
    "title": Row(("title",), TEXT),
    "date": Row(("date",), DATE),
    "updated": Row(("lastmod", "modified"), DATE),
    "publish_date": Row(("publishDate", "pubdate", "published"), DATE),
    "expiry_date": Row(("expiryDate", "unpublishdate"), DATE),
    "status": Row(("draft",), DRAFT),
    "slug": Row(("slug",), TEXT),
    "url": Row(("url",), TEXT),
    "aliases": Row(("aliases",), STRINGS),
    "authors": Row(("authors", "author"), AUTHORS),
    "description": Row(("description",), TEXT),
    "excerpt": Row(("summary",), TEXT),
    "image": Row(("image", "images", "featured_image", "cover"), FIRST),
    "weight": Row(("weight",), INTEGER),
    "translation_key": Row(("translationKey",), TEXT),
    "layout": Row(("layout",), TEXT),
}

DATE_KEYS = frozenset(
    key.lower() for name in ("date", "updated", "publish_date", "expiry_date") for key in ROWS[name].keys
)
"""The keys that Hugo reads as dates, refusing the whole build when it cannot (lower case)."""

DEFAULT_TAXONOMIES = {"tag": "tags", "category": "categories"}
"""Hugo's taxonomies when the configuration names none: singular name to front matter key."""


def table(taxonomies: Mapping[str, str] = DEFAULT_TAXONOMIES) -> KeyTable:
    """Return the key table of a site with these taxonomies (singular name to front matter key)."""
    return _table(tuple(taxonomies.values()))


@lru_cache(maxsize=8)
def _table(plurals: tuple[str, ...]) -> KeyTable:
    return KeyTable("hugo", ROWS, {plural: Row((plural,), STRINGS) for plural in plurals}, ignore_case=True)


KEYS = table()
"""The key table of a site with Hugo's default taxonomies."""

REFUSED_KEYS: dict[str, type | tuple[type, ...]] = {
    "build": dict,
    "cascade": (dict, list),
    "outputs": (list, str),
    "params": dict,
    "sites": dict,
    "markup": (),
    "sitemap": (dict, bool),
    "resources": list,
    "menu": (str, list, dict),
    "menus": (str, list, dict),
}
"""Keys of other systems that Hugo gives a meaning of its own, and the types it accepts; others stop its build."""

STEERING_KEYS = frozenset(
    {
        *("url", "aliases", "draft", "expirydate", "unpublishdate", "publishdate", "headless", "isheadless"),
        *("build", "_build", "cascade"),
    }
)
"""Keys by which Hugo decides whether and where a page is published, and what others are (lower case).

They are plain data to another system.
"""


PRIVATE = "private"
"""The status of a page that says itself that Hugo is not to publish it."""


def is_private(page: Mapping[str, Any], above: Mapping[str, Any]) -> bool:
    """Whether a page's front matter, or what it has from `above`, says that Hugo is not to publish it."""
    build = page.get("build") or page.get("_build") or above.get("build")
    render = build.get("render") if isinstance(build, Mapping) else None
    return page.get("headless") is True or render in (False, "never", "link")
