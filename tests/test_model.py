"""Posts: typed fields that read and write one key, terms as a live mapping, values that are copies."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

import hugoconv
from hugoconv.errors import FrontMatterError
from hugoconv.model import Post


def hugo_post(matter: str) -> Post:
    return hugoconv.loads(f"---\n{matter}---\nbody\n")


def test_a_typed_field_reads_the_written_key() -> None:
    post = hugo_post("Title: X\nlastmod: 2020-01-02\ndraft: true\nweight: 3\ntags: [a, b]\nauthor: Me\n")
    assert (post.title, str(post.updated), post.status, post.weight, post.authors) == (
        "X",
        "2020-01-02",
        "draft",
        3,
        ("Me",),
    )
    assert [str(term) for term in post.terms["tags"]] == ["a", "b"]


def test_a_typed_field_that_is_not_written_is_what_the_system_derives() -> None:
    post = hugo_post("a: 1\n")
    assert (post.title, post.status, post.date) == (None, "published", None)
    assert post.inherited == {"status": "published"}


def test_setting_a_field_writes_one_key() -> None:
    post = hugo_post("title: Old # c\nModified: 2020-01-01\nz: 1\n")
    post.title = "New"
    post.updated = hugoconv.loads("---\ndate: 2021-02-03T04:05:06+01:00\n---\n").date
    post.terms["tags"] = ["x", "y"]
    post.status = "draft"
    expected = "title: New # c\nModified: 2021-02-03T04:05:06+01:00\nz: 1\ntags:\n  - x\n  - y\ndraft: true\n"
    assert post.text == f"---\n{expected}---\nbody\n"


def test_setting_a_field_to_nothing_takes_its_keys_out() -> None:
    post = hugo_post("lastmod: 2020-01-01\nmodified: 2020-01-02\na: 1\n")
    post.updated = None
    assert post.text == "---\na: 1\n---\nbody\n"


def test_lists_are_tuples_so_that_an_append_fails_loudly() -> None:
    post = hugo_post("tags: [a]\naliases: [/x/]\n")
    with pytest.raises(AttributeError):
        post.aliases.append("/y/")  # type: ignore[union-attr]
    with pytest.raises(AttributeError):
        post.terms["tags"].append("b")  # type: ignore[attr-defined]


def test_values_are_copies() -> None:
    post = hugo_post("params: {a: [1]}\n")
    post.front_matter["params"]["a"].append(2)
    assert post.front_matter["params"] == {"a": [1]}
    assert not post.edited


def test_front_matter_is_added_to_a_post_without_any() -> None:
    post = hugoconv.loads("just text\n")
    post.title = "T"
    assert post.text == "---\ntitle: T\n---\njust text\n"


def test_an_unreadable_post_is_an_error_with_its_line() -> None:
    with pytest.raises(FrontMatterError) as caught:
        hugoconv.loads("---\ntitle: x\nbad: [\n---\n")
    assert caught.value.line == 4


def test_a_notebook_shows_front_matter_and_escapes_it() -> None:
    assert "&lt;script&gt;" in hugo_post("title: <script>\n")._repr_html_()


def test_every_public_name_is_there_and_importing_is_lazy() -> None:
    for name in hugoconv.__all__:
        assert getattr(hugoconv, name) is not None
    heavy = ("yaml", "lxml", "typer", "bs4", "tomlkit")
    code = f"import sys, hugoconv; print(sorted(name for name in {heavy} if name in sys.modules))"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "[]"
    with pytest.raises(AttributeError):
        importlib.import_module("hugoconv").no_such_name  # noqa: B018
