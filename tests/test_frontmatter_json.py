"""JSON front matter: values, spans, edits and new text."""

from __future__ import annotations

import json
import math
import subprocess
from copy import deepcopy
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nested_values import at, changed_lines, moves, paths, put, without
from programs import HUGO

from hugoconv.errors import FrontMatterError
from hugoconv.frontmatter.dates import DateText
from hugoconv.frontmatter.json import SYNTAX
from hugoconv.frontmatter.syntax import KeyPath, Scalar

SITE = """\
{
  "title": "A \\"b\\" \\u00e9",
  "date" : "2020-01-02T03:04:05+02:00",

  "tags": ["a", "b"],
  "categories": [
    "one",
    "two"
  ],
  "weight": 3, "ratio": 1.5e3,
  "draft": false,
  "nothing": null,
  "params": {
    "deep": { "x": 1, "y": [ 1, [2] ] },
    "empty": {},
    "none": []
  },
  "resources": [
    {
      "src": "a.png"
    },
    { "src": "b.png" }
  ]
}
"""
DOCUMENTS = {
    "site": SITE,
    "one line": '{"title":"x","tags":["a","b"],"p":{"k":{"z":null}},"n":1}',
    "spaced line": '{ "title" : "x" , "tags" : [ "a" , "b" ] }',
    "tabs": '{\n\t"title": "x",\n\t"tags": [\n\t\t"a"\n\t],\n\t"p": {\n\t\t"q": {}\n\t}\n}',
    "crlf": '{\r\n    "title": "x",\r\n    "tags": [\r\n        "a",\r\n        "b"\r\n    ]\r\n}\r\n',
    "commas first": '{ "a": 1\n, "b": [1\n,2]\n, "c": {"d": 2}\n}\n',
    "brace after brace": '{"a": [{\n  "b": 1\n}, {\n  "b": 2\n}]}',
    "empty": "{}",
    "empty lines": "{\n\n}\n",
}
VALUES: tuple[Any, ...] = (
    "new",
    "",
    42,
    1.0,
    True,
    None,
    ["a", "b"],
    [],
    {},
    {"k": "v"},
    [{"x": {"y": [1]}}, {"x": 2}],
)


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal in value, type and order of keys."""
    return repr(one) == repr(other)


every_document = pytest.mark.parametrize("matter", DOCUMENTS.values(), ids=DOCUMENTS)


# Reading


@pytest.mark.parametrize(
    ("matter", "values"),
    [
        ("{}", {}),
        (' \r\n\t{ "a" : 1 }\n ', {"a": 1}),
        ('{"a": 1, "b": 2, "a": 3}', {"a": 3, "b": 2}),
        ('{"a": {"x": 1}, "a": {"y": 2}}', {"a": {"y": 2}}),
        ('{"a": 18446744073709551615, "b": -9223372036854775808}', {"a": 2**64 - 1, "b": -(2**63)}),
        ('{"a": 18446744073709551616}', {"a": 2.0**64}),
        ('{"a": 1' + "0" * 300 + "}", {"a": 1e300}),
        ('{"a": "\\ud800x\\ud83d\\ude00"}', {"a": "\ufffdx\U0001f600"}),
        ('{"a": "\\udc00\\ud83d\\ude00\\ud800\\ud800"}', {"a": "\ufffd\U0001f600\ufffd\ufffd"}),
        ('{"a": "\\\\ud800 \\u0041"}', {"a": "\\ud800 A"}),
        ('{"a": "\x7f\u2028\x85"}', {"a": "\x7f\u2028\x85"}),
        ('{"A": 1, "a": 2}', {"A": 1, "a": 2}),
    ],
)
def test_values_are_hugos(matter: str, values: dict[str, Any]) -> None:
    assert same(SYNTAX.parse(matter), values)


@pytest.mark.parametrize(
    ("matter", "line", "column"),
    [
        ("", 1, 1),
        ("[1]", 1, 1),
        ('{"a": 1,\n}', 2, 1),
        ('{"a": 1} x', 1, 10),
        ('{\n"a": 01}', 2, 7),
        ('{"a": "x\ty"}', 1, 9),
        ('{"a": NaN}', 0, 0),
        ('{"a": -Infinity}', 0, 0),
        ('{"a": 1e400}', 0, 0),
        ('{"a": 1' + "0" * 5000 + "}", 0, 0),
        ('{"a": ' + "[" * 100_000 + "]" * 100_000 + "}", 0, 0),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else None,
)
def test_what_hugo_cannot_read_is_an_error_with_its_place(matter: str, line: int, column: int) -> None:
    with pytest.raises(FrontMatterError) as caught:
        SYNTAX.parse(matter)
    if line:
        assert caught.value.line == line
        assert abs(caught.value.column - column) <= 1  # Python 3.13 points at a trailing comma itself.


@pytest.mark.parametrize(
    ("path", "scalar"),
    [
        (("title",), Scalar('A "b" \u00e9', True)),
        (("ratio",), Scalar("1.5e3", False)),
        (("nothing",), Scalar("null", False)),
        (("params", "deep", "y", 1, 0), Scalar("2", False)),
        (("resources", 1, "src"), Scalar("b.png", True)),
        (("tags",), None),
        (("params",), None),
    ],
)
def test_a_scalar_is_known_as_it_is_written(path: KeyPath, scalar: Scalar | None) -> None:
    assert SYNTAX.scalar(SITE, path) == scalar


@pytest.mark.parametrize(
    "path", [("missing",), ("title", "x"), ("tags", 2), ("tags", -1), ("tags", "x"), ("params", 0)]
)
def test_a_path_that_leads_nowhere_is_a_key_error(path: KeyPath) -> None:
    for verb in (lambda: SYNTAX.scalar(SITE, path), lambda: list(SYNTAX.delete(SITE, path))):
        with pytest.raises(KeyError):
            verb()
    with pytest.raises(KeyError):
        list(SYNTAX.set(SITE, (*path, "below"), 1))
    with pytest.raises(KeyError):
        list(SYNTAX.rename(SITE, path, "new"))


@pytest.mark.parametrize("path", [("title", "x"), ("tags", "x"), ("tags", 5), ("params", 0)])
def test_nothing_is_added_where_it_cannot_stand(path: KeyPath) -> None:
    with pytest.raises(KeyError):
        list(SYNTAX.set(SITE, path, 1))


FOR_HUGO = [
    '{"a": 1, "b": 2, "a": 3}',
    '{"a": {"x": 1}, "a": {"y": [2.5, null, true]}}',
    '{"a": "\\ud800x\\ud83d\\ude00\\udc00", "b": "\\\\ud800"}',
    '{"a": "\x7f\u2028\x85", "b": "<b>&"}',
    '\n {"a": 1E5, "b": -0.5} ',
    SITE.replace('"date" ', '"day" ').replace("resources", "files"),
]


def test_hugo_reads_the_same_values(tmp_path: Path) -> None:
    pages = [*FOR_HUGO, *(SYNTAX.write(SYNTAX.parse(matter)) for matter in FOR_HUGO)]
    (tmp_path / "content").mkdir()
    (tmp_path / "layouts").mkdir()
    (tmp_path / "hugo.toml").write_text('disableKinds = ["home", "section", "taxonomy", "term", "rss", "sitemap"]\n')
    (tmp_path / "layouts/single.html").write_text("{{ .Params | jsonify }}")
    for number, matter in enumerate(pages):
        (tmp_path / f"content/p{number}.md").write_bytes(matter.encode())
    subprocess.run([HUGO, "--source", str(tmp_path)], check=True, capture_output=True)
    for number, matter in enumerate(pages):
        hugos = json.loads((tmp_path / f"public/p{number}/index.html").read_text(encoding="utf-8"))
        ours = SYNTAX.parse(matter)
        ours.update(ours.pop("params", {}))
        assert {key: hugos.get(key) for key in ours} == ours


# Editing


@pytest.mark.parametrize(
    ("matter", "path", "value", "expected"),
    [
        ('{"a":1,"b":2}', ("a",), "x", '{"a":"x","b":2}'),
        ('{"a":1,"b":2}', ("c",), [1, "x"], '{"a":1,"b":2,"c":[1, "x"]}'),
        ('{"a": 1}', ("b",), 2, '{"a": 1, "b": 2}'),
        ("{}", ("b",), 2, '{"b": 2}'),
        ('{\n\t"a": 1\n}', ("b",), 2, '{\n\t"a": 1,\n\t"b": 2\n}'),
        ('{\r\n  "a": 1\r\n}', ("b",), [2], '{\r\n  "a": 1,\r\n  "b": [\r\n    2\r\n  ]\r\n}'),
        ('{\n    "a": {}\n}', ("a", "b"), 2, '{\n    "a": {\n        "b": 2\n    }\n}'),
        ('{\n  "a": [1]\n}', ("a", 1), 2, '{\n  "a": [1, 2]\n}'),
        ('{\n  "a": [1]\n}', ("a",), [2, 3], '{\n  "a": [2, 3]\n}'),
        ('{\n  "a": [\n    1\n  ]\n}', ("a", 1), 2, '{\n  "a": [\n    1,\n    2\n  ]\n}'),
        ('{"a": [1, 2, 3]}', ("a",), [1, 9, 2, 3], '{"a": [1, 9, 2, 3]}'),
        ('{"a": [ 1,2 , 3 ]}', ("a",), [0, 1, 2, 3], '{"a": [ 0 , 1,2 , 3 ]}'),
        ('{"a": [1,  2,  3]}', ("a",), [1, 3], '{"a": [1,  3]}'),
        ('{"a": {"x": 1,  "y": 2}}', ("a",), {"y": 3}, '{"a": {"y": 3}}'),
        ('{"a": 1, "a": 2}', ("a",), 3, '{"a": 1, "a": 3}'),
        ('{"a": "x"}', ("a",), "\x7f\u2028\t\u00e9", '{"a": "\\u007f\\u2028\\t\u00e9"}'),
    ],
)
def test_an_edit_changes_its_span_and_a_comma(matter: str, path: KeyPath, value: Any, expected: str) -> None:
    assert next(SYNTAX.set(matter, path, value)) == expected


@every_document
def test_setting_the_value_that_is_there_changes_nothing(matter: str) -> None:
    values = SYNTAX.parse(matter)
    for path in paths(values):
        assert next(SYNTAX.set(matter, path, deepcopy(at(values, path)))) == matter


@every_document
def test_every_value_can_be_set_at_the_first_try(matter: str) -> None:
    values = SYNTAX.parse(matter)
    for path in paths(values):
        for value in VALUES:
            new = next(SYNTAX.set(matter, path, value))
            expected = put(values, path, value)
            assert SYNTAX.parse(new) == expected
            if not isinstance(at(values, path), (dict, list)):
                assert same(SYNTAX.parse(new), expected)
                assert changed_lines(matter, new) <= 1


def test_a_map_set_in_another_order_is_a_later_candidate() -> None:
    matter = '{"a": {"x": 1, "y": 2}, "b": 3}'
    candidates = list(SYNTAX.set(matter, ("a",), {"y": 2, "x": 1}))
    assert candidates == [matter, '{"a": {"y": 2, "x": 1}, "b": 3}']


@every_document
def test_a_key_can_be_added_to_every_map_and_an_item_to_every_list(matter: str) -> None:
    values = SYNTAX.parse(matter)
    for path in [(), *paths(values)]:
        parent = at(values, path)
        if not isinstance(parent, (dict, list)):
            continue
        key: str | int = len(parent) if isinstance(parent, list) else "new key"
        for value in VALUES:
            new = next(SYNTAX.set(matter, (*path, key), value))
            assert same(SYNTAX.parse(new), put(values, (*path, key), value))
            if parent:
                assert changed_lines(matter, new) <= 1


@every_document
def test_every_key_and_item_can_be_deleted(matter: str) -> None:
    values = SYNTAX.parse(matter)
    for path in paths(values):
        [new] = SYNTAX.delete(matter, path)
        assert same(SYNTAX.parse(new), without(values, path))
        assert len(new) < len(matter)


@every_document
def test_every_key_can_be_renamed_at_its_place(matter: str) -> None:
    values = SYNTAX.parse(matter)
    for path in paths(values):
        if isinstance(path[-1], int):
            continue
        expected = deepcopy(values)
        parent = at(expected, path[:-1])
        renamed = {'new "name"' if key == path[-1] else key: value for key, value in parent.items()}
        parent.clear()
        parent.update(renamed)
        [new] = SYNTAX.rename(matter, path, 'new "name"')
        assert same(SYNTAX.parse(new), expected)
        assert changed_lines(matter, new) == 1


@every_document
def test_every_key_can_move_anywhere(matter: str) -> None:
    values = SYNTAX.parse(matter)
    for key, before, order in moves(values):
        [new] = SYNTAX.move(matter, key, before)
        assert same(SYNTAX.parse(new), {name: values[name] for name in order})
        assert sorted(new) == sorted(matter)


@pytest.mark.parametrize(
    ("path", "matter", "expected"),
    [
        (("a",), '{"a": 1, "b": 2, "a": 3}', '{"b": 2}'),
        (("b",), '{"a": 1, "b": 2, "a": 3}', '{"a": 1, "a": 3}'),
        (("b",), '{\n  "a": 1,\n  "b": 2\n}', '{\n  "a": 1\n}'),
        (("a",), '{\n  "a": 1,\n\n  "b": 2\n}', '{\n  "b": 2\n}'),
        (("a",), '{\n  "a": 1\n}', "{}"),
        (("a", 0), '{"a": [1, 2]}', '{"a": [2]}'),
    ],
)
def test_a_deletion_takes_one_comma(path: KeyPath, matter: str, expected: str) -> None:
    assert list(SYNTAX.delete(matter, path)) == [expected]


def test_all_occurrences_of_a_repeated_key_are_renamed() -> None:
    assert list(SYNTAX.rename('{"a": 1, "b": 2, "a": 3}', ("a",), "c")) == ['{"c": 1, "b": 2, "c": 3}']


@pytest.mark.parametrize(("key", "before"), [("missing", None), ("title", "missing")])
def test_a_move_of_or_to_nothing_is_a_key_error(key: str, before: str | None) -> None:
    with pytest.raises(KeyError):
        list(SYNTAX.move(SITE, key, before))


def test_entries_cover_their_lines() -> None:
    spans = SYNTAX.spans(SITE)
    assert list(spans) == list(SYNTAX.parse(SITE))
    assert SITE[slice(*spans["tags"])] == '  "tags": ["a", "b"],\n'
    assert SITE[slice(*spans["ratio"])] == '"ratio": 1.5e3,\n'
    assert SITE[slice(*spans["resources"])].endswith("  ]\n")


# Writing


def test_new_text_has_two_spaces_and_a_last_line_end() -> None:
    values = {"title": "\u00e9 <b>", "tags": ["a"], "params": {"x": None}, "empty": {}}
    assert SYNTAX.write(values) == (
        '{\n  "title": "\u00e9 <b>",\n  "tags": [\n    "a"\n  ],\n'
        '  "params": {\n    "x": null\n  },\n  "empty": {}\n}\n'
    )
    assert SYNTAX.write({}) == "{}\n"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2020, 1, 2), '"2020-01-02"'),
        (datetime(2020, 1, 2, 3, 4, 5), '"2020-01-02T03:04:05"'),
        (DateText("2020-01-02T03:04:05Z"), '"2020-01-02T03:04:05Z"'),
        ("\x7f\x85\u2028\u2029\n", '"\\u007f\\u0085\\u2028\\u2029\\n"'),
        (2**64 - 1, "18446744073709551615"),
        ((), "[]"),
    ],
)
def test_a_value_is_written_as(value: Any, text: str) -> None:
    assert SYNTAX.write({"a": value}) == f'{{\n  "a": {text}\n}}\n'


@pytest.mark.parametrize(
    "value", [math.nan, math.inf, 2**64, -(2**63) - 1, b"x", {1: 2}, {None: 2}, "\ud800", {"\udc00": 1}, {1}], ids=repr
)
def test_what_json_cannot_hold_is_an_error(value: Any) -> None:
    with pytest.raises(FrontMatterError):
        SYNTAX.write({"a": value})


def test_deep_values_are_an_error_not_a_crash() -> None:
    deep: Any = []
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(FrontMatterError):
        SYNTAX.write({"a": deep})
    with pytest.raises(FrontMatterError):
        list(SYNTAX.set('{"a": 1}', ("a",), deep))
    matter = '{"a": ' + "[" * 5000 + "]" * 5000 + ', "b": 1}'
    assert SYNTAX.scalar(matter, ("b",)) == Scalar("1", False)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.text('a"\\\n\r\t{}[],: \x7f\x85', max_size=8)
SCALARS = (
    TEXT
    | st.booleans()
    | st.none()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
)
TREES = st.dictionaries(
    TEXT,
    st.recursive(
        SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4), max_leaves=12
    ),
    max_size=6,
)


@given(TREES)
def test_what_is_written_reads_back_equal(values: dict[str, Any]) -> None:
    text = SYNTAX.write(values)
    assert same(json.loads(text), values)
    assert same(SYNTAX.parse(text), values)


@settings(deadline=None)
@given(TREES, SCALARS | TREES, st.data(), st.sampled_from([None, 0, 1, "\t"]), st.booleans())
def test_any_edit_of_any_document_is_right(
    values: dict[str, Any], value: Any, data: st.DataObject, indent: Any, crlf: bool
) -> None:
    matter = json.dumps(values, indent=indent, ensure_ascii=False)
    matter = matter.replace("\n", "\r\n") if crlf else matter
    found = list(paths(values))
    maps = [(), *(path for path in found if isinstance(at(values, path), dict))]
    added = (*data.draw(st.sampled_from(maps)), "added key")
    assert same(SYNTAX.parse(next(SYNTAX.set(matter, added, value))), put(values, added, value))
    if found:
        path = data.draw(st.sampled_from(found))
        readings = [SYNTAX.parse(candidate) for candidate in SYNTAX.set(matter, path, value)]
        assert any(same(reading, put(values, path, value)) for reading in readings)
        [new] = SYNTAX.delete(matter, path)
        assert same(SYNTAX.parse(new), without(values, path))
