"""Neutral constructs as Jekyll's text, and text that Jekyll must show instead of running it."""

from __future__ import annotations

import json
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st
from programs import needs_jekyll

from hugoconv.markup.constructs import (
    Attributes,
    CrossReference,
    Embed,
    Figure,
    Gallery,
    Highlight,
    Media,
    Neutral,
    SummaryDivider,
    Unknown,
)
from hugoconv.systems.jekyll import liquid
from hugoconv.systems.jekyll.dialect import JEKYLL as DIALECT
from hugoconv.systems.jekyll.dialect import JEKYLL_HTML
from hugoconv.systems.jekyll.symbols import with_symbols_quoted

# Text that Jekyll must show -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Plain text, `code` and [a](b).",
        "a { b } c } d",
        "{ % not a tag % }",
        "# Heading {#id}\n",
        "`{: .a}`",
        "```\n{: .a}\n*[a]: b\n```\n",
        "<!--more-->",
        "100 %} of }} it",
    ],
)
def test_what_jekyll_shows_anyway_is_not_touched(text: str) -> None:
    assert DIALECT.escape(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a {{ .Title }} b", "a {% raw %}{{ .Title }}{% endraw %} b"),
        ("{{< x >}}", "{% raw %}{{< x >}}{% endraw %}"),
        ("{% if %} and {{ x }}", "{% raw %}{% if %} and {{ x }}{% endraw %}"),
        ("{{ a }}\n{{ b }}", "{% raw %}{{ a }}{% endraw %}\n{% raw %}{{ b }}{% endraw %}"),
        ("{{ open", "{% raw %}{{{% endraw %} open"),
        ("{{}", "{% raw %}{{}{% endraw %}"),
        ("{% endraw %}", "{% raw %}{%{% endraw %} endraw %}"),
        ("x\n{: .a}\n", "x\n\\{: .a}\n"),
        ("{::comment}x{:/comment}", "\\{::comment}x{:/comment}"),
        ("*[HTML]: words", "\\*[HTML]: words"),
    ],
)
def test_what_jekyll_would_run_is_made_inert(text: str, expected: str) -> None:
    assert DIALECT.escape(text) == expected


def test_a_body_that_kramdown_does_not_see_keeps_its_braces() -> None:
    assert JEKYLL_HTML.escape("x\n{: .a}\n{{ y }}") == "x\n{: .a}\n{% raw %}{{ y }}{% endraw %}"


LIQUID_PIECES = st.sampled_from(
    ["{", "}", "{{", "}}", "{%", "%}", "-", " ", "a", "\n", "endraw", "{% endraw %}", "{% raw %}", "{%- endraw -%}"]
)
TEXTS = st.lists(LIQUID_PIECES, max_size=12).map("".join)


@given(TEXTS)
def test_escaped_text_has_nothing_but_raw(text: str) -> None:
    escaped = JEKYLL_HTML.escape(text)
    found = liquid.constructs(escaped)
    assert {(construct.kind, construct.name) for construct in found} <= {("tag", "raw")}
    shown, position = "", 0
    for construct in found:
        shown += escaped[position : construct.start] + escaped[construct.inner_start : construct.inner_end]
        position = construct.end
    assert shown + escaped[position:] == text


@needs_jekyll
def test_the_real_liquid_shows_escaped_text_as_it_was() -> None:
    pieces = ["{", "}", "{{", "}}", "{%", "%}", " ", "a", "{% endraw %}", "{% raw %}"]
    texts = [first + second + third for first in pieces for second in pieces for third in pieces]
    program = """
        require "json"; require "liquid"
        shown = JSON.parse(STDIN.read).map { |text| Liquid::Template.parse(text, error_mode: :strict).render! }
        puts JSON.dump(shown)
    """
    escaped = json.dumps([JEKYLL_HTML.escape(text) for text in texts])
    run = subprocess.run(["ruby", "-e", program], input=escaped, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: :b\n", 'a: ":b"\n'),
        (":a:\n  :b: 1\n", '":a":\n  ":b": 1\n'),
        ("a:\n  - :b # c\n", 'a:\n  - ":b" # c\n'),
    ],
)
def test_symbols_are_quoted(text: str, expected: str) -> None:
    assert with_symbols_quoted(text) == expected


@pytest.mark.parametrize("text", ["a: b\n", 'a: ":b"\n', "a: x:y\n", "a: |\n  :b\n", "# :b\na: 1\n", ""])
def test_other_scalars_are_not(text: str) -> None:
    assert with_symbols_quoted(text) == text


# Neutral constructs -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("neutral", "expected"),
    [
        (Figure("a.png", "b"), "![b](a.png)"),
        (Figure("a b.png", "b", title="t"), '![b](<a b.png> "t")'),
        (Figure("a.png", "b", title='"t"'), '<img src="a.png" alt="b" title="&quot;t&quot;" />'),
        (Figure("a.png", caption="a *b*"), '{% include figure.html src="a.png" caption="a *b*" %}'),
        (Figure("a.png", caption='"b"'), '{% include figure.html src="a.png" caption="\\"b\\"" %}'),
        (
            Figure("a.png", caption="100 %} b", link="/c/"),
            '<figure>\n<a href="/c/"><img src="a.png" alt="" /></a>\n'
            '<figcaption markdown="1">\n100 %} b\n</figcaption>\n</figure>',
        ),
        (Gallery((Figure("a.png"), Figure("b.png"))), "![](a.png)\n![](b.png)"),
        (Highlight("a\n", "go"), "```go\na\n```"),
        (Highlight("```\n", "md"), "````md\n```\n````"),
        (Highlight("{{ a }}\n", "Go"), "```go\n{% raw %}{{ a }}{% endraw %}\n```"),
        (
            Highlight("a", "go", "1 3-5", numbers=True),
            '{% highlight go linenos mark_lines="1 3 4 5" %}\na\n{% endhighlight %}',
        ),
        (Highlight("a", "", "", numbers=True), "{% highlight text linenos %}\na\n{% endhighlight %}"),
        (Embed("https://youtu.be/x", "youtube", "x", 5), '{% include youtube.html id="x" start="5" %}'),
        (Embed("https://vimeo.com/1", "vimeo", "1"), '{% include vimeo.html id="1" %}'),
        (Embed("//example.org/a b"), "<https://example.org/a%20b>"),
        (
            Embed("https://gist.github.com/a/1.js", "gist", "a/1"),
            '<script src="https://gist.github.com/a/1.js"></script>',
        ),
        (Media("audio", ("a.mp3",)), '<audio controls src="a.mp3"></audio>'),
        (CrossReference("/a/", "b"), "{{ '/a/' | relative_url }}#b"),
        (CrossReference("/it's/"), "{{ '/it%27s/' | relative_url }}"),
        (SummaryDivider(), "<!--more-->"),
        (Attributes((("id", "a"),)), " {#a}"),
        (Attributes((("id", "a"), ("class", "b"), ("k", 'v"}'))), '\n{: #a .b k="v&quot;\\}"}'),
        (Attributes((("id", "1a"),)), '\n{: id="1a"}'),
        (Unknown("{{< a >}}", "a"), "{% raw %}{{< a >}}{% endraw %}"),
    ],
)
def test_rendering(neutral: Neutral, expected: str) -> None:
    assert DIALECT.render(neutral) == expected
