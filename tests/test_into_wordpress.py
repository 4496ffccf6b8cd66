"""Hugo and Jekyll sites as WordPress exports, checked against what WordPress's importer asks for, not by our reader."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import pytest
from folders import write
from hypothesis import given
from hypothesis import strategies as st
from programs import needs_jekyll
from wordpress_export import SITE as OLD
from wordpress_export import item as exported
from wordpress_export import terms, write_export

import hugoconv
from hugoconv.markup.constructs import Attributes, Embed, Figure, Gallery, Highlight, Media, SummaryDivider
from hugoconv.markup.flavours import GOLDMARK
from hugoconv.markup.likeness import visible_words
from hugoconv.markup.render import to_html
from hugoconv.report.findings import Findings
from hugoconv.systems.wordpress.bodies import blocks
from hugoconv.systems.wordpress.bodies.target import WordPressTarget, make_body
from hugoconv.systems.wordpress.writing.fields import slug_of
from hugoconv.systems.wordpress.writing.permalinks import DEFAULT, fill, is_part_of_date, structure_of
from hugoconv.systems.wordpress.wxr.index import index, read_items
from hugoconv.systems.wordpress.wxr.items import Item

FIXTURES = Path(__file__).parent / "fixtures"
ROOT = Path(__file__).parent.parent
WP = "{http://wordpress.org/export/1.2/}"


@pytest.fixture
def prove(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    import prove_into_wordpress as module

    return module


def items(export: Path) -> dict[tuple[str, str], Item]:
    return {(item.post_type, item.post_name): item for item in read_items(index(export, Findings()), Findings())}


@pytest.mark.parametrize("site", ["hugo-blog", "jekyll-blog"])
@pytest.mark.parametrize("editor", ["blocks", "classic"])
def test_an_importer_has_nothing_to_refuse(site: str, editor: str, tmp_path: Path, prove: ModuleType) -> None:
    export = tmp_path / "export.xml"
    report = hugoconv.convert(
        FIXTURES / "sites" / site,
        export,
        to=hugoconv.exporters.get("wordpress", editor=editor),
        transforms=[prove.marked],
    )
    assert not [finding for finding in report.findings if finding.severity == "error"]
    assert report.failed == 0
    assert prove.faults(export) == []


@pytest.mark.parametrize("site", ["hugo-blog", pytest.param("jekyll-blog", marks=needs_jekyll)])
def test_bodies_show_what_the_own_program_of_the_site_shows(site: str, tmp_path: Path, prove: ModuleType) -> None:
    row = prove.prove(FIXTURES / "sites" / site, tmp_path)
    assert row.faults == []
    assert row.compared > 2
    files = {file for _, file, codes in row.different if codes == "nothing"}
    assert files <= {"content/docs/Knots & Ropes.md"}  # it shows an address, which is another one now
    assert row.unreported.total > 0


def test_the_check_sees_what_an_importer_would_not_take(tmp_path: Path, prove: ModuleType) -> None:
    export = tmp_path / "export.xml"
    hugoconv.convert(FIXTURES / "sites" / "hugo-blog", export, to="wordpress")
    text = export.read_text(encoding="utf-8")
    spoiled = tmp_path / "spoiled.xml"
    for old, new in (
        ("<wp:wxr_version>1.2", "<wp:wxr_version>x"),
        ("<wp:status><![CDATA[publish", "<wp:status><![CDATA[published"),
        (re.search(r"<wp:post_id>\d+", text)[0], "<wp:post_id>999999"),  # type: ignore[index]
        (' nicename="', ' nice="'),
        ("<guid", "<gid"),
    ):
        changed = text.replace(old, new, 1).replace("</guid", "</gid", 1 if new == "<gid" else 0)
        spoiled.write_text(changed, encoding="utf-8")
        if "post_id" in old:
            changed = text.replace("<wp:post_id>2</", "<wp:post_id>1</")
            spoiled.write_text(changed, encoding="utf-8")
        assert prove.faults(spoiled), old


SITE = {
    "hugo.toml": 'baseURL = "https://old.example/"\ntitle = "A & B"\n'
    '[[menus.main]]\nname = "About"\npageRef = "about"\n[[menus.main]]\nname = "Out"\n'
    'url = "https://x.org/"\n',
    "content/posts/one.md": "---\ntitle: One & <two>\ndate: 2024-05-06T23:30:00-05:00\ntags: [C++, C]\n"
    "categories: [News]\naliases: [/posts/first/, /very/old/]\nsummary: Short\nmood: {a: [é, 1]}\n"
    "image: /img/a.png\n---\n"
    "[two](/posts/two/) ![a](/img/a.png)\n\n[gallery]\n",
    "content/posts/two.md": "---\ntitle: Two\ndate: 2024-05-06\ndraft: true\nstatus: pending\n---\ntext\n",
    "content/posts/same.md": "---\ntitle: Ünë & <TWO>\ndate: 2024-05-06T23:30:00-05:00\n---\n",
    "content/posts/same2.md": "---\ntitle: une & <two>\ndate: 2024-05-06T23:30:00-05:00\n---\n",
    "content/about.md": "---\ntitle: About\nmenus: footer\n---\n",
    "content/docs/deep/page.md": "---\ntitle: Deep\nweight: 3\n---\n![b](/img/b c.png)\n",
    "content/broken.md": "---\ntitle: [\n---\nstill here\n",
    "content/categories/news/_index.md": "---\ntitle: News\nparent: All\n---\nAbout news\n",
    "static/img/a.png": "x",
    "static/style.css": "x",
    "data/comments/one.json": '[{"id": "9", "parent": "7", "author": "B", "content": "]]>",'
    ' "date": "2024-05-07T00:00:00Z"}, {"id": "7", "author": "A", "content": "hi", "date": "2024-05-08T00:00:00Z",'
    ' "approved": false}]',
}


@pytest.fixture
def export(tmp_path: Path) -> Path:
    hugoconv.convert(write(tmp_path / "site", SITE), tmp_path / "export.xml", to="wordpress")
    return tmp_path / "export.xml"


def test_a_site_in_a_folder_of_its_host_keeps_its_addresses(tmp_path: Path) -> None:
    files = {
        "hugo.toml": 'baseURL = "https://old.example/blog/"\n',
        "content/posts/a.md": "---\ntitle: A\ndate: 2024-05-06\n---\n"
        '![p](/blog/wp-content/uploads/p.png) [b](/blog/posts/b/) [c](/shop/) [b]({{< ref "b" >}})\n',
        "content/posts/b.md": "---\ntitle: B\ndate: 2024-05-06\n---\n",
        "static/wp-content/uploads/p.png": "x",
    }
    hugoconv.convert(write(tmp_path / "site", files), tmp_path / "export.xml", to="wordpress")
    content = items(tmp_path / "export.xml")["post", "a"].content
    assert re.findall(r'(?:src|href)="([^"]+)"', content) == [
        "https://old.example/blog/wp-content/uploads/p.png",
        "https://old.example/blog/posts/b/",
        "https://old.example/shop/",
        "https://old.example/blog/posts/b/",
    ]


def test_uploads_of_an_installation_in_a_folder_are_uploads(tmp_path: Path) -> None:
    files = {
        "hugo.toml": 'baseURL = "https://old.example/"\n',
        "content/posts/a.md": "---\ntitle: A\nimage: /wp/wp-content/uploads/p.png\n---\n",
        "static/wp/wp-content/uploads/p.png": "x",
        "static/wp-content/uploads/p.png": "y",
    }
    hugoconv.convert(write(tmp_path / "site", files), tmp_path / "export.xml", to="wordpress")
    found = items(tmp_path / "export.xml")
    paths = {dict(item.meta)["_wp_attached_file"] for (kind, _), item in found.items() if kind == "attachment"}
    assert paths == {"p.png", "wp-content/uploads/p.png"}
    assert "_thumbnail_id" in dict(found["post", "a"].meta)
    assert (tmp_path / "uploads" / "p.png").read_text() == "x"


def test_a_gallery_and_menu_entries_of_terms_are_what_wordpress_calls_so(tmp_path: Path) -> None:
    files = {
        "hugo.toml": '[[menus.main]]\nname = "News"\nurl = "/categories/news/"\n',
        "content/posts/a.md": "---\ntitle: A\ncategories: [News]\n---\n"
        '{{< gallery columns="2" >}}\n{{< figure src="/a.png" caption="one" link="/a.png" >}}\n'
        '{{< figure src="/b.png" alt="two" >}}\n{{< /gallery >}}\n\n{{< gallery dir="x" >}}\n',
        "content/categories/news/_index.md": "---\ntitle: The news\n---\n",
        "static/a.png": "x",
        "static/b.png": "y",
    }
    hugoconv.convert(write(tmp_path / "site", files), tmp_path / "export.xml", to="wordpress")
    found = items(tmp_path / "export.xml")
    content = found["post", "a"].content
    assert '<figure class="wp-block-gallery has-nested-images columns-2 is-cropped">' in content
    assert content.count("<!-- wp:image") == 2
    assert re.search(r'<a href="[^"]+/wp-content/uploads/a.png"><img', content)
    assert '{{&lt; gallery dir="x" &gt;}}' in content.replace("&quot;", '"')
    assert found["post", "a"].terms[0].name == "The news"
    (entry,) = (dict(item.meta) for (kind, _), item in found.items() if kind == "nav_menu_item")
    assert (entry["_menu_item_type"], entry["_menu_item_object"]) == ("taxonomy", "category")


@pytest.mark.parametrize("editor", ["blocks", "classic"])
def test_a_menu_is_never_divided(editor: str, tmp_path: Path) -> None:
    entries = "".join(
        f'[[menus.main]]\nidentifier = "e{number}"\nname = "Entry {number}"\nurl = "/x{number}/"\n'
        + (f'parent = "e{number - 1}"\n' if number else "")
        for number in range(20)
    )
    files = {"hugo.toml": entries} | {
        f"content/posts/{number}.md": f"---\ntitle: P{number}\n---\n{'word ' * 300}\n" for number in range(8)
    }
    exporter = hugoconv.exporters.get("wordpress", editor=editor, split="8KB")
    hugoconv.convert(write(tmp_path / "site", files), tmp_path / "export.xml", to=exporter)
    parts = sorted(tmp_path.glob("export-*.xml"))
    found = [
        sum(item.post_type == "nav_menu_item" for item in read_items(index(part, Findings()), Findings()))
        for part in parts
    ]
    assert len(parts) > 2
    assert sorted(found) == [0] * (len(parts) - 1) + [20]


@pytest.mark.parametrize("editor", ["blocks", "classic"])
def test_details_are_details(editor: str, tmp_path: Path) -> None:
    body = '{{< details summary="More & more" open=true >}}\n- one\n- two\n{{< /details >}}\n\nafter\n'
    files = {"hugo.toml": "", "content/posts/a.md": f"---\ntitle: A\n---\n{body}"}
    exporter = hugoconv.exporters.get("wordpress", editor=editor)
    report = hugoconv.convert(write(tmp_path / "site", files), tmp_path / "export.xml", to=exporter)
    content = items(tmp_path / "export.xml")["post", "a"].content
    assert "<summary>More &amp; more</summary>" in content
    assert "{{" not in content
    assert not [finding for finding in report.findings if finding.code == "HC301"]
    assert re.search(r"<details[^>]* open>.*one.*two.*</details>.*after", content, re.DOTALL)
    if editor == "blocks":
        opening = content.index('<!-- wp:details {"showContent":true} -->\n<details class="wp-block-details" open>')
        inside = content.index("<!-- wp:list")
        assert opening < inside < content.index("</details>\n<!-- /wp:details -->") < content.index("after")


def test_posts_pages_and_all_that_belongs_to_them(export: Path, prove: ModuleType) -> None:
    assert prove.faults(export) == []
    found = items(export)
    one = found["post", "one"]
    assert (one.title, one.excerpt, one.status) == ("One &amp; &lt;two&gt;", "Short", "publish")
    assert (one.post_date, one.post_date_gmt) == ("2024-05-06 23:30:00", "2024-05-07 04:30:00")
    assert one.link == "https://old.example/posts/one/"
    assert [(term.domain, term.nicename, term.name) for term in one.terms] == [
        ("category", "news", "News"),
        ("post_tag", "c", "C++"),
        ("post_tag", "c-2", "C"),
    ]
    meta = dict(one.meta)
    assert meta["mood"] == 'a:1:{s:1:"a";a:2:{i:0;s:2:"é";i:1;i:1;}}'
    assert meta["_wp_old_slug"] == "first"
    assert meta["_thumbnail_id"] == str(found["attachment", "a"].post_id)
    assert 'href="https://old.example/posts/two/"' in one.content
    assert 'src="https://old.example/wp-content/uploads/img/a.png"' in one.content
    assert "&#91;gallery]" in one.content
    assert [(each.author, each.parent, each.approved) for each in one.comments] == [
        ("A", 0, "0"),
        ("B", one.comments[0].id, "1"),
    ]
    assert found["post", "two"].status == "pending"
    deep = found["page", "page"]
    assert deep.post_parent == found["page", "deep"].post_id
    assert found["page", "deep"].post_parent == found["page", "docs"].post_id
    assert deep.menu_order == 3
    same = [item for item in found.values() if item.post_name.startswith("same")]
    assert len({item.post_date for item in same}) == 2
    broken = found["page", "broken"]
    assert broken.status == "draft"
    assert "still here" in broken.content


def test_terms_menus_media_and_redirects(export: Path) -> None:
    channel = index(export, Findings()).channel
    assert [(term.slug, term.parent, term.description) for term in channel.categories] == [
        ("all", "", ""),
        ("news", "all", "About news"),
    ]
    assert {term.slug for term in channel.terms if term.taxonomy == "nav_menu"} == {"main", "footer"}
    found = items(export)
    entries = {item.title: dict(item.meta) for (kind, _), item in found.items() if kind == "nav_menu_item"}
    assert entries["About"]["_menu_item_object_id"] == str(found["page", "about"].post_id)
    assert entries["Out"]["_menu_item_url"] == "https://x.org/"
    assert (export.parent / "uploads" / "img" / "a.png").read_text() == "x"
    assert (export.parent / "uploads" / "style.css").is_file()
    assert ("attachment", "style") not in found
    assert "/very/old/,/posts/one/,0,301" in (export.parent / "redirects.csv").read_text()


def test_redirects_of_another_export_in_the_folder_are_kept_and_not_taken_for_ones_own(tmp_path: Path) -> None:
    for name in ("one", "two"):
        page = f"---\ntitle: T\ndate: 2020-01-02\naliases: [/very/old/{name}/]\n---\nText.\n"
        site = write(
            tmp_path / name, {"hugo.toml": 'baseURL = "https://a.example/"\n', f"content/posts/{name}.md": page}
        )
        report = hugoconv.convert(site, tmp_path / "out" / f"{name}.xml", to="wordpress")
    assert [each.message for each in report.findings if each.code == "HC608" and "redirects.csv" in each.message]
    old = {
        name: [each.old for each in hugoconv.read(tmp_path / f"out/{name}.xml").redirects] for name in ("one", "two")
    }
    assert "/very/old/one/" in old["one"]
    assert not any("/very/" in each for each in old["two"])


def test_the_parts_of_a_split_export_hold_what_their_items_need(tmp_path: Path, prove: ModuleType) -> None:
    exporter = hugoconv.exporters.get("wordpress", split="5kB")
    hugoconv.convert(write(tmp_path / "site", SITE), tmp_path / "export.xml", to=exporter)
    parts = sorted(tmp_path.glob("export-*.xml"))
    assert len(parts) > 1
    for part in parts:
        found = items(part)
        ids = {item.post_id for item in found.values()}
        for item in found.values():
            assert item.post_parent in ids | {0}
            assert int(dict(item.meta).get("_thumbnail_id", 0)) in ids | {0}


def test_what_the_parts_repeat_adds_nothing_a_second_time(tmp_path: Path) -> None:
    front = "---\ntitle: {name}\nown: </wp:postmeta> ]]> {name}\n---\n"
    names = ("_index", "a", "b", "c", "d")
    pages = {f"content/guide/{name}.md": front.format(name=name) + "word " * 300 + "<wp:postmeta>" for name in names}
    site = write(tmp_path / "site", {"hugo.toml": 'baseURL = "https://b.org/"', **pages})
    hugoconv.convert(site, tmp_path / "x.xml", to=hugoconv.exporters.get("wordpress", split="6KB"))
    parts = sorted(tmp_path.glob("x-*.xml"))
    found = [item for part in parts for item in read_items(index(part, Findings()), Findings())]
    fields = [dict(item.meta).get("own") for item in found if item.post_name == "guide"]
    assert fields[0] == "</wp:postmeta> ]]> _index"
    assert len(fields) > 1
    assert set(fields[1:]) == {None}
    assert sum(dict(item.meta).get("own") is not None for item in found) == len(pages)


def test_what_the_parts_repeat_has_a_date_by_which_the_importer_knows_it_again(tmp_path: Path) -> None:
    pages = {f"content/guide/{name}.md": f"---\ntitle: {name}\n---\n{'word ' * 300}" for name in "abcd"}
    site = write(tmp_path / "site", {"hugo.toml": 'baseURL = "https://b.org/"', **pages})
    report = hugoconv.convert(site, tmp_path / "x.xml", to=hugoconv.exporters.get("wordpress", split="6KB"))
    found = [item for part in tmp_path.glob("x-*.xml") for item in read_items(index(part, Findings()), Findings())]
    above = [item for item in found if item.post_name == "guide"]
    assert len(above) > 1
    assert len({(item.title, item.post_date, item.post_type) for item in above}) == 1
    assert all(item.post_date.startswith("2000") for item in found)
    assert ["2000-01-01" in each.message for each in report.findings if each.code == "HC355"] == [True]


def test_secrets_stay_unless_asked_for(tmp_path: Path) -> None:
    locked = "---\ntitle: L\ndate: 2020-01-01\ndraft: true\nstatus: password\npassword: pw\n---\n"
    site = write(tmp_path / "site", {**SITE, "content/posts/locked.md": locked})
    hugoconv.convert(site, tmp_path / "a.xml", to="wordpress")
    assert items(tmp_path / "a.xml")["post", "locked"].status == "draft"
    assert "pw" not in (tmp_path / "a.xml").read_text()
    hugoconv.convert(site, tmp_path / "b.xml", to="wordpress", include_secrets=True, force=True)
    item = items(tmp_path / "b.xml")["post", "locked"]
    assert (item.status, item.post_password) == ("publish", "pw")


def test_a_public_page_that_says_a_password_has_it_when_secrets_are_asked_for(tmp_path: Path) -> None:
    page = "---\ntitle: P\ndate: 2020-01-01\npassword: pw\n---\n"
    site = write(tmp_path / "site", {**SITE, "content/posts/page.md": page})
    for name, password in (("without", ""), ("with", "pw")):
        hugoconv.convert(site, tmp_path / f"{name}.xml", to="wordpress", include_secrets=bool(password))
        item = items(tmp_path / f"{name}.xml")["post", "page"]
        assert (item.status, item.post_password) == ("publish", password)


def test_there_and_back_again(tmp_path: Path) -> None:
    source = FIXTURES / "wxr" / "sample.xml"
    hugoconv.convert(source, tmp_path / "site", to="hugo", include_secrets=True)
    hugoconv.convert(tmp_path / "site", tmp_path / "back.xml", to="wordpress", include_secrets=True)
    old, new = items(source), items(tmp_path / "back.xml")
    compared = 0
    for key, item in old.items():
        if item.post_type not in ("post", "page") or item.status in ("trash", "auto-draft") or key not in new:
            continue
        compared += 1
        other = new[key]
        for name in ("title", "post_date", "post_date_gmt", "status", "menu_order", "is_sticky", "creator", "excerpt"):
            assert getattr(item, name).__class__(getattr(other, name)) == getattr(item, name), (key, name)
        assert _terms(item) == _terms(other)
        assert {each.content for each in item.comments if each.approved in ("0", "1")} == {
            each.content for each in other.comments
        }
    assert compared > 3


def test_what_the_library_says_of_media_and_the_names_of_menus_come_back(tmp_path: Path) -> None:
    text = (FIXTURES / "wxr" / "sample.xml").read_text(encoding="utf-8")
    text = text.replace("<![CDATA[Main]]></category>", "<![CDATA[Main & more]]></category>")
    write(tmp_path / "old", {"export.xml": text, "wp-content/uploads/2024/05/kettle.jpg": "picture"})
    hugoconv.convert(tmp_path / "old", tmp_path / "site", to="hugo")
    hugoconv.convert(tmp_path / "site", tmp_path / "back.xml", to="wordpress")
    before, after = (
        next(
            item for (kind, _), item in items(file).items() if kind == "attachment" and "kettle" in item.attachment_url
        )
        for file in (tmp_path / "old" / "export.xml", tmp_path / "back.xml")
    )
    assert dict(after.meta)["_wp_attachment_image_alt"] == "A copper kettle, steaming"
    for name in ("title", "excerpt", "content"):
        assert getattr(after, name) == getattr(before, name), name
    menus = {
        (term.nicename, term.name)
        for (kind, _), item in items(tmp_path / "back.xml").items()
        if kind == "nav_menu_item"
        for term in item.terms
    }
    assert menus == {("main", "Main &amp; more")}


def _terms(item: Item) -> set[tuple[str, str]]:
    return {(term.domain, term.nicename if term.domain == "post_format" else term.name) for term in item.terms}


# Bodies -------------------------------------------------------------------------------------------------------------


def made(text: str, markup: str = "markdown", *, is_blocks: bool = True, target: WordPressTarget | None = None) -> str:
    log = Findings().at("x")
    target = target or WordPressTarget(lambda url: url)
    return make_body(
        text, markup, target, GOLDMARK, blocks=is_blocks, key="k", base_url="https://b.org", log=log
    ).content


@pytest.mark.parametrize(
    ("markdown", "names"),
    [
        ("text", ["core/paragraph"]),
        ("## h {#x .c}", ["core/heading"]),
        ("- a\n- b\n  1. c", ["core/list", "core/list-item", "core/list-item", "core/list", "core/list-item"]),
        ("- a\n\n  ```\n  x\n  ```", ["core/html"]),
        ("> q\n>\n> - a", ["core/quote", "core/paragraph", "core/list", "core/list-item"]),
        ("```go\nx[0]\n```", ["core/code"]),
        ("| a |\n|---|\n| b |", ["core/table"]),
        ("![a](b.png)", ["core/image"]),
        ("[![a](b.png)](c)", ["core/image"]),
        ("text ![a](b.png)", ["core/paragraph"]),
        ("---", ["core/separator"]),
        ("a\n\n<!--more-->\n\nb", ["core/paragraph", "core/more", "core/paragraph"]),
        ("<div>x</div>", ["core/html"]),
        ("t\n: d", ["core/html"]),
        ("a[^1]\n\n[^1]: n", ["core/paragraph", "core/footnotes"]),
    ],
)
def test_each_element_has_its_block(markdown: str, names: list[str]) -> None:
    text = made(markdown)
    assert [block.name for block in blocks.walk(blocks.parse(text)) if block.name] == names
    assert "<!-- wp:" not in made(markdown, is_blocks=False)


@pytest.mark.parametrize(
    ("neutral", "name", "shown"),
    [
        (Figure("/a.png", "alt", "A *b*", link="/x"), "core/image", "A <em>b</em>"),
        (Gallery((Figure("/a.png"), Figure("/b.png")), 2), "core/gallery", 'src="https://b.org/b.png"'),
        (Highlight("x = [1]", "python"), "core/code", "language-python"),
        (Embed("https://youtu.be/abcdefghijk", "youtube", "abcdefghijk", 7), "core/embed", "t=7"),
        (Embed("https://gist.github.com/a/1.js", "gist", "a/1"), "core/html", "<script"),
        (Media("audio", ("/a.mp3",)), "core/audio", "https://b.org/a.mp3"),
        (Media("video", ("/a.mp4", "/a.webm")), "core/html", "<source"),
        (SummaryDivider("Go on"), "core/more", "<!--more Go on-->"),
    ],
)
def test_each_construct_has_its_block(neutral: object, name: str, shown: str) -> None:
    target = WordPressTarget(lambda url: url)
    text = made(f"before\n\n{target.render(neutral)}\n\nafter", target=target)  # type: ignore[arg-type]
    assert [block.name for block in blocks.parse(text) if block.name] == ["core/paragraph", name, "core/paragraph"]
    assert shown in text


def test_the_old_editor_shows_films_by_their_addresses_on_lines_of_their_own() -> None:
    target = WordPressTarget(lambda url: url)
    film = target.render(Embed("https://youtu.be/abcdefghijk?a=1&b=2", "youtube", "abcdefghijk"))
    code = target.render(Embed("https://gist.github.com/a/1.js", "gist", "a/1"))
    lines = made(f"before\n\n{film}\n\n{code}\n\nafter", is_blocks=False, target=target).splitlines()
    assert "https://youtu.be/abcdefghijk?a=1&amp;b=2" in lines
    assert "https://gist.github.com/a/1.js" not in lines


def test_attributes_go_to_the_heading() -> None:
    target = WordPressTarget(lambda url: url)
    mark = target.render(Attributes((("id", "own"), ("class", "c"))))
    assert 'id="own"' in made(f"## Heading {mark}", target=target)
    assert "hugoconv" not in made(f"text {mark}", target=target)


def test_a_footnote_is_kept_beside_the_body() -> None:
    body = make_body(
        "a[^1]\n\n[^1]: *n*\n\n    m",
        "markdown",
        WordPressTarget(lambda url: url),
        GOLDMARK,
        blocks=True,
        key="k",
        base_url="",
        log=Findings().at("x"),
    )
    assert "<em>n</em><br><br>m" in body.footnotes
    identifier = re.search(r'"id": "([^"]+)"', body.footnotes)
    assert identifier
    assert f'data-fn="{identifier[1]}"' in body.content


@given(st.text(alphabet=st.sampled_from("ab \n*_-#>`[]()!|:~1.<&\\é🎈{}"), max_size=60))
def test_any_text_shows_the_same_words_in_both_editors(text: str) -> None:
    plain = visible_words(to_html(text))
    for is_blocks in (True, False):
        assert visible_words(made(text, is_blocks=is_blocks)) == plain


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Hello, World!", "hello-world"),
        ("Über Straße", "uber-strase"),
        ("大学", "%e5%a4%a7%e5%ad%a6"),
        ("a.b/c_d", "a-b-c_d"),
        ("100%-off", "100-off"),
        ("--", ""),
        ("Επίπεδο 3", "%ce%b5%cf%80%ce%af%cf%80%ce%b5%ce%b4%ce%bf-3"),
        ("भाषा", "%e0%a4%ad%e0%a4%be%e0%a4%b7%e0%a4%be"),
        ("πίε\u0301", "%cf%80%ce%af%ce%ad"),
        ("Đà Nẵng × İzmir", "da-nang-x-izmir"),
        ("½ «a»… ™ x__y 🎉", "%c2%bd-a-x__y-%f0%9f%8e%89"),
    ],
)
def test_slugs_are_those_of_wordpress(text: str, slug: str) -> None:
    assert slug_of(text) == slug


def test_the_permalink_structure_keeps_most_addresses() -> None:
    from datetime import datetime

    day = datetime(2024, 5, 6)
    assert (
        structure_of([("/2024/05/06/a/", day, "a"), ("/x/", day, "x")] * 2 + [("/2024/05/06/b/", day, "b")]) == DEFAULT
    )
    assert structure_of([("/posts/a/", None, "a")]) == "/posts/%postname%/"
    assert structure_of([("/2024/05/a.html", day, "a")]) == "/%year%/%monthnum%/%postname%.html"
    assert fill("/%year%/%monthnum%/%postname%/", "2024-05-06 00:00:00", "a") == "/2024/05/a/"


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    report = hugoconv.convert(FIXTURES / "sites" / "hugo-blog", tmp_path / "x.xml", to="wordpress", dry_run=True)
    assert report.post_files["written"] > 0
    assert list(tmp_path.iterdir()) == []


def test_the_same_again_changes_nothing(export: Path) -> None:
    before = export.read_bytes()
    report = hugoconv.convert(export.parent / "site", export, to="wordpress", jobs=2)
    assert export.read_bytes() == before
    assert report.other_files["written"] == 0
    ET.parse(export)


def test_secrets_that_stay_behind_are_named(tmp_path: Path) -> None:
    site = write(
        tmp_path / "site",
        {
            "hugo.toml": 'baseURL = "https://old.example/"\n',
            "content/posts/one.md": "---\ntitle: One\npassword: hunter2\nauthors: [mara]\n---\ntext\n",
            "data/authors.json": '{"mara": {"name": "Mara", "email": "mara@old.example"}}',
            "data/comments/posts/one.md.json": '[{"id": "1", "content": "hi", "email": "a@b.org", "ip": "10.0.0.1"}]',
        },
    )
    report = hugoconv.convert(site, tmp_path / "export.xml", to="wordpress")
    said = [finding.message for finding in report.findings if finding.code == "HC209"]
    assert said == ["4 secrets left out (post passwords, e-mail addresses, IP addresses)"]
    text = (tmp_path / "export.xml").read_text(encoding="utf-8")
    assert not any(secret in text for secret in ("hunter2", "mara@old.example", "a@b.org", "10.0.0.1"))
    kept = hugoconv.convert(site, tmp_path / "all.xml", to="wordpress", include_secrets=True)
    assert "HC209" not in {finding.code for finding in kept.findings}


def test_languages_are_custom_fields_and_named(tmp_path: Path) -> None:
    site = write(
        tmp_path / "site",
        {
            "hugo.toml": 'baseURL = "https://old.example/"\ndefaultContentLanguage = "en"\n'
            "[languages.en]\nweight = 1\n[languages.de]\nweight = 2\n",
            "content/posts/one.md": "---\ntitle: One\n---\ntext\n",
            "content/posts/one.de.md": "---\ntitle: Eins\n---\nText\n",
        },
    )
    report = hugoconv.convert(site, tmp_path / "export.xml", to="wordpress")
    assert [finding.message for finding in report.findings if finding.code == "HC356"] == [
        "the languages (de) of 1 item are custom fields only"
    ]
    languages = {item.title: dict(item.meta).get("language") for item in items(tmp_path / "export.xml").values()}
    assert languages == {"One": None, "Eins": "de"}


def test_what_a_post_says_and_wordpress_has_no_room_for_is_named(tmp_path: Path) -> None:
    site = write(
        tmp_path / "site",
        {
            "hugo.toml": 'baseURL = "https://old.example/"\n',
            "content/posts/one.md": "---\ntitle: One\nimage: https://other.example/a.jpg\n"
            f"? {'k' * 300}\n: value\n---\ntext\n",
        },
    )
    report = hugoconv.convert(site, tmp_path / "export.xml", to="wordpress")
    said = {finding.code: finding.message for finding in report.findings}
    assert said["HC357"].endswith("image: https://other.example/a.jpg")
    assert "HC358" in said
    [item] = items(tmp_path / "export.xml").values()
    assert dict(item.meta) == {"k" * 255: "value", "image": "https://other.example/a.jpg"}


def test_comments_that_are_true_or_false_say_whether_readers_may_comment(tmp_path: Path) -> None:
    page = "---\ntitle: {}\ncomments: {}\n---\ntext\n"
    site = write(
        tmp_path / "site",
        {
            "hugo.toml": 'baseURL = "https://old.example/"\n',
            "content/posts/one.md": page.format("One", "false"),
            "content/about.md": page.format("About", "true"),
            "content/posts/two.md": page.format("Two", "[of, old]"),
        },
    )
    hugoconv.convert(site, tmp_path / "export.xml", to="wordpress")
    found = {item.title: item for item in items(tmp_path / "export.xml").values()}
    statuses = {title: item.comment_status for title, item in found.items()}
    assert statuses == {"One": "closed", "About": "open", "Two": "open"}
    assert [title for title, item in found.items() if item.meta] == ["Two"]


def test_pages_of_authors_are_no_terms(tmp_path: Path) -> None:
    site = write(
        tmp_path / "site",
        {
            "hugo.toml": 'baseURL = "https://old.example/"\n[taxonomies]\nauthor = "authors"\n',
            "content/posts/one.md": "---\ntitle: One\nauthors: [Mara]\n---\ntext\n",
            "content/authors/mara/_index.md": "---\ntitle: Mara\n---\nWrites about boats.\n",
        },
    )
    report = hugoconv.convert(site, tmp_path / "export.xml", to="wordpress")
    found = {finding.code: finding.message for finding in report.findings}
    assert "HC629" not in found
    assert "its text" in found["HC542"]
    assert not index(tmp_path / "export.xml", Findings()).channel.terms


@needs_jekyll
def test_attribute_lists_of_kramdown_are_not_shown(tmp_path: Path, prove: ModuleType) -> None:
    site = write(
        tmp_path / "site",
        {
            "_config.yml": "title: Old\nurl: https://old.example\n",
            "_posts/2024-05-06-one.md": "---\ntitle: One\n---\nA paragraph.\n{: .lead title='x'}\n\n"
            "- one\n- two\n{: .list}\n\n> quoted\n{: .quote #q}\n",
        },
    )
    row = prove.prove(site, tmp_path / "new")
    assert (row.compared, row.different) == (1, [])


def test_an_item_below_another_that_is_no_page_stays_below_it(tmp_path: Path) -> None:
    shirt = exported(1, post_type="product", post_name="shirt", link=f"{OLD}/product/shirt/")
    red = exported(
        2, post_type="product_variation", post_name="red", post_parent=1, link=f"{OLD}/product/shirt/?color=red"
    )
    source = write_export(tmp_path / "old", shirt, red)
    hugoconv.convert(source, tmp_path / "site", to="hugo")
    hugoconv.convert(tmp_path / "site", tmp_path / "back.xml", from_="hugo", to="wordpress")
    found = {item.post_type: item for item in items(tmp_path / "back.xml").values()}
    assert found["product_variation"].post_parent == found["product"].post_id


def test_two_terms_of_one_name_and_logins_that_differ_in_capitals_come_back(tmp_path: Path) -> None:
    authors = "".join(
        f"<wp:author><wp:author_login>{login}</wp:author_login>"
        f"<wp:author_display_name>{login}</wp:author_display_name></wp:author>"
        for login in ("Bob", "bob")
    )
    source = write_export(
        tmp_path / "old",
        exported(1, creator="bob", inner=terms(("category", "one", "My cat"))),
        exported(2, creator="Bob", inner=terms(("category", "my-cat", "My cat"))),
        channel=authors,
    )
    hugoconv.convert(source, tmp_path / "site", to="hugo")
    hugoconv.convert(tmp_path / "site", tmp_path / "back.xml", from_="hugo", to="wordpress")
    found = items(tmp_path / "back.xml")
    assert [term.nicename for term in found["post", "item-1"].terms] == ["one"]
    assert [term.nicename for term in found["post", "item-2"].terms] == ["my-cat"]
    assert found["post", "item-1"].creator == "bob"


@pytest.mark.parametrize(
    ("structure", "slug", "is_other"),
    [
        ("/%year%/%monthnum%/%day%/%postname%/", "2", False),
        ("/%year%/%monthnum%/%postname%/", "31", True),
        ("/%year%/%monthnum%/%postname%/", "32", False),
        ("/%year%/%postname%/", "12", True),
        ("/%year%/%postname%/", "1183125", False),
        ("/%postname%/", "1183125", True),
        ("/%postname%/", "0", False),
        ("/blog/%postname%/", "2008", False),
        ("/%year%/%postname%.html", "2", False),
        ("/%postname%/", "page2", False),
    ],
)
def test_posts_slugs_that_would_be_dates_as_wordpress_says(structure: str, slug: str, is_other: bool) -> None:
    """The expected are the answers of WordPress's own `wp_unique_post_slug`."""
    assert is_part_of_date(structure, slug) == is_other


def test_slugs_of_digits_are_kept_where_wordpress_keeps_them(tmp_path: Path) -> None:
    site = write(
        tmp_path / "site",
        {
            "hugo.toml": 'baseURL = "https://e.example/"\n[permalinks]\nposts = "/:year/:month/:day/:slug/"\n',
            "content/posts/a.md": '---\ntitle: A\nslug: "1183125"\ndate: 2008-05-05\n---\n![](/7.gif)\n',
            "content/2020.md": "---\ntitle: B\n---\nb\n",
            "static/7.gif": "GIF89a",
        },
    )
    report = hugoconv.convert(site, tmp_path / "export.xml", to="wordpress")
    assert {item.post_name for item in items(tmp_path / "export.xml").values()} == {"1183125", "2020-2", "7"}
    assert [finding.file for finding in report.findings if finding.code == "HC624"] == ["content/2020.md"]
