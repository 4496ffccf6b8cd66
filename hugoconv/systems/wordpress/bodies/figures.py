"""The HTML that WordPress writes for figures, galleries, files and verses, as Markdown."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from hugoconv.markup.html_figures import FigureConverter
from hugoconv.markup.html_tree import all_elements, elements

_BOOKKEEPING = re.compile(
    r"(?:wp-(?:block-)?(?:image|caption|element|duotone|lightbox)[\w-]*|size-[\w-]+|is-(?:resized|style-default)"
    r"|wp-container-[\w-]+|wp-block-[\w-]+|alignnone)\Z"
)
_GENERATED_ID = re.compile(r"(?:attachment_|caption-attachment-|more-|wp-block-file--media-|wpv_|media-)[\w-]*\Z")


class WordPressConverter(FigureConverter):
    """The rules for WordPress's figures, galleries, files and verses."""

    gallery = "wp-block-gallery"
    bookkeeping = _BOOKKEEPING

    def prepare(self, soup: BeautifulSoup) -> None:
        """Take out what WordPress puts around media: grids of galleries, second links of files, generated ids."""
        files = []
        for element in [element for element in all_elements(soup) if element.attrs]:
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
        links = elements(file, {"a"})
        for element in elements(file, {"object", "a"}):
            button = "wp-block-file__button" in element.get_attribute_list("class")
            repeats = element.name == "object" or (button and element.get_text().strip() in ("", "Download"))
            if repeats and len(links) > button:
                element.decompose()
            elif button:
                element.insert_before(" ")

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return code as a fence, a verse as lines."""
        if "wp-block-verse" in el.get_attribute_list("class"):
            for node in el.find_all(string=True):
                if isinstance(node, NavigableString) and "\n" in node:
                    _break_lines(self.soup, node)
            return self.paragraph(self.inline(el, parent_tags | {"p"}))
        return super().convert_pre(el, text, parent_tags)


def _break_lines(soup: BeautifulSoup, node: NavigableString) -> None:
    first, *others = str(node).split("\n")
    pieces: list[NavigableString | Tag] = [NavigableString(first)]
    for line in others:
        pieces += [soup.new_tag("br"), NavigableString(line)]
    node.replace_with(*pieces)
