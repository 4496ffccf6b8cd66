"""The `hugo.toml` of a site from another system: as a person would write it, nothing that Hugo does anyway."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from hugoconv.frontmatter.document import syntax_named
from hugoconv.migrate.linkmap import LinkMap
from hugoconv.model import MenuItem, SiteInfo
from hugoconv.systems.hugo.addressing import DATED_NAMES, SiteRules, site_rules
from hugoconv.systems.hugo.cascades import site_cascades
from hugoconv.systems.hugo.keys import DEFAULT_TAXONOMIES

TEMPLATE = "template\t"
"""How the trait of a page begins that calls a template of ours; its name follows."""
ENCLOSING_TEMPLATE = "enclosing\t"
"""The same, of one that a call of encloses text."""
MATH = "math"
"""The trait of a page with formulas between dollar signs."""

_PAGE_SIZE = 10
_HEADING_LEVELS = (2, 3)
_PAGE_PATH = re.compile(r"/?([\w-]+)/:num/?")
"""Addresses of a list's pages such as Hugo makes."""
_FEED = "/index.xml"


def configuration(info: SiteInfo, theme: str, links: LinkMap) -> bytes:
    """Return the text of `hugo.toml`."""
    rules = site_rules(links)
    values: dict[str, Any] = {
        "baseURL": info.base_url.rstrip("/") + "/" if info.base_url else "/",
        "title": info.title,
        "locale": info.language,
        "defaultContentLanguage": next(iter(info.languages), ""),
        "languages": _languages(info),
        "timeZone": info.time_zone,
        "theme": theme,
        "buildFuture": info.build_future,
        "disablePathToLower": rules.keep_case,
        "taxonomies": dict(info.taxonomies) if info.taxonomies != DEFAULT_TAXONOMIES else {},
        "params": _params(info),
        "frontmatter": _date_handlers(links),
        "permalinks": _permalinks(rules),
        "uglyURLs": {section: True for section, rule in sorted(rules.sections.items()) if rule.ugly},
        "pagination": _pagination(info),
        "outputFormats": _feed(info),
        "markup": _markup(info, links),
        "security": {"allowContent": [".*"]},
        "menus": {name: [_menu_entry(item, links) for item in items] for name, items in info.menus.items()},
        "cascade": list(_cascades(links)),
    }
    return syntax_named("toml").write({key: value for key, value in values.items() if value}).encode()


def _params(info: SiteInfo) -> dict[str, Any]:
    params: dict[str, Any] = {"description": info.description} if info.description else {}
    return params | dict(_without_nulls(info.params))


def _without_nulls(value: Any) -> Any:
    """Return a value without the nulls in it, which TOML does not know."""
    if isinstance(value, dict):
        return {str(key): _without_nulls(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_without_nulls(item) for item in value if item is not None]
    return value


def _date_handlers(links: LinkMap) -> dict[str, Any]:
    return {"date": ["date", ":filename", ":default"]} if links.traits[DATED_NAMES] else {}


def _permalinks(rules: SiteRules) -> dict[str, Any]:
    patterns = {section: rule.pattern for section, rule in sorted(rules.sections.items()) if rule.pattern}
    return {"page": patterns} if patterns else {}


def _feed(info: SiteInfo) -> dict[str, Any]:
    """Give the feed the name that it had at the root of the old site."""
    feed = PurePosixPath(info.feed)
    if not info.feed or info.feed == _FEED or str(feed.parent) != "/" or feed.suffix != ".xml":
        return {}
    return {"rss": {"baseName": feed.stem}}


def _pagination(info: SiteInfo) -> dict[str, Any]:
    """Give the pages of lists their size, and their addresses where a rule of Hugo's makes the same ones."""
    path = _PAGE_PATH.fullmatch(info.settings.get("page of a list", ""))
    values = {"pagerSize": info.page_size} if info.page_size not in (0, _PAGE_SIZE) else {}
    return values | ({"path": path[1]} if path and path[1] != "page" else {})


def keeps_pages_of_lists(info: SiteInfo) -> bool:
    """Whether Hugo makes the pages of lists at the addresses that they had."""
    return _PAGE_PATH.fullmatch(info.settings.get("page of a list", "")) is not None


def _markup(info: SiteInfo, links: LinkMap) -> dict[str, Any]:
    goldmark: dict[str, Any] = {
        "renderer": {"unsafe": True},
        "parser": {"attribute": {"block": True}},
        "extensions": {"linkify": False},
    }
    if links.traits[MATH]:
        delimiters = {"block": [[r"\[", r"\]"], ["$$", "$$"]], "inline": [[r"\(", r"\)"]]}
        goldmark["extensions"]["passthrough"] = {"enable": True, "delimiters": delimiters}
    if info.settings.get("heading ids") is False:
        goldmark["parser"]["autoHeadingID"] = False
    first, last = levels_of_contents(info)
    contents = {"startLevel": first, "endLevel": last} if links.traits[f"{TEMPLATE}toc"] else {}
    return {"goldmark": goldmark} | ({"tableOfContents": contents} if contents else {})


def levels_of_contents(info: SiteInfo) -> tuple[int, int]:
    """Return the first and the last level of the headings that a table of contents lists."""
    levels: tuple[int, int] = info.settings.get("heading levels", _HEADING_LEVELS)
    return levels


def _menu_entry(item: MenuItem, links: LinkMap) -> dict[str, Any]:
    entry = {
        "identifier": item.identifier,
        "name": item.name,
        "url": links.resolve(item.url) or item.url,
        "parent": item.parent,
        "weight": item.weight,
        "params": {key: value for key, value in (("title", item.title), ("target", item.target)) if value},
    }
    return {key: value for key, value in entry.items() if value}


def _languages(info: SiteInfo) -> dict[str, Any]:
    own = next(iter(info.languages), "")
    return {
        code: {"label": code} | said | {"locale": (code == own and info.language) or code, "weight": weight}
        for weight, (code, said) in enumerate(info.languages.items(), 1)
    }


def _cascades(links: LinkMap) -> Iterator[dict[str, Any]]:
    for section, values in sorted(site_cascades(links).items()):
        yield dict(values) | {"target": {"path": f"/{section}/**" if section else "/*", "kind": "page"}}
