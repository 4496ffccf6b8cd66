"""The HTML that WordPress writes for figures, galleries, files and verses, as Markdown."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from hugoconv.markup.constructs import Figure
from hugoconv.markup.html import HtmlConverter
from hugoconv.markup.markdown_text import BRACES, finish

_BOOKKEEPING = re.compile(
    r"(?:wp-(?:block-)?(?:image|caption|element|duotone|lightbox)[\w-]*|size-[\w-]+|is-(?:resized|style-default)"
    r"|wp-container-[\w-]+|wp-block-[\w-]+|alignnone)\Z"
)
_MORE_THAN_TEXT = [
    *("figure", "ul", "ol", "pre", "iframe", "video", "audio", "table", "blockquote"),
    *("hugoconv-block", "hugoconv-html"),
]
_SPACES = re.compile(r"[ \t\r\n]+")
_GENERATED_ID = re.compile(r"(?:attachment_|caption-attachment-|more-|wp-block-file--media-|wpv_|media-)[\w-]*\Z")


class WordPressConverter(HtmlConverter):
    """The rules for WordPress's figures, galleries, files and verses."""

    def prepare(self, soup: BeautifulSoup) -> None:
        """Take out what WordPress puts around media: grids of galleries, second links of files, generated ids."""
        for item in soup.find_all(class_="blocks-gallery-item"):
            item.name = "div"
            if item.parent is not None and item.parent.name == "ul":
                item.parent.name = "div"
        for file in soup.find_all(class_="wp-block-file"):
            self._one_link(file)
        for element in soup.find_all(id=_GENERATED_ID):
            del element["id"]

    def _one_link(self, file: Tag) -> None:
        """Take the preview and the button out of a file, unless they are all there is."""
        links = file.find_all("a")
        for element in file.find_all(["object", "a"]):
            button = "wp-block-file__button" in element.get_attribute_list("class")
            if button and len(links) > 1 and element.get_text().strip() not in ("", "Download"):
                detail = f"the button {element.get_text().strip()!r} of a file is left out, its link stays"
                self.log.add("HC307", name="wp:file", detail=detail)
            if (button or element.name == "object") and len(links) > button:
                element.decompose()

    def convert_figure(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return the target's figure for a picture with a caption; of any other figure, its contents, caption last."""
        caption = el.find("figcaption", recursive=False) or el.find("figcaption")
        pictures = el.find_all("img")
        if isinstance(caption, Tag) and len(pictures) == 1 and not el.find(_MORE_THAN_TEXT):
            return self._figure(el, pictures[0], caption) or self.keep_block(el, text, parent_tags)
        return self.contents(el, self.joined(self.blocks(el, parent_tags | {"figure"})), parent_tags)

    def _figure(self, el: Tag, picture: Tag, caption: Tag) -> str | None:
        """Return the figure, None when there is more than a picture in it, or nothing to say about the picture."""
        said = self.inline(caption, {"figcaption", "_inline"})
        if caption.find(_MORE_THAN_TEXT) or _shows_more(el, caption) or BRACES in said or not picture.get("src"):
            return None
        link = picture.find_parent("a")
        figure = Figure(
            source=_text(picture["src"]),
            alt=_text(picture.get("alt", "")),
            caption=_text(finish(said)),
            link=_text(link.get("href", "")) if isinstance(link, Tag) else "",
            classes=" ".join(name for name in el.get_attribute_list("class") if name and not _BOOKKEEPING.match(name)),
        )
        if not figure.caption or self.settings.target is None:
            return None
        self.note_styles(picture)
        return self.settings.target.render(figure).replace("{{", BRACES)

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


def _shows_more(el: Tag, caption: Tag) -> bool:
    """Return whether a figure shows something besides its picture and its caption."""
    if el.find(_MORE_THAN_TEXT) is not None:
        return True
    own = [node for node in el.find_all(string=True) if caption not in node.parents]
    return any(node.strip() for node in own)


def _break_lines(soup: BeautifulSoup, node: NavigableString) -> None:
    first, *others = str(node).split("\n")
    pieces: list[NavigableString | Tag] = [NavigableString(first)]
    for line in others:
        pieces += [soup.new_tag("br"), NavigableString(line)]
    node.replace_with(*pieces)
