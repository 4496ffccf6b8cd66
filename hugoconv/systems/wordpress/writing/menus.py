"""Menus as WordPress keeps them: an item each, with everything that the importer asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from hugoconv.migrate.linkmap import LinkMap
from hugoconv.model import MenuItem, SiteInfo
from hugoconv.systems.wordpress.keys import MENU_ITEM
from hugoconv.systems.wordpress.writing.fields import as_html, slug_of
from hugoconv.systems.wordpress.writing.ledger import Ledger
from hugoconv.systems.wordpress.wxr.items import Item, ItemTerm


def menu_items(
    menus: Mapping[str, tuple[MenuItem, ...]], ledger: Ledger, links: LinkMap, info: SiteInfo, base_url: str
) -> Iterator[tuple[int, Item, tuple[str, ...]]]:
    """Yield id, item and the pieces it needs for each entry of each menu."""
    for menu, listed in sorted(menus.items()):
        term = ItemTerm("nav_menu", slug_of(menu) or "menu", as_html(info.menu_names.get(menu) or menu))
        rows = [replace(row, url=links.resolve(row.url) or row.url) for row in listed]
        rows.sort(key=lambda row: row.weight)
        numbers = [ledger.new_id() for _ in rows]
        named = {row.identifier or row.name: number for row, number in zip(rows, numbers, strict=True)}
        for order, (row, number) in enumerate(zip(rows, numbers, strict=True), 1):
            yield _item(row, number, order, term, named.get(row.parent, 0), ledger, base_url)


def _item(
    row: MenuItem, number: int, order: int, term: ItemTerm, parent: int, ledger: Ledger, base_url: str
) -> tuple[int, Item, tuple[str, ...]]:
    entry = ledger.at(row.url if row.url.endswith("/") else f"{row.url}/")
    local, utc, _ = ledger.dates(MENU_ITEM, row.name, (ledger.earliest, ledger.earliest, ""))
    url = base_url.rstrip("/") + row.url if row.url.startswith("/") and not row.url.startswith("//") else row.url
    kind = ("post_type", str(entry.id), entry.type, "") if entry else ("custom", str(number), "custom", url)
    meta = {
        "_menu_item_type": kind[0],
        "_menu_item_menu_item_parent": str(parent),
        "_menu_item_object_id": kind[1],
        "_menu_item_object": kind[2],
        "_menu_item_target": "",
        "_menu_item_classes": 'a:1:{i:0;s:0:"";}',
        "_menu_item_xfn": "",
        "_menu_item_url": kind[3],
    }
    item = Item(
        title=as_html(row.name),
        link=url,
        guid=f"{base_url.rstrip('/')}/?p={number}",
        post_id=number,
        post_date=local,
        post_date_gmt=utc,
        comment_status="closed",
        ping_status="closed",
        post_name=str(number),
        status="publish",
        menu_order=order,
        post_type=MENU_ITEM,
        terms=(term,),
        meta=tuple(meta.items()),
    )
    needs = [f"item {entry.id}"] if entry else []
    needs += [f"item {parent}"] if parent else []
    return number, item, tuple(needs)
