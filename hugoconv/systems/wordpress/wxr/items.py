"""WXR, the WordPress export format: what the channel and the items of a file hold.

An element is known by its namespace and name, whatever the prefix and the version of WXR (1.0 to 1.2). Text is what
the XML says, unchanged; only numbers, dates, names and addresses lose the white space around them. An element that
has no field here, or stands twice where one is expected, is kept in `other`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from hugoconv.errors import SourceError
from hugoconv.systems.wordpress.wxr.names import (
    STANDARD_NAMESPACES,
    Row,
    flag,
    markup,
    number,
    read_fields,
    rows,
    text,
    word,
)
from hugoconv.systems.wordpress.wxr.repair import Namespaces, Repair, parse

Pairs = tuple[tuple[str, str], ...]


class ItemTerm(NamedTuple):
    """A term given to an item: its taxonomy (`domain`), its slug (`nicename`) and its name."""

    domain: str
    nicename: str
    name: str


class WxrComment(NamedTuple):
    """A comment on an item; `approved` is "1", "0", "trash" or "post-trashed", `parent` the id it answers, or 0."""

    id: int = 0
    author: str = ""
    author_email: str = ""
    author_url: str = ""
    author_ip: str = ""
    date: str = ""
    date_gmt: str = ""
    content: str = ""
    approved: str = ""
    type: str = ""
    parent: int = 0
    user_id: int = 0
    meta: Pairs = ()
    other: Pairs = ()


class Item(NamedTuple):
    """One item: a post, page, attachment, menu item or anything else that WordPress keeps in its posts table.

    What is missing is "" or 0, except that WordPress takes an item without type as a post and one without status as a
    draft. `meta` keeps order and repeated keys. `line` is where the item starts; `repairs` is what was mended.
    An item whose end is missing is never "publish": the end may have held its password.
    """

    title: str = ""
    link: str = ""
    pub_date: str = ""
    creator: str = ""
    guid: str = ""
    guid_is_permalink: bool = False
    description: str = ""
    content: str = ""
    excerpt: str = ""
    post_id: int = 0
    post_date: str = ""
    post_date_gmt: str = ""
    post_modified: str = ""
    post_modified_gmt: str = ""
    comment_status: str = ""
    ping_status: str = ""
    post_name: str = ""
    status: str = "draft"
    post_parent: int = 0
    menu_order: int = 0
    post_type: str = "post"
    post_password: str = ""
    is_sticky: bool = False
    attachment_url: str = ""
    terms: tuple[ItemTerm, ...] = ()
    meta: Pairs = ()
    comments: tuple[WxrComment, ...] = ()
    other: Pairs = ()
    line: int = 0
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WxrAuthor:
    """An author; items name it by its `login`."""

    id: int = 0
    login: str = ""
    email: str = ""
    display_name: str = ""
    first_name: str = ""
    last_name: str = ""
    other: Pairs = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WxrTerm:
    """A category, tag or term of another taxonomy; `parent` is the slug of the term above it, or ""."""

    id: int = 0
    taxonomy: str = ""
    slug: str = ""
    parent: str = ""
    name: str = ""
    description: str = ""
    meta: Pairs = ()
    other: Pairs = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """What a file says about the site as a whole."""

    title: str = ""
    link: str = ""
    description: str = ""
    pub_date: str = ""
    language: str = ""
    wxr_version: str = ""
    base_site_url: str = ""
    base_blog_url: str = ""
    generator: str = ""
    authors: tuple[WxrAuthor, ...] = ()
    categories: tuple[WxrTerm, ...] = ()
    tags: tuple[WxrTerm, ...] = ()
    terms: tuple[WxrTerm, ...] = ()
    other: Pairs = ()


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a worker must know to read items by their byte range: small, and can be sent to another process.

    `source` is the file's name for findings; `file` is the plain UTF-8 file in which the ranges count; `namespaces`
    are the declarations that hold around each item.
    """

    source: str
    file: Path
    namespaces: Namespaces = field(repr=False)


def read_item(data: bytes, envelope: Envelope, line: int = 1) -> Item:
    """Read the bytes of one item, from "<item" to "</item>"; `line` is where they start in the file.

    Returns the item with what had to be mended in `repairs`; raises SourceError, with the line, when the item is
    damaged in a way that leaves open what was meant.
    """
    try:
        element, repairs = parse(data, envelope.namespaces)
    except SourceError as error:
        raise SourceError(error.message, file=envelope.source, line=line + max(error.line - 1, 0)) from None
    values = read_fields(element, _ITEM)
    guid = element.find("guid")
    values["guid_is_permalink"] = guid is not None and guid.get("isPermaLink", "true").strip() != "false"
    values["terms"] = _without_repeats(values.get("terms", ()))
    if values.get("status") == "publish" and not (data.endswith(b"</item>") or _COMPLETE.search(data[-64:])):
        del values["status"]
    if repeated := sorted({name for name, _ in values.get("other", ()) if name in _ITEM}):
        detail = f"{', '.join(repeated)}: only the first readable value counts"
        repairs.append(Repair("HC107", len(repeated), detail))
    given = {name: value for name, value in values.items() if value != ""}
    return Item(**given, line=line, repairs=tuple(repairs))


