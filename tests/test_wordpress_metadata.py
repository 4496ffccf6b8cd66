"""Metadata and addresses of an export: cases 62 to 80 of the specification, and what must never be published."""

from __future__ import annotations

import html
import json
import re
import subprocess
import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from programs import HUGO
from wordpress_export import SITE, UPLOADS, attachment, comment, export, item, meta, terms, write_export

import hugoconv as hc
from hugoconv.systems.data import json_file, rows_file
from hugoconv.systems.wordpress.custom_fields import repeated

Build = Callable[..., CompletedProcess[str]]


def converted(folder: Path, *items: str, channel: str = "", **options: Any) -> tuple[Path, hc.Report]:
    source = write_export(folder / "old", *items, channel=channel)
    exporter = hc.exporters.get("hugo", **options.pop("exporter", {}))
    return folder / "site", hc.convert(source / "export.xml", folder / "site", to=exporter, **options)


def page(site: Path, name: str = "content/posts/item-1.md") -> hc.Post:
    return hc.load_post(site / name)


def values(site: Path, name: str = "content/posts/item-1.md") -> dict[str, Any]:
    return dict(page(site, name).front_matter)


def everything(site: Path) -> str:
    return "".join(
        path.read_text() for path in sorted(site.rglob("*")) if path.is_file() and "themes" not in path.parts
    )


TITLES = {
    "case 62": ('Path C:\\new "q" & more: x', 'Path C:\\new "q" & more: x'),
    "case 63: decoded once": ("Amp &amp; &#8211;", "Amp & –"),
    "case 63: decoded once only": ("&amp;amp;", "&amp;"),
    "looks like a number": ("007", "007"),
    "looks like a date": ("2024-05-06", "2024-05-06"),
    "looks like nothing": ("null", "null"),
    "a comment sign": ("a # b", "a # b"),
    "templates": ("{{ .Site }} {% raw %}", "{{ .Site }} {% raw %}"),
    "line separator": ("a\u2028b", "a\u2028b"),
}


@pytest.mark.parametrize("syntax", ["yaml", "toml", "json"])
def test_case_62_and_63_titles_survive_as_hugo_reads_them(syntax: str, tmp_path: Path, build_hugo: Build) -> None:
    items = [item(number, title=given) for number, (given, _) in enumerate(TITLES.values(), 1)]
    site, _ = converted(tmp_path, *items, exporter={"front_matter": syntax})
    (site / "layouts").mkdir(exist_ok=True)
    (site / "layouts" / "page.json").write_text("{{ .Title | jsonify }}")
    with (site / "hugo.toml").open("a") as file:
        file.write('\n[outputs]\npage = ["json"]\n')
    built = build_hugo(site)
    assert built.returncode == 0, built.stderr
    for number, (_, expected) in enumerate(TITLES.values(), 1):
        assert json.loads((site / f"public/item-{number}/index.json").read_text()) == expected


HIDDEN: dict[str, dict[str, object]] = {
    "private": {"status": "private"},
    "pending": {"status": "pending"},
    "draft": {"status": "draft"},
    "future": {"status": "future", "post_date": "2099-01-01 00:00:00"},
    "future that has passed": {"status": "future", "post_date": "2020-01-01 00:00:00"},
    "password": {"status": "publish", "post_password": "open sesame"},
    "a plug-in's status": {"status": "acf-disabled"},
    "a status of attachments only": {"status": "inherit"},
}


