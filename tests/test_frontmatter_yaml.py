"""YAML front matter: values as each program reads them, edits at spans, new text that every program reads."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hugoconv.errors import EditError, FrontMatterError
from hugoconv.frontmatter.dates import DateText
from hugoconv.frontmatter.dialects import HUGO, JEKYLL
from hugoconv.frontmatter.document import FrontMatter
from hugoconv.frontmatter.syntax import Note
from hugoconv.frontmatter.values import same
from hugoconv.frontmatter.yaml import GOCCY, SAFEYAML, SYNTAX
from hugoconv.frontmatter.yaml.crossing import crossed
from hugoconv.frontmatter.yaml.scalars import resolve
from hugoconv.frontmatter.yaml.writer import flow_text

EASTERN = timezone(timedelta(hours=-4))

SCALARS: dict[str, tuple[Any, Any]] = {
    "true": (True, True),
    "TRUE": (True, True),
    "yes": ("yes", True),
    "Off": ("Off", False),
    "y": ("y", "y"),
    "~": (None, None),
    "null": (None, None),
    "0x1f": (31, 31),
    "0123": (83, 83),
    "0o17": (15, "0o17"),
    "08": ("08", "08"),
    "1_000": (1000, 1000),
    "1,000": ("1,000", 1000),
    "+012": (10, "+012"),
    "0b11": (3, 3),
    "1.10": (1.1, 1.1),
    "1.": (1.0, "1."),
    ".5": (0.5, 0.5),
    "1e3": ("1e3", "1e3"),
    "1.5e3": (1500.0, "1.5e3"),
    "1.5e+3": (1500.0, 1500.0),
    "12:30": ("12:30", 750.0),
    "01:30": ("01:30", 90.0),
    ".inf": (math.inf, math.inf),
    "-.inf": (-math.inf, -math.inf),
    "12345678901234567890": (12345678901234567890, 12345678901234567890),
    "123456789012345678901": ("123456789012345678901", 123456789012345678901),
    "2020-01-02": ("2020-01-02", date(2020, 1, 2)),
    "2020-02-30": ("2020-02-30", "2020-02-30"),
    "2014-03-12 10:11:00": ("2014-03-12 10:11:00", datetime(2014, 3, 12, 10, 11, tzinfo=UTC)),
    "2014-03-12 10:11:00 -0400": ("2014-03-12 10:11:00 -0400", datetime(2014, 3, 12, 10, 11, tzinfo=EASTERN)),
    "2014-03-12 10:11": ("2014-03-12 10:11", "2014-03-12 10:11"),
    ":sym": (":sym", ":sym"),
    "=": ("=", "="),
}


@pytest.mark.parametrize("text", SCALARS)
def test_plain_scalars_have_the_type_their_program_gives_them(text: str) -> None:
    hugo, jekyll = SCALARS[text]
    assert same(resolve(text, GOCCY), hugo)
    assert same(resolve(text, SAFEYAML), jekyll)


VALUES: dict[str, tuple[str, dict[str, Any]]] = {
    "unknown tags are ignored": ("a: !custom x\n", {"a": "x"}),
    "a string tag keeps a number a text": ("a: !!str 12\n", {"a": "12"}),
    "binary": ("a: !!binary aGk=\n", {"a": b"hi"}),
    "keys are text": ("1: a\ntrue: b\n", {"1": "a", "true": "b"}),
    "merge keys": ("b: &b {x: 1}\nc:\n  <<: *b\n  y: 2\n", {"b": {"x": 1}, "c": {"x": 1, "y": 2}}),
    "only the first document": ("a: 1\n---\nb: 2\n", {"a": 1}),
    "characters that libyaml refuses": ("a: x\x7f\x85y\u2028z\n", {"a": "x\x7f\x85y\u2028z"}),
    "a tab after a list item": ("a:\n  - b\t\n", {"a": ["b"]}),
    "comments only": ("# nothing\n", {}),
    "folded plain scalar": ("a: one\n  two\n", {"a": "one two"}),
}


@pytest.mark.parametrize(("matter", "expected"), VALUES.values(), ids=VALUES)
def test_values(matter: str, expected: dict[str, Any]) -> None:
    assert same(SYNTAX.parse(matter, GOCCY), expected)


@pytest.mark.parametrize(
    ("matter", "line"),
    [("a: 1\nb: [\n", 3), ("a: 1\na: 2\n", 2), ("- a\n", 1), ("just text\n", 1), ("a: b: c\n", 1), ("a: \x01\n", 1)],
    ids=["unclosed", "repeated key", "list", "text", "two colons", "control character"],
)
def test_what_hugo_refuses_is_an_error_with_its_line(matter: str, line: int) -> None:
    with pytest.raises(FrontMatterError) as caught:
        SYNTAX.parse(matter, GOCCY)
    assert caught.value.line == line


def test_jekyll_takes_the_last_of_a_repeated_key() -> None:
    assert SYNTAX.parse("a: 1\na: 2\n", SAFEYAML) == {"a": 2}


def test_deep_nesting_is_an_error_and_not_a_crash() -> None:
    with pytest.raises(FrontMatterError):
        SYNTAX.parse("a: " + "[" * 20_000, GOCCY)


SEED = """# about this post
title: "It's"   # beside
description: a plain scalar that
  is folded over two lines
