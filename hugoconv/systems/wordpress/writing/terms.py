"""The terms of all posts, with their slugs and parents, as WordPress keeps them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote

from hugoconv.model import Post, SiteInfo, Term
from hugoconv.systems.wordpress.writing.custom_fields import values_of
from hugoconv.systems.wordpress.writing.fields import as_html, slug_of
from hugoconv.systems.wordpress.wxr.items import ItemTerm, WxrTerm

_AUTHORS = "authors"
"""The taxonomy of those who wrote the posts; to WordPress they are no terms."""
_DOMAINS = {"categories": "category", "category": "category", "tags": "post_tag", "tag": "post_tag"}


@dataclass
class TermLedger:
    """The terms by taxonomy key (plural) and name."""

    info: SiteInfo
    _known: dict[str, dict[str, Term]] = field(default_factory=dict)
    _pages: dict[tuple[str, str], Term] = field(default_factory=dict)
    """What term pages say, by taxonomy key and the folder of the page."""
    _uses: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many posts have a term, by taxonomy key and name."""
    _slugs: dict[str, dict[str, str]] = field(default_factory=dict)
    """The slugs by domain and name."""

    def domain(self, taxonomy: str) -> str:
        """Return WordPress's name of a taxonomy."""
        singular = next((one for one, plural in self.info.taxonomies.items() if plural == taxonomy), taxonomy)
        return _DOMAINS.get(taxonomy) or slug_of(singular).replace("-", "_")[:32]

    def note(self, taxonomy: str, name: str) -> None:
        """Take note of a term that a post has."""
        self._uses[taxonomy, name] += 1
        terms = self._known.setdefault(taxonomy, {})
        if name not in terms:
            terms[name] = self.info.terms.get(taxonomy, {}).get(name) or Term(name)

    @cached_property
    def _spellings(self) -> dict[tuple[str, str], str]:
        """How most posts write a term, by taxonomy key and folder; known when all posts are."""
        ordered = (name for name, _ in self._uses.most_common())
        return {(taxonomy, _folded(name)): name for taxonomy, name in reversed([*ordered])}

    def spelling(self, taxonomy: str, name: str) -> str:
        """Return a term's name as most posts write it: WordPress does not tell capitals apart."""
        return self._spellings.get((taxonomy, _folded(name)), name)

    def describe(self, page: Post) -> None:
        """Take what a term's page says about it."""
        taxonomy, folder = _term_of(page)
        slug = unquote(page.address).rstrip("/").rpartition("/")[2]
        parent = page.front_matter.get("parent")
        title, above = page.title or folder, parent if isinstance(parent, str) else ""
        meta = page.front_matter.get("meta")
        name = title if _folded(title) == _folded(folder) else folder
        self._pages[taxonomy, _folded(folder)] = Term(
            name, slug, above, page.body.text.strip(), title, page.address, meta if isinstance(meta, dict) else {}
        )

    def _term(self, taxonomy: str, name: str) -> Term:
        own = self._known.get(taxonomy, {}).get(name) or Term(name)
        page = self._pages.get((taxonomy, _folded(name)))
        if page is None:
            return own
        return Term(
            name,
            own.slug or page.slug,
            own.parent or page.parent,
            own.description or page.description,
            title=own.title or page.title,
            address=own.address or page.address,
            meta=own.meta or page.meta,
            secrets=own.secrets,
        )

    def _label(self, taxonomy: str, name: str) -> str:
        """Return the name that readers see, in HTML."""
        name = self.spelling(taxonomy, name)
        return as_html(self._term(taxonomy, name).title or name)

    def at(self, address: str) -> WxrTerm | None:
        """Return the term whose page is at an address of the old site."""
        return self._by_address.get(_bare(address))

    @cached_property
    def _by_address(self) -> dict[str, WxrTerm]:
        """The terms by the addresses of their pages; known when all posts are."""
        terms = {(term.taxonomy, term.slug): term for each in self.written() for term in each}
        return {
            _bare(address): terms[self.domain(taxonomy), self.slug(taxonomy, name)]
            for taxonomy in self._taxonomies()
            for name in self._names(taxonomy)
            for address in (self._term(taxonomy, name).address, f"/{taxonomy}/{_folded(name)}/")
            if address
        }

    def slug(self, taxonomy: str, name: str) -> str:
        """Return a term's slug; two names of one taxonomy never share one."""
        slugs = self._all_slugs(self.domain(taxonomy))
        name = self.spelling(taxonomy, name)
        return slugs.get(name) or slug_of(name)

    def _all_slugs(self, domain: str) -> dict[str, str]:
        if domain not in self._slugs:
            made: dict[str, str] = {}
            taken: set[str] = set()
            for taxonomy in self._taxonomies():
                if self.domain(taxonomy) != domain:
                    continue
                for name in self._names(taxonomy):
                    wanted = slug_of(self._term(taxonomy, name).slug) or slug_of(name) or "term"
                    number, slug = 1, wanted
                    while slug in taken and name not in made:
                        number += 1
                        slug = f"{wanted}-{number}"
                    made.setdefault(name, slug)
                    taken.add(slug)
            self._slugs[domain] = made
        return self._slugs[domain]

    def _taxonomies(self) -> list[str]:
        named = (*self._known, *self.info.terms, *(taxonomy for taxonomy, _ in self._pages))
        return [taxonomy for taxonomy in dict.fromkeys(named) if taxonomy != _AUTHORS]

    def _names(self, taxonomy: str) -> list[str]:
        """Return the names of all terms: of posts, of the site, of term pages, and the parents of all these."""
        known = {_folded(name) for name in self._known.get(taxonomy, {})}
        every = (*self._known.get(taxonomy, {}), *self.info.terms.get(taxonomy, {}))
        names = dict.fromkeys(self.spelling(taxonomy, name) for name in every)
        for (of, folder), page in self._pages.items():
            if of == taxonomy and folder not in known:
                names.setdefault(page.name)
        for name in list(names):
            parent = self._term(taxonomy, name).parent
            while parent and parent not in names:
                names[parent] = None
                parent = self._term(taxonomy, parent).parent
        return list(names)

    def of(self, post: Post, named: Mapping[str, Iterable[str]]) -> tuple[ItemTerm, ...]:
        """Return the terms of a post by their names."""
        found = [
            ItemTerm(self.domain(taxonomy), self.slug(taxonomy, name), self._label(taxonomy, name))
            for taxonomy, names in named.items()
            for name in names
        ]
        kind = post.front_matter.get("format")
        if isinstance(kind, str) and kind:
            found.append(ItemTerm("post_format", f"post-format-{kind}", kind.capitalize()))
        return tuple(dict.fromkeys(found))

    @property
    def custom_taxonomies(self) -> set[str]:
        """The taxonomies that a WordPress has not by itself."""
        return {self.domain(taxonomy) for taxonomy in self._taxonomies()} - {"category", "post_tag"}

    def written(self) -> tuple[tuple[WxrTerm, ...], tuple[WxrTerm, ...], tuple[WxrTerm, ...]]:
        """Return categories, tags and the terms of other taxonomies, with ids."""
        made: list[WxrTerm] = []
        seen: set[tuple[str, str]] = set()
        for taxonomy in self._taxonomies():
            domain = self.domain(taxonomy)
            for name in self._names(taxonomy):
                term, slug = self._term(taxonomy, name), self.slug(taxonomy, name)
                if (domain, slug) in seen:
                    continue
                seen.add((domain, slug))
                parent = self.slug(taxonomy, term.parent) if term.parent and domain != "post_tag" else ""
                made.append(
                    WxrTerm(
                        id=len(made) + 1,
                        taxonomy=domain,
                        slug=slug,
                        parent=parent,
                        name=self._label(taxonomy, name),
                        description=term.description,
                        meta=tuple(values_of(term.fields(include_secrets=self.info.include_secrets))),
                    )
                )
        return (
            tuple(term for term in made if term.taxonomy == "category"),
            tuple(term for term in made if term.taxonomy == "post_tag"),
            tuple(term for term in made if term.taxonomy not in ("category", "post_tag")),
        )

    def menus(self, names: Iterable[str]) -> tuple[WxrTerm, ...]:
        """Return the terms that menus are."""
        first = sum(map(len, self.written())) + 1
        return tuple(
            WxrTerm(
                id=first + index,
                taxonomy="nav_menu",
                slug=slug_of(name) or "menu",
                name=as_html(self.info.menu_names.get(name) or name),
            )
            for index, name in enumerate(sorted(names))
        )


def is_authors_page(post: Post) -> bool:
    """Whether a page is that of one author."""
    return post.kind == "term" and _term_of(post)[0] == _AUTHORS


def _bare(address: str) -> str:
    return unquote(address).strip("/").lower()


def _term_of(page: Post) -> tuple[str, str]:
    """Return the taxonomy of a term's page, and the page's folder in it."""
    taxonomy, folder = page.path.parts[-3], page.path.parts[-2]
    if taxonomy not in page.keys.taxonomies:
        taxonomy, folder = page.path.parts[1], "/".join(page.path.parts[2:-1])
    return taxonomy, folder


def _folded(name: str) -> str:
    """Return the name of a term's folder, as Hugo derives it."""
    return name.lower().replace(" ", "-")
