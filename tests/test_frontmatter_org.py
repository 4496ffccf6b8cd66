"""Org front matter: values as Hugo's org reader gives them, edits of lines, new lines."""

from __future__ import annotations

import json
import subprocess
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nested_values import changed_lines, moves, paths
from programs import HUGO

from hugoconv.errors import FrontMatterError
from hugoconv.frontmatter.dates import DateText
from hugoconv.frontmatter.org import SYNTAX
from hugoconv.frontmatter.syntax import KeyPath, Scalar

SITE = """\
#+TITLE:   A title: with a colon
#+DATE: <2020-01-02 Thu>
#+TAGS[]: a b c
#+FILETAGS: :x:y:
#+category: one
#+CATEGORY: two words
#+begin_src sh
#+not: a value
#+end_src
#+no keyword
#+EMPTY:
"""
DOCUMENTS = {
    "site": SITE,
    "crlf": "#+title: A\r\n#+tags[]:\r\n#+c: x\r\n#+d: y",
    "list on two lines": "#+a[]: x\n#+b: 1\n#+a[]: y z\n",
    "empty": "",
}

READ: list[tuple[str, dict[str, Any]]] = [
    ("#+TITLE: a b  \n#+x:\n#+y: \n#+z:nospace\n#+w:\ttab\n", {"title": "a b", "x": "", "y": "", "w": "tab"}),
    ("#+A: 1\n#+a: 2\n", {"a": ["1", "2"]}),
    (
        "#+A[]: one two\n#+B[]: one\n#+B[]: two three\n#+c[]:\n",
        {"a": ["one", "two"], "b": ["one", "two", "three"], "c": []},
    ),
    ("#+filetags: :a:b c:\n", {"filetags": ["a", "b c"]}),
    ("#+filetags: a:b\n", {"filetags": ["a", "b"]}),
    ("#+filetags: ::a::\n", {"filetags": ["", "a", ""]}),
    ("#+filetags:\n", {"filetags": [""]}),
    ("#+filetags: a\n#+filetags: b\n", {"filetags": ["a", "b"]}),
    ("#+f: \n#+f: 1\n#+f: \n", {"f": ["", "1", ""]}),
    ("#+other: <2020-01-02 Thu>\n", {"other": "<2020-01-02 Thu>"}),
    ("#+a b c: d: e\n#+a:b: c\n#+a:: b\n#+: b\n", {"a b c": "d: e"}),
    ("#+a: 1\r\n#+b: 2\r\n", {"a": "1", "b": "2"}),
    ("#+\n#+#a: x\n#+ b: 1\n#+a.b: 2\n", {"#a": "x", " b": "1", "a.b": "2"}),
    ("#+a: x\u00a0\n#+b:\u00a0y\n#+c:   lead  trail\t \n", {"a": "x", "c": "lead  trail"}),
    ("#+x: 1\x0c\n#+y:\x0cq\n#+z:\x0bq\n#+v: \x1cb\x1f\n", {"x": "1", "y": "q", "v": "\x1cb\x1f"}),
    ("#+a: x\x0by\n#+b: x\u2028y\u0085z\n", {"a": "x\x0by", "b": "x\u2028y\x85z"}),
    ("#+a[]: a\u00a0b\tc\u2003d\n#+b []: x y\n", {"a": ["a", "b", "c", "d"], "b ": ["x", "y"]}),
    ("#+header: x\n#+results: y\n#+name: z\n#+options: toc:nil\n", {"header": "x", "options": "toc:nil"}),
    ('#+INCLUDE: "x"\n#+LINK: gh https://x/\n#+MACRO: m x\n#+a: 1\n', {"a": "1"}),
    ("#+RESULTS[x]: y\n#+a: 1\n", {"results[x]": "y", "a": "1"}),
    ("#+caption: c\n#+a: 1\n", {"caption": "c", "a": "1"}),
    ("#+a: 1\n#+caption: c\n#+attr_html: d\n", {"a": "1", "caption": "c", "attr_html": "d"}),
    ("#+caption: c\n#+attr_html: x\n#+foo\n#+a: 1\n", {"a": "1"}),
    ("#+caption: c\n#+results: x\n#+a: 1\n", {"a": "1"}),
    ("#+caption: c\n#+name: x\n#+foo\n", {"caption": "c"}),
    ("#+attr_html: x\n#+begin_src\n#+q: 1\n#+end_src\n#+b: 1\n", {"b": "1"}),
    ("#+BEGIN_src sh\n#+t: y\n#+END_SRC\n#+u: z\n", {"u": "z"}),
    ("#+begin_src\n#+t: y\n", {"t": "y"}),
    ("#+begin_example\n#+a: 1\n#+end_src\n#+end_example\n#+b: 2\n", {"b": "2"}),
    ("#+begin_verse\n#+a: 1\n#+end_verse\n#+a: 2\n#+begin_quote\n", {"a": ["1", "2"]}),
    ("#+begin_: 1\n#+begin-x: 3\n#+begin_\u00e9: 1\n", {"begin_": "1", "begin-x": "3", "begin_\u00e9": "1"}),
    ("#+\u00c4B: \u00fc\n", {"\u00e4b": "\u00fc"}),
]
DATES = [
    ("#+date: <2020-01-02 Thu>\n", {"date": "2020-01-02"}),
    ("#+LASTMOD: [2020-01-02 Thu 10:11]\n", {"lastmod": "2020-01-02"}),
    ("#+date:  x <2020-01-02 Thu> [2021-01-02 Fri]\n", {"date": "2020-01-02"}),
    ("#+expirydate: <2020-01-02 Thu>--<2020-01-03 Fri>\n", {"expirydate": "2020-01-02"}),
    ("#+publishdate: 2020-01-02\n", {"publishdate": "2020-01-02"}),
]


