#!/usr/bin/env python3
"""Convert a generated export with one and with two processes: memory of all processes, and the same bytes.

prove_scale.py [--megabytes 300] [--limit 200]: prints a row a run; exit code 1 if the private memory of all processes
together passes the limit (in MB), or if the two results differ in a byte. Memory is read from /proc (Linux); pages
mapped from files are not counted.
"""

from __future__ import annotations

import argparse
import filecmp
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from make_export import write_export

import hugoconv


def private_memory(pid: int) -> int:
    """Return the private memory of a process in kB, 0 when it has ended."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(
        int(line.split()[1]) for line in text.splitlines() if line.startswith(("Private_Clean", "Private_Dirty"))
    )


def children(pid: int) -> list[int]:
    """Return the processes that a process has started."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def measured_conversion(export: Path, destination: Path, jobs: int) -> tuple[int, float, int]:
    """Convert in a process of its own; return posts, seconds and the peak private memory of all its processes in MB."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        report = hugoconv.convert(export, destination, to="hugo", jobs=jobs)
        os.write(writer, str(report.post_files["written"]).encode())
        os._exit(report.exit_code)
    os.close(writer)
    started = time.perf_counter()
    peak = 0
    status = 0
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            break
        peak = max(peak, private_memory(child) + sum(private_memory(worker) for worker in children(child)))
        time.sleep(0.05)
    posts = os.read(reader, 100)
    os.close(reader)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"the conversion with {jobs} processes failed")
    return int(posts), time.perf_counter() - started, peak // 1024


def different(one: Path, other: Path) -> list[str]:
    """Return the files that are not in both folders with the same bytes."""
    names = {path.relative_to(root) for root in (one, other) for path in root.rglob("*") if path.is_file()}
    return [
        str(name)
        for name in sorted(names)
        if not (
            (one / name).is_file() and (other / name).is_file() and filecmp.cmp(one / name, other / name, shallow=False)
        )
    ]


def main() -> int:
    """Generate, convert twice, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=300)
    parser.add_argument("--limit", type=int, default=200, help="private memory of all processes, in MB")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder) / "export.xml"
        items = write_export(export, megabytes=arguments.megabytes)
        print(f"{export.stat().st_size / 1e6:,.0f} MB, {items:,} items")
        print(f"{'processes':>9} {'posts':>8} {'seconds':>8} {'private MB':>10}")
        peaks = []
        for jobs in (1, 2):
            posts, seconds, peak = measured_conversion(export, Path(folder) / f"j{jobs}", jobs)
            peaks.append(peak)
            print(f"{jobs:9} {posts:8,} {seconds:8.1f} {peak:10,}", flush=True)
        differences = different(Path(folder) / "j1", Path(folder) / "j2")
        print(f"{len(differences):,} files differ between one and two processes")
    too_much = max(peaks) > arguments.limit
    if too_much:
        print(f"more than {arguments.limit} MB of private memory")
    return 1 if differences or too_much else 0


if __name__ == "__main__":
    raise SystemExit(main())
