"""TOML front matter: values, spans, edits and new text."""

from __future__ import annotations

import json
import subprocess
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nested_values import at, changed_lines, moves, paths, put, without
from programs import HUGO

from hugoconv.errors import FrontMatterError
from hugoconv.frontmatter.dates import DateText
from hugoconv.frontmatter.syntax import KeyPath, Note, Notes, Scalar
from hugoconv.frontmatter.toml import SYNTAX

SITE = """\
# top comment

# about the title
title = "A \\"b\\""   # beside
date = 2020-01-02T03:04:05+02:00
slug = 'c:\\dir'
tags = ["a", "b"] # tags

# weights
weight=3
text = \"\"\"
line one
line [two] # not a comment
\"\"\"
raw = '''x
  'y' = '''
categories = [
  "one",   # first
  # about two
  "two",
]
last = [ "x",
         "y" ]
author.name = "N"
author."e mail" = 'x@y'
"quoted key" = 1
inline = { a = 1, b = "two", c = [1, 2], d = { e = 1 } }
empty = {}
none = []

[params] # beside the table
  # indented comment
  color = "red"
  size = 2

  [params.deep]
  x = 1

# resources
[[resources]]
src = "a.png"
title = "A"
  [resources.params]
  k = "v"

[[resources]]
src = "b.png"

[menu.main]
weight = 1

[menu.footer]
weight = 2

[params.late]
y = 1
# the end
"""

DOCUMENTS = {
    "site": SITE,
    "crlf": 'a = "x"\r\n# c\r\ntags = [\r\n  "a",\r\n  "b"\r\n]\r\n\r\n[p]\r\na = 1\r\n\r\n[[r]]\r\nx = 1\r\n[[r]]\r\n',
    "tables only": "[a.b]\nx = 1\n[a.c]\ny = 2",
    "nested arrays of tables": "[[a]]\n[[a.b]]\nx=1\n[[a.b]]\nx=2\n[a.c.d]\nz=1\n[[a]]\nq=[[1,2],[{a=1},{b=2}]]\n",
    "no last line end": 'a = 1\nb = "x"',
    "toml 1.1": "a = {\n  x = 1, # c\n  y = [ 1,\n 2 ],\n}\nb = 10:11\n",
    "dotted": "a.b.c = 1\na.b.d = 2\na.e = {f.g = 1, f.h = 2}\n[t]\nu.v = 1\nu.w = 2\n",
    "odd spacing": '  [ x . "y z" ]\n\t k = 1 \n[ x . w ]\n a = [ # c\n 1 # d\n , 2\n ]\n b = [ [ 1, ], [ ], ]\n',
}
VALUES: tuple[Any, ...] = (
    "new value",
    "two\nlines",
    42,
    True,
    ["a", "b"],
    [],
    {"k": "v"},
    {"a": {"b": [1]}, "c": 1},
    [{"x": 1, "y": {"z": 2}}, {"x": 2}],
)


def first_right(candidates: Iterator[str], expected: Any) -> str:
    """Return the first candidate that reads as expected, whatever the order of its keys."""
    seen = []
    for candidate in candidates:
        seen.append(candidate)
        try:
            if SYNTAX.parse(candidate) == expected:
                return candidate
        except FrontMatterError:
            continue
    raise AssertionError(f"no candidate reads as {expected}:\n" + "\n----\n".join(seen))


every_document = pytest.mark.parametrize("matter", DOCUMENTS.values(), ids=DOCUMENTS)


# Reading


@pytest.mark.parametrize(
    ("matter", "values"),
    [
        ("", {}),
        ("# only a comment\n", {}),
        ("a = 1979-05-27\nb = 07:32:00\n", {"a": date(1979, 5, 27), "b": time(7, 32)}),
        ("a = 0x1F\nb = 1_000\nc = 1e3\n", {"a": 31, "b": 1000, "c": 1000.0}),
        ("[a.b]\nx = 1\n[a]\ny = 2\n", {"a": {"b": {"x": 1}, "y": 2}}),
        ("a = {\n x = 1, # c\n y = { },\n}\n", {"a": {"x": 1, "y": {}}}),
        ("a = [{x = 1,}, {\n}]\n", {"a": [{"x": 1}, {}]}),
        ('a = "\\e\\x41\\\\x41"\n', {"a": "\x1bA\\x41"}),
        ("a = 10:11\nb = 2020-01-02 10:11\n", {"a": time(10, 11), "b": datetime(2020, 1, 2, 10, 11)}),
        ('a = """\r\nx\r\ny"""\r\n', {"a": "x\r\ny"}),
        ("a = '''\r\nx\r\n'y'\"'''\r\n", {"a": "x\r\n'y'\""}),
        ('a = """x\\\r\n\r\n  y\\\\\r\nz"""\r\n', {"a": "xy\\\r\nz"}),
        ("a = 9223372036854775807\n", {"a": 2**63 - 1}),
    ],
)
def test_values_are_hugos(matter: str, values: dict[str, Any]) -> None:
    assert SYNTAX.parse(matter) == values


