"""What is written for each target: the numbered cases that need no generator to judge them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from target_site import SECRET, picture, write_site

import hugoconv
from hugoconv.systems import exporters


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


@pytest.mark.parametrize("name", ["astro", "eleventy"])
def test_nothing_of_the_scaffold_is_written_unasked(name: str, tmp_path: Path) -> None:
    folder = made(name, tmp_path)
    assert not (folder / "package.json").exists()
