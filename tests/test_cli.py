"""The command: exit codes, what goes to which stream, and one clear line for whatever cannot be done."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from folders import write
from typer.testing import CliRunner

from hugoconv import __version__, api
from hugoconv.__main__ import main
from hugoconv.cli.app import app
from hugoconv.cli.progress import progress_bar, time_left
from hugoconv.report.codes import CODES
from hugoconv.systems import exporters, importers

Files = dict[str, str]
POSTS: Files = {
    "hugo.toml": 'title = "Harbour"\nbaseURL = "https://harbour.example/"\n',
    "content/posts/anchor.md": "---\ntitle: Anchor # kept\ndate: 2021-03-04\ntags: [iron]\n---\nHeavy.\n",
    "content/posts/buoy.md": "---\ntitle: Buoy\ndate: 2022-05-06\n---\nRed.\n",
    "content/about.md": "---\ntitle: About\ntype: page\n---\nUs.\n",
    "static/map.txt": "a map\n",
}
BROKEN: Files = {"content/posts/broken.md": "---\ntitle: [unclosed\n---\nText.\n"}
EMPTY_EXPORT = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/">'
    "<channel><title>x</title><wp:wxr_version>1.2</wp:wxr_version></channel></rss>"
)


def tree(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small Hugo site `old` in an otherwise empty working directory."""
    monkeypatch.chdir(tmp_path)
    return write(tmp_path / "old", POSTS)


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command and give its exit code, stdout and stderr."""

    def running(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return running


# What cannot run ----------------------------------------------------------------------------------------------------

TO_HUGO = ("new", "-t", "hugo")
REFUSED = {
    "missing path": (("convert", "nowhere", *TO_HUGO), "nowhere does not exist"),
    "missing path, named system": (("convert", "nowhere", *TO_HUGO, "-f", "jekyll"), "nowhere does not exist"),
    "empty folder": (("convert", "empty", *TO_HUGO), "empty is an empty folder"),
    "empty folder, named system": (("convert", "empty", *TO_HUGO, "-f", "hugo"), "holds no posts"),
    "folder that is no site": (("convert", "code", *TO_HUGO), "no site that hugoconv knows"),
    "file that is no post": (("convert", "code/main.c", *TO_HUGO), "no site that hugoconv knows"),
    "export without items": (("convert", "empty.xml", *TO_HUGO), "no readable item"),
    "other XML": (("convert", "page.xml", *TO_HUGO), "not a WordPress export"),
    "destination in source": (("convert", "old", "old/new", "-t", "hugo"), "lie inside one another"),
    "source in destination": (("convert", "old", ".", "-t", "hugo"), "lie inside one another"),
    "destination is source": (("convert", "old", "old", "-t", "hugo"), "the source itself"),
    "destination not empty": (("convert", "old", "code", "-t", "hugo"), "--force"),
    "no system to write": (("convert", "old", "new"), "NAME is one of hugo, jekyll"),
    "no destination": (("convert", "old"), "'DEST'"),
    "unknown system to write": (("convert", "old", "new", "-t", "huggo"), "did you mean 'hugo'?"),
    "unknown system to read": (("convert", "old", *TO_HUGO, "-f", "jekyl"), "did you mean 'jekyll'?"),
    "in place as another": (("convert", "old", "new", "-t", "hugo", "--in-place"), "--in-place"),
    "unknown command": (("conver",), "'convert'"),
    "unknown flag": (("convert", "old", *TO_HUGO, "--dry-rum"), "--dry-run"),
    "setting without value": (("convert", "old", *TO_HUGO, "--set", "exporter.theme"), "KEY=VALUE"),
    "setting without scope": (("convert", "old", *TO_HUGO, "--set", "theme=x"), "did you mean exporter.theme=x?"),
    "setting of nothing": (("convert", "old", *TO_HUGO, "--set", "tehme=x"), "KEY=VALUE"),
    "unknown media mode": (("convert", "old", *TO_HUGO, "--media", "downlod"), "did you mean 'download'?"),
    "unknown redirects": (("convert", "old", *TO_HUGO, "--redirects", "ngins"), "did you mean 'nginx'?"),
    "a flag that sets an option": (("convert", "old", *TO_HUGO, "--shortcodes", "kepe"), "--shortcodes: "),
    "unknown value of a flag": (("convert", "old", *TO_HUGO, "--shortcodes", "kepe"), "did you mean 'keep'?"),
    "nearly the source": (("convert", "odl", *TO_HUGO), "did you mean 'old'?"),
    "nearly the site to inspect": (("inspect", "odl"), "did you mean 'old'?"),
    "nearly the site to check": (("check", "odl"), "did you mean 'old'?"),
    "nearly the old site": (("check", "old", "--against", "odl"), "did you mean 'old'?"),
    "setting of nobody": (("convert", "old", *TO_HUGO, "--set", "export.theme=x"), "did you mean 'exporter'?"),
    "unknown setting": (("convert", "old", *TO_HUGO, "--set", "exporter.teme=x"), "did you mean 'theme'?"),
    "unknown syntax": (("convert", "old", *TO_HUGO, "--front-matter", "tmol"), "did you mean 'toml'?"),
    "no such day": (("convert", "old", *TO_HUGO, "--since", "2020-02-30"), "YYYY-MM-DD"),
    "limit that is no number": (("convert", "old", *TO_HUGO, "--limit", "ten"), "'--limit'"),
    "report of unknown kind": (("convert", "old", *TO_HUGO, "--report", "x.txt"), ".html or .json"),
    "report in no folder": (("convert", "old", *TO_HUGO, "--report", "nowhere/x.html"), "no folder nowhere"),
    "two results": (("convert", "old", *TO_HUGO, "--json", "--diff"), "choose one"),
    "transform without function": (("convert", "old", *TO_HUGO, "--transform", "moves.py"), "FILE.py:function"),
    "transform in no file": (("convert", "old", *TO_HUGO, "--transform", "none.py:tidy"), "no file none.py"),
    "unknown transform": (("convert", "old", *TO_HUGO, "--transform", "moves.py:tidi"), "did you mean 'tidy'?"),
    "transform that fails": (("convert", "old", *TO_HUGO, "--transform", "faulty.py:tidy"), "ZeroDivisionError"),
    "transform that exits": (("convert", "old", *TO_HUGO, "--transform", "leaving.py:tidy"), "SystemExit"),
    "transform with a dot in its name": (("convert", "old", *TO_HUGO, "--transform", "a.b.py:tidy"), "another name"),
    "transform with a taken name": (("convert", "old", *TO_HUGO, "--transform", "json.py:tidy"), "another name"),
    "inspect nothing": (("inspect", "nowhere"), "nowhere does not exist"),
    "check nothing": (("check", "nowhere"), "nowhere does not exist"),
    "check against nothing": (("check", "old", "--against", "nowhere"), "nowhere does not exist"),
    "unknown format": (("formats", "wordpres"), "did you mean 'wordpress'?"),
    "unknown code": (("explain", "HC30l"), "did you mean 'HC"),
}


@pytest.mark.parametrize(("arguments", "words"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_run_is_one_line_and_nothing_written(
    arguments: tuple[str, ...], words: str, site: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"code/main.c": "int main;", "empty.xml": EMPTY_EXPORT, "page.xml": "<html/>"})
    write(
        tmp_path,
        {"moves.py": "def tidy(post): return post\n", "faulty.py": "1 / 0\n", "leaving.py": "raise SystemExit\n"},
    )
    write(tmp_path, dict.fromkeys(("json.py", "a.b.py"), "def tidy(post): return post\n"))
    (tmp_path / "empty").mkdir()
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    before = tree(tmp_path)
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("hugoconv: error: ")
    assert err.count("\n") == 1
    assert words in err
    assert tree(tmp_path) == before
    sys.modules.pop("moves", None)


def test_an_internal_error_is_one_line_and_with_v_a_traceback(
    site: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def convert(*_: object, **__: object) -> None:
        raise ZeroDivisionError("no\nmore")

    monkeypatch.setattr(api, "convert", convert)
    code, out, err = run("convert", "old", "new", "-t", "hugo")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "internal error: ZeroDivisionError: no\\x0amore (test_cli.py:" in err
    assert "Traceback" in run("convert", "old", "new", "-t", "hugo", "-v")[2]


def test_an_interrupted_run_is_finished_by_the_same_command(site: Path, run: Run, tmp_path: Path) -> None:
    moves = """
