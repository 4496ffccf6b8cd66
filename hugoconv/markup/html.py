"""HTML to Markdown: markdownify's converter over bs4 on lxml, with its faults mended.

What Markdown can say becomes Markdown; what it cannot say stays HTML, with one finding a tag; the words stay the same.
"""

from __future__ import annotations

import re
from functools import cached_property
from html import escape

from bs4.element import NavigableString, PageElement, Tag

from hugoconv.markup import html_code, html_raw, html_tree
from hugoconv.markup.html_tables import pipe_table
from hugoconv.markup.html_walk import MarkdownOptions, TreeWalk
from hugoconv.markup.markdown_inline import DELETED, EMPHASIS, STRONG
from hugoconv.markup.markdown_text import (
    BRACES,
    HARD_BREAK,
    bracketed,
    destination,
    finish,
    mark,
    plain,
    title,
    without_controls,
)
from hugoconv.report.findings import PlacedFindings

_HEADING_ID = re.compile(r"[A-Za-z][\w:.-]*\Z", re.ASCII)
_CLOSING_HASHES = re.compile(r"(?:(?<=\s)|\A)(?=#+\Z)")
_HEADING_END = re.compile(r"\{(?=[^{}]*\}\Z)")
_AUTOLINK = re.compile(r"(?:https?|ftp|mailto):[^\s<>\\]+\Z", re.ASCII)
_EMPHASIS = ("strong", "b", "em", "i", "del", "s", "strike")
_EDGES = re.compile(rf"([ \t\r\n{HARD_BREAK}]*)(.*?)([ \t\r\n{HARD_BREAK}]*)\Z", re.DOTALL)
_LINES = re.compile(r"^(?=.)", re.MULTILINE)
_NUMBERED = {ord(character): f"&#{ord(character)};" for character in "\n[]"}


__all__ = ["HtmlConverter", "MarkdownOptions", "island", "to_markdown"]


def to_markdown(html: str, log: PlacedFindings, options: MarkdownOptions = MarkdownOptions()) -> str:  # noqa: B008
    """Return an HTML body as Markdown; never raises on any text.

    `log` gets HC305 for each tag kept as HTML, HC306 for what is nested too deeply, HC310 for styles left out.
    """
    converter = (options.converter or HtmlConverter)(log, options)
    return converter.convert(without_controls(html))


def island(name: str, text: str) -> str:
    """Return an element that carries finished text through the conversion.

    `name` is "block" (Markdown, its shortcodes meant), "html" (one block of raw HTML), "inline" (text as it is) or
    "call" (text as it is, its shortcodes meant). Line ends and brackets are written as numbers, so that whoever looks
    for lines or for shortcodes before the HTML is parsed finds none of the text's.
    """
    return f'<hugoconv-{name} data-text="{escape(text).translate(_NUMBERED)}"></hugoconv-{name}>'