@pytest.mark.parametrize(
    ("matter", "line", "column"),
    [
        ("a = 1\nb = \n", 2, 5),
        ("a = 1\na = 2\n", 2, 6),
        ("a = 2020-02-30\n", 1, 5),
        ("a = '\x7f'\n", 1, 6),
        ("a = [1\n", 2, 0),
        ("a = {\n x = 1\n y = 2\n}\n", 1, 6),
        ("a = 9223372036854775808\n", 0, 0),
        ("a = " + "[" * 5000 + "]" * 5000, 0, 0),
    ],
)
def test_what_hugo_cannot_read_is_an_error_with_its_place(matter: str, line: int, column: int) -> None:
    with pytest.raises(FrontMatterError) as caught:
        SYNTAX.parse(matter)
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize(
    ("path", "scalar"),
    [
        (("title",), Scalar('A "b"', True)),
        (("date",), Scalar("2020-01-02T03:04:05+02:00", False)),
        (("slug",), Scalar("c:\\dir", True)),
        (("weight",), Scalar("3", False)),
        (("raw",), Scalar("x\n  'y' = ", True)),
        (("categories", 1), Scalar("two", True)),
        (("author", "e mail"), Scalar("x@y", True)),
        (("inline", "d", "e"), Scalar("1", False)),
        (("resources", 0, "params", "k"), Scalar("v", True)),
        (("tags",), None),
        (("params",), None),
        (("resources",), None),
        (("inline",), None),
    ],
)
def test_a_scalar_is_known_as_it_is_written(path: KeyPath, scalar: Scalar | None) -> None:
    assert SYNTAX.scalar(SITE, path) == scalar


@pytest.mark.parametrize(
    "path", [("missing",), ("title", "x"), ("tags", 2), ("tags", "x"), ("params", 0), ("resources", 2)]
)
def test_a_path_that_leads_nowhere_is_a_key_error(path: KeyPath) -> None:
    with pytest.raises(KeyError):
        SYNTAX.scalar(SITE, path)
    with pytest.raises(KeyError):
        list(SYNTAX.delete(SITE, path))
    with pytest.raises(KeyError):
        list(SYNTAX.set(SITE, (*path, "below"), 1))


@pytest.mark.parametrize("path", [("title", "x"), ("tags", "x"), ("tags", 5), ("params", 0), ("resources", "x")])
def test_nothing_is_added_where_it_cannot_stand(path: KeyPath) -> None:
    with pytest.raises(KeyError):
        list(SYNTAX.set(SITE, path, 1))


@every_document
def test_the_spans_are_those_of_the_values(matter: str) -> None:
    values = SYNTAX.parse(matter)
    for path in paths(values):
        value, scalar = at(values, path), SYNTAX.scalar(matter, path)
        assert (scalar is None) is isinstance(value, (dict, list))
        if scalar is not None and scalar.quoted:
            assert scalar.text == value
        elif scalar is not None:
            assert SYNTAX.parse(f"x = {scalar.text}")["x"] == value


FOR_HUGO = [
    'title = "A"\ntags = ["a", "b"]\n[params]\ncolor = "red"\n[params.deep]\nx = 1.5\n',
    'a = """x\r\ny"""\r\nb = \'\'\'\r\nq\r\nr\'\'\'\r\nc = """a\\\r\n   b"""\r\n',
    'a = {\n x = 1, # c\n y = [ { }, {z = "\\e\\x41",} ],\n}\n',
    "a = 10:11\nb = 2020-01-02 10:11\nc = 2020-01-02T10:11:12+02:00\nd = [2020-01-02]\n",
    "a = 0x1F\nb = 0o17\nc = 0b11\nd = 1_000\ne = 1e3\nf = -0.5\n",
    "[[r]]\nx.y = 1\n[[r]]\n[r.z]\n'q q' = '''\nx'''\n",
    SITE.replace("date = ", "day = ").replace("slug", "name").replace("resources", "files").replace("menu.", "other."),
]


