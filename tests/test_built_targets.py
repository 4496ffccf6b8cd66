"""Every target, built by its own generator: pages, files and redirects at their addresses, and no secrets."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from builders import BUILDERS, NODE, needs, needs_ghost_editor, published_by_ghost
from hypothesis import given, settings
from lxml import etree
from programs import needs_jekyll
from target_site import CONFIG, SECRET, picture, sites, write_site

import hugoconv
from hugoconv.markup.likeness import visible_words
from hugoconv.report.report import Report
from hugoconv.systems import exporters

pytestmark = pytest.mark.builders
NAMES = [pytest.param(name, marks=needs(name)) for name in BUILDERS]


def moved(name: str, folder: Path, files: Mapping[str, str | bytes] | None = None, **options: Any) -> Report:
    """Convert a site into `folder / "made"`, with a scaffold."""
    source = write_site(folder / "source", dict(files) if files is not None else None)
    return hugoconv.convert(source, folder / "made", to=exporters.get(name, scaffold=True, **options))


def text_of(html: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.decode()))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return what a generator makes of the site, built once."""
    known: dict[str, Mapping[str, bytes]] = {}

    def build(name: str) -> Mapping[str, bytes]:
        if name not in known:
            folder = tmp_path_factory.mktemp(name)
            report = moved(name, folder)
            assert not [each for each in report.findings if each.severity == "error"]
            known[name] = BUILDERS[name].build(folder / "made")
        return known[name]

    return build


@pytest.mark.parametrize("name", NAMES)
def test_pages_stand_where_they_stood(name: str, built: Any) -> None:
    files = built(name)
    hello = files["2014/hello-world/index.html"].decode()
    assert 'Hello: "World" #1' in hello.replace("&quot;", '"').replace("&#34;", '"')
    assert '<a href="/posts/second/"' in hello
    assert 'href="../../2014/hello-world/"' in files["posts/second/index.html"].decode()
    assert "about/index.html" in files
    assert "index.html" in files


@pytest.mark.parametrize("name", NAMES)
def test_case_4_and_8_and_12_and_13_braces_are_text(name: str, built: Any) -> None:
    hello = built(name)["2014/hello-world/index.html"].decode()
    assert "{{ x }}" in hello
    assert "{{ y }} and {% z %}, {x} <!-- c --> and more" in hello
    assert "{% raw %}{{ fence }}{% endraw %}" in re.sub(r"<[^>]+>", "", hello)
    assert "youtube-nocookie.com/embed/dQw4w9WgXcQ" in hello
    assert "<figcaption>" in hello
    assert "<em>caption</em>" in hello
    assert 'id="here"' in hello
    assert "<td>1</td>" in hello


@pytest.mark.parametrize("name", NAMES)
def test_case_1_and_6_and_18_files_keep_their_addresses_and_bytes(name: str, built: Any) -> None:
    files = built(name)
    assert files["2014/hello-world/hello.png"] == picture()
    assert files["img/site.png"] == picture((1, 2, 3))
    assert files["2014/03/x.txt"] == b"text"
    hello = files["2014/hello-world/index.html"].decode()
    for written in re.findall(r'<img[^>]*src="([^"]+)"', hello):
        source = written.removeprefix("https://example.org")
        path = source.lstrip("/") if source.startswith("/") else f"2014/hello-world/{source.removeprefix('./')}"
        assert path in files, source


@pytest.mark.parametrize("name", NAMES)
def test_case_2_and_9_and_19_old_addresses_lead_to_the_page(name: str, built: Any) -> None:
    """A file where the address is one of a file, a folder's index where it is a folder."""
    files = built(name)
    for file in ("old/hello/index.html", "2014/03/old-hello.html"):
        assert "/2014/hello-world/" in files[file].decode(), file
    assert "2014/03/old-hello.html/index.html" not in files


@pytest.mark.parametrize("name", NAMES)
def test_case_9_and_15_and_29_nothing_that_was_not_public_is_published(name: str, built: Any) -> None:
    found = [path for path, data in built(name).items() if SECRET.encode() in data]
    assert not found


@pytest.mark.parametrize("name", NAMES)
def test_lists_of_the_old_site_are_made(name: str, built: Any) -> None:
    files = built(name)
    for path in ("index.html", "posts/index.html", "tags/python/index.html", "categories/dev/index.html"):
        assert "hello-world" in files[path].decode(), path


