"""Sites that somebody made with Pelican: what their configuration says is read as the real Pelican reads it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from builders import BUILDERS, needs
from exports import write
from programs import HUGO
from target_site import picture

import hugoconv

CONTENT: dict[str, str | bytes] = {
    "content/hello.md": (
        "Title: Hello, World!\nDate: 2020-01-02 03:04\nCategory: Dev\n\nSee [it]({filename}/news/second.md).\n"
    ),
    "content/news/second.md": "Title: Une année d'été\nDate: 2021-02-03\n\n![p]({static}/images/a.png)\n",
    "content/news/slugged.md": "Title: Third\nDate: 2021-02-04\nSlug: my-slug\nAuthor: Ann Lee\n\nText.\n",
    "content/news/spanish.md": "Title: Hola\nDate: 2021-02-05\nLang: es\n\nTexto.\n",
    "content/pages/about.md": "Title: About us\n\nWords.\n",
    "content/images/a.png": picture(),
    "content/extra/CNAME": "example.org\n",
}
SAID = 'SITENAME = "T"\nPATH = "content"\nTIMEZONE = "UTC"\nDEFAULT_LANG = "en"\nAUTHOR = "Bo"\n'
EXTRA = 'STATIC_PATHS = ["images", "extra/CNAME"]\nEXTRA_PATH_METADATA = {"extra/CNAME": {"path": "CNAME"}}\n'
CONFIGURATIONS = {
    "nothing": "",
    "folders by date": 'ARTICLE_URL = "{date:%Y}/{date:%m}/{slug}/"\n'
    'ARTICLE_SAVE_AS = "{date:%Y}/{date:%m}/{slug}/index.html"\n'
    'PAGE_URL = "{slug}/"\nPAGE_SAVE_AS = "{slug}/index.html"\n',
    "by category": 'ARTICLE_SAVE_AS = "{category}/{slug}.html"\nARTICLE_URL = "{category}/{slug}.html"\n',
    "by language": 'ARTICLE_LANG_SAVE_AS = "{lang}/{slug}.html"\nARTICLE_LANG_URL = "{lang}/{slug}.html"\n',
    "names of files": 'SLUGIFY_SOURCE = "basename"\n',
    "capitals": "SLUGIFY_PRESERVE_CASE = True\n",
    "files elsewhere": EXTRA,
    "no categories of folders": "USE_FOLDER_AS_CATEGORY = False\n",
}


def site(folder: Path, configuration: str) -> Path:
    return write(folder / "site", {**CONTENT, "pelicanconf.py": SAID + configuration})


@pytest.mark.builders
@needs("pelican")
@pytest.mark.parametrize("configuration", CONFIGURATIONS.values(), ids=CONFIGURATIONS)
def test_addresses_categories_and_files_are_those_of_the_real_pelican(configuration: str, tmp_path: Path) -> None:
    source = site(tmp_path, configuration)
    posts = {post.title or "": post for post in hugoconv.read(source).posts}
    assets = {asset.address for asset in hugoconv.read(source).assets if asset.role == "static"}
    files = BUILDERS["pelican"].build(source)
    for title, post in posts.items():
        path = post.address.lstrip("/")
        page = files[path + "index.html" if not path or path.endswith("/") else path].decode()
        assert title.replace("'", "&#39;") in page or title in page
        for category in post.terms.get("categories", ()):
            assert f">{category}</a>" in page
    assert all(files[address.lstrip("/")] for address in assets if "CNAME" not in address or configuration == EXTRA)
    assert "/CNAME" in assets or configuration != EXTRA
    assert len(posts) == 5


def test_dates_without_seconds_are_dates_to_hugo(tmp_path: Path) -> None:
    """Pelican's documentation writes them so, and Hugo stops at them."""
    hugoconv.convert(site(tmp_path, ""), tmp_path / "new", to="hugo")
    text = next((tmp_path / "new").rglob("hello*.md")).read_text()
    assert "\ndate: 2020-01-02T03:04:00+00:00\n" in text
    subprocess.run([HUGO, "--source", tmp_path / "new", "--quiet"], check=True)


@pytest.mark.parametrize("to", ["hugo", "jekyll", "eleventy"])
def test_links_by_file_names_from_the_root_lead_on(to: str, tmp_path: Path) -> None:
    report = hugoconv.convert(site(tmp_path, CONFIGURATIONS["folders by date"]), tmp_path / "new", to=to)
    found = hugoconv.check(tmp_path / "new", tmp_path / "site").findings
    assert not [str(each) for each in (*report.findings, *found) if each.code.startswith(("HC4", "HC51", "HC53"))]


def test_settings_of_other_kinds_are_named(tmp_path: Path) -> None:
    odd = 'PAGE_PATHS = ["pages", "more"]\nPATH = "../elsewhere"\nARTICLE_SAVE_AS = 3\n'
    odd += 'PLUGINS = ["x"]\nPAGE_SAVE_AS = name\n'
    report = hugoconv.convert(site(tmp_path, odd), tmp_path / "new", to="hugo")
    (named,) = [each.message for each in report.findings if each.code == "HC129"]
    assert named.endswith("not carried: PATH, AUTHOR, PAGE_PATHS, ARTICLE_SAVE_AS, PLUGINS, PAGE_SAVE_AS")
    assert report.posts == 5


@pytest.mark.parametrize(
    "pattern", ["{slug:>99999999}", "{slug.__class__}", "{", "}{", "{}", "{nothing}", "{date:%Q}", "{date}"]
)
def test_any_pattern_is_read(pattern: str, tmp_path: Path) -> None:
    source = site(tmp_path, f"ARTICLE_SAVE_AS = {pattern!r}\n")
    assert all(post.address and len(post.address) < 100 for post in hugoconv.read(source).posts)


def test_a_site_of_ours_has_nothing_else_by_its_configuration(tmp_path: Path) -> None:
    source = write(
        tmp_path / "old", {"hugo.toml": "", "content/posts/a.md": "---\ntitle: A\ndate: 2020-01-02\n---\nText.\n"}
    )
    hugoconv.convert(source, tmp_path / "new", to=hugoconv.exporters.get("pelican", scaffold=True))
    (made,) = hugoconv.read(tmp_path / "new").posts
    assert (made.address, dict(made.terms)) == ("/posts/a/", {})
