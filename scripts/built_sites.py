"""Sites built by the real programs with bare layouts, so that a page's file holds its content and nothing else."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from bare_hugo import built_without_broken_pages, make_bare

BARE_PLUGIN = Path(__file__).parent / "bare"
"""The folder of the Jekyll plug-in that leaves out layouts and does without plug-ins that are not installed."""

_BARE_LAYOUT = "<main>{{ .Content }}</main>"
"""Not the content alone, for Hugo writes no empty file."""
_LAYOUT_OF_TEXTS = (
    "{{ range $page, $file := hugo.Data.texts_on_no_page }}{{ with site.GetPage $page }}"
    "{{ (resources.FromString $file (string .Content)).Publish }}{{ end }}{{ end }}"
)
_LAYOUTS = ("all", "home", "page", "single", "section", "list", "taxonomy", "term", "404")
_KEPT_LAYOUTS = frozenset({"_shortcodes", "shortcodes", "_partials", "partials"})
"""Folders of `layouts/` that make content, not pages."""
_ERROR = re.compile(r"ERROR|Error:|panic:|.*Exception:|.*Error\)")
_NOT_BUILT = frozenset({".git", "_site", "public", "resources", ".jekyll-cache", ".hugoconv"})


class BuildError(Exception):
    """A program that stopped; the message is what it printed last."""


def hugo_program() -> str:
    """Return the path of the Hugo that the test requirements install."""
    return shutil.which("hugo", path=sysconfig.get_path("scripts")) or "hugo"


def build_hugo(site: Path, destination: Path, *arguments: str) -> None:
    """Build a copy of a Hugo site with bare layouts; BuildError when Hugo stops."""
    copy = _copied(site, destination.with_name(f"{destination.name}-source"))
    for layouts in (copy / "layouts", *copy.glob("themes/*/layouts")):
        _strip_layouts(layouts)
    _write_bare_layouts(copy / "layouts")
    _run([hugo_program(), "--source", copy, "--destination", destination.resolve(), *arguments])


def build_jekyll(site: Path, destination: Path, *arguments: str) -> None:
    """Build a copy of a Jekyll site with bare layouts; BuildError when Jekyll stops."""
    copy = _copied(site, destination.with_name(f"{destination.name}-source"))
    bare = copy.with_suffix(".bare.yml")
    bare.write_text(f"plugins_dir: {BARE_PLUGIN}\nplugins: []\ngems: []\ntheme: false\nmarkdown: kramdown\n")
    configs = [*(path for path in copy.glob("_config.*") if path.suffix in (".yml", ".yaml", ".toml")), bare]
    command = ["jekyll", "build", "--quiet", "--disable-disk-cache", "--source", copy, "--destination", destination]
    _run([*command, "--config", ",".join(map(str, configs)), *arguments])


def build_old_hugo(
    site: Path, destination: Path, *arguments: str, texts: Mapping[str, str] = MappingProxyType({})
) -> list[str]:
    """Build a copy of somebody's Hugo site without its theme; returns the pages at which Hugo stops, left out.

    What Hugo makes of each of `texts`, content that is on no page of its own, is written to the file named for it.
    BuildError when it stops at something else.
    """
    copy = _copied(site, destination.with_name(f"{destination.name}-source"))
    make_bare(copy)
    _write_bare_layouts(copy / "layouts")
    if texts:
        (copy / "data").mkdir(exist_ok=True)
        (copy / "data" / "texts_on_no_page.json").write_text(json.dumps(texts))
        (copy / "layouts" / "home.html").write_text(_LAYOUT_OF_TEXTS)

    def build() -> str:
        command = [hugo_program(), "--source", str(copy), "--destination", str(destination.resolve()), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        lines = (done.stdout + done.stderr).splitlines()
        return "\n".join(line for line in lines if line.startswith("ERROR")) if done.returncode else ""

    try:
        return built_without_broken_pages(build)
    except RuntimeError as error:
        raise BuildError(str(error)[:200]) from None


def build_made_jekyll(site: Path, destination: Path) -> None:
    """Build a copy of a Jekyll site that hugoconv wrote, with bare layouts and nothing else changed."""
    copy = _copied(site, destination.with_name(f"{destination.name}-source"))
    for layout in (copy / "_layouts").glob("*.html"):
        if layout.stem != "redirect":
            layout.write_text("{{ content }}")
    _run(["jekyll", "build", "--quiet", "--disable-disk-cache", "--source", copy, "--destination", destination])


def import_with_hugo(site: Path, destination: Path) -> None:
    """Let `hugo import jekyll` make a Hugo site; BuildError when it stops."""
    _run([hugo_program(), "import", "jekyll", site, destination])


def _run(command: Sequence[object]) -> None:
    environment = {**os.environ, "JEKYLL_ENV": "production"}  # as a site is published
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        lines = [line.strip() for line in (done.stdout + done.stderr).splitlines()]
        error = next((line for line in lines if _ERROR.match(line)), lines[-1] if lines else "")
        raise BuildError(error[:200])


def _copied(site: Path, copy: Path) -> Path:
    return Path(shutil.copytree(site, copy, ignore=shutil.ignore_patterns(*_NOT_BUILT), symlinks=True))


def _strip_layouts(layouts: Path) -> None:
    """Take out every template but those that shortcodes are made of."""
    for entry in layouts.iterdir() if layouts.is_dir() else ():
        if entry.name in _KEPT_LAYOUTS:
            continue
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def _write_bare_layouts(layouts: Path) -> None:
    layouts.mkdir(exist_ok=True)
    for name in _LAYOUTS:
        (layouts / f"{name}.html").write_text(_BARE_LAYOUT)
