"""What is true of Eleventy, as the real `eleventy` shows it (3.1)."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from hugoconv.frontmatter.dates import parse_ruby
from hugoconv.frontmatter.dialects import Dialect
from hugoconv.frontmatter.fences import split_markdown
from hugoconv.frontmatter.yaml.scalars import JS_YAML
from hugoconv.systems.eleventy.keys import KEYS
from hugoconv.systems.eleventy.tags import TAGS
from hugoconv.systems.losses import Loss
from hugoconv.systems.markdown_site.from_commonmark import (
    BARE_ADDRESSES,
    DEFINITION_LISTS,
    EVERYTHING,
    FOOTNOTES,
    INDENTED_CODE,
    TASK_LISTS,
)
from hugoconv.systems.markdown_site.settings import Settings
from hugoconv.systems.markdown_site.target import Scaffold, Target

_NOT_RUN = re.compile(r"""\bmarkdownTemplateEngine["']?\s*:\s*(?:false|["']md["'])""")


def settings(root: Path) -> Settings:
    """Return whether the configuration, a program, says in so many words that nothing is run over Markdown."""
    for path in (*sorted(root.glob("eleventy.config.*")), root / ".eleventy.js"):
        if path.is_file() and _NOT_RUN.search(path.read_text("utf-8", "replace")):
            return Settings(runs_tags=False)
    return Settings()


TARGET = Target(
    system="eleventy",
    label="Eleventy",
    keys=KEYS,
    reader=Dialect("eleventy", split_markdown, JS_YAML, parse_ruby),
    posts=PurePosixPath("content/blog"),
    pages=PurePosixPath("content"),
    reads=EVERYTHING - {INDENTED_CODE, FOOTNOTES, DEFINITION_LISTS, TASK_LISTS, BARE_ADDRESSES},
    static=PurePosixPath("static"),
    data=PurePosixPath("content/_data"),
    by_year=True,
    tags=TAGS,
    settings=settings,
    colocates=False,
    hidden={"permalink": False, "eleventyExcludeFromCollections": True},
    reserved=frozenset(
        {
            *("layout", "pagination", "templateEngineOverride", "eleventyComputed", "eleventyNavigation"),
            *("eleventyExcludeFromCollections", "eleventyImport", "page", "collections", "eleventy", "pkg", "content"),
            *("site", "lists"),
        }
    ),
    reserved_terms=frozenset({"all"}),
    inert_key=("templateEngineOverride", "md"),
    scaffold=Scaffold(
        "hugoconv.systems.eleventy",
        PurePosixPath("content/_data/site.json"),
        {
            "package.json": "package.json",
            "eleventy.config.js": "eleventy.config.js",
            "content.json": "content/content.json",
            "page.njk": "content/_includes/page.njk",
            "lists.njk": "content/lists.njk",
            "feeds.njk": "content/feeds.njk",
        },
    ),
    shown_by="npm install && npx eleventy --serve",
    marks=("eleventy.config.*", ".eleventy.js"),
    left_out=frozenset({"_site"}),
    losses=(
        Loss("weight", "lists are in the order of their dates unless a template asks for it", kept=True),
        Loss("publish_date", "drafts are not published by themselves when the day comes", kept=True),
        Loss("expiry_date", "pages are not taken away by themselves when the day comes", kept=True),
        Loss("translation_key", "for templates that link translations", kept=True),
        Loss("layout", "under another key, as there is no template of that name", kept=True),
        Loss(
            "large numbers", "to JavaScript whole numbers beyond 2^53 are others; quotes make texts of them", kept=True
        ),
        Loss("category tree", "the names of all categories stay, not which is below which"),
        Loss("comments", "in content/_data/comments, for a template to show", kept=True),
        Loss("heading attributes", "classes of headings and blocks; an id is an anchor"),
        Loss("marked lines", "numbers and marks of lines in code"),
    ),
)
"""The table."""
