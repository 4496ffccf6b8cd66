"""Where front matter begins and ends, for Hugo and for Jekyll."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hugoconv.errors import FrontMatterError
from hugoconv.frontmatter.fences import split_hugo, split_jekyll

HUGO_CASES = {
    "yaml": ("---\na: 1\n---\nbody", ("yaml", "---\n", "a: 1\n", "---\n", "body")),
    "toml": ("+++\na = 1\n+++\n\nbody", ("toml", "+++\n", "a = 1\n", "+++\n", "\nbody")),
    "json": ('{"a": "}"}\nbody', ("json", "", '{"a": "}"}', "\n", "body")),
    "org": ("#+TITLE: x\n#+DATE: y\n\n* body", ("org", "", "#+TITLE: x\n#+DATE: y\n", "", "\n* body")),
    "bom": ("\ufeff---\na: 1\n---\nb", ("yaml", "\ufeff---\n", "a: 1\n", "---\n", "b")),
    "crlf": ("---\r\na: 1\r\n---\r\nb\r\n", ("yaml", "---\r\n", "a: 1\r\n", "---\r\n", "b\r\n")),
    "mixed line ends": ("---\r\na: 1\n---\nb", ("yaml", "---\r\n", "a: 1\n", "---\n", "b")),
    "leading blank lines": ("\n \n---\na: 1\n---\nb", ("yaml", "\n \n---\n", "a: 1\n", "---\n", "b")),
    "blank line before the end": ("---\na: 1\n\n---\nb", ("yaml", "---\n", "a: 1\n\n", "---\n", "b")),
    "longer closing line leaks": ("---\na: 1\n---- x\nb", ("yaml", "---\n", "a: 1\n", "---", "- x\nb")),
    "spaces after the end leak": ("---\na: 1\n---  \nb", ("yaml", "---\n", "a: 1\n", "---", "  \nb")),
    "dots do not close": ("---\na: 1\n...\nb: 2\n---\nc", ("yaml", "---\n", "a: 1\n...\nb: 2\n", "---\n", "c")),
    "empty": ("---\n---\nb", ("yaml", "---\n", "", "---\n", "b")),
    "nothing after": ("---\na: 1\n---", ("yaml", "---\n", "a: 1\n", "---", "")),
    "none": ("# just text\n", ("", "", "", "", "# just text\n")),
    "none, with a bom": ("\ufefftext", ("", "\ufeff", "", "", "text")),
    "empty file": ("", ("", "", "", "", "")),
    "indented fence in a block scalar": ("---\na: |\n  ---\n---\nb", ("yaml", "---\n", "a: |\n  ---\n", "---\n", "b")),
}


@pytest.mark.parametrize(("text", "parts"), HUGO_CASES.values(), ids=HUGO_CASES)
def test_hugo_sees_these_pieces(text: str, parts: tuple[str, ...]) -> None:
    split = split_hugo(text)
    assert (split.syntax, split.opening, split.matter, split.closing, split.body) == parts
    assert split.text == text


@pytest.mark.parametrize(
    "text",
    ["---\na: 1\n", "+++\na = 1\n---\n", '{"a": 1', "- a list\n", "+ plus\n", "--x"],
    ids=["unclosed", "closed by the other fence", "unfinished json", "dash", "plus", "two dashes"],
)
def test_hugo_stops_its_build_here_and_so_do_we(text: str) -> None:
    with pytest.raises(FrontMatterError) as caught:
        split_hugo(text)
    assert caught.value.line == 1


JEKYLL_CASES = {
    "yaml": ("---\na: 1\n---\nbody", ("yaml", "---\n", "a: 1\n", "---\n", "body")),
    "closed by dots": ("---\na: 1\n...\nbody", ("yaml", "---\n", "a: 1\n", "...\n", "body")),
    "spaces after both fences": ("--- \na: 1\n---  \nb", ("yaml", "--- \n", "a: 1\n", "---  \n", "b")),
    "a longer line does not close": ("---\na: 1\n----\n---\nb", ("yaml", "---\n", "a: 1\n----\n", "---\n", "b")),
    "blank lines after the end are swallowed": ("---\na: 1\n---\n\n\nb", ("yaml", "---\n", "a: 1\n", "---\n\n\n", "b")),
    "an indented first line stays": ("---\na: 1\n---\n\n    code", ("yaml", "---\n", "a: 1\n", "---\n\n", "    code")),
    "bom": ("\ufeff---\na: 1\n---\nb", ("yaml", "\ufeff---\n", "a: 1\n", "---\n", "b")),
    "crlf": ("---\r\na: 1\r\n---\r\nb", ("yaml", "---\r\n", "a: 1\r\n", "---\r\n", "b")),
    "empty": ("---\n---\nb", ("yaml", "---\n", "", "---\n", "b")),
    "leading blank line": ("\n---\na: 1\n---\nb", ("", "", "", "", "\n---\na: 1\n---\nb")),
    "toml is text": ("+++\na = 1\n+++\nb", ("", "", "", "", "+++\na = 1\n+++\nb")),
    "unclosed is text": ("---\na: 1\n", ("", "", "", "", "---\na: 1\n")),
}


@pytest.mark.parametrize(("text", "parts"), JEKYLL_CASES.values(), ids=JEKYLL_CASES)
def test_jekyll_sees_these_pieces(text: str, parts: tuple[str, ...]) -> None:
    split = split_jekyll(text)
    assert (split.syntax, split.opening, split.matter, split.closing, split.body) == parts
    assert split.text == text


_PIECES = st.lists(
    st.sampled_from(
        ["---", "+++", "...", "\n", "\r\n", "\r", " ", "\ufeff", "{", "}", '"', "\\", "#+A: b", "a: 1", "x", "é"]
    )
)


@given(_PIECES.map("".join))
def test_the_pieces_always_add_up(text: str) -> None:
    assert split_jekyll(text).text == text
    try:
        assert split_hugo(text).text == text
    except FrontMatterError:
        pass


def test_lines_are_counted_from_the_file() -> None:
    parts = split_hugo("\n---\na: 1\nb: 2\n---\nbody")
    assert (parts.matter_line, parts.body_line) == (3, 6)