def test_hugo_reads_the_same_values(tmp_path: Path) -> None:
    def as_json(value: Any) -> Any:
        return json.loads(json.dumps(value, default=lambda moment: moment.isoformat()))

    pages = [*FOR_HUGO, *(SYNTAX.write(SYNTAX.parse(matter)) for matter in FOR_HUGO)]
    (tmp_path / "content").mkdir()
    (tmp_path / "layouts").mkdir()
    (tmp_path / "hugo.toml").write_text('disableKinds = ["home", "section", "taxonomy", "term", "rss", "sitemap"]\n')
    (tmp_path / "layouts/single.html").write_text("{{ .Params | jsonify }}")
    for number, matter in enumerate(pages):
        (tmp_path / f"content/p{number}.md").write_bytes(f"+++\n{matter}+++\n".encode())
    subprocess.run([HUGO, "--source", str(tmp_path)], check=True, capture_output=True)
    for number, matter in enumerate(pages):
        hugos = json.loads((tmp_path / f"public/p{number}/index.html").read_text())
        ours = as_json(SYNTAX.parse(matter))
        ours.update(ours.pop("params", {}))
        assert {key: hugos.get(key) for key in ours} == ours


# Editing


@pytest.mark.parametrize(
    ("matter", "path", "value", "expected"),
    [
        ("a = 1 # c\n", ("a",), 2, "a = 2 # c\n"),
        ("a='x'\n", ("a",), "y", "a='y'\n"),
        ("a = 'x'\n", ("a",), "it's", 'a = "it\'s"\n'),
        ("a = 'x'\n", ("a",), "tab\tx", "a = 'tab\tx'\n"),
        ("a = '''x'''\n", ("a",), "p\n\\q", "a = '''\np\n\\q'''\n"),
        ('a = """x"""\n', ("a",), 'p\n"""\\', 'a = """\np\n\\"\\"\\"\\\\"""\n'),
        ('a = """x"""\r\n', ("a",), "p\nq", 'a = "p\\nq"\r\n'),
        ("a = 2020-01-02\n", ("a",), DateText("2021-01-02"), "a = 2021-01-02\n"),
        ('a = "2020-01-02"\n', ("a",), DateText("2020-01-02"), "a = 2020-01-02\n"),
        ("a = 2020-01-02\n", ("a",), "x", 'a = "x"\n'),
        ("a = 1\n", ("b",), "x", 'a = 1\nb = "x"\n'),
        ("a = 1", ("b",), 2, "a = 1\nb = 2"),
        ("a = 1\r\n", ("b",), 2, "a = 1\r\nb = 2\r\n"),
        ("a=1\n", ("b",), 2, "a=1\nb=2\n"),
        ("", ("b c",), 2, '"b c" = 2\n'),
        ("# note\n", ("b",), 2, "# note\nb = 2\n"),
        ("a = 1\n\n[t]\nx = 1\n", ("b",), 2, "a = 1\nb = 2\n\n[t]\nx = 1\n"),
        ("# t\n[t]\nx = 1\n", ("b",), 2, "b = 2\n\n# t\n[t]\nx = 1\n"),
        ("[t]\n  x = 1\n\n[u]\n", ("t", "y"), 2, "[t]\n  x = 1\n  y = 2\n\n[u]\n"),
        ("[t]\n\n[u]\n", ("t", "y"), 2, "[t]\ny = 2\n\n[u]\n"),
        ("[t]\nx = 1\n[t.u]\nz = 1\n", ("t", "y"), 2, "[t]\nx = 1\ny = 2\n[t.u]\nz = 1\n"),
        ("[t.u]\nz = 1\n", ("t", "y"), 2, "[t]\ny = 2\n\n[t.u]\nz = 1\n"),
        ("t.u = 1\nv = 1\n", ("t", "y"), 2, "t.u = 1\nt.y = 2\nv = 1\n"),
        ("t = { u = 1 }\n", ("t", "y"), 2, "t = { u = 1, y = 2 }\n"),
        ("t = {}\n", ("t", "y"), 2, "t = { y = 2 }\n"),
        ("a = 1\n", ("t",), {"x": 1}, "a = 1\n\n[t]\nx = 1\n"),
        ("[t]\nx = 1\n\n[v]\n", ("t", "u"), {"y": 1}, "[t]\nx = 1\n\n[t.u]\ny = 1\n\n[v]\n"),
        ("[[r]]\nx = 1\n", ("r", 1), {"x": 2}, "[[r]]\nx = 1\n\n[[r]]\nx = 2\n"),
        ("[[r]]\nx = 1\n\n[[r]]\nx = 2\n", ("r", 0, "y"), 3, "[[r]]\nx = 1\ny = 3\n\n[[r]]\nx = 2\n"),
        ('a = ["x"]\n', ("a", 1), "y", 'a = ["x", "y"]\n'),
        ("a = []\n", ("a", 0), "y", 'a = ["y"]\n'),
        ('a = [\n  "x", # c\n]\n', ("a", 1), "y", 'a = [\n  "x", # c\n  "y",\n]\n'),
        ('a = [\n  "x" # c\n]\n', ("a", 1), "y", 'a = [\n  "x", # c\n  "y"\n]\n'),
        ('a = [\n  "x", # x\n  "y", # y\n]\n', ("a",), ["x", "z", "y"], 'a = [\n  "x", # x\n  "z",\n  "y", # y\n]\n'),
        ('a = [\n  "x", # x\n  "y", # y\n]\n', ("a",), ["y"], 'a = [\n  "y", # y\n]\n'),
        ("[t] # c\nx = 1 # x\ny = 2\n", ("t",), {"x": 1, "z": 3}, "[t] # c\nx = 1 # x\nz = 3\n"),
        ("[t]\nx = 1\n\n[u]\n", ("t",), {"y": 1}, "[t]\ny = 1\n\n[u]\n"),
        ("t = { a = 1, b = 2, c = 3 }\n", ("t",), {"b": 2}, "t = { b = 2 }\n"),
    ],
)
def test_an_edit_changes_its_span_only(matter: str, path: KeyPath, value: Any, expected: str) -> None:
    assert next(SYNTAX.set(matter, path, value)) == expected


