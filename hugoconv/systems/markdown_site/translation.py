"""A Markdown body of these systems for another one: tags become what they mean, links lead to where things are now."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, zip_longest
from typing import Any, ClassVar
from urllib.parse import quote, unquote

from hugoconv.edits import Edit, apply
from hugoconv.markup import markdown
from hugoconv.markup.constructs import Construct, Neutral, SummaryDivider, TargetDialect
from hugoconv.model import Lead, Resolve
from hugoconv.report.findings import PlacedFindings
from hugoconv.systems.addresses import split_web
from hugoconv.systems.markdown_site.reading import MarkdownDialect, opaque
from hugoconv.systems.references import bare_address

_BEFORE_BLOCK = re.compile(r"[ \t>]*")


@dataclass(frozen=True)
class MarkdownTranslation:
    """A body's translation, with the answers where its mentions lead; `address` is its page's.

    `values` is the post's front matter; `titles` gives the title of a page by its address, `text_of` the text of a file
    of the project by its path.
    """

    dialect: MarkdownDialect
    address: str
    resolve: Resolve = field(repr=False)
    values: Mapping[str, Any] = field(default_factory=dict, repr=False)
    titles: Callable[[], Mapping[str, str]] = field(default=dict, repr=False)
    text_of: Callable[[str], str | None] = field(default=lambda path: None, repr=False)
    markup: ClassVar[str] = "markdown"

    def __call__(self, text: str, target: TargetDialect, link: Callable[[str], str], log: PlacedFindings) -> str:
        """See `model.Translate`."""
        return _BodyTranslation(text, self, target, link, log).made()

    def template_calls(self, text: str) -> Mapping[str, bool]:
        """See `model.Translate`."""
        return {}


class _BodyTranslation:
    """One body on its way: the target's own text is cut out, the rest made inert, then both are joined."""

    def __init__(
        self,
        text: str,
        about: MarkdownTranslation,
        target: TargetDialect,
        link: Callable[[str], str],
        log: PlacedFindings,
    ) -> None:
        self.text = text
        self.about = about
        self.target = target
        self.link = link
        self._log = log
        self._made: list[str] = []
        self._stand_in = next(character for character in map(chr, range(0xE000, 0xF900)) if character not in text)
        self._constructs = about.dialect.scan(text)
        self._mentions = markdown.references(text, opaque(self._constructs))

    def made(self) -> str:
        """Return the body as text of the target."""
        inert = self.target.escape(self.between(0, len(self.text))).split(self._stand_in)
        made = "".join(chain.from_iterable(zip_longest(inert, self._made, fillvalue="")))
        return self.target.adapt(made, linkified=self.about.dialect.links_bare)

    def between(self, start: int, end: int) -> str:
        """Return a part of the body with its constructs replaced, its mentions led on."""
        edits: list[Edit] = []
        position = start
        index = bisect_right(self._constructs, start - 1, key=lambda construct: construct.start)
        for construct in self._constructs[index:]:
            if construct.start >= end:
                break
            if construct.start < position:
                continue  # what encloses it has shown it
            edits += self._edits(construct)
            position = edits[-1].end if edits else position
        for mention in self._mentions:
            new = self._new(mention.target, mention.kind)
            is_here = start <= mention.start and mention.end <= end
            if is_here and new != mention.target and not any(each.start <= mention.start < each.end for each in edits):
                edits.append(Edit(mention.start, mention.end, mention.written(new)))
        return apply(self.text[start:end], [Edit(each.start - start, each.end - start, each.text) for each in edits])

    def as_written(self, start: int, end: int) -> str:
        """Return a part of the body as the template language gives it on, where it runs nothing."""
        shown = [each for each in self._constructs if each.kind == "shown" and start <= each.start and each.end <= end]
        edits = (edit for construct in shown for edit in self._edits(construct))
        return apply(self.text[start:end], [Edit(each.start - start, each.end - start, each.text) for each in edits])

    def _edits(self, construct: Construct) -> list[Edit]:
        """Return the edits for a construct; none where it stays, so that what it encloses is looked at."""
        match construct.kind:
            case "wikilink":
                return [Edit(construct.start, construct.end, self._linked(construct))]
            case "divider":
                return [self._put(construct, self.target.render(SummaryDivider()))]
            case "comment":
                return [Edit(construct.start, construct.end, "")]
            case "shown":
                inner = self.text[construct.inner_start : construct.inner_end]
                around = construct.argument("opening"), construct.argument("closing")
                return [Edit(construct.start, construct.end, inner.join(around))]
        return self._tag(construct)

    def _tag(self, construct: Construct) -> list[Edit]:
        language = self.about.dialect.tags
        assert language is not None, "only a template language has tags"
        call = TagCall(self, construct)
        before = len(self._made)
        is_output = construct.kind == "output"
        rule = language.rules.get(construct.name) if not is_output else None
        shown = rule(call) if rule else language.output(call, construct.name) if is_output else None
        if isinstance(shown, str):
            return [Edit(construct.start, construct.end, self._below(construct, shown))]
        if shown is not None:
            return [self._put(construct, self.target.render(shown))]
        del self._made[before:]
        self.report("HC301", construct, name=language.spelled(construct))
        source = self.text[construct.start : construct.end]
        kept = language.kept(source)
        return [Edit(construct.start, construct.end, kept)] if kept != source else []

    def _put(self, construct: Construct, made: str) -> Edit:
        """Put text of the target in the place of a construct."""
        return Edit(construct.start, construct.end, self.stand_in(construct, made))

    def stand_in(self, construct: Construct, made: str) -> str:
        """Return what stands for a text of the target until the rest of the body is inert."""
        self._made.append(self._below(construct, made))
        return self._stand_in

    def _below(self, construct: Construct, text: str) -> str:
        """Return a text whose further lines begin as the line of its construct does."""
        line = self.text[self.text.rfind("\n", 0, construct.start) + 1 : construct.start]
        before = _BEFORE_BLOCK.match(line)
        return text.replace("\n", f"\n{before[0]}") if before else text

    def report(self, code: str, construct: Construct, **details: str) -> None:
        """Record a finding at a construct."""
        line = bisect_right(self._line_starts, construct.start)
        self._log.add(code, line=line, column=construct.start - self._line_starts[line - 1] + 1, **details)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    # Where mentions lead

    def _linked(self, construct: Construct) -> str:
        """Return a wikilink as a link or picture of Markdown."""
        name, anchor, label = (construct.argument(each) for each in ("name", "anchor", "label"))
        lead = self.about.resolve(name, "page") if name else Lead("page", self.about.address)
        where = self.led(lead) if lead.found and lead.kind != "elsewhere" else quote(name)
        where += f"#{quote(anchor.strip().lower().replace(' ', '-'))}" if anchor else ""
        shown = label or (f"{name} > {anchor}" if name and anchor else name or anchor)
        is_picture = bool(construct.argument("embed")) and lead.kind == "file"
        return f"{'!' if is_picture else ''}[{'' if is_picture and not label else shown}]({where})"

    def _new(self, written: str, kind: str) -> str:
        parts = split_web(written) if "{" not in written else None
        if parts is None:
            return written
        return self.new_address(written, kind) if parts.path or parts.netloc else written

    def new_address(self, written: str, kind: str) -> str:
        """Return how the new page names what the old one calls so."""
        parts = split_web(written)
        moved = self.link(written)
        if moved != written or parts is None or parts.netloc:
            return moved
        lead = self.about.resolve(written, kind)
        if lead.kind not in ("page", "file"):
            return written
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        is_by_address = unquote(parts.path) in (lead.address, f"{lead.address}/")
        return written if is_by_address else self.led(lead) + fragment

    def led(self, lead: Lead) -> str:
        """Return the address of what a mention leads to; what is beside the page by its name."""
        new = self.link(lead.address)
        folder = self.about.address.rpartition("/")[0] + "/"
        is_beside = lead.kind == "file" and folder != "/" and new.startswith(folder)
        return quote(new[len(folder) :] if is_beside else new, safe="/#?=&%:@!$'()*+,;~")


