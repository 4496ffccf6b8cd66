from __future__ import annotations

import html
import json
import shutil
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hugo_site import CONTENT_ONLY, build, write_site

from hugoconv.systems.hugo.addressing import PageToAddress, SectionRule
from hugoconv.systems.hugo.config import read_config
from hugoconv.systems.hugo.golayout import format_layout
from hugoconv.systems.hugo.permalinks import Permalink, Section, UrlError, permalink_rules
from hugoconv.systems.hugo.urls import (
    Address,
    UrlRules,
    alias_file,
    dated_name,
    escape_url,
    page_address,
    sanitize,
    urlize,
)

FIXTURE = Path(__file__).parent / "fixtures" / "sites" / "hugo-blog"
DAY = datetime.fromisoformat("2020-01-02T03:04:05+09:00")


@pytest.mark.parametrize(
    ("text", "sanitized"),
    [
        ("Hello World", "Hello-World"),
        ("  a   b  ", "a-b"),
        ("x - y", "x-y"),
        ("x--y", "x--y"),
        ("What's New?", "Whats-New"),
        ("Café № 5", "Café-5"),
        ("v1.2_3~@+#", "v1.2_3~@+#"),
        ("50% a%20b a%zz", "50-a%20b-azz"),
        ("日本語 テスト", "日本語-テスト"),
        ("emoji😀x", "emojix"),
        ("a\u2003b\x1cc", "a-bc"),
        ("", ""),
    ],
)
def test_sanitize(text: str, sanitized: str) -> None:
    assert sanitize(text) == sanitized


@pytest.mark.parametrize(
    ("rules", "made"),
    [
        (UrlRules(), "öδοσ-istanbul"),
        (UrlRules(disable_path_to_lower=True), "ÖΔΟΣ-İstanbul"),
        (UrlRules(remove_path_accents=True), "oδοσ-istanbul"),
    ],
    ids=["default", "case kept", "without accents"],
)
def test_urlize(rules: UrlRules, made: str) -> None:
    assert urlize("ÖΔΟΣ İstanbul", rules) == made


UGLY = UrlRules(ugly_urls=True)


def rule(pattern: str, kind: str = "page") -> UrlRules:
    return UrlRules(permalinks=(Permalink(pattern, kind),))


IN_F = [Section("d/e/f")]