@every_document
def test_setting_the_value_that_is_there_changes_nothing(matter: str) -> None:
    values = SYNTAX.parse(matter)
    for path in paths(values):
        assert next(SYNTAX.set(matter, path, deepcopy(at(values, path)))) == matter


@every_document
def test_every_value_can_be_set(matter: str) -> None:
    values = SYNTAX.parse(matter)
    for path in paths(values):
        for value in VALUES:
            new = first_right(SYNTAX.set(matter, path, value), put(values, path, value))
            was_scalar = SYNTAX.scalar(matter, path) is not None and "\n" not in str(at(values, path))
            if was_scalar and not isinstance(value, (dict, list)):
                assert changed_lines(matter, new) <= 1


@every_document
def test_a_key_can_be_added_to_every_map_and_an_item_to_every_list(matter: str) -> None:
    values = SYNTAX.parse(matter)
    for path in [(), *paths(values)]:
        parent = at(values, path)
        if not isinstance(parent, (dict, list)):
            continue
        key: str | int = len(parent) if isinstance(parent, list) else "new key"
        for value in VALUES:
            new = first_right(SYNTAX.set(matter, (*path, key), value), put(values, (*path, key), value))
            if path == ():
                assert changed_lines(matter, new) <= (0 if matter.endswith("\n") else 1)


@every_document
def test_every_key_and_item_can_be_deleted(matter: str) -> None:
    values = SYNTAX.parse(matter)
    for path in paths(values):
        first_right(SYNTAX.delete(matter, path), without(values, path))


