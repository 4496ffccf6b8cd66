from __future__ import annotations

import html
import re
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hugoconv.edits import Edit, apply
from hugoconv.markup.markdown import (
    Heading,
    MarkdownReference,
    code_regions,
    headings,
    html_references,
    references,
)

REFERENCES: list[tuple[str, list[tuple[str, str, str]]]] = [
    ("[a](b)", [("link", "b", "b")]),
    ("![a](b.png)", [("image", "b.png", "b.png")]),
    ("[](b) ![](c)", [("link", "b", "b"), ("image", "c", "c")]),
    ('[a](b "t") [a](c \'t\') [a](d (t))', [("link", "b", "b"), ("link", "c", "c"), ("link", "d", "d")]),
    ('[a](  b   "t"  )', [("link", "b", "b")]),
    ("[a](<b c>)", [("link", "b c", "b c")]),
    ('[a](<b\\>c> "t")', [("link", "b\\>c", "b>c")]),
    ("[a]() [b](<>)", [("link", "", ""), ("link", "", "")]),
    ("[a](b(c)d)", [("link", "b(c)d", "b(c)d")]),
    ("[a](b\\)c)", [("link", "b\\)c", "b)c")]),
    ("[a](b?x=1&amp;y=2)", [("link", "b?x=1&amp;y=2", "b?x=1&y=2")]),
    ("[a\\](b](c)", [("link", "c", "c")]),
    ("[`](b)`](c)", [("link", "c", "c")]),
    ("[a *b* ![c](d)](e)", [("image", "d", "d"), ("link", "e", "e")]),
    ("[a\nb](\n c\n'd')", [("link", "c", "c")]),
    ("> [a](\n> b\n> 'c')", [("link", "b", "b")]),
    ("[😀é](😀é.md) [b](c)", [("link", "😀é.md", "😀é.md"), ("link", "c", "c")]),
    ("日本 ![語](語.png)\r\n\r\n- [a](b)\r\n", [("image", "語.png", "語.png"), ("link", "b", "b")]),
    ("[a\u00a0b](c\u00a0d)", [("link", "c\u00a0d", "c\u00a0d")]),
    ("<https://e.org/é>", [("link", "<https://e.org/é>", "https://e.org/é")]),
    ("x <a@e.org>", [("link", "<a@e.org>", "mailto:a@e.org")]),
    ("[a][r] [r] [a][]\n\n[r]: b 't'\n", [("definition", "b", "b")]),
    ("[r]:\n  <b c>\n  't'\n", [("definition", "b c", "b c")]),
    ("[é\\]x]: /y\n\n> [q]: z\n", [("definition", "/y", "/y"), ("definition", "z", "z")]),
    ("[^1]\n\n[^1]: see [a](b)\n", [("link", "b", "b")]),
    ("| a |\n|---|\n| [b](c\\|d) |\n", [("link", "c\\|d", "c|d")]),
    ("term\n: [a](b)\n", [("link", "b", "b")]),
    ("# [a](b) {#c}\n", [("link", "b", "b")]),
    ("a <img src=b.png alt=''> c", [("html", "b.png", "b.png")]),
    ("<a href='b&amp;c'>d</a>", [("html", "b&amp;c", "b&c")]),
    ('<a href="?a=1&copy=2">', [("html", "?a=1&copy=2", "?a=1&copy=2")]),
    ('<div>\n<IMG\n  SRC = "a.png">\n</div>\n', [("html", "a.png", "a.png")]),
    ("<video poster=p.png><source src='v.mp4'></video>", [("html", "p.png", "p.png"), ("html", "v.mp4", "v.mp4")]),
    ("<object data='a.svg'></object><b data='x'></b>", [("html", "a.svg", "a.svg")]),
    (
        "<img srcset='a.png, b,c.png 2x, d.png 3x,e.png'>",
        [("html", name, name) for name in ("a.png", "b,c.png", "d.png", "e.png")],
    ),
    ("<div>\n\n![a](b)\n\n</div>", [("image", "b", "b")]),
    ("<script src='a.js'>x = '<img src=\"b\">'</script>\n", [("html", "a.js", "a.js")]),
    ("> <div>\n> <img src='é'>\n> <img\n>  src='b'>\n", [("html", "é", "é"), ("html", "b", "b")]),
    ("<div><!-- <img src=a> --><img src=b></div>", [("html", "b", "b")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), REFERENCES, ids=[text for text, _ in REFERENCES])
def test_references(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(r.kind, text[r.start : r.end], r.target) for r in references(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain [text] (here) and a < b",
        "`[a](b)` and ``![c](d)``",
        "    [a](b)\n",
        "```\n[a](b)\n<img src=c>\n```\n",
        r"\[a](b) \<img src=c\>",
        "[a](b c)",
        "<!-- [a](b) <img src=c> -->\n",
        "<b class='src=x'>",
        "[^1]: https://e.org/\n",
        "- [ ] task\n- [x] done\n",
    ],
)
def test_no_references(text: str) -> None:
    assert references(text) == []


def test_opaque_spans_count_as_words() -> None:
    text = '![é]({{ site.url }}/a.png) {{ x }} [b]({{< ref "c" >}}#d)\n\n{{ y }}\n'
    spans = [match.span() for match in re.finditer(r"\{\{.*?\}\}", text)]
    assert [reference.target for reference in references(text)] == []
    assert [reference.target for reference in references(text, spans)] == ["{{ site.url }}/a.png", '{{< ref "c" >}}#d']
    assert [reference.target for reference in references("{{<figure src='a'>}}", [(0, 20)])] == []
    assert headings("# a {{ b }}\n", [(4, 11)])[0].text == "a {{ b }}"


def test_html_references() -> None:
    text = "<p>\n\n    <img src='é.png'>\n\n[a](b)</p>"
    assert [reference.target for reference in html_references(text)] == ["é.png"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a `b` ``c`d`` e", ["`b`", "``c`d``"]),
        ("```go\nx\n```\n", ["```go\nx\n```"]),
        ("~~~\r\né\r\n~~~\r\n\r\n`x`", ["~~~\r\né\r\n~~~", "`x`"]),
        ("😀\n\n    a\n    b\n\nc", ["a\n    b\n"]),
        ("- x\n\n  ```\n  y\n  ```\n", ["```\n  y\n  ```"]),
        ("> ```\n> y\n> ```\n", ["```\n> y\n> ```"]),
        ("```\nnever closed", ["```\nnever closed"]),
        ("a \\`b\\` <b title='`c`'>", []),
    ],
)
def test_code_regions(text: str, code: list[str]) -> None:
    assert [text[start:end] for start, end in code_regions(text)] == code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Á *b* `c` [d](e)\n", Heading(1, "Á b c d", "Á b c d", "", 0, 19)),
        ("é\n\nT\nu\n===\n", Heading(1, "T u", "u", "", 3, 11)),
        ("### x {#the-id .k}\n", Heading(3, "x", "x", "the-id", 0, 19)),
        ("###### a &amp; b ######\n", Heading(6, "a & b", "a & b", "", 0, 24)),
    ],
)
def test_headings(text: str, expected: Heading) -> None:
    assert headings(text) == [expected]


