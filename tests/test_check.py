"""Checking: what was lost on the way is found, and nothing else is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest
from conftest import FIXTURES

import hugoconv
from hugoconv.errors import UsageError
from hugoconv.frontmatter.document import FrontMatter
from hugoconv.migrate.check import CheckResult, check
from hugoconv.model import Body, Post, Site, SiteInfo, Source
from hugoconv.systems.hugo.dialect import dialect_of
from hugoconv.systems.hugo.keys import KEYS

WORDS = " ".join(f"word{number}" for number in range(40))
OLD = {
    "_config.yml": "title: Old\nurl: https://old.example\ntimezone: Asia/Tokyo\n",
    "_posts/2020-01-02-first.md": f"---\ntitle: First\ntags: [sea, salt]\ncategories: news\n---\n{WORDS}\n",
    "_posts/2021-03-04-second.md": "---\ntitle: Second\ndate: 2021-03-04 01:30:00 +0900\nredirect_from: /two/\n---\nText.\n",
    "_drafts/third.md": "---\ntitle: Third\n---\nSoon.\n",
    "about.md": "---\ntitle: About\npermalink: /about-us/\n---\nUs.\n",
    "_posts/2022-01-01-broken.md": "---\ntitle: [unclosed\n---\nText.\n",
    "images/map.svg": "<svg/>",
    "images/empty.txt": "",
}
KNOWN = {"HC201"}
"""What the new site says of the broken post, which is carried as it is."""


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def codes(result: CheckResult) -> list[str]:
    return [finding.code for finding in result.findings if finding.severity != "info" and finding.code not in KNOWN]


@pytest.fixture
def moved(tmp_path: Path) -> tuple[Path, Path]:
    """A Jekyll site, and the Hugo site made of it."""
    old = write(tmp_path / "old", OLD)
    hugoconv.convert(old, tmp_path / "new", to="hugo")
    return old, tmp_path / "new"


def edited(name: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(site: Path) -> None:
        path = site / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return edit


def deleted(name: str) -> Callable[[Path], None]:
    def delete(site: Path) -> None:
        (site / name).unlink()

    return delete


def renamed(name: str, new: str) -> Callable[[Path], None]:
    def rename(site: Path) -> None:
        (site / new).parent.mkdir(parents=True, exist_ok=True)
        (site / name).rename(site / new)

    return rename


FIRST, SECOND = "content/posts/2020-01-02-first.md", "content/posts/2021-03-04-second.md"
PLANTED = {
    "a post is deleted": (deleted(FIRST), ["HC510"], "'First'"),
    "a draft is deleted": (deleted("content/posts/third.md"), ["HC510"], "'Third'"),
    "a page is deleted": (deleted("content/about-us.md"), ["HC510"], "/about-us"),
    "a title is changed": (edited(FIRST, "title: First", "title: Worst"), ["HC511"], "title was 'First', is now 'Worst'"),
    "a title is removed": (edited(SECOND, "title: Second\n", ""), ["HC511"], "title was 'Second', is now ''"),
    "a term is removed": (edited(FIRST, "[sea, salt]", "[sea]"), ["HC511"], "tags was salt, sea, is now sea"),
    "a term is added": (edited(FIRST, "[sea, salt]", "[sea, salt, ice]"), ["HC511"], "is now ice, salt, sea"),
    "a term is spelt otherwise": (edited(FIRST, "salt", "Salt"), ["HC511"], "is now Salt, sea"),
    "all terms are removed": (edited(FIRST, "tags: [sea, salt]\n", ""), ["HC511"], "is now none"),
    "an instant is changed": (edited(SECOND, "01:30:00", "02:30:00"), ["HC511"], "date was"),
    "the same instant on another day": (
        edited(SECOND, "2021-03-04T01:30:00+09:00", "2021-03-03T16:30:00Z"),
        ["HC511"],
        "date was",
    ),
    "a draft is published": (edited("content/posts/third.md", "draft: true", "draft: false"), ["HC511"], "is now published"),
    "a post becomes a draft": (edited(FIRST, "title: First", "title: First\ndraft: true"), ["HC511"], "status"),
    "a URL is changed": (edited(FIRST, "title: First", "title: First\nslug: 1st"), [], ""),
    "a URL is removed": (edited("content/about-us.md", "/about-us/", "/us/"), ["HC512"], "/about-us"),
    "an alias is removed": (edited(SECOND, "/two/", "/zwei/"), ["HC512"], "/two"),
    "a text is emptied": (edited(FIRST, WORDS, ""), ["HC513"], "0 words"),
    "a text is halved": (edited(FIRST, WORDS, WORDS[: len(WORDS) // 2 - 8]), ["HC513"], "that of"),
    "an asset is deleted": (deleted("static/images/map.svg"), ["HC410"], "images/map.svg"),
    "an asset is changed": (edited("static/images/map.svg", "<svg/>", "<svg>"), ["HC410"], "images/map.svg"),
    "a post carried as it is is deleted": (deleted("original/_posts/2022-01-01-broken.md"), ["HC410"], "broken.md"),
}
UNHARMED = {
    "nothing": lambda site: None,
    "an asset is moved": renamed("static/images/map.svg", "static/pictures/karte.svg"),
    "a post is moved within the section": renamed(FIRST, "content/posts/erster.md"),
    "a date is written in another zone": edited(SECOND, "title: Second", "title: Second # same"),
    "a post is added": lambda site: write(site, {"content/posts/new.md": "---\ntitle: New\n---\n"}),
    "an address becomes an alias": edited(
        "content/about-us.md", "url: /about-us/", "url: /us/\naliases:\n- /about-us/"
    ),
    "a word is mended": edited(FIRST, "word7 ", "word seven "),
}


def test_a_finished_move_is_found_whole(moved: tuple[Path, Path]) -> None:
    old, new = moved
    result = check(new, against=old)
    assert codes(result) == []
    assert (result.posts, result.files) == (5, 2)
    assert "5 posts and 2 files of" in result.summary()


@pytest.mark.parametrize(("plant", "expected", "words"), PLANTED.values(), ids=PLANTED)
def test_a_planted_loss_is_found(
    plant: Callable[[Path], None], expected: list[str], words: str, moved: tuple[Path, Path]
) -> None:
    old, new = moved
    plant(new)
    result = check(new, against=old)
    assert codes(result) == expected
    assert result.exit_code == 1
    assert words in str(next(finding for finding in result.findings if finding.code == expected[0]))


@pytest.mark.parametrize("change", UNHARMED.values(), ids=UNHARMED)
def test_what_is_no_loss_is_not_found(change: Callable[[Path], object], moved: tuple[Path, Path]) -> None:
    old, new = moved
    change(new)
    assert codes(check(new, against=old)) == []
