"""Code in HTML: its text, its language, and how it stands in Markdown that Hugo reads."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from bs4.element import NavigableString, PreformattedString, Tag

from hugoconv.markup.html_raw import inert as inert_html
from hugoconv.markup.html_tree import first
from hugoconv.markup.markdown_text import BRACES

HIGHLIGHTERS_OWN: Final = frozenset({"code", "span", "br", "wbr", "div", "ol", "li", "font"})
"""Elements that a highlighter leaves in code; all others say something that a fence cannot."""

_LANGUAGE_ATTRIBUTES = ("data-enlighter-language", "data-language", "data-lang", "language", "lang")
_LANGUAGE_CLASSES = (
    re.compile(r"(?:^|\s)(?:language|lang)-([\w+#.-]+)"),
    re.compile(r"(?:^|\s|;)brush:\s*([\w+#.-]+)"),
    re.compile(r"(?:^|\s)lang:([\w+#.-]+)"),
    re.compile(r"(?:^|\s)(?:highlight-source|prettyprint lang|sourceCode)[- ]([\w+#.-]+)"),
)
_NO_LANGUAGE = frozenset({"", "none", "generic", "default", "raw", "text-plain", "plaintext", "en", "en-us", "en-gb"})
_LANGUAGE = re.compile(r"[\w+#.-]+\Z")
_BACKTICKS = re.compile(r"`+")
_DELIMITER = re.compile(r"\{\{([<%])")
_CLOSING = {"<": ">}}", "%": "%}}"}
_LINE_ENDS = re.compile(r"\r\n?")


def text_of(element: Tag) -> str:
    """Return the text of an element as code: line breaks as newlines, white space as it is."""
    pieces = []
    for node in element.descendants:
        if isinstance(node, NavigableString):
            if not isinstance(node, PreformattedString):
                pieces.append(str(node))
        elif isinstance(node, Tag) and node.name == "br":
            pieces.append("\n")
    return _LINE_ENDS.sub("\n", "".join(pieces))


def language_of(element: Tag) -> str:
    """Return the language that a `<pre>`, or the `<code>` in it, names by class or attribute; "" for none."""
    inner = first(element, "code")
    for candidate in (element, inner):
        if candidate is not None:
            classes = " ".join(candidate.get_attribute_list("class")) if candidate.get("class") else ""
            named = [str(candidate.get(name, "")) for name in _LANGUAGE_ATTRIBUTES]
            named += [match[1] for pattern in _LANGUAGE_CLASSES if (match := pattern.search(classes))]
            for language in named:
                if language.lower() not in _NO_LANGUAGE and _LANGUAGE.match(language):
                    return language.lower()
    return ""


def fence(code: str, language: str = "") -> str:
    """Return code as a fenced block; as `<pre>` where a fence cannot keep Hugo from reading the code."""
    code = code.removeprefix("\n").rstrip("\n")
    shown = inert(code)
    if shown is None:
        attribute = f' class="language-{language}"' if language else ""
        return f"<pre><code{attribute}>{inert_html(escape(code, quote=False))}</code></pre>"
    ticks = "`" * max(3, 1 + longest_run(code))
    return f"{ticks}{language}\n{shown}\n{ticks}" if shown else f"{ticks}{language}\n{ticks}"


def span(code: str) -> str:
    """Return code as a code span of Markdown."""
    code = " ".join(code.split("\n"))
    shown = inert(code)
    if shown is None:
        return f"<code>{inert_html(_all_entities(code))}</code>"
    ticks = "`" * _unused_run(code)
    padding = " " if shown.startswith(("`", " ")) or shown.endswith(("`", " ")) else ""
    return f"{ticks}{padding}{shown}{padding}{ticks}"


def inert(code: str) -> str | None:
    """Return code that Hugo shows as it is, its shortcodes put into comments; None when one is not closed."""
    if "<!--more-->" in code:
        return None
    pieces = []
    position = 0
    while match := _DELIMITER.search(code, position):
        end = code.find(_CLOSING[match[1]], match.end())
        if end < 0:
            return None
        inner = code[match.end() : end].replace("{{", BRACES)
        pieces.append(f"{code[position : match.start()]}{BRACES}{match[1]}/*{inner}*/{_CLOSING[match[1]]}")
        position = end + 3
    return "".join(pieces) + code[position:]


def longest_run(code: str) -> int:
    """Return the length of the longest run of backticks."""
    return max((len(run) for run in _BACKTICKS.findall(code)), default=0)


def _unused_run(code: str) -> int:
    lengths = {len(run) for run in _BACKTICKS.findall(code)}
    return next(length for length in range(1, len(lengths) + 2) if length not in lengths)


def _all_entities(code: str) -> str:
    return re.sub(r"[\\`*_~\[\]]", lambda match: f"&#{ord(match[0])};", escape(code, quote=False))
