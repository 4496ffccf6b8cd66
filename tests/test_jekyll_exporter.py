"""Sites of other systems become Jekyll sites that the real Jekyll builds, with every page at its address."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from programs import JEKYLL, needs_jekyll

import hugoconv as hc
from hugoconv.migrate.check import check
from hugoconv.systems.jekyll.config import read_config

# Front matter -------------------------------------------------------------------------------------------------------


def converted(folder: Path, files: Mapping[str, str], config: str = "") -> tuple[Path, hc.Report]:
    """Write a Hugo site, convert it, and return the new site and the report."""
    files = {"hugo.toml": f'baseURL = "https://example.org/"\ntitle = "S"\n{config}', **files}
    for name, text in files.items():
        path = folder / "hugo" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    site = folder / "jekyll"
    return site, hc.convert(folder / "hugo", site, from_="hugo", to="jekyll")


def page(folder: Path, front_matter: str, name: str = "content/docs/p.md", body: str = "x\n") -> tuple[str, hc.Report]:
    """Return the text of the one page that a Hugo site with this front matter becomes."""
    fences = "" if front_matter.startswith(("+++", "{")) else "---\n"
    site, report = converted(folder, {name: f"{fences}{front_matter}{fences}{body}"})
    pages = [path for path in site.rglob("*.md") if path.name != "index.md" or "docs" in str(path)]
    assert len(pages) == 1, pages
    return pages[0].read_text(), report


@pytest.mark.parametrize(
    ("front_matter", "expected"),
    [
        ("title: A # why\n\n# own\nown: 1.10\n", "title: A # why\n\n# own\nown: 1.10\n"),
        ("title: A\ndraft: true\n", "title: A\npublished: false\n"),
        ("title: A\ndraft: false\n", "title: A\n"),
        ("title: A\ndraft: yes\n", "title: A\n"),
        ("title: A\nexpiryDate: 2001-01-01\n", "title: A\nexpiryDate: 2001-01-01\npublished: false\n"),
        (
            "title: A\npublishDate: 2199-01-01\n",
            "title: A\npublishDate: 2199-01-01\ndate: 2199-01-01\npublished: false\n",
        ),
        ("title: A\ndate: 2199-01-01\n", "title: A\ndate: 2199-01-01\npublished: false\n"),
        ("title: A\npublished: 2001-01-01\n", "title: A\npublishDate: 2001-01-01\ndate: 2001-01-01\n"),
        ("title: A\nslug: 123\nurl: /docs/p/\n", 'title: A\nslug: "123"\n'),
        ('title: A\nslug: ""\n', "title: A\n"),
        ('title: A\ndate: ""\n', "title: A\n"),
        ("title: A\ndate:\n", "title: A\n"),
        ("title: A\ndate: 1577959872\n", "title: A\ndate: 2020-01-02T10:11:12+00:00\n"),
        ("title: A\ndate: 2020-01-02 10:11:12\n", "title: A\ndate: 2020-01-02 10:11:12\n"),
        ('title: A\ndate: "2020-01-02 10:11:12"\n', 'title: A\ndate: "2020-01-02 10:11:12"\n'),
        ("title: A\ndate: 2020-01-02T10:11:12+02:00\n", "title: A\ndate: 2020-01-02T10:11:12+02:00\n"),
        ("title: A\nlastmod: 2020-01-02\n", "title: A\nlast_modified_at: 2020-01-02\ndate: 2020-01-02\n"),
        ("title: A\nanswer: no\ntime: 12:30\nn: 1,000\n", 'title: A\nanswer: "no"\ntime: "12:30"\nn: "1,000"\n'),
        ("title: A\nsymbol: :x\n", 'title: A\nsymbol: ":x"\n'),
        ("title: A\nsummary: s\n", "title: A\nexcerpt: s\n"),
        ("Title: A\nTAGS: [x]\n", "title: A\ntags: [x]\n"),
        ("title: A\ntags: two words\n", "title: A\ntags:\n  - two words\n"),
        ("title: A\npermalink: /other/\n", "title: A\nhugo_permalink: /other/\n"),
        ("title: A\ncategory: x\n", "title: A\nhugo_category: x\n"),
        ("title: A\nurl: /a/b.html\n", "title: A\npermalink: /a/b.html\n"),
        ("title: A\nurl: /docs/p/\n", "title: A\n"),
        ("title: A\naliases: [/foo, /b.html]\n", "title: A\nredirect_from: [/foo/, /b.html]\n"),
        ("title: A\naliases: [/foo, /foo/]\n", "title: A\nredirect_from: [/foo/]\n"),
        ("title: A\naliases: [rel]\n", "title: A\nredirect_from: [/docs/rel/]\n"),
        ("+++\n# why\ntitle = \"A\" # b\ndate = 2020-01-02T03:04:05Z\nn = 1.0\n+++\n",
         "# why\ntitle: A # b\ndate: 2020-01-02T03:04:05Z\nn: 1.0\n"),
        ('{"title": "A", "answer": "no", "date": "2020-01-02"}\n', 'title: A\nanswer: "no"\ndate: 2020-01-02\n'),
    ],
)  # fmt: skip
def test_front_matter(front_matter: str, expected: str, tmp_path: Path) -> None:
    text, _ = page(tmp_path, front_matter)
    assert text == f"---\n{expected}---\nx\n"


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2020-01-02 10:11:12", "2020-01-02T10:11:12-05:00"),
        ('"2020-07-02 10:11:12"', '"2020-07-02 10:11:12"'),
        ("2020-01-02", "2020-01-02"),
        ("2020-01-02T10:11:12.5Z", "2020-01-02T10:11:12.5Z"),
    ],
)
def test_a_local_time_is_in_the_zone_of_the_site(date: str, expected: str, tmp_path: Path) -> None:
    files = {"content/a.md": f"---\ntitle: A\ndate: {date}\n---\n"}
    site, _ = converted(tmp_path, files, 'timeZone = "America/New_York"\n')
    assert (site / "a.md").read_text() == f"---\ntitle: A\ndate: {expected}\n---\n"


def test_a_colon_in_an_address_is_no_token(tmp_path: Path) -> None:
    text, _ = page(tmp_path, 'title: A\nurl: "/a\\\\:b/"\n')
    assert 'permalink: "/a%3Ab/"\n' in text


@pytest.mark.parametrize(
    ("front_matter", "code"),
    [
        ("title: A\ndraft: true\n", ""),
        ("title: A\nexpiryDate: 2001-01-01\n", "HC210"),
        ("title: A\npermalink: /x/\n", "HC208"),
        ("title: A\nexcerpt: x\n", "HC215"),
        ("title: A\nsummary: y\nImages: [/a.png]\n", ""),
        ("title: A\nurl: /v1.2/no-extension\n", ""),
        ("title: A\nurl: /..x/\n", "HC502"),
    ],
)
def test_what_a_person_should_know_is_said(front_matter: str, code: str, tmp_path: Path) -> None:
    _, report = page(tmp_path, front_matter)
    assert [finding.code for finding in report.findings] == ([code] if code else [])


POSTS = {
    "content/posts/dated.md": "---\ntitle: D\ndate: 2020-01-02T23:30:00-05:00\n---\nx",
    "content/posts/2020-03-04-named.md": "---\ntitle: N\ndate: 2020-03-04\n---\nx",
    "content/posts/bundle/index.md": "---\ntitle: B\ndate: 2020-05-06\n---\n![](a.png)",
    "content/posts/bundle/a.png": "png",
    "content/posts/bundle/sub dir/b.png": "png too",
    "content/posts/bundle/resource.md": "---\ntitle: R\n---\nnot a page",
    "content/posts/untitled-post.md": "---\ndate: 2020-07-08\n---\nx",
    "content/posts/undated.md": "---\ntitle: U\n---\nx",
    "content/posts/undated-draft.md": "---\ntitle: UD\ndraft: true\n---\nx",
    "content/posts/dated-draft.md": "---\ntitle: DD\ndate: 2020-09-10\ndraft: true\n---\nx",
    "content/posts/slugged.md": "---\ntitle: S\ndate: 2020-11-12\nslug: Other Slug\n---\nx",
    "content/posts/_index.md": "---\ntitle: All\n---\n",
    "content/_index.md": "---\ntitle: Home\n---\nHello",
    "content/about.md": "---\ntitle: About\nlayout: special\naliases: [/me]\n---\nMe",
    "content/docs/_hidden.md": "---\ntitle: Hidden\n---\nx",
    "content/page.html": "---\ntitle: P\n---\n<p>{{ x }}</p>",
    "content/café/Ünï cödé.md": "---\ntitle: C\n---\nx",
    "static/img/a.png": "static png",
    "static/_redirects": "/a /b",
    "static/.well-known/x.txt": "x",
    "static/vendor/bundle/x.js": "x",
    "static/CNAME": "example.org",
    "data/a.toml": "# why\nanswer = true\n",
    "data/b.json": '{\n\t"a": 1\n}',
    "data/c.yaml": "answer: no\n",
    "layouts/page.html": "{{ .Content }}",
    "assets/main.css": "body {}",
}
"""A Hugo site with one page of each kind that goes its own way."""
HIDDEN = {"undated-draft", "dated-draft", "resource"}


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, hc.Report]:
    return converted(tmp_path_factory.mktemp("small"), POSTS, 'timeZone = "America/New_York"\n')


def test_every_file_has_its_place(small_site: tuple[Path, hc.Report]) -> None:
    site, report = small_site
    written = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    own = re.compile(r"_layouts/|_includes/|_lists/|\.hugoconv/")
    assert {name for name in written if not own.match(name)} == {
        "_config.yml",
        "_posts/2020-01-02-dated.md",
        "_posts/2020-03-04-named.md",
        "_posts/2020-05-06-bundle.md",
        "_posts/2020-07-08-untitled-post.md",
        "_posts/2020-09-10-dated-draft.md",
        "_posts/2020-11-12-slugged.md",
        "_drafts/undated-draft.md",
        "_drafts/resource.md",
        "posts/undated.md",
        "posts/bundle/a.png",
        "posts/bundle/sub dir/b.png",
        "posts/index.md",
        "index.md",
        "about.md",
        "docs/hidden.md",
        "page.html",
        "café/ünï-cödé.md",
        "img/a.png",
        "_redirects",
        "_moved/me.html",
        "sitemap.xml",
        ".well-known/x.txt",
        "vendor/bundle/x.js",
        "CNAME",
        "_data/a.yml",
        "_data/b.json",
        "_data/c.yaml",
        "_original/layouts/page.html",
        "_original/assets/main.css",
        "_original/hugo.toml",
    }
    assert "_layouts/special.html" in written
    assert report.failed == 0


def test_the_configuration_says_what_the_site_needs(small_site: tuple[Path, hc.Report]) -> None:
    site, _ = small_site
    text = (site / "_config.yml").read_text()
    config = read_config([site / "_config.yml"])
    assert (config.title, config.url, config.baseurl) == ("S", "https://example.org", "")
    assert config.timezone == "America/New_York"
    assert set(config.include) == {"_redirects", ".well-known", "bundle", "x.js", ".htaccess"}
    assert "plugins" not in config.values
    assert "plugins" not in text


def test_a_base_path_is_told_apart_from_the_host(tmp_path: Path) -> None:
    files = {"content/a.md": '---\ntitle: A\n---\n[b]({{< ref "b" >}})', "content/b.md": "---\ntitle: B\n---\n"}
    site, _ = converted(tmp_path, files | {"hugo.toml": 'baseURL = "https://example.org/blog/"'})
    config = read_config([site / "_config.yml"])
    assert (config.url, config.baseurl) == ("https://example.org", "/blog")
    assert "[b]({{ '/b/' | absolute_url }})" in (site / "a.md").read_text()


def test_data_says_the_same_to_jekyll(small_site: tuple[Path, hc.Report]) -> None:
    site, _ = small_site
    assert (site / "_data/a.yml").read_text() == "# why\nanswer: true\n"
    assert "\t" not in (site / "_data/b.json").read_text()
    assert (site / "_data/c.yaml").read_text() == 'answer: "no"\n'


def test_a_post_without_a_title_does_not_get_one_from_its_name(small_site: tuple[Path, hc.Report]) -> None:
    site, _ = small_site
    assert 'title: ""\n' in (site / "_posts/2020-07-08-untitled-post.md").read_text()


def test_two_files_at_one_address_are_both_kept(tmp_path: Path) -> None:
    files = {"static/a.txt": "one", "content/a.txt": "two", "static/b.txt": "same", "content/b.txt": "same"}
    site, report = converted(tmp_path, {**files, "content/_index.md": "---\ntitle: H\n---\n"})
    assert (site / "a.txt").read_text() == "two"
    assert (site / "_original/static/a.txt").read_text() == "one"
    assert (site / "b.txt").read_text() == "same"
    assert [finding.code for finding in report.findings] == ["HC501"]


def test_a_file_that_jekyll_would_fill_in_is_named(tmp_path: Path) -> None:
    files = {"static/k.yaml": "---\na: 1\n---\nb: 2\n", "content/_index.md": "---\ntitle: H\n---\n"}
    _, report = converted(tmp_path, files)
    assert [finding.code for finding in report.findings] == ["HC404"]


def test_what_cannot_be_read_is_carried_beside_the_site(tmp_path: Path) -> None:
    site, report = converted(tmp_path, {"content/a.md": "---\na: [\n---\nx", "content/b.md": "---\ntitle: B\n---\n"})
    assert (site / "_original/content/a.md").read_text() == "---\na: [\n---\nx"
    assert "HC607" in {finding.code for finding in report.findings}


# Whole sites --------------------------------------------------------------------------------------------------------


def test_a_jekyll_site_comes_back_byte_for_byte(fixtures: Path, tmp_path: Path) -> None:
    source = fixtures / "sites" / "jekyll-blog"
    hc.convert(source, tmp_path / "copy", from_="jekyll", to="jekyll")
    old = {path.relative_to(source): path.read_bytes() for path in source.rglob("*") if path.is_file()}
    new = {path: (tmp_path / "copy" / path).read_bytes() for path in old}
    assert len(old) > 5
    assert new == old


def test_an_edited_jekyll_post_changes_at_its_edit_only(fixtures: Path, tmp_path: Path) -> None:
    source = fixtures / "sites" / "jekyll-blog"
    site = hc.read(source, "jekyll")
    post = next(post for post in site.posts if post.type == "post" and post.closing)
    before = post.text
    post.front_matter["added"] = "yes"
    hc.write(site, tmp_path / "copy", to="jekyll")
    after = (tmp_path / "copy" / post.path).read_bytes().decode()
    assert after.replace('added: "yes"' + post.front_matter.newline, "") == before


HIDDEN_IN_HUGO = "title: A\nbuild:\n  render: never\n"


@pytest.mark.parametrize(
    ("edit", "expected", "codes"),
    [
        ("", HIDDEN_IN_HUGO, []),
        ("published: false\n", HIDDEN_IN_HUGO.replace("build:", "jekyll_build:"), ["HC208"]),
    ],
    ids=["it stays as it was", "it was published since"],
)
def test_a_page_that_hid_itself_comes_back_without_the_manifest(
    edit: str, expected: str, codes: list[str], tmp_path: Path
) -> None:
    """`edit` is what a person took out of the page in between, with the status that was kept by name."""
    site, _ = converted(tmp_path, {"content/docs/p.md": f"---\n{HIDDEN_IN_HUGO}---\nx\n"})
    made = next(path for path in site.rglob("p.md"))
    assert "published: false\nstatus: private\n" in made.read_text()
    if edit:
        made.write_text(made.read_text().replace(edit, "").replace("status: private\n", ""))
    shutil.rmtree(site / ".hugoconv")
    report = hc.convert(site, tmp_path / "back", from_="jekyll", to="hugo")
    assert (tmp_path / "back/content/docs/p.md").read_text().partition("---\n")[2].startswith(expected)
    assert [finding.code for finding in report.findings if finding.code[:3] == "HC2"] == codes


def built(site: Path, destination: Path) -> set[str]:
    """Build a site with the real Jekyll; return the files it published."""
    assert JEKYLL
    command = [JEKYLL, "build", "--source", str(site), "--destination", str(destination), "--disable-disk-cache"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "Conflict" not in run.stdout + run.stderr
    assert "Layout" not in run.stdout + run.stderr
    return {path.relative_to(destination).as_posix() for path in destination.rglob("*") if path.is_file()}


def file_of(address: str) -> str:
    path = unquote(address).lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


@needs_jekyll
def test_the_real_jekyll_publishes_every_page_and_file(small_site: tuple[Path, hc.Report], tmp_path: Path) -> None:
    site, _ = small_site
    published = built(site, tmp_path / "public")
    old = hc.read(site.parent / "hugo", "hugo")
    public = {file_of(post.address) for post in old.posts if post.path.stem not in HIDDEN}
    files = {asset.address.lstrip("/") for asset in old.assets if asset.address}
    lists = {file_of(address) for each in old.lists() for address in (each.address, each.feed) if address}
    assert len(public) == 12
    assert lists >= {"index.xml", "tags/index.html", "posts/index.xml", "docs/index.html"}
    assert published == public | files | lists | {"me/index.html", "sitemap.xml", "404.html"}
    for asset in old.assets:
        if asset.address:
            assert (tmp_path / "public" / asset.address.lstrip("/")).read_bytes() == asset.source.read_bytes()
    assert "<h1>About</h1>" in (tmp_path / "public/about/index.html").read_text()
    assert "<p>{{ x }}</p>" in (tmp_path / "public/page/index.html").read_text()
    assert "Untitled" not in (tmp_path / "public/posts/untitled-post/index.html").read_text()


@needs_jekyll
def test_the_real_jekyll_shows_a_converted_body(tmp_path: Path) -> None:
    body = (
        '## H {#i .c}\n\n{{< figure src="/a.png" caption="say *it*" >}}\n\n{{< youtube xyz >}}\n\n{{< note >}}\n\n'
        '```go {linenos=true}\nx := `{{ y }}`\n```\n\n[self]({{< ref "a" >}})\n\n{{ .Title }} {: .z}\n\n'
        "`{{</* k */>}}`\n"
    )
    site, _ = converted(tmp_path, {"content/a.md": f"---\ntitle: A\n---\n{body}"})
    built(site, tmp_path / "public")
    shown = (tmp_path / "public/a/index.html").read_text()
    assert '<h2 id="i" class="c">H</h2>' in shown
    assert '<figure><img src="/a.png" alt="" /><figcaption><p>say <em>it</em></p></figcaption></figure>' in shown
    assert "youtube-nocookie.com/embed/xyz" in shown
    assert "{{< note >}}" in unescape(shown)
    assert 'class="lineno' in shown
    assert "{{ y }}" in re.sub("<[^>]*>", "", shown)
    assert '<a href="https://example.org/a/">self</a>' in shown
    assert "{{ .Title }} {: .z}" in shown
    assert "{{&lt; k &gt;}}</code>" in shown


@needs_jekyll
def test_the_fixture_blog_is_all_there(fixtures: Path, tmp_path: Path) -> None:
    source = fixtures / "sites" / "hugo-blog"
    hc.convert(source, tmp_path / "jekyll", to="jekyll")
    published = built(tmp_path / "jekyll", tmp_path / "public")
    old = hc.read(source, "hugo")
    hidden = {"draft.md", "expired.md", "future.md", "notes.md"}
    public = {file_of(post.address) for post in old.posts if post.path.name not in hidden}
    assert len(public) > 15
    assert public <= published
    assert not {file_of(post.address) for post in old.posts if post.path.name in hidden and post.address} & published


@pytest.mark.parametrize("name", ["hugo-blog", "small"])
def test_to_jekyll_and_back_nothing_is_lost(name: str, fixtures: Path, tmp_path: Path) -> None:
    if name == "small":
        converted(tmp_path, {path: text for path, text in POSTS.items() if "resource" not in path})
        source = tmp_path / "hugo"
    else:
        source = fixtures / "sites" / name
        hc.convert(source, tmp_path / "jekyll", from_="hugo", to="jekyll")
    hc.convert(tmp_path / "jekyll", tmp_path / "back", from_="jekyll", to="hugo")
    known = {"expired.md"} if name == "hugo-blog" else set()
    result = check(tmp_path / "back", against=source)
    lost = [finding for finding in result.findings if finding.severity == "error"]
    assert [finding for finding in lost if not any(path in str(finding) for path in known)] == []


def test_converting_twice_writes_the_same(small_site: tuple[Path, hc.Report], tmp_path: Path) -> None:
    site, _ = small_site
    again = hc.convert(site.parent / "hugo", tmp_path / "again", from_="hugo", to="jekyll", jobs=2)
    assert again.failed == 0
    for path in site.rglob("*"):
        if path.is_file() and ".hugoconv" not in path.parts:
            assert (tmp_path / "again" / path.relative_to(site)).read_bytes() == path.read_bytes()


@needs_jekyll
def test_a_wordpress_export_becomes_a_site_that_builds(fixtures: Path, tmp_path: Path) -> None:
    source = fixtures / "wxr" / "sample.xml"
    report = hc.convert(source, tmp_path / "jekyll", to="jekyll")
    assert report.failed == 0
    published = built(tmp_path / "jekyll", tmp_path / "public")
    posts = hc.read(source).posts
    public = {file_of(post.address) for post in posts if post.address and post.status == "published"}
    assert len(public) > 3
    assert public <= published
    hidden = {file_of(post.address) for post in posts if post.address and post.status != "published"}
    assert not hidden & published
