"""Edits made together: the same text and values as one after the other, read back once."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hugoconv.errors import EditError
from hugoconv.frontmatter import yaml
from hugoconv.frontmatter.document import FrontMatter, syntax_named
from hugoconv.frontmatter.syntax import ScalarRules
from hugoconv.frontmatter.values import same

MATTER = """\
# the whole
title: Old   # beside
# above the date
date: 2020-01-02 10:11:12 +0200
published: true

tags: [a, b]
categories:
- one
- two
last: 1
"""

EDITS: dict[str, list[tuple[str, tuple[Any, ...]]]] = {
    "nothing": [],
    "one value": [("set", ("title", "New"))],
    "a value and another": [("set", ("title", "New")), ("set", ("last", 2))],
    "a renamed key with a new value": [("rename", ("published", "draft")), ("set", ("draft", False))],
    "the last key goes and new ones come": [("delete", ("last",)), ("set", ("a", "x")), ("set", ("b", [1, 2]))],
    "neighbours go": [("delete", ("date",)), ("delete", ("published",)), ("delete", ("tags",))],
    "a key goes and comes again": [("delete", ("title",)), ("set", ("title", "Again"))],
    "a new key, renamed, changed, deleted": [
        ("set", ("new", 1)),
        ("rename", ("new", "newer")),
        ("set", ("newer", 2)),
        ("set", ("other", 3)),
        ("delete", ("newer",)),
    ],
    "a name that became free": [("delete", ("title",)), ("rename", ("last", "title"))],
    "a list that changes in part": [("set", ("categories", ["one", "three"])), ("rename", ("tags", "keywords"))],
    "a block where a scalar stood": [("set", ("last", {"a": {"b": 1}})), ("set", ("title", "two\nlines\n"))],
    "a place below a key, in between": [("set", ("title", "T")), ("set", (("params", "x"), 1)), ("delete", ("last",))],
    "a key moves, in between": [("set", ("title", "T")), ("move", ("last",)), ("set", ("date", "2021-01-01"))],
}


def _edited(front_matter: FrontMatter, edits: list[tuple[str, tuple[Any, ...]]]) -> FrontMatter:
    for verb, told in edits:
        getattr(front_matter, verb)(*told)
    return front_matter


@pytest.mark.parametrize("edits", EDITS.values(), ids=EDITS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("syntax", ["yaml", "toml", "json"])
def test_together_is_as_one_after_the_other(
    syntax: str, newline: str, edits: list[tuple[str, tuple[Any, ...]]]
) -> None:
    source = MATTER if syntax == "yaml" else syntax_named(syntax).write(dict(FrontMatter(MATTER, "yaml")))
    matter = source.replace("\n", newline)
    alone = _edited(FrontMatter(matter, syntax), edits)
    together = FrontMatter(matter, syntax)
    with together.together():
        _edited(together, edits)
        assert same(dict(together), dict(alone))
    assert together.matter == alone.matter
    assert same(dict(together), dict(FrontMatter(together.matter, syntax)))


def test_the_text_is_read_back_once(monkeypatch: pytest.MonkeyPatch) -> None:
    front_matter = FrontMatter(MATTER, "yaml")
    front_matter.check()
    read: list[str] = []
    parse = yaml.values.parse

    def counted(matter: str, rules: ScalarRules) -> dict[str, Any]:
        read.append(matter)
        return parse(matter, rules)

    monkeypatch.setattr(yaml.values, "parse", counted)
    with front_matter.together():
        front_matter["title"] = "New"
        front_matter.rename("published", "draft")
        del front_matter["last"]
        front_matter["weight"] = 3
    assert read == [front_matter.matter]


def test_the_text_can_be_asked_for_in_between() -> None:
    front_matter = FrontMatter("title: a\ndate: 2020-01-02\n", "yaml")
    with front_matter.together():
        front_matter["title"] = "b"
        scalar = front_matter.scalar("date")
        assert scalar is not None
        assert scalar.text == "2020-01-02"
        assert front_matter.matter == "title: b\ndate: 2020-01-02\n"
        front_matter["date"] = "2021-01-01"
        changed = front_matter.scalar("date")
        assert changed is not None
        assert changed.text == "2021-01-01"
    assert front_matter.edited


@pytest.mark.parametrize(
    "matter",
    [
        pytest.param("a: &x 1\nb: *x\nlast: 2\n", id="anchor"),
        pytest.param("{a: 1, b: 2, last: 3}\n", id="flow"),
        pytest.param("", id="empty"),
    ],
)
def test_what_cannot_be_edited_together_is_edited_one_by_one(matter: str) -> None:
    edits: list[tuple[str, tuple[Any, ...]]] = [("set", ("a", 5)), ("set", ("new", "x"))]
    alone = _edited(FrontMatter(matter, "yaml"), edits)
    together = FrontMatter(matter, "yaml")
    with together.together():
        _edited(together, edits)
    assert together.matter == alone.matter


def test_an_edit_that_cannot_be_made_is_an_error_at_the_end() -> None:
    front_matter = FrontMatter('title = "a"\n', "toml")
    with pytest.raises(EditError), front_matter.together():
        front_matter["title"] = None


NAMES = st.sampled_from("abcdef")
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63),
    st.text(max_size=12),
    st.lists(st.text(max_size=5), max_size=3),
)


@given(st.dictionaries(NAMES, VALUES, min_size=1), st.lists(st.tuples(NAMES, NAMES, VALUES), max_size=8))
def test_any_edits_together_give_the_values_of_each(values: dict[str, Any], wanted: list[tuple[str, str, Any]]) -> None:
    expected = dict(values)
    front_matter = FrontMatter(yaml.SYNTAX.write(values), "yaml")
    with front_matter.together():
        for number, (key, name, value) in enumerate(wanted):
            if number % 3 == 0 or key not in expected:
                front_matter[key] = expected[key] = value
            elif number % 3 == 1 or name in expected:
                del front_matter[key], expected[key]
            else:
                front_matter.rename(key, name)
                expected = {name if own == key else own: item for own, item in expected.items()}
    assert same(dict(front_matter), expected)
    assert same(dict(FrontMatter(front_matter.matter, "yaml")), expected)