@every_document
def test_every_key_can_be_renamed_at_its_place(matter: str) -> None:
    values = SYNTAX.parse(matter)
    for path in paths(values):
        if isinstance(path[-1], int):
            with pytest.raises(KeyError):
                list(SYNTAX.rename(matter, path, "new"))
            continue
        expected = deepcopy(values)
        parent = at(expected, path[:-1])
        renamed = {"new name" if key == path[-1] else key: value for key, value in parent.items()}
        parent.clear()
        parent.update(renamed)
        [new] = SYNTAX.rename(matter, path, "new name")
        assert json.dumps(SYNTAX.parse(new), default=str) == json.dumps(expected, default=str)


@every_document
def test_a_move_gives_the_order_or_nothing(matter: str) -> None:
    values = SYNTAX.parse(matter)
    for key, before, order in moves(values):
        for new in SYNTAX.move(matter, key, before):
            assert list(SYNTAX.parse(new)) == order
            assert SYNTAX.parse(new) == values
            assert sorted(filter(None, new.split())) == sorted(filter(None, matter.split()))


@pytest.mark.parametrize(
    ("matter", "path", "expected"),
    [
        ("# c\na = 1 # d\nb = 2\n", ("a",), "b = 2\n"),
        ("# c\n\na = 1\n", ("a",), "# c\n\n"),
        ("a = 1\n\n# t\n[t]\nx = 1\n", ("t",), "a = 1\n"),
        ("a = 1\n\n[t]\nx = 1\n\n[u]\n\n[t.v]\ny = 1\n", ("t",), "a = 1\n\n[u]\n"),
        ("[t]\nx = 1\n", ("t", "x"), "[t]\n"),
        ("[t.u]\nx = 1\n", ("t", "u"), "[t]\n"),
        ("t.u = 1\n", ("t", "u"), "t = {}\n"),
        ("[[r]]\nx = 1\n\n[[r]]\nx = 2\n", ("r", 0), "[[r]]\nx = 2\n"),
        ("[[r]]\nx = 1\n", ("r", 0), "r = []\n\n"),
        ('a = ["x", "y", "z"]\n', ("a", 0), 'a = ["y", "z"]\n'),
        ('a = ["x", "y", "z"]\n', ("a", 2), 'a = ["x", "y"]\n'),
        ('a = ["x"]\n', ("a", 0), "a = []\n"),
        ('a = [\n  # x\n  "x", # x\n  "y", # y\n]\n', ("a", 0), 'a = [\n  "y", # y\n]\n'),
        ('a = [\n  "x", # x\n  "y" # y\n]\n', ("a", 1), 'a = [\n  "x", # x\n]\n'),
        ("t = { a = 1, b = 2 }\n", ("t", "b"), "t = { a = 1 }\n"),
    ],
)
def test_a_deletion_takes_the_lines_and_comments_that_belong_to_it(matter: str, path: KeyPath, expected: str) -> None:
    assert next(SYNTAX.delete(matter, path)) == expected


@pytest.mark.parametrize(
    ("matter", "path", "expected"),
    [
        ("a = 1\n", ("a",), "new-key = 1\n"),
        ("'a' = 1\n", ("a",), "'new-key' = 1\n"),
        ("[t]\n[t.u]\n[x.t]\n", ("t",), "[new-key]\n[new-key.u]\n[x.t]\n"),
        ("[[t]]\n[[t]]\n[t.u]\n", ("t",), "[[new-key]]\n[[new-key]]\n[new-key.u]\n"),
        ("t.u = 1\nt.v = 2\n", ("t",), "new-key.u = 1\nnew-key.v = 2\n"),
        ("[t]\nu = { v = 1 }\n", ("t", "u", "v"), "[t]\nu = { new-key = 1 }\n"),
    ],
)
def test_a_key_is_renamed_wherever_it_is_written(matter: str, path: KeyPath, expected: str) -> None:
    assert list(SYNTAX.rename(matter, path, "new-key")) == [expected]


@pytest.mark.parametrize(
    ("key", "before", "expected"),
    [
        ("b", "a", ["# b\nb = 2\na = 1 # a\n\n# t\n[t]\nx = 1\n\n[u]\ny = 1\n"]),
        ("a", "t", ["# b\nb = 2\na = 1 # a\n\n# t\n[t]\nx = 1\n\n[u]\ny = 1\n"]),
        ("u", "t", ["a = 1 # a\n# b\nb = 2\n\n[u]\ny = 1\n\n# t\n[t]\nx = 1\n"]),
        ("t", None, ["a = 1 # a\n# b\nb = 2\n\n[u]\ny = 1\n\n# t\n[t]\nx = 1\n"]),
        ("a", None, []),
        ("a", "u", []),
        ("t", "a", []),
    ],
)
def test_whole_entries_move_with_their_comments(key: str, before: str | None, expected: list[str]) -> None:
    matter = "a = 1 # a\n# b\nb = 2\n\n# t\n[t]\nx = 1\n\n[u]\ny = 1\n"
    assert list(SYNTAX.move(matter, key, before)) == expected


