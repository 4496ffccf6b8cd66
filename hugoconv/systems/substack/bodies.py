"""The HTML of Substack's editor as plain HTML, without what only its own site can do."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import Tag

from hugoconv.systems.exports import cleaning
from hugoconv.systems.exports.media import MediaRules

MEDIA = MediaRules(
    hosts=re.compile(
        r"(?:substackcdn\.com/image|cdn\.substack\.com/image|(?:substack-post-media|bucketeer-[\w-]+)\.s3\.amazonaws\.com"
        r"|api\.substack\.com/feed/podcast)/"
    ),
    sizes=(
        (
            re.compile(r"https?://bucketeer-[\w-]+\.s3\.amazonaws\.com/"),
            "https://substack-post-media.s3.amazonaws.com/",
        ),
    ),
    wrapped=re.compile(r"https?://(?:substackcdn\.com|cdn\.substack\.com)/image/fetch/[^%]*?(https?(?::|%3A).+)\Z"),
)
"""Substack's hosts; an address of its content network has that of the original in it, encoded."""

SUBSCRIBE, OTHER = "forms and buttons to subscribe, share and comment", "parts that only Substack shows"
_LEFT_OUT = {
    SUBSCRIBE: (
        *("button-wrapper", "subscription-widget-wrap", "subscription-widget-wrap-editor", "subscription-widget"),
        *("captioned-button-wrap", "subscribe-widget", "install-substack-app-embed", "community-chat", "share-dialog"),
        *("directMessage", "image-link-expand", "subscribe-prompt", "post-ufi", "cta-caption"),
    ),
    OTHER: ("poll-embed", "native-video-embed", "native-audio-embed", "prediction-market-wrap", "comment-embed"),
}


def plain(html: str, left_out: Counter[str]) -> str:
    """Return a post's HTML without what only works on Substack, which is counted in `left_out`."""
    return cleaning.cleaned(html, lambda soup: _clean(soup, left_out))


def _clean(soup: BeautifulSoup, left_out: Counter[str]) -> None:
    for what, classes in _LEFT_OUT.items():
        for name in classes:
            for element in cleaning.classed(soup, name):
                if not element.decomposed:
                    left_out[what] += name != "image-link-expand"
                    element.decompose()
    for name, rule in _RULES.items():
        for element in cleaning.classed(soup, name):
            if not element.decomposed and element.parent is not None:
                rule(soup, element)
    _footnotes(soup)
    for picture in soup.find_all("img"):
        picture.replace_with(cleaning.plain_picture(soup, picture, _source(picture)))
    for leftover in soup.find_all(["source", "button", "svg"]):
        leftover.decompose()
    for element in soup.find_all("picture"):
        element.unwrap()
    cleaning.frames_to_embeds(soup)


def _said(element: Tag) -> dict[str, Any]:
    """Return what an element of the editor says of itself."""
    try:
        value = json.loads(str(element.get("data-attrs") or "{}"))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _text(values: dict[str, Any], *names: str) -> str:
    return next((value for name in names if isinstance(value := values.get(name), str) and value), "")


def _source(picture: Tag) -> str:
    return _text(_said(picture), "src") or str(picture.get("src") or "")


def _image(soup: BeautifulSoup, element: Tag) -> None:
    picture = element.find("img")
    if not isinstance(picture, Tag):
        return
    made = cleaning.plain_picture(soup, picture, _source(picture))
    link = element.find("a", href=True)
    if isinstance(link, Tag) and MEDIA.original(str(link["href"])) != MEDIA.original(str(made["src"])):
        around = soup.new_tag("a", attrs={"href": str(link["href"])})
        around.append(made)
        made = around
    caption = element.find("figcaption")
    element.replace_with(cleaning.figure(soup, [made], caption if isinstance(caption, Tag) else None))


def _gallery(soup: BeautifulSoup, element: Tag) -> None:
    gallery = _said(element).get("gallery")
    rows = gallery.get("images") if isinstance(gallery, dict) else None
    images = [each for each in rows if isinstance(each, dict) and _text(each, "src")] if isinstance(rows, list) else []
    found = [soup.new_tag("img", attrs={"src": _text(each, "src"), "alt": _text(each, "alt")}) for each in images]
    found = found or [cleaning.plain_picture(soup, each, _source(each)) for each in element.find_all("img")]
    caption = element.find("figcaption")
    if caption is None and isinstance(gallery, dict) and _text(gallery, "caption"):
        caption = soup.new_tag("figcaption")
        caption.string = _text(gallery, "caption")
    element.replace_with(cleaning.gallery(soup, found, caption if isinstance(caption, Tag) else None))


