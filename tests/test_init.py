"""`hugoconv init`: few questions, each choice with what it leads to, and a file that `convert` runs."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hugoconv.__main__ import main
from hugoconv.cli import config
from hugoconv.cli.samples import candidates

Answers = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path, fixtures: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copy(fixtures / "wxr" / "sample.xml", tmp_path / "export.xml")
    shutil.copytree(fixtures / "sites" / "jekyll-blog", tmp_path / "blog")
    (tmp_path / "notes.txt").write_text("mine\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def answering(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Run the command with some lines on stdin and give its exit code, stdout and stderr."""

    def run(*arguments: str, answers: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(answers))
        code = main(["init", *arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def test_the_answers_become_a_file_that_convert_runs(folder: Path, answering: Answers) -> None:
    code, out, err = answering(answers="export.xml\n\nnew\n")
    assert code == 0
    assert err.count("]: ") <= 6
    move = config.read(folder / "hugoconv.toml")
    assert (str(move.source), move.from_, str(move.destination), move.to) == ("export.xml", "wordpress", "new", "hugo")
    assert main(["convert", "-q"]) == 0
    assert list((folder / "new" / "content").rglob("*.md"))
    assert out == "hugoconv convert export.xml new --to hugo --from wordpress\n"


def test_what_was_chosen_as_json(folder: Path, answering: Answers) -> None:
    code, out, err = answering("blog", "--json")
    assert code == 0
    values = json.loads(out)
    assert values["command"] == "hugoconv convert blog site --to hugo --from jekyll"
    assert (values["file"], values["from"], values["to"], values["media"]) == (
        "hugoconv.toml",
        "jekyll",
        "hugo",
        "copy",
    )
    assert "Next:" not in err


def test_media_that_are_not_here_are_asked_for(folder: Path, answering: Answers) -> None:
    """The source was given, so that five questions are left: system, destination, media, layout, syntax."""
    code, out, err = answering("export.xml", answers="\n\ndownload\n")
    assert code == 0
    assert "Pictures and other media: 0 are here, 1 are not." in err
    assert err.count("]: ") <= 5
    assert config.read(folder / "hugoconv.toml").media == "download"
    assert "--media download" in out


def test_each_choice_is_shown_with_where_a_real_post_would_go(folder: Path, answering: Answers) -> None:
    _, _, err = answering("blog", answers="")
    assert "hugo       content/posts/2020-01-02-hello.md" in err
    assert "jekyll     _posts/2020-01-02-hello.md" in err
    assert main(["convert", "-q"]) == 0
    assert (folder / "site/content/posts/2020-01-02-hello.md").is_file()


def test_the_printed_command_does_the_same_as_the_file(folder: Path, answering: Answers) -> None:
    code, out, _ = answering("blog", answers="\n\nyear\nleaf\ntoml\n")
    assert code == 0
    assert main(["convert", "-q"]) == 0
    words = [word if word != "site" else "other" for word in shlex.split(out)]
    assert main([*words[1:], "-q"]) == 0
    texts = [
        {path.relative_to(folder / name): path.read_bytes() for path in (folder / name).rglob("*.md")}
        for name in ("site", "other")
    ]
    assert texts[0] == texts[1]
    assert Path("content/posts/2020/2020-01-02-hello/index.md") in texts[0]
    assert texts[0][Path("content/posts/2020/2020-01-02-hello/index.md")].startswith(b"+++")


def test_what_is_given_is_not_asked_for(folder: Path, answering: Answers) -> None:
    _, _, err = answering("blog", "there", "--to", "jekyll")
    assert "]: " not in err
    assert config.read(folder / "hugoconv.toml").to == "jekyll"


def test_a_wrong_answer_is_asked_again_with_the_nearest_name(folder: Path, answering: Answers) -> None:
    code, _, err = answering("blog", answers="huggo\n7\nhugo\n")
    assert code == 0
    assert "huggo is none of them (did you mean 'hugo'?)" in err
    (folder / "hugoconv.toml").unlink()
    code, _, err = answering("blog", answers="a\nb\nc\n")
    assert code == 2
    assert "nothing was written" in err
    assert not (folder / "hugoconv.toml").exists()


def test_a_file_that_is_there_is_not_replaced(folder: Path, answering: Answers) -> None:
    (folder / "hugoconv.toml").write_text("mine")
    code, _, err = answering("blog")
    assert (code, (folder / "hugoconv.toml").read_text()) == (2, "mine")
    assert "--force" in err
    assert answering("blog", "--force")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("nowhere",), "nowhere does not exist"), (("blog", "--to", "huggo"), "did you mean 'hugo'?"), ((), "init SRC")],
)
def test_what_cannot_be_asked(
    arguments: tuple[str, ...], words: str, folder: Path, answering: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "empty").mkdir()
    monkeypatch.chdir(folder / "empty" if not arguments else folder)
    code, out, err = answering(*arguments)
    assert (code, out) == (2, "")
    assert words in err


def test_sites_and_exports_are_offered_and_a_site_offers_itself(folder: Path) -> None:
    assert {str(path) for path, _ in candidates(Path())} == {"export.xml", "blog"}
    os.chdir("blog")
    assert [str(path) for path, _ in candidates(Path())] == ["."]


def test_inside_a_site_the_new_folder_lies_beside_it(
    folder: Path, answering: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder / "blog")
    code, out, err = answering()
    assert code == 0
    assert re.search(r"convert \. \.\./site ", out), err
    assert main(["convert", "-q"]) == 0