def read_channel(data: bytes) -> tuple[Channel, tuple[Repair, ...]]:
    """Read a file from its root element's start tag, without the items; raises SourceError when it cannot be read."""
    root, repairs = parse(data, STANDARD_NAMESPACES, lenient=True)
    channel = root.find("channel")
    if channel is None:
        parents = [child for child in root.iterchildren(etree.Element) if len(child)]
        channel = parents[0] if len(parents) == len(root) == 1 else root
    return Channel(**read_fields(channel, _CHANNEL)), tuple(repairs)


def plain_text(html_text: str) -> str:
    """Return a title or a name, which WordPress keeps as HTML, with its entities decoded, once."""
    return html.unescape(html_text)


_COMPLETE = re.compile(rb"(?:</item\s*|/)>\s*\Z")


def _without_repeats(terms: tuple[ItemTerm, ...]) -> tuple[ItemTerm, ...]:
    """Drop the bare <category> that WXR 1.0 writes before each real one."""
    names = {term.name for term in terms if term.nicename}
    return tuple(term for term in terms if term.nicename or term.name not in names)


# The fields, by the elements that fill them.


def _pair(element: etree._Element) -> tuple[str, str]:
    values = read_fields(element, _META)
    return values.get("key", ""), values.get("value", "")


def _item_term(element: etree._Element) -> ItemTerm:
    domain = element.get("domain", "").strip() or "category"
    return ItemTerm("post_tag" if domain == "tag" else domain, element.get("nicename", "").strip(), text(element))


def _part(element: etree._Element, *, table: Mapping[str, Row], make: Callable[..., object]) -> object:
    return make(**read_fields(element, table))


_META = rows("wp:", {"meta_key": ("key", text), "meta_value": ("value", text)})

_COMMENT = {
    "wp:commentmeta": Row("meta", _pair, many=True),
    **rows(
        "wp:comment_",
        {
            "id": ("id", number),
            "author": ("author", text),
            "author_email": ("author_email", word),
            "author_url": ("author_url", word),
            "author_IP": ("author_ip", word),
            "date": ("date", word),
            "date_gmt": ("date_gmt", word),
            "content": ("content", markup),
            "approved": ("approved", word),
            "type": ("type", word),
            "parent": ("parent", number),
            "user_id": ("user_id", number),
        },
    ),
}

_ITEM = {
    "title": Row("title", text),
    "link": Row("link", word),
    "pubDate": Row("pub_date", word),
    "dc:creator": Row("creator", word),
    "guid": Row("guid", word),
    "description": Row("description", markup),
    "content:encoded": Row("content", markup),
    "excerpt:encoded": Row("excerpt", markup),
    "category": Row("terms", _item_term, many=True),
    "wp:postmeta": Row("meta", _pair, many=True),
    "wp:comment": Row("comments", partial(_part, table=_COMMENT, make=WxrComment), many=True),
    "wp:post_password": Row("post_password", text),
    "wp:is_sticky": Row("is_sticky", flag),
    **{f"wp:{name}": Row(name, number) for name in ("post_id", "post_parent", "menu_order")},
    **{
        f"wp:{name}": Row(name, word)
        for name in (
            *("post_date", "post_date_gmt", "post_modified", "post_modified_gmt", "comment_status", "ping_status"),
            *("post_name", "status", "post_type", "attachment_url"),
        )
    },
}

FIELDS_OF_ELEMENTS: Mapping[str, str] = {name: row.field for name, row in _ITEM.items()}
"""The field of an item that each element fills."""

_AUTHOR = rows(
    "wp:author_",
    {
        "id": ("id", number),
        "login": ("login", word),
        "email": ("email", word),
        "display_name": ("display_name", text),
        "first_name": ("first_name", text),
        "last_name": ("last_name", text),
    },
)


def _term(make: Callable[..., WxrTerm], **names: str) -> Callable[[etree._Element], object]:
    """Return the reader of a term whose elements, without "wp:", are named differently in each taxonomy."""
    codecs = {"name": text, "description": markup}
    table = {f"wp:{name}": Row(attribute, codecs.get(attribute, word)) for attribute, name in names.items()}
    table |= {"wp:term_id": Row("id", number), "wp:termmeta": Row("meta", _pair, many=True)}
    return partial(_part, table=table, make=make)


_CATEGORY = _term(
    partial(WxrTerm, taxonomy="category"),
    slug="category_nicename",
    parent="category_parent",
    name="cat_name",
    description="category_description",
)
_TAG = _term(
    partial(WxrTerm, taxonomy="post_tag"),
    slug="tag_slug",
    name="tag_name",
    description="tag_description",
)
_TERM = _term(
    WxrTerm,
    taxonomy="term_taxonomy",
    slug="term_slug",
    parent="term_parent",
    name="term_name",
    description="term_description",
)

_CHANNEL = {
    "title": Row("title", text),
    "link": Row("link", word),
    "description": Row("description", text),
    "pubDate": Row("pub_date", word),
    "language": Row("language", word),
    "wp:wxr_version": Row("wxr_version", word),
    "wp:base_site_url": Row("base_site_url", word),
    "wp:base_blog_url": Row("base_blog_url", word),
    "generator": Row("generator", word),
    "wp:author": Row("authors", partial(_part, table=_AUTHOR, make=WxrAuthor), many=True),
    "wp:category": Row("categories", _CATEGORY, many=True),
    "wp:tag": Row("tags", _TAG, many=True),
    "wp:term": Row("terms", _TERM, many=True),
}
