"""WXR -> WXR: nothing is lost, seen by Python's own XML parser; edits change what was edited and nothing else."""

from __future__ import annotations

import gzip
import re
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hugoconv
from hugoconv.errors import UsageError
from hugoconv.model import Post
from hugoconv.report.findings import Findings
from hugoconv.systems.wordpress import php
from hugoconv.systems.wordpress.wxr import edit
from hugoconv.systems.wordpress.wxr.index import index, read_items
from hugoconv.systems.wordpress.wxr.items import Channel, Envelope, Item, ItemTerm, WxrComment, read_item
from hugoconv.systems.wordpress.wxr.names import STANDARD_NAMESPACES
from hugoconv.systems.wordpress.wxr.writer import TAIL, head_xml, item_xml, legal

FIXTURES = Path(__file__).parent / "fixtures" / "wxr"
VALID = ("sample.xml", "wxr-1.0.xml")
ROOT = Path(__file__).parent.parent


@pytest.fixture
def prove_wxr(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    import prove_wxr as module

    return module


@pytest.mark.parametrize("name", VALID)
def test_a_copy_is_the_same_to_the_byte(name: str, tmp_path: Path, prove_wxr: ModuleType) -> None:
    report = hugoconv.convert(FIXTURES / name, tmp_path / "new.xml", to="wordpress")
    assert report.exit_code == 0
    assert (tmp_path / "new.xml").read_bytes() == (FIXTURES / name).read_bytes()
    assert prove_wxr.differences(FIXTURES / name, tmp_path / "new.xml") == []


@pytest.mark.parametrize("name", ["sample", "tricky", "wxr-1.0"])
def test_case_97_a_copy_is_read_as_the_same_posts(name: str, tmp_path: Path, prove_wxr: ModuleType) -> None:
    """WXR -> Post -> WXR -> Post: the same front matter, bodies, comments and addresses; importers take the file."""
    old = FIXTURES / f"{name}.xml"
    new = tmp_path / "new.xml"
    hugoconv.convert(old, new, from_="wordpress", to="wordpress")
    sites = [hugoconv.read(file, from_="wordpress", stream=True) for file in (old, new)]
    before, after = ([_told(post) for post in site.posts] for site in sites)
    assert before
    assert before == after
    assert sites[0].info.terms == sites[1].info.terms
    assert sites[0].info.menus == sites[1].info.menus
    assert prove_wxr.is_valid(new)


def _told(post: Post) -> tuple[object, ...]:
    terms = {name: tuple(map(str, terms)) for name, terms in post.terms.items()}
    said = (post.title, post.status, post.slug, str(post.date), dict(post.front_matter), terms)
    return (*said, post.body.text, tuple(post.comments), post.address, post.old_addresses, post.type, post.kind)


def test_a_namespace_that_is_used_undeclared_is_declared_and_nothing_else(
    tmp_path: Path, prove_wxr: ModuleType
) -> None:
    hugoconv.convert(FIXTURES / "tricky.xml", tmp_path / "new.xml", to="wordpress")
    assert prove_wxr.differences(FIXTURES / "tricky.xml", tmp_path / "new.xml") == []


def test_the_comparison_sees_what_is_lost(tmp_path: Path, prove_wxr: ModuleType) -> None:
    text = (FIXTURES / "sample.xml").read_text(encoding="utf-8")
    changed = tmp_path / "changed.xml"
    for pattern in (r"<wp:postmeta>.*?</wp:postmeta>", r"<wp:comment>.*?</wp:comment>", r"<item>.*?</item>"):
        changed.write_text(re.sub(pattern, "", text, count=1, flags=re.DOTALL), encoding="utf-8")
        assert prove_wxr.differences(FIXTURES / "sample.xml", changed)
    changed.write_text(text.replace('nicename="', 'nicename="x', 1), encoding="utf-8")
    assert prove_wxr.differences(FIXTURES / "sample.xml", changed)


def test_what_was_broken_becomes_well_formed(tmp_path: Path) -> None:
    report = hugoconv.convert(FIXTURES / "damaged.xml", tmp_path / "new.xml", to="wordpress")
    ET.parse(tmp_path / "new.xml")
    assert any(finding.code in ("HC103", "HC104", "HC105", "HC107") for finding in report.findings)
    again = hugoconv.convert(tmp_path / "new.xml", tmp_path / "third.xml", to="wordpress")
    assert (tmp_path / "third.xml").read_bytes() == (tmp_path / "new.xml").read_bytes()
    assert not again.errors


def test_packed_exports_are_unpacked_and_put_together(tmp_path: Path, prove_wxr: ModuleType) -> None:
    sample = (FIXTURES / "sample.xml").read_bytes()
    (tmp_path / "a.xml.gz").write_bytes(gzip.compress(sample))
    hugoconv.convert(tmp_path / "a.xml.gz", tmp_path / "new.xml", from_="wordpress", to="wordpress")
    assert (tmp_path / "new.xml").read_bytes() == sample
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("1.xml", sample)
        archive.write(FIXTURES / "wxr-1.0.xml", "2.xml")
    hugoconv.convert(tmp_path / "b.zip", tmp_path / "both.xml", from_="wordpress", to="wordpress")
    merged = ET.parse(tmp_path / "both.xml").getroot()
    both = [ET.parse(FIXTURES / name).getroot() for name in VALID[:2]]
    assert len(merged.findall(".//item")) == sum(len(each.findall(".//item")) for each in both)


def test_illegal_characters_are_findings(tmp_path: Path) -> None:
    text = (FIXTURES / "sample.xml").read_text(encoding="utf-8")
    broken = text.replace("<content:encoded><![CDATA[", "<content:encoded><![CDATA[\x01\ufffe", 1)
    (tmp_path / "old.xml").write_text(broken, encoding="utf-8")
    report = hugoconv.convert(tmp_path / "old.xml", tmp_path / "new.xml", to="wordpress")
    assert "HC105" in {finding.code for finding in report.findings}
    assert (tmp_path / "new.xml").read_text(encoding="utf-8") == text


def _shout(post: Post) -> Post:
    post.title = "A & <b>"
    post.slug = "new-slug"
    post.terms["tags"] = ["One", "Two"]
    post.body.text += "\n]]> more"
    post.front_matter["meta"] = {"key": ["é", 1, True], "plain": "text"}
    return post


def test_an_edit_changes_what_was_edited(tmp_path: Path) -> None:
    old_file, new_file = FIXTURES / "sample.xml", tmp_path / "new.xml"
    report = hugoconv.convert(old_file, new_file, to="wordpress", transforms=[_shout])
    assert not report.errors
    old, new = (list(read_items(index(path, Findings()), Findings())) for path in (old_file, new_file))
    assert [item.post_id for item in old] == [item.post_id for item in new]
    edited = 0
    for one, other in zip(old, new, strict=True):
        if one.title == other.title:
            assert other == Item(**{**_values(one), "line": other.line})
            continue
        edited += 1
        assert other.title == "A &amp; &lt;b&gt;"
        assert other.content == one.content + "\n]]> more"
        assert [term.name for term in other.terms if term.domain == "post_tag"] == ["One", "Two"]
        assert ("key", 'a:3:{i:0;s:2:"é";i:1;i:1;i:2;b:1;}') in other.meta
        assert [pair for pair in other.meta if pair[0].startswith("_")] == [
            pair for pair in one.meta if pair[0].startswith("_")
        ]
        assert (other.post_date, other.comments, other.guid) == (one.post_date, one.comments, one.guid)
    assert edited


def _values(item: Item) -> dict[str, Any]:
    return item._asdict()


def test_a_dropped_post_is_gone_and_nothing_else(tmp_path: Path) -> None:
    hugoconv.convert(FIXTURES / "sample.xml", tmp_path / "new.xml", to="wordpress", types=["page"])
    old, new = (
        list(read_items(index(path, Findings()), Findings()))
        for path in (FIXTURES / "sample.xml", tmp_path / "new.xml")
    )
    assert {item.post_id for item in new} < {item.post_id for item in old}
    assert not [item for item in new if item.post_type == "post" and item.status == "publish"]


def test_any_number_of_processes_writes_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hugoconv.migrate.workers.CHUNK", 2)
    hugoconv.convert(FIXTURES / "sample.xml", tmp_path / "new.xml", to="wordpress", transforms=[_shout], jobs=3)
    hugoconv.convert(FIXTURES / "sample.xml", tmp_path / "one.xml", to="wordpress", transforms=[_shout], jobs=1)
    assert (tmp_path / "new.xml").read_bytes() == (tmp_path / "one.xml").read_bytes()


def test_a_split_export_is_whole_in_each_part(tmp_path: Path) -> None:
    exporter = hugoconv.exporters.get("wordpress", split="6kB")
    hugoconv.convert(FIXTURES / "sample.xml", tmp_path / "new.xml", to=exporter)
    parts = sorted(tmp_path.glob("new-*.xml"), key=lambda path: int(path.stem.rpartition("-")[2]))
    assert len(parts) > 1
    titles = [each.text for path in parts for each in ET.parse(path).getroot().findall(".//item/title")]
    assert titles == [each.text for each in ET.parse(FIXTURES / "sample.xml").getroot().findall(".//item/title")]
    assert all(ET.parse(path).getroot().find(".//{*}wxr_version") is not None for path in parts)


def test_what_stands_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "there.xml").write_text("mine")
    with pytest.raises(UsageError, match="exists"):
        hugoconv.convert(FIXTURES / "sample.xml", tmp_path / "there.xml", to="wordpress")
    assert (tmp_path / "there.xml").read_text() == "mine"
    with pytest.raises(UsageError, match="folder"):
        hugoconv.convert(FIXTURES / "sample.xml", tmp_path, to="wordpress")
    with pytest.raises(UsageError, match="size"):
        hugoconv.convert(
            FIXTURES / "sample.xml", tmp_path / "x.xml", to=hugoconv.exporters.get("wordpress", split="much")
        )


