"""What readers see on the pages of two built sites, and how much of it is the same."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import html as lxml_html

from hugoconv.migrate.built import INDEX, BuiltSite
from hugoconv.urls import urljoin, urlsplit

NOT_RENDERED = "<!-- not rendered -->"
"""What a page says that the old program could not render without its plug-ins."""

_WORD = re.compile(r"\w+")
_NOT_IN_TREES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Control characters, which browsers pass over and lxml's trees cannot hold when they are changed."""
_SILENT = ("script", "style", "template", "noscript")
_INLINE = frozenset(
    {"a", "abbr", "b", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "s", "small", "span", "strong", "sub",
     "sup", "tt", "u", "var"}
)  # fmt: skip
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, slots=True)
class PageContent:
    """What stands on a page: its words, its headings' ids, and where its links and pictures lead."""

    words: Counter[str]
    ids: Counter[str]
    links: Counter[str]
    images: Counter[str]


KINDS = ("words", "ids", "links", "images")


@dataclass(slots=True)
class Share:
    """How many of so many things are the same."""

    same: int = 0
    total: int = 0

    def add(self, old: Counter[str], new: Counter[str]) -> bool:
        """Count what two pages have in common out of what either has; returns whether they are equal."""
        same = (old & new).total()
        self.same += same
        self.total += (old | new).total()
        return old == new

    @property
    def percent(self) -> float:
        """The share in percent; 100 of nothing."""
        return 100 * self.same / self.total if self.total else 100.0


@dataclass(slots=True)
class PageComparison:
    """An old and a new built site: pages answered, and the shares of what stands on them."""

    pages: int = 0
    unanswered: list[str] = field(default_factory=list)
    not_rendered: list[str] = field(default_factory=list)
    shares: dict[str, Share] = field(default_factory=lambda: {kind: Share() for kind in KINDS})
    different: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    """The pages on which something is not the same, by kind."""

    @property
    def answered(self) -> float:
        """The share of the old pages that the new site has, or leads on from, in percent."""
        return 100 * (self.pages - len(self.unanswered)) / self.pages if self.pages else 100.0


def compare(old: BuiltSite, new: BuiltSite) -> PageComparison:
    """Compare every page of `old` with the page that a visitor of the same address sees in `new`.

    A page without an answer counts with all that stood on it.
    """
    result = PageComparison()
    for page in old.pages:
        result.pages += 1
        file = new.answer_to(page, old)
        if not file:
            result.unanswered.append(page)
        if old.redirect(page):
            continue
        text = old.text(page)
        if NOT_RENDERED in text:
            result.not_rendered.append(page)
            continue
        was = content(text, page, old.base_path)
        now = content(new.text(file) if file else "", file, new.base_path)
        for kind in KINDS:
            if not result.shares[kind].add(getattr(was, kind), getattr(now, kind)):
                result.different[kind].append(page)
    return result


def content(text: str, page: str, base_path: str = "") -> PageContent:
    """Return what stands on a page; `page` is its file, `base_path` the path of the site's address."""
    tree = parsed(text)
    if tree is None:
        return PageContent(Counter(), Counter(), Counter(), Counter())
    for element in [*tree.iter(*_SILENT)]:
        element.drop_tree()
    for comment in [*tree.iter(lxml_html.etree.Comment)]:
        comment.drop_tree()
    words = unicodedata.normalize("NFC", "".join(_texts(tree)))

    def where(url: str) -> str:
        return _where(url, page, base_path)

    return PageContent(
        words=Counter(_WORD.findall(words)),
        ids=Counter(element.get("id", "") for element in tree.iter(*_HEADINGS)),
        links=Counter(where(element.get("href")) for element in tree.iter("a") if element.get("href")),
        images=Counter(where(element.get("src")) for element in tree.iter("img") if element.get("src")),
    )


def _texts(tree: lxml_html.HtmlElement) -> Iterator[str]:
    """Yield what is written on a page, a space wherever an element is not part of a line of text."""
    for event, element in lxml_html.etree.iterwalk(tree, ("start", "end")):
        if element.tag not in _INLINE:
            yield " "
        yield (element.text if event == "start" else element.tail) or ""


def parsed(text: str) -> lxml_html.HtmlElement | None:
    """Return a page as a tree, None when there is nothing on it."""
    try:
        tree: lxml_html.HtmlElement = lxml_html.document_fromstring(
            _NOT_IN_TREES.sub("", text).encode("utf-8", "surrogatepass"),
            parser=lxml_html.HTMLParser(encoding="utf-8", huge_tree=True),
        )
    except lxml_html.etree.ParserError:  # nothing but white space
        return None
    return tree


def _where(url: str, page: str, base_path: str) -> str:
    """Return where a URL on a page leads, in one spelling."""
    parts = urlsplit(urljoin(f"{base_path}/{page}", url.strip()))
    path = unquote(parts.path).removesuffix(INDEX) if not parts.netloc else unquote(parts.path)
    host = f"{parts.scheme}://{parts.netloc}" if parts.netloc else f"{parts.scheme}:" * bool(parts.scheme)
    query = f"?{unquote(parts.query)}" if parts.query else ""
    fragment = f"#{unquote(parts.fragment)}" if parts.fragment else ""
    return host + path + query + fragment
