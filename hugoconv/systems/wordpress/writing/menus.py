"""Menus as WordPress keeps them: an item each, with everything that the importer asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from hugoconv.migrate.linkmap import LinkMap
from hugoconv.model import MenuItem, SiteInfo
from hugoconv.systems.wordpress.keys import MENU_ITEM
from hugoconv.systems.wordpress.writing.fields import as_html, slug_of
from hugoconv.systems.wordpress.writing.ledger import Ledger
from hugoconv.systems.wordpress.writing.terms import TermLedger
from hugoconv.systems.wordpress.wxr.items import Item, ItemTerm


@dataclass(frozen=True)
class MenuWriter:
    """Makes the entries of menus; an entry leads to a post, to a term, or to any other address."""

    ledger: Ledger
    terms: TermLedger
    links: LinkMap
    info: SiteInfo
    base_url: str

    def menus(self, menus: Mapping[str, tuple[MenuItem, ...]]) -> Iterator[tuple[list[Item], tuple[str, ...]]]:
        """Yield the entries of each menu, and the pieces they need.

        A menu is never divided: the importer knows no entry again, and finds the one above only in the same file.
        """
        for menu, listed in sorted(menus.items()):
            term = ItemTerm("nav_menu", slug_of(menu) or "menu", as_html(self.info.menu_names.get(menu) or menu))
            rows = sorted(listed, key=lambda row: row.weight)
            numbers = [self.ledger.new_id() for _ in rows]
            named = {row.identifier or row.name: number for row, number in zip(rows, numbers, strict=True)}
            made = [
                self._item(row, number, order, term, named.get(row.parent, 0))
                for order, (row, number) in enumerate(zip(rows, numbers, strict=True), 1)
            ]
            yield [item for item, _ in made], tuple(dict.fromkeys(need for _, need in made if need))

    def _item(self, row: MenuItem, number: int, order: int, menu: ItemTerm, parent: int) -> tuple[Item, str]:
        """Return an entry, and the piece that it needs ("" for none)."""
        row, term = replace(row, url=self.links.resolve(row.url) or row.url), self.terms.at(row.url)
        entry = self.ledger.at(row.url if row.url.endswith("/") else f"{row.url}/")
        local, utc, _ = self.ledger.dates(MENU_ITEM, row.name, (self.ledger.earliest, self.ledger.earliest, ""))
        url = self.base_url.rstrip("/") + row.url if row.url.startswith("/") and row.url[:2] != "//" else row.url
        if entry is not None:
            kind, identifier, of, written = "post_type", entry.id, entry.type, ""
        elif term is not None:
            kind, identifier, of, written = "taxonomy", term.id, term.taxonomy, ""
        else:
            kind, identifier, of, written = "custom", number, "custom", url or "#"
        meta = {
            "_menu_item_type": kind,
            "_menu_item_menu_item_parent": str(parent),
            "_menu_item_object_id": str(identifier),
            "_menu_item_object": of,
            "_menu_item_target": row.target,
            "_menu_item_classes": 'a:1:{i:0;s:0:"";}',
            "_menu_item_xfn": "",
            "_menu_item_url": written,
        }
        item = Item(
            title=as_html(row.name),
            link=url,
            guid=f"{self.base_url.rstrip('/')}/?p={number}",
            excerpt=as_html(row.title),
            post_id=number,
            post_date=local,
            post_date_gmt=utc,
            comment_status="closed",
            ping_status="closed",
            post_name=str(number),
            status="publish",
            menu_order=order,
            post_type=MENU_ITEM,
            terms=(menu,),
            meta=tuple(meta.items()),
        )
        return item, f"item {entry.id}" if entry else ""
