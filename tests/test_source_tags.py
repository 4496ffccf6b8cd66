"""Tags of template languages in sources: Hexo's, Zola's, Eleventy's, MDX's become what they mean, others are named."""

from __future__ import annotations

import re
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from builders import BUILDERS, needs
from hypothesis import given, settings
from hypothesis import strategies as st
from target_site import picture, write_site

import hugoconv
from hugoconv.markup import markdown
from hugoconv.markup.constructs import Construct
from hugoconv.markup.likeness import visible_words
from hugoconv.markup.render import to_html
from hugoconv.report.report import Report
from hugoconv.systems.markdown_site.mdx import MDX
from hugoconv.systems.markdown_site.reading import opaque
from hugoconv.systems.markdown_site.tags import braces, calls

SITES: dict[str, dict[str, str | bytes]] = {
    "hexo": {
        "_config.yml": "title: T\nurl: https://example.net\ntheme: plain\ntimezone: UTC\npost_asset_folder: true\n",
        "source/_posts/second.md": "---\ntitle: The [second]\ndate: 2020-01-03 03:04:05\n---\nText.\n",
        "source/_posts/first/a.png": picture(),
        "source/images/b.png": picture((1, 2, 3)),
        "source/downloads/code/t.js": "var a = 1;\nvar b = 2;\n",
    },
    "zola": {
        "zola.toml": 'base_url = "https://example.net"\ntitle = "T"\n',
        "content/blog/second.md": '+++\ntitle = "Second"\ndate = 2020-01-03\n+++\nText.\n',
        "static/b.png": picture(),
    },
    "eleventy": {
        ".eleventy.js": "module.exports = () => ({ dir: { input: 'content' } });\n",
        "content/blog/second.md": "---\ntitle: Second\ndate: 2020-01-03\n---\nText.\n",
    },
    "astro": {
        "astro.config.mjs": "export default {};\n",
        "src/content/blog/second.md": "---\ntitle: Second\npubDate: 2020-01-03\n---\nText.\n",
    },
}
FIRST = {
    "hexo": ("source/_posts/first.md", "---\ntitle: One\ndate: 2020-01-02 03:04:05\nmood: happy{}\n---\n"),
    "zola": ("content/blog/first.md", '+++\ntitle = "One"\ndate = 2020-01-02\n{}\n+++\n'),
    "eleventy": ("content/blog/first.md", "---\ntitle: One\ndate: 2020-01-02\nmood: happy{}\n---\n"),
    "astro": ("src/content/blog/first.mdx", "---\ntitle: One\npubDate: 2020-01-02\nmood: happy{}\n---\n"),
}


def moved(system: str, body: str, folder: Path, more: str = "") -> tuple[Report, str]:
    """Return the report of a move to Hugo, and the body that a post's became."""
    path, head = FIRST[system]
    write_site(folder / "source", {**SITES[system], path: head.format(more) + body})
    report = hugoconv.convert(folder / "source", folder / "made", from_=system, to="hugo")
    return report, (folder / "made/content/posts/first.md").read_text().split("\n---\n", 1)[1].lstrip("\n")


