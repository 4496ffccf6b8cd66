"""What a Hugo configuration says arrives in the Jekyll site, and what does not is named."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import hugoconv as hc
from hugoconv.systems.hugo.settings import SETTINGS
from hugoconv.systems.settings import REPORTED

CONFIG = """
title = "The site"
baseURL = "https://example.org/blog/"
theme = "ananke"
timeZone = "Europe/Oslo"
copyright = "(c) Somebody"
[params]
description = "What it is"
twitter = "somebody"
permalink = "no setting of Jekyll's"
[pagination]
pagerSize = 5
[[menus.main]]
name = "About us"
pageRef = "/about"
weight = 2
[[menus.main]]
name = "Elsewhere"
url = "https://elsewhere.example/"
weight = 3
[[menus.main]]
identifier = "posts"
name = "Posts"
url = "posts/"
weight = 1
"""
FILES = {
    "hugo.toml": CONFIG,
    "content/about.md": "---\ntitle: About\nurl: /us/\n---\n",
    "content/contact.md": "---\ntitle: Contact\nmenu:\n  main:\n    parent: posts\n    weight: 9\n---\n",
    "content/hidden.md": "---\ntitle: Hidden\ndraft: true\nmenu: main\n---\n",
    "content/posts/a.md": "---\ntitle: A\ndate: 2020-01-02\nmenus: footer\n---\n",
}


def convert(tmp_path: Path, files: dict[str, str]) -> tuple[Path, hc.Report]:
    for name, text in files.items():
        (tmp_path / "hugo" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "hugo" / name).write_text(text)
    return tmp_path / "jekyll", hc.convert(tmp_path / "hugo", tmp_path / "jekyll", to="jekyll")


def read(site: Path, name: str) -> dict[str, object]:
    values = yaml.safe_load((site / name).read_text())
    assert isinstance(values, dict)
    return values


def test_settings_and_parameters(tmp_path: Path) -> None:
    site, report = convert(tmp_path, FILES)
    config = read(site, "_config.yml")
    wanted = {
        "title": "The site",
        "url": "https://example.org",
        "baseurl": "/blog",
        "timezone": "Europe/Oslo",
        "description": "What it is",
        "copyright": "(c) Somebody",
        "twitter": "somebody",
        "params": {"permalink": "no setting of Jekyll's"},
    }
    assert {key: config[key] for key in wanted} == wanted
    named = [finding.message.split()[2] for finding in report.findings if finding.code == "HC330"]
    assert sorted(named) == ["pagination", "theme"]


def test_menus_of_the_configuration_and_of_pages(tmp_path: Path) -> None:
    site, _ = convert(tmp_path, FILES)
    assert read(site, "_data/navigation.yml") == {
        "main": [
            {"identifier": "posts", "name": "Posts", "url": "/posts/", "weight": 1},
            {"name": "About us", "url": "/us/", "weight": 2},
            {"name": "Elsewhere", "url": "https://elsewhere.example/", "weight": 3},
            {"name": "Contact", "url": "/contact/", "parent": "posts", "weight": 9},
        ],
        "footer": [{"name": "A", "url": "/posts/a/"}],
    }


LANGUAGES = """
title = "S"
defaultContentLanguage = "en"
[languages.en]
label = "English"
weight = 1
[languages.fr]
label = "Français"
title = "Le site"
weight = 2
[languages.fr.params]
tagline = "bonjour"
[[languages.fr.menus.main]]
name = "Accueil"
url = "/fr/"
"""


def test_languages(tmp_path: Path) -> None:
    files = {
        "hugo.toml": LANGUAGES,
        "content/posts/a.md": "---\ntitle: A\ndate: 2020-01-02\n---\n",
        "content/posts/a.fr.md": "---\ntitle: A en français\ndate: 2020-01-02\n---\n",
    }
    site, _ = convert(tmp_path, files)
    assert read(site, "_config.yml")["languages"] == ["en", "fr"]
    assert read(site, "_data/languages.yml")["fr"] == {
        "label": "Français",
        "title": "Le site",
        "weight": 2,
        "params": {"tagline": "bonjour"},
    }
    assert read(site, "_data/navigation.yml") == {"main": [{"name": "Accueil", "url": "/fr/", "lang": "fr"}]}
    french = (site / "_posts/fr/2020-01-02-a.md").read_text()
    assert "lang: fr\n" in french
    assert "permalink: /fr/posts/a/\n" in french
    assert (site / "_lists/fr-posts.html").exists()


def test_a_root_that_leads_to_the_default_language(tmp_path: Path) -> None:
    files = {"hugo.toml": f"defaultContentLanguageInSubdir = true\n{LANGUAGES}", "content/_index.md": "---\n---\n"}
    site, _ = convert(tmp_path, files)
    assert "redirect_to: /en/\n" in (site / "_moved/home.html").read_text()
    assert (site / "_lists/fr.html").exists()


def test_nothing_is_reported_when_a_site_stays_what_it_is(tmp_path: Path) -> None:
    convert(tmp_path, FILES)
    report = hc.convert(tmp_path / "hugo", tmp_path / "copy", to="hugo")
    assert list(report.findings) == []


@pytest.mark.parametrize("key", [key for key, setting in SETTINGS.items() if setting.outcome == REPORTED])
def test_a_setting_that_is_lost_says_what_to_do(key: str) -> None:
    assert key == key.lower()
    assert len(SETTINGS[key].note.split()) > 3


KINDS = {
    "no taxonomies": ('disableKinds = ["taxonomy", "term"]\n', {"posts", "posts-index", "index"}),
    "no feeds": ('disableKinds = ["RSS"]\n', {"posts", "tags", "categories", "tags-x"}),
    "sections without feeds": (
        "[outputs]\nsection = ['html']\nterm = ['html']\ntaxonomy = ['html']\nhome = ['html', 'rss']\n",
        {"posts", "tags", "categories", "tags-x", "index"},
    ),
    "a feed of another name": (
        "[outputFormats.rss]\nbaseName = 'feed'\n[outputs]\nsection = ['html']\nterm = ['html']\ntaxonomy = ['html']\n",
        {"posts", "tags", "categories", "tags-x", "feed"},
    ),
}


@pytest.mark.parametrize(("config", "expected"), KINDS.values(), ids=KINDS)
def test_only_lists_that_the_old_site_had_are_made(config: str, expected: set[str], tmp_path: Path) -> None:
    files = {"hugo.toml": config, "content/posts/a.md": "---\ntitle: A\ndate: 2020-01-02\ntags: [X]\n---\n"}
    site, _ = convert(tmp_path, files)
    assert {path.stem for path in (site / "_lists").iterdir()} == {"404", *expected}


def test_a_list_s_own_page_says_whether_it_has_a_feed(tmp_path: Path) -> None:
    files = {
        "hugo.toml": "[outputs]\nsection = ['html']\nhome = ['html', 'rss']\n",
        "content/_index.md": "---\noutputs: html\n---\n",
        "content/news/_index.md": "---\noutputs: [HTML, RSS]\n---\n",
        "content/docs/_index.md": "---\ntitle: D\n---\n",
    }
    site, _ = convert(tmp_path, files)
    feeds = {path.stem for path in (site / "_lists").glob("*.xml")}
    assert feeds == {"news-index", "tags-index", "categories-index"}


def test_a_term_that_no_page_has_any_more_has_a_feed(tmp_path: Path) -> None:
    files = {
        "hugo.toml": "",
        "content/tags/old one/_index.md": "---\ntitle: Old\n---\n",
        "content/tags/x/_index.md": "---\ntitle: Ex\n---\n",
        "content/a.md": "---\ntitle: A\ntags: [X]\n---\n",
    }
    site, _ = convert(tmp_path, files)
    feeds = {path.stem for path in (site / "_lists").glob("tags-*.xml")}
    assert feeds == {"tags-index", "tags-old-one-index", "tags-x-index"}


def test_lines_of_code_that_had_numbers_are_named(tmp_path: Path) -> None:
    files = {"hugo.toml": "[markup.highlight]\nlineNos = true\n", "content/a.md": "---\ntitle: A\n---\n"}
    _, report = convert(tmp_path, files)
    (found,) = (finding for finding in report.findings if finding.code == "HC330")
    assert "markup.highlight.lineNos" in found.message