@pytest.mark.parametrize("values_", HIDDEN.values(), ids=HIDDEN)
@pytest.mark.parametrize("kind", ["post", "page", "product"])
def test_case_64_what_was_not_public_is_never_published(kind: str, values_: dict[str, object], tmp_path: Path) -> None:
    secret = item(
        1,
        "the hidden words",
        title="The hidden title",
        post_type=kind,
        post_name="hidden-slug",
        inner=comment(1, "a hidden answer") + terms(("post_tag", "hidden-tag", "Shown")),
        **values_,
    )
    menu = item(
        7,
        title="",
        post_type="nav_menu_item",
        inner=terms(("nav_menu", "main", "Main"))
        + meta({"_menu_item_type": "post_type", "_menu_item_object_id": "1", "_menu_item_object": kind}),
    )
    site, report = converted(tmp_path, secret, item(2, "public"), menu)

    built = subprocess.run([HUGO, "--quiet", "--source", str(site)], capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    published = "".join(path.read_text() for path in (site / "public").rglob("*") if path.is_file())
    assert "public" in published
    for word in ("hidden words", "hidden title", "hidden-slug", "hidden answer", "open sesame"):
        assert word not in published.lower()
    assert "open sesame" not in everything(site)
    assert "hidden" not in (site / "hugo.toml").read_text()
    assert "HC231" in {finding.code for finding in report.findings}


@pytest.mark.parametrize("status", ["trash", "auto-draft"])
def test_trash_is_not_written_unless_asked_for(status: str, tmp_path: Path) -> None:
    site, report = converted(tmp_path / "a", item(1, status=status), item(2))
    assert not list(site.rglob("item-1.md"))
    assert "HC109" in {finding.code for finding in report.findings}
    site, _ = converted(tmp_path / "b", item(1, status=status), from_=hc.importers.get("wordpress", trash=True))
    assert values(site)["draft"] is True


def test_secrets_are_written_only_when_asked_for(tmp_path: Path) -> None:
    items = [
        item(
            1,
            post_password="pw-one",
            inner=comment(1, author_email="reader@mail.example", author_IP="203.0.113.9")
            + meta({"api_key": "key-one", "billing_email": "buyer@mail.example", "note": "someone@mail.example"}),
        ),
    ]
    channel = (
        "<wp:author><wp:author_login>mara</wp:author_login><wp:author_email>mara@mail.example</wp:author_email>"
        "<wp:author_display_name>Mara L.</wp:author_display_name></wp:author>"
    )
    secrets = ("pw-one", "reader@", "203.0.113.9", "key-one", "buyer@", "someone@", "mara@")
    site, report = converted(tmp_path / "without", *items, channel=channel)
    text = everything(site)
    assert not [secret for secret in secrets if secret in text]
    report.write(tmp_path / "report.json")
    assert not [secret for secret in secrets if secret in (tmp_path / "report.json").read_text()]
    site, _ = converted(tmp_path / "with", *items, channel=channel, include_secrets=True)
    text = everything(site)
    assert [secret for secret in secrets if secret in text] == list(secrets)


def test_case_65_a_draft_has_its_local_date_or_none(tmp_path: Path) -> None:
    zero = "0000-00-00 00:00:00"
    site, _ = converted(
        tmp_path,
        item(1, status="draft", post_date_gmt=zero),
        item(2, status="draft", post_date=zero, post_date_gmt=zero, pubDate="Mon, 30 Nov -0001 00:00:00 +0000"),
    )
    assert str(values(site)["date"])[:19].replace(" ", "T") == "2024-05-06T07:08:09"
    assert "date" not in values(site, "content/posts/item-2.md")


FEED_DATES: dict[str, tuple[dict[str, Any], str | None]] = {
    "beside a date": ({"post_date": "2024-05-06 07:08:09"}, "2024-05-06T07:08:09+02:00"),
    "alone": ({"post_date": "0000-00-00 00:00:00", "post_date_gmt": "0000-00-00 00:00:00"}, None),
    "missing dates": ({"post_date": "", "post_date_gmt": ""}, None),
}


@pytest.mark.parametrize("status", ["publish", "draft"])
@pytest.mark.parametrize(("dates", "expected"), FEED_DATES.values(), ids=FEED_DATES)
def test_case_66_the_zero_date_of_the_feed_is_none(
    dates: dict[str, Any], expected: str | None, status: str, tmp_path: Path, build_hugo: Build
) -> None:
    site, _ = converted(tmp_path, item(1, pubDate="Mon, 30 Nov -0001 00:00:00 +0000", status=status, **dates))
    assert (str(values(site)["date"]) if "date" in values(site) else None) == expected
    assert "0001" not in (site / "content/posts/item-1.md").read_text()
    assert build_hugo(site).returncode == 0


def test_case_67_the_offset_of_the_day_is_kept(tmp_path: Path) -> None:
    site, _ = converted(tmp_path, item(1, post_date="2024-01-31 23:30:00", post_date_gmt="2024-02-01 04:30:00"))
    assert "date: 2024-01-31T23:30:00-05:00\n" in (site / "content/posts/item-1.md").read_text()


def test_case_68_modified(tmp_path: Path) -> None:
    changed = {"post_modified": "2024-07-01 12:00:00", "post_modified_gmt": "2024-07-01 10:00:00"}
    site, _ = converted(tmp_path, item(1, **changed))
    assert "lastmod: 2024-07-01T12:00:00+02:00\n" in (site / "content/posts/item-1.md").read_text()


def _category(number: int, slug: str, name: str, parent: str = "", description: str = "") -> str:
    return (
        f"<wp:category><wp:term_id>{number}</wp:term_id><wp:category_nicename>{slug}</wp:category_nicename>"
        f"<wp:category_parent>{parent}</wp:category_parent><wp:cat_name><![CDATA[{name}]]></wp:cat_name>"
        f"<wp:category_description><![CDATA[{description}]]></wp:category_description></wp:category>"
    )


def _term(number: int, taxonomy: str, slug: str, name: str) -> str:
    return (
        f"<wp:term><wp:term_id>{number}</wp:term_id><wp:term_taxonomy>{taxonomy}</wp:term_taxonomy>"
        f"<wp:term_slug>{slug}</wp:term_slug><wp:term_name><![CDATA[{name}]]></wp:term_name></wp:term>"
    )


def test_case_69_categories_keep_names_slugs_trees_and_descriptions(tmp_path: Path, build_hugo: Build) -> None:
    channel = (
        _category(1, "work", "Work")
        + _category(2, "r-d", "R &amp; D", "work", "What we *try*.")
        + _category(3, "cpp", "C++", "r-d")
        + _category(4, "c", "C", "r-d")
        + _category(5, "news", "News")
        + _category(6, "news-2", "News", "work")
    )
    given = ("r-d", "cpp", "c", "news", "news-2")
    site, _ = converted(
        tmp_path,
        *(item(number, inner=terms(("category", slug, "x"))) for number, slug in enumerate(given, 1)),
        channel=channel,
    )
    assert build_hugo(site).returncode == 0
    assert values(site)["categories"] == ["R & D"]
    named = [values(site, f"content/posts/item-{number}.md")["categories"] for number in range(2, 6)]
    assert named == [["C++"], ["C"], ["News"], ["news-2"]]
    for path, title in {
        "category/work/r-d": "R & D",
        "category/work/r-d/cpp": "C++",
        "category/work/r-d/c": "C",
        "category/news": "News",
        "category/work/news-2": "News",
    }.items():
        shown = html.unescape((site / "public" / path / "index.html").read_text())
        assert f"<h1>{title}</h1>" in shown, path
    assert "What we *try*." in everything(site)


def test_case_70_custom_taxonomies(tmp_path: Path, build_hugo: Build) -> None:
    channel = _term(1, "genre", "rock", "Rock") + _term(2, "genre", "jazz", "Jazz") + _term(3, "status", "s", "S")
    inner = terms(("genre", "jazz", "Jazz"), ("mood", "calm", "Calm"), ("status", "s", "S"))
    site, _ = converted(tmp_path, item(1, inner=inner), channel=channel)
    assert values(site)["genre"] == ["Jazz"]
    assert values(site)["mood"] == ["Calm"]
    assert values(site)["wp_status"] == ["S"]
    assert "draft" not in values(site)
    assert build_hugo(site).returncode == 0
    assert (site / "public/genre/jazz/index.html").is_file()
    assert (site / "public/mood/calm/index.html").is_file()


GALLERIES = {
    "a shortcode": '[gallery ids="9"]',
    "numbers of a plug-in's block": '<!-- wp:kadence/advancedgallery {"ids":[9]} /-->',
    "pictures of a plug-in's block": '<!-- wp:acme/x {"images":[{"url":"https://x.example/a.jpg"}]} /-->',
    "more pictures": '<!-- wp:acme/x {"imagesDynamic":[{"url":"https://x.example/a.jpg"}]} /-->',
}


@pytest.mark.parametrize("body", GALLERIES.values(), ids=GALLERIES)
def test_whatever_becomes_a_gallery_builds(body: str, tmp_path: Path, build_hugo: Build) -> None:
    site, _ = converted(tmp_path, item(1, body), attachment(9, "2024/05/a.jpg"))
    assert "{{< gallery" in page(site).body.text
    assert build_hugo(site).returncode == 0
    assert "a.jpg" in (site / "public/item-1/index.html").read_text()


def _written_twice(site: Path) -> list[str]:
    """Return the paths that Hugo writes more than once, so that one page takes another's place."""
    command = [HUGO, "--source", str(site), "--buildDrafts", "--printPathWarnings"]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return [line for line in (run.stdout + run.stderr).splitlines() if "Duplicate target" in line]


ONE_ADDRESS = {
    "variations of a product": (
        item(1, "the hoodie", post_type="product", post_name="hoodie", link=f"{SITE}/product/hoodie/"),
        item(
            2,
            "a red one",
            post_type="product_variation",
            post_name="red",
            link=f"{SITE}/product/hoodie/?c=r",
            post_parent=1,
        ),
        {"product/hoodie": "the hoodie", "product/hoodie/red": "a red one"},
    ),
    "a query that tells nothing apart": (
        item(1, "the hoodie", post_type="product", post_name="hoodie", link=f"{SITE}/product/hoodie/?ref=feed"),
        item(2, "hello"),
        {"product/hoodie": "the hoodie", "item-2": "hello"},
    ),
    "a post where Hugo lists tags": (
        item(1, "all about tags", post_name="tags", inner=terms(("post_tag", "x", "X"))),
        item(2, "hello"),
        {"tags": "all about tags", "tag/x": "Item 1"},
    ),
    "a page where Hugo lists categories": (
        item(1, "all about categories", post_name="categories", post_type="page"),
        item(2, "hello", inner=terms(("category", "x", "X"))),
        {"categories": "all about categories", "category/x": "Item 2"},
    ),
    "an author with a slip of the pen": (
        item(1, "hello", creator="mara"),
        item(2, "hello", creator=">mara"),
        {"author/mara": "Item 2"},
    ),
}


@pytest.mark.parametrize(("one", "other", "pages"), ONE_ADDRESS.values(), ids=ONE_ADDRESS)
def test_no_page_takes_the_place_of_another(one: str, other: str, pages: dict[str, str], tmp_path: Path) -> None:
    site, _ = converted(tmp_path, one, other)
    assert _written_twice(site) == []
    for path, words in pages.items():
        assert words in (site / "public" / path / "index.html").read_text(), path


def test_case_71_two_posts_of_one_slug(tmp_path: Path, build_hugo: Build) -> None:
    items = [item(n, f"text {n}", post_name="dup", link=f"{SITE}/2024/0{n}/dup/", inner=comment(n)) for n in (1, 2)]
    site, report = converted(tmp_path, *items)
    assert report.post_files["written"] == 2
    assert build_hugo(site).returncode == 0
    for number in (1, 2):
        assert f"text {number}" in (site / f"public/2024/0{number}/dup/index.html").read_text()


SLUGS = {"100%-off": "100%-off", "%e5%a4%a7": "大", "a%2fb": "a%2Fb", "%zz": "%zz"}


@pytest.mark.parametrize(("slug", "name"), SLUGS.items())
def test_case_72_slugs_with_percent_signs(slug: str, name: str, tmp_path: Path, build_hugo: Build) -> None:
    site, report = converted(tmp_path, item(1, "hello", post_name=slug, link=f"{SITE}/{slug}/"))
    assert report.failed == 0
    assert build_hugo(site).returncode == 0
    pages = [path for path in (site / "public").rglob("index.html") if "hello" in path.read_text()]
    assert pages
    if slug == "%e5%a4%a7":
        assert (site / "public" / name / "index.html") in pages


def test_case_73_excerpt_before_content(tmp_path: Path) -> None:
    text = item(1, "the content").replace(
        "<content:encoded>", "<excerpt:encoded>the excerpt</excerpt:encoded><content:encoded>"
    )
    site, _ = converted(tmp_path, text)
    assert values(site)["summary"] == "the excerpt"
    assert page(site).body.text.strip() == "the content"


def test_case_74_a_page_called_sample_page(tmp_path: Path) -> None:
    site, _ = converted(tmp_path, item(1, "sample", post_type="page", post_name="sample-page"))
    assert (site / "content/sample-page.md").is_file()


def test_case_75_a_tree_of_pages_keeps_its_addresses(tmp_path: Path, build_hugo: Build) -> None:
    tree = {1: ("about", 0), 2: ("about/team", 1), 3: ("about/team/mara", 2), 4: ("alone", 0), 5: ("posts", 0)}
    items = [
        item(
            n, f"text {n}", post_type="page", post_parent=parent, post_name=path.split("/")[-1], link=f"{SITE}/{path}/"
        )
        for n, (path, parent) in tree.items()
    ]
    front = item(6, "text 6", post_type="page", link=f"{SITE}/")
    site, _ = converted(tmp_path, *items, front, item(7, "text 7", link=f"{SITE}/2024/05/x/"))
    assert (site / "content/about/team/_index.md").is_file()
    assert build_hugo(site).returncode == 0
    for number, (path, _) in {**tree, 6: ("", 0), 7: ("2024/05/x", 0)}.items():
        assert f"text {number}" in (site / "public" / path / "index.html").read_text(), path


def test_case_76_old_slugs_queries_and_guids(tmp_path: Path, build_hugo: Build) -> None:
    old = meta([("_wp_old_slug", "first"), ("_wp_old_slug", "second"), ("_wp_old_date", "2023-01-02")])
    one = item(1, "hello", link=f"{SITE}/2024/05/item-1/", guid=f"{SITE}/?p=77", inner=old)
    source = write_export(
        tmp_path / "old", one, item(2, f'<a href="{SITE}/?p=1">x</a> <a href="{SITE}/2024/05/first/">y</a>')
    )
    site = tmp_path / "site"
    hc.convert(source, site, to="hugo")
    assert set(values(site)["aliases"]) == {"/2024/05/first/", "/2024/05/second/", "/2023/01/item-1/"}
    assert page(site, "content/posts/item-2.md").body.text.strip() == "[x](/2024/05/item-1/) [y](/2024/05/item-1/)"
    redirects = {redirect.old: redirect.new for redirect in hc.read(source).redirects}
    assert redirects["/?p=1"] == redirects["/?p=77"] == "/2024/05/item-1/"
    assert build_hugo(site).returncode == 0
    assert "/2024/05/item-1/" in (site / "public/2024/05/first/index.html").read_text()


def test_archives_attachment_pages_and_feeds_lead_somewhere(tmp_path: Path) -> None:
    one = item(1, link=f"{SITE}/2024/05/06/item-1/")
    picture = attachment(9, "2024/05/a.jpg", link=f"{SITE}/2024/05/06/item-1/a/", post_parent=1)
    alone = attachment(8, "2024/05/b.jpg", link=f"{SITE}/b/")
    hidden = attachment(6, "2024/05/c.jpg", link=f"{SITE}/secret/c/", post_parent=5)
    secret = item(5, status="private", link=f"{SITE}/secret/")
    source = write_export(tmp_path / "old", one, picture, alone, hidden, secret, files={"2024/05/b.jpg": b"b"})
    site = hc.read(source, stream=True)
    redirects = {redirect.old: redirect.new for redirect in site.redirects}
    assert redirects["/2024/05/06/item-1/a/"] == redirects["/?attachment_id=9"] == "/2024/05/06/item-1/"
    assert redirects["/b/"].endswith("/wp-content/uploads/2024/05/b.jpg")
    assert redirects["/2024/"] == redirects["/2024/05/"] == redirects["/2024/05/06/"] == "/"
    assert not [address for pair in redirects.items() for address in pair if address.rstrip("/").endswith("secret")]
    assert "/?p=5" not in redirects
    feeds = {page.address: page.feed for page in site.lists()}
    assert feeds["/"] == "/feed/"
    assert feeds["/author/mara/"] == "/author/mara/feed/"


def test_links_to_attachment_pages_lead_to_the_file(tmp_path: Path) -> None:
    body = f'<a href="{SITE}/item-1/a/">page</a> <a href="{SITE}/item-1/">post</a>'
    picture = attachment(9, "2024/05/a.jpg", link=f"{SITE}/item-1/a/", post_parent=1)
    source = write_export(tmp_path / "old", item(1, body), picture, files={"2024/05/a.jpg": b"a"})
    hc.convert(source, tmp_path / "new", from_="wordpress", to="hugo")
    text = (tmp_path / "new" / "content" / "posts" / "item-1.md").read_text()
    assert "[page](/wp-content/uploads/2024/05/a.jpg) [post](/item-1/)" in text


def test_a_featured_image_on_another_host_is_the_file_that_is_carried(tmp_path: Path) -> None:
    url = "https://files.example.com/site/2024/05/a.jpg"
    picture = attachment(9, "2024/05/a.jpg", url=url)
    post = item(1, f'<img src="{url}">', inner=meta({"_thumbnail_id": "9"}))
    source = write_export(tmp_path / "old", post, picture, files={"2024/05/a.jpg": b"a"})
    hc.convert(source, tmp_path / "new", from_="wordpress", to="hugo")
    text = (tmp_path / "new" / "content" / "posts" / "item-1.md").read_text()
    assert "image: /" in text
    assert "files.example.com" not in text


@pytest.mark.parametrize("name", [".Net", "#one", "tilde~"])
def test_terms_whose_folder_would_be_overlooked_keep_name_and_address(
    name: str, tmp_path: Path, build_hugo: Build
) -> None:
    source = write_export(tmp_path / "old", item(1, inner=terms(("post_tag", "dotnet", name))))
    hc.convert(source, tmp_path / "new", from_="wordpress", to="hugo")
    assert build_hugo(tmp_path / "new").returncode == 0
    assert name in (tmp_path / "new" / "public" / "tag" / "dotnet" / "index.html").read_text()


def test_authors_have_pages_and_names(tmp_path: Path, build_hugo: Build) -> None:
    channel = "".join(
        f"<wp:author><wp:author_login>{login}</wp:author_login><wp:author_display_name>{name}</wp:author_display_name>"
        "</wp:author>"
        for login, name in (("mara", "Mara L."), ("Jo Nas", "Jonas"), ("jonas2", "Jonas"))
    )
    site, _ = converted(
        tmp_path,
        item(1),
        item(2, creator="Jo Nas"),
        item(3, creator="jonas2"),
        item(4, creator="nobody"),
        item(5, inner=terms(("author", "cap-mara", "mara"), ("author", "cap-jonas2", "jonas2"))),
        channel=channel,
    )
    named = [values(site, f"content/posts/item-{number}.md")["authors"] for number in range(1, 6)]
    assert named == [["Mara L."], ["Jonas"], ["Jonas (jonas2)"], ["nobody"], ["Mara L.", "Jonas (jonas2)"]]
    assert build_hugo(site).returncode == 0
    for login in ("mara", "jo-nas", "jonas2", "nobody"):
        assert "Item" in (site / f"public/author/{login}/index.html").read_text(), login


META: dict[str, tuple[list[tuple[str, str]], dict[str, Any]]] = {
    "case 77: bytes, not characters": ([("x", 'a:1:{s:5:"café";s:2:"é";}')], {"x": {"café": "é"}}),
    "case 77: nested": ([("x", 'a:1:{i:0;a:2:{s:1:"a";b:1;s:1:"b";d:0.5;}}')], {"x": [{"a": True, "b": 0.5}]}),
    "case 77: an object": ([("x", 'O:8:"stdClass":1:{s:1:"a";i:1;}')], {"x": {"a": 1}}),
    "case 77: truncated": ([("x", 'a:2:{s:5:"caf')], {"x": 'a:2:{s:5:"caf'}),
    "case 78: the names of fields": (
        [("title", "T"), ("date", "D"), ("url", "/x/")],
        {"title": "T", "date": "D", "url": "/x/"},
    ),
    "case 79: twice": ([("x", "1"), ("x", "2")], {"x": ["1", "2"]}),
    "hidden": ([("_edit_lock", "1:1"), ("_x", "y"), ("x", "1")], {"x": "1"}),
    "rows of ACF": (
        [
            *(("rows", "2"), ("_rows", "field_1"), ("rows_0_name", "A"), ("_rows_0_name", "field_2")),
            *(("rows_1_name", "B"), ("_rows_1_name", "field_2"), ("rows_1_inner", "1"), ("_rows_1_inner", "field_3")),
            *(("rows_1_inner_0_x", "deep"), ("_rows_1_inner_0_x", "field_4")),
        ],
        {"rows": [{"name": "A"}, {"name": "B", "inner": [{"x": "deep"}]}]},
    ),
    "a group of ACF": (
        [("g", ""), ("_g", "field_1"), ("g_a", "1"), ("_g_a", "field_2"), ("g_b", "2"), ("_g_b", "field_3")],
        {"g": {"a": "1", "b": "2"}},
    ),
    "flexible content of ACF": (
        [
            *(("f", 'a:2:{i:0;s:4:"text";i:1;s:5:"image";}'), ("_f", "field_1"), ("f_0_body", "hi")),
            *(("_f_0_body", "field_2"), ("f_1_file", "9"), ("_f_1_file", "field_img")),
        ],
        {"f": [{"layout": "text", "body": "hi"}, {"layout": "image", "file": f"{UPLOADS}/2024/05/a.jpg"}]},
    ),
    "not ACF": ([("rows", "2"), ("rows_0_name", "A")], {"rows": "2", "rows_0_name": "A"}),
}


DAMAGED = {
    "case 77: an array that is cut off": ('a:2:{s:5:"caf', True),
    "case 77: lengths in characters": ('a:1:{s:4:"café";i:1;}', True),
    "case 77: a reference": ('a:2:{i:0;s:1:"a";i:1;R:2;}', True),
    "case 77: whole": ('a:1:{s:5:"café";i:1;}', False),
    "case 77: prose": ("a:10 o'clock", False),
}


@pytest.mark.parametrize(("value", "is_named"), DAMAGED.values(), ids=DAMAGED)
def test_values_of_php_that_cannot_be_read_stay_and_are_named(value: str, is_named: bool, tmp_path: Path) -> None:
    site, report = converted(tmp_path, item(1, inner=meta({"x": value, "_hidden": value})))
    assert [str(finding) for finding in report.findings if finding.code == "HC211"] == (
        ["export.xml:8 HC211 meta.x: a value of PHP that is cut off or cannot be read; the value was kept as it is"]
        if is_named
        else []
    )
    assert (values(site)["meta"]["x"] == value) is (is_named or value.startswith("a:10"))


@pytest.mark.parametrize("system", ["hugo", "jekyll", "astro", "jsonl"])
def test_secret_fields_of_terms_and_comments_are_written_when_asked_for(system: str, tmp_path: Path) -> None:
    of_term = meta({"colour": "red", "api_key": "geheim"}, "termmeta")
    of_comment = meta({"rating": "5", "phone": "01234-5678"}, "commentmeta")
    category = _category(1, "a", "A").replace("</wp:category>", f"{of_term}</wp:category>")
    rated = comment(7).replace("</wp:comment>", f"{of_comment}</wp:comment>")
    source = write_export(tmp_path / "old", item(1, inner=rated + terms(("category", "a", "A"))), channel=category)

    silent, asked = tmp_path / "silent", tmp_path / "asked"
    for folder in (silent, asked):
        target = folder / "posts.jsonl" if system == "jsonl" else folder
        hc.convert(source / "export.xml", target, to=system, include_secrets=folder == asked)
    assert all(each in everything(asked) for each in ("red", "geheim", "rating", "01234-5678"))
    assert "red" in everything(silent)
    assert all(each not in everything(silent) for each in ("geheim", "01234-5678"))
    if system == "hugo":
        hc.convert(asked, tmp_path / "back.xml", to="wordpress", include_secrets=True)
        assert all(each in (tmp_path / "back.xml").read_text() for each in ("geheim", "01234-5678"))


def test_fields_of_terms_and_comments_come_along_and_back(tmp_path: Path) -> None:
    shades = 'a:2:{i:0;s:3:"red";i:1;s:4:"pink";}'
    of_term = meta({"colour": "red", "shades": shades, "_of_a_plug_in": "1", "api_key": "geheim"}, "termmeta")
    of_comment = meta({"rating": "5", "akismet_result": "false", "phone": "0123"}, "commentmeta")
    category = _category(1, "a", "A").replace("</wp:category>", f"{of_term}</wp:category>")
    rated = comment(7).replace("</wp:comment>", f"{of_comment}</wp:comment>")
    inner = rated + terms(("category", "a", "A"))
    site, report = converted(tmp_path, item(1, inner=inner), channel=category)

    assert json.loads((site / "data/comments/posts/item-1.md.json").read_text())[0]["meta"] == {"rating": "5"}
    fields = {"colour": "red", "shades": ["red", "pink"]}
    assert dict(page(site, "content/categories/a/_index.md").front_matter)["meta"] == fields
    assert [finding.message for finding in report.findings if finding.code == "HC209"] == [
        "2 secrets left out (custom fields of terms, custom fields of comments)"
    ]

    back = hc.convert(site, tmp_path / "back.xml", to="wordpress")
    text = (tmp_path / "back.xml").read_text()
    for key, value, kind in (("colour", "red", "term"), ("shades", shades, "term"), ("rating", "5", "comment")):
        assert re.search(
            rf"<wp:{kind}meta>\s*<wp:meta_key><!\[CDATA\[{key}]]></wp:meta_key>\s*"
            rf"<wp:meta_value><!\[CDATA\[{re.escape(value)}]]></wp:meta_value>",
            text,
        )
    assert not [finding for finding in back.findings if finding.code == "HC542" and "meta" in finding.message]
    assert "geheim" not in text
    assert "akismet" not in text


DISCUSSIONS = {
    "as is usual for a post": ("post", "open", "open", {}),
    "as is usual for a page": ("page", "closed", "closed", {}),
    "a post that nobody may answer": ("post", "closed", "closed", {"comments": False, "pings": False}),
    "no pings": ("post", "open", "closed", {"pings": False}),
    "a page with comments": ("page", "open", "closed", {"comments": True}),
    "nothing is said": ("post", "", "", {}),
}


@pytest.mark.parametrize(("kind", "comments", "pings", "expected"), DISCUSSIONS.values(), ids=DISCUSSIONS)
def test_whether_readers_may_answer_comes_along_and_back(
    kind: str, comments: str, pings: str, expected: dict[str, bool], tmp_path: Path
) -> None:
    given = item(1, "text", post_type=kind, comment_status=comments, ping_status=pings, link=f"{SITE}/item-1/")
    site, _ = converted(tmp_path, given)
    front_matter = values(site, "content/posts/item-1.md" if kind == "post" else "content/item-1.md")
    assert {key: front_matter[key] for key in ("comments", "pings") if key in front_matter} == expected
    hc.convert(site, tmp_path / "back.xml", to="wordpress")
    text = (tmp_path / "back.xml").read_text()
    usual = "open" if kind == "post" else "closed"
    assert f"<wp:comment_status><![CDATA[{comments or usual}]]>" in text
    assert f"<wp:ping_status><![CDATA[{pings or usual}]]>" in text
    assert "<wp:meta_key><![CDATA[comments]]>" not in text


def test_the_names_that_feeds_gave_posts_come_along_and_back(tmp_path: Path) -> None:
    guid = f"{SITE}/?p=1"
    site, report = converted(tmp_path, item(1, guid=guid), item(2, post_type="page", guid=f"{SITE}/?page_id=2"))
    assert values(site)["guid"] == guid
    assert [finding.message for finding in report.findings if finding.code == "HC115"] == [
        "the names that feeds gave 1 post are in front matter, under guid"
    ]
    hc.convert(site, tmp_path / "back.xml", to="wordpress")
    text = (tmp_path / "back.xml").read_text()
    assert f'<guid isPermaLink="false">{guid}</guid>' in text
    assert "<wp:meta_key><![CDATA[guid]]>" not in text


def test_a_status_that_wordpress_shows_nobody_is_named(tmp_path: Path) -> None:
    _, report = converted(tmp_path, item(1, status="inherit"))
    assert [str(finding) for finding in report.findings if finding.code == "HC114"] == [
        "export.xml:8 HC114 the status inherit is none of WordPress's own, so the item is a draft"
    ]


def test_a_term_is_one_whose_slug_the_export_spells_in_two_ways(tmp_path: Path) -> None:
    posts = [item(n, inner=terms(("category", slug, "My News"))) for n, slug in enumerate(("My News", "my-news"), 1)]
    site, _ = converted(tmp_path, *posts, item(3, inner=terms(("category", "my-news-2", "My News"))))
    found = [values(site, f"content/posts/item-{number}.md")["categories"] for number in (1, 2, 3)]
    assert found == [["My News"], ["My News"], ["my-news-2"]]


NUMBERS = {
    "a page": ("post_object", "2", "/about/"),
    "several pages": ("relationship", 'a:2:{i:0;s:1:"2";i:1;s:2:"77";}', ["/about/", "77"]),
    "a page that is not public": ("post_object", "3", "3"),
    "a link to a page": ("page_link", "2", "/about/"),
    "terms": ("taxonomy", 'a:1:{i:0;s:1:"5";}', ["Jazz"]),
    "a file": ("file", "9", f"{UPLOADS}/2024/05/a.jpg"),
    "a gallery": ("gallery", 'a:1:{i:0;s:1:"9";}', [f"{UPLOADS}/2024/05/a.jpg"]),
    "a number": ("number", "2", "2"),
    "a text": ("text", "5", "5"),
}


@pytest.mark.parametrize(("kind", "value", "expected"), NUMBERS.values(), ids=NUMBERS)
def test_fields_of_acf_name_what_they_number(kind: str, value: str, expected: object, tmp_path: Path) -> None:
    site, report = converted(
        tmp_path,
        item(1, inner=meta({"x": value, "_x": "field_x"})),
        item(2, post_type="page", post_name="about"),
        item(3, status="private"),
        item(40, f'a:1:{{s:4:"type";s:{len(kind)}:"{kind}";}}', post_type="acf-field", post_name="field_x"),
        attachment(9, "2024/05/a.jpg"),
        channel=_term(5, "genre", "jazz", "Jazz"),
    )
    assert values(site)["meta"] == {"x": expected}
    assert "HC212" not in {finding.code for finding in report.findings}


def test_hidden_fields_are_kept_when_asked_for(tmp_path: Path) -> None:
    fields = meta({"_price": "12", "_stock": "3", "_api_key": "geheim", "_oembed_1f": "<p>x</p>", "mood": "glad"})
    site, report = converted(tmp_path / "a", item(1, inner=fields))
    assert values(site)["meta"] == {"mood": "glad"}
    assert [finding.message for finding in report.findings if finding.code == "HC212"] == [
        "3 hidden custom fields left out (_price, _stock, _api_key)"
    ]
    importer = hc.importers.get("wordpress", hidden_fields=("_price", "_api_key"))
    site, report = converted(tmp_path / "b", item(1, inner=fields), from_=importer)
    assert values(site)["meta"] == {"_price": "12", "mood": "glad"}
    assert [finding.message for finding in report.findings if finding.code == "HC212"] == [
        "1 hidden custom field left out (_stock)"
    ]


def test_what_a_shop_shows_of_a_product_is_kept(tmp_path: Path) -> None:
    attributes = 'a:1:{s:5:"color";a:2:{s:4:"name";s:5:"Color";s:5:"value";s:3:"Red";}}'
    fields = {"_price": "12", "_sale_price": "", "_sku": "A-1", "_product_image_gallery": "9,77", "_tax_class": "x"}
    product = item(1, post_type="product", inner=meta(fields | {"_product_attributes": attributes}))
    post = item(2, inner=meta({"_price": "1"}))
    site, report = converted(tmp_path, product, post, attachment(9, "a.jpg"))
    kept = {"_price": "12", "_sku": "A-1", "_product_image_gallery": [f"{UPLOADS}/a.jpg", "77"]}
    (made,) = (site / "content").rglob("item-1.md")
    assert hc.load_post(made).front_matter["meta"] == kept | {
        "_product_attributes": {"color": {"name": "Color", "value": "Red"}}
    }
    assert [finding.message for finding in report.findings if finding.code == "HC212"] == [
        "2 hidden custom fields left out (_tax_class, _price)"
    ]


def test_taxonomies_that_only_settings_have_are_none_of_the_site(tmp_path: Path) -> None:
    channel = _term(1, "elementor_library_type", "page", "page") + _term(2, "genre", "jazz", "Jazz")
    part = item(7, post_type="elementor_library", inner=terms(("elementor_library_type", "page", "page")))
    site, _ = converted(tmp_path, item(1), part, channel=channel)
    assert not (site / "content/elementor_library_type").exists()
    assert (site / "content/genre/jazz/_index.md").is_file()


@pytest.mark.parametrize(("given", "expected"), META.values(), ids=META)
def test_custom_fields(given: list[tuple[str, str]], expected: dict[str, Any], tmp_path: Path) -> None:
    definition = item(40, 'a:1:{s:4:"type";s:5:"image";}', post_type="acf-field", post_name="field_img")
    site, _ = converted(tmp_path, item(1, title="Real", inner=meta(given)), definition, attachment(9, "2024/05/a.jpg"))
    assert values(site)["meta"] == expected
    assert values(site)["title"] == "Real"


SEO: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
    "case 80: Yoast": (
        {
            "_yoast_wpseo_metadesc": "D",
            "_yoast_wpseo_title": "A better %%title%% %%sep%% %%sitename%%",
            "_yoast_wpseo_canonical": "https://x.example/",
            "_yoast_wpseo_meta-robots-noindex": "1",
        },
        {"description": "D", "title": "A better T - Old", "canonical": "https://x.example/", "noindex": True},
    ),
    "case 80: Yoast's own pattern": ({"_yoast_wpseo_title": "%%title%% %%page%% %%sep%% %%sitename%%"}, {}),
    "case 80: Yoast, not hidden": ({"_yoast_wpseo_meta-robots-noindex": "2"}, {}),
    "case 80: Rank Math": (
        {
            "rank_math_description": "D",
            "rank_math_robots": 'a:1:{i:0;s:7:"noindex";}',
            "rank_math_title": "Own %title%",
        },
        {"description": "D", "noindex": True, "title": "Own T"},
    ),
    "case 80: AIOSEO": (
        {"_aioseo_description": "D", "_aioseo_title": "#post_title by me"},
        {"description": "D", "title": "T by me"},
    ),
    "case 80: AIOSEO of old": (
        {"_aioseop_description": "D", "_aioseop_noindex": "on"},
        {"description": "D", "noindex": True},
    ),
    "SEOPress": ({"_seopress_titles_desc": "D"}, {"description": "D"}),
}


