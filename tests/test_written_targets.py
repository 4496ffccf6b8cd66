"""What is written for each target: the numbered cases that need no generator to judge them."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from target_site import SECRET, picture, write_site

import hugoconv
from hugoconv.systems import exporters
from hugoconv.systems.markdown_site import lines
from hugoconv.systems.markdown_site.exporter import MarkdownSiteExporter
from hugoconv.systems.zola import target as zola


def made(name: str, folder: Path, files: dict[str, str | bytes] | None = None, **options: Any) -> Path:
    source = write_site(folder / "source", files)
    report = hugoconv.convert(source, folder / "made", to=exporters.get(name, **options))
    assert not [finding for finding in report.findings if finding.severity == "error"]
    return folder / "made"


def matter(text: str) -> list[str]:
    """Return the lines of front matter between its fences."""
    return text.split("\n---\n" if text.startswith("---") else "\n+++\n")[0].split("\n")[1:]


# Astro --------------------------------------------------------------------------------------------------------------


def test_case_1_astro_post(tmp_path: Path) -> None:
    folder = made("astro", tmp_path)
    post = folder / "src/content/blog/2014/hello-world/index.md"
    lines = matter(post.read_text())
    assert "slug: 2014/hello-world" in lines
    assert "pubDate: 2014-03-05T10:15:00+02:00" in lines
    assert "updatedDate: 2014-04-01" in lines
    assert "heroImage: ./hello.png" in lines
    assert lines[-2:] == ["# what nobody else knows", "mood: 'yes'"]
    assert "![Hello](./hello.png)" in post.read_text()
    assert post.with_name("hello.png").read_bytes() == picture()


def test_case_2_astro_redirects(tmp_path: Path) -> None:
    """Stubs answer exactly, with `build.format: preserve` as without; Astro's own redirects make /old/hello.html."""
    folder = made("astro", tmp_path)
    for name in ("public/old/hello/index.html", "public/2014/03/old-hello.html"):
        assert 'content="0; url=/2014/hello-world/"' in (folder / name).read_text()


def test_case_3_astro_missing_picture(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "hugo.toml": "",
        "content/posts/a/index.md": "---\ntitle: A\n---\n![g](gone.png)\n",
    }
    folder = made("astro", tmp_path, files)
    assert "![g](/posts/a/gone.png)" in (folder / "src/content/blog/a/index.md").read_text()


def test_case_4_astro_markup_stays(tmp_path: Path) -> None:
    body = "{x} <Foo/> <!-- c --> {{ y }}\n"
    files: dict[str, str | bytes] = {"hugo.toml": "", "content/posts/a.md": f"---\ntitle: A\n---\n{body}"}
    folder = made("astro", tmp_path, files)
    assert (folder / "src/content/blog/a.md").read_text().endswith(f"---\n{body}")


def test_case_5_astro_page(tmp_path: Path) -> None:
    page = (made("astro", tmp_path) / "src/content/pages/about.md").read_text()
    assert matter(page) == ["title: About", "slug: about"]


def test_astro_keys_may_be_those_of_hugo(tmp_path: Path) -> None:
    lines = matter((made("astro", tmp_path, keys="hugo") / "src/content/blog/2014/hello-world/index.md").read_text())
    assert {"date: 2014-03-05T10:15:00+02:00", "lastmod: 2014-04-01", "image: ./hello.png"} <= set(lines)


def test_astro_drafts_are_outside_of_all_collections(tmp_path: Path) -> None:
    folder = made("astro", tmp_path)
    hidden = [path for path in folder.rglob("*.md") if SECRET in path.read_text()]
    assert len(hidden) == 5
    assert all(path.is_relative_to(folder / "src/drafts") for path in hidden)


# Eleventy -----------------------------------------------------------------------------------------------------------


def test_eleventy_post(tmp_path: Path) -> None:
    folder = made("eleventy", tmp_path)
    post = (folder / "content/blog/2014/hello-world.md").read_text()
    assert "permalink: /2014/hello-world/" in matter(post)
    assert "templateEngineOverride: md" in matter(post)
    assert (folder / "static/2014/hello-world/hello.png").read_bytes() == picture()
    draft = (folder / "content/blog/2015/draft.md").read_text()
    assert {"permalink: false", "public_permalink: /posts/draft/", "draft: true"} <= set(matter(draft))