def _film(address: str) -> Callable[[BeautifulSoup, Tag], None]:
    def rule(soup: BeautifulSoup, element: Tag) -> None:
        identifier = _text(_said(element), "videoId")
        if identifier:
            element.replace_with(soup.new_tag("figure", attrs={"data-embed": address.format(identifier)}))

    return rule


def _quotation(soup: BeautifulSoup, element: Tag) -> None:
    """Show a post that is embedded by its words, its author and its address."""
    values = _said(element)
    url = _text(values, "url", "canonical_url", "canonicalUrl")
    if not url:
        link = element.find("a", href=True)
        url = str(link["href"]) if isinstance(link, Tag) else ""
    words = _text(values, "full_text", "truncated_body_text", "caption", "subtitle")
    author = _text(values, "name", "username", "publication_name", "publication")
    title = _text(values, "title")
    if not url and not words:
        return
    quotation = soup.new_tag("blockquote")
    if title:
        strong = soup.new_tag("strong")
        strong.append(cleaning.link(soup, url, title))
        quotation.append(cleaning.paragraph(soup, strong))
    if words:
        quotation.append(cleaning.paragraph(soup, words))
    if not title:
        quotation.append(cleaning.paragraph(soup, "— ", cleaning.link(soup, url, author or url)))
    elif author:
        quotation.append(cleaning.paragraph(soup, author))
    element.replace_with(quotation)


def _file(soup: BeautifulSoup, element: Tag) -> None:
    link = element.find("a", href=True)
    name = cleaning.text_of(cleaning.child(element, "file-embed-details-h1"))
    if isinstance(link, Tag):
        element.replace_with(cleaning.paragraph(soup, cleaning.link(soup, str(link["href"]), name)))


def _formula(soup: BeautifulSoup, element: Tag) -> None:
    formula = _text(_said(element), "persistentExpression")
    if formula:
        element.replace_with(cleaning.paragraph(soup, f"$${formula}$$"))


def _quoted(soup: BeautifulSoup, element: Tag) -> None:
    element.name = "blockquote"
    element.attrs = {}


def _preformatted(soup: BeautifulSoup, element: Tag) -> None:
    """Turn a poem, whose lines mean something, into lines."""
    text = element.find("pre")
    if not isinstance(text, Tag):
        return
    for label in element.find_all("label"):
        label.decompose()
    lines = text.get_text().strip("\n").split("\n")
    made = soup.new_tag("p")
    for number, line in enumerate(lines):
        if number:
            made.append(soup.new_tag("br"))
        made.append(line)
    element.replace_with(made)


def _paywall(soup: BeautifulSoup, element: Tag) -> None:
    element.decompose()


_RULES: dict[str, Callable[[BeautifulSoup, Tag], None]] = {
    "captioned-image-container": _image,
    "image-gallery-embed": _gallery,
    "youtube-wrap": _film("https://www.youtube.com/watch?v={}"),
    "vimeo-wrap": _film("https://vimeo.com/{}"),
    "tweet": _quotation,
    "twitter-embed": _quotation,
    "instagram": _quotation,
    "embedded-post-wrap": _quotation,
    "digest-post-embed": _quotation,
    "embedded-publication-wrap": _quotation,
    "file-embed-wrapper": _file,
    "latex-rendered": _formula,
    "pullquote": _quoted,
    "callout-block": _quoted,
    "preformatted-block": _preformatted,
    "preformatted-text-block": _preformatted,
    "paywall-jump": _paywall,
}
"""What becomes of what the editor writes, by its classes."""


def _footnotes(soup: BeautifulSoup) -> None:
    known = {}
    for note in cleaning.classed(soup, "footnote"):
        number = cleaning.text_of(cleaning.child(note, "footnote-number"))
        content = cleaning.child(note, "footnote-content")
        if number.isdigit() and content is not None:
            made = soup.new_tag("div", attrs={"data-note": number})
            for node in list(content.contents):
                made.append(node.extract())
            note.replace_with(made)
            known[number] = made
    for anchor in cleaning.classed(soup, "footnote-anchor"):
        number = cleaning.text_of(anchor)
        if number in known:
            anchor.replace_with(soup.new_tag("sup", attrs={"data-note": number}))
    for made in known.values():
        (soup.body or soup).append(made.extract())
