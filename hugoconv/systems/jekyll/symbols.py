"""Plain YAML scalars that begin with a colon, in quotes.

Some of Jekyll's packages read YAML with Ruby's own library, which takes `:word` for a symbol and stops at it; SafeYAML
reads the text. In quotes it is the same text to both.
"""

from __future__ import annotations

import re

from hugoconv.edits import Edit, apply
from hugoconv.frontmatter.yaml import writer
from hugoconv.frontmatter.yaml.nodes import compose

_CANDIDATE = re.compile(r"(?:^|[\s\[{,]):[^\s:]", re.MULTILINE)


def with_symbols_quoted(text: str) -> str:
    """Return a YAML text in which no plain scalar begins with a colon; FrontMatterError when it is not valid YAML."""
    root = compose(text) if _CANDIDATE.search(text) else None
    if root is None:
        return text
    symbols = (node for node in root.walk() if node.kind == "scalar" and not node.style and node.text.startswith(":"))
    return apply(
        text,
        [
            Edit(node.start, node.end, writer.double_quoted(node.text))
            for node in symbols
            if text[node.start : node.start + 1] == ":"
        ],
    )
