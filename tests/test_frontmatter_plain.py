"""Front matter in plain form is read as libyaml reads it, and all else is left to libyaml."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hugoconv.errors import FrontMatterError
from hugoconv.frontmatter.values import same
from hugoconv.frontmatter.yaml import nodes, plain, values
from hugoconv.frontmatter.yaml.scalars import GOCCY, JS_YAML, SAFEYAML

PLAIN = [
    "title: Tea\n",
    "title: Tea",
    "# above\n\ntitle: Tea # beside\ndate: 2020-01-02 10:00:00 +0100\n  \n",
    "title: \"It: said\"\ntext: 'x # y'\nempty: ''\nnothing:\nlast:   \n",
    "tags:\n- a\n- b # c\nmore:\n    - 'c'\n\n    - 1\nend: x\n",
    "tags: [a, b c, \"d\", 'e', 1.5]\nnone: []\nspace: [ ]\n",
    "params:\n  a: 1\n  deep:\n     b: yes\n     list:\n     - 12:30\n  c: ~\nend: .inf\n",
    "url: http://example.org/a:b#c\nminus: -5\ntrue: on\n",
]
NOT_PLAIN = [
    "",
    "# nothing\n",
    "text\n",
    "a: b: c\n",
    "a: b\n  c\n",
    "a: |\n  b\n",
    "a: &x 1\nb: *x\n",
    "a: !!str 1\n",
    "a: {b: c}\n",
    "a: [b, [c]]\n",
    "a: [b,]\n",
    "- a\n",
    "a:\n- b: c\n",
    'a: "b\\n"\n',
    "a: 'it''s'\n",
    "a:\tb\n",
    "a: b\r\n",
    "a: 1\n b: 2\n",
    "a:\n  b: 1\n c: 2\n",
    "a:\n  - b\n - c\n",
    "a: - b\n",
    "a: b\x7f\n",
    "<<: x\n",
    "--- \na: b\n",
]


@pytest.mark.parametrize("matter", PLAIN)
def test_plain_form_is_recognised_and_read_the_same(matter: str) -> None:
    assert plain.tree_of(matter) is not None
    assert_same(matter)


@pytest.mark.parametrize("matter", NOT_PLAIN)
def test_all_else_is_left_to_libyaml(matter: str) -> None:
    assert plain.tree_of(matter) is None


LINES = st.sampled_from(
    [
        *(
            "a: b",
            "a: c",
            "b:",
            "c: ",
            "  d: e",
            "  f:",
            "    g: h",
            "- i",
            "  - j",
            "    - k",
            "",
            "  ",
            "# x",
            "  # y",
        ),
        *('a: "x"', "b: [a, b]", '  c: [1, "2"]', '- "q"', "d: e # z", "f: # c", "t", "g: a:b", "h: a#b", "j: - k"),
        *("x:y", "i: -5", "true: 1", "True: 2", "k: [a,]", "l: '", "m: 12:30", "n: ---", "---", "...", "o: ? p", "- -"),
    ]
)
PIECES = st.sampled_from([*"ab:-?,[]{}#&*!|>'\"%@`<=\\~1.\n \té\x85\u2028\ufeff", ": ", " #", "- ", "[a, b]", "'x'"])


@given(st.lists(LINES, max_size=8).map("\n".join) | st.lists(PIECES, max_size=14).map("".join))
def test_what_is_recognised_is_read_the_same(matter: str) -> None:
    if plain.tree_of(matter) is not None:
        assert_same(matter)


def assert_same(matter: str) -> None:
    """Fail unless a matter gives the same tree, and the same values or error to each program, with libyaml alone."""
    tree = nodes.compose.__wrapped__(matter)
    read = [outcome(matter, rules) for rules in (GOCCY, SAFEYAML, JS_YAML)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain, "tree_of", lambda _: None)
        patch.setattr(values, "tree_of", lambda _: None)
        assert tree == nodes.compose.__wrapped__(matter)
        for rules, found in zip((GOCCY, SAFEYAML, JS_YAML), read, strict=True):
            assert same(found, outcome(matter, rules))


def outcome(matter: str, rules: Any) -> Any:
    """Return the values, or what is wrong with them."""
    try:
        return values.parse(matter, rules)
    except FrontMatterError as error:
        return [error.message, error.line, error.column]


@pytest.mark.parametrize(
    ("text", "hugo", "script"),
    [
        ("-9223372036854775808", -(2**63), -(2**63)),
        ("-9223372036854775809", "-9223372036854775809", -(2**63) - 1),
        ("18446744073709551616", "18446744073709551616", 2**64),
        ("0x1ffffffffffffffffff", "0x1ffffffffffffffffff", 0x1FFFFFFFFFFFFFFFFFF),
        ("007", 7, 7),
        ("010", 8, 10),
    ],
)
def test_whole_numbers_of_any_size(text: str, hugo: object, script: object) -> None:
    assert values.parse(f"a: {text}\n", GOCCY) == {"a": hugo}
    assert values.parse(f"a: {text}\n", JS_YAML) == {"a": script}