@pytest.mark.parametrize("name", NAMES)
def test_feeds_of_the_old_site_are_made(name: str, built: Any) -> None:
    import feedparser

    files = built(name)
    for path, titles in (
        ("index.xml", ["Second", 'Hello: "World" #1']),
        ("posts/index.xml", ["Second", 'Hello: "World" #1']),
        ("tags/c++/index.xml", ['Hello: "World" #1']),
    ):
        feed = feedparser.parse(files[path])
        assert not feed.bozo, path
        assert [entry.title for entry in feed.entries] == titles, path
        assert feed.entries[-1].link == "https://example.org/2014/hello-world/"
        assert feed.entries[-1].get("published_parsed")[:3] == (2014, 3, 5)
        assert "<em>words</em>" in feed.entries[-1].summary


@pytest.mark.parametrize("name", NAMES)
def test_signs_that_no_feed_can_hold_stop_no_build(name: str, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "hugo.toml": 'baseURL = "https://example.org/"\n',
        "content/posts/a.md": "---\ntitle: A\ndate: 2020-01-02\n---\nAll\x0b words\x01 here.\n",
    }
    moved(name, tmp_path, files)
    made = BUILDERS[name].build(tmp_path / "made")
    assert "here." in text_of(made["posts/a/index.html"])
    assert any("/posts/a/" in str(each) for each in etree.fromstring(made["index.xml"]).itertext())


@pytest.mark.parametrize("name", NAMES)
def test_a_feed_that_was_a_folder_is_answered(name: str, tmp_path: Path) -> None:
    source = Path(__file__).parent / "fixtures/wxr/sample.xml"
    report = hugoconv.convert(source, tmp_path / "made", to=exporters.get(name, scaffold=True))
    assert not [each for each in report.findings if each.code == "HC691"]
    assert b"<entry>" in (feed := BUILDERS[name].build(tmp_path / "made")["feed/index.html"]) or b"<item>" in feed


@pytest.mark.parametrize("name", NAMES)
def test_pages_of_other_endings_and_beside_folders_of_their_names(name: str, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "_config.yml": "url: https://example.org\n",
        "_posts/2014-03-05-hello.md": "---\ntitle: Hello\npermalink: /2014/hello.Rmd\n---\nOf a post.\n",
        "contacts.html": "---\ntitle: Contacts\n---\n<p>Of a file.</p>\n",
        "contacts/index.html": "---\ntitle: All\n---\n<p>Of a folder.</p>\n",
        "humans.txt": "---\npermalink: /contacts/humans/\n---\nOf a text.\n",
    }
    moved(name, tmp_path, files)
    made = BUILDERS[name].build(tmp_path / "made")
    for path, words in (
        ("2014/hello.Rmd", "Of a post."),
        ("contacts.html", "Of a file."),
        ("contacts/index.html", "Of a folder."),
        ("contacts/humans/index.txt", "Of a text."),
    ):
        assert words in text_of(made[path]), path
        assert path.endswith(".html") or f"{path}/index.html" not in made
    assert b"/2014/hello.Rmd" in made["index.html"]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_called_with_a_question_mark(name: str, tmp_path: Path) -> None:
    """Hexo takes what follows the mark for no part of an address, so that its page is elsewhere and named."""
    files: dict[str, str | bytes] = {
        "_config.yml": "url: https://example.org\n",
        "why?.md": "---\ntitle: Why\n---\nBecause.\n",
        "img/what?.png": picture(),
    }
    report = moved(name, tmp_path, files)
    made = BUILDERS[name].build(tmp_path / "made")
    stays = name in ("eleventy", "pelican")
    assert ["HC502" in each.code for each in report.findings if each.file == "why?.md"] == [True] * (not stays)
    assert "Because." in text_of(made["why?.html" if stays else "why-.html"])
    if name != "hexo":
        assert stays or b"/why-.html" in made["why?.html"]
        assert made["img/what?.png"] == picture()


