"""What is true of the whole site as `site.json`, and back."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from hugoconv.migrate.digest import pieces_of
from hugoconv.model import (
    Asset,
    Author,
    ListPage,
    MediaFile,
    MediaText,
    Medium,
    MenuItem,
    Packed,
    Post,
    Redirect,
    Site,
    SiteInfo,
    Term,
)
from hugoconv.report.findings import Findings, PlacedFindings
from hugoconv.systems.jsonl.checking import DumpError, safe_path
from hugoconv.systems.jsonl.records import term_record
from hugoconv.systems.jsonl.values import NotPlainError, decoded, encoded
from hugoconv.zones import zone_or_utc

SCHEMA = "hugoconv.site/1"
FILE = "site.json"
ASSETS = "assets"

_PLAIN = (
    "title",
    "description",
    "base_url",
    "language",
    "time_zone",
    "taxonomies",
    "page_size",
    "feed",
    "build_future",
)


@dataclass
class Files:
    """The files of a dump: what each is called below `assets/`, and where its bytes are."""

    sources: dict[str, Path | Packed] = field(default_factory=dict)

    def add(self, path: str, source: Path | Packed) -> dict[str, Any]:
        """Take note of a file and return its key, size and digest."""
        key = self._key(path)
        self.sources[key] = source
        digest, size = hashlib.sha256(), 0
        for chunk in pieces_of(source):
            digest.update(chunk)
            size += len(chunk)
        return {"key": key, "size": size, "sha256": digest.hexdigest()}

    def _key(self, path: str) -> str:
        name = unicodedata.normalize("NFC", path.lstrip("/"))
        try:
            wanted = safe_path(name)
        except DumpError:
            wanted = PurePosixPath(f"file-{len(self.sources) + 1}")
        key, number = wanted, 2
        while str(key) in self.sources:
            key = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
            number += 1
        return str(key)


def site_record(site: Site, media: Iterable[Medium], files: Files) -> dict[str, Any]:
    """Return what `site.json` holds; `files` gets the files that belong beside it."""
    info = site.info
    return {
        "schema": SCHEMA,
        "system": info.system,
        **{name: getattr(info, name) for name in _PLAIN},
        "params": encoded(info.params),
        "languages": encoded(info.languages),
        "lost": [list(each) for each in info.lost],
        "settings": _settings(info.settings),
        "terms": {
            taxonomy: {name: term_record(term, info.include_secrets) for name, term in terms.items()}
            for taxonomy, terms in info.terms.items()
        },
        "authors": {login: _author(author, info.include_secrets) for login, author in info.authors.items()},
        "menus": _menus(info.menus),
        "menu_names": info.menu_names,
        "all_menus": _menus(site.menus()),
        "lists": [asdict(each) for each in site.lists()],
        "redirects": [asdict(each) for each in site.redirects],
        "left_out": list(site.left_out),
        "assets": [
            {"path": str(asset.path), "role": asset.role, "address": asset.address}
            | files.add(str(asset.path), asset.source)
            for asset in site.assets
        ],
        "has_library": site.media is not None,
        "media_given": site.media is not None and site.media.is_given,
        "media": [_medium(medium, files) for medium in media],
    }


def _settings(settings: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in settings.items():
        try:
            found[key] = encoded(value)
        except NotPlainError:
            continue  # a configuration is among the assets
    return found


def _author(author: Author, include_secrets: bool) -> dict[str, Any]:
    record = asdict(author)
    return record if include_secrets else record | {"email": ""}


def _menus(menus: dict[str, tuple[MenuItem, ...]]) -> dict[str, Any]:
    return {name: [asdict(item) for item in items] for name, items in menus.items()}


def _medium(medium: Medium, files: Files) -> dict[str, Any]:
    versions: list[dict[str, Any]] = []
    for version in medium.versions:
        record: dict[str, Any] = {"address": version.address, "url": version.url}
        if version.source is not None:
            record |= files.add(version.address, version.source)
        versions.append(record)
    return {"address": medium.address, "versions": versions, "text": asdict(medium.text)}


def info_from(record: dict[str, Any]) -> SiteInfo:
    """Return what a record that is as the schema says has to say of the site."""
    return SiteInfo(
        system=record["system"],
        **{name: record[name] for name in _PLAIN},
        zone=zone_or_utc(record["time_zone"]),
        params=decoded(record["params"]),
        languages=decoded(record["languages"]),
        lost=tuple((file, key, remedy) for file, key, remedy in record["lost"]),
        settings=decoded(record["settings"]),
        terms={
            taxonomy: {name: Term(**term | {"meta": decoded(term.get("meta", {}))}) for name, term in terms.items()}
            for taxonomy, terms in record["terms"].items()
        },
        authors={login: Author(**author) for login, author in record["authors"].items()},
        menus=menus_from(record["menus"]),
        menu_names=dict(record["menu_names"]),
    )


def menus_from(record: dict[str, Any]) -> dict[str, tuple[MenuItem, ...]]:
    """Return the menus of a record."""
    return {name: tuple(MenuItem(**item) for item in items) for name, items in record.items()}


def lists_from(record: list[dict[str, Any]]) -> tuple[ListPage, ...]:
    """Return the list pages of a record."""
    return tuple(ListPage(**each) for each in record)


def redirects_from(record: list[dict[str, Any]]) -> tuple[Redirect, ...]:
    """Return the redirects of a record."""
    return tuple(Redirect(**each) for each in record)


def assets_from(record: list[dict[str, Any]], folder: Path, log: Findings) -> Iterator[Asset]:
    """Yield the files of the site that are in `folder`; those that are not, or leave it, are findings."""
    for each in record:
        source = file_at(folder, each, log)
        if source is not None:
            yield Asset(safe_path(each["path"]), source, each["role"], each["address"])


def file_at(folder: Path, record: dict[str, Any], log: Findings) -> Path | None:
    """Return the file of a key; HC661 for a key that leaves the folder, HC662 for a file that is not as it was."""
    key = record["key"]
    try:
        path = folder / safe_path(key)
    except DumpError as error:
        log.add("HC661", file=FILE, key=key, detail=error.message)
        return None
    if not path.resolve().is_relative_to(folder.resolve()):
        log.add("HC661", file=FILE, key=key, detail="a link leads out of the folder")
        return None
    if not path.is_file():
        log.add("HC662", file=FILE, key=key, detail="it is not there")
        return None
    if path.stat().st_size != record["size"]:
        log.add("HC662", file=FILE, key=key, detail=f"it has {path.stat().st_size:,} bytes, not {record['size']:,}")
    return path


@dataclass
class DumpedMedia:
    """The media of a dump, known by their addresses; see `MediaLibrary`."""

    media: dict[str, Medium]
    is_given: bool

    @classmethod
    def of(cls, record: dict[str, Any], folder: Path, log: Findings) -> DumpedMedia:
        """Return the media of a site's record."""
        media: dict[str, Medium] = {}
        for each in record["media"]:
            versions = tuple(
                MediaFile(
                    version["address"], file_at(folder, version, log) if "key" in version else None, version["url"]
                )
                for version in each["versions"]
            )
            media[each["address"]] = Medium(each["address"], versions, MediaText(**each["text"]))
        return cls(media, record["media_given"])

    def __iter__(self) -> Iterator[Medium]:
        """See `MediaLibrary`."""
        return iter(self.media.values())

    def medium(self, address: str) -> Medium:
        """See `MediaLibrary.medium`."""
        return self.media.get(address) or Medium(address, (MediaFile(address),))

    def report(self, log: PlacedFindings) -> None:
        """See `MediaLibrary.report`: whoever wrote the dump was told."""

    def mentions(self, post: Post) -> Iterable[str]:
        """See `MediaLibrary.mentions`."""
        found: Iterable[str] = post.extra.get(MENTIONS, ())
        return found


MENTIONS = "mentions"
"""Where a loaded post keeps the addresses of the media that its line names."""
Menus = Callable[[], dict[str, tuple[MenuItem, ...]]]
