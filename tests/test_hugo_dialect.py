from __future__ import annotations

import base64
import html
import json
import re
import time
from importlib import resources
from pathlib import Path

import pytest
from hugo_site import build, write_site
from hypothesis import given, settings
from hypothesis import strategies as st

from hugoconv.edits import Edit, apply
from hugoconv.markup.constructs import (
    Construct,
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
from hugoconv.systems.hugo.dialect import HUGO, dialect_of
from hugoconv.systems.hugo.shortcodes import quote_argument, shortcode_references

Arguments = tuple[tuple[str, str], ...]

SHORTCODES: list[tuple[str, list[tuple[str, Arguments, str | None]]]] = [
    ("{{< x >}}", [("x", (), None)]),
    ("{{<x>}}", [("x", (), None)]),
    ("{{% x %}}", [("x", (), None)]),
    ("{{<\n\tx\r\n>}}", [("x", (), None)]),
    ("{{< x />}}", [("x", (), None)]),
    ("{{< x />}} {{< /x >}}", []),
    ("{{< a/b-c_d >}}", [("a/b-c_d", (), None)]),
    ("{{< x a 1.5 -b >}}", [("x", (("", "a"), ("", "1.5"), ("", "-b")), None)]),
    ('{{< x "a b" `c "d"` >}}', [("x", (("", "a b"), ("", 'c "d"')), None)]),
    ('{{< x a="b c" d=`e` f=g >}}', [("x", (("a", "b c"), ("d", "e"), ("f", "g")), None)]),
    ("{{< x a='b' >}}", [("x", (("a", "'b'"),), None)]),
    ("{{< x/>}}", [("x/", (), None)]),
    ('{{< x a = "b" >}}', [("x", (("a", "b"),), None)]),
    ('{{< x a="b"c="d" >}}', [("x", (("a", "b"), ("c", "d")), None)]),
    (r'{{< x "a \"b\" c" >}}', [("x", (("", 'a "b" c'),), None)]),
    (r'{{< x "a\b \"c\"" >}}', [("x", (("", 'ab "c"'),), None)]),
    (r'{{< x "C:\dir" >}}', [("x", (("", r"C:\dir"),), None)]),
    (r"{{< x \"a b\" >}}", [("x", (("", "a b"),), None)]),
    (r"{{< x a=\"b c\" >}}", [("x", (("a", "b c"),), None)]),
    ("{{< x `a\nb` >}}", [("x", (("", "a\nb"),), None)]),
    ('{{< x ">}}" >}}', [("x", (("", ">}}"),), None)]),
    ("{{< x é=ü >}}", [("x", (("é", "ü"),), None)]),
    ("{{< x >}}in{{< /x >}}", [("x", (), "in")]),
    ("{{% x a %}} in {{% / x %}}", [("x", (("", "a"),), " in ")]),
    ("{{< x >}}{{% y %}}in{{% /y %}}{{< /x >}}", [("x", (), "{{% y %}}in{{% /y %}}"), ("y", (), "in")]),
    ("{{< x >}}{{< x >}}a{{< /x >}}b{{< /x >}}", [("x", (), "{{< x >}}a{{< /x >}}b"), ("x", (), "a")]),
    ("{{< img >}} {{< x >}}{{< img >}}{{< /x >}}", [("img", (), None), ("x", (), "{{< img >}}"), ("img", (), None)]),
    ("`{{< x >}}`\n\n    {{< y >}}\n", [("x", (), None), ("y", (), None)]),
    ("{{{< x >}}}", [("x", (), None)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SHORTCODES, ids=[text for text, _ in SHORTCODES])
def test_scan(text: str, expected: list[tuple[str, Arguments, str | None]]) -> None:
    found = HUGO.scan(text)
    if not expected:
        assert any(construct.kind == "error" for construct in found)
        return
    inner = [None if c.inner_start < 0 else text[c.inner_start : c.inner_end] for c in found]
    assert [(c.name, c.arguments, i) for c, i in zip(found, inner, strict=True)] == expected
    assert {construct.kind for construct in found} == {"shortcode"}
    assert all(text[c.start :].startswith(("{{<", "{{%")) and text[: c.end].endswith("}}") for c in found)


@pytest.mark.parametrize("text", ["", "{{ x }}", "{{x}} {% y %} <x>", "{ {< x >}}", "{{&lt; x >}}", "<!-- more -->"])
def test_scan_finds_nothing(text: str) -> None:
    assert HUGO.scan(text) == []
    assert HUGO.escape(text) == text


@pytest.mark.parametrize(
    ("text", "construct"),
    [
        ("{{</* x a */>}}", Construct("x", "escaped", 0, 15, (), 5, 10)),
        ("{{%/* x */%}}", Construct("x", "escaped", 0, 13, (), 5, 8)),
        ("a <!--more--> b <!--more-->", Construct("more", "divider", 2, 13)),
        ("{{< t.inline >}}{{ .Page }}{{< /t.inline >}}", Construct("t.inline", "inline", 0, 44, (), 16, 27)),
    ],
)
def test_scan_other_kinds(text: str, construct: Construct) -> None:
    assert HUGO.scan(text) == [construct]


REFUSED = [
    "{{< x",
    "{{< x }}",
    "{{< >}}",
    "{{< x %}}",
    "{{< /x >}}",
    "{{< x >}}{{< /y >}}",
    "{{< x >}}{{< /x >}}{{< /x >}}",
    "{{< x a=b c >}}",
    '{{< x "a" b=c >}}',
    "{{< x a b=c >}}",
    '{{< x "a >}}',
    '{{< x "a\nb" >}}',
    "{{< x `a >}}",
    "{{< x a=b>}}",
    '{{< x "a"" >}}',
    r'{{< x "a\`" >}}',
    "{{< x y.z/w >}}",
    "{{< x.y >}}",
    "{{< .x >}}",
    "{{</* x >}}",
    "{{< x & >}}",
    "{{< x .5 >}}",
    "{{< a.inline >}}{{< x >}}{{< /a.inline >}}",
    "{{% img /images/a.png %}}",
]


@pytest.mark.parametrize("text", REFUSED)
def test_what_hugo_refuses_is_named_and_does_not_stop_the_scan(text: str) -> None:
    errors = [construct for construct in HUGO.scan(text) if construct.kind == "error"]
    assert errors
    assert all(error.argument("") for error in errors)
    assert HUGO.scan(text + '\n\n`" {{< last >}}')[-1].name == "last"


@pytest.mark.parametrize("text", REFUSED)
def test_hugo_refuses_it_too(tmp_path: Path, text: str) -> None:
    stub = "{{ .Inner }}" if "/x" in text else "x"
    stubs = {f"layouts/_shortcodes/{name}.html": stub for name in ("x", "img")}
    built = build(write_site(tmp_path, {"layouts/all.html": "{{ .Content }}", "content/a.md": "{}\n" + text, **stubs}))
    assert built.error


def test_hugo_reads_the_same_arguments(tmp_path: Path) -> None:
    stub = '@{{ jsonify (dict "name" .Name "params" .Params) | base64Encode }}@'
    files = {"layouts/all.html": "{{ .Content }}", "layouts/_shortcodes/a/b-c_d.html": stub}
    for name, inner in (("x", True), ("y", True), ("img", False)):
        files[f"layouts/_shortcodes/{name}.html"] = stub + ("{{ .Inner }}" if inner else "")
    texts = [text for text, expected in SHORTCODES if expected and expected[0][0] != "x/"]
    for number, text in enumerate(texts):
        files[f"content/p{number}.md"] = "{}\n" + _closed(text)
    built = build(write_site(tmp_path, files))
    assert not built.error
    for number, text in enumerate(texts):
        page = built.files[f"p{number}/index.html"]
        seen = [json.loads(_decoded(match)) for match in re.findall(r"@([\w+/=]+)@", page)]
        ours = [(construct.name, _as_hugo_says(construct.arguments)) for construct in HUGO.scan(text)]
        assert sorted((row["name"], _as_text(row["params"])) for row in seen) == sorted(ours), text


def _closed(text: str) -> str:
    """Make those shortcodes of a text self-closing that enclose nothing: the stubs' templates ask for an end."""
    edits = []
    for construct in HUGO.scan(text):
        if construct.inner_start < 0 and construct.name in ("x", "y") and not text[: construct.end - 3].endswith("/"):
            edits.append(Edit(construct.end - 3, construct.end - 3, " /"))
    return apply(text, edits)


def _decoded(text: str) -> str:
    return base64.b64decode(text).decode()


def _as_text(params: object) -> str:
    if isinstance(params, dict):
        return str(sorted((key, str(value)) for key, value in params.items()))
    return str([str(value) for value in params] if isinstance(params, list) else [])


def _as_hugo_says(arguments: Arguments) -> str:
    named = any(name for name, _ in arguments)
    return str(sorted(arguments)) if named else str([value for _, value in arguments])


LITERALS = [
    '{{< figure src="x" >}}',
    "{{% note %}}",
    "{{<",
    "{{%",
    "{{{<",
    "{{< {{% {{<",
    "{{</* x */>}}",
    "{{< a */>}}",
    "{{< a >}} and {{<",
    "{{</>}}",
]


def test_hugo_shows_what_was_escaped(tmp_path: Path) -> None:
    contexts = ["(%s)", "`(%s)`", "```\n(%s)\n```", "```go\n(%s)\n```", "- item\n\n      (%s)\n"]
    files = {"layouts/all.html": "{{ .Content }}"}
    cases = [(literal, context) for literal in LITERALS for context in contexts]
    for number, (literal, context) in enumerate(cases):
        files[f"content/p{number}.md"] = "{}\n" + HUGO.escape(context.replace("%s", literal)) + "\n\n<!--more-->\n\nend"
    built = build(write_site(tmp_path, files))
    assert not built.error
    for number, (literal, _) in enumerate(cases):
        shown = html.unescape(re.sub(r"<[^<>{}*]+>", "", built.files[f"p{number}/index.html"]))
        assert f"({literal})" in shown.translate({0x201C: '"', 0x201D: '"'})


markup = st.lists(
    st.sampled_from(["{{<", "{{%", ">}}", "%}}", "/*", "*/", "/", " ", "x", "é", "{", "}", '"', "`", "=", "\\", "\n",
                     "<!--more-->", ".inline ", "literal"])
).map("".join)  # fmt: skip


@settings(deadline=None)
@given(markup)
def test_scan_never_fails(text: str) -> None:
    position = -1
    for construct in HUGO.scan(text):
        assert position < construct.start < construct.end <= len(text)
        position = construct.start
    HUGO.references(text)


def _shown(construct: Construct, text: str) -> str:
    """Return what Hugo puts in the place of an escaped shortcode or an empty inline one."""
    inner = text[construct.inner_start : construct.inner_end]
    opening, closing = text[construct.start : construct.start + 3], text[construct.end - 3 : construct.end]
    return "" if construct.kind == "inline" else opening + inner + closing


@settings(deadline=None)
@given(markup)
def test_escaped_text_has_nothing_that_runs(text: str) -> None:
    escaped = HUGO.escape(text)
    found = HUGO.scan(escaped)
    assert {construct.kind for construct in found} <= {"escaped", "inline", "divider"}
    shown = [Edit(c.start, c.end, _shown(c, escaped)) for c in found if c.kind != "divider"]
    assert apply(escaped, shown) == text


VALUES = [
    "",
    "a b",
    'say "hi"',
    "back`tick",
    r"C:\dir",
    "C:\\",
    r"\" x",
    'a\\"b',
    "two\nlines",
    "'",
    ">}}",
    "{{<",
    "é 😀",
    '`"',
]


@pytest.mark.parametrize("value", VALUES)
def test_quoted_arguments_are_read_back(value: str) -> None:
    assert HUGO.scan(f"{{{{< x {quote_argument(value)} >}}}}")[0].arguments == (("", value),)
    assert HUGO.scan(f"{{{{< x a={quote_argument(value)} >}}}}")[0].arguments == (("a", value),)


@settings(deadline=None)
@given(st.text(st.sampled_from('a "`\\\n>}{<%=é')))
def test_any_argument_is_read_back_or_refused(value: str) -> None:
    try:
        quoted = quote_argument(value)
    except ValueError:
        assert "`" in value
        assert "\n" in value or '"' in value or "\\" in value
    else:
        assert HUGO.scan(f"{{{{< x a={quoted} >}}}}")[0].arguments == (("a", value),)


def test_hugo_reads_quoted_arguments(tmp_path: Path) -> None:
    calls = "\n".join(f"{{{{< x {quote_argument(value)} >}}}}" for value in VALUES)
    stub = "@{{ jsonify (.Get 0) | base64Encode }}@"
    files = {"layouts/all.html": "{{ .Content }}", "layouts/_shortcodes/x.html": stub, "content/a.md": "{}\n" + calls}
    built = build(write_site(tmp_path, files))
    assert not built.error
    assert [json.loads(_decoded(m)) for m in re.findall(r"@([\w+/=]+)@", built.files["a/index.html"])] == VALUES


GALLERY = '{{< gallery >}}\n{{< figure src="a.png" >}}\n{{< figure src="b.png" >}}\n{{< /gallery >}}'
NEUTRAL: list[tuple[Neutral, str, str]] = [
    (Figure("a.png"), "![](a.png)", '<img src="a.png" alt="">'),
    (Figure("a b.png", alt="[x] *y*", title='"t"'), r'![\[x\] \*y\*](<a b.png> "\"t\"")', 'alt="[x] *y*"'),
    (Figure("a.png", alt="x", caption="*c*"), '{{< figure src="a.png" alt="x" caption="*c*" >}}', "<em>c</em>"),
    (Figure("a.png", caption='`"\\'), "", "<figcaption>"),
    (Gallery((Figure("a.png"), Figure("b.png"))), GALLERY, "grid-template-columns"),
    (Highlight("x\n", "go"), "```go\nx\n```", "<code"),
    (Highlight("```\nx"), "````\n```\nx\n````", "<code>```\nx"),
    (Highlight("a\nb\nc", "text", "1 3-4", True), '```text {linenos=true,hl_lines=[1,"3-4"]}\na\nb\nc\n```', "<table"),
    (Highlight("a\nb", "", "2"), "```text {hl_lines=[2]}\na\nb\n```", "background-color"),
    (Highlight("{{< x >}}"), "```\n{{</* x */>}}\n```", "{{&lt; x &gt;}}"),
    (Embed("", "youtube", "-x_1"), '{{< youtube "-x_1" >}}', "youtube.com/embed/-x_1"),
    (Embed("", "vimeo", "12"), "{{< vimeo 12 >}}", "player.vimeo.com/video/12"),
    (Embed("", "instagram", "ab"), "{{< instagram ab >}}", "instagram.com/p/ab"),
    (Embed("//e.org/a b"), "<https://e.org/a%20b>", '<a href="https://e.org/a%20b">'),
    (Embed("https://x.com/me", "x", ""), "<https://x.com/me>", '<a href="https://x.com/me">'),
    (Media("video", ("a.mp4", "a.webm"), "p.png"), "", '<source src="a.webm" />'),
    (Media("audio", ("a.mp3",)), '<audio controls src="a.mp3"></audio>', '<audio controls src="a.mp3"></audio>'),
    (CrossReference("a.md", "h"), '{{< relref "a.md#h" >}}', "/a/#h"),
    (SummaryDivider(), "<!--more-->", ""),
    (Unknown("{{< x >}}", "x"), "{{</* x */>}}", "{{&lt; x &gt;}}"),
]


@pytest.mark.parametrize(("neutral", "text", "_"), NEUTRAL)
def test_render(neutral: Neutral, text: str, _: str) -> None:
    rendered = HUGO.render(neutral)
    assert rendered == text or not text
    assert not any(construct.kind == "error" for construct in HUGO.scan(rendered))


def test_render_a_post_on_x() -> None:
    embed = Embed("https://twitter.com/me/status/12?s=20", "twitter", "12")
    assert HUGO.render(embed) == '{{< x user="me" id="12" >}}'


def test_hugo_builds_what_was_rendered(tmp_path: Path) -> None:
    template = (resources.files("hugoconv.systems.hugo") / "templates" / "gallery.html").read_text(encoding="utf-8")
    files = {"layouts/all.html": "{{ .Content }}", "layouts/_shortcodes/gallery.html": template, "content/a.md": "{}\n"}
    for number, (neutral, _, _) in enumerate(NEUTRAL):
        files[f"content/p{number}.md"] = f"{{}}\nbefore\n\n{HUGO.render(neutral)}\n\nafter\n"
    built = build(write_site(tmp_path, files))
    assert not built.error
    for number, (_, _, shown) in enumerate(NEUTRAL):
        assert shown in built.files[f"p{number}/index.html"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{{< figure src="a.png" link="/b/" alt="c.png d" >}}', [("image", '"a.png"'), ("link", '"/b/"')]),
        ('{{< ref "a.md#b" >}}{{% relref path=c %}}', [("page", '"a.md#b"'), ("page", "c")]),
        ("{{< gallery a.jpg `b/ü.webp` word >}}", [("image", "a.jpg"), ("image", "`b/ü.webp`")]),
        ('{{< box >}}{{< button href="/x/" >}}{{< /box >}}', [("link", '"/x/"')]),
        ('{{</* figure src="a.png" */>}} {{< note "a" >}} {{< youtube src >}}', []),
    ],
)
def test_shortcode_references(text: str, expected: list[tuple[str, str]]) -> None:
    found = shortcode_references(text)
    assert [(reference.kind, text[reference.start : reference.end]) for reference in found] == expected
    edited = apply(text, [Edit(r.start, r.end, r.written('n "w"')) for r in found])
    assert [reference.target for reference in shortcode_references(edited)] in (['n "w"'] * len(found), [])


def test_references_of_a_body() -> None:
    text = '![a](b.png) {{<figure src="c.png">}} [d]({{< ref "e.md" >}}) [f](<g h>)\n\n<a href="{{< x >}}/i">j</a>\n'
    assert [reference.target for reference in HUGO.references(text)] == ["b.png", "c.png", "e.md", "g h"]
    assert [reference.target for reference in dialect_of("html").references("<img src=a.png>![b](c)")] == ["a.png"]
    text = "[[a.png]] {{< figure src=b.png >}}"
    assert [reference.target for reference in dialect_of("org").references(text)] == ["a.png", "b.png"]


ORG = {
    "a link": ("see [[/a/][b]]", [("/a/", "/a/")]),
    "a bare address": ("see https://a.example/b", [("https://a.example/b", "https://a.example/b")]),
    "a picture": ("[[file:a.png]]", [("a.png", "a.png")]),
    "a picture that leads on": ("[[file:/a/][file:b.png]]", [("/a/", "/a/"), ("b.png", "b.png")]),
    "another file of org": ("[[file:two.org][two]]", [("two.html", "two.org")]),
    "twice, the second time behind code": (
        "[[/a/]]\n\n#+BEGIN_SRC org\n[[/b/]]\n#+END_SRC\n[[/a/]]",
        [("/a/", "/a/"), ("/a/", "/a/")],
    ),
    "HTML": ('@@html:<img src="a.png">@@\n\n#+HTML: <a href="/b/">c</a>', [("a.png", "a.png"), ("/b/", "/b/")]),
    "short names": ("#+LINK: gh https://gh.example/%s\n[[gh:a/b]]", [("https://gh.example/a/b", "")]),
    "the text's own headlines": ("#+OPTIONS: toc:t\n* One\n[fn:1]\n\n[fn:1] two", []),
    "a destination that a shortcode makes": ('[[{{< ref "a.org" >}}][b]]', [("a.org", '"a.org"')]),
    "what nobody sees": ("# [[/a/]]\n* COMMENT One\n[[/b/]]", []),
    "nested too deeply": ("- " * 2000 + "[[/a/]]", []),
    "a line that is too long": ("[[/a/]] " * 10_000, []),
}


@pytest.mark.parametrize(("text", "expected"), ORG.values(), ids=ORG)
def test_references_of_org(text: str, expected: list[tuple[str, str]]) -> None:
    found = dialect_of("org").references(text)
    assert [(each.target, text[each.start : each.end]) for each in found] == expected


def test_a_second_mention_stands_behind_the_first_one() -> None:
    first, second = dialect_of("org").references("[[/a/]]\n\n[[/a/]]")
    assert (first.start, second.start) == (2, 11)


@pytest.mark.parametrize(
    "piece",
    [
        "{{<",
        "{{</*",
        "{{< x `",
        '{{< x "',
        "{{<x=",
        "{{< x >}}",
        "{{< x ",
        "{{< a.inline >}}",
        "{{</x>}}",
        "{{%x%}}{{%/x%}}",
    ],
)
def test_the_scan_is_linear(piece: str) -> None:
    text = piece * 40_000
    begun = time.process_time()
    HUGO.scan(text)
    HUGO.escape(text)
    assert time.process_time() - begun < 5