# Any text at all ----------------------------------------------------------------------------------------------------

NASTY = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["]]>", "<![CDATA[", "]]", "\x00\x01", "\ufffe", "🎈 4-byte", "&amp;", "a\r\nb", "\\o/", "<!-- x -->"]
    ),
)
TEXT = st.lists(NASTY, max_size=4).map("".join)
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(-(2**31), 2**31), TEXT)
VALUES = st.recursive(
    LEAVES, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXT, inner, max_size=3)), max_leaves=8
)
WORD = st.from_regex(r"[a-z0-9-]{1,12}", fullmatch=True)


def _item(values: dict[str, Any]) -> Item:
    return Item(**values)


COMMENTS = st.builds(
    lambda id, author, content: WxrComment(id=id, author=author, content=content), st.integers(1, 99), TEXT, TEXT
)
ITEMS = st.fixed_dictionaries(
    {
        "title": TEXT,
        "content": TEXT,
        "excerpt": TEXT,
        "creator": WORD,
        "post_id": st.integers(1, 10**9),
        "post_name": WORD,
        "post_password": TEXT,
        "is_sticky": st.booleans(),
        "terms": st.lists(st.builds(ItemTerm, WORD, WORD, TEXT), max_size=2).map(tuple),
        "meta": st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple),
        "comments": st.lists(COMMENTS, max_size=2).map(tuple),
    }
).map(_item)
ENVELOPE = Envelope("x.xml", Path("x.xml"), STANDARD_NAMESPACES)


