"""HTML to Markdown: fixtures, what must not change, and that a reader sees the same text."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pyromark
import pytest
from bs4 import BeautifulSoup
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import Tag
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from hugoconv.markup import html_tree
from hugoconv.markup.html import HtmlConverter, MarkdownOptions, to_markdown
from hugoconv.markup.html_openings import stray_openings_as_text
from hugoconv.markup.markdown_text import finish, finish_words, mark, settle
from hugoconv.report.findings import Findings

CASES = Path(__file__).parent / "fixtures" / "cases" / "html"
NAMES = sorted(path.name.removesuffix(".input.html") for path in CASES.glob("*.input.html"))
MARKDOWN = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_TASKLISTS
)
UNSEEN = ["script", "style", "template", "iframe", "textarea", "noscript"]


def convert(html: str, options: MarkdownOptions = MarkdownOptions()) -> tuple[str, list[str]]:  # noqa: B008
    log = Findings()
    markdown = to_markdown(html, log.at("post.html", 1), options)
    return markdown, [finding.code for finding in log]


def visible(html: str) -> str:
    """The characters a reader sees, white space left out."""
    soup = html_tree.parse(html)
    for element in soup.find_all(UNSEEN):
        element.decompose()
    return re.sub(r"[\s\xa0\u200b]+", "", soup.get_text())


def rendered(markdown: str) -> str:
    """The Markdown as Hugo hands it to its renderer (inert shortcodes opened), as HTML."""
    opened = re.sub(r"\{\{([<%])/\*(.*?)\*/([>%]\}\})", r"{{\1\2\3", markdown, flags=re.DOTALL)
    return pyromark.html(opened, options=MARKDOWN)


class Events(LXMLTreeBuilder):
    """bs4's own way to the tree."""

    def default_parser(self, encoding: str | None) -> etree.HTMLParser:
        return etree.HTMLParser(target=self, recover=True, encoding=encoding, huge_tree=True)


def nodes(soup: BeautifulSoup) -> list[object]:
    """The tree, as all that leads from one node to another."""
    ends = "parent", "next_sibling", "previous_sibling", "next_element", "previous_element"
    numbers = {id(node): number for number, node in enumerate(soup.descendants)}
    return [
        (
            type(node),
            node.attrs if isinstance(node, Tag) else str(node),
            [numbers.get(id(getattr(node, end))) for end in ends],
        )
        for node in soup.descendants
    ]


@pytest.mark.parametrize("path", sorted(CASES.parent.rglob("*.html")), ids=lambda path: path.name)
def test_the_tree_is_the_one_that_bs4_builds(path: Path) -> None:
    html = path.read_text(encoding="utf-8")
    soup = html_tree.parse(html)
    html = stray_openings_as_text(html)
    assert nodes(soup) == nodes(BeautifulSoup(f"<html><body>{html}</body></html>", builder=Events()))
    assert soup.decode() == BeautifulSoup(f"<html><body>{html}</body></html>", builder=Events()).decode()


@pytest.mark.parametrize(
    "html",
    [
        "</html><!-- x -->y",
        "<p>a</body>b</html><p>c",
        "<!DOCTYPE html><html><head><title>t</title></head><body>x</body></html>",
        "<p x=1 a:b=2 class=' a  b '>x<br/>y",
        "<pre> \n </pre><p> \n <b> </b></p><script> a </script><template> <p>x</template>",
        "<table>x<tr>y<input checked disabled=''>",
        "<svg><path d=''/></svg><ruby>x<rt>y</rt></ruby>",
    ],
)
def test_nothing_is_lost_on_the_way_to_the_tree(html: str) -> None:
    assert nodes(html_tree.parse(html)) == nodes(BeautifulSoup(f"<html><body>{html}</body></html>", builder=Events()))


