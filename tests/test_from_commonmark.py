"""Goldmark's Markdown is edited where kramdown would render it otherwise, and only there."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import hugo_site
import pytest
from hypothesis import given
from hypothesis import strategies as st
from programs import JEKYLL, needs_jekyll

from hugoconv.migrate.pages import content
from hugoconv.systems.jekyll.from_commonmark import adapted

SAME = [
    "",
    "Plain words, *emphasis* and [a link](http://example.org).\n",
    "<http://example.org> `http://example.org` [a](http://b.c) ![http://d.e](f.png)\n",
    "```\nhttp://example.org\n1) x\n```\n\n    http://example.org\n",
    "## One\n\n## Two\n\n## One\n\n## Three {#mine}\n",
    "<div>\n<p>http://example.org</p>\n</div>\n",
    "- a\n- b\n\n1. one\n2. two\n",
    "| a | b |\n|---|---|\n| c | d<br>e |\n",
    "Words[^1] and more[^2].\n\n[^1]: First.\n[^2]: Second.\n",
    "x\n1. a list\n",
    "# a | b\n\nc\nd | e\n\n    f | g\n\n`h|i`\n\n| j | k |\n|---|---|\n| l\\|m | [n](o) |\n",
    "\\* \\_ \\` \\< \\> \\( \\) \\[ \\] \\{ \\} \\# \\! \\: \\| \\\" \\' \\$ \\= \\- \\+ \\~ \\\\ \\.\n",
    '{% include figure.html src="http://example.org/a.png" %} {% raw %}{{ x }}{% endraw %}\n',
    '<div markdown="1">\n\n*x*\n\n</div>\n',
    "Käse: ünï\n",
    "## [http://a.example/b c](http://a.example/b) d\n",
    "## `a` *b* **[c](/d)** (e.f) 'g' `h--i`\n",
    "[a](<b c.md>) [b](c.md 'd e') `[x](y z)`\n\n    [x](y z)\n",
    "<mark>plain</mark> <kbd>K</kbd> <q>*x*</q>\n",
    "a[^1] b[^2]\n\n[^1]: b\n    c\n\n[^2]: d\n",
    "at http://localhost:1313/x and a=https://b.example and \\[https://c.example\\] and [https://d.example]\n",
]
CHANGED = {
    "bare address": ("See http://a.example/b_c, yes.\n", "See <http://a.example/b_c>, yes.\n"),
    "after a letter with an accent": ("é https://a.example.\n", "é <https://a.example>.\n"),
    "a quote behind an address": ("See 'http://b.example/' x\n", "See '<http://b.example/'> x\n"),
    "signs behind an address": (
        "(http://a.example/b), http://a.example/b?!\n",
        "(<http://a.example/b>), <http://a.example/b>?!\n",
    ),
    "bars in a paragraph": ("a | b\nc | d\n\n- e | f\n\n> g | h\n", "a \\| b\nc | d\n\n- e \\| f\n\n> g \\| h\n"),
    "bars in elements of a line": (
        "[a|b](c) **d|e** ![f|g](h.png) `i|j`\n\nk[^1]\n\n[^1]: l | m\n",
        "[a\\|b](c) **d\\|e** ![f\\|g](h.png) `i|j`\n\nk[^1]\n\n[^1]: l \\| m\n",
    ),
    "a bar in an address": ("[a](b|c)\n", "[a](b%7Cc)\n"),
    "no formula": ("a $$b_1$$ c $d$ `$$`\n", "a \\$\\$b_1\\$\\$ c $d$ `$$`\n"),
    "signs that kramdown does not escape": (
        "\\&amp; a\\@b \\/ \\, \\; \\? {\\% c %} \\^ \\\\& `\\&`\n",
        "&#38;amp; a&#64;b &#47; &#44; &#59; &#63; {&#37; c %} &#94; \\\\& `\\&`\n",
    ),
    "www": ("www.a.example\n", "[www.a.example](https://www.a.example)\n"),
    "an address with a space": ("![a](b c.png) [d](e f)\n", "!\\[a\\](b c.png) \\[d\\](e f)\n"),
    "an address with a space in a link": ("[![a](b c.png)](d.md)\n", "[!\\[a\\](b c.png)](d.md)\n"),
    "a note behind one of several lines": (
        "a[^1] b[^2]\n\n[^1]: c\n    d\n[^2]: e\n",
        "a[^1] b[^2]\n\n[^1]: c\n    d\n\n[^2]: e\n",
    ),
    "Markdown in an element of a line": (
        "x <mark>*a* [b](c.md)</mark>\n",
        'x <mark markdown="span">*a* [b](c.md)</mark>\n',
    ),
    "an end tag of a block": (
        "<details>\n<summary>*a*\n\n*b*</summary>\n\nc\n\n</details>\n",
        "{::nomarkdown}\n<details>\n<summary>*a*\n{:/nomarkdown}\n\n*b*{::nomarkdown}</summary>{:/}\n\nc\n\n"
        "{::nomarkdown}\n</details>\n{:/nomarkdown}\n",
    ),
    "a heading behind spaces": (" ## A\n\nb\n", "## A\n\nb\n"),
    "a fence without an end": ("- a\n\n  ```sh\n  b\n\n- c\n", "- a\n\n  ```sh\n  b\n  ```\n\n- c\n"),
    "a tag that is never closed": (
        "<body>\n<p>one\n\n## two\n\n*three*</p>\n</body>\n",
        "{::nomarkdown}\n<body>\n<p>one\n{:/nomarkdown}\n\n## two\n\n*three*{::nomarkdown}</p>{:/}\n\n"
        "{::nomarkdown}\n</body>\n{:/nomarkdown}\n",
    ),
    "a tag in a line that is never closed": (
        "<filter>a <b>*c*</b> <a name=x>d\n\n## e\n",
        "{::nomarkdown}<filter>{:/}a <b>*c*</b> {::nomarkdown}<a name=x>{:/}d\n\n## e\n",
    ),
    "a note whose second line is not indented": (
        "a[^1] b[^2]\n\n[^1]: b\nc\n  d\n[^2]: e\n",
        "a[^1] b[^2]\n\n[^1]: b\n    c\n  d\n\n[^2]: e\n",
    ),
    "words behind an element": (
        "<p>x</p>\n```sh\n*a*\n```\n\n*b*\n",
        "{::nomarkdown}\n<p>x</p>\n```sh\n*a*\n```\n{:/nomarkdown}\n\n*b*\n",
    ),
    "an element without an end": ("<div>\n\n*a*\n", '<div markdown="1">\n\n*a*\n'),
    "an end of a break": ("a\n\n</br>\n\nb\n", "a\n\n<br />\n\nb\n"),
    "mail": ("to a@b.example\n", "to <a@b.example>\n"),
    "beside a tag": ("{% raw %}{{ x }}{% endraw %} http://a.b/c\n", "{% raw %}{{ x }}{% endraw %} <http://a.b/c>\n"),
    "notes": ("a[^y] b[^x:1]\n\n[^x:1]: X\n[^y]: Y\n", "a[^1] b[^2]\n\n[^2]: X\n[^1]: Y\n"),
    "repeated note": ("a[^y] b[^y]\n\n[^y]: Y\n", "a[^1] b[^1]\n\n[^1]: Y\n"),
    "Markdown in HTML": (
        '<div class="a">\n\n*b*\n\n</div>\n',
        '<div markdown="1" class="a">\n\n*b*\n\n</div>\n',
    ),
    "nested HTML": (
        "<section>\n<div>\n\n*b*\n\n</div>\n</section>\n",
        '<section markdown="1">\n<div markdown="1">\n\n*b*\n\n</div>\n</section>\n',
    ),
    "centred": ("<center>\n\n*b*\n\n</center>\n", '<center markdown="block">\n\n*b*\n\n</center>\n'),
    "blocks in a cell": (
        "| a |\n|---|\n| <ul><li>b</li></ul></br> |\n",
        "| a |\n|---|\n| {::nomarkdown}<ul>{:/}{::nomarkdown}<li>{:/}b{::nomarkdown}</li>{:/}"
        "{::nomarkdown}</ul>{:/}<br /> |\n",
    ),
    "number amid a paragraph": ("in the year\n2008. Then\n", "in the year\n2008\\. Then\n"),
    "parenthesis lists": ("1) a\n2) b\n", "1. a\n2. b\n"),
    "one tilde": ("~a~ and ~~b~~\n", "~~a~~ and ~~b~~\n"),
    "escaped parentheses": ("[a](http://b/c\\(d\\))\n", "[a](http://b/c%28d%29)\n"),
    "ids": ("## A\n\n## A\n\n## A 1\n\n## !!!\n", "## A\n\n## A\n\n## A 1 {#a-1-1}\n\n## !!! {#heading}\n"),
    "code above a line": ("    a\nb\n", "    a\n\nb\n"),
    "code above a heading": ("    a\n# b\n", "    a\n\n# b\n"),
    "code above a line in a quotation": (">     a\n> b\n", ">     a\n>\n> b\n"),
    "the first text of an element": ("## **A *b* c** d\n", "## **A *b* c** d {#a--d}\n"),
    "an address in an element": ("## **a http://b.example** c\n", "## **a <http://b.example>** c {#a--c}\n"),
    "words before typography": ("## [a don't](/b) -- c\n", "## [a don't](/b) -- c {#a-don--c}\n"),
    "words behind a mark": ("## **a_b c** d\n", "## **a_b c** d {#a_-d}\n"),
    "code before words": ("## [`a` b](/b) c\n", "## [`a` b](/b) c {#a-c}\n"),
    "values without quotes": (
        "<img src=/a.png width=50%> x <a href=b_c id=d>e</a> <a href=/f>g</a>\n",
        '<img src="/a.png" width="50%"> x <a href="b_c" id=d>e</a> <a href="/f">g</a>\n',
    ),
    "a block's values without quotes": (
        "<div style=width:50%>\n<img src=a.png alt='b=c d'>\n</div>\n\n<!-- <a b=c/d> -->\n",
        '<div style="width:50%">\n<img src="a.png" alt=\'b=c d\'>\n</div>\n\n<!-- <a b=c/d> -->\n',
    ),
    "blocks right below a list": (
        "- a\n```\nb\n\nc\n```\n\n1. d\n   - e\n# f\n- g\n***\n- h\n> i\n",
        "- a\n\n```\nb\n\nc\n```\n\n1. d\n   - e\n\n# f\n- g\n\n***\n- h\n\n> i\n",
    ),
    "blocks right below a quotation": ("> a\n# b\n\n> - c\n> # d\n", "> a\n\n# b\n\n> - c\n>\n> # d\n"),
    "code in an item below another": ("1. a\n   - b\n   ```\n   c\n   ```\n", "1. a\n   - b\n\n   ```\n   c\n   ```\n"),
    "a bracket in the item before": ("- a [b\n- http://c.example/d\n", "- a [b\n- <http://c.example/d>\n"),
    "quotes in a value without quotes": (
        '<pre>\n<a href=\\"b.php?c=d\\">e</a>\n<?php <a href=\\"b.php\\">f</a> ?>\n</pre>\n',
        '<pre>\n<a href="\\&quot;b.php?c=d\\&quot;">e</a>\n<?php <a href="\\&quot;b.php\\&quot;">f</a> ?>\n</pre>\n',
    ),
    "headings in what a shortcode encloses": (
        "## A\n\n{% capture inner1 %}\n## A\n{% capture inner2 %}\n## A\n## A\n{% endcapture %}"
        "{% include shortcodes/b.html md=1 inner=inner2 %}\n{% endcapture %}"
        '{% include shortcodes/c.html a0="d" inner=inner1 %}\n\n{% capture inner3 %}\n## A\n{% endcapture %}'
        "{% include shortcodes/b.html md=1 inner=inner3 %}\n",
        "## A\n\n{% capture inner1 %}\n## A {#a}\n{% capture inner2 %}\n## A {#a}\n## A {#a-1}\n{% endcapture %}"
        "{% include shortcodes/b.html md=1 inner=inner2 %}\n{% endcapture %}"
        '{% include shortcodes/c.html a0="d" inner=inner1 %}\n\n{% capture inner3 %}\n## A {#a-1}\n{% endcapture %}'
        "{% include shortcodes/b.html md=1 inner=inner3 %}\n",
    ),
    "elements cut up in a list": (
        "- <div><i>a\n\n  *b*</i> *c*\n\n  </div>\n- d\n  <div><u>e\n\n  f\n\n  </u></div>\n",
        "- {::nomarkdown}\n  <div><i>a\n  {:/nomarkdown}\n\n  *b*{::nomarkdown}</i>{:/} *c*\n\n"
        "  {::nomarkdown}\n  </div>\n  {:/nomarkdown}\n- d\n\n  {::nomarkdown}\n  <div><u>e\n  {:/nomarkdown}\n\n"
        "  f\n\n  {::nomarkdown}</u>{:/}{::nomarkdown}</div>{:/}\n",
    ),
    "elements cut up in a quotation": (
        "> a\n> <div><i>*b*\n>\n> *c*\n>\n> </i></div>\n",
        "> a\n>\n> {::nomarkdown}\n> <div><i>*b*\n> {:/nomarkdown}\n>\n> *c*\n>\n"
        "> {::nomarkdown}</i>{:/}{::nomarkdown}</div>{:/}\n",
    ),
    "an element of a line in another that is cut up": (
        "<div><b>a\n\n*c* <i>d</i></b> e\n\n</div>\n",
        "{::nomarkdown}\n<div><b>a\n{:/nomarkdown}\n\n*c* <i>d</i>{::nomarkdown}</b>{:/} e\n\n"
        "{::nomarkdown}\n</div>\n{:/nomarkdown}\n",
    ),
    "words that are no Markdown in an element that holds some": (
        "<div>\n*a*\n\n*b*\n\n</div>\n\n<div>\nc\n\n*d*\n\n</div>\n",
        "{::nomarkdown}\n<div>\n*a*\n{:/nomarkdown}\n\n*b*\n\n{::nomarkdown}\n</div>\n{:/nomarkdown}\n\n"
        '<div markdown="1">\nc\n\n*d*\n\n</div>\n',
    ),
    "an indented tag in an element that holds Markdown": (
        "<div>\n    <p>a</p>\n\n*b*\n\n</div>\n",
        "{::nomarkdown}\n<div>\n    <p>a</p>\n{:/nomarkdown}\n\n*b*\n\n{::nomarkdown}\n</div>\n{:/nomarkdown}\n",
    ),
    "blocks in an element of a line": (
        '<a href="b">\n<div>c</div>\n</a>\n\n<a href="d">\n*e*\n</a>\n\n<a href="f">\n<img src="g">\n</a>\n',
        '{::nomarkdown}\n<a href="b">\n<div>c</div>\n</a>\n{:/nomarkdown}\n\n{::nomarkdown}\n<a href="d">\n*e*\n</a>\n'
        '{:/nomarkdown}\n\n<a href="f">\n<img src="g">\n</a>\n',
    ),
    "a brace before a tag": ("{<b>{</b><i>\n", "{<b>{</b>{::nomarkdown}<i>{:/}\n"),
    "ends that end nothing in a block": (
        "<div>\n<embed></embed>\n</div>\n",
        "{::nomarkdown}\n<div>\n<embed></embed>\n</div>\n{:/nomarkdown}\n",
    ),
    "a tag that is none to kramdown": (
        '<p>\n<b class="a" 0.2em;="">c</b>\n</p>\n\nd <i :f="">e</i>\n',
        '{::nomarkdown}\n<p>\n<b class="a" 0.2em;="">c</b>\n</p>\n{:/nomarkdown}\n\n'
        'd {::nomarkdown}<i :f="">{:/}e{::nomarkdown}</i>{:/}\n',
    ),
    "elements that begin blocks at a line's start": (
        "a <font>b\n<font>c</font> *d*</font>\n\n- <font>e</font> f\n",
        'a <font markdown="span">b\n{::nomarkdown}<font>{:/}c{::nomarkdown}</font>{:/} *d*</font>\n\n'
        "- {::nomarkdown}<font>{:/}e{::nomarkdown}</font>{:/} f\n",
    ),
    "elements that end in other marks": (
        "[<b>a](c)</b> **<i>d**</i> **<u>e</u>**\n\n<i>*f</i> <i>g*</i>\n",
        "[{::nomarkdown}<b>{:/}a](c){::nomarkdown}</b>{:/} "
        "**{::nomarkdown}<i>{:/}d**{::nomarkdown}</i>{:/} **<u>e</u>**\n\n"
        "{::nomarkdown}<i>{:/}*f{::nomarkdown}</i>{:/} {::nomarkdown}<i>{:/}g*{::nomarkdown}</i>{:/}\n",
    ),
    "signs that begin no emphasis": (
        "A_*b c_*d.\n\n1_a _ 2_.\n\ne**(f**g\n\n______ `1_a_` h_1 _i * j* \\*k* \\**l*\n\n* m*\n",
        "A_\\*b c_*d.\n\n1\\_a _ 2_.\n\ne\\*\\*(f**g\n\n\\_\\_\\_\\_\\_\\_ `1_a_` h_1 _i * j* \\*k* \\**l*\n\n* m*\n",
    ),
    "emphasis in emphasis": ("**a __b__ *c*** *d __e *f*__*\n", "**a <strong>b</strong> *c*** *d __e <em>f</em>__*\n"),
    "tildes amid words": (
        "1~2, *3* 4~5 a ~ b~c \\~8~9\n\n10~(11)\n\n12~13\n",
        "1~~2, *3* 4~~5 a ~ b~~c \\~8~~9\n\n10~(11)\n\n12~13\n",
    ),
    "a block behind words in an element that holds Markdown": (
        "<div>a <p>\n\n*b*\n\n</p></div>\n\n<center><br><ul>\n\n*c*\n\n</ul></center>\n",
        "{::nomarkdown}\n<div>a <p>\n{:/nomarkdown}\n\n*b*\n\n{::nomarkdown}\n</p></div>\n{:/nomarkdown}\n\n"
        "{::nomarkdown}\n<center><br><ul>\n{:/nomarkdown}\n\n*c*\n\n{::nomarkdown}\n</ul></center>\n{:/nomarkdown}\n",
    ),
    "a block right below a quotation": (
        "> a\n>\n<p>b</i>\n\n*c*\n",
        "> a\n>\n\n{::nomarkdown}\n<p>b</i>\n{:/nomarkdown}\n\n*c*\n",
    ),
    "ends that end nothing": (
        "a</span> b</div>\n\n</div>\n\nc\n",
        "a{::nomarkdown}</span>{:/} b{::nomarkdown}</div>{:/}\n\n{::nomarkdown}\n</div>\n{:/nomarkdown}\n\nc\n",
    ),
    "elements without ends in another": (
        "<ul>\n<li>a\n<li>b\n</ul>\n\n*c*\n",
        "{::nomarkdown}\n<ul>\n<li>a\n<li>b\n</ul>\n{:/nomarkdown}\n\n*c*\n",
    ),
    "an element that begins in a list and ends behind it": (
        "- <div>a\n\nb\n\n</div>\n",
        "- {::nomarkdown}\n  <div>a\n  {:/nomarkdown}\n\nb\n\n{::nomarkdown}\n</div>\n{:/nomarkdown}\n",
    ),
    "headings without words": ("#### \nb\n\n- #\n\n## ##\n", "<h4></h4>\n\nb\n\n- <h1></h1>\n\n<h2></h2>\n"),
    "a heading of a space": ("## &nbsp;\n", "## &nbsp; {#heading}\n"),
    "an image's words": ("## ![p](a.png) q\n", "## ![p](a.png) q {#p-q}\n"),
}
ONCE = {
    "a quotation at the start of an element": (
        '## ["a"](/b) c\n\n## d **--**\n',
        '## ["a"](/b) c\n{: id="-c"}\n\n## d **--** {#d-}\n',
    ),
    "no definition of a link": (
        "[a]: /b c\n\n[d]\n\n[e]: /f\n[g]: /h i\n\n[d]: /j\n",
        "\\[a]: /b c\n\n[d]\n\n[e]: /f\n\\[g]: /h i\n\n[d]: /j\n",
    ),
    "code between spaces": (
        "a ` b *c* ` d` e ` ` f` `` g `` `h` i` j`\n",
        "a `b *c*` d`e` `` f`` `` g `` `h` i` j`\n",
    ),
    "numbers of lists": (
        "2. a\n3. b\n\n## c\n4. d\n\n- e\n\n  0. f\n- 3. g\n\n> h\n>\n> 3. i\n",
        '{: start="2"}\n2. a\n3. b\n\n'
        "## c\n\n"
        '{: start="4"}\n4. d\n\n'
        "- e\n\n"
        '  {: start="0"}\n  0. f\n- <!-- -->\n\n  {: start="3"}\n  3. g\n\n'
        '> h\n>\n> {: start="3"}\n> 3. i\n',
    ),
    "characters by their numbers in headings": (
        "## &#8220;a&#xe9; &eacute; **&#39;b**\n",
        '## &#8220;a&#xe9; &eacute; **&#39;b**\n{: id="8220axe9-é-39b"}\n',
    ),
    "headings in an element that holds Markdown": (
        "<div>\n\n## é a\n\n## b\n\n## b\n\n## 1. c\n\n</div>\n\n## b\n",
        '<div markdown="1">\n\n## é a\n{: id="é-a"}\n\n## b\n\n## b\n\n'
        '## 1. c\n{: id="1-c"}\n\n</div>\n\n## b {#b-2}\n',
    ),
}
"""What is adapted only once: lines of attributes are none to CommonMark."""


@pytest.mark.parametrize("text", SAME)
def test_what_both_render_alike_stays(text: str) -> None:
    assert adapted(text) == text


@pytest.mark.parametrize(("text", "expected"), (CHANGED | ONCE).values(), ids=CHANGED | ONCE)
def test_what_kramdown_renders_otherwise_is_edited(text: str, expected: str) -> None:
    assert adapted(text) == expected


@pytest.mark.parametrize("text", [expected for _, expected in CHANGED.values()])
def test_adapting_twice_changes_nothing_more(text: str) -> None:
    assert adapted(text) == text


@given(st.text(alphabet="ab1. )(~<>/#[^]:\n`|{}%\\éi@wd", max_size=80))
def test_nothing_is_raised_and_no_letter_is_lost(text: str) -> None:
    made = adapted(text)
    assert [character for character in made if character == "é"] == [
        character for character in text if character == "é"
    ]


@needs_jekyll
def test_both_programs_show_the_same(tmp_path: Path) -> None:
    """Each text is a page of both sites; the pages are compared as their programs render them."""
    assert JEKYLL
    texts = [text for text in (*SAME, *(text for text, _ in (CHANGED | ONCE).values())) if _is_comparable(text)]
    pages = {f"content/p{number}.md": f"---\ntitle: P\n---\n{text}" for number, text in enumerate(texts)}
    layout = {"layouts/all.html": "{{ .Content }}"}
    built = hugo_site.build(hugo_site.write_site(tmp_path / "hugo", pages | layout))
    assert not built.error
    jekyll = tmp_path / "jekyll"
    jekyll.mkdir()
    for number, text in enumerate(texts):
        (jekyll / f"p{number}.md").write_text(f"---\ntitle: P\n---\n{adapted(text)}")
    command = [JEKYLL, "build", "--quiet", "--source", str(jekyll), "--destination", str(tmp_path / "public")]
    subprocess.run([*command, "--disable-disk-cache"], check=True, capture_output=True)
    shown = {text: (tmp_path / f"public/p{number}.html").read_text() for number, text in enumerate(texts)}
    meant = {text: built.files[f"p{number}/index.html"] for number, text in enumerate(texts)}
    assert [text for text in texts if content(meant[text], "p.html") != content(shown[text], "p.html")] == []
    for sign in ("<table", "<ol start=", "<strong", "<em", "<del"):
        assert [text for text in texts if meant[text].count(sign) != shown[text].count(sign)] == []


@pytest.mark.parametrize(
    "pieces",
    [
        ("<!-- ",),
        ("<script>\n\n",),
        ("<p>\n\n",),
        ("x <i> ",),
        ("x </i> ",),
        ("<div>\n\n", "</b>\n\n"),
        ('<a b="',),
        ("a~b ",),
        ("*a ",),
        ("3. a\n\nx\n\n",),
        ("# a\n",),
    ],
)
def test_time_is_linear(pieces: tuple[str, ...]) -> None:
    started = time.perf_counter()
    adapted("".join(piece * 25_000 for piece in pieces))
    assert time.perf_counter() - started < 10


def _is_comparable(text: str) -> bool:
    """Whether a text has words, no Liquid, no note that is cited twice (each program names its way back otherwise)."""
    return bool(text.strip()) and "{%" not in text and "a[^y] b[^y]" not in text
