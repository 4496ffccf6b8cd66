"""Old addresses that are no page's own (queries, attachment pages, archives by date, feeds), and where each leads."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hugoconv.migrate.manifest import Manifest, manifest_folder
from hugoconv.migrate.tables import Table
from hugoconv.model import ListPage, Redirect, Term
from hugoconv.systems.addresses import url_path
from hugoconv.systems.wordpress.wxr.items import Item

REDIRECTS = "redirects.csv"
"""The file beside an export with the old addresses that WordPress does not answer by itself."""

_FEED = "feed/"


@dataclass
class OldAddresses:
    """Collected item by item in the index pass; only of what is public, so that no redirect names a private page."""

    base_url: str
    pages: dict[int, str] = field(default_factory=dict)
    """Addresses of the public items by id."""
    queries: Table = field(default_factory=Table)
    attachments: Table = field(default_factory=Table)
    dates: set[str] = field(default_factory=set)

    def add(self, item: Item, own: str, others: Iterable[str]) -> None:
        """Take note of a public item that is a page: its own address and its other ones."""
        self.pages[item.post_id] = own
        for address in others:
            if "?" in address:
                self.queries.setdefault(address, own)
        if item.post_type == "post" and item.post_date[:4].isdigit():
            year, month, day = item.post_date[:4], item.post_date[5:7], item.post_date[8:10]
            self.dates |= {f"/{year}/", f"/{year}/{month}/"}
            if own.startswith(f"/{year}/{month}/{day}/"):
                self.dates.add(f"/{year}/{month}/{day}/")

    def move(self, number: int, own: str, asked: str) -> None:
        """Take note that a page has another address than it was told apart by: `asked`, which has a query."""
        if number not in self.pages:
            return
        before, self.pages[number] = self.pages[number], own
        for address in (f"/?p={number}", f"/?page_id={number}"):
            if self.queries.get(address) == before:
                self.queries[address] = own
        self.queries[asked] = own

    def add_attachment(self, item: Item, file: str) -> None:
        """Take note of a media item, whose file is at the address `file`."""
        own = url_path(item.link, self.base_url)
        self.queries.setdefault(f"/?attachment_id={item.post_id}", f"{item.post_parent} {file}")
        if own and own != "/":
            self.attachments.setdefault(own, f"{item.post_parent} {file}")

    def redirects(self) -> Iterator[Redirect]:
        """Yield where each of them leads, as addresses of the old site."""
        for table in (self.queries, self.attachments):
            for old, leads_to in table.items():
                new = leads_to if leads_to.startswith("/") else self._of_attachment(leads_to)
                if new and new != old:
                    yield Redirect(old, new)
        taken = set(self.pages.values())
        yield from (Redirect(old, "/") for old in sorted(self.dates - taken))

    def _of_attachment(self, row: str) -> str:
        parent, _, file = row.partition(" ")
        # The file's whole URL: where the file is not carried, visitors find it on the old host.
        return self.pages.get(int(parent), "") or (self.base_url.rstrip("/") + file if file else "")


def redirects_beside(export: Path) -> Iterator[Redirect]:
    """Yield the redirects in the file that hugoconv wrote beside an export, as redirection plug-ins take them.

    The file of another export in the same folder, which is kept and named (HC608), says nothing of this one.
    """
    file = export.with_name(REDIRECTS)
    known = Manifest(export.parent, manifest_folder(export).name) if export.is_file() else None
    if known is None or not known.knows(REDIRECTS) or not file.is_file():
        return
    with file.open(encoding="utf-8", errors="replace", newline="") as rows:
        for row in csv.DictReader(rows):
            if row.get("source") and row.get("target") and row.get("regex") == "0":
                yield Redirect(row["source"], row["target"])


def list_pages(title: str, pages: Mapping[str, Mapping[str, Term]], taken: Collection[str]) -> Iterator[ListPage]:
    """Yield the home page and the pages of terms and authors, with their feeds; `taken` are addresses of real pages."""
    yield ListPage("home", "/", title, feed=f"/{_FEED}", written="/" in taken)
    for taxonomy, terms in pages.items():
        for term in terms.values():
            if term.address:
                feed = f"{term.address}{_FEED}"
                yield ListPage("term", term.address, term.name, taxonomy, feed=feed, written=term.address in taken)