def test_notes_know_each_comment_once() -> None:
    notes = SYNTAX.notes(SITE)
    assert notes["title",] == Note(("top comment", None, "about the title"), "beside")
    assert notes["weight",].above == (None, "weights")
    assert notes["categories", 0].beside == "first"
    assert notes["categories", 1].above == ("about two",)
    assert notes["params",] == Note((), "beside the table")
    assert notes["params", "color"].above == ("indented comment",)
    assert notes["resources",].above == ("resources",)
    assert notes[()].after[-1] == "the end"
    # Every `#` of the text but one, which stands in a string, begins a comment.
    assert sum(note.comments for note in notes.values()) == SITE.count("#") - 1
    assert list(SYNTAX.spans(SITE)) == list(SYNTAX.parse(SITE))


@pytest.mark.parametrize(
    ("matter", "span", "notes"),
    [
        ("a = 1 # c\n", (0, 10), {("a",): Note((), "c")}),
        ("# x\n#y\na = 1\n", (0, 13), {("a",): Note(("x", "y"))}),
        ("a = [ # c\n 1 # d\n] # e\n", (0, 23), {("a",): Note((), "c", ("e",)), ("a", 0): Note((), "d")}),
        ("a = [\n 1 # d\n # f\n]\n", (0, 20), {("a", 0): Note((), "d"), ("a",): Note(after=("f",))}),
        ("[a] # c\nx = 1\n", (0, 14), {("a",): Note((), "c")}),
        ("\na = '#'\n", (1, 9), {("a",): Note((None,))}),
        ("a = [1, 2] # c\n", (0, 15), {("a",): Note((), "c")}),
        (
            "# l\n[[a]]\n# one\nx = 1\n\n# two\n[[a]]\nx = 2\n",
            (0, 41),
            {("a",): Note(("l",)), ("a", 0, "x"): Note(("one",)), ("a", 1): Note(("two",))},
        ),
    ],
)
def test_a_note_belongs_to_its_key(matter: str, span: tuple[int, int], notes: Notes) -> None:
    assert SYNTAX.spans(matter) == {"a": span}
    assert SYNTAX.notes(matter) == notes


# Writing


def test_new_text_looks_as_a_person_would_write_it() -> None:
    values = {
        "title": 'Say "hi"',
        "params": {"color": "red", "deep": {"x": 1}},
        "date": DateText("2020-01-02T03:04:05+02:00"),
        "draft": False,
        "tags": ["a", "b"],
        "long": ["a" * 40, "b" * 40, "c" * 40],
        "text": "one\ntwo\n",
        "menus": {"main": {"weight": 1}},
        "resources": [{"src": "a.png"}, {"src": "b.png", "params": {"k": 1}}],
        "mixed": [1, {"a": [1]}],
    }
    assert SYNTAX.write(values) == (
        'title = "Say \\"hi\\""\ndate = 2020-01-02T03:04:05+02:00\ndraft = false\ntags = ["a", "b"]\nlong = [\n'
        f'  "{"a" * 40}",\n  "{"b" * 40}",\n  "{"c" * 40}",\n]\n'
        'text = """\none\ntwo\n"""\nmixed = [1, { a = [1] }]\n\n'
        '[params]\ncolor = "red"\n\n[params.deep]\nx = 1\n\n[menus.main]\nweight = 1\n\n'
        '[[resources]]\nsrc = "a.png"\n\n[[resources]]\nsrc = "b.png"\n\n[resources.params]\nk = 1\n'
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC), "2020-01-02T03:04:05Z"),
        (datetime(2020, 1, 2, 3, 4, 5, 120000), "2020-01-02T03:04:05.120000"),
        (date(2020, 1, 2), "2020-01-02"),
        (time(3, 4), "03:04:00"),
        (1e22, "1e+22"),
        (float("-inf"), "-inf"),
        ("a\x7f\r\n\0", '"a\\u007f\\r\\n\\u0000"'),
        ("C:\\dir", '"C:\\\\dir"'),
        ("", '""'),
        ((1, 2), "[1, 2]"),
    ],
)
def test_a_value_is_written_as(value: Any, text: str) -> None:
    assert SYNTAX.write({"a": value}) == f"a = {text}\n"


