"""Where posts of other systems go in a Jekyll site, and what `permalink` must say for them to keep their addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from functools import cached_property
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from hugoconv.fields import FieldError
from hugoconv.migrate.plan import Place
from hugoconv.model import Post, SiteInfo
from hugoconv.systems.addresses import served
from hugoconv.systems.files import portable_name
from hugoconv.systems.jekyll.config import JekyllConfig
from hugoconv.systems.jekyll.urls import (
    Address,
    Document,
    UrlError,
    document_address,
    output_extension,
    page_address,
)
from hugoconv.zones import zone_named

POSTS, DRAFTS = PurePosixPath("_posts"), PurePosixPath("_drafts")

ENDINGS = {
    ".html": ".html",
    ".htm": ".html",
    ".org": ".org",
    ".adoc": ".adoc",
    ".asciidoc": ".adoc",
    ".ad": ".adoc",
    ".rst": ".rst",
    ".pandoc": ".pandoc",
    ".pdc": ".pandoc",
}
"""How a file ends whose body is not Markdown, by the ending it had."""

_INDEX = ("index", "_index")
_DATED_NAME = re.compile(r"\d{4}-\d{1,2}-\d{1,2}-(?=.)")
_IN_TEMPLATE = "/!$&'()*+,;=@~"
"""What stands for itself in a permalink, beside letters, digits and `-._`; a colon would start a token."""


@dataclass(frozen=True)
class Places:
    """Answers for the posts of one site; `permalink` is the configuration's, `posts` the types that are posts."""

    site: SiteInfo
    permalink: str
    posts: tuple[str, ...]

    @cached_property
    def config(self) -> JekyllConfig:
        """The part of the configuration that decides addresses."""
        return JekyllConfig.of({"permalink": self.permalink})

    @cached_property
    def zone(self) -> tzinfo:
        """The site's zone."""
        return zone_named(self.site.time_zone) or self.site.zone

    def place(self, post: Post) -> Place:
        """Return a post's file and the URL it will have: its old one where Jekyll can write there."""
        path = self._path(post)
        also = (PurePosixPath("_data", "comments", f"{path.stem}.json"),) if post.comments else ()
        address = served(post.address)
        if address and (self.derives(post, path, address) or self.permalink_of(post, path, address)):
            return Place(path, address, also)
        derived = self._address(post, path, None)
        return Place(path, derived.url if derived else "", also)

    def derives(self, post: Post, path: PurePosixPath, url: str) -> bool:
        """Whether Jekyll gives the file this URL without being told."""
        derived = self._address(post, path, None)
        return derived is not None and derived.file == file_of(url)

    def permalink_of(self, post: Post, path: PurePosixPath, url: str) -> str:
        """Return what `permalink` must say for this URL; "" for one that Jekyll cannot write."""
        permalink = literal_permalink(url)
        for candidate in (permalink, f"{permalink}index.html"):  # the second for a folder whose page is not Markdown
            address = self._address(post, path, candidate)
            if address is not None and address.file == file_of(url):
                return candidate
        return ""

    def moment(self, post: Post) -> datetime | None:
        """Return a post's date in the site's zone, None for none that can be read."""
        try:
            moment = post.date
        except FieldError:
            return None
        if moment is None:
            return None
        try:
            return moment.value.astimezone(self.zone) if moment.value.tzinfo else moment.value
        except OverflowError:
            return moment.value

    def is_document(self, path: PurePosixPath) -> bool:
        """Whether the file is a post or draft for Jekyll, not a page."""
        return path.parts[0] in (str(POSTS), str(DRAFTS))

    def _path(self, post: Post) -> PurePosixPath:
        becomes_markdown = post.translate is not None and post.translate.markup == "markdown"
        is_file = post.source.path is not None and not becomes_markdown
        ending = ENDINGS.get(post.path.suffix.lower(), ".md") if is_file else ".md"
        if post.kind == "page" and post.type in self.posts:
            name = safe_name(_DATED_NAME.sub("", _name_of(post), count=1)) or "post"
            # Folders above _posts would be categories, those inside of it say nothing.
            folder = safe_name(post.language or "") if post.language != self.site.language else ""
            moment = self.moment(post)
            if moment is not None:
                return POSTS / folder / f"{moment.date().isoformat()}-{name}{ending}"
            if post.status != "published":
                return DRAFTS / folder / f"{name}{ending}"
        return _page_path(post, ending)

    def _address(self, post: Post, path: PurePosixPath, permalink: str | None) -> Address | None:
        """Return where Jekyll would publish the file, None where its build would stop."""
        extension = output_extension(str(path), permalink, self.config.markdown_extensions)
        try:
            if not self.is_document(path):
                style = self.config.permalink
                return page_address(str(path), permalink=permalink, style=style, output_extension=extension)
            document = Document(
                path=str(path),
                slug=post.slug or None,
                date=self.moment(post),
                categories=tuple(str(term) for term in post.terms.get("categories", ())),
                output_extension=extension,
            )
            return document_address(replace(document, permalink=permalink), self.config.template("posts"))
        except (UrlError, FieldError):
            return None


def literal_permalink(url: str) -> str:
    """Return a URL path as a permalink in which nothing is a placeholder."""
    literal = unquote(url).split("?")[0]
    return "".join(character if character > "\x7f" else quote(character, safe=_IN_TEMPLATE) for character in literal)


def file_of(url: str) -> str:
    """Return the file that is published for a URL path."""
    path = unquote(url).split("?")[0].lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


def _page_path(post: Post, ending: str) -> PurePosixPath:
    """Return the file of a page: where its address says, else as its file is called."""
    if post.address:
        segments = unquote(post.address).split("?")[0].split("/")
    else:
        is_list = post.kind != "page" and post.path.stem.partition(".")[0] in _INDEX
        segments = [*post.path.parts[1:-1], *(() if is_list else (_name_of(post),))]
    folders = [name for segment in segments if (name := safe_name(segment))]
    if post.kind != "page":
        return PurePosixPath(*folders, f"index{ending}")
    name = folders.pop() if folders else "index"
    return PurePosixPath(*folders, f"{name.removesuffix('.html').removesuffix('.htm') or 'page'}{ending}")


def _name_of(post: Post) -> str:
    """Return the name of a post's file without ending and language, of a bundle that of its folder."""
    name = post.path.name.removesuffix(post.path.suffix) if post.source.path is not None else post.path.name
    name = name.removesuffix(f".{post.language}") if post.language else name
    return post.path.parent.name if name in _INDEX and post.path.parent.name else name


def safe_name(name: str) -> str:
    r"""Return a file name without what leaves its folder, cannot stand in a name, or makes Jekyll pass it over."""
    return portable_name(portable_name(name).lstrip(" ._#~").rstrip(" .~"))
