"""Ghost exports: case 30 of the specification, every card, and what must not become public."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from exports import FIXTURES, PNG, Move, moved, write, zipped
from hypothesis import given, settings
from hypothesis import strategies as st
from media_server import serving
from programs import needs_jekyll

import hugoconv as hc
from hugoconv.errors import SourceError, UsageError
from hugoconv.migrate import network
from hugoconv.report.findings import Findings
from hugoconv.systems.ghost import lexical, mobiledoc
from hugoconv.systems.ghost.bodies import from_html
from hugoconv.systems.ghost.cards import Cards
from hugoconv.systems.ghost.redirects import literal, redirects_in

CARDS = FIXTURES / "ghost"
DATE = "2024-05-06T08:15:00.000Z"


def post(slug: str, html: str | None = "<p>Text</p>", **values: Any) -> dict[str, Any]:
    return {
        "id": slug,
        "uuid": f"uuid-{slug}",
        "title": slug.title(),
        "slug": slug,
        "html": html,
        "type": "post",
        "status": "published",
        "visibility": "public",
        "created_at": DATE,
        "updated_at": DATE,
        "published_at": DATE,
    } | values


def export(*posts: dict[str, Any], **tables: Any) -> str:
    settings = {"title": "My blog", "description": "About things", "timezone": "Europe/Berlin"}
    rows = [{"key": key, "value": value} for key, value in (settings | tables.pop("settings", {})).items()]
    data = {"posts": list(posts), "settings": rows, **tables}
    return json.dumps({"db": [{"meta": {"exported_on": 1, "version": "5.80.0"}, "data": data}]}, ensure_ascii=False)


def site(folder: Path, *posts: dict[str, Any], importer: dict[str, Any] | None = None, **tables: Any) -> Move:
    return moved(write(folder / "old", {"my.ghost.json": export(*posts, **tables)}), importer=importer)


# Cards


@pytest.mark.parametrize("form", ["html", "source"])
def test_every_card_becomes_what_visitors_saw(form: str, tmp_path: Path) -> None:
    """cards.html is what Ghost's own renderer made of cards.lexical.json."""
    both = {
        name: (CARDS / file).read_text() for name, file in (("html", "cards.html"), ("lexical", "cards.lexical.json"))
    }
    move = site(tmp_path, post("cards", **both), post("second-post"), importer={"body": form})
    expected = (CARDS / "cards.md").read_text().strip()
    if form == "source":
        for seen, kept in SOURCE_DIFFERS.items():
            expected = expected.replace(seen, kept)
    assert move.body("cards") == expected
    pages = move.built()
    assert "only by e-mail" not in move.text()
    assert "Members only on the web" not in move.text()
    assert "For members only." in pages["cards/index.html"]  # the post is public, so Ghost shows all of it
    assert move.messages("HC123") == [
        "left out: forms and buttons to subscribe (2), what only e-mails show (3), what only members see (1)"
    ]


SOURCE_DIFFERS = {
    " {#a-heading}": "",
    " {#smaller}": "",
    "[A **link**](/second-post/)": '[A **link**](/second-post/ "Hint")',
    'controls poster="/content/media/2024/05/film_thumb.jpg" src="/content/media/2024/05/film.mp4"': (
        'controls src="/content/media/2024/05/film.mp4" poster="/content/media/2024/05/film_thumb.jpg"'
    ),
    'async charset="utf-8" src="https://platform.twitter.com/widgets.js"': (
        'async src="https://platform.twitter.com/widgets.js" charset="utf-8"'
    ),
}
"""What the editor's own form knows otherwise than the HTML that Ghost made of it."""

