"""Cases by number: lists of them in `fixtures/*_cases.toml`, and the tests that carry a number in their ids."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

TESTS = Path(__file__).parent
_NUMBER = re.compile(r"(?:\bcase |_case_|\[|_and_)(\d{1,2})(?=[-:\]_]|$)")
"""A case's number in the id of a test: "test_case_7_...", "[case 81: ...]" or the name of a file, "[08-caption]"."""


def collected(files: Iterable[Path]) -> list[str]:
    """Return the ids of the tests in some files."""
    names = sorted(map(str, files))
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-o", "addopts=", *names]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=TESTS.parent)
    return [line for line in run.stdout.splitlines() if "::" in line]


def numbered(ids: Iterable[str]) -> dict[int, list[str]]:
    """Return the ids by the numbers that they carry."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for name in ids:
        for number in _NUMBER.findall(name.partition("::")[2]):
            found[int(number)].append(name)
    return found
