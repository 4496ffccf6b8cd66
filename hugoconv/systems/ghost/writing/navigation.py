"""The menus of a site as Ghost's two: one above the pages, one below them, both of single entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hugoconv.migrate.linkmap import LinkMap
from hugoconv.migrate.media import some_of
from hugoconv.model import MenuItem
from hugoconv.report.findings import Findings

_SETTINGS = ("navigation", "secondary_navigation")
_FIRST = ("main", "primary")
_SECOND = ("secondary", "footer")

Navigation = list[dict[str, str]]


def navigations(menus: Mapping[str, Iterable[MenuItem]], links: LinkMap, log: Findings) -> dict[str, Navigation]:
    """Return the values of Ghost's two settings by their keys; entries that have no place there are a finding."""
    found: dict[str, Navigation] = {}
    left_out: list[str] = []
    for number, name in enumerate(_in_order(menus)):
        setting = _SETTINGS[number] if number < len(_SETTINGS) else ""
        for item in menus[name]:
            if setting and not item.parent:
                row = {"label": item.name, "url": links.resolve(item.url) or item.url}
                found.setdefault(setting, []).append(row)
            else:
                left_out.append(item.name)
    if left_out:
        log.add("HC692", count=len(left_out), names=some_of(left_out))
    return found


def _in_order(menus: Mapping[str, Iterable[MenuItem]]) -> list[str]:
    """Return the names of the menus: the one above the pages, the one below them, all others."""
    first = next((name for name in (*_FIRST, *menus) if name in menus), "")
    others = [name for name in menus if name != first]
    second = next((name for name in (*_SECOND, *others) if name in others), "")
    return [name for name in dict.fromkeys((first, second, *others)) if name]
