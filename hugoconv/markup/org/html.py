"""An org text as the HTML that Hugo makes of it: the same words, ids, links, pictures, code, cells and items.

The containers around headlines are left out, and what Hugo shows in a way that Markdown has words for is written as
those words are: boxes of tasks, underlined text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from itertools import chain
from typing import Any
from urllib.parse import quote_plus

import lxml.html
from lxml import etree

from hugoconv.markup.html import island
from hugoconv.markup.org import entities, tree
from hugoconv.markup.org.blocks import Reader, ReadFile
from hugoconv.markup.org.settings import Settings

_MOST_MACROS, _MOST_NESTED = 1000, 10
"""How many calls of macros are written out, and how deep one in another."""
_PICTURE = re.compile(r"\.(?:png|gif|jpe?g|svg|tiff?|webp|x[bp]m|p[bgpn]m)\Z", re.IGNORECASE)
_FILM = re.compile(r"\.(?:webm|mp4)\Z", re.IGNORECASE)
_LINKED = re.compile(r"</?a[^>]*>")
_DEPTH = re.compile(r"headlines\s+(\d+)")
_NOWEB = re.compile(r"<<[^>]+>>")
_EMPHASIS = {
    "/": ("<em>", "</em>"),
    "*": ("<strong>", "</strong>"),
    "+": ("<del>", "</del>"),
    "~": ("<code>", "</code>"),
    "=": ("<code>", "</code>"),
    "_": ("<u>", "</u>"),
    "_{": ("<sub>", "</sub>"),
    "^{": ("<sup>", "</sup>"),
}
_LISTS = {"unordered": "ul", "ordered": "ol", "descriptive": "dl"}
_LOWEST = 6
"""The lowest level of headings in HTML."""


class Writer:
    """Writes what a reader has read; `remarks` gets what is not as it was, as names and what became of them."""

    def __init__(self, blocks: tree.Blocks, settings: Settings, read_file: ReadFile) -> None:
        self._blocks = blocks
        self._settings = settings
        self._read_file = read_file
        self._notes: list[tree.Blocks | None] = []
        self._numbers: dict[str, int] = {}
        self._unused: dict[str, tree.Blocks] = {}
        self._macros = self._nested = 0
        self._outlines = 0
        self.remarks: list[tuple[str, str]] = []

    def written(self) -> str:
        """Return the HTML of the whole text; its title stays HTML, because it has no id."""
        title = self._settings.values.get("TITLE", "") if self._settings.option("title") else ""
        parts = [island("html", f'<h1 class="title">{self._said(title)}</h1>') if title else ""]
        if depth := self._settings.option("toc"):
            parts.append(self._outline(int(depth) if depth.isdecimal() else 0))
        parts.append(self._all(self._blocks))
        parts.append(self._written_notes())
        return "".join(parts)

    def _all(self, blocks: tree.Blocks) -> str:
        return "".join(map(self._block, blocks))

    def _block(self, block: tree.Block) -> str:
        return _BLOCKS[type(block)](self, block)

    def _line(self, content: tree.Inlines) -> str:
        return "".join(_INLINES[type(inline)](self, inline) for inline in content)

    # Lines

    def _words(self, words: tree.Words) -> str:
        is_named = not words.raw and self._settings.option("e")
        return escape(entities.shown(words.text) if is_named else words.text)

    def _line_end(self, end: tree.LineEnd) -> str:
        return "" if end.joins and self._settings.option("ealb") else "\n" * end.count

    def _emphasis(self, emphasis: tree.Emphasis) -> str:
        opening, closing = _EMPHASIS[emphasis.mark]
        return f"{opening}{self._line(emphasis.content)}{closing}"

    def _stamp(self, stamp: tree.Stamp) -> str:
        return f"&lt;{stamp.text}&gt;" if self._settings.option("<") else ""

    def _note_mark(self, mark: tree.NoteMark) -> str:
        if not self._settings.option("f"):
            return ""
        if mark.name not in self._numbers or not mark.name:
            blocks = [tree.Paragraph(mark.definition)] if mark.definition is not None else None
            self._notes.append(blocks or self._unused.pop(mark.name, None))
            number = len(self._notes)
            self._numbers[mark.name] = number
        number = self._numbers[mark.name]
        return f'<sup><a id="footnote-reference-{number}" href="#footnote-{number}">{number}</a></sup>'

    def _macro(self, call: tree.MacroCall) -> str:
        text = self._settings.macros.get(call.name, "")
        for number, argument in enumerate(call.arguments, 1):
            text = text.replace(f"${number}", argument)
        return self._said(text)

    def _said(self, text: str) -> str:
        """Return a text of a setting, which is org again."""
        if not text or self._macros >= _MOST_MACROS or self._nested >= _MOST_NESTED:
            return escape(text)
        self._macros += 1
        self._nested += 1
        made = "".join(
            self._line(block.content) if isinstance(block, tree.Paragraph) else self._block(block)
            for block in Reader(text, self._read_file).read()
        )
        self._nested -= 1
        return made

    def _link(self, link: tree.Link) -> str:
        url = escape(self._address(link))
        if not (is_picture(link) or is_film(link)):
            return f'<a href="{url}">{self._described(link) if link.description else url}</a>'
        shown = escape(link.written.removeprefix("file:")) if link.description else url
        if is_film(link):
            made = f'<video src="{shown}" title="{shown}">{"" if link.description else shown}</video>'
        else:
            hint = "" if link.description else f' title="{shown}"'
            made = f'<img src="{shown}" alt="{shown}"{hint}>'
        return f'<a href="{url}">{made}</a>' if link.description else made

    def _described(self, link: tree.Link) -> str:
        """Return what a link says; an address that it says and leads to is no link in the link, as it is in Hugo."""
        only = link.description[0] if len(link.description) == 1 else None
        if isinstance(only, tree.Link) and not only.description and self._address(only) == self._address(link):
            self.remarks.append((link.target, "Hugo makes two links of it, the first around nothing; it is one now"))
            return escape(only.target)
        return self._line(link.description)

    def _address(self, link: tree.Link) -> str:
        """Return where a link leads: short names are written out, and org files are pages."""
        protocol, url = link.protocol, link.target
        if name := self._settings.links.get(protocol) or self._settings.links.get(url):
            rest = url.removeprefix(f"{protocol}:") if protocol in self._settings.links else ""
            if "%s" in name or "%h" in name or not rest:
                return name.replace("%s", rest).replace("%h", quote_plus(rest))
            return name + rest
        url = url.removeprefix("file:") if protocol == "file" else url
        return f"{url.removesuffix('.org')}.html" if protocol in ("", "file") and url.endswith(".org") else url

    # Blocks

    def _paragraph(self, paragraph: tree.Paragraph) -> str:
        return f"<p>{self._line(paragraph.content)}</p>\n" if paragraph.content else ""

    def _keyword(self, keyword: tree.Keyword) -> str:
        if keyword.key == "HTML":
            return f"{keyword.value}\n"
        depth = _DEPTH.search(keyword.value) if keyword.key == "TOC" else None
        return self._outline(int(depth[1])) if depth else ""

    def _section(self, section: tree.Section) -> str:
        if self._is_hidden(section):
            return ""
        parts = [section.status] if section.status and self._settings.option("todo") else []
        if section.priority and self._settings.option("pri"):
            parts.append(f"[{section.priority}]")
        parts.append(self._line(section.title))
        if section.tags and self._settings.option("tags"):
            parts.append("&#xa0;".join(map(escape, section.tags)))
        name = f"h{section.level + 1}" if section.level < _LOWEST else "p"
        return f'<{name} id="{escape(section.id)}">{" ".join(parts)}</{name}>\n{self._all(section.blocks)}'

    def _is_hidden(self, section: tree.Section) -> bool:
        return section.is_comment or bool(self._settings.hidden_tags & set(section.tags))

    def _outline(self, depth: int) -> str:
        """Return the table of contents; the first of a page is not part of what Hugo shows of it."""
        entries = self._entries([block for block in self._blocks if isinstance(block, tree.Section)], depth)
        self._outlines += bool(entries)
        return f"<nav>\n{entries}</nav>\n" if entries and self._outlines > 1 else ""

    def _entries(self, sections: Sequence[tree.Section], depth: int) -> str:
        lines = []
        for section in sections:
            if not self._is_hidden(section) and (not depth or section.level <= depth):
                title = _LINKED.sub("", self._line(section.title))
                inner = self._entries([each for each in section.blocks if isinstance(each, tree.Section)], depth)
                lines.append(f'<li><a href="#{escape(section.id)}">{title}</a>{inner}</li>\n')
        return f"<ul>\n{''.join(lines)}</ul>\n" if lines else ""

    def _list(self, listing: tree.Listing) -> str:
        name = _LISTS[listing.kind]
        numbers = [item.number for item in listing.items]
        starts = numbers[0] and not any(numbers[1:])
        start = f' start="{numbers[0]}"' if starts else ""
        return f"<{name}{start}>\n{''.join(self._item(item, bool(starts)) for item in listing.items)}</{name}>\n"

    def _item(self, item: tree.Item, is_counted: bool) -> str:
        box = f'<input type="checkbox"{" checked" * (item.status == "X")}> ' if item.status else ""
        if item.term is not None:
            return f"<dt>{self._line(item.term) or '?'}</dt>\n<dd>{self._contents(item.blocks)}</dd>\n"
        value = f' value="{item.number}"' if item.number and not is_counted else ""
        return f"<li{value}>{box}{self._contents(item.blocks)}</li>\n"

    def _contents(self, blocks: tree.Blocks) -> str:
        """Return what is in an item: lines where it has nothing else."""
        if all(isinstance(block, tree.Paragraph) for block in blocks):
            lines = (self._line(block.content) for block in blocks if isinstance(block, tree.Paragraph))
            return "\n".join(filter(None, lines))
        return self._all(blocks)

    def _table(self, table: tree.Table) -> str:
        width = max((len(row) for row in table.rows if row), default=0)
        rules = [number for number, row in enumerate(table.rows) if row is None]
        last = len(table.rows) - 1
        has_head = bool(rules) and rules[0] != last and (rules[0] > 0 or (len(rules) > 1 and rules[-1] != last))
        head: list[str] = []
        body: list[str] = []
        for number, row in enumerate(table.rows):
            if row is None and number not in (0, last):
                has_head = False
            if row:
                name = "th" if has_head else "td"
                cells = chain(map(self._line, row), ("",) * (width - len(row)))
                (head if has_head else body).append(
                    f"<tr>{''.join(f'<{name}>{cell}</{name}>' for cell in cells)}</tr>\n"
                )
        heading = f"<thead>\n{''.join(head)}</thead>\n" if head else ""
        return f"<table>\n{heading}<tbody>\n{''.join(body)}</tbody>\n</table>\n"

    def _code(self, code: tree.Code) -> str:
        exports = code.options.get("exports", "")
        text = _NOWEB.sub("", code.text) if code.options.get("noweb") == "strip-export" else code.text
        shown = "" if exports in ("results", "none") else _pre(text, code.language)
        results = self._block(code.results) if code.results is not None and exports not in ("code", "none") else ""
        return shown + results

    def _export(self, export: tree.Export) -> str:
        return f"{export.text}\n" if export.target == "html" else ""

    def _special(self, special: tree.Special) -> str:
        name = "blockquote" if special.name == "quote" else "div"
        style = ' style="text-align: center"' if special.name == "center" else ""
        return f"<{name}{style}>\n{self._all(special.blocks)}</{name}>\n"

    def _include(self, include: tree.Include) -> str:
        text = self._read_file(include.path)
        if text is None:
            self.remarks.append(("#+INCLUDE", f"{include.path} is not there; Hugo shows nothing, either"))
            return ""
        text = text.lstrip("\r\n").rstrip()
        if include.kind == "example":
            return _pre(text)
        return (
            _pre(text, include.language.lower())
            if include.kind == "src"
            else self._export(tree.Export(include.language.lower(), text))
        )

    def _captioned(self, captioned: tree.Captioned) -> str:
        block = captioned.block
        made = self._block(block)
        if isinstance(block, tree.Paragraph) and len(block.content) == 1:
            only = block.content[0]
            if isinstance(only, tree.Link) and (is_picture(only) or is_film(only)):
                made = self._link(only)
        made = _attributed(made, captioned.attributes) if captioned.attributes else made
        if not captioned.captions:
            return f"{made}\n"
        return f"<figure>\n{made}<figcaption>{' '.join(map(self._line, captioned.captions))}</figcaption>\n</figure>\n"

    def _note(self, note: tree.Note) -> str:
        if note.name in self._numbers:
            self._notes[self._numbers[note.name] - 1] = note.blocks
        else:
            self._unused[note.name] = note.blocks
        return ""

    def _written_notes(self) -> str:
        """Return what the notes say, also those that are cited in other notes; none that is said nowhere."""
        parts: list[str] = []
        number = 0
        while number < len(self._notes):
            blocks = self._notes[number]
            number += 1
            if blocks is not None:
                mark = f'<sup id="footnote-{number}"><a href="#footnote-reference-{number}">{number}</a></sup>'
                parts.append(f"<p>{mark}</p>\n{self._all(blocks)}")
        return f"<hr>\n{''.join(parts)}" if self._notes and self._settings.option("f") else ""


def is_picture(link: tree.Link) -> bool:
    """Whether a link shows a picture: the one it leads to, or the one that its description names."""
    return _shows(link, _PICTURE)


def is_film(link: tree.Link) -> bool:
    """Whether a link shows a film."""
    return _shows(link, _FILM)


def _shows(link: tree.Link, endings: re.Pattern[str]) -> bool:
    if link.written.partition(":")[0] in ("file", "http", "https") and endings.search(link.written):
        return True
    is_plain = not link.description and link.protocol in ("", "file", "http", "https")
    return is_plain and endings.search(link.target) is not None


def _pre(text: str, language: str = "") -> str:
    name = f' class="language-{escape(language)}"' if language else ""
    return f"<pre><code{name}>\n{escape(text)}\n</code></pre>\n"


def _attributed(html: str, attributes: Mapping[str, str]) -> str:
    """Return HTML of one element with attributes more, any other as it is."""
    try:
        elements = lxml.html.fragments_fromstring(html.strip())
    except etree.ParserError:
        return html
    if len(elements) != 1 or isinstance(elements[0], str):
        return html
    for name, value in attributes.items():
        before = elements[0].get(name) if name in ("class", "style") else None
        elements[0].set(name, f"{before} {value}" if before else value)
    made: str = lxml.html.tostring(elements[0], encoding="unicode")
    return made


_INLINES: dict[type, Callable[[Writer, Any], str]] = {
    tree.Words: Writer._words,
    tree.LineEnd: Writer._line_end,
    tree.LineBreak: lambda writer, _: "<br>\n",
    tree.Emphasis: Writer._emphasis,
    tree.InlineCode: lambda writer, code: f"<code>{escape(code.code)}</code>",
    tree.InlineExport: lambda writer, export: export.text if export.target == "html" else "",
    tree.Formula: lambda writer, formula: escape(formula.text),
    tree.Progress: lambda writer, progress: f"<code>[{progress.text}]</code>",
    tree.Stamp: Writer._stamp,
    tree.Link: Writer._link,
    tree.NoteMark: Writer._note_mark,
    tree.MacroCall: Writer._macro,
}
_BLOCKS: dict[type, Callable[[Writer, Any], str]] = {
    tree.Paragraph: Writer._paragraph,
    tree.Rule: lambda writer, _: "<hr>\n",
    tree.Hidden: lambda writer, _: "",
    tree.Keyword: Writer._keyword,
    tree.Section: Writer._section,
    tree.Listing: Writer._list,
    tree.Table: Writer._table,
    tree.Code: Writer._code,
    tree.Example: lambda writer, example: _pre(example.text.rstrip("\n")),
    tree.Export: Writer._export,
    tree.Special: Writer._special,
    tree.Group: lambda writer, group: writer._all(group.blocks),
    tree.FormulaBlock: lambda writer, formula: f"<p>{escape(formula.text)}</p>\n",
    tree.Note: Writer._note,
    tree.Captioned: Writer._captioned,
    tree.Include: Writer._include,
}
