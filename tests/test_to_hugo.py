"""Sites of other systems become Hugo sites that the real Hugo builds, with every page and every address."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from programs import HUGO, needs_jekyll
from wordpress_export import SITE as OLD
from wordpress_export import item, write_export

import hugoconv as hc
from hugoconv.migrate.built import BuiltSite
from hugoconv.report.findings import Findings
from hugoconv.systems.wordpress.wxr.index import index, read_items

Build = Callable[..., "subprocess.CompletedProcess[str]"]


def published_files(site: Path) -> set[str]:
    public = site / "public"
    return {str(path.relative_to(public)) for path in public.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def wordpress_site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, hc.Report]:
    site = tmp_path_factory.mktemp("wordpress") / "site"
    source = Path(__file__).parent / "fixtures" / "wxr" / "sample.xml"
    return site, hc.convert(source, site, to="hugo")


def test_an_export_builds_and_no_item_is_lost(
    wordpress_site: tuple[Path, hc.Report], fixtures: Path, build_hugo: Build
) -> None:
    site, report = wordpress_site
    built = build_hugo(site)
    assert built.returncode == 0, built.stderr
    items = list(read_items(index(fixtures / "wxr" / "sample.xml", Findings()), Findings()))
    pages = [item for item in items if item.post_type not in ("attachment", "nav_menu_item", "wp_block")]
    assert report.posts == len(pages) > 8
    assert report.failed == 0
    listed = subprocess.run(
        ["hugo", "list", "all", "--source", str(site)], capture_output=True, text=True, check=True, env=_with_hugo()
    )
    contents = {line.split(",")[0] for line in listed.stdout.splitlines()[1:]}
    content = site / "content"
    terms = {"authors", "categories", "cuisine", "tags"}
    written = [path for path in content.rglob("*.md") if path.relative_to(content).parts[0] not in terms]
    assert {str(path.relative_to(site)) for path in written if path.name != "_index.md"} <= contents
    assert len(written) == len(pages)


def _with_hugo() -> dict[str, str]:
    import os

    return os.environ | {"PATH": f"{Path(HUGO).parent}{os.pathsep}{os.environ['PATH']}"}


def test_every_address_of_the_old_site_is_there(
    wordpress_site: tuple[Path, hc.Report], fixtures: Path, build_hugo: Build
) -> None:
    site, _ = wordpress_site
    assert build_hugo(site).returncode == 0
    there = published_files(site)
    addresses = [post.address for post in hc.read(fixtures / "wxr" / "sample.xml").posts if post.address]
    assert len(addresses) > 5
    for address in addresses:
        assert f"{address.strip('/')}/index.html".lstrip("/") in there, address


def test_an_address_without_a_slash_at_its_end_is_kept_as_a_folder(tmp_path: Path, build_hugo: Build) -> None:
    slugs = ("one", "two", "three", "four", "v1.2")
    pages = [item(n, f'<a href="{OLD}/ruby/two">2</a>', link=f"{OLD}/ruby/{slug}") for n, slug in enumerate(slugs)]
    source = write_export(tmp_path / "old", *pages)
    site = tmp_path / "new"
    report = hc.convert(source, site, to="hugo")
    assert [finding.code for finding in report.findings if finding.code.startswith("HC5")] == []
    assert list(hc.check(site, against=source).findings) == []
    assert build_hugo(site).returncode == 0
    there = published_files(site)
    assert {*(f"ruby/{slug}/index.html" for slug in slugs[:4]), "ruby/v1.2"} <= there
    assert 'href="/ruby/two/"' in (site / "public" / "ruby" / "one" / "index.html").read_text()


def test_items_without_slug_and_number_are_called_by_their_title_or_link(tmp_path: Path) -> None:
    nothing = {"post_id": "", "post_name": ""}
    long = "日" * 70
    items = [
        item(0, "a", link="", title="Füße &amp; Hände", **nothing),
        item(0, "b", link=f"{OLD}/post/164451/", title="", **nothing),
        item(0, "c", link="", title=long, **nothing),
        item(7, "d", link="", post_name=""),
    ]
    hc.convert(write_export(tmp_path / "old", *items), tmp_path / "new", to="hugo")
    names = {path.stem for path in (tmp_path / "new" / "content" / "posts").iterdir()}
    assert names == {"fuse-hande", "164451", long[:22], "7"}


def test_what_was_not_public_is_a_draft_and_no_secret_is_written(
    wordpress_site: tuple[Path, hc.Report], fixtures: Path, build_hugo: Build
) -> None:
    site, report = wordpress_site
    posts = hc.read(fixtures / "wxr" / "sample.xml").posts
    hidden = {str(post.title) for post in posts if post.status != "published"}
    assert {post.status for post in posts} >= {"private", "password", "draft", "scheduled", "pending"}
    converted = {str(post.title): post for post in hc.read(site).posts if post.kind == "page"}
    assert {title for title, post in converted.items() if post.status == "draft"} == hidden
    everything = "".join(path.read_text() for path in site.rglob("*") if path.suffix in (".md", ".json", ".toml"))
    secrets = {post.extra["password"] for post in posts} | {
        value for post in posts for comment in post.comments for _, value in comment.secrets
    }
    secrets.discard("")
    assert secrets
    assert not [secret for secret in secrets if secret in everything]
    assert "HC209" in {finding.code for finding in report.findings}


def test_secrets_are_kept_when_asked_for(fixtures: Path, tmp_path: Path) -> None:
    hc.convert(fixtures / "wxr" / "sample.xml", tmp_path / "site", to="hugo", include_secrets=True)
    everything = "".join(path.read_text() for path in (tmp_path / "site").rglob("*") if path.suffix in (".md", ".json"))
    passwords = {post.extra["password"] for post in hc.read(fixtures / "wxr" / "sample.xml").posts} - {""}
    assert passwords
    assert all(password in everything for password in passwords)


@pytest.mark.parametrize("name", ["damaged.xml", "tricky.xml", "wxr-1.0.xml"])
@pytest.mark.parametrize("syntax", ["yaml", "toml", "json"])
def test_odd_exports_build_too(name: str, syntax: str, fixtures: Path, tmp_path: Path, build_hugo: Build) -> None:
    exporter = hc.exporters.get("hugo", front_matter=syntax)
    report = hc.convert(fixtures / "wxr" / name, tmp_path / "site", to=exporter)
    built = build_hugo(tmp_path / "site")
    assert built.returncode == 0, built.stderr + built.stdout
    assert report.post_files["written"] + report.failed == report.posts
    assert report.failed == len([finding for finding in report.errors if finding.code == "HC103"])


@pytest.mark.parametrize("named", [".", "sample.xml"], ids=["the folder", "the export itself"])
def test_uploads_beside_the_export_are_carried(named: str, fixtures: Path, tmp_path: Path, build_hugo: Build) -> None:
    folder = tmp_path / "export"
    uploads = folder / "wp-content" / "uploads" / "2024" / "05"
    uploads.mkdir(parents=True)
    (uploads / "kettle.jpg").write_bytes(b"a picture")
    shutil.copy(fixtures / "wxr" / "sample.xml", folder)
    hc.convert(folder / named, tmp_path / "site", to="hugo")
    assert (tmp_path / "site/static/wp-content/uploads/2024/05/kettle.jpg").read_bytes() == b"a picture"
    texts = "".join(path.read_text() for path in (tmp_path / "site/content").rglob("*.md"))
    assert "/wp-content/uploads/2024/05/kettle.jpg" in texts
    assert "blog.example/wp-content/uploads/2024/05/kettle.jpg" not in texts
    assert build_hugo(tmp_path / "site").returncode == 0


@pytest.fixture(scope="module")
def jekyll_site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, hc.Report]:
    site = tmp_path_factory.mktemp("jekyll") / "site"
    return site, hc.convert(Path(__file__).parent / "fixtures/sites/jekyll-blog", site, to="hugo")


def test_a_jekyll_site_builds_and_no_file_is_lost(
    jekyll_site: tuple[Path, hc.Report], fixtures: Path, build_hugo: Build
) -> None:
    site, report = jekyll_site
    built = build_hugo(site)
    assert built.returncode == 0, built.stderr + built.stdout
    assert report.failed == 0
    source = fixtures / "sites" / "jekyll-blog"
    sources = {str(path.relative_to(source)) for path in source.rglob("*") if path.is_file()}
    lines = (site / ".hugoconv" / "manifest.jsonl").read_text()
    assert not [name for name in sources if name not in lines.replace("\\u00e9", "é")]


@needs_jekyll
def test_every_page_of_a_jekyll_site_keeps_its_address(
    jekyll_site: tuple[Path, hc.Report], fixtures: Path, tmp_path: Path, build_hugo: Build
) -> None:
    site, report = jekyll_site
    source = fixtures / "sites" / "jekyll-blog"
    command = ["jekyll", "build", "--quiet", "--source", str(source), "--destination", str(tmp_path / "old")]
    subprocess.run([*command, "--disable-disk-cache"], check=True, capture_output=True)
    assert build_hugo(site).returncode == 0
    old = {str(path.relative_to(tmp_path / "old")) for path in (tmp_path / "old").rglob("*") if path.is_file()}
    reported = {finding.file for finding in report.findings if finding.code == "HC403"}
    made_of = {name: name.replace(".css.map", ".css").replace(".css", ".scss") for name in old}
    missing = {name for name in old - published_files(site) if made_of[name] not in reported}
    assert missing == set()


def test_jekyll_posts_become_what_hugo_reads(jekyll_site: tuple[Path, hc.Report]) -> None:
    site, _ = jekyll_site
    posts = {str(post.title): post for post in hc.read(site).posts}
    assert posts["Far Away"].date is not None
    assert all("published" not in post.front_matter for post in posts.values())
    assert all("permalink" not in post.front_matter for post in posts.values())


UNREADABLE = {"bad.md": b"---\ntitle: a: b\n---\nbody\n", "latin.md": b"---\ntitle: caf\xe9\n---\n"}


def test_a_post_that_cannot_be_read_is_carried_beside_the_content(tmp_path: Path, build_hugo: Build) -> None:
    posts = tmp_path / "blog" / "_posts"
    posts.mkdir(parents=True)
    (tmp_path / "blog" / "_config.yml").write_text("title: T\n")
    for name, data in UNREADABLE.items():
        (posts / f"2020-01-01-{name}").write_bytes(data)
    (posts / "2020-01-01-good.md").write_text("---\ntitle: Good\n---\n")
    report = hc.convert(tmp_path / "blog", tmp_path / "site", to="hugo")
    for name, data in UNREADABLE.items():
        assert (tmp_path / "site" / "original" / "_posts" / f"2020-01-01-{name}").read_bytes() == data
    assert {finding.code for finding in report.errors} == {"HC101", "HC201", "HC607"}
    assert report.exit_code == 1
    assert build_hugo(tmp_path / "site").returncode == 0


CROSSINGS: dict[str, tuple[str, str, str]] = {
    "published: false": ("published: false\n", "draft: true\n", ""),
    "published: true says nothing": ("published: true\n", "", ""),
    "published: no is false to Jekyll": ("published: no\n", "draft: true\n", ""),
    "a quoted false publishes": ('published: "false"\n', "", ""),
    "a time without zone is UTC": ("date: 2020-01-02 01:30:00\n", "date: 2020-01-01T20:30:00-05:00\n", "2020-01-01"),
    "a quoted time is local": ('date: "2020-01-02 01:30"\n', "date: 2020-01-02T01:30:00-05:00\n", "2020-01-02"),
    "a time with a zone stays": (
        "date: 2020-01-02 10:11:12 -0400\n",
        "date: 2020-01-02 10:11:12 -0400\n",
        "2020-01-02",
    ),
    "a day stays a day": ("date: 2020-01-02\n", "date: 2020-01-02\n", "2020-01-02"),
    "words become a list": ("tags: one two\n", "tags:\n  - one\n  - two\n", ""),
    "one tag keeps its words": ("tag: a b\n", "tags: a b\n", ""),
    "category joins categories": ("categories: [x]\ncategory: y\n", "categories: [x, y]\n", ""),
    "last_modified_at": ("last_modified_at: 2020-02-03\n", "lastmod: 2020-02-03\n", ""),
    "booleans": ("comments: yes # why\n", "comments: true # why\n", ""),
    "base sixty": ("time: 12:30\n", 'time: "12:30"\n', ""),
    "redirect_from": ("redirect_from: /foo\n", "aliases:\n  - /foo.html\n", ""),
    "what stops Hugo is renamed": ("markup: kramdown\n", "jekyll_markup: kramdown\n", ""),
    "what it leaves alone": ("sitemap_off: false\nlayout: post\n# a note\nnums: [1, 2]\n",) * 2 + ("",),
}


@pytest.mark.parametrize(("jekyll", "hugo", "day"), CROSSINGS.values(), ids=CROSSINGS)
def test_jekyll_front_matter_is_edited_where_it_must_be(jekyll: str, hugo: str, day: str, tmp_path: Path) -> None:
    posts = tmp_path / "blog" / "_posts"
    posts.mkdir(parents=True)
    (tmp_path / "blog" / "_config.yml").write_text("timezone: America/New_York\npermalink: /:title/\n")
    (posts / "2019-05-06-x.md").write_text(f"---\ntitle: T\n{jekyll}---\nbody\n")
    hc.convert(tmp_path / "blog", tmp_path / "site", to="hugo")
    text = (tmp_path / "site/content/posts/2019-05-06-x.md").read_text()
    date = "" if day else "date: 2019-05-06\n"
    matter = text.partition("---\n")[2].partition("---\n")[0]
    left = (
        matter.removeprefix("title: T\n").replace("url: /x.html\n", "").replace("url: /x/\n", "").replace(date, "", 1)
    )
    assert left == hugo
    assert text.endswith("---\nbody\n")


def test_a_key_that_only_hugo_reads_is_named(tmp_path: Path) -> None:
    (tmp_path / "blog" / "_posts").mkdir(parents=True)
    (tmp_path / "blog" / "_config.yml").write_text("title: B\n")
    matter = "title: T\nexcerpt: e\nsummary: s\nimages: [/a.png]\ncover: ''\nother: x\n"
    (tmp_path / "blog/_posts/2020-01-02-x.md").write_text(f"---\n{matter}---\nbody\n")
    report = hc.convert(tmp_path / "blog", tmp_path / "site", to="hugo")
    named = [finding.message for finding in report.findings if finding.code == "HC215"]
    assert named == ["images is plain data to the old system; Hugo reads the field image from it"]


CONFIG = """paginate: 1
paginate_path: /blog/p:num
kramdown: {auto_ids: false, toc_levels: 2..4}
"""


def test_a_page_in_the_place_of_a_list_is_that_list(tmp_path: Path, build_hugo: Build) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    (old / "_posts").mkdir(parents=True)
    (old / "_config.yml").write_text(CONFIG)
    (old / "_posts" / "2020-01-02-a.md").write_text("---\ntags: [one]\n---\na\n")
    (old / "tags.html").write_text("---\npermalink: /tags/\n---\n<p>words of the list</p>\n")
    hc.convert(old, new, to="hugo")
    assert [path.name for path in (new / "content" / "tags").glob("_index.*")] == ["_index.html"]
    build_hugo(new)
    assert "words of the list" in (new / "public" / "tags" / "index.html").read_text()


def test_what_hugo_cannot_write_is_answered_by_a_file(tmp_path: Path, build_hugo: Build) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    files = {
        "_config.yml": CONFIG,
        "_posts/2020-01-02-a.md": "---\n---\n* toc\n{:toc}\n\n## One\n\n{% gist a/1 %}\n",
        "_posts/2020-01-03-b.md": "---\n---\nb\n",
        "x/%# y.md": "---\n---\nwords of y\n",
    }
    for name, text in files.items():
        (old / name).parent.mkdir(parents=True, exist_ok=True)
        (old / name).write_text(text)
    report = hc.convert(old, new, to="hugo")
    assert [finding.code for finding in report.findings] == ["HC503"]
    build_hugo(new)
    built = BuiltSite(new / "public", "")
    assert "words of y" in built.text(built.answer("x/%# y.html"))
    assert built.answer("blog/p2/index.html") == "page/2/index.html"
    page = built.text("2020/01/02/a.html")
    assert "<h2>One</h2>" in page
    assert 'src="https://gist.github.com/a/1.js"' in page
