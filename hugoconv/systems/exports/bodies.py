"""Bodies of exports: HTML of a few kinds, which each reader makes of what its system writes, and what becomes of it.

Beside plain HTML a body may hold `<figure class="gallery">`, `<... data-embed="URL">` around what shows without the
provider, `<div data-keep="html">` around HTML that its writer meant as it is, and footnotes: `<sup data-note="1">` in
the text, `<div data-note="1">` for the note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from bs4 import BeautifulSoup
from bs4.element import Tag

from hugoconv.fields import neutral
from hugoconv.frontmatter.dialects import HUGO
from hugoconv.markup import embeds
from hugoconv.markup.constructs import Construct, TargetDialect
from hugoconv.markup.html import MarkdownOptions, to_markdown
from hugoconv.markup.html_figures import FigureConverter
from hugoconv.markup.html_tree import all_elements
from hugoconv.markup.markdown import MarkdownReference, html_references
from hugoconv.model import SiteInfo
from hugoconv.report.findings import PlacedFindings
from hugoconv.systems.addresses import MediaAddresses, RememberedMedia, new_address
from hugoconv.systems.contract import Reading

_HANDLED = ("data-embed", "data-keep", "data-note")


@dataclass(frozen=True)
class ExportDialect:
    """HTML without constructs of its own."""

    name: str
    markup: ClassVar[str] = "html"

    def scan(self, text: str) -> list[Construct]:
        """See `BodyDialect.scan`."""
        return []

    def references(self, text: str) -> list[MarkdownReference]:
        """See `BodyDialect.references`."""
        return html_references(text)


class ExportConverter(FigureConverter):
    """The rules for what stands in the bodies of exports beside plain HTML."""

    bookkeeping = re.compile(r".*\Z")

    def prepare(self, soup: BeautifulSoup) -> None:
        """Turn embeds, footnotes and kept HTML into islands."""
        for element in [each for each in all_elements(soup) if any(name in each.attrs for name in _HANDLED)]:
            if element.get("data-embed"):
                self._embed(soup, element)
            elif "data-keep" in element.attrs:
                element.replace_with(_island(soup, "html", element.decode_contents(formatter="minimal")))
            elif element.name == "sup" and element.get("data-note"):
                element.replace_with(_island(soup, "inline", f"[^{element['data-note']}]"))
            elif element.get("data-note"):
                number = str(element["data-note"])
                element.attrs = {"data-name": number}
                element.name = "hugoconv-note"

    def _embed(self, soup: BeautifulSoup, element: Tag) -> None:
        """Show an address by the target's own construct; what a provider wrote in words stays, as do other frames."""
        url = str(element["data-embed"])
        known = embeds.embed_of(url)
        caption = element.find("figcaption")
        said = caption.extract() if isinstance(caption, Tag) and caption.get_text(strip=True) else None
        if known is not None and self.settings.target is not None and not element.get_text(strip=True):
            element.insert_before(_island(soup, "block", self.settings.target.render(known)))
            element.name = "div"
            element.clear()
        elif element.get_text(strip=True) and element.find("script"):
            element.insert_before(_island(soup, "html", element.decode_contents(formatter="minimal").strip()))
            element.name = "div"
            element.clear()
        elif not element.get_text(strip=True) and not element.find(["iframe", "script", "img", "video", "audio"]):
            link = soup.new_tag("a", attrs={"href": url})
            link.string = url
            element.clear()
            element.append(link)
        del element["data-embed"]
        if said is not None:
            said.name = "p"
            element.insert_after(said)


def _island(soup: BeautifulSoup, name: str, text: str) -> Tag:
    return soup.new_tag(f"hugoconv-{name}", attrs={"data-text": text})


@dataclass(frozen=True)
class ExportTranslation:
    """An entry's body as Markdown, with the media of its export."""

    media: MediaAddresses
    markup: ClassVar[str] = "markdown"

    def __call__(self, text: str, target: TargetDialect, link: Callable[[str], str], log: PlacedFindings) -> str:
        """See `model.Translate`."""
        options = MarkdownOptions(
            converter=ExportConverter, link=partial(new_address, self.media, link=link), target=target
        )
        markdown = to_markdown(text, log, options)
        return f"{markdown}\n" if markdown else ""

    def template_calls(self, text: str) -> Mapping[str, bool]:
        """See `model.Translate`."""
        return {}

    def facts(self, text: str) -> dict[str, Any]:
        """See `PortableTranslate`."""
        found = {reference.target: self.media.medium_at(reference.target) for reference in html_references(text)}
        return {"media": {url: list(medium) for url, medium in found.items() if medium is not None}}


def _restored(base_url: str, facts: dict[str, Any]) -> ExportTranslation:
    """Return the translation that gave these facts; KeyError or TypeError for facts of another make."""
    return ExportTranslation(RememberedMedia(base_url, dict(facts["media"])))


class ExportImporter:
    """What every importer of exports can do: make its posts again from a dump of them."""

    translates_restored: ClassVar[bool] = True

    def reading(self, info: SiteInfo, markup: str) -> Reading:
        """See `RestoringImporter.reading`."""
        dialect = ExportDialect(info.system)
        return Reading(neutral(info.taxonomies), HUGO, dialect, partial(_restored, info.base_url))