every_document = pytest.mark.parametrize("matter", DOCUMENTS.values(), ids=DOCUMENTS)


# Reading


@pytest.mark.parametrize(("matter", "values"), READ + DATES)
def test_values_are_hugos(matter: str, values: dict[str, Any]) -> None:
    assert list(SYNTAX.parse(matter).items()) == list(values.items())


def test_hugo_reads_the_same_values(tmp_path: Path) -> None:
    cases = READ + DATES
    (tmp_path / "content").mkdir()
    (tmp_path / "layouts").mkdir()
    (tmp_path / "hugo.toml").write_text(
        'disableKinds = ["home", "section", "taxonomy", "term", "rss", "sitemap"]\n[security]\nallowContent = [".*"]\n'
    )
    (tmp_path / "layouts/single.html").write_text("{{ .Params | jsonify }}")
    for number, (matter, _) in enumerate(cases):
        (tmp_path / f"content/p{number}.org").write_bytes(matter.encode())
    hugo = [HUGO, "--source", str(tmp_path), "--buildExpired"]
    subprocess.run(hugo, check=True, capture_output=True)
    for number, (matter, values) in enumerate(cases):
        hugos = json.loads((tmp_path / f"public/p{number}/index.html").read_text(encoding="utf-8"))
        added = {"draft", "iscjklanguage", *({"lastmod", "publishdate"} - values.keys())}
        found = {key: value for key, value in hugos.items() if key not in added}
        if (matter, values) in DATES:
            found = {key: value[: len("2020-01-02")] for key, value in found.items() if key in values}
        assert found == values


def test_a_line_that_the_org_reader_refuses_is_an_error() -> None:
    assert SYNTAX.parse("#+a: 1\n#+b: " + "x" * 65_000)["b"] == "x" * 65_000
    with pytest.raises(FrontMatterError) as caught:
        SYNTAX.parse("#+a: 1\n#+b: " + "\u00e9" * 33_000)
    assert caught.value.line == 2


@pytest.mark.parametrize(
    ("path", "scalar"),
    [
        (("title",), Scalar("A title: with a colon", False)),
        (("date",), Scalar("<2020-01-02 Thu>", False)),
        (("category", 1), Scalar("two words", False)),
        (("filetags", 0), Scalar("x", False)),
        (("empty",), Scalar("", False)),
        (("tags",), None),
        (("category",), None),
    ],
)
def test_a_scalar_is_known_as_it_is_written(path: KeyPath, scalar: Scalar | None) -> None:
    assert SYNTAX.scalar(SITE, path) == scalar


@pytest.mark.parametrize("path", [("missing",), ("not",), ("title", 0), ("tags", 3), ("tags", -1), ("tags", 0, 0)])
def test_a_path_that_leads_nowhere_is_a_key_error(path: KeyPath) -> None:
    with pytest.raises(KeyError):
        SYNTAX.scalar(SITE, path)
    with pytest.raises(KeyError):
        list(SYNTAX.delete(SITE, path))
    with pytest.raises(KeyError):
        list(SYNTAX.rename(SITE, path, "new"))


