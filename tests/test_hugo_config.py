from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from programs import HUGO

from hugoconv.errors import HugoconvError, SourceError
from hugoconv.systems.hugo.config import HugoConfig, Mount, config_files, read_config
from hugoconv.systems.hugo.permalinks import Permalink

FIXTURE = Path(__file__).parent / "fixtures" / "sites" / "hugo-blog"


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_site_without_configuration_has_the_defaults(tmp_path: Path) -> None:
    assert read_config(tmp_path) == HugoConfig()
    assert read_config(tmp_path).rules.permalinks == ()


def test_the_fixture() -> None:
    config = read_config(FIXTURE)
    assert config.files == (
        "hugo.toml",
        "config/_default/menus.fr.toml",
        "config/_default/menus.toml",
        "config/_default/params.yaml",
        "config/_default/taxonomies.json",
    )
    assert (config.title, config.base_url, config.language) == ("Tide and Light", "https://example.org/", "en")
    assert list(config.languages) == ["en", "fr", "pt"]
    assert config.languages["fr"].content_dir == "content-fr"
    assert config.languages["fr"].title == "Marée et lumière"
    assert config.languages["en"].locale == "en-GB"
    assert config.taxonomies == {"tag": "tags", "category": "categories", "boat": "boats"}
    assert config.time_zone == "Europe/Lisbon"
    assert config.rules.permalinks == (Permalink("/:year/:month/:slug/", "page", "/{posts,posts/**}"),)
    assert config.date_handlers["date"][-1] == ":filename"
    assert config.ignore_files == (r"\.bak$",)
    assert config.params["author"] == {"name": "Inês Faria"}
    assert [entry["name"] for entry in config.menus["main"]] == ["Posts", "About", "The club"]
    assert config.languages["fr"].values["menus"]["main"][0]["name"] == "Articles"
    assert config.value("MARKUP.Goldmark.renderer.unsafe") is True
    assert config.value("markup.nothing.here", "else") == "else"


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (["hugo.toml", "hugo.yaml", "config.toml"], ["hugo.toml"]),
        (["hugo.yml", "config.toml"], ["hugo.yml"]),
        (["config.json"], ["config.json"]),
        (["config/_default/hugo.toml", "config/production/params.toml"], None),
        (["config/staging/hugo.toml"], []),
        (["config/_default/notes.txt", "hugo.txt"], []),
    ],
    ids=["hugo before config", "any ending", "old name", "folders", "other environment", "no configuration"],
)
def test_which_files_are_read(tmp_path: Path, files: list[str], found: list[str] | None) -> None:
    write(tmp_path, dict.fromkeys(files, ""))
    assert list(config_files(tmp_path)) == (files if found is None else found)


@pytest.mark.parametrize(
    ("files", "path", "value"),
    [
        ({"hugo.toml": "title = 'a'", "config/_default/hugo.toml": "Title = 'b'"}, "title", "b"),
        ({"hugo.toml": "[params]\nA = 1\nb = 2", "config/_default/params.yaml": "a: 3"}, "params", {"A": 3, "b": 2}),
        ({"config/_default/params.toml": "x = 1", "config/production/params.toml": "x = 2"}, "params.x", 2),
        ({"hugo.toml": "[a.b]\nc = 1", "config/_default/a.json": '{"b": {"d": 2}}'}, "a.b", {"c": 1, "d": 2}),
        ({"hugo.toml": "theme = ['a']", "config/_default/hugo.yaml": "theme: [b]"}, "theme", ["b"]),
        ({"hugo.yaml": "menu: {main: [{name: x}]}"}, "menus.main", [{"name": "x"}]),
        ({"config/_default/menu.fr.toml": "[[main]]\nname = 'x'"}, "languages.fr.menus.main", [{"name": "x"}]),
        ({"config/_default/params.fr.toml": "a = 1"}, "languages.fr.params.a", 1),
        ({"config/_default/hugo.fr.toml": "title = 'x'"}, "languages.fr.title", "x"),
        ({"config/_default/cascade.yaml": "cascade: [{params: {a: 1}}]"}, "cascade", [{"params": {"a": 1}}]),
        ({"config/_default/params.yaml": "params: {a: 1}"}, "params", {"a": 1}),
        ({"config/_default/sub/params.toml": "a = 1"}, "params.a", 1),
        ({"hugo.toml": "\ufefftitle = 'x'"}, "title", "x"),
        ({"hugo.yaml": "on: yes"}, "on", "yes"),
    ],
)
def test_merging(tmp_path: Path, files: dict[str, str], path: str, value: Any) -> None:
    assert read_config(write(tmp_path, files)).value(path) == value


