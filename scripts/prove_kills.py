#!/usr/bin/env python3
"""Kill conversions at random moments: prove_kills.py [--posts 2000] [--kills 200] [--jobs 2] [--seed 1]

Each run of a Jekyll site to Hugo is killed (SIGKILL) at a random moment. Then every file in the destination must be a
whole one, no process may be left at work, and running again must end with the same bytes, and the same manifest, as a
run that nobody disturbed. Prints the figure after every tenth kill, so that it can be stopped at any moment (Ctrl-C);
what it has shown by then stands. Exit code 1 when one of these fails. Needs `fork`.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import hugoconv

PARTIAL = ".hugoconv-part"
TOLD_EVERY = 10


@dataclass
class Outcome:
    """What the kills did: how many came while the run was at work, and what was wrong afterwards."""

    kills: int = 0
    at_work: int = 0
    faults: list[str] = field(default_factory=list)


def make_site(root: Path, posts: int) -> Path:
    """Write a Jekyll site whose posts link to one another, with a picture for every tenth."""
    (root / "_posts").mkdir(parents=True)
    (root / "images").mkdir()
    (root / "_config.yml").write_text("title: Kills\nurl: https://example.org\ntimezone: Asia/Tokyo\n")
    for number in range(posts):
        day = f"{2001 + number // 336}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"
        link = f"{{% post_url {day}-post-{number} %}}"
        text = (
            f"---\ntitle: Post {number}\ntags: [a, b{number % 7}]\n---\n"
            + f"Words of {number}. [Self]({link})\n\n" * 20
        )
        (root / "_posts" / f"{day}-post-{number}.md").write_text(text)
        if number % 10 == 0:
            (root / "images" / f"{number}.png").write_bytes(bytes([number % 256]) * 20_000)
    return root


def contents(root: Path) -> dict[str, bytes]:
    """Return the bytes of every file; of the manifest's folder only the manifest."""
    files = (path for path in root.rglob("*") if path.is_file())
    return {str(path.relative_to(root)): path.read_bytes() for path in files if not path.name.endswith(PARTIAL)}


def load_all(folder: Path) -> None:
    """Convert a small site in this process, so that every run has the modules as they are now.

    A run that loads them itself would fail when somebody edits the code while the proof is at work.
    """
    hugoconv.convert(make_site(folder / "small", 1), folder / "small-new", to="hugo", jobs=1)


def start(site: Path, destination: Path, jobs: int) -> int:
    """Start a conversion in a process of its own and return the process's id."""
    process = os.fork()
    if process:
        return process
    try:
        os.setsid()
        report = hugoconv.convert(site, destination, to="hugo", jobs=jobs)
        code = report.exit_code
        for finding in report.errors:
            print(finding, file=sys.stderr, flush=True)
    except BaseException as error:
        print(repr(error), file=sys.stderr, flush=True)
        code = 70
    os._exit(code)


def finish(site: Path, destination: Path, jobs: int) -> int:
    """Run a conversion to its end and return its exit code."""
    return os.waitstatus_to_exitcode(os.waitpid(start(site, destination, jobs), 0)[1])


def group_is_gone(group: int, seconds: float = 5.0) -> bool:
    """Whether no process of a killed run is left, or none is after a moment."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            pass
        time.sleep(0.01)
    return False


def prove(site: Path, folder: Path, kills: int, jobs: int, seed: int) -> Iterator[Outcome]:
    """Kill `kills` runs, look at what each left, and finish each by running again; yields the outcome so far."""
    chance = random.Random(seed)
    load_all(folder)
    began = time.monotonic()
    if finish(site, folder / "whole", jobs):
        raise SystemExit("the undisturbed run failed")
    took = time.monotonic() - began
    whole = contents(folder / "whole")
    outcome = Outcome()
    for number in range(kills):
        destination = folder / "killed"
        process = start(site, destination, jobs)
        time.sleep(chance.uniform(0, took))
        os.kill(process, signal.SIGKILL)
        status = os.waitpid(process, 0)[1]
        at_work = os.WIFSIGNALED(status)
        faults = list(_faults(site, destination, process, jobs, whole))
        shutil.rmtree(destination, ignore_errors=True)
        outcome.kills += 1
        outcome.at_work += at_work
        outcome.faults += (f"kill {number}: {fault}" for fault in faults)
        yield outcome


def _faults(site: Path, destination: Path, process: int, jobs: int, whole: dict[str, bytes]) -> Iterator[str]:
    """Yield what is wrong with what a killed run left, and after the run that finished it."""
    if not group_is_gone(process):
        yield "a worker went on"
    left = contents(destination) if destination.exists() else {}
    for name, data in left.items():
        if not name.startswith(".hugoconv/") and whole.get(name) != data:
            yield f"{name} is not whole"
    if finish(site, destination, jobs):
        yield "the second run failed"
    after = contents(destination)
    different = sorted(name for name in after.keys() | whole.keys() if after.get(name) != whole.get(name))
    if different:
        yield f"after the second run {len(different)} files differ: {different[:3]}"


def figure(outcome: Outcome, posts: int, jobs: int) -> str:
    """Return the outcome as a sentence."""
    return (
        f"{outcome.kills} kills of a conversion of {posts:,} posts with {jobs} processes "
        f"({outcome.at_work} while it was at work): {len(outcome.faults)} faults"
    )


def main(arguments: list[str]) -> int:
    """Make the site, kill, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--posts", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    outcome = Outcome()
    told = 0
    with tempfile.TemporaryDirectory() as name, suppress(KeyboardInterrupt):
        folder = Path(name)
        site = make_site(folder / "site", chosen.posts)
        for outcome in prove(site, folder, chosen.kills, chosen.jobs, chosen.seed):
            for fault in outcome.faults[told:]:
                print(fault, flush=True)
            told = len(outcome.faults)
            if outcome.kills % TOLD_EVERY == 0:
                print(figure(outcome, chosen.posts, chosen.jobs), flush=True)
    print(figure(outcome, chosen.posts, chosen.jobs))
    return 1 if outcome.faults or not outcome.at_work else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
