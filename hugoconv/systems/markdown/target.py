"""What is true of a folder of plain Markdown."""

from __future__ import annotations

from pathlib import PurePosixPath

from hugoconv.frontmatter.dates import parse_ruby
from hugoconv.frontmatter.dialects import Dialect
from hugoconv.frontmatter.fences import split_markdown
from hugoconv.frontmatter.yaml.scalars import JS_YAML
from hugoconv.systems.losses import Loss
from hugoconv.systems.markdown.keys import KEYS
from hugoconv.systems.markdown_site.target import Target

TARGET = Target(
    system="markdown",
    label="plain Markdown",
    keys=KEYS,
    reader=Dialect("markdown", split_markdown, JS_YAML, parse_ruby),
    posts=PurePosixPath(),
    pages=PurePosixPath(),
    static=PurePosixPath("assets"),
    data=PurePosixPath("_data"),
    original=PurePosixPath("_original"),
    colocates=False,
    links="file",
    redirects="none",
    titled_by_name=True,
    marks=(".obsidian",),
    left_out=frozenset({".obsidian", ".trash"}),
    losses=(
        Loss("tags with blanks", "a hyphen stands for each blank, as tags have none"),
        Loss("layout", "there are no templates", kept=True),
        Loss("category tree", "the names of all categories stay, not which is below which"),
        Loss("comments", "in _data/comments, which no editor shows", kept=True),
        Loss("heading attributes", "classes of headings and blocks; an id is an anchor"),
        Loss("marked lines", "numbers and marks of lines in code"),
    ),
)
"""The table."""
