"""`hugoconv.toml`: found upward, read strictly, run by `convert` without arguments."""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import hugoconv
from hugoconv.__main__ import main
from hugoconv.cli import config
from hugoconv.cli.move import file_keys
from hugoconv.errors import UsageError

SITE = {
    "old/hugo.toml": 'title = "Harbour"\n',
    "old/content/posts/anchor.md": "---\ntitle: Anchor\nimage: a.png\nwp_id: 7\n---\nHeavy.\n",
    "old/content/about.md": "---\ntitle: About\ntype: page\n---\nUs.\n",
    "moves.py": "def shout(post):\n    post.title = post.title.upper()\n    return post\n",
}
CONFIG = """\
[source]
path = "old"

[target]
path = "new"
format = "hugo"
front-matter = "toml"

[posts]
types = ["posts"]

[front-matter]
rename = { image = "featured_image" }
drop = ["wp_id"]

[transforms]
use = ["moves.py:shout"]

[run]
report = "report.html"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name, text in SITE.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    yield tmp_path
    sys.modules.pop("moves", None)


def write(folder: Path, text: str) -> Path:
    path = folder / config.NAME
    path.write_text(text)
    return path


@pytest.mark.parametrize("where", [".", "deep/er"])
def test_convert_without_arguments_runs_the_file_wherever_one_stands(
    where: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, CONFIG)
    (folder / where).mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(folder / where)
    assert main(["convert"]) == 0
    assert f"Using {os.path.relpath(folder / config.NAME)}\n" in capsys.readouterr().err
    post = (folder / "new/content/posts/anchor.md").read_text()
    assert post == '+++\ntitle = "ANCHOR"\nfeatured_image = "a.png"\n+++\nHeavy.\n'
    assert [path.name for path in (folder / "new/content").rglob("*.md")] == ["anchor.md"]
    assert (folder / "report.html").exists()


def test_options_of_the_command_line_win_over_the_file(folder: Path) -> None:
    write(folder, CONFIG)
    assert main(["convert", "--types", "page", "--set", "exporter.front_matter=json", "--dry-run", "-q"]) == 0
    assert not (folder / "new").exists()
    assert main(["convert", "--types", "page", "--front-matter", "json", "-q"]) == 0
    assert [path.name for path in (folder / "new/content").rglob("*.md")] == ["about.md"]
    assert (folder / "new/content/about.md").read_text().startswith("{")


def test_a_file_is_not_used_where_source_and_destination_are_named(folder: Path) -> None:
    write(folder, CONFIG)
    assert main(["convert", "old", "other", "--to", "hugo", "-q"]) == 0
    assert (folder / "other/content/posts/anchor.md").read_text() == SITE["old/content/posts/anchor.md"]


def test_no_file_says_what_to_write(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert"]) == 2
    err = capsys.readouterr().err
    assert "no hugoconv.toml here or above" in err
    assert "hugoconv init" in err


def test_ignored_warnings_are_counted_and_do_not_count(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "old/static").mkdir()
    (folder / "old/static/secret").symlink_to("/etc/hostname")
    text = CONFIG + "strict = true\n"
    write(folder, text)
    assert main(["convert"]) == 1
    write(folder, text + '\n[check]\nignore = ["HC110"]\n')
    capsys.readouterr()
    assert main(["convert"]) == 0
    err = capsys.readouterr().err
    assert "HC110" not in err
    assert "1 finding ignored" in err


REFUSED = {
    "table": ("[targt]\npath = 'x'\n", 1, "no table [targt] (did you mean 'target'?)"),
    "no table": ("path = 'x'\n[source]\n", 1, "no table [path]"),
    "text for a table": ("target = 'x'\n", 1, "target is a table"),
    "key": ("[source]\npath = 'old'\n[run]\nstrct = true\n", 4, "[run] has no key 'strct' (did you mean 'strict'?)"),
    "system's key": (CONFIG.replace("front-matter = ", "front-mater = "), 7, "did you mean 'front-matter'?"),
    "key of a table that is like another": ("[posts]\n[source]\npath='old'\nformat='hugo'\nposts = 1\n", 5, "[source]"),
    "system's value": (CONFIG.replace('"toml"', '"xml"'), 7, "front_matter is one of"),
    "system": (CONFIG.replace('format = "hugo"', 'format = "huggo"'), 6, "did you mean 'hugo'?"),
    "kind of value": (CONFIG.replace('["wp_id"]', "3"), 14, "[front-matter] drop is a list of texts, not 3"),
    "number": ("[posts]\nlimit = true\n", 2, "[posts] limit is a whole number, not True"),
    "not TOML": ("[source]\npath = old\n", 2, "not TOML"),
    "code": ("[check]\nignore = ['HC3011']\n", 2, "no code 'HC3011' (did you mean 'HC"),
    "error ignored": ("[check]\nignore = ['HC605']\n", 2, "HC605 is an error, which cannot be ignored"),
}


@pytest.mark.parametrize(("text", "line", "words"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_fit_is_refused_at_its_line(text: str, line: int, words: str, folder: Path) -> None:
    with pytest.raises(UsageError) as caught:
        config.read(write(folder, text))
    assert words in str(caught.value)
    assert (caught.value.file, caught.value.line) == (config.NAME, line)


def test_every_key_is_in_the_documentation() -> None:
    text = (Path(__file__).parent.parent / "docs" / "configuration.md").read_text(encoding="utf-8")
    for name in file_keys():
        table, _, key = name.partition(".")
        assert (f"`[{table}]` `{key}`" if key else f"`[{table}]`") in text, name


TAXONOMIES = {
    "renamed": ('post_tag = "topics"\ncuisine = "kitchens"', ""),
    "unknown": ('cusine = "kitchens"', "did you mean 'cuisine'?"),
    "taken by a field": ('cuisine = "title"', "the key 'title' holds something else"),
    "taken by another": ('cuisine = "tags"', "the key 'tags' would belong to 2 taxonomies"),
    "no text": ("cuisine = 7", "[taxonomies] cuisine is a text, not 7"),
}


@pytest.mark.parametrize(("lines", "refusal"), TAXONOMIES.values(), ids=TAXONOMIES)
def test_taxonomies_get_the_keys_that_are_asked_for(
    lines: str, refusal: str, folder: Path, fixtures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = f'[source]\npath = "{(fixtures / "wxr" / "sample.xml").as_posix()}"\n'
    write(folder, f'{source}[target]\npath = "new"\nformat = "hugo"\n[taxonomies]\n{lines}\n')
    code = main(["convert"])
    assert code == (2 if refusal else 0)
    assert refusal in capsys.readouterr().err
    if refusal:
        assert not (folder / "new").exists()
        return
    written = tomllib.loads((folder / "new/hugo.toml").read_text())["taxonomies"]
    assert written == {"category": "categories", "post_tag": "topics", "cuisine": "kitchens", "author": "authors"}
    post = hugoconv.load_post(folder / "new/content/posts/rye-bread.md")
    assert post.front_matter["topics"] == ["Rye", "Slow living"]
    assert "tags" not in post.front_matter
    assert "/tag/rye/" in (folder / "new/content/topics/rye/_index.md").read_text()  # the old address leads there


def test_a_site_whose_taxonomies_have_their_names_in_its_configuration(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, CONFIG + '[taxonomies]\ntag = "topics"\n')
    assert main(["convert"]) == 2
    assert "hugo has no importer option 'taxonomies'" in capsys.readouterr().err