@pytest.mark.parametrize(
    "html",
    [
        "",
        "a < b & c",
        "<p class='a>b' title=\"x<y\">a</p><br/><hr />",
        "<!-- a <?php --><!----><!-->x<!-- -->",
        "<a:b c=d><x-y z>x</x-y>",
        "<script>if (a<?b) '<!--'</script><style>a</style><textarea><?php</textarea><svg><![CDATA[x]]></svg>",
        "<pre><span class='k'>a</span><br><b>c</b><A HREF='x'>d</A></pre><code>a &lt; b</code>",
        "<!doctype html>x<! Style Definitions > y",
    ],
)
def test_what_opens_a_tag_stays(html: str) -> None:
    assert stray_openings_as_text(html).replace("&lt; ", "< ") == html.replace("&lt; ", "< ")


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("a <?php if ($x > 2) ?> b", "a &lt;?php if ($x > 2) ?> b"),
        ("<? echo", "&lt;? echo"),
        ("<%= x > y %>", "&lt;%= x > y %>"),
        ("I </3 <b>you</b>", "I &lt;/3 <b>you</b>"),
        ("<![CDATA[a > b]]> <!ELEMENT x>", "&lt;![CDATA[a > b]]> &lt;!ELEMENT x>"),
        ("a <!-- never <b>closed</b>", "a &lt;!-- never <b>closed</b>"),
        (
            "<joe@x.org> <http://x.org/> <stdio.h> <my_tag>",
            "&lt;joe@x.org> &lt;http://x.org/> &lt;stdio.h> &lt;my_tag>",
        ),
        ("x<y", "x&lt;y"),
        ("<a href='x>b</a> c", "&lt;a href='x>b</a> c"),
        (
            "<pre><vector> <?xml?> </> <!-- x --></pre><vector>",
            "<pre>&lt;vector> &lt;?xml?> &lt;/> &lt;!-- x --></pre><vector>",
        ),
        ("<code>a<b && c>d <Form> <html> <i>e</i></code>", "<code>a&lt;b && c>d &lt;Form> &lt;html> <i>e</i></code>"),
        ("a<?xml:namespace prefix = o /> b<![if !x]> c<![endif]> d</ p>", "a b c d"),
    ],
)
def test_what_opens_no_tag_is_text(html: str, shown: str) -> None:
    assert stray_openings_as_text(html) == shown


@pytest.mark.parametrize(
    "piece",
    ["<b ", "<a b='", '<a b=">" ', "<!--", "<!", "<![if ", "</", "<?", "<", "<pre ", "<pre></", "</ p", "<svg>"],
)
def test_time_for_openings_grows_with_the_text_only(piece: str) -> None:
    for html in (piece * 9000, piece * 9000 + ">", f"<code>{piece * 9000}>"):
        stray_openings_as_text(html)


