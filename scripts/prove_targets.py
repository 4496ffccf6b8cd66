#!/usr/bin/env python3
"""Convert sites to every target and build them with its own generator: prove_targets.py [--to NAME,NAME] SITE...

A SITE is a Hugo site, a Jekyll site or an export, or a folder of such; of a large one `--limit` takes the first posts
only, and does not ask for the lists and feeds of all. Each row of the table says whether the build went through, how
many of the old addresses of public posts, lists and feeds have an answer (a page, or one that leads there), how many of
the pictures and files that the pages name are in the built site, and how many of a post's words are on its page. "page
%" asks for the words that the old site's own program shows on that page with bare layouts (Hugo and Jekyll sites), of
the posts about whose text the conversion reported nothing; where the old program writes the numbers of lines beside
code, they are words of its page, which the report names as marked lines. `-v` names what is missing. The generators are
found as the tests find them (scripts/test-builders); notes of plain Markdown are shown by a reader of GitHub's
Markdown.
Exit code 1 when a build fails, an old address has no answer, a file is missing, or less than 99 % of the words are
there: of the page's where the old program makes one, else of the post's own.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from builders import JUDGES
from built_sites import BuildError
from corpora import sources
from prove_into_wordpress import BUILD, reported
from prove_sites import files_of

import hugoconv
from hugoconv.errors import HugoconvError
from hugoconv.markup import markdown
from hugoconv.markup.likeness import visible_words
from hugoconv.markup.render import to_html
from hugoconv.migrate.built import BuiltSite
from hugoconv.migrate.pages import NOT_RENDERED, content
from hugoconv.model import Post, Site
from hugoconv.report.findings import Findings
from hugoconv.report.report import Report
from hugoconv.systems import exporters
from hugoconv.systems.addresses import as_url, split_web
from hugoconv.systems.markdown_site.dialect import MARKED_LINES, SiteDialect
from hugoconv.systems.markdown_site.exporter import MarkdownSiteExporter
from hugoconv.systems.markdown_site.project import file_of
from hugoconv.visibility import shown_as

ENOUGH = 99.0
"""The share of the words, in percent, that must be there."""


@dataclass
class Words:
    """How many words were looked for, and how many are there."""

    wanted: int = 0
    kept: int = 0

    def add(self, wanted: Counter[str], shown: Counter[str]) -> list[str]:
        """Count a page's words; returns those that are lost, where they are more than one in a hundred."""
        lost = wanted - shown
        self.wanted += wanted.total()
        self.kept += wanted.total() - lost.total()
        return list(lost.elements()) if lost.total() > wanted.total() / 100 else []

    @property
    def percent(self) -> str:
        """The share, "-" of nothing."""
        return _percent(self.kept, self.wanted)

    @property
    def is_enough(self) -> bool:
        """Whether as many are there as must be."""
        return not self.wanted or 100 * self.kept / self.wanted >= ENOUGH


@dataclass
class Row:
    """What became of one site in one target; `error` says why there is nothing to look at."""

    site: str
    target: str
    posts: int = 0
    addresses: int = 0
    answered: int = 0
    files: int = 0
    found: int = 0
    words: Words = field(default_factory=Words)
    page_words: Words = field(default_factory=Words)
    error: str = ""
    missing: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether it builds, answers every old address and shows the words."""
        is_whole = not self.error and self.answered == self.addresses and self.found == self.files
        return is_whole and (self.page_words if self.page_words.wanted else self.words).is_enough


@dataclass(frozen=True)
class Old:
    """A source, read once for all its targets: its public posts, and what its own program makes of it."""

    source: Path
    site: Site
    posts: Sequence[Post]
    pages: BuiltSite | None
    error: str
    """Why there are no pages although the source is a site of a program."""

    @classmethod
    def of(cls, source: Path, system: str, folder: Path, limit: int) -> Old:
        """Read a source and build it below an empty folder."""
        site = hugoconv.read(source, stream=True)
        posts = []
        for post in site.posts_again():
            if limit and post.number[0] >= limit:
                break
            status = shown_as(post, site.info.zone, future=site.info.build_future)
            has_page = bool(post.address) or system not in BUILD  # exports have posts that only a query tells apart
            if not post.unreadable and has_page and status == "published":
                posts.append(post)
        try:
            if system in BUILD:
                BUILD[system](source, folder)
        except BuildError as error:
            return cls(source, site, posts, None, str(error))
        pages = BuiltSite(folder, urlsplit(site.info.base_url).path) if system in BUILD else None
        return cls(source, site, posts, pages, "")

    def words_of(self, post: Post) -> Counter[str]:
        """Return the words on a post's page, none where there is no page to read."""
        if self.pages is None:
            return Counter()
        page = next((file for file in files_of(post.address) if file in self.pages.files), "")
        text = self.pages.text(page) if page else ""
        return Counter() if not page or NOT_RENDERED in text else content(text, page).words


def prove(old: Old, target: str, folder: Path, limit: int) -> Row:
    """Convert and build one site below an empty folder, and look at every public post of it."""
    row = Row(old.source.name, target)
    try:
        # Pictures of collected sites are placeholders, at which a generator that reads pictures stops.
        to = exporters.get(target, scaffold=True, assets="static")
        report = hugoconv.convert(old.source, folder / "made", to=to, limit=limit, record=False)
        files = JUDGES[target].build(folder / "made")
    except (HugoconvError, AssertionError) as error:
        row.error = str(error).strip().splitlines()[-1][:90] if str(error).strip() else type(error).__name__
        return row
    exporter = exporters.get(target)
    assert isinstance(exporter, MarkdownSiteExporter)
    told = {*reported(report), *_numbered(report)}
    for post in old.posts:
        _look_at(post, files, exporter, row, old, told)
    for page in old.site.lists() if exporter.table.publishes and not limit else ():
        for address in filter(None, (page.address, page.feed)):
            _ask_for(address, files, row)
    return row


