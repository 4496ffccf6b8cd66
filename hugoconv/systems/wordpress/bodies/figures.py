"""The HTML that WordPress writes for figures, galleries, files and verses, as Markdown."""

from __future__ import annotations

import re
from dataclasses import replace

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from hugoconv.markup.constructs import Figure, Gallery
from hugoconv.markup.html import HtmlConverter
from hugoconv.markup.html_tree import all_elements
from hugoconv.markup.markdown_text import BRACES, finish

_BOOKKEEPING = re.compile(
    r"(?:wp-(?:block-)?(?:image|caption|element|duotone|lightbox)[\w-]*|size-[\w-]+|is-(?:resized|style-default)"
    r"|wp-container-[\w-]+|wp-block-[\w-]+|alignnone)\Z"
)
_MORE_THAN_TEXT = [
    *("figure", "ul", "ol", "pre", "iframe", "video", "audio", "table", "blockquote"),
    *("hugoconv-block", "hugoconv-html"),
]
_COLUMNS = re.compile(r"columns-(\d)\Z")
_SPACES = re.compile(r"[ \t\r\n]+")
_GENERATED_ID = re.compile(r"(?:attachment_|caption-attachment-|more-|wp-block-file--media-|wpv_|media-)[\w-]*\Z")


class WordPressConverter(HtmlConverter):
    """The rules for WordPress's figures, galleries, files and verses."""

    def prepare(self, soup: BeautifulSoup) -> None:
        """Take out what WordPress puts around media: grids of galleries, second links of files, generated ids."""
        files = []
        for element in all_elements(soup):
            if "class" in element.attrs:
                classes = element.get_attribute_list("class")
                if "blocks-gallery-item" in classes:
                    element.name = "div"
                    if element.parent is not None and element.parent.name == "ul":
                        element.parent.name = "div"
                elif "wp-block-file" in classes:
                    files.append(element)
            if "id" in element.attrs and _GENERATED_ID.match(str(element["id"])):
                del element["id"]
        for file in files:
            self._one_link(file)

    def _one_link(self, file: Tag) -> None:
        """Take out a file's preview and button, unless they are all there is; a button with its own text stays."""
        links = file.find_all("a")
        for element in file.find_all(["object", "a"]):
            button = "wp-block-file__button" in element.get_attribute_list("class")
            repeats = element.name == "object" or (button and element.get_text().strip() in ("", "Download"))
            if repeats and len(links) > button:
                element.decompose()
            elif button:
                element.insert_before(" ")

    def convert_figure(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return the target's gallery or figure; of any other figure, its contents, caption last."""
        if "wp-block-gallery" in el.get_attribute_list("class"):
            gallery = self._gallery(el)
            if gallery is not None:
                return gallery
        caption = el.find("figcaption", recursive=False) or el.find("figcaption")
        pictures = el.find_all("img")
        if isinstance(caption, Tag) and len(pictures) == 1 and not el.find(_MORE_THAN_TEXT):
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
        if (caption is not None and caption.find(_MORE_THAN_TEXT)) or BRACES in said or not picture.get("src"):
            return None
        link = picture.find_parent("a")
        return Figure(
            source=_text(picture["src"]),
            alt=_text(picture.get("alt", "")),
            caption=_text(finish(said)),
            link=_text(link.get("href", "")) if isinstance(link, Tag) else "",
            classes=" ".join(name for name in el.get_attribute_list("class") if name and not _BOOKKEEPING.match(name)),
        )

    def _gallery(self, el: Tag) -> str | None:
        """Return the gallery with the caption it has as a whole, None when it holds more than pictures."""
        pictures = el.find_all("img")
        if self.settings.target is None or not pictures or _shows_more(el):
            return None
        own = el.find("figcaption", class_="blocks-gallery-caption") or el.find("figcaption", recursive=False)
        figures = []
        for picture in pictures:
            frame = picture.find_parent("figure")
            frame = frame if isinstance(frame, Tag) and frame is not el else None
            caption = frame.find("figcaption") if frame is not None else None
            figure = self._said(frame or picture, picture, caption if isinstance(caption, Tag) else None)
            if figure is None:
                return None
            figures.append(replace(figure, classes="") if frame is None else figure)
        if isinstance(own, Tag) and own.find_parent("figure") is not el:
            own = None
        columns = next((int(match[1]) for name in el.get_attribute_list("class") if (match := _COLUMNS.match(name))), 0)
        gallery = self.settings.target.render(Gallery(tuple(figures), columns)).replace("{{", BRACES)
        return self.joined(part for part in (gallery, self.paragraph(self.inline(own, {"p"})) if own else "") if part)

    def note_styles(self, el: Tag) -> None:
        """Record left out presentation; the class of a figure is kept."""
        if el.name != "figure" or el.find("figcaption") is None:
            super().note_styles(el)

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return code as a fence, a verse as lines."""
        if "wp-block-verse" in el.get_attribute_list("class"):
            for node in el.find_all(string=True):
                if isinstance(node, NavigableString) and "\n" in node:
                    _break_lines(self.soup, node)
            return self.paragraph(self.inline(el, parent_tags | {"p"}))
        return super().convert_pre(el, text, parent_tags)


def _text(value: object) -> str:
    """Return a value on one line."""
    return _SPACES.sub(" ", str(value))


def _shows_more(el: Tag) -> bool:
    """Return whether a figure shows something besides pictures and captions."""
    if any(found.name != "figure" for found in el.find_all(_MORE_THAN_TEXT)):
        return True
    return any(node.strip() and node.find_parent("figcaption") is None for node in el.find_all(string=True))


def _break_lines(soup: BeautifulSoup, node: NavigableString) -> None:
    first, *others = str(node).split("\n")
    pieces: list[NavigableString | Tag] = [NavigableString(first)]
    for line in others:
        pieces += [soup.new_tag("br"), NavigableString(line)]
    node.replace_with(*pieces)
