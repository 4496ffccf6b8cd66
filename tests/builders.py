"""The real generators that judge what is written for them, and what they make of a site.

scripts/test-builders installs those that npm has into a folder below the user's cache, one a generator;
HUGOCONV_BUILDERS names another folder.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote, urljoin

import pytest

import hugoconv
from hugoconv.systems.markdown_site.project import file_of

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


@dataclass(frozen=True)
class Reader:
    """What stands for an editor of notes: the reader of GitHub's Markdown that Astro uses shows a folder of them."""

    name = "markdown"

    @property
    def is_here(self) -> bool:
        """Whether it can be run."""
        return BUILDERS["astro"].is_here

    def build(self, folder: Path) -> Mapping[str, bytes]:
        """Return the notes by their old addresses, links and pictures led to those, and the files beside them."""
        is_empty = not any(folder.rglob("*.md"))
        notes = [] if is_empty else list(hugoconv.read(folder, from_="markdown").posts)
        command = [str(NODE), str(Path(__file__).parent / "gfm.mjs"), str(BUILDERS["astro"].modules)]
        texts = json.dumps([note.body.text for note in notes])
        run = subprocess.run(command, input=texts, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr[-4000:]
        assets = folder / "assets"
        found = {str(path.relative_to(assets)): path.read_bytes() for path in assets.rglob("*") if path.is_file()}
        for note, html in zip(notes, json.loads(run.stdout), strict=True):
            shown = _from_root(html, f"/{quote(str(note.path))}")
            found |= {file_of(address): shown.encode() for address in (note.address, *note.old_addresses)}
        return found


def _from_root(html: str, base: str) -> str:
    """Return HTML whose pictures are named by their old addresses."""
    return re.sub(r'(?<= src=")[^":]+(?=")', lambda url: urljoin(base, url[0]).removeprefix("/assets"), html)


JUDGES: Mapping[str, Builder | Reader] = {**BUILDERS, "markdown": Reader()}
"""The generators, and what stands for one where there is none."""
GHOST_EDITOR = FOLDER / "ghost" / "node_modules"
"""Where the packages are with which Ghost reads imported HTML and publishes it."""
needs_ghost_editor = pytest.mark.skipif(
    NODE is None or not (GHOST_EDITOR / "@tryghost" / "kg-html-to-lexical").is_dir(),
    reason="needs Ghost's editor: run scripts/test-builders ghost",
)


def published_by_ghost(archive: Path) -> list[tuple[str, str, str]]:
    """Return slug and HTML of each post of an import, and the HTML that Ghost publishes for it."""
    with zipfile.ZipFile(archive) as opened:
        posts = json.loads(opened.read("ghost-import.json"))["db"][0]["data"]["posts"]
    command = [str(NODE), str(Path(__file__).parent / "ghost_editor.cjs"), str(GHOST_EDITOR)]
    texts = json.dumps([post["html"] for post in posts])
    run = subprocess.run(command, input=texts, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-4000:]
    return [(post["slug"], post["html"], made) for post, made in zip(posts, json.loads(run.stdout), strict=True)]


def needs(name: str) -> pytest.MarkDecorator:
    """Return the mark that skips a test where a generator is missing, with how to get it."""
    return pytest.mark.skipif(not BUILDERS[name].is_here, reason=f"needs {name}: run scripts/test-builders {name}")