@pytest.mark.parametrize(
    ("path", "arguments", "file", "url"),
    [
        ("posts/My Post", {}, "posts/my-post/index.html", "/posts/my-post/"),
        ("posts/a  b", {}, "posts/a--b/index.html", "/posts/a--b/"),
        ("posts/b/index", {}, "posts/b/index.html", "/posts/b/"),
        ("about", {}, "about/index.html", "/about/"),
        ("posts/Café", {}, "posts/café/index.html", "/posts/caf%C3%A9/"),
        ("posts/c#", {}, "posts/c#/index.html", "/posts/c%23/"),
        ("posts/a", {"slug": "-The Slug-"}, "posts/the-slug/index.html", "/posts/the-slug/"),
        ("posts/a", {"slug": "index"}, "posts/index.html", "/posts/"),
        ("posts/a", {"slug": "😀"}, "posts/index.html", "/posts/"),
        ("posts/A", {"rules": UrlRules(disable_path_to_lower=True)}, "posts/A/index.html", "/posts/A/"),
        ("posts/a", {"rules": UGLY}, "posts/a.html", "/posts/a.html"),
        ("posts/a", {"rules": UrlRules(ugly_urls=frozenset({"docs"}))}, "posts/a/index.html", "/posts/a/"),
        ("posts/a", {"prefix": "fr"}, "fr/posts/a/index.html", "/fr/posts/a/"),
        ("_index", {"kind": "home"}, "index.html", "/"),
        ("_index", {"kind": "home", "prefix": "fr"}, "fr/index.html", "/fr/"),
        ("posts/_index", {"kind": "section"}, "posts/index.html", "/posts/"),
        ("posts/_index", {"kind": "section", "rules": UGLY}, "posts/index.html", "/posts/index.html"),
        ("posts/_index", {"kind": "section", "slug": "News"}, "news/index.html", "/news/"),
        ("tags/Go Lang/_index", {"kind": "term"}, "tags/go-lang/index.html", "/tags/go-lang/"),
        ("tags/go/_index", {"kind": "term", "rules": UGLY}, "tags/go.html", "/tags/go.html"),
        ("posts/x/a", {"sections": [Section("posts", slug="News")]}, "news/x/a/index.html", "/news/x/a/"),
        ("posts/a", {"url": "/X y/"}, "X y/index.html", "/X%20y/"),
        ("posts/a", {"url": "/x.html"}, "x.html", "/x.html"),
        ("posts/a", {"url": "/v1.2/noext"}, "v1.2/noext", "/v1.2/noext"),
        ("posts/a", {"url": "noext"}, "noext/index.html", "/noext/"),
        ("posts/a", {"url": "rel/", "prefix": "fr"}, "fr/rel/index.html", "/fr/rel/"),
        ("posts/a", {"url": "/abs/", "prefix": "fr"}, "abs/index.html", "/abs/"),
        ("posts/a", {"url": "/a/../b//c/"}, "b/c/index.html", "/b/c/"),
        ("posts/a", {"url": r"/a\:b/"}, "a:b/index.html", "/a:b/"),
        ("posts/a", {"url": "/:year/:slug.html", "slug": "S", "date": DAY}, "2020/s.html", "/2020/s.html"),
        ("_index", {"kind": "home", "url": "/ignored/"}, "index.html", "/"),
        ("posts/a", {"rules": rule("/:year/:title"), "title": "T/t", "date": DAY}, "2020/t-t/index.html", "/2020/t-t/"),
        ("posts/a", {"rules": rule("/:year/:slug/")}, "1/index.html", "/1/"),
        ("posts/a", {"rules": rule("/:slug/"), "slug": "C++"}, "c/index.html", "/c/"),
        ("posts/x/a", {"rules": rule("/:sections/:filename/")}, "posts/a/index.html", "/posts/a/"),
        ("d/e/f/a", {"rules": rule("/:sections[1:]/:slugorfilename"), "sections": IN_F}, "e/f/a/index.html", ""),
        ("d/e/f/a", {"rules": rule("/:sections[last]/x"), "sections": IN_F}, "f/x/index.html", "/f/x/"),
        ("d/a", {"rules": rule("/:sectionslugs"), "sections": [Section("d", "", "A/B c")]}, "a-b-c/index.html", ""),
        ("d/b/index", {"rules": rule("/:contentbasename.html")}, "b.html/index.html", "/b.html/"),
        ("d/a", {"rules": rule("/:2006/:Jan/:02:Z0700/"), "date": DAY}, "2020/jan/02-0900/index.html", ""),
        ("d/a", {"rules": rule("/x/", kind="term")}, "d/a/index.html", "/d/a/"),
    ],
)  # fmt: skip
def test_page_address(path: str, arguments: dict[str, Any], file: str, url: str) -> None:
    address = page_address(path, **arguments)
    assert address.file == file
    assert url in ("", address.url)


@pytest.mark.parametrize("url", ["/a%zz/", "/:nonsense/", "/tab\there/"])
def test_a_url_that_hugo_refuses(url: str) -> None:
    with pytest.raises(UrlError):
        page_address("posts/a", url=url)


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("/a/b/", "/a/b/"),
        ("/a b/C é.html", "/a b/C é.html"),
        ("/a:b/", r"/a\:b/"),
        ("/a:b+c%41/", r"/a\:b%2Bc%2541/"),
        ("/a%41/", "/a%41/"),
        ("/a..b/", "/a..b/index.html"),
        ("/q?x#y/", "/q?x#y/"),
        ("/", "/"),
    ],
)
def test_escape_url(path: str, url: str) -> None:
    assert escape_url(path) == url


@pytest.mark.parametrize("path", ["/noext", "/a%zz/", "/a//b/", "/a/../b/", "/./a/", "relative/", "/a\nb/", ""])
def test_escape_url_refuses(path: str) -> None:
    with pytest.raises(UrlError):
        escape_url(path)


PAGE = Address("/posts/a/", "posts/a/index.html")