HEXO = {
    "{% post_link second %}": '[The \\[second\\]](/2020/01/03/second/ "The [second]")',
    "{% post_link second#top some words %}": '[some words](/2020/01/03/second/#top "The [second]")',
    "{% post_link second '<i>x</i>' false %}": '[<i>x</i>](/2020/01/03/second/ "The [second]")',
    '<a href="{% post_path second %}">x</a>': '<a href="/2020/01/03/second/">x</a>',
    "{% asset_img a.png %}": "![](a.png)",
    "{% asset_img a.png A *title* %}": '![](a.png "A *title*")',
    """{% asset_img left a.png 20 30 '"title" "words"' %}""": (
        '<img src="a.png" alt="words" class="left" title="title" width="20" height="30" />'
    ),
    "- {% asset_link a.png the file %}": '- [the file](a.png "the file")',
    '<a href="{% asset_path a.png %}">x</a>': '<a href="a.png">x</a>',
    "{% img /images/b.png %}": "![](/images/b.png)",
    "{% link words https://example.com/x true A title %}": '[words](https://example.com/x "A title")',
    "{% url_for words about/ %}": "[words](/about/)",
    "{% iframe https://example.com/ 20 %}": (
        '<iframe src="https://example.com/" width="20" height="300" frameborder="0" loading="lazy" allowfullscreen>'
        "</iframe>"
    ),
    "{% youtube abc %}": "{{< youtube abc >}}",
    "{% vimeo 123 %}": "{{< vimeo 123 >}}",
    "{% codeblock lang:js %}\n  a();\n  {% raw %}{{ b }}{% endraw %}\n{% endcodeblock %}": "```js\na();\n{{ b }}\n```",
    "{% code t.js lang:js mark:1,3-4 %}\na\n{% endcode %}": 't.js\n\n```js {hl_lines=[1,"3-4"]}\na\n```',
    "{% codeblock T https://example.com/t here %}\na\n{% endcodeblock %}": (
        "T [here](https://example.com/t)\n\n```\na\n```"
    ),
    "{% include_code Test from:2 to:2 t.js %}": "Test [view raw](/downloads/code/t.js)\n\n```js\nvar b = 2;\n```",
    "{% blockquote A_nn, A Work %}\nOne *two* {% youtube abc %}\n{% endblockquote %}": (
        "> One *two* {{< youtube abc >}}\n>\n> **A\\_nn** *A Work*"
    ),
    "{% quote Ann https://example.com/x/ %}\nOne\n{% endquote %}": (
        "> One\n>\n> **Ann** [example.com/x](https://example.com/x/)"
    ),
    "{% pullquote %}\nOne\n{% endpullquote %}": "> One",
    "{% raw %}{{ x }} {% y %}{% endraw %}": "{{ x }} {% y %}",
    "I am {{ mood }}.{# never seen #}": "I am happy.",
    "{{ title }}": "One",
}
ZOLA = {
    '{{ youtube(id="abc") }}': "{{< youtube abc >}}",
    '{{vimeo(id="123")}}': "{{< vimeo 123 >}}",
    '{{ gist(url="https://gist.github.com/a/123", file="x.js") }}': "<https://gist.github.com/a/123.js?file=x.js>",
    '{% quote(author="A*nn") %}\nOne *two*\n{% end %}': "> One *two*\n>\n> A\\*nn",
    '{{ figure(src="/b.png", alt="words", caption="A *caption*") }}': (
        '{{< figure src="/b.png" alt="words" caption="A *caption*" >}}'
    ),
    "{{/* youtube(id=1) */}} {%/* end */%}": "{{ youtube(id=1) }} {% end %}",
    "[x](@/blog/second.md)": "[x](/second/)",
    "[x](@/blog/second.md#top)": "[x](/second/#top)",
}
ELEVENTY = {
    "{% raw %}{{ x }}{% endraw %}": "{{ x }}",
    "I am {{ mood }}{% comment %}no{% endcomment %}.": "I am happy.",
    '[x]({{ "/about/" | url }})': "[x](/about/)",
    "{% highlight js 1,3 %}\na();\n{% endhighlight %}": "```js {hl_lines=[1,3]}\na();\n```",
    '{% image "/b.png", "words" %}': "![words](/b.png)",
}
ASTRO = {
    "I am {frontmatter.mood}.{/* never\nseen */}": "I am happy.",
    'Some{" "}words {`here`}': "Some words here",
    '<YouTube id="abc" />': "{{< youtube abc >}}",
    "<Vimeo id={123} />": "{{< vimeo 123 >}}",
    '<p className="big" title={"t"}>words</p>': '<p class="big" title="t">words</p>',
    "3 < 4, `{x}`, <b>bold</b> and [x](https://example.net)": "3 < 4, `{x}`, <b>bold</b> and [x](https://example.net)",
    "```js\nimport a from 'b';\nconst {c} = <Foo/>;\n```": "```js\nimport a from 'b';\nconst {c} = <Foo/>;\n```",
}
SHOWN = [
    pytest.param(system, text, shown, id=f"{system} {text.split(chr(10))[0]}")
    for system, rows in (("hexo", HEXO), ("zola", ZOLA), ("eleventy", ELEVENTY), ("astro", ASTRO))
    for text, shown in rows.items()
]


@pytest.mark.parametrize(("system", "text", "shown"), SHOWN)
def test_tags_become_what_they_show(system: str, text: str, shown: str, tmp_path: Path) -> None:
    report, body = moved(system, f"{text}\n", tmp_path)
    assert body == f"{shown}\n"
    assert not [finding for finding in report.findings if finding.code in ("HC301", "HC307")]


@pytest.mark.parametrize(
    ("system", "text", "more"),
    [
        ("hexo", "`{% x %}` and `{{ x }}`", ""),
        ("hexo", "```\n{% post_link second %}\n```", ""),
        ("hexo", "<!-- {% post_link second %} -->", ""),
        ("hexo", "{% post_link second %} {{ title }}", "\ndisableNunjucks: true"),
        ("zola", "{{ x }} {% y %} {{ a.b }}", ""),
        ("eleventy", "{% x %} {{ y }}", "\ntemplateEngineOverride: md"),
        ("eleventy", "{ x } and %}", ""),
    ],
)
def test_what_is_not_run_stays(system: str, text: str, more: str, tmp_path: Path) -> None:
    report, body = moved(system, f"{text}\n", tmp_path, more)
    assert body == f"{text}\n"
    assert not [finding for finding in report.findings if finding.code.startswith("HC30")]


