"""Hugo bodies for another system, with Jekyll as the other one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hugoconv.report.findings import Findings
from hugoconv.systems.hugo.config import HugoConfig, config_of
from hugoconv.systems.hugo.goldmark import attributes
from hugoconv.systems.hugo.pagenames import PageNames
from hugoconv.systems.hugo.translation import Translation
from hugoconv.systems.jekyll import liquid
from hugoconv.systems.jekyll.dialect import JEKYLL as DIALECT
from hugoconv.systems.jekyll.dialect import JEKYLL_HTML

NAMES = PageNames(
    [
        ("content/posts/a.md", "posts/a", ""),
        ("content/posts/b/index.md", "posts/b/index", ""),
        ("content/docs/_index.md", "docs/_index", ""),
        ("content/docs/My Page.md", "docs/My Page", ""),
        ("content/posts/a.fr.md", "posts/a", "fr"),
    ]
)
MOVED = {
    "/content/posts/a.md": "/a/",
    "/content/posts/b/index.md": "/posts/b/",
    "/content/docs/My Page.md": "/docs/my-page/",
}
MOVED |= {"/content/posts/a.fr.md": "/fr/a/", "/old/": "/new/", "/posts/b": "/posts/b/"}


def translated(text: str, config: HugoConfig | None = None, markup: str = "markdown") -> tuple[str, list[str]]:
    """Return a Hugo body as Jekyll's, and the findings' codes."""
    log = Findings()
    translation = Translation(
        page={"title": "T & {{ x }}", "params": {"deep": 3}},
        path="posts/b/index",
        language="",
        names=lambda: NAMES,
        config=config or HugoConfig(params={"author": "A. Writer"}),
        markup=markup,
    )
    target = DIALECT if markup == "markdown" else JEKYLL_HTML
    body = translation(text, target, lambda url: MOVED.get(url, url), log.at("x.md", 1))
    return body, [finding.code for finding in log]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Just *text*.\r\n\r\nMore.\r\n",
        "## Heading\n\n## Another {#plain-id}\n",
        "![a](b.png) [c](../d/) <https://example.org/>\n",
        "[b](/posts/b)\n",
        "```go\nfunc main() {}\n```\n",
        "first\n\n<!--more-->\n\nrest\n<!--more-->\n",
        "{.class}\n",
        "Private \ue000 characters \ue001.\n",
    ],
)
def test_bodies_that_stay_as_they_are(text: str) -> None:
    assert translated(text) == (text, [])


@pytest.mark.parametrize(
    ("text", "expected", "codes"),
    [
        ('{{< figure src="a.png" alt="b" >}}', "![b](a.png)", []),
        (
            '{{< figure src="a.png" caption="c" attr="d" attrlink="/e/" >}}',
            '{% include figure.html src="a.png" caption="c [d](/e/)" %}',
            [],
        ),
        ('{{< figure src="a.png" loading="lazy" >}}', "![](a.png)", ["HC307"]),
        ("{{< youtube abc >}}", '{% include youtube.html id="abc" %}', []),
        ('{{% vimeo id="1" %}}', '{% include vimeo.html id="1" %}', []),
        (
            '{{< highlight go "linenos=table,hl_lines=2 4-5" >}}\na {{ b }}\n{{< /highlight >}}',
            '{% highlight go linenos mark_lines="2 4 5" %}\na {% raw %}{{ b }}{% endraw %}\n{% endhighlight %}',
            [],
        ),
        ("{{< highlight go >}}\na\n{{< /highlight >}}", "```go\na\n```", []),
        ('{{< param "title" >}}', "T & {% raw %}{{ x }}{% endraw %}", []),
        ("{{< param author >}} {{< param deep >}}", "A. Writer 3", []),
        ("{{< param nothing >}}", "{% raw %}{{< param nothing >}}{% endraw %}", ["HC301"]),
        ('[a]({{< ref "a.md#top" >}})', "[a]({{ '/a/' | absolute_url }}#top)", []),
        ('[a]({{< relref "/docs/my page" >}})', "[a]({{ '/docs/my-page/' | relative_url }})", []),
        ('[a]({{< ref "#here" >}})', "[a](#here)", []),
        ('[a]({{< ref "nowhere" >}})', "[a]()", ["HC341"]),
        (
            "{{< note >}}\nSee {{< youtube x >}}.\n{{< /note >}}",
            '{% capture inner1 %}\nSee {% include youtube.html id="x" %}.\n{% endcapture %}'
            "{% include shortcodes/note.html inner=inner1 %}",
            ["HC340"],
        ),
        ("{{<note>}}", "{% include shortcodes/note.html %}", ["HC340"]),
        ("{{< note/a >}}", "{% include shortcodes/note/a.html %}", ["HC340"]),
        ('{{% a "b c" 1 %}}', '{% include shortcodes/a.html a0="b c" a1="1" md=1 %}', ["HC340"]),
        ("{{< a >}}{{< a >}}", "{% include shortcodes/a.html %}{% include shortcodes/a.html %}", ["HC340"]),
        ('{{< a k="x y" >}}', '{% include shortcodes/a.html k="x y" %}', ["HC340"]),
        ('{{< a `say "x"` >}}', '{% include shortcodes/a.html a0="say \\"x\\"" %}', ["HC340"]),
        ("{{< a `b\\` >}}", "{% raw %}{{< a `b\\` >}}{% endraw %}", ["HC301"]),
        ('{{< a k="{{ x }}" >}}', '{% raw %}{{< a k="{{ x }}{% endraw %}" >}}', ["HC301"]),
        (
            "{{< a >}}1{{< a >}}2{{< /a >}}{{< /a >}}",
            "{% capture inner1 %}1{% capture inner2 %}2{% endcapture %}{% include shortcodes/a.html inner=inner2 %}"
            "{% endcapture %}{% include shortcodes/a.html inner=inner1 %}",
            ["HC340"],
        ),
        (
            '{{< details summary="S" >}}x{{< /details >}}',
            '{% capture inner1 %}x{% endcapture %}{% include shortcodes/details.html summary="S" inner=inner1 %}',
            [],
        ),
        ("{{</* note */>}}", "{% raw %}{{< note >}}{% endraw %}", []),
        ("```\n{{</* note */>}}\n```\n", "```\n{% raw %}{{< note >}}{% endraw %}\n```\n", []),
        (
            '```\n{{< figure src="x.jpg" >}}\n```\n',
            '```\n{% raw %}{{< figure src="x.jpg" >}}{% endraw %}\n```\n',
            ["HC307"],
        ),
        ("a {{ .Title }}", "a {% raw %}{{ .Title }}{% endraw %}", []),
        ("{{< a", "{% raw %}{{{% endraw %}< a", ["HC313"]),
        ("{{< figure >}}", "{% raw %}{{< figure >}}{% endraw %}", ["HC301"]),
        ("## Words {#größe-½}", '## Words\n{: id="größe-½"}', []),
        ("## Words {#größe}", "## Words {#größe}", []),
        ("## H {#i .c}\n\ntext", "## H\n{: #i .c}\n\ntext", []),
        ("## H {.c k=v}\n", '## H\n{: .c k="v"}\n', []),
        ("> ## H {.c}\n", "> ## H\n> {: .c}\n", []),
        ("Title {.c}\n=====\n\ntext", "Title\n=====\n{: .c}\n\ntext", []),
        (
            'a\n\n```go {linenos=true,hl_lines=[1,"3-4"]}\nx := 1\n```\n\nb',
            'a\n\n{% highlight go linenos mark_lines="1 3 4" %}\nx := 1\n{% endhighlight %}\n\nb',
            [],
        ),
        ("```go {linenos=inline}\nx := 1\n```", "{% highlight go linenos %}\nx := 1\n{% endhighlight %}", ["HC307"]),
        ('[b]({{< ref "a#c d" >}})', "[b]({{ '/a/' | absolute_url }}#c%20d)", []),
        ('See {{< ref "a" >}}.', "See {{ '/a/' | absolute_url }}.", []),
        ('See ({{% ref "a" %}}).', "See (<{{ '/a/' | absolute_url }}>).", []),
        ('{{% relref "a" %}} [{{% ref "a" %}}](b)', "{{ '/a/' | relative_url }} [{{ '/a/' | absolute_url }}](b)", []),
        (
            '{{< note >}}\n{{< ref "a" >}} [b]({{< ref "a" >}})\n{{< /note >}}',
            "{% capture inner1 %}\n<{{ '/a/' | absolute_url }}> [b]({{ '/a/' | absolute_url }})\n{% endcapture %}"
            "{% include shortcodes/note.html inner=inner1 %}",
            ["HC340"],
        ),
        (
            "[b](https://c.example/{{% d %}}/e) {{< d >}}",
            "[b](https://c.example/{% include shortcodes/d.html md=1 %}/e) {% include shortcodes/d.html %}",
            ["HC340", "HC307"],
        ),
        ("- a\n\n  ```go {linenos=true}\n  x\n  ```\n", "- a\n\n  ```go\n  x\n  ```\n", []),
        ("```go {.wide}\nx\n```\n", "```go\nx\n```\n", ["HC307"]),
        ("a[^1] b[^1] `[^1]`\n\n[^1]: c\n", "a[^1] b[^1] `[^1]`\n\n[^1]: c\n", ["HC307"]),
        ("a[^1] `[^1]`\n\n[^1]: c\n", "a[^1] `[^1]`\n\n[^1]: c\n", []),
        ("[a](/old/#b) and [c](/old/)", "[a](/new/) and [c](/new/)", []),
    ],
)
def test_bodies(text: str, expected: str, codes: list[str]) -> None:
    if "/old/#b" in text:
        MOVED["/old/#b"] = "/new/"
    assert translated(text) == (expected, codes)


def test_attributes_of_blocks_are_read_where_the_site_turned_them_on() -> None:
    config = config_of({"markup": {"goldmark": {"parser": {"attribute": {"block": True}}}}})
    assert translated("text\n{.lead}\n", config) == ("text\n{: .lead}\n", [])
    assert translated("text\n{.lead}\n") == ("text\n{.lead}\n", [])


def test_a_link_that_hugo_s_own_hook_refuses_is_named() -> None:
    text = "[a](hhttps://b.example) [c](tel:1) [d](https://e.example) [f](mailto:a@b.example) [g](h/i:j)\n"
    assert translated(text, config_of({"languages": {"en": {}}}))[1] == ["HC307", "HC307"]
    assert translated(text)[1] == []


def test_an_html_body_has_shortcodes_and_links_but_no_markdown() -> None:
    text = '<h2>{{< param author >}}</h2> # {.c} <a href="/old/">x</a> {{ y }}'
    expected = '<h2>A. Writer</h2> # {.c} <a href="/new/">x</a> {% raw %}{{ y }}{% endraw %}'
    assert translated(text, markup="html") == (expected, [])


def test_a_finding_says_where_the_shortcode_stands() -> None:
    log = Findings()
    translation = Translation(page={}, path="a", language="", names=lambda: NAMES, config=HugoConfig())
    translation("one\ntwo {{< x >}}", DIALECT, lambda url: url, log.at("a.md", 5))
    assert [(finding.line, finding.column) for finding in log] == [(6, 5)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("#a .b c=d", (("id", "a"), ("class", "b"), ("c", "d"))),
        ('linenos=true, hl_lines=[1,"2-3"] k="a b"', (("linenos", "true"), ("hl_lines", '[1,"2-3"]'), ("k", "a b"))),
        ("a b", ()),
        ("", ()),
        ("{}", ()),
    ],
)
def test_attributes_are_read_as_goldmark_reads_them(source: str, expected: tuple[tuple[str, str], ...]) -> None:
    assert attributes(source) == expected


@pytest.mark.parametrize(
    ("name", "language", "expected"),
    [
        ("a.md", "", "content/posts/a.md"),
        ("a", "fr", "content/posts/a.fr.md"),
        ("/posts/a", "", "content/posts/a.md"),
        ("posts/b", "", "content/posts/b/index.md"),
        ("b/index.md", "", "content/posts/b/index.md"),
        ("", "", "content/posts/b/index.md"),
        ("docs", "", "content/docs/_index.md"),
        ("My Page.md", "", "content/docs/My Page.md"),
        ("../a", "", "content/posts/a.md"),
        ("nowhere", "", None),
        ("/a", "de", "content/posts/a.md"),
    ],
)
def test_names_of_pages(name: str, language: str, expected: str | None) -> None:
    assert NAMES.find(name, "posts/b/index", language) == expected


PIECES = (
    *("{{< x >}}", "{{% y %}}", "{{</* z */>}}", "{{< /x >}}", "{{ a }}", "{% b %}", "{{<", ">}}", "{"),
    *('{{< figure src="a" >}}', "{{< highlight go >}}", "{{< /highlight >}}", "<!--more-->", "[a](/old/)"),
    *("## H {.c}", "{#i .c}", "====", "```", "```go {linenos=1}", "`", "> ", "- "),
    *("\n", "\n\n", " ", "word", "é", "\ue000"),
)
BODIES = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@given(BODIES)
def test_no_body_makes_liquid_stop_or_loses_a_word(text: str) -> None:
    body, _ = translated(text)
    allowed = {"raw", "include", "highlight"}
    for construct in liquid.constructs(body):
        assert construct.kind == "output" or (construct.kind == "tag" and construct.name in allowed), (text, body)
    assert body.count("word") >= text.count("word") - text.count("highlight")


CODE = "{{< highlight go >}}\nx := 1\n\ny\n{{< /highlight >}}"
PLACES = {
    "alone": (f"{CODE}\n", "```go\nx := 1\n\ny\n```\n"),
    "in a list": (f"- {CODE}\n- b\n", "- ```go\n  x := 1\n\n  y\n  ```\n- b\n"),
    "below an item": (f"1. a\n\n   {CODE}\n", "1. a\n\n   ```go\n   x := 1\n\n   y\n   ```\n"),
    "in a quotation": (f"> {CODE}\n", "> ```go\n> x := 1\n> \n> y\n> ```\n"),
    "in a definition": (
        "word\n: meaning\n    {{< highlight go >}}\n    x\n    {{< /highlight >}}\n    more\n",
        "word\n: meaning\n    ```go\n        x\n    ```\n    more\n",
    ),
    "amid words": ("a {{< highlight go >}}x{{< /highlight >}} b\n", "a \n\n```go\nx\n```\n\n b\n"),
}


@pytest.mark.parametrize(("text", "expected"), PLACES.values(), ids=PLACES)
def test_code_stays_in_the_block_that_it_is_in(text: str, expected: str) -> None:
    assert translated(text)[0] == expected


IN_HTML = {
    "code": (CODE, "{% highlight go %}\nx := 1\n\ny\n{% endhighlight %}"),
    "a picture": ('{{< figure src="a.png" alt="b" >}}', '{% include figure.html src="a.png" alt="b" %}'),
    "a film": ("{{< youtube abcdefghijk >}}", '{% include youtube.html id="abcdefghijk" %}'),
    "an address": (
        "{{< instagram BWNjjyYFxVx >}}",
        '<a href="https://www.instagram.com/p/BWNjjyYFxVx/">https://www.instagram.com/p/BWNjjyYFxVx/</a>',
    ),
    "words": ("<p>a *b*</p>\n", "<p>a *b*</p>\n"),
}


@pytest.mark.parametrize(("text", "expected"), IN_HTML.values(), ids=IN_HTML)
def test_a_page_in_html_gets_no_markdown(text: str, expected: str) -> None:
    assert translated(text, markup="html")[0] == expected


def test_code_in_a_block_of_html_is_no_fence() -> None:
    text = "<div>\n{{< highlight go >}}\nx\n{{< /highlight >}}\n</div>\n"
    assert translated(text)[0] == "<div>\n{% highlight go %}\nx\n{% endhighlight %}\n</div>\n"


def test_a_picture_s_title_is_shown_above_its_caption() -> None:
    assert translated('{{< figure src="a.png" title="T" >}}')[0] == '{% include figure.html src="a.png" title="T" %}'
    assert translated('![a](a.png "T")')[0] == '![a](a.png "T")'
