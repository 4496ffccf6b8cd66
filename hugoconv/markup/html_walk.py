"""The walk over an HTML tree: what is a paragraph, what is a block, and what is kept as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from html import escape
from typing import Any, NamedTuple

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, PreformattedString, Tag
from markdownify import MarkdownConverter

from hugoconv.markup import html_raw, html_tree
from hugoconv.markup.backgrounds import link_styles, show_backgrounds
from hugoconv.markup.constructs import TargetDialect
from hugoconv.markup.html_soup import release
from hugoconv.markup.markdown_text import finish, finish_words, mark, plain, settle
from hugoconv.report.findings import PlacedFindings

_URL_ATTRIBUTES = ("href", "src", "poster", "data")
_URL_ELEMENTS = frozenset(
    {"a", "img", "audio", "video", "source", "track", "object", "embed", "area", "iframe"},
)
_STYLE_ATTRIBUTES = frozenset(
    {"style", "align", "width", "height", "color", "bgcolor", "face", "size", "target", "rel"},
)
_STYLE_CLASSES = re.compile(r"(?:^|\s)(?:has-text-align|has-[\w-]+-(?:color|font-size)|align(?:left|right|center))")
_INTERRUPTS = re.compile(r"(?![-:| ]*$)(?:- |1[.] |```|> |#{1,6} )", re.MULTILINE)
_LIST_START = re.compile(r"(?:-|[0-9]+[.])(?: |$)", re.MULTILINE)
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_]")
_HEADING = re.compile(r"h([1-6])\Z")
_EDGE_BREAKS = re.compile(r"\A(?:\s|<br>)*<br>|<br>(?:\s|<br>)*\Z")
"""Line breaks that show nothing, at the start or end of an element."""
_NOTHING = frozenset({"\n", " ", "\n\n"})
_ONLY_SPACE = re.compile(r"[ \t\r\n\xa0\u200b]*\Z")


Rule = Callable[[Tag, str, set[str]], str]


_MARKDOWNIFY = vars(MarkdownConverter(heading_style="atx", bullets="-"))
"""What markdownify's constructor sets, which it takes long to gather."""


def _same(url: str) -> str:
    return url


@dataclass(frozen=True, kw_only=True)
class MarkdownOptions:
    """How a body is converted.

    `converter` is the class whose `convert_<tag>` rules are used (None: `HtmlConverter`), `link` gives the new URL for
    every URL of a link, picture, sound or film, `keep_empty_paragraphs` keeps paragraphs that hold only `&nbsp;`,
    `target` writes what has a construct of its own in the target (None: nothing has).
    """

    converter: type[TreeWalk] | None = None
    link: Callable[[str], str] = _same
    keep_empty_paragraphs: bool = False
    target: TargetDialect | None = None


class _Kind(NamedTuple):
    """What the walk knows of an element by its name."""

    own_rule: str
    kind_rule: str
    level: int
    """That of a heading, 0 for all else."""
    reads_itself: bool
    """Whether its rule reads the element instead of its converted contents."""
    is_block: bool
    inside: frozenset[str]
    """What those inside have among their parents for it."""


@lru_cache(maxsize=256)
def _kind(name: str) -> _Kind:
    is_block = name in html_tree.BLOCKS
    heading = _HEADING.match(name)
    kept_rule = "keep_block" if is_block else "keep_inline"
    own_rule = f"convert_{_NOT_IN_NAMES.sub('_', name)}"
    reads_itself = name in html_tree.OPAQUE or name in html_tree.LISTS or name in html_tree.OPAQUE_INLINE
    inside = {name}
    if heading:
        inside.add("_inline")
    elif not is_block and name not in html_tree.FORMATTING:
        inside.add("_kept")
    return _Kind(
        own_rule=own_rule,
        kind_rule="contents" if name in html_tree.TRANSPARENT else kept_rule,
        level=int(heading[1]) if heading else 0,
        reads_itself=reads_itself,
        is_block=is_block,
        inside=frozenset(inside),
    )


