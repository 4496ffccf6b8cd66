"""The addresses that the importer gives pages are those at which the real Hugo publishes them."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from programs import HUGO

import hugoconv as hc

SITE = {
    "hugo.toml": '[frontmatter]\ndate = [":default", ":filename"]\n[permalinks.page]\nblog = "/:year/:slug/"\n',
    "content/_index.md": "---\ntitle: Home\n---\n",
    "content/about.md": "---\ntitle: About us\n---\n",
    "content/blog/2020-03-04-first-steps.md": "---\ntitle: Steps\n---\n",
    "content/blog/dated.md": "---\ntitle: Dated\ndate: 2021-05-06\nslug: other\n---\n",
    "content/blog/pub.md": "---\ntitle: Pub\npublishDate: 2019-05-06\n---\n",
    "content/docs/_index.md": "---\ntitle: Docs\nslug: papers\n---\n",
    "content/docs/guide/_index.md": "---\ntitle: Guide\n---\n",
    "content/docs/guide/Step One.md": "---\ntitle: One\n---\n",
    "content/docs/plain/deep/page.md": "---\ntitle: Deep\n---\n",
    "content/bundle/index.md": "---\ntitle: Bundle\nurl: /b.html\n---\n",
    "content/tags/c++/_index.md": "---\ntitle: C++\n---\n",
    "content/draft.md": "---\ntitle: Draft\ndraft: true\n---\n",
}


def published(site: Path) -> dict[str, str]:
    """Return the URL path of each content file, as `hugo list all` gives it."""
    command = [HUGO, "list", "all", "--source", str(site)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rows = list(csv.DictReader(io.StringIO(printed[printed.index("path,") :])))
    return {row["path"]: unquote(urlsplit(row["permalink"]).path) for row in rows}


def compared(site: Path) -> dict[str, tuple[str, str]]:
    """Return (ours, Hugo's) for each page whose addresses differ."""
    real = published(site)
    ours = {str(post.path): unquote(post.address) for post in hc.read(site, "hugo").posts if post.address}
    assert len(set(ours) & set(real)) > 5
    return {path: (ours[path], real[path]) for path in ours.keys() & real.keys() if ours[path] != real[path]}


def test_the_fixture_blog(fixtures: Path, tmp_path: Path) -> None:
    shutil.copytree(fixtures / "sites" / "hugo-blog", tmp_path / "site")  # Hugo leaves a lock file behind
    assert compared(tmp_path / "site") == {}


def test_sections_date_handlers_and_permalinks(tmp_path: Path) -> None:
    for name, text in SITE.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert compared(tmp_path) == {}
    posts = {post.title: post for post in hc.read(tmp_path, "hugo").posts}
    assert str(posts["Steps"].date) == "2020-03-04"
    assert posts["Steps"].slug == "first-steps"


@pytest.mark.parametrize("key", ["headless: true", "build: {render: never}"])
def test_what_hugo_does_not_publish_has_no_address(key: str, tmp_path: Path) -> None:
    (tmp_path / "content" / "b").mkdir(parents=True)
    (tmp_path / "content" / "b" / "index.md").write_text(f"---\ntitle: x\n{key}\n---\n")
    (tmp_path / "content" / "b" / "part.md").write_text("---\ntitle: part\n---\n")
    bundle, part = sorted(hc.read(tmp_path, "hugo").posts, key=lambda post: str(post.path))
    assert (bundle.address, part.address) == ("", "")
    assert (bundle.status, part.status) == ("private", "private")


@pytest.mark.parametrize("key", ["headless: true", "build: {render: never}", "url: /some/where/\nheadless: true"])
def test_the_files_of_a_page_that_is_not_published_are(key: str, tmp_path: Path) -> None:
    (tmp_path / "content" / "b").mkdir(parents=True)
    (tmp_path / "hugo.toml").write_text('baseURL = "/"\n')
    (tmp_path / "content" / "b" / "index.md").write_text(f"---\ntitle: x\n{key}\n---\n")
    (tmp_path / "content" / "b" / "part.txt").write_text("x")
    (address,) = (asset.address for asset in hc.read(tmp_path, "hugo").assets if asset.path.name == "part.txt")
    subprocess.run([HUGO, "--quiet", "--source", tmp_path], capture_output=True, check=False)
    assert [f"/{path.relative_to(tmp_path / 'public')}" for path in tmp_path.rglob("public/**/part.txt")] == [address]


def test_names_that_hugo_passes_over_are_no_pages(tmp_path: Path) -> None:
    names = [".a.md", "_b.md", "#c.md", "~d.md", "e.md", "f.md~", ".g/h.md", "#i/j.md", "k~/l.md", "_m/n.md"]
    for name in names:
        path = tmp_path / "content" / "notes" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("---\ntitle: x\n---\n")
    (tmp_path / "hugo.toml").write_text('baseURL = "/"\n')
    site = hc.read(tmp_path, "hugo")
    assert {post.source.name for post in site.posts} == {path for path in published(tmp_path) if path.endswith(".md")}
    assert len(site.posts) + len(site.assets) == len(names) + 1


def test_languages_are_known_whatever_their_capitals(tmp_path: Path) -> None:
    files = {
        "hugo.toml": 'baseURL = "/"\ndefaultContentLanguage = "en"\n'
        "[languages.en]\n[languages.zh-Hans]\n[languages.pt-BR]\n",
        "content/a.md": '---\ntitle: A\n---\n[b]({{< relref "b.ZH-hans" >}})\n',
        "content/b/index.md": "---\ntitle: B\n---\n",
        "content/b/index.zh-Hans.md": "---\ntitle: B\n---\n",
        "content/c.ZH-HANS.md": "---\ntitle: C\n---\n",
        "content/d.fr.md": "---\ntitle: D\n---\n",
        "content/d.pt-BR.md": "---\ntitle: D\n---\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert compared(tmp_path) == {}
    posts = {post.source.name: post for post in hc.read(tmp_path, "hugo").posts}
    assert posts["content/b/index.zh-Hans.md"].language == "zh-hans"
    assert posts["content/b/index.zh-Hans.md"].status == "published"
    hc.convert(tmp_path, tmp_path.parent / "new", from_="hugo", to="jekyll")
    assert "/zh-hans/b/" in next((tmp_path.parent / "new").rglob("a.md")).read_text()


def test_html_without_front_matter_is_answered_where_older_and_newer_hugo_have_it(tmp_path: Path) -> None:
    files = {
        "hugo.toml": 'baseURL = "/"\n[security]\nallowContent = [".*"]\n',
        "layouts/all.html": "{{ .Content }}",
        "content/b/Old Page.html": "<p>a</p>\n",
        "content/c/index.md": "---\ntitle: C\n---\n",
        "content/c/part.html": "<p>c</p>\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    subprocess.run([HUGO, "--quiet", "--source", tmp_path], capture_output=True, check=True)
    assert (tmp_path / "public/b/old-page/index.html").exists()
    site = hc.read(tmp_path, "hugo")
    assert [(each.old, each.new) for each in site.redirects] == [("/b/old-page/", "/b/Old Page.html")]


def test_a_link_that_hugo_looks_up_by_its_path_leads_to_the_page(tmp_path: Path) -> None:
    files = {
        "hugo.toml": 'baseURL = "/"\n[languages.en]\n[languages.fr]\n',
        "content/a.md": "---\ntitle: A\n---\n[b](/docs/b#c) [d](/docs/d) [e](docs/b.md) [f]\n\n[f]: /docs/b/\n",
        "content/a.fr.md": "---\ntitle: A\n---\n[b](/docs/b)\n",
        "content/docs/b.md": "---\ntitle: B\nslug: other\naliases: [/docs/b/]\n---\n",
        "content/docs/b.fr.md": "---\ntitle: B\nslug: autre\n---\n",
    }
    for name, text in files.items():
        (tmp_path / "old" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "old" / name).write_text(text)
    leads = {
        post.source.name: [each.lead.address for each in post.references] for post in hc.read(tmp_path / "old").posts
    }
    assert leads["content/a.md"] == ["/docs/other", "", "/docs/other", "/docs/other"]
    assert leads["content/a.fr.md"] == ["/fr/docs/autre"]
    hc.convert(tmp_path / "old", tmp_path / "new", to="jekyll")
    found = hc.check(tmp_path / "new", against=tmp_path / "old").findings
    assert not [finding for finding in found if finding.code == "HC535"]