@pytest.mark.parametrize(
    ("system", "text", "names"),
    [
        ("hexo", "{% note %}\nA {% asset_img gone.png %} and {{ theme.x }}\n{% endnote %}", 3),
        ("hexo", "{% post_link nowhere %}", 1),
        ("zola", "{{ box() }} {% note(a=1) %}x{% end %}", 2),
        ("eleventy", "{% callout %}**x**{% endcallout %} {{ collections.all | size }}", 2),
    ],
)
def test_tags_that_nobody_knows_are_named_and_stay(system: str, text: str, names: int, tmp_path: Path) -> None:
    report, body = moved(system, f"{text}\n", tmp_path)
    assert body == f"{text}\n"
    named = [finding for finding in report.findings if finding.code == "HC301"]
    assert len(named) == names
    assert {(finding.line or 0) > 4 for finding in named} == {True}


def test_components_and_statements_of_mdx_are_named(tmp_path: Path) -> None:
    text = """import Chart from '../Chart.astro'
import { x } from './x'

export const y = 3;

<Chart data={[1, {a: 2}]} kind="bar" />

<Note>

Inside *note*, {y + 1}.

</Note>

<p style={{color: 'red'}}>Words</p>
"""
    report, body = moved("astro", text, tmp_path)
    wanted = """`<Chart data={[1, {a: 2}]} kind="bar" />`

`<Note>`

Inside *note*, {y + 1}.

`</Note>`

<p>Words</p>
"""
    assert body.lstrip("\n") == wanted
    said = [(each.code, each.line) for each in report.findings if each.code.startswith("HC30")]
    assert said == [("HC307", 6), ("HC307", 9), ("HC301", 11), ("HC301", 13), ("HC301", 15), ("HC307", 19)]


def test_what_tags_name_is_mentioned(tmp_path: Path) -> None:
    """The files and pages that tags name are looked for as those of links are."""
    path, head = FIRST["hexo"]
    body = "{% asset_img a.png %} {% asset_img gone.png %} {% post_link second x %}\n"
    write_site(tmp_path, {**SITES["hexo"], path: head.format("") + body})
    (post,) = (post for post in hugoconv.read(tmp_path, from_="hexo").posts if post.title == "One")
    found = [(each.target, each.lead.kind) for each in post.references]
    assert found == [("a.png", "file"), ("gone.png", "nowhere"), ("second", "page")]


@pytest.mark.parametrize(
    ("pattern", "address"),
    [
        ("", "/2020/01/02/a/first/"),
        ("permalink: :title.html\n", "/a/first.html"),
        ("permalink: :year/:i_month/:name/\n", "/2020/1/first/"),
        ("permalink: :category/:name/\n", "/Dev/Big-one/first/"),
        ("permalink: :mood/:hour-:minute/\n", "/happy/03-04/"),
        ("permalink: :hash/\n", "/a/first/"),
    ],
)
def test_addresses_are_those_of_hexos_configuration(pattern: str, address: str, tmp_path: Path) -> None:
    head = "---\ntitle: One\ndate: 2020-01-02 03:04:05\nmood: happy\ncategories: [Dev, Big one]\n---\n"
    write_site(tmp_path, {"_config.yml": f"title: T\n{pattern}", "source/_posts/a/first.md": f"{head}Text.\n"})
    site = hugoconv.read(tmp_path, from_="hexo")
    assert [post.address for post in site.posts] == [address]
    assert site.info.title == "T"


def test_eleventys_configuration_says_that_nothing_is_run(tmp_path: Path) -> None:
    path, head = FIRST["eleventy"]
    config = "export const config = { markdownTemplateEngine: false };\n"
    write_site(tmp_path, {"eleventy.config.js": config, path: head.format("") + "{% x %} {{ y }}\n"})
    (post,) = hugoconv.read(tmp_path, from_="eleventy").posts
    assert post.body.constructs == []


# Any tags -----------------------------------------------------------------------------------------------------------

_WORD = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=6)
_SAID = st.text(st.sampled_from("ab é-.,:/#{}%()="), max_size=8)
_NAMES = st.from_regex(r"[a-z][a-z_]{0,6}", fullmatch=True).filter(
    lambda name: not name.startswith("end") and name not in ("raw", "verbatim")
)