BARE = """\
See https://example.com/a_b_c, (www.foo.org/x) and me@example.org; [https://x.example](https://x.example) `https://no.example`.

| a | b |
|---|---|
| https://t.example/x?a=1&b=2 | *https://e.example/* |

- item https://f.example.org/z
  https://second.example/line

> https://q.example

    https://code.example
"""
LINKED = {
    *("https://example.com/a_b_c", "https://www.foo.org/x", "mailto:me@example.org", "https://x.example"),
    *("https://t.example/x?a=1&b=2", "https://e.example", "https://f.example.org/z", "https://second.example/line"),
    "https://q.example",
}
"""What Hugo leads to from there."""


@pytest.mark.parametrize("name", NAMES)
def test_bare_addresses_are_the_links_that_they_were(name: str, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "hugo.toml": 'baseURL = "https://example.org/"\n',
        "content/bare.md": f"---\ntitle: Bare\n---\n{BARE}",
    }
    moved(name, tmp_path, files)
    page = BUILDERS[name].build(tmp_path / "made")["bare/index.html"].decode()
    found = {unescape(address).rstrip("/") for address in re.findall(r'href="([^"]+)"', page)}
    assert {address.replace("http://www.", "https://www.") for address in found} >= LINKED
    assert not any("no.example" in address or "code.example" in address for address in found)


@pytest.mark.parametrize("name", NAMES)
def test_pages_that_are_files_keep_their_names(name: str, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "_config.yml": "url: https://example.org\n",
        "_posts/2014-03-05-hello.md": "---\ntitle: Hello\nlayout: post\n---\nWords {{ page.title }}.\n",
        "about.md": "---\ntitle: About\npermalink: /about/\n---\nAbout.\n",
        "raw.html": "---\ntitle: Raw\n---\n<p>One</p>\n\n    <pre>a\n\nb</pre>\n\n<p>*Two*</p>\n",
    }
    report = moved(name, tmp_path, files)
    made = BUILDERS[name].build(tmp_path / "made")
    kept = made.get("2014/03/05/hello.html") or made["2014/03/05/hello/index.html"]
    assert "Words Hello." in text_of(kept)
    assert "2014/03/05/hello.html" in made, "the page, or what leads to it"
    assert "about/index.html" in made
    raw = (made.get("raw.html") or made["raw/index.html"]).decode()
    assert "<pre>a" in raw.replace("\n\n", "\n")
    assert "*Two*" in raw
    assert report.failed == 0


@pytest.mark.parametrize("name", NAMES)
def test_addresses_with_marks_of_urls_are_answered(name: str, tmp_path: Path) -> None:
    """A `#` in a name is encoded in its address, and some systems leave out what stands at such a place."""
    hugo: dict[str, str | bytes] = {
        "hugo.toml": CONFIG,
        "content/posts/c#.md": "---\ntitle: Sharp\ndate: 2014-03-05\ntags: ['C#']\n---\nWords.\n",
    }
    moved(name, tmp_path / "hugo", hugo)
    made = BUILDERS[name].build(tmp_path / "hugo" / "made")
    assert made.keys() >= {"posts/c#/index.html", "tags/c#/index.html"}
    jekyll: dict[str, str | bytes] = {
        "_config.yml": "url: https://example.org\n",
        "100%.md": "---\ntitle: All\n---\nWords of all.\n",
        "f/%# x.md": "---\ntitle: Odd\n---\nWords of odd.\n",
    }
    moved(name, tmp_path / "jekyll", jekyll)
    made = BUILDERS[name].build(tmp_path / "jekyll" / "made")
    assert made.keys() >= {"100%.html", "f/%# x.html"}
    shown = b"".join(data for path, data in made.items() if path.endswith(".html"))
    assert b"Words of all." in shown
    assert b"Words of odd." in shown


@pytest.mark.parametrize("name", NAMES)
def test_pictures_of_pages_are_found_from_their_folder(name: str, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "hugo.toml": CONFIG,
        "content/docs/a/index.md": "---\ntitle: A\n---\n![x](a.png)\n",
        "content/docs/a/a.png": picture(),
        "content/docs/b.md": "---\ntitle: B\n---\n![x](../a/a.png)\n",
    }
    moved(name, tmp_path, files, assets="static")
    made = BUILDERS[name].build(tmp_path / "made")
    for page in ("docs/a/index.html", "docs/b/index.html"):
        found = re.search(r'<img[^>]* src="([^"]+)"', made[page].decode())
        assert found, page
        assert urljoin(f"/{page}", found[1]) == "/docs/a/a.png"
    assert made["docs/a/a.png"] == picture()


