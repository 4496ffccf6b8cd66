"""Mentions of files and pages: found wherever they stand, resolved by their system's rules, near misses suggested."""

from __future__ import annotations

from pathlib import Path

import pytest
from folders import write

import hugoconv
from hugoconv.markup.files import named_files
from hugoconv.migrate.check import check
from hugoconv.model import Site

HUGO = {
    "hugo.toml": 'baseURL = "https://example.org/sub/"\n',
    "static/img/a.png": "a",
    "static/img/my photo.png": "b",
    "static/Docs/Plan.PDF": "c",
    "assets/icons/x.svg": "d",
    "themes/t/static/t.png": "e",
    "content/posts/plain.md": "---\ntitle: Plain\ntags: [Sea]\n---\n## One two\n",
    "content/posts/bundle/index.md": "---\ntitle: Bundle\n---\n",
    "content/posts/bundle/own.png": "f",
}
JEKYLL = {
    "_config.yml": "title: T\nurl: https://example.org\nbaseurl: /sub\n",
    "assets/a.png": "a",
    "assets/img/b c.png": "b",
    "css/main.scss": "---\n---\nx",
    "_posts/2020-01-02-first.md": "---\ntitle: First\n---\n## One two\n",
    "about.md": "---\ntitle: About\n---\n",
}
HUGO_MENTIONS = {
    "a static file": ("![](/img/a.png)", "/img/a.png"),
    "with the base path": ("![](/sub/img/a.png)", "/img/a.png"),
    "absolute": ("![](https://www.example.org/sub/img/a.png)", "/img/a.png"),
    "without the scheme": ("![](//example.org/sub/img/a.png)", "/img/a.png"),
    "percent-encoded": ("![](/img/my%20photo.png)", "/img/my photo.png"),
    "a query": ("![](/img/a.png?v=2)", "/img/a.png"),
    "relative to the page": ("![](../../img/a.png)", "/img/a.png"),
    "the page's own": ("![](own.png)", "/posts/bundle/own.png"),
    "the page's own, dotted": ("![](./own.png)", "/posts/bundle/own.png"),
    "an HTML source": ('<img src="/img/a.png">', "/img/a.png"),
    "a set of sources": ('<img srcset="/img/a.png 1x, /img/none.png 2x">', "/img/a.png", ""),
    "a poster": ('<video poster="/img/a.png"></video>', "/img/a.png"),
    "a style": ("<p style=\"background: url('/img/a.png')\">x</p>", "/img/a.png"),
    "a shortcode": ('{{< figure src="own.png" >}}', "/posts/bundle/own.png"),
    "a shortcode of the site": ('{{< hero "own.png" >}}', "/posts/bundle/own.png"),
    "ref": ('[x]({{< ref "plain" >}})', "/posts/plain"),
    "ref with an ending": ('[x]({{< relref "/posts/plain.md" >}})', "/posts/plain"),
    "ref to nothing": ('[x]({{< ref "nothing" >}})', ""),
    "a page": ("[x](/posts/plain/)", "/posts/plain"),
    "a page's index": ("[x](/posts/plain/index.html)", "/posts/plain"),
    "a page by its name alone": ("[x](/plain)", ""),
    "a list": ("[x](/posts/)", "/posts"),
    "a term": ("[x](/tags/sea/)", "/tags/sea"),
    "a feed": ("[x](/posts/index.xml)", "/posts/index.xml"),
    "another host": ("[x](https://else.org/a)", "elsewhere"),
    "an address of mail": ("[x](mailto:a@b.c)", "elsewhere"),
    "a definition": ("[x][y]\n\n[y]: /img/none.png\n", ""),
    "what a template makes": ("[x]({{.Site.BaseURL}}/a)", "elsewhere"),
    "code": ("`![](/img/none.png)`",),
}
JEKYLL_MENTIONS = {
    "a file": ("![](/assets/a.png)", "/assets/a.png"),
    "site.baseurl": ("![]({{ site.baseurl }}/assets/a.png)", "/assets/a.png"),
    "site.url and site.baseurl": ("![]({{site.url}}{{site.baseurl}}/assets/a.png)", "/assets/a.png"),
    "relative_url": ("![]({{ '/assets/a.png' | relative_url }})", "/assets/a.png"),
    "absolute_url in HTML": ("<img src='{{ \"/assets/a.png\" | absolute_url }}'>", "/assets/a.png"),
    "post_url": ("[x]({% post_url 2020-01-02-first %})", "/2020/01/02/first.html"),
    "post_url with an anchor": (
        "[x]({{ site.baseurl }}{% post_url 2020-01-02-first %}#one)",
        "/2020/01/02/first.html",
    ),
    "post_url to nothing": ("[x]({% post_url 2020-01-02-none %})", ""),
    "link": ("[x]({% link about.md %})", "/about.html"),
    "a parameter": ('{% include figure.html src="/assets/img/b c.png" alt="x" %}', "/assets/img/b c.png"),
    "a parameter to nothing": ("{% img left /assets/none.png 3 %}", ""),
    "a variable": ("![]({{ page.image }})", "elsewhere"),
    "a style sheet": ("[x](/css/main.css)", "/css/main.css"),
    "a page": ("[x](/about.html)", "/about.html"),
    "a page without its ending": ("[x](/about)", "/about.html"),
}


