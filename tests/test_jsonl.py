"""Dumps: the schema, the same bytes after a second dump, the same site after the way back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prove_identity import digests
from prove_jsonl import prove

import hugoconv
from hugoconv.cli.app import run
from hugoconv.errors import HugoconvError
from hugoconv.frontmatter.dates import DateText, Instant, Moment
from hugoconv.model import SiteInfo
from hugoconv.report.findings import Findings
from hugoconv.systems.hugo.importer import HugoImporter
from hugoconv.systems.jsonl.checking import DumpError, safe_path
from hugoconv.systems.jsonl.records import post_from, record_of
from hugoconv.systems.jsonl.values import decoded, encoded, line_of

FIXTURES = Path(__file__).parent / "fixtures"
SCHEMA = json.loads((Path(hugoconv.__file__).parent / "systems" / "jsonl" / "schema.json").read_text("utf-8"))
SITE_SCHEMA = json.loads((Path(hugoconv.__file__).parent / "systems" / "jsonl" / "site.schema.json").read_text("utf-8"))
SOURCES = [
    "sites/hugo-blog",
    "sites/jekyll-blog",
    "sites/jekyll-manual",
    "wxr/sample.xml",
    "wxr/tricky.xml",
    "wxr/damaged.xml",
]
POST = """---
title: 'Hello: "World" #1'  # kept
date: 2014-03-05
tags: [Python, C++]
---
Ünïcode — 日本 {{< youtube abc >}}
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "content" / "posts").mkdir(parents=True)
    (folder / "hugo.toml").write_text('baseURL = "https://example.org/"\n')
    (folder / "content" / "posts" / "日本.md").write_text(POST, encoding="utf-8")
    (folder / "static").mkdir()
    (folder / "static" / "é ü.png").write_bytes(b"PNG")
    return folder


def dump(site: Path, folder: Path) -> Path:
    file = folder / "dump" / "posts.jsonl"
    hugoconv.convert(site, file, to="jsonl")
    return file


def edit_site(file: Path, change: Any) -> None:
    path = file.with_name("site.json")
    record = json.loads(path.read_text("utf-8"))
    change(record)
    path.write_text(json.dumps(record), encoding="utf-8")


@pytest.mark.parametrize("name", SOURCES)
def test_every_byte_comes_back(name: str, tmp_path: Path) -> None:
    lines, files, differing = prove(FIXTURES / name, tmp_path)
    assert differing == []
    assert lines
    assert files > lines


@pytest.mark.parametrize("name", SOURCES)
def test_case_25_every_line_is_as_the_schema_says(name: str, tmp_path: Path) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    lines = dump(FIXTURES / name, tmp_path).read_text("utf-8").split("\n")[:-1]
    assert lines
    for line in lines:
        validator.validate(json.loads(line))


def test_case_25_a_day_stays_a_day_and_the_text_is_carried(site: Path, tmp_path: Path) -> None:
    record = json.loads(dump(site, tmp_path).read_text("utf-8"))
    assert record["date"] == {"value": "2014-03-05", "precision": "day", "zone": "local", "text": "2014-03-05"}
    assert "# kept" in record["front_matter"]["text"]
    assert [term["name"] for term in record["terms"]["tags"]] == ["Python", "C++"]


@pytest.mark.parametrize("key", ["../x", "/etc/passwd", "a/../../x", "a\\..\\x"])
def test_case_25_a_key_that_leaves_the_folder_is_refused(key: str, site: Path, tmp_path: Path) -> None:
    file = dump(site, tmp_path)
    edit_site(file, lambda record: record["assets"][0].update(key=key))
    with pytest.raises(DumpError, match="leaves the folder"):
        hugoconv.convert(file, tmp_path / "back", to="hugo")
    with pytest.raises(DumpError, match="leaves the folder"):
        safe_path(key)


def test_case_25_a_key_that_is_a_link_out_of_the_folder_is_refused(site: Path, tmp_path: Path) -> None:
    file = dump(site, tmp_path)
    asset = file.parent / "assets/static/é ü.png"
    asset.unlink()
    asset.symlink_to("/etc/passwd")
    report = hugoconv.convert(file, tmp_path / "back", to="hugo")
    assert "HC661" in {finding.code for finding in report.findings}
    assert not list((tmp_path / "back").rglob("*.png"))


def test_case_27_names_and_letters_stay_what_they_are(site: Path, tmp_path: Path) -> None:
    file = dump(site, tmp_path)
    assert "Ünïcode — 日本" in file.read_text("utf-8")
    assert (file.parent / "assets" / "static" / "é ü.png").read_bytes() == b"PNG"


def test_case_29_a_private_post_keeps_its_status(tmp_path: Path) -> None:
    file = dump(FIXTURES / "wxr" / "sample.xml", tmp_path)
    statuses = {json.loads(line).get("status") for line in file.read_text("utf-8").split("\n")[:-1]}
    direct = {post.status for post in hugoconv.read(FIXTURES / "wxr" / "sample.xml").posts}
    assert statuses == direct
    assert len(direct) > 1