@pytest.mark.parametrize(("fields", "expected"), SEO.values(), ids=SEO)
def test_search_engine_plug_ins(fields: dict[str, str], expected: dict[str, Any], tmp_path: Path) -> None:
    site, report = converted(tmp_path, item(1, title="T", inner=meta(fields)))
    found = values(site)
    assert ({"description": found["description"]} if "description" in found else {}) | found.get("seo", {}) == expected
    assert "meta" not in found
    assert "HC212" not in {finding.code for finding in report.findings}


def test_languages_and_translations(tmp_path: Path, build_hugo: Build) -> None:
    def said(language: str, name: str) -> str:
        return terms(("language", language, name), ("post_translations", "pll_1", "pll_1"))

    site, _ = converted(
        tmp_path,
        item(1, "hello", post_name="hello", inner=said("en", "English"), link=f"{SITE}/2024/hello/"),
        item(2, "hallo", post_name="hallo", inner=said("de", "Deutsch"), link=f"{SITE}/de/2024/hallo/"),
        item(3, "wieder", inner=terms(("language", "de", "Deutsch")), link=f"{SITE}/de/2024/item-3/"),
        item(4, "again", inner=terms(("language", "en", "English")), link=f"{SITE}/2024/item-4/"),
    )
    assert build_hugo(site).returncode == 0
    assert "hello" in (site / "public/2024/hello/index.html").read_text()
    german = (site / "public/de/2024/hallo/index.html").read_text()
    assert "hallo" in german
    assert '<html lang="de">' in german
    assert values(site, "content/posts/hello.md")["translationKey"] == "pll_1"
    assert tomllib.loads((site / "hugo.toml").read_text())["languages"]["de"]["label"] == "Deutsch"


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{"id": "7", "depth": 0, "approved": True}],
        [{"content": 'a\nb\t\\ "é" \x01 \u2028 {}, ": [', "parent": ""}, {"depth": 1, "approved": False, "x": None}],
    ],
    ids=["none", "one", "all that needs an escape"],
)
def test_rows_of_comments_are_written_as_json_writes_them(rows: list[dict[str, Any]]) -> None:
    assert rows_file(rows) == json_file(rows)