def leads(site: Site, name: str) -> list[str]:
    post = next(post for post in site.posts if post.source.name == name)
    said = (reference.lead for reference in post.references)
    return [lead.kind if lead.kind == "elsewhere" else lead.address or "*" * lead.found for lead in said]


@pytest.mark.parametrize("case", HUGO_MENTIONS.values(), ids=HUGO_MENTIONS)
def test_what_a_hugo_page_mentions_is_resolved(case: tuple[str, ...], tmp_path: Path) -> None:
    name = "content/posts/bundle/index.md"
    site = write(tmp_path, {**HUGO, name: f"---\ntitle: Bundle\n---\n{case[0]}\n"})
    assert leads(hugoconv.read(site), name) == list(case[1:])


@pytest.mark.parametrize("case", JEKYLL_MENTIONS.values(), ids=JEKYLL_MENTIONS)
def test_what_a_jekyll_page_mentions_is_resolved(case: tuple[str, ...], tmp_path: Path) -> None:
    site = write(tmp_path, {**JEKYLL, "page.md": f"---\ntitle: P\n---\n{case[0]}\n"})
    assert leads(hugoconv.read(site), "page.md") == list(case[1:])


FRONT_MATTER = {
    "image: /img/a.png": [(("image",), "/img/a.png")],
    "cover:\n  image: a.jpg\n  alt: b.jpg": [(("cover", "image"), "a.jpg")],
    "header: {og_image: /a.png, teaser: b.png}": [(("header", "og_image"), "/a.png"), (("header", "teaser"), "b.png")],
    "resources:\n- src: a.png\n- src: '*.jpg'": [(("resources", 0, "src"), "a.png")],
    "gallery: [a.png, 'my b.png']": [(("gallery", 0), "a.png"), (("gallery", 1), "my b.png")],
    "images:\n- url: https://x.org/a.png": [(("images", 0, "url"), "https://x.org/a.png")],
    "Featured-Image: a.webp": [(("Featured-Image",), "a.webp")],
    "image: true\ncover: sea\ntitle: a.png\nurl: /about/": [],
}


@pytest.mark.parametrize("matter", FRONT_MATTER)
def test_files_that_front_matter_names(matter: str) -> None:
    post = hugoconv.loads(f"---\n{matter}\n---\n")
    assert list(named_files(post.front_matter)) == FRONT_MATTER[matter]


SITE = {
    **HUGO,
    "content/a.md": (
        "---\ntitle: A\nimage: icons/x.svg\ncover:\n  image: gone.png\n---\n![](t.png) ![](/docs/plan.pdf)\n"
        "![](/img/b.png) ![](/pics/a.png)\n[x](/posts/plain/#one-two) [y](/posts/plain/#three) [z](#none) [t](#top)\n"
    ),
    "content/b.md": "---\ntitle: B\nurl: /a/\naliases: [/posts/plain/]\nweight: heavy\n---\n",
}


def test_what_is_broken_is_named_with_its_place_and_what_was_meant(tmp_path: Path) -> None:
    found = [str(finding) for finding in check(write(tmp_path, SITE)).findings]
    assert found == [
        "content/a.md:5 HC401 missing file gone.png",
        "content/a.md:7 HC401 missing file t.png",
        "content/a.md:7 HC431 /docs/plan.pdf is there only with other capital letters: /Docs/Plan.PDF",
        "content/a.md:8 HC430 missing file /img/b.png; did you mean /img/a.png?",
        "content/a.md:8 HC430 missing file /pics/a.png; did you mean /img/a.png?",
        "content/b.md:5 HC213 weight: a whole number expected",
        "content/b.md HC532 /a/ is also the address of content/a.md",
        "content/b.md HC533 the old address /posts/plain is claimed by content/posts/plain.md too",
        "content/a.md:9 HC530 #none: nothing on content/a.md is called none",
        "content/a.md:9 HC530 /posts/plain/#three: nothing on content/posts/plain.md is called three",
        "HC432 4 media files are mentioned by no page: content/posts/bundle/own.png, static/Docs/Plan.PDF, "
        "static/img/a.png, static/img/my photo.png",
    ]


def test_rewriting_a_reference_in_a_style_keeps_it_readable() -> None:
    from hugoconv.markup.markdown import html_references

    text = '<p style="background: url(a.png)">'
    reference = html_references(text)[0]
    made = text[: reference.start] + reference.written("/b (1).png") + text[reference.end :]
    assert html_references(made)[0].target == "/b%20%281%29.png"