def test_a_bad_line_is_a_finding_and_the_rest_is_kept(site: Path, tmp_path: Path) -> None:
    file = dump(site, tmp_path)
    good = file.read_bytes()
    record = json.loads(good)
    record["path"] = "../outside.md"
    file.write_bytes(b'{"half\n' + good + b"\n[]\n" + line_of(record) + b"\xff\n")
    report = hugoconv.convert(file, tmp_path / "back", to="hugo")
    bad = [(finding.file, finding.line) for finding in report.findings if finding.code == "HC660"]
    assert bad == [("posts.jsonl", 1), ("posts.jsonl", 4), ("posts.jsonl", 5), ("posts.jsonl", 6)]
    assert (tmp_path / "back" / "content" / "posts" / "日本.md").read_text("utf-8") == POST
    assert report.failed == 4


def test_a_field_that_contradicts_the_front_matter_is_named(site: Path, tmp_path: Path) -> None:
    file = dump(site, tmp_path)
    file.write_bytes(line_of(json.loads(file.read_bytes()) | {"title": "Other"}))
    report = hugoconv.convert(file, tmp_path / "back", to="hugo")
    assert [finding.code for finding in report.findings] == ["HC663"]


def test_secrets_only_where_asked_for(tmp_path: Path) -> None:
    source = FIXTURES / "wxr" / "sample.xml"
    emails = {
        value for post in hugoconv.read(source).posts for comment in post.comments for _, value in comment.secrets
    }
    assert emails
    file = dump(source, tmp_path)
    texts = file.read_text("utf-8") + file.with_name("site.json").read_text("utf-8")
    assert not {email for email in emails if email in texts}
    hugoconv.convert(source, tmp_path / "all" / "posts.jsonl", to="jsonl", include_secrets=True)
    assert all(email in (tmp_path / "all" / "posts.jsonl").read_text("utf-8") for email in emails)


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("sites/hugo-blog", "jekyll"),
        ("sites/hugo-blog", "astro"),
        ("sites/jekyll-blog", "hugo"),
        ("sites/jekyll-manual", "eleventy"),
    ],
)
def test_a_dump_becomes_what_its_site_becomes(name: str, target: str, jobs: int, tmp_path: Path) -> None:
    """Bodies are asked in the site that the dump was made of, written anew: links and templates lead where they led."""
    hugoconv.convert(FIXTURES / name, tmp_path / "direct", to=target)
    hugoconv.convert(dump(FIXTURES / name, tmp_path), tmp_path / "by-dump", to=target, jobs=jobs)
    assert digests(tmp_path / "by-dump") == digests(tmp_path / "direct")


