"""Handlers for scripts that use python-frontmatter: front matter keeps its text, order and comments.

`frontmatter.load(path, handler=LosslessHandler())` gives a post whose unchanged keys are written back as they were.
What that library does before a handler sees the text cannot be undone here: it strips blank lines and spaces around
the whole text and the body, turns CRLF into LF when it opens a file, and drops the last line end. The keys `content`
and `handler` and keys that are not strings cannot be held by its `Post`. Use `hugoconv.load_post` for no loss at all.
"""

from __future__ import annotations

from typing import Any

import frontmatter
from frontmatter.default_handlers import BaseHandler

from hugoconv.errors import FrontMatterError
from hugoconv.frontmatter.conversion import fenced
from hugoconv.frontmatter.dialects import HUGO, Dialect
from hugoconv.frontmatter.document import FrontMatter


class LosslessHandler(BaseHandler):
    """Reads YAML, TOML, JSON and org front matter as `dialect` does, and writes back what was not changed as it was.

    One handler serves one post: it remembers the front matter that it read last.
    """

    def __init__(self, dialect: Dialect = HUGO) -> None:
        self.dialect = dialect
        self._front_matter = FrontMatter(dialect=dialect)

    def detect(self, text: str) -> bool:
        """Whether the text has front matter that the dialect's program would see."""
        try:
            return bool(self.dialect.split(text).syntax)
        except FrontMatterError:
            return False

    def split(self, text: str) -> tuple[str, str]:
        """Return the matter and the body; ValueError, which the library expects, when they cannot be told apart."""
        parts = self.dialect.split(text)
        if not parts.syntax:
            raise ValueError("no front matter")
        self._front_matter = FrontMatter(parts.matter, parts.syntax, dialect=self.dialect)
        return parts.matter, parts.body

    def load(self, fm: str) -> dict[str, Any]:
        """Return the values of the matter that `split` found."""
        return dict(self._front_matter)

    def export(self, metadata: dict[str, object], **options: object) -> str:
        """Return the matter with `metadata` as its values: keys that did not change keep their text and comments."""
        front_matter = self._front_matter.copy()
        if not front_matter.syntax:
            front_matter = FrontMatter("", "yaml", dialect=self.dialect)
        for key in list(front_matter):
            if key not in metadata:
                front_matter.delete(key)
        for key, value in metadata.items():
            front_matter.set(key, value)
        return front_matter.matter

    def format(self, post: frontmatter.Post, **options: object) -> str:
        """Return the whole text: fences, matter, and the body right after them, as the library keeps it."""
        matter = self.export(post.metadata, **options)
        return fenced(matter, self._front_matter.syntax or "yaml") + "\n" + post.content
