"""Posts whose place keeps them from readers stay hidden in every system, whatever their own front matter says."""

from __future__ import annotations

from pathlib import Path

import pytest
from folders import write

import hugoconv as hc
from hugoconv.visibility import shown_as

HUGO = {"hugo.toml": 'baseURL = "https://example.org/"\n'}
CASES: dict[str, tuple[str, dict[str, str], str]] = {
    "a text of a bundle": (
        "hugo",
        {**HUGO, "content/b/index.md": "---\ntitle: B\n---\n", "content/b/a.md": "---\ntitle: X\ndraft: false\n---\n"},
        "private",
    ),
    "a headless page": (
        "hugo",
        {**HUGO, "content/a.md": "---\ntitle: X\ndraft: false\nheadless: true\n---\n"},
        "private",
    ),
    "a page that is never built": (
        "hugo",
        {**HUGO, "content/a.md": "---\ntitle: X\ndraft: false\nbuild: {render: never}\n---\n"},
        "private",
    ),
    "a draft that is never built": (
        "hugo",
        {**HUGO, "content/a.md": "---\ntitle: X\ndraft: true\nbuild: {render: never}\n---\n"},
        "draft",
    ),
    "a page": ("hugo", {**HUGO, "content/a.md": "---\ntitle: X\ndraft: false\n---\n"}, "published"),
    "a draft of Jekyll's": (
        "jekyll",
        {"_config.yml": "", "_drafts/a.md": "---\ntitle: X\npublished: true\n---\n"},
        "draft",
    ),
    "a draft by the defaults": (
        "jekyll",
        {
            "_config.yml": "defaults: [{scope: {path: ''}, values: {published: true}}]\n",
            "_drafts/a.md": "---\ntitle: X\n---\n",
        },
        "draft",
    ),
    "a post of Jekyll's": (
        "jekyll",
        {"_config.yml": "", "_posts/2020-01-02-a.md": "---\ntitle: X\npublished: true\n---\n"},
        "published",
    ),
    "a draft of Hexo's": (
        "hexo",
        {"_config.yml": "title: T\n", "source/_drafts/a.md": "---\ntitle: X\npublished: true\n---\n"},
        "draft",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("system", "files", "status"), CASES.values(), ids=CASES)
@pytest.mark.parametrize("target", ["hugo", "jekyll", "jsonl"])
def test_a_post_is_shown_only_where_it_was(
    system: str, files: dict[str, str], status: str, target: str, tmp_path: Path
) -> None:
    site = write(tmp_path / "old", files)
    (post,) = (post for post in hc.read(site, system).posts if post.title == "X")
    assert post.status == status
    new = tmp_path / "new"
    hc.convert(site, new / "posts.jsonl" if target == "jsonl" else new, from_=system, to=target)
    made = hc.read(new / "posts.jsonl" if target == "jsonl" else new, target)
    (again,) = (post for post in made.posts if post.title == "X")
    assert (shown_as(again, made.info.zone) == "published") == (status == "published")


def test_a_script_can_publish_a_draft(tmp_path: Path) -> None:
    (post,) = hc.read(write(tmp_path, {"_config.yml": "", "_drafts/a.md": "---\ntitle: X\n---\n"}), "jekyll").posts
    post.status = "published"
    assert post.status == "published"
