"""A Ghost post's text: which of its forms is read, and how the HTML that Ghost made loses what only its theme needs."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import Tag

from hugoconv.markup.html_tree import parse
from hugoconv.markup.render import to_html as markdown_to_html
from hugoconv.systems.exports import cleaning
from hugoconv.systems.exports.entry import Entry
from hugoconv.systems.ghost import lexical, mobiledoc
from hugoconv.systems.ghost.cards import Cards
from hugoconv.systems.ghost.tables import Row, text

_KEPT = re.compile(r"<!--\s*kg-card-begin: html\s*-->\n?(.*?)\n?<!--\s*kg-card-end: html\s*-->", re.DOTALL)
_GATED = re.compile(r"<!--\s*kg-gated-block:begin (.*?)-->(.*?)<!--\s*kg-gated-block:end\s*-->", re.DOTALL)
_CARD_COMMENT = re.compile(r"<!--\s*kg-card-(?:begin|end)[^<>]*-->")
_FORMS: dict[str, Callable[[str, Cards], str | None]] = {
    "lexical": lexical.to_html,
    "mobiledoc": mobiledoc.to_html,
    "markdown": lambda document, cards: markdown_to_html(document),
}
"""The forms in which Ghost keeps what its editors write: since version 5, 2 to 4, and 0.x."""
_ROW_KEYS = ("html", *_FORMS)


def read_body(row: Row, entry: Entry, *, prefer: str, members: bool) -> str:
    """Return a post's text as the HTML of an entry; what is left out, or cannot be read, is noted.

    `prefer` is "html" for what visitors saw, "source" for what the editor keeps.
    """
    cards = Cards(members=members)
    order = _ROW_KEYS if prefer == "html" else (*_FORMS, "html")
    body = ""
    for name in order:
        written = text(row, name)
        if not written.strip():
            continue
        if name == "html":
            body = from_html(written, cards)
            _note_e_mail(row, cards)
            break
        made = _FORMS[name](written, cards)
        if made is not None:
            body = made
            break
        entry.note("HC125", form=name)
    for code, details in cards.findings():
        entry.note(code, **details)
    return body


def _note_e_mail(row: Row, cards: Cards) -> None:
    """Count what is written for e-mail only, of which the HTML of the site says nothing."""
    source = Cards()
    document = text(row, "lexical") or text(row, "mobiledoc")
    if '"email' in document:
        (lexical if text(row, "lexical") else mobiledoc).to_html(document, source)
        for name, count in source.left_out.items():
            if name not in cards.left_out and name.endswith("e-mails show"):
                cards.left_out[name] = count


def from_html(html: str, cards: Cards) -> str:
    """Return Ghost's HTML with its cards as plain HTML."""
    html = _GATED.sub(lambda match: _gated(match, cards), html)
    html = _KEPT.sub(lambda match: cards.html("html", {"html": match[1]}), html)
    html = _CARD_COMMENT.sub("", html)
    return cleaning.cleaned(html, lambda soup: _clean(soup, cards))


def _gated(match: re.Match[str], cards: Cards) -> str:
    """Return a part of a text that only some readers see, when it is for everybody."""
    about = match[1]
    segment = re.search(r'memberSegment:"([^"]*)"', about)
    visibility = {"nonMember": "nonMember:false" not in about, "memberSegment": segment[1] if segment else ""}
    shown = cards.html("html", {"html": "x", "visibility": {"web": visibility}})
    return match[2] if shown else ""


def _clean(soup: BeautifulSoup, cards: Cards) -> None:
    for element in cleaning.classed(soup, "kg-card"):
        if element.find_parent(attrs={"data-keep": True}) is not None or element.parent is None:
            continue
        name = next((each for each in element.get_attribute_list("class") if each in _READERS), "")
        if not name:
            continue
        card, read = _READERS[name]
        made = parse(cards.html(card, read(element)))
        root = made.body or made
        for node in list(root.contents):
            element.insert_before(node.extract())
        element.decompose()
    for picture in soup.find_all("img"):
        if picture.find_parent(attrs={"data-keep": True}) is None:
            picture.replace_with(cleaning.plain_picture(soup, picture))


# What Ghost's HTML says, in the words of its cards -----------------------------------------------------------------


def _inner(element: Tag, *names: str) -> str:
    """Return the HTML in the first element with one of these classes."""
    found = next((each for name in names if (each := cleaning.child(element, name)) is not None), None)
    return found.decode_contents(formatter="minimal").strip() if found is not None else ""


def _caption(element: Tag) -> str:
    found = element.find("figcaption")
    return found.decode_contents(formatter="minimal").strip() if isinstance(found, Tag) else ""


def _said(element: Tag, name: str) -> str:
    return cleaning.text_of(cleaning.child(element, name))


def _attribute(element: Tag, tag: str, name: str) -> str:
    found = element.find(tag)
    return str(found.get(name) or "") if isinstance(found, Tag) else ""


def _picture(picture: Tag) -> dict[str, Any]:
    return {name: str(picture.get(name) or "") for name in ("src", "alt", "title")}


def _image(element: Tag) -> dict[str, Any]:
    picture = element.find("img")
    found = _picture(picture) if isinstance(picture, Tag) else {}
    return {**found, "href": _attribute(element, "a", "href"), "caption": _caption(element)}


def _gallery(element: Tag) -> dict[str, Any]:
    return {"images": [_picture(each) for each in element.find_all("img")], "caption": _caption(element)}


