"""The media library of an export: which file an address means, whatever size, host or scheme it is written with."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from hugoconv.migrate.media import some_of
from hugoconv.migrate.tables import Table
from hugoconv.model import MediaFile, MediaText, Medium, Post
from hugoconv.report.findings import PlacedFindings
from hugoconv.systems.addresses import decoded_path, url_path
from hugoconv.systems.given_files import Files, NoFiles
from hugoconv.systems.wordpress import php
from hugoconv.systems.wordpress.urls import is_content_network, original_media, upload_path
from hugoconv.systems.wordpress.wxr.items import Item, plain_text
from hugoconv.urls import urlsplit

UPLOADS = "/wp-content/uploads/"

_PRIVATE = re.compile(
    r"\.(?:php\d?|phtml|htaccess|log|sql|bak|ini|json|lock|po|mo|pot)(?:\.gz)?\Z|/\.|\A\.", re.IGNORECASE
)
"""Files that are no media, which plug-ins leave in the uploads folder."""
_LIBRARY = re.compile(r"(?:sites/[0-9]+/)?(?:[0-9]{4}/[0-9]{2}/)?[^/]+\Z")
_MARK = re.compile(r"/uploads/|/blogs\.dir/[0-9]+/files/|\.files\.wordpress\.com/", re.IGNORECASE)
_MARKS = (b"/uploads/", b"/blogs.dir/", b".files.wordpress.com/")
_QUOTED = re.compile(r"=\s*(?:\"([^\"<>]*/uploads/[^\"<>]*)\"|'([^'<>]*/uploads/[^'<>]*)')")
_NAME = re.compile(r"(.*\.[A-Za-z0-9]{1,5})(?![A-Za-z0-9]).*\Z", re.DOTALL)
_IDS = re.compile(r"\bids\s*=\s*[\"']?([0-9][0-9,\s]*)")
_BLOCK_ID = re.compile(r"<!-- wp:(?:image|cover|file|audio|video|media-text)\b[^>]*?\"(?:id|mediaId)\":\s*([0-9]+)")


@dataclass
class MediaIndex:
    """Attachments by id and by the path of their files below the uploads folder; picklable.

    An address is a URL path below the site's own address. `given` are the files that came with the export.
    """

    base_url: str
    uploads: Files = field(default_factory=NoFiles)
    by_path: Table = field(default_factory=Table)
    by_id: Table = field(default_factory=Table)
    children: dict[int, array[int]] = field(default_factory=dict)
    """Menu order and id of the attachments of each post, one after the other."""
    hosts: set[str] = field(default_factory=set)
    roots: set[str] = field(default_factory=set)
    copies: int = 0
    left_out: list[str] = field(default_factory=list)

    def add(self, item: Item) -> None:
        """Take note of an attachment."""
        url = item.attachment_url or item.guid
        if not url:
            return
        meta = dict(item.meta)
        parts = urlsplit(url)
        self.hosts.add((parts.hostname or "").removeprefix("www."))
        path = self._below_uploads(url) or self._learn_root(url, meta.get("_wp_attached_file", ""))
        if not path:
            path = decoded_path(parts.path).lstrip("/")
        identifier = self._identifier(str(item.post_id), url)
        original = _original_name(path, meta.get("_wp_attachment_metadata", ""))
        text = [plain_text(item.title), meta.get("_wp_attachment_image_alt", ""), item.excerpt, item.content]
        self.by_id[identifier] = json.dumps([path, original, self._address(url, path), url, text])
        for name in (path, original):
            if name:
                self.by_path.setdefault(_key(name), identifier)
        if item.post_parent:
            self.children.setdefault(item.post_parent, array("q")).extend((item.menu_order, item.post_id))

    def seal(self) -> None:
        """Make everything readable from other processes."""
        self.by_path.seal()
        self.by_id.seal()

    @property
    def is_given(self) -> bool:
        """See `MediaLibrary.is_given`."""
        return self.uploads.is_given

    def __iter__(self) -> Iterator[Medium]:
        """See `MediaLibrary`: every attachment, then the files beside the export that are none."""
        for identifier in self.by_id:
            yield self._attachment(identifier)
        self.copies, self.left_out = 0, []
        for name in self.uploads.names():
            if _key(name) in self.by_path:
                continue
            if self._is_copy(name):
                self.copies += 1
            elif _PRIVATE.search(name) or not _LIBRARY.fullmatch(name):
                self.left_out.append(name)
            else:
                yield self._file(UPLOADS + name)

    def report(self, log: PlacedFindings) -> None:
        """See `MediaLibrary.report`."""
        if self.copies:
            log.add("HC424", count=self.copies)
        if self.left_out:
            log.add("HC425", count=len(self.left_out), names=some_of(self.left_out))

    def medium(self, address: str) -> Medium:
        """See `MediaLibrary.medium`."""
        path = self._path(address)
        identifier = self.by_path.get(_key(path)) if path else None
        return self._attachment(identifier) if identifier else self._file(address)

    def mentions(self, post: Post) -> Iterator[str]:
        """See `MediaLibrary.mentions`: addresses in the text and the fields, and attachments named by their ids."""
        item: Item | None = post.extra.get("item")
        texts = [post.body.text]
        identifiers = [number for text in texts for number in _numbers(text)]
        if item is not None:
            texts += [item.excerpt, *(value for _, value in item.meta if "upload" in value or "files." in value)]
            identifiers += [value for key, value in item.meta if key == "_thumbnail_id"]
            identifiers += map(str, self.children_of(item.post_id))
        found = dict.fromkeys(self.address_of(identifier) for identifier in identifiers)
        found |= dict.fromkeys(self.original(url) or "" for text in texts for url in addresses_in(text))
        return (address for address in found if address)

    def children_of(self, identifier: int) -> list[int]:
        """Return the ids of the attachments uploaded to a post, by menu order, then id, as [gallery] shows them."""
        rows = self.children.get(identifier, ())
        return [number for _, number in sorted(zip(rows[::2], rows[1::2], strict=True))]

    def address_of(self, identifier: str) -> str:
        """Return the address of an attachment by its id, "" when there is none."""
        row = self.by_id.get(identifier.strip())
        return str(json.loads(row)[2]) if row else ""

    def original(self, url: str) -> str | None:
        """Return the address of the medium that a URL shows, in whatever size and from whatever host; None for others.

        A copy in another size counts as the picture itself when the picture is known: an attachment, or a file beside
        the export. A name that looks like such a copy but is an attachment of its own is itself.
        """
        candidates = [path for each in original_media(url) if (path := self._path_of_own(each))]
        if not candidates:
            return None
        for path in candidates:
            identifier = self.by_path.get(_key(path))
            if identifier and (path == candidates[0] or self._is_there(identifier) or not self._has(candidates[0])):
                return str(json.loads(self.by_id[identifier])[2])
        if self.uploads.is_given:
            shorter = next((path for path in candidates[1:] if self._has(path)), candidates[0])
            return UPLOADS + shorter if self._has(shorter) else self._own_address(url, candidates[0])
        return self._own_address(url, candidates[0])

    def absolute(self, url: str) -> str:
        """Return a URL that works from anywhere: a path on the site becomes a URL on the old host."""
        is_path = url.startswith("/") and not url.startswith("//")
        return self.base_url.rstrip("/") + url if is_path and upload_path(url) and self.base_url else url

    def _identifier(self, identifier: str, url: str) -> str:
        """Return an id of its own for a file: exports put together by hand have several under one number."""
        numbers = (f"{identifier}.{number}" if number else identifier for number in count())
        return next(each for each in numbers if each not in self.by_id or json.loads(self.by_id[each])[3] == url)

    # addresses and paths

    def _path_of_own(self, url: str) -> str:
        """Return the path below the uploads folder when a URL is one of this site's media, "" for others."""
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        own = (urlsplit(self.base_url).hostname or "").removeprefix("www.")
        path = self._below_uploads(url)
        if not path:
            return ""
        if not host or host == own or host in self.hosts:
            return path
        is_known = _key(path) in self.by_path or self._has(path)
        return path if is_known and is_content_network(host, own) else ""

    def _below_uploads(self, url: str) -> str:
        path = upload_path(url)
        if path:
            return path
        parts = urlsplit(html.unescape(url))
        root = next((root for root in self.roots if parts.path.startswith(root)), "")
        return decoded_path(parts.path[len(root) :]) if root else ""

    def _path(self, address: str) -> str:
        return self._below_uploads(quote(address)) or address.lstrip("/")

    def _learn_root(self, url: str, attached: str) -> str:
        """Find out where a site with an uploads folder of its own keeps its files, from an attachment's path."""
        path = decoded_path(urlsplit(url).path)
        if not attached or not path.endswith("/" + attached):
            return ""
        root = path[: -len(attached)]
        if root != "/":
            self.roots.add(root)
        return attached

    def _address(self, url: str, path: str) -> str:
        own = url_path(url, self.base_url)
        return own if own and own != "/" and upload_path(url) is not None else own or UPLOADS + path

    def _own_address(self, url: str, path: str) -> str:
        return url_path(html.unescape(url).partition("?")[0], self.base_url) or UPLOADS + path

    # files

    def _attachment(self, identifier: str) -> Medium:
        path, original, address, url, text = json.loads(self.by_id[identifier])
        versions = [self._version(address, path, url)]
        if original:
            name = PurePosixPath(original).name
            versions.insert(0, self._version(_renamed(address, name), original, _renamed(url, quote(name))))
        return Medium(address, tuple(versions), MediaText(*text))

    def _file(self, address: str) -> Medium:
        url = self.base_url.rstrip("/") + quote(address)
        return Medium(address, (self._version(address, self._path(address), url),))

    def _version(self, address: str, path: str, url: str) -> MediaFile:
        return MediaFile(address, self.uploads.find(path), url)

    def _has(self, path: str) -> bool:
        return self.uploads.find(path) is not None

    def _is_there(self, identifier: str) -> bool:
        """Whether an attachment's file can be had, as far as is known before asking the old host."""
        if not self.uploads.is_given:
            return True
        path, original, *_ = json.loads(self.by_id[identifier])
        return self._has(path) or bool(original and self._has(original))

    def _is_copy(self, name: str) -> bool:
        """Whether a file is a picture in another size than the one it was uploaded in."""
        shorter = [path for each in original_media(UPLOADS + quote(name))[1:] if (path := upload_path(each))]
        return any(_key(path) in self.by_path or self._has(path) for path in shorter)