import os, signal
calls = 0
def tidy(post):
    global calls
    calls += 1
    if calls == 5:  # the second post of the second pass
        os.kill(os.getpid(), signal.SIGINT)
    return post
"""
    write(tmp_path, {"interrupting.py": moves})
    command = ("convert", "old", "new", "-t", "hugo", "--transform", "interrupting.py:tidy")
    code, out, err = run(*command)
    assert (code, out) == (130, "")
    assert "the same command finishes the work" in err
    assert [name for name in tree(tmp_path / "new") if name.endswith(".md")] == ["content/about.md"]
    assert run(*command)[0] == 0
    written = {name: text for name, text in tree(tmp_path / "new").items() if not name.startswith(".hugoconv")}
    assert written == tree(site)


# Help and version ---------------------------------------------------------------------------------------------------

COMMANDS = ("init", "inspect", "convert", "check", "explain", "formats", "schema")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_that_fits_a_terminal(command: str) -> None:
    shown = CliRunner().invoke(app, [command, "--help"])
    assert shown.exit_code == 0
    assert f"Usage: hugoconv {command}" in shown.output or f"{command} [OPTIONS]" in shown.output
    assert max(map(len, shown.output.splitlines())) <= 80


def test_the_help_lists_every_command_in_one_line_each(run: Run) -> None:
    code, out, err = run("--help")
    assert (code, err) == (0, "")
    listed = [line.split()[0] for line in out.partition("Commands:")[2].splitlines() if line.startswith("  ")]
    assert listed[: len(COMMANDS)] == list(COMMANDS)
    assert "..." not in out.partition("Commands:")[2]


def test_without_a_command_the_help_is_shown_and_nothing_is_done(run: Run) -> None:
    code, out, _ = run()
    assert code == 2
    assert out == run("--help")[1]


def test_the_version_comes_without_loading_the_command_line() -> None:
    script = (
        "import sys; from hugoconv.__main__ import main; main(['--version']);"
        " sys.exit(bool({'typer', 'rich', 'yaml', 'lxml'} & set(sys.modules)))"
    )
    started = time.perf_counter()
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    print(f"hugoconv --version: {(time.perf_counter() - started) * 1000:.0f} ms")
    assert (shown.returncode, shown.stdout, shown.stderr) == (0, f"hugoconv {__version__}\n", "")
    assert CliRunner().invoke(app, ["--version"]).output == shown.stdout


def test_help_loads_nothing_but_the_command_line() -> None:
    script = (
        "import sys; from hugoconv.__main__ import main; main(['convert', '--help']);"
        " sys.exit(bool({'rich', 'yaml', 'lxml', 'bs4', 'tomlkit', 'hugoconv.migrate'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode == 0


# Converting ---------------------------------------------------------------------------------------------------------


def test_converting_prints_nothing_on_stdout(site: Path, run: Run, tmp_path: Path) -> None:
    code, out, err = run("convert", "old", "new", "--to", "hugo")
    assert (code, out) == (0, "")
    assert "3 posts written" in err
    assert (tmp_path / "new/content/posts/anchor.md").read_text() == POSTS["content/posts/anchor.md"]


def test_quiet_prints_nothing_at_all(site: Path, run: Run) -> None:
    assert run("convert", "old", "new", "--to", "hugo", "-q") == (0, "", "")


@pytest.mark.parametrize(
    ("program", "note"), [("/bin/hugo", ""), (None, " (install Hugo first: https://gohugo.io/installation/)")]
)
def test_a_new_site_says_how_to_see_it(
    program: str | None, note: str, site: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: program)
    write(tmp_path, {"jek/_config.yml": "title: J\n", "jek/_posts/2020-01-02-hi.md": "---\ntitle: Hi\n---\nText.\n"})
    _, _, err = run("convert", "jek", "new site", "--to", "hugo", "--report", "all.html")
    steps = [line for line in err.splitlines() if line.startswith("Next: ")]
    assert steps == [
        "Next: open all.html in a browser; what needs you comes first",
        f"Next: hugo server --source 'new site' --buildDrafts{note}",
        "Next: hugoconv check 'new site' --against jek",
    ]
    assert (tmp_path / "all.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_json_is_the_report(site: Path, run: Run, tmp_path: Path) -> None:
    code, out, _ = run("convert", "old", "new", "--to", "hugo", "--json", "--report", "all.json")
    report = json.loads(out)
    assert (code, report["exit_code"], report["posts"]["written"]) == (0, 0, 3)
    assert report == json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))


def test_a_dry_run_lists_what_it_would_write_and_writes_nothing(site: Path, run: Run, tmp_path: Path) -> None:
    code, out, err = run("convert", "old", "new", "--to", "hugo", "-n")
    assert code == 0
    assert "would be written" in err
    rows = {tuple(line.split()) for line in out.splitlines()}
    assert ("written", "6", "B", "static/map.txt") in rows
    assert {row[3] for row in rows if row[0] == "written"} == set(POSTS)
    assert not (tmp_path / "new").exists()


def test_a_dry_run_into_wordpress_lists_the_export_and_the_files_beside_it(
    site: Path, run: Run, tmp_path: Path
) -> None:
    code, out, _ = run("convert", "old", "export.xml", "--to", "wordpress", "-n")
    assert code == 0
    rows = [line.split() for line in out.splitlines()]
    assert [row[0] for row in rows if "export.xml" in row] == ["written"]
    assert ["written", "6", "B", "uploads/map.txt"] in [row[:4] for row in rows]
    assert not (tmp_path / "export.xml").exists()


def test_a_dry_run_over_a_finished_site_lists_only_what_would_change(site: Path, run: Run, tmp_path: Path) -> None:
    run("convert", "old", "new", "--to", "hugo")
    assert run("convert", "old", "new", "--to", "hugo", "-n")[1] == ""
    write(site, {"content/posts/buoy.md": "---\ntitle: Buoy\n---\nGreen.\n"})
    write(tmp_path / "new", {"content/posts/anchor.md": "mine now\n"})
    rows = [line.split()[::3] for line in run("convert", "old", "new", "--to", "hugo", "-n")[1].splitlines()[1:]]
    assert rows == [["kept", "content/posts/anchor.md"], ["written", "content/posts/buoy.md"]]
    assert "unchanged" in run("convert", "old", "new", "--to", "hugo", "-n", "-v")[1]


def test_a_long_list_is_cut_unless_asked_for(site: Path, run: Run) -> None:
    write(site, {f"static/{number}.txt": "x" for number in range(60)})
    cut = run("convert", "old", "new", "--to", "hugo", "-n")[1].splitlines()
    assert (len(cut), cut[-1]) == (42, "... and 25 more: -v shows all")
    assert len(run("convert", "old", "new", "--to", "hugo", "-n", "-v")[1].splitlines()) == 66


def test_a_diff_goes_to_stdout_uncoloured_when_piped(site: Path, run: Run, tmp_path: Path) -> None:
    code, out, _ = run("convert", "old", "new", "--to", "hugo", "--diff", "--front-matter", "toml")
    assert code == 0
    assert "-title: Buoy\n" in out
    assert '+title = "Buoy"\n' in out
    assert "\x1b" not in out
    assert not (tmp_path / "new").exists()


def test_check_says_by_its_exit_code_whether_anything_would_change(site: Path, run: Run, tmp_path: Path) -> None:
    command = ("convert", "old", "new", "--to", "hugo", "--check", "-q")
    assert run(*command)[0] == 1
    assert not (tmp_path / "new").exists()
    run("convert", "old", "new", "--to", "hugo")
    assert run(*command) == (0, "", "")
    write(site, {"content/posts/buoy.md": "---\ntitle: Buoy\n---\nGreen.\n"})
    assert run(*command)[0] == 1


def test_a_post_that_cannot_be_read_makes_the_exit_code_one(site: Path, run: Run, tmp_path: Path) -> None:
    write(site, BROKEN)
    code, out, err = run("convert", "old", "new", "--to", "hugo")
    assert (code, out) == (1, "")
    assert any(line.startswith("content/posts/broken.md:") and " HC201 " in line for line in err.splitlines())
    assert tree(tmp_path / "new")["content/posts/broken.md"] == BROKEN["content/posts/broken.md"].encode()


def test_strict_makes_warnings_count(site: Path, run: Run, tmp_path: Path) -> None:
    (site / "static/secret").symlink_to("/etc/hostname")
    assert run("convert", "old", "new", "--to", "hugo")[0] == 0
    assert run("convert", "old", "other", "--to", "hugo", "--strict")[0] == 1


def test_many_findings_are_cut_and_the_worst_come_first(site: Path, run: Run) -> None:
    for number in range(30):
        (site / f"static/{number:02}").symlink_to("/etc/hostname")
    write(site, BROKEN)
    lines = run("convert", "old", "new", "--to", "hugo")[2].splitlines()
    findings = [line for line in lines if (" HC110 " in line or " HC201 " in line) and line[0] != " "]
    assert " HC201 " in findings[0]
    assert len(findings) == 4
    assert "  ... and 27 more of HC110" in lines
    assert "27 of 31 findings are not shown: -v shows all, --report FILE keeps them" in lines
    assert (
        sum(line.startswith("static/") for line in run("convert", "old", "new2", "-t", "hugo", "-v")[2].splitlines())
        == 30
    )


SELECTED = {
    "everything": ((), {"about", "anchor", "buoy"}),
    "two": (("--limit", "2"), {"about", "anchor"}),
    "a path": (("--only", "content/posts/*"), {"anchor", "buoy"}),
    "two paths": (("--only", "*/buoy.md", "--only", "*/about.md"), {"about", "buoy"}),
    "a type": (("--types", "page, note"), {"about"}),
    "from a day on": (("--since", "2022-05-06"), {"buoy"}),
    "from a day on, short": (("--since", "2021-3-4"), {"anchor", "buoy"}),
}


@pytest.mark.parametrize(("options", "names"), SELECTED.values(), ids=SELECTED)
def test_selecting_posts(options: tuple[str, ...], names: set[str], site: Path, run: Run, tmp_path: Path) -> None:
    assert run("convert", "old", "new", "--to", "hugo", *options)[0] == 0
    assert {path.stem for path in (tmp_path / "new/content").rglob("*.md")} == names


@pytest.mark.parametrize(
    "options",
    [("--front-matter", "toml"), ("--set", "exporter.front_matter=toml"), ("--set", "exporter.front-matter=toml")],
)
def test_options_of_a_system(options: tuple[str, ...], site: Path, run: Run, tmp_path: Path) -> None:
    assert run("convert", "old", "new", "--to", "hugo", *options)[0] == 0
    assert (tmp_path / "new/content/posts/buoy.md").read_text().startswith("+++\ntitle = ")


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=n", "-c", "user.email=e", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git: install Debian's package git")
def test_in_place_is_refused_while_git_has_uncommitted_changes(run: Run, tmp_path: Path) -> None:
    site = tmp_path / "blog"
    (site / "content").mkdir(parents=True)
    post = site / "content" / "a.md"
    post.write_text("---\ntitle: a # c\n---\nbody\n")
    git(tmp_path, "init", "-q")
    command = ("convert", str(site), str(site), "--to", "hugo", "--front-matter", "toml", "--in-place")
    code, _, err = run(*command)
    assert (code, "content/a.md" in err, "--force" in err) == (2, True, True)
    assert post.read_text().startswith("---")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "all")
    (tmp_path / "elsewhere").write_text("not in the site")
    code, out, _ = run(*command, "--diff")
    assert (code, '+title = "a" # c' in out, git(tmp_path, "status", "--porcelain", "blog")) == (0, True, "")
    assert run(*command)[0] == 0
    assert post.read_text() == '+++\ntitle = "a" # c\n+++\nbody\n'
    assert not (site / ".hugoconv").exists()
    assert run(*command[:-2], "json", "--in-place")[0] == 2
    assert run(*command[:-2], "json", "--in-place", "--force")[0] == 0
    assert post.read_text() == '{\n  "title": "a"\n}\nbody\n'


def test_one_post_from_stdin_to_stdout(monkeypatch: pytest.MonkeyPatch, capfdbinary: Any) -> None:
    source = b"---\r\ntitle: a # \xc3\xa9\r\n---\r\nbody"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(source)))
    code = main(["convert", "-", "--to", "hugo", "--front-matter", "toml"])
    assert (code, capfdbinary.readouterr().out) == (0, b'+++\r\ntitle = "a" # \xc3\xa9\r\n+++\r\nbody')


READ_ALONE = [name for name in importers if hasattr(importers.load(name), "post_from_text")]


@pytest.mark.parametrize("target", list(exporters))
@pytest.mark.parametrize("source", READ_ALONE)
def test_one_post_from_stdin_to_stdout_for_every_pair_of_systems(
    source: str, target: str, monkeypatch: pytest.MonkeyPatch, capfdbinary: Any
) -> None:
    text = b"---\ntitle: A kettle\ndate: 2024-05-06\n---\nOn the *stove*.\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
    code = main(["convert", "-", "-", "--from", source, "--to", target])
    shown = capfdbinary.readouterr()
    assert code == 0, shown.err
    assert b"A kettle" in shown.out
    assert b"stove" in shown.out
    assert b"other file" not in shown.err
    if source == target:
        assert shown.out == text


def test_several_posts_are_not_one(monkeypatch: pytest.MonkeyPatch, capfdbinary: Any, fixtures: Path) -> None:
    export = (fixtures / "wxr" / "sample.xml").read_bytes()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(export)))
    assert main(["convert", "-", "-", "--from", "wordpress", "--to", "hugo"]) == 2
    shown = capfdbinary.readouterr()
    assert (shown.out, b"there are 12 posts in it, not one" in shown.err) == (b"", True)


def test_in_place_needs_no_target(site: Path, run: Run) -> None:
    assert run("convert", "old", "--in-place", "--front-matter", "toml", "--force")[0] == 0
    assert (site / "content/posts/anchor.md").read_text().startswith("+++\n")


def test_one_post_from_file_to_file(run: Run, tmp_path: Path) -> None:
    source, target = tmp_path / "a.md", tmp_path / "b.md"
    source.write_text("+++\ntitle = 'a'\n+++\nbody\n")
    command = ("convert", str(source), str(target), "--to", "hugo", "--front-matter", "yaml")
    assert run(*command, "--dry-run")[0] == 0
    assert not target.exists()
    assert run(*command)[0] == 0
    assert target.read_text() == "---\ntitle: a\n---\nbody\n"
    code, _, err = run(*command)
    assert (code, "--force" in err) == (2, True)
    assert run(*command, "--force")[0] == 0
    assert {path.name for path in tmp_path.iterdir()} == {"a.md", "b.md"}
    code, _, err = run("convert", str(source), str(tmp_path / "c.md"), "--to", "jekyll")
    assert (code, "Next:" in err, "other file" in err) == (0, False, False)  # a site has more files; a post is one
    assert (tmp_path / "c.md").read_text() == "---\ntitle: a\n---\nbody\n"
    assert run("convert", str(source), "--to", "hugo", "--front-matter", "json", "--in-place")[0] == 0
    assert source.read_text() == '{\n  "title": "a"\n}\nbody\n'


def test_a_post_that_cannot_be_read_comes_out_as_it_is(monkeypatch: pytest.MonkeyPatch, capfdbinary: Any) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"---\na: [\n---\n")))
    code = main(["convert", "-", "-", "--to", "hugo", "--front-matter", "toml"])
    captured = capfdbinary.readouterr()
    assert (code, captured.out, b"HC201" in captured.err) == (1, b"---\na: [\n---\n", True)


def test_a_transform_from_a_file_edits_in_place_and_only_what_it_must(site: Path, run: Run, tmp_path: Path) -> None:
    renaming = "def tidy(post):\n    post.title = {'Anchor': 'Kedge'}.get(post.title, post.title)\n    return post\n"
    write(tmp_path, {"renaming.py": renaming})
    before = tree(site)
    command = ("convert", "old", "old", "--to", "hugo", "--in-place", "--transform", "renaming.py:tidy")
    assert "-title: Anchor # kept\n+title: Kedge # kept\n" in run(*command, "--diff")[1]
    assert tree(site) == before
    assert run(*command)[0] == 0
    name = "content/posts/anchor.md"
    assert tree(site) == {**before, name: before[name].replace(b"title: Anchor", b"title: Kedge")}


def test_a_transform_works_in_several_processes(site: Path, run: Run, tmp_path: Path) -> None:
    write(site, {f"content/posts/{number:03}.md": f"---\ntitle: {number}\n---\n" for number in range(120)})
    write(tmp_path, {"shouting.py": "def tidy(post):\n    post.title = (post.title or '') + '!'\n    return post\n"})
    assert run("convert", "old", "new", "--to", "hugo", "-j", "3", "--transform", "shouting.py:tidy")[0] == 0
    titles = [path.read_text().splitlines()[1] for path in sorted((tmp_path / "new/content/posts").glob("[0-9]*.md"))]
    assert titles == [f"title: {number}!" for number in range(120)]


# Terminals ----------------------------------------------------------------------------------------------------------


def test_control_characters_never_reach_the_terminal(site: Path, run: Run) -> None:
    write(site, {"content/posts/\x1b[31mred.md": BROKEN["content/posts/broken.md"]})
    code, out, err = run("convert", "old", "new", "--to", "hugo", "-n")
    assert code == 1
    assert "\\x1b[31mred.md" in err
    assert "\\x1b[31mred.md" in out
    assert "\x1b" not in out + err


@pytest.mark.skipif(sys.platform != "linux", reason="names that are not UTF-8 are a matter of Linux")
def test_names_that_are_not_utf8_can_be_printed(site: Path, tmp_path: Path) -> None:
    (site / "static" / os.fsdecode(b"caf\xe9")).symlink_to("/etc/hostname")
    command = [sys.executable, "-m", "hugoconv", "convert", "old", "new", "-t", "hugo", "--json"]
    shown = subprocess.run(command, capture_output=True, check=False)
    assert shown.returncode == 0, shown.stderr
    assert any("caf\udce9" in each["file"] for each in json.loads(shown.stdout)["findings"])
    assert b"caf\\udce9" in shown.stderr


def test_a_reader_that_goes_away_is_no_error_message() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "hugoconv", "explain"]
    shown = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (shown.returncode, shown.stderr) == (141, b"")


def test_no_progress_without_a_terminal(site: Path, run: Run) -> None:
    assert "━" not in run("convert", "old", "new", "--to", "hugo")[2]


def test_the_progress_bar_starts_no_thread(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    before = threading.active_count()
    with progress_bar(quiet=False) as show:
        assert show is not None
        show("writing", 5, 10)
        show("finishing", 3, 0)
        assert threading.active_count() == before
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "\x1b[3" not in captured.err
    with progress_bar(quiet=True) as show:
        assert show is None


@pytest.mark.parametrize(
    ("elapsed", "done", "total", "shown"),
    [
        (1.0, 5, 10, ""),
        (3.0, 0, 10, ""),
        (3.0, 10, 10, ""),
        (10.0, 20, 150, ", 1:05 left"),
        (60.0, 1, 62, ", 1:01:00 left"),
    ],
)
def test_the_time_left(elapsed: float, done: int, total: int, shown: str) -> None:
    assert time_left(elapsed, done, total) == shown


# The other commands -------------------------------------------------------------------------------------------------


def test_inspect_counts_what_is_there(site: Path, run: Run) -> None:
    write(site, {"content/posts/buoy.md": "---\ntitle: Buoy\ndraft: true\n---\n{{< youtube abc >}}\n"})
    code, out, err = run("inspect", "old")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "old: hugo (it has a Hugo configuration)"
    assert "3 posts" in out
    assert ["posts", "draft", "1"] in [line.split() for line in out.splitlines()]
    for line in ("Years: 2021 (1), none (2)", "tags: 1 term: iron (1)", "Constructs (shortcode): youtube (1)"):
        assert line in out
    values = json.loads(run("inspect", "old", "--json")[1])
    assert values["system"] == "hugo"
    assert values["terms"] == {"tags": {"iron": 1}}
    assert values["constructs"] == [{"kind": "shortcode", "name": "youtube", "count": 1}]
    assert values["front_matter"]["keys"]["title"] == 3


def test_inspect_says_what_each_target_would_lose_and_writes_nothing(
    site: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(site, {"content/posts/buoy.md": "---\ntitle: Buoy\n---\n{{< mine >}}\n"})
    before = tree(tmp_path)
    told = run("inspect", "old")[1].partition("What a move would leave to you")[2].splitlines()
    targets = [line for line in told if line.startswith("  to ")]
    assert any("jekyll" in line and "nothing" not in line for line in targets)
    assert not any("hugo" in line for line in targets)
    assert "        1 x HC301 unmapped shortcode mine (kept as text)" in told
    losses = json.loads(run("inspect", "old", "--json")[1])["losses"]
    assert losses["jekyll"]
    assert all(CODES[code].severity != "info" for counts in losses.values() for code in counts)
    assert tree(tmp_path) == before
    monkeypatch.setattr("hugoconv.cli.inspect.LOSSES_UP_TO", 2)
    assert "more than 2 posts" in run("inspect", "old")[1]
    assert "jekyll" in run("inspect", "old", "-v")[1].partition("What a move would leave to you")[2]


def test_inspect_names_what_cannot_be_read(site: Path, run: Run) -> None:
    write(site, BROKEN)
    code, out, err = run("inspect", "old")
    assert code == 1
    assert "1 unreadable" in out
    assert "content/posts/broken.md" in err


def test_check_finds_a_lost_post(site: Path, run: Run, tmp_path: Path) -> None:
    run("convert", "old", "new", "--to", "hugo")
    assert run("check", "new", "--against", "old")[0] == 0
    (tmp_path / "new/content/posts/buoy.md").unlink()
    code, out, err = run("check", "new", "--against", "old")
    assert code == 1
    assert [line.split() for line in out.splitlines()][:2] == [
        ["of", "the", "old", "site", "has", "missing", "named"],
        ["posts", "3", "1", "0"],
    ]
    assert "content/posts/buoy.md HC510 the post 'Buoy'" in err
    code, out, err = run("check", "new", "--against", "old", "--json", "-q")
    assert (code, err) == (1, "")
    assert [finding["code"] for finding in json.loads(out)["findings"] if finding["severity"] == "error"] == ["HC510"]


def test_formats_lists_systems_options_and_keys(run: Run) -> None:
    code, out, _ = run("formats")
    assert code == 0
    assert {"hugo", "jekyll", "wordpress"} <= {line.split()[0] for line in out.splitlines()}
    shown = run("formats", "hugo")[1]
    assert "exporter.front_matter" in shown
    assert "lastmod, modified" in shown


def test_formats_and_explain_print_json(run: Run) -> None:
    assert json.loads(run("formats", "--json")[1])["wordpress"]["writes"]
    hugo = json.loads(run("formats", "hugo", "--json")[1])
    assert "front_matter" in {option["name"] for option in hugo["options"]["exporter"]}
    assert {"field": "updated", "keys": ["lastmod", "modified"], "value": "date"} in hugo["front_matter"]
    assert {row["code"] for row in json.loads(run("explain", "--json")[1])} == set(CODES)
    assert json.loads(run("explain", "hc301", "--json")[1])["severity"] == CODES["HC301"].severity


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_is_explained(code: str, run: Run) -> None:
    exit_code, out, err = run("explain", code.lower())
    assert (exit_code, err) == (0, "")
    assert out.startswith(f"{code} ({CODES[code].severity})")
    assert "What to do: " in out
    assert not {"{", "}"} & set(CODES[code].why + CODES[code].remedy), "only the message is filled in"


def test_the_beginning_of_a_code_lists_those_that_begin_so(run: Run) -> None:
    code, out, _ = run("explain", "hc10")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()[1:]] == [each for each in CODES if each.startswith("HC10")]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--types", "pots"), "(did you mean 'posts'?); types are: page, posts"),
        (("--authors", "Idda"), "(did you mean 'Ida'?); authors are: Ida"),
        (("--only", "nothing*"), "matches the filter (only nothing*)"),
    ],
)
def test_a_filter_that_matches_nothing_says_what_there_is(
    options: tuple[str, ...], words: str, site: Path, run: Run
) -> None:
    write(site, {"content/posts/buoy.md": "---\ntitle: Buoy\nauthor: Ida\n---\nText.\n"})
    assert words in run("convert", "old", "new", "--to", "hugo", *options)[2]


def test_explain_without_a_code_lists_all(run: Run) -> None:
    listed = [line.split()[0] for line in run("explain")[1].splitlines()[1:]]
    assert listed == list(CODES)