@pytest.mark.parametrize(
    ("alias", "page", "arguments", "file"),
    [
        ("/foo", PAGE, {}, "foo/index.html"),
        ("/foo/bar/", PAGE, {}, "foo/bar/index.html"),
        ("/x.html", PAGE, {}, "x.html"),
        ("/y.htm", PAGE, {}, "y.htm"),
        ("/feed.xml", PAGE, {}, "feed.xml/index.html"),
        ("/a b/C é", PAGE, {}, "a b/C é/index.html"),
        ("/a//b/../c/", PAGE, {}, "a/c/index.html"),
        ("rel", PAGE, {}, "posts/rel/index.html"),
        ("../up", PAGE, {}, "up/index.html"),
        ("../../../up", PAGE, {}, "up/index.html"),
        ("rel", Address("/x/y.html", "x/y.html"), {}, "x/rel/index.html"),
        ("/foo", PAGE, {"prefix": "fr"}, "fr/foo/index.html"),
        ("/foo/", PAGE, {"ugly": True}, "foo.html"),
        ("/x.html", PAGE, {"ugly": True}, "x.html"),
    ],
)
def test_alias_file(alias: str, page: Address, arguments: dict[str, Any], file: str) -> None:
    assert alias_file(alias, page, **arguments) == file


@pytest.mark.parametrize(
    ("alias", "page"), [("/", PAGE), ("https://example.com/x", PAGE), ("beside-home", Address("/", "index.html"))]
)
def test_an_alias_that_hugo_refuses(alias: str, page: Address) -> None:
    with pytest.raises(UrlError):
        alias_file(alias, page)


DATED_NAMES: list[tuple[str, str, str]] = [
    ("2019-12-31-The Last Day", "2019-12-31T00:00:00", "The Last Day"),
    ("2019-12-31-v1.2", "2019-12-31T00:00:00", "v1"),
    ("2019-12-31", "2019-12-31T00:00:00", ""),
    ("2019-12-31x", "2019-12-31T00:00:00", "x"),
    ("2019-12-31 - y -", "2019-12-31T00:00:00", "y"),
    ("2019-12-30-10-11-12-Title", "2019-12-30T10:11:12", "Title"),
    ("2019-12-30-10-11-99-z", "2019-12-30T00:00:00", "10-11-99-z"),
]


@pytest.mark.parametrize(("name", "date", "slug"), DATED_NAMES)
def test_dated_names(name: str, date: str, slug: str) -> None:
    assert dated_name(name) == (datetime.fromisoformat(date), slug)


@pytest.mark.parametrize("name", ["2019-13-31-x", "2019-02-30-x", "2019-1-2-x", "20191231-x", "x-2019-12-31", ""])
def test_names_without_a_date(name: str) -> None:
    assert dated_name(name) is None


def test_hugo_reads_dated_names_so(tmp_path: Path) -> None:
    files = {"layouts/all.html": '{{ .Date.Format "2006-01-02T15:04:05" }} {{ .Slug }}'}
    files |= {f"content/{name}.md": '{"title": "t"}\n' for name, _, _ in DATED_NAMES}
    built = build(write_site(tmp_path, files, {**CONTENT_ONLY, "frontmatter": {"date": [":filename"]}}))
    assert not built.error
    assert sorted(built.files.values()) == sorted(f"{date} {slug}" for _, date, slug in DATED_NAMES)


@pytest.mark.parametrize(
    ("config", "kind", "path", "pattern"),
    [
        ({"posts": "/a/"}, "page", "/posts/x", "/a/"),
        ({"Posts": "/a/"}, "page", "/posts/x/y", "/a/"),
        ({"posts": "/a/"}, "section", "/posts", None),
        ({"tags": "/a/"}, "term", "/tags/x", "/a/"),
        ({"/": "/a/"}, "page", "/x", "/a/"),
        ({"/": "/a/"}, "page", "/posts/x", None),
        ({"section": {"posts": "/a/"}}, "section", "/posts", "/a/"),
        ([{"target": {"kind": "{page,home}", "path": "/**/x*"}, "pattern": "/a/"}], "page", "/b/c/xy", "/a/"),
        ([{"target": {"path": "/*/x"}, "pattern": "/a/"}, {"pattern": "/b/"}], "page", "/b/c/x", "/b/"),
        ([{"target": {"path": "/[!a]/?"}, "pattern": "/a/"}], "page", "/b/c", "/a/"),
        (None, "page", "/x", None),
    ],
)
def test_permalink_rules(config: object, kind: str, path: str, pattern: str | None) -> None:
    found = (rule.pattern for rule in permalink_rules(config) if rule.matches(kind, path))
    assert next(found, None) == pattern


