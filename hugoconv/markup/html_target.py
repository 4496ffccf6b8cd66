"""Bodies that become HTML: Markdown and neutral constructs for systems whose posts are HTML.

A construct becomes a mark that stays in the text until that is HTML; the renderer then writes in its place what the
system has for it, here plain HTML.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar
from urllib.parse import quote

from hugoconv.markup import formulas, plain_html
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
from hugoconv.markup.flavours import Flavour
from hugoconv.markup.render import Frame, HtmlRenderer, written

MARKER = re.compile(r"<!--hugoconv:(\d+)-->")
"""Where a construct stands, until it is HTML."""


@dataclass
class HtmlTarget:
    """Takes the neutral constructs of one body; a system gives its `name`."""

    name: ClassVar[str]
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
        if isinstance(neutral, Formula):
            return formulas.as_text(neutral)
        if isinstance(neutral, TemplateCall) and (neutral.name != "details" or neutral.part == "whole"):
            return ""  # the system has no such template, so the caller keeps the text
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
        """Return text as it is: nothing in Markdown is the system's own before it is HTML."""
        return text


class PlainRenderer(HtmlRenderer):
    """Renders a body with its constructs as plain HTML."""

    def __init__(self, flavour: Flavour, constructs: Sequence[Neutral]) -> None:
        super().__init__(flavour)
        self.constructs = constructs

    def raw(self, text: str) -> str:
        """Return a body that is HTML already."""
        return self.replaced(text)

    def preformatted(self, text: str) -> str:
        """Return a body in a markup that nobody here reads."""
        return f"<pre>{html.escape(text, quote=False)}</pre>\n"

    def replaced(self, text: str) -> str:
        """Return HTML with the marks in it replaced by plain HTML."""
        return MARKER.sub(lambda mark: self.plain(self.constructs[int(mark[1])]), text)

    def document(self, frame: Frame) -> str:
        """See `HtmlRenderer.document`."""
        return self.replaced(super().document(frame))

    def heading(self, frame: Frame, level: int, attributes: dict[str, str]) -> str:
        """See `HtmlRenderer.heading`."""
        return super().heading(*self.attributed(frame, level, attributes))

    def attributed(self, frame: Frame, level: int, attributes: dict[str, str]) -> tuple[Frame, int, dict[str, str]]:
        """Take the marks of attributes out of a heading, and give it what they say."""
        for mark in MARKER.finditer(frame.html):
            neutral = self.constructs[int(mark[1])]
            if isinstance(neutral, Attributes):
                attributes = {**attributes, **dict(neutral.pairs)}
        return Frame(frame.name, frame.data, [self.replaced(frame.html).strip()]), level, attributes

    # Constructs as plain HTML

    def plain(self, neutral: Neutral) -> str:
        """Return a construct as HTML that may stand anywhere."""
        return _PLAIN[type(neutral)](self, neutral)

    def figure(self, figure: Figure) -> str:
        """A picture, with its caption."""
        return plain_html.captioned(figure, self.inline(figure.caption) if figure.caption else "")

    def highlight(self, highlight: Highlight) -> str:
        """Code."""
        if highlight.lines or highlight.numbers:
            self.leave_out_marks()
        text = highlight.code if highlight.code.endswith("\n") else f"{highlight.code}\n"
        return self.code(Frame("CodeBlock", None, [], [], [text]), highlight.language)

    def leave_out_marks(self) -> None:
        """Take note that marked lines and line numbers of code are left out."""

    def embed(self, embed: Embed) -> str:
        """What another site shows: a link to it."""
        return plain_html.link(embed)

    def inline(self, markdown: str) -> str:
        """Return a caption, which is Markdown, as inline HTML."""
        made = HtmlRenderer(self.flavour).render(markdown).strip()
        return re.sub(r"\A<p>(.*)</p>\Z", r"\1", made, flags=re.DOTALL)


def details(call: TemplateCall, classes: str = "") -> str:
    """Return the one end or the other of what is shown when its summary is clicked, Hugo's shortcode `details`."""
    if call.part == "closing":
        return "</details>"
    said = dict(call.arguments)
    is_open = " open" if said.get("open", "").lower() in ("1", "true") else ""
    name = " ".join(filter(None, (classes, said.get("class"))))
    summary = html.escape(said.get("summary") or "Details", quote=False)
    return f"<details{written({'class': name})}{is_open}><summary>{summary}</summary>"


_PLAIN: dict[type, Callable[[PlainRenderer, Any], str]] = {
    Figure: lambda renderer, figure: renderer.figure(figure),
    Gallery: lambda renderer, gallery: plain_html.gallery(gallery, renderer.figure),
    Highlight: lambda renderer, highlight: renderer.highlight(highlight).strip(),
    Embed: lambda renderer, embed: renderer.embed(embed),
    Media: lambda renderer, media: plain_html.media(media),
    Attributes: lambda renderer, attributes: "",
    TemplateCall: lambda renderer, call: details(call),
}
