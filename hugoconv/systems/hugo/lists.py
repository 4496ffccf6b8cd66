"""The pages that Hugo makes up: the home page, sections, taxonomies and terms without an `_index` file, and feeds.

The rules are those of Hugo's hugolib/content_map_page_assembler.go and config/allconfig (outputs, disableKinds), tried
with the program. Pages of a list beyond the first are left out: whether there are any depends on the theme.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from hugoconv.fields import KeyTable
from hugoconv.model import Kind, ListPage, Post
from hugoconv.systems.hugo.config import HugoConfig, Language
from hugoconv.systems.hugo.configfiles import look_up
from hugoconv.systems.hugo.logicalpath import LogicalPath
from hugoconv.systems.hugo.permalinks import UrlError
from hugoconv.systems.hugo.urls import PageKind, page_address

_FEED = "rss"
_OLD_KIND_NAMES = {"taxonomyterm": "taxonomy"}


@dataclass
class _Found:
    """What the public pages of one language are in, by the key that Hugo tells them apart by."""

    sections: dict[str, str] = field(default_factory=dict)
    terms: dict[tuple[str, str], str] = field(default_factory=dict)
    written: dict[str, Post] = field(default_factory=dict)
    """The `_index` pages, by folder."""


def list_pages(posts: Iterable[tuple[Post, LogicalPath]], config: HugoConfig, keys: KeyTable) -> Iterator[ListPage]:
    """Yield the list pages of a site, each language's by kind and name; a written one only for its feed."""
    found = {name: _Found() for name, language in config.languages.items() if not language.disabled}
    for post, logical in posts:
        inside = found.get(logical.language or config.language)
        if inside is not None and post.address and post.status == "published":
            _note(post, logical, keys, inside)
    for name, inside in found.items():
        yield from _of_language(config, config.languages[name], keys, inside)


def _note(post: Post, logical: LogicalPath, keys: KeyTable, found: _Found) -> None:
    if logical.base == "_index":
        found.written[_known(logical.folder)] = post
    top, _, below = logical.folder.partition("/")
    if top and (below or not logical.is_bundle) and top not in keys.taxonomies:
        found.sections.setdefault(_known(top), top)
    for taxonomy in keys.taxonomies:
        for term in post.terms.get(taxonomy, ()):
            if str(term).strip():
                found.terms.setdefault((taxonomy, _known(str(term))), str(term))


def _of_language(config: HugoConfig, language: Language, keys: KeyTable, found: _Found) -> Iterator[ListPage]:
    disabled = {
        _OLD_KIND_NAMES.get(str(kind).lower(), str(kind).lower())
        for values in (language.values, config.values)
        for kind in look_up(values, "disableKinds", []) or []
    }
    wanted: list[tuple[Kind, PageKind, str, str, str]] = [("home", "home", "", config.title, "")]
    nested = {folder: folder.rpartition("/")[2] for folder, post in found.written.items() if post.kind == "section"}
    sections = {folder: name for folder, name in (nested | found.sections).items() if folder not in keys.taxonomies}
    wanted += [("section", "section", folder, name, "") for folder, name in sorted(sections.items()) if folder]
    wanted += [("section", "taxonomy", name, name, name) for name in keys.taxonomies]
    unused = {_parted(folder): _parted(folder)[1] for folder, post in found.written.items() if post.kind == "term"}
    terms = sorted((unused | found.terms).items())
    wanted += [("term", "term", f"{taxonomy}/{key}", term, taxonomy) for (taxonomy, key), term in terms]
    for kind, hugo_kind, folder, title, taxonomy in wanted:
        if hugo_kind in disabled:
            continue
        post = found.written.get(folder)
        address = post.address if post else _address(config, language, hugo_kind, folder, title)
        if address:
            has_feed = _FEED not in disabled and _has_feed(config, language, hugo_kind, post)
            name = config.value("outputFormats.rss.baseName", "index")
            feed = f"{address}{name}.xml" if has_feed and address.endswith("/") else ""
            yield ListPage(
                kind,
                address,
                title if kind == "term" else _title(title),
                taxonomy,
                language.name,
                feed,
                post is not None,
            )


def _address(config: HugoConfig, language: Language, kind: PageKind, folder: str, title: str) -> str:
    path = f"{folder}/_index" if folder else "_index"
    prefix, rules = config.url_prefix(language.name), config.url_rules(language.name)
    try:
        return page_address(path, kind=kind, title=title, prefix=prefix, rules=rules).url
    except UrlError:
        return ""


def _has_feed(config: HugoConfig, language: Language, kind: str, post: Post | None) -> bool:
    """Whether a list has a feed: its own page says so first, else the configuration."""
    of_page: Any = look_up(post.front_matter, "outputs") if post else None
    if of_page is not None:
        return _FEED in {str(name).lower() for name in (of_page if isinstance(of_page, (list, tuple)) else [of_page])}
    of_kind = (look_up(values, f"outputs.{kind}") for values in (language.values, config.values))
    return all(_FEED in {str(name).lower() for name in outputs} for outputs in of_kind if outputs is not None)


def _title(name: str) -> str:
    return name[:1].upper() + name[1:]


def _parted(folder: str) -> tuple[str, str]:
    taxonomy, _, term = folder.partition("/")
    return taxonomy, term


def _known(name: str) -> str:
    return name.lower().replace(" ", "-")
