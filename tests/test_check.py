"""Checking: what was lost on the way is found, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path, PurePosixPath

import pytest
from conftest import FIXTURES
from folders import write

import hugoconv
from hugoconv.errors import UsageError
from hugoconv.frontmatter.document import FrontMatter
from hugoconv.migrate.check import CheckResult, check
from hugoconv.model import Body, Lead, Post, Site, SiteInfo, Source
from hugoconv.systems.hugo.dialect import dialect_of
from hugoconv.systems.hugo.keys import KEYS

WORDS = " ".join(f"word{number}" for number in range(40))
OLD = {
    "_config.yml": "title: Old\nurl: https://old.example\ntimezone: Asia/Tokyo\n",
    "_posts/2020-01-02-first.md": f"---\ntitle: First\ntags: [sea, salt]\ncategories: news\n---\n{WORDS}\n",
    "_posts/2021-03-04-second.md": (
        "---\ntitle: Second\ndate: 2021-03-04 01:30:00 +0900\nredirect_from: /two/\n---\nText.\n"
    ),
    "_drafts/third.md": "---\ntitle: Third\n---\nSoon.\n",
    "_posts/2023-05-06-rich.md": (
        "---\ntitle: Rich\nimage: /images/cover.png\n---\n## A heading of its own\n\nSee [the map](/images/map.svg), "
        "[us](/about-us/) and [them](https://else.example/them).\n\n![A boat](/images/boat.png)\n\n"
        "> Quoted wisdom\n\n- item one\n- item two\n\n```\ncoded line\n```\n\n| cell | other |\n|--|--|\n| x | y |\n\n"
        "{% highlight ruby %}\nhighlighted = true\n{% endhighlight %}\n\nA note.[^1]\n\n[^1]: Footnoted words\n\n"
        '<p>Raw markup <img src="/images/raw.png"></p>\n'
    ),
    "about.md": "---\ntitle: About\npermalink: /about-us/\n---\nUs.\n",
    "_posts/2022-01-01-broken.md": "---\ntitle: [unclosed\n---\nText.\n",
    "images/map.svg": "<svg/>",
    "images/empty.txt": "",
}


def codes(result: CheckResult) -> list[str]:
    return [finding.code for finding in result.findings if finding.severity != "info"]


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


RICH = "content/posts/2023-05-06-rich.md"
FIRST, SECOND = "content/posts/2020-01-02-first.md", "content/posts/2021-03-04-second.md"
PLANTED = {
    "a post is deleted": (deleted(FIRST), ["HC510"], "'First'"),
    "a draft is deleted": (deleted("content/posts/third.md"), ["HC510"], "'Third'"),
    "a page is deleted": (deleted("content/about-us.md"), ["HC510"], "/about-us"),
    "a title is changed": (
        edited(FIRST, "title: First", "title: Worst"),
        ["HC511"],
        "title was 'First', is now 'Worst'",
    ),
    "a title is removed": (edited(SECOND, "title: Second\n", ""), ["HC511"], "title was 'Second', is now ''"),
    "a term is removed": (edited(FIRST, "[sea, salt]", "[sea]"), ["HC511"], "tags was salt, sea, is now sea"),
    "a term is added": (edited(FIRST, "[sea, salt]", "[sea, salt, ice]"), ["HC511"], "is now ice, salt, sea"),
    "a term is spelt otherwise": (edited(FIRST, "salt", "Salt"), ["HC511"], "is now Salt, sea"),
    "all terms are removed": (edited(FIRST, "tags: [sea, salt]\n", ""), ["HC511"], "is now none"),
    "an instant is changed": (edited(SECOND, "01:30:00", "02:30:00"), ["HC511"], "date was"),
    "the same instant on another day": (
        edited(SECOND, "2021-03-04 01:30:00 +0900", "2021-03-03T16:30:00Z"),
        ["HC511", "HC512"],
        "date was",
    ),
    "a draft is published": (
        edited("content/posts/third.md", "draft: true", "draft: false"),
        ["HC511"],
        "is now published",
    ),
    "a post becomes a draft": (edited(FIRST, "title: First", "title: First\ndraft: true"), ["HC511"], "status"),
    "a URL is changed": (edited(FIRST, "/2020/01/02", "/2020"), ["HC512"], "/news/2020/01/02/first.html"),
    "a page is renamed": (renamed("content/about-us.md", "content/us.md"), ["HC512"], "/about-us"),
    "an alias is removed": (edited(SECOND, "/two/", "/zwei/"), ["HC512"], "/two"),
    "a text is emptied": (
        edited(FIRST, WORDS, ""),
        ["HC534"],
        "40 words of _posts/2020-01-02-first.md are",
    ),
    "a text is halved": (edited(FIRST, WORDS, " ".join(WORDS.split()[:19])), ["HC534"], "21 words of"),
    "a word is deleted": (edited(FIRST, "word7 ", ""), ["HC534"], "1 words of"),
    "a word is changed": (edited(FIRST, "word7 ", "wort "), ["HC534"], "'word7'"),
    "one of two equal words is deleted": (edited(RICH, "item two", "two"), ["HC534"], "'item'"),
    "a heading is deleted": (edited(RICH, "## A heading of its own", ""), ["HC534"], "'heading'"),
    "a quotation is deleted": (edited(RICH, "> Quoted wisdom\n", ""), ["HC534"], "'quoted', 'wisdom'"),
    "a list item is deleted": (edited(RICH, "- item two\n", ""), ["HC534"], "'two'"),
    "a line of code is deleted": (edited(RICH, "coded line", ""), ["HC534"], "'coded', 'line'"),
    "highlighted code is deleted": (edited(RICH, "highlighted = true", ""), ["HC534"], "'highlighted'"),
    "a cell is deleted": (edited(RICH, "| cell |", "| |"), ["HC534"], "'cell'"),
    "a footnote is deleted": (edited(RICH, "[^1]: Footnoted words", ""), ["HC534"], "'footnoted'"),
    "raw HTML is deleted": (edited(RICH, "Raw markup", ""), ["HC534"], "'markup'"),
    "a picture is deleted": (edited(RICH, "![A boat](/images/boat.png)", "A boat"), ["HC535"], "boat.png"),
    "a picture is another": (edited(RICH, "boat.png", "ship.png"), ["HC535"], "boat.png"),
    "a picture in HTML is deleted": (edited(RICH, ' <img src="/images/raw.png">', ""), ["HC535"], "raw.png"),
    "the picture of a post is deleted": (edited(RICH, "image: /images/cover.png\n", ""), ["HC535"], "cover.png"),
    "a link is deleted": (edited(RICH, "[them](https://else.example/them)", "them"), ["HC535"], "else.example/them"),
    "a link leads elsewhere": (edited(RICH, "else.example/them", "else.example/"), ["HC535"], "else.example/them"),
    "a link to a page is deleted": (edited(RICH, "[us](/about-us/)", "us"), ["HC535"], "about-us"),
    "a link to a file is deleted": (edited(RICH, "[the map](/images/map.svg)", "the map"), ["HC535"], "map.svg"),
    "an asset is cut off": (edited("static/images/map.svg", "<svg/>", "<svg"), ["HC410"], "images/map.svg"),
    "a date is removed": (edited(SECOND, "date: 2021-03-04 01:30:00 +0900\n", ""), ["HC511"], "date was"),
    "a title loses a capital": (edited(SECOND, "title: Second", "title: second"), ["HC511"], "now 'second'"),
    "a post expires": (edited(RICH, "title: Rich", "title: Rich\nexpiryDate: 2020-01-01"), ["HC511"], "not published"),
    "an asset is deleted": (deleted("static/images/map.svg"), ["HC410"], "images/map.svg"),
    "an asset is changed": (edited("static/images/map.svg", "<svg/>", "<svg>"), ["HC410"], "images/map.svg"),
    "a post carried as it is is deleted": (deleted("original/_posts/2022-01-01-broken.md"), ["HC410"], "broken.md"),
}
UNHARMED = {
    "nothing": lambda site: None,
    "an asset is moved": renamed("static/images/map.svg", "static/pictures/karte.svg"),
    "a post is moved within the section": renamed(FIRST, "content/posts/alt/2020-01-02-first.md"),
    "a date is written in another zone": edited(SECOND, "2021-03-04 01:30:00 +0900", "2021-03-04T00:30:00+08:00"),
    "a post is added": lambda site: write(site, {"content/posts/new.md": "---\ntitle: New\n---\n"}),
    "an address becomes an alias": edited("content/about-us.md", "About", "About\nurl: /us/\naliases: /about-us/"),
}


def test_a_finished_move_is_found_whole(moved: tuple[Path, Path]) -> None:
    old, new = moved
    result = check(new, against=old)
    assert codes(result) == []
    assert (result.posts, result.files) == (6, 2)
    assert "6 posts and 2 files of" in result.summary()


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


COMMENTS = "data/comments/posts/rye-bread.md.json"
BESIDE = {
    "a comment's writer is another": (edited(COMMENTS, '"Ida"', '"Eva"'), ["HC513"], "the comment of Ida (2024-05-03"),
    "a comment's word is deleted": (edited(COMMENTS, "Lovely! How warm", "How warm"), ["HC513"], "comment of Ida"),
    "a comment's day is another": (edited(COMMENTS, "2024-05-04T09", "2024-05-05T09"), ["HC513"], "of Someone"),
    "all comments are deleted": (deleted(COMMENTS), ["HC513"] * 3, "the comment of"),
    "an entry of a menu is renamed": (edited("hugo.toml", '"Friends"', '"Foes"'), ["HC514"], "'Friends'"),
    "an entry leads to another host": (edited("hugo.toml", "friends.example", "foes.example"), ["HC514"], "'Friends'"),
    "an entry leads to another page": (edited("hugo.toml", 'url = "/about/"', 'url = "/"'), ["HC514"], "'About'"),
}


@pytest.mark.parametrize(("plant", "expected", "words"), BESIDE.values(), ids=BESIDE)
def test_a_loss_beside_the_posts_is_found(
    plant: Callable[[Path], None], expected: list[str], words: str, tmp_path: Path
) -> None:
    old, new = FIXTURES / "wxr/sample.xml", tmp_path / "new"
    hugoconv.convert(old, new, to="hugo")
    assert [code for code in codes(check(new, old)) if code.startswith("HC51")] == []
    plant(new)
    found = [finding for finding in check(new, old).findings if finding.code.startswith("HC51")]
    assert [finding.code for finding in found] == expected
    assert words in found[0].message


@pytest.mark.parametrize(
    "to", ["hugo", "jekyll", "wordpress", "astro", "eleventy", "hexo", "pelican", "zola", "markdown"]
)
@pytest.mark.parametrize("source", ["sites/hugo-blog", "sites/jekyll-blog", "wxr/sample.xml"])
def test_what_is_missing_and_what_the_report_names_agree(source: str, to: str, tmp_path: Path) -> None:
    new = tmp_path / ("new.xml" if to == "wordpress" else "new")
    hugoconv.convert(FIXTURES / source, new, to=to)
    result = check(new, FIXTURES / source)
    lost = ("HC410", "HC51", "HC534", "HC535")
    assert [str(finding) for finding in result.findings if finding.code.startswith(lost)] == []
    assert sum(tally.old for tally in result.compared.values()) > 150


def test_an_anchor_that_is_gone_is_found(tmp_path: Path) -> None:
    files = {
        "_config.yml": "title: T\n",
        "_posts/2020-01-02-a.md": "---\ntitle: A\n---\n## The part\n",
        "b.md": "---\ntitle: B\n---\n[part]({% post_url 2020-01-02-a %}#the-part)\n",
    }
    hugoconv.convert(write(tmp_path / "old", files), tmp_path / "new", to="hugo")
    assert codes(check(tmp_path / "new")) == []
    edited("content/posts/2020-01-02-a.md", "The part", "A piece")(tmp_path / "new")
    assert codes(check(tmp_path / "new")) == ["HC530"]


@pytest.mark.parametrize("change", UNHARMED.values(), ids=UNHARMED)
def test_what_is_no_loss_is_not_found(change: Callable[[Path], object], moved: tuple[Path, Path]) -> None:
    old, new = moved
    change(new)
    assert codes(check(new, against=old)) == []


@pytest.mark.parametrize("source", ["sites/hugo-blog", "sites/jekyll-blog", "wxr/sample.xml"])
def test_whole_fixtures_arrive_in_hugo(source: str, tmp_path: Path) -> None:
    hugoconv.convert(FIXTURES / source, tmp_path / "new", to="hugo")
    result = check(tmp_path / "new", FIXTURES / source)
    assert [str(finding) for finding in result.errors] == []
    assert result.posts > 5


@pytest.mark.parametrize("to", ["markdown", "astro", "eleventy", "hexo", "pelican", "zola"])
def test_a_site_without_a_scaffold_is_read_as_what_it_was_written_for(to: str, tmp_path: Path) -> None:
    hugoconv.convert(FIXTURES / "sites/hugo-blog", tmp_path / "new", to=to)
    assert hugoconv.detect(tmp_path / "new") == to
    (tmp_path / "new/.hugoconv/system").write_text("no such system\n")
    with suppress(UsageError):
        assert hugoconv.detect(tmp_path / "new") != "no such system"


def test_an_item_that_cannot_be_read_cannot_be_looked_for_and_is_named(tmp_path: Path) -> None:
    export = (FIXTURES / "wxr/sample.xml").read_text(encoding="utf-8")
    (tmp_path / "cut.xml").write_text(export[: len(export) // 2], encoding="utf-8")
    hugoconv.convert(tmp_path / "cut.xml", tmp_path / "new", to="hugo")
    assert "HC104" in codes(check(tmp_path / "new", tmp_path / "cut.xml"))


def test_posts_that_share_an_address_are_told_apart(tmp_path: Path) -> None:
    posts = {f"posts/{name}.md": f"---\ntitle: {name}\nurl: /same/\n---\n{name}\n" for name in "abc"}
    old, new = write(tmp_path / "old", posts), tmp_path / "new"
    write(new, {name.replace("posts/", "posts/x"): text for name, text in reversed(posts.items())})
    assert codes(check(new, old)) == []
    (new / "posts/xb.md").unlink()
    assert codes(check(new, old)) == ["HC510"]


def test_two_equal_posts_need_two_counterparts(tmp_path: Path) -> None:
    text = "---\ntitle: Same\ndate: 2020-01-02\n---\n"
    old = write(tmp_path / "old", {"posts/a.md": text, "posts/b.md": text})
    new = write(tmp_path / "new", {"posts/a.md": text})
    result = check(new, old)
    assert [(finding.code, finding.file) for finding in result.errors] == [("HC510", "posts/b.md")]


OLD_HOST = {
    "a page that is not there": ("[a](https://old.example/gone/)", ["HC531"]),
    "the host with www": ("[a](https://www.old.example/gone/)", ["HC531"]),
    "a picture": ("![a](http://old.example/gone.png)", ["HC531"]),
    "a host that only ends like it": ("[a](https://very-old.example/gone/)", []),
    "another host": ("[a](https://else.example/gone/)", []),
}


@pytest.mark.parametrize(("text", "expected"), OLD_HOST.values(), ids=OLD_HOST)
def test_what_still_leads_to_the_old_host_is_found(text: str, expected: list[str], tmp_path: Path) -> None:
    post = {"content/a.md": f"---\ntitle: A\n---\nText.\n\n{text}\n"}
    old = write(tmp_path / "old", {**post, "hugo.toml": 'baseURL = "https://old.example/"\n'})
    new = write(tmp_path / "new", {**post, "hugo.toml": 'baseURL = "https://new.example/"\n'})
    found = check(new, old)
    assert codes(found) == expected
    assert [(finding.file, finding.line) for finding in found.findings if finding.code == "HC531"] == [
        ("content/a.md", 6) for _ in expected
    ]
    assert codes(check(old, old)) == []


# One site alone -----------------------------------------------------------------------------------------------------


def test_a_sound_site_has_nothing_to_say(tmp_path: Path) -> None:
    site = write(tmp_path / "site", {"content/a.md": "---\ntitle: A\n---\n", "hugo.toml": ""})
    result = check(site)
    assert (result.posts, result.exit_code, list(result.findings)) == (1, 0, [])
    assert result.summary() == f"1 post of {site} looked at: nothing is missing"


FRONT_MATTER = {
    "a list that is not closed": ("title: [a", "HC201", 2),
    "a date that is none": ("title: A\ndate: someday", "HC213", 0),
    "a weight that is no number": ("weight: heavy", "HC213", 0),
    "a title that is a list": ("title: [a, b]", "HC213", 0),
}


@pytest.mark.parametrize(("matter", "code", "line"), FRONT_MATTER.values(), ids=FRONT_MATTER)
def test_front_matter_that_cannot_be_read_is_found(matter: str, code: str, line: int, tmp_path: Path) -> None:
    site = write(tmp_path / "site", {"content/a.md": f"---\n{matter}\n---\nText.\n", "hugo.toml": ""})
    result = check(site)
    assert [(finding.code, finding.file) for finding in result.errors] == [(code, "content/a.md")]
    assert next(iter(result.findings)).line >= line
    assert result.exit_code == 1


class OneFile:
    """Resolves to the only file there is."""

    def __call__(self, target: str, kind: str = "link") -> Lead:
        return Lead("file" if target == "here.png" else "nowhere", target)

    def near(self, target: str) -> str:
        return ""


def test_mentions_that_lead_nowhere_are_found_with_their_line() -> None:
    body = Body("One ![](here.png)\n\nTwo ![](gone.png) and [a page](missing.md)\n", dialect_of("markdown"), 4)
    post = Post(
        front_matter=FrontMatter("title: A\n", "yaml"),
        body=body,
        path=PurePosixPath("content/a.md"),
        source=Source("hugo", "content/a.md"),
        keys=KEYS,
        resolve=OneFile(),
    )
    result = check(Site(SiteInfo("hugo"), [post], Path("site")))
    assert [str(finding) for finding in result.findings] == [
        "content/a.md:6 HC401 missing file gone.png",
        "content/a.md:6 HC401 missing file missing.md",
    ]
    assert result.exit_code == 1
    assert result.errors == []


def test_mentions_are_resolved_in_a_real_site(tmp_path: Path) -> None:
    text = "---\ntitle: A\n---\n![](/here.png) ![](/gone.png)\n"
    site = write(tmp_path / "site", {"content/a.md": text, "static/here.png": "x", "hugo.toml": ""})
    assert [str(finding) for finding in check(site).findings] == ["content/a.md:4 HC401 missing file /gone.png"]


def test_org_is_looked_at_and_what_nobody_reads_is_named(tmp_path: Path) -> None:
    files = {
        "content/a.org": "#+TITLE: A\n\n[[/here.png]] [[/gone.png]] [[file:/b/][b]]\n",
        "content/b.adoc": "---\ntitle: B\n---\nlink:/gone/[c]\n",
        "static/here.png": "x",
        "hugo.toml": "",
    }
    result = check(write(tmp_path / "site", files))
    assert [str(finding) for finding in result.findings] == [
        "content/a.org:3 HC401 missing file /gone.png",
        "HC433 the links and pictures of 1 post in asciidoc were not looked at",
    ]


def test_the_result_as_plain_values(tmp_path: Path) -> None:
    old = write(tmp_path / "old", {"posts/a.md": "---\ntitle: A\n---\n"})
    new = write(tmp_path / "new", {"posts/b.md": "---\ntitle: B\n---\n"})
    values = check(new, old).to_dict()
    assert {name: values[name] for name in ("posts", "files", "exit_code")} == {"posts": 1, "files": 0, "exit_code": 1}
    assert values["findings"][0]["code"] == "HC510"
    assert values["findings"][0]["severity"] == "error"


def test_what_cannot_be_read_is_a_usage_error(tmp_path: Path) -> None:
    site = write(tmp_path / "site", {"content/a.md": "---\ntitle: A\n---\n"})
    for new, old in ((tmp_path / "none", None), (site, tmp_path / "none")):
        with pytest.raises(UsageError, match="does not exist"):
            check(new, old)
