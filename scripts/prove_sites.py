#!/usr/bin/env python3
"""Convert sites, build old and new with the real programs, and compare every page: prove_sites.py [-v] SITE...

A SITE is a Jekyll site (becomes Hugo) or a Hugo site (becomes Jekyll), or a folder of them. Both are built with bare
layouts, so that a page is its content. The table says how many of the old pages have an answer at their address, how
many of the words, headings' ids, links and pictures are the same, the same of the words on pages about which the
conversion had nothing to report, and for a Jekyll site what `hugo import jekyll` makes of it. -v names the pages.
Exit code 1 when a build fails or an old page has no answer.
"""

from __future__ import annotations

import sys
import tempfile
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

import hugoconv
from hugoconv.errors import HugoconvError
from hugoconv.migrate.built import INDEX, BuiltSite
from hugoconv.migrate.pages import KINDS, PageComparison, compare
from hugoconv.report.report import Report
from hugoconv.systems import detect

BUILD_OLD: dict[str, Callable[[Path, Path], list[str] | None]] = {"jekyll": build_jekyll, "hugo": build_old_hugo}
BUILD_NEW = {"jekyll": build_made_jekyll, "hugo": build_hugo}
OTHER = {"jekyll": "hugo", "hugo": "jekyll"}
SURE = 50
"""A folder that looks less than this like a site is taken for a folder of sites."""
ABOUT_TEXT = "HC3"
"""The family of findings about what the text of a page lost."""


@dataclass(frozen=True)
class Row:
    """What became of one site; `error` says why there is nothing to compare."""

    name: str
    way: str
    error: str = ""
    all_pages: PageComparison = field(default_factory=PageComparison)
    unreported: PageComparison = field(default_factory=PageComparison)
    broken: list[str] = field(default_factory=list)
    """The old pages at which their own program stops, so that there is nothing to compare."""

    @property
    def is_good(self) -> bool:
        """Whether both sites were built and every old page has an answer."""
        return not self.error and not self.all_pages.unanswered


def sites(path: Path) -> Iterator[tuple[Path, str]]:
    """Yield the Jekyll and Hugo sites that a path names, with their system."""
    for each in (path, *sorted(path.iterdir())) if path.is_dir() else ():
        try:
            system, match = detect(each)
        except HugoconvError:
            continue
        if system in OTHER and match.score >= SURE:
            yield each, system
            if each == path:
                return


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
        one, other = BuiltSite(old, base_path), BuiltSite(new, base_path)
        reported = _reported_pages(site, report) if isinstance(report, Report) else set()
        unreported = compare(one, other, _other_than(reported))
        yield Row(site.name, way, "", compare(one, other), unreported, broken)


def _other_than(pages: set[str]) -> Callable[[str], bool]:
    return lambda page: page not in pages


def _convert(site: Path, target: Path) -> Report:
    return hugoconv.convert(site, target, to=OTHER[hugoconv.detect(site)])


def _reported_pages(site: Path, report: Report) -> set[str]:
    """Return the files of the pages about whose text the conversion had something to say."""
    sources = {
        finding.file
        for finding in report.findings
        if finding.code.startswith(ABOUT_TEXT) and finding.severity != "info"
    }
    addresses = (post.address for post in hugoconv.read(site, stream=True).posts if post.source.name in sources)
    return {file_of(address) for address in addresses if address}


def file_of(address: str) -> str:
    """Return the file that a site's program writes for an address."""
    path = unquote(urlsplit(address).path).lstrip("/")
    return f"{path}{INDEX}" if not path or path.endswith("/") else path


def _print(row: Row, everything: bool) -> None:
    start = f"{row.name[:24]:24} {row.way:11}"
    if row.error:
        print(f"{start} does not build: {row.error}")
        return
    result = row.all_pages
    percents = "".join(f" {result.shares[kind].percent:7.2f}" for kind in KINDS)
    print(f"{start} {result.pages:6,} {result.answered:8.2f}{percents} {row.unreported.shares['words'].percent:7.2f}")
    if row.way == "hugo import":
        return
    limit = None if everything else 5
    for page in row.broken:
        print(f"    Hugo stops at the old page: {page}")
    for label, pages in (("no answer", result.unanswered), ("not compared", result.not_rendered)):
        for page in pages[:limit]:
            print(f"    {label}: {page}")
    for kind in KINDS if everything else ():
        for page in row.unreported.different[kind]:
            print(f"    {kind} differ: {page}")


def main(arguments: Sequence[str]) -> int:
    """Prove each site and print the table."""
    everything = "-v" in arguments
    print(
        f"{'site':24} {'way':11} {'pages':>6} {'answered':>8} {' '.join(f'{kind:>7}' for kind in KINDS)} {'words*':>7}"
    )
    good: list[bool] = []
    for path in (Path(argument) for argument in arguments if argument != "-v"):
        for site, system in sites(path):
            with tempfile.TemporaryDirectory() as folder:
                for row in prove(site, system, Path(folder)):
                    _print(row, everything)
                    if row.way != "hugo import":
                        good.append(row.is_good)
    print(f"{len(good):,} sites, {good.count(False):,} with a failed build or an old page without an answer")
    print("in percent; words*: on pages about whose text the conversion had nothing to report")
    return 0 if good and all(good) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
