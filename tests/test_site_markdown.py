"""Markdown for systems that read less of it: what they would show otherwise is written in words that they know."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from builders import BUILDERS, needs
from hypothesis import given
from hypothesis import strategies as st
from target_site import write_site

import hugoconv
from hugoconv.markup.likeness import visible_words
from hugoconv.markup.render import to_html
from hugoconv.systems import exporters
from hugoconv.systems.markdown_site.dialect import SiteDialect
from hugoconv.systems.markdown_site.exporter import MarkdownSiteExporter
from hugoconv.systems.markdown_site.from_commonmark import (
    BARE_ADDRESSES,
    BLOCKS,
    DEFINITION_LISTS,
    ESCAPES,
    EVERYTHING,
    FOOTNOTES,
    INDENTED_CODE,
    LINKED_ESCAPES,
    STRIKETHROUGH,
    TASK_LISTS,
    adapted,
)

NOTES = """\
One[^a] and two[^b], one[^a].

[^a]: The *note*

    of two paragraphs
[^b]: See[^a].
"""
NOTES_WRITTEN = """\
One<sup id="fnref-1"><a href="#fn-1">1</a></sup> and two<sup id="fnref-2"><a href="#fn-2">2</a></sup>, one\
<sup><a href="#fn-1">1</a></sup>.

<section class="footnotes">
<ol>
<li id="fn-1">

The *note*

of two paragraphs

</li>
<li id="fn-2">

See<sup><a href="#fn-1">1</a></sup>.

</li>
</ol>
</section>
"""
ROWS = [
    (FOOTNOTES, NOTES, NOTES_WRITTEN),
    (FOOTNOTES, "A[^1] without `[^2]` a note.\n", "A[^1] without `[^2]` a note.\n"),
    (
        DEFINITION_LISTS,
        "Term *x*\n: One\n\n    more\n: Two\n",
        "<dl>\n<dt>\n\nTerm *x*\n\n</dt>\n<dd>\n\nOne\n\nmore\n\n</dd>\n<dd>\n\nTwo\n\n</dd>\n</dl>\n\n",
    ),
    (
        DEFINITION_LISTS,
        "Term\n: One\n\nBehind the list.\n\nMore.\n",
        "<dl>\n<dt>\n\nTerm\n\n</dt>\n<dd>\n\nOne\n\n</dd>\n</dl>\n\nBehind the list.\n\nMore.\n",
    ),
    (DEFINITION_LISTS, "```\nTerm\n: One\n```\n", "```\nTerm\n: One\n```\n"),
    (
        TASK_LISTS,
        "- [x] a\n- [ ] b [x]\n",
        '- <input type="checkbox" checked disabled /> a\n- <input type="checkbox" disabled /> b [x]\n',
    ),
    (LINKED_ESCAPES, r"http://a.example/\_?x=”>\<script> \<b>", r"http://a.example/_?x=”><!-- -->&lt;script> \<b>"),
    (
        LINKED_ESCAPES,
        r"`http://a.example/\_` [x](http://a.example/\_)",
        r"`http://a.example/\_` [x](http://a.example/\_)",
    ),
    (ESCAPES, r"a \<b> \\<c \*d\* \~ `\<` [x](/\~)", r"a &#60;b> \\<c \*d\* &#126; `\<` [x](/\~)"),
    (STRIKETHROUGH, "a ~~b~~ `~~c~~`\n", "a <del>b</del> `~~c~~`\n"),
    (INDENTED_CODE, "a\n\n    <b>\n\n      c\n", "a\n\n```\n<b>\n\n  c\n```\n"),
    (INDENTED_CODE, "- a\n\n      b\n      c\n", "- a\n\n  ```\n  b\n  c\n  ```\n"),
    (INDENTED_CODE, ">     a\n>     b\n", "> ```\n> a\n> b\n> ```\n"),
    (INDENTED_CODE, "a\n    b\n", "a\n    b\n"),
    (BLOCKS, "<div class='a'>\n\n*b*\n\n</div>\n", "<div markdown=\"1\" class='a'>\n\n*b*\n\n</div>\n"),
    (BLOCKS, "<div>*b*</div>\n\n<br>\n", "<div>*b*</div>\n\n<br>\n"),
    (BLOCKS, "a\n- b\n  - c\n\n    d\n- e\nf\n", "a\n\n- b\n    - c\n\n        d\n- e\nf\n"),
    (BLOCKS, "1) a\n   - b\n2) c\n", "1. a\n    - b\n2. c\n"),
    (BLOCKS, "- a\n\n  ```js\n  b\n    c\n  ```\n", "- a\n\n        b\n          c\n"),
    (BLOCKS, "- a\n- b\n\nc\n\n```\n- d\n  - e\n```\n", "- a\n- b\n\nc\n\n```\n- d\n  - e\n```\n"),
]


@pytest.mark.parametrize(("left_out", "text", "wanted"), ROWS)
def test_what_is_not_read_is_written_otherwise(left_out: str, text: str, wanted: str) -> None:
    assert adapted(text, EVERYTHING - {left_out}) == wanted
    assert adapted(text, EVERYTHING) == text


_PIECES = [
    "- ",
    "1. ",
    "  ",
    "    ",
    "\n",
    "\n\n",
    "> ",
    "a",
    "*b*",
    "[^1]",
    "[^1]: ",
    ": ",
    "```",
    "~~",
    "[x] ",
    "<div>",
    "</div>",
]


@given(text=st.lists(st.sampled_from(_PIECES)).map("".join), left_out=st.sets(st.sampled_from(sorted(EVERYTHING))))
def test_any_text_is_adapted(text: str, left_out: set[str]) -> None:
    adapted(text, EVERYTHING - left_out)


_LINES = st.sampled_from(["Words *one*.", "- item", "- [x] done", "    code()", "Said[^1].", "~~gone~~", "> said"])


@given(lines=st.lists(_LINES, min_size=1, max_size=5))
def test_the_words_stay_the_same(lines: list[str]) -> None:
    """CommonMark shows the same words for what is written for a Markdown that reads nothing but CommonMark."""
    text = "\n\n".join([*lines, "[^1]: A note."]) + "\n"
    made = adapted(text, EVERYTHING - {FOOTNOTES, TASK_LISTS, STRIKETHROUGH, INDENTED_CODE})
    assert sorted(visible_words(to_html(made))) == sorted(visible_words(to_html(text)))


BODY = f"""\
{NOTES}
Term *x*
: One

    more

