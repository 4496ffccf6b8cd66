"""Jekyll's bodies: what Liquid and kramdown add, and those bodies as Hugo's text."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from built_sites import build_hugo, build_jekyll
from folders import write
from hypothesis import given, settings
from hypothesis import strategies as st
from jekyll_bodies import PAGE, converted
from programs import HUGO as HUGO_PROGRAM
from programs import needs_jekyll

import hugoconv
from hugoconv.markup.constructs import Construct
from hugoconv.systems.jekyll.dialect import JEKYLL, JEKYLL_HTML
from hugoconv.systems.jekyll.kramdown import attributes
from hugoconv.systems.jekyll.liquid import split_filters

CASES = Path(__file__).parent / "fixtures" / "cases" / "jekyll"
TEMPLATES = Path(hugoconv.__file__).parent / "systems" / "hugo" / "templates"
HUGO_CONFIG = """
disableKinds = ["taxonomy", "term", "rss", "sitemap", "404"]
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.parser.attribute]
block = true
"""


# Scanning ------------------------------------------------------------------------------------------------------------

SCANS = [
    ("output", "{{ page.title }}", [("page.title", "output", "{{ page.title }}", None)]),
    ("filters", '{{ "a|b" | append: "x, y" | upcase }}', [('"a|b"', "output", None, None)]),
    ("trimmed", "a {{- x -}} b", [("x", "output", "{{- x -}}", None)]),
    ("tag", "{%- link a.md -%}", [("link", "tag", "{%- link a.md -%}", None)]),
    ("many lines", "{% include a\n  b=1 %}", [("include", "tag", "{% include a\n  b=1 %}", None)]),
    ("pair", "{% if a %}x{{ y }}{% endif %}", [("if", "tag", None, "x{{ y }}"), ("y", "output", None, None)]),
    ("unknown pair", "{% note %}x{% endnote %}", [("note", "tag", None, "x")]),
    ("raw", "{% raw %}{{ x }}{% if %}{%- endraw -%}", [("raw", "tag", None, "{{ x }}{% if %}")]),
    ("comment", "{% comment %}{% comment %}{% endcomment %}{{ x }}{% endcomment %}!", [("comment", "tag", None, None)]),
    ("in code", "`{{ x }}`\n\n    {% link a %}", [("x", "output", None, None), ("link", "tag", None, None)]),
    ("one brace", "{{ a } b }}", [("", "error", "{{ a }", None)]),
    ("unclosed", "{{ a", [("", "error", "{{", None)]),
    ("unclosed tag", "{% a", [("", "error", "{%", None)]),
    ("no name", '{% "x" %}', [("", "error", '{% "x" %}', None)]),
    ("unclosed block", "{% if a %}x", [("if", "error", "{% if a %}", None)]),
    ("stray end", "x{% endif %}", [("endif", "error", "{% endif %}", None)]),
    ("block attributes", "p\n{: .a #b c='d' e}\n", [("block", "attributes", "{: .a #b c='d' e}", None)]),
    ("span attributes", "*p*{: .a}", [("span", "attributes", "{: .a}", None)]),
    ("item attributes", "* {: .a} x", [("item", "attributes", "{: .a}", None)]),
    ("definition", "{:a: .b}", [("a", "definition", "{:a: .b}", None)]),
    ("extension", "{::comment}x{:/}", [("comment", "extension", None, "x")]),
    ("closed extension", "{::options a='b' /}", [("options", "extension", "{::options a='b' /}", None)]),
    ("abbreviation", "*[A]: B", [("A", "abbreviation", "*[A]: B", None)]),
]
NOTHING = [
    ("prose", "One { two } % three {x} {#id}"),
    ("ruby hash", "a {:key => 1}"),
    ("attributes in code", "`a`{:b\n\n    {: .code}\n\n```\n{: .code}\n```\n"),
    ("heading id", "# H {#id}"),
    ("link", "[a]: http://example.org\n*[A] B"),
    ("empty", ""),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in SCANS], ids=[row[0] for row in SCANS])
def test_scan(text: str, expected: list[tuple[str, str, str | None, str | None]]) -> None:
    found = JEKYLL.scan(text)
    assert [(construct.name, construct.kind) for construct in found] == [row[:2] for row in expected]
    for construct, (_, _, source, inner) in zip(found, expected, strict=True):
        if source is not None:
            assert text[construct.start : construct.end] == source
        if inner is not None:
            assert text[construct.inner_start : construct.inner_end] == inner


@pytest.mark.parametrize("text", [row[1] for row in NOTHING], ids=[row[0] for row in NOTHING])
def test_scan_finds_nothing(text: str) -> None:
    assert JEKYLL.scan(text) == []


def test_highlighted_code_is_not_kramdowns() -> None:
    names = [construct.name for construct in JEKYLL.scan("{% highlight x %}\n{: .a}\n{% endhighlight %}\n")]
    assert names == ["highlight"]


def test_html_bodies_have_no_kramdown() -> None:
    assert [construct.kind for construct in JEKYLL_HTML.scan("<p>{{ x }}</p>\n{: .a}\n")] == ["output"]


def test_arguments() -> None:
    (construct,) = JEKYLL.scan("""{% include f.html src="a b" alt='c' n=page.x %}""")
    assert construct.arguments == (("", "f.html"), ("src", "a b"), ("alt", "c"), ("n", "page.x"))


def test_filters() -> None:
    assert split_filters("""x | a | b: "c|d", e""") == ("x", (("a", ""), ("b", '"c|d", e')))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("#a .b.c", (("id", "a"), ("class", "b"), ("class", "c"))),
        ("k=\"v w\" l='x' ref", (("k", "v w"), ("l", "x"), ("", "ref"))),
        (r'k="a \"b\""', (("k", 'a "b"'),)),
        ("!? =", ()),
    ],
)
def test_attributes(source: str, expected: tuple[tuple[str, str], ...]) -> None:
    assert attributes(source) == expected


def test_references_see_liquid_as_one_word() -> None:
    text = "![a]({{ site.baseurl }}/b c.png) [x](/y)"
    assert [reference.target for reference in JEKYLL.references("![a]({{ site.url }}/b.png) [x](/y)")][-1] == "/y"
    assert JEKYLL.opaque(text) == [(5, 23)]


# Bodies as Hugo's text -----------------------------------------------------------------------------------------------

CODES: dict[str, list[str]] = {
    "attributes-without-counterpart": ["HC311"] * 5,
    "block-attributes": [],
    "broken-liquid": ["HC302", "HC312"],
    "comments": ["HC307"],
    "definitions": [],
    "embeds": ["HC307"],
    "excerpt": [],
    "extensions": ["HC311", "HC311"],
    "headings-and-hashes": [],
    "highlight-around-raw": [],
    "highlight-fence": [],
    "highlight-shortcode": [],
    "highlight-without-language": ["HC312"],
    "includes": ["HC302", "HC302"] + ["HC307"] * 5,
    "links": ["HC302"],
    "octopress": ["HC307", "HC307"],
    "programs": ["HC302"] * 3,
    "raw": [],
    "highlight-comments": [],
    "read-otherwise": ["HC319"] * 4,
    "shortcodes-of-hugo": ["HC302", "HC302"],
    "span-attributes": [],
    "values": ["HC302"] * 3,
    "windows-lines": [],
}
UNCHANGED = {
    "prose": "Some *text* with `code`, {braces}, 100 %, a } and a {.\n",
    "heading": "# Heading {#id}\n\n## Heading {#id-1.1}\n\n$$x_1$$\n\nand {{ nothing\n",
    "windows": "one\r\ntwo\r\n",
    "no end": "last line",
    "empty": "",
}


def _read(name: str, part: str) -> str:
    return (CASES / f"{name}.{part}.md").read_bytes().decode()


def test_every_case_is_listed() -> None:
    assert {path.name.split(".")[0] for path in CASES.iterdir()} == set(CODES)


@pytest.mark.parametrize("name", CODES)
def test_case(name: str) -> None:
    text, findings = converted(_read(name, "input"))
    assert text == _read(name, "expected")
    assert [finding.code for finding in findings] == CODES[name]


@pytest.mark.parametrize("text", UNCHANGED.values(), ids=UNCHANGED)
def test_what_needs_no_change_is_not_changed(text: str) -> None:
    assert converted(text)[0] == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ page.title }} {% raw %} {{< x >}}", "{{ page.title }} {% raw %} {{</* x */>}}"),
        ("*a*{: .b}", '<em class="b">a</em>'),
    ],
)
def test_without_liquid_only_markdown_is_converted(text: str, expected: str) -> None:
    assert converted(text, liquid=False) == (expected, [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>{{ site.title }}</p>\n{: .a}\n", "<p>My site</p>\n{: .a}\n"),
        ("{% highlight c %}\nx\n{% endhighlight %}", '{{< highlight "c" >}}\nx\n{{< /highlight >}}'),
        ("{% gist a/1 b.rb %}", '{{< gist "a/1" "b.rb" >}}'),
        ('{% include image.html src="/a.png" alt="A" %}', '<img src="/a.png" alt="A">'),
        ("{% twitter https://x.com/a %}", '<a href="https://x.com/a">https://x.com/a</a>'),
    ],
)
def test_html_bodies(text: str, expected: str) -> None:
    assert converted(text, markup="html")[0] == expected


@pytest.mark.parametrize(
    ("separator", "text", "expected"),
    [
        ("\n\n", "a\n\nb", "a\n\nb"),
        ("", "a", "a"),
        ("<!--more-->", "a <!--more--> b", "a <!--more--> b"),
        ("<!-- more -->", "a\n<!-- more -->\nb", "a\n<!--more-->\nb"),
        ("[cut]", "a\n[cut]\nb", "a\n<!--more-->\n[cut]\nb"),
        ("<!--c-->", "{% comment %}<!--c-->{% endcomment %}", "<!--<!- -c- ->-->"),
    ],
)
def test_excerpt_separator(separator: str, text: str, expected: str) -> None:
    assert converted(text, excerpt_separator=separator)[0] == expected


def test_findings_have_line_and_column() -> None:
    (finding,) = converted("one\n\n  {{ unknown }}\n")[1]
    assert (finding.line, finding.column) == (3, 3)


def test_a_delimiter_made_of_two_pieces_is_inert() -> None:
    assert converted("{% raw %}{{{% endraw %}{% raw %}< x >}}{% endraw %}")[0] == "{{</* x */>}}"


PIECES = [
    "{{", "}}", "{%", "%}", "{{<", ">}}", "{{%", "%}}", "/*", "*/", "-", "\n", "\r\n", "    ", "`", "```\n", "> ", "* ",
    "# h\n", "{% raw %}", "{% endraw %}", "{% comment %}", "{% endcomment %}", "{% if a %}", "{% endif %}",
    "{% highlight c %}\n", "\n{% endhighlight %}\n", "{{ page.title }}", "{{- site.baseurl -}}", "{% link about.md %}",
    "{: .a #b}", "{:x: .y}\n", "{: x}\n", "{:toc}", "*a*", "[l](u)", "{::comment}", "{:/}", "<!--cut-->", "é😀", "word",
    '{% include figure.html src="/a" caption="{{<" %}',
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_is_scanned_and_converted(text: str) -> None:
    _spans_are_nested(text, JEKYLL.scan(text))
    converted(text)
    converted(text, liquid=False, markup="html")


def _spans_are_nested(text: str, found: list[Construct]) -> None:
    for construct in found:
        assert 0 <= construct.start < construct.end <= len(text)
        if construct.inner_start >= 0:
            assert construct.start < construct.inner_start <= construct.inner_end < construct.end
    assert found == sorted(found, key=lambda construct: construct.start)


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_characters="{}*<&`~\\|:.+->\t", exclude_categories=["Cs"])))
def test_text_without_markup_is_not_changed(text: str) -> None:
    assert converted(text, excerpt_separator="")[0] == text


@pytest.mark.parametrize(
    "piece",
    [
        "{{",
        "{%",
        "{% raw %}",
        "{% if a %}",
        "{{- page.title -}} ",
        "{:",
        "{::x}",
        "*a*{: .x}\n",
        "{% comment %}",
        "{: .a}\n",
    ],
)
def test_time_is_linear(piece: str) -> None:
    started = time.perf_counter()
    converted(piece * 10_000)
    assert time.perf_counter() - started < 10


def test_the_real_hugo_builds_and_shows_every_case(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    shutil.copytree(TEMPLATES, tmp_path / "layouts" / "_shortcodes")
    (tmp_path / "hugo.toml").write_text(HUGO_CONFIG)
    (tmp_path / "layouts" / "single.html").write_text("<main>{{ .Content }}</main>")
    front_matter = f"---\ntitle: {PAGE['title']}\nauthor: {{name: Ada}}\n---\n"
    for name in CODES:
        body = converted(_read(name, "input"))[0]
        (tmp_path / "content" / f"{name}.md").write_bytes((front_matter + body).encode())
    assert HUGO_PROGRAM is not None
    built = subprocess.run([HUGO_PROGRAM, "--source", str(tmp_path)], capture_output=True, text=True, timeout=60)
    assert built.returncode == 0, built.stderr
    pages = {name: (tmp_path / "public" / name / "index.html").read_text("utf-8") for name in CODES}
    assert not [name for name, page in pages.items() if "HAHAHUGO" in page]
    for name, shown in SHOWN:
        assert shown in re.sub(r"<span[^>]*>|</span>", "", pages[name]), name


SHOWN = [
    ("shortcodes-of-hugo", '<!--{{< figure src="a.png" >}}--> and <!--{{% note %}}-->'),
    ("raw", "{{&lt; figure src=&#34;a.png&#34; &gt;}} {{% note %}} {{&lt; never closed"),
    ("values", "The title, Ada, 0, false, ;"),
    ("values", "{{ page.nothing }}"),
    ("programs", "<!--{% for post in site.posts %}"),
    ("block-attributes", '<h1 id="top" class="big" data-x="y">Heading</h1>'),
    ("block-attributes", '<h1 class="under" id="underlined">Underlined</h1>'),
    ("block-attributes", '<h2 id="named" class="more">Named</h2>'),
    ("block-attributes", '<p class="lead" title="Say &quot;hi&quot;">A paragraph.</p>'),
    ("block-attributes", '<ul class="list">'),
    ("block-attributes", '<p class="a b">Two lists</p>'),
    ("block-attributes", '<blockquote class="quote">'),
    ("block-attributes", 'class="highlight wide"'),
    ("span-attributes", '<a href="https://example.org" title="Title" target="_blank" rel="noopener">link</a>'),
    ("highlight-fence", 'class="language-ruby"'),
    ("highlight-around-raw", "{{&lt; tip &gt;}}"),
    ("links", '<a href="/blog/hello/#top">same prefix once</a>'),
    ("octopress", "<p>Said <em>so</em>.</p>"),
    ("comments", '<h1 id="a-heading">A heading</h1>'),
    ("definitions", '<p class="note" id="n">A paragraph.</p>'),
    ("definitions", '<abbr title="Hyper Text Markup Language">HTML</abbr> in <code>HTML</code>'),
]
"""Words and markup that a reader of the built pages must find."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a $$x$$ b\n", r"a \(x\) b" "\n"),
        ("$$x$$ b\n", r"\(x\) b" "\n"),
        ("$$\nx\n$$\n", "$$\nx\n$$\n"),
        ("a\n\n$$x$$\n\nb `$$y$$` and \\$$z$$\n", "a\n\n$$x$$\n\nb `$$y$$` and \\$$z$$\n"),
    ],
)
def test_formulas_in_a_line_are_told_from_those_that_stand_alone(text: str, expected: str) -> None:
    assert converted(text)[0] == expected


