"""One Hugo body on its way to another system: its constructs become the target's own text, the rest stays."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from itertools import chain, zip_longest
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlunsplit

from hugoconv.edits import Edit, apply, overlaps
from hugoconv.markup import markdown
from hugoconv.markup.block_places import in_place
from hugoconv.markup.constructs import (
    Attributes,
    Construct,
    CrossReference,
    Highlight,
    Neutral,
    SummaryDivider,
    TargetDialect,
    TemplateCall,
)
from hugoconv.markup.heading_words import goldmark_id
from hugoconv.report.findings import PlacedFindings
from hugoconv.systems.hugo.dialect import dialect_of, is_closed
from hugoconv.systems.hugo.goldmark import (
    HeadingIds,
    Term,
    attributes,
    is_refused,
    links_find_pages,
    place_of,
    terms_have_ids,
    terms_in,
)
from hugoconv.systems.hugo.passthrough import TakenFormulas, formulas
from hugoconv.systems.hugo.regions import Regions
from hugoconv.systems.hugo.shortcode_rules import RULES, TEMPLATE_RULES, TEMPLATES, highlight_options
from hugoconv.urls import urlsplit

if TYPE_CHECKING:
    from hugoconv.systems.hugo.translation import Translation

Span = tuple[int, int]

_FENCE = re.compile(r"([ \t]*)(`{3,}|~{3,})[ \t]*([^\s`{]*)[ \t]*\{([^{}\r\n]*)\}[ \t]*(?:\r?\n|\Z)")
_FENCE_END = re.compile(r"(?:\A|\n)[ ]{0,3}(?:`{3,}|~{3,})\Z")
_DRAWN = re.compile(r"[ \t]*(?:`{3,}|~{3,})[ \t]*goat\b")
_EMOJI = re.compile(r":[a-z0-9_+-]+:")
_CITED = re.compile(r"\[\^([^\[\]\s]+)\](?!:)")
_AT_END = re.compile(r"[ \t]*(?<!\\)\{([^{}\n]*)\}[ \t]*\Z")
_ALONE = re.compile(r"^[ \t]*\{([#.\w][^{}\n]*)\}[ \t]*$", re.MULTILINE)


class BodyTranslation:
    """One body on its way: what becomes the target's own text is cut out, the rest made inert, then both are joined."""

    def __init__(
        self, text: str, about: Translation, target: TargetDialect, link: Callable[[str], str], log: PlacedFindings
    ) -> None:
        self.text = text
        self.about = about
        self.target = target
        self.link = link
        self._log = log
        self._dialect = dialect_of(about.markup)
        self._regions = Regions(text, self._dialect)
        self._edits: list[Edit] = []
        self._made: dict[int, str] = {}
        self._taken: list[Span] = []
        self._calls = 0
        self._inner_end = 0
        linkify = about.config.value("markup.goldmark.extensions.linkify")
        self._linkify = about.org is None and linkify is not False
        self._called: set[str] = set()
        unused = (character for character in map(chr, range(0xE000, 0xF900)) if character not in text)
        self._stand_in = next(unused)
        self._formulas = TakenFormulas(next(unused))

    def made(self) -> str:
        """Return the body as text of the target."""
        self._fences()
        self._take_formulas()
        for construct in self._dialect.scan(self.text):
            if not self._is_taken(construct.start, construct.start + 1):
                _CONVERSIONS[construct.kind](self, construct)
            self._inner_end = max(self._inner_end, construct.inner_end)
        self._attributes()
        self._notes()
        self._links()
        self._emoji()
        shielded = apply(self.text, self._edits)
        inert = self.target.escape(shielded).split(self._stand_in)
        meant = [self._made[start] for start in sorted(self._made)]
        joined = "".join(chain.from_iterable(zip_longest(inert, meant, fillvalue="")))
        adapted = self.target.adapt(joined, linkified=self._linkify)
        return self._formulas.put_in(adapted, self.target.render)

    # What the rules use

    def report(self, code: str, position: int, **details: str) -> None:
        """Record a finding at a position of the body; Markdown made of org has none that anybody could look up."""
        if self.about.org is not None:
            place = (0, 0)
        else:
            line = bisect_right(self._line_starts, position)
            place = (line, position - self._line_starts[line - 1] + 1)
        self._log.add(code, line=place[0], column=place[1], **details)

    def cross_reference(self, name: str, anchor: str) -> CrossReference | None:
        """Return the link that `ref` makes, None when the site has no such page; "" names the page itself."""
        source = self.about.names().find(name, self.about.path, self.about.language)
        if source is None:
            return None
        address = self.link(f"/{source}")
        return None if address == f"/{source}" else CrossReference(address, anchor)

    # One kind of construct each

    def shortcode(self, construct: Construct) -> None:
        """Put what a built-in shortcode means in its place; any other stays visible."""
        name = f"{{{{< {construct.name} >}}}}"
        if construct.name in self.about.enclosing and not is_closed(self.text, construct):
            self.report("HC313", construct.start, detail=f"{name} is not closed")
        if self._regions.code_at(construct.start):
            self.report("HC307", construct.start, name=name, detail="kept as text, because it stands in code")
            return
        built_in = RULES.get(construct.name)
        rule = built_in or TEMPLATE_RULES.get(construct.name)
        neutral = rule(self, construct) if rule else None
        if isinstance(neutral, str):
            self._replace(construct.start, construct.end, neutral)
        elif neutral is not None:
            if isinstance(neutral, CrossReference) and self._linkify:
                neutral = replace(neutral, is_linked=self._regions.is_bare(construct, self._inner_end))
            self._render(construct.start, construct.end, neutral)
        elif built_in or construct.kind == "inline" or not self._call_template(construct):
            self.report("HC301", construct.start, name=construct.name)
            self._keep_visible(construct)

    def _call_template(self, construct: Construct) -> bool:
        """Call the target's template of a shortcode's name around what it encloses; false when it cannot be called."""
        is_markdown = self.text.startswith("{{%", construct.start)
        encloses = is_closed(self.text, construct)
        call = TemplateCall(construct.name, construct.arguments, "whole", 0, is_markdown)
        opening = closing = ""
        if encloses:
            self._calls += 1
            opening, closing = (
                self.target.render(replace(call, part=part, number=self._calls)) for part in ("opening", "closing")
            )
        whole = "" if encloses else self.target.render(call)
        if not (whole or (opening and closing)):
            return False
        if construct.inner_start < 0:
            made = whole or opening + closing
            self._put(construct.start, construct.end, in_place(self.text, construct.start, construct.end, made))
        else:
            self._put(construct.start, construct.inner_start, opening)
            self._put(construct.inner_end, construct.end, closing)
        if construct.name not in self._called and construct.name not in TEMPLATES:
            self.report("HC340", construct.start, name=construct.name)
        if construct.name not in TEMPLATES and self._regions.is_in_address(construct.start, construct.end):
            detail = "no address comes of it before its template is written"
            self.report("HC307", construct.start, name=construct.name, detail=detail)
        self._called.add(construct.name)
        return True

    def escaped(self, construct: Construct) -> None:
        """Show `{{</* x */>}}` as Hugo does: `{{< x >}}`."""
        opening = self.text[construct.start : construct.start + len("{{<")]
        closing = self.text[construct.end - len(">}}") : construct.end]
        inner = self.text[construct.inner_start : construct.inner_end]
        self._replace(construct.start, construct.end, f"{opening}{inner}{closing}")

    def divider(self, construct: Construct) -> None:
        """Keep the end of the summary."""
        self._render(construct.start, construct.end, SummaryDivider())

    def error(self, construct: Construct) -> None:
        """Say where Hugo stops; the text stays."""
        self.report("HC313", construct.start, detail=construct.arguments[0][1])

    def _keep_visible(self, construct: Construct) -> None:
        """Put a space where a tag would be one of HTML once Hugo does not take it out."""
        tags = [construct.start] if construct.inner_start < 0 else [construct.start, construct.inner_end]
        for start in tags:
            if self.text[start : start + 3] == "{{<" and re.match(r"[\w/]", self.text[start + 3 : start + 4]):
                self._edits.append(Edit(start + 3, start + 3, " "))

    # Code

    def _fences(self) -> None:
        """Write the fences with attributes (` ```go {linenos=true} `) as highlighted code, other fences stay."""
        for start, end in self._regions.code:
            if _DRAWN.match(self.text, start):
                self.report("HC342", start)
            opening = _FENCE.match(self.text, start)
            if opening is None:
                continue
            pairs = attributes(opening[4])
            lines, numbers, left_out = highlight_options(pairs)
            if left_out:
                self.report("HC307", start, name=f"{opening[2]}{opening[3]}", detail=f"left out: {', '.join(left_out)}")
            stands_alone = start == self._line_start(start) and not opening[1]
            if not stands_alone or not (lines or numbers):
                # Inside a list or a quotation the fence stays, for its lines have what belongs to those before them.
                self._replace(opening.end(3), opening.end(4) + len("}"), "")
                continue
            code = _FENCE_END.sub("", self.text[opening.end() : end].rstrip())
            code = _ESCAPED.sub(r"\1\2\3", code)
            end -= self.text.endswith("\n", start, end)
            self._render(start, end, Highlight(code, opening[3], lines, numbers))

    # Formulas

    def _take_formulas(self) -> None:
        """Take the formulas out of all that follows: they are no Markdown."""
        if self.about.markup != "markdown" or self.about.org is not None:
            return
        for start, end, formula in formulas(self.text, self.about.config, self._regions.code):
            if not self._is_taken(start, end) and not overlaps(start, end, self._regions.html_blocks):
                mark = self._formulas.take(start, end, formula)
                is_amid = formula.is_block and not (formula.is_paragraph or formula.in_words)
                self._replace(start, end, in_place(self.text, start, end, f"\n{mark}\n") if is_amid else mark)

    # Headings, blocks and links

    def _attributes(self) -> None:
        ids = HeadingIds(self.about.config)
        if self.about.markup != "markdown":
            return
        terms = self._terms() if self.about.org is None and terms_have_ids(self.about.config) else []
        if not (ids.are_own or self._formulas or terms or "{" in self.text):
            return
        found: list[markdown.Heading | Term] = [*markdown.headings(self.text, self._dialect.opaque(self.text)), *terms]
        for each in sorted(found, key=lambda each: each.start):
            if isinstance(each, Term):
                self._replace(each.start, each.start, f'<a id="{ids.id_of(each.words)}"></a>')
            else:
                self._heading_attributes(each, ids, are_shared=bool(terms))
        if self.about.config.value("markup.goldmark.parser.attribute.block") is True:
            for match in _ALONE.finditer(self.text):
                pairs = attributes(match[1])
                if pairs and not self._regions.code_at(match.start()) and not self._is_taken(*match.span()):
                    self._put(*match.span(), self.target.render(Attributes(pairs)).strip())

    def _terms(self) -> list[Term]:
        found = terms_in(markdown.events(self.text, self._dialect.opaque(self.text)))
        return [term for term in found if "{{" not in self.text[term.start :].partition("\n")[0]]

    def _heading_attributes(self, heading: markdown.Heading, ids: HeadingIds, *, are_shared: bool) -> None:
        """Take `{#id .class}` off a heading's last line of words and put the target's words for it where they go."""
        start, end = heading.start, heading.end
        block = self.text[start:end].rstrip()
        words = block if block.lstrip().startswith("#") else block.rpartition("\n")[0].rstrip()
        match = _AT_END.search(words)
        pairs = attributes(match[1]) if match else ()
        first, last = match.span() if match and pairs else (len(words), len(words))
        if written_id := dict(pairs).get("id"):
            ids.taken(written_id)
        elif (drawn := self._formulas.inside(start, end)) or ids.are_own or are_shared:
            named = _AT_END.sub("", heading.named) if pairs else heading.named
            for formula in drawn:
                named = named.replace(formula.written, "")
            identifier = ids.id_of(named)
            if drawn or ids.are_own or identifier != goldmark_id(named):
                pairs = (("id", identifier), *pairs)
        if not pairs or self._is_taken(start + first, start + last):
            return
        written = self.target.render(Attributes(pairs))
        line_start = self._line_start(start)
        before = re.sub(r"[^>\s]", " ", self.text[line_start:start])
        written = written.replace("\n", f"\n{before}")
        if "\n" not in written or len(words) == len(block):
            self._put(start + first, start + last, written)
        else:
            self._replace(start + first, start + last, "")
            self._put(start + len(block), start + len(block), written)

    def _notes(self) -> None:
        """Name a note that is cited more than once: its ways back have other anchors, and numbers, in each system."""
        cited: set[str] = set()
        for match in _CITED.finditer(self.text) if self.about.markup == "markdown" else ():
            if self._regions.code_at(match.start()):
                continue
            if match[1] in cited:
                self.report("HC307", match.start(), name=match[0], detail="cited again: its ways back differ")
                return
            cited.add(match[1])

    def _links(self) -> None:
        """Lead the links to pages that have moved to where they are now."""
        if self.about.markup not in ("markdown", "html"):
            return
        find = markdown.references if self.about.markup == "markdown" else markdown.html_references
        for mention in find(self.text, self._dialect.opaque(self.text)):
            if "{{" in self.text[mention.start : mention.end] or self._is_taken(mention.start, mention.end):
                continue
            if self._links_find_pages and mention.kind == "link" and is_refused(mention.target):
                detail = "Hugo shows #ZgotmplZ for an address of this kind, which leads nowhere"
                self.report("HC307", mention.start, name=mention.target, detail=detail)
            resource = self.about.resource(mention.target)
            if resource == "":
                self.report("HC343", mention.start, target=mention.target)
                continue
            if page := self._page_of_link(mention.target):
                if page != mention.target:
                    self._replace(mention.start, mention.end, mention.written(page))
                continue
            new = self.link(mention.target)
            if new == mention.target and resource is not None:
                new = resource
            if place_of(new) != place_of(mention.target):
                host = urlunsplit((*urlsplit(mention.target)[:2], "", "", ""))
                self._replace(mention.start, mention.end, mention.written(host + new))

    def _page_of_link(self, target: str) -> str:
        """Return the address of the page whose path a link is, where the site looks links up so; "" for others."""
        parts = urlsplit(target)
        if not parts.path or parts.scheme or parts.netloc or not self._links_find_pages:
            return ""
        source = self.about.names().page_at(unquote(parts.path), self.about.path, self.about.language)
        address = self.link(f"/{source}")
        if source is None or address == f"/{source}":
            return ""
        folder = urlsplit(self.about.config.base_url).path.rstrip("/")
        return urlunsplit(("", "", f"{folder}{address}", parts.query, parts.fragment))

    def _emoji(self) -> None:
        """Write `:smile:` as the character that it stands for, where the site turned that on: few targets read it."""
        if self.about.markup != "markdown" or self.about.config.value("enableEmoji") is not True:
            return
        if not _EMOJI.search(self.text):
            return
        import emoji

        words = [
            (start, end)
            for event, start, end in markdown.events(self.text, self._dialect.opaque(self.text))
            if "Text" in event and not self._regions.code_at(start)
        ]
        for match in _EMOJI.finditer(self.text):
            shown = emoji.emojize(match[0], language="alias")
            in_words = any(start <= match.start() and match.end() <= end for start, end in words)
            if shown != match[0] and in_words and not self._is_taken(*match.span()):
                self._replace(*match.span(), shown)

    @cached_property
    def _links_find_pages(self) -> bool:
        return self.about.org is None and links_find_pages(self.about.config)

    # Edits

    def _render(self, start: int, end: int, neutral: Neutral) -> None:
        if isinstance(neutral, Highlight):
            in_html = any(first <= start < last for first, last in self._regions.html_blocks)
            made = self.target.render(replace(neutral, in_html=in_html))
            self._put(start, end, in_place(self.text, start, end, made) if made.startswith("`") else made)
        else:
            self._put(start, end, self.target.render(neutral))

    def _put(self, start: int, end: int, made: str) -> None:
        """Put text of the target in the place of a span."""
        self._replace(start, end, self._stand_in)
        self._made[start] = made

    def _replace(self, start: int, end: int, text: str) -> None:
        """Put text in the place of a span; the target may have to make it inert."""
        self._edits.append(Edit(start, end, text))
        insort(self._taken, (start, end))

    def _is_taken(self, start: int, end: int) -> bool:
        index = bisect_right(self._taken, start, key=lambda span: span[0]) - 1
        if index >= 0 and start < self._taken[index][1]:
            return True
        return index + 1 < len(self._taken) and self._taken[index + 1][0] < end

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def _line_start(self, position: int) -> int:
        return self.text.rfind("\n", 0, position) + 1


_ESCAPED = re.compile(r"(\{\{[<%])/\*(.*?)\*/([>%]\}\})", re.DOTALL)

_CONVERSIONS: dict[str, Callable[[BodyTranslation, Construct], None]] = {
    "shortcode": BodyTranslation.shortcode,
    "inline": BodyTranslation.shortcode,
    "escaped": BodyTranslation.escaped,
    "divider": BodyTranslation.divider,
    "error": BodyTranslation.error,
}
