#!/usr/bin/env python3
"""Move sites, and check each new one against the old one: prove_checks.py SOURCE... [--to NAME,NAME]

A SOURCE is a site, an export, or a folder of them. Each is converted to every system named (default: Hugo and Jekyll;
`jekyll+hugo` moves on from one to the next, such as there and back), then `check NEW --against OLD` must find nothing
missing but what the reports of the moves name. Prints a row a move; exit code 1 when something is missing that no
report names.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from corpora import sources

import hugoconv
from hugoconv.errors import HugoconvError
from hugoconv.migrate.check import check
from hugoconv.migrate.manifest import FINDINGS, FOLDER

SHOWN = 5
ENDINGS = {"wordpress": ".xml"}
"""How the destination's name ends, where it is a file."""
WHAT_IS_LOST = frozenset({"HC410", "HC510", "HC511", "HC512", "HC534", "HC535"})
"""The findings of a comparison; others are about the new site alone."""


@dataclass
class Row:
    """One move: how much was looked for, how much of it was missing, and what no report names."""

    name: str
    to: str
    posts: int = 0
    looked_for: int = 0
    missing: int = 0
    named: int = 0
    unnamed: list[str] = field(default_factory=list)
    refused: str = ""


def prove(source: Path, to: str) -> Row:
    """Convert one source and check what was written against it."""
    with tempfile.TemporaryDirectory() as folder:
        new = source
        try:
            for number, system in enumerate(to.split("+")):
                before, new = new, Path(folder) / f"{number}{ENDINGS.get(system, '')}"
                hugoconv.convert(before, new, to=system)
                _carry_findings(before, new)
            result = check(new, source)
        except HugoconvError as error:
            return Row(source.name, to, refused=str(error))
        row = Row(source.name, to, result.posts)
        for tally in result.compared.values():
            row.looked_for += tally.old
            row.missing += tally.missing
            row.named += tally.named
        row.unnamed = [str(finding) for finding in result.findings if finding.code in WHAT_IS_LOST]
        return row


def _carry_findings(before: Path, new: Path) -> None:
    """Let the report of a move name what the one before it named, as the file of findings beside the manifest does."""
    named, names = before / FOLDER / FINDINGS, new / FOLDER / FINDINGS
    if named.is_file() and names.parent.is_dir():
        with names.open("ab") as out:
            out.write(named.read_bytes())


def main(arguments: list[str]) -> int:
    """Prove each move and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sources", nargs="+", type=Path)
    parser.add_argument("--to", default="hugo,jekyll")
    chosen = parser.parse_args(arguments)
    print(f"{'source':42} {'to':16} {'posts':>6} {'looked for':>10} {'missing':>8} {'named':>6} {'unnamed':>7}")
    rows = []
    for source in (source for path in chosen.sources for source, _ in sources(path)):
        for to in chosen.to.split(","):
            row = prove(source, to)
            rows.append(row)
            if row.refused:
                print(f"{row.name[:42]:42} {to:16} refused: {row.refused}", flush=True)
                continue
            counts = f"{row.posts:6,} {row.looked_for:10,} {row.missing:8,} {row.named:6,} {len(row.unnamed):7,}"
            print(f"{row.name[:42]:42} {to:16} {counts}", flush=True)
            for line in row.unnamed[:SHOWN]:
                print(f"    {line[:300]}", flush=True)
    unnamed = sum(len(row.unnamed) for row in rows)
    looked_for = sum(row.looked_for for row in rows)
    print(f"{len(rows):,} moves, {looked_for:,} things looked for, {unnamed:,} missing that no report names")
    return 1 if unnamed or not rows else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
