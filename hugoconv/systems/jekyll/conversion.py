"""What the rules that turn a Jekyll body into Hugo's text share: the context, the edits made so far, the log."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from hugoconv.edits import Edit, apply
from hugoconv.markup import markdown
from hugoconv.markup.constructs import Construct, Neutral, TargetDialect
from hugoconv.markup.fence_words import without_false_attributes
from hugoconv.markup.signs import has
from hugoconv.report.findings import PlacedFindings
from hugoconv.systems.jekyll import abbreviations, headings, html_blocks, html_reading, inline_marks, liquid
from hugoconv.systems.jekyll.headings import InHtml
from hugoconv.systems.jekyll.hiding import hidden
from hugoconv.systems.jekyll.html_lines import Reading
from hugoconv.systems.jekyll.white_space import trimmed_span

_DELIMITERS = ("{{<", ">}}", "{{%", "%}}")
_EXCERPT = 60
_NUMBER = re.compile(r"\d{1,9}(?=\)[ \t])")
_BEHIND_NUMBER = re.compile(r"\)(?<=\d\))[ \t]")
_IN_ADDRESS = r"(?:[^()\s<\"'\\]|\([^()\n<\"'\\]*\))"
_SPACED = re.compile(
    rf"\[(?<!\\\[)[^\[\]\n]*\]\((?P<address>(?![>(]){_IN_ADDRESS}+(?:[ \t]+{_IN_ADDRESS}+)+)(?=\)|[ \t]+[\"'])"
)
_LABEL_APART = re.compile(
    r"(?<![\\\]])\[(?![ xX]?\])[^\[\]\n]+\](?P<space>[ \t]+|[ \t]*\n[ \t]*)\[(?P<label>[^\[\]\n]+)\]"
)
"""A link by a label that does not stand right behind its words."""
_BLANK_LINE = re.compile(r"\n[ \t>]*\r?\n")
_FORMULA = re.compile(r"(?<!\\)\$\$(?:[^$\n]|\n(?!\n)|(?<=\\)\$)+(?<!\\)\$\$")


def _unknown(_: str) -> str | None:
    return None


class Run(Protocol):
    """A run of a body's Liquid programs: what an earlier one assigned is there for the later ones."""

    passed_over: list[str]
    """The tags and filters that nobody knows."""

    def write(self, source: str) -> str:
        """Return what a program writes; an error of any kind when it cannot be run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JekyllBodyContext:
    """What a body refers to.

    `site` has the configuration's values, `page` the page's as Jekyll sees them (front matter, `url`, `title`, ...).
    `parameters` are the front matter keys that the new page will have. `post_url` and `link` return the new URL path,
    from the site's root, for what stands in the tag of that name (None: unknown). An empty or blank
    `excerpt_separator` is no separator. `liquid` is false for `render_with_liquid: false`, `markup` is "html" for a
    body that kramdown does not see.
    """

    target: TargetDialect
    site: Mapping[str, Any] = field(default_factory=dict)
    page: Mapping[str, Any] = field(default_factory=dict)
    parameters: frozenset[str] = frozenset()
    post_url: Callable[[str], str | None] = _unknown
    link: Callable[[str], str | None] = _unknown
    excerpt_separator: str = ""
    liquid: bool = True
    markup: str = "markdown"
    templates: frozenset[str] = frozenset()
    """The names of the templates that are still as hugoconv wrote them: calls of another system's own."""
    programs: Callable[[], Run] | None = field(default=None, repr=False)
    """Gives a run of the body's Liquid programs; None where there is no site to run them over."""

    @property
    def is_gfm(self) -> bool:
        """Whether kramdown reads the site's Markdown with its GFM parser, as Jekyll sets it up."""
        options = self.site.get("kramdown")
        return not isinstance(options, Mapping) or str(options.get("input", "GFM")).upper() == "GFM"

    @property
    def has_heading_ids(self) -> bool:
        """Whether kramdown gives headings ids that nobody wrote."""
        options = self.site.get("kramdown")
        return not isinstance(options, Mapping) or options.get("auto_ids") is not False

    @property
    def base_path(self) -> str:
        """The path that stands before every URL of the site: "" or like "/blog"."""
        path = str(self.site.get("baseurl") or "").removesuffix("/")
        return path if not path or path.startswith("/") else f"/{path}"


