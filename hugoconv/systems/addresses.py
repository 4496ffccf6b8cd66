"""Addresses of a site: the path of a page below the site's own address, decoded, whatever way a link is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol
from urllib.parse import SplitResult, quote
from urllib.parse import urlsplit as strictly_split

from hugoconv.urls import urlsplit


def url_path(link: str, base_url: str) -> str | None:
    """Return the path of a page's address below the site's address, decoded, such as "/2024/05/title/".

    None when the page is not on the site, or has no path of its own ("/?p=7"), or none from the root ("../a"). The
    scheme, "www." and a port do not count; the folder a site is installed in is not part of the path.
    """
    if PLAIN_PATH.fullmatch(rest := written_below(link, base_url)):
        return rest
    page = split_web(link)
    return path_of(page, base_url) if page is not None and link.strip() else None


PLAIN_PATH = re.compile(r"/(?!/)[A-Za-z0-9_./~-]*")
"""A path that no rule changes."""


def written_below(link: str, base_url: str) -> str:
    """Return what follows the site's address in a link that begins with it as it is written, "" for others."""
    stem = _stem(base_url)
    return link[len(stem) :] if stem and link.startswith(stem) else ""


@lru_cache(maxsize=16)
def _stem(base_url: str) -> str:
    base = split_web(base_url)
    return base_url.rstrip("/") if base is not None and base.netloc and not (base.query or base.fragment) else ""


def path_of(page: SplitResult, base_url: str) -> str | None:
    """Return what `url_path` does, for an address that is split already."""
    base = split_web(base_url)
    if page.netloc and base is not None and base.netloc and host_of(page) != host_of(base):
        return None
    path = page.path or "/"
    if not path.startswith("/"):
        return None
    folder = base.path.rstrip("/") if base is not None else ""
    if page.netloc and folder:
        if path != folder and not path.startswith(folder + "/"):
            return None
        path = path[len(folder) :] or "/"
    path = f"/{path.lstrip('/')}"  # what begins with two slashes would name a host; web servers take them for one
    if page.query and path == "/":
        return None
    return decoded_path(path)


def decoded_path(path: str) -> str:
    """Return a URL path with its percent-encoded characters decoded, as a file would be called.

    What is not UTF-8, and what would change the meaning of the path (an encoded "/", "?", "#" or control character),
    stays encoded; a "%" that encodes nothing is itself.
    """
    return re.sub(r"(?:%[0-9A-Fa-f]{2})+", _decoded, path) if "%" in path else path


def as_url(address: str) -> str:
    """Return the address of a page as a URL's path: some systems have the name of its file, with `#`, `?`, lone `%`."""
    return re.sub(r"[#?]|%(?![0-9A-Fa-f]{2})", lambda match: quote(match[0]), address)


def _decoded(match: re.Match[str]) -> str:
    try:
        text = bytes.fromhex(match[0].replace("%", "")).decode()
    except UnicodeDecodeError:
        return match[0]
    return "".join(quote(char, safe="") if char in "/?#\\" or not char.isprintable() else char for char in text)


def served(address: str) -> str:
    """Return an address as a static site can have it: a folder ends with a slash, which web servers add."""
    is_folder = address and not address.endswith("/") and "." not in address.rpartition("/")[2]
    return f"{address}/" if is_folder else address


class MediaAddresses(Protocol):
    """Knows the media of a site by whatever address a body gives them."""

    @property
    def base_url(self) -> str:
        """The site's own address."""

    def medium_at(self, url: str) -> tuple[str, str] | None:
        """Return the address of the medium that a URL shows, itself or on a page about it, and its whole URL.

        None for what is no medium.
        """


@dataclass(frozen=True)
class RememberedMedia:
    """The media that a dump names for one body: what `MediaAddresses.medium_at` said of each address in it."""

    base_url: str
    media: Mapping[str, Sequence[str]]

    def medium_at(self, url: str) -> tuple[str, str] | None:
        """See `MediaAddresses.medium_at`."""
        found = self.media.get(url)
        return (found[0], found[1]) if found else None


def new_address(addresses: MediaAddresses, url: str, link: Callable[[str], str]) -> str:
    """Return where an address in a body leads now; `link` answers for pages and media at their exact addresses."""
    medium = addresses.medium_at(url)
    known = addresses.base_url.rstrip("/") + medium[0] if medium else url
    moved = link(known)
    if moved == known:
        moved = link(url)
        if moved == url:
            return medium[1] if medium else url
    return urlsplit(addresses.base_url).path.rstrip("/") + moved if moved.startswith("/") else moved


@lru_cache(maxsize=256)  # the site's own address is split with every other
def split_web(url: str) -> SplitResult | None:
    """Split an address of the web, or one without a scheme; None for others, such as "mailto:" or what is broken."""
    try:
        parts = strictly_split(url.strip())
    except ValueError:
        return None
    return parts if parts.scheme in ("", "http", "https") else None


@lru_cache(maxsize=256)
def host_of(parts: SplitResult) -> str:
    """Return the host of an address, without "www." and a port."""
    return (parts.hostname or "").removeprefix("www.")
