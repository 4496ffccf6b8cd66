"""Where a mention of a file or page leads on its site, and what may have been meant when it leads nowhere."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import SplitResult, unquote

from hugoconv.model import Lead
from hugoconv.systems.addresses import PLAIN_PATH
from hugoconv.urls import urljoin, urlsplit

COMPUTED = re.compile(r"\{\{|\{%|\$\{")
"""What a template fills in: only the building program knows where it leads."""
_SOURCE_ENDINGS = (".md", ".markdown", ".org", ".adoc", ".rst")
MANY = 50_000
"""Beyond this many files nothing is suggested, so that no index of them is held."""

_ELSEWHERE = Lead("elsewhere")
_NOWHERE = Lead("nowhere")


@dataclass
class Published:
    """What a site publishes, by URL path: `files`, and the pages that `addresses` gives when they are asked for.

    `inner` are the paths at which templates, not visitors, find files (Hugo's `assets`), `names` gives
    the page that tags and shortcodes mean by a name. `address_of` gives the address of a page known by another one, or
    by what `names` gives.
    """

    files: Collection[str] = frozenset()
    addresses: Callable[[], Collection[str]] = frozenset
    inner: Collection[str] = frozenset()
    names: Callable[[], Mapping[str, str]] = dict
    address_of: Callable[[str], str] = str

    def lead(self, path: str) -> Lead:
        """Return what stands at a decoded URL path."""
        bare = path.removesuffix("index.html").rstrip("/") or "/"
        if bare in self.addresses():
            return Lead("page", self.address_of(bare))
        if path in self.files:
            return Lead("file", path)
        served = f"{bare}.html"  # which web servers show for the address without the ending
        return Lead("page", served) if served in self.addresses() else _NOWHERE

    def named(self, path: str) -> Lead:
        """Return the page that a tag or shortcode means."""
        page = self.names().get(path.rstrip("/") or "/")
        return _NOWHERE if page is None else Lead("page", bare_address(self.address_of(page)))

    def below_some_folder(self, path: str) -> Lead:
        """Return the file that a theme finds by adding a folder of its own before a path."""
        inner = f"/{path.lstrip('/')}"
        if inner in self.inner:
            return Lead("file", inner)
        ending = "/" + path.lstrip("./")
        found = next((file for file in self._by_name.get(_name(path), ()) if file.endswith(ending)), "")
        return Lead("file", found) if found else _NOWHERE

    def near(self, path: str) -> str:
        """Return the path that was probably meant: of another case, in another folder, or spelt alike; "" for none."""
        if len(self.files) > MANY:
            return ""
        folded = path.casefold()
        if folded in self._by_case:
            return self._by_case[folded]
        name = _name(path)
        elsewhere = self._by_name.get(name) or self._by_name.get(name.casefold())
        if elsewhere:
            return str(difflib.get_close_matches(path, elsewhere, n=1, cutoff=0)[0])
        folder = path.rpartition("/")[0]
        spelt = difflib.get_close_matches(name, self._in_folder.get(folder, ()), n=1, cutoff=0.75)
        return f"{folder}/{spelt[0]}" if spelt else ""

    @cached_property
    def _by_case(self) -> dict[str, str]:
        return {path.casefold(): path for path in (*self.addresses(), *self.files)}

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in self.files if len(self.files) <= MANY else ():
            for name in {_name(path), _name(path).casefold()}:
                found.setdefault(name, []).append(path)
        return found

    @cached_property
    def _in_folder(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in (*self.files, *self.addresses()):
            found.setdefault(path.rpartition("/")[0], []).append(_name(path))
        return found


@dataclass(frozen=True)
class Resolver:
    """Answers for one page: see `model.Resolve`.

    `base_url` is the site's own address. `folder` is the URL path of the folder that holds the page's own files, "" for
    none. `read` takes the template language off a target ("" for what only the building program knows). `page_meant`
    gives the address of the page whose source a link's path names, where the building program looks for it.
    """

    published: Published
    base_url: str = ""
    address: str = "/"
    folder: str = ""
    read: Callable[[str], str] = field(default=lambda target: "" if COMPUTED.search(target) else target)
    page_meant: Callable[[str], str] | None = None

    def __call__(self, target: str, kind: str = "link") -> Lead:
        """See `model.Resolve`."""
        parts = self._parts(target)
        if parts is None or not self._is_own(parts):
            return _ELSEWHERE
        path = unquote(parts.path)
        anchor = unquote(parts.fragment)
        if not path:
            return Lead("page", bare_address(self.address), anchor)
        looked_up = self.page_meant if kind in ("link", "definition") and not parts.netloc else None
        if looked_up and (meant := looked_up(path)):
            return Lead("page", bare_address(meant), anchor)
        found = next((lead for place in self._places(parts, path) if (lead := self.published.lead(place)).found), None)
        if found is None and kind == "front matter":
            found = self.published.below_some_folder(path)
        if found is None and (kind == "page" or path.endswith(_SOURCE_ENDINGS)):
            named = map(self.published.named, self._places(parts, path))
            found = next((lead for lead in named if lead.found), None)
        return Lead(found.kind, found.address, anchor) if found and found.found else _NOWHERE

    def near(self, target: str) -> str:
        """See `model.Resolve`."""
        parts = self._parts(target)
        if parts is None:
            return ""
        return self.published.near(next(iter(self._places(parts, unquote(parts.path)))))

    def _parts(self, target: str) -> SplitResult | None:
        """Return the address in a target, None for what is no address of the web."""
        parts = urlsplit(self.read(target).strip())
        return parts if parts.scheme in ("", "http", "https") and any(parts) else None

    def _is_own(self, parts: SplitResult) -> bool:
        return not parts.netloc or _host(parts.netloc) == _host(urlsplit(self.base_url).netloc)

    def _places(self, parts: SplitResult, path: str) -> list[str]:
        """Return the URL paths at which a target may stand, the surest first."""
        if parts.netloc or path.startswith("/"):
            prefix = urlsplit(self.base_url).path.rstrip("/")
            bare = path.removeprefix(prefix) if prefix and path.startswith(prefix + "/") else path
            return list(dict.fromkeys((bare, path)))
        places = [urljoin(unquote(self.address) or "/", path), f"/{path}"]
        if self.folder:
            places.append(f"{self.folder}/{path.removeprefix('./')}")
        return places


def bare_address(address: str) -> str:
    """Return an address as it is compared: decoded, without `index.html` or a slash at its end."""
    path = address if PLAIN_PATH.fullmatch(address) else unquote(urlsplit(address).path)
    return path.removesuffix("index.html").rstrip("/") or "/"


def _host(netloc: str) -> str:
    return netloc.lower().removeprefix("www.")


def _name(path: str) -> str:
    return path.rpartition("/")[2]
