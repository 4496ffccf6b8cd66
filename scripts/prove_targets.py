#!/usr/bin/env python3
"""Convert sites to every target and build them with its own generator: prove_targets.py [--to NAME,NAME] SITE...

A SITE is a Hugo site, a Jekyll site or an export, or a folder of such; of a large one `--limit` takes the first posts
only. Each row of the table says whether the build went through, how many of the old addresses of public posts, lists
and feeds have an answer (a page, or one that leads there), how many of the pictures and files that the pages name are
in the built site, and how many of a post's words are on its page; `-v` names what is missing. The generators are found
as the tests find them (scripts/test-builders); notes of plain Markdown are shown by a reader of GitHub's Markdown.
Exit code 1 when a build fails or an old address has no answer.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from builders import JUDGES
from corpora import sources

import hugoconv
from hugoconv.errors import HugoconvError
from hugoconv.markup import markdown
from hugoconv.markup.likeness import visible_words
from hugoconv.markup.render import to_html
from hugoconv.model import Post
from hugoconv.report.findings import Findings
from hugoconv.systems import exporters
from hugoconv.systems.markdown_site.dialect import SiteDialect
from hugoconv.systems.markdown_site.exporter import MarkdownSiteExporter
from hugoconv.systems.markdown_site.project import file_of
from hugoconv.visibility import shown_as


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
    words: int = 0
    kept: int = 0
    error: str = ""
    missing: list[str] = field(default_factory=list)


def prove(source: Path, target: str, folder: Path, limit: int) -> Row:
    """Convert and build one site, and look at every public post of it."""
    row = Row(source.name, target)
    try:
        # Pictures of collected sites are placeholders, at which a generator that reads pictures stops.
        to = exporters.get(target, scaffold=True, assets="static")
        hugoconv.convert(source, folder / "made", to=to, limit=limit, record=False)
        files = JUDGES[target].build(folder / "made")
    except (HugoconvError, AssertionError) as error:
        row.error = str(error).strip().splitlines()[-1][:90] if str(error).strip() else type(error).__name__
        return row
    site = hugoconv.read(source, stream=True)
    exporter = exporters.get(target)
    assert isinstance(exporter, MarkdownSiteExporter)
    for post in site.posts_again():
        if limit and post.number[0] >= limit:
            break
        status = shown_as(post, site.info.zone, future=site.info.build_future)
        if not post.unreadable and post.address and status == "published":
            _look_at(post, files, exporter, row)
    for page in site.lists() if exporter.table.publishes else ():
        for address in filter(None, (page.address, page.feed)):
            _ask_for(address, files, row)
    return row


def _ask_for(address: str, files: Mapping[str, bytes], row: Row) -> None:
    row.addresses += 1
    row.answered += file_of(address) in files
    if file_of(address) not in files:
        row.missing.append(f"address {address}")


def _look_at(post: Post, files: Mapping[str, bytes], exporter: MarkdownSiteExporter, row: Row) -> None:
    row.posts += 1
    for address in dict.fromkeys((post.address, *post.old_addresses)):
        if "?" in address:
            continue  # no static site can tell them apart
        _ask_for(address, files, row)
    page = files.get(file_of(exporter.table.address(post.address)))
    if page is None:
        return
    text = page.decode("utf-8", "replace")
    for mention in markdown.html_references(text):
        parts = urlsplit(mention.target)
        if mention.attribute == "src" and not parts.scheme and not parts.netloc and parts.path:
            _count_file(post, unquote(urljoin(post.address, parts.path)), files, row)
    wanted = Counter(_words_of(post, exporter))
    shown = Counter(visible_words(text))
    lost = wanted - shown
    row.words += wanted.total()
    row.kept += wanted.total() - lost.total()
    if lost.total() > wanted.total() / 100:
        row.missing.append(f"{post.address}: {lost.total()} words, such as {', '.join(list(lost)[:4])}")


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
    text = post.body.text
    if post.translate is not None:
        text = post.translate(text, SiteDialect(exporter.table), lambda url: url, Findings().at(""))
    if post.body.dialect.markup in ("markdown", "html"):
        yield from visible_words(to_html(text))


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
    heads = f"{'posts':>6} {'addresses':>10} {'answered':>9} {'files':>6} {'found %':>8} {'words %':>8}"
    print(f"{'site':28} {'target':9} {heads}")
    bad = False
    for source in (site for path in asked.sites for site, _ in sources(path)):
        for target in asked.to.split(","):
            with tempfile.TemporaryDirectory() as folder:
                row = prove(source, target, Path(folder), asked.limit)
            bad = bad or bool(row.error) or row.answered < row.addresses
            if row.error:
                print(f"{row.site[:28]:28} {target:9} {row.error}", flush=True)
                continue
            print(
                f"{row.site[:28]:28} {target:9} {row.posts:6,} {row.addresses:10,} {row.answered:9,} {row.files:6,} "
                f"{_percent(row.found, row.files):>8} {_percent(row.kept, row.words):>8}",
                flush=True,
            )
            for line in row.missing if asked.verbose else ():
                print(f"    {line}")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
