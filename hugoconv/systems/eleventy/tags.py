"""Eleventy's tags in Markdown: Liquid or Nunjucks, run in code too, unless the post or the configuration forbids it.

Eleventy has no tags of its own; its own plug-ins bring code and pictures, all others are the site's.
"""

from __future__ import annotations

import re

from hugoconv.markup.constructs import Highlight, Neutral
from hugoconv.systems.markdown_site import shown
from hugoconv.systems.markdown_site.tags import Call, Rule, TagLanguage, braces

_ADDRESS = re.compile(r"""["']([^"']*)["'](?:\s*\|\s*(?:url|safe))*""")


def _highlight(call: Call) -> Neutral | None:
    """Code, by the plug-in for it: its language, then the lines to mark."""
    words = " ".join(call.words).split()
    if not call.closes:
        return None
    lines = [number for word in words[1:] for number in word.split(",")]
    return Highlight(call.source.strip("\r\n"), words[0] if words else "", shown.lines_of(lines))


def _image(call: Call) -> Neutral | str | None:
    """A picture, by the plug-in for them: its file and its words."""
    words = [word.rstrip(",") for word in call.words]
    return shown.picture(call.file(words[0]), alt=words[1] if len(words) > 1 else "") if words and words[0] else None


def _output(call: Call, expression: str) -> str | None:
    """A value of the post's front matter, or an address in quotes."""
    address = _ADDRESS.fullmatch(expression)
    return call.file(address[1]) if address else call.value(expression)


RULES: dict[str, Rule] = {"highlight": _highlight, "image": _image, "comment": lambda call: ""}

TAGS = TagLanguage(
    scan=braces,
    rules=RULES,
    output=_output,
    in_code=True,
    is_run=lambda front_matter: front_matter.get("templateEngineOverride") != "md",
)
"""The language."""
