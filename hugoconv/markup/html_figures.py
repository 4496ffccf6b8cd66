"""Figures and galleries in HTML as what the target shows pictures with captions by."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import ClassVar

from bs4.element import NavigableString, Tag

from hugoconv.markup.constructs import Figure, Gallery
from hugoconv.markup.html import HtmlConverter
from hugoconv.markup.html_tree import around, child, elements, first
from hugoconv.markup.markdown_text import BRACES, finish

_MORE_THAN_TEXT = (
    *("figure", "ul", "ol", "pre", "iframe", "video", "audio", "table", "blockquote"),
    *("hugoconv-block", "hugoconv-html"),
)
_COLUMNS = re.compile(r"columns-(\d)\Z")
_SPACES = re.compile(r"[ \t\r\n]+")
GALLERY_CAPTION = "blocks-gallery-caption"
"""The class of a gallery's own caption, as against those of its pictures."""


class FigureConverter(HtmlConverter):
    """The rules for figures; a system says which of them are galleries, and which of their classes say nothing."""

    gallery: ClassVar[str] = "gallery"
    """The class of a figure that is a gallery."""
    bookkeeping: ClassVar[re.Pattern[str]] = re.compile(r"\Z")
    """Classes that only the old system's styles know."""

    def is_gallery(self, el: Tag) -> bool:
        """Return whether a figure shows several pictures together."""
        return self.gallery in el.get_attribute_list("class")

    def convert_figure(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return the target's gallery or figure; of any other figure, its contents, caption last."""
        if self.is_gallery(el):
            gallery = self._gallery(el)
            if gallery is not None:
                return gallery
        caption = child(el, "figcaption") or first(el, "figcaption")
        pictures = elements(el, {"img"})
        if caption is not None and len(pictures) == 1 and first(el, *_MORE_THAN_TEXT) is None:
            return self._figure(el, pictures[0], caption) or self.keep_block(el, text, parent_tags)
        return self.contents(el, self.joined(self.blocks(el, parent_tags | {"figure"})), parent_tags)

    def _figure(self, el: Tag, picture: Tag, caption: Tag) -> str | None:
        """Return the figure, None when there is more than a picture in it, or nothing to say about the picture."""
        if self.settings.target is None or _shows_more(el):
            return None
        figure = self._said(el, picture, caption)
        if figure is None or not figure.caption:
            return None
        self.note_styles(picture)
        return self.settings.target.render(figure).replace("{{", BRACES)

    def _said(self, el: Tag, picture: Tag, caption: Tag | None) -> Figure | None:
        """Return what a figure says, None when its caption cannot be an argument."""
        said = self.inline(caption, {"figcaption", "_inline"}) if caption is not None else ""
        if (caption is not None and first(caption, *_MORE_THAN_TEXT)) or BRACES in said or not picture.get("src"):
            return None
        link = around(picture, "a")
        classes = (name for name in el.get_attribute_list("class") if name and not self.bookkeeping.match(name))
        return Figure(
            source=_text(picture["src"]),
            alt=_text(picture.get("alt", "")),
            caption=_text(finish(said)),
            link=_text(link.get("href", "")) if link is not None else "",
            classes=" ".join(classes),
        )

    def _gallery(self, el: Tag) -> str | None:
        """Return the gallery with the caption it has as a whole, None when it holds more than pictures."""
        pictures = elements(el, {"img"})
        if self.settings.target is None or not pictures or _shows_more(el):
            return None
        own = el.find("figcaption", class_=GALLERY_CAPTION) or child(el, "figcaption")
        figures = []
        for picture in pictures:
            frame = around(picture, "figure")
            frame = frame if frame is not el else None
            caption = first(frame, "figcaption") if frame is not None else None
            figure = self._said(frame or picture, picture, caption)
            if figure is None:
                return None
            figures.append(replace(figure, classes="") if frame is None else figure)
        if isinstance(own, Tag) and around(own, "figure") is not el:
            own = None
        columns = next((int(match[1]) for name in el.get_attribute_list("class") if (match := _COLUMNS.match(name))), 0)
        gallery = self.settings.target.render(Gallery(tuple(figures), columns)).replace("{{", BRACES)
        return self.joined(part for part in (gallery, self.paragraph(self.inline(own, {"p"})) if own else "") if part)

    def note_styles(self, el: Tag) -> None:
        """Record left out presentation; the class of a figure is kept."""
        if el.name != "figure" or first(el, "figcaption") is None:
            super().note_styles(el)


def _text(value: object) -> str:
    """Return a value on one line."""
    return _SPACES.sub(" ", str(value))


def _shows_more(el: Tag) -> bool:
    """Return whether a figure shows something besides pictures and captions."""
    if any(found.name != "figure" for found in elements(el, _MORE_THAN_TEXT)):
        return True
    texts = (node for node in el.descendants if isinstance(node, NavigableString) and node.strip())
    return any(around(text, "figcaption") is None for text in texts)
