"""What is true of Astro, as the real `astro build` shows it (5.x)."""

from __future__ import annotations

from pathlib import PurePosixPath

from hugoconv.frontmatter.dates import parse_ruby
from hugoconv.frontmatter.dialects import Dialect
from hugoconv.frontmatter.fences import split_markdown
from hugoconv.frontmatter.yaml.scalars import JS_YAML
from hugoconv.systems.astro.configuration import settings
from hugoconv.systems.astro.keys import KEYS
from hugoconv.systems.losses import Loss
from hugoconv.systems.markdown_site.from_commonmark import DEFINITION_LISTS, EVERYTHING, LINKED_ESCAPES
from hugoconv.systems.markdown_site.target import Scaffold, Target


def address(wanted: str) -> str:
    """Return the address without `#` and `?`, which Astro would encode in the name of the file."""
    return wanted.replace("%23", "-").replace("%3F", "-")


TARGET = Target(
    system="astro",
    settings=settings,
    label="Astro",
    keys=KEYS,
    reader=Dialect("astro", split_markdown, JS_YAML, parse_ruby),
    posts=PurePosixPath("src/content/blog"),
    pages=PurePosixPath("src/content/pages"),
    drafts=PurePosixPath("src/drafts"),
    reads=EVERYTHING - {DEFINITION_LISTS, LINKED_ESCAPES},
    static=PurePosixPath("public"),
    data=PurePosixPath("src/data"),
    by_year=True,
    links="beside",
    address=address,
    also_static=True,
    scaffold=Scaffold(
        "hugoconv.systems.astro",
        PurePosixPath("src/site.json"),
        {
            "package.json": "package.json",
            "tsconfig.json": "tsconfig.json",
            "astro.config.mjs": "astro.config.mjs",
            "content.config.ts": "src/content.config.ts",
            "pages.ts": "src/pages.ts",
            "page.astro": "src/components/Page.astro",
            "file.astro": "src/pages/[...path].astro",
            "folder.astro": "src/pages/[...path]/index.astro",
            "feeds.ts": "src/pages/[...feed].ts",
        },
    ),
    shown_by="npm install && npx astro dev",
    marks=("astro.config.*", "src/content.config.*", "src/content/config.*"),
    left_out=frozenset({"dist", ".astro"}),
    losses=(
        Loss("weight", "lists are in the order of their dates unless a template asks for it", kept=True),
        Loss("publish_date", "drafts are not published by themselves when the day comes", kept=True),
        Loss("expiry_date", "pages are not taken away by themselves when the day comes", kept=True),
        Loss("translation_key", "for templates that link translations", kept=True),
        Loss("layout", "templates choose by the collection, not by a key", kept=True),
        Loss(
            "large numbers", "to JavaScript whole numbers beyond 2^53 are others; quotes make texts of them", kept=True
        ),
        Loss("category tree", "the names of all categories stay, not which is below which"),
        Loss("comments", "in src/data/comments, for a template to show", kept=True),
        Loss("heading attributes", "classes of headings and blocks; an id is an anchor"),
        Loss("marked lines", "numbers and marks of lines in code"),
    ),
)
"""The table."""
