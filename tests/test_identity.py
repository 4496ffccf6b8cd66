"""What is not edited is copied byte for byte: whole sites, single files, and the hardest files there are."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

import hugoconv

NASTY: dict[str, bytes] = {
    "bom.md": b"\xef\xbb\xbf---\ntitle: x\n---\nbody",
    "crlf.md": b"---\r\ntitle: x\r\n---\r\n\r\nbody\r\n",
    "mixed.md": b"---\r\ntitle: x\n---\r\nbody\nmore\r\n",
    "leading-blank.md": b"\n\n---\ntitle: x\n---\n",
    "dots.md": b"---\ntitle: x\n...\nbody\n",
    "spaces.md": b"--- \ntitle: x\n---  \nbody\n",
    "typo.md": b"---\ntitle: x\n--- end\nbody\n",
    "long.md": b"---\ntitle: x\n----\nbody\n---\n",
    "empty-matter.md": b"---\n---\nbody",
    "none.md": b"just text, no front matter\n",
    "empty.md": b"",
    "list.md": b"- a list\n- first thing in the file\n",
    "unclosed.md": b"---\ntitle: x\nbody without end\n",
    "invalid.md": b"---\ntitle: ES2015: getting started\n---\nbody\n",
    "twice.md": b"---\ntitle: a\ntitle: b\n---\nbody\n",
    "tab.md": b"---\ntags:\n  - a\t\n---\nbody\n",
    "utf16.md": "\ufeff---\r\ntitle: x\r\n---\r\nbody".encode("utf-16-le"),
    "latin1.md": "---\ntitle: café\n---\nbody é\n".encode("latin-1"),
    "nul.md": b"---\ntitle: x\n---\nbo\x00dy\n",
    "controls.md": "---\ntitle: a\x7fb\x85c\u2028d\n---\nbody\x01\n".encode(),
    "comments.md": b"---\n# c\ntitle:   'x'   # why\n\n\ntags: [b,a]\nver: 1.10\n---\nbody  \n\n\n",
    "anchors.md": b"---\nbase: &b {x: 1}\ncopy: *b\nm:\n  <<: *b\n---\n",
    "folded.md": b"---\ntitle: a long\n  title: that is not a key\n---\n",
    "toml.md": b"+++\ntitle = 'x' # why\ndate = 2020-01-02T03:04:05.120Z\n[params]\n  a = 1\n+++\nbody",
    "json.md": b'{\n\t"title": "<b>",\n\t"a": 1.10\n}\nbody',
    "org.org": b"#+TITLE: x\n#+DATE: <2020-01-02 Thu>\n\n* body\n",
    "big.md": b"---\nn: 12345678901234567890\n---\n",
    "emoji 😀 +%#.md": "---\ntitle: 😀 \\u00e9\n---\n😀".encode(),
    "2020-01-02-post.md": b"---\ntitle: x\n---\n{{ site.baseurl }} {% if x %} {{< y >}}\n",
}
UNREADABLE_TO_HUGO = {
    "dots.md",
    "list.md",
    "unclosed.md",
    "invalid.md",
    "twice.md",
    "utf16.md",
    "latin1.md",
    "folded.md",
}


def digests(root: Path) -> dict[str, str]:
    files = (path for path in root.rglob("*") if path.is_file() and ".hugoconv" not in path.parts)
    return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("system", ["hugo", "jekyll"])
def test_a_whole_site_comes_back_byte_for_byte(system: str, fixtures: Path, tmp_path: Path) -> None:
    source = fixtures / "sites" / f"{system}-blog"
    report = hugoconv.convert(source, tmp_path / "copy", to=system)
    assert digests(tmp_path / "copy") == digests(source)
    assert report.posts > 5
    assert report.failed == 0
    assert report.exit_code == 0


@pytest.mark.parametrize("system", ["hugo", "jekyll"])
def test_the_hardest_files_come_back_byte_for_byte(system: str, tmp_path: Path) -> None:
    folder = tmp_path / "site" / ("content" if system == "hugo" else "_posts")
    folder.mkdir(parents=True)
    for number, (name, data) in enumerate(NASTY.items()):
        dated = name if system == "hugo" or name.startswith("2020") else f"2020-01-{number % 28 + 1:02}-{name}"
        (folder / dated).write_bytes(data)
    report = hugoconv.convert(tmp_path / "site", tmp_path / "copy", to=system, from_=system)
    assert digests(tmp_path / "copy") == digests(tmp_path / "site")
    assert report.post_files["written"] == len(NASTY)


def test_what_hugo_cannot_read_is_carried_with_a_finding(tmp_path: Path) -> None:
    folder = tmp_path / "site" / "content"
    folder.mkdir(parents=True)
    for name, data in NASTY.items():
        (folder / name).write_bytes(data)
    report = hugoconv.convert(tmp_path / "site", tmp_path / "copy", to="hugo")
    assert {finding.file.removeprefix("content/") for finding in report.errors} == UNREADABLE_TO_HUGO
    assert all(finding.line >= 1 for finding in report.errors)
    assert report.exit_code == 1


@pytest.mark.parametrize("name", NASTY)
def test_one_file_alone_comes_back_byte_for_byte(name: str, tmp_path: Path) -> None:
    source = tmp_path / name
    source.write_bytes(NASTY[name])
    hugoconv.convert(source, tmp_path / "copy", from_="hugo", to="hugo")
    assert (tmp_path / "copy" / name).read_bytes() == NASTY[name]


def test_load_post_gives_the_text_of_the_file(fixtures: Path) -> None:
    path = fixtures / "posts" / "cms-post.md"
    post = hugoconv.load_post(path)
    assert hugoconv.dumps(post).encode() == path.read_bytes()
    assert post.title == "Notes from a Small Workshop: How a Kettle, a Lathe and Twelve Years of Tea Made a Business"
    assert str(post.date) == "2023-11-05T07:42:09.517Z"
    assert [term.name for term in post.terms["categories"]] == ["Workshop", "Stories"]


def test_converting_twice_changes_nothing(fixtures: Path, tmp_path: Path) -> None:
    source = fixtures / "sites" / "hugo-blog"
    hugoconv.convert(source, tmp_path / "copy", to="hugo")
    before = digests(tmp_path / "copy")
    report = hugoconv.convert(source, tmp_path / "copy", to="hugo")
    assert report.changed == 0
    assert digests(tmp_path / "copy") == before
