"""Whether a mention of a file or page leads to something on the site it stands on."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit


@dataclass(frozen=True)
class Resolver:
    """Answers for one page: `files` are the URL paths of the site's files, `addresses` gives those of its pages.

    `base_url` is the site's own address; whatever leads to another host counts as found. `folder` is the URL path of
    the folder that holds the page's own files, "" for none.
    """

    files: Collection[str]
    addresses: Callable[[], Collection[str]]
    base_url: str = ""
    address: str = "/"
    folder: str = ""

    def __call__(self, target: str) -> bool:
        """Return whether a target, as it is written in the body, leads to something."""
        parts = urlsplit(target.strip())
        own = urlsplit(self.base_url)
        if parts.scheme not in ("", "http", "https") or "{{" in target or "{%" in target:
            return True
        if parts.netloc and parts.netloc.removeprefix("www.") != own.netloc.removeprefix("www."):
            return True
        path = unquote(parts.path)
        if not path:
            return True
        if parts.netloc or path.startswith("/"):
            prefix = own.path.rstrip("/")
            bare = path.removeprefix(prefix) if prefix and path.startswith(prefix + "/") else path
            return self._known(bare) or self._known(path)
        places = [urljoin(self.address or "/", path), f"/{path}"]
        if self.folder:
            places.append(f"{self.folder}/{path.removeprefix('./')}")
        return any(self._known(place) for place in places)

    def _known(self, path: str) -> bool:
        if path in self.files:
            return True
        bare = path.removesuffix("index.html").rstrip("/") or "/"
        return bare in self.addresses()


def bare_address(address: str) -> str:
    """Return an address as the resolver compares it: decoded, without `index.html` or a slash at its end."""
    return unquote(urlsplit(address).path).removesuffix("index.html").rstrip("/") or "/"
