#!/usr/bin/env python3
"""Move sites, and check each new one against the old one: prove_checks.py SOURCE... [--to NAME,NAME]

A SOURCE is a site, an export, or a folder of them. Each is converted to every system named (default: Hugo and Jekyll;
`jekyll+hugo` moves on from one to the next, such as there and back), then `check NEW --against OLD` must find nothing
missing but what the reports of the moves name. Prints a row a move, and at the end a row for each pair of systems;
exit code 1 when something is missing that no report names.

`--record FILE` keeps each row as it is made, and a run with the same FILE takes up where the last one was stopped;
`--jobs N` makes that many moves at a time.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path

from corpora import sources

import hugoconv
from hugoconv.errors import HugoconvError
from hugoconv.migrate.check import check
from hugoconv.migrate.manifest import FINDINGS, FOLDER

SHOWN = 5
ENDINGS = {"wordpress": ".xml"}
"""How the destination's name ends, where it is a file."""
WHAT_IS_LOST = frozenset({"HC410", "HC510", "HC511", "HC512", "HC513", "HC514", "HC534", "HC535"})
"""The findings of a comparison; others are about the new site alone."""


@dataclass
class Row:
    """One move: how much was looked for, how much of it was missing, and what no report names."""

    name: str
    system: str
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
            row = Row(source.name, hugoconv.detect(source), to)
            for number, system in enumerate(to.split("+")):
                before, new = new, Path(folder) / f"{number}{ENDINGS.get(system, '')}"
                hugoconv.convert(before, new, to=system)
                _carry_findings(before, new)
            result = check(new, source)
        except HugoconvError as error:
            return Row(source.name, "", to, refused=str(error))
        row.posts = result.posts
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


def _recorded(record: Path | None) -> list[Row]:
    """Return the rows of the run that a record was begun by."""
    if record is None or not record.is_file():
        return []
    return [Row(**json.loads(line)) for line in record.read_text(encoding="utf-8").splitlines()]


def _print(row: Row) -> None:
    if row.refused:
        print(f"{row.name[:42]:42} {row.to:16} refused: {row.refused}", flush=True)
        return
    counts = f"{row.posts:6,} {row.looked_for:10,} {row.missing:8,} {row.named:6,} {len(row.unnamed):7,}"
    print(f"{row.name[:42]:42} {row.to:16} {counts}", flush=True)
    for line in row.unnamed[:SHOWN]:
        print(f"    {line[:300]}", flush=True)


def _print_pairs(rows: list[Row]) -> None:
    """Print what the moves of each pair of systems add up to."""
    pairs: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if not row.refused:
            pairs[row.system, row.to].append(row)
    head = f"{'moves':>6} {'posts':>7} {'looked for':>11} {'missing':>8} {'named':>6} {'unnamed':>7}"
    print(f"\n{'from':10} {'to':16} {head}")
    for (system, to), made in sorted(pairs.items()):
        posts, looked_for = sum(row.posts for row in made), sum(row.looked_for for row in made)
        missing, named = sum(row.missing for row in made), sum(row.named for row in made)
        unnamed = sum(len(row.unnamed) for row in made)
        counts = f"{len(made):6,} {posts:7,} {looked_for:11,} {missing:8,} {named:6,} {unnamed:7,}"
        print(f"{system:10} {to:16} {counts}")


def main(arguments: list[str]) -> int:
    """Prove each move and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sources", nargs="+", type=Path)
    parser.add_argument("--to", default="hugo,jekyll")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--record", type=Path)
    chosen = parser.parse_args(arguments)
    print(f"{'source':42} {'to':16} {'posts':>6} {'looked for':>10} {'missing':>8} {'named':>6} {'unnamed':>7}")
    rows = _recorded(chosen.record)
    for row in rows:
        _print(row)
    known = {(row.name, row.to) for row in rows}
    found = [source for path in chosen.sources for source, _ in sources(path)]
    moves = [(source, to) for source in found for to in chosen.to.split(",") if (source.name, to) not in known]
    with ProcessPoolExecutor(chosen.jobs) as pool:
        for row in pool.map(prove, *zip(*moves, strict=True)) if moves else ():
            rows.append(row)
            _print(row)
            if chosen.record is not None:
                with chosen.record.open("a", encoding="utf-8") as out:
                    out.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")
    _print_pairs(rows)
    unnamed = sum(len(row.unnamed) for row in rows)
    looked_for = sum(row.looked_for for row in rows)
    print(f"{len(rows):,} moves, {looked_for:,} things looked for, {unnamed:,} missing that no report names")
    return 1 if unnamed or not rows else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
