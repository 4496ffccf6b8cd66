"""A post whose front matter changes its syntax: the same values as Hugo reads them, the same order, the same body."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import hugoconv
from hugoconv.frontmatter.dialects import HUGO

BODY_MARK = "A kettle is a simple thing"


def converted(source: Path, folder: Path, syntax: str) -> str:
    exporter = hugoconv.exporters.get("hugo", front_matter=syntax)
    report = hugoconv.convert(source, folder, from_="hugo", to=exporter)
    assert report.failed == 0
    return (folder / source.name).read_bytes().decode()


def test_a_cms_post_becomes_toml(fixtures: Path, tmp_path: Path) -> None:
    source = fixtures / "posts" / "cms-post.md"
    text = converted(source, tmp_path / "out", "toml")
    head, matter, body = text.split("+++\n", 2)
    values = tomllib.loads(matter)
    original = hugoconv.load_post(source)
    assert head == ""
    assert list(values) == list(original.front_matter) == ["title", "date", "description", "categories"]
    assert values["title"] == original.title
    assert values["description"].startswith("What began as a hobby")
    assert "\n" not in values["description"]
    assert values["date"] == datetime(2023, 11, 5, 7, 42, 9, 517000, tzinfo=UTC)
    assert "date = 2023-11-05T07:42:09.517Z\n" in matter
    assert values["categories"] == ["Workshop", "Stories"]
    assert body == original.body.text


def test_a_cms_post_becomes_json(fixtures: Path, tmp_path: Path) -> None:
    source = fixtures / "posts" / "cms-post.md"
    text = converted(source, tmp_path / "out", "json")
    values, end = json.JSONDecoder().raw_decode(text)
    assert values == dict(hugoconv.load_post(source).front_matter)
    assert text[end:].lstrip("\n").startswith(BODY_MARK)


@pytest.mark.parametrize("syntax", ["yaml", "toml", "json"])
def test_every_post_of_a_site_reads_the_same(syntax: str, fixtures: Path, tmp_path: Path) -> None:
    source = fixtures / "sites" / "hugo-blog"
    report = hugoconv.convert(source, tmp_path / "out", to=hugoconv.exporters.get("hugo", front_matter=syntax))
    assert report.failed == 0
    before = {str(post.path): post for post in hugoconv.read(source).posts}
    after = {str(post.path): post for post in hugoconv.read(tmp_path / "out", "hugo").posts}
    assert before.keys() == after.keys()
    for name, post in before.items():
        if post.front_matter.matter and post.front_matter.syntax != "org":
            assert after[name].front_matter.syntax == syntax, name
            assert readable(after[name]) == readable(post), name
        assert after[name].body.text == post.body.text, name


def readable(post: hugoconv.Post) -> dict[str, Any]:
    """Return what Hugo makes of the front matter: dates as instants, everything else by value; null says nothing."""
    values = {key: value for key, value in post.front_matter.items() if value is not None}
    for name in ("date", "updated", "publish_date", "expiry_date"):
        moment = getattr(post, name)
        if moment is not None:
            for key in [key for key in values if str(values[key]) and key.lower() in DATE_KEYS]:
                parsed = HUGO.parse_date(str(values[key]))
                # Whole seconds: of some dates Hugo reads no more, and the proof by Hugo itself compares the rest.
                values[key] = parsed.value.isoformat(timespec="seconds") if parsed else str(values[key])
    return json.loads(json.dumps(values, default=str))  # type: ignore[no-any-return]


DATE_KEYS = {"date", "lastmod", "modified", "publishdate", "pubdate", "published", "expirydate", "unpublishdate"}


def test_what_a_syntax_cannot_hold_is_a_finding(tmp_path: Path) -> None:
    source = tmp_path / "post.md"
    source.write_text("---\n# why\ntitle: x\nempty: null\nlist:\n  # inside\n  - a\n---\nbody\n")
    report = hugoconv.convert(
        source, tmp_path / "toml", from_="hugo", to=hugoconv.exporters.get("hugo", front_matter="toml")
    )
    assert (tmp_path / "toml" / "post.md").read_text().startswith('+++\n# why\ntitle = "x"\n')
    assert [finding.code for finding in report.findings] == ["HC207"]
    report = hugoconv.convert(
        source, tmp_path / "json", from_="hugo", to=hugoconv.exporters.get("hugo", front_matter="json")
    )
    assert [finding.code for finding in report.findings] == ["HC205"]


def test_crlf_files_keep_their_line_ends(tmp_path: Path) -> None:
    source = tmp_path / "post.md"
    source.write_bytes(b"---\r\ntitle: x\r\ntags:\r\n- a\r\n---\r\nbody\r\n")
    text = converted(source, tmp_path / "out", "toml")
    assert text == '+++\r\ntitle = "x"\r\ntags = ["a"]\r\n+++\r\nbody\r\n'


def test_org_posts_become_org_again(tmp_path: Path) -> None:
    source = tmp_path / "post.org"
    source.write_text("#+title: A: b\n#+date: 2020-01-02\n#+tags[]: a b\n\nText /here/.\n")
    for syntax in ("yaml", "toml", "json"):
        converted(source, tmp_path / syntax, syntax)
        assert converted(tmp_path / syntax / "post.org", tmp_path / f"{syntax}-org", "org") == source.read_text()


def test_what_org_cannot_hold_stays_as_it_is(tmp_path: Path) -> None:
    for name, text in {"a.org": "---\nparams:\n  a: 1\n---\nx\n", "b.org": "---\na: b\n---\n#+c: d\n"}.items():
        (tmp_path / name).write_text(text)
        report = hugoconv.convert(
            tmp_path / name, tmp_path / "out", from_="hugo", to=hugoconv.exporters.get("hugo", front_matter="org")
        )
        assert [finding.code for finding in report.findings] == ["HC206"]
        assert (tmp_path / "out" / name).read_text() == text