def test_case_8_braces_in_code_are_not_run(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "hugo.toml": "",
        "content/posts/a.md": "---\ntitle: A\n---\n```\n{% raw %}\n```\n",
        "content/posts/b.md": "---\ntitle: B\n---\nNo braces { here }.\n",
    }
    folder = made("eleventy", tmp_path, files, scaffold=True)
    assert "templateEngineOverride: md" in matter((folder / "content/blog/a.md").read_text())
    assert "templateEngineOverride: md" not in matter((folder / "content/blog/b.md").read_text())
    assert "markdownTemplateEngine: false" in (folder / "eleventy.config.js").read_text()


def test_case_9_drafts_and_addresses_that_were_files(tmp_path: Path) -> None:
    folder = made("eleventy", tmp_path)
    for path in folder.rglob("*.md"):
        is_hidden = SECRET in path.read_text()
        assert ("permalink: false" in matter(path.read_text())) == is_hidden
    stub = (folder / "static/2014/03/old-hello.html").read_text()
    assert 'content="0; url=/2014/hello-world/"' in stub


def test_keys_that_would_act_are_renamed(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "hugo.toml": "",
        "content/posts/a.md": "---\ntitle: A\nlayout: gallery\npagination: 3\npermalink: /x/\n---\nText.\n",
    }
    lines = matter((made("eleventy", tmp_path, files) / "content/blog/a.md").read_text())
    assert lines == [
        "title: A",
        "hugo_layout: gallery",
        "hugo_pagination: 3",
        "hugo_permalink: /x/",
        "permalink: /posts/a/",
    ]


def test_an_address_without_a_slash_is_that_of_a_folder(tmp_path: Path) -> None:
    """A generator would write a file without an ending, which no server shows as a page."""
    files: dict[str, str | bytes] = {"content/services.md": "---\ntitle: S\nurl: /services\n---\nText.\n"}
    source = write_site(tmp_path / "source", {"hugo.toml": "", **files})
    report = hugoconv.convert(source, tmp_path / "made", to="eleventy")
    assert "permalink: /services/" in (tmp_path / "made/content/services.md").read_text()
    assert "HC502" not in [finding.code for finding in report.findings]


@pytest.mark.parametrize("name", ["astro", "eleventy", "hexo", "pelican", "zola"])
def test_two_pages_of_one_address_get_two(name: str, tmp_path: Path) -> None:
    """Exports have such pages, and generators stop at two files for one address."""
    page = "---\ntitle: {}\ndate: 2024-01-01\nurl: {}\n---\nText.\n"
    files: dict[str, str | bytes] = {
        "hugo.toml": "",
        **{f"content/posts/{each}.md": page.format(each, "/x/one/") for each in "ab"},
        **{f"content/posts/{each}.md": page.format(each, "/x/two.html") for each in "cd"},
    }
    report = hugoconv.convert(write_site(tmp_path / "source", files), tmp_path / "made", to=name)
    site = hugoconv.read(tmp_path / "made", from_=name)
    addresses = sorted(post.address for post in site.posts)
    assert len(set(addresses)) == 4
    assert "/x/one-2/" in addresses
    assert "HC502" in [finding.code for finding in report.findings]
    assert not any("/x/one/" in post.old_addresses for post in site.posts)


@pytest.mark.parametrize("name", ["astro", "eleventy", "hexo", "pelican", "zola", "markdown"])
def test_case_27_names_of_any_script(name: str, tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "é ü.png")
    files: dict[str, str | bytes] = {
        "hugo.toml": "",
        "content/posts/x/index.md": f"---\ntitle: Ünïcode — 日本\nurl: /日本/\n---\n![p](<{decomposed}>)\n",
        f"content/posts/x/{decomposed}": picture(),
    }
    made(name, tmp_path, files)
    (post,) = hugoconv.read(tmp_path / "made", from_=name).posts
    assert post.title == "Ünïcode — 日本"
    assert name == "markdown" or unquote(post.address) == "/日本/"
    pictures = list((tmp_path / "made").rglob("*.png"))
    assert {path.read_bytes() for path in pictures} == {picture()}
    assert {path.name for path in pictures} == {decomposed}, "its address says how it is spelt"
    assert [(each.lead.kind, each.kind) for each in post.references] == [("file", "image")]


