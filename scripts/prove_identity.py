#!/usr/bin/env python3
"""Copy whole sites, and single files, within their own system and compare every byte: prove_identity.py FOLDER...

Each FOLDER is a Hugo or Jekyll site, a post, or a folder of sites. Prints a row a site; exit code 1 if a byte differs.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from corpora import named_files, sources

import hugoconv

SYSTEMS = ("hugo", "jekyll")
NOT_COMPARED = {".git", ".hugoconv", ".jekyll-cache"}


@dataclass(frozen=True)
class Row:
    """How one site came through: `posts` and `files` compared, `different` not equal, `findings` of the run."""

    name: str
    system: str
    posts: int
    files: int
    different: list[str]
    findings: int


def digests(root: Path) -> dict[str, str]:
    """Return the digest of each file below a folder, or of a single file; caches and the like do not count."""
    if root.is_file():
        return {root.name: _digest(root)}
    files = (path for path in root.rglob("*") if path.is_file() and not NOT_COMPARED & set(path.parts))
    return {str(path.relative_to(root)): _digest(path) for path in files}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def prove(source: Path, system: str) -> Row:
    """Convert `source` to its own system and compare what was written with what was read."""
    with tempfile.TemporaryDirectory() as folder:
        destination = Path(folder) / "copy"
        report = hugoconv.convert(source, destination, from_=system, to=system)
        old, new = digests(source), digests(destination)
        different = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
        return Row(source.name, system, report.posts, len(old), different, len(report.findings))


def main(arguments: list[str]) -> int:
    """Prove each folder and print the table."""
    named = (find(Path(name), *SYSTEMS) for name in arguments for find in (sources, named_files))
    rows = [prove(source, system) for found in named for source, system in found]
    print(f"{'site':50} {'system':10} {'posts':>6} {'files':>6} {'differ':>6} {'findings':>8}")
    for row in rows:
        print(
            f"{row.name[:50]:50} {row.system:10} {row.posts:6,} {row.files:6,} "
            f"{len(row.different):6,} {row.findings:8,}"
        )
        for name in row.different[:10]:
            print(f"    {name}")
    files, different = sum(row.files for row in rows), sum(len(row.different) for row in rows)
    print(f"{len(rows):,} sites and posts, {files:,} files compared, {different:,} differ")
    return 1 if different or not rows else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
