"""Jekyll's configuration: defaults, precedence, and what Jekyll leaves out."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from programs import JEKYLL, RUBY, needs_jekyll

from hugoconv.errors import FrontMatterError, SourceError
from hugoconv.report.findings import Findings
from hugoconv.systems.jekyll.config import JekyllConfig, config_files, read_config
from hugoconv.systems.jekyll.globs import fnmatch, matches_ancestor
from hugoconv.systems.jekyll.importer import JekyllImporter

SITE = Path(__file__).parent / "fixtures" / "sites" / "jekyll-blog"


def _with_defaults(*entries: tuple[dict[str, Any] | None, dict[str, Any]], **values: Any) -> JekyllConfig:
    defaults = [{"values": given} if scope is None else {"scope": scope, "values": given} for scope, given in entries]
    return JekyllConfig.of({"defaults": defaults, **values})


def test_without_a_file_everything_is_jekylls_default() -> None:
    assert read_config([]) == JekyllConfig()
    assert JekyllConfig().template("posts") == "/:categories/:year/:month/:day/:title:output_ext"


def test_the_fixture_site() -> None:
    config = read_config(config_files(SITE))
    assert (config.title, config.timezone, config.lang) == ("A small blog", "America/New_York", "en")
    assert (config.url, config.base_path, config.excerpt_separator) == ("https://blog.example.org", "", "<!--cut-->")
    assert {label: collection.output for label, collection in config.collections.items()} == {
        "posts": True,
        "recipes": True,
        "notes": False,
    }
    assert config.template("recipes") == "/food/:path:output_ext"
    assert config.template("notes") == "/:collection/:path/"
    assert config.defaults_for("_posts/2021/2021-01-01-x.md", "posts") == {"layout": "post", "author": "Grace"}


def test_later_files_win_and_maps_are_merged(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text(
        "title: One\nbaseurl: /a/\nkramdown: {input: GFM, hard_wrap: true}\nlang: en\n"
    )
    (tmp_path / "more.toml").write_text('title = "Two"\n[kramdown]\nhard_wrap = false\n')
    (tmp_path / "last.yml").write_text("lang:\n")
    config = read_config([tmp_path / name for name in ("_config.yml", "more.toml", "last.yml")])
    assert (config.title, config.lang, config.base_path) == ("Two", "en", "/a")
    assert config.values["kramdown"] == {"input": "GFM", "hard_wrap": False}


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        ("_config.yml", "a: [", FrontMatterError),
        ("_config.yml", "- a\n", FrontMatterError),
        ("_config.toml", "a = ", SourceError),
        ("_config.yml", "collections: 3\n", SourceError),
        ("_config.yml", "exclude: {a: b}\n", SourceError),
        ("_config.yml", "a: " + "[" * 5000, FrontMatterError),
        ("_config.toml", "a = " + "[" * 5000, SourceError),
    ],
    ids=["yaml", "list", "toml", "collections", "exclude", "deep yaml", "deep toml"],
)
def test_an_unusable_file_is_an_error(name: str, text: str, error: type[Exception], tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(error):
        read_config(config_files(tmp_path))


def test_a_file_that_is_not_utf8_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_bytes(b"title: \xff\n")
    with pytest.raises(SourceError, match=r"_config\.yml"):
        read_config(config_files(tmp_path))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (["docs"], {"posts", "docs"}),
        ({"docs": None}, {"posts", "docs"}),
        (None, {"posts"}),
        ({"a b!": {}}, {"posts", "ab"}),
    ],
    ids=["list", "map", "null", "odd name"],
)
def test_collections(value: object, expected: set[str]) -> None:
    assert set(JekyllConfig.of({"collections": value}).collections) == expected


@pytest.mark.parametrize("baseurl", ["/blog", "/blog/", "blog"])
def test_base_path(baseurl: str) -> None:
    assert JekyllConfig.of({"baseurl": baseurl}).base_path == "/blog"


PRECEDENCE = [
    ("the longer path wins", [({"path": "a"}, {"k": 1}), ({"path": ""}, {"k": 2})], "a/x.md", "pages", {"k": 1}),
    (
        "a type wins",
        [({"path": "a", "type": "pages"}, {"k": 1}), ({"path": "a"}, {"k": 2})],
        "a/x.md",
        "pages",
        {"k": 1},
    ),
    ("else the later one", [({"path": "a"}, {"k": 1}), ({"path": "a"}, {"k": 2})], "a/x.md", "pages", {"k": 2}),
    (
        "maps merge",
        [({"path": ""}, {"m": {"a": 1}}), ({"path": "a"}, {"m": {"b": 2}})],
        "a/x",
        None,
        {"m": {"a": 1, "b": 2}},
    ),
    ("null hides nothing", [({"path": ""}, {"k": 1}), ({"path": "a"}, {"k": None})], "a/x.md", "pages", {"k": 1}),
    ("a path is any start", [({"path": "blog"}, {"k": 1})], "blogging/x.md", "pages", {"k": 1}),
    ("a slash hides a scope", [({"path": "/a"}, {"k": 1})], "a/x.md", "pages", {}),
    ("other type", [({"path": "", "type": "posts"}, {"k": 1})], "a/x.md", "pages", {}),
    ("old type name", [({"path": "", "type": "post"}, {"k": 1})], "_posts/x.md", "posts", {"k": 1}),
    ("no scope", [(None, {"k": 1})], "a/x.md", None, {"k": 1}),
    ("glob", [({"path": "s/*/special"}, {"k": 1})], "s/one/special/x.md", "pages", {"k": 1}),
    ("glob of one level", [({"path": "s/*/special"}, {"k": 1})], "s/one/two/special/x.md", "pages", {}),
]


@pytest.mark.parametrize(
    ("entries", "path", "type_", "expected"), [row[1:] for row in PRECEDENCE], ids=[row[0] for row in PRECEDENCE]
)
def test_defaults_for(entries: list[Any], path: str, type_: str | None, expected: dict[str, Any]) -> None:
    assert _with_defaults(*entries).defaults_for(path, type_) == expected


@pytest.mark.parametrize("scope", ["col/_docs", "_docs", "col/_docs/*", "col/*"])
def test_scopes_may_name_the_collections_directory(scope: str) -> None:
    config = _with_defaults(({"path": scope}, {"k": 1}), collections=["docs"], collections_dir="col/")
    assert config.defaults_for("_docs/x.md", "docs") == {"k": 1}


IGNORED = [
    ("_layouts", "", True),
    (".git", "", True),
    (".htaccess", "", False),
    ("#draft", "", True),
    ("backup~", "", True),
    ("ends.", "", True),
    ("node_modules", "", True),
    ("Gemfile.lock", "", True),
    ("bundle", "vendor", True),
    ("bundled", "vendor", False),
    ("about.md", "", False),
    ("sub/_x/2020-01-01-a.md", "_posts", False),
    ("_sub/2020-01-01-a.md", "_posts", True),
    ("_pages", "", False),
    ("secret.md", "docs", True),
    ("secretary.md", "docs", True),
    ("a.bak", "x/y", True),
]


@pytest.mark.parametrize(("entry", "base", "expected"), IGNORED, ids=[f"{row[1]}/{row[0]}" for row in IGNORED])
def test_is_ignored(entry: str, base: str, expected: bool) -> None:
    config = JekyllConfig.of({"include": [".htaccess", "_pages"], "exclude": ["docs/secret", "*.bak"]})
    assert config.is_ignored(entry, base, directory=entry == "bundle") is expected


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("/a/*", "/a/b/c", True),
        ("/a?c", "/abc", True),
        ("/[^a]", "/b", True),
        ("/[^a]", "/a", False),
        ("/\\*", "/*", True),
        ("/\\*", "/x", False),
        ("/{a,b}", "/a", False),
    ],
)
def test_fnmatch(pattern: str, path: str, expected: bool) -> None:
    assert fnmatch(pattern, path) is expected


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("*", "a/b", True),
        ("*/b", "a/b/c", True),
        ("**/c", "a/b/c", True),
        ("**/c", "c", True),
        ("**/c", "a/.h/c", False),
        ("*", ".h/c", False),
        ("{x,a}/*", "a/b", True),
        ("a/*/c", "a/b", False),
        ("**/" * 200 + "x", "a/" * 200 + "b", False),
    ],
)
def test_matches_ancestor(pattern: str, path: str, expected: bool) -> None:
    assert matches_ancestor(pattern, path) is expected


QUESTIONS = """
require "json"; require "jekyll"; Jekyll.logger.log_level = :error
source, config, files = JSON.parse(STDIN.read)
site = Jekyll::Site.new(Jekyll.configuration(config.merge("source" => source, "quiet" => true, "config" => [])))
rows = files.map do |file|
  folder, name = File.split(file)
  folder = "" if folder == "."
  ignored = Dir.chdir(source) { Jekyll::EntryFilter.new(site, folder).filter([name]).empty? }
  [ignored, [:pages, :posts, nil].map { |type| site.frontmatter_defaults.all(file, type) }]
