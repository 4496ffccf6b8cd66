"""Org bodies of Hugo sites as Markdown: the real Hugo shows what an org file says, the real Jekyll what it became."""

from __future__ import annotations

import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from zipfile import ZipFile

import lxml.html
import pytest
from built_sites import build_made_jekyll
from folders import write
from hypothesis import given, settings
from hypothesis import strategies as st
from programs import HUGO, needs_jekyll

import hugoconv as hc
from hugoconv.markup.org import TooTangledError, to_html
from hugoconv.migrate.pages import content

SITE = """baseURL = "https://example.org/"
disableKinds = ["home", "section", "taxonomy", "term", "rss", "sitemap"]
[security]
allowContent = [".*"]
"""
LAYOUTS = {
    "layouts/page.html": "<main>{{ .Content }}</main>",
    "layouts/shortcodes/hello.html": '<code>{{ "{{< hello >}}" }}</code>',
}
FILES = {
    "content/inc.txt": "  included\n  words\n\n",
    "content/set/up.org": "#+TODO: NEXT | DONE\n#+OPTIONS: tags:nil\n",
}
CASES: dict[str, str] = {
    "paragraphs": "one\ntwo\n\nthree\n  four\n",
    "a line break": "one\\\\\ntwo \\\\\nthree\n",
    "headlines": "* one\ntext\n** two\n*** three\n* four\n",
    "a headline's own id": "* one\n:PROPERTIES:\n:CUSTOM_ID: mine\n:END:\n* two\n",
    "properties below a date are no id": "* one\nDEADLINE: <2020-01-02>\n:PROPERTIES:\n:CUSTOM_ID: mine\n:END:\ntext\n",
    "what is to be done": "* TODO one\n* DONE [#A] two\n* TODOS three\n* [#D] four\n",
    "own words for it": "#+TODO: NEXT(n) | GONE\n* NEXT one\n* TODO two\n* GONE three\n",
    "tags": "* one :a:b_c:\n* two :x y:\n",
    "headlines nobody sees": "* one :noexport:\nhidden\n** below\n* COMMENT two\nhidden\n* three\n",
    "options": "#+OPTIONS: todo:nil pri:nil tags:nil e:nil <:nil\n* TODO [#A] one :a:\n\\alpha <2020-01-02> x\n",
    "a headline below h6": "****** six\n******* seven\ntext\n",
    "emphasis": "*bold* /italic/ +gone+ _under_ =verb atim= ~co de~ *bold /both/ bold*\n",
    "emphasis over lines": "*one\ntwo* /three\nfour\nfive/ *six *seven*\n",
    "no emphasis": "a*b* * c* /usr/bin a/b/c snake_case_name 1+2+3 *x*y (*z*), 'a=b' ==\n",
    "signs of Markdown": "# no comment?\n\n1986. A year. `tick` <b> & &amp; [x](y) ![z] \\* ~~a~~ | b | ^c^ {d} #e\n",
    "subscript": "H_{2}O x^{10} a_b x_{a b}\n",
    "characters by names": "\\alpha \\rarr{}x a--b --- ... \\quot \\_ \\nothing C:\\Users \\sup \\shy{}\n",
    "formulas": "\\(x_1 * y_2\\) and $a_b*c*$ and\n\n\\[ e = \\frac{1}{2} \\]\n\n$$ z $$\n",
    "an environment": "\\begin{equation}\nx_1 = *y*\n\\end{equation}\n\ntext \\begin{a}x\\end{a} more\n",
    "dates": "<2020-01-02> <2020-01-02 Thu 10:30> <2020-01-02 Mon +1w> [2020-01-02] <2020-13-45>\n",
    "progress": "[1/2] [50%] [x/y]\n",
    "links": "[[https://a.example/b_c][*b* c]] [[https://a.example]] https://b.example/x_y. mailto:x@y.example\n",
    "links to files": "[[file:a.org][a]] [[./b.org]] [[../c.org::*x][c]] [[file:d.pdf]] [[#mine][e]] [[*one][f]]\n",
    "links by short names": "#+LINK: g https://g.example/%s\n#+LINK: s https://s.example/?\n[[g:a/b][x]] [[s:t][y]]\n",
    "a note's id": "[[denote:20200102T0304][a]]\n",
    "brackets in links": "[[https://a.example/(x)][a [b] c]] [[a][b][c]] [[not\na link]]\n",
    "pictures": "[[file:a.png]] [[https://a.example/b.jpg]] [[c.svg][text]] [[https://a.example][file:d.png]]\n",
    "a picture with words": "#+CAPTION: A /caption/\n#+ATTR_HTML: :width 300 :class big\n[[file:a.png]]\n\nafter\n",
    "a film": "[[file:a.mp4]]\n",
    "a list": "- one\n- two\n  more\n\n  paragraph\n- three\n\nafter\n",
    "lists in lists": "- one\n  1. a\n  2. b\n     - x\n- two\n  + c\n",
    "numbered": "1. one\n2. two\n\n\n1) other\n2) list\n",
    "numbered from": "3. [@3] three\n4. four\n",
    "letters": "a. one\nb. two\n",
    "tasks": "- [ ] one\n- [X] two\n- [-] three\n- [x] four\n",
    "descriptions": "- one :: first\n- two :: second\n  more\n- three\n",
    "a list with blocks": "- one\n  #+BEGIN_SRC sh\n  x\n    y\n  #+END_SRC\n  after\n- two\n\n  | a | b |\n",
    "code": "#+BEGIN_SRC python -n 5 :exports both\ndef f():\n    return '*a*' < 1\n\n\n#+END_SRC\n",
    "code without a language": "#+begin_src\na {{ b }} {% c %}\n#+end_src\n",
    "code nobody sees": "a\n#+BEGIN_SRC sh :exports none\nx\n#+END_SRC\n\n"
    "#+BEGIN_SRC sh :exports results\ny\n#+END_SRC\n",
    "results": "#+BEGIN_SRC sh\nx\n#+END_SRC\n\n#+RESULTS:\n: y\n: z\n\n#+RESULTS:\nwords\n",
    "results nobody sees": "#+BEGIN_SRC sh :exports code\nx\n#+END_SRC\n\n#+RESULTS: n\n: y\n",
    "code without an end": "#+BEGIN_SRC sh\n*x*\n\nafter\n",
    "code in a line": "x src_python{print(1)} y src_sh[:exports code]{ls} asrc_no{x}\n",
    "org in code": "#+BEGIN_SRC org\n,* one\n,#+TITLE: x\n#+END_SRC\n",
    "an example": "#+BEGIN_EXAMPLE\n,* one\n  two <b>\n#+END_EXAMPLE\n\n: three *x*\n:   four\n:\n: five\n",
    "a quotation": "#+BEGIN_QUOTE\none\n\n- two\n#+END_QUOTE\n",
    "verses": "#+BEGIN_VERSE\none\n  two\n#+END_VERSE\n",
    "other blocks": "#+BEGIN_CENTER\nthree\n#+END_CENTER\n\n#+begin_note\nfour\n#+end_note\n",
    "raw HTML": "#+BEGIN_EXPORT html\n<p>a <b>b</b></p>\n#+END_EXPORT\n\n#+BEGIN_EXPORT latex\nno\n#+END_EXPORT\n\n"
    "#+HTML: <i>c</i>\n\nx @@html:<u>d</u>@@ @@latex:no@@ y\n",
    "a table": "| a | b |\n|---+---|\n| 1 | *x* |\n| 2 |  |\n",
    "a table without a head": "| a | b |\n| c | d |\n",
    "a table in parts": "|---+---|\n| a | b |\n|---+---|\n| <l> | <r> |\n| 1 | 2 |\n|---+---|\n| 3 | 4 |\n|---+---|\n",
    "rows of unequal length": "| a | b | c |\n|---|\n| 1 |\n",
    "notes": "one[fn:1] two[fn:x] three[fn:1] four[fn:: in /line/]\n\n"
    "[fn:1] first\n\nmore\n\n[fn:x] second [fn:y]\n\n[fn:y] third\n",
    "a note without a text": "one[fn:1]\n",
    "rules": "a\n-----\nb\n----\nc\n",
    "comments": "a\n# hidden\nb\n#not hidden\n\n#+BEGIN_COMMENT\nshown by Hugo\n#+END_COMMENT\n",
    "keywords": "#+AUTHOR: hidden\n#+CUSTOM: x\ntext\n#+NAME: n\n| a |\n",
    "a name without anything": "text\n#+NAME: n\n",
    "a title in the text": "text\n\n#+TITLE: A /title/\n",
    "contents": "text\n\n#+TOC: headlines 1\n\n* one\n** two\n* [[https://a.example][three]]\n\n#+TOC: headlines 2\n",
    "no contents": "#+OPTIONS: toc:nil\n#+TOC: headlines 2\n* one\n** two\n\n#+TOC: headlines 1\n",
    "drawers": ":LOGBOOK:\n- shown by Hugo\n:END:\n\n* one\n:PROPERTIES:\n:A: hidden\n:END:\ntext :END:\n",
    "macros": "#+MACRO: m *$1* and $2\n{{{m(one,two)}}}\n\nx {{{unknown(x)}}} y\n",
    "an included file": '#+INCLUDE: "inc.txt" src sh\n\n#+INCLUDE: "./inc.txt" example x\n\n#+INCLUDE: "inc.txt"\n',
    "a set-up file": "#+SETUPFILE: set/up.org\n* NEXT one :a:\n",
    "shortcodes": 'a {{< param "title" >}} b\n\n* {{< param "title" >}}\n\n| {{< param "title" >}} | x |\n',
    "a shortcode as a block": 'a\n\n{{< figure src="a.png" caption="b" >}}\n\nc\n',
    "a link by a shortcode": '[[{{< ref "0.org" >}}][a]]\n',
    "a shortcode around words": "{{< highlight go >}}a /b/{{< /highlight >}}\n",
    "a shortcode of the site's": "* a {{< hello >}}\n\n| {{< hello >}} | x |\n",
    "a shortcode that is shown": "{{</* hello */>}} {{%/* hello */%}}\n",
    "the end of the summary": "one\n\n<!--more-->\n\ntwo\n",
    "windows' lines": "* one\r\ntext\r\n\r\n- a\r\n- b\r\n",
    "tabs": "-\tone\n\t- two\n#+BEGIN_SRC sh\n\tx\n#+END_SRC\n",
    "Chinese": "中文 *粗体* 中文\n换行\n",
    "ends that end nothing": "a\n#+END_SRC\n\n:END:\n\\end{x}\n",
}  # fmt: skip


