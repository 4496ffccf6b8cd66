"""Where the posts, files and data of another system go."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from hugoconv.fields import FieldError
from hugoconv.frontmatter.dates import Moment
from hugoconv.migrate.plan import Place
from hugoconv.model import Asset, Post, SiteInfo
from hugoconv.systems.addresses import as_url, served
from hugoconv.systems.files import portable_name
from hugoconv.systems.markdown_site.target import Target
from hugoconv.visibility import shown_as

_DATED_NAME = re.compile(r"\d{4}-\d{1,2}-\d{1,2}-(?=.)")
COMMENTS = "comments"


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Answers for one exporter: `post_types` are the types and sections whose pages are posts."""

    target: Target
    post_types: tuple[str, ...]
    colocates: bool

    def place(self, post: Post, site: SiteInfo) -> Place:
        """Return a post's file, and its address: the one that it had, where the system can write there."""
        called = name_of(post)
        folder, name = self._folder(post, called, site)
        path = self.target.bundle_file(folder, name) if self.is_bundle(post) else folder / f"{name}.md"
        wanted = served(as_url(post.address)) or quote(f"/{called}/")
        also = (self.target.data / COMMENTS / f"{called}.json",) if post.comments else ()
        url = self.target.address(wanted)
        is_page = shown_as(post, site.zone, future=site.build_future) == "published" and self.target.links != "file"
        return Place(path, url, also, identity=url if is_page else "")

    def is_bundle(self, post: Post) -> bool:
        """Whether a post's own files lie beside it."""
        return self.colocates and is_bundle(post)

    def is_post(self, post: Post) -> bool:
        """Whether a page is one of the posts, not a page that stands for itself."""
        is_dated = not self.target.dated_posts or _moment(post) is not None
        return post.kind == "page" and post.type in self.post_types and is_dated

    def public_path(self, asset: Asset) -> PurePosixPath:
        """Return where a published file goes that belongs to no post."""
        return self.target.static / (asset.address.lstrip("/") or asset.path)

    def _folder(self, post: Post, name: str, site: SiteInfo) -> tuple[PurePosixPath, str]:
        """Return the folder of a post, and its name there."""
        is_hidden = shown_as(post, site.zone, future=site.build_future) != "published"
        language = safe_name(post.language or "") if (post.language or site.language) != site.language else ""
        if self.is_post(post):
            root = self.target.drafts if is_hidden and self.target.drafts else self.target.posts
            year = _year(post) if self.target.by_year else ""
            return root / language / year, name
        root = self.target.drafts if is_hidden and self.target.drafts else self.target.pages
        folders = [safe for segment in unquote(post.address).split("/") if (safe := safe_name(segment))]
        if not post.address:
            folders = [name]
        if post.kind == "home" or not folders:
            return root.joinpath(*folders), self.target.home_name
        last = folders.pop().removesuffix(".html").removesuffix(".htm") or "page"
        is_index = post.kind == "section" or self.target.folder_pages
        return (root.joinpath(*folders, last), "index") if is_index else (root.joinpath(*folders), last)


def own_folder(path: PurePosixPath) -> PurePosixPath:
    """Return the folder of a post's own files: that of which its file is the index, or the one called like it."""
    return path.parent if path.stem == "index" else path.with_suffix("")


def folder_of(address: str) -> str:
    """Return the folder, decoded, that relative links of a page start from."""
    return unquote(address).rpartition("/")[0] + "/"


def is_bundle(post: Post) -> bool:
    """Whether a page is the index of a folder, which then holds its own files."""
    return post.kind == "page" and post.path.stem == "index" and post.source.path is not None


def name_of(post: Post) -> str:
    """Return what a post is called: the last part of its address, else its file's name without day and language."""
    segments = [segment for segment in unquote(post.address).split("?")[0].split("/") if segment]
    last = segments[-1] if segments else ""
    if last in ("index.html", "index.htm"):
        last = segments[-2] if len(segments) > 1 else ""
    name = safe_name(last.removesuffix(".html").removesuffix(".htm"))
    if name:
        return name
    is_file = post.source.path is not None
    stem = post.path.name.removesuffix(post.path.suffix) if is_file else unquote(post.path.name)
    stem = stem.removesuffix(f".{post.language}") if post.language else stem
    if stem in ("index", "_index") and post.path.parent.name:
        stem = post.path.parent.name
    return safe_name(_DATED_NAME.sub("", stem, count=1)) or "post"


def safe_name(name: str) -> str:
    """Return a file name without what leaves its folder, cannot stand in a name, or makes a program pass it over."""
    composed = unicodedata.normalize("NFC", name)
    return portable_name(portable_name(composed.replace("#", "-")).lstrip(" ._#~").rstrip(" .~"))


def _year(post: Post) -> str:
    moment = _moment(post)
    return f"{moment.value.year:04}" if moment is not None else ""


def _moment(post: Post) -> Moment | None:
    with suppress(FieldError):
        return post.date
    return None


def dated(place: Place, post: Post) -> Place:
    """Return a place whose file is called by its day and name; without a date, the same."""
    moment = _moment(post)
    if moment is None:
        return place
    return replace(place, path=place.path.with_name(f"{moment.value.date().isoformat()}-{place.path.name}"))


def file_place(place: Place) -> Place:
    """Return a place whose address is that of its file, where there are no pages but files."""
    return replace(place, url=f"/{quote(str(place.path))}", is_file_address=True)