def test_comments_are_threaded_and_shown_and_nothing_else_is(tmp_path: Path, build_hugo: Build) -> None:
    inner = (
        comment(1, 'First <a href="javascript:x()">bad</a> <script>alert(1)</script><b>bold</b>\n\nsecond')
        + comment(2, "Other", parent=0)
        + comment(3, "Answer to first", parent=1, author_url="javascript:bad()")
        + comment(4, "waiting", approved=0)
        + comment(5, "thrown away", approved="trash")
        + comment(6, "a < b & c", parent=3)
    )
    site, report = converted(tmp_path, item(1, "text", inner=inner))
    assert build_hugo(site).returncode == 0
    shown = (site / "public/item-1/index.html").read_text()
    order = [shown.index(text) for text in ("First", "Answer to first", "a &lt; b &amp; c", "Other")]
    assert order == sorted(order)
    assert "<b>bold</b>" in shown
    for word in ("javascript", "alert", "waiting", "thrown away", "bad()"):
        assert word not in shown
    rows = json.loads((site / "data/comments/posts/item-1.md.json").read_text())
    assert [(row["id"], row["depth"], row["approved"]) for row in rows] == [
        *(("1", 0, True), ("3", 1, True), ("6", 2, True), ("2", 0, True), ("4", 0, False)),
    ]
    assert any("1 comment in the trash" in finding.message for finding in report.findings)


