"""Menus of block themes: the blocks of a `wp_navigation` item as the entries of a menu."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from hugoconv.model import MenuItem
from hugoconv.systems.wordpress.bodies.blocks import Block, parse
from hugoconv.systems.wordpress.menus import Menus, Target
from hugoconv.systems.wordpress.wxr.items import Item, plain_text

_ENTRIES = frozenset({"core/navigation-link", "core/navigation-submenu", "core/home-link"})
_NO_ENTRIES = frozenset({"core/spacer", "core/search", "core/site-logo", "core/site-title", "core/social-links", ""})
"""What may stand in a menu without leading anywhere on the site."""

BlockTarget = Callable[[Mapping[str, Any]], "Target | None"]
"""Answers for the attributes of an entry where it leads."""


def add_navigations(menus: Menus, items: Iterable[Item], target: BlockTarget) -> None:
    """Add the menus that `items` (of the type `wp_navigation`) hold, but for copies of classic menus."""
    for item in items:
        if item.status != "publish":
            continue
        own = name = item.post_name or str(item.post_id)
        while name in menus.by_name:
            name = f"{name}-2"
        entries = tuple(_Reader(menus, target, name).entries(parse(item.content), ""))
        if entries and _shown(entries) != _shown(menus.by_name.get(own, ())):
            menus.by_name[name] = entries
            title = plain_text(item.title)
            if title and title != name:
                menus.labels[name] = title


def _shown(entries: Iterable[MenuItem]) -> list[tuple[str, str]]:
    return [(entry.name, entry.url) for entry in entries]


class _Reader:
    """Reads the blocks of one menu in their order."""

    def __init__(self, menus: Menus, target: BlockTarget, menu: str) -> None:
        self._menus = menus
        self._target = target
        self._menu = menu
        self._count = 0

    def entries(self, blocks: Iterable[Block], parent: str) -> Iterator[MenuItem]:
        """Yield the entries that blocks are, each before those below it."""
        for block in blocks:
            if block.name == "core/page-list":
                self._menus.page_lists.append(self._menu)
            elif block.name in _ENTRIES:
                yield from self._entry(block, parent)
            elif block.name not in _NO_ENTRIES:
                yield from self.entries(block.inner_blocks, parent)

    def _entry(self, block: Block, parent: str) -> Iterator[MenuItem]:
        is_home = block.name == "core/home-link"
        target = Target("/") if is_home else self._target(block.attributes)
        label = plain_text(block.text("label")) or (target.title if target else "") or ("Home" if is_home else "")
        if target is None or not label:
            self._menus.lost.append(label or self._menu)
            yield from self.entries(block.inner_blocks, parent)
            return
        if not target.is_public:
            self._menus.hidden.append(label)
            yield from self.entries(block.inner_blocks, parent)
            return
        self._count += 1
        identifier = f"{self._menu}-{self._count}"
        yield MenuItem(
            identifier=identifier,
            name=label,
            url=target.address,
            parent=parent,
            weight=self._count,
            title=plain_text(block.text("title")),
            target="_blank" if block.attributes.get("opensInNewTab") else "",
        )
        yield from self.entries(block.inner_blocks, identifier)