def test_without_ids_of_its_own_a_heading_gets_none() -> None:
    text = "# 1.2 V\n"
    with_ids, without = ({"kramdown": {"input": "kramdown", "auto_ids": wanted}} for wanted in (True, False))
    assert converted(text, site=with_ids)[0] == "# 1.2 V {#v}\n"
    assert converted(text, site=without)[0] == "# 1.2 V\n"


BESIDE_TAGS = {
    "words": ("a\n\n<br/>\nb\n", "a\n\n<br/> b\n"),
    "a heading": ("a\n\n<br/>\n## B\n", "a\n\n<br/>\n\n## B\n"),
    "a list": ("a\n\n<br/>\n- b\n", "a\n\n<br/>\n\n- b\n"),
    "nothing": ("a\n\n<br/>\n\nb\n", "a\n\n<br/>\n\nb\n"),
}


@pytest.mark.parametrize(("text", "expected"), BESIDE_TAGS.values(), ids=BESIDE_TAGS)
def test_a_tag_of_a_line_ends_where_kramdown_says(text: str, expected: str) -> None:
    assert converted(text)[0] == expected


IDS = {
    "one": ("## A *b* c `d`\n", "## A *b* c `d`\n"),
    "two of one name": ("## Same\n\n## Same\n", "## Same\n\n## Same\n"),
    "two of one name that Goldmark misreads": (
        "## a[b] → c\n\n## a[b] = c\n",
        "## a[b] → c {#ab--c}\n\n## a[b] = c {#ab--c-1}\n",
    ),
    "a link by its label": ("## [A b][c]\n\n[c]: /d/\n", "## [A b][c] {#a-b}\n\n[c]: /d/\n"),
    "braces that are words": ("## A [b](c) {.d}\n", "## A [b](c) \\{.d}\n"),
    "braces that are words behind a reference": ("## [A][b] {.d}\n\n[b]: c\n", "## [A][b] \\{.d} {#a-d}\n\n[b]: c\n"),
    "pictures and signs alone": (
        "## ![a](b.png)\n\n## ![a](b.png)\n\n## !!!\n",
        '## ![a](b.png) {id=""}\n\n## ![a](b.png) {#-1}\n\n## !!! {#-2}\n',
    ),
    "a space that does not break": ("\u00a0 \n-\n", '\u00a0 {id=""} \n-\n'),
    "one without words": ("### \n\n#\n", "\\### \n\n\\#\n"),
    "a space at the end of a link": ("## [A ](b)\n\n## *c* [d e](f)\n", "## [A ](b) {#a-}\n\n## *c* [d e](f)\n"),
    "dashes in code and in words": ("## A `--b` c -- d\n", "## A `--b` c -- d\n"),
    "a mark behind a sign": ("## \u2764\ufe0f a\n", '## \u2764\ufe0f a {id="\ufe0f-a"}\n'),
    "one of its own in another script": (
        "## a {#\u062d\u0642\u0651}\n\n## b {#1}\n",
        "## a {#\u062d\u0642\u0651}\n\n## b \\{#1}\n",
    ),
    "letters of other scripts": (
        "## *x*\u6c49**\u5b57**\n\n## \u6c49 *a_b*\n",
        '## *x*\u6c49**\u5b57**\n\n## \u6c49 *a_b* {id="\u6c49-a_b"}\n',
    ),
    "in preformatted text": (
        "## A\n\n<pre>\n# A\n# a.b [c d]\n</pre>\n\n## A\n",
        "## A\n\n<pre>\n# A\n# a.b [c d]\n</pre>\n\n## A\n",
    ),
    "in an element that holds Markdown": (
        '## \u00e9 A\n\n<div markdown="1">\n\n## \u00e9 A\n\n## 1 B\n\n## B\n\n</div>\n\n## A\n',
        "## \u00e9 A\n\n<div>\n\n## \u00e9 A {#a}\n\n## 1 B {#b}\n\n## B {#b-1}\n\n</div>\n\n## A {#a}\n",
    ),
    "one whose name was written above": ("## A {#b}\n\n## B\n", "## A {#b}\n\n## B {#b}\n"),
}