def _numbered(report: Report) -> Iterator[str]:
    """Yield the files of posts whose code had numbers of lines, by the findings that name these as lost."""
    for finding in report.findings:
        if finding.code == "HC681" and MARKED_LINES in finding.message:
            yield finding.file


def _ask_for(address: str, files: Mapping[str, bytes], row: Row) -> None:
    file = file_of(as_url(address))
    row.addresses += 1
    row.answered += file in files
    if file not in files:
        row.missing.append(f"address {address}")


def _look_at(
    post: Post,
    files: Mapping[str, bytes],
    exporter: MarkdownSiteExporter,
    row: Row,
    old: Old,
    told: Collection[str],
) -> None:
    row.posts += 1
    new = _new_address(post, exporter, old.site)
    for address in dict.fromkeys((post.address or new, *post.old_addresses)):
        if "?" in address and address != post.address:
            continue  # no static site can tell them apart
        _ask_for(address, files, row)
    page = files.get(file_of(new))
    if page is None:
        return
    text = page.decode("utf-8", "replace")
    for mention in markdown.html_references(text):
        parts = split_web(mention.target)
        if mention.attribute == "src" and parts and not parts.scheme and not parts.netloc and parts.path:
            _count_file(post, urljoin(post.address, parts.path), files, row)
    if lost := row.words.add(Counter(_words_of(post, exporter)), Counter(visible_words(text))):
        row.missing.append(f"{post.address}: {len(lost)} words, such as {', '.join(lost[:4])}")
    if post.source.name in told:
        return
    if lost := row.page_words.add(old.words_of(post), content(text, "").words):
        row.missing.append(f"{post.address}: {len(lost)} words of its page, such as {', '.join(lost[:6])}")


def _new_address(post: Post, exporter: MarkdownSiteExporter, site: Site) -> str:
    """Return where a post's page is now; one that only a query told apart gets an address of its own."""
    if post.address:
        return exporter.table.address(as_url(post.address))
    place = exporter.place(post, site.info)
    return place.url if exporter.table.publishes else quote(f"/{place.path.with_suffix('')}/".removesuffix("index/"))


def _count_file(post: Post, address: str, files: Mapping[str, bytes], row: Row) -> None:
    lead = post.resolve(address, "image") if post.resolve else None
    if lead is None or lead.kind != "file":
        return  # it was not there on the old site
    row.files += 1
    row.found += lead.address.lstrip("/") in files
    if lead.address.lstrip("/") not in files:
        row.missing.append(f"file {lead.address} of {post.address}")


def _words_of(post: Post, exporter: MarkdownSiteExporter) -> Iterator[str]:
    """Yield the words that a post's own text shows, its constructs as any of the targets has them."""
    text, markup = post.body.text, post.body.dialect.markup
    if post.translate is not None:
        text = post.translate(text, SiteDialect(exporter.table), lambda url: url, Findings().at(""))
        markup = post.translate.markup
    if markup in ("markdown", "html"):
        yield from visible_words(to_html(text) if markup == "markdown" else text)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}" if whole else "-"


def main(arguments: Sequence[str]) -> int:
    """Prove each site in each target and print a line for it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--to", default=",".join(name for name in JUDGES if JUDGES[name].is_here))
    parser.add_argument("--limit", type=int, default=0, help="how many posts of each site, 0 for all")
    parser.add_argument("-v", action="store_true", dest="verbose")
    parser.add_argument("sites", nargs="+", type=Path)
    asked = parser.parse_args(arguments)
    heads = f"{'posts':>6} {'addresses':>10} {'answered':>9} {'files':>6} {'found %':>8} {'words %':>8} {'page %':>8}"
    print(f"{'site':28} {'target':9} {heads}")
    good: list[bool] = []
    for source, system in (found for path in asked.sites for found in sources(path)):
        with tempfile.TemporaryDirectory() as folder:
            try:
                old = Old.of(source, system, Path(folder) / "old", asked.limit)
            except HugoconvError as error:
                print(f"{source.name[:28]:28} {'':9} {str(error).splitlines()[0][:90]}", flush=True)
                continue  # a file that holds no post is no site to build
            if old.error:
                print(f"{source.name[:28]:28} its own program stops: {old.error}", flush=True)
            for target in asked.to.split(","):
                with tempfile.TemporaryDirectory() as made:
                    row = prove(old, target, Path(made), asked.limit)
                good.append(row.is_good)
                _print(row, everything=asked.verbose)
    print(f"{len(good):,} rows, {good.count(False):,} of them with something missing")
    return 0 if good and all(good) else 1


def _print(row: Row, *, everything: bool) -> None:
    start = f"{row.site[:28]:28} {row.target:9}"
    if row.error:
        print(f"{start} {row.error}", flush=True)
        return
    shares = f"{_percent(row.found, row.files):>8} {row.words.percent:>8} {row.page_words.percent:>8}"
    print(
        f"{start} {row.posts:6,} {row.addresses:10,} {row.answered:9,} {row.files:6,} {shares}",
        flush=True,
    )
    for line in row.missing if everything else ():
        print(f"    {line}")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