def page(body: str) -> str:
    return f"---\ntitle: T\n---\n{body}"


def words_of(html: str, name: str) -> Counter[str]:
    """Return what the elements of a name say."""
    found = lxml.html.document_fromstring(html).iter(name)
    return Counter(" ".join(" ".join(element.itertext()).split()) for element in found)


def code_of(html: str) -> Counter[str]:
    """Return the code, in a line and on its own."""
    tree = lxml.html.document_fromstring(html)
    found = [*tree.iter("pre"), *(each for each in tree.iter("code") if next(each.iterancestors("pre"), None) is None)]
    return Counter(each.text_content().strip("\n") for each in found)


SAME = {
    "strong": ("strong", "b"),
    "em": ("em", "i"),
    "del": ("del",),
    "sub": ("sub",),
    "cell": ("td", "th"),
    "item": ("li", "dt", "dd"),
    "quotation": ("blockquote",),
    "rule": ("hr",),
}
"""The elements that must say the same, under the names that either program gives them."""


def shown(html: str) -> dict[str, object]:
    """Return what a page shows."""
    seen = content(html, "x/index.html")
    elements = {kind: sum((words_of(html, name) for name in names), Counter()) for kind, names in SAME.items()}
    page = {"words": seen.words, "ids": seen.ids, "links": seen.links, "images": seen.images}
    return {**page, "code": code_of(html), **elements}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, hc.Report]:
    folder = tmp_path_factory.mktemp("org")
    names = {name: f"content/{number}.org" for number, name in enumerate(CASES)}
    files = {names[name]: page(body) for name, body in CASES.items()}
    write(folder / "old", {"hugo.toml": SITE, **LAYOUTS, **FILES, **files})
    command = [HUGO, "--source", str(folder / "old"), "--destination", str(folder / "shown-old")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert not done.returncode, done.stdout + done.stderr
    report = hc.convert(folder / "old", folder / "new", to="jekyll")
    build_made_jekyll(folder / "new", folder / "shown-new")
    return folder / "shown-old", folder / "shown-new", report


@needs_jekyll
@pytest.mark.parametrize("name", CASES)
def test_jekyll_shows_what_hugo_shows_of_org(built: tuple[Path, Path, hc.Report], name: str) -> None:
    number = list(CASES).index(name)
    old, new = ((site / str(number) / "index.html").read_text() for site in built[:2])
    assert shown(new) == shown(old)


KEPT = {
    "words before a task's box": ("- a [X] b\n", "- a [X] b\n"),
    "a row without spaces": ("|a|b|\n", "<table>\n<tbody>\n<tr><td>a</td><td>b</td></tr>\n</tbody>\n</table>\n"),
    "two macros in a line": ("#+MACRO: m $1!\n{{{m(a)}}} b {{{m(c)}}}\n", "a! b c!\n"),
    "code further on in a line": ("src_x a src_sh{b} c\n", "src_x a `b` c\n"),
}
"""What org means and go-org, which Hugo uses, loses words of."""
WRITTEN = {
    "headings": ("* TODO [#A] One :x:\n** Two\n", "## TODO [A] One x {#headline-1}\n\n### Two {#headline-2}\n"),
    "emphasis": ("*a* /b/ =c= +d+ _e_\n", "**a** *b* `c` ~~d~~ <u>e</u>\n"),
    "a list": ("- [ ] a\n- [X] b\n", "- [ ] a\n- [x] b\n"),
    "code": ("#+BEGIN_SRC go\nx := 1\n#+END_SRC\n", "```go\nx := 1\n```\n"),
    "a table": ("| a | b |\n|---+---|\n| 1 | 2 |\n", "| a | b |\n| --- | --- |\n| 1 | 2 |\n"),
    "descriptions": ("- a :: b\n", "a\n: b\n"),
    "a quotation": ("#+BEGIN_QUOTE\na\n#+END_QUOTE\n", "> a\n"),
    "a link": ("[[file:b.org][c]]\n", "[c](b.html)\n"),
}


def moved(folder: Path, body: str, to: str, matter: str = "---\ntitle: T\n---\n") -> tuple[str, hc.Report]:
    """Return the file that a page of org becomes, and the report."""
    write(folder / "old", {"hugo.toml": SITE, **LAYOUTS, **FILES, "content/page.org": f"{matter}{body}"})
    report = hc.convert(folder / "old", folder / "new", to=to)
    files = (path for path in sorted((folder / "new").rglob("*.md")) if "page" in str(path.relative_to(folder / "new")))
    return next(files).read_text(), report


def converted(folder: Path, body: str, matter: str = "---\ntitle: T\n---\n") -> tuple[str, hc.Report]:
    """Return the body in Jekyll of a page of org, and the report."""
    text, report = moved(folder, body, "jekyll", matter)
    return text.split("---\n", 2)[2].lstrip("\n"), report


@pytest.mark.parametrize(("body", "markdown"), [*WRITTEN.values(), *KEPT.values()], ids=[*WRITTEN, *KEPT])
def test_org_as_markdown(tmp_path: Path, body: str, markdown: str) -> None:
    assert converted(tmp_path, body)[0] == markdown


@pytest.mark.parametrize("to", ["astro", "eleventy", "hexo", "pelican", "zola", "markdown"])
def test_org_is_markdown_in_every_system_of_files(tmp_path: Path, to: str) -> None:
    text, report = moved(tmp_path, "* One\n\n/em/ [[https://a.example][b]]\n", to)
    assert "## One" in text
    assert "*em* [b](https://a.example)" in text
    assert not [finding for finding in report.findings if finding.code == "HC309"]


@pytest.mark.parametrize(
    ("to", "parts"),
    [
        ("wordpress", ['<h2 class="wp-block-heading" id="headline-1">One</h2>', "<p><em>em</em></p>"]),
        ("ghost", ["One", "em"]),
    ],
)
def test_org_is_what_systems_of_html_show(tmp_path: Path, to: str, parts: list[str]) -> None:
    write(tmp_path / "old", {"hugo.toml": SITE, "content/page.org": page("* One\n\n/em/\n")})
    report = hc.convert(tmp_path / "old", tmp_path / "new", to=to)
    text = next(zip_texts(tmp_path / "new")) if to == "ghost" else (tmp_path / "new").read_text()
    assert all(part in text for part in parts)
    assert "* One" not in text
    assert "/em/" not in text
    assert not [finding for finding in report.findings if finding.code == "HC309"]


def zip_texts(archive: Path) -> Iterator[str]:
    """Yield the JSON files of an archive."""
    with ZipFile(archive) as opened:
        yield from (opened.read(name).decode() for name in opened.namelist() if name.endswith(".json"))


def test_the_end_of_the_summary_is_where_the_front_matter_says(tmp_path: Path) -> None:
    body = "one\n# more\ntwo\n"
    assert converted(tmp_path / "org", f"\n{body}", matter="#+TITLE: T\n")[0] == "one\n\n<!--more-->\n\ntwo\n"
    assert converted(tmp_path / "yaml", body)[0] == "one\n\ntwo\n"


def test_files_outside_of_the_content_are_not_included(tmp_path: Path) -> None:
    body = '#+INCLUDE: "../hugo.toml" example x\n#+INCLUDE: "/inc.txt" example x\n#+INCLUDE: "none.txt" src x\n'
    text, report = converted(tmp_path, body)
    assert text == "```\n  included\n  words\n```\n"
    said = [finding.message for finding in report.findings if finding.code == "HC307"]
    assert said == [
        f"#+INCLUDE: {name} is not there; Hugo shows nothing, either" for name in ("../hugo.toml", "none.txt")
    ]


@pytest.mark.parametrize(
    "body",
    ["#+BEGIN_QUOTE\n" * 300 + "#+END_QUOTE\n", "".join(f"{' ' * n}- x\n" for n in range(90)), "a" * 70_000 + "\n"],
    ids=["blocks without ends", "nested lists", "a long line"],
)
def test_what_nobody_can_read_is_shown_as_it_is_written_and_named(tmp_path: Path, body: str) -> None:
    text, report = converted(tmp_path, body)
    assert text == f"```org\n{body}```\n"
    assert [finding.code for finding in report.findings if finding.file == "content/page.org"] == ["HC309", "HC307"]


HOSTILE = [
    "[[",
    "{{{m(",
    "*a ",
    "/_*+",
    "$",
    "\\(",
    "\\[",
    "@@a:",
    "[fn:a",
    "src_a{",
    "a://",
    "\\begin{a}",
    "- ",
    "| a ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_long_texts_are_read_in_time(piece: str) -> None:
    text = "\n".join([piece * (8_000 // len(piece))] * 20)
    began = time.monotonic()
    with suppress(TooTangledError):
        to_html(text, lambda name: None)
    assert time.monotonic() - began < 10


def test_macros_and_set_up_files_in_circles_end() -> None:
    assert to_html("#+MACRO: m {{{m(1)}}} a\n{{{m(1)}}}\n", lambda name: None).html
    files = {"a": "#+SETUPFILE: a\n#+SETUPFILE: b\n", "b": "#+SETUPFILE: a\n"}
    assert to_html("#+SETUPFILE: a\nx\n", lambda name: files.get(name)).html


@given(st.text(alphabet="*/_=~+[]{}()<>|:-#\\$^@ \n\tabTODO1.", max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_becomes_html(text: str) -> None:
    try:
        made = to_html(text, lambda name: None)
    except TooTangledError:
        return
    assert isinstance(made.html, str)


def test_a_check_counts_what_readers_see_of_org(tmp_path: Path) -> None:
    body = (
        "* One\n:PROPERTIES:\n:CUSTOM_ID: mine\n:END:\n# hidden\n"
        "#+CAPTION: seen\n#+ATTR_HTML: :width 3\n[[file:a.png]]\n\n"
        "#+BEGIN_QUOTE\nquoted [[https://a.example/x][link]][fn:1]\n#+END_QUOTE\n\n[fn:1] note\n"
    )
    text, _ = converted(tmp_path, body)
    assert not [each for each in hc.check(tmp_path / "new", tmp_path / "old").findings if each.code == "HC534"]
    path = next((tmp_path / "new").glob("page*"))
    for word in ("One", "seen", "quoted", "note"):
        path.write_text(f"---\ntitle: T\n---\n{text.replace(word, '')}")
        [found] = [each for each in hc.check(tmp_path / "new", tmp_path / "old").findings if each.code == "HC534"]
        assert repr(word.lower()) in found.message