def test_menus_lead_where_they_led(tmp_path: Path, build_hugo: Build) -> None:
    def entry(number: int, title: str, order: int, fields: dict[str, str], parent: int = 0) -> str:
        given = {"_menu_item_menu_item_parent": str(parent)} | fields
        inner = terms(("nav_menu", "main", "Main")) + meta(given)
        return item(number, title=title, post_type="nav_menu_item", menu_order=order, inner=inner, excerpt="a hint")

    page_of_1 = {"_menu_item_type": "post_type", "_menu_item_object": "page", "_menu_item_object_id": "1"}
    site, report = converted(
        tmp_path,
        item(1, title="About us", post_type="page"),
        entry(50, "", 1, page_of_1),
        entry(
            51,
            "Bread",
            2,
            {"_menu_item_type": "taxonomy", "_menu_item_object": "category", "_menu_item_object_id": "3"},
            50,
        ),
        entry(
            52,
            "Away",
            3,
            {"_menu_item_type": "custom", "_menu_item_url": "https://x.example/", "_menu_item_target": "_blank"},
        ),
        entry(53, "Lost", 4, {"_menu_item_type": "post_type", "_menu_item_object_id": "999"}),
        channel=_category(2, "kitchen", "Kitchen") + _category(3, "bread", "Bread", "kitchen"),
    )
    menu = tomllib.loads((site / "hugo.toml").read_text())["menus"]["main"]
    assert [(row["name"], row["url"], row.get("parent")) for row in menu] == [
        ("About us", "/item-1/", None),
        ("Bread", "/category/kitchen/bread/", "50"),
        ("Away", "https://x.example/", None),
    ]
    assert menu[2]["params"] == {"title": "a hint", "target": "_blank"}
    assert any(finding.code == "HC232" and "Lost" in finding.message for finding in report.findings)
    assert build_hugo(site).returncode == 0


