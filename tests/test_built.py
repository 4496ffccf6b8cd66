"""Two built sites: every file of the old one is in the new one, or leads on from there."""

from __future__ import annotations

from pathlib import Path

import pytest
from compare_pages import KINDS, compare, content

import hugoconv as hc
from hugoconv.migrate.built import BuiltSite, is_built

REFRESH = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={}"></head></html>'
)


def built(root: Path, files: dict[str, str]) -> Path:
    for name, text in ({"index.html": "home"} | files).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


ANSWERS = {
    "the same file": ({"a/index.html": "a"}, "a/index.html", "a/index.html"),
    "an alias": ({"a.html": REFRESH.format("/b/"), "b/index.html": "b"}, "a.html", "b/index.html"),
    "an alias of an alias": (
        {"a.html": REFRESH.format("https://example.org/b/"), "b/index.html": REFRESH.format("../c.html"), "c.html": ""},
        "a.html",
        "c.html",
    ),
    "an alias to a page without its ending": ({"a.html": REFRESH.format("/b"), "b.html": "b"}, "a.html", "b.html"),
    "an alias with an encoded name": ({"a.html": REFRESH.format("/b%20c/"), "b c/index.html": ""}, "a.html",
                                      "b c/index.html"),
    "an alias below the site's path": ({"a.html": REFRESH.format("/blog/b/"), "b/index.html": ""}, "a.html",
                                       "b/index.html"),
    "nothing there": ({}, "a.html", ""),
    "an alias to nothing": ({"a.html": REFRESH.format("/b/")}, "a.html", ""),
    "aliases in a circle": ({"a.html": REFRESH.format("/b.html"), "b.html": REFRESH.format("/a.html")}, "a.html", ""),
    "a file that is no page": ({"feed.xml": REFRESH.format("/b/")}, "feed.xml", "feed.xml"),
}  # fmt: skip


@pytest.mark.parametrize(("files", "asked", "answer"), ANSWERS.values(), ids=ANSWERS)
def test_who_asks_for_an_old_file_gets(files: dict[str, str], asked: str, answer: str, tmp_path: Path) -> None:
    assert BuiltSite(built(tmp_path, files), "/blog").answer(asked) == answer


def test_check_proves_every_old_file(tmp_path: Path) -> None:
    old = built(tmp_path / "old", {"a.html": "", "gone.html": "", "lost.html": "", "img/x.png": "x", "gone.png": "x"})
    new = built(tmp_path / "new", {"a.html": REFRESH.format("/b/"), "b/index.html": "", "img/x.png": "y",
                                   "lost.html": REFRESH.format("/nowhere/")})  # fmt: skip
    result = hc.check(new, against=old)
    assert {(finding.code, finding.file) for finding in result.findings} == {
        ("HC540", "gone.html"), ("HC540", "gone.png"), ("HC541", "lost.html"),
    }  # fmt: skip
    assert result.exit_code == 1
    assert (result.posts, result.files) == (4, 2)
    assert result.summary() == f"4 pages and 2 files of {old} looked for in {new}: 3 errors"


def test_check_of_equal_trees_finds_nothing(tmp_path: Path) -> None:
    old = built(tmp_path / "old", {"a.html": ""})
    assert hc.check(built(tmp_path / "new", {"a.html": "", "more.html": ""}), against=old).exit_code == 0


@pytest.mark.parametrize("source", ["_config.yml", "_posts/2020-01-01-a.md", "hugo.toml", "content/a.md"])
def test_a_folder_of_sources_is_not_a_built_site(source: str, tmp_path: Path) -> None:
    assert is_built(built(tmp_path / "built", {}))
    assert not is_built(built(tmp_path / "source", {source: ""}))


def test_what_stands_on_a_page() -> None:
    page = """<h2 id="a">A word</h2><!-- no word --><p>It's <em>one</em>&nbsp;<a href="../b/#c">two</a></p>
    <script>var three</script><img src="x%20y.png"><a href="http://example.org/index.html">four</a>"""
    seen = content(page, "posts/x/index.html", "/blog")
    assert sorted(seen.words) == ["A", "It", "four", "one", "s", "two", "word"]
    assert list(seen.ids) == ["a"]
    assert sorted(seen.links) == ["/blog/posts/b/#c", "http://example.org/index.html"]
    assert list(seen.images) == ["/blog/posts/x/x y.png"]


def test_a_comparison_counts_what_is_not_the_same(tmp_path: Path) -> None:
    old = built(tmp_path / "old", {"a.html": '<h1 id="i">one two</h1><a href="/x">three</a>', "b.html": "four"})
    new = built(tmp_path / "new", {"a.html": '<h1 id="j">one two</h1><a href="/x">more</a>'})
    result = compare(BuiltSite(old), BuiltSite(new))
    assert result.unanswered == ["b.html"]
    assert {kind: (result.shares[kind].same, result.shares[kind].total) for kind in KINDS} == {
        "words": (3, 6), "ids": (0, 2), "links": (1, 1), "images": (0, 0),
    }  # fmt: skip
    assert result.different["words"] == ["a.html", "b.html"]
