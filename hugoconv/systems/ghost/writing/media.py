"""The files of a site in Ghost's content folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from hugoconv.migrate.linkmap import LinkMap
from hugoconv.migrate.plan import Copy
from hugoconv.model import Asset
from hugoconv.report.findings import Findings

_FOLDERS = {
    "images": frozenset((".jpg", ".jpeg", ".gif", ".png", ".svg", ".svgz", ".ico", ".webp")),
    "media": frozenset((".mp4", ".webm", ".ogv", ".mp3", ".wav", ".ogg", ".m4a")),
    "files": frozenset(
        (
            *(".pdf", ".json", ".jsonld", ".odp", ".ods", ".odt", ".ppt", ".pptx", ".rtf", ".txt", ".xls", ".xlsx"),
            *(".xml",),
        )
    ),
}
"""What Ghost takes into each folder (`uploads` in its core/shared/config/overrides.json)."""
_PUBLISHED = ("static", "media", "asset")
NAMED = 3
"""How many files a finding names."""


def content_path(address: str) -> PurePosixPath | None:
    """Return where the file at an address of the old site goes, None for one that Ghost does not take."""
    path = PurePosixPath(unquote(address).lstrip("/"))
    folder = next((name for name, endings in _FOLDERS.items() if path.suffix.lower() in endings), "")
    inner = path.relative_to("content", folder) if path.parts[:2] == ("content", folder) else path
    return PurePosixPath("content", folder, inner) if folder else None


@dataclass
class ContentFolder:
    """The published files of a site that lie beside its posts, and those that Ghost does not take."""

    refused: list[str] = field(default_factory=list)

    def gather(self, assets: Iterable[Asset], links: LinkMap) -> None:
        """Give each file's new address to the links."""
        for asset in assets:
            old = asset.address or f"/{asset.path}"
            path = content_path(old) if asset.role in _PUBLISHED else None
            if path is not None:
                links.add(old, f"/{quote(str(path))}")
            elif asset.role in _PUBLISHED:
                self.refused.append(old)

    def operations(self, assets: Iterable[Asset], log: Findings) -> Iterator[Copy]:
        """Yield the operations that carry the files."""
        for asset in assets:
            path = content_path(asset.address or f"/{asset.path}") if asset.role in _PUBLISHED else None
            if path is not None:
                yield Copy(path, asset.source, str(asset.path))
        if self.refused:
            log.add("HC687", count=len(self.refused), names=", ".join(self.refused[:NAMED]))