@pytest.mark.parametrize("name", NAMES)
def test_fixture(name: str) -> None:
    html = (CASES / f"{name}.input.html").read_text(encoding="utf-8")
    assert convert(html)[0] + "\n" == (CASES / f"{name}.expected.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name in NAMES if name != "lists"])
def test_fixture_shows_the_same_text(name: str) -> None:
    html = (CASES / f"{name}.input.html").read_text(encoding="utf-8")
    shown = visible(rendered((CASES / f"{name}.expected.md").read_text(encoding="utf-8")))
    assert shown.replace("t:d", "td") == visible(html)


@pytest.mark.parametrize(
    "text",
    [
        "snake_case_name",
        "a < b > c & d",
        "5 * 3 = 15",
        "C:\\new \\o/",
        "[1] and [x] != [y]",
        "f(x) = y_1",
        "a ` b",
        "1986 was a year.",
        "2.5 - 1",
        "~5 minutes",
        "wow! (yes)",
        "{{ .Title }} and { braces }",
        "a | b",
        "#hashtag",
        "+1",
        "-1",
    ],
)
def test_text_that_needs_no_backslash_gets_none(text: str) -> None:
    assert settle(finish(mark(text))) == text


@pytest.mark.parametrize(
    ("html", "codes"),
    [
        ("<p>a</p>", []),
        ("<p>H<sub>2</sub>O and CO<sub>2</sub></p>", ["HC305"]),
        ("<iframe src='a'></iframe><video src='b'></video><iframe src='c'></iframe>", ["HC305", "HC305"]),
        ("<p style='color:red'>a</p><p align=center>b</p>", ["HC310"]),
        ("<iframe width=5 src='a'></iframe>", ["HC305"]),
        ("<p>a<!-- in\ntwo lines --></p>", ["HC307"]),
        ("<p>List&lt;T&gt; <o:p>y</o:p></p>", ["HC307"]),
        ("<div>" * 5000 + "x" + "</div>" * 5000, ["HC306"]),
        ("<b>" * 5000 + "x", ["HC306"]),
    ],
    ids=[
        "none",
        "once a tag",
        "each tag",
        "styles",
        "kept style",
        "comment",
        "no element",
        "deep blocks",
        "deep inline",
    ],
)
def test_findings(html: str, codes: list[str]) -> None:
    markdown, found = convert(html)
    assert found == codes
    assert visible(rendered(markdown)) == visible(html)


def test_a_converter_of_ones_own_adds_rules() -> None:
    class Highlighted(HtmlConverter):
        def convert_mark(self, el: object, text: str, parent_tags: set[str]) -> str:
            return f"=={text}=="

    assert convert("<p>a <mark>b_c</mark></p>", MarkdownOptions(converter=Highlighted)) == ("a ==b_c==", [])


def test_urls_are_rewritten_wherever_they_stand() -> None:
    html = '<p><a href="/old">x</a><img src="/old"></p><table><tr><td><a href="/old">y</a></td></tr></table>'
    markdown, _ = convert(html, MarkdownOptions(link=lambda url: url.replace("old", "new")))
    assert "old" not in markdown
    assert markdown.count("/new") == 3


def test_empty_paragraphs_can_be_kept() -> None:
    html = "<p>a</p><p>&nbsp;</p>"
    assert convert(html)[0] == "a"
    assert convert(html, MarkdownOptions(keep_empty_paragraphs=True))[0] == "a\n\n&nbsp;"


@pytest.mark.parametrize("html", ["a\x00b\x01c", "a\ud800b", "<", "<!", "<!--", "</", "<p", "&#0;", "\ufeffx"])
def test_any_text_is_accepted(html: str) -> None:
    convert(html)


NAMES_OF_TAGS = """
p div b strong i em del s a h2 h3 ul ol li blockquote pre code span sub mark kbd table tr td th thead tbody dl dt dd
figure figcaption section q cite u video button xyz
"""
TEXTS = [
    *("*", "**", "_", "__", "a", "b c", " ", "\n", "1. ", "# ", "- ", "+ ", "> ", "`", "``", "```", "~~", "~", "\\"),
    *("[x](y)", "[", "]", "(", "!", "&lt;", "&lt;b&gt;", "&amp;amp;", "|", "---", "===", ": d", "[^1]", "[x]: u"),
    *("[ ] t", "{{&lt; x &gt;}}", "{{%", "{{", "}}", '"', "'", "。", "「", "é", "€", "\n\n", "snake_case", "2*3*4"),
    *(
        "1) ",
        "&nbsp;",
        "<br>",
        "<hr>",
        "<img src=x alt='y*z_'>",
        "<!-- c -->",
        "<a id=z></a>",
        "</p>",
        "</b>",
        "</div>",
    ),
]
ATTRIBUTES = st.sampled_from(["", "", "", " class=x", " id=q", " href='a b'", " href='x (z)'"])
PIECES = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(NAMES_OF_TAGS.split()), ATTRIBUTES),
    st.builds("</{}>".format, st.sampled_from(NAMES_OF_TAGS.split())),
    st.sampled_from(TEXTS),
    st.sampled_from(TEXTS),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
@example("<ul>*|<ul>|")
@example("<table>{{<pre>")
@example("<ul><li id=q><ol><li>x</ol></ul>")
@example("<ul><li>a<ul><li></ul></ul>")
@example("<p><a id=z></a>[ ] t<td>_</td>> ")
@example("<s>a~</s>b<b>{</b>{<i>%</i>")
def test_a_reader_sees_the_same_text(html: str) -> None:
    markdown, _ = convert(html)
    assert visible(rendered(markdown)) == visible(html)
    assert not re.search(r"\{\{[<%](?!/\*)", markdown)


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
def test_any_text_survives(text: str) -> None:
    convert(text)
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    assert visible(rendered(convert(f"<p>{escaped}</p>")[0])) == visible(f"<p>{escaped}</p>")