@pytest.mark.parametrize("config", ["/a/", {"posts": 1}, {"nokind": {"a": "b"}}, {"page": {"a": 1}}, [{}], [1]])
def test_permalinks_that_hugo_refuses(config: object) -> None:
    with pytest.raises(UrlError):
        permalink_rules(config)


@pytest.mark.parametrize(
    ("layout", "text"),
    [
        ("2006", "2020"),
        ("January_2_Mon", "January 2_Thu"),
        ("_2", " 2"),
        ("002", "002"),
        ("15h04m05s", "03h04m05s"),
        ("3PM", "3AM"),
        ("Z07", "+09"),
        ("nothing", "nothing"),
        ("Janitor", "Janitor"),
    ],
)
def test_go_layouts(layout: str, text: str) -> None:
    assert format_layout(layout, DAY) == text


NAMES = [
    "Hello World", "What's New_in C++ & C", "Café Ünï", "v1.2.3", "x--y - z", "dots..", "emoji😀x", "a  b", "-lead",
    "a%20b", "a%zz", "a+b", "c#", "@pulumi", "İstanbul", "ΟΔΟΣ", "e\u0301", "Ⅷ", "²x", "a\u00a0b", "한국어", "index2",
]  # fmt: skip
SLUGS = ["", "", "A Slug", "index", "a/b", "C#+d", ".", "é É"]
RULES: dict[str, dict[str, Any]] = {
    "plain": {},
    "ugly, cased": {"uglyURLs": True, "disablePathToLower": True},
    "title": {"permalinks": {"page": {"posts": "/:year/:month/:title"}}, "removePathAccents": True},
    "slug": {"permalinks": {"posts": "/p/:2006:Jan/:slug/"}, "uglyURLs": {"posts": True}},
}


@pytest.mark.parametrize("config", RULES.values(), ids=RULES)
def test_hugo_publishes_where_we_say(tmp_path: Path, config: dict[str, Any]) -> None:
    rules = UrlRules(
        permalinks=permalink_rules(config.get("permalinks")),
        ugly_urls=frozenset({"posts"}) if isinstance(config.get("uglyURLs"), dict) else bool(config.get("uglyURLs")),
        disable_path_to_lower=config.get("disablePathToLower", False),
        remove_path_accents=config.get("removePathAccents", False),
    )
    files = {"layouts/all.html": "{{ .RelPermalink }}"}
    expected: dict[str, str] = {}
    for number, (name, section) in enumerate(product(NAMES, ("posts", "docs"))):
        slug, path = SLUGS[number % len(SLUGS)], f"{section}/{number} {name}"
        page = {"title": f"{number} {name}", "slug": slug and f"{slug} {number}", "date": DAY.isoformat()}
        address = page_address(path, title=page["title"], slug=page["slug"], date=DAY, rules=rules)
        files[f"content/{path}.md"] = json.dumps(page) + "\n"
        expected[address.file] = address.url
    kinds = ["home", "section", "taxonomy", "term", "rss", "sitemap", "404"]
    built = build(write_site(tmp_path, files, {"baseURL": "https://e.org/", "disableKinds": kinds, **config}))
    assert not built.error
    assert {file: html.unescape(url) for file, url in built.files.items()} == expected
    assert len(expected) == len(NAMES) * 2


