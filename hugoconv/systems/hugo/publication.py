"""Where Hugo publishes the files that are not pages: static files from the root, a bundle's files beside its page.

The rules are those of Hugo's hugolib/content_map.go and resources/page, tried with the program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import PurePosixPath
from typing import Protocol
from urllib.parse import unquote

from hugoconv.model import Asset
from hugoconv.systems.files import below, without_prefix
from hugoconv.systems.hugo.config import HugoConfig
from hugoconv.systems.hugo.urls import PageKind, page_address

_BUNDLES = ("index", "_index")


class ContentPath(Protocol):
    """A content file's place among the pages."""

    @property
    def folder(self) -> str:
        """Its folder below the content directory."""

    @property
    def base(self) -> str:
        """Its name without ending and language."""

    @property
    def language(self) -> str:
        """The language that its name says, "" for none."""


@dataclass(frozen=True)
class Publication:
    """What decides where a file is published; `address_of` gives the address of a content file's page."""

    config: HugoConfig
    content_dirs: Sequence[str]
    content_path: Callable[[str], ContentPath]
    address_of: Callable[[str], str]

    def addressed(self, assets: Iterable[Asset], pages: Iterable[str]) -> Iterator[Asset]:
        """Yield the assets with the URL paths at which they are published; `pages` are the content files."""
        assets = list(assets)
        folders = {str(parent) for asset in assets if asset.role == "media" for parent in asset.path.parents}
        bundles: dict[tuple[str, str], str] = {}
        for page in pages:
            place = self.content_path(page)
            if place.base in _BUNDLES and str(PurePosixPath(page).parent) in folders:
                bundles[str(PurePosixPath(page).parent), self._language(page, place)] = page
        once = replace(self, address_of=cache(self.address_of))
        for asset in assets:
            yield replace(asset, address=once._address(asset, bundles))

    def _address(self, asset: Asset, bundles: dict[tuple[str, str], str]) -> str:
        path = str(asset.path)
        if asset.role == "static":
            static = next((folder for folder in self.config.static_dirs if below(path, folder)), "")
            return f"/{without_prefix(path, static)}"
        if asset.role == "media":
            return self._resource_address(path, bundles)
        return ""

    def _resource_address(self, path: str, bundles: dict[tuple[str, str], str]) -> str:
        """Return the address of a file below the nearest page whose bundle holds it, or its top section."""
        root = max((folder for folder in self.content_dirs if below(path, folder)), key=len, default="")
        language = self._language(path, self.content_path(path))
        for parent in PurePosixPath(path).parents:
            name = without_prefix(path, "" if str(parent) == "." else str(parent))
            for each in dict.fromkeys((language, self.config.language)):
                if (page := bundles.get((str(parent), each))) is not None:
                    return _folder(self.address_of(page)) + name
            inside = "" if str(parent) == (root or ".") else without_prefix(str(parent), root)
            if "/" not in inside:
                prefix = self.config.url_prefix(language) if root != self.config.content_dir else ""
                kind: PageKind = "section" if inside else "home"
                rules = self.config.url_rules(language)
                section = page_address(f"{inside}/_index", kind=kind, prefix=prefix, rules=rules)
                return _folder(section.url) + name
        return f"/{path}"

    def _language(self, path: str, place: ContentPath) -> str:
        own = (
            name for name, each in self.config.languages.items() if each.content_dir and below(path, each.content_dir)
        )
        return place.language or next(own, self.config.language)


def _folder(address: str) -> str:
    """Return where the files of the page at an address are: in its folder, or in one of its name without ending."""
    path = unquote(address)
    return path if path.endswith("/") else f"{path.rpartition('.')[0] or path}/"