LAYOUTS: dict[str, tuple[dict[str, Any], str]] = {
    "flat": ({}, "content/posts/item-1.md"),
    "by year": ({"folders": "year"}, "content/posts/2024/item-1.md"),
    "by month": ({"folders": "month"}, "content/posts/2024/05/item-1.md"),
    "bundles": ({"bundles": "leaf"}, "content/posts/item-1/index.md"),
    "date prefix": ({"date_prefix": True}, "content/posts/2024-05-06-item-1.md"),
    "all": (
        {"folders": "month", "bundles": "leaf", "date_prefix": True, "posts_section": "blog"},
        "content/blog/2024/05/2024-05-06-item-1/index.md",
    ),
    "a section": ({"sections": ("post=journal",)}, "content/journal/item-1.md"),
}


@pytest.mark.parametrize(("options", "path"), LAYOUTS.values(), ids=LAYOUTS)
def test_layouts_change_files_and_no_address(
    options: dict[str, Any], path: str, tmp_path: Path, build_hugo: Build
) -> None:
    source = write_export(
        tmp_path / "old",
        item(1, f'<img alt="x" src="{UPLOADS}/2024/05/a.jpg">', link=f"{SITE}/2024/05/item-1/", inner=comment(1)),
        item(2, f'<img alt="x" src="{UPLOADS}/2024/05/a-10x10.jpg">', link=f"{SITE}/2024/05/item-2/"),
        item(3, "page", post_type="page"),
        item(4, "ware", post_type="product", link=f"{SITE}/product/item-4/"),
        files={"2024/05/a.jpg": b"a picture"},
    )
    site = tmp_path / "site"
    hc.convert(source, site, to=hc.exporters.get("hugo", **options, media="bundles"))
    assert (site / path).is_file()
    assert build_hugo(site).returncode == 0
    public = site / "public"
    for address in ("2024/05/item-1", "2024/05/item-2", "item-3", "product/item-4"):
        assert (public / address / "index.html").is_file(), address
    assert "Hello" in (public / "2024/05/item-1/index.html").read_text()
    for number in (1, 2):
        shown = (public / f"2024/05/item-{number}/index.html").read_text().partition('<img src="')[2].partition('"')[0]
        assert (public / shown.lstrip("/")).read_bytes() == b"a picture"
    assert sum(path.suffix == ".jpg" for path in (site / "content").rglob("*")) == (options.get("bundles") == "leaf")


