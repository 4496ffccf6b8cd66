"""Is a site whole, and did everything of the site it was made from arrive?"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hugoconv.api import read
from hugoconv.fields import FieldError
from hugoconv.migrate.counterparts import PostSummary, counterparts, differences, summary_of
from hugoconv.model import Post, Role, Site
from hugoconv.report.codes import SEVERITIES
from hugoconv.report.findings import Finding, Findings

CARRIED: frozenset[Role] = frozenset({"static", "media"})
"""The roles of files that visitors see as they are, so that every one of them must arrive."""


@dataclass(slots=True)
class CheckResult:
    """What a check found; `posts` and `files` count what was looked at, of the older site when there is one."""

    site: str
    against: str = ""
    posts: int = 0
    files: int = 0
    findings: Findings = field(default_factory=Findings)

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
        what = f"{self.posts:,} posts" + (f" and {self.files:,} files" if self.against else "")
        looked = f"{what} of {self.against} looked for in {self.site}" if self.against else f"{what} of {self.site} looked at"
        counts = Counter(finding.severity for finding in self.findings)
        found = [f"{counts[name]:,} {name}{'s' * (counts[name] != 1)}" for name in SEVERITIES[:2] if counts[name]]
        return f"{looked}: {', '.join(found) or 'nothing is missing'}"

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values, as `hugoconv check --json` gives it."""
        return {
            "site": self.site,
            "against": self.against,
            "posts": self.posts,
            "files": self.files,
            "exit_code": self.exit_code,
            "findings": [
                {
                    "code": finding.code,
                    "severity": finding.severity,
                    "file": finding.file,
                    "line": finding.line,
                    "column": finding.column,
                    "message": finding.message,
                    "remedy": finding.remedy,
                }
                for finding in self.findings
            ],
        }

    def __str__(self) -> str:
        return self.summary()


def check(new: str | Path | Site, against: str | Path | Site | None = None) -> CheckResult:
    """Check a site, given as its folder or as it was read; UsageError or SourceError when one cannot be read.

    Alone: front matter that its system cannot read, and mentions of files and pages that lead nowhere. `against` the
    site it was made from: every post of that has its counterpart here, with the same title, date, status, terms and
    URLs (or an alias), no text that shrank to less than half, and every file of that is somewhere here.
    """
    result = CheckResult(_name(new), _name(against) if against is not None else "")
    site = _site(new, result.findings)
    if against is None:
        for post in site.posts:
            result.posts += 1
            _check_fields(post, result.findings)
            _check_references(post, result.findings)
        return result
    _compare(_site(against, old_log := Findings()), site, result)
    result.findings.extend(finding for finding in old_log if finding.severity == "error" and finding.code not in BY_BYTES)
    return result


def _compare(old: Site, new: Site, result: CheckResult) -> None:
    posts, unreadable = _summaries(old)
    result.posts = len(posts) + len(unreadable)
    arrived, carried = _summaries(new)
    for post, counterpart in counterparts(posts, arrived):
        differences(post, counterpart, result.findings)
    files = _FilesByContent([*(asset.source for asset in new.assets), *(post.source.path for post in carried if post.source.path)])
    for asset in old.assets:
        if asset.role in CARRIED:
            result.files += 1
            if not files.holds(asset.source.stat().st_size, lambda path=asset.source: _digest(path)):  # type: ignore[misc]
                result.findings.add("HC410", file=str(asset.path), path=asset.path)
    for post in unreadable:
        raw = post.source.raw or b""
        if not files.holds(len(raw), lambda: hashlib.sha256(raw).digest()):
            result.findings.add("HC410", file=post.source.label, path=post.source.name)


def _name(site: str | Path | Site) -> str:
    return str(site.root if isinstance(site, Site) else site)


def _site(given: str | Path | Site, log: Findings) -> Site:
    return given if isinstance(given, Site) else read(given, stream=True, log=log)


def _check_fields(post: Post, log: Findings) -> None:
    if post.unreadable:
        return  # reading it said why
    for name in post.keys.names():
        try:
            post.keys.read(post.front_matter, name)
        except FieldError as error:
            key, _, detail = str(error).partition(": ")
            log.add("HC213", file=post.source.label, key=key, detail=detail)


def _check_references(post: Post, log: Findings) -> None:
    for reference in post.references:
        if not reference.found:
            line = post.body.line + post.body.text.count("\n", 0, reference.start)
            log.add("HC401", file=post.source.name, line=line, target=reference.target)


def _check_files(old: Site, new: Site, unreadable: Iterable[tuple[str, bytes]], result: CheckResult) -> None:
    """Every file of the old site must be somewhere in the new one, known by its bytes; sizes save most of the reading."""
    by_size: dict[int, list[Path]] = defaultdict(list)
    for path in _files(new):
        by_size[path.stat().st_size].append(path)
    digests: dict[int, set[bytes]] = {}

    def is_there(size: int, digest: bytes) -> bool:
        if size not in digests:
            digests[size] = {_digest(path) for path in by_size.get(size, ())}
        return digest in digests[size]

    for asset in old.assets:
        if asset.role in CARRIED:
            result.files += 1
            size = asset.source.stat().st_size
            if size not in by_size or not is_there(size, _digest(asset.source)):
                result.findings.add("HC410", file=str(asset.path), path=asset.path)
    for name, raw in unreadable:
        if not is_there(len(raw), hashlib.sha256(raw).digest()):
            result.findings.add("HC410", file=name, path=name)


def _files(site: Site) -> Iterator[Path]:
    """Yield all files of a site, those too that are not among its posts and assets because they cannot be read."""
    yield from (asset.source for asset in site.assets)
    yield from (post.source.path for post in site.posts if post.unreadable and post.source.path is not None)


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
