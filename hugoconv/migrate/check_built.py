"""Sites as their programs built them: is one whole, and does it have what an older one, or a source, has?"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote, unquote

from lxml.html import HtmlElement

from hugoconv.migrate.built import INDEX, BuiltSite
from hugoconv.migrate.compare import WORDS_SHOWN, Tally
from hugoconv.migrate.pages import PageContent, content, parsed
from hugoconv.migrate.prose import kind_of, missing_words, words
from hugoconv.model import Post, Site, SiteInfo
from hugoconv.report.findings import Findings
from hugoconv.urls import urlsplit
from hugoconv.visibility import shown_as

PAGES_REMEMBERED = 512
"""Of how many pages the anchors are remembered while others are read."""
FEW = 3
"""Of so few pages it cannot be said what belongs to the theme."""
_TARGETS = {
    "a": ("href",), "area": ("href",), "img": ("src", "srcset"), "source": ("src", "srcset"), "script": ("src",),
    "iframe": ("src",), "video": ("src", "poster"), "audio": ("src",), "embed": ("src",), "track": ("src",),
    "object": ("data",), "link": ("href",),
}  # fmt: skip
_SRCSET = re.compile(r"(?:^|,)\s*([^\s,]\S*[^\s,]|[^\s,])")
_HINTS = frozenset({"preconnect", "dns-prefetch", "canonical", "alternate", "edituri", "pingback"})
"""The relations of `link` elements that a browser does not follow to show the page."""
_TOP = frozenset({"", "top"})


# One site ------------------------------------------------------------------------------------------------------------


def check_built(site: BuiltSite, log: Findings) -> int:
    """Record what leads nowhere, and the addresses and titles that two pages have; returns how many pages there are."""

    @lru_cache(PAGES_REMEMBERED)
    def anchors(file: str) -> frozenset[str]:
        tree = parsed(site.text(file))
        return frozenset(tree.xpath("//@id | //a/@name")) if tree is not None else frozenset()

    addresses: dict[str, str] = {}
    titles: defaultdict[str, list[str]] = defaultdict(list)
    count = 0
    for page in site.pages:
        count += 1
        address = page.removesuffix(INDEX).removesuffix(".html").rstrip("/")
        if (other := addresses.setdefault(address, page)) != page:
            log.add("HC532", file=page, url=f"/{address}", other=other)
        tree = parsed(site.text(page))
        if tree is None:
            continue
        if not site.redirect(page):
            titles[" ".join(tree.xpath("string(//head/title)").split())].append(page)
        for line, url in _mentions(tree):
            if not site.is_own(url):
                continue
            file = site.file_of(url, page)
            if not file:
                log.add("HC401", file=page, line=line, target=url)
                continue
            anchor = unquote(urlsplit(url.strip()).fragment)
            end = site.answer(file) if anchor not in _TOP and file.endswith(".html") else ""
            if end and not anchor.startswith(":~:") and anchor not in anchors(end):
                log.add("HC530", file=page, line=line, target=url, anchor=anchor, page=end)
    for title, pages in titles.items():
        if title and len(pages) > 1:
            log.add("HC445", file=pages[0], title=title, count=len(pages), other=pages[1])
    return count


def _mentions(tree: HtmlElement) -> Iterator[tuple[int, str]]:
    """Yield the addresses on a page, each with its line."""
    for element in tree.iter(*_TARGETS):
        if element.tag == "link" and _HINTS & {*element.get("rel", "").lower().split()}:
            continue
        for name in _TARGETS[element.tag]:
            value = (element.get(name) or "").strip()
            for url in _SRCSET.findall(value) if name == "srcset" else [value]:
                if url:
                    yield element.sourceline or 0, url


# Two sites -----------------------------------------------------------------------------------------------------------


def compare_built(old: BuiltSite, new: BuiltSite, log: Findings) -> dict[str, Tally]:
    """Look in `new` for every file of `old`, and on its pages for the words, links and pictures of the old ones.

    What stands on every page of the old site belongs to its theme, and is not looked for.
    """
    tallies = {kind: Tally() for kind in ("pages", "files", "words", "links", "images")}
    pages = frozenset(old.pages)
    theme = _on_every_page(old)
    for name in sorted(old.files):
        tally = tallies["pages" if name in pages else "files"]
        tally.old += 1
        # Where the file was, a folder of its name may stand.
        answer = new.answer_to(name, old) or new.answer(new.file_of(f"/{quote(name)}"))
        if not answer:
            tally.missing += 1
            _report_unanswered(name, new, log)
        elif name in pages and not old.redirect(name):
            was = {kind: counter - theme[kind] for kind, counter in _counters(old, name, new).items()}
            _compare_page(name, was, _counters(new, answer, new), tallies, log)
    return tallies


def _report_unanswered(name: str, new: BuiltSite, log: Findings) -> None:
    if name in new.files:
        log.add("HC541", file=name, target=new.redirect(name))
    else:
        log.add("HC540", file=name, path=f"/{name.removesuffix(INDEX)}")


def _compare_page(
    page: str,
    was: dict[str, Counter[str]],
    now: dict[str, Counter[str]],
    tallies: dict[str, Tally],
    log: Findings,
) -> None:
    for kind, counter in was.items():
        missing = counter - now[kind]
        tallies[kind].old += counter.total()
        tallies[kind].missing += missing.total()
        if not missing:
            continue
        if kind == "words":
            _report_words(page, page, [*missing.elements()], log)
            continue
        for target in missing:
            log.add("HC535", file=page, target=target, old=f"/{page.removesuffix(INDEX)}")


def _report_words(file: str, old: str, missing: list[str], log: Findings) -> None:
    shown = ", ".join(repr(word) for word in missing[:WORDS_SHOWN]) + (" ..." if len(missing) > WORDS_SHOWN else "")
    log.add("HC534", file=file, count=len(missing), words=shown, old=old)


def _counters(site: BuiltSite, page: str, new: BuiltSite) -> dict[str, Counter[str]]:
    """Return what stands on a page; links and pictures by the file of the new site that a visitor ends at."""
    stands: PageContent = content(site.text(page), page)

    def ends(urls: Counter[str]) -> Counter[str]:
        found: Counter[str] = Counter()
        for url, count in urls.items():
            found[(new.answer(new.file_of(url)) if site.is_own(url) else "") or url] += count
        return found

    return {"words": stands.words, "links": ends(stands.links), "images": ends(stands.images)}


def _on_every_page(site: BuiltSite) -> dict[str, Counter[str]]:
    """Return what all pages of a site have in common; nothing when there are too few to say."""
    pages = [page for page in site.pages if not site.redirect(page)]
    common: dict[str, Counter[str]] = {kind: Counter() for kind in ("words", "links", "images")}
    for number, page in enumerate(pages if len(pages) > FEW else ()):
        stands = _counters(site, page, site)
        common = {kind: common[kind] & stands[kind] if number else stands[kind] for kind in common}
    return common


# A source and what was built -----------------------------------------------------------------------------------------


def compare_with_source(old: Site, new: BuiltSite, log: Findings) -> dict[str, Tally]:
    """Look in a built site for each public post of a source, at its address, and for the words of its text there."""
    tallies = {kind: Tally() for kind in ("posts", "words")}
    for post in old.posts:
        if post.unreadable or not post.address or not _is_built(post, old.info):
            continue
        tallies["posts"].old += 1
        answer = new.answer(new.file_of(post.address))
        if not answer:
            tallies["posts"].missing += 1
            log.add("HC540", file=post.source.label, path=post.address)
            continue
        missing = _missing_words(post, new.text(answer))
        tallies["words"].old += words(post.body.text, kind_of(post)).total()
        tallies["words"].missing += len(missing)
        if missing:
            _report_words(answer, post.source.label, missing, log)
    return tallies


def _is_built(post: Post, site: SiteInfo) -> bool:
    """Whether a program that builds the site today publishes the post."""
    return shown_as(post, site.zone, future=site.build_future) == "published"


def _missing_words(post: Post, page: str) -> list[str]:
    return missing_words(post.body.text, kind_of(post), page, "html")
