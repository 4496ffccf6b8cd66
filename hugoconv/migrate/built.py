"""Two sites as their programs built them: does every file of the old one have an answer in the new one?

It needs no network, and trusts no rule of ours: what was published is in the folders.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cached_property
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from hugoconv.report.findings import Findings

INDEX = "index.html"
_PAGES = (".html", ".htm", ".xhtml")
_HEAD = 4096
_REFRESH = re.compile(
    r"<meta\s[^>]*http-equiv\s*=\s*[\"']?refresh[\"']?[^>]*?content\s*=\s*[\"']?\s*\d+\s*;\s*url\s*=\s*[\"']?([^\"'>]+)",
    re.IGNORECASE,
)
_MARKS = (INDEX, "sitemap.xml", "404.html")
_SOURCES = ("_config.yml", "_config.yaml", "_config.toml", "_posts", "content", "hugo.toml", "hugo.yaml", "hugo.json",
            "config.toml", "config.yaml", "config.json", "config")  # fmt: skip


def is_built(folder: Path) -> bool:
    """Whether a folder looks like what a site generator wrote, and not like what it reads."""
    if not folder.is_dir() or any((folder / name).exists() for name in _SOURCES):
        return False
    return any((folder / name).is_file() for name in _MARKS)


class BuiltSite:
    """The folder that a site generator wrote; `base_path` is the path of the site's address, "" at a host's root."""

    def __init__(self, root: Path, base_path: str = "") -> None:
        self.root = root
        self.base_path = base_path.rstrip("/")

    @cached_property
    def files(self) -> frozenset[str]:
        """The paths of all files, below the folder."""
        return frozenset(str(path.relative_to(self.root)) for path in self.root.rglob("*") if path.is_file())

    @property
    def pages(self) -> Iterator[str]:
        """The files that are web pages, in order."""
        return (name for name in sorted(self.files) if name.endswith(_PAGES))

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
        for start in dict.fromkeys((self.base_path, "")):
            if not path.startswith(f"{start}/"):
                continue
            inside = path[len(start) :].strip("/")
            for name in (inside, posixpath.join(inside, INDEX), f"{inside}.html"):
                if name in self.files:
                    return name
        return ""

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


def compare_built(old: BuiltSite, new: BuiltSite, log: Findings) -> int:
    """Look in `new` for every file of `old`; returns how many were looked for, and records those without an answer."""
    for name in sorted(old.files):
        if name not in new.files:
            log.add("HC540", file=name, path=f"/{name.removesuffix(INDEX)}")
        elif not new.answer(name):
            log.add("HC541", file=name, target=new.redirect(name))
    return len(old.files)
