"""Markdown as HTML, as Hugo or as Jekyll renders it.

pyromark reads the text; what is written here is the HTML of its events, element by element, so that a system can
write elements of its own: see `HtmlRenderer`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from typing import Any

import pyromark

from hugoconv.markup.flavours import GOLDMARK, Flavour


def to_html(text: str, flavour: Flavour = GOLDMARK) -> str:
    """Return Markdown as HTML; raw HTML stays as it is. Never raises, whatever the text."""
    return HtmlRenderer(flavour).render(text)


@dataclass(slots=True)
class Frame:
    """An element that is open: its name and data as pyromark gives them, and what it holds so far."""

    name: str
    data: Any = None
    pieces: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    """The names of the elements in it, "text" for text, in written order."""
    words: list[str] = field(default_factory=list)
    """Its text without markup."""
    is_plain: bool = False
    """Whether something in it cannot be what its renderer would rather write; for subclasses."""

    @property
    def html(self) -> str:
        """What it holds."""
        return "".join(self.pieces)

    @property
    def text(self) -> str:
        """Its text without markup."""
        return "".join(self.words)


class HtmlRenderer:
    """Renders one text. A subclass overrides the methods of the elements that it writes otherwise.

    Each takes the closed element's frame, whose `html` is finished, and returns the element's HTML; a block ends with
    a line end.
    """

    def __init__(self, flavour: Flavour = GOLDMARK) -> None:
        self.flavour = flavour
        self.notes: dict[str, str] = {}
        """The footnotes' HTML by label."""
        self.cited: list[str] = []
        """The labels of the footnotes that the text refers to, by first use."""
        self._frames: list[Frame] = [Frame("Document")]
        self._pending = ""
        self._ids: set[str] = set()

    def render(self, text: str) -> str:
        """Return Markdown as HTML."""
        clean = self.flavour.prepare(text if text.isascii() else text.encode(errors="replace").decode())
        for event in pyromark.events(clean, options=self.flavour.options):
            self._event(event)
        self._flush()
        return self.document(self._frames[0])

    # Elements

    def document(self, frame: Frame) -> str:
        """The whole text."""
        cited = [label for label in self.cited if label in self.notes]
        return frame.html + (self.footnotes(cited) if cited else "")

    def paragraph(self, frame: Frame) -> str:
        """A paragraph."""
        return f"<p>{frame.html}</p>\n"

    def heading(self, frame: Frame, level: int, attributes: dict[str, str]) -> str:
        """A heading; its attributes are its id and what the text gives it."""
        return f"<h{level}{written(attributes)}>{frame.html}</h{level}>\n"

    def quotation(self, frame: Frame) -> str:
        """A quotation."""
        return f"<blockquote>\n{frame.html}</blockquote>\n"

    def code(self, frame: Frame, language: str) -> str:
        """A block of code."""
        attributes = {"class": f"language-{language}"} if language else {}
        return f"<pre><code{written(attributes)}>{html.escape(frame.text, quote=False)}</code></pre>\n"

    def listing(self, frame: Frame, start: int | None) -> str:
        """A list; `start` is the number of its first item, None for one without numbers."""
        name = "ul" if start is None else "ol"
        attributes = {"start": str(start)} if start not in (None, 1) else {}
        return f"<{name}{written(attributes)}>\n{frame.html}</{name}>\n"

    def item(self, frame: Frame) -> str:
        """An item of a list."""
        return f"<li>{frame.html.strip()}</li>\n"

    def table(self, frame: Frame) -> str:
        """A table."""
        body = f"{frame.html}</tbody>\n" if "TableRow" in frame.kinds else frame.html
        return f"<table>\n{body}</table>\n"

    def raw_block(self, frame: Frame) -> str:
        """Raw HTML between blocks."""
        return frame.html if frame.html.endswith("\n") else f"{frame.html}\n"

    def rule(self) -> str:
        """A thematic break."""
        return "<hr />\n"

    def definitions(self, frame: Frame) -> str:
        """A list of definitions."""
        return f"<dl>\n{frame.html}</dl>\n"

    def image(self, frame: Frame, url: str, title: str) -> str:
        """An image; the frame's text is what it shows to those who cannot see it."""
        return f"<img{written({'src': url, 'alt': frame.text}, empty=('alt',))}{written({'title': title})} />"

    def link(self, frame: Frame, url: str, title: str) -> str:
        """A link."""
        return f"<a{written({'href': url}, empty=('href',))}{written({'title': title})}>{frame.html}</a>"

    def note_reference(self, label: str, number: int) -> str:
        """A reference to the footnote of that number."""
        return f'<sup id="fnref:{number}"><a href="#fn:{number}" class="footnote-ref">{number}</a></sup>'

    def footnotes(self, cited: Sequence[str]) -> str:
        """The footnotes, at the end."""
        items = (f'<li id="fn:{number}">\n{self.notes[label]}</li>\n' for number, label in enumerate(cited, 1))
        return f'<section class="footnotes">\n<ol>\n{"".join(items)}</ol>\n</section>\n'

    # Events

    def _event(self, event: Any) -> None:
        if isinstance(event, str):
            self._flush()
            self._add(event, _SIMPLE[event](self))
            return
        kind, value = next(iter(event.items()))
        if kind == "Text":
            self._pending += value
            return
        self._flush()
        if kind == "Start":
            name, data = (value, None) if isinstance(value, str) else next(iter(value.items()))
            self._frames.append(Frame(name, data))
        elif kind == "End":
            self._close(self._frames.pop())
        else:
            self._add(kind, _INLINE[kind](self, value), str(value) if kind == "Code" else "")

    def _add(self, kind: str, piece: str, words: str = "") -> None:
        frame = self._frames[-1]
        frame.pieces.append(piece)
        frame.kinds.append(kind)
        frame.words.append(words or (" " if kind in ("SoftBreak", "HardBreak") else ""))

    def _flush(self) -> None:
        if not self._pending:
            return
        text, self._pending = self._pending, ""
        names = {frame.name for frame in self._frames}
        linked = self.flavour.linkify and not names & {"Link", "Image", "CodeBlock"}
        self._add("text", _linkified(text) if linked else html.escape(text, quote=False), text)

    def _close(self, frame: Frame) -> None:
        if frame.name == "FootnoteDefinition":
            self.notes[frame.data] = frame.html
            return
        self._add(frame.name, _CLOSED[frame.name](self, frame), frame.text)

    def _heading(self, frame: Frame) -> str:
        words = frame.text.strip()
        wanted = frame.data["id"] or self.flavour.heading_id(words) or "heading"
        names = chain((wanted,), (f"{wanted}-{number}" for number in count(1)))
        identifier = next(name for name in names if name not in self._ids)
        self._ids.add(identifier)
        attributes = {"id": identifier, "class": " ".join(frame.data["classes"])}
        attributes |= {name: (value or "").strip("\"'") for name, value in frame.data["attrs"]}
        return self.heading(frame, int(frame.data["level"][1]), attributes)

    def _code(self, frame: Frame) -> str:
        info = frame.data["Fenced"] if isinstance(frame.data, dict) else ""
        return self.code(frame, re.split(r"[\s{,]", info.strip(), maxsplit=1)[0])

    def _cell(self, frame: Frame) -> str:
        row = self._frames[-1]
        table = next(each for each in reversed(self._frames) if each.name == "Table")
        position = row.kinds.count("TableCell")
        alignment = table.data[position].lower() if position < len(table.data) else "none"
        name = "th" if row.name == "TableHead" else "td"
        attributes = {"style": f"text-align: {alignment}"} if alignment != "none" else {}
        return f"<{name}{written(attributes)}>{frame.html}</{name}>"

    def _head(self, frame: Frame) -> str:
        return f"<thead>\n<tr>{frame.html}</tr>\n</thead>\n"

    def _row(self, frame: Frame) -> str:
        first = "TableRow" not in self._frames[-1].kinds
        return f"{'<tbody>' if first else ''}<tr>{frame.html}</tr>\n"

    def _reference(self, label: str) -> str:
        if label not in self.cited:
            self.cited.append(label)
        return self.note_reference(label, self.cited.index(label) + 1)

    def _mail(self, frame: Frame) -> str:
        data = frame.data
        url = f"mailto:{data['dest_url']}" if data["link_type"] == "Email" else data["dest_url"]
        return self.link(frame, url, data["title"])


