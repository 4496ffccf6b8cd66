"""Bodies of other systems for WordPress: Markdown and neutral constructs as what one of its editors saves."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import ClassVar
from urllib.parse import quote, urlsplit

from hugoconv.edits import Edit, apply
from hugoconv.markup.constructs import (
    CrossReference,
    Figure,
    Gallery,
    Media,
    Neutral,
    SummaryDivider,
    TemplateCall,
    Unknown,
)
from hugoconv.markup.flavours import Flavour
from hugoconv.markup.markdown import html_references
from hugoconv.report.findings import PlacedFindings
from hugoconv.systems.wordpress.bodies.to_blocks import BlockRenderer
from hugoconv.systems.wordpress.bodies.to_classic import ClassicRenderer

_SHORTCODE = re.compile(r"\[(?=/?(?:caption|wp_caption|gallery|playlist|audio|video|embed)\b)")
"""What WordPress would run in a text."""


@dataclass
class WordPressTarget:
    """Takes the neutral constructs of one body; what it returns is a mark that stays in the text until it is HTML."""

    name: ClassVar[str] = "wordpress"
    link: Callable[[str], str]
    """Gives the new address of an old one."""
    more_label: str = ""
    """What the link to the rest of the post says ("" for what the theme says)."""
    constructs: list[Neutral] = field(default_factory=list)

    def render(self, neutral: Neutral) -> str:
        """Return the mark of a construct, or what needs none."""
        if isinstance(neutral, CrossReference):
            return quote(neutral.target, safe="/:?=&%~+,;@!$'()*") + (f"#{neutral.anchor}" if neutral.anchor else "")
        if isinstance(neutral, SummaryDivider):
            label = neutral.label or self.more_label
            return f"<!--more{' ' if label else ''}{label}-->"
        if isinstance(neutral, Unknown):
            return neutral.text
        if isinstance(neutral, TemplateCall) and (neutral.name != "details" or neutral.part == "whole"):
            return ""  # a WordPress has no such template, so the caller keeps the text
        self.constructs.append(self._moved(neutral))
        return f"<!--hugoconv:{len(self.constructs) - 1}-->"

    def _moved(self, neutral: Neutral) -> Neutral:
        """Return a construct whose files are at their new addresses."""
        if isinstance(neutral, Figure):
            return self._moved_figure(neutral)
        if isinstance(neutral, Gallery):
            return replace(neutral, figures=tuple(map(self._moved_figure, neutral.figures)))
        if isinstance(neutral, Media):
            return replace(neutral, sources=tuple(map(self.link, neutral.sources)))
        return neutral

    def _moved_figure(self, figure: Figure) -> Figure:
        return replace(figure, source=self.link(figure.source), link=self.link(figure.link) if figure.link else "")

    def adapt(self, text: str, *, linkified: bool = True) -> str:
        """Return text as it is: what renders it reads CommonMark."""
        return text

    def escape(self, text: str) -> str:
        """Return text as it is: nothing in Markdown is WordPress's own before it is HTML."""
        return text


@dataclass(frozen=True)
class MadeBody:
    """A body for WordPress, and what its footnotes say, as the footnotes block keeps it ("" for none)."""

    content: str
    footnotes: str = ""


def make_body(
    text: str,
    markup: str,
    target: WordPressTarget,
    flavour: Flavour,
    *,
    blocks: bool,
    key: str,
    base_url: str,
    log: PlacedFindings,
) -> MadeBody:
    """Return a translated body for WordPress; `key` tells its footnotes from those of other posts.

    Links from the host's root become whole addresses on the host of `base_url`, as WordPress writes them.
    """
    renderer = (BlockRenderer if blocks else ClassicRenderer)(flavour, target.constructs, key, log)
    if markup == "markdown":
        content = renderer.render(text)
    elif markup == "html":
        content = renderer.raw(text)
    else:
        log.add("HC309", markup=markup)
        content = renderer.preformatted(text)
    content = _SHORTCODE.sub("&#91;", content).strip("\n")
    return MadeBody(_moved(content, target.link, base_url), renderer.saved_notes)


def _moved(content: str, link: Callable[[str], str], base_url: str) -> str:
    """Return HTML whose links lead to the new addresses, those on this host with the host before them."""
    parts = urlsplit(base_url)
    edits = []
    for mention in html_references(content):
        new = link(mention.target)
        if new.startswith("/") and not new.startswith("//"):
            new = f"{parts.scheme}://{parts.netloc}{new}"
        if new != mention.target:
            edits.append(Edit(mention.start, mention.end, mention.written(new)))
    return apply(content, edits)
