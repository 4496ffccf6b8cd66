"""The media of a site for WordPress: files below `uploads/`, and an attachment each for what its library takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from hugoconv.migrate.linkmap import LinkMap
from hugoconv.migrate.plan import Copy, FileOp, Piece
from hugoconv.migrate.tables import Table
from hugoconv.model import Asset, MediaText
from hugoconv.report.findings import Findings
from hugoconv.systems.wordpress.keys import ATTACHMENT
from hugoconv.systems.wordpress.writing.fields import as_html, slug_of
from hugoconv.systems.wordpress.writing.ledger import Ledger
from hugoconv.systems.wordpress.wxr.items import Item
from hugoconv.systems.wordpress.wxr.writer import item_xml

UPLOADS = "/wp-content/uploads/"

_TAKEN = frozenset(
    {
        *("jpg", "jpeg", "jpe", "gif", "png", "bmp", "tif", "tiff", "webp", "ico", "heic", "avif"),
        *("asf", "wmv", "avi", "mov", "qt", "mpeg", "mpg", "mp4", "m4v", "ogv", "webm", "mkv", "3gp"),
        *(
            "txt",
            "csv",
            "tsv",
            "ics",
            "rtx",
            "vtt",
            "mp3",
            "m4a",
            "aac",
            "ra",
            "ram",
            "wav",
            "ogg",
            "oga",
            "flac",
            "mid",
        ),
        *(
            "midi",
            "wma",
            "rtf",
            "pdf",
            "zip",
            "gz",
            "gzip",
            "tar",
            "rar",
            "7z",
            "psd",
            "xcf",
            "doc",
            "docx",
            "pot",
            "pps",
        ),
        *("ppt", "pptx", "ppsx", "wri", "xla", "xls", "xlsx", "odt", "odp", "ods", "odg", "key", "numbers", "pages"),
    }
)
"""Endings of the files that WordPress takes into its library (`wp_get_mime_types`)."""
_PUBLISHED = ("static", "media", "asset")


@dataclass
class MediaLayout:
    """Where each published file of the old site lies below `uploads/`, and the ids of the attachments."""

    ledger: Ledger
    base_url: str
    said: Mapping[str, MediaText] = field(default_factory=dict)
    """What is known of files, by their old URL paths."""
    left_out: list[str] = field(default_factory=list)
    _paths: Table = field(default_factory=Table)
    """Path below uploads of each file, by its old URL path."""
    _identifiers: Table = field(default_factory=Table)
    """Attachment id of each file, 0 for one that the library does not take, by its path below uploads."""

    def gather(self, assets: Iterable[Asset], links: LinkMap) -> None:
        """Give each file its place, and its new address to the links."""
        for asset in assets:
            if asset.role not in _PUBLISHED:
                if asset.role != "data":
                    self.left_out.append(str(asset.path))
                continue
            old = _key(asset)
            below = unquote(old).partition(UPLOADS)[2]
            path = below if below and below not in self._identifiers else unquote(old).lstrip("/")
            ending = PurePosixPath(path).suffix.lower().lstrip(".")
            identifier = self.ledger.new_id() if ending in _TAKEN else 0
            self._paths[old] = path
            self._identifiers[path] = str(identifier)
            links.add(asset.address or old, UPLOADS + quote(path))

    def attachment(self, address: str) -> int:
        """Return the id of the attachment that is at an address of the new site, 0 for none."""
        return int(self._identifiers.get(unquote(address).partition(UPLOADS)[2], "0"))

    def seal(self) -> None:
        """Make everything readable from other processes."""
        self._paths.seal()
        self._identifiers.seal()

    def pieces(self, assets: Iterable[Asset], order: int, log: Findings) -> Iterator[Piece | FileOp]:
        """Yield the attachments, and the operations that copy the files."""
        refused: list[str] = []
        for asset in assets:
            path = self._paths.get(_key(asset))
            if path is None:
                continue
            identifier = int(self._identifiers[path])
            yield Copy(PurePosixPath("uploads", path), asset.source, str(asset.path))
            if not identifier:
                refused.append(str(asset.path))
                continue
            yield Piece(item_xml(self._item(path, identifier, self._text(asset))), order, f"attachment {identifier}")
        if refused:
            log.add("HC622", count=len(refused), files=refused)
        if self.left_out:
            log.add("HC623", count=len(self.left_out), files=self.left_out)

    def _text(self, asset: Asset) -> MediaText:
        return self.said.get(unquote(asset.address or f"/{asset.path}")) or MediaText()

    def _item(self, path: str, identifier: int, said: MediaText) -> Item:
        name = PurePosixPath(path)
        title = said.title or name.stem
        url = self.base_url.rstrip("/") + UPLOADS + quote(path)
        local, utc, _ = self.ledger.dates(ATTACHMENT, title, (self.ledger.earliest, self.ledger.earliest, ""))
        return Item(
            title=as_html(title),
            link=url,
            guid=url,
            content=said.description,
            excerpt=said.caption,
            post_id=identifier,
            post_date=local,
            post_date_gmt=utc,
            post_modified=local,
            post_modified_gmt=utc,
            comment_status="closed",
            ping_status="closed",
            post_name=self.ledger.slug(ATTACHMENT, slug_of(name.stem) or f"file-{identifier}", lambda _: False),
            status="inherit",
            post_type=ATTACHMENT,
            attachment_url=url,
            meta=(("_wp_attached_file", path), *((("_wp_attachment_image_alt", said.alt),) if said.alt else ())),
        )


def _key(asset: Asset) -> str:
    """Return the old URL path of a file; of one that only templates published its place, for it may share the other."""
    return f"/{asset.path}" if asset.role == "asset" or not asset.address else asset.address
