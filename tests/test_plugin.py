"""A package of somebody else adds an importer and an exporter by entry points, and changes nothing here."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PLUGIN = Path(__file__).parent / "fixtures" / "plugin"


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder as an installer leaves it: the plug-in's module, and its entry points in a `.dist-info` beside it."""
    packages = tmp_path / "site-packages"
    project = tomllib.loads((PLUGIN / "pyproject.toml").read_text())["project"]
    information = packages / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    information.mkdir(parents=True)
    shutil.copy(PLUGIN / "hugoconv_notes.py", packages)
    (information / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: 1.0\n")
    groups = [
        f"[{group}]\n" + "".join(f"{name} = {target}\n" for name, target in entries.items())
        for group, entries in project["entry-points"].items()
    ]
    (information / "entry_points.txt").write_text("\n".join(groups))
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "anchor.note").write_text("Anchor\n2021-03-04\n\nHeavy, see [buoy](/buoy/).\n")
    (notes / "buoy.note").write_text("Buoy\n2022-05-06\n\nRed.\n")
    return tmp_path


def hugoconv(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder / "site-packages")}
    command = [sys.executable, "-m", "hugoconv", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_systems_of_a_plug_in_are_listed_with_their_options(installed: Path) -> None:
    listed = hugoconv(installed, "formats")
    assert ["notes", "Folder", "of", "notes", "Folder", "of", "notes"] in [
        line.split() for line in listed.stdout.splitlines()
    ]
    assert "exporter.shout" in hugoconv(installed, "formats", "notes").stdout


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_importer_of_a_plug_in_is_detected_and_read(installed: Path, jobs: str) -> None:
    done = hugoconv(installed, "convert", "notes", "site", "--to", "hugo", "-j", jobs, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["posts"]["written"] == 2
    text = (installed / "site/content/posts/anchor.md").read_text()
    assert "title: Anchor\n" in text
    assert text.endswith("Heavy, see [buoy](/buoy/).\n")


def test_a_plug_in_that_is_surer_than_all_others_is_believed(installed: Path) -> None:
    module = installed / "site-packages/hugoconv_notes.py"
    module.write_text(module.read_text().replace("Match(90", "Match(96"))
    (installed / "notes/_posts").mkdir()
    (installed / "notes/_config.yml").write_text("title: Harbour\n")
    done = hugoconv(installed, "convert", "notes", "site", "--to", "hugo", "--json")
    assert json.loads(done.stdout)["posts"]["written"] == 2


def test_an_exporter_of_a_plug_in_is_written_with_its_options(installed: Path) -> None:
    assert hugoconv(installed, "convert", "notes", "site", "--to", "hugo").returncode == 0
    back = hugoconv(installed, "convert", "site", "back", "--to", "notes", "--set", "exporter.shout=true")
    assert back.returncode == 0, back.stderr
    assert (installed / "back/anchor.note").read_text() == "ANCHOR\n2021-03-04\n\nHeavy, see [buoy](/buoy/).\n"
    wrong = hugoconv(installed, "convert", "site", "again", "--to", "notes", "--set", "exporter.shot=true")
    assert (wrong.returncode, "did you mean 'shout'?" in wrong.stderr) == (2, True)


def test_a_broken_plug_in_hides_no_other_system(installed: Path) -> None:
    (installed / "site-packages/hugoconv_notes.py").write_text("1 / 0\n")
    listed = hugoconv(installed, "formats")
    assert listed.returncode == 0
    assert "cannot be loaded: " in listed.stdout
    (installed / "post.md").write_text("---\ntitle: A\n---\nx\n")
    assert hugoconv(installed, "convert", "post.md", "new", "--from", "hugo", "--to", "hugo").returncode == 0
    assert hugoconv(installed, "convert", "post.md", "other", "--to", "hugo").returncode == 0
    refused = hugoconv(installed, "convert", "notes", "third", "--from", "notes", "--to", "hugo")
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
