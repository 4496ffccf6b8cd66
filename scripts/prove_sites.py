#!/usr/bin/env python3
"""Convert sites, build old and new with the real programs, and compare every page: prove_sites.py [-v] SITE...

A SITE is a Jekyll site (becomes Hugo) or a Hugo site (becomes Jekyll), or a folder of them. Both are built with bare
layouts, so that a page is its content. The table says how many of the old pages have an answer at their address, and
how many of the words, headings' ids, links and pictures are the same. Behind each of these shares, after a slash, stand
the pages that show something otherwise without a finding that says so. The last columns are what
`hugoconv check NEW --against OLD` says of the two trees: the files of the old one, feeds and site maps too, and after
the slash those that the new one neither has nor leads on from, and no finding names. For a Jekyll site it also says
what `hugo import jekyll` makes of it. -v names the pages, --markdown prints the table for the documentation.
Exit code 1 when a build fails, an old page or file has no answer, or a page is otherwise without a finding.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from built_sites import (
    BuildError,
    build_hugo,
    build_jekyll,
    build_made_jekyll,
    build_old_hugo,
    import_with_hugo,
)
from corpora import sources

import hugoconv
from hugoconv.errors import HugoconvError
from hugoconv.migrate.built import INDEX, BuiltSite
from hugoconv.migrate.check import check
from hugoconv.migrate.pages import KINDS, PageComparison, compare
from hugoconv.report.report import Report

BUILD_OLD: dict[str, Callable[..., list[str] | None]] = {"jekyll": build_jekyll, "hugo": build_old_hugo}
BUILD_NEW = {"jekyll": build_made_jekyll, "hugo": build_hugo}
OTHER = {"jekyll": "hugo", "hugo": "jekyll"}
EXPLAINED_BY: dict[str, tuple[str, ...]] = {
    "words": ("HC3",),
    "ids": ("HC3",),
    "links": ("HC3", "HC4", "HC5"),
    "images": ("HC3", "HC4", "HC5"),
}
"""The families of findings that can explain why a page shows something otherwise."""
LOST = frozenset({"HC540", "HC541"})
"""What a check of two built trees calls a file of the old one that the new one does not answer."""


@dataclass(frozen=True)
class Row:
    """What became of one site; `error` says why there is nothing to compare."""

    name: str
    way: str
    error: str = ""
    all_pages: PageComparison = field(default_factory=PageComparison)
    unnamed: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    """The pages on which something differs without a finding, by kind."""
    named: Counter[str] = field(default_factory=Counter)
    """How many pages on which something differs each finding explains."""
    files: int = 0
    """How many files the old site has, pages and all others."""
    lost: list[str] = field(default_factory=list)
    """Those of them that the new site does not answer, and no finding names."""
    broken: list[str] = field(default_factory=list)
    """The old pages at which their own program stops, so that there is nothing to compare."""

    @property
    def is_good(self) -> bool:
        """Whether both sites were built, every old page has an answer, and findings name what is otherwise."""
        return not (self.error or self.all_pages.unanswered or self.lost or any(self.unnamed.values()))


def prove(site: Path, system: str, folder: Path) -> Iterator[Row]:
    """Convert, build and compare one site below an empty folder; a Jekyll site with Hugo's own import too."""
    old = folder / "old"
    ways: list[tuple[str, Callable[[Path, Path], object]]] = [("hugoconv", _convert)]
    if system == "jekyll":
        ways.append(("hugo import", import_with_hugo))
    try:
        broken = BUILD_OLD[system](site, old) or []
    except BuildError as error:
        yield Row(site.name, system, f"the site itself: {error}")
        return
    for number, (way, make) in enumerate(ways):
        source, new = folder / f"source-{number}", folder / f"new-{number}"
        try:
            report = make(site, source)
            BUILD_NEW[OTHER[system]](source, new)
        except (BuildError, HugoconvError) as error:
            yield Row(site.name, way, str(error))
            continue
        base_path = urlsplit(hugoconv.read(site, stream=True).info.base_url).path
        result = compare(BuiltSite(old, base_path), BuiltSite(new, base_path))
        named = {kind: _named_pages(site, report, EXPLAINED_BY[kind]) for kind in KINDS}
        unnamed = {kind: [page for page in result.different[kind] if page not in named[kind]] for kind in KINDS}
        explained = {
            (page, code) for kind in KINDS for page in result.different[kind] for code in named[kind].get(page, ())
        }
        codes = Counter(code for _, code in explained)
        files, lost = _lost(old, new, report)
        yield Row(site.name, way, "", result, unnamed, codes, files, lost, broken)


def _convert(site: Path, target: Path) -> Report:
    return hugoconv.convert(site, target, to=OTHER[hugoconv.detect(site)])