DOCUMENTS = {
    "markup and soft returns": (
        {
            "atoms": [["soft-return", "", {}]],
            "cards": [],
            "markups": [["strong"], ["a", ["href", "/x/", "rel", "y"]]],
            "sections": [[1, "p", [[0, [0], 1, "Bold"], [1, [], 0, 0], [0, [1], 1, "link & more"]]]],
        },
        '<p><strong>Bold</strong><br><a href="/x/">link &amp; more</a></p>',
    ),
    "lists, images and asides": (
        {"sections": [[3, "ol", [[[0, [], 0, "one"]]]], [2, "/a.png"], [1, "aside", [[0, [], 0, "x"]]]]},
        '<ol><li>one</li></ol><figure><img src="/a.png" alt=""></figure>'
        '<blockquote class="kg-blockquote-alt">x</blockquote>',
    ),
    "cards": (
        {"cards": [["card-markdown", {"markdown": "*a*"}], ["hr", {}], ["code", {"code": "<b>"}]]}
        | {"sections": [[10, 0], [10, 1], [10, 2], [10, 9]]},
        "<p><em>a</em></p>\n<hr><pre><code>&lt;b&gt;</code></pre>",
    ),
    "markups that are closed too often, or never": (
        {"markups": [["em"]], "sections": [[1, "script", [[0, [0], 0, "a"], [0, [], 7, "b"], [0, [9], 0, "c"]]]]},
        "<p><em>ab</em><span>c</span></p>",
    ),
}


