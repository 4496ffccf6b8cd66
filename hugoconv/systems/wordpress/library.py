"""The index pass over an export: what single posts need to know of the others, kept in tables that spill to disk."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from hugoconv.markup.signs import has
from hugoconv.migrate.tables import Table
from hugoconv.model import Lead, Resolve
from hugoconv.systems.addresses import url_path
from hugoconv.systems.references import Published, Resolver, bare_address
from hugoconv.systems.wordpress import php
from hugoconv.systems.wordpress.addresses import OldAddresses
from hugoconv.systems.wordpress.bodies.answers import answers_in
from hugoconv.systems.wordpress.bodies.block_fields import PICTURE_LISTS
from hugoconv.systems.wordpress.bodies.context import Attachment, BodyContext
from hugoconv.systems.wordpress.comments import SHOWN
from hugoconv.systems.wordpress.custom_fields import VISIBLE, fields_beside, is_bookkeeping, is_secret
from hugoconv.systems.wordpress.keys import (
    ACF_FIELD,
    ATTACHMENT,
    MENU_ITEM,
    NAVIGATION,
    REUSABLE_BLOCK,
    SETTINGS_TYPES,
    status_of,
)
from hugoconv.systems.wordpress.languages import Languages
from hugoconv.systems.wordpress.media.index import MediaIndex
from hugoconv.systems.wordpress.menus import Menus, Target
from hugoconv.systems.wordpress.navigation import add_navigations
from hugoconv.systems.wordpress.terms import AUTHORS, Terms, login_of
from hugoconv.systems.wordpress.urls import old_addresses, original_media, slug_of
from hugoconv.systems.wordpress.wxr.items import Item, plain_text
from hugoconv.urls import urlsplit

_LANGUAGE_SWITCHER = "#pll_switcher"
"""What an entry leads to in whose place Polylang shows links to the translations of a page."""

GALLERY_SIGNS = ("[gallery", "wp-block-gallery", '"ids"', *(f'"{name}"' for name in PICTURE_LISTS))
"""What a body has in it that becomes a gallery: a shortcode, a block, or the pictures of a plug-in's block."""