class TreeWalk(MarkdownConverter):
    """markdownify's converter with a walk that tells blocks from paragraphs; it has no rules but those of HTML.

    A rule is `convert_<tag>(el, text, parent_tags)`. `text` is the converted contents: blocks joined by blank lines, or
    the marked text of a paragraph (see `markdown_text`). It is "" for elements whose rules read `el` instead: those in
    `html_tree.OPAQUE`, `html_tree.OPAQUE_INLINE` and `html_tree.LISTS`. Elements are taken apart when the text is
    finished, so a rule keeps what it read of one, not the element.
    """

    soup: BeautifulSoup

    def __init__(self, log: PlacedFindings, options: MarkdownOptions) -> None:
        vars(self).update(_MARKDOWNIFY)
        self.log = log
        self.settings = options
        self._found: set[tuple[str, str]] = set()
        self._rules: dict[str, Rule] = {}
        self._styles: set[str] = set()
        self._comments: list[str] = []

    # the walk

    def convert(self, html: str) -> str:
        """Return the Markdown of an HTML text."""
        if html_tree.nests_too_deeply(html):  # the parser would leave out what is inside
            self.log.add("HC306", what="the text")
            html = f'<hugoconv-html data-text="{escape(html)}"></hugoconv-html>'
        soup = html_tree.parse(html)
        markdown = self.convert_soup(soup)
        self._rules.clear()  # methods of this very object, which make a ring of it
        release(soup)
        return markdown

    def convert_soup(self, soup: BeautifulSoup) -> str:
        """Return the Markdown of a parsed body; the tree is changed."""
        self.soup = soup
        elements = html_tree.all_elements(soup)
        attributed = [element for element in elements if element.attrs]
        for element in attributed:
            if element.name in _URL_ELEMENTS:
                for name in _URL_ATTRIBUTES:
                    if element.get(name):
                        element[name] = self.settings.link(str(element[name]))
        link_styles(elements, self.settings.link)
        show_backgrounds(soup, attributed)
        for element in html_tree.misnamed(elements):
            self._once("HC307", f"<{element.name}>", detail="not the name of an element; its contents stay")
            element.unwrap()
        for element in html_tree.too_deep(soup) if len(elements) > html_tree.MAX_DEPTH else ():
            self.log.add("HC306", what=f"<{element.name}>")
            held = soup.new_tag("hugoconv-html", attrs={"data-text": element.decode()})
            element.replace_with(held)
        self.prepare(soup)
        html_tree.put_in_order(soup)
        markdown = self.process_tag(soup, set())
        if self._styles:
            self.log.add("HC310", names=", ".join(sorted(self._styles)))
        return settle(markdown.strip("\n"))

    def prepare(self, soup: BeautifulSoup) -> None:
        """Change the tree before it is walked; for subclasses."""

    def process_tag(self, node: Tag, parent_tags: set[str] | None = None) -> str:
        """Return the Markdown of one element."""
        tags = parent_tags or set()
        name = node.name.lower()
        kind = _kind(name)
        if kind.reads_itself:
            text = ""
        else:
            inside = tags | kind.inside
            as_blocks = kind.is_block and "_inline" not in inside
            text = self._contents_as_blocks(node, inside) if as_blocks else self.inline(node, inside)
        markdown = self.rule(name)(node, text, tags)
        if node.attrs and ("HC305", f"<{name}>") not in self._found:
            self.note_styles(node)
        return markdown

    def _contents_as_blocks(self, node: Tag, tags: set[str]) -> str:
        if len(node.contents) == 1 and type(only := node.contents[0]) is NavigableString:  # as in most paragraphs
            if only in _NOTHING:
                return ""
            marked = self.process_text(only, tags)
            return finish_words(marked) if marked == only and marked[0].isalpha() else self.paragraph(marked)
        tight = node.name == "li" and html_tree.child(node, "p") is None
        return self.joined(self.blocks(node, tags), tight=tight)

    def process_text(self, el: NavigableString, parent_tags: set[str] | None = None) -> str:
        """Return a text node's marked text."""
        return mark(str(el))

    def inline(self, node: Tag, tags: set[str]) -> str:
        """Return the marked text of everything in an element, as part of one paragraph."""
        return "".join(self._inline_node(child, tags) for child in node.children)

    def _inline_node(self, node: Any, tags: set[str]) -> str:
        if isinstance(node, Tag):
            if node.name in html_tree.BLOCKS and "_inline" in tags:
                return f" {self._inline_block(node, tags)} "
            return self.process_tag(node, tags)
        if isinstance(node, Comment):
            self._comments.append(self.comment(node))
            return ""
        return "" if isinstance(node, PreformattedString) else self.process_text(node, tags)

    def _inline_block(self, node: Tag, tags: set[str]) -> str:
        """Return a block that stands where only inline content can: its contents, or its HTML."""
        if node.name in html_tree.OPAQUE:
            self.kept(node.name)
            return html_raw.inline(node)
        return self.inline(node, tags)

    def blocks(self, node: Tag, tags: set[str]) -> list[str]:
        """Return the Markdown of each block in an element; text between blocks is a paragraph."""
        blocks: list[str] = []
        run: list[str] = []
        for child in node.contents:
            if isinstance(child, Tag) and child.name in html_tree.BLOCKS:
                if run or self._comments:
                    blocks += self._ended(run)
                if markdown := self.process_tag(child, tags).strip("\n"):
                    blocks.append(markdown)
                if self._comments:
                    blocks += self._ended(run)
            elif not run and isinstance(child, NavigableString) and child in _NOTHING:
                continue
            elif isinstance(child, Comment) and not any(piece.strip() for piece in run):
                blocks.extend(block for block in (self.comment(child),) if block)
            else:
                run.append(self._inline_node(child, tags))
        if run or self._comments:
            blocks += self._ended(run)
        return blocks

    def _ended(self, run: list[str]) -> list[str]:
        """Return the paragraph of what was gathered and the comments that stood in it, and gather anew."""
        ended = [block for block in (self.paragraph("".join(run)), *self._comments) if block]
        run.clear()
        self._comments.clear()
        return ended

    def paragraph(self, marked: str) -> str:
        """Return a paragraph's marked text as Markdown, "" when it shows nothing."""
        if not marked[:1].isalnum() and _ONLY_SPACE.match(plain(marked)):
            return "&nbsp;" if self.settings.keep_empty_paragraphs and "\xa0" in marked else ""
        return finish(marked)

    def joined(self, blocks: Iterable[str], *, tight: bool = False) -> str:
        """Return blocks as one text, with what keeps two lists apart that follow each other."""
        pieces: list[str] = []
        for block in blocks:
            if not pieces:
                pieces += [block] if block else ()
            elif tight and len(pieces) == 1 and "\n" not in pieces[0] and _INTERRUPTS.match(block):
                pieces += ("\n", block)
            elif (start := _LIST_START.match(block)) and _continues_list("".join(pieces[-3:]), start[0]):
                pieces += ("\n\n<!-- -->\n\n", block)
            else:
                pieces += ("\n\n", block)
        return "".join(pieces)

    # what stays HTML

    def kept(self, name: str) -> None:
        """Record that an element stays HTML, once for each name."""
        self._once("HC305", f"<{name}>")

    def _once(self, code: str, name: str, detail: str = "") -> None:
        if (code, name) not in self._found:
            self._found.add((code, name))
            self.log.add(code, name=name, detail=detail)

    def keep_block(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Keep an element as a block of HTML."""
        self.kept(el.name)
        return html_raw.block(el)

    def keep_inline(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Keep an element's tags around its converted contents."""
        self.kept(el.name)
        if el.name in html_tree.OPAQUE_INLINE:
            return html_raw.inline(el)
        return f"{html_raw.opening_tag(el)}{_EDGE_BREAKS.sub('', text)}</{el.name}>"

    def contents(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Leave the element out and keep what is in it, with its anchor."""
        if el.name == "[document]":
            return text
        anchor = self.anchor(el)
        return f"{anchor}\n\n{text}" if anchor and text else text or anchor

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a heading of level `n`."""
        return text

    def anchor(self, el: Tag) -> str:
        """Return an empty `<a>` with the element's id, to which links may point; "" without one.

        In a link it is a `<span>`: a browser ends a link where another `<a>` begins.
        """
        if not el.get("id"):
            return ""
        name = "a" if html_tree.around(el, "a") is None else "span"
        self.kept(name)
        return f'<{name} id="{html_raw.attribute(str(el["id"]))}"></{name}>'

    def comment(self, node: Comment) -> str:
        """Return a comment of one line, which becomes a block; a longer one is left out with a finding."""
        text = str(node)
        if "\n" in text.strip() or "--" in text or text.startswith((">", "->")):
            self.log.add("HC307", name="comment", detail="an HTML comment was left out")
            return ""
        return html_raw.inert(f"<!--{text}-->".replace("\n", ""))

    def rule(self, tag_name: str) -> Rule:
        """Return the rule for a tag: its own (`convert_<tag>`, `convert_hN` for headings), else that of its kind."""
        rule = self._rules.get(tag_name)
        if rule is None:
            kind = _kind(tag_name)
            of_kind = partial(self.convert_hN, kind.level) if kind.level else getattr(self, kind.kind_rule)
            rule = self._rules[tag_name] = getattr(self, kind.own_rule, None) or of_kind
        return rule

    def note_styles(self, el: Tag) -> None:
        """Record the presentation that an element said and its Markdown does not."""
        self._styles.update(_STYLE_ATTRIBUTES.intersection(el.attrs))
        if "class" in el.attrs and _STYLE_CLASSES.search(" ".join(el.get_attribute_list("class"))):
            self._styles.add("class")


def _continues_list(text: str, marker: str) -> bool:
    """Return whether Markdown would join a list, with this marker at its start, to one that the text ends with."""
    last = text.rsplit("\n\n", 1)[-1]
    before = _LIST_START.match(last)
    return last.startswith("  ") if before is None else (before[0][0] == "-") == (marker[0] == "-")
