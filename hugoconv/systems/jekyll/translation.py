"""A post's body for another system: what the Liquid in it refers to, bound to the site it comes from."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from copy import copy
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from hugoconv.markup.constructs import TargetDialect
from hugoconv.model import Post
from hugoconv.report.findings import PlacedFindings
from hugoconv.systems.jekyll import template_calls
from hugoconv.systems.jekyll.attribute_rules import TABLE_OF_CONTENTS
from hugoconv.systems.jekyll.config import JekyllConfig
from hugoconv.systems.jekyll.conversion import JekyllBodyContext, Run
from hugoconv.systems.jekyll.keys import ROWS, TAXONOMIES
from hugoconv.systems.jekyll.liquid_to_hugo import to_hugo_body
from hugoconv.systems.jekyll.tag_rules import GIST

_TABLE_OF_CONTENTS = re.compile(r"\{:[^{}\n]*\btoc\b[^{}\n]*\}")
_GIST = re.compile(r"\{%-?\s*gist\s")
_KEYS = {key for row in (*ROWS.values(), *TAXONOMIES.values()) for key in row.keys}
"""The keys that may be called otherwise in the new page, so that a body cannot name them."""


@dataclass(frozen=True)
class Translation:
    """A body's translation, with the site's values, the page's own, and the posts by the names that tags call them."""

    site: Mapping[str, Any]
    page: Mapping[str, Any]
    names: Mapping[str, str]
    files: Collection[str] = field(repr=False)
    """The addresses of the files that are not pages."""
    excerpt_separator: str
    markup: str
    templates: frozenset[str]
    """See `JekyllBodyContext`."""
    programs: Callable[[], Run] = field(repr=False, compare=False)

    def __call__(self, text: str, target: TargetDialect, link: Callable[[str], str], log: PlacedFindings) -> str:
        """See `model.Translate`."""

        def address_of(path: str) -> str | None:
            source = "/" + path.lstrip("/")
            new = link(source)
            return new if new != source or source in self.files else None

        def post_url(name: str) -> str | None:
            path = self.names.get(name.lstrip("/"))
            return address_of(path) if path else None

        context = JekyllBodyContext(
            target=target,
            site=self.site,
            page=self.page,
            parameters=frozenset(key for key, value in self.page.items() if value is not None) - _KEYS,
            post_url=post_url,
            link=address_of,
            excerpt_separator=self.excerpt_separator,
            liquid=self.page.get("render_with_liquid") is not False,
            markup=self.markup,
            templates=self.templates,
            programs=self.programs,
        )
        return to_hugo_body(text, context, log)

    def template_calls(self, text: str) -> Mapping[str, bool]:
        """See `model.Translate`."""
        calls = {TABLE_OF_CONTENTS: _TABLE_OF_CONTENTS, GIST: _GIST}
        own = {name: False for name, pattern in calls.items() if pattern.search(text)}
        return {**own, **template_calls.names_in(text, self.templates)}


def translation(
    post: Post,
    config: JekyllConfig,
    names: Mapping[str, str],
    files: Collection[str],
    templates: frozenset[str],
    programs: Callable[[Post], Run],
    is_markdown: bool,
) -> Translation:
    """Return the translation of a post's body.

    `names` are the source files of the posts by name, `files` the addresses of the files that are not pages,
    `templates` those that are still as hugoconv wrote them.
    """
    separator = str(post.front_matter.get("excerpt_separator") or config.excerpt_separator)
    return Translation(
        site=config.values,
        page=post.front_matter.as_dict(),
        names=names,
        files=files,
        excerpt_separator=separator,
        markup="markdown" if is_markdown else "html",
        templates=templates,
        programs=partial(programs, copy(post)),  # which has no translation: a ring would wait for the garbage collector
    )