@pytest.mark.parametrize("name", NAMES)
def test_case_3_missing_and_broken_pictures_stop_no_build(name: str, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "hugo.toml": "title = 'x'\n",
        "content/posts/a/index.md": (
            "---\ntitle: A\ndate: 2020-01-01\nimage: broken.png\n---\n"
            "![g](gone.png) ![b](broken.png)\n\n![r]\n\n[r]: lost.png\n"
        ),
        "content/posts/a/broken.png": b"no picture",
    }
    moved(name, tmp_path, files)
    made = BUILDERS[name].build(tmp_path / "made")
    assert made["posts/a/broken.png"] == b"no picture"
    assert "gone.png" in made["posts/a/index.html"].decode()


@pytest.mark.parametrize("name", NAMES)
def test_values_read_the_same_on_the_other_side(name: str, tmp_path: Path) -> None:
    """A title that looks like a number, a date or a truth value is a text still."""
    words = ["2014", "007", "1e3", "yes", "null", "12:30", "2014-03-05", "a: b", "true"]
    files: dict[str, str | bytes] = {"hugo.toml": "title = 'x'\n"}
    for number, word in enumerate(words):
        files[f"content/posts/{number}.md"] = f"---\ntitle: '{word}'\ndate: 2020-01-0{number + 1}\n---\nText.\n"
    moved(name, tmp_path, files)
    made = BUILDERS[name].build(tmp_path / "made")
    for number, word in enumerate(words):
        assert f"<h1>{word}</h1>" in re.sub(r"<h1[^>]*>\s*", "<h1>", made[f"posts/{number}/index.html"].decode()), word


@pytest.mark.parametrize("name", NAMES)
def test_one_word_for_a_list_and_an_id_twice_stop_no_build(name: str, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "_config.yml": "url: https://example.org\npermalink: /:title/\n",
        "_posts/2014-03-05-hello.md": (
            "---\ntitle: Hello\ncategories: misc\ntags: one\n---\n<p id='a'>One</p>\n\n<p id='a'>Two</p>\n"
        ),
    }
    moved(name, tmp_path, files)
    assert "Two" in BUILDERS[name].build(tmp_path / "made")["hello/index.html"].decode()


@pytest.mark.parametrize("name", [pytest.param(name, marks=needs(name)) for name in ("astro", "eleventy", "hexo")])
@settings(max_examples=5, deadline=None)
@given(files=sites())
def test_front_matter_is_read_by_js_yaml_as_by_us(name: str, files: dict[str, str | bytes]) -> None:
    """The texts, numbers and dates that the reader of these systems gives are those of js-yaml, which they use."""
    with tempfile.TemporaryDirectory() as folder:
        write_site(Path(folder, "source"), files)
        hugoconv.convert(Path(folder, "source"), Path(folder, "made"), to=name)
        posts = list(hugoconv.read(Path(folder, "made"), from_=name).posts)
        assert read_by_js_yaml(name, [post.front_matter.matter for post in posts]) == [
            as_json(dict(post.front_matter)) for post in posts
        ]