class HtmlConverter(TreeWalk):
    """The rules, one `convert_<tag>(el, text, parent_tags)` a tag; subclass it to add or change some."""

    # paragraphs and headings

    def convert_p(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return paragraphs, the first with the anchor."""
        anchor = self.anchor(el) if el.attrs else ""
        if not anchor:
            return text
        return anchor + text if text and text[0].isalpha() else self.joined(filter(None, (anchor, text)))

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return an ATX heading, its id in braces."""
        line = " ".join(finish(text).split())
        if not line:
            return self.anchor(el)
        line = _HEADING_END.sub("&#123;", _CLOSING_HASHES.sub(r"\\", line))
        identifier = str(el.get("id", ""))
        if _HEADING_ID.match(identifier):
            return f"{'#' * n} {line} {{#{identifier}}}"
        return f"{'#' * n} {self.anchor(el)}{line}"

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a line break: two spaces in a paragraph, the tag where a line cannot end."""
        if "_inline" in parent_tags or "_kept" in parent_tags:
            self.kept("br")
            return "<br>"
        return HARD_BREAK

    def convert_hr(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a thematic break; of asterisks in a list item, where dashes would be another item."""
        return "***" if "li" in parent_tags else "---"

    def convert_blockquote(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a quotation, every line marked."""
        anchor = self.anchor(el)
        quotation = "\n".join(f"> {line}" if line else ">" for line in text.split("\n")) if text else ""
        return self.joined(part for part in (anchor, quotation) if part)

    # emphasis

    def _delimited(self, delimiters: tuple[str, str], names: set[str], text: str, parent_tags: set[str]) -> str:
        edges = _EDGES.match(text)
        if edges is None or not edges[2] or names & parent_tags:
            return text
        return f"{edges[1]}{delimiters[0]}{edges[2]}{delimiters[1]}{edges[3]}"

    def convert_strong(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return strong emphasis."""
        return self._anchored(el, self._delimited(STRONG, {"strong", "b"}, text, parent_tags))

    def convert_em(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return emphasis."""
        return self._anchored(el, self._delimited(EMPHASIS, {"em", "i"}, text, parent_tags))

    def convert_del(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return deleted text."""
        return self._anchored(el, self._delimited(DELETED, {"del", "s", "strike"}, text, parent_tags))

    convert_b = convert_strong
    convert_i = convert_em
    convert_s = convert_strike = convert_del

    def _anchored(self, el: Tag, text: str) -> str:
        return self.anchor(el) + text

    def convert_span(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return the text; a span that says something (a language, a direction, a hint) stays."""
        if any(el.get(name) for name in ("lang", "dir", "title")):
            return self.keep_inline(el, text.replace(HARD_BREAK, "<br>"), parent_tags)
        return self._anchored(el, text)

    def convert_font(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return the text."""
        return self._anchored(el, text)

    # links and pictures

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a link; an anchor stays an empty `<a>` before the text."""
        anchor = self.link_anchor(el)
        if el.get("href") is None or "a" in parent_tags:
            return anchor + text
        href = str(el["href"])
        hint = str(el.get("title", ""))
        if plain(text) == href and not hint and _AUTOLINK.match(href) and el.find(_EMPHASIS) is None:
            return f"{anchor}<{href}>"
        edges = _EDGES.match(text)
        if edges is None or not edges[2]:
            return anchor + self._unnamed_link(el, href) + text
        return f"{edges[1]}{anchor}[{bracketed(edges[2])}]({destination(href)}{title(hint)}){edges[3]}"

    def _unnamed_link(self, el: Tag, href: str) -> str:
        """Return a link around nothing, as icons drawn by styles are, by the name it has for screen readers."""
        name = str(el.get("aria-label") or el.get("title") or "").strip()
        if href in self._addresses_with_words:
            return ""  # an editor's leavings: the link itself is there
        if name:
            return f"[{bracketed(mark(name))}]({destination(href)})"
        if href.strip("#"):
            self.log.add("HC314", url=href)
        return ""

    @cached_property
    def _addresses_with_words(self) -> frozenset[str]:
        """Where those links of the body lead that show words."""
        links = html_tree.elements(self.soup, {"a"})
        return frozenset(str(link.get("href")) for link in links if link.get_text(strip=True))

    def link_anchor(self, el: Tag) -> str:
        """Return the anchor of an `<a>`, which may be said by `name`."""
        if el.get("name") and not el.get("id"):
            el["id"] = str(el["name"])
        return self.anchor(el)

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a picture."""
        source = str(el.get("src", ""))
        if not source:
            return self.keep_inline(el, "", parent_tags)
        alternative = bracketed(mark(str(el.get("alt", ""))))
        return f"{self.anchor(el)}![{alternative}]({destination(source)}{title(str(el.get('title', '')))})"

    # code

    def convert_code(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a code span for each line; code with markup in it keeps its tag."""
        if any(child.name not in html_code.HIGHLIGHTERS_OWN for child in html_tree.all_elements(el)):
            self.kept(el.name)
            return f"{html_raw.opening_tag(el)}{self.inline(el, parent_tags | {'code', '_kept'})}</{el.name}>"
        lines = [" ".join(line.split()) for line in html_code.text_of(el).replace("\r", "").split("\n")]
        if html_tree.first(el, "br") is None:
            lines = [" ".join(line for line in lines if line)]
        return self.anchor(el) + HARD_BREAK.join(html_code.span(line) for line in lines if line)

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a fenced block; preformatted text with markup in it stays HTML."""
        if any(child.name not in html_code.HIGHLIGHTERS_OWN for child in html_tree.all_elements(el)):
            return self.keep_block(el, text, parent_tags)
        code = html_code.fence(html_code.text_of(el), html_code.language_of(el))
        if not code.startswith("`"):
            self.kept("pre")
        return self.joined(part for part in (self.anchor(el), code) if part)

    convert_xmp = convert_listing = convert_plaintext = convert_pre

    # lists

    def convert_list(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a list; one that counts in a way of its own stays HTML."""
        items = [child for child in el.children if isinstance(child, Tag)]
        first = _number(el.get("start", "1")) if el.name == "ol" else None
        if el.name == "ol" and (first is None or el.has_attr("reversed") or any(item.get("value") for item in items)):
            return self.keep_block(el, text, parent_tags)
        loose = any(html_tree.child(item, "p") is not None for item in items)
        lines = []
        for index, item in enumerate(items):
            marker = "- " if first is None else f"{first + index}. "
            content = self.process_tag(item, parent_tags | {el.name}).strip("\n")
            if not content and "li" in parent_tags:  # Goldmark would end the outer list here, or make a heading of it
                content = "<!-- -->"
            lines.append(marker + _LINES.sub(" " * len(marker), content)[len(marker) :] if content else marker.rstrip())
        listing = ("\n\n" if loose else "\n").join(lines)
        return self.joined(part for part in (self.anchor(el), listing) if part)

    convert_ul = convert_ol = convert_menu = convert_dir = convert_list

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return an item's contents; the list adds the marker."""
        return self.convert_p(el, text, parent_tags)

    def convert_input(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return the box of a task list; any other control stays HTML."""
        if el.get("type") == "checkbox" and _starts_item(el):
            return "[x] " if el.has_attr("checked") else "[ ] "
        return self.keep_inline(el, text, parent_tags)

    def convert_dl(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a definition list when each entry is a paragraph, else keep it."""
        parts = [child for child in el.children if isinstance(child, Tag)]
        plain_parts = all(part.name in ("dt", "dd") and not part.attrs for part in parts)
        texts = [child for child in el.children if isinstance(child, NavigableString) and child.strip()]
        if el.attrs or not plain_parts or texts or not parts or parts[0].name != "dt" or parts[-1].name != "dd":
            return self.keep_block(el, text, parent_tags)
        if html_tree.elements(el, html_tree.BLOCKS - {"dt", "dd"}):
            return self.keep_block(el, text, parent_tags)
        entries = ""
        previous = ""
        for part in parts:
            line = self.paragraph(self.inline(part, parent_tags | {el.name, part.name, "_inline"})) or "&nbsp;"
            separator = "\n\n" if part.name == "dt" and previous == "dd" else "\n"
            entries += f"{separator if entries else ''}{': ' if part.name == 'dd' else ''}{line}"
            previous = part.name
        return entries

    # tables, figures and other blocks

    def convert_table(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a pipe table when it can say all, else the HTML table."""
        inside = parent_tags | {"table"}
        rows = pipe_table(el, lambda cell: finish(self.inline(cell, inside | {cell.name, "_inline"})))
        if rows is None or BRACES in rows:
            return self.keep_block(el, text, parent_tags)
        return self.joined(part for part in (self.anchor(el), rows) if part)

    def convert_figure(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return the contents of a figure without a caption; one with a caption stays HTML."""
        if html_tree.first(el, "figcaption") is not None:
            return self.keep_block(el, text, parent_tags)
        return self.contents(el, self.joined(self.blocks(el, parent_tags | {"figure"})), parent_tags)

    def convert_details(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Keep the tags, with the summary as HTML and Markdown inside."""
        self.kept(el.name)
        summary = html_tree.child(el, "summary")
        lines = [html_raw.opening_tag(el)]
        if summary is not None:
            lines.append(html_raw.block(summary.extract()))
        inside = self.joined(self.blocks(el, parent_tags | {el.name}))
        return "\n".join(lines) + (f"\n\n{inside}\n\n" if inside else "\n") + "</details>"

    convert_video = convert_script = convert_style = TreeWalk.keep_block
    convert_article = convert_section = convert_div = TreeWalk.contents
    convert_td = convert_th = convert_tr = convert_dt = convert_dd = TreeWalk.contents
    convert_caption = convert_figcaption = convert__document_ = TreeWalk.contents
    convert_kbd = convert_samp = convert_sub = convert_sup = convert_q = TreeWalk.keep_inline

    # islands

    def convert_hugoconv_block(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return finished Markdown."""
        return str(el.get("data-text", "")).replace("{{", BRACES)

    def convert_hugoconv_html(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return finished HTML, as one block."""
        return html_raw.block_of(str(el.get("data-text", "")))

    def convert_hugoconv_inline(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return finished text."""
        return str(el.get("data-text", ""))

    def convert_hugoconv_call(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return finished text with a shortcode in it."""
        return str(el.get("data-text", "")).replace("{{", BRACES)

    def convert_hugoconv_note(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return the definition of a footnote."""
        return f"[^{el.get('data-name', '')}]: " + _LINES.sub("    ", text)[4:]


def _number(text: object) -> int | None:
    """Return the number that an ordered list starts at, None when Markdown cannot write it."""
    digits = str(text).strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 9 else None


def _shows(node: PageElement) -> bool:
    return isinstance(node, Tag) or bool(str(node).strip())


def _starts_item(el: Tag) -> bool:
    """Return whether an element is the first thing in an item of a list (or in its first paragraph), before text."""
    if not any(isinstance(node, NavigableString) and node.strip() for node in el.next_siblings):
        return False
    child, parent = el, el.parent
    while parent is not None and not any(_shows(node) for node in child.previous_siblings):
        if parent.name != "p" or parent.get("id"):
            return parent.name == "li" and not parent.get("id")
        child, parent = parent, parent.parent
    return False
