"""What is true of Pelican, as the real `pelican` shows it (4.11 and later)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from hugoconv.frontmatter.dates import parse_ruby
from hugoconv.frontmatter.dialects import Dialect
from hugoconv.frontmatter.fences import split_markdown
from hugoconv.frontmatter.yaml.scalars import JS_YAML
from hugoconv.model import Post
from hugoconv.systems.addresses import decoded_path
from hugoconv.systems.losses import Loss
from hugoconv.systems.markdown_site import lines
from hugoconv.systems.markdown_site.from_commonmark import (
    BARE_ADDRESSES,
    BLOCKS,
    ESCAPES,
    EVERYTHING,
    STRIKETHROUGH,
    TASK_LISTS,
)
from hugoconv.systems.markdown_site.project import file_of
from hugoconv.systems.markdown_site.target import Scaffold, Target
from hugoconv.systems.pelican.configuration import settings
from hugoconv.systems.pelican.keys import KEYS


def further_keys(post: Post, url: str) -> Mapping[str, Any]:
    """Return the keys by which a page is in the file of its address, and told apart from others of its title."""
    path = decoded_path(url).strip("/")
    keys = {"save_as": file_of(decoded_path(url)), "slug": path.replace("/", "-") or "home"}
    further = [str(term) for term in post.terms.get("categories", ())][1:]
    return keys | ({"category_extra": lines.joined(further)} if further else {})


TARGET = Target(
    system="pelican",
    settings=settings,
    label="Pelican",
    keys=KEYS,
    reader=Dialect("pelican", split_markdown, JS_YAML, parse_ruby),
    posts=PurePosixPath("content/posts"),
    pages=PurePosixPath("content/pages"),
    reads=EVERYTHING - {STRIKETHROUGH, TASK_LISTS, BLOCKS, ESCAPES, BARE_ADDRESSES},
    static=PurePosixPath("content/extra"),
    data=PurePosixPath("data"),
    dated_posts=True,
    needs_title=True,
    links="attach",
    syntax="lines",
    divider="<!-- PELICAN_END_SUMMARY -->",
    told=' markdown="1"',
    further_keys=further_keys,
    reserved=frozenset(
        {
            *(
                "slug",
                "category",
                "content",
                "metadata",
                "settings",
                "source_path",
                "translations",
                "template",
                "locale",
            ),
            *("url_format", "date_format", "timezone", "filename", "relative_source_path", "reader", "in_default_lang"),
            *("save_as", "category_extra", "old_status"),
        }
    ),
    scaffold=Scaffold(
        "hugoconv.systems.pelican",
        PurePosixPath("site.json"),
        {
            "pelicanconf.txt": "pelicanconf.py",
            "lists.txt": "plugins/lists.py",
            "page.html": "theme/templates/page.html",
            "article.html": "theme/templates/article.html",
            "list.html": "theme/templates/list.html",
        },
    ),
    shown_by="pip install pelican markdown && pelican --listen --autoreload",
    marks=("pelicanconf.py",),
    left_out=frozenset({"output", "__pycache__"}),
    losses=(
        Loss("weight", "lists are in the order of their dates unless a template asks for it", kept=True),
        Loss("publish_date", "drafts are not published by themselves when the day comes", kept=True),
        Loss("expiry_date", "pages are not taken away by themselves when the day comes", kept=True),
        Loss("translation_key", "for templates that link translations", kept=True),
        Loss("layout", "under another key, as there is no template of that name", kept=True),
        Loss("aliases", "as data; pages in content/extra lead from them to the new address", kept=True),
        Loss("types of values", "metadata are texts: numbers, lists and maps are written as such", kept=True),
        Loss("further categories", "an article has one; the others are in category_extra", kept=True),
        Loss("names with semicolons", "a comma stands for each in tags and authors, which semicolons part"),
        Loss("category tree", "the name of the category stays, not which it is below"),
        Loss("comments", "in data/comments, for a template to show", kept=True),
        Loss("heading attributes", "classes of headings and blocks; an id is an anchor"),
        Loss("marked lines", "numbers and marks of lines in code"),
    ),
)
"""The table."""
