"""Items and the channel as WXR 1.2, element by element as WordPress's own `export_wp()` writes them.

Every text stands in a CDATA section, an empty one too: the importer's fall-back parser takes no other
(wp-admin/includes/export.php and the importer plug-in's parsers).
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from hugoconv.systems.wordpress.wxr.items import Channel, Item, ItemTerm, Pairs, WxrAuthor, WxrComment, WxrTerm
from hugoconv.systems.wordpress.wxr.names import STANDARD_NAMESPACES

VERSION = "1.2"
NO_DATE = "0000-00-00 00:00:00"

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ADDED_EACH_TIME = re.compile(
    rb"<!\[CDATA\[.*?\]\]>|(?P<added>[ \t]*<wp:(?P<name>postmeta|comment)>"
    rb"(?:<!\[CDATA\[.*?\]\]>|[^<]|<(?!!\[CDATA\[))*?</wp:(?P=name)>\r?\n?)",
    re.DOTALL,
)
_LINE_END = re.compile(r"\r\n?")


def legal(text: str) -> tuple[str, int]:
    """Return a text without the characters that XML 1.0 has no way to hold, and how many those were."""
    return _ILLEGAL.subn("", text)


def cdata(text: str) -> str:
    """Return a text as CDATA; "]]>" is split over two sections, what XML cannot hold is left out."""
    return f"<![CDATA[{_LINE_END.sub(chr(10), legal(text)[0]).replace(']]>', ']]]]><![CDATA[>')}]]>"


def item_xml(item: Item) -> bytes:
    """Return an item as an element, with a line end."""
    lines = ["\t<item>\n", *(line for name in ITEM_ELEMENTS for line in element_lines(name, item)), "\t</item>\n"]
    return "".join(lines).encode("utf-8", "replace")


def element_lines(field: str, item: Item) -> list[str]:
    """Return the lines of the elements that a field of an item is written as, none when it is not written."""
    return [f"\t\t{line}\n" for line in ITEM_ELEMENTS[field](item)]


def known_again(item: bytes) -> bytes:
    """Return an item for a further part: the importer takes its custom fields and comments as often as it sees them."""
    return _ADDED_EACH_TIME.sub(lambda found: b"" if found["added"] else found[0], item)


def head_xml(channel: Channel) -> bytes:
    """Return everything before the first item: the declaration, the root, and what is said of the site."""
    namespaces = "\n".join(f'\txmlns:{prefix}="{name}"' for prefix, name in STANDARD_NAMESPACES)
    lines = [
        '<?xml version="1.0" encoding="UTF-8" ?>',
        "<!-- This is a WordPress eXtended RSS file. Import it with Tools, Import, WordPress. -->",
        f'<rss version="2.0"\n{namespaces}\n>\n',
        "<channel>",
        f"\t<title>{_escaped(channel.title)}</title>",
        f"\t<link>{_escaped(channel.link)}</link>",
        f"\t<description>{_escaped(channel.description)}</description>",
        f"\t<pubDate>{_escaped(channel.pub_date)}</pubDate>",
        f"\t<language>{_escaped(channel.language)}</language>",
        f"\t<wp:wxr_version>{VERSION}</wp:wxr_version>",
        f"\t<wp:base_site_url>{_escaped(channel.base_site_url)}</wp:base_site_url>",
        f"\t<wp:base_blog_url>{_escaped(channel.base_blog_url)}</wp:base_blog_url>\n",
        *(f"\t{line}" for line in channel_lines(channel)),
        f"\n\t<generator>{_escaped(channel.generator)}</generator>\n\n",
    ]
    return "\n".join(lines).encode("utf-8", "replace")


def channel_lines(channel: Channel) -> Iterator[str]:
    """Yield the elements of the authors and terms, parents before their children."""
    for author in channel.authors:
        yield _element("wp:author", _author(author))
    for kind, terms in (("category", channel.categories), ("tag", channel.tags), ("term", channel.terms)):
        for term in parents_first(terms):
            yield _element(f"wp:{kind}", _TERMS[kind](term))


TAIL = b"</channel>\n</rss>\n"


def parents_first(terms: Iterable[WxrTerm]) -> list[WxrTerm]:
    """Return terms so that each stands behind the one above it, whatever their order and even in a circle."""
    listed = list(terms)
    by_slug = {(term.taxonomy, term.slug): term for term in listed}
    placed: dict[tuple[str, str], WxrTerm] = {}
    for term in listed:
        chain: dict[tuple[str, str], WxrTerm] = {}
        above: WxrTerm | None = term
        while above is not None and (key := (above.taxonomy, above.slug)) not in placed and key not in chain:
            chain[key] = above
            above = by_slug.get((above.taxonomy, above.parent)) if above.parent else None
        placed |= dict(reversed(chain.items()))
    return list(placed.values())


def _escaped(text: str) -> str:
    return html.escape(legal(text)[0], quote=False)


def _attribute(text: str) -> str:
    return html.escape(legal(text)[0]).replace("\n", "&#10;")


def _element(name: str, children: Iterable[str]) -> str:
    return f"<{name}>{''.join(children)}</{name}>"


def _text(name: str, text: str) -> str:
    return f"<{name}>{cdata(text)}</{name}>"


def _meta(name: str, pairs: Pairs) -> Iterator[str]:
    for key, value in pairs:
        yield _element(f"wp:{name}", (_text("wp:meta_key", key), _text("wp:meta_value", value)))


def _author(author: WxrAuthor) -> Iterator[str]:
    yield f"<wp:author_id>{author.id}</wp:author_id>"
    for name in ("login", "email", "display_name", "first_name", "last_name"):
        yield _text(f"wp:author_{name}", getattr(author, name))


def _term_writer(
    identifier: str, slug: str, parent: str, name: str, description: str, taxonomy: str = ""
) -> Callable[[WxrTerm], Iterator[str]]:
    def lines(term: WxrTerm) -> Iterator[str]:
        yield f"<wp:{identifier}>{term.id}</wp:{identifier}>"
        if taxonomy:
            yield _text(f"wp:{taxonomy}", term.taxonomy)
        yield _text(f"wp:{slug}", term.slug)
        if parent:
            yield _text(f"wp:{parent}", term.parent)
        if term.name:
            yield _text(f"wp:{name}", term.name)
        if term.description:
            yield _text(f"wp:{description}", term.description)
        yield from _meta("termmeta", term.meta)

    return lines


_TERMS = {
    "category": _term_writer("term_id", "category_nicename", "category_parent", "cat_name", "category_description"),
    "tag": _term_writer("term_id", "tag_slug", "", "tag_name", "tag_description"),
    "term": _term_writer("term_id", "term_slug", "term_parent", "term_name", "term_description", "term_taxonomy"),
}


def comment_xml(comment: WxrComment) -> str:
    """Return a comment as an element."""
    texts = ("author", "author_email", "author_url", "author_IP", "date", "date_gmt", "content", "approved", "type")
    return _element(
        "wp:comment",
        (
            f"<wp:comment_id>{comment.id}</wp:comment_id>",
            *(_text(f"wp:comment_{name}", getattr(comment, name.lower())) for name in texts),
            f"<wp:comment_parent>{comment.parent}</wp:comment_parent>",
            f"<wp:comment_user_id>{comment.user_id}</wp:comment_user_id>",
            *_meta("commentmeta", comment.meta),
        ),
    )


def _term(term: ItemTerm) -> str:
    domain, nicename = _attribute(term.domain), _attribute(term.nicename)
    return f'<category domain="{domain}" nicename="{nicename}">{cdata(term.name)}</category>'


Lines = Callable[[Item], Iterable[str]]


def _as_text(element: str, field: str) -> Lines:
    return lambda item: (_text(element, getattr(item, field)),)


def _as_number(element: str, field: str) -> Lines:
    return lambda item: (f"<{element}>{int(getattr(item, field))}</{element}>",)


def _as_escaped(element: str, field: str) -> Lines:
    return lambda item: (f"<{element}>{_escaped(getattr(item, field))}</{element}>",)


def _guid(item: Item) -> Iterable[str]:
    return (f'<guid isPermaLink="{str(item.guid_is_permalink).lower()}">{_escaped(item.guid)}</guid>',)


def _attachment_url(item: Item) -> Iterable[str]:
    return (_text("wp:attachment_url", item.attachment_url),) if item.attachment_url else ()


ITEM_ELEMENTS: Mapping[str, Lines] = {
    "title": _as_text("title", "title"),
    "link": _as_escaped("link", "link"),
    "pub_date": _as_escaped("pubDate", "pub_date"),
    "creator": _as_text("dc:creator", "creator"),
    "guid": _guid,
    "description": _as_escaped("description", "description"),
    "content": _as_text("content:encoded", "content"),
    "excerpt": _as_text("excerpt:encoded", "excerpt"),
    "post_id": _as_number("wp:post_id", "post_id"),
    **{
        name: _as_text(f"wp:{name}", name)
        for name in (
            *("post_date", "post_date_gmt", "post_modified", "post_modified_gmt", "comment_status", "ping_status"),
            *("post_name", "status"),
        )
    },
    "post_parent": _as_number("wp:post_parent", "post_parent"),
    "menu_order": _as_number("wp:menu_order", "menu_order"),
    "post_type": _as_text("wp:post_type", "post_type"),
    "post_password": _as_text("wp:post_password", "post_password"),
    "is_sticky": _as_number("wp:is_sticky", "is_sticky"),
    "attachment_url": _attachment_url,
    "terms": lambda item: map(_term, item.terms),
    "meta": lambda item: _meta("postmeta", item.meta),
    "comments": lambda item: map(comment_xml, item.comments),
}
"""The elements of an item in the order of `export_wp()`: the field of each, and how it is written."""


def differing_fields(one: Item, other: Item) -> list[str]:
    """Return the names of the written fields in which two items differ, in written order."""

    def value(item: Item, name: str) -> Any:
        return getattr(item, name)

    return [name for name in ITEM_ELEMENTS if value(one, name) != value(other, name)]
