"""Bodies of other systems as the HTML of WordPress's old editor."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from typing import Any

from hugoconv.markup import plain_html
from hugoconv.markup.constructs import Attributes, Embed, Figure, Gallery, Highlight, Media, Neutral, TemplateCall
from hugoconv.markup.flavours import Flavour
from hugoconv.markup.render import Frame, HtmlRenderer, written
from hugoconv.report.findings import PlacedFindings

MARKER = re.compile(r"<!--hugoconv:(\d+)-->")
"""Where a construct stands, until it is HTML."""
BLOCK_COMMENT = re.compile(r"<!-- /?wp:.*?-->\n?", re.DOTALL)


class ClassicRenderer(HtmlRenderer):
    """Renders a body as the HTML of the old editor; neutral constructs become plain HTML."""

    def __init__(self, flavour: Flavour, constructs: Sequence[Neutral], key: str, log: PlacedFindings) -> None:
        super().__init__(flavour)
        self.constructs = constructs
        self.key = key
        self.log = log
        self.saved_notes = ""

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
        return super().heading(*self._attributed(frame, level, attributes))

    def _attributed(self, frame: Frame, level: int, attributes: dict[str, str]) -> tuple[Frame, int, dict[str, str]]:
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
            self.log.add("HC307", name="code", detail="marked lines and line numbers are left out")
        frame = Frame(
            "CodeBlock", None, [], [], [highlight.code if highlight.code.endswith("\n") else f"{highlight.code}\n"]
        )
        return self.code(frame, highlight.language)

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


_PLAIN: dict[type, Callable[[ClassicRenderer, Any], str]] = {
    Figure: lambda renderer, figure: renderer.figure(figure),
    Gallery: lambda renderer, gallery: plain_html.gallery(gallery, renderer.figure),
    Highlight: lambda renderer, highlight: BLOCK_COMMENT.sub("", renderer.highlight(highlight)).strip(),
    Embed: lambda renderer, embed: plain_html.link(embed),
    Media: lambda renderer, media: plain_html.media(media),
    Attributes: lambda renderer, attributes: "",
    TemplateCall: lambda renderer, call: details(call),
}
