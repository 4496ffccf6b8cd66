"""Marks of kramdown's in Jekyll bodies that Goldmark reads otherwise; the real Jekyll and the real Hugo judge."""

from __future__ import annotations

from pathlib import Path

import pytest
from built_sites import build_hugo, build_jekyll
from jekyll_bodies import converted
from programs import needs_jekyll

import hugoconv
from hugoconv.migrate.pages import content

LINKS = {
    "spaces and a bracket": ("[a](http://b/> c d)\n", "[a](<http://b/%3E c d>)\n"),
    "a label apart": (
        "[a] [1] [b]\n[1] [c] [d] [e][1] `[f] [1]`\n\n[1]: /g/\n",
        "[a][1] [b][1] [c] [d] [e][1] `[f] [1]`\n\n[1]: /g/\n",
    ),
    "a task above a label": ("- [ ] [1]\n- [x] [1]\n\n[1]: /g/\n", "- [ ] [1]\n- [x] [1]\n\n[1]: /g/\n"),
}


@pytest.mark.parametrize(("text", "expected"), LINKS.values(), ids=LINKS)
def test_links_stay_links(text: str, expected: str) -> None:
    assert converted(text)[0] == expected


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("my name is ____.\n", ["HC319"]),
        ('"_______" was\n', ["HC319"]),
        ("____word, foo_____bar, ___\n", []),
        ("a\n\n  ______\n\nb\n", []),
        ("`a ____ b`\n", []),
        ("_a_b (c) _d e_\n", ["HC319"]),
        ("_a_ b _c_ d_e _f_\n", []),
        ("`_a _b_`\n", []),
    ],
)
def test_underscores_that_begin_emphasis_otherwise_are_named(text: str, codes: list[str]) -> None:
    assert [found.code for found in converted(text)[1]] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [("a\n\n ### b\n", ["HC319"]), ("- a\n\n  ### b\n\nc\n\n    ### d\n", []), ("### b\n\n ###c\n", [])],
)
def test_a_heading_behind_spaces_is_named(text: str, codes: list[str]) -> None:
    assert [found.code for found in converted(text)[1]] == codes


def test_a_backslash_in_an_address_is_named() -> None:
    assert [found.code for found in converted("[a](b\\#c)\n")[1]] == ["HC319"]


MARKS = {
    "quotes in a title": (
        '[a](b "c "d" e") ![f](g "h "i"") [j](k "l") `[a](b "c "d"")`\n',
        '[a](b "c &quot;d&quot; e") ![f](g "h &quot;i&quot;") [j](k "l") `[a](b "c "d"")`\n',
    ),
    "a title of two lines": ("[a](b 'c\n'd' e')\n", "[a](b 'c\n&#39;d&#39; e')\n"),
    "struck twice": ("~~a~~~~b~~ `~~a~~~~b~~`\n", "~~a~~<!-- -->~~b~~ `~~a~~~~b~~`\n"),
    "an escaped reference": ("&\\#8217; &\\#x41; `&\\#8217;` \\#1\n", "&#8217; &#x41; `&\\#8217;` \\#1\n"),
    "lone tildes": ("a~b~(c) ~d~ `e~f~` ~~g~~ ~1 to ~2\n", "a\\~b\\~(c) \\~d\\~ `e~f~` ~~g~~ ~1 to ~2\n"),
    "emphasis beside letters": (
        "a*/b*c **(d)**e `f*/g*h` 2 * 3 * 4\n",
        "a<em>/b</em>c <strong>(d)</strong>e `f*/g*h` 2 * 3 * 4\n",
    ),
    "emphasis around a link": (
        "中**[规](https://r.org/b(c)) x 函**。它 在*[S](https://m.com/e.html)* 。并 c **`x`**d\n",
        "中<strong>[规](https://r.org/b(c)) x 函</strong>。它 在<em>[S](https://m.com/e.html)</em> 。并 "
        "c <strong>`x`</strong>d\n",
    ),
    "an address with spaces and parentheses": (
        '![p](../i/flow (1).png) [a](b c(1).png "t") [d](e(f))\n',
        '![p](<../i/flow (1).png>) [a](<b c(1).png> "t") [d](e(f))\n',
    ),
    "HTML without Markdown": (
        "<pre>\na\n\n{.b} c*,\\s*/ d~e~\n</pre>\n\n<code>h*/i*j</code>\n",
        "<pre>\na\n\n{.b} c*,\\s*/ d~e~\n</pre>\n\n<code>h&#42;/i&#42;j</code>\n",
    ),
    "a lone backtick": ("> ` <b>a</b>`\n", "> &#96; <b>a</b>`\n"),
}