@pytest.mark.parametrize("path", [("missing", 0), ("title", 0), ("tags", 4), ("tags", "x")])
def test_nothing_is_added_where_it_cannot_stand(path: KeyPath) -> None:
    with pytest.raises(KeyError):
        list(SYNTAX.set(SITE, path, "x"))


# Editing


@pytest.mark.parametrize(
    ("matter", "path", "value", "expected"),
    [
        ("#+TITLE:  x  \n", ("title",), "y", "#+TITLE:  y  \n"),
        ("#+a:\n", ("a",), "y", "#+a: y\n"),
        ("#+A: 1\n", ("b",), "2", "#+A: 1\n#+B: 2\n"),
        ("#+a: 1\n", ("b",), "2", "#+a: 1\n#+b: 2\n"),
        ("#+a: 1\r\n", ("b",), ["x", "y"], "#+a: 1\r\n#+b[]: x y\r\n"),
        ("", ("b",), "", "#+b:\n"),
        ("#+a: 1", ("b",), "2", "#+a: 1\n#+b: 2\n"),
        ("#+A[]: x  y\n", ("a", 2), "z", "#+A[]: x y z\n"),
        ("#+A[]: x\n#+b: 1\n", ("a",), ["x", "y z"], "#+A: x\n#+A: y z\n#+b: 1\n"),
        ("#+a: x\n#+b: 1\n#+A:  y\n", ("a",), ["x", "z"], "#+a: x\n#+b: 1\n#+A:  z\n"),
        ("#+a: x\n#+A: y\n#+b: 1\n", ("a",), ["x", "y", "z"], "#+a: x\n#+A: y\n#+a: z\n#+b: 1\n"),
        ("#+a: x\n#+a: y\n#+b: 1\n", ("a",), "z", "#+a: z\n#+b: 1\n"),
        ("#+a: x y\n", ("a",), ["x"], "#+a[]: x\n"),
        ("#+a: x y\n", ("a",), [], "#+a[]:\n"),
        ("#+filetags: :a:\n", ("filetags",), ["a", "b c"], "#+filetags: :a:b c:\n"),
        ("#+date: <2020-01-02 Thu>\n", ("date",), "2021-01-02", "#+date: <2021-01-02 Sat>\n"),
        ("#+date: [2020-01-02 Thu]\n", ("date",), DateText("2021-01-02"), "#+date: [2021-01-02 Sat]\n"),
        ("#+date: <2020-01-02 Thu>\n", ("date",), "2021-01-02T10:11:12Z", "#+date: 2021-01-02T10:11:12Z\n"),
        ("#+draft: true\n", ("draft",), False, "#+draft: false\n"),
    ],
)
def test_an_edit_changes_its_lines_only(matter: str, path: KeyPath, value: Any, expected: str) -> None:
    assert list(SYNTAX.set(matter, path, value)) == [expected]


@every_document
def test_setting_the_value_that_is_there_changes_nothing_but_blanks(matter: str) -> None:
    for key, value in SYNTAX.parse(matter).items():
        [new] = SYNTAX.set(matter, (key,), deepcopy(value))
        assert SYNTAX.parse(new) == SYNTAX.parse(matter)
        if matter == SITE:
            assert new == matter


@every_document
@pytest.mark.parametrize(
    "value", ["new", "", "two words: x", "2021-01-02", ["a", "b"], ["a b", "c"], ["one"], []], ids=repr
)
def test_every_key_can_be_set_and_one_added(matter: str, value: Any) -> None:
    values = SYNTAX.parse(matter)
    for key in [*values, "added"]:
        if key == "filetags" and isinstance(value, str):
            with pytest.raises(FrontMatterError):
                list(SYNTAX.set(matter, (key,), value))
            continue
        [new] = SYNTAX.set(matter, (key,), value)
        assert SYNTAX.parse(new) == {**values, key: value}
        lines = len(values[key]) if isinstance(values.get(key), list) else 1
        assert changed_lines(matter, new) <= max(lines, 1)


