"""Menus: each entry with the address it leads to; entries that lead to what is not public are left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from hugoconv.model import MenuItem
from hugoconv.systems.wordpress.wxr.items import Item, plain_text


@dataclass(frozen=True, slots=True)
class Target:
    """What an entry leads to: address, title, and whether visitors may see it."""

    address: str
    title: str = ""
    is_public: bool = True


@dataclass
class Menus:
    """The menus of an export by slug; `hidden` and `lost` are the names of the entries that could not be kept."""

    by_name: dict[str, tuple[MenuItem, ...]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    """The names that people gave to the menus, by slug, where they are not the slugs."""
    hidden: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    page_lists: list[str] = field(default_factory=list)
    """The menus of block themes that show all pages of the site by themselves."""

    @classmethod
    def of(cls, items: Iterable[Item], target: Callable[[dict[str, str]], Target | None]) -> Menus:
        """Return the menus that `items` (menu items) make; `target` answers for an entry's custom fields."""
        made = cls()
        found: dict[str, list[MenuItem]] = {}
        for item in items:
            meta = dict(item.meta)
            leads_to = target(meta)
            entry = made._entry(item, meta, leads_to)
            if entry is None:
                continue
            for term in item.terms:
                if term.domain == "nav_menu":
                    found.setdefault(term.nicename, []).append(entry)
                    if term.name and term.name != term.nicename:
                        made.labels[term.nicename] = plain_text(term.name)
        made.by_name = {name: _with_known_parents(entries) for name, entries in found.items()}
        return made

    def _entry(self, item: Item, meta: dict[str, str], target: Target | None) -> MenuItem | None:
        name = plain_text(item.title) or (target.title if target else "")
        if item.status not in ("publish", "") or (target and not target.is_public):
            self.hidden.append(name if target is None or target.is_public else str(item.post_id))
            return None
        if target is None or not name:
            self.lost.append(name or str(item.post_id))
            return None
        parent = meta.get("_menu_item_menu_item_parent", "0")
        return MenuItem(
            identifier=str(item.post_id),
            name=name,
            url=target.address,
            parent="" if parent in ("", "0") else parent,
            weight=item.menu_order,
            title=plain_text(item.excerpt),
            target=meta.get("_menu_item_target", ""),
        )


def _with_known_parents(entries: list[MenuItem]) -> tuple[MenuItem, ...]:
    """Generators refuse a parent that is not in the same menu, so such an entry moves to the top level."""
    names = {entry.identifier for entry in entries}
    return tuple(entry if entry.parent in names else replace(entry, parent="") for entry in entries)
