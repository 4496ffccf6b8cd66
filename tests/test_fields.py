"""Carrying front matter from one system's keys to another's edits only what must change."""

from __future__ import annotations

from typing import Any

import pytest

from hugoconv.carrying import carry
from hugoconv.fields import FieldError, neutral
from hugoconv.frontmatter.dates import DateText
from hugoconv.frontmatter.dialects import HUGO, JEKYLL
from hugoconv.frontmatter.document import FrontMatter
from hugoconv.systems.hugo.keys import KEYS as HUGO_KEYS
from hugoconv.systems.jekyll.keys import KEYS as JEKYLL_KEYS

TO_HUGO: dict[str, tuple[str, dict[str, Any], str]] = {
    "the same key stays": ("title: 'x' # c\n", {}, "title: 'x' # c\n"),
    "another key is renamed in place": ("last_modified_at: 2020-01-02\nz: 1\n", {}, "lastmod: 2020-01-02\nz: 1\n"),
    "two keys become one": ("tag: a\ntags: [b]\nz: 1\n", {}, "tags: [a, b]\nz: 1\n"),
    "what is inherited is written": ("a: 1\n", {"title": "From the name"}, "a: 1\ntitle: From the name\n"),
    "what the target derives too is not": ("a: 1\n", {"title": ""}, "a: 1\n"),
    "folders come before written categories": (
        "categories: x\n",
        {"terms.categories": ("a", "b")},
        "categories:\n  - a\n  - b\n  - x\n",
    ),
    "null says nothing": ("excerpt:\n", {}, "excerpt:\n"),
}
NOTHING_TO_DO = ["description: x\n", "weight: 3\n", "layout: post\nx: {a: [1, 2]}\n", "tags:\n- a\n- b # c\n"]


def carried(matter: str, inherited: dict[str, Any]) -> tuple[str, list[str]]:
    front_matter = FrontMatter(matter, "yaml", dialect=HUGO)
    complaints: list[str] = []
    carry(
        front_matter,
        FrontMatter(matter, "yaml", dialect=JEKYLL),
        JEKYLL_KEYS,
        HUGO_KEYS,
        inherited,
        {"title": ""},
        lambda key, reason: complaints.append(key),
    )
    return front_matter.matter, complaints


@pytest.mark.parametrize(("matter", "inherited", "expected"), TO_HUGO.values(), ids=TO_HUGO)
def test_carrying(matter: str, inherited: dict[str, Any], expected: str) -> None:
    assert carried(matter, inherited) == (expected, [])


@pytest.mark.parametrize("matter", NOTHING_TO_DO)
def test_what_need_not_change_is_not_touched(matter: str) -> None:
    assert carried(matter, {}) == (matter, [])


def test_a_value_that_cannot_be_read_stays_and_is_named() -> None:
    assert carried("date: someday\ntitle: x\n", {}) == ("date: someday\ntitle: x\n", ["date"])


def test_neutral_keys_are_named_as_the_fields() -> None:
    table = neutral({"category": "categories"})
    front_matter = FrontMatter(values={"title": "x", "date": DateText("2020-01-02"), "categories": ["a"]})
    assert str(table.read(front_matter, "date")) == "2020-01-02"
    assert table.read(front_matter, "terms.categories") == ("a",)
    table.write(front_matter, "updated", table.read(front_matter, "date"))
    assert front_matter["updated"] == "2020-01-02"
    with pytest.raises(FieldError):
        table.read(FrontMatter(values={"date": "soon"}), "date")
    with pytest.raises(KeyError):
        table.write(front_matter, "terms.genre", ("x",))
