"""A site that was converted comes back byte for byte where nobody edited it, and with its values where somebody did."""

from __future__ import annotations

from pathlib import Path

import pytest

import hugoconv as hc

SITES = {"hugo-blog": ("hugo", "jekyll"), "jekyll-blog": ("jekyll", "hugo")}
HUGO = {
    "hugo.toml": 'title = "T"\nbaseURL = "https://example.org/"\n',
    "content/posts/a.md": '+++\ntitle = "A" # note\ndate = 2020-01-02T03:04:05Z\ndraft = true\n+++\n{{< ref "b" >}}\n',
    "content/posts/b/index.md": "---\ntitle: B\ndate: 2020-01-03\nalias: no\n---\n![x](x.png) {{ literal }}\r\n",
    "content/posts/b/x.png": "png",
    "content/about.md": "---\ntitle: About\n---\ntext",
    "data/numbers.toml": "one = 1 # first\n",
    "static/robots.txt": "User-agent: *\n",
    "layouts/_default/single.html": "{{ .Content }}",
}


def contents(root: Path) -> dict[str, bytes]:
    files = (path for path in root.rglob("*") if path.is_file() and ".hugoconv" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def codes(report: hc.Report) -> list[tuple[str, str]]:
    return [(each.code, each.file) for each in report.findings if "HC645" <= each.code <= "HC649"]


@pytest.fixture
def there(tmp_path: Path) -> Path:
    """A Jekyll site made from a Hugo site, which stands beside it in `old`."""
    for name, text in HUGO.items():
        (tmp_path / "old" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "old" / name).write_bytes(text.encode())
    hc.convert(tmp_path / "old", tmp_path / "there", to="jekyll")
    return tmp_path / "there"


@pytest.mark.parametrize("name", SITES)
def test_a_whole_site_comes_back_byte_for_byte(name: str, fixtures: Path, tmp_path: Path) -> None:
    one, other = SITES[name]
    source = fixtures / "sites" / name
    hc.convert(source, tmp_path / "there", to=other)
    report = hc.convert(tmp_path / "there", tmp_path / "back", to=one)
    assert contents(tmp_path / "back") == contents(source)
    assert codes(report) == []


def test_what_was_converted_is_not_what_comes_back(there: Path) -> None:
    assert not set(contents(there).values()) >= {text.encode() for text in HUGO.values()}


def test_an_edited_post_is_converted_to_its_old_path_and_the_rest_is_restored(there: Path, tmp_path: Path) -> None:
    (post,) = there.glob("_posts/*-b.md")
    post.write_text(post.read_text().replace("title: B", "title: Better"))
    report = hc.convert(there, tmp_path / "back", to="hugo")
    back, old = contents(tmp_path / "back"), contents(tmp_path / "old")
    assert b"title: Better" in back.pop("content/posts/b/index.md")
    old.pop("content/posts/b/index.md")
    assert back == old
    assert codes(report) == [("HC646", f"_posts/{post.name}")]
    assert not hc.check(tmp_path / "back").errors


def test_a_new_post_and_a_new_file_are_converted_as_ever(there: Path, tmp_path: Path) -> None:
    (there / "_posts" / "2024-05-06-new.md").write_text("---\ntitle: New\n---\n{% raw %}{{ x }}{% endraw %}\n")
    (there / "new.png").write_bytes(b"new")
    hc.convert(there, tmp_path / "back", to="hugo")
    back, old = contents(tmp_path / "back"), contents(tmp_path / "old")
    assert back.keys() - old.keys() == {"content/posts/2024-05-06-new.md", "static/new.png"}
    assert {name: back[name] for name in old} == old


def test_what_was_removed_stays_away_and_is_named(there: Path, tmp_path: Path) -> None:
    (there / "about.md").unlink()
    (there / "robots.txt").unlink()
    report = hc.convert(there, tmp_path / "back", to="hugo")
    gone = contents(tmp_path / "old").keys() - contents(tmp_path / "back").keys()
    assert gone == {"content/about.md", "static/robots.txt"}
    assert sorted(codes(report)) == [("HC645", "about.md"), ("HC645", "robots.txt")]


def test_an_edit_that_cannot_be_carried_is_named(there: Path, tmp_path: Path) -> None:
    (there / "_config.yml").write_text("title: Other\n")
    report = hc.convert(there, tmp_path / "back", to="hugo")
    assert contents(tmp_path / "back") == contents(tmp_path / "old")
    assert codes(report) == [("HC648", "_config.yml")]


def test_without_the_kept_bytes_a_post_is_converted(there: Path, tmp_path: Path) -> None:
    (there / ".hugoconv" / "originals.pack").unlink()
    report = hc.convert(there, tmp_path / "back", to="hugo")
    assert {code for code, _ in codes(report)} == {"HC647"}
    back = {str(post.title): post for post in hc.read(tmp_path / "back").posts}
    assert back["A"].status == "draft"
    assert back["B"].front_matter["alias"] == "no"


def test_a_transform_counts_as_an_edit(there: Path, tmp_path: Path) -> None:
    def shout(post: hc.Post) -> hc.Post:
        if post.title == "B":
            post.title = "B!"
        return post

    report = hc.convert(there, tmp_path / "back", to="hugo", transforms=[shout])
    assert [code for code, _ in codes(report)] == ["HC646"]
    assert b"B!" in contents(tmp_path / "back")["content/posts/b/index.md"]


def test_going_there_again_after_the_way_back_is_a_conversion_like_the_first(there: Path, tmp_path: Path) -> None:
    hc.convert(there, tmp_path / "back", to="hugo")
    hc.convert(tmp_path / "back", tmp_path / "again", to="jekyll")
    assert contents(tmp_path / "again") == contents(there)


def test_a_move_within_one_system_and_an_export_keep_no_originals(fixtures: Path, tmp_path: Path) -> None:
    hc.convert(fixtures / "sites" / "hugo-blog", tmp_path / "copy", to="hugo")
    hc.convert(fixtures / "wxr" / "sample.xml", tmp_path / "exported", to="hugo")
    assert not list(tmp_path.rglob(".hugoconv/originals.pack"))
