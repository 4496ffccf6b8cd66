"""Bodies of these systems as they are read: Markdown, the end of a summary, links between files, and wikilinks."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar
from urllib.parse import quote, unquote, urlsplit

from hugoconv.edits import Edit, apply
from hugoconv.markup import markdown
from hugoconv.markup.constructs import Construct, SummaryDivider, TargetDialect
from hugoconv.model import Lead, Resolve, SpanLike
from hugoconv.report.findings import PlacedFindings

_WIKILINK = re.compile(
    r"(?P<embed>!?)\[\[(?P<name>[^\[\]|#\n]*)(?:#(?P<anchor>[^\[\]|\n]*))?(?:\|(?P<label>[^\[\]\n]*))?\]\]"
)


@dataclass(frozen=True, slots=True)
class MarkdownDialect:
    """A Markdown body of a system; `divider` is what ends its summary, `wikilinks` whether `[[x]]` is a link."""

    system: str
    divider: str = "<!--more-->"
    wikilinks: bool = False
    markup: ClassVar[str] = "markdown"

    @property
    def name(self) -> str:
        """The system's name."""
        return self.system

    def scan(self, text: str) -> list[Construct]:
        """Return the end of the summary and the wikilinks, in written order."""
        found: list[Construct] = []
        code = markdown.code_regions(text) if self.divider in text or "[[" in text else []
        start = text.find(self.divider)
        if start >= 0 and not _within(start, code):
            found.append(Construct("more", "divider", start, start + len(self.divider)))
        for match in _WIKILINK.finditer(text) if self.wikilinks else ():
            if not _within(match.start(), code):
                arguments = tuple((name, match[name] or "") for name in ("name", "anchor", "label", "embed"))
                found.append(Construct(match["name"], "wikilink", match.start(), match.end(), arguments))
        return sorted(found, key=lambda construct: construct.start)

    def references(self, text: str) -> Sequence[SpanLike]:
        """Return the mentions of files and pages, in written order."""
        found: list[SpanLike] = list(markdown.references(text))
        found += [_Wikilink(each) for each in self.scan(text) if each.kind == "wikilink"]
        return sorted(found, key=lambda reference: reference.start)


@dataclass(frozen=True, slots=True)
class _Wikilink:
    """A wikilink as a mention."""

    construct: Construct

    @property
    def kind(self) -> str:
        return "page"

    @property
    def start(self) -> int:
        return self.construct.start

    @property
    def end(self) -> int:
        return self.construct.end

    @property
    def target(self) -> str:
        return self.construct.name


def _within(position: int, spans: Sequence[tuple[int, int]]) -> bool:
    index = bisect_right(spans, position, key=lambda span: span[0]) - 1
    return index >= 0 and position < spans[index][1]


@dataclass(frozen=True)
class FileResolver:
    """Answers for one file where its mentions lead: by paths from its folder, by note names, then by addresses.

    `pages` and `files` give the address of each file by its path, `named` what a note calls by a name alone.
    """

    path: str
    pages: Callable[[], Mapping[str, str]]
    files: Callable[[], Mapping[str, str]]
    named: Callable[[str, str], Lead | None]
    by_address: Resolve

    def __call__(self, target: str, kind: str = "link") -> Lead:
        """See `model.Resolve`."""
        target = target.removeprefix("{attach}").removeprefix("{static}").removeprefix("{filename}")
        parts = urlsplit(target)
        if not parts.scheme and not parts.netloc and parts.path:
            found = self._by_path(unquote(parts.path), unquote(parts.fragment))
            if found is not None:
                return found
            named = self.named(unquote(parts.path).strip(), unquote(parts.fragment)) if kind == "page" else None
            if named is not None:
                return named
        return self.by_address(target, kind)

    def near(self, target: str) -> str:
        """See `model.Resolve`."""
        return self.by_address.near(target)

    def _by_path(self, path: str, anchor: str) -> Lead | None:
        folder = posixpath.dirname(self.path)
        for base in (folder, ""):
            whole = posixpath.normpath(posixpath.join(base, path.lstrip("/"))) if path else ""
            for name in (whole, f"{whole}.md"):
                if name in self.pages():
                    return Lead("page", self.pages()[name], anchor)
            if whole in self.files():
                return Lead("file", self.files()[whole], anchor)
        return None


@dataclass(frozen=True)
class MarkdownTranslation:
    """A body's translation, with the answers where its mentions lead; `address` is its page's."""

    dialect: MarkdownDialect
    address: str
    resolve: Resolve = field(repr=False)
    markup: ClassVar[str] = "markdown"

    def __call__(self, text: str, target: TargetDialect, link: Callable[[str], str], log: PlacedFindings) -> str:
        """See `model.Translate`."""
        edits: list[Edit] = []
        made: dict[str, str] = {}
        stand_ins = (character for character in map(chr, range(0xE000, 0xF900)) if character not in text)
        for construct in self.dialect.scan(text):
            if construct.kind == "wikilink":
                edits.append(Edit(construct.start, construct.end, self._linked(construct, link)))
                continue
            stand_in = next(stand_ins)
            made[stand_in] = target.render(SummaryDivider())
            edits.append(Edit(construct.start, construct.end, stand_in))
        for mention in markdown.references(text):
            new = self._new(mention.target, mention.kind, link)
            if new != mention.target and not any(edit.start <= mention.start < edit.end for edit in edits):
                edits.append(Edit(mention.start, mention.end, mention.written(new)))
        inert = target.escape(apply(text, edits))
        for stand_in, text_of in made.items():
            inert = inert.replace(stand_in, text_of)
        return target.adapt(inert)

    def template_calls(self, text: str) -> frozenset[str]:
        """See `model.Translate`."""
        return frozenset()

    def _linked(self, construct: Construct, link: Callable[[str], str]) -> str:
        """Return a wikilink as a link or picture of Markdown."""
        name, anchor, label = (construct.argument(each) for each in ("name", "anchor", "label"))
        lead = self.resolve(name, "page") if name else Lead("page", self.address)
        where = self._led(lead, link) if lead.found and lead.kind != "elsewhere" else quote(name)
        where += f"#{quote(anchor.strip().lower().replace(' ', '-'))}" if anchor else ""
        shown = label or (f"{name} > {anchor}" if name and anchor else name or anchor)
        is_picture = bool(construct.argument("embed")) and lead.kind == "file"
        return f"{'!' if is_picture else ''}[{'' if is_picture and not label else shown}]({where})"

    def _new(self, written: str, kind: str, link: Callable[[str], str]) -> str:
        parts = urlsplit(written)
        if (parts.scheme and parts.scheme not in ("http", "https")) or (not parts.path and not parts.netloc):
            return written
        moved = link(written)
        if moved != written or parts.netloc:
            return moved
        lead = self.resolve(written, kind)
        if lead.kind not in ("page", "file"):
            return written
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        is_by_address = unquote(parts.path) in (lead.address, f"{lead.address}/")
        return written if is_by_address else self._led(lead, link) + fragment

    def _led(self, lead: Lead, link: Callable[[str], str]) -> str:
        """Return the address of what a mention leads to; what is beside the page by its name."""
        new = link(lead.address)
        folder = self.address.rpartition("/")[0] + "/"
        is_beside = lead.kind == "file" and folder != "/" and new.startswith(folder)
        return quote(new[len(folder) :] if is_beside else new, safe="/#?=&%:@!$'()*+,;~")
