"""A site as its program built it: which file answers which address. It needs no network, and trusts no rule of ours."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cached_property
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from hugoconv.urls import urljoin, urlsplit

INDEX = "index.html"
SITEMAP = "sitemap.xml"
_PAGES = (".html", ".htm", ".xhtml")
_HEAD = 4096
_REFRESH = re.compile(
    r"<meta\s[^>]*http-equiv\s*=\s*[\"']?refresh[\"']?[^>]*?content\s*=\s*[\"']?\s*\d+\s*;\s*url\s*=\s*[\"']?([^\"'>]+)",
    re.IGNORECASE,
)
_LINK = re.compile(r"<link\s[^>]*>", re.IGNORECASE)
_CANONICAL = re.compile(r"rel\s*=\s*[\"']?canonical\b", re.IGNORECASE)
_HREF = re.compile(r"href\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_LOCATION = re.compile(r"<loc>\s*([^<\s]+)")
_MARKS = (INDEX, SITEMAP, "404.html", "404/index.html", "feed.xml")
_SOURCES = ("_config.yml", "_config.yaml", "_config.toml", "_posts", "content", "hugo.toml", "hugo.yaml", "hugo.json",
            "config.toml", "config.yaml", "config.json", "config")  # fmt: skip


def is_built(folder: Path) -> bool:
    """Whether a folder looks like what a site generator wrote, and not like what it reads."""
    if not folder.is_dir() or any(_is_source(folder / name) for name in _SOURCES):
        return False
    return any((folder / name).is_file() for name in _MARKS)


def _is_source(path: Path) -> bool:
    """Whether a path is there and no folder of pages alone, as one of that name is whose pages are at `/content/`."""
    if not path.is_dir():
        return path.exists()
    files = [each for each in path.rglob("*") if each.is_file()]
    return not files or any(each.name != INDEX for each in files)


class BuiltSite:
    """The folder that a site generator wrote.

    `base_path` is the path of the site's address, "" at a host's root, None for what its pages say.
    """

    def __init__(self, root: Path, base_path: str | None = None) -> None:
        self.root = root
        self._base_path = base_path

    @cached_property
    def base_path(self) -> str:
        """The path of the site's address, without a slash at its end."""
        known = urlsplit(self.address).path if self._base_path is None else self._base_path
        return known.rstrip("/")

    @cached_property
    def files(self) -> frozenset[str]:
        """The paths of all files, below the folder."""
        return frozenset(str(path.relative_to(self.root)) for path in self.root.rglob("*") if path.is_file())

    @property
    def pages(self) -> Iterator[str]:
        """The files that are web pages, in order."""
        return (name for name in sorted(self.files) if name.endswith(_PAGES))

    def text(self, file: str) -> str:
        """Return a page as it is written; what is no UTF-8 is replaced."""
        return (self.root / file).read_text("utf-8", "replace")

    @cached_property
    def address(self) -> str:
        """The site's own address, as its home page or its sitemap says it; "" when neither does."""
        home = self.text(INDEX) if INDEX in self.files else ""
        tag = next((tag for tag in _LINK.findall(home) if _CANONICAL.search(tag)), "")
        if match := _HREF.search(tag):
            return unescape(match[1])
        sitemap = self.text(SITEMAP) if SITEMAP in self.files else ""
        return unescape(min(_LOCATION.findall(sitemap), key=len, default=""))

    def is_own(self, url: str) -> bool:
        """Whether a URL on a page is one of this site: without a host, or with the site's own."""
        parts = urlsplit(url.strip())
        if parts.scheme not in ("", "http", "https"):
            return False
        return not parts.netloc or parts.netloc == urlsplit(self.address).netloc

    def redirect(self, file: str) -> str:
        """Return where a page sends its reader at once, as it is written there; "" when it shows itself."""
        if not file.endswith(_PAGES):
            return ""
        with (self.root / file).open("rb") as page:
            match = _REFRESH.search(page.read(_HEAD).decode("utf-8", "replace"))
        return unescape(match[1]).strip() if match else ""

    def file_of(self, url: str, page: str = "") -> str:
        """Return the file that a URL on a page leads to, "" when there is none; another host's URL leads nowhere.

        A URL with a host counts as the site's own: only redirects are asked about.
        """
        path = unquote(urlsplit(urljoin(f"/{page}", url)).path)
        starts = [start for start in dict.fromkeys((self.base_path, "")) if path.startswith(f"{start}/")]
        found = [name for start in starts if (name := self._file_inside(path[len(start) :].strip("/")))]
        # A site without a host may say a folder for its address: what leads from there to itself leads elsewhere.
        return next((name for name in found if name != page), found[0] if found else "")

    def _file_inside(self, path: str) -> str:
        names = (path, posixpath.join(path, INDEX), f"{path}.html")
        return next((name for name in names if name in self.files), "")

    def answer(self, file: str) -> str:
        """Return the file that a visitor of `file` ends at, by redirects; "" when there is none."""
        seen: set[str] = set()
        while file in self.files and file not in seen:
            seen.add(file)
            target = self.redirect(file)
            if not target:
                return file
            file = self.file_of(target, file)
        return ""

    def answer_to(self, file: str, old: BuiltSite) -> str:
        """Return the file that a visitor of a page of the old site ends at; one that leads from both is one, too."""
        same = file in self.files and file in old.files and urlsplit(old.redirect(file)).netloc
        return self.answer(file) or (file if same and self.redirect(file) == old.redirect(file) else "")
