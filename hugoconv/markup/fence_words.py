"""The words behind a fence. Hugo reads braces there as attributes, and does not build a site where they are none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from hugoconv.edits import Edit, apply
from hugoconv.markup import markdown

_BRACES = re.compile(r"^[^\n]*(?:`{3}|~{3})[^\n]*\{", re.MULTILINE)
_FENCE = re.compile(r"(?:`{3,}|~{3,})[ \t]*(?P<words>[^\n]*)")
_VALUE = r'"[^"{}\\\n]*"|-?\d+(?:\.\d+)?(?=[\s,}])|(?!null\b)[A-Za-z_][\w.-]*|\[[^\[\]{}\n]*\]'
_ATTRIBUTE = rf"[.#][\w-]+|[A-Za-z_][\w:.-]*\s*=\s*(?:{_VALUE})"
_ATTRIBUTES = re.compile(rf"\{{\s*(?:{_ATTRIBUTE})(?:[\s,]+(?:{_ATTRIBUTE}))*\s*\}}|\{{\}}", re.ASCII)
_LINES = re.compile(r"\{\s*(?P<lines>\d+(?:-\d+)?(?:\s*,\s*\d+(?:-\d+)?)*)\s*\}")
_LANGUAGE = re.compile(r"\{(?P<language>[A-Za-z][\w.+#-]*)[ \t,]*(?P<options>[^{}\n]*)\}?[ \t]*")

Lines = Callable[[list[str]], str]
"""Writes the numbers of lines that stand out, such as "1" and "3-5"."""


def without_false_attributes(text: str, write_lines: Lines | None = None) -> str:
    """Return Markdown with nothing in braces behind a fence but attributes; no word is lost.

    The language in ```` ```{r, echo=FALSE} ```` comes out of its braces. `write_lines` writes the lines that
    ```` ```js {1,3-5} ```` names; without it such braces are text, as all others are.
    """
    if "{" not in text or ("```" not in text and "~~~" not in text) or not _BRACES.search(text):
        return text
    return apply(text, list(_edits(text, write_lines)))


def highlighted(lines: list[str]) -> str:
    """Return the attribute by which Hugo makes lines stand out."""
    written = ", ".join(line if line.isdigit() else f'"{line}"' for line in lines)
    return f"{{hl_lines=[{written}]}}"


def _edits(text: str, write_lines: Lines | None) -> Iterator[Edit]:
    for event, start, _ in markdown.events(text):
        match event:
            case {"Start": {"CodeBlock": {"Fenced": _}}} if fence := _FENCE.match(text, start):
                written = fence["words"]
                words = _words(written, write_lines)
                if words != written:
                    yield Edit(*fence.span("words"), words)


def _words(written: str, write_lines: Lines | None) -> str:
    language, brace, _ = written.partition("{")
    braces = written[len(language) :]
    if not brace or _ATTRIBUTES.match(braces):
        return written
    language = language.rstrip()
    if write_lines is not None and (lines := _LINES.match(braces)):
        said, rest = write_lines(re.split(r"\s*,\s*", lines["lines"])), braces[lines.end() :].strip()
        return " ".join(part for part in (language or "text", said, _as_text(rest)) if part)
    if not language and (named := _LANGUAGE.match(braces)):
        rest = " ".join(part for part in (named["options"].strip(), braces[named.end() :].strip()) if part)
        return f"{named['language']} {_as_text(rest)}".rstrip()
    return f"{language} {_as_text(braces)}".lstrip()


def _as_text(words: str) -> str:
    return words.replace("{", "&#123;")