def test_case_28_files_of_one_name(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "hugo.toml": "",
        "content/posts/a/index.md": "---\ntitle: A\n---\n![p](p.png)\n",
        "content/posts/a/p.png": picture(),
        "content/posts/b/index.md": "---\ntitle: B\n---\n![p](p.png)\n",
        "content/posts/b/p.png": picture((9, 9, 9)),
    }
    folder = made("eleventy", tmp_path, files)
    assert (folder / "static/posts/a/p.png").read_bytes() == picture()
    assert (folder / "static/posts/b/p.png").read_bytes() == picture((9, 9, 9))


@pytest.mark.parametrize("name", ["astro", "eleventy", "hexo", "pelican", "zola"])
def test_nothing_of_the_scaffold_is_written_unasked(name: str, tmp_path: Path) -> None:
    folder = made(name, tmp_path)
    assert not [
        name for name in ("package.json", "pelicanconf.py", "zola.toml", "site.json") if (folder / name).exists()
    ]


@pytest.mark.parametrize("name", ["astro", "eleventy", "hexo", "pelican", "zola"])
def test_feeds_that_nothing_makes_are_named(name: str, tmp_path: Path) -> None:
    source = write_site(tmp_path / "source")
    report = hugoconv.convert(source, tmp_path / "made", to=name)
    (named,) = (finding.message for finding in report.findings if finding.code == "HC691")
    assert named.startswith("8 feeds of the old site, such as /index.xml")


def test_zola_makes_the_feed_that_it_has_a_template_for(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "_config.yml": "plugins: [jekyll-feed]\nfeed: {path: /atom.xml}\n",
        "_posts/2020-01-01-a.md": "---\n---\nx\n",
    }
    folder = made("zola", tmp_path, files, scaffold=True)
    values = tomllib.loads((folder / "zola.toml").read_text())
    assert (values["generate_feeds"], values["feed_filenames"]) == (True, ["atom.xml"])


# Hexo ---------------------------------------------------------------------------------------------------------------


def test_case_11_hexo_post(tmp_path: Path) -> None:
    folder = made("hexo", tmp_path)
    post = folder / "source/_posts/hello-world.md"
    lines = matter(post.read_text())
    assert "permalink: 2014/hello-world/" in lines
    assert "categories:\n  - - Dev\n  - - Travel\n" in post.read_text() or "[[Dev], [Travel]]" in post.read_text()
    assert "disableNunjucks: true" in lines
    assert "alias: [/old/hello/, /2014/03/old-hello.html]" in lines
    assert (folder / "source/_posts/hello-world/hello.png").read_bytes() == picture()
    assert (folder / "source/old/hello/index.html").read_text().startswith("---\nlayout: false\n---\n")


@pytest.mark.parametrize(
    ("body", "is_run"),
    [
        pytest.param("Prose {{ x }}.", True, id="case_12_braces"),
        pytest.param("Prose {% foo %}.", True, id="case_13_a_tag"),
        pytest.param("Prose { x } and %.", False, id="no braces"),
    ],
)
def test_case_12_and_13_hexo_runs_nothing(body: str, is_run: bool, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"hugo.toml": "", "content/posts/a.md": f"---\ntitle: A\n---\n{body}\n"}
    text = (made("hexo", tmp_path, files) / "source/_posts/a.md").read_text()
    assert ("disableNunjucks: true" in matter(text)) == is_run
    assert text.endswith(f"{body}\n")


def test_case_14_hexo_links_are_addresses(tmp_path: Path) -> None:
    text = (made("hexo", tmp_path) / "source/_posts/hello-world.md").read_text()
    assert "[the second](/posts/second/)" in text
    assert "post_path" not in text


def test_case_15_hexo_drafts(tmp_path: Path) -> None:
    folder = made("hexo", tmp_path)
    assert "published: false" in matter((folder / "source/_drafts/draft.md").read_text())
    hidden = [path for path in folder.rglob("*.md") if SECRET in path.read_text()]
    assert all(path.is_relative_to(folder / "source/_drafts") for path in hidden)


# Zola ---------------------------------------------------------------------------------------------------------------


