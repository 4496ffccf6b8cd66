"""Bodies of other systems as the blocks of WordPress's editor.

The HTML of each block is that which the block editor itself saves (the `save` functions of its block library), so that
it takes the block for its own.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from hugoconv.markup import plain_html
from hugoconv.markup.constructs import Embed, Figure, Gallery, Highlight, Media, Neutral, TemplateCall
from hugoconv.markup.html_target import MARKER, details
from hugoconv.markup.render import Frame, written
from hugoconv.systems.wordpress.bodies.to_classic import BLOCK_COMMENT, EMBED_KINDS, ClassicRenderer

_MORE = re.compile(r"<!--\s*more\s*(.*?)-->")
_INLINE = frozenset({"text", "Code", "InlineHtml", "SoftBreak", "HardBreak", "Emphasis", "Strong", "Strikethrough"}) | {
    *("Link", "Image", "FootnoteReference", "TaskListMarker", "Superscript", "Subscript", "InlineMath"),
}


def block(name: str, inner: str, attributes: dict[str, Any] | None = None) -> str:
    """Return a block: its comments around its HTML."""
    said = {key: value for key, value in (attributes or {}).items() if value not in (None, "", False)}
    text = f" {_json(said)}" if said else ""
    return f"<!-- wp:{name}{text} -->\n{inner}\n<!-- /wp:{name} -->\n\n"


def _json(value: Any) -> str:
    """Return JSON as `serialize_block_attributes` writes it into a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for found, escaped in (("--", "\\u002d\\u002d"), ("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(found, escaped)
    return text.replace('\\"', "\\u0022")


class BlockRenderer(ClassicRenderer):
    """Renders a body as blocks: a block each at the top and in quotations, plain HTML where no block may stand."""

    def raw(self, text: str) -> str:
        """See `ClassicRenderer.raw`."""
        return block("html", self.replaced(text).strip("\n")) if text.strip() else ""

    def preformatted(self, text: str) -> str:
        """See `ClassicRenderer.preformatted`."""
        return block("preformatted", f'<pre class="wp-block-preformatted">{html.escape(text, quote=False)}</pre>')

    def paragraph(self, frame: Frame) -> str:
        """A paragraph; one that holds nothing but a picture or a construct is that block."""
        if self._frames[-1].name in ("Document", "BlockQuote"):
            alone = self._alone(frame)
            if alone:
                return alone
        return block("paragraph", f"<p>{self.replaced(frame.html)}</p>")

    def _alone(self, frame: Frame) -> str:
        mark = MARKER.fullmatch(frame.html.strip())
        if mark:
            return self.block_of(self.constructs[int(mark[1])])
        if frame.kinds == ["Image"]:
            return _image_block(frame.html)
        if frame.kinds == ["Link"] and re.fullmatch(r"<a [^<>]*><img [^<>]*></a>", frame.html):
            return _image_block(frame.html)
        return ""

    def heading(self, frame: Frame, level: int, attributes: dict[str, str]) -> str:
        """A heading."""
        frame, level, attributes = self.attributed(frame, level, attributes)
        names = " ".join(filter(None, ("wp-block-heading", attributes.get("class"))))
        said = {"level": level if level != 2 else None, "className": attributes.get("class")}
        own = {**attributes, "class": names}
        ordered = {"class": own.pop("class"), **own}
        return block("heading", f"<h{level}{written(ordered)}>{frame.html}</h{level}>", said)

    def quotation(self, frame: Frame) -> str:
        """A quotation."""
        return block("quote", f'<blockquote class="wp-block-quote">{frame.html.strip()}</blockquote>')

    def code(self, frame: Frame, language: str) -> str:
        """A block of code; WordPress runs no shortcode whose bracket is written as a number."""
        name = f"language-{language}" if language else ""
        text = html.escape(frame.text.removesuffix("\n"), quote=False).replace("[", "&#91;")
        classes = " ".join(filter(None, ("wp-block-code", name)))
        return block("code", f'<pre class="{html.escape(classes)}"><code>{text}</code></pre>', {"className": name})

    def item(self, frame: Frame) -> str:
        """An item of a list; one that holds more than text and lists makes the whole list plain HTML."""
        above = self._frames[-1]
        kinds = frame.kinds
        is_plain = (
            frame.is_plain
            or kinds.count("Paragraph") > 1
            or any(kind not in _INLINE | {"Paragraph", "List"} for kind in kinds)
            or ("Paragraph" in kinds and kinds[0] not in ("Paragraph", "TaskListMarker"))
            or bool(MARKER.search(frame.html))
        )
        above.is_plain = above.is_plain or is_plain
        pieces = [
            _unwrapped(piece) if kind == "Paragraph" and not is_plain else piece
            for kind, piece in zip(kinds, frame.pieces, strict=True)
        ]
        return block("list-item", f"<li>{''.join(pieces).strip()}</li>").rstrip("\n") + "\n"

    def listing(self, frame: Frame, start: int | None) -> str:
        """A list."""
        above = self._frames[-1]
        name = "ul" if start is None else "ol"
        number = start if start not in (None, 1) else None
        if frame.is_plain:
            above.is_plain = True
            made = super().listing(frame, start)
            return made if above.name == "Item" else block("html", self.bare(made).strip())
        attributes = {"start": str(number)} if number is not None else {}
        inner = f'<{name}{written(attributes)} class="wp-block-list">{frame.html.strip()}</{name}>'
        said = {"ordered": start is not None, "start": number}
        made = block("list", inner, said)
        return f"\n{made.strip()}" if above.name == "Item" else made

    def table(self, frame: Frame) -> str:
        """A table."""
        made = re.sub(
            r' style="text-align: (\w+)"', r' class="has-text-align-\1" data-align="\1"', super().table(frame)
        )
        made = re.sub(r">\n<", "><", made.strip())
        return block("table", f'<figure class="wp-block-table">{self.replaced(made)}</figure>')

    def raw_block(self, frame: Frame) -> str:
        """Raw HTML; a construct or the end of the summary is a block of its own."""
        text = frame.html.strip()
        mark, more = MARKER.fullmatch(text), _MORE.fullmatch(text)
        if mark:
            return self.block_of(self.constructs[int(mark[1])])
        if more:
            return block("more", f"<!--more{' ' if more[1] else ''}{more[1]}-->", {"customText": more[1]})
        return block("html", self.replaced(frame.html).strip("\n"))

    def rule(self) -> str:
        """A thematic break."""
        return block("separator", '<hr class="wp-block-separator has-alpha-channel-opacity"/>')

    def definitions(self, frame: Frame) -> str:
        """A list of definitions, for which there is no block."""
        return block("html", self.bare(super().definitions(frame)).strip())

    def note_reference(self, label: str, number: int) -> str:
        """A reference to a footnote, as the footnotes block counts them."""
        identifier = self._note_id(label)
        return (
            f'<sup data-fn="{identifier}" class="fn"><a href="#{identifier}" id="{identifier}-link">{number}</a></sup>'
        )

    def footnotes(self, cited: Sequence[str]) -> str:
        """The footnotes block; what the notes say is kept beside the body."""
        notes = [{"content": self._note(label), "id": self._note_id(label)} for label in cited]
        self.saved_notes = json.dumps(notes, ensure_ascii=False)
        return "<!-- wp:footnotes /-->\n"

    def _note_id(self, label: str) -> str:
        return str(uuid5(NAMESPACE_URL, f"{self.key}#{label}"))

    def _note(self, label: str) -> str:
        plain = self.bare(self.notes[label]).strip()
        return re.sub(r"</p>\s*<p>", "<br><br>", plain.removeprefix("<p>").removesuffix("</p>"))

    def bare(self, text: str) -> str:
        """Return HTML without the comments of blocks, its marks replaced."""
        return BLOCK_COMMENT.sub("", self.replaced(text))

    # Constructs as blocks

    def block_of(self, neutral: Neutral) -> str:
        """Return a construct that stands alone as its block."""
        made = _BLOCKS.get(type(neutral))
        return made(self, neutral) if made else ""

    def figure_block(self, figure: Figure) -> str:
        """A picture with its caption."""
        caption = self.inline(figure.caption) if figure.caption else ""
        return _image_block(plain_html.picture(figure), caption, figure.classes, bool(figure.width or figure.height))


def _image_block(image: str, caption: str = "", classes: str = "", is_resized: bool = False) -> str:
    shown = f'<figcaption class="wp-element-caption">{caption}</figcaption>' if caption else ""
    linked = "custom" if image.startswith("<a") else "none"
    names = " ".join(filter(None, ("wp-block-image", "size-full", "is-resized" if is_resized else "", classes)))
    said = {"sizeSlug": "full", "linkDestination": linked, "className": classes}
    image = image.replace(" /></a>", "/></a>") if linked == "custom" else re.sub(r" />\Z", "/>", image)
    return block("image", f'<figure class="{html.escape(names)}">{image}{shown}</figure>', said)


def _gallery_block(renderer: BlockRenderer, gallery: Gallery) -> str:
    columns = f"columns-{gallery.columns}" if gallery.columns else "columns-default"
    inner = "\n\n".join(renderer.figure_block(figure).strip() for figure in gallery.figures)
    figure = f'<figure class="wp-block-gallery has-nested-images {columns} is-cropped">{inner}</figure>'
    return block("gallery", figure, {"columns": gallery.columns or None, "linkTo": "none"})


def _embed_block(renderer: BlockRenderer, embed: Embed) -> str:
    url = plain_html.address(embed)
    if embed.provider == "gist":
        return block("html", f"<script{written({'src': url})}></script>")
    kind, provider = EMBED_KINDS.get(embed.provider, ("", ""))
    names = [
        "wp-block-embed",
        *([f"is-type-{kind}", f"is-provider-{provider}", f"wp-block-embed-{provider}"] if kind else []),
    ]
    inner = (
        f'<figure class="{" ".join(names)}"><div class="wp-block-embed__wrapper">\n'
        f"{html.escape(url, quote=False)}\n</div></figure>"
    )
    return block("embed", inner, {"url": url, "type": kind, "providerNameSlug": provider, "responsive": bool(kind)})


def _media_block(renderer: BlockRenderer, media: Media) -> str:
    made = plain_html.media(media)
    if len(media.sources) != 1:
        return block("html", made)
    return block(media.kind, f'<figure class="wp-block-{media.kind}">{made}</figure>')


def _details_block(renderer: BlockRenderer, call: TemplateCall) -> str:
    """Return the one end or the other of a block; the blocks between them are its inner blocks."""
    made = details(call, "wp-block-details")
    if call.part == "closing":
        return f"{made}\n<!-- /wp:details -->\n\n"
    said = _json({"showContent": True}) if " open>" in made else ""
    return f"<!-- wp:details {said}{' ' if said else ''}-->\n{made}"


_BLOCKS: dict[type, Callable[[BlockRenderer, Any], str]] = {
    Figure: lambda renderer, figure: renderer.figure_block(figure),
    Gallery: _gallery_block,
    Highlight: lambda renderer, highlight: renderer.highlight(highlight),
    Embed: _embed_block,
    Media: _media_block,
    TemplateCall: _details_block,
}


def _unwrapped(paragraph: str) -> str:
    return BLOCK_COMMENT.sub("", paragraph).strip().removeprefix("<p>").removesuffix("</p>")