def test_no_headings() -> None:
    assert headings("#no\n\n```\n# code\n```\n<h1>html</h1>\n") == []


PLACES = [
    "[é](a)", "![é](<a> 't')", "[r]: a\n", "[r]: <a> 't'\n", "x <https://a.b/c> y", '<img src="a">', "<img src='a'>",
    "<img src=a >", "<img srcset='a 1x, b 2x'>", "> - [é](a) 'b'",
]  # fmt: skip
TARGETS = [
    "b",
    "/é/😀.png",
    "a b.png",
    "a(b",
    "a)b(",
    "a\\",
    "a\\(b",
    "x&amp;y",
    "?a=1&b=2",
    "a'b\"c",
    "<x>",
    "https://e.org/x y",
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("target", TARGETS)
def test_what_is_written_is_read_back(place: str, target: str) -> None:
    reference = references(place)[0]
    edited = apply(place, [Edit(reference.start, reference.end, reference.written(target))])
    found = references(edited)[0].target
    has_no_spaces = "srcset" in place or ("<https" in place and ":" in target)
    assert found == (target.replace(" ", "%20") if has_no_spaces else target)
    assert len(references(edited)) == len(references(place))


def _meaning(reference: MarkdownReference, text: str) -> str:
    written = text[reference.start : reference.end]
    if reference.closer == "<>":
        return ("mailto:" if reference.target.startswith("mailto:") else "") + written[1:-1]
    if reference.attribute:
        return re.sub(r"&#?\w+;", lambda entity: html.unescape(entity[0]), written)
    return re.sub(r"\\([!-/:-@\[-`{-~])|(&#?\w+;)", lambda match: match[1] or html.unescape(match[2]), written)


PIECES = [
    "[", "](", ")", "![", "<", ">", "`", "```\n", "\n", "\r\n", "\n\n", "> ", "- ", "    ", "# ", "é", "😀", "a", " ",
    '"t"', "\\", "&amp;", "<img src=", "srcset='", "'", "<!--", "-->", "]: ", "[r]", "(", "https://e.org/", "|", "*",
]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_a_span_is_exactly_its_destination(text: str) -> None:
    found = references(text)
    assert all(_meaning(reference, text) == reference.target for reference in found)
    spans = [(reference.start, reference.end) for reference in found]
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    for start, end in code_regions(text):
        assert 0 <= start < end <= len(text)


@settings(deadline=None)
@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    for reference in references(text):
        assert 0 <= reference.start <= reference.end <= len(text)
    code_regions(text)
    headings(text)


def test_a_lone_surrogate_is_a_character() -> None:
    assert [(r.start, r.target) for r in references("\ud800 [a](b)")] == [(6, "b")]


@pytest.mark.parametrize(
    "piece",
    [
        "[", "![", "[é](a)", "[a](", "[a](b(", "> ", "- ", "<a ", "<a b='", "<!--", "<script>", "`", "\\", "&",
        "<img srcset='a,",         "[a]: b\n\n", "*a_", "é <b c=d>",
    ],
)  # fmt: skip
def test_reading_is_linear(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    begun = time.process_time()
    references(text)
    assert time.process_time() - begun < 5