def test_case_16_zola_post(tmp_path: Path) -> None:
    folder = made("zola", tmp_path, scaffold=True)
    post = folder / "content/blog/hello-world/index.md"
    _, text, body = post.read_text().split("+++\n", 2)
    values = tomllib.loads(text)
    assert values["path"] == "2014/hello-world"
    assert values["aliases"] == ["old/hello", "2014/03/old-hello.html"]
    assert values["taxonomies"] == {"tags": ["Python", "C++"], "categories": ["Dev", "Travel"]}
    assert values["date"].isoformat() == "2014-03-05T10:15:00+02:00"
    assert values["updated"].isoformat() == "2014-04-01"
    assert values["extra"] == {"image": "/2014/hello-world/hello.png", "mood": "yes"}
    assert "# what nobody else knows\n" in text
    assert values.keys() <= {"title", "date", "updated", "path", "aliases", "authors", "taxonomies", "extra"}
    assert "{{ y }} and {% z %}" in body, "these are no calls"
    assert (folder / "content/blog/hello-world/hello.png").is_file()
    declared = tomllib.loads((folder / "zola.toml").read_text())["taxonomies"]
    assert sorted(each["name"] for each in declared) == ["categories", "tags"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{ x }} {% y %} {{ a.b }}", "{{ x }} {% y %} {{ a.b }}"),
        ('{{ youtube(id="x") }}', '{{/* youtube(id="x") */}}'),
        ("{%- box() -%}in{%- end -%}", "{%/*- box() -*/%}in{%/*- end -*/%}"),
        ("`{{ f() }}`", "`{{/* f() */}}`"),
    ],
)
def test_zola_calls_are_shown(text: str, shown: str) -> None:
    assert zola.inert(text) == shown


def test_case_17_zola_needs_dates_and_names(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "hugo.toml": "",
        "content/posts/a.md": '---\ntitle: A\ntags: [x, ""]\n---\nText.\n',
        "content/posts/b.md": "---\ntitle: B\n---\nText.\n",
    }
    source = write_site(tmp_path / "source", files)
    report = hugoconv.convert(source, tmp_path / "made", to="zola")
    assert [finding.code for finding in report.findings].count("HC684") == 2
    assert 'tags = ["x"]' in (tmp_path / "made/content/blog/a.md").read_text()


def test_zola_pages_that_were_files_are_folders_with_an_alias(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"hugo.toml": "", "content/a.md": "---\ntitle: A\nurl: /x/a.html\n---\nText.\n"}
    source = write_site(tmp_path / "source", files)
    report = hugoconv.convert(source, tmp_path / "made", to="zola")
    (page,) = (tmp_path / "made/content").rglob("*.md")
    assert 'path = "x/a"\naliases = ["x/a.html"]\n' in page.read_text()
    assert [finding.code for finding in report.findings] == ["HC502", "HC682", "HC691"]


# Pelican ------------------------------------------------------------------------------------------------------------


def test_case_18_pelican_article(tmp_path: Path) -> None:
    folder = made("pelican", tmp_path)
    text = (folder / "content/posts/hello-world/index.md").read_text()
    assert text.startswith('title: Hello: "World" #1\ndate: 2014-03-05T10:15:00+02:00\nmodified: 2014-04-01\n')
    assert "save_as: 2014/hello-world/index.html\n" in text
    assert "url: 2014/hello-world/\n" in text
    assert "tags: Python, C++\n" in text
    assert "![Hello]({attach}hello.png)" in text
    assert "status: skip\n" in (folder / "content/posts/draft.md").read_text()


def test_case_19_pelican_has_one_category(tmp_path: Path) -> None:
    source = write_site(tmp_path / "source")
    report = hugoconv.convert(source, tmp_path / "made", to="pelican")
    text = (tmp_path / "made/content/posts/hello-world/index.md").read_text()
    assert "category: Dev\n" in text
    assert "category_extra: Travel\n" in text
    assert any("further categories" in finding.message for finding in report.findings)
    assert (tmp_path / "made/content/extra/2014/03/old-hello.html").is_file()


@pytest.mark.parametrize(
    ("names", "line"),
    [(["A", "B"], "A, B"), (["Doe, J", "Roe, K"], "Doe, J; Roe, K"), (["Doe, J"], "Doe, J;"), (["A"], "A")],
)
def test_pelican_names_with_commas(names: list[str], line: str) -> None:
    assert lines.joined(names) == line
    assert lines.parted(line) == names


