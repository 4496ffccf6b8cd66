"""The media of an export: files that come with it, or lie on the site, or on its system's own hosts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from html import unescape
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from hugoconv.markup.files import is_file_name
from hugoconv.markup.markdown import html_references
from hugoconv.migrate.tables import Table
from hugoconv.model import MediaFile, Medium, Post
from hugoconv.report.findings import PlacedFindings
from hugoconv.systems.addresses import decoded_path, host_of, split_web, url_path
from hugoconv.systems.files import portable_name
from hugoconv.systems.given_files import Files, NoFiles
from hugoconv.urls import urljoin, urlsplit

_LONGEST_NAME = 100


@dataclass(frozen=True)
class MediaRules:
    """Where a system keeps media, as data.

    `paths` matches the paths on the site itself below which nothing else is, `hosts` such hosts (and the start of paths
    on them, "host/path"). `sizes` are patterns of what makes a smaller copy of an address, with what makes it the
    original; `wrapped` matches an address with the original's whole address in it as group 1. `folder` is where the
    files of other hosts are on the new site.
    """

    paths: re.Pattern[str] = re.compile(r"(?!)")
    hosts: re.Pattern[str] = re.compile(r"(?!)")
    sizes: tuple[tuple[re.Pattern[str], str], ...] = ()
    folder: str = "/images/"
    wrapped: re.Pattern[str] = re.compile(r"(?!)")

    def original(self, url: str) -> str:
        """Return the address of the file in its full size behind the address of a copy."""
        url = unescape(url.strip())
        inner = self.wrapped.match(url)
        if inner is not None:
            url = unquote(inner[1])
        for pattern, whole in self.sizes:
            url = pattern.sub(whole, url)
        return url


@dataclass
class ExportMedia:
    """The library of an export; picklable. Files of other hosts get an address below the site's own as they are noted.

    `name_of` is the part of a site's address before the names of `files`.
    """

    base_url: str
    rules: MediaRules
    files: Files = field(default_factory=NoFiles)
    prefix: str = "/"
    urls: Table = field(default_factory=Table)
    """The whole URL of each medium by its address, "" when it is not known."""
    elsewhere: Table = field(default_factory=Table)
    """The addresses given to files of other hosts, by their URLs."""

    @property
    def is_given(self) -> bool:
        """See `MediaLibrary.is_given`."""
        return self.files.is_given

    def __iter__(self) -> Iterator[Medium]:
        """See `MediaLibrary`: all that the entries mention, then the files that none does."""
        for address in self.urls:
            yield self.medium(address)
        for name in self.files.names():
            if self.prefix + name not in self.urls:
                yield self.medium(self.prefix + name)

    def medium(self, address: str) -> Medium:
        """See `MediaLibrary.medium`."""
        name = address.removeprefix(self.prefix)
        url = self.urls.get(address) or self.base_url.rstrip("/") + quote(address)
        return Medium(address, (MediaFile(address, self.files.find(name), url),))

    def report(self, log: PlacedFindings) -> None:
        """See `MediaLibrary.report`."""

    def mentions(self, post: Post) -> Iterator[str]:
        """See `MediaLibrary.mentions`."""
        return iter(dict.fromkeys(filter(None, map(self.address_of, self._mentioned(post.body.text, post.image)))))

    def note(self, body: str, image: str | None) -> None:
        """Take note of the media that an entry's body shows, and of its own picture."""
        for url in self._mentioned(body, image):
            original = self.rules.original(url)
            if self._own_path(original):
                self.urls.setdefault(self._own_path(original), self._whole(original))
            elif self._is_kept_elsewhere(original) and original not in self.elsewhere:
                address = self._new_address(original)
                self.elsewhere[original] = address
                self.urls[address] = original

    def seal(self) -> None:
        """Make everything readable from other processes."""
        self.urls.seal()
        self.elsewhere.seal()

    def address_of(self, url: str) -> str:
        """Return the address of the medium that a URL shows, "" for what is none."""
        original = self.rules.original(url)
        return self._own_path(original) or self.elsewhere.get(original, "")

    def medium_at(self, url: str) -> tuple[str, str] | None:
        """See `MediaAddresses.medium_at`."""
        address = self.address_of(url)
        return (address, self.urls.get(address) or address) if address else None

    def _mentioned(self, body: str, image: str | None) -> Iterator[str]:
        yield from (reference.target for reference in html_references(body))
        if image:
            yield image

    def _own_path(self, url: str) -> str:
        """Return the path of a file on the site itself, "" for pages and for other hosts."""
        parts = split_web(url)
        if parts is None or (parts.netloc and not self.base_url):
            return ""
        path = url_path(url.partition("?")[0].partition("#")[0], self.base_url) or ""
        is_file = is_file_name(PurePosixPath(path).name) or self.rules.paths.match(path)
        return path if is_file and path.startswith("/") else ""

    def _is_kept_elsewhere(self, url: str) -> bool:
        parts = split_web(url)
        return parts is not None and bool(self.rules.hosts.match(host_of(parts) + parts.path))

    def _whole(self, url: str) -> str:
        return urljoin(f"{self.base_url.rstrip('/')}/", url) if self.base_url else ""

    def _new_address(self, url: str) -> str:
        """Return an address for a file of another host: its name, with a digest of its URL where two have one name."""
        path = decoded_path(urlsplit(url).path)
        name = portable_name(PurePosixPath(path).name.partition("=")[0].replace("*", "-").lstrip(".-")) or "file"
        digest = blake2b(url.encode("utf-8", "replace"), digest_size=4).hexdigest()
        stem, dot, ending = name.rpartition(".")
        if len(name) > _LONGEST_NAME:
            stem, dot, ending = stem[: _LONGEST_NAME // 2] if dot else digest, dot, ending if dot else ""
            name = f"{stem}{dot}{ending}"
        address = self.rules.folder + name
        if address not in self.urls:
            return address
        return self.rules.folder + (f"{stem}-{digest}{dot}{ending}" if dot else f"{name}-{digest}")