@pytest.mark.parametrize(
    ("text", "attribute", "value"),
    [
        ("staticDir: [a, b]\nstaticDir2: c", "static_dirs", ("a", "b", "c")),
        ("theme: x", "themes", ("x",)),
        ("theme: [x, y]", "themes", ("x", "y")),
        ("taxonomies: {Tag: Labels}", "taxonomies", {"tag": "Labels"}),
        ("taxonomies: {}", "taxonomies", {}),
        ("buildDrafts: true", "build_drafts", True),
        ("buildDrafts: yes", "build_drafts", False),
        ("defaultContentLanguage: de", "language", "de"),
        ("languages: {fr: {weight: 2}, de: {weight: 1}}", "language", "de"),
        ("languages: {fr: {weight: 1}, en: {weight: 2}}", "language", "en"),
        ("contentDir: src", "content_dir", "src"),
        ("contentDir: ./src/pages/", "content_dir", "src/pages"),
        ("staticDir: [static/, ./files]", "static_dirs", ("static", "files")),
        ("contentDir: null", "content_dir", "content"),
        (
            "module: {mounts: [{source: a, target: content/x, lang: fr}, {source: b}]}",
            "mounts",
            (Mount("a", "content/x", "fr"),),
        ),
        ("title: 2020", "title", "2020"),
        ("title: [a]", "title", ""),
    ],
)
def test_settings(tmp_path: Path, text: str, attribute: str, value: Any) -> None:
    assert getattr(read_config(write(tmp_path, {"hugo.yaml": text})), attribute) == value


def test_dates_are_read_from_the_keys_that_hugo_tries(tmp_path: Path) -> None:
    text = "frontmatter: {date: [':filename', ':default'], LastMod: [modified]}"
    assert read_config(write(tmp_path, {"hugo.yaml": text})).date_handlers == {
        "date": (":filename", "date", "publishdate", "pubdate", "published", "lastmod", "modified"),
        "lastmod": ("modified",),
        "publishdate": ("publishdate", "pubdate", "published", "date"),
        "expirydate": ("expirydate", "unpublishdate"),
    }


def test_a_language_has_its_own_urls(tmp_path: Path) -> None:
    text = """
    uglyURLs: {Posts: true, docs: false}
    defaultContentLanguageInSubdir: true
    languages:
      en: {weight: 1}
      fr: {permalinks: {posts: /:slug/}, disablePathToLower: true}
    """
    config = read_config(write(tmp_path, {"hugo.yaml": text}))
    assert config.rules.ugly("posts")
    assert not config.rules.ugly("docs")
    assert config.url_rules("en") == config.rules
    assert config.url_rules("fr").disable_path_to_lower
    assert len(config.url_rules("fr").permalinks) == 2
    assert config.url_rules("fr").ugly("posts")
    assert (config.url_prefix("en"), config.url_prefix("fr")) == ("en", "fr")


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("hugo.toml", "title = 'x'\na = = 1\n", "hugo.toml:2:"),
        ("hugo.json", '{"title": "x",\n  "a" 1}', "hugo.json:2:7"),
        ("hugo.yaml", "title: x\na: [1\nb: 2\n", "hugo.yaml:"),
        ("hugo.yaml", "a: 1\na: 2\n", "hugo.yaml:2:"),
        ("hugo.json", "[1]", "hugo.json:1"),
        ("config/_default/params.toml", "a\n", "config/_default/params.toml:1:"),
        ("hugo.json", '{"a":' * 100_000, "hugo.json"),
        ("hugo.toml", "a = " + "[" * 100_000, "hugo.toml"),
    ],
    ids=["toml", "json", "yaml", "yaml twice", "no map", "in a folder", "deep json", "deep toml"],
)
def test_a_broken_file_is_named(tmp_path: Path, name: str, text: str, place: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_config(write(tmp_path, {name: text}))
    assert str(caught.value).startswith(place)


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "hugo.toml").write_bytes(b"title = '\xff'")
    with pytest.raises(SourceError, match="UTF-8"):
        read_config(tmp_path)


def test_permalinks_that_hugo_refuses(tmp_path: Path) -> None:
    with pytest.raises(HugoconvError, match="permalinks"):
        read_config(write(tmp_path, {"hugo.yaml": "permalinks: {posts: 1}"}))


def test_hugo_reads_the_same(tmp_path: Path) -> None:
    assert HUGO
    site = Path(shutil.copytree(FIXTURE, tmp_path / "site"))
    write(site, {"config/production/params.toml": "showdates = 2\n", "config/_default/sub/hugo.yml": "Copyright: us"})
    command = [HUGO, "config", "--format", "json", "--environment", "production"]
    run = subprocess.run(command, cwd=site, capture_output=True, text=True, check=True)
    hugo = json.loads(run.stdout[run.stdout.index("{") :])
    config = read_config(site)
    assert hugo["title"] == config.title
    assert hugo["copyright"] == config.value("copyright") == "us"
    assert hugo["taxonomies"] == config.taxonomies
    assert list(hugo["languages"]) == list(config.languages)
    assert hugo["params"] == {key.lower(): value for key, value in config.params.items()}
    assert hugo["frontmatter"] == {key: list(value) for key, value in config.date_handlers.items()}
    assert [entry["name"] for entry in hugo["menus"]["main"]] == [entry["name"] for entry in config.menus["main"]]
