"""The real generators that judge what is written for them, and what they make of a site.

scripts/test-builders installs those that npm has into a folder below the user's cache, one a generator;
HUGOCONV_BUILDERS names another folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("HUGOCONV_BUILDERS") or Path.home() / ".cache" / "hugoconv-builders")
NODE = shutil.which("node")


@dataclass(frozen=True)
class Builder:
    """A generator: the script of its command in `node_modules`, its arguments, and the folder that it publishes."""

    name: str
    script: str
    arguments: tuple[str, ...]
    output: str

    @property
    def modules(self) -> Path:
        """The packages that npm installed for it."""
        return FOLDER / self.name / "node_modules"

    @property
    def is_here(self) -> bool:
        """Whether it can be run."""
        if self.name == "pelican":
            return find_spec("pelican") is not None
        return NODE is not None and (self.modules / self.script).is_file()

    def command(self) -> list[str]:
        """Return what runs it in a site's folder."""
        if self.name == "pelican":
            return [sys.executable, "-m", "pelican", *self.arguments]
        return [str(NODE), str(self.modules / self.script), *self.arguments]

    def build(self, site: Path) -> Mapping[str, bytes]:
        """Build a site and return the published files by their paths; the test fails where it refuses."""
        if self.name != "pelican":
            self._lend_modules(site / "node_modules")
        quiet = {"ASTRO_TELEMETRY_DISABLED": "1", "CI": "1", "ELEVENTY_RUN_MODE": "build"}
        run = subprocess.run(
            self.command(), cwd=site, capture_output=True, text=True, check=False, env={**os.environ, **quiet}
        )
        assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-4000:]
        folder = site / self.output
        found = [path for path in folder.rglob("*") if path.is_file()]
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}

    def _lend_modules(self, folder: Path) -> None:
        """Link each package into a folder of the site's own, in which generators keep what they remember."""
        folder.mkdir(exist_ok=True)
        for package in self.modules.iterdir():
            if package.name not in (".astro", ".vite", ".cache") and not (folder / package.name).exists():
                (folder / package.name).symlink_to(package)


BUILDERS = {
    each.name: each
    for each in (
        Builder("astro", "astro/astro.js", ("build",), "dist"),
        Builder("eleventy", "@11ty/eleventy/cmd.cjs", (), "_site"),
        Builder("hexo", "hexo/bin/hexo", ("generate",), "public"),
        Builder("pelican", "", ("--fatal", "errors"), "output"),
    )
}


def needs(name: str) -> pytest.MarkDecorator:
    """Return the mark that skips a test where a generator is missing, with how to get it."""
    return pytest.mark.skipif(not BUILDERS[name].is_here, reason=f"needs {name}: run scripts/test-builders {name}")
