"""Code between tags that name its language (`<pre lang="php">`), as the plug-ins WP-Syntax and CodeColorer read it.

They take what is between the tags before WordPress does anything with it, so it is neither HTML nor shortcodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import Final, NamedTuple

from hugoconv.systems.wordpress.bodies.shortcodes import is_code
from hugoconv.systems.wordpress.bodies.shortcodes_to_html import code_block

_OPENING = re.compile(
    r"<(?P<name>pre|code)(?=\s)[^<>]*?\slang=(?P<quote>[\"']?)(?P<language>[\w+#.-]+)(?P=quote)[^<>]*>", re.IGNORECASE
)
_CLOSINGS: Final = {name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("pre", "code")}
_AROUND_SHORTCODE = re.compile(r"<(?P<name>pre|code)\b[^<>]*>\s*(?=\[(?P<shortcode>[A-Za-z]\w*)[\s\]])")
_OF_PEOPLE: Final = frozenset("de el en es fi fr it ja ko la nl pt ru sv tr uk zh".split())  # noqa: SIM905
"""Languages that a `lang` may name as HTML has it; none of them is also the name of a programming language."""


class CodeTag(NamedTuple):
    """Code between tags, and where they stand."""

    start: int
    end: int
    name: str
    language: str
    code: str


def code_tags(text: str) -> Iterator[CodeTag]:
    """Yield the code of a body that stands between tags with its language."""
    position = 0
    unclosed: set[str] = set()
    for tag in _OPENING.finditer(text):
        name, language = tag["name"].lower(), tag["language"].lower()
        if tag.start() < position or name in unclosed or language.partition("-")[0] in _OF_PEOPLE:
            continue
        closing = _CLOSINGS[name].search(text, tag.end())
        if closing is None:
            unclosed.add(name)
            continue
        position = closing.end()
        yield CodeTag(tag.start(), position, name, language, text[tag.end() : closing.start()])


def code_tags_as_html(text: str) -> str:
    """Return a body in which such code is escaped, and a shortcode of code has no `<pre>` around it any more."""
    pieces = []
    position = 0
    for tag in code_tags(text):
        pieces += [text[position : tag.start], _html(tag)]
        position = tag.end
    return _without_tags_around_shortcodes("".join(pieces) + text[position:])


def _html(tag: CodeTag) -> str:
    """Return the code as it is written, or as it was before somebody escaped it: then it has no `<` or `>`."""
    code = tag.code if "<" in tag.code or ">" in tag.code else unescape(tag.code)
    if tag.name == "code" and "\n" not in code.strip():
        return f"<code>{escape(code, quote=False)}</code>"
    return code_block(code.strip("\n"), tag.language)


def _without_tags_around_shortcodes(text: str) -> str:
    pieces = []
    position = 0
    for opening in _AROUND_SHORTCODE.finditer(text):
        name, shortcode = opening["name"], opening["shortcode"]
        if opening.start() < position or not is_code(shortcode):
            continue
        closing = text.find(f"[/{shortcode}]", opening.end())
        after = re.compile(rf"\[/{shortcode}\]\s*</{name}\s*>").match(text, closing) if closing >= 0 else None
        if after:
            pieces += [text[position : opening.start()], text[opening.end() : closing], f"[/{shortcode}]"]
            position = after.end()
    return "".join(pieces) + text[position:]
