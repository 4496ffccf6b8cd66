#!/usr/bin/env python3
"""Convert sources to Hugo, build each with the real Hugo, and look for every page: prove_builds.py SOURCE...

A SOURCE is a WordPress export or a Jekyll site, or a folder of them. A page is there when Hugo wrote a file at the
address that the page had on the old site; pages whose address cannot be kept (HC502) are looked for by Hugo's own list.
Prints a row a source; exit code 1 when a build fails or a page is missing.
"""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from corpora import sources

import hugoconv
from hugoconv.errors import HugoconvError


@dataclass(frozen=True)
class Row:
    """What became of one source."""

    name: str
    posts: int = 0
    failed: int = 0
    findings: int = 0
    build: int = 0
    missing: list[str] = field(default_factory=list)
    error: str = ""


def hugo(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the real Hugo, which the test requirements install."""
    binary = shutil.which("hugo", path=sysconfig.get_path("scripts")) or "hugo"
    return subprocess.run([binary, *arguments], capture_output=True, text=True, check=False)


def prove(source: Path) -> Row:
    """Convert, build and compare one source."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        try:
            report = hugoconv.convert(source, site, to="hugo")
        except HugoconvError as error:
            return Row(source.name, error=str(error))
        built = hugo("--source", str(site), "--quiet", "-D", "-F", "-E")
        files = {str(path.relative_to(site / "public")) for path in (site / "public").rglob("*") if path.is_file()}
        moved = {(finding.file, finding.line) for finding in report.findings if finding.code in ("HC502", "HC607")}
        missing = []
        for post in hugoconv.read(source, stream=True).posts:
            is_moved = (post.source.name, post.source.line) in moved
            if post.address and not is_moved and not _is_there(post.address, files):
                missing.append(f"{post.source.label} {post.address}")
        listed = list(csv.reader(io.StringIO(hugo("list", "all", "--source", str(site)).stdout)))[1:]
        written = [path for path in (site / "content").rglob("*") if path.is_file() and path.stem != "_index"]
        lost = {str(path.relative_to(site)) for path in written} - {row[0] for row in listed}
        return Row(
            source.name, report.posts, report.failed, len(report.findings), built.returncode, [*missing, *sorted(lost)]
        )


def _is_there(address: str, files: set[str]) -> bool:
    path = address.strip("/")
    return path in files or f"{path}/index.html".lstrip("/") in files


def main(arguments: list[str]) -> int:
    """Prove each source and print the table."""
    rows = [prove(source) for argument in arguments for source, _ in sources(Path(argument))]
    print(f"{'source':42} {'posts':>6} {'failed':>6} {'findings':>8} {'hugo':>5} {'missing':>7}")
    for row in rows:
        if row.error:
            print(f"{row.name[:42]:42} refused: {row.error}")
            continue
        counts = f"{row.posts:6,} {row.failed:6,} {row.findings:8,} {row.build:5} {len(row.missing):7,}"
        print(f"{row.name[:42]:42} {counts}")
        for name in row.missing[:10]:
            print(f"    {name}")
    bad = [row for row in rows if row.build or row.missing]
    posts = sum(row.posts for row in rows)
    print(f"{len(rows):,} sources, {posts:,} posts, {len(bad):,} with a failed build or a missing page")
    return 1 if bad or not rows else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
