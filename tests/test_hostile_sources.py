"""Whole hostile sources, converted by the command: nothing outside of the destination is touched, and nothing runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from folders import write
from programs import in_browser, needs_chromium
from test_trust import BODIES, MATTERS, PATHS, ROOT
from wordpress_export import UPLOADS, attachment, comment, export, item, meta, terms

SECRET = "nobody may read this"
RUNS = "document.title='owned'"
INJECTED = f"<script>{RUNS}</script>\"'><img src=x onerror={RUNS}><svg onload={RUNS}>"
IN_A_NAME = f"<img src=x onerror={RUNS}>"
TAGS = "!!python/object/apply:os.system ['touch evil']"
SLOW = ("x" * 1_000_000, "a " * 300_000, "[" * 50_000, "<" * 50_000, "![](" * 20_000, "{{<" * 20_000, "&" * 50_000)
"""Texts for which careless patterns need hours."""


@dataclass(frozen=True)
class Ran:
    """One run of the command: its exit code, what it said, what it found, and where it wrote."""

    code: int
    said: str
    findings: list[str]
    site: Path
    report: Path


def outside(root: Path) -> dict[str, bytes]:
    """Return every file of the folder that stands for the machine, but those below the destination."""
    files = (path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    return {str(path): path.read_bytes() for path in files if not path.is_relative_to(root / "home/work/new")}


def run(source: Path, machine: Path, to: str) -> Ran:
    """Convert a source into `home/work/new` of a folder that stands for the whole machine, reports beside it."""
    work = machine / "home" / "work"
    work.mkdir(parents=True, exist_ok=True)
    reports = machine.with_name("reports")
    reports.mkdir()
    (machine / "tmp").mkdir(exist_ok=True)
    command = [sys.executable, "-m", "hugoconv", "convert", str(source), "new", "--to", to, "--media", "copy"]
    command += ["--report", str(reports / "r.html"), "--report", str(reports / "r.json")]
    own = {"HOME": str(machine / "home"), "TMPDIR": str(machine / "tmp"), "PYTHONPATH": str(ROOT)}
    before = outside(machine)
    made = subprocess.run(command, cwd=work, env={**os.environ, **own}, capture_output=True, text=True, check=False)
    assert outside(machine) == before
    assert not any(Path(path).exists() for path in ("/etc/evil", "/evil"))
    found = json.loads((reports / "r.json").read_text())["findings"] if (reports / "r.json").exists() else []
    said = made.stdout + made.stderr
    return Ran(made.returncode, said, [each["code"] for each in found], work / "new", reports / "r.html")


def text_of(site: Path) -> str:
    files = (path for path in site.rglob("*") if path.is_file() and path.suffix not in (".pack", ".new"))
    return "\n".join(path.read_bytes().decode("utf-8", "replace") for path in sorted(files))


# The sources ---------------------------------------------------------------------------------------------------------


def hostile_site(folder: Path) -> Path:
    """Write a Hugo site with everything that a site may try, and a picture and links that lead out of it."""
    secret = folder.parent / "secret"
    write(secret, {"key.md": f"---\ntitle: Key\n---\n{SECRET}\n", "key.png": SECRET})
    site = {
        "hugo.toml": f"baseURL = 'https://old.example/'\ntitle = '''{INJECTED}'''\npublishDir = '../../evil'\n"
        "staticDir = ['static', '../secret']\n[[module.mounts]]\nsource = 'content'\ntarget = 'content'\n"
        "[[module.mounts]]\nsource = '../secret'\ntarget = 'content/secret'\n"
        "[[module.mounts]]\nsource = '../secret'\ntarget = 'static/../../evil'\n"
        "[[menus.main]]\nname = '<script>'\nurl = 'javascript:alert(1)'\n",
        "content/fine.md": "---\ntitle: Fine\n---\nHere it is fine.\n",
        f"content/posts/{IN_A_NAME}.md": f"---\ntitle: {json.dumps(INJECTED)}\n---\nNamed. ![](/{IN_A_NAME}.png)\n",
    }
    keys = ("slug", "url", "language", "type", "layout", "aliases", "image", "translationKey")
    for number, path in enumerate(PATHS):
        matter = "".join(f"{key}: {json.dumps(path)}\n" for key in keys)
        site[f"content/posts/path-{number}.md"] = f"---\ntitle: Path\n{matter}---\nPath {number}. ![]({path})\n"
    for number, matter in enumerate(MATTERS.values()):
        site[f"content/posts/matter-{number}.md"] = f"---\ntitle: M\n{matter}\n---\nMatter {number}.\n"
    for number, body in enumerate((*BODIES.values(), *SLOW, INJECTED)):
        site[f"content/posts/body-{number}.md"] = f"---\ntitle: B\n---\nBody {number}.\n\n{body}\n"
    write(folder, site)
    (folder / "static").mkdir()
    (folder / "static/out").symlink_to(secret)
    (folder / "content/out.md").symlink_to(secret / "key.md")
    (folder / "content/round").symlink_to(folder)
    return folder


def items() -> Iterator[str]:
    yield item(1, "Here it is fine.", post_name="fine")
    deep = "a:1:{i:0;" * 4000 + "N;" + "}" * 4000
    fields = {"deep": deep, "object": 'O:8:"stdClass":1:{s:1:"a";i:1;}', "tags": TAGS, "image": "../../evil.png"}
    evil = terms(("category", "../../evil", INJECTED), ("post_tag", "..", TAGS), ("../../evil", "x", "x"))
    reader = comment(1, INJECTED, author=INJECTED, author_url="javascript:alert(1)")
    yield item(2, INJECTED, title=INJECTED, creator=INJECTED, inner=meta(fields) + evil + reader)
    yield item(3, "Tagged.", title=TAGS, post_type="../../evil")
    for number, path in enumerate(path for path in PATHS if "\0" not in path):
        yield item(100 + number, f"Path {number}. <img src='{UPLOADS}/{path}'>", post_name=path, link=f"{path}")
        yield attachment(200 + number, path, title=path, fields={"_wp_attached_file": path})
        yield attachment(300 + number, "x.png", url=f"file://{path}", post_parent=100 + number)
    for number, body in enumerate((*BODIES.values(), *SLOW)):
        legal = "".join(each for each in body if each >= " " or each == "\n")
        yield item(400 + number, f"Body {number}.\n\n{legal}")


def hostile_export(folder: Path) -> Path:
    """Write an archive whose members lead out of it, with an export that does everything an export may try."""
    folder.mkdir(parents=True)
    with zipfile.ZipFile(folder / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("export.xml", export(*items()))
        for name in ("../../evil.png", "/etc/evil", "wp-content/uploads/../../../evil.png", "C:\\evil.png", "..\\evil"):
            archive.writestr(name, SECRET)
        archive.writestr("wp-content/uploads/link", "/etc/passwd")
        archive.getinfo("wp-content/uploads/link").external_attr = 0o120777 << 16
    return folder / "export.zip"


# What they achieve ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site_moved(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    machine = tmp_path_factory.mktemp("site") / "machine"
    return run(hostile_site(machine / "home/work/old"), machine, "jekyll")


@pytest.fixture(scope="module")
def export_moved(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    machine = tmp_path_factory.mktemp("export") / "machine"
    return run(hostile_export(machine / "home/work/old"), machine, "hugo")


def test_a_hostile_site_achieves_nothing(site_moved: Ran) -> None:
    ran = site_moved
    assert ran.code == 1, ran.said
    assert "Traceback" not in ran.said
    assert "HC110" in ran.findings
    assert "HC601" not in ran.findings
    written = text_of(ran.site)
    assert SECRET not in written
    assert "Here it is fine." in written
    for number in range(len(PATHS)):
        assert f"Path {number}." in written
    for number in range(len(MATTERS)):
        assert f"Matter {number}." in written
    for number in range(len(BODIES) + len(SLOW) + 1):
        assert f"Body {number}." in written


def test_a_hostile_export_achieves_nothing(export_moved: Ran) -> None:
    ran = export_moved
    assert ran.code in (0, 1), ran.said
    assert "Traceback" not in ran.said
    assert "HC601" not in ran.findings
    assert ran.findings
    written = text_of(ran.site)
    assert "Here it is fine." in written
    assert "root:" not in written
    for number in range(len(BODIES) + len(SLOW)):
        assert f"Body {number}." in written


@needs_chromium
@pytest.mark.parametrize("moved", ["site_moved", "export_moved"])
def test_a_report_on_a_hostile_source_runs_nothing_of_it(moved: str, request: pytest.FixtureRequest) -> None:
    ran = request.getfixturevalue(moved)
    assert "owned" not in in_browser(ran.report)
    assert "owned" in ran.report.read_text()
