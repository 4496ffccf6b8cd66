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
from hugoconv.systems.hugo.mounts import Mount, mount_of
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
    """What decides where a file is published; `folder_of` gives the address of a content file's page."""

    config: HugoConfig
    mounts: Sequence[Mount]
    """The content directories."""
    content_path: Callable[[str], ContentPath]
    folder_of: Callable[[str], str]

    def addressed(self, assets: Iterable[Asset], pages: Iterable[str]) -> Iterator[Asset]:
        """Yield the assets with the URL paths at which they are published; `pages` are the content files."""
        assets = list(assets)
        folders = {str(parent) for asset in assets if asset.role == "media" for parent in asset.path.parents}
        bundles: dict[tuple[str, str], str] = {}
        for page in pages:
            place = self.content_path(page)
            if place.base in _BUNDLES and str(PurePosixPath(page).parent) in folders:
                bundles[str(PurePosixPath(page).parent), self._language(page, place)] = page
        once = replace(self, folder_of=cache(self.folder_of))
        for asset in assets:
            yield replace(asset, address=once._address(asset, bundles))

    def _address(self, asset: Asset, bundles: dict[tuple[str, str], str]) -> str:
        path = str(asset.path)
        if asset.role == "static":
            static = mount_of(path, self.config.mounts_of("static"))
            return f"/{static.inner(path) if static else path}"
        if asset.role == "media":
            return self._resource_address(path, bundles)
        if asset.is_for_readers and (mount := mount_of(path, self.config.mounts_of("assets"))):
            return f"/{mount.inner(path)}"
        return ""

    def _resource_address(self, path: str, bundles: dict[tuple[str, str], str]) -> str:
        """Return the address of a file below the nearest page whose bundle holds it, or its top section."""
        mount = mount_of(path, self.mounts) or Mount("", "content")
        language = self._language(path, self.content_path(path))
        for parent in PurePosixPath(path).parents:
            name = without_prefix(path, "" if str(parent) == "." else str(parent))
            for each in dict.fromkeys((language, self.config.language)):
                if (page := bundles.get((str(parent), each))) is not None:
                    return _folder(self.folder_of(page)) + name
            if "/" not in (mount.inner(str(parent)) if below(str(parent), mount.source) else ""):
                break
        inside, _, name = mount.inner(path).partition("/") if "/" in mount.inner(path) else ("", "", mount.inner(path))
        prefix = self.config.url_prefix(language) if mount.source != self.config.content_dir else ""
        kind: PageKind = "section" if inside else "home"
        section = page_address(f"{inside}/_index", kind=kind, prefix=prefix, rules=self.config.url_rules(language))
        return _folder(section.url) + name

    def _language(self, path: str, place: ContentPath) -> str:
        mount = mount_of(path, self.mounts)
        return place.language or (mount.language if mount else "") or self.config.language


def _folder(address: str) -> str:
    """Return where the files of the page at an address are: in its folder, or in one of its name without ending."""
    path = unquote(address)
    return path if path.endswith("/") else f"{path.rpartition('.')[0] or path}/"