def _bookmark(element: Tag) -> dict[str, Any]:
    metadata = {name: _said(element, f"kg-bookmark-{name}") for name in ("title", "description")}
    metadata |= {"author": _said(element, "kg-bookmark-publisher"), "publisher": _said(element, "kg-bookmark-author")}
    return {"url": _attribute(element, "a", "href"), "metadata": metadata, "caption": _caption(element)}


def _embed(element: Tag) -> dict[str, Any]:
    caption = element.find("figcaption")
    said = _caption(element)
    if isinstance(caption, Tag):
        caption.extract()
    links = element.find_all("a")
    url = _attribute(element, "iframe", "src") or (str(links[-1].get("href") or "") if links else "")
    return {"url": url, "html": element.decode_contents(formatter="minimal").strip(), "caption": said}


def _callout(element: Tag) -> dict[str, Any]:
    return {"calloutEmoji": _said(element, "kg-callout-emoji"), "calloutText": _inner(element, "kg-callout-text")}


def _toggle(element: Tag) -> dict[str, Any]:
    return {
        "heading": _inner(element, "kg-toggle-heading-text"),
        "content": _inner(element, "kg-toggle-content"),
    }


def _code(element: Tag) -> dict[str, Any]:
    code = element.find("code") or element.find("pre")
    classes = code.get_attribute_list("class") if isinstance(code, Tag) else []
    language = next((each.removeprefix("language-") for each in classes if each.startswith("language-")), "")
    return {
        "code": code.get_text() if isinstance(code, Tag) else "",
        "language": language,
        "caption": _caption(element),
    }


def _file(element: Tag) -> dict[str, Any]:
    return {
        "src": _attribute(element, "a", "href"),
        "fileTitle": _said(element, "kg-file-card-title"),
        "fileCaption": _inner(element, "kg-file-card-caption"),
        "fileName": _said(element, "kg-file-card-filename"),
        "fileSize": _said(element, "kg-file-card-filesize"),
    }


def _audio(element: Tag) -> dict[str, Any]:
    return {"src": _attribute(element, "audio", "src"), "title": _said(element, "kg-audio-title")}


def _video(element: Tag) -> dict[str, Any]:
    poster = str(element.get("data-kg-custom-thumbnail") or element.get("data-kg-thumbnail") or "")
    return {"src": _attribute(element, "video", "src"), "thumbnailSrc": poster, "caption": _caption(element)}


def _product(element: Tag) -> dict[str, Any]:
    button = element.find("a", class_=re.compile("kg-product-card-button"))
    return {
        "productImageSrc": _attribute(element, "img", "src"),
        "productTitle": _inner(element, "kg-product-card-title"),
        "productDescription": _inner(element, "kg-product-card-description"),
        "productRatingEnabled": cleaning.child(element, "kg-product-card-rating") is not None,
        "productStarRating": len(cleaning.classed(element, "kg-product-card-rating-active")),
        "productButtonEnabled": button is not None,
        "productUrl": str(button.get("href") or "") if isinstance(button, Tag) else "",
        "productButton": cleaning.text_of(button if isinstance(button, Tag) else None),
    }


def _button(element: Tag) -> dict[str, Any]:
    link = element.find("a")
    words = cleaning.text_of(link if isinstance(link, Tag) else None)
    return {"buttonUrl": _attribute(element, "a", "href"), "buttonText": words}


def _header(element: Tag) -> dict[str, Any]:
    background = re.search(r"url\(['\"]?([^'\")]+)", str(element.get("style") or ""))
    return {
        "header": _inner(element, "kg-header-card-heading", "kg-header-card-header"),
        "subheader": _inner(element, "kg-header-card-subheading", "kg-header-card-subheader"),
        "backgroundImageSrc": background[1] if background else _attribute(element, "img", "src"),
        "buttonEnabled": element.find("a") is not None,
        **_button(element),
    }


def _call(element: Tag) -> dict[str, Any]:
    button = cleaning.child(element, "kg-cta-button")
    return {
        "hasSponsorLabel": True,
        "sponsorLabel": _inner(element, "kg-cta-sponsor-label"),
        "textValue": _inner(element, "kg-cta-text"),
        "imageUrl": _attribute(element, "img", "src"),
        "showButton": button is not None,
        "buttonUrl": str(button.get("href") or "") if button is not None else "",
        "buttonText": cleaning.text_of(button),
    }


_READERS: dict[str, tuple[str, Callable[[Tag], dict[str, Any]]]] = {
    "kg-image-card": ("image", _image),
    "kg-gallery-card": ("gallery", _gallery),
    "kg-bookmark-card": ("bookmark", _bookmark),
    "kg-nft-card": ("bookmark", _bookmark),
    "kg-embed-card": ("embed", _embed),
    "kg-callout-card": ("callout", _callout),
    "kg-toggle-card": ("toggle", _toggle),
    "kg-code-card": ("code", _code),
    "kg-file-card": ("file", _file),
    "kg-audio-card": ("audio", _audio),
    "kg-video-card": ("video", _video),
    "kg-product-card": ("product", _product),
    "kg-button-card": ("button", _button),
    "kg-header-card": ("header", _header),
    "kg-cta-card": ("call-to-action", _call),
    "kg-signup-card": ("signup", lambda element: {}),
    "kg-transistor-card": ("transistor", lambda element: {}),
}
"""The classes of Ghost's cards: which card it is, and what reads its HTML."""
