"""Markdown as HTML, judged by the real Hugo, and when two renderings count as the same."""

from __future__ import annotations

import pytest
from hugo_site import build, write_site
from hypothesis import given
from hypothesis import strategies as st

from hugoconv.markup.flavours import GOLDMARK, KRAMDOWN
from hugoconv.markup.likeness import renders_alike, visible_words
from hugoconv.markup.render import to_html

BODIES = {
    "paragraphs": "one\ntwo  \nthree\n\nfour &amp; <b>five</b> & six\n",
    "headings": "# One *two*\n\n## One *two*\n\n### Straße & Co. {#own .c}\n",
    "lists": "- a\n- b\n  1. c\n  2. d\n\n7. x\n\n   y\n8. z\n\n- [ ] todo\n- [x] done\n",
    "code": '`a<b`\n\n```go {hl_lines=[1]}\nx := "<&>"\n```\n\n    indented <i>\n',
    "table": "| a | b |\n|--:|:-:|\n| 1 | `2` |\n| 3 | **4** |\n",
    "links": '[a](/b "t") <https://x.org/a_b> see https://y.org/c_d. and www.z.org! ![*pic* x](p.png)\n',
    "quotation": "> one\n>\n> - two\n",
    "notes": "x[^b] y[^a] z[^b]\n\n[^a]: first\n[^b]: second\n\n    more\n[^c]: never\n",
    "definitions": "Term\n: meaning\n: other\n",
    "raw": '<div class="x">\n*not*\n</div>\n\n<!-- c -->\n\ntext <kbd>K</kbd>\n',
    "strike": '~~gone~~ a---b "q" it\'s ...\n',
    "unicode": "Füße 漢字 🎈 \\* \\_\n\n***\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    files = {f"content/{name}.md": f"---\ntitle: x\n---\n{body}" for name, body in BODIES.items()}
    site = write_site(tmp_path_factory.mktemp("render"), {**files, "layouts/page.html": "{{ .Content }}"})
    made = build(site)
    assert not made.error
    return {name: made.files[f"{name}/index.html"] for name in BODIES}


@pytest.mark.parametrize("name", BODIES)
def test_words_are_those_of_hugo(name: str, built: dict[str, str]) -> None:
    real = [word for word in visible_words(built[name]) if word[0] != "\u21a9"]  # the way back from a footnote
    assert visible_words(to_html(BODIES[name])) == real


@pytest.mark.parametrize("name", sorted(set(BODIES) - {"notes", "lists", "code"}))
def test_elements_are_those_of_hugo(name: str, built: dict[str, str]) -> None:
    assert renders_alike(to_html(BODIES[name]), built[name])


def test_heading_ids_are_those_of_hugo(built: dict[str, str]) -> None:
    ours = to_html(BODIES["headings"])
    for identifier in ("one-two", "one-two-1", "own"):
        assert f'id="{identifier}"' in built["headings"]
        assert f'id="{identifier}"' in ours


def test_jekyll_makes_no_links_of_bare_addresses() -> None:
    assert "<a" in to_html("see https://y.org/c", GOLDMARK)
    assert "<a" not in to_html("see https://y.org/c", KRAMDOWN)


def test_html_ends_with_its_element_in_jekyll_and_at_a_blank_line_in_hugo() -> None:
    text = "<div>\n<div>a</div>\n</div>\n```\n<p>x</p>\ny\n```\n"
    assert "<pre><code>&lt;p&gt;x&lt;/p&gt;\ny\n</code></pre>" in to_html(text, KRAMDOWN)
    assert "<pre>" not in to_html(text, GOLDMARK)
    assert to_html("<div>\na\nb\n</div>", KRAMDOWN) == to_html("<div>\na\nb\n</div>", GOLDMARK)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("<p>a b</p>", "<p> a\n b </p>\n", True),
        ("<p>“a” – b…</p>", '<p>"a" - b...</p>', True),
        ("<p class='x'>a</p>", "<p>a</p>", True),
        ("<p>a <b>b</b></p>", "<p>a<b>b</b></p>", False),
        ("<p>a</p>", "<div>a</div>", False),
        ("<a href='/x'>a</a>", "<a href='/y'>a</a>", False),
        ("<img src='a' alt='b'>", "<img src='a' alt='c'>", False),
        ("<script>a</script>", "<script>b</script>", True),
        ("", " \n", True),
    ],
)
def test_what_counts_as_the_same(one: str, other: str, alike: bool) -> None:
    assert renders_alike(one, other) is alike


def test_words_go_on_through_inline_elements() -> None:
    assert visible_words("<p>un<b>believ</b>able</p><p>x</p>y<style>p {}</style>") == ["unbelievable", "x", "y"]


@given(st.text())
def test_any_text_renders(text: str) -> None:
    assert renders_alike(to_html(text), to_html(text))
