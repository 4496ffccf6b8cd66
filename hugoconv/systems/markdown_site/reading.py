"""Bodies of these systems as they are read: Markdown, the end of a summary, links between files, and wikilinks."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import unquote

from hugoconv.markup import markdown
from hugoconv.markup.constructs import Construct
from hugoconv.model import Lead, Resolve, SpanLike
from hugoconv.systems.addresses import split_web
from hugoconv.systems.markdown_site.tags import TagLanguage

_WIKILINK = re.compile(
    r"(?P<embed>!?)\[\[(?P<name>[^\[\]|#\n]*)(?:#(?P<anchor>[^\[\]|\n]*))?(?:\|(?P<label>[^\[\]\n]*))?\]\]"
)


@dataclass(frozen=True, slots=True)
class MarkdownDialect:
    """A Markdown body of a system; `divider` is what ends its summary, `wikilinks` whether `[[x]]` is a link.

    `tags` is the template language that is run over it, None for none; `links_bare` whether bare addresses are links.
    """

    system: str
    divider: str = "<!--more-->"
    wikilinks: bool = False
    tags: TagLanguage | None = None
    links_bare: bool = True
    markup: ClassVar[str] = "markdown"

    @property
    def name(self) -> str:
        """The system's name."""
        return self.system

    def scan(self, text: str) -> list[Construct]:
        """Return the end of the summary, wikilinks and tags, in written order; a pair before what it encloses."""
        found: list[Construct] = self.tags.constructs(text) if self.tags else []
        code = markdown.code_regions(text) if self.divider in text or "[[" in text else []
        start = text.find(self.divider)
        if start >= 0 and not _within(start, code):
            found.append(Construct("more", "divider", start, start + len(self.divider)))
        for match in _WIKILINK.finditer(text) if self.wikilinks else ():
            if not _within(match.start(), code):
                arguments = tuple((name, match[name] or "") for name in ("name", "anchor", "label", "embed"))
                found.append(Construct(match["name"], "wikilink", match.start(), match.end(), arguments))
        return sorted(found, key=lambda construct: (construct.start, -construct.end))

    def references(self, text: str) -> Sequence[SpanLike]:
        """Return the mentions of files and pages, in written order."""
        constructs = self.scan(text)
        found: list[SpanLike] = list(markdown.references(text, opaque(constructs)))
        found += [_Wikilink(each) for each in constructs if each.kind == "wikilink"]
        found += self.tags.mentions(text) if self.tags else ()
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


def opaque(constructs: Sequence[Construct]) -> list[tuple[int, int]]:
    """Return the spans of the tags, not of what they enclose."""
    spans: list[tuple[int, int]] = []
    for each in constructs:
        if each.kind not in ("tag", "output", "comment", "shown"):
            continue
        if each.inner_start < 0 or each.kind == "shown":
            spans.append((each.start, each.end))
        else:
            spans += [(each.start, each.inner_start), (each.inner_end, each.end)]
    return sorted(spans)


def _within(position: int, spans: Sequence[tuple[int, int]]) -> bool:
    index = bisect_right(spans, position, key=lambda span: span[0]) - 1
    return index >= 0 and position < spans[index][1]


@dataclass(frozen=True)
class FileResolver:
    """Answers for one file where its mentions lead: by paths from its folder, by note names, then by addresses.

    `pages` and `files` give the address of each file by its path, `named` what a note calls by a name alone;
    `content` is the folder that `@/` stands for, `root` a further one from which paths may start.
    """

    path: str
    pages: Callable[[], Mapping[str, str]]
    files: Callable[[], Mapping[str, str]]
    named: Callable[[str, str], Lead | None]
    by_address: Resolve
    content: str = ""
    root: str = ""

    def __call__(self, target: str, kind: str = "link") -> Lead:
        """See `model.Resolve`."""
        target = target.removeprefix("{attach}").removeprefix("{static}").removeprefix("{filename}")
        parts = split_web(target)
        if parts is not None and not parts.scheme and not parts.netloc and parts.path:
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
        if path.startswith("@/"):  # from the folder of all content
            path = f"/{self.content}/{path[2:]}"
        for base in (folder, "", self.root):
            whole = posixpath.normpath(posixpath.join(base, path.lstrip("/"))) if path else ""
            for name in (whole, f"{whole}.md"):
                if name in self.pages():
                    return Lead("page", self.pages()[name], anchor)
            if whole in self.files():
                return Lead("file", self.files()[whole], anchor)
        return None
