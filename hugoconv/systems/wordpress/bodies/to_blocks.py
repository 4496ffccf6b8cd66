"""Bodies of other systems for WordPress: Markdown and neutral constructs as blocks, or as the HTML of the old editor.

The HTML of each block is that which the block editor itself saves (the `save` functions of its block library), so that
it takes the block for its own.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from hugoconv.edits import Edit, apply
from hugoconv.markup.constructs import (
    Attributes,
    CrossReference,
    Embed,
    Figure,
    Gallery,
    Highlight,
    Media,
    Neutral,
    SummaryDivider,
    TemplateCall,
    Unknown,
)
from hugoconv.markup.markdown import html_references
from hugoconv.markup.render import Flavour, Frame, HtmlRenderer, written
from hugoconv.report.findings import PlacedFindings

_MARKER = re.compile(r"<!--hugoconv:(\d+)-->")
_SHORTCODE = re.compile(r"\[(?=/?(?:caption|wp_caption|gallery|playlist|audio|video|embed)\b)")
"""What WordPress would run in a text."""
_BLOCK_COMMENT = re.compile(r"<!-- /?wp:.*?-->\n?", re.DOTALL)
_MORE = re.compile(r"<!--\s*more\s*(.*?)-->")
_INLINE = frozenset({"text", "Code", "InlineHtml", "SoftBreak", "HardBreak", "Emphasis", "Strong", "Strikethrough"}) | {
    *("Link", "Image", "FootnoteReference", "TaskListMarker", "Superscript", "Subscript", "InlineMath"),
}


@dataclass
class WordPressTarget:
    """Takes the neutral constructs of one body; what it returns is a mark that stays in the text until it is HTML."""

    name: ClassVar[str] = "wordpress"
    link: Callable[[str], str]
    """Gives the new address of an old one."""
    constructs: list[Neutral] = field(default_factory=list)

    def render(self, neutral: Neutral) -> str:
        """Return the mark of a construct, or what needs none."""
        if isinstance(neutral, CrossReference):
            return quote(neutral.target, safe="/:?=&%~+,;@!$'()*") + (f"#{neutral.anchor}" if neutral.anchor else "")
        if isinstance(neutral, SummaryDivider):
            return f"<!--more{' ' if neutral.label else ''}{neutral.label}-->"
        if isinstance(neutral, Unknown):
            return neutral.text
        if isinstance(neutral, TemplateCall):
            return ""  # a WordPress has no such template, so the caller keeps the text
        self.constructs.append(self._moved(neutral))
        return f"<!--hugoconv:{len(self.constructs) - 1}-->"

    def _moved(self, neutral: Neutral) -> Neutral:
        """Return a construct whose files are at their new addresses."""
        if isinstance(neutral, Figure):
            link = self.link(neutral.link) if neutral.link else ""
            return replace(neutral, source=self.link(neutral.source), link=link)
        if isinstance(neutral, Gallery):
            return replace(
                neutral, figures=tuple(replace(each, source=self.link(each.source)) for each in neutral.figures)
            )
        if isinstance(neutral, Media):
            return replace(neutral, sources=tuple(map(self.link, neutral.sources)))
        return neutral

    def adapt(self, text: str) -> str:
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

    Links from the site's root become whole addresses below `base_url`, as WordPress writes them.
    """
    renderer = (BlockRenderer if blocks else ClassicRenderer)(flavour, target.constructs, key, log)
    if markup == "markdown":
        content = renderer.render(text)
    elif markup == "html":
        content = renderer.raw(text)
    else:
        log.add("HC309", markup=markup)
        content = renderer.preformatted(text)
    return MadeBody(_absolute(_SHORTCODE.sub("&#91;", content).strip("\n"), base_url), renderer.saved_notes)


def _absolute(content: str, base_url: str) -> str:
    edits = [
        Edit(mention.start, mention.end, mention.written(base_url.rstrip("/") + mention.target))
        for mention in html_references(content)
        if mention.target.startswith("/") and not mention.target.startswith("//")
    ]
    return apply(content, edits)


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
        return _MARKER.sub(lambda mark: self.plain(self.constructs[int(mark[1])]), text)

    def document(self, frame: Frame) -> str:
        """See `HtmlRenderer.document`."""
        return self.replaced(super().document(frame))

    def heading(self, frame: Frame, level: int, attributes: dict[str, str]) -> str:
        """See `HtmlRenderer.heading`."""
        return super().heading(*self._attributed(frame, level, attributes))

    def _attributed(self, frame: Frame, level: int, attributes: dict[str, str]) -> tuple[Frame, int, dict[str, str]]:
        """Take the marks of attributes out of a heading, and give it what they say."""
        for mark in _MARKER.finditer(frame.html):
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
        image = picture(figure)
        if not figure.caption and not figure.classes:
            return image
        caption = f"<figcaption>{self.inline(figure.caption)}</figcaption>" if figure.caption else ""
        return f"<figure{written({'class': figure.classes})}>{image}{caption}</figure>"

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


