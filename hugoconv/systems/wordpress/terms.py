"""Categories, tags and terms of other taxonomies: their names in front matter, their pages and addresses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from hugoconv.errors import UsageError, suggestion
from hugoconv.fields import FIELDS
from hugoconv.model import Term
from hugoconv.systems.addresses import decoded_path
from hugoconv.systems.wordpress.custom_fields import ReadFields, fields_beside
from hugoconv.systems.wordpress.keys import NOT_TERMS, TAXONOMIES
from hugoconv.systems.wordpress.writing.fields import slug_of
from hugoconv.systems.wordpress.wxr.items import Channel, Item, ItemTerm, WxrTerm, plain_text

AUTHORS = "author"
"""The taxonomy that a site's authors become, so that each has a page; Co-Authors Plus has one of this name."""

_TAKEN = frozenset(
    {
        *FIELDS,
        "meta",
        "seo",
        "sticky",
        "format",
        "draft",
        "type",
        "password",
        "params",
        "lastmod",
        "summary",
        "comments",
    }
    | {"pings", "guid"}
)
"""Front matter keys that no taxonomy may have."""


@dataclass
class Terms:
    """The terms of the whole export: those of the channel, and those that only items name."""

    bases: Mapping[str, str]
    """The first part of the addresses of a taxonomy's pages ("category", "tag"); else the taxonomy's name."""
    chosen: Mapping[str, str] = field(default_factory=dict)
    """Front matter keys that were asked for, by taxonomy."""
    known: dict[tuple[str, str], WxrTerm] = field(default_factory=dict)
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    spelt_otherwise: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """Slugs that WordPress would not have written ("My News"), with those of the same terms elsewhere ("my-news")."""
    of_settings: set[str] = field(default_factory=set)
    """Taxonomies of items that are no posts; those that no post has are the site's own affair."""
    of_posts: set[str] = field(default_factory=set)
    pages: dict[str, dict[str, Term]] = field(default_factory=dict)
    _spellings: dict[tuple[str, str, str], tuple[str, str]] = field(default_factory=dict)
    """The terms by taxonomy, by the slug that WordPress makes of theirs, and by name."""

    def add_channel(self, channel: Channel) -> None:
        """Take note of the terms that a channel names."""
        for term in (
            *(replace(term, taxonomy="category") for term in channel.categories),
            *(replace(term, taxonomy="post_tag") for term in channel.tags),
            *channel.terms,
        ):
            if term.taxonomy and term.taxonomy not in NOT_TERMS and term.taxonomy != AUTHORS:
                self._add(term)

    def add_item(self, item: Item) -> None:
        """Take note of the terms that an item has."""
        for term in item.terms:
            if term.domain and term.domain not in NOT_TERMS and term.domain != AUTHORS:
                self.of_posts.add(term.domain)
                if (term.domain, term.nicename) not in self.known:
                    self._add(WxrTerm(taxonomy=term.domain, slug=term.nicename, name=term.name))

    def _add(self, term: WxrTerm) -> None:
        """Take note of a term, unless it is known, or is one that is known by the slug that WordPress makes of its."""
        key = (term.taxonomy, term.slug)
        if key in self.known or key in self.spelt_otherwise:
            return
        spelling = (term.taxonomy, slug_of(decoded_path(term.slug)), term.name)
        if (same := self._spellings.setdefault(spelling, key)) != key:
            self.spelt_otherwise[key] = same
        else:
            self.known[key] = term

    def settle(self, fields: ReadFields = fields_beside) -> None:
        """Give every term its name: two of a taxonomy never share one, nor one that differs in case only.

        A name that would hide the folder of its page (".Net", "#one") is only the page's title.
        UsageError when a key was asked for that cannot be, or for a taxonomy that is not there.
        """
        strange = self.of_settings - self.of_posts - {*TAXONOMIES}
        self.known = {key: term for key, term in self.known.items() if key[0] not in strange}
        names = dict.fromkeys((*TAXONOMIES, *(taxonomy for taxonomy, _ in self.known)))
        names.pop("tag", None)
        for name in self.chosen:
            if name not in names:
                raise UsageError(
                    f"importer.taxonomies: there is no taxonomy {name!r}{suggestion(name, names)}; "
                    f"there are: {', '.join(names)}"
                )
        usual = {name: TAXONOMIES.get(name) or (f"wp_{name}" if name in _TAKEN else name) for name in names}
        self.keys = usual | dict(self.chosen)
        counts = Counter(self.keys.values())
        for chosen in self.chosen.values():
            if counts[chosen] > 1:
                raise UsageError(f"importer.taxonomies: the key {chosen!r} would belong to {counts[chosen]} taxonomies")
        seen: set[tuple[str, str]] = set()
        for key, term in self.known.items():
            label = plain_text(term.name or term.slug).strip() or str(term.id)
            slug = decoded_path(term.slug)
            others = (slug, f"{label} ({slug or term.id})", f"{label} ({slug}, {term.id})")
            label = next(
                (
                    each
                    for each in (label, *others)
                    if each and not _looks_hidden(each) and (term.taxonomy, _folded(each)) not in seen
                ),
                slug or label,
            )
            seen.add((term.taxonomy, _folded(label)))
            self.labels[key] = label
        for key, term in self.known.items():
            meta = fields(term.meta)
            self.pages.setdefault(self.keys[term.taxonomy], {})[self.labels[key]] = Term(
                self.labels[key],
                decoded_path(term.slug),
                self.labels.get((term.taxonomy, term.parent), ""),
                term.description,
                title=plain_text(term.name),
                address=self._address(term),
                meta=meta,
                secrets=_beyond(meta, fields(term.meta, include_secrets=True)) if term.meta else {},
            )

    def of(self, terms: Iterable[ItemTerm]) -> dict[str, list[str]]:
        """Return an item's terms by front matter key."""
        found: dict[str, list[str]] = {}
        for term in terms:
            key = (term.domain, term.nicename)
            label = self.labels.get(self.spelt_otherwise.get(key, key))
            if label is not None:
                found.setdefault(self.keys[term.domain], []).append(label)
        return found

    def page_of(self, taxonomy: str, identifier: str) -> tuple[str, str]:
        """Return the address of a term's page and the term's name, by the term's id; "" when it is not known."""
        term = self._by_id.get((taxonomy, identifier))
        return (self._address(term), plain_text(term.name)) if term else ("", "")

    def name_of(self, identifier: str) -> str:
        """Return the name of a term of any taxonomy by its id, "" when it is not known."""
        return self._names.get(identifier, "")

    @cached_property
    def _names(self) -> dict[str, str]:
        return {str(term.id): self.labels[key] for key, term in self.known.items() if term.id}

    @cached_property
    def _by_id(self) -> dict[tuple[str, str], WxrTerm]:
        return {(term.taxonomy, str(term.id)): term for term in self.known.values() if term.id}

    def _address(self, term: WxrTerm) -> str:
        """Return the address at which WordPress shows a term: below those above it when the taxonomy is a tree."""
        if not term.slug:
            return ""
        slugs = {term.slug: None}
        above = self.known.get((term.taxonomy, term.parent)) if term.parent else None
        while above is not None and above.slug not in slugs:
            slugs[above.slug] = None
            above = self.known.get((above.taxonomy, above.parent)) if above.parent else None
        base = self.bases.get(term.taxonomy, term.taxonomy).strip("/")
        return "/" + "/".join(decoded_path(part) for part in (base, *reversed(slugs))) + "/"


def chosen_keys(pairs: Iterable[str]) -> dict[str, str]:
    """Return the front matter keys of `NAME=KEY` texts by taxonomy; UsageError for a key that is another field's."""
    keys = {}
    for pair in pairs:
        name, equals, key = (part.strip() for part in pair.partition("="))
        if not (name and equals and key):
            raise UsageError(f"importer.taxonomies: write NAME=KEY, not {pair!r}")
        if key in _TAKEN:
            raise UsageError(f"importer.taxonomies: the key {key!r} holds something else")
        keys[name] = key
    return keys


def login_of(term: ItemTerm) -> str:
    """Return the login that a term of Co-Authors Plus stands for."""
    return re.sub(r"\Acap-", "", term.nicename) or term.name


def _looks_hidden(label: str) -> bool:
    """Tell whether generators would overlook a folder of that name, as one that an editor or a system made."""
    return label.startswith((".", "#")) or label.endswith("~")


def _folded(label: str) -> str:
    """Return a name as generators compare names of terms: without case, spaces as hyphens."""
    return re.sub(r"\s+", "-", label.casefold())


def _beyond(known: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that are not known, or hold more than is known of them."""
    return {name: value for name, value in fields.items() if name not in known or known[name] != value}
