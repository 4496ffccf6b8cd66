"""README shows what the commands really print."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

README = Path(__file__).parent.parent / "README.md"
SAMPLE = Path(__file__).parent / "fixtures" / "wxr" / "sample.xml"


def transcripts() -> dict[str, list[str]]:
    """Return what README says each `hugoconv` command prints, for the commands that it shows with their output."""
    found: dict[str, list[str]] = {}
    for block in re.findall(r"^```\n(.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        command = ""
        for line in block.splitlines():
            if line.startswith("$ "):
                command = line[2:].partition("  #")[0].strip()
            elif command.startswith("hugoconv "):
                found.setdefault(command, []).append(line)
    return {command: [line for line in lines if line.strip()] for command, lines in found.items()}


@pytest.mark.parametrize("command", transcripts())
def test_the_transcript_is_what_the_command_prints(command: str, tmp_path: Path) -> None:
    shutil.copy(SAMPLE, tmp_path / "export.xml")
    (tmp_path / "tests" / "fixtures" / "wxr").mkdir(parents=True)
    shutil.copy(SAMPLE, tmp_path / "tests" / "fixtures" / "wxr")
    arguments = [sys.executable, "-m", "hugoconv", *command.split()[1:]]
    if "inspect" in arguments:
        arguments.append("-q")
    done = subprocess.run(arguments, cwd=tmp_path, capture_output=True, text=True, check=False)
    printed = (done.stderr if "convert" in arguments else done.stdout).splitlines()
    assert [line.rstrip() for line in printed if line.strip()] == transcripts()[command]


def test_readme_shows_both_commands_and_names_scripts_that_exist() -> None:
    text = README.read_text(encoding="utf-8")
    assert len(transcripts()) >= 2
    for name in re.findall(r"`(\w+\.py)`", text):
        assert (README.parent / "scripts" / name).exists(), name
    for target in re.findall(r"\]\(([\w/.]+)\)", text):
        assert (README.parent / target).exists(), target