def picture(figure: Figure) -> str:
    """Return the picture of a figure, in its link."""
    said = {"src": figure.source, "alt": figure.alt, "title": figure.title}
    image = f"<img{written(said, empty=('alt',))}{written({'width': figure.width, 'height': figure.height})} />"
    return f"<a{written({'href': figure.link})}>{image}</a>" if figure.link else image


def _embed_link(renderer: ClassicRenderer, embed: Embed) -> str:
    url = embed_url(embed)
    return f"<a{written({'href': url})}>{html.escape(url, quote=False)}</a>"


def embed_url(embed: Embed) -> str:
    """Return the address that WordPress shows as what it leads to."""
    url = f"https:{embed.url}" if embed.url.startswith("//") else embed.url
    if embed.start and "t=" not in url:
        url += f"{'&' if '?' in url else '?'}t={embed.start}"
    return url


def _media(renderer: ClassicRenderer, media: Media) -> str:
    if len(media.sources) == 1:
        return f"<{media.kind} controls{written({'poster': media.poster, 'src': media.sources[0]})}></{media.kind}>"
    sources = "".join(f"<source{written({'src': source})} />" for source in media.sources)
    return f"<{media.kind} controls{written({'poster': media.poster})}>{sources}</{media.kind}>"


_PLAIN: dict[type, Callable[[ClassicRenderer, Any], str]] = {
    Figure: lambda renderer, figure: renderer.figure(figure),
    Gallery: lambda renderer, gallery: "\n".join(map(renderer.figure, gallery.figures)),
    Highlight: lambda renderer, highlight: _BLOCK_COMMENT.sub("", renderer.highlight(highlight)).strip(),
    Embed: _embed_link,
    Media: _media,
    Attributes: lambda renderer, attributes: "",
}


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
        mark = _MARKER.fullmatch(frame.html.strip())
        if mark:
            return self.block_of(self.constructs[int(mark[1])])
        if frame.kinds == ["Image"]:
            return _image_block(frame.html)
        if frame.kinds == ["Link"] and re.fullmatch(r"<a [^<>]*><img [^<>]*></a>", frame.html):
            return _image_block(frame.html)
        return ""

    def heading(self, frame: Frame, level: int, attributes: dict[str, str]) -> str:
        """A heading."""
        frame, level, attributes = self._attributed(frame, level, attributes)
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
            or bool(_MARKER.search(frame.html))
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
        mark, more = _MARKER.fullmatch(text), _MORE.fullmatch(text)
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
        return _BLOCK_COMMENT.sub("", self.replaced(text))

    # Constructs as blocks

    def block_of(self, neutral: Neutral) -> str:
        """Return a construct that stands alone as its block."""
        made = _BLOCKS.get(type(neutral))
        return made(self, neutral) if made else ""

    def figure_block(self, figure: Figure) -> str:
        """A picture with its caption."""
        caption = self.inline(figure.caption) if figure.caption else ""
        return _image_block(picture(figure), caption, figure.classes, bool(figure.width or figure.height))


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


_EMBED_KINDS = {"youtube": ("video", "youtube"), "vimeo": ("video", "vimeo"), "x": ("rich", "twitter")}


def _embed_block(renderer: BlockRenderer, embed: Embed) -> str:
    url = embed_url(embed)
    if embed.provider == "gist":
        return block("html", f"<script{written({'src': url})}></script>")
    kind, provider = _EMBED_KINDS.get(embed.provider, ("", ""))
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
    made = _media(renderer, media)
    if len(media.sources) != 1:
        return block("html", made)
    return block(media.kind, f'<figure class="wp-block-{media.kind}">{made}</figure>')


_BLOCKS: dict[type, Callable[[BlockRenderer, Any], str]] = {
    Figure: lambda renderer, figure: renderer.figure_block(figure),
    Gallery: _gallery_block,
    Highlight: lambda renderer, highlight: renderer.highlight(highlight),
    Embed: _embed_block,
    Media: _media_block,
}


def _unwrapped(paragraph: str) -> str:
    return _BLOCK_COMMENT.sub("", paragraph).strip().removeprefix("<p>").removesuffix("</p>")