@dataclass(frozen=True)
class TagCall:
    """One tag of a body; see `tags.Call`."""

    body: _BodyTranslation
    construct: Construct

    @property
    def words(self) -> list[str]:
        """See `tags.Call`."""
        return [value for name, value in self.construct.arguments if not name]

    @property
    def named(self) -> dict[str, str]:
        """See `tags.Call`."""
        return {name: value for name, value in self.construct.arguments if name}

    @property
    def source(self) -> str:
        """See `tags.Call`."""
        return self.body.as_written(self.construct.inner_start, self.construct.inner_end) if self.closes else ""

    @property
    def closes(self) -> bool:
        """See `tags.Call`."""
        return self.construct.inner_start >= 0

    def inner(self) -> str:
        """See `tags.Call`."""
        return self.body.between(self.construct.inner_start, self.construct.inner_end) if self.closes else ""

    def rendered(self, neutral: Neutral) -> str:
        """See `tags.Call`."""
        return self.body.stand_in(self.construct, self.body.target.render(neutral))

    def page(self, name: str) -> tuple[str, str]:
        """See `tags.Call`."""
        name, _, anchor = name.partition("#")
        lead = self.body.about.resolve(name, "page")
        if lead.kind != "page":
            return "", ""
        title = self.body.about.titles().get(bare_address(lead.address), "")
        return self.body.led(lead) + (f"#{anchor}" if anchor else ""), title

    def file(self, name: str) -> str:
        """See `tags.Call`."""
        return self.body.new_address(name, "image")

    def has_file(self, name: str) -> bool:
        """See `tags.Call`."""
        return self.body.about.resolve(name, "image").kind == "file"

    def text_of(self, path: str) -> str | None:
        """See `tags.Call`."""
        return self.body.about.text_of(path)

    def value(self, name: str) -> str | None:
        """See `tags.Call`."""
        value = self.body.about.values.get(name)
        return str(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else None

    def leave_out(self, names: Sequence[str]) -> None:
        """See `tags.Call`."""
        if names:
            language = self.body.about.dialect.tags
            name = language.spelled(self.construct) if language else self.construct.name
            self.body.report("HC307", self.construct, name=name, detail=f"left out: {', '.join(names)}")
