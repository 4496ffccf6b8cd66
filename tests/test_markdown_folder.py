"""Plain Markdown and Obsidian: written from a site, and read with wikilinks."""

from __future__ import annotations

import shutil
import unicodedata
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from target_site import picture, write_site

import hugoconv
from hugoconv.__main__ import main
from hugoconv.systems import exporters


def made(tmp_path: Path, files: dict[str, str | bytes] | None = None, **options: Any) -> Path:
    source = write_site(tmp_path / "source", files)
    report = hugoconv.convert(source, tmp_path / "notes", to=exporters.get("markdown", **options))
    assert not [finding for finding in report.findings if finding.severity == "error"]
    return tmp_path / "notes"


def test_a_note_has_its_properties_and_files(tmp_path: Path) -> None:
    folder = made(tmp_path)
    note = (folder / "hello-world.md").read_text()
    assert note.startswith("---\ntitle: 'Hello: \"World\" #1'\ndate: 2014-03-05T10:15:00+02:00\nupdated: 2014-04-01\n")
    assert "permalink: /2014/hello-world/\n" in note
    assert "redirect_from: [/old/hello/, /2014/03/old-hello.html]\n" in note
    assert "# what nobody else knows\nmood: 'yes'\n" in note
    assert "![Hello](assets/2014/hello-world/hello.png)" in note
    assert "[the second](second.md) and [its address](second.md), and ![site](assets/img/site.png)" in note
    assert (folder / "assets/2014/hello-world/hello.png").read_bytes() == picture()
    assert "[a link](hello-world.md)" in (folder / "second.md").read_text()


def test_names_may_begin_with_the_day(tmp_path: Path) -> None:
    folder = made(tmp_path, names="date")
    assert (folder / "2014-03-05-hello-world.md").is_file()
    assert "](2015-01-02-second.md)" in (folder / "2014-03-05-hello-world.md").read_text()
    assert (folder / "about.md").is_file()


def test_notes_become_the_site_they_were(tmp_path: Path) -> None:
    folder = made(tmp_path)
    shutil.rmtree(folder / ".hugoconv")  # the way back that needs no converting
    hugoconv.convert(folder, tmp_path / "hugo", from_="markdown", to="hugo")
    found = {post.address: post for post in hugoconv.read(tmp_path / "hugo").posts}
    hello = found["/2014/hello-world/"]
    assert (hello.title, hello.old_addresses) == ('Hello: "World" #1', ("/old/hello/", "/2014/03/old-hello.html"))
    assert "![Hello](hello.png)" in hello.body.text
    assert "[the second](/posts/second/)" in hello.body.text
    assert "![site](/img/site.png)" in hello.body.text
    assert (tmp_path / "hugo/static/2014/hello-world/hello.png").read_bytes() == picture()


VAULT: dict[str, str | bytes] = {
    ".obsidian/app.json": "{}",
    "Home.md": (
        "Go to [[Second note]], [[sub/Third|the third]], [[Second note#A part]], ![[pic one.png]] and `[[code]]`.\n"
    ),
    "Second note.md": "---\ntags: [a/b]\naliases: [Other title]\n---\n# A part\n\n[file](sub/Third.md)\n",
    "sub/Third.md": "- a list first\n\n[[Nowhere]]\n",
    "files/pic one.png": picture(),
}


def test_wikilinks_become_links(tmp_path: Path) -> None:
    vault = write_site(tmp_path / "vault", VAULT)
    report = hugoconv.convert(vault, tmp_path / "hugo", to="hugo")
    assert report.from_name == "markdown"
    posts = {post.title: post for post in hugoconv.read(tmp_path / "hugo").posts}
    home = posts["Home"].body.text
    assert "[Second note](/Second%20note/)" in home
    assert "[the third](/sub/Third/)" in home
    assert "[Second note > A part](/Second%20note/#a-part)" in home
    assert "![](/files/pic%20one.png)" in home
    assert "`[[code]]`" in home
    assert "[file](/sub/Third/)" in posts["Second note"].body.text
    assert posts["Third"].body.text == "- a list first\n\n[Nowhere](Nowhere)\n"


def test_case_27_names_of_any_script(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "é ü.png")
    files: dict[str, str | bytes] = {
        "hugo.toml": "",
        "content/posts/x/index.md": f"---\ntitle: Ünïcode — 日本\nurl: /日本/\n---\n![p](<{decomposed}>)\n",
        f"content/posts/x/{decomposed}": picture(),
    }
    folder = made(tmp_path, files)
    note = (folder / "日本.md").read_text(encoding="utf-8")
    assert "title: Ünïcode — 日本\n" in note
    (written,) = folder.rglob("*.png")
    assert written.read_bytes() == picture()
    assert unquote(note.partition("![p](<")[2].partition(">")[0]) == str(written.relative_to(folder))


def test_losses_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["formats", "markdown"]) == 0
    assert "what markdown has no counterpart for" in capsys.readouterr().out


def test_links_follow_a_note_that_got_another_name(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "hugo.toml": "",
        "content/posts/a.md": "---\ntitle: A\nurl: /x/same/\n---\nTo [b](/y/same/).\n",
        "content/posts/b.md": "---\ntitle: B\nurl: /y/same/\n---\nTo [a](/x/same/).\n",
    }
    folder = made(tmp_path, files)
    assert "[b](same-2.md)" in (folder / "same.md").read_text()
    assert "[a](same.md)" in (folder / "same-2.md").read_text()


def test_tags_have_no_blanks(tmp_path: Path) -> None:
    post = "---\ntitle: T\ntags: [New York, b]\ncategories: [Two words]\n---\n"
    note = (made(tmp_path, {"hugo.toml": "", "content/posts/t.md": post}) / "t.md").read_text()
    assert "New-York" in note
    assert "New York" not in note
    assert "categories: [Two words]" in note