@pytest.mark.parametrize(("document", "html"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_mobiledoc(document: dict[str, Any], html: str) -> None:
    assert mobiledoc.to_html(json.dumps(document), Cards()) == html


def test_a_nested_list_belongs_to_the_item_before_it() -> None:
    def item(*children: dict[str, Any]) -> dict[str, Any]:
        return {"type": "listitem", "children": list(children)}

    inner = {"type": "list", "listType": "number", "start": 4, "children": [item({"type": "text", "text": "b"})]}
    outer = {"type": "list", "listType": "bullet", "children": [item({"type": "text", "text": "a"}), item(inner)]}
    html = lexical.to_html(json.dumps({"root": {"children": [outer]}}), Cards())
    assert html == '<ul><li>a<ol start="4"><li>b</li></ol></li></ul>'


def test_a_card_that_nobody_knows_is_named(tmp_path: Path) -> None:
    document = json.dumps({"root": {"children": [{"type": "hologram", "version": 1}]}})
    move = site(tmp_path, post("new", None, lexical=document))
    assert move.messages("HC124") == ["1 card of the kind hologram, which hugoconv does not know, left out"]


def test_a_damaged_document_is_an_error_and_the_next_form_counts(tmp_path: Path) -> None:
    move = site(tmp_path, post("broken", None, lexical="{", mobiledoc='{"sections": [[1, "p", [[0, [], 0, "Old"]]]]}'))
    assert move.body("broken") == "Old"
    assert move.codes()["HC125"] == 1
    assert move.report.exit_code == 1


# What is public


STATUSES = {
    "published": ({}, None),
    "a draft": ({"status": "draft"}, "draft"),
    "scheduled": ({"status": "scheduled", "published_at": "2999-01-01T00:00:00.000Z"}, "scheduled"),
    "sent by e-mail": ({"status": "sent"}, "private"),
    "e-mail only": ({"email_only": 1}, "private"),
    "for members": ({"visibility": "members"}, "private"),
    "for those who pay": ({"visibility": "paid"}, "private"),
    "for a tier": ({"visibility": "tiers"}, "private"),
    "a status that nobody knows": ({"status": "pondered"}, "draft"),
}


@pytest.mark.parametrize(("values", "status"), STATUSES.values(), ids=STATUSES)
def test_only_what_everybody_could_read_is_public(values: dict[str, Any], status: str | None, tmp_path: Path) -> None:
    move = site(tmp_path, post("secret", "<p>Secret words</p>", **values))
    assert move.values("secret").get("draft", False) is (status is not None)
    assert move.values("secret").get("status") == (status if status != "draft" else None)
    assert ("Secret words" in "".join(move.built().values())) is (status is None)


def test_posts_for_members_can_be_asked_for(tmp_path: Path) -> None:
    move = site(tmp_path, post("club", visibility="members"), importer={"members": "public"})
    assert "draft" not in move.values("club")


GATED = '<p>a</p><!--kg-gated-block:begin nonMember:{} memberSegment:"{}" --><p>b</p><!--kg-gated-block:end-->'


@pytest.mark.parametrize(
    ("gate", "members", "shown"),
    [
        (("true", "status:free"), False, True),
        (("false", "status:free"), False, False),
        (("false", "status:free"), True, True),
        (("false", ""), True, False),
    ],
)
def test_gated_parts_are_for_those_they_were_for(gate: tuple[str, str], members: bool, shown: bool) -> None:
    cards = Cards(members=members)
    assert ("<p>b</p>" in from_html(GATED.format(*gate), cards)) is shown
    assert bool(cards.left_out) is not shown


def test_no_secret_of_an_export_is_ever_written(tmp_path: Path) -> None:
    tables = {
        "users": [{"id": "1", "name": "Ann", "slug": "ann", "email": "ann@secret.example", "password": "$2a$hash"}],
        "posts_authors": [{"post_id": "one", "author_id": "1"}],
        "members": [{"id": "m", "email": "reader@secret.example", "name": "Reader"}],
        "api_keys": [{"id": "k", "secret": "s3cr3t"}],
        "brute": [{"key": "s3cr3t", "count": 1}],  # the program's own notes, which nobody misses
        "migrations_lock": [{"lock_key": "km01", "locked": 0}],
    }
    source = write(tmp_path / "old", {"g.json": export(post("one"), settings={"password": "hunter2"}, **tables)})
    for secrets in (False, True):
        report = hc.convert(source, tmp_path / f"new{secrets}", to="hugo", include_secrets=secrets)
        move = Move(tmp_path / f"new{secrets}", report)
        assert ("ann@secret.example" in move.text()) is secrets
        assert not any(word in move.text() for word in ("reader@secret", "s3cr3t", "$2a$hash", "hunter2"))
        assert move.messages("HC121") == ["not read: api_keys (1), members (1)"]


def test_a_check_knows_a_film_by_its_identifier(tmp_path: Path) -> None:
    frame = '<iframe src="https://www.youtube.com/embed/hmH3XMlms8E?feature=oembed"></iframe>'
    move = site(tmp_path, post("film", f'<figure class="kg-card kg-embed-card">{frame}</figure>'))
    assert "{{< youtube hmH3XMlms8E >}}" in move.body("film")
    assert not [each for each in hc.check(move.site, tmp_path / "old").findings if each.code == "HC535"]
    page = next(move.site.rglob("film.md"))
    page.write_text(page.read_text().replace("hmH3XMlms8E", "another0000"))
    found = [each.message for each in hc.check(move.site, tmp_path / "old").findings if each.code == "HC535"]
    assert len(found) == 1
    assert "hmH3XMlms8E" in found[0]


# Fields


def test_fields_keep_what_the_export_says(tmp_path: Path) -> None:
    move = site(
        tmp_path,
        post(
            "fields",
            featured=1,
            custom_excerpt="In short",
            feature_image="__GHOST_URL__/content/images/2024/05/a.png",
            canonical_url="https://elsewhere.example/fields/",
            codeinjection_head="<script>alert(1)</script>",
            updated_at="2024-07-01T10:00:00.000Z",
            custom_template="custom-wide",
        ),
        posts_meta=[
            {"post_id": "fields", "meta_title": "SEO", "meta_description": "About it", "feature_image_alt": "Alt"}
            | {"feature_image_caption": "By <b>Ann</b>"}
        ],
        tags=[
            {"id": "t1", "name": "News", "slug": "news", "description": "All of it"},
            {"id": "t2", "name": "C++", "slug": "c", "visibility": "public"},
            {"id": "t3", "name": "#wide", "slug": "hash-wide", "visibility": "internal"},
        ],
        posts_tags=[
            {"post_id": "fields", "tag_id": "t1", "sort_order": 1},
            {"post_id": "fields", "tag_id": "t2", "sort_order": 0},
            {"post_id": "fields", "tag_id": "t3", "sort_order": 2},
            {"post_id": "fields", "tag_id": "gone", "sort_order": 3},
        ],
        users=[{"id": "b", "name": "Bo", "slug": "bo"}, {"id": "a", "name": "Ann", "slug": "ann", "bio": "Writes"}],
        posts_authors=[
            {"post_id": "fields", "author_id": "b", "sort_order": 1},
            {"post_id": "fields", "author_id": "a", "sort_order": 0},
        ],
    )
    values = move.values("fields")
    assert values["tags"] == ["C++", "News"]
    assert values["internal_tags"] == ["#wide"]
    assert values["authors"] == ["Ann", "Bo"]
    assert str(values["date"]).replace(" ", "T") == "2024-05-06T10:15:00+02:00"
    assert values["featured"] is True
    assert (values["image"], values["image_alt"], values["image_caption"]) == (
        "/content/images/2024/05/a.png",
        "Alt",
        "By <b>Ann</b>",
    )
    assert (values["description"], values["template"]) == ("About it", "custom-wide")
    assert values["seo"] == {"title": "SEO", "canonical": "https://elsewhere.example/fields/"}
    assert "alert(1)" not in move.text()
    assert move.messages("HC127") == ["code was injected into this page; it stays behind"]
    pages = move.built()
    assert "fields/index.html" in pages
    assert {"tag/news/index.html", "tag/c/index.html", "author/ann/index.html"} <= set(pages)
    assert "All of it" in pages["tag/news/index.html"]


def test_case_30_drafts_stay_and_pages_are_pages(tmp_path: Path) -> None:
    move = site(
        tmp_path,
        post("about", '<p><a href="__GHOST_URL__/hello/">Hello</a></p>', type="page"),
        post("old-page", page=1, type=None),
        post("hello"),
        post("later", status="draft", published_at=None),
    )
    assert "__GHOST_URL__" not in move.text()
    assert (move.site / "content" / "about.md").is_file()
    assert (move.site / "content" / "old-page.md").is_file()
    assert (move.site / "content" / "posts" / "hello.md").is_file()
    assert move.values("later")["draft"] is True
    assert move.body("about") == "[Hello](/hello/)"
    assert {"about/index.html", "hello/index.html"} <= set(move.built())


def test_an_export_of_version_0(tmp_path: Path) -> None:
    data = {
        "meta": {"exported_on": 1408552443891, "version": "003"},
        "data": {
            "posts": [
                {"id": 1, "title": "Old", "slug": "old", "markdown": "Some *words*", "html": None, "page": 0}
                | {"status": "published", "language": "en_US", "author_id": 1}
                | {"published_at": 1408552443891, "updated_at": 1408552443891, "created_at": 1408552443891}
            ],
            "tags": [{"id": 3, "name": "News", "slug": "news"}],
            "posts_tags": [{"post_id": 1, "tag_id": 3}],
            "users": [{"id": 1, "name": "Ann", "slug": "ann"}],
            "settings": [{"key": "permalinks", "value": "/:year/:month/:day/:slug/"}],
        },
    }
    move = moved(write(tmp_path / "old", {"g.json": json.dumps(data)}))
    assert move.body("old") == "Some *words*"
    assert move.values("old")["authors"] == ["Ann"]
    assert move.values("old")["tags"] == ["News"]
    assert "2014/08/20/old/index.html" in move.built()


# Addresses


ROUTES = "collections:\n  /:\n    permalink: {}\ntaxonomies:\n  tag: /topic/{{slug}}/\n"


@pytest.mark.parametrize(
    ("pattern", "address"),
    [
        ("/{slug}/", "night/index.html"),
        ("/blog/{year}/{month}/{slug}/", "blog/2024/06/night/index.html"),
        ("/{primary_tag}/{slug}/", "news/night/index.html"),
        ("/{primary_author}/{id}/", "ann/night/index.html"),
    ],
)
def test_addresses_are_made_as_routes_say(pattern: str, address: str, tmp_path: Path) -> None:
    """The post came out at half past midnight in the site's own time, on the last of May in UTC."""
    files = {
        "g.json": export(
            post("night", published_at="2024-05-31T22:30:00.000Z"),
            tags=[{"id": "t", "name": "News", "slug": "news"}],
            posts_tags=[{"post_id": "night", "tag_id": "t"}],
            users=[{"id": "a", "name": "Ann", "slug": "ann"}],
            posts_authors=[{"post_id": "night", "author_id": "a"}],
        ),
        "routes.yaml": ROUTES.format(pattern),
    }
    pages = moved(write(tmp_path / "old", files)).built()
    assert address in pages
    assert "topic/news/index.html" in pages


def test_redirects_lead_on(tmp_path: Path) -> None:
    rules = [
        {"from": "^\\/2014\\/old-hello\\.html$", "to": "/hello/", "permanent": True},
        {"from": "^/tag/(.*)$", "to": "/topic/$1", "permanent": True},
    ]
    files = {"g.json": export(post("hello")), "redirects.json": json.dumps(rules)}
    move = moved(write(tmp_path / "old", files), redirects=("json",))
    assert json.loads((move.site / "_server" / "redirects.json").read_text())["/2014/old-hello.html"] == "/hello/"
    assert len(move.messages("HC128")) == 1


@pytest.mark.parametrize(
    ("pattern", "path"),
    {"^/a/b\\.html$": "/a/b.html", "/a/": "/a/", "a": "/a", "^/(a|b)$": "", "^/a.*$": "", "^/a/?$": "/a"}.items(),
)
def test_patterns_that_stand_for_one_path(pattern: str, path: str) -> None:
    assert literal(pattern).rstrip("/") == path.rstrip("/")


def test_redirects_in_yaml() -> None:
    log = Findings()
    found = list(redirects_in("301:\n  /a: /b\n302:\n  ^/c$: https://x.example/\n", "redirects.yaml", log))
    assert [(each.old, each.new) for each in found] == [("/a", "/b"), ("/c", "https://x.example/")]
    assert not len(log)
    for damaged in ("{", "[1, 2]: - :", '"text"'):
        list(redirects_in(damaged, "redirects.yaml", log))
    assert len(log) == 3


# Media


BODY = (
    '<p><img src="__GHOST_URL__/content/images/size/w600/2024/05/a.png" srcset="__GHOST_URL__/content/images/size/w300/'
    '2024/05/a.png 300w"><a href="__GHOST_URL__/content/files/2024/05/r.epub">R</a></p>'
)
FILES = {"images/2024/05/a.png": PNG, "files/2024/05/r.epub": b"book", "images/unused.png": PNG + b"2"}


@pytest.mark.parametrize("shape", ["beside", "in content", "archive", "archive beside", "option"])
def test_files_are_found_wherever_they_came(shape: str, tmp_path: Path) -> None:
    data = export(post("one", BODY))
    options = {}
    if shape == "beside":
        source = write(tmp_path / "old", {"g.json": data, **FILES})
    elif shape == "in content":
        source = write(tmp_path / "old", {"g.json": data, **{f"content/{name}": each for name, each in FILES.items()}})
    elif shape == "archive":
        inside = {f"backup/content/{name}": each for name, each in FILES.items()}
        source = zipped(tmp_path / "old.zip", {"backup/g.json": data, **inside, "../evil.txt": b"out"})
    elif shape == "archive beside":
        source = write(tmp_path / "old", {"g.json": data})
        zipped(source / "content.zip", {f"content/{name}": each for name, each in FILES.items()})
    else:
        source = write(tmp_path / "old", {"g.json": data}) / "g.json"
        options = {"content": str(write(tmp_path / "elsewhere", FILES))}
    move = moved(source, importer=options)
    assert move.body("one").startswith("![](/content/images/2024/05/a.png)[R](/content/files/2024/05/r.epub)")
    carried = {path.relative_to(move.site / "static").as_posix() for path in move.site.glob("static/content/**/*.*")}
    assert carried == {f"content/{name}" for name in FILES}
    assert not (tmp_path / "evil.txt").exists()


def test_files_are_fetched_from_the_old_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "is_public", lambda address: True)
    with serving() as server:
        server.files["/content/images/2024/05/a.png"] = PNG
        server.files["/content/files/2024/05/r.epub"] = b"book"
        move = moved(
            write(tmp_path / "old", {"g.json": export(post("one", BODY))}),
            importer={"base_url": server.url},
            media="download",
            media_cache=tmp_path / "cache",
        )
    assert (move.site / "static/content/images/2024/05/a.png").read_bytes() == PNG
    assert "HC120" not in move.codes()
    assert "](/content/images/2024/05/a.png)" in move.body("one")


# Whole moves


@needs_jekyll
def test_a_jekyll_site_and_a_wordpress_export_come_out_too(tmp_path: Path) -> None:
    source = write(tmp_path / "old", {"g.json": export(post("one", "<p>One <b>word</b></p>"))})
    assert "One **word**" in moved(source, "jekyll").page("2024-05-06-one")
    report = hc.convert(source, tmp_path / "out.xml", to="wordpress")
    assert report.exit_code == 0
    back = hc.read(tmp_path / "out.xml").posts
    assert [(each.title, each.address) for each in back] == [("One", "/one/")]


def test_a_dump_of_it_is_the_same_site(tmp_path: Path) -> None:
    source = write(tmp_path / "old", {"g.json": export(post("one", BODY), post("two", status="draft")), **FILES})
    straight = moved(source)
    hc.convert(source, tmp_path / "dump" / "site.jsonl", to="jsonl")
    hc.convert(tmp_path / "dump", tmp_path / "again", to="hugo")
    for name in ("one", "two"):
        assert Move(tmp_path / "again", straight.report).page(name) == straight.page(name)


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    source = write(tmp_path / "old", {"g.json": export(*(post(f"p{n}", BODY) for n in range(120))), **FILES})
    texts = []
    for jobs in (1, 2):
        hc.convert(source, tmp_path / f"new{jobs}", to="hugo", jobs=jobs)
        files = sorted((tmp_path / f"new{jobs}" / "content").rglob("*.md"))
        texts.append([(file.name, file.read_bytes()) for file in files])
    assert texts[0] == texts[1]
    assert len(texts[0]) == 120


def test_everything_of_the_old_site_is_found_in_the_new_one(tmp_path: Path) -> None:
    source = write(tmp_path / "old", {"g.json": export(post("one", BODY), post("two")), **FILES})
    move = moved(source)
    assert not hc.check(move.site, against=source).errors


# What is no export


def test_what_is_no_export_is_said_so(tmp_path: Path) -> None:
    for text in ("{", '{"db": []}', '{"data": {"posts": 1}}', "[]", '{"a": ' * 5000):
        path = write(tmp_path, {"x.json": text}) / "x.json"
        with pytest.raises(SourceError):
            hc.read(path, "ghost")
    with pytest.raises(UsageError):
        hc.read(write(tmp_path / "empty", {"readme.txt": "x"}), "ghost")
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 damaged")
    with pytest.raises((SourceError, UsageError)):
        hc.read(tmp_path / "x.zip", "ghost")


CELLS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from([DATE, "__GHOST_URL__/a.png"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
ROW = st.dictionaries(
    st.sampled_from(
        ["id", "slug", "title", "html", "status", "post_id", "tag_id", "name", "published_at", "key", "value", "type"]
    ),
    CELLS,
)
TABLES = st.dictionaries(
    st.sampled_from(["posts", "tags", "posts_tags", "users", "posts_authors", "settings", "posts_meta", "comments"]),
    st.lists(ROW, max_size=3) | CELLS,
)


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_any_tables_are_a_site_or_an_error(tmp_path_factory: pytest.TempPathFactory, tables: dict[str, Any]) -> None:
    folder = tmp_path_factory.mktemp("ghost")
    path = write(folder, {"g.json": json.dumps({"meta": {"exported_on": 1}, "data": tables})}) / "g.json"
    try:
        posts = list(hc.read(path, "ghost").posts)
    except SourceError:
        return
    assert all(each.title is not None or each.source.name for each in posts)


@given(st.text(max_size=80) | CELLS.map(json.dumps))
def test_any_document_is_read_or_refused(text: str) -> None:
    for read in (lexical.to_html, mobiledoc.to_html):
        made = read(text, Cards())
        assert made is None or isinstance(made, str)