@pytest.mark.parametrize("name", SOURCES)
def test_site_json_is_as_its_schema_says(name: str, tmp_path: Path) -> None:
    jsonschema.Draft202012Validator.check_schema(SITE_SCHEMA)
    record = json.loads(dump(FIXTURES / name, tmp_path).with_name("site.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(SITE_SCHEMA).validate(record)


def test_a_dump_without_its_site_is_refused(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = dump(site, tmp_path)
    file.with_name("site.json").unlink()
    assert run(["convert", str(file), str(tmp_path / "back"), "--from", "jsonl", "--to", "hugo"]) == 2
    assert "site.json" in capsys.readouterr().err


@pytest.mark.parametrize(("words", "schema"), [([], SCHEMA), (["post"], SCHEMA), (["site"], SITE_SCHEMA)])
def test_the_schema_is_printed(words: list[str], schema: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", *words]) == 0
    assert json.loads(capsys.readouterr().out) == schema


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.dates()
    | st.datetimes(timezones=st.sampled_from([UTC]) | st.none()).map(
        lambda moment: moment.replace(fold=0)
    )  # which no text can say
    | st.dates().map(lambda day: DateText(day.isoformat()))
    | st.dates().map(lambda day: Instant(day.isoformat())),
    lambda inner: (
        st.lists(inner)
        | st.lists(inner).map(tuple)
        | st.dictionaries(st.text() | st.sampled_from(["$date", "$map"]), inner)
    ),
    max_leaves=12,
)


@given(VALUES)
def test_every_value_survives(value: Any) -> None:
    again = decoded(json.loads(line_of(encoded(value))))
    assert again == value
    assert repr(again) == repr(value)


def test_values_keep_their_types() -> None:
    moment = Moment("5 Mar 2014", datetime(2014, 3, 5), "day")
    value = {"a": DateText("2014-03-05"), "b": date(2014, 3, 5), "c": (moment,), 1: float("inf"), "d": "\ud800"}
    again = decoded(json.loads(line_of(encoded(value))))
    assert again == value
    assert [type(each) for each in again.values()] == [type(each) for each in value.values()]


@given(
    title=st.text(),
    tags=st.lists(st.text(min_size=1)),
    extra=st.dictionaries(st.text(), VALUES, max_size=3),
    body=st.text(st.characters(exclude_categories=["Cs"])),
)
def test_any_post_survives(title: str, tags: list[str], extra: dict[str, Any], body: str) -> None:
    post = HugoImporter.post_from_text(json.dumps({"title": title, "tags": tags}) + "\n" + body)
    post.extra["defaults"] = extra
    info = SiteInfo("hugo", taxonomies={"tag": "tags", "category": "categories"})
    record = json.loads(line_of(record_of(post, [], include_secrets=False)))
    jsonschema.Draft202012Validator(SCHEMA).validate(record)
    again = post_from(record, info, HugoImporter().reading(info, "markdown"))
    assert again.text == post.text
    assert dict(again.front_matter) == dict(post.front_matter)
    assert again.extra == post.extra
    assert line_of(record_of(again, [], include_secrets=False)) == line_of(record)


# Dumps that somebody edited -------------------------------------------------------------------------------------------

Path_ = tuple[str | int, ...]
ODD: list[Any] = [
    None, True, 0, -1, 1.5, 10**30, "", "\ud800", "a\0b", "../x", "http://[", "a\nb", "x: {{ }} \" '", [], [1], [[]],
    {}, {"a": 1}, {"$date": 1}, {"$nope": 1}, {"$map": [[[], 1]]}, {"$bytes": "zz"}, {"$moment": {"text": 1}},
]  # fmt: skip


def places(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Yield the path of a value and of each one in it."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from places(item, (*path, key))


def with_odd(record: Any, path: Path_, odd: Any) -> Any:
    """Return a copy of a record in which one value is another one."""
    if not path:
        return odd
    copy = json.loads(json.dumps(record))
    inner = copy
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = odd
    return copy


@pytest.fixture(scope="module")
def dumps(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return [
        dump(FIXTURES / name, tmp_path_factory.mktemp("dumps"))
        for name in ("sites/hugo-blog", "sites/jekyll-blog", "wxr/sample.xml")
    ]


@settings(max_examples=40)
@given(data=st.data())
def test_an_odd_value_anywhere_is_refused_or_read(data: st.DataObject, dumps: list[Path]) -> None:
    """No value of a dump ends in an internal error."""
    source = data.draw(st.sampled_from(dumps))
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "dump"
        shutil.copytree(source.parent, copy)
        edited = copy / data.draw(st.sampled_from(["site.json", "posts.jsonl"]))
        lines = edited.read_text("utf-8").split("\n")[:-1] if edited.suffix == ".jsonl" else [edited.read_text("utf-8")]
        number = data.draw(st.integers(0, len(lines) - 1))
        record = json.loads(lines[number])
        path = data.draw(st.sampled_from(list(places(record))))
        lines[number] = json.dumps(with_odd(record, path, data.draw(st.sampled_from(ODD))))
        edited.write_text("\n".join(lines) + "\n", encoding="utf-8")
        to = data.draw(st.sampled_from(["hugo", "jekyll"]))
        try:
            report = hugoconv.convert(copy / "posts.jsonl", Path(folder) / "new", to=to, jobs=1)
        except HugoconvError:
            return
        assert [str(finding) for finding in report.findings if finding.code == "HC601"] == []


@pytest.mark.parametrize(
    ("path", "odd", "line", "said"),
    [
        (("title",), 5, '"title": 5,', "$.title: 5 is not of type 'string'"),
        (("menus",), {"main": [{"name": 1}]}, '"name": 1', "$.menus.main[0].name"),
        (("settings", "heading levels"), [1], '"heading levels": [', "$.settings"),
        (("redirects",), [{"old": "/a"}], "{", "'new' is a required property"),
        (("title",), "\ud800", "{", "no file can hold the character U+D800"),
        ((), [], "[]", "[] is not of type 'object'"),
    ],
)
def test_what_is_wrong_in_site_json_is_said_with_its_line(
    path: Path_, odd: Any, line: str, said: str, site: Path, tmp_path: Path
) -> None:
    file = dump(site, tmp_path)
    edited = file.with_name("site.json")
    record = with_odd(json.loads(edited.read_text("utf-8")), path, odd)
    edited.write_text(json.dumps(record, indent=1), encoding="utf-8")
    with pytest.raises(DumpError) as raised:
        hugoconv.read(file)
    assert said in raised.value.message
    assert raised.value.file.endswith("site.json")
    assert edited.read_text("utf-8").split("\n")[raised.value.line - 1].strip() == line


def test_what_is_wrong_in_a_line_is_a_finding_with_the_place_in_it(site: Path, tmp_path: Path) -> None:
    file = dump(site, tmp_path)
    record = with_odd(json.loads(file.read_bytes()), ("inherited", "title"), 5)
    file.write_bytes(line_of(record))
    log = Findings()
    assert list(hugoconv.read(file, stream=True, log=log).posts) == []
    assert [str(each) for each in log] == [
        "posts.jsonl:1 HC660 the line is no post: $.inherited.title: 5 is not of type 'string'"
    ]
