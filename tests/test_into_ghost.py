"""Out to Ghost: what the archive holds, what Ghost's own importer makes of it, and what is lost."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from target_site import SECRET, picture, sites, write_site

import hugoconv
from hugoconv.fields import FIELDS
from hugoconv.frontmatter.dates import Moment
from hugoconv.markup.likeness import visible_words
from hugoconv.model import Comment, Post, SiteInfo, Term
from hugoconv.report.findings import Findings
from hugoconv.report.report import Report
from hugoconv.systems import exporters, importers, losses
from hugoconv.systems.ghost.redirects import literal, pattern_of
from hugoconv.systems.ghost.writing import fields
from hugoconv.systems.ghost.writing.bodies import carded, heading_id
from hugoconv.systems.ghost.writing.media import content_path
from hugoconv.visibility import shown_as

Files = dict[str, str | bytes]


def made(folder: Path, files: Files | None = None, **options: Any) -> tuple[Path, Report]:
    source = write_site(folder / "source", files)
    report = hugoconv.convert(source, folder / "out" / "site.zip", to=exporters.get("ghost", **options))
    assert not [finding for finding in report.findings if finding.severity == "error"], list(report.findings)
    return folder / "out" / "site.zip", report


def tables(archive: Path) -> dict[str, list[dict[str, Any]]]:
    with zipfile.ZipFile(archive) as opened:
        return dict(json.loads(opened.read("ghost-import.json"))["db"][0]["data"])


def rows(archive: Path) -> dict[str, dict[str, Any]]:
    return {row["slug"]: row for row in tables(archive)["posts"]}


def post_with(matter: str, body: str = "Text.\n") -> Files:
    return {"hugo.toml": 'baseURL = "https://example.org/"\n', "content/posts/a.md": f"---\n{matter}---\n{body}"}


# The numbered cases -------------------------------------------------------------------------------------------------


def test_case_20_ghost_import(tmp_path: Path) -> None:
    archive, _ = made(tmp_path)
    with zipfile.ZipFile(archive) as opened:
        names = opened.namelist()
        assert names[0] == "ghost-import.json"
        assert "content/images/2014/hello-world/hello.png" in names
        assert opened.read("content/images/2014/hello-world/hello.png") == picture()
    post = rows(archive)["hello-world"]
    assert post["published_at"] == "2014-03-05T08:15:00.000Z"
    assert post["feature_image"] == "__GHOST_URL__/content/images/2014/hello-world/hello.png"
    assert "__GHOST_URL__/second/" in post["html"]
    found = tables(archive)
    called = {tag["id"]: tag["name"] for tag in found["tags"]}
    order = [row for row in found["posts_tags"] if row["post_id"] == post["id"]]
    assert [called[row["tag_id"]] for row in order] == ["Python", "C++", "#cat-dev", "#cat-travel"]
    assert [row["sort_order"] for row in order] == [0, 1, 2, 3]
    redirects = json.loads((tmp_path / "out/redirects.json").read_text())
    assert {"from": r"^/2014/03/old-hello\.html$", "to": "/hello-world/", "permanent": True} in redirects
    assert {"from": "^/old/hello/?$", "to": "/hello-world/", "permanent": True} in redirects


def test_case_21_long_texts_are_cut_between_words(tmp_path: Path) -> None:
    description = "word " * 80
    archive, report = made(tmp_path, post_with(f"title: {'t ' * 200}\ndescription: {description}\n"))
    (post,) = tables(archive)["posts"]
    (meta,) = tables(archive)["posts_meta"]
    assert post["custom_excerpt"] == "word " * 59 + "word"
    assert meta["meta_description"] == description.strip()
    assert len(post["title"]) == 255
    assert [finding.code for finding in report.findings].count("HC686") == 1


def test_case_22_cards_and_slugs(tmp_path: Path) -> None:
    files = post_with("title: A\n", "Press <kbd>x</kbd>.\n\n| a |\n|---|\n| 1 |\n\nPlain *words*.\n")
    files["content/notes/a.md"] = "---\ntitle: Another\n---\nText.\n"
    archive, _ = made(tmp_path, files)
    assert sorted(rows(archive)) == ["a", "a-2"]
    html = next(row["html"] for row in tables(archive)["posts"] if row["title"] == "A")
    begin, end = "<!--kg-card-begin: html-->", "<!--kg-card-end: html-->"
    assert html.count(begin) == html.count(end) == 1
    inside = html.partition(begin)[2].partition(end)[0]
    assert "<kbd>x</kbd>" in inside
    assert "<table>" in inside
    assert html.endswith("<p>Plain <em>words</em>.</p>\n")
    assert "kg-card" not in rows(made(tmp_path / "plain", files, body="plain")[0])["a"]["html"]
    whole = rows(made(tmp_path / "one", files, body="one-card")[0])["a"]["html"]
    assert whole.startswith(begin)
    assert whole.count(begin) == 1


@pytest.mark.parametrize(
    ("status", "date", "wanted"),
    [
        ("private", "2020-01-01", "draft"),
        ("scheduled", "2020-01-01", "draft"),
        ("scheduled", "2999-01-01", "scheduled"),
        ("published", "2999-01-01", "scheduled"),
        ("published", "2020-01-01", "published"),
        ("password", "2020-01-01", "draft"),
        ("pending", "2020-01-01", "draft"),
    ],
)
def test_case_29_only_what_is_public_is_published(status: str, date: str, wanted: str) -> None:
    from hugoconv.fields import neutral
    from hugoconv.systems.hugo.importer import HugoImporter

    post = HugoImporter.post_from_text("---\ntitle: x\n---\nText.\n")
    post.keys = neutral({})
    post.front_matter = hugoconv.FrontMatter(values={"status": status, "date": date})
    assert fields.status_of(post, SiteInfo("hugo")) == wanted


def test_case_29_drafts_stay_drafts(tmp_path: Path) -> None:
    found = tables(made(tmp_path)[0])["posts"]
    hidden = {row["slug"]: row["status"] for row in found if SECRET in row["html"]}
    assert hidden == {
        "draft": "draft", "future": "scheduled", "past": "draft", "hidden": "draft", "secret-page": "draft"
    }  # fmt: skip


def test_case_29_the_trash_is_left_out(tmp_path: Path) -> None:
    def thrown_away(post: Post) -> Post:
        post.inherited["status"] = "trash"
        return post

    source = write_site(tmp_path / "source", post_with("title: A\n"))
    report = hugoconv.convert(source, tmp_path / "site.zip", to="ghost", transforms=[thrown_away])
    assert tables(tmp_path / "site.zip")["posts"] == []
    assert "HC688" in [finding.code for finding in report.findings]


def test_an_old_address_has_one_redirect_however_it_is_spelt(tmp_path: Path) -> None:
    first = "---\ntitle: A\nurl: /first/\naliases: [/日本/, /other/]\n---\n"
    second = "---\ntitle: B\nurl: /日本/\nslug: b\n---\n"
    source = write_site(tmp_path / "source", {**post_with(""), "content/a.md": first, "content/b.md": second})
    hugoconv.convert(source, tmp_path / "site.zip", to="ghost")
    rows = json.loads((tmp_path / "redirects.json").read_text())
    assert [row["to"] for row in rows if row["from"] == "^/%E6%97%A5%E6%9C%AC/?$"] == ["/b/"]
    assert [row["to"] for row in rows if row["from"] == "^/other/?$"] == ["/first/"]


# Read back ----------------------------------------------------------------------------------------------------------


def instant(moment: Moment | None, info: SiteInfo) -> str | None:
    if moment is None:
        return None
    value = moment.value if moment.has_zone else moment.value.replace(tzinfo=info.zone)
    return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S}"


def wanted_of(post: Post, info: SiteInfo) -> Iterator[tuple[str, Any]]:
    """Yield what a reader of the import must find, but for the declared losses."""
    date, updated = instant(post.date, info), instant(post.updated, info)
    yield "title", post.title
    yield "date", date
    yield "updated", None if updated == date else updated
    yield "status", shown_as(post, info.zone) == "published"
    yield "authors", post.authors or None
    yield "description", post.description
    yield "excerpt", post.excerpt or (fields.shortened(post.description, 300) if post.description else None)
    image = post.resolve(post.image, "front matter").address if post.resolve and post.image else ""
    yield "image", f"/{content_path(image)}" if image else None
    yield "tags", list(dict.fromkeys(fields.tag_name(name) for name in fields.terms_of(post, "tags")))
    yield "words", visible_words(post.body.text)


def found_of(post: Post, info: SiteInfo) -> Iterator[tuple[str, Any]]:
    yield "title", post.title
    yield "date", instant(post.date, info)
    yield "updated", instant(post.updated, info)
    yield "status", post.status == "published"
    yield "authors", post.authors
    yield "description", post.description
    yield "excerpt", post.excerpt
    yield "image", post.image and post.image.removeprefix("https://example.org")
    yield "tags", [str(term) for term in post.terms.get("tags", ())]
    yield "words", visible_words(post.body.text)


@settings(max_examples=20, deadline=None)
@given(files=sites())
def test_case_26_what_is_written_reads_the_same(files: Files) -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive, _ = made(Path(folder), files)
        before = hugoconv.read(Path(folder, "source"), from_="hugo")
        after = hugoconv.read(archive, importers.get("ghost", base_url="https://example.org"))
        numbers = {unquote(post.address): number for number, post in enumerate(before.posts)}
        wanted = [dict(wanted_of(post, before.info)) for post in before.posts if post.kind == "page"]
        assert [dict(found_of(post, before.info)) for post in after.posts] == wanted
        moved = {unquote(each.old).rstrip("/"): each.new for each in after.redirects}
        for post in before.posts:
            for old in (post.address, *(each for each in post.old_addresses if unquote(each) not in numbers)):
                if shown_as(post, before.info.zone) == "published" and post.kind == "page":
                    new = after.posts[numbers[unquote(post.address)]].address
                    assert old == new or moved[unquote(old).rstrip("/")] == new


def test_a_body_reads_the_same(tmp_path: Path) -> None:
    """Pictures, tables, code and embeds are in the Markdown that comes back."""
    archive, _ = made(tmp_path)
    site = hugoconv.read(archive, importers.get("ghost", base_url="https://example.org"))
    hugoconv.write(site, tmp_path / "again", to="hugo")
    (path,) = [path for path in (tmp_path / "again").rglob("*.md") if "Hello" in path.read_text()]
    text = path.read_text()
    for piece in ("First *words*, `{{ x }}`", "![Hello]", "```liquid", "<table>", "dQw4w9WgXcQ", "A *caption*"):
        assert piece in text


# Losses -------------------------------------------------------------------------------------------------------------


def test_losses_named_are_the_losses_declared() -> None:
    from hugoconv.fields import neutral
    from hugoconv.systems.hugo.importer import HugoImporter

    everything = HugoImporter.post_from_text("---\ntitle: x\n---\nText.\n")
    everything.keys = neutral({"tag": "tags", "category": "categories", "series": "series"})
    values: dict[str, Any] = dict.fromkeys(FIELDS, "x") | {"weight": 3, "date": "2014-03-05", "updated": "2014-03-06"}
    values |= {"publish_date": "2014-03-05", "expiry_date": "2999-01-01", "tags": ["#a"], "series": ["s"]}
    everything.front_matter = hugoconv.FrontMatter(values=values | {"categories": ["Two"], "mood": 1})
    everything.comments = (Comment("1", "A", "2014-03-05T00:00:00Z", "text"),)
    everything.known_terms = {"categories": {"Two": Term("Two", parent="One")}}
    body = {"summary divider", "heading attributes", "marked lines", "other keys", "dates without a time"}
    log = Findings()
    losses.report(everything, "Ghost", fields.LOSSES, body, log.at("post"))
    declared = {loss.field for loss in fields.LOSSES} - {"long texts"}
    assert {word for finding in log for word in declared if f"{word} (" in finding.message} == declared
    carried = {"title", "date", "updated", "status", "slug", "url", "aliases", "authors", "description", "excerpt"}
    assert set(FIELDS) - {loss.field for loss in fields.LOSSES} == carried | {"image"}


def test_body_losses_are_found(tmp_path: Path) -> None:
    body = "## H {.cls}\n\n```go {linenos=true}\nx\n```\n\n<!--more-->\n\nEnd.\n"
    _, report = made(tmp_path, post_with("title: A\ndate: 2014-03-05\nmood: x\nseries: [s]\n", body))
    message = next(finding.message for finding in report.findings if finding.code == "HC681")
    for word in ("heading attributes", "summary divider", "other keys", "dates without a time"):
        assert f"{word} (" in message


def test_what_ghost_does_not_take_is_named(tmp_path: Path) -> None:
    files = post_with("title: A\n") | {"static/setup.exe": b"x", "content/about/_index.md": "---\nmood: x\n---\n"}
    _, report = made(tmp_path, files)
    codes = [finding.code for finding in report.findings]
    assert {"HC687", "HC688", "HC689", "HC690"} <= set(codes)


def test_menus_are_ghosts_two_and_what_they_cannot_hold_is_named(tmp_path: Path) -> None:
    menus = """baseURL = "https://example.org/"