FILTERS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "types": ({"types": ["page"]}, {"item-3"}),
    "since": ({"since": "2024-01-01"}, {"item-1", "item-3"}),
    "authors by login": ({"authors": ["JO"]}, {"item-2"}),
    "authors by name": ({"authors": ["Jonas O."]}, {"item-2"}),
    "together": ({"since": "2024-01-01", "types": ["post"]}, {"item-1"}),
}


@pytest.mark.parametrize(("options", "names"), FILTERS.values(), ids=FILTERS)
def test_filters(options: dict[str, Any], names: set[str], tmp_path: Path) -> None:
    channel = (
        "<wp:author><wp:author_login>jo</wp:author_login><wp:author_display_name>Jonas O.</wp:author_display_name>"
        "</wp:author>"
    )
    items = [item(1), item(2, creator="jo", post_date="2020-01-01 00:00:00"), item(3, post_type="page")]
    site, _ = converted(tmp_path, *items, channel=channel, **options)
    assert {path.stem for path in (site / "content").rglob("item-*.md")} == names


def test_an_unknown_section_is_refused() -> None:
    with pytest.raises(hc.HugoconvError, match="TYPE=SECTION"):
        hc.exporters.get("hugo", sections=("product",))


def test_ids_are_global_over_the_files_of_one_export(tmp_path: Path) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    (folder / "1.xml").write_text(export(item(1, inner=meta({"_thumbnail_id": "9"}))))
    (folder / "2.xml").write_text(export(attachment(9, "2024/05/a.jpg")))
    hc.convert(folder, tmp_path / "site", to="hugo")
    assert values(tmp_path / "site")["image"] == f"{UPLOADS}/2024/05/a.jpg"


def test_dates_of_posts_are_moments(tmp_path: Path) -> None:
    site, _ = converted(tmp_path, item(1))
    moment = page(site).date
    assert moment is not None
    assert moment.value == datetime.fromisoformat("2024-05-06T07:08:09+02:00")