@given(name=_NAMES, words=st.lists(_WORD | _SAID.map(lambda said: f'"{said}"'), max_size=4), inner=st.none() | _WORD)
def test_braces_are_read_as_they_are_written(name: str, words: list[str], inner: str | None) -> None:
    opening = f"{{% {name} {' '.join(words)} %}}"
    text = opening if inner is None else f"{opening}{inner}{{% end{name} %}}"
    (construct,) = braces(f"a {text} b")
    assert (construct.name, construct.start, construct.end) == (name, 2, 2 + len(text))
    assert [value for _, value in construct.arguments] == [word.strip('"') for word in words]
    assert (construct.inner_start >= 0) == (inner is not None)


@given(
    name=_NAMES,
    values=st.dictionaries(_NAMES, _SAID.filter(lambda said: "*" not in said), max_size=4),
    pair=st.booleans(),
)
def test_calls_are_read_as_they_are_written(name: str, values: dict[str, str], pair: bool) -> None:
    said = ", ".join(f'{key}="{value}"' for key, value in values.items())
    text = f"{{% {name}({said}) %}}x{{% end %}}" if pair else f"{{{{ {name}({said}) }}}}"
    (construct,) = calls(f"a {text} b")
    assert (construct.name, construct.start, construct.end) == (name, 2, 2 + len(text))
    assert dict(construct.arguments) == values
    assert (construct.inner_start >= 0) == pair


_PIECES = [
    "{%",
    "%}",
    "{{",
    "}}",
    "{#",
    "#}",
    " raw ",
    " endraw ",
    " a ",
    " enda ",
    "end",
    '"',
    "'",
    "(",
    ")",
    "\n",
    "/*",
]


@given(text=st.lists(st.sampled_from([*_PIECES, "{% a %}", "{% enda %}", "{{ f() }}", "{% end %}"])).map("".join))
def test_any_text_is_read(text: str) -> None:
    for scan in (braces, calls, MDX.scan):
        found = scan(text)
        assert found == sorted(found, key=lambda each: (each.start, -each.end))
        open_until: list[Construct] = []
        for each in found:
            while open_until and open_until[-1].end <= each.start:
                open_until.pop()
            if open_until:
                assert open_until[-1].inner_start <= each.start <= each.end <= open_until[-1].inner_end
            open_until.append(each)
        spans = opaque(found)
        assert all(one[1] <= other[0] for one, other in pairwise(spans))


@pytest.mark.parametrize("system", ["hexo", "zola", "eleventy", "astro"])
@settings(max_examples=15, deadline=None)
@given(
    text=st.lists(
        st.sampled_from([*_PIECES, "{% youtube x %}", "*b*", "- ", "[x](/y)", "`", "<A", "</A>", "import "])
    ).map("".join)
)
def test_any_body_is_moved(system: str, text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        report, _ = moved(system, f"a {text}\n", Path(folder))
        assert not report.failed


# As the real Hexo shows them ----------------------------------------------------------------------------------------

_PROJECT: dict[str, str | bytes] = {
    "package.json": '{"hexo": {"version": ""}, "dependencies": {"hexo": "*", "hexo-renderer-marked": "*"}}\n',
    "themes/plain/layout/index.njk": "",
    "themes/plain/layout/post.njk": "{{ page.content | safe }}",
    "themes/plain/layout/layout.njk": "{{ body | safe }}",
}


@pytest.mark.builders
@needs("hexo")
def test_hexo_shows_the_same(tmp_path: Path) -> None:
    """The words, links and pictures of every tag of Hexo's core are those that Hexo itself publishes."""
    texts = [text for text in HEXO if "youtube" not in text and "vimeo" not in text]
    path, head = FIRST["hexo"]
    body = "\n\n".join(texts)
    write_site(tmp_path / "source", {**SITES["hexo"], **_PROJECT, path: f"{head.format('')}{body}\n"})
    hugoconv.convert(tmp_path / "source", tmp_path / "made", from_="hexo", to="eleventy")
    made = (tmp_path / "made/content/blog/2020/first.md").read_text().split("\n---\n", 1)[1]
    built = BUILDERS["hexo"].build(tmp_path / "source")
    page = _without_line_numbers(built["2020/01/02/first/index.html"].decode())
    assert _seen(to_html(made)) == _seen(page)


def _without_line_numbers(html: str) -> str:
    return re.sub(r'<td class="gutter">.*?</td>', "", html)


def _seen(html: str) -> Any:
    shown = sorted(re.findall(r"\w+", " ".join(visible_words(html.replace("><", "> <")))))
    mentions = [(each.attribute, urljoin("/2020/01/02/first/", each.target)) for each in markdown.html_references(html)]
    return shown, sorted(mentions)