@pytest.mark.parametrize(("text", "expected"), MARKS.values(), ids=MARKS)
def test_marks_in_lines_show_what_kramdown_shows(text: str, expected: str) -> None:
    assert converted(text)[0] == expected


BRACES = {
    "in a list": ("+ {.a.}, b\n+ {.c.} d\n", "+ \\{.a.}, b\n+ \\{.c.} d\n"),
    "in a quotation": ('> {#a b="c d"} e\n', '> \\{#a b="c d"} e\n'),
    "empty": ("{} a\n", "\\{} a\n"),
    "amid a paragraph": ("a\n{.b}\n", "a\n\\{.b}\n"),
    "in code": ("    {.b} c\n\n```\n{.d}\n```\n", "    {.b} c\n\n```\n{.d}\n```\n"),
    "in HTML": ("<script>\n{ return x; }\n{.a}\n</script>\n", "<script>\n{ return x; }\n{.a}\n</script>\n"),
    "words": ("{a b} {x: y}\n", "{a b} {x: y}\n"),
}


@pytest.mark.parametrize(("text", "expected"), BRACES.values(), ids=BRACES)
def test_braces_that_goldmark_would_take_stay_visible(text: str, expected: str) -> None:
    assert converted(text)[0] == expected


def test_a_fence_in_code_keeps_its_braces() -> None:
    text = "````md\n```sh {a=b}\n```\n````\n\n```sh {a=b}\n```\n"
    assert converted(text)[0] == text.replace("\n\n```sh {", "\n\n```sh &#123;")


def test_a_divider_in_code_is_shown() -> None:
    broken = "<!{{< literal.inline >}}{{< /literal.inline >}}--more-->"
    assert converted("a\n\n```\n<!--more-->\n```\n")[0] == f"a\n\n```\n{broken}\n```\n"
    assert converted("a\n\n<!--more-->\n")[0] == "a\n\n<!--more-->\n"


def test_code_below_a_divider_stays_code() -> None:
    assert converted("a\n\n<!--more-->\n\n    # b\n")[0] == "a\n\n<!--more-->\n<!-- -->\n\n    # b\n"
    assert converted("a\n\n<!--more-->\n\n  b\n")[0] == "a\n\n<!--more-->\n\n  b\n"


def test_a_tag_that_only_kramdown_knows_is_named() -> None:
    body, findings = converted("a <b.c> d\n\n<e_f>\n\n`<g.h>`\n")
    assert (body, [found.code for found in findings]) == ("a <b.c> d\n\n<e_f>\n`<g.h>`\n", ["HC319"])


PIECES = {
    "pieces of elements": (
        "- {::nomarkdown}\n  <div><i>a\n  {:/nomarkdown}\n\n  *b*{::nomarkdown}</i>{:/} c\n\n"
        "  {::nomarkdown}\n  </div>\n  {:/nomarkdown}\n",
        "- \n  <div><i>a\n  \n\n  *b*</i> c\n\n  \n  </div>\n  \n",
    ),
    "a piece with blank lines": (
        "{::nomarkdown}\n<div>\n\n*a*\n</div>\n{:/nomarkdown}\n\n*b*\n",
        "\n<div>\n*a*\n</div>\n\n\n*b*\n",
    ),
    "a list that is told its number": (
        '{: start="4"}\n4. a\n\n## b\n\n{: start="2"}\n1. c\n',
        "4. a\n\n## b\n\n2. c\n",
    ),
}


@pytest.mark.parametrize(("text", "expected"), PIECES.values(), ids=PIECES)
def test_what_is_kept_from_kramdown_stays_as_it_is(text: str, expected: str) -> None:
    body, findings = converted(text)
    assert body == expected
    assert not findings


@needs_jekyll
def test_both_programs_show_the_same(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    (old / "_config.yml").write_text("url: https://example.org\n")
    texts = [text for cases in (LINKS, MARKS, BRACES, PIECES) for text, _ in cases.values()]
    for number, text in enumerate(texts):
        (old / f"p{number}.md").write_text(f"---\ntitle: P\npermalink: /p{number}/\n---\n{text}")
    build_jekyll(old, tmp_path / "meant")
    hugoconv.convert(old, tmp_path / "new", to="hugo")
    build_hugo(tmp_path / "new", tmp_path / "shown")
    names = {text: f"p{number}/index.html" for number, text in enumerate(texts)}
    pages = {
        text: [content((tmp_path / folder / name).read_text(), name) for folder in ("meant", "shown")]
        for text, name in names.items()
    }
    assert [text for text, (meant, shown) in pages.items() if meant != shown] == []
