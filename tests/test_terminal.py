"""What a person sees at a terminal: lines broken between words, colours, progress, completion by a real shell."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

BASH = shutil.which("bash")
_ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def at_terminal(*arguments: str, folder: Path, columns: int = 80, environment: dict[str, str] | None = None) -> str:
    """Run the command at a terminal of so many columns and return what it showed there."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    known = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "NO_COLOR")}
    process = subprocess.Popen(
        [sys.executable, "-m", "hugoconv", *arguments],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        cwd=folder,
        env=known | {"TERM": "xterm", "PYTHONPATH": str(Path(__file__).parent.parent)} | (environment or {}),
    )
    os.close(slave)
    shown = b""
    with contextlib.suppress(OSError):  # so Linux says that the other end is closed
        while part := os.read(master, 65536):
            shown += part
    process.wait()
    os.close(master)
    return shown.decode().replace("\r\n", "\n")


def plain(shown: str) -> str:
    return _ESCAPE.sub("", shown)


@pytest.fixture
def export(tmp_path: Path, fixtures: Path) -> Path:
    shutil.copy(fixtures / "wxr" / "sample.xml", tmp_path / "export.xml")
    return tmp_path


@pytest.mark.parametrize("columns", [60, 80])
def test_lines_are_broken_between_words(columns: int, export: Path) -> None:
    inspected = plain(at_terminal("inspect", "export.xml", folder=export, columns=columns))
    converted = plain(at_terminal("convert", "export.xml", "new", "--to", "hugo", folder=export, columns=columns))
    piped = subprocess.run(
        [sys.executable, "-m", "hugoconv", "convert", "export.xml", "copy", "--to", "hugo"],
        cwd=export,
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)},
    ).stderr
    for shown in (inspected, converted):
        assert max(map(len, shown.splitlines())) <= columns
    told = converted.rpartition("\r")[2]  # what the progress bar leaves behind is before
    assert " ".join(told.split()) == " ".join(piped.replace("copy", "new").split())
    assert any(len(line) > columns for line in piped.splitlines())  # or nothing was broken


@pytest.mark.parametrize(
    ("environment", "is_coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_codes_have_the_colour_of_their_severity(environment: dict[str, str], is_coloured: bool, export: Path) -> None:
    shown = at_terminal("convert", "export.xml", "new", "--to", "hugo", folder=export, environment=environment)
    assert ("\x1b[35mHC210\x1b[0m" in shown) == is_coloured
    assert "HC210" in shown


def test_progress_has_counts(export: Path) -> None:
    shown = plain(at_terminal("convert", "export.xml", "new", "--to", "hugo", folder=export))
    assert "writing" in shown
    assert "12 of 12" in shown


COMPLETED = {
    "hugoconv ins": "inspect",
    "hugoconv convert --media-r": "--media-rate",
    "hugoconv convert --to hu": "hugo",
    "hugoconv convert --from wordp": "wordpress",
    "hugoconv convert a b --media dow": "download",
    "hugoconv convert a b --set exporter.bundles=l": "exporter.bundles=leaf",
    "hugoconv explain HC50": "HC501 HC502 HC503",
    "hugoconv formats jek": "jekyll",
}


@pytest.mark.skipif(BASH is None, reason="needs bash: install Debian's package bash")
def test_a_real_bash_completes_commands_options_and_values(tmp_path: Path) -> None:
    command = tmp_path / "hugoconv"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m hugoconv "$@"\n')
    command.chmod(0o755)
    script = 'eval "$(_HUGOCONV_COMPLETE=source_bash hugoconv)"\n' + "".join(
        f"COMP_WORDS=({words}); COMP_CWORD={len(words.split()) - 1}; COMPREPLY=()\n"
        '_hugoconv_completion hugoconv; echo "${COMPREPLY[*]}"\n'
        for words in COMPLETED
    )
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": str(Path(__file__).parent.parent)}
    shown = subprocess.run(
        [str(BASH), "-c", script], capture_output=True, text=True, env=os.environ | environment, check=True
    )
    assert dict(zip(COMPLETED, shown.stdout.splitlines(), strict=True)) == COMPLETED