- [x] done
- [ ] to do
  - inner *one*

    inner two

    ```js
    inner("<b>")
    ```

A ~~struck~~ word:
- a list

<details>
<summary>S</summary>

- **in** HTML

</details>

    indented("<b>")
    code_(of) *two* lines

![p](/p.png?width=100%)

So http://a.example/?x=”>\\<script>alert(1)\\</script> is text.
"""


@pytest.mark.builders
@pytest.mark.parametrize("name", [pytest.param(name, marks=needs(name)) for name in BUILDERS])
def test_generators_show_the_same(name: str, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "hugo.toml": "title = 'x'\n",
        "content/posts/a.md": f"---\ntitle: Titled\ndate: 2020-01-01\n---\n{BODY}",
    }
    source = write_site(tmp_path / "source", files)
    hugoconv.convert(source, tmp_path / "made", to=exporters.get(name, scaffold=True))
    page = BUILDERS[name].build(tmp_path / "made")["posts/a/index.html"].decode()
    page = re.search(r"<main>.*</main>", page, re.DOTALL)[0]  # type: ignore[index]
    shown = [word for word in visible_words(page) if word not in ("Titled", "Footnotes") and word[0] != "↩"]
    assert Counter(shown) == Counter(visible_words(to_html(BODY)))
    assert "<script" not in page, "what is escaped behind a bare address stays text"
    assert page.count("<li") >= 7
    in_item = re.search(r"<li[^>]*>(?:(?!</li>).)*<ul[^>]*>(?:(?!</ul>).)*<em>one</em>", page, re.DOTALL)
    assert in_item, "a list in a list"
    assert re.search(r"<details[^>]*>.*<strong>in</strong>.*</details>", page, re.DOTALL)
    assert "<del>struck</del>" in page.replace("<s>", "<del>").replace("</s>", "</del>")
    for element, count in (("<dt", 1), ("<dd", 1), ("<pre", 2)):
        assert page.count(element) == count, element


BARE = [
    ("See https://a.example/x_y_z.\n", "See <https://a.example/x_y_z>.\n"),
    ("A www.a.example, b@c.example\n", "A [www.a.example](https://www.a.example), <b@c.example>\n"),
    ("| h |\n|---|\n| https://a.example |\n", "| h |\n|---|\n| <https://a.example> |\n"),
    *(
        (text, text)
        for text in (
            "[https://a.example](/b)\n",
            "`https://a.example`\n",
            "<https://a.example>\n",
            "    https://a.example\n",
            "```\nhttps://a.example\n```\n",
            "<p>https://a.example</p>\n",
            "![https://a.example](/b.png)\n",
        )
    ),
]


@pytest.mark.parametrize(("text", "wanted"), BARE)
def test_bare_addresses_are_links_where_they_were(text: str, wanted: str) -> None:
    for name in exporters:
        exporter = exporters.get(name)
        if not isinstance(exporter, MarkdownSiteExporter):
            continue
        dialect = SiteDialect(exporter.table)
        assert dialect.adapt(text) == (text if BARE_ADDRESSES in exporter.table.reads else wanted)
        assert dialect.adapt(text, linkified=False) == text