end
puts JSON.generate(rows)
"""
CONFIG: dict[str, Any] = {
    "include": [".well-known", "sub/.dot"],
    "exclude": ["READ", "b/c", "*~", "[ab].txt", "vendor"],
    "defaults": [
        {"scope": {"path": "b"}, "values": {"k": 1, "m": {"x": 1}}},
        {"scope": {"path": "", "type": "post"}, "values": {"k": 2}},
        {"scope": {"path": "**/*.md"}, "values": {"g": 1, "m": {"y": 2}}},
        {"scope": {"path": "/b"}, "values": {"never": 1}},
        {"scope": {"path": "{b,_posts}/*", "type": "posts"}, "values": {"k": 3}},
        {"scope": {"path": "_posts/sub"}, "values": {"k": 4}},
        {"scope": {"type": "pages"}, "values": {"m": None, "p": 1}},
    ],
}
FILES = (
    "a.md", "b/c.md", "b/d/e.md", "b/.h/x.md", "_posts/2020-01-01-a.md", "_posts/sub/2020-01-01-a.md", "README.md",
    ".well-known/x", "a.txt", "x~", "#c", "docs.", "sub/.dot", "vendor/bundle/x", "blogging/x.md", "Gemfile",
)  # fmt: skip


@needs_jekyll
def test_the_real_jekyll_agrees(tmp_path: Path) -> None:
    for file in FILES:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("x")
    assert RUBY is not None
    asked = json.dumps([str(tmp_path), CONFIG, FILES])
    answers = subprocess.run(
        [RUBY, "-e", QUESTIONS], input=asked, capture_output=True, text=True, check=True, timeout=60
    )
    config = JekyllConfig.of(CONFIG)
    for file, (ignored, defaults) in zip(FILES, json.loads(answers.stdout), strict=True):
        base, _, name = file.rpartition("/")
        assert config.is_ignored(name, base) is ignored, file
        assert [config.defaults_for(file, type_) for type_ in ("pages", "posts", None)] == defaults, file


BUILT = {
    ".well-known/security.txt",
    "2021/03/04/What's-New_in-C++-&-C/index.html",
    "2021/04/05/no-front-matter/index.html",
    "404.html",
    "about/index.html",
    "assets/main.css",
    "assets/main.css.map",
    "assets/plain.css",
    "docs/copied.md",
    "docs/index.html",
    "feed.xml",
    "food/bread.html",
    "food/bread.txt",
    "food/sweet/Apple Cake.html",
    "img/sun.svg",
    "index.html",
    "misc/2022/09/10/Own.Slug/index.html",
    "news flash/2020/01/02/hello/index.html",
    "plain/written-in-html.html",
    "robots.txt",
    "set-up.html",
    "travel/2020/05/31/Far-Away/index.html",
}


@needs_jekyll
def test_the_real_jekyll_builds_the_fixture_site(tmp_path: Path) -> None:
    source = shutil.copytree(SITE, tmp_path / "site")
    assert JEKYLL is not None
    command = [JEKYLL, "build", "--quiet", "--source", str(source), "--destination", str(tmp_path / "out")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    built = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert built == BUILT


@needs_jekyll
def test_names_that_jekyll_leaves_out_are_no_pages(tmp_path: Path) -> None:
    """Below `_posts`, `_drafts` and collections too, a name or folder that starts with one of `._#~` is left out."""
    (tmp_path / "_config.yml").write_text("collections:\n  notes:\n    output: true\n")
    names = [".a.md", "_b.md", "#c.md", "~d.md", "e.md", "f.md~", "sub/_g.md", "sub/h.md", "_sub/i.md"]
    files = [f"_notes/{name}" for name in names] + ["_posts/_y/2020-01-01-z.md", "_posts/y/2020-01-01-z.md"]
    for file in files:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("---\ntitle: x\n---\nx\n")
    assert JEKYLL is not None
    subprocess.run(
        [JEKYLL, "build", "--quiet", "--source", str(tmp_path), "--destination", str(tmp_path / "_site")], check=True
    )
    built = {f"/{path.relative_to(tmp_path / '_site')}" for path in (tmp_path / "_site").rglob("*") if path.is_file()}
    site = JekyllImporter().read(tmp_path, Findings())
    assert {unquote(post.address) for post in site.posts} == built
