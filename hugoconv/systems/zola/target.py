"""What is true of Zola, by its documentation and its source (0.22); no program of it was at hand to show it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from hugoconv.frontmatter.dates import parse_ruby
from hugoconv.frontmatter.dialects import Dialect
from hugoconv.frontmatter.document import syntax_named
from hugoconv.frontmatter.fences import split_markdown
from hugoconv.frontmatter.yaml.scalars import JS_YAML
from hugoconv.model import ListPage
from hugoconv.systems.losses import Loss
from hugoconv.systems.markdown_site.from_commonmark import BARE_ADDRESSES, DEFINITION_LISTS, EVERYTHING
from hugoconv.systems.markdown_site.settings import Settings, text_in, values_of
from hugoconv.systems.markdown_site.target import Scaffold, Target
from hugoconv.systems.zola.keys import KEYS
from hugoconv.systems.zola.shortcodes import SHORTCODES

_FEEDS = ("/atom.xml", "/rss.xml")
"""The feeds that Zola has templates for."""
READER = Dialect("zola", split_markdown, JS_YAML, parse_ruby)
_INLINE = re.compile(r"\{\{(?P<inner>-?\s*[A-Za-z_]\w*\s*\(.*?)\}\}", re.DOTALL)
_BLOCK = re.compile(r"\{%(?P<inner>-?\s*(?:[A-Za-z_]\w*\s*\(.*?|end\s*-?))%\}", re.DOTALL)


def inert(text: str) -> str:
    """Return a text in which Zola calls no shortcode: comment marks stand inside what looks like a call."""
    text = _INLINE.sub(lambda match: f"{{{{/*{match['inner']}*/}}}}", text)
    return _BLOCK.sub(lambda match: f"{{%/*{match['inner']}*/%}}", text)


def address(wanted: str) -> str:
    """Return the folder at which a page stands that was a file: Zola publishes pages as folders only."""
    bare = wanted.removesuffix("index.html")
    for ending in (".html", ".htm"):
        bare = f"{bare.removesuffix(ending)}/" if bare.endswith(ending) else bare
    return bare


def configuration(facts: Mapping[str, Any]) -> bytes:
    """Return `zola.toml`."""
    values = {
        "base_url": facts["base_url"] or "http://127.0.0.1:1111",
        "title": facts["title"],
        "description": facts["description"],
        "default_language": facts["language"].partition("-")[0].lower() or "en",
        "taxonomies": [{"name": name} for name in facts["taxonomies"] or ("tags", "categories")],
    }
    if facts["feeds"]:
        values |= {"generate_feeds": True, "feed_filenames": [feed["file"] for feed in facts["feeds"]]}
    return syntax_named("toml").write(values).encode()


def is_made(page: ListPage) -> bool:
    """Whether Zola makes a feed of a list: of the whole site, under a name that it has a template for."""
    return page.kind == "home" and page.feed in _FEEDS


def settings(root: Path) -> Settings:
    """Return what a site's configuration says, under its name of today or its older one."""
    values = values_of(root, "zola.toml", "toml", READER) or values_of(root, "config.toml", "toml", READER)
    return Settings(
        title=text_in(values, "title"),
        description=text_in(values, "description"),
        base_url=text_in(values, "base_url"),
        language=text_in(values, "default_language"),
    )


TARGET = Target(
    system="zola",
    label="Zola",
    keys=KEYS,
    reader=READER,
    posts=PurePosixPath("content/blog"),
    pages=PurePosixPath("content"),
    reads=EVERYTHING - {DEFINITION_LISTS, BARE_ADDRESSES},
    static=PurePosixPath("static"),
    data=PurePosixPath("data"),
    sorted_by_date=True,
    redirects="key",
    syntax="toml",
    divider="<!-- more -->",
    tags=SHORTCODES,
    settings=settings,
    home_name="_index",
    top_keys=frozenset(
        {
            *("title", "description", "date", "updated", "weight", "draft", "slug", "path", "aliases", "authors"),
            *("in_search_index", "template", "render"),
        }
    ),
    nested=("extra", "taxonomies"),
    reserved=frozenset({"extra", "taxonomies", "slug", "in_search_index", "template", "render"}),
    inert=inert,
    address=address,
    scaffold=Scaffold(
        "hugoconv.systems.zola",
        PurePosixPath("site.json"),
        {
            "blog.md": "content/blog/_index.md",
            "base.html": "templates/base.html",
            "page.html": "templates/page.html",
            "index.html": "templates/index.html",
            "section.html": "templates/section.html",
            "taxonomy_list.html": "templates/taxonomy_list.html",
            "taxonomy_single.html": "templates/taxonomy_single.html",
        },
        {"zola.toml": configuration},
        makes_feed=is_made,
    ),
    shown_by="zola serve",
    marks=("zola.toml",),
    left_out=frozenset({"public"}),
    losses=(
        Loss("publish_date", "drafts are not published by themselves when the day comes", kept=True),
        Loss("expiry_date", "pages are not taken away by themselves when the day comes", kept=True),
        Loss("language", "below extra: Zola takes a page's language from its file's name", kept=True),
        Loss("excerpt", "below extra: Zola's summary is the text before the divider", kept=True),
        Loss("image", "below extra, for a template to show", kept=True),
        Loss("translation_key", "for templates that link translations", kept=True),
        Loss("layout", "under another key, as there is no template of that name", kept=True),
        Loss("category tree", "the names of all categories stay, not which is below which"),
        Loss("comments", "in data/comments, for a template to show", kept=True),
        Loss("heading attributes", "classes of headings and blocks; an id is an anchor"),
        Loss("marked lines", "numbers and marks of lines in code"),
    ),
)
"""The table."""
