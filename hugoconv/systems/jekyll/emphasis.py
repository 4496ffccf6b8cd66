"""Signs that are text to CommonMark and emphasis to kramdown, and the tildes of which it is the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from hugoconv.edits import Edit

Span = tuple[int, int]

_RUN = re.compile(r"(?<!\\)(?P<mark>[*_])(?P=mark)*(?!(?P=mark))")
_LETTER = re.compile(r"[^\W\d_]-?\Z")
_BLANK = re.compile(r"\n[ \t>]*\r?\n")
_ENDS = {
    mark[-1]: re.compile(rf"(?<!\s){mark}{behind}|{_BLANK.pattern}")
    for mark, behind in ((r"\*", ""), ("_", r"(?![^\W_])"))
}
_LONE_TILDE = re.compile(r"(?<![\\~])~(?!~)")


def no_emphasis(text: str, shown: Iterable[Span]) -> Iterator[re.Match[str]]:
    """Yield the signs that are text to CommonMark, with which kramdown would begin emphasis.

    It does where one that ends it stands in the same paragraph, and always with more than two.
    """
    ends: dict[str, tuple[int, str]] = {}
    for run in (run for span in shown for run in _RUN.finditer(text, *span)):
        mark = run["mark"]
        if len(run[0]) > 2:
            yield run
            continue
        is_in_word = mark == "_" and _LETTER.search(text, max(run.start() - 2, 0), run.start())
        if is_in_word or text[run.end() : run.end() + 1].isspace():
            continue
        if ends.get(mark, (-1, ""))[0] <= run.end():
            end = _ENDS[mark].search(text, run.end() + 1)
            ends[mark] = (end.start(), end[0]) if end else (len(text), "")
        if ends[mark][1] == mark:
            yield run


def struck_in_words(text: str, shown: Iterable[Span]) -> Iterator[Edit]:
    """Yield the second tildes of those single ones with which Goldmark strikes through amid a word."""
    opened = -1
    for position in (tilde.start() for span in shown for tilde in _LONE_TILDE.finditer(text, *span)):
        before, after = text[max(position - 1, 0) : position], text[position + 1 : position + 2]
        if opened >= 0 and _BLANK.search(text, opened, position):
            opened = -1
        if opened >= 0 and _flanks(before, after):
            yield Edit(opened, opened, "~")
            yield Edit(position, position, "~")
            opened = -1
        elif opened < 0 and _flanks(after, before):
            opened = position


def _flanks(inner: str, outer: str) -> bool:
    """Whether a mark stands right at what is in it, by CommonMark's rules."""
    if not inner.strip():
        return False
    return inner.isalnum() or not outer.strip() or not outer.isalnum()
