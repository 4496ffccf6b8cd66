"""What no target has a counterpart for: kept in the text where its readers do not see it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from hugoconv.markup import plain_html

_IN_A_TAG = re.compile(r"<[A-Za-z][^<>]*\Z|\]\([^()\s]*\Z|^\[[^\]\n]+\]:[^\n]*\Z", re.MULTILINE)
"""What stands before a place where no comment may stand: in an element's tag, in a link's destination."""
_WINDOW = 2000


def hidden(text: str, start: int, end: int, code: Sequence[tuple[int, int]], *, is_markdown: bool) -> str:
    """Return a span of a text as a comment; nothing in code (`code` has its spans), tags and links' destinations."""
    index = bisect_right(code, start, key=lambda region: region[0]) - 1
    if index >= 0 and start < code[index][1]:
        return ""
    if _IN_A_TAG.search(text[max(0, start - _WINDOW) : start].rpartition("\n\n")[2]):
        return ""
    at_line_start = is_markdown and not text[text.rfind("\n", 0, start) + 1 : start].strip()
    comment = plain_html.comment(text[start:end], at_line_start=at_line_start)
    followed = text[end : end + 1] not in ("", "\n", "\r")
    return f"{comment}\n" if at_line_start and followed else comment
