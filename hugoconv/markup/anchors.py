"""The anchors of a page: what a link may say after its `#`.

Generators make an id of each heading's words, each by rules of its own (punctuation, accents, emoji, counting of equal
ones). Two ids are taken for the same when their letters and digits are, so that a link is only called broken when no
heading of the page can be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from hugoconv.markup import markdown

_HTML_ANCHOR = re.compile(r"""<[A-Za-z][^<>]*?\s(?:id|name)\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>=]+))""")
_HTML_HEADING = re.compile(r"<h[1-6][^<>]*>((?:(?!</h[1-6]).){0,2000}+)</h[1-6]", re.IGNORECASE | re.DOTALL)
_ATTRIBUTE_LIST = re.compile(r"\{:?[^{}\n]*?#([^\s{}.#\"']+)[^{}\n]*\}")
_MADE_BY_PROGRAMS = re.compile(r"(?:fn|fnref|footnote|note|ref|cite)[:_\-\d]|top\Z|comment|respond|more-\d")
_COUNTED = re.compile(r"\d+\Z")
_TAG = re.compile(r"<[^<>]*>")
_NOT_COMPARED = re.compile(r"[\W_]+")


def anchors(text: str, markup: str, opaque: Iterable[tuple[int, int]] = ()) -> frozenset[str]:
    """Return the anchors of a body, each as `comparable` gives it."""
    found = set(_written(text))
    if markup == "markdown":
        for heading in markdown.headings(text, opaque):
            found |= {heading.id, heading.text}
    return frozenset(filter(None, map(comparable, found)))


def leads_to(anchor: str, known: frozenset[str]) -> bool:
    """Whether a link with this anchor may lead to one of the known ones; those that programs make always do."""
    if not anchor or _MADE_BY_PROGRAMS.match(anchor):
        return True
    wanted = comparable(anchor)
    return not wanted or wanted in known or _COUNTED.sub("", wanted) in known


def comparable(anchor: str) -> str:
    """Return the letters and digits of an anchor or of a heading's words."""
    return _NOT_COMPARED.sub("", _TAG.sub("", anchor)).casefold()


def _written(text: str) -> Iterator[str]:
    for match in _HTML_ANCHOR.finditer(text):
        yield match[1] or match[2] or match[3] or ""
    for match in _HTML_HEADING.finditer(text):
        yield match[1]
    for match in _ATTRIBUTE_LIST.finditer(text):
        yield match[1]
