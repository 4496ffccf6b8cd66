"""HTML among Markdown: Goldmark is given what kramdown takes for HTML. The real kramdown and the real Hugo judge."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from programs import HUGO, RUBY, needs_jekyll

from hugoconv.markup.likeness import renders_alike
from hugoconv.systems.jekyll import html_blocks, html_reading
from hugoconv.systems.jekyll.html_reading import read

CHANGED = {
    "a block's tag in a line is text": ("a <div>b</div> c\n", "a &lt;div>b&lt;/div> c\n"),
    "an end tag without a start": ("a </p> b\n", "a &lt;/p> b\n"),
    "an end tag on its own line": ("a\n</div>\nb\n", "a\n&lt;/div>\nb\n"),
    "an element in a line ends with its paragraph": ("a <b>c\n\nd</b>\n", "a <b>c</b>\n\nd&lt;/b>\n"),
    "the inner one swallows the end of the outer": ("<b><i></b> x\n", "<b><i>&lt;/b> x</i></b>\n"),
    "an attribute that is none": ("a <img src=x.png> b\n", "a &lt;img src=x.png> b\n"),
    "a table with a per cent": ("<table width=100%>\n\n*a*\n", "&lt;table width=100%>\n\n*a*\n"),
    "an instruction": ("a <?php echo 1 ?> b\n", "a &lt;?php echo 1 ?> b\n"),
    "an instruction at the margin": ("<?php\necho 1;\n\n?>\n", "&lt;?php\necho 1;\n\n?>\n"),
    "a comment that never ends": ("a <!-- b\n\nc\n", "a &lt;!-- b\n\nc\n"),
    "a declaration": ("<!DOCTYPE html> x\n", "&lt;!DOCTYPE html> x\n"),
    "code in a line is no Markdown": (
        '<code>\n<?php *em* _a_ "b"\n\nnext *em*</code>\n',
        "<code> &lt;?php &#42;em&#42; &#95;a&#95; &#34;b&#34;</code>\n\nnext *em*&lt;/code>\n",
    ),
    "Markdown in a line's element that is told so": (
        'a <mark markdown="span">*b*</mark> <b markdown="0">*c*</b> <i markdown="1">*d*</i>\n',
        "a <mark>*b*</mark> <b>&#42;c&#42;</b> <i>*d*</i>\n",
    ),
    "a paragraph of HTML that is told to hold Markdown": (
        '<p markdown="1" class="a">\n*b* [c](d)\ne  \nf - g\n- h\n</p>\n\n<h2 markdown="span">_i_</h2>\n',
        '<p class="a">\n<em>b</em> <a href="d">c</a> e<br />f - g - h\n</p>\n\n<h2><em>i</em></h2>\n',
    ),
    "cells that are told to hold Markdown": (
        '<table><tr><td markdown="span">*a*</td><td>*b*</td><th markdown="1">`c`</th></tr></table>\n',
        "<table><tr><td><em>a</em></td><td>*b*</td><th><code>c</code></th></tr></table>\n",
    ),
    "what is told to hold Markdown begins with a line's element": (
        '<aside markdown="1">\n  <img src="a.png" />\n  *b*\n  <p markdown="1">\n*c*\n  </p>\n</aside>\n',
        '<aside>\n\n  <img src="a.png" />   *b*\n  <p>\n<em>c</em>\n  </p>\n</aside>\n',
    ),
    "an address in code": ("<code>http://a.example</code>\n", "<code>http&#58;//a.example</code>\n"),
    "a block that never ends": ("<div>a\n\n*b*\n\n# c\n", "<div>a\n*b*\n# c</div>\n"),
    "a cell that never ends swallows the rest": (
        "<div>a <td> b\n\nc *d* </div>\n\ne *f*\n",
        "<div>a <td> b\nc *d* &lt;/div>\ne *f*</td></div>\n",
    ),
    "blank lines in a block": ("<div>\na\n\nb *c*\n</div>\n", "<div>\na\nb *c*\n</div>\n"),
    "blank lines in code in a block": (
        "<p>\n<pre>a\n\nb</pre>\n</p>\n",
        "<p>\n<pre>a\n&#32;\nb</pre>\n</p>\n",
    ),
    "an entity without its end in a block": ("<p>a &lt'' b</p>\n", "<p>a &amp;lt'' b</p>\n"),
    "text behind a block": ("<div>a</div> b *c*\n", "<div>a</div>\n\nb *c*\n"),
    "text below a block": ("<div>a</div>\nb *c*\n", "<div>a</div>\n\nb *c*\n"),
    "a line's element below a block": ("<hr />\n<b>a</b> *c*\n", "<hr />\n\n<b>a</b> *c*\n"),
    "preformatted with end tags in it": (
        "<pre>a <style>b</style>\n\nc</pre>\n",
        "<div><pre>a <style>b</style>\n&#32;\nc</pre></div>\n",
    ),
    "preformatted below a block": ("<p>a</p>\n<pre>b\n\nc</pre>\n", "<p>a</p>\n\n<pre>b\n\nc</pre>\n"),
    "preformatted behind a block": ("<p>a</p><pre>b\n\nc</pre>\n", "<p>a</p>\n\n<pre>b\n\nc</pre>\n"),
    "a block with Markdown": ('<div markdown="1">\n*a*\n</div>\n', "<div>\n\n*a*\n\n</div>\n"),
    "a block with Markdown that never ends": (
        '<div markdown="1">\na *b*\n\n- c\n',
        "<div>\n\na *b*\n\n- c\n\n</div>\n",
    ),
    "an unknown element is a block": ("<foo>*a*\n\n*b*</foo>\n", "<foo>\n*a*\n*b*</foo>\n"),
    "a tag alone begins a paragraph": ('<span class="x">\n*a*</span>\n', '<span class="x"> *a*</span>\n'),
    "in a list item": ("- a <b>b\n- c</b>\n", "- a <b>b</b>\n- c&lt;/b>\n"),
    "in a quotation": ("> a <b>b\n> c\n\nd</b>\n", "> a <b>b\n> c</b>\n\nd&lt;/b>\n"),
    "in a heading": ("# a <div> <b>b\n", "# a &lt;div> <b>b</b>\n"),
    "a list amid a paragraph": ("a\n2. b\n", "a\n\n2. b\n"),
    "a wide list marker": ("-       a\n        b\n", "- a\n  b\n"),
    "code below a wide list": ("-       a\n\n    b\n", "- a\n\n<!-- -->\n\n    b\n"),
    "code goes on": ("    a\nb\n", "    a b\n"),
    "a fence of two words": ("```a b\nc\n", "&#96;&#96;&#96;a b\nc\n"),
    "a fence without an end": ("a\n\n~~~\n\n*b*\n", "a\n\n&#126;&#126;&#126;\n\n*b*\n"),
    "a backslash that escapes nothing": ("a \\& b \\, c\n", "a &#92;& b &#92;, c\n"),
    "windows' lines": ("a <b>c\r\n\r\nd</b>\r\n", "a <b>c</b>\r\n\r\nd&lt;/b>\r\n"),
}
UNCHANGED = {
    "elements in a line": "a <b>b</b> <i>c *d*</i> <br> <a href=\"/x\">e</a> <img src=\"x.png\" />\n",
    "a block": "<div class=\"a\">\n<p>b</p>\n</div>\n\n*c*\n",
    "a comment": "<!-- a\n\nb -->\n\nc <!-- d --> e\n",
    "an instruction in a block": "<div><?php x ?></div>\n",
    "words of code": "a <code>b_c d</code> e\n",
    "code that begins with a space that does not break": "    a\n     \u00a0 \"b\" \\^ <c>\n"
    "    d\n",
    "code": "`<div>` and ``</p> ` <?``\n\n    <div>\n\n```html\n<td> \\& <?\n```\n",
    "autolinks": "<http://a.example/b_c> <a@b.example>\n",
    "comparisons": "a < b and c > d, 1<2\n",
    "escaped": "\\<div> \\` \\*\n",
    "lists": "- a\n- b\n\n1. d\n   - e\n",
    "a quotation": "> a\n> <b>b</b>\n",
    "preformatted": "<pre>\na\n\n  *b*\n</pre>\n\nc\n",
    "script": "<script>\nif (a<b) {\n\n}\n</script>\n",
    "void": "<hr>\n\na\n",
    "empty": "",
}  # fmt: skip
CASES = {**CHANGED, **{name: (text, text) for name, text in UNCHANGED.items()}}


def for_goldmark(text: str, opaque: Sequence[tuple[int, int]] = ()) -> str:
    return html_blocks.for_goldmark(text, read(text, opaque), opaque)


_KRAMDOWN = """
require 'json'; require 'kramdown'; require 'kramdown-parser-gfm'
options = {input: 'GFM', hard_wrap: false, syntax_highlighter: nil, auto_ids: false}
puts JSON.generate(JSON.parse(STDIN.read).map { |text| Kramdown::Document.new(text, **options).to_html })
"""


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES)
def test_html_is_what_kramdown_takes_for_it(source: str, expected: str) -> None:
    assert for_goldmark(source) == expected


def test_code_in_a_line_that_goldmark_takes_for_a_fence_keeps_its_end() -> None:
    text = "* a\n\n   ```nim test=1\n   ...\n   ```\n"
    assert for_goldmark(text) == text
    assert read(text).fences == [text.index("```")]


@pytest.mark.parametrize(
    "fence", ["```go\na\n```\n", "~~~ go\na\n~~~\n", "```{r}\na\n```\n", "~~~ go x\na\n~~~\n", "`a b`\n"]
)
def test_a_fence_of_one_word_and_no_fence_at_all_are_what_kramdown_takes_them_for(fence: str) -> None:
    assert not read(fence).fences


def test_attributes_behind_a_fence_are_words_to_kramdown_and_attributes_to_hugo() -> None:
    text = "```go {linenos=true}\na\n```\n"
    assert read(text).fences == [0]
    assert not read(text, is_for_hugo=True).fences


@needs_jekyll
def test_the_real_hugo_shows_what_the_real_kramdown_shows(tmp_path: Path) -> None:
    assert RUBY is not None
    sources = json.dumps([source for source, _ in CASES.values()])
    shown = subprocess.run(
        [RUBY, "-e", _KRAMDOWN], input=sources, capture_output=True, text=True, check=True, timeout=60
    ).stdout
    (tmp_path / "content").mkdir()
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "single.html").write_text("{{ .Content }}")
    (tmp_path / "hugo.toml").write_text(
        "disableKinds = ['home', 'section', 'taxonomy', 'term', 'rss', 'sitemap', '404']\n"
        "[markup.goldmark.renderer]\nunsafe = true\n[markup.highlight]\ncodeFences = false\n"
    )
    for number, (_, text) in enumerate(CASES.values()):
        (tmp_path / "content" / f"{number}.md").write_bytes(f"---\n---\n{text}".encode())
    subprocess.run([HUGO, "--source", str(tmp_path)], capture_output=True, check=True, timeout=60)
    for number, (name, old) in enumerate(zip(CASES, json.loads(shown), strict=True)):
        page = tmp_path / "public" / str(number) / "index.html"
        new = page.read_text() if page.exists() else ""
        for ours in ("&#32;", "<!-- -->", *(("<div>", "</div>") if "</pre></div>" in new else ())):
            new = new.replace(ours, "")
        assert renders_alike(old, new), (name, old, new)


def test_nothing_in_an_opaque_span_is_html() -> None:
    text = "a [<b> x</p>] b <p>\n"
    assert for_goldmark(text, [(2, 13)]) == "a [<b> x</p>] b &lt;p>\n"


def test_blocks_are_found_with_their_spans() -> None:
    text = "a\n\n<div>b</div>\n\n- <p>c</p>\n"
    assert [text[block.start : block.end] for block in read(text).blocks] == ["<div>b</div>", "<p>c</p>"]


_TAGS = [
    "<div>",
    "</div>",
    "<b>",
    "</b>",
    "<code>",
    "<pre>",
    "</pre>",
    "<!--",
    "-->",
    "<?php",
    "?>",
    "<a",
    "'>",
    "`",
    "```",
    "~~~",
    ">",
    "-",
    "1.",
    "|",
    "\\",
    "&lt",
    "$$",
    "](<",
    "é",
]
_PIECES = st.sampled_from([*_TAGS, " href='", " ", "    ", "\t", "\n", "\n\n", "\r\n"])


_SIGNLESS = (
    "a b",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ",
    "    ",
    "\t",
    "# ",
    "===",
    "---",
    "- ",
    "1. ",
    "+",
    "$$",
    "$",
    ": ",
    "> ",
)


@given(st.lists(st.sampled_from(_SIGNLESS), max_size=12).map("".join))
def test_of_a_text_without_signs_there_is_nothing_to_note(text: str) -> None:
    with pytest.MonkeyPatch.context() as patched:
        first = read(text)
        patched.setattr(html_reading, "_MARKED_LINE", re.compile(""))
        assert first == read(text)


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES | st.text(max_size=3), max_size=30).map("".join))
def test_any_text_is_read(text: str) -> None:
    reading = read(text)
    assert all(0 <= position < len(text) for position in reading.shown)
    assert all(0 <= start <= end <= len(text) for start, end in reading.literal)
    for_goldmark(text)


@pytest.mark.parametrize(
    "piece", ["<", "<b ", "<b>", "<div>\n", "- a\n", ">", "`a ", "<!-- ", "a|b\n", "\n \n", "~~~x\n\n"]
)
def test_long_text_takes_no_long_time(piece: str) -> None:
    read(piece * 4000)
