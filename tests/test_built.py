"""Two built sites: every file of the old one is in the new one, or leads on from there."""

from __future__ import annotations

from pathlib import Path

import pytest

import hugoconv as hc
from hugoconv.migrate.built import BuiltSite, is_built
from hugoconv.migrate.pages import KINDS, compare, content

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


def test_a_page_that_leads_to_another_site_is_answered_by_one_that_does(tmp_path: Path) -> None:
    away, elsewhere = (REFRESH.format(f"https://{host}.example/a") for host in ("away", "elsewhere"))
    old = built(tmp_path / "old", {"a.html": away, "b.html": away, "c.html": REFRESH.format("/gone/")})
    new = built(tmp_path / "new", {"a.html": away, "b.html": elsewhere, "c.html": REFRESH.format("/gone/")})
    found = hc.check(new, against=old).findings
    assert [(finding.code, finding.file) for finding in found] == [("HC541", "b.html"), ("HC541", "c.html")]
    assert compare(BuiltSite(old), BuiltSite(new)).unanswered == ["b.html", "c.html"]


def test_a_folder_answers_for_a_file_of_its_name(tmp_path: Path) -> None:
    old = built(tmp_path / "old", {"index.html": "", "a.aspx": "a", "b.aspx": "b"})
    new = built(tmp_path / "new", {"index.html": "", "a.aspx/index.html": REFRESH.format("/c/"), "c/index.html": ""})
    assert [(finding.code, finding.file) for finding in hc.check(new, against=old).findings] == [("HC540", "b.aspx")]


def test_a_home_page_that_leads_to_its_language_does_not_lead_to_itself(tmp_path: Path) -> None:
    lead = '<link rel="canonical" href="/en/"><meta http-equiv="refresh" content="0; url=/en/">'
    site = BuiltSite(built(tmp_path / "site", {"index.html": lead, "en/index.html": "x"}))
    assert site.answer("index.html") == "en/index.html"


def test_check_of_equal_trees_finds_nothing(tmp_path: Path) -> None:
    old = built(tmp_path / "old", {"a.html": ""})
    assert hc.check(built(tmp_path / "new", {"a.html": "", "more.html": ""}), against=old).exit_code == 0


@pytest.mark.parametrize("source", ["_config.yml", "_posts/2020-01-01-a.md", "hugo.toml", "content/a.md"])
def test_a_folder_of_sources_is_not_a_built_site(source: str, tmp_path: Path) -> None:
    assert is_built(built(tmp_path / "built", {"content/index.html": "", "content/a/index.html": ""}))
    assert not is_built(built(tmp_path / "source", {source: ""}))


@pytest.mark.parametrize("page", ["index.html", "404/index.html", "feed.xml"])
def test_a_built_site_may_have_no_home_page(page: str, tmp_path: Path) -> None:
    assert is_built(built(tmp_path / "built", {page: "", "a/index.html": ""}))
    assert not is_built(built(tmp_path / "source", {page: "", "_config.yml": ""}))


def test_control_characters_on_a_page_are_passed_over() -> None:
    assert content("<body>a\x08b<script>x</script>\x00c</body>", "p.html").words == {"abc": 1}


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


# A built site alone ------------------------------------------------------------------------------------------------


def said(site: Path, against: Path | None = None) -> list[str]:
    return [str(finding) for finding in hc.check(site, against=against).findings]


BROKEN = {
    "a link": ('<a href="/gone/">x</a>', ["p/index.html:2 HC401 missing file /gone/"]),
    "a picture": ('<img src="gone.png">', ["p/index.html:2 HC401 missing file gone.png"]),
    "a picture of a set": (
        '<img src="/x.png" srcset="/x.png 1x, /y.png 2x">',
        ["p/index.html:2 HC401 missing file /y.png"],
    ),
    "a style sheet": ('<link rel="stylesheet" href="/s.css">', ["p/index.html:2 HC401 missing file /s.css"]),
    "a link with the site's own host": (
        '<a href="https://own.example/blog/gone/">x</a>',
        ["p/index.html:2 HC401 missing file https://own.example/blog/gone/"],
    ),
    "an anchor": (
        '<a href="/b/#none">x</a>',
        ["p/index.html:2 HC530 /b/#none: nothing on b/index.html is called none"],
    ),
    "an anchor of the page itself": (
        '<a href="#none">x</a>',
        ["p/index.html:2 HC530 #none: nothing on p/index.html is called none"],
    ),
}
SOUND = [
    '<a href="/b/#there">x</a>', '<a href="../b/#named">x</a>', '<a href="/alias.html#there">x</a>',
    '<a href="#">x</a>',
    '<a href="#top">x</a>', '<a href="/b">x</a>', '<a href="/blog/b/">x</a>',
    '<a href="https://own.example/blog/b/">x</a>',
    '<a href="https://else.example/gone/">x</a>', '<a href="mailto:a@b.example">x</a>',
    '<img src="data:image/gif;base64,AA">',
    '<img src="/x.png?v=1">', '<a href="/caf%C3%A9/">x</a>', '<link rel="preconnect" href="/none">',
]  # fmt: skip
AROUND = {
    "index.html": '<link rel="canonical" href="https://own.example/blog/"><title>Home</title>',
    "b/index.html": '<title>B</title><h2 id="there">x</h2><a name="named"></a>',
    "café/index.html": "",
    "alias.html": REFRESH.format("/blog/b/"),
    "x.png": "x",
}