[[menus.footer]]
name = "Imprint"
pageRef = "/posts/a"
[[menus.other]]
name = "Archive"
url = "https://archive.example/"
[[menus.main]]
name = "Home"
identifier = "home"
url = "https://home.example/"
[[menus.main]]
name = "Below"
parent = "home"
url = "https://below.example/"
"""
    archive, report = made(tmp_path, post_with("title: A\ndate: 2014-03-05\n") | {"hugo.toml": menus})
    settings = {row["key"]: row["value"] for row in tables(archive)["settings"]}
    assert json.loads(settings["navigation"]) == [{"label": "Home", "url": "https://home.example/"}]
    assert json.loads(settings["secondary_navigation"]) == [{"label": "Imprint", "url": "/a/"}]
    [left_out] = [finding.message for finding in report.findings if finding.code == "HC692"]
    assert left_out == "2 menu entries left out (Below, Archive)"
    counts = hugoconv.check(archive, against=tmp_path / "source").compared["menus"]
    assert (counts.missing, counts.named) == (2, 2)


# Pieces -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("/a/b/", "^/a/b/?$"),
        ("/2014/03/old.html", r"^/2014/03/old\.html$"),
        ("/tags/c++/", r"^/tags/c\+\+/?$"),
        ("/日本/", "^/%E6%97%A5%E6%9C%AC/?$"),
        ("/a-b_c~d/", "^/a-b_c~d/?$"),
    ],
)
def test_redirects_are_patterns(path: str, pattern: str) -> None:
    assert pattern_of(path) == pattern
    assert literal(pattern)


@pytest.mark.parametrize(
    ("text", "slug"),
    [("Hello", "hello"), ("C++", "c"), ("Ünïcode", "unicode"), ("日本", ""), ("it's", "its"), ("a/b c", "a-b-c")],
)
def test_slugs(text: str, slug: str) -> None:
    assert fields.slug_of(text) == slug


@pytest.mark.parametrize(
    "html",
    [
        "<p>a <em>b</em> <a href='/x'>c</a></p>",
        "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>",
        '<pre><code class="language-go">x</code></pre>',
        "<p><img src='/x.png' alt='a'></p>",
        "<figure><img src='/x.png'><figcaption>a <em>b</em></figcaption></figure>",
        "<h2 id='a-b'>A b</h2>",
        "<blockquote><p>a</p></blockquote>",
    ],
)
def test_what_the_editor_has_words_for_is_in_no_card(html: str) -> None:
    assert "kg-card" not in carded(html)


@pytest.mark.parametrize(
    "html",
    [
        "<p>a <kbd>b</kbd></p>",
        "<table><tr><td>a</td></tr></table>",
        "<p class='x'>a</p>",
        "<p>a <img src='/x.png'> b</p>",
        "<iframe src='https://x.example'></iframe>",
        "<figure class='x'><img src='/x.png'></figure>",
        "<blockquote><p>a</p><p>b</p></blockquote>",
        '<ol start="3"><li>a</li></ol>',
        "<pre>a</pre>",
        "text",
        "<dl><dt>a</dt></dl>",
    ],
)
def test_everything_else_is_in_a_card(html: str) -> None:
    assert carded(html).startswith("<!--kg-card-begin: html-->\n")


def test_headings_that_the_page_links_to_keep_their_anchor() -> None:
    assert "kg-card" in carded('<h2 id="here">Named</h2><p><a href="#here">x</a></p>')
    assert "kg-card" not in carded('<h2 id="named">Named</h2><p><a href="#named">x</a></p>')
    assert heading_id("Hello, World!") == "hello-world"


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/a/b.png", "content/images/a/b.png"),
        ("/content/images/b.png", "content/images/b.png"),
        ("/a.mp4", "content/media/a.mp4"),
        ("/a%20b.pdf", "content/files/a b.pdf"),
        ("/a.exe", None),
    ],
)
def test_files_go_into_the_content_folder(address: str, path: str | None) -> None:
    assert content_path(address) == (PurePosixPath(path) if path else None)


def test_the_archive_is_the_same_each_time(tmp_path: Path) -> None:
    one, _ = made(tmp_path / "one")
    other, _ = made(tmp_path / "other")
    assert one.read_bytes() == other.read_bytes()


def test_secrets_stay_unless_asked_for(tmp_path: Path) -> None:
    archive, _ = made(tmp_path)
    assert [row["email"] for row in tables(archive)["users"]] == ["ann@example.invalid"]
