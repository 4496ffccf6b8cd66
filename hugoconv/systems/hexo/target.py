"""What is true of Hexo, as the real `hexo generate` shows it (8.1)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from hugoconv.frontmatter.dates import parse_ruby
from hugoconv.frontmatter.dialects import Dialect
from hugoconv.frontmatter.fences import split_markdown
from hugoconv.frontmatter.yaml.scalars import JS_YAML
from hugoconv.systems.hexo.keys import KEYS
from hugoconv.systems.losses import Loss
from hugoconv.systems.markdown_site.target import Scaffold, Target

_RENDERED = (".htm", ".html", ".md", ".markdown", ".yml", ".yaml", ".json", ".njk", ".swig", ".css", ".js", ".xml")
"""What Hexo makes something else of unless it is told not to."""


def configuration(facts: Mapping[str, Any]) -> bytes:
    """Return `_config.yml`, as JSON, which is YAML too."""
    values = {
        "title": facts["title"],
        "description": facts["description"],
        "language": facts["language"],
        "timezone": facts["time_zone"] or "UTC",
        "url": facts["base_url"] or "http://example.com",
        "root": f"{facts['base_path']}/",
        "permalink": ":title/",
        "theme": "plain",
        "post_asset_folder": True,
        "marked": {"prependRoot": True, "postAsset": True, "modifyAnchors": 1},
        "syntax_highlighter": "",
        "skip_render": [path for path in facts["files"] if path.lower().endswith(_RENDERED)],
    }
    return (json.dumps(values, indent=2, ensure_ascii=False) + "\n").encode()


TARGET = Target(
    system="hexo",
    label="Hexo",
    keys=KEYS,
    reader=Dialect("hexo", split_markdown, JS_YAML, parse_ruby),
    posts=PurePosixPath("source/_posts"),
    pages=PurePosixPath("source"),
    drafts=PurePosixPath("source/_drafts"),
    static=PurePosixPath("source"),
    data=PurePosixPath("source/_data"),
    folder_pages=True,
    bundle_file=lambda folder, name: folder / f"{name}.md",
    divider="<!-- more -->",
    reserved=frozenset(
        {
            *("layout", "disableNunjucks", "comments", "path", "source", "content", "raw", "full_source", "slug", "id"),
            *(
                "_id",
                "_content",
                "more",
                "site",
                "prev",
                "next",
                "photos",
                "link",
                "canonical_path",
                "__post",
                "__page",
            ),
        }
    ),
    stub_head="---\nlayout: false\n---\n",
    inert_key=("disableNunjucks", True),
    scaffold=Scaffold(
        "hugoconv.systems.hexo",
        PurePosixPath("site.json"),
        {
            "package.json": "package.json",
            "lists.js": "scripts/lists.js",
            "index.njk": "themes/plain/layout/index.njk",
            "post.njk": "themes/plain/layout/post.njk",
            "layout.njk": "themes/plain/layout/layout.njk",
        },
        {"_config.yml": configuration},
    ),
    shown_by="npm install && npx hexo server",
    marks=("scaffolds", "source/_posts", "_config.landscape.yml"),
    left_out=frozenset({"public", ".deploy_git", "themes"}),
    losses=(
        Loss("weight", "lists are in the order of their dates unless a template asks for it", kept=True),
        Loss("publish_date", "drafts are not published by themselves when the day comes", kept=True),
        Loss("expiry_date", "pages are not taken away by themselves when the day comes", kept=True),
        Loss("translation_key", "for templates that link translations", kept=True),
        Loss("layout", "under another key, as there is no template of that name", kept=True),
        Loss("category tree", "the names of all categories stay, not which is below which"),
        Loss("comments", "in source/_data/comments, for a template to show", kept=True),
        Loss("heading attributes", "classes of headings and blocks; an id is an anchor"),
        Loss("marked lines", "numbers and marks of lines in code"),
    ),
)
"""The table."""