def test_hugo_publishes_at_an_escaped_url(tmp_path: Path) -> None:
    wanted = [
        "/1/a:b/",
        "/2/a:b+c%41.html",
        "/3/a..b/",
        "/4/ä b/Ç.html",
        "/5/q?x#y/",
        "/6/v1.2/noext",
        "/7/{{ x }}'\"/",
    ]
    files = {"layouts/all.html": "{{ .RelPermalink }}"}
    for number, path in enumerate(wanted):
        files[f"content/p{number}.md"] = json.dumps({"title": "t", "url": escape_url(path)}) + "\n"
    built = build(write_site(tmp_path, files))
    assert not built.error
    assert sorted(built.files) == [path[1:] + ("index.html" if path.endswith("/") else "") for path in wanted]


def test_hugo_writes_aliases_where_we_say(tmp_path: Path) -> None:
    aliases = ["/foo", "/foo/bar/", "rel", "../up", "/feed.xml", "/x.html", "/y.htm", "/a b/C é", "/a//b/../c/"]
    page = json.dumps({"title": "t", "aliases": aliases}) + "\n"
    built = build(write_site(tmp_path, {"layouts/all.html": "x", "content/posts/a.md": page}))
    assert not built.error
    assert set(built.files) == {PAGE.file, *(alias_file(alias, PAGE) for alias in aliases)}


DOCS = Section("docs", slug="papers", title="Documents")


def test_every_page_of_the_fixture_is_where_we_say(tmp_path: Path) -> None:
    site = Path(shutil.copytree(FIXTURE, tmp_path / "site"))
    config = read_config(site)
    day = datetime(2021, 6, 7, tzinfo=UTC)
    pages: list[tuple[str, dict[str, Any]]] = [
        ("_index", {"kind": "home"}),
        ("posts/_index", {"kind": "section"}),
        ("posts/lighthouse/index", {"slug": "lighthouse-visit", "date": datetime(2021, 3, 4, tzinfo=UTC)}),
        ("posts/tides", {"title": "Tides", "date": day}),
        ("posts/archive/2019-12-31-The Last Day", {"slug": "The Last Day", "date": datetime(2019, 12, 31, tzinfo=UTC)}),
        ("posts/bare", {}),
        ("docs/_index", {"kind": "section", "slug": "papers"}),
        ("docs/guide/_index", {"kind": "section", "sections": [DOCS]}),
        ("docs/guide/setup", {"url": "/docs/setup.html"}),
        ("docs/Knots & Ropes", {"sections": [DOCS]}),
        ("about/index", {}),
        ("tags/Stone & Light/_index", {"kind": "term"}),
    ]
    other: list[tuple[str, str, dict[str, Any]]] = [
        ("fr", "_index", {"kind": "home"}),
        ("fr", "posts/tides", {"title": "Marées", "date": day}),
        ("pt", "posts/lighthouse/index", {"slug": "visita-ao-farol", "date": datetime(2021, 3, 4, tzinfo=UTC)}),
    ]
    built = build(site)
    assert not built.error
    for language, path, values in [*(("en", *page) for page in pages), *other]:
        address = page_address(path, prefix=config.url_prefix(language), rules=config.url_rules(language), **values)
        assert address.file in built.files, path


@pytest.mark.parametrize("path", ["a", "blog/a-1", "blog/-a", "blog/x/a", "blog/a/index", "blog/A b", "blog/index"])
@pytest.mark.parametrize("slug", ["", "a", "a-1", "-a", "a--b", "index", "A", "a/b", "é", "2020"])
def test_a_page_fits_a_rule_when_hugo_writes_its_file_there(path: str, slug: str) -> None:
    patterns = (
        "",
        "/:slug/",
        "/:year/:slug/",
        "/x-1/:year/:month/:day/:slug/",
        "/:slug/x/",
        "/:year:month/:slug/",
        "/X/:slug/",
    )
    for pattern, ugly, date, keep_case in product(patterns, (False, True), (DAY, None), (False, True)):
        rule = SectionRule(pattern, ugly)
        section = path.partition("/")[0] if "/" in path else ""
        rules = rule.rules(section, keep_case)
        file = page_address(path, slug=slug, date=date, rules=rules).file
        page = PageToAddress(path, "page", date, slug, file)
        assert page.section == section
        assert page.fits(rule, keep_case) == bool(slug or not pattern) or slug == "index"
        assert not PageToAddress(path, "page", date, slug, f"{file}x").fits(rule, keep_case)