def read_by_js_yaml(name: str, texts: list[str]) -> Any:
    command = [str(NODE), str(Path(__file__).parent / "front_matter.cjs"), str(BUILDERS[name].modules)]
    run = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def as_json(value: Any) -> Any:
    """Return a value as the program prints it: dates in UTC, down to thousandths, numbers as JavaScript holds them."""
    match value:
        case int() if abs(value) > 2**53:
            return int(Decimal(repr(float(value))))  # both programs write the shortest digits that tell a number apart
        case datetime():
            aware = value if value.tzinfo else value.replace(tzinfo=UTC)
            return {"date": aware.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")}
        case date():
            return {"date": f"{value.isoformat()}T00:00:00.000Z"}
        case dict():
            return {key: as_json(each) for key, each in value.items()}
        case list():
            return [as_json(each) for each in value]
    return value


@needs("eleventy")
def test_case_7_dates_of_jekyll(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "_config.yml": "url: https://example.org\npermalink: /:title/\n",
        "_posts/2014-03-05-hello.md": "---\ntitle: Hello\ndate: 2014-03-05 10:15:00 +0200\n---\nWords.\n",
    }
    moved("eleventy", tmp_path, files)
    assert "date: 2014-03-05T10:15:00+02:00\n" in (tmp_path / "made/content/blog/2014/hello.md").read_text()
    assert "hello/index.html" in BUILDERS["eleventy"].build(tmp_path / "made")


@needs("eleventy")
def test_case_6_files_beside_posts(tmp_path: Path) -> None:
    moved("eleventy", tmp_path, assets="colocate")
    assert (tmp_path / "made/content/blog/2014/hello-world/hello.png").is_file()
    assert BUILDERS["eleventy"].build(tmp_path / "made")["2014/hello-world/hello.png"] == picture()


@needs("eleventy")
def test_case_10_the_tag_all(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"hugo.toml": "", "content/posts/a.md": "---\ntitle: A\ntags: [all]\n---\nText.\n"}
    report = moved("eleventy", tmp_path, files)
    assert [each.code for each in report.findings if each.code == "HC683"]
    assert "posts/a/index.html" in BUILDERS["eleventy"].build(tmp_path / "made")


@needs("eleventy")
def test_content_alone_hides_drafts_and_braces_without_a_configuration(tmp_path: Path) -> None:
    source = write_site(tmp_path / "source")
    hugoconv.convert(source, tmp_path / "made", to="eleventy")
    (tmp_path / "made/eleventy.config.js").write_text("module.exports = () => ({ dir: { input: 'content' } });\n")
    made = BUILDERS["eleventy"].build(tmp_path / "made")
    assert not [path for path, data in made.items() if SECRET.encode() in data]
    assert "{{ y }} and {% z %}" in made["2014/hello-world/index.html"].decode()


@needs("astro")
def test_notes_show_the_same_words_and_pictures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from prove_targets import main

    assert main(["--to", "markdown", str(write_site(tmp_path / "source"))]) == 0
    line = capsys.readouterr().out.splitlines()[1].split()
    assert line[:7] == ["source", "markdown", "3", "5", "5", "3", "100.00"]
    assert float(line[7]) > 95, "all words but one, that of a caption"


@needs("pelican")
def test_the_proof_counts_what_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from prove_targets import main

    source = write_site(tmp_path / "source")
    assert main(["--to", "pelican", str(source)]) == 0
    line = capsys.readouterr().out.splitlines()[1].split()
    assert line[:7] == ["source", "pelican", "3", "21", "21", "3", "100.00"]
    assert float(line[7]) > 95, "all words but one, that of a caption which only the target's Markdown reads"


@needs_jekyll
@needs("pelican")
def test_the_proof_knows_numbers_of_lines_and_broken_addresses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from prove_targets import main

    numbered = "{% highlight html linenos %}\n<a>\n<b>\n<c>\n{% endhighlight %}\n"
    files = {
        "_config.yml": "url: https://example.org\n",
        "code.md": f"---\ntitle: Code\n---\n{numbered}",
        "words.md": '---\ntitle: Words\n---\nAll of them. <img src="http://[x">\n',
    }
    assert main(["-v", "--to", "pelican", str(write_site(tmp_path / "source", dict(files)))]) == 0
    assert capsys.readouterr().out.splitlines()[1].split()[-1] == "100.00"


# Ghost --------------------------------------------------------------------------------------------------------------


@needs_ghost_editor
@pytest.mark.parametrize("name", ["target", "wxr/sample.xml", "wxr/tricky.xml", "sites/jekyll-blog"])
def test_ghost_publishes_every_word(name: str, tmp_path: Path) -> None:
    """What Ghost's own converter and renderer make of an import shows the same words, tables, frames and code."""
    source = write_site(tmp_path / "source") if name == "target" else Path(__file__).parent / "fixtures" / name
    hugoconv.convert(source, tmp_path / "site.zip", to="ghost")
    found = published_by_ghost(tmp_path / "site.zip")
    assert found
    for slug, html, made in found:
        assert visible_words(made) == visible_words(html), slug
        for element in ("<table", "<iframe", "<pre", "<img", "<kbd"):
            assert made.count(element) == html.count(element), slug