tags:  # why
- a
- b   # in the list
- c

# above the text
text: |
  one
  two

base: &x {p: 1, q: [2]}
copy: *x
speakers:
  - name: A
    role: host
params:
  # inner
  i: 1 # b
  j: 'two'
date: 2024-03-18T13:51:17.930Z
"""

EDITS: dict[str, tuple[str, tuple[Any, ...], list[str]]] = {
    "a quoted text keeps its quotes": (
        "set",
        ("title", "New"),
        ['-title: "It\'s"   # beside', '+title: "New"   # beside'],
    ),
    "a text in single quotes keeps them": ("set", (("params", "j"), "x"), ["-  j: 'two'", "+  j: 'x'"]),
    "a folded text becomes one line": (
        "set",
        ("description", "short"),
        ["-description: a plain scalar that", "-  is folded over two lines", "+description: short"],
    ),
    "list items that stay keep their lines": ("set", ("tags", ["a", "c", "d"]), ["-- b   # in the list", "+- d"]),
    "a list that becomes a text": (
        "set",
        ("tags", "x"),
        ["-tags:  # why", "-- a", "-- b   # in the list", "-- c", "+tags: x  # why"],
    ),
    "a literal block": ("set", ("text", "1\n2\n"), ["-  one", "-  two", "+  1", "+  2"]),
    "an anchor that others refer to is expanded first": (
        "set",
        ("base", 5),
        ["-base: &x {p: 1, q: [2]}", "-copy: *x", "+base: 5", "+copy: { p: 1, q: [2] }"],
    ),
    "an alias": ("set", ("copy", 1), ["-copy: *x", "+copy: 1"]),
    "inside a flow map": ("set", (("base", "p"), 9), ["-base: &x {p: 1, q: [2]}", "+base: &x {p: 9, q: [2]}"]),
    "a new key in a map": ("set", (("params", "k"), "v"), ["+  k: v"]),
    "a new key of the whole": ("set", ("new", True), ["+new: true"]),
    "a new list in the style of the others": ("set", ("new", ["a"]), ["+new:", "+- a"]),
    "a new map on the way": ("set", (("x", "y"), 1), ["+x:", "+  y: 1"]),
    "a new list item": ("set", (("tags", 3), "d"), ["+- d"]),
    "a list item": ("set", (("tags", 1), "B"), ["-- b   # in the list", "+- B   # in the list"]),
    "deleting takes the comment above along": (
        "delete",
        ("text",),
        ["-# above the text", "-text: |", "-  one", "-  two"],
    ),
    "deleting the first key of a map in a list": (
        "delete",
        (("speakers", 0, "name"),),
        ["-  - name: A", "-    role: host", "+  - role: host"],
    ),
    "deleting the last item of a list": (
        "delete",
        (("speakers", 0),),
        ["-speakers:", "-  - name: A", "-    role: host", "+speakers: []"],
    ),
    "deleting in a flow map": ("delete", (("base", "p"),), ["-base: &x {p: 1, q: [2]}", "+base: &x {q: [2]}"]),
    "renaming": ("rename", ("text", "body"), ["-text: |", "+body: |"]),
    "renaming inside a map": ("rename", (("params", "i"), "k"), ["-  i: 1 # b", "+  k: 1 # b"]),
}


def changed_lines(before: str, after: str) -> list[str]:
    import difflib

    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line[0] + line[2:] for line in lines if line[0] in "+-"]


@pytest.mark.parametrize(("verb", "arguments", "expected"), EDITS.values(), ids=EDITS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_an_edit_changes_its_own_lines_only(
    verb: str, arguments: tuple[Any, ...], expected: list[str], newline: str
) -> None:
    matter = SEED.replace("\n", newline)
    front_matter = FrontMatter(matter, "yaml", dialect=HUGO)
    getattr(front_matter, verb)(*arguments)
    assert sorted(changed_lines(matter, front_matter.matter)) == sorted(expected)
    assert front_matter.matter.count("\n") == front_matter.matter.count(newline)


def test_moving_a_key_takes_its_comment_along() -> None:
    front_matter = FrontMatter("a: 1\n# why\nb: 2 # beside\nc: 3\n", "yaml")
    front_matter.move("b", before="a")
    assert front_matter.matter == "# why\nb: 2 # beside\na: 1\nc: 3\n"
    front_matter.move("b")
    assert front_matter.matter == "a: 1\nc: 3\n# why\nb: 2 # beside\n"


NO_CHANGE: list[tuple[str, Any]] = [
    ("title", "It's"),
    ("tags", ["a", "b", "c"]),
    ("text", "one\ntwo\n"),
    ("copy", {"p": 1, "q": [2]}),
    ("date", "2024-03-18T13:51:17.930Z"),
]


@pytest.mark.parametrize(("key", "value"), NO_CHANGE, ids=[key for key, _ in NO_CHANGE])
def test_setting_what_is_there_changes_nothing(key: str, value: Any) -> None:
    front_matter = FrontMatter(SEED, "yaml")
    front_matter[key] = value
    assert front_matter.matter == SEED
    assert not front_matter.edited


def test_editing_empty_front_matter_writes_its_first_line() -> None:
    front_matter = FrontMatter("", "yaml", newline="\r\n")
    front_matter["title"] = "x"
    assert front_matter.matter == "title: x\r\n"


def test_deleting_a_merged_key_writes_the_others_out() -> None:
    front_matter = FrontMatter("base: &b {p: 1, q: 2}\nc:\n  <<: *b\n  r: 3\n", "yaml")
    front_matter.delete(("c", "p"))
    assert front_matter.get_path(("c",)) == {"q": 2, "r": 3}
    assert front_matter["base"] == {"p": 1, "q": 2}


def test_renaming_to_a_key_that_is_there_is_refused() -> None:
    front_matter = FrontMatter("a: 1\nb: 2\n", "yaml")
    with pytest.raises(EditError):
        front_matter.rename("a", "b")
    assert front_matter.matter == "a: 1\nb: 2\n"


def test_a_missing_key_is_a_key_error() -> None:
    front_matter = FrontMatter("a: 1\n", "yaml")
    with pytest.raises(KeyError):
        front_matter.delete("b")
    with pytest.raises(KeyError):
        front_matter.rename("b", "c")


def test_a_date_is_written_bare_in_both_dialects() -> None:
    for dialect in (HUGO, JEKYLL):
        front_matter = FrontMatter("a: 1\n", "yaml", dialect=dialect)
        front_matter["date"] = DateText("2020-01-02T03:04:05+01:00")
        assert front_matter.matter == "a: 1\ndate: 2020-01-02T03:04:05+01:00\n"


def test_notes_belong_to_the_key_that_follows() -> None:
    notes = SYNTAX.notes(SEED)
    assert notes["title",].above == ("about this post",)
    assert notes["title",].beside == "beside"
    assert notes["tags",].beside == "why"
    assert notes["text",].above == (None, "above the text")
    assert sum(note.comments for note in notes.values()) == SEED.count("# ")
    assert SYNTAX.notes("a: 1\n# end\n") == {(): Note(after=("end",))}


CROSSINGS: dict[str, tuple[str, str, list[str]]] = {
    "yes": ("a: yes\n", "a: true\n", []),
    "off in a list": ("a: [Off, x]\n", "a: [false, x]\n", []),
    "base sixty keeps its text": ("a: 12:30  # noon\n", 'a: "12:30"  # noon\n', ["text kept"]),
    "commas keep their text": ("a: 1,000\n", 'a: "1,000"\n', ["text kept"]),
    "what hugo alone reads as a number": ("a: 0o17\nb: 1.5e3\n", 'a: "0o17"\nb: "1.5e3"\n', []),
    "a repeated key": ("a: 1\nb: 2\na: 3\n", "b: 2\na: 3\n", ["key dropped"]),
}
CROSSINGS_NO_CHANGE = [
    "a: true\n",
    "a: 'yes'\n",
    "date: 2020-01-02 10:11:12 -0400\n",
    "a: 1.10\n",
    "# c\na: x # d\n",
    "a: y\n",
]


@pytest.mark.parametrize(("matter", "expected", "kinds"), CROSSINGS.values(), ids=CROSSINGS)
def test_crossing_rewrites_what_the_other_program_would_read_differently(
    matter: str, expected: str, kinds: list[str]
) -> None:
    text, remarks = crossed(matter, SAFEYAML, GOCCY)
    assert text == expected
    assert [remark.kind for remark in remarks] == kinds


@pytest.mark.parametrize("matter", CROSSINGS_NO_CHANGE)
def test_crossing_leaves_alone_what_both_read_alike(matter: str) -> None:
    assert crossed(matter, SAFEYAML, GOCCY) == (matter, [])


_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20) | st.sampled_from(
    [
        "yes",
        "- a",
        "a: b",
        "x #y",
        "12:30",
        "1,000",
        "a\nb\n",
        "\n",
        "a\n\n",
        " a\nb",
        "a\r\nb",
        "---",
        "...",
        "'",
        '"',
        "&a",
        "*a",
        "!x",
        "%",
        "@",
        "`",
        "{a",
        "[a",
        "?",
        "a:",
        "-",
        "#",
        "2020-01-01",
        "~",
        "null",
        "0o17",
        "=",
        "<<",
        "\ta",
        "1.5e3",
    ]
)
_LEAVES = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False) | _TEXTS
_VALUES = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3), max_leaves=10
)
_MAPS = st.dictionaries(_TEXTS, _VALUES, max_size=5)


@settings(max_examples=200, deadline=None)
@given(_MAPS)
def test_what_is_written_reads_the_same_in_every_dialect(values: dict[str, Any]) -> None:
    for rules in (GOCCY, SAFEYAML):
        assert same(SYNTAX.parse(SYNTAX.write(values), rules), values)
        assert same(SYNTAX.parse(f"k: {flow_text(values)}\n", rules), {"k": values})


@settings(max_examples=150, deadline=None)
@given(_MAPS.filter(bool), _VALUES, st.data())
def test_edits_of_any_text_leave_every_other_key_alone(values: dict[str, Any], new: Any, data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(sorted(values)))
    front_matter = FrontMatter(SYNTAX.write(values), "yaml")
    front_matter[key] = new
    assert same(dict(front_matter), values | {key: new})
    del front_matter[key]
    assert same(dict(front_matter), {name: value for name, value in values.items() if name != key})
