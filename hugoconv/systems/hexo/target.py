"""What is true of Hexo, as the real `hexo generate` shows it (8.1)."""

from __future__ import annotations

from pathlib import PurePosixPath

from hugoconv.systems.hexo.configuration import READER, configuration, settings
from hugoconv.systems.hexo.keys import KEYS
from hugoconv.systems.hexo.tags import TAGS
from hugoconv.systems.losses import Loss
from hugoconv.systems.markdown_site.from_commonmark import DEFINITION_LISTS, EVERYTHING, FOOTNOTES, LINKED_ESCAPES
from hugoconv.systems.markdown_site.target import Scaffold, Target


def address(wanted: str) -> str:
    """Return the address without `%` and `?` of its own: Hexo leaves out a page that has one."""
    return wanted.replace("%25", "-").replace("%3F", "-")


TARGET = Target(
    system="hexo",
    label="Hexo",
    keys=KEYS,
    reader=READER,
    posts=PurePosixPath("source/_posts"),
    pages=PurePosixPath("source"),
    drafts=PurePosixPath("source/_drafts"),
    reads=EVERYTHING - {FOOTNOTES, DEFINITION_LISTS, LINKED_ESCAPES},
    static=PurePosixPath("source"),
    data=PurePosixPath("source/_data"),
    folder_pages=True,
    address=address,
    roots_pictures=True,
    bundle_file=lambda folder, name: folder / f"{name}.md",
    divider="<!-- more -->",
    tags=TAGS,
    settings=settings,
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
        Loss(
            "large numbers", "to JavaScript whole numbers beyond 2^53 are others; quotes make texts of them", kept=True
        ),
        Loss("category tree", "the names of all categories stay, not which is below which"),
        Loss("comments", "in source/_data/comments, for a template to show", kept=True),
        Loss("heading attributes", "classes of headings and blocks; an id is an anchor"),
        Loss("marked lines", "numbers and marks of lines in code"),
    ),
)
"""The table."""
