"""The address of a post as Jekyll publishes it, from its typed fields and the site's configuration."""

from __future__ import annotations

from datetime import datetime

from hugoconv.model import Post
from hugoconv.systems.jekyll.config import JekyllConfig
from hugoconv.systems.jekyll.urls import Address, Document, document_address, output_extension, page_address


def address_of(post: Post, path: str, label: str, config: JekyllConfig) -> Address:
    """Return where Jekyll publishes a post; `path` is relative to the collections directory (of a page: to the site).

    UrlError where Jekyll's build would stop, FieldError when its date cannot be read.
    """
    permalink = post.url
    extension = output_extension(path, permalink, config.markdown_extensions)
    if label == "pages":
        return page_address(path, permalink=permalink, style=config.permalink, output_extension=extension)
    collection = "posts" if label == "drafts" else label
    document = Document(
        path=path,
        label=collection,
        slug=post.slug,
        date=_local(post),
        categories=tuple(term.name for term in post.terms.get("categories", ())),
        permalink=permalink,
        output_extension=extension,
    )
    return document_address(document, config.template(collection))


def _local(post: Post) -> datetime | None:
    """Return the post's date in the site's zone, which is the one its URL is made from."""
    moment = post.date
    if moment is None:
        return None
    value = moment.value
    return value if value.tzinfo is None else value.astimezone(post.keys.context.zone)


def redirect_address(written: str) -> str:
    """Return the path of a `redirect_from` entry: "/foo" is the file foo.html, "/foo/" a folder's index."""
    path = written if written.startswith("/") else f"/{written}"
    return path if path.endswith("/") or "." in path.rpartition("/")[2] else f"{path}.html"
