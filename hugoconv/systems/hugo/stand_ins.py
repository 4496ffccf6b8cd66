"""Files that answer where Hugo writes no page: below `static/` it copies a file of any name, and that leads on."""

from __future__ import annotations

import html
import posixpath
import re
from pathlib import PurePosixPath
from urllib.parse import quote

from hugoconv.migrate.plan import Place, Write
from hugoconv.model import Post
from hugoconv.systems.files import portable_name
from hugoconv.systems.hugo.permalinks import UrlError
from hugoconv.systems.hugo.urls import escape_url

STATIC = PurePosixPath("static")
_PAGES = (".html", ".htm")
_REFUSED = re.compile(r"%(?![0-9A-Fa-f]{2})|\.\.|[\0-\x1f]")
"""What an address must have for Hugo to refuse it."""


def file_for(post: Post) -> PurePosixPath | None:
    """Return where a file answers at a post's address when no page can; None when a page can, or a file cannot."""
    if not _REFUSED.search(post.address) or (post.status or "published") != "published":
        return None
    file = (f"{post.address}index.html" if post.address.endswith("/") else post.address).lstrip("/")
    try:
        escape_url(post.address)
    except UrlError:
        can_be = file.endswith(_PAGES) and all(part == portable_name(part) for part in file.split("/"))
        return STATIC / file if can_be else None
    return None


def claimed(place: Place) -> PurePosixPath | None:
    """Return the file that a post's place has for this, None when it has none."""
    return next((path for path in place.also if path.parts[0] == STATIC.name), None)


def leading_on(path: PurePosixPath, url: str, origin: str) -> Write:
    """Return the file at `path` that leads its reader to a page of the same site; `url` is percent-encoded."""
    here = "/" + quote(str(path.relative_to(STATIC).parent))
    target = posixpath.relpath(url, here) + "/" * url.endswith("/")
    address = html.escape(target, quote=True)
    text = (
        f'<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n<link rel="canonical" href="{address}">\n'
        f'<meta http-equiv="refresh" content="0; url={address}">\n</head>\n</html>\n'
    )
    return Write(path, text.encode(), None, origin)