def _as_xml_gives(text: str) -> str:
    return re.sub(r"\r\n?", "\n", legal(text)[0])


def _readable(item: Item) -> Item:
    values = _values(item)
    for name in ("title", "content", "excerpt", "post_password"):
        values[name] = _as_xml_gives(getattr(item, name))
    values["terms"] = tuple(ItemTerm(each.domain, each.nicename, _as_xml_gives(each.name)) for each in item.terms)
    values["meta"] = tuple((_as_xml_gives(key), _as_xml_gives(value)) for key, value in item.meta)
    values["comments"] = tuple(
        WxrComment(id=each.id, author=_as_xml_gives(each.author), content=_as_xml_gives(each.content))
        for each in item.comments
    )
    return Item(**values)


def _read(data: bytes) -> Item:
    item = read_item(data.strip(), ENVELOPE)
    assert not item.repairs
    return Item(**{**_values(item), "line": 0, "guid_is_permalink": False})


@given(ITEMS)
def test_any_item_is_written_and_read_back(item: Item) -> None:
    written = item_xml(item)
    ET.fromstring(head_xml(Channel()) + written + TAIL)
    assert _read(written) == _readable(item)


@settings(max_examples=60)
@given(ITEMS, ITEMS)
def test_any_item_becomes_any_other_by_edits(one: Item, other: Item) -> None:
    one, other = _readable(one), _readable(other)
    data = edit.edited(item_xml(one).strip(), STANDARD_NAMESPACES, one, other)
    ET.fromstring(head_xml(Channel()) + data + TAIL)
    assert _read(data) == other


@given(VALUES)
def test_any_value_is_serialised_as_php_reads_it(value: object) -> None:
    written = php.serialize(value)
    for length, text in re.findall(r's:(\d+):"([^"]*)";', written):
        assert int(length) >= len(text.encode())
    assert php.unserialize(written) == _as_php(value)


def _as_php(value: object) -> object:
    """Return a value as PHP has it: keys that are whole numbers become numbers, keys 0, 1, 2 ... make a list."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_as_php(each) for each in value]
    if isinstance(value, dict):
        pairs = {_as_php(key): _as_php(each) for key, each in value.items()}
        return pairs or []
    return value