@dataclass
class Library:
    """Attachments, shared blocks, menus and addresses of the whole export, found by id; picklable."""

    base_url: str
    media: MediaIndex
    attachments: Table = field(default_factory=Table)
    blocks: Table = field(default_factory=Table)
    known: Table = field(default_factory=Table)
    """Bare URL paths of everything in the export."""
    paths: Table = field(default_factory=Table)
    """URL path, title and whether it is public, of items by id, for menus that point to them."""
    terms: Terms = field(default_factory=lambda: Terms({}))
    old: OldAddresses = field(default_factory=lambda: OldAddresses(""))
    languages: Languages = field(default_factory=lambda: Languages(""))
    shared: set[str] = field(default_factory=set)
    """Paths at which two pages stood, told apart by a query."""
    asked_for: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Of the pages at such a path the path with its query and a path of their own, by id."""
    writers: Counter[str] = field(default_factory=Counter)
    """How many public items each author has, by login."""
    parents: set[int] = field(default_factory=set)
    """Items that have others below them."""
    field_types: dict[str, str] = field(default_factory=dict)
    """Types of the fields of Advanced Custom Fields, by their keys."""
    comments: int = 0
    trashed_comments: int = 0
    menu_items: list[Item] = field(default_factory=list)
    navigations: list[Item] = field(default_factory=list)
    types: Counter[str] = field(default_factory=Counter)
    hidden_meta: Counter[str] = field(default_factory=Counter)
    secrets: Counter[str] = field(default_factory=Counter)
    feed_names: int = 0
    """How many public posts have a name in feeds."""
    galleries: bool = False
    """Whether a body shows a gallery."""

    def add(self, item: Item) -> None:
        """Take note of an item, whatever it is."""
        self.types[item.post_type] += 1
        self.galleries = self.galleries or has(item.content, *GALLERY_SIGNS)
        identifier = str(item.post_id)
        if item.post_type == ATTACHMENT:
            self._add_attachment(item, identifier)
        elif item.post_type == REUSABLE_BLOCK:
            self.blocks[identifier] = item.content
        elif item.post_type == MENU_ITEM:
            self.menu_items.append(item)
        elif item.post_type == NAVIGATION:
            self.navigations.append(item)
        elif item.post_type == ACF_FIELD:
            self._add_field(item)
        else:
            self._add_page(item, identifier)
        if item.post_type not in (MENU_ITEM, ATTACHMENT):
            shown = VISIBLE.get(item.post_type, ())
            self.hidden_meta.update(key for key, value in item.meta if is_bookkeeping(key, value) and key not in shown)
        self.secrets["post passwords"] += bool(item.post_password)
        self.add_secrets("custom fields", item.meta)
        for comment in item.comments:
            self.add_secrets("custom fields of comments", comment.meta)
            self.comments += comment.approved in SHOWN
            self.trashed_comments += comment.approved not in SHOWN
            self.secrets["e-mail addresses"] += bool(comment.author_email)
            self.secrets["IP addresses"] += bool(comment.author_ip)

    def add_secrets(self, name: str, meta: Iterable[tuple[str, str]]) -> None:
        """Count the fields whose values are secret, under the name of what they are."""
        if meta:
            self.secrets[name] += sum(not key.startswith("_") and is_secret(key, value) for key, value in meta)

    def _add_page(self, item: Item, identifier: str) -> None:
        is_public = status_of(item) == "published"
        path = url_path(item.link, self.base_url)
        if path:
            self.paths[identifier] = json.dumps([path, item.title, is_public])
            self._note_query(item, path)
        others = old_addresses(item, self.base_url)
        for address in (path, *others):
            if address:
                self.known[bare_address(address)] = identifier
        if item.post_type in SETTINGS_TYPES:
            self.terms.of_settings.update(term.domain for term in item.terms)
            return
        self.terms.add_item(item)
        if is_public and path:
            self.old.add(item, path, others)
        if item.post_parent:
            self.parents.add(item.post_parent)
        if is_public:
            self.feed_names += item.post_type == "post" and bool(item.guid)
            self.writers.update(logins_of(item))
        self.languages.add(item)

    def _note_query(self, item: Item, path: str) -> None:
        """Take note of a page whose path may be another's too: one in another language, a variation of a product."""
        known = self.known.get(bare_address(path))
        if known and known != str(item.post_id):
            self.shared.add(path)
        if not path or "?" not in item.link:
            return
        query = urlsplit(item.link).query
        code = self.languages.of(item) if "lang=" in query else ""
        slug = slug_of(item)
        own = f"/{code}{path}" if code else f"{path.rstrip('/')}/{slug}/"
        if query and not (code and self.languages.is_own(code)):
            self.asked_for[item.post_id] = (f"{path}?{query}", own)

    def _settle_queries(self) -> None:
        """Give pages that only a query tells apart from others an address of their own, below the one they had."""
        self.asked_for = {
            number: each for number, each in self.asked_for.items() if each[0].partition("?")[0] in self.shared
        }
        for number, (asked, own) in self.asked_for.items():
            _, title, is_public = json.loads(self.paths[str(number)])
            self.paths[str(number)] = json.dumps([own, title, is_public])
            self.known[bare_address(own)] = str(number)
            self.old.move(number, own, asked)

    def _add_field(self, item: Item) -> None:
        settings = php.unserialize(item.content)
        if isinstance(settings, dict):
            self.field_types[item.post_name] = str(settings.get("type", ""))

    def _add_attachment(self, item: Item, identifier: str) -> None:
        meta = dict(item.meta)
        for address in (item.attachment_url or item.guid, item.link):
            path = url_path(address, self.base_url)
            if path:
                self.known[path if address != item.link else bare_address(path)] = identifier
        alternative = meta.get("_wp_attachment_image_alt", "")
        said = [item.attachment_url or item.guid, alternative, plain_text(item.title), item.excerpt, ""]
        self.attachments.setdefault(identifier, json.dumps(said))
        self.media.add(item)
        self.old.add_attachment(item, self.media.address_of(identifier))

    def seal(self) -> None:
        """Make everything readable from other processes."""
        self._settle_queries()
        self.media.seal()
        self.terms.settle(partial(fields_beside, types=self.field_types, named=self.named))
        for table in (self.attachments, self.blocks, self.known, self.paths):
            table.seal()

    def addresses_of(self, item: Item) -> tuple[str, tuple[str, ...]]:
        """Return the address of an item, "" when it has none, and its old ones."""
        old = old_addresses(item, self.base_url)
        if item.post_id in self.asked_for:
            asked, own = self.asked_for[item.post_id]
            return own, (asked, *old)
        return url_path(item.link, self.base_url) or "", old

    def resolver(self, address: str) -> Resolve:
        """Return what answers where the mentions on the page at an address lead."""
        return _MediaResolver(Resolver(Published(self.known, lambda: self.known), self.base_url, address))

    def medium_at(self, url: str) -> tuple[str, str] | None:
        """See `MediaAddresses.medium_at`."""
        address = self.media.original(url)
        if address is not None:
            return address, self.media.absolute(url)
        page = url_path(url, self.base_url)
        identifier = self.known.get(bare_address(page), "") if page else ""
        found = self.attachment(int(identifier)) if identifier in self.attachments else None
        shown = self.media.address_of(identifier)
        return (shown, self.media.absolute(found.url)) if found and shown else None

    def attachment(self, identifier: int) -> Attachment | None:
        """Return an attachment by its id."""
        row = self.attachments.get(str(identifier))
        return Attachment(*json.loads(row)) if row else None

    def children_of(self, identifier: int) -> Sequence[Attachment]:
        """Return the attachments uploaded to a post, by menu order, then id, as [gallery] shows them."""
        found = (self.attachment(child) for child in self.media.children_of(identifier))
        return [attachment for attachment in found if attachment is not None]

    def reusable(self, identifier: int) -> str | None:
        """Return a shared block's content by its id."""
        return self.blocks.get(str(identifier))

    def named(self, kind: str, number: str) -> str:
        """Return what a field of Advanced Custom Fields names by a number, "" when that is nothing known.

        Pictures, files and public pages are their addresses, terms their names.
        """
        if not number.isdecimal():
            return ""
        if kind in ("image", "file", "gallery"):
            found = self.attachment(int(number))
            return found.url if found else ""
        if kind in ("post_object", "relationship", "page_link"):
            path, _, is_public = json.loads(self.paths.get(number) or '["", "", false]')
            return path if is_public else ""
        return self.terms.name_of(number) if kind == "taxonomy" else ""

    def parent_of(self, item: Item) -> str:
        """Return the address of the public item that an item belongs to, "" when there is none.

        That of pages shows in their addresses; that of other types (a product's variations) nowhere else.
        """
        row = self.paths.get(str(item.post_parent)) if item.post_parent else None
        path, _, is_public = json.loads(row) if row else ("", "", False)
        return path if is_public else ""

    def context(self, item: Item, *, empty_paragraphs: bool = False) -> BodyContext:
        """Return what the body of an item may refer to; the link function is added when the body is converted."""
        return BodyContext(
            attachment=self.attachment,
            children=partial(self.children_of, item.post_id),
            reusable=self.reusable,
            footnotes=_footnotes(item),
            answers=answers_in(item.meta),
            empty_paragraphs=empty_paragraphs,
        )

    def menus(self) -> Menus:
        """Return the menus, each entry with the address it leads to."""
        menus = Menus.of(self.menu_items, self._menu_target)
        add_navigations(menus, self.navigations, self._block_target)
        return menus

    def _block_target(self, attributes: Mapping[str, Any]) -> Target | None:
        """Return what an entry of a block theme's menu leads to: a page or term by its id, else its address."""
        kinds = {"post-type": "post_type", "taxonomy": "taxonomy"}
        meta = {
            "_menu_item_type": kinds.get(str(attributes.get("kind", "")), "custom"),
            "_menu_item_object": {"tag": "post_tag"}.get(str(attributes.get("type")), str(attributes.get("type", ""))),
            "_menu_item_object_id": str(attributes.get("id", "")),
        }
        url = str(attributes.get("url") or "")
        own = url_path(url, self.base_url)
        return self._menu_target(meta) or self._menu_target({"_menu_item_url": own or url})

    def _menu_target(self, meta: dict[str, str]) -> Target | None:
        kind, identifier = meta.get("_menu_item_type", ""), meta.get("_menu_item_object_id", "")
        if kind == "post_type":
            row = self.paths.get(identifier)
            if row:
                path, title, is_public = json.loads(row)
                return Target(path, plain_text(title), is_public)
        elif kind == "taxonomy":
            taxonomy = meta.get("_menu_item_object", "")
            address, name = self.terms.page_of(taxonomy, identifier)
            if address:
                return Target(address, name)
        elif kind == "post_type_archive":
            return Target(f"/{meta.get('_menu_item_object', '')}/")
        url = meta.get("_menu_item_url", "")
        only_holds_others = kind == "custom" and not url and "_menu_item_url" in meta
        return Target(url) if only_holds_others or (url and url != _LANGUAGE_SWITCHER) else None


@dataclass(frozen=True)
class _MediaResolver:
    """Resolves as WordPress does: a picture's smaller copies are the picture."""

    resolver: Resolver

    def __call__(self, target: str, kind: str = "link") -> Lead:
        """See `model.Resolve`."""
        leads = [self.resolver(candidate, kind) for candidate in (target, *original_media(target))]
        return next((lead for lead in leads if lead.found), leads[0])

    def near(self, target: str) -> str:
        """See `model.Resolve`."""
        return self.resolver.near(target)


def logins_of(item: Item) -> list[str]:
    """Return the logins of those who wrote an item, the plug-in Co-Authors Plus's before WordPress's own."""
    together = [login_of(term) for term in item.terms if term.domain == AUTHORS]
    creator = item.creator.strip("<> ")  # no login holds them, and slips of the pen leave them
    return together or ([creator] if creator else [])


def _footnotes(item: Item) -> dict[str, str]:
    text = next((value for key, value in item.meta if key == "footnotes"), "")
    try:
        rows = json.loads(text) if text else []
        return {str(row["id"]): str(row["content"]) for row in rows}
    except (ValueError, KeyError, TypeError):
        return {}
