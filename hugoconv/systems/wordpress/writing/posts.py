"""What the writer asks of a post of another system, whatever its front matter holds."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from hugoconv.fields import STATUSES as STATUS_WORDS
from hugoconv.fields import FieldError
from hugoconv.model import Post, SiteInfo
from hugoconv.systems.wordpress.writing.custom_fields import custom_fields
from hugoconv.visibility import shown_as


def key_of(post: Post) -> str:
    """Return the key by which a run knows a post."""
    return f"{post.number[0]}.{post.number[1]}"


def read(post: Post, name: str) -> Any:
    """Return a typed field, None when it cannot be read."""
    try:
        return getattr(post, name)
    except FieldError:
        return None


def is_bare_home(post: Post) -> bool:
    """Whether a front page says nothing that an item could hold."""
    return post.kind == "home" and not post.body.text.strip() and not any(custom_fields(post))


def terms_of(post: Post, taxonomy: str) -> tuple[str, ...]:
    """Return the terms of a post in a taxonomy, none when they cannot be read."""
    if taxonomy == "authors":  # who wrote it, which an export says otherwise
        return ()
    try:
        return tuple(str(term) for term in post.terms.get(taxonomy, ()) if str(term).strip())
    except FieldError:
        return ()


def status_of(post: Post, site: SiteInfo) -> str:
    """Return what a post is today; a draft may say what it was before it came to a system that knows only drafts."""
    status = shown_as(post, site.zone, future=site.build_future)
    said = post.front_matter.get("status")
    return str(said) if status == "draft" and said in STATUS_WORDS and said != "published" else status


def segments_of(post: Post) -> list[str]:
    """Return the parts of a page's path, decoded, the last one its slug."""
    parts = [part for part in unquote(post.address).split("/") if part]
    if parts and parts[-1] in ("index.html", "index.htm"):
        parts.pop()
    if parts:
        return [*parts[:-1], parts[-1].removesuffix(".html").removesuffix(".htm")]
    slug = read(post, "slug")
    stem = post.path.stem if post.path.stem not in ("index", "_index") else post.path.parent.name
    return [slug or stem or "home"] if post.kind != "home" else ["home"]


def paths_above(path: str) -> list[str]:
    """Return the paths of the pages above a page, the topmost first."""
    parts = path.strip("/").split("/")
    return ["/" + "/".join(parts[: depth + 1]) + "/" for depth in range(len(parts) - 1)]