_HEAD = re.compile(r"[^\s\"'<>()=|\[\],]*\Z")
_TAIL = re.compile(r"[^\s\"'<>|\[\]]+")
_LONGEST_HEAD = 300


def addresses_in(text: str) -> Iterator[str]:
    """Yield what looks like the address of an uploaded file in HTML, shortcodes, block attributes or plain text."""
    if "\\/" in text:
        text = text.replace("\\/", "/")
    if not _may_have_marks(text):
        return
    for match in _MARK.finditer(text):
        head = _HEAD.search(text[max(match.start() - _LONGEST_HEAD, 0) : match.start()])
        tail = _TAIL.match(text, match.end())
        if head and tail and (name := _NAME.match(re.split(r"[?#]|&quot;", tail[0], maxsplit=1)[0])):
            yield head[0] + match[0] + name[1]
    for match in _QUOTED.finditer(text):
        url = match[1] or match[2]
        if " " in url.strip() and not re.search(r"\s[0-9.]+[wx]\s*(?:,|\Z)", url):
            yield url.strip()


def _may_have_marks(text: str) -> bool:
    """Tell whether a text has anything like an upload's address, which is known much sooner than where."""
    folded = text.encode("utf-8", "surrogatepass").lower()
    return any(mark in folded for mark in _MARKS)


def _numbers(text: str) -> Iterator[str]:
    for match in _IDS.finditer(text) if "ids" in text else ():
        yield from re.findall("[0-9]+", match[1])
    for match in _BLOCK_ID.finditer(text) if 'd":' in text else ():
        yield match[1]


def _key(path: str) -> str:
    return unicodedata.normalize("NFC", path)


def _renamed(address: str, name: str) -> str:
    return address[: address.rfind("/") + 1] + name


def _original_name(path: str, metadata: str) -> str:
    """Return the path of the picture as it was uploaded, when WordPress serves a smaller one in its place."""
    values: Any = php.unserialize(metadata) if "original_image" in metadata else None
    name = values.get("original_image") if isinstance(values, dict) else None
    return _renamed(path, name) if isinstance(name, str) and name and "/" not in name else ""