BACKGROUNDS = {
    "a block": ("<div style=\"background-image: url('/a.png'); color: red\"><p>x</p></div>", "![](/NEW/a.png)\n\nx"),
    "the short form": ("<section style='background:#fff url(\"a.png\") no-repeat'>x</section>", "![](NEWa.png)\n\nx"),
    "an empty one": ('<div style="background:url(/a.png)"></div>', "![](/NEW/a.png)"),
    "part of a line": ('<p>x <span style="background:url(/a.png)">y</span></p>', "x ![](/NEW/a.png)y"),
    "an item": ('<ul><li style="background:url(/a.png)">x</li></ul>', "- ![](/NEW/a.png)x"),
    "shown already": ('<div style="background:url(/a.png)"><img src="/a.png" alt="A"></div>', "![A](/NEW/a.png)"),
    "shown twice": ('<div style="background:url(/a.png)">x</div>' * 2, "![](/NEW/a.png)\n\nx\n\nx"),
    "kept as HTML": (
        '<table style="background:url(/a.png)"><tr><td>x</td></tr></table>',
        '<table style="background:url(/NEW/a.png)"><tr><td>x</td></tr></table>',
    ),
    "a style sheet": (
        "<style>p { background: url( '/a b.png' ) }</style>",
        "<style>p { background: url(/NEW/a%20b.png) }</style>",
    ),
    "no file": ('<div style="background:url(data:image/png;base64,AA==)">x</div>', "x"),
    "a program": ('<div style="background:url(javascript:a())">x</div>', "x"),
    "a gradient": ('<div style="background-image: linear-gradient(red, blue)">x</div>', "x"),
    "another property": ('<div style="cursor: url(/a.png), auto">x</div>', "x"),
}


@pytest.mark.parametrize(("html", "markdown"), BACKGROUNDS.values(), ids=BACKGROUNDS)
def test_a_picture_behind_an_element_is_shown_before_it(html: str, markdown: str) -> None:
    def link(url: str) -> str:
        return f"/NEW{url}" if url.startswith("/") else f"NEW{url}"

    assert convert(html, MarkdownOptions(link=link))[0].strip() == markdown


@pytest.mark.parametrize(
    ("html", "expected", "codes"),
    [
        ('<a href="/x" aria-label="Feed"></a>', "[Feed](/x)", []),
        ('<a href="/x" title="Feed"></a>', "[Feed](/x)", []),
        ('<a href="/x"></a>', "", ["HC314"]),
        ('<a href="/x" title="Feed"></a>see <a href="/x">here</a>', "see [here](/x)", []),
        ('<a href="/x" title="Feed"></a>see <a href="/y">here</a>', "[Feed](/x)see [here](/y)", []),
    ],
)
def test_a_link_around_nothing_has_its_own_name(html: str, expected: str, codes: list[str]) -> None:
    assert convert(html) == (expected, codes)


def test_time_for_links_around_nothing_is_linear() -> None:
    html = "".join(f'<a href="/{number}"></a> <a href="/x/{number}">x</a> ' for number in range(2_000))
    begun = time.process_time()
    convert(html)
    assert time.process_time() - begun < 5


WORDS = st.sampled_from(["a", "b1", " ", "c ", " d", ".", "(", ")", ": ", "-", "é", '"', "「"])
EMPHASES = st.recursive(
    WORDS,
    lambda inner: st.builds(
        "<{0}>{1}</{0}>".format, st.sampled_from(["em", "strong"]), st.lists(inner, max_size=4).map("".join)
    ),
    max_leaves=12,
)


def emphasised(html: str) -> list[tuple[str, frozenset[str]]]:
    """The characters of a text, each with the emphasis it has."""
    texts = html_tree.parse(html).find_all(string=True)
    return [
        (character, frozenset(parent.name for parent in text.parents) & {"em", "strong"})
        for text in texts
        for character in str(text)
        if not character.isspace()
    ]


@given(st.lists(EMPHASES, max_size=4).map("".join))
@example("<strong><em>Name</em> Author, 1999<em>b</em>: </strong>x")
@example("a<em><strong>b (</strong>c</em>d")
@settings(deadline=None, max_examples=300)
def test_emphasis_is_read_as_it_was(html: str) -> None:
    markdown, _ = convert(f"<p>{html}</p>")
    assert emphasised(pyromark.html(markdown)) == emphasised(f"<p>{html}</p>")


@given(st.text("abcé19 .,:;&!-#(){}<\n\"'", max_size=40).map(lambda text: f"w{text}"))
@example("w &amp; {{< x >}} : y\n1. z")
def test_words_in_which_nothing_is_marked_are_finished_as_all_are(text: str) -> None:
    marked = mark(text)
    if marked == text:
        assert finish_words(marked) == finish(marked)