@pytest.mark.parametrize("names", [[";"], ["a;b", "c"], ["a;b, c"]])
def test_pelican_names_with_semicolons(names: list[str]) -> None:
    assert lines.parted(lines.joined(names)) == [name.replace(";", ",") for name in names]


def test_a_date_that_nobody_can_read_leaves_that_of_the_name(tmp_path: Path) -> None:
    files = {"_config.yml": "", "_posts/2015-11-15-a.md": "---\ntitle: A\ndate: 2015-11-15 15.45\n---\nWords\n"}
    source = write_site(tmp_path / "source", {**files})
    report = hugoconv.convert(source, tmp_path / "made", to="pelican")
    assert "HC203" in {each.code for each in report.findings}
    lines = (tmp_path / "made/content/posts/a.md").read_text().split("\n")
    assert {"jekyll_date: 2015-11-15 15.45", "date: 2015-11-15"} <= set(lines)


def test_pelican_edits_are_written(tmp_path: Path) -> None:
    folder = made("pelican", tmp_path)
    site = hugoconv.read(folder, from_="pelican")
    for post in site.posts:
        post.title = f"New {post.title}"
    hugoconv.write(site, tmp_path / "again", to="pelican")
    assert (tmp_path / "again/content/pages/about.md").read_text().startswith("title: New About\n")


def test_pelican_pages_have_titles(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"hugo.toml": "", "content/about-us.md": "---\nmood: x\n---\nText.\n"}
    source = write_site(tmp_path / "source", files)
    report = hugoconv.convert(source, tmp_path / "made", to="pelican")
    assert (tmp_path / "made/content/pages/about-us.md").read_text().startswith("title: about-us\nmood: x\n")
    assert "HC685" in [finding.code for finding in report.findings]


# Privacy ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["astro", "eleventy", "hexo", "pelican", "zola"])
def test_files_of_drafts_are_not_published(name: str, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "hugo.toml": "",
        "content/posts/a/index.md": "---\ntitle: A\ndraft: true\ndate: 2020-01-01\n---\n![p](p.png)\n",
        "content/posts/a/p.png": picture(),
    }
    folder = made(name, tmp_path, files)
    exporter = exporters.get(name)
    assert isinstance(exporter, MarkdownSiteExporter)
    (kept,) = folder.rglob("p.png")
    is_draft = (kept.parent / "index.md").is_file() or kept.parent.with_suffix(".md").is_file()
    assert is_draft or kept.is_relative_to(folder / exporter.table.original)


# Jekyll's own words -------------------------------------------------------------------------------------------------

_LIQUID = """\
---
title: A
mood: happy
---
I am {{ page.mood }}.

<div>
{% highlight html linenos %}
<p>x</p>

{% raw %}{{ y < 1 }}{% endraw %}
{% endhighlight %}
</div>

{% highlight js %}
if (a<b) {}
{% endhighlight %}
"""


@pytest.mark.parametrize("name", ["astro", "eleventy", "hexo", "pelican", "zola", "markdown", "ghost", "wordpress"])
def test_jekyll_tags_are_no_shortcodes_of_hugo(name: str, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"_config.yml": "title: x\n", "_posts/2020-01-01-a.md": _LIQUID}
    destination = tmp_path / "made" / {"ghost": "x.zip", "wordpress": "x.xml"}.get(name, "")
    report = hugoconv.convert(write_site(tmp_path / "source", files), destination, to=name)
    if name == "ghost":
        text = next(iter(hugoconv.read(destination).posts)).body.text
    elif name == "wordpress":
        text = destination.read_text()
    else:
        text = next(path for path in destination.rglob("*.md") if "I am" in path.read_text()).read_text()
    assert "I am happy." in text
    for gone in ("{{<", "{{%", "highlight html", "endraw", "{% "):
        assert gone not in text
    assert "&lt;p&gt;x&lt;/p&gt;" in text
    assert "if (a<b) {}" in text or "if (a&lt;b) {}" in text
    assert "<p>if" not in text
    assert any(finding.code == "HC307" for finding in report.findings)