@pytest.mark.parametrize(("text", "expected"), IDS.values(), ids=IDS)
def test_headings_are_counted_as_kramdown_counts_them(text: str, expected: str) -> None:
    assert converted(text)[0] == expected


CONTENTS = """* TOC
{:toc}

# Out
{: .no_toc}

## In

### Out too {#own}
{: .no_toc}

## In
"""


@needs_jekyll
def test_contents_leave_out_what_kramdown_leaves_out(tmp_path: Path) -> None:
    old = write(tmp_path / "old", {"_config.yml": "", "a.md": f"---\n---\n{CONTENTS}"})
    hugoconv.convert(old, tmp_path / "new", to="hugo")
    build_jekyll(old, tmp_path / "built-old")
    build_hugo(tmp_path / "new", tmp_path / "built-new")
    pages = [(tmp_path / built / "a.html").read_text() for built in ("built-old", "built-new")]
    assert [re.findall(r'<a href="(#[^"]*)', page) for page in pages] == [["#in", "#in-1"]] * 2
    shutil.rmtree(tmp_path / "new" / ".hugoconv")
    hugoconv.convert(tmp_path / "new", tmp_path / "back", to="jekyll")
    assert "* TOC\n{:toc}\n" in (tmp_path / "back" / "a.md").read_text()


NUMBERS = {
    "a number and a parenthesis": ("> 1) a\n", "> 1\\) a\n"),
    "amid a paragraph": ("a\n2) b\n", "a\n2) b\n"),
    "in code": ("```\n1) a\n```\n\n    1) a\n", "```\n1) a\n```\n\n    1) a\n"),
    "a list": ("1. a\n2. b\n", "1. a\n2. b\n"),
}


@pytest.mark.parametrize(("text", "expected"), NUMBERS.values(), ids=NUMBERS)
def test_a_list_is_one_to_kramdown(text: str, expected: str) -> None:
    assert converted(text)[0] == expected


SPACED = {
    "a link": ("[a](b c) d\n", "[a](<b c>) d\n"),
    "with a title": ('[a](b c "d")\n', '[a](<b c> "d")\n'),
    "only a title": ('[a](b "c d")\n', '[a](b "c d")\n'),
    "in code": ("`[a](b c)`\n", "`[a](b c)`\n"),
}


@pytest.mark.parametrize(("text", "expected"), SPACED.values(), ids=SPACED)
def test_an_address_may_have_spaces(text: str, expected: str) -> None:
    assert converted(text)[0] == expected