@pytest.mark.parametrize(
    "value",
    [
        None,
        [None],
        {"a": None},
        2**63,
        -(2**63) - 1,
        b"x",
        {1: 2},
        "\ud800",
        {"\udc00": 1},
        time(1, 2, tzinfo=UTC),
        datetime(2020, 1, 2, tzinfo=timezone(timedelta(seconds=1))),
    ],
    ids=repr,
)
def test_what_toml_cannot_hold_is_an_error(value: Any) -> None:
    with pytest.raises(FrontMatterError):
        SYNTAX.write({"a": value})


def test_deep_values_are_an_error_not_a_crash() -> None:
    deep: Any = []
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(FrontMatterError):
        SYNTAX.write({"a": deep})
    with pytest.raises(FrontMatterError):
        list(SYNTAX.set("a = 1\n", ("a",), deep))


def test_the_spans_of_deep_values_need_no_depth() -> None:
    matter = "a = " + "[" * 5000 + "]" * 5000 + "\nb = 1\n"
    assert SYNTAX.scalar(matter, ("b",)) == Scalar("1", False)
    assert SYNTAX.scalar(matter, ("a", *[0] * 4000)) is None


def test_comments_are_written_where_they_belong() -> None:
    notes: Notes = {
        ("title",): Note(("above", ""), "beside"),
        ("tags",): Note((None,), "tags"),
        ("long",): Note((), "long"),
        ("text",): Note((), "text"),
        ("params",): Note((None, "bad \x00"), "params"),
        ("only",): Note((), "kept"),
        (): Note(after=("after",)),
    }
    values = {
        "title": "x",
        "tags": ["a"],
        "long": ["a" * 99, "b"],
        "text": "a\nb",
        "params": {"x": 1},
        "only": {"sub": {"y": 1}},
    }
    text = SYNTAX.write(values, notes)
    assert text == (
        '# above\n#\ntitle = "x" # beside\n\ntags = ["a"] # tags\n'
        f'long = [ # long\n  "{"a" * 99}",\n  "b",\n]\n# text\ntext = """\na\nb"""\n\n'
        "# bad \ufffd\n[params] # params\nx = 1\n\n[only] # kept\n\n[only.sub]\ny = 1\n# after\n"
    )
    assert tomllib.loads(text) == values


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.text(
    "ab'\"\\\n\r\t#[]{}=,. \x7f\x85", max_size=8
)
KEYS = st.text("ab_-", min_size=1, max_size=3) | TEXT
SCALARS = (
    TEXT
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.dates()
    | st.datetimes()
    | st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-3, minutes=-30))]))
    | st.times()
)
TREES = st.dictionaries(
    KEYS,
    st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
        max_leaves=12,
    ),
    max_size=6,
)


@given(TREES)
def test_what_is_written_reads_back_equal(values: dict[str, Any]) -> None:
    text = SYNTAX.write(values)
    assert tomllib.loads(text) == values
    assert SYNTAX.parse(text) == values
    assert text == "" or text.endswith("\n")


@settings(deadline=None)
@given(TREES, SCALARS | TREES, st.data(), st.booleans())
def test_any_edit_of_any_document_is_right(values: dict[str, Any], value: Any, data: st.DataObject, crlf: bool) -> None:
    matter = SYNTAX.write(values).replace("\n", "\r\n") if crlf else SYNTAX.write(values)
    values = SYNTAX.parse(matter)
    found = list(paths(values))
    maps = [(), *(path for path in found if isinstance(at(values, path), dict))]
    added = (*data.draw(st.sampled_from(maps)), "added key")
    first_right(SYNTAX.set(matter, added, value), put(values, added, value))
    if found:
        path = data.draw(st.sampled_from(found))
        first_right(SYNTAX.set(matter, path, value), put(values, path, value))
        first_right(SYNTAX.delete(matter, path), without(values, path))