@pytest.mark.parametrize(("markup", "expected"), BROKEN.values(), ids=BROKEN)
def test_what_leads_nowhere_on_a_built_page_is_found(markup: str, expected: list[str], tmp_path: Path) -> None:
    assert said(built(tmp_path, {**AROUND, "p/index.html": f"<title>P</title>\n{markup}"})) == expected


@pytest.mark.parametrize("markup", SOUND)
def test_what_leads_somewhere_on_a_built_page_is_not_found(markup: str, tmp_path: Path) -> None:
    assert said(built(tmp_path, {**AROUND, "p/index.html": f"<title>P</title>\n{markup}"})) == []


def test_two_pages_at_one_address_and_with_one_title_are_found(tmp_path: Path) -> None:
    page = "<title>Same</title>"
    site = built(tmp_path, {"a.html": page, "a/index.html": page, "c.html": "<title>Other</title>"})
    assert said(site) == [
        "a/index.html HC532 /a is also the address of a.html",
        "a.html HC445 2 pages have the title 'Same', a/index.html too",
    ]


# A built site against another one, or a source ---------------------------------------------------------------------

THEME = '<nav>Menu <a href="/all/">all</a></nav>'
PAGE = THEME + '<p>one two <a href="/b.html">b</a> <img src="/x.png"> <a href="http://else.example/">e</a></p>'
OLD = {"p.html": PAGE, "b.html": THEME + "b", "c.html": THEME + "c", "index.html": THEME, "x.png": "x"}
LOST = {
    "nothing": (PAGE, []),
    "only the theme": (PAGE.replace(THEME, ""), []),
    "nothing, at a new address": (PAGE.replace("/b.html", "/new/"), []),
    "a word": (PAGE.replace("two", ""), ["p.html HC534 1 words of p.html are missing: 'two'"]),
    "a link": (PAGE.replace("http://else.example/", "/new/"), [
        "p.html HC535 /p.html shows or links to http://else.example/, the new post does not"]),
    "a picture": (PAGE.replace('<img src="/x.png">', ""), [
        "p.html HC535 /p.html shows or links to x.png, the new post does not"]),
}  # fmt: skip


@pytest.mark.parametrize(("page", "expected"), LOST.values(), ids=LOST)
def test_what_a_page_lost_is_found(page: str, expected: list[str], tmp_path: Path) -> None:
    old = built(tmp_path / "old", OLD)
    moved = {"b.html": REFRESH.format("/new/"), "new/index.html": THEME + "b"}
    assert said(built(tmp_path / "new", {**OLD, **moved, "p.html": page}), old) == expected


def test_a_built_site_is_looked_through_for_its_source(tmp_path: Path) -> None:
    source = tmp_path / "source"
    for name, text in {
        "hugo.toml": "",
        "content/a.md": "---\ntitle: A\n---\nOne *two*.\n",
        "content/b.md": "---\ntitle: B\n---\n",
        "content/c.md": "---\ndraft: true\n---\n",
    }.items():  # fmt: skip
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text)
    whole = built(tmp_path / "whole", {"a/index.html": "One <em>two</em>.", "b/index.html": ""})
    assert said(whole, source) == []
    assert said(built(tmp_path / "lost", {"a/index.html": "One."}), source) == [
        "a/index.html HC534 1 words of content/a.md are missing: 'two'",
        "content/b.md HC540 the old site has /b/, the new one has nothing there",
    ]
