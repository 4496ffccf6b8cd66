#!/usr/bin/env python3
"""Time hugoconv beside the other ways to do the same work: bench.py [PART...] [--size N] [--repeat N] [--write FILE]

A part is a piece of work with the programs that do it (each on a fresh copy, the best of `--repeat` counted), `start`
(how long the command takes to begin), `slopes` (how time grows with what a site has many of), `inner` (the single
steps, with pytest-benchmark) or `profile` (where the time goes). Without a name all of them are run. Each prints a
Markdown table: processor time, wall time, peak memory of the largest process, peak private memory of all its
processes together (Linux), and the wall time as a ratio to hugoconv's. With `--write` the tables take the place of
those of the same parts between the marks in FILE. To add a piece of work, add a row to `CASES`.

Other programs are fetched from npm and PyPI into a temporary folder; what cannot be had is left out, and said so.
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import re
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import bench_peers
from bench_inner import inner, profile
from bench_inputs import export_alone, hugo_site, jekyll_site, wordpress_export
from bench_peers import script
from bench_slopes import GROWING, slopes
from prove_scale import children, private_memory

Command = Callable[[Path, Path, Path], Sequence[str]]
"""Returns the command for an input, an output and a folder for tools; empty when the program cannot be had."""


@dataclass(frozen=True)
class Program:
    """One way to do the work; `edits_input` when it works in place, `once` when it is too slow to be repeated."""

    name: str
    command: Command
    edits_input: bool = False
    once: bool = False


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


def hugoconv(*options: str) -> Command:
    """Return a program that converts with hugoconv."""
    return lambda source, target, _: [script("hugoconv"), "convert", str(source), str(target), "-q", *options]


def check(source: Path, target: Path, tools: Path) -> Sequence[str]:
    """Look for what is broken in a site."""
    return [script("hugoconv"), "check", str(source), "-q"]


COPY = Program("cp -r", bench_peers.copy)
FILES_ALONE = Program("the files alone, in Python", bench_peers.files_alone)
LIBRARIES_ALONE = Program("lxml, bs4 and markdownify alone", bench_peers.libraries_alone)
TO_TOML = ("--to", "hugo", "--front-matter", "toml")
TO_HUGO = ("--to", "hugo")

CASES = {
    "front-matter": Case(
        "YAML front matter to TOML",
        hugo_site,
        10_000,
        (
            Program("hugoconv", hugoconv(*TO_TOML)),
            Program("hugoconv -j 1", hugoconv(*TO_TOML, "-j", "1")),
            Program("hugo convert toTOML", bench_peers.hugo_convert, edits_input=True),
            COPY,
        ),
    ),
    "copy": Case(
        "Hugo to Hugo, unchanged", hugo_site, 10_000, (Program("hugoconv", hugoconv(*TO_HUGO)), FILES_ALONE, COPY)
    ),
    "jekyll": Case(
        "Jekyll to Hugo",
        jekyll_site,
        5_000,
        (
            Program("hugoconv", hugoconv(*TO_HUGO)),
            Program("hugoconv -j 1", hugoconv(*TO_HUGO, "-j", "1")),
            Program("hugo import jekyll", bench_peers.hugo_import),
            FILES_ALONE,
            COPY,
        ),
    ),
    "wordpress": Case(
        "WordPress export to Hugo, with its pictures",
        wordpress_export,
        20_000,
        (
            Program("hugoconv", hugoconv(*TO_HUGO)),
            Program("hugoconv -j 1", hugoconv(*TO_HUGO, "-j", "1"), once=True),
            Program("wordpress-export-to-markdown", bench_peers.to_markdown_of_npm, once=True),
            LIBRARIES_ALONE,
            COPY,
        ),
    ),
    "peers": Case(
        "WordPress export to Markdown, beside other programs",
        export_alone,
        2_000,
        (
            Program("hugoconv", hugoconv(*TO_HUGO)),
            Program("hugoconv -j 1", hugoconv(*TO_HUGO, "-j", "1")),
            Program("wordpress-export-to-markdown", bench_peers.to_markdown_of_npm),
            Program("nikola import_wordpress", bench_peers.nikola_import),
            Program("pelican-import", bench_peers.pelican_import, once=True),
        ),
    ),
    "check": Case("hugoconv check of a Hugo site", hugo_site, 10_000, (Program("hugoconv check", check),)),
    "memory-export": Case(
        "memory: an export of 1 GB to Hugo",
        export_alone,
        140_000,
        (Program("hugoconv", hugoconv(*TO_HUGO), once=True),),
    ),
    "memory-files": Case(
        "memory: 100,000 files, YAML to TOML",
        hugo_site,
        100_000,
        (Program("hugoconv", hugoconv(*TO_TOML), once=True),),
    ),
    "memory-jekyll": Case(
        "memory: 100,000 Jekyll posts to Hugo",
        jekyll_site,
        100_000,
        (Program("hugoconv", hugoconv(*TO_HUGO), once=True),),
    ),
}


# Measuring ----------------------------------------------------------------------------------------------------------


def measured(program: Program, source: Path, folder: Path) -> Measured | None:
    """Run a program once, on a copy of its own where it edits the input; None when the program cannot be had."""
    target = folder / "out"
    shutil.rmtree(target, ignore_errors=True)
    if program.edits_input:
        shutil.copytree(source, target)
        source = target
    command = list(program.command(source, target, folder.parent / "tools"))
    if not command:
        return None
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


def bench(case: Case, size: int, repeat: int, folder: Path) -> list[tuple[str, Measured | None]]:
    """Run the programs of a case in turn, and return the best run of each."""
    source = folder / "in"
    case.make(source, size)
    runs: dict[str, list[Measured]] = {program.name: [] for program in case.programs}
    for turn in range(repeat):
        for program in case.programs:
            if not (turn and (program.once or not runs[program.name])):
                run = measured(program, source, folder)
                runs[program.name] += [run] if run else []
    return [(name, min(found, key=lambda run: run.wall, default=None)) for name, found in runs.items()]


def table(case: Case, size: int, rows: list[tuple[str, Measured | None]]) -> str:
    """Return the rows as a Markdown table; the first program is what the others are compared with."""
    first = rows[0][1]
    lines = [
        f"**{case.title}**, {size:,} files or posts",
        "",
        "| program | CPU s | wall s | a second | µs CPU each | peak MB | private MB | wall, hugoconv = 1 |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for name, run in rows:
        if run is None or first is None:
            lines.append(f"| {name} | could not be had | | | | | | |")
            continue
        failed = f" (exit {run.code})" if run.code else ""
        lines.append(
            f"| {name}{failed} | {run.cpu:.2f} | {run.wall:.2f} | {size / run.wall:,.0f} | {run.cpu / size * 1e6:,.0f} "
            f"| {run.megabytes:,.0f} | {run.private:,.0f} | {run.wall / first.wall:.2f} |"
        )
    return "\n".join(lines)


STARTS = {
    "`hugoconv --version`": (script("hugoconv"), "--version"),
    "`hugoconv --help`": (script("hugoconv"), "--help"),
    "`import hugoconv`": (sys.executable, "-c", "import hugoconv"),
    "Python alone": (sys.executable, "-c", "pass"),
}


def start(repeat: int) -> str:
    """Return how long it takes until the command does something, as a table."""
    lines = ["**Beginning**", "", "| | ms |", "|---|--:|"]
    for name, command in STARTS.items():
        program = Program(name, lambda _source, _target, _tools, command=command: command)  # type: ignore[misc]
        with tempfile.TemporaryDirectory(prefix="hugoconv-bench-") as folder:
            runs = [measured(program, Path(folder), Path(folder)) for _ in range(repeat * 5)]
        lines.append(f"| {name} | {min(run.wall for run in runs if run) * 1000:.0f} |")
    return "\n".join(lines)


def result_of(part: str, size: int, repeat: int, folder: Path) -> tuple[str, bool]:
    """Run one part; return its table, and whether it did what it should."""
    if part == "start":
        return start(repeat), True
    if part == "slopes":
        return slopes(GROWING, scale=100 if size else 1)
    if part == "inner":
        return inner(repeat), True
    if part == "profile":
        return profile(folder, size or 2_000), True
    size = size or CASES[part].size
    rows = bench(CASES[part], size, repeat, folder)
    return table(CASES[part], size, rows), not any(run.code for _, run in rows if run)


PARTS = ("start", *CASES, "slopes", "inner", "profile")


def compiled() -> None:
    """Compile the package, as pip does when it installs one; a source tree may not have been."""
    import hugoconv

    compileall.compile_dir(str(Path(hugoconv.__file__).parent), quiet=2)


def machine() -> str:
    """Return what the figures were measured on."""
    from hugoconv import __version__

    python = platform.python_version()
    return f"{os.cpu_count()} processors ({platform.machine()}), Python {python}, hugoconv {__version__}"


def written_into(text: str, part: str, found: str) -> str:
    """Return a page with a part's table in its place; SystemExit when the page has none for it."""
    place = re.compile(rf"(<!-- bench: {part} -->\n).*?(<!-- end -->)", re.DOTALL)
    if not place.search(text):
        raise SystemExit(f"the page has no <!-- bench: {part} --> ... <!-- end -->")
    return place.sub(lambda match: f"{match[1]}\n{found}\n\n{match[2]}", text)


def main(arguments: list[str]) -> int:
    """Run the parts that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}, memory (default: all)")
    parser.add_argument("--size", type=int, default=0, help="how many files or posts (default: the part's own)")
    parser.add_argument("--repeat", type=int, default=3, help="how often each program runs; the best counts")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the tables into this page")
    options = parser.parse_args(arguments)
    named = [
        part
        for name in options.parts
        for part in ([p for p in PARTS if p.startswith("memory-")] if name == "memory" else [name])
    ]
    if unknown := [name for name in named if name not in PARTS]:
        parser.error(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    compiled()
    print(machine(), end="\n\n")
    failed = False
    with tempfile.TemporaryDirectory(prefix="hugoconv-bench-") as base:
        for part in named or PARTS:
            folder = Path(base) / part
            folder.mkdir()
            found, is_fine = result_of(part, options.size, options.repeat, folder)
            shutil.rmtree(folder)
            print(found, end="\n\n", flush=True)
            failed = failed or not is_fine
            if options.write:
                page = options.write.read_text(encoding="utf-8")
                page = written_into(written_into(page, part, found), "machine", machine())
                options.write.write_text(page, encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