@pytest.mark.parametrize(
    ("body", "label"),
    [
        ("a<!--more Read &amp; go on-->b", "Read & go on"),
        ('<!-- wp:more {"customText":"Read on"} -->\n<!--more Read on-->\n<!-- /wp:more -->', "Read on"),
        ("a<!--more-->b", None),
    ],
)
def test_the_label_of_the_link_to_the_rest_is_kept_and_shown(
    body: str, label: str | None, tmp_path: Path, build_hugo: Build
) -> None:
    site, report = converted(tmp_path, item(1, body))
    assert page(site).front_matter.get("more_label") == label
    assert not [finding for finding in report.findings if finding.code == "HC307"]
    if label:
        assert build_hugo(site).returncode == 0
        assert "Read " in (site / "public" / "index.html").read_text()
        hc.convert(site, tmp_path / "back.xml", to="wordpress")
        text = (tmp_path / "back.xml").read_text()
        assert f"<!--more {label}-->" in text
        assert "more_label" not in text


NAVIGATION = f"""<!-- wp:home-link {{"label":"Start"}} /-->
<!-- wp:navigation-link {{"label":"One","type":"page","id":1,"url":"{SITE}/old/","kind":"post-type"}} /-->
<!-- wp:navigation-submenu {{"label":"More \\u0026 more","type":"category","id":7,"kind":"taxonomy"}} -->
<!-- wp:navigation-link {{"label":"Out","url":"https://x.example/","opensInNewTab":true}} /-->
<!-- wp:navigation-link {{"label":"Own","url":"{SITE}/own/"}} /-->
<!-- /wp:navigation-submenu -->
<!-- wp:navigation-link {{"label":"Secret","type":"page","id":2,"kind":"post-type"}} /-->
<!-- wp:navigation-link {{"label":"Gone","type":"page","id":99,"kind":"post-type"}} /-->
<!-- wp:page-list /-->"""


def test_menus_of_block_themes_are_menus(tmp_path: Path, build_hugo: Build) -> None:
    channel = (
        "<wp:category><wp:term_id>7</wp:term_id><wp:category_nicename>news</wp:category_nicename>"
        "<wp:cat_name>News</wp:cat_name></wp:category>"
    )
    items = [
        item(1, "x", post_type="page"),
        item(2, "x", post_type="page", status="private"),
        item(5, NAVIGATION, post_type="wp_navigation", post_name="header", title="The header"),
        item(6, NAVIGATION, post_type="wp_navigation", post_name="old", status="draft"),
    ]
    source = write_export(tmp_path / "old", *items, channel=channel)
    (menu,) = hc.read(source, stream=True).info.menus.values()
    by_identifier = {entry.identifier: entry.name for entry in menu}
    assert [(e.name, e.url, by_identifier.get(e.parent, ""), e.target) for e in menu] == [
        ("Start", "/", "", ""),
        ("One", "/item-1/", "", ""),
        ("More & more", "/category/news/", "", ""),
        ("Out", "https://x.example/", "More & more", "_blank"),
        ("Own", "/own/", "More & more", ""),
    ]
    report = hc.convert(source, tmp_path / "new", from_="wordpress", to="hugo")
    codes = {finding.code for finding in report.findings}
    assert {"HC231", "HC232", "HC352"} <= codes
    assert "HC108" not in codes
    assert build_hugo(tmp_path / "new").returncode == 0


@pytest.mark.parametrize(("label", "names"), [("Shop", ["main"]), ("Store", ["main", "main-2"])])
def test_a_block_menu_of_a_classic_ones_name_is_left_out_only_as_its_copy(
    label: str, names: list[str], tmp_path: Path
) -> None:
    menu = '<category domain="nav_menu" nicename="main"><![CDATA[Main]]></category>'
    entry = meta({"_menu_item_type": "custom", "_menu_item_url": "https://x.example/"})
    block = f'<!-- wp:navigation-link {{"label":"{label}","url":"https://x.example/"}} /-->'
    source = write_export(
        tmp_path,
        item(5, title="Shop", post_type="nav_menu_item", inner=menu + entry),
        item(6, block, post_type="wp_navigation", post_name="main", title="Main"),
    )
    menus = hc.read(source, stream=True).info.menus
    assert [*menus] == names
    assert [entry.name for entry in menus[names[-1]]] == [label]


def test_what_the_library_and_the_menus_are_called_goes_through_jekyll_too(tmp_path: Path) -> None:
    menu = '<category domain="nav_menu" nicename="main"><![CDATA[The menu]]></category>'
    entry = meta({"_menu_item_type": "custom", "_menu_item_url": f"{SITE}/item-1/"})
    picture = attachment(9, "a.jpg", title="A view", excerpt="Caption", fields={"_wp_attachment_image_alt": "Alt"})
    source = write_export(
        tmp_path / "old",
        item(1, f'<img src="{SITE}/wp-content/uploads/a.jpg">'),
        item(5, title="Entry", post_type="nav_menu_item", inner=menu + entry),
        picture,
        files={"a.jpg": b"a"},
    )
    hc.convert(source, tmp_path / "jekyll", from_="wordpress", to="jekyll")
    hc.convert(tmp_path / "jekyll", tmp_path / "back.xml", to="wordpress")
    text = (tmp_path / "back.xml").read_text()
    for said in ("A view", "Caption", "Alt", "The menu"):
        assert f"<![CDATA[{said}]]>" in text


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([("a", "1"), ("a", "1"), ("b", "2")], {"a": 2}),
        ([("a", "1"), ("b", "1")], {}),
        ([("_hidden", "1"), ("_hidden", "2"), ("enclosure", "x"), ("enclosure", "y")], {}),
    ],
)
def test_custom_fields_that_stand_more_than_once(given: list[tuple[str, str]], expected: dict[str, int]) -> None:
    assert repeated(given) == expected


def test_a_page_with_comments_may_be_called_as_a_folder_of_posts_is(tmp_path: Path, build_hugo: Build) -> None:
    said = comment(7, "On the page"), comment(8, "On the piece")
    site, _ = converted(
        tmp_path,
        item(1, post_type="page", post_name="portfolio", link=f"{SITE}/portfolio/", inner=said[0]),
        item(2, post_type="portfolio", post_name="poster", link=f"{SITE}/portfolio/poster/", inner=said[1]),
    )
    assert build_hugo(site).returncode == 0
    for name, words in (("portfolio", "On the page"), ("portfolio/poster", "On the piece")):
        assert words in (site / "public" / name / "index.html").read_text()


@pytest.mark.parametrize(
    ("slug", "name"), {"%e5%a4%a7-a": "大-a", "a%2fb": "a%2Fb", "": "1", "%e5%a4": "%e5%a4"}.items()
)
def test_files_are_called_as_people_read_the_slug(slug: str, name: str, tmp_path: Path) -> None:
    site, _ = converted(tmp_path, item(1, "hello", post_name=slug, link=f"{SITE}/?p=1"))
    assert [path.name for path in (site / "content/posts").iterdir()] == [f"{name}.md"]