@every_document
def test_every_key_and_item_can_be_deleted(matter: str) -> None:
    values = SYNTAX.parse(matter)
    for path in paths(values):
        expected = deepcopy(values)
        parent: Any = expected[str(path[0])] if len(path) > 1 else expected
        del parent[path[-1]]
        if path[0] == "category" and path[-1] == 0:
            # One item of several words is no list of words, nor a repeated key.
            with pytest.raises(FrontMatterError):
                list(SYNTAX.delete(matter, path))
            continue
        [new] = SYNTAX.delete(matter, path)
        assert SYNTAX.parse(new) == expected


@every_document
def test_every_key_can_be_renamed_at_its_place(matter: str) -> None:
    values = SYNTAX.parse(matter)
    for key in values:
        expected = [("new" if name == key else name, value) for name, value in values.items()]
        readings = [list(SYNTAX.parse(candidate).items()) for candidate in SYNTAX.rename(matter, (key,), "new")]
        assert expected in readings


def test_a_renamed_key_keeps_its_capitals() -> None:
    assert next(SYNTAX.rename("#+A[]: x\n#+b: y\n", ("a",), "c")) == "#+C[]: x\n#+b: y\n"


@every_document
def test_every_key_can_move_anywhere(matter: str) -> None:
    values = SYNTAX.parse(matter)
    for key, before, order in moves(values):
        [new] = SYNTAX.move(matter, key, before)
        assert list(SYNTAX.parse(new).items()) == [(name, values[name]) for name in order]
        assert sorted(new.splitlines()) == sorted(matter.splitlines())


def test_entries_are_lines() -> None:
    spans = SYNTAX.spans(SITE)
    assert list(spans) == list(SYNTAX.parse(SITE))
    assert SITE[slice(*spans["tags"])] == "#+TAGS[]: a b c\n"


# Writing


def test_new_lines() -> None:
    values = {
        "title": "A: b",
        "date": date(2020, 1, 2),
        "tags": ["a", "b"],
        "cats": ["a b", "c"],
        "filetags": ["x"],
        "none": [],
        "draft": True,
        "weight": 3,
    }
    assert SYNTAX.write(values) == (
        "#+title: A: b\n#+date: 2020-01-02\n#+tags[]: a b\n#+cats: a b\n#+cats: c\n#+filetags: :x:\n#+none[]:\n"
        "#+draft: true\n#+weight: 3\n"
    )


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("a", None),
        ("a", {"b": "c"}),
        ("a", [["b"]]),
        ("a", ["b c"]),
        ("a", [""]),
        ("a", " b"),
        ("a", "b\nc"),
        ("a", "b\n#+c: d"),
        ("a", "b\r"),
        ("a", b"b"),
        ("a", "x" * 70_000),
        ("Title", "b"),
        ("a:b", "c"),
        ("a\nb", "c"),
        ("", "c"),
        ("a[]", "c"),
        ("name", "c"),
        ("results", "c"),
        ("begin_src", "c"),
        ("filetags", "c"),
        ("filetags", ["a:b c"]),
        ("date", "<2020-01-02 Thu>"),
    ],
)
def test_what_org_cannot_hold_is_an_error(key: str, value: Any) -> None:
    with pytest.raises(FrontMatterError):
        SYNTAX.write({key: value})


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=10) | st.text("ab :<>[]#+\t\r\n", max_size=6)
KEYS = st.sampled_from(["title", "date", "filetags", "tags", "caption", "a b"]) | TEXT


@given(st.dictionaries(KEYS, TEXT | st.lists(TEXT, max_size=3), max_size=4))
def test_what_is_written_reads_back_equal_or_is_refused(values: dict[str, Any]) -> None:
    try:
        text = SYNTAX.write(values)
    except FrontMatterError:
        return
    assert list(SYNTAX.parse(text).items()) == list(values.items())


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "B", "c[]", "DATE", "filetags"]),
            st.sampled_from(["", "x", " x y", "<2020-01-02 Thu>"]),
        )
    )
)
def test_any_setting_in_any_document_is_right(lines: list[tuple[str, str]]) -> None:
    matter = "".join(f"#+{key}: {value}\n" for key, value in lines)
    values = SYNTAX.parse(matter)
    for key in [*values, "added"]:
        [new] = SYNTAX.set(matter, (key,), ["p", "q"])
        assert SYNTAX.parse(new) == {**values, key: ["p", "q"]}