class Conversion:
    """One body on its way: rules read `text` and record edits and findings."""

    def __init__(
        self,
        text: str,
        constructs: Sequence[Construct],
        context: JekyllBodyContext,
        log: PlacedFindings,
        line_of: Callable[[int], int] | None = None,
    ) -> None:
        self.text = text
        self._line_of = line_of
        self.context = context
        self.ends = {(construct.kind, construct.end) for construct in constructs}
        """The kinds and ends of all constructs."""
        self.lines_of_attributes = {
            text.rfind("\n", 0, construct.start) + 1: construct
            for construct in constructs
            if construct.kind == "attributes" and construct.name == "block"
        }
        """The attribute lists that stand alone on a line, by where that line starts."""
        self.done: set[int] = set()
        """Where the constructs start that a rule for another one has dealt with."""
        self.abbreviations: dict[str, str] = {}
        """What the page's abbreviations mean."""
        self.enclosing: Construct | None = None
        """The innermost pair of Liquid tags around the construct that a rule is asked about."""
        self._log = log
        self._edits: list[Edit] = []
        unused = (character for character in map(chr, range(0xE000, 0xF900)) if character not in text)
        self._shields = {delimiter: next(unused) for delimiter in _DELIMITERS}
        self._raw_marks = next(unused), next(unused)

    @property
    def is_markdown(self) -> bool:
        """Whether kramdown, and then Goldmark, reads the body."""
        return self.context.markup == "markdown"

    @cached_property
    def tags(self) -> list[tuple[int, int]]:
        """The spans of Liquid's tags, of which Markdown sees nothing."""
        return liquid.opaque(self.text) if self.context.liquid else []

    @cached_property
    def code_regions(self) -> list[tuple[int, int]]:
        """The spans of Markdown's code; none in a body that is not Markdown."""
        return markdown.code_regions(self.text, self.tags) if self.is_markdown else []

    @cached_property
    def reading(self) -> Reading:
        """What kramdown makes of the HTML among the Markdown."""
        return html_reading.read(self.text, self.tags)

    @cached_property
    def unread(self) -> list[tuple[int, int]]:
        """The spans of HTML in which kramdown reads no Markdown, in their order and apart."""
        if "<" not in self.text:
            return []
        blocks = ((block.start, block.end) for block in self.reading.blocks if not block.has_markdown)
        return _outermost((*blocks, *self.reading.literal))

    @cached_property
    def in_html(self) -> InHtml:
        """The spans of HTML as headings are read."""
        if "<" not in self.text:
            return InHtml((), ())
        told = [(block.tag_end, block.end) for block in self.reading.blocks if block.has_markdown]
        return InHtml(self.unread, _outermost(told))

    @cached_property
    def headings(self) -> list[markdown.Heading]:
        """The headings, with spans."""
        return markdown.headings(self.text, self.tags)

    def code_at(self, position: int) -> tuple[int, int] | None:
        """Return the span of the code that a position is inside of, None when it is outside Markdown's code."""
        index = bisect_right(self.code_regions, position, key=lambda region: region[0]) - 1
        return self.code_regions[index] if index >= 0 and position < self.code_regions[index][1] else None

    @cached_property
    def heading_ids(self) -> dict[int, str]:
        """The ids that kramdown gives the headings, by where the line behind each starts."""
        return headings.identifiers(self.text, self.tags, self.context.is_gfm, self.in_html)

    def heading_at(self, position: int) -> markdown.Heading | None:
        """Return the heading that a position is inside of."""
        index = bisect_right(self.headings, position, key=lambda heading: heading.start) - 1
        return self.headings[index] if index >= 0 and position < self.headings[index].end else None

    def starts_line(self, position: int) -> bool:
        """Say whether nothing but spaces stands before a position on its line."""
        while position and self.text[position - 1] in " \t":
            position -= 1
        return not position or self.text[position - 1] == "\n"

    def hugo(self, text: str) -> str:
        """Mark `text` as Hugo's own: its shortcode delimiters are meant, those of the source are not."""
        for delimiter, shield in self._shields.items():
            text = text.replace(delimiter, shield)
        return text

    def render(self, neutral: Neutral) -> str:
        """Return a neutral construct as Hugo's own text."""
        return self.hugo(self.context.target.render(neutral))

    def replace(self, start: int, end: int, text: str) -> None:
        """Put `text` in the place of a span."""
        self._edits.append(Edit(start, end, text))

    def replace_tag(self, start: int, end: int, text: str) -> None:
        """Put `text` in the place of one Liquid tag or output, with the white space that its hyphens take away."""
        self.replace(*trimmed_span(self.text, start, end), text)

    def replace_pair(self, construct: Construct, opening: str, closing: str) -> None:
        """Put texts in the places of an opening and a closing tag."""
        self.replace_tag(construct.start, construct.inner_start, opening)
        self.replace_tag(construct.inner_end, construct.end, closing)

    def keep_html(self, construct: Construct) -> None:
        """Leave what a construct encloses out of what kramdown reads: it is HTML, and shown as it is.

        To CommonMark a block with blank lines in it would end there.
        """
        is_cut_up = self.starts_line(construct.start) and _BLANK_LINE.search(self.inner(construct).strip())
        opening, closing = ("", "") if is_cut_up else self._raw_marks
        self.replace(construct.start, construct.inner_start, opening)
        self.replace(construct.inner_end, construct.end, closing)

    def set_headings(self) -> None:
        """Give headings the ids that they had, and keep the braces visible that kramdown shows."""
        for edit in headings.edits(self.text, self.tags, self.lines_of_attributes, self.context.is_gfm, self.in_html):
            if self.context.has_heading_ids or edit.text == "\\":
                self._edits.append(edit)

    def set_numbers(self) -> None:
        """Keep a number before a parenthesis a word at a line's start: it begins no list of kramdown's."""
        has_numbers = ")" in self.text and _BEHIND_NUMBER.search(self.text) is not None
        for event, start, end in markdown.events(self.text, self.tags) if has_numbers else ():
            if event == {"Start": "Item"} and (number := _NUMBER.match(self.text, start, end)):
                self.replace(number.end(), number.end(), "\\")

    def set_links(self) -> None:
        """Keep a link one whose address has a space, in angle brackets, or whose label stands apart."""
        if not has(self.text, "](", "]:"):
            return
        text = apply(self.text, (Edit(start, end, "x" * (end - start)) for start, end in self.tags))
        for match in _SPACED.finditer(text):
            if "{{" not in match["address"] and not self.code_at(match.start()):
                for place, bracket in zip(match.span("address"), "<>", strict=True):
                    self.replace(place, place, bracket)
                for escaped in re.finditer(">", match["address"]):
                    place = match.start("address") + escaped.start()
                    self.replace(place, place + 1, "%3E")
        labels = {match[1].lower() for match in headings.DEFINITION.finditer(text)}
        for match in _LABEL_APART.finditer(text) if labels else ():
            if match["label"].lower() in labels and not self.code_at(match.start()):
                self.replace(*match.span("space"), "")

    def set_marks(self) -> None:
        """Write titles, struck text and emphasis so that Goldmark reads them as kramdown does."""
        for edit in inline_marks.edits(self.text, self.tags, self.unread):
            self._edits.append(edit)

    def set_formulas(self) -> None:
        """Mark formulas in a line: Hugo's `$$` is one that stands by itself."""
        for match in _FORMULA.finditer(self.text) if has(self.text, "$$") else ():
            starts_block = not self.text[: match.start()].rpartition("\n\n")[2].strip()
            ends_block = not self.text[match.end() :].partition("\n\n")[0].strip()
            if not (starts_block and ends_block) and not self.code_at(match.start()):
                self.replace(match.start(), match.start() + 2, r"\(")
                self.replace(match.end() - 2, match.end(), r"\)")

    def inner(self, construct: Construct) -> str:
        """Return what a pair of tags encloses."""
        return self.text[construct.inner_start : construct.inner_end]

    def source(self, construct: Construct) -> str:
        """Return a construct's own tag in one line, short enough for a message."""
        end = construct.end if construct.inner_start < 0 else construct.inner_start
        source = " ".join(self.text[construct.start : min(end, construct.start + 4 * _EXCERPT)].split())
        return source if len(source) <= _EXCERPT else f"{source[: _EXCERPT - 1]}…"

    def report(self, code: str, construct: Construct, **details: str) -> None:
        """Record a finding at a construct."""
        line = bisect_right(self._line_starts, construct.start)
        column = construct.start - self._line_starts[line - 1] + 1
        if self._line_of is not None:
            line = self._line_of(construct.start)
        self._log.add(code, line=line, column=column, **details)

    def hide(self, construct: Construct) -> None:
        """Keep a construct that has no counterpart where readers do not see it, and say so."""
        self.report("HC302", construct, name=self.source(construct))
        text = hidden(self.text, construct.start, construct.end, self.code_regions, is_markdown=self.is_markdown)
        self.replace_tag(construct.start, construct.end, text)

    def finished(self) -> str:
        """Return the text with all edits made and the source's own shortcode delimiters made inert."""
        made = apply(self.text, _clipped(self._edits)) if self._edits else self.text
        meant = {shield: delimiter for delimiter, shield in self._shields.items()} | dict.fromkeys(self._raw_marks, "")
        is_marked = any(mark in made for mark in meant)
        if self.is_markdown:
            shortcodes = self._shortcodes(made) if is_marked else []
            made = abbreviations.expanded(made, self.abbreviations, shortcodes)
            opaque = [*self._highlighted(made), *self._shortcodes(made), *self._raw(made)] if is_marked else []
            made = html_blocks.for_goldmark(made, self._reading_of(made, opaque), opaque)
            made = without_false_attributes(made)
        if not is_marked:
            return self.context.target.escape(made)
        pieces = re.split(f"([{''.join(meant)}])", made)
        return "".join(meant[piece] if piece in meant else self.context.target.escape(piece) for piece in pieces)

    def _reading_of(self, made: str, opaque: Sequence[tuple[int, int]]) -> Reading:
        """Return what kramdown makes of the text with all edits made; often there were none, and it is read already."""
        if made == self.text and not self.tags:
            return self.reading
        return html_reading.read(made, opaque, is_for_hugo=True)

    def _shortcodes(self, made: str) -> list[tuple[int, int]]:
        """Return the spans of the target's own tags."""
        opening, closing = self._shields["{{<"], self._shields[">}}"]
        return [match.span() for match in re.compile(rf"{opening}[^{closing}]*{closing}").finditer(made)]

    def _raw(self, made: str) -> list[tuple[int, int]]:
        """Return the spans of HTML that kramdown was told not to read."""
        opening, closing = self._raw_marks
        return [match.span() for match in re.compile(rf"{opening}[^{closing}]*{closing}").finditer(made)]

    def _highlighted(self, made: str) -> list[tuple[int, int]]:
        """Return the spans of code between two shortcodes, of which Markdown sees nothing."""
        opening, closing = self._shields["{{<"], self._shields[">}}"]
        pair = re.compile(rf"{opening} highlight .*?{opening} /highlight {closing}", re.DOTALL)
        return [match.span() for match in pair.finditer(made)]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]


Rule = Callable[[Conversion, Construct], bool]
"""A rule makes the edits and findings for one construct, or returns false when it has no counterpart."""


def _outermost(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in their order and apart: of two that overlap, what is in either."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if not found or end > found[-1][1]:
            found.append((max(start, found[-1][1]) if found else start, end))
    return found


def _clipped(edits: Iterable[Edit]) -> Iterable[Edit]:
    """Take white space that two neighbours both remove from the second one."""
    position = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        start = max(edit.start, position)
        yield Edit(start, max(edit.end, start), edit.text)
        position = max(edit.end, start)