def _named_pages(site: Path, report: object, families: tuple[str, ...]) -> dict[str, set[str]]:
    """Return the files of the pages that findings of these families are about, with the codes."""
    if not isinstance(report, Report):
        return {}
    said: dict[str, set[str]] = {}
    for found in report.findings:
        if found.code.startswith(families) and found.severity != "info":
            for name in found.files or (found.file,):
                said.setdefault(name, set()).add(found.code)
    posts = hugoconv.read(site, stream=True).posts
    return {
        file_of(post.address): said[post.source.name] for post in posts if post.address and post.source.name in said
    }


def _lost(old: Path, new: Path, report: object) -> tuple[int, list[str]]:
    """Return how many files an old tree has, and those that the new one does not answer and no finding names.

    A finding names the source, which may end otherwise (`main.scss` becomes `main.css` and `main.css.map`).
    """
    checked = check(new, old)
    said = "\n".join(map(str, report.findings)) if isinstance(report, Report) else ""
    unanswered = [finding.file for finding in checked.findings if finding.code in LOST]
    lost = [file for file in unanswered if not _named(file, said)]
    return sum(checked.compared[kind].old for kind in ("pages", "files")), lost


def _named(file: str, said: str) -> bool:
    """Whether findings speak of a file of this name, whatever it ends in; a dot may be the first sign of the name."""
    start = re.match(r"\.?[^.]*", Path(file).name)
    name = str(Path(file).parent / (start[0] if start else ""))
    return re.search(rf"(?<![\w/.-]){re.escape(name)}(?![\w/-])", said) is not None


def file_of(address: str) -> str:
    """Return the file that a site's program writes for an address."""
    return _file(unquote(urlsplit(address).path))


def files_of(address: str) -> Iterator[str]:
    """Yield the files that it may write: in some systems an address is encoded, in others it is a file's name."""
    yield from dict.fromkeys((_file(address), file_of(address)))


def _file(path: str) -> str:
    path = path.lstrip("/")
    return f"{path}{INDEX}" if not path or path.endswith("/") else path


def _print(row: Row, everything: bool) -> None:
    start = f"{row.name[:24]:24} {row.way:11}"
    if row.error:
        print(f"{start} does not build: {row.error}")
        return
    result = row.all_pages
    shares = "".join(f" {result.shares[kind].percent:7.2f}/{len(row.unnamed[kind]):<3}" for kind in KINDS)
    print(f"{start} {result.pages:6,} {result.answered:8.2f}{shares} {row.files:7,}/{len(row.lost)}")
    if row.way == "hugo import":
        return
    limit = None if everything else 5
    for code, count in row.named.most_common():
        print(f"    {code} explains what is otherwise on {count:,} pages")
    for page in row.broken:
        print(f"    Hugo stops at the old page: {page}")
    for label, pages in (("no answer", result.unanswered), ("not compared", result.not_rendered)):
        for page in pages[:limit]:
            print(f"    {label}: {page}")
    for file in row.lost[:limit]:
        print(f"    no answer to the file: {file}")
    for kind in KINDS:
        for page in row.unnamed[kind][:limit]:
            print(f"    {kind} differ: {page}")


def _in_markdown(row: Row) -> str:
    """Return a row of the table for the documentation."""
    if row.error:
        reason = row.error.removeprefix("ERROR ").partition(": see ")[0]  # a file of the copy that was built
        cells = [f"does not build: {reason}", *[""] * (len(KINDS) + 3)]
    else:
        result = row.all_pages
        shares = (f"{result.shares[kind].percent:.2f} / {len(row.unnamed[kind])}" for kind in KINDS)
        cells = [f"{result.pages:,}", f"{result.answered:.2f}", *shares, f"{row.files:,} / {len(row.lost)}"]
        cells.append(", ".join(f"{code} ({count:,})" for code, count in row.named.most_common()))
    return "| " + " | ".join([row.name, row.way, *cells]) + " |"


def main(arguments: Sequence[str]) -> int:
    """Prove each site and print the table."""
    everything, for_docs = "-v" in arguments, "--markdown" in arguments
    kinds = " ".join(f"{kind:>7}    " for kind in KINDS)
    print(f"{'site':24} {'way':11} {'pages':>6} {'answered':>8} {kinds} {'files':>7}")
    good: list[bool] = []
    rows: list[Row] = []
    for path in (Path(argument) for argument in arguments if not argument.startswith("-")):
        for site, system in sources(path, *OTHER):
            with tempfile.TemporaryDirectory() as folder:
                for row in prove(site, system, Path(folder)):
                    _print(row, everything)
                    rows.append(row)
                    if row.way != "hugo import":
                        good.append(row.is_good)
    print(
        f"{len(good):,} sites, {good.count(False):,} with a failed build, a page without an answer or without a finding"
    )
    print("in percent; after the slash: pages that show something otherwise, and no finding says so")
    if for_docs:
        print(f"\n| site | by | pages | answered | {' | '.join(KINDS)} | files | named by (pages) |")
        print(f"|---|---|--:|--:|{'--:|' * len(KINDS)}--:|---|")
        print("\n".join(map(_in_markdown, rows)))
    return 0 if good and all(good) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