def written(attributes: dict[str, str], empty: Sequence[str] = ()) -> str:
    """Return attributes as they stand in a start tag; those without a value are left out, but for those in `empty`."""
    return "".join(f' {name}="{html.escape(value)}"' for name, value in attributes.items() if value or name in empty)


_BARE_URL = re.compile(r"(?<![\w/])(?:(?:https?|ftp)://|www\.)[a-zA-Z0-9][^\s<]*[^\s<?!.,:*_~'\")\]]")


def _linkified(text: str) -> str:
    """Return text as HTML with its bare addresses as links, as GFM's extended autolinks."""
    pieces: list[str] = []
    position = 0
    for match in _BARE_URL.finditer(text):
        url = match[0] if "://" in match[0] else f"https://{match[0]}"
        shown = html.escape(match[0], quote=False)
        pieces += (
            html.escape(text[position : match.start()], quote=False),
            f'<a href="{html.escape(url)}">{shown}</a>',
        )
        position = match.end()
    return "".join((*pieces, html.escape(text[position:], quote=False)))


_TASKS = {
    False: '<input type="checkbox" disabled="disabled" /> ',
    True: '<input type="checkbox" checked="checked" disabled="disabled" /> ',
}
_SIMPLE: dict[str, Callable[[HtmlRenderer], str]] = {
    "SoftBreak": lambda self: "\n",
    "HardBreak": lambda self: "<br />\n",
    "Rule": lambda self: self.rule(),
}
_INLINE: dict[str, Callable[[HtmlRenderer, Any], str]] = {
    "Code": lambda self, text: f"<code>{html.escape(text, quote=False)}</code>",
    "Html": lambda self, text: str(text),
    "InlineHtml": lambda self, text: str(text),
    "FootnoteReference": lambda self, label: self._reference(label),
    "TaskListMarker": lambda self, done: _TASKS[done],
    "InlineMath": lambda self, text: f"${html.escape(text, quote=False)}$",
    "DisplayMath": lambda self, text: f"$${html.escape(text, quote=False)}$$",
}
_CLOSED: dict[str, Callable[[HtmlRenderer, Frame], str]] = {
    "Paragraph": lambda self, frame: self.paragraph(frame),
    "Heading": lambda self, frame: self._heading(frame),
    "BlockQuote": lambda self, frame: self.quotation(frame),
    "CodeBlock": lambda self, frame: self._code(frame),
    "List": lambda self, frame: self.listing(frame, frame.data),
    "Item": lambda self, frame: self.item(frame),
    "Table": lambda self, frame: self.table(frame),
    "TableHead": lambda self, frame: self._head(frame),
    "TableRow": lambda self, frame: self._row(frame),
    "TableCell": lambda self, frame: self._cell(frame),
    "HtmlBlock": lambda self, frame: self.raw_block(frame),
    "DefinitionList": lambda self, frame: self.definitions(frame),
    "DefinitionListTitle": lambda self, frame: f"<dt>{frame.html}</dt>\n",
    "DefinitionListDefinition": lambda self, frame: f"<dd>{frame.html.strip()}</dd>\n",
    "Emphasis": lambda self, frame: f"<em>{frame.html}</em>",
    "Strong": lambda self, frame: f"<strong>{frame.html}</strong>",
    "Strikethrough": lambda self, frame: f"<del>{frame.html}</del>",
    "Superscript": lambda self, frame: f"<sup>{frame.html}</sup>",
    "Subscript": lambda self, frame: f"<sub>{frame.html}</sub>",
    "Image": lambda self, frame: self.image(frame, frame.data["dest_url"], frame.data["title"]),
    "Link": lambda self, frame: self._mail(frame),
}
