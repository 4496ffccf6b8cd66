#!/usr/bin/env python3
"""Dump sites to JSONL and compare what comes back: prove_jsonl.py SITE...

Each dump is read and dumped again, which must give the same bytes, and converted back: a Hugo or Jekyll site must be
the site it was, file by file; a WordPress export must become the Hugo site that it becomes directly. Exit code 1 when
a byte differs.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from corpora import sources
from prove_identity import digests

import hugoconv


def prove(source: Path, folder: Path) -> tuple[int, int, list[str]]:
    """Return how many lines and files were compared, and the names of those that differ."""
    first, second = folder / "first", folder / "second"
    report = hugoconv.convert(source, first / "posts.jsonl", to="jsonl")
    hugoconv.convert(first / "posts.jsonl", second / "posts.jsonl", to="jsonl")
    system = report.from_name
    target = "hugo" if system == "wordpress" else system
    hugoconv.convert(first / "posts.jsonl", folder / "back", to=target)
    was = source
    if system == "wordpress":
        was = folder / "direct"
        hugoconv.convert(source, was, to=target)
    lines = (first / "posts.jsonl").read_bytes().count(b"\n")
    differing = [f"dump: {name}" for name in _differing(first, second)]
    differing += [f"{target}: {name}" for name in _differing(was, folder / "back")]
    return lines, len(digests(was)), differing


def _differing(one: Path, other: Path) -> list[str]:
    old, new = ({name: what for name, what in digests(each).items() if not _is_a_note(name)} for each in (one, other))
    return sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))


def _is_a_note(name: str) -> bool:
    """Whether a file says what a run found: more in a damaged export than in the dump of what could be read of it."""
    return name.partition("/")[0].endswith(".hugoconv")


def main(arguments: Sequence[str]) -> int:
    """Prove each site and print a line for it."""
    bad = False
    print(f"{'site':30} {'posts':>7} {'files':>7} {'differ':>7}")
    for source in (source for argument in arguments for source, _ in sources(Path(argument))):
        with tempfile.TemporaryDirectory() as folder:
            lines, files, differing = prove(source, Path(folder))
        print(f"{source.name[:30]:30} {lines:7,} {files:7,} {len(differing):7,}")
        for name in differing[:5]:
            print(f"    {name}")
        bad = bad or bool(differing)
    return 1 if bad or not arguments else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
