"""Every numbered case of other targets and sources has a test that carries its number."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from hugoconv.systems import exporters

TESTS = Path(__file__).parent
LISTED = tomllib.loads((TESTS / "fixtures" / "target_cases.toml").read_text(encoding="utf-8"))
CASES: dict[str, str] = LISTED["cases"]
FILES = ("written_targets", "built_targets", "markdown_site", "markdown_folder", "into_ghost", "ghost", "jsonl")
EXPORTS = ("other_exports",)
NUMBER = re.compile(r"(?:_case_|_and_)(\d{1,2})(?=_|\[|$)")


def test_every_case_has_a_test_with_its_number() -> None:
    files = [f"tests/test_{name}.py" for name in (*FILES, *EXPORTS)]
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-o", "addopts=", *files]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=TESTS.parent)
    names = [line.partition("::")[2] for line in run.stdout.splitlines() if "::" in line]
    found = {number for name in names for number in NUMBER.findall(name)}
    assert {number: title for number, title in CASES.items() if number not in found} == {}


def test_the_list_is_whole() -> None:
    assert sorted(int(number) for number in (*CASES, *LISTED["no_target"])) == [*range(1, 31)]
    assert not set(LISTED["no_target"].values()) & set(exporters), "it is a target now: list and test its case"
