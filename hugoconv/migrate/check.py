"""Is a site whole, and did everything of the site it was made from arrive?"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from hugoconv.api import read
from hugoconv.migrate.built import BuiltSite, is_built
from hugoconv.migrate.check_built import check_built, compare_built, compare_with_source
from hugoconv.migrate.check_site import check_old_host, check_site, host_of
from hugoconv.migrate.compare import Comparison, Tally
from hugoconv.model import Site
from hugoconv.report.codes import SEVERITIES
from hugoconv.report.findings import Finding, Findings

KNOWN_BY_BYTES = frozenset({"HC101", "HC201"})
"""Findings about posts that cannot be read but are carried, and found again, byte for byte."""


@dataclass(slots=True)
class CheckResult:
    """What a check found; `posts` and `files` count what was looked at, of the older site when there is one.

    `unit` is what `posts` counts: "post", or "page" of a site that was built.
    """

    site: str
    against: str = ""
    posts: int = 0
    files: int = 0
    findings: Findings = field(default_factory=Findings)
    compared: dict[str, Tally] = field(default_factory=dict)
    """Of two sites: how much of each kind the old one has, and how much of it the new one lacks."""
    unit: str = "post"

    @property
    def errors(self) -> list[Finding]:
        """The findings that are errors: each is something lost or unreadable."""
        return [finding for finding in self.findings if finding.severity == "error"]

    @property
    def exit_code(self) -> int:
        """0 when nothing was found but information, else 1."""
        return 1 if any(finding.severity != "info" for finding in self.findings) else 0

    def summary(self) -> str:
        """Return one line: what was looked at and what was found."""
        what = f"{self.posts:,} {self.unit}{'s' * (self.posts != 1)}" + (
            f" and {self.files:,} files" if self.against else ""
        )
        where = f"{self.against} looked for in {self.site}" if self.against else f"{self.site} looked at"
        counts = Counter(finding.severity for finding in self.findings)
        found = [f"{counts[name]:,} {name}{'s' * (counts[name] != 1)}" for name in SEVERITIES[:2] if counts[name]]
        return f"{what} of {where}: {', '.join(found) or 'nothing is missing'}"

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values, as `hugoconv check --json` gives it."""
        return {
            "site": self.site,
            "against": self.against,
            "posts": self.posts,
            "files": self.files,
            "exit_code": self.exit_code,
            "compared": {name: asdict(tally) for name, tally in self.compared.items()},
            "findings": [finding_values(finding) for finding in self.findings],
        }

    def __str__(self) -> str:
        return self.summary()


def finding_values(finding: Finding) -> dict[str, Any]:
    """Return a finding as plain values, for JSON."""
    return {**asdict(finding), "severity": finding.severity, "remedy": finding.remedy}


def check(new: str | Path | Site, against: str | Path | Site | None = None) -> CheckResult:
    """Check a site, given as its folder or as it was read; UsageError or SourceError when one cannot be read.

    Alone: front matter that its system cannot read, mentions of files, pages and anchors that lead nowhere, addresses
    that two pages want. `against` the site it was made from: every post of that has its counterpart here, with the same
    title, date, status, terms and URLs (or an alias), every word, every link and picture, and every file of that is
    somewhere here; what the report of the move named already is information only. A folder
    that its program built (`public/`, `_site/`) is looked at as it is: alone; against another one, of which every file
    must be there or lead on, and every page's words, links and pictures stand on the page that answers; or against a
    source, of which every public post must be at its address with its words.
    """
    result = CheckResult(_name(new), _name(against) if against is not None else "")
    if not isinstance(new, Site) and is_built(Path(new)):
        return _check_built(BuiltSite(Path(new)), against, result)
    site = _site(new, result.findings)
    if against is not None:
        old_log = Findings()
        comparison = Comparison(_site(against, old_log), site, result.findings)
        comparison.run()
        result.compared = comparison.tallies
        result.posts, result.files = comparison.tallies["posts"].old, comparison.tallies["files"].old
        if (host := host_of(comparison.old.info.base_url)) and host != host_of(site.info.base_url):
            check_old_host(site, host, result.findings)
        result.findings.extend(each for each in old_log if each.severity == "error" and each.code not in KNOWN_BY_BYTES)
        return result
    result.posts = check_site(site, result.findings)
    return result


def _check_built(new: BuiltSite, against: str | Path | Site | None, result: CheckResult) -> CheckResult:
    if against is None:
        result.unit = "page"
        result.posts = check_built(new, result.findings)
    elif not isinstance(against, Site) and is_built(Path(against)):
        result.unit = "page"
        result.compared = compare_built(BuiltSite(Path(against)), new, result.findings)
        result.posts, result.files = result.compared["pages"].old, result.compared["files"].old
    else:
        result.compared = compare_with_source(_site(against, Findings()), new, result.findings)
        result.posts = result.compared["posts"].old
    return result


def _name(site: str | Path | Site) -> str:
    return str(site.root if isinstance(site, Site) else site)


def _site(given: str | Path | Site, log: Findings) -> Site:
    return given if isinstance(given, Site) else read(given, stream=True, log=log)
