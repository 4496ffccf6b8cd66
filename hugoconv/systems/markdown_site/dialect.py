"""Neutral constructs as these systems show them: Markdown where it has words, plain HTML where it has none."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

from hugoconv.edits import apply
from hugoconv.markup import formulas, plain_html
from hugoconv.markup.bare_addresses import linked
from hugoconv.markup.constructs import (
    Attributes,
    CrossReference,
    Embed,
    Figure,
    Formula,
    Gallery,
    Highlight,
    Media,
    Neutral,
    SummaryDivider,
    TemplateCall,
    Unknown,
)
from hugoconv.systems.markdown_site.from_commonmark import BARE_ADDRESSES, fenced
from hugoconv.systems.markdown_site.target import Target

HEADING_ATTRIBUTES = "heading attributes"
MARKED_LINES = "marked lines"
"""Words for what a system has no counterpart for, as `Target.losses` names it."""


class SiteDialect:
    """One body's target text; `rendered` gathers the words for what had no counterpart.

    `base_path` is the path that stands before every address of the site ("" or like "/blog").
    """

    def __init__(self, target: Target, base_path: str = "") -> None:
        self.target = target
        self.base_path = base_path
        self.rendered: set[str] = set()

    @property
    def name(self) -> str:
        """The system's name."""
        return self.target.system

    def render(self, neutral: Neutral) -> str:
        """Return a neutral construct as text; a block of several lines has no line end at its end."""
        return self.target.inert(_RENDERERS[type(neutral)](self, neutral))

    def adapt(self, text: str, *, linkified: bool = True) -> str:
        """Return a text of CommonMark in which bare addresses are links where they were, and the system makes none."""
        is_to_link = linkified and BARE_ADDRESSES not in self.target.reads
        return apply(text, linked(text)) if is_to_link else text

    def escape(self, text: str) -> str:
        """Return `text` so that the system shows it."""
        return self.target.inert(text)

    # One construct each

    def figure(self, figure: Figure) -> str:
        """Return a Markdown image when that says it all, else a figure in HTML."""
        if figure.is_plain:
            return _image(figure)
        made = plain_html.markdown_figure(figure, told=self.target.told)
        return made.replace("<figure", f"<figure{self.target.told}", 1)

    def highlight(self, highlight: Highlight) -> str:
        """Return a fence; numbers and marks of lines are the theme's business."""
        if highlight.lines or highlight.numbers:
            self.rendered.add(MARKED_LINES)
        if highlight.in_html:
            return plain_html.code(highlight)
        return fenced(highlight.code, highlight.language)

    def cross_reference(self, reference: CrossReference) -> str:
        """Return an address from the site's root."""
        return self.base_path + reference.target + (f"#{reference.anchor}" if reference.anchor else "")

    def attributes(self, attributes: Attributes) -> str:
        """Return an anchor for an id; there are no words for the rest."""
        pairs = dict(attributes.pairs)
        identifier = pairs.pop("id", "")
        if pairs:
            self.rendered.add(HEADING_ATTRIBUTES)
        return f' <a id="{html.escape(identifier)}"></a>' if identifier else ""


def _image(figure: Figure) -> str:
    if "\n" in figure.alt + figure.title + figure.source:
        return plain_html.picture(figure)
    alt = re.sub(r"[\\\[\]_*`<>&]", r"\\\g<0>", figure.alt)
    source = figure.source if re.fullmatch(r"[^\s()<>\\]+", figure.source) else f"<{_in_angles(figure.source)}>"
    title = ' "' + re.sub(r'["\\]', r"\\\g<0>", figure.title) + '"' if figure.title else ""
    return f"![{alt}]({source}{title})"


def _in_angles(url: str) -> str:
    return re.sub(r"[<>\\]", r"\\\g<0>", url)


def _embed(dialect: SiteDialect, embed: Embed) -> str:
    return plain_html.embedded(embed) or plain_html.angled(embed)


def _gallery(dialect: SiteDialect, gallery: Gallery) -> str:
    return plain_html.gallery(gallery, lambda figure: f"{dialect.figure(figure)}\n")


def _template_call(dialect: SiteDialect, call: TemplateCall) -> str:
    return ""  # the site's own templates stay behind, so that the call stays visible


_RENDERERS: dict[type[Neutral], Callable[[SiteDialect, Any], str]] = {
    Figure: SiteDialect.figure,
    Gallery: _gallery,
    Highlight: SiteDialect.highlight,
    Embed: _embed,
    Media: lambda _, media: plain_html.media(media),
    CrossReference: SiteDialect.cross_reference,
    SummaryDivider: lambda dialect, _: dialect.target.divider,
    Attributes: SiteDialect.attributes,
    TemplateCall: _template_call,
    Formula: lambda _, formula: formulas.as_text(formula),
    Unknown: lambda _, unknown: unknown.text,
}
