"""Ids of headings and pages of links by a site's settings of Goldmark, judged by the real Hugo."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hugo_site import CONTENT_ONLY, build, write_site

import hugoconv
from hugoconv.markup import markdown
from hugoconv.systems.hugo.config import config_of
from hugoconv.systems.hugo.goldmark import HeadingIds, links_find_pages

HEADINGS = """\
# Hello  World -- it's *me*
## A [link text](http://x.y/z "t") here
## `code_x` and **Bold** &amp; more
## Ünïcödé & 中文 İe.g. 1.2
## Hello  World -- it's *me*
## ![alt text](a.png) pic
## ["quoted"](a) -- word
## **--** dash --
## snake_case_word
## Setext <b>x</b>

## C&C \\*star\\* "q" – dash ½ ²
## trailing #hash ##
## With a class {.wide}
## Same {#same-1}
## same
## Same
## SAME
"""
LINKS = """\
[1](/docs/b) [2](/docs/b.md?x=1#y) [3](b) [4](./b.md) [5](B.md) [6](/docs/only-en) [7](only-en.md) [8](/docs/)
[9](sub/c) [10](../docs/b) [12](c) [14](bundle/) [15](/fr/docs/b/) [16](http://e.x/docs/b) [17](bundle/index.md)
[18](/DOCS/b/) [19](file.txt) [20](/docs/b.en.md) [23](</docs/my page>) [24](/docs/my%20page) [25](/docs/b.html)
[26](docs/b) [27](b.fr.md) [28][r] <https://x.y/> [29](mailto:a@b.c) [30](/docs/sl)

[r]: /docs/b
"""
PAGE = "---\ntitle: x\n---\n"
LANGUAGES = {
    "baseURL": "https://example.org/",
    "languages": {"en": {"weight": 1}, "fr": {"weight": 2}},
    "disableKinds": ["taxonomy", "term", "rss", "sitemap", "404"],
}


@pytest.mark.parametrize("kind", ["blackfriday", "github-ascii", "github"])
def test_headings_have_the_ids_that_hugo_gives_them(tmp_path: Path, kind: str) -> None:
    goldmark = {"parser": {"autoHeadingIDType": kind}}
    config = {**CONTENT_ONLY, "markup": {"goldmark": goldmark}}
    site = write_site(
        tmp_path / "old",
        {"content/a.md": PAGE + HEADINGS, "layouts/page.html": "{{ .Content }}"},
        config,
    )
    shown = ids(build(site).files["a/index.html"])
    made = HeadingIds(config_of(config))
    assert made.are_own == (kind != "github")
    if made.are_own:
        headings = markdown.headings(HEADINGS)
        words = [each.named.removesuffix(" {.wide}") for each in headings]
        assert [
            made.taken(h.id) if h.id else made.id_of(text) for h, text in zip(headings, words, strict=True)
        ] == shown
        hugoconv.convert(site, tmp_path / "new", to="jekyll")
        text = (tmp_path / "new" / "a.md").read_text(encoding="utf-8")
        assert [each for each in shown if each not in text] == []


def ids(html: str) -> list[str]:
    return re.findall(r"<h[1-6][^>]*? id=\"?([^\s\">]+)", html)


def test_links_lead_where_hugo_leads_them(tmp_path: Path) -> None:
    names = ["docs/b", "docs/sub/c", "docs/bundle/index", "docs/_index", "docs/my page"]
    files = {f"content/{name}.{language}.md": PAGE for name in names for language in ("en", "fr")}
    files |= {
        "content/docs/a.fr.md": PAGE + LINKS,
        "content/docs/only-en.en.md": PAGE + "[1](/docs/b)\n",
        "content/docs/sl.en.md": PAGE,
        "content/docs/sl.fr.md": "---\ntitle: x\nslug: other\n---\n",
        "content/docs/file.txt": "x",
        "layouts/page.html": "{{ .Content }}",
        "layouts/list.html": "{{ .Content }}",
        "layouts/home.html": "{{ .Content }}",
    }
    site = write_site(tmp_path / "old", files, LANGUAGES)
    built = build(site).files
    hugoconv.convert(site, tmp_path / "jekyll", to="jekyll")
    [page] = [each for each in (tmp_path / "jekyll").rglob("*.md") if "[30]" in read(each)]
    assert destinations(read(page)) == re.findall(r'<a href="([^"]*)"', built["fr/docs/a/index.html"])


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def destinations(text: str) -> list[str]:
    """Return where the links of a text lead, in written order; a definition counts where it is used."""
    [definition] = re.findall(r"^\[r\]: (\S+)", text, re.MULTILINE)
    return [
        target or bare or definition
        for target, bare in re.findall(r"\[\d+\](?:\(<?([^>)]+)>?\)|\[r\])|<(https:[^>]+)>", text)
    ]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, False),
        ({"languages": {"en": {}, "fr": {}}}, True),
        ({"languages": {"en": {"weight": 1}}}, True),
        ({"languages": {"en": {"baseURL": "https://a.b/"}, "fr": {"baseURL": "https://c.d/"}}}, False),
        ({"languages": {"en": {}, "fr": {}}, "markup": {"goldmark": {"duplicateResourceFiles": True}}}, False),
        (
            {
                "languages": {"en": {}, "fr": {}},
                "markup": {"goldmark": {"renderHooks": {"link": {"useEmbedded": "never"}}}},
            },
            False,
        ),
        ({"markup": {"goldmark": {"renderHooks": {"link": {"useEmbedded": "always"}}}}}, True),
    ],
)
def test_when_links_find_pages(settings: dict[str, object], expected: bool) -> None:
    assert links_find_pages(config_of(settings)) is expected


def test_terms_have_ids_that_headings_do_not_get(tmp_path: Path) -> None:
    config = {**CONTENT_ONLY, "markup": {"goldmark": {"parser": {"autoDefinitionTermID": True}}}}
    body = "One *two*\n: x\n\nB\nC\n: y\n\n## B\n\n## D\n"
    files = {"content/a.md": PAGE + body, "layouts/page.html": "{{ .Content }}"}
    site = write_site(tmp_path / "hugo", files, config)
    shown = build(site).files["a/index.html"]
    assert re.findall(r'<(dt|h2) id="([^"]*)"', shown) == [
        ("dt", "one-two"),
        ("dt", "b"),
        ("dt", "c"),
        ("h2", "b-1"),
        ("h2", "d"),
    ]
    hugoconv.convert(site, tmp_path / "jekyll", to="jekyll")
    assert (
        (tmp_path / "jekyll/a.md")
        .read_text()
        .endswith(
            '<a id="one-two"></a>One *two*\n: x\n\n<a id="b"></a>B\n<a id="c"></a>C\n: y\n\n## B {#b-1}\n\n## D\n'
        )
    )
