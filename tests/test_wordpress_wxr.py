"""Reading WordPress exports: every item, with every field, from sound files and from damaged ones."""

from __future__ import annotations

import gc
import gzip
import io
import os
import pickle
import runpy
import stat
import tempfile
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from hugoconv.errors import SourceError
from hugoconv.report.findings import Findings
from hugoconv.systems.wordpress.wxr import scan as wxr_scan
from hugoconv.systems.wordpress.wxr.index import WxrIndex, index, indexes, read_items
from hugoconv.systems.wordpress.wxr.items import Envelope, Item, ItemTerm, WxrTerm, plain_text, read_item
from hugoconv.systems.wordpress.wxr.names import STANDARD_NAMESPACES
from hugoconv.systems.wordpress.wxr.repair import mended

FIXTURES = Path(__file__).parent / "fixtures" / "wxr"
MAKE_EXPORT = Path(__file__).parent.parent / "scripts" / "make_export.py"
write_export: Callable[..., int] = runpy.run_path(str(MAKE_EXPORT))["write_export"]
ENVELOPE = Envelope("export.xml", Path("export.xml"), STANDARD_NAMESPACES)

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
	xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>T</title><link>https://blog.example</link><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_blog_url>https://blog.example</wp:base_blog_url>
"""
TAIL = "</channel></rss>\n"
ONE = "<item><title>One</title><wp:post_id>1</wp:post_id><wp:status>publish</wp:status></item>\n"
TWO = "<item><title>Two</title><wp:post_id>2</wp:post_id><wp:status>publish</wp:status></item>\n"


def read(path: Path) -> tuple[WxrIndex, list[Item], Findings]:
    log = Findings()
    found = index(path, log)
    return found, list(read_items(found, log)), log


def written(tmp_path: Path, data: bytes | str, name: str = "export.xml") -> Path:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def codes(log: Findings) -> list[str]:
    return [finding.code for finding in log]


# Sound files


def test_sample() -> None:
    found, items, log = read(FIXTURES / "sample.xml")
    assert not list(log)
    assert not found.ends_early
    assert [item.post_id for item in items] == [10, *range(20, 28), 2, 3, 4, 30, 40, 50, 51, 52]
    channel = found.channel
    assert (channel.title, channel.base_blog_url) == ("The Slow Kettle", "https://blog.example")
    assert [(author.login, author.display_name) for author in channel.authors] == [
        ("mara", "Mara Lindqvist"),
        ("jonas", "Jonas Ohlsen"),
    ]
    bread = next(term for term in channel.categories if term.slug == "bread-butter")
    assert (bread.taxonomy, bread.parent, plain_text(bread.name)) == ("category", "kitchen", "Bread & Butter")
    assert channel.categories[1].meta == (("icon", "oven"),)
    assert [term.slug for term in channel.tags] == ["tea", "slow-living", "rye"]
    assert [(term.taxonomy, term.slug, term.parent) for term in channel.terms][:2] == [
        ("cuisine", "nordic", ""),
        ("cuisine", "danish", "nordic"),
    ]


def test_every_field_of_an_item() -> None:
    _, items, _ = read(FIXTURES / "sample.xml")
    rye = next(item for item in items if item.post_id == 20)
    assert rye.title == "Rye bread, the slow way"
    assert rye.link == "https://blog.example/2024/05/rye-bread/"
    assert (rye.guid, rye.guid_is_permalink) == ("https://blog.example/?p=20", False)
    assert (rye.creator, rye.status, rye.post_type, rye.post_name) == ("mara", "publish", "post", "rye-bread")
    assert (rye.post_date, rye.post_date_gmt) == ("2024-05-02 21:30:00", "2024-05-02 19:30:00")
    assert (rye.post_modified, rye.post_modified_gmt) == ("2024-06-01 08:15:00", "2024-06-01 06:15:00")
    assert rye.is_sticky
    assert rye.content.startswith("The starter is as old as my youngest daughter,\nand it is")
    assert rye.excerpt == "Three days, two hands and one loaf."
    assert rye.terms[0] == ItemTerm("category", "bread-butter", "Bread &amp; Butter")
    assert [value for key, value in rye.meta if key == "_wp_old_slug"] == ["rye-loaf", "my-rye-bread"]
    assert [(comment.id, comment.parent, comment.approved) for comment in rye.comments] == [
        (101, 0, "1"),
        (102, 101, "1"),
        (103, 0, "0"),
    ]
    assert (rye.comments[0].author_ip, rye.comments[0].author_url) == ("192.0.2.7", "https://ida.example/")
    assert rye.comments[2].meta == (("rating", "1"),)
    by_id = {item.post_id: item for item in items}
    assert by_id[10].attachment_url.endswith("/2024/05/kettle.jpg")
    assert by_id[26].post_password == "sourdough"
    assert [by_id[number].post_parent for number in (2, 3, 4)] == [0, 2, 3]
    assert by_id[22].title == "Notes from C:\\temp &amp; other places"
    assert by_id[22].content.endswith(
        "<code>]]></code>, and an item begins with <code>&lt;item&gt;</code>: <item> is only text here."
    )
    lines = (FIXTURES / "sample.xml").read_text().splitlines()
    assert all(lines[item.line - 1].strip() == "<item>" for item in items)


def test_wxr_1_0() -> None:
    found, (item,), log = read(FIXTURES / "wxr-1.0.xml")
    assert not list(log)
    assert found.channel.authors == ()
    assert found.channel.categories == (WxrTerm(taxonomy="category", slug="r-d", name="R &amp; D"),)
    assert item.terms == (
        ItemTerm("category", "r-d", "R &amp; D"),
        ItemTerm("post_tag", "cpp", "C++"),
        ItemTerm("category", "", "Loose"),
    )
    assert (item.content, item.excerpt) == ("The body comes second.", "The excerpt comes first here.")
    assert plain_text(item.title) == "First – and only"
    assert item.meta == (("mood", "fine"), ("mood", "tired"))


def test_other_prefixes_and_text_that_looks_like_items() -> None:
    found, items, log = read(FIXTURES / "tricky.xml")
    assert not list(log)
    assert [item.title for item in items] == ["One", "", "Two"]
    assert items[0].content == "first ]]> second </item><item>  third"
    assert items[0].excerpt == "an <i>excerpt</i>"
    assert items[0].post_id == 1
    assert items[0].other == (("{http://search.yahoo.com/mrss/}thumbnail", "small"),)
    assert items[2].content == "<p>Markup that <b>nobody</b> escaped<br></p>"
    assert found.channel.description == "<item>not an item</item>"
    assert [term.slug for term in found.channel.terms] == ["jazz"]
    assert [name for name, _ in found.channel.other] == ["items"]


@pytest.mark.parametrize("name", ["sample.xml", "wxr-1.0.xml", "tricky.xml"])
def test_the_items_are_those_that_lxml_finds(name: str) -> None:
    found, items, _ = read(FIXTURES / name)
    data = (FIXTURES / name).read_bytes()
    elements = [element for _, element in etree.iterparse(io.BytesIO(data), tag="item")]
    assert len(found) == len(elements)
    for item, element in zip(items, elements, strict=True):
        assert item.title == element.findtext("title", "")
        assert item.line == element.sourceline or element.sourceline == item.line + 1  # libxml2 counts at the ">"
        contents = element.findall("{http://purl.org/rss/1.0/modules/content/}encoded")
        assert all(len(content) or item.content == (content.text or "") for content in contents)


@pytest.mark.parametrize("chunk", [1, 2, 7, 64, 1000])
@pytest.mark.parametrize("name", ["sample.xml", "tricky.xml", "damaged.xml"])
def test_chunks_may_end_anywhere(name: str, chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    data = (FIXTURES / name).read_bytes()
    root = wxr_scan.find_root(data)

    def scanned(size: int) -> tuple[object, ...]:
        monkeypatch.setattr(wxr_scan, "CHUNK", size)
        scan = wxr_scan.Scan(io.BytesIO(data), root.offset, root.line)
        scan.run()
        outer = b"".join(data[start:end] for start, end in scan.outer)
        return scan.items, scan.lines, scan.inside, outer.split()

    assert scanned(chunk) == scanned(1 << 20)


def cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


XML_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufffe\uffff"))
NASTY = st.lists(
    st.sampled_from(["<item>", "</item>", "]]>", "]]", ">", "<![CDATA[", "<!--", "-->", "<?", "&", "&amp;", "\n", "]"])
    | XML_TEXT
).map("".join)


@given(texts=st.lists(NASTY, min_size=1, max_size=4))
@example(texts=["]]>", "a]]", "<item><![CDATA[", "</item>"])
def test_any_text_in_cdata_survives(texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    items = "".join(f"<item><content:encoded>{cdata(text)}</content:encoded></item>\n" for text in texts)
    path = written(tmp_path_factory.mktemp("cdata"), HEAD + items + TAIL)
    _, read_back, log = read(path)
    assert [item.content for item in read_back] == texts
    assert not list(log)


# Damage inside an item: what is read, and what is said about it

REPAIRS = {
    "control characters": (b"<title>a\x01b\x0bc</title>", {"title": "abc"}, ["HC105"]),
    "numeric control character": (b"<title>a&#x1;b&#65;</title>", {"title": "abA"}, ["HC105"]),
    "noncharacter": (b"<title>a\xef\xbf\xbeb</title>", {"title": "ab"}, ["HC105"]),
    "invalid UTF-8": (b"<title>caf\xe9</title>", {"title": "caf\ufffd"}, ["HC107"]),
    "HTML entity": (b"<title>a&nbsp;b &copy;</title>", {"title": "a\xa0b \xa9"}, ["HC107"]),
    "bare ampersand": (b"<title>a & b &amp; c &x</title>", {"title": "a & b & c &x"}, ["HC107"]),
    "unknown entity": (b"<title>&foo;</title>", {"title": "&foo;"}, ["HC107"]),
    "bare less-than": (b"<title>1 < 2</title>", {"title": "1 < 2"}, ["HC107"]),
    "unsplit section": (
        b"<content:encoded><![CDATA[a <![CDATA[ b ]]> c]]></content:encoded>",
        {"content": "a <![CDATA[ b ]]> c"},
        ["HC107"],
    ),
    "unsplit section with a split one": (
        b"<content:encoded><![CDATA[a ]]]]><![CDATA[> b ]]> c]]></content:encoded>",
        {"content": "a ]]> b ]]> c"},
        ["HC107"],
    ),
    "markup outside of CDATA": (
        b"<content:encoded><p>a<br>b &amp; c</p></content:encoded>",
        {"content": "<p>a<br>b &amp; c</p>"},
        ["HC107"],
    ),
    "undeclared prefix": (b"<media:x>5</media:x>", {"other": (("media:x", "5"),)}, ["HC107"]),
    "odd namespace name": ('<title>a</title><u:x xmlns:u="http://ü/">b</u:x>'.encode(), {"title": "a"}, ["HC107"]),
    "a value twice": (
        b"<wp:post_id>1</wp:post_id><wp:post_id>2</wp:post_id>",
        {"post_id": 1, "other": (("wp:post_id", "2"),)},
        ["HC107"],
    ),
    "copied from a browser's view": (
        b"<title>\n<![CDATA[ A <b> ]]>\n</title>\n<wp:post_password>\n<![CDATA[ ]]>\n</wp:post_password>\n"
        b"<wp:postmeta>\n<wp:meta_key>\n<![CDATA[ k ]]>\n</wp:meta_key>\n"
        b"<wp:meta_value>\n<![CDATA[ a\n ]]>\n</wp:meta_value>\n</wp:postmeta>\n"
        b'<category domain="category" nicename="c">\n<![CDATA[ C ]]>\n</category>',
        {"title": "A <b>", "post_password": "", "meta": (("k", "a\n"),), "terms": (ItemTerm("category", "c", "C"),)},
        ["HC107"],
    ),
    "a section in two, in a browser's view": (
        b"<title>\n<![CDATA[ a ]]]]><![CDATA[> b ]]>\n</title>",
        {"title": "a ]]> b"},
        ["HC107"],
    ),
    "a mistyped section": (b"<title><![CDATA>A <b> & c]]></title>", {"title": "A <b> & c"}, ["HC107"]),
    "no number": (
        b"<wp:menu_order>x</wp:menu_order>",
        {"menu_order": 0, "other": (("wp:menu_order", "x"),)},
        ["HC107"],
    ),
}


@pytest.mark.parametrize(("inner", "fields", "findings"), REPAIRS.values(), ids=REPAIRS)
def test_repairs(inner: bytes, fields: dict[str, object], findings: list[str]) -> None:
    item = read_item(b"<item><wp:status>publish</wp:status>" + inner + b"</item>", ENVELOPE)
    assert {name: getattr(item, name) for name in fields} == fields
    assert [repair.code for repair in item.repairs] == findings
    assert item.status == "publish"


NOT_REPAIRED = {
    "entity in CDATA": (b"<title><![CDATA[a & b &nbsp; &#x1; < c]]></title>", "a & b &nbsp; &#x1; < c"),
    "split section": (b"<title><![CDATA[a ]]]]><![CDATA[> b]]></title>", "a ]]> b"),
    "several sections": (b"<title><![CDATA[a]]> <![CDATA[b]]></title>", "a b"),
    "backslashes": (rb"<title><![CDATA[C:\new \o/]]></title>", "C:\\new \\o/"),
    "emoji": ("<title>\U0001f9c0</title>".encode(), "\U0001f9c0"),
    "comment inside": (b"<title>a<!-- b -->c</title>", "ac"),
}


@pytest.mark.parametrize(("inner", "title"), NOT_REPAIRED.values(), ids=NOT_REPAIRED)
def test_nothing_to_repair(inner: bytes, title: str) -> None:
    item = read_item(b"<item>" + inner + b"</item>", ENVELOPE)
    assert item.title == title
    assert item.repairs == ()


@given(st.lists(st.sampled_from([name for name in REPAIRS if name != "a value twice"]), min_size=2, unique=True))
def test_repairs_can_be_combined(names: list[str]) -> None:
    inner = b"".join(b"<wp:comment><wp:x>" + REPAIRS[name][0] + b"</wp:x></wp:comment>" for name in names)
    read_item(b"<item><title>whole</title>" + inner + b"</item>", ENVELOPE)


def test_mismatched_tags_are_an_error_with_the_line() -> None:
    with pytest.raises(SourceError) as error:
        read_item(b"<item>\n<title>a</titel>\n</item>", ENVELOPE, line=40)
    assert (error.value.file, error.value.line) == ("export.xml", 41)
    assert error.value.message == "Opening and ending tag mismatch: title and titel"


def test_deep_nesting_is_an_error_not_a_crash() -> None:
    deep = b"<b>" * 100_000 + b"</b>" * 100_000
    with pytest.raises(SourceError):
        read_item(b"<item><title>" + deep + b"</title></item>", ENVELOPE)


def test_missing_elements_have_defaults() -> None:
    item = read_item(b"<item><title/></item>", ENVELOPE)
    assert item == Item(line=1)
    assert (item.status, item.post_type) == ("draft", "post")


# Damage to the file


def test_damaged_fixture() -> None:
    found, items, log = read(FIXTURES / "damaged.xml")
    assert [item.post_id for item in items] == [1, 2, 3, 4, 5, 6, 7, 9, 0]
    assert codes(log) == ["HC104", "HC105", *["HC107"] * 5, "HC103", "HC107", "HC107", "HC107"]
    assert found.ends_early
    assert found.channel.title == "A damaged blog"
    unreadable = next(finding for finding in log if finding.code == "HC103")
    assert "item 8 " in unreadable.message
    assert (FIXTURES / "damaged.xml").read_bytes().splitlines()[unreadable.line - 1].strip().startswith(b"<title>Wrong")


@pytest.mark.parametrize("cut", ["<title>Tw", "<title>Two</title><wp:post_", "<wp:status>publish</wp:status>"])
def test_what_a_cut_item_said_is_kept_but_never_published(cut: str, tmp_path: Path) -> None:
    text = HEAD + ONE + TWO
    path = written(tmp_path, text[: text.rindex(cut) + len(cut)])
    found, items, log = read(path)
    assert [(item.title[:2], item.status) for item in items] == [("On", "publish"), ("Tw", "draft")]
    assert found.ends_early
    assert codes(log) == ["HC104", "HC107"]
    assert [finding.line for finding in log] == [7, 7]


def test_every_cut_gives_the_items_before_it(tmp_path: Path) -> None:
    text = HEAD + ONE + TWO + TAIL
    for end in range(text.index("</item>") + 7, len(text) - len("\n")):
        _, items, log = read(written(tmp_path, text[:end]))
        assert items[0].title == "One"
        assert "HC104" in codes(log)


def test_an_item_without_its_end_tag_ends_where_the_next_begins(tmp_path: Path) -> None:
    _, items, log = read(written(tmp_path, HEAD + ONE.replace("</item>", "") + TWO + TAIL))
    assert [(item.title, item.status) for item in items] == [("One", "draft"), ("Two", "publish")]
    assert codes(log) == ["HC107"]


def test_an_unclosed_comment_hides_nothing(tmp_path: Path) -> None:
    _, items, _ = read(written(tmp_path, HEAD + "<!-- never closed\n" + ONE + "<? nor this\n" + TWO + TAIL))
    assert [item.title for item in items] == ["One", "Two"]


def test_a_lost_end_of_cdata_names_the_items_it_hides(tmp_path: Path) -> None:
    broken = "<item><title><![CDATA[x</title></item>\n<item><wp:post_name><![CDATA[y]]></wp:post_name></item>\n"
    _, items, log = read(written(tmp_path, HEAD + ONE + broken + TWO + TAIL))
    assert [item.title for item in items] == ["One", "Two"]
    assert [finding.message for finding in log if "1 more" in finding.message]


BEGINNINGS = {
    "byte order mark": ("\ufeff" + HEAD, []),
    "blank line": ("\n\n" + HEAD, ["HC107"]),
    "PHP warning": ("<br />\n<b>Warning</b>: x in <b>y.php</b>\n" + HEAD, ["HC107"]),
    "words between the comments": (HEAD.replace("\n", "\n<!-- a -->\nasdf <!-- b -->\n", 1), ["HC107"]),
    "no declaration": (HEAD.partition("\n")[2], []),
    "no version": (HEAD.replace("<wp:wxr_version>1.2</wp:wxr_version>", ""), ["HC106"]),
    "invalid version": (HEAD.replace("1.2</wp:wxr_version>", "abc</wp:wxr_version>"), ["HC106"]),
    "no base URL": (HEAD.replace("<wp:base_blog_url>https://blog.example</wp:base_blog_url>", ""), ["HC106"]),
    "another element for the channel": (HEAD.replace("<channel>", "<notachannel>"), ["HC107"]),
    "bare ampersand in the channel": (HEAD.replace("<title>T<", "<title>T & U<"), ["HC107"]),
    "undeclared namespaces": (
        "<rss><channel><wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>x</wp:base_blog_url>",
        [],
    ),
}


@pytest.mark.parametrize(("head", "findings"), BEGINNINGS.values(), ids=BEGINNINGS)
def test_beginnings(head: str, findings: list[str], tmp_path: Path) -> None:
    found, items, log = read(written(tmp_path, head + ONE + TWO + TAIL))
    assert [item.post_id for item in items] == [1, 2]
    assert codes(log) == findings
    assert items[0].line == head.count("\n") + 1
    assert found.channel.title in ("T", "T & U", "")


REFUSED = {
    "empty": (b"", "no <rss>"),
    "a web page": (b"<!DOCTYPE html><html><body>Log in</body></html>", "DOCTYPE"),
    "billion laughs": (b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "a">]><rss><item/></rss>', "DOCTYPE"),
    "DOCTYPE without declaration": (b'\n<!DOCTYPE r [<!ENTITY a "a">]><rss><item/></rss>', "DOCTYPE"),
    "no item": ((HEAD + TAIL).encode(), "no readable item"),
    "only a declaration": (b'<?xml version="1.0"?>', "no element"),
    "unknown encoding": (b'<?xml version="1.0" encoding="klingon"?><rss><item/></rss>', "klingon"),
    "a codec that is no encoding": (b'<?xml version="1.0" encoding="base64"?><rss><item/></rss>', "base64"),
    "a zip without an export": (b"PK\x05\x06" + bytes(18), "no <rss>"),
    "a broken zip": (b"PK\x03\x04 cut off", "cannot be read"),
}


@pytest.mark.parametrize(("data", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(data: bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=message) as error:
        index(written(tmp_path, data), Findings())
    assert error.value.file == "export.xml"


def test_a_missing_file_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        index(tmp_path / "none.xml", Findings())


# Packed files and other encodings


def zipped(*members: tuple[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members:
            archive.writestr(name, text)
    return out.getvalue()


TEXT = HEAD + ONE.replace("One", "Ünï – 1") + TAIL
LATIN = HEAD.replace("UTF-8", "ISO-8859-1") + ONE.replace("One", "Ünï &#8211; 1") + TAIL
PACKED: dict[str, bytes] = {
    "gzip": gzip.compress(TEXT.encode()),
    "zip": zipped(("readme.txt", "no"), ("__MACOSX/._export.xml", "no"), ("blog/Export.XML", TEXT)),
    "utf-16": TEXT.replace("UTF-8", "UTF-16").encode("utf-16"),
    "utf-16 without mark": TEXT.replace("UTF-8", "UTF-16").encode("utf-16-be"),
    "latin-1": LATIN.encode("latin-1"),
    "latin-1 in gzip": gzip.compress(LATIN.encode("latin-1")),
}


@pytest.mark.parametrize("data", PACKED.values(), ids=PACKED)
def test_packed_and_encoded_files_are_spooled_privately_and_removed(data: bytes, tmp_path: Path) -> None:
    found, items, log = read(written(tmp_path, data))
    assert [item.title for item in items] == ["Ünï – 1"]
    assert items[0].line == 6
    assert not list(log)
    temporary = found.file
    if os.name == "posix":
        assert stat.S_IMODE(temporary.stat().st_mode) == 0o600
    del found
    gc.collect()
    assert not temporary.exists()


def test_an_index_can_be_sent_to_a_process_and_does_not_take_the_file_along(tmp_path: Path) -> None:
    found, items, _ = read(written(tmp_path, PACKED["gzip"]))
    copy = pickle.loads(pickle.dumps(found))
    assert copy == found
    with copy.file.open("rb") as file:
        start, end = copy.span(0)
        file.seek(start)
        data = file.read(end - start)
    assert read_item(data, pickle.loads(pickle.dumps(found.envelope())), copy.lines[0]) == items[0]
    del copy
    gc.collect()
    assert found.file.exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork: run on Linux or macOS")
def test_a_forked_worker_does_not_remove_the_file(tmp_path: Path) -> None:
    found, _, _ = read(written(tmp_path, PACKED["gzip"]))
    if not (child := os.fork()):
        file = found.file
        del found
        gc.collect()
        os._exit(0 if file.exists() else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert found.file.exists()


def test_a_refused_file_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    with pytest.raises(SourceError):
        index(written(tmp_path, gzip.compress((HEAD + TAIL).encode())), Findings())
    assert not list((tmp_path / "temporary").iterdir())


def test_the_parts_of_a_large_site_come_in_order(tmp_path: Path) -> None:
    path = written(tmp_path, zipped(("part-10.xml", HEAD + TWO + TAIL), ("part-2.xml", HEAD + ONE + TAIL)), "site.zip")
    log = Findings()
    parts = indexes(path, log)
    assert [part.source for part in parts] == ["site.zip/part-2.xml", "site.zip/part-10.xml"]
    assert [item.title for part in parts for item in read_items(part, log)] == ["One", "Two"]
    with pytest.raises(SourceError, match="2 exports"):
        index(path, log)


def test_a_cut_gzip_gives_what_it_holds(tmp_path: Path) -> None:
    text = HEAD + "".join(ONE.replace("One", os.urandom(200).hex()) for _ in range(200)) + TAIL
    data = gzip.compress(text.encode())
    _, items, log = read(written(tmp_path, data[: len(data) // 2]))
    assert 50 < len(items) < 150
    assert codes(log)[:2] == ["HC104", "HC104"]


# Size


def test_reading_a_large_file_takes_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.xml"
    count = write_export(path, megabytes=20)
    tracemalloc.start()
    try:
        found = index(path, Findings())
        indexed = tracemalloc.get_traced_memory()[1]
        assert sum(1 for _ in read_items(found, Findings())) == count
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert indexed < 6_000_000
    assert peak < 8_000_000
    assert 20 * len(found) >= len(found.items) * found.items.itemsize + len(found.lines) * found.lines.itemsize


@pytest.mark.parametrize(
    "filler", ["<!--", "<?", "&", "<", "<b>", "</b>", "<t><![CDATA[x]]>y", "]]>", "&nbsp;", "<p:a/>", "<item"]
)
def test_damage_without_end_takes_linear_time(filler: str, tmp_path: Path) -> None:
    times = []
    for count in (10_000, 80_000):
        path = written(tmp_path, HEAD + "<item><title>" + filler * count + "</title></item>" + TAIL)
        start = time.process_time()
        read(path)
        times.append(time.process_time() - start)
    assert times[1] < 30 * max(times[0], 0.02)


@pytest.mark.parametrize("filler", ["<a>\n<![CDATA[", "<a>\n<![CDATA[x]]>", "<a>\n<![CDATA[x]]></b>"])
def test_texts_spread_over_lines_without_end_take_linear_time(filler: str) -> None:
    times = []
    for count in (2_000, 16_000):
        start = time.process_time()
        with suppress(SourceError):
            mended(f"<title>\n<![CDATA[a]]>\n</title>{filler * count}".encode(), ())
        times.append(time.process_time() - start)
    assert times[1] < 30 * max(times[0], 0.02)


@pytest.mark.parametrize("size", [{"posts": 60}, {"megabytes": 0.3}], ids=["posts", "megabytes"])
def test_made_exports_are_sound_and_the_same_every_time(size: dict[str, int], tmp_path: Path) -> None:
    first, second = tmp_path / "1.xml", tmp_path / "2.xml"
    count = write_export(first, **size)
    assert write_export(second, **size) == count
    assert first.read_bytes() == second.read_bytes()
    found, items, log = read(first)
    assert len(items) == count
    assert not list(log)
    assert {item.post_type for item in items} == {"post", "attachment", "page"}
    assert {item.creator for item in items} <= {author.login for author in found.channel.authors}
    assert len({item.post_id for item in items}) == count
    assert any(comment.parent for item in items for comment in item.comments)
