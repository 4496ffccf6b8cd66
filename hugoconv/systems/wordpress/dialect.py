"""The WordPress dialect: blocks and shortcodes in a body, with spans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from hugoconv.markup.constructs import Construct
from hugoconv.markup.markdown import MarkdownReference, html_references
from hugoconv.systems.wordpress.bodies import blocks, shortcodes
from hugoconv.systems.wordpress.bodies.code_tags import code_tags


@dataclass(frozen=True)
class WordPressDialect:
    """How WordPress writes constructs into HTML: blocks as comments, shortcodes in brackets."""

    name: ClassVar[str] = "wordpress"
    markup: ClassVar[str] = "html"

    def scan(self, text: str) -> list[Construct]:
        """Return the constructs of a body in order: blocks of kind "block", shortcodes of kind "shortcode"."""
        found = blocks.constructs(text) + [each for each in shortcodes.scan(text) if each.kind == "shortcode"]
        return sorted(found, key=lambda construct: (construct.start, -construct.end))

    def references(self, text: str) -> list[MarkdownReference]:
        """Return the addresses in the attributes of a body's HTML, in written order; those in code are text."""
        code = [(tag.start, tag.end) for tag in code_tags(text)]
        code += [(each.inner_start, each.inner_end) for each in shortcodes.scan(text) if shortcodes.is_code(each.name)]
        return html_references(text, [span for span in code if span[0] >= 0])


WORDPRESS = WordPressDialect()
