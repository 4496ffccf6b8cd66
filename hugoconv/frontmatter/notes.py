"""Which comment and which blank line belongs to which key or list item, whatever the syntax.

A comment on its own line belongs to what follows it; one at the end of a line to what that line is about. What stands
before a closing bracket ends the list or map in that bracket.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from hugoconv.frontmatter.syntax import KeyPath, Note, Notes

_BLANK_LINE = re.compile(r"^[ \t]*\r?\n", re.MULTILINE)


@dataclass(slots=True)
class Slot:
    """A key or list item in the text: where it starts, where its value ends, whether that is in brackets.

    `headed` says that a blank line before it is the syntax's habit (a table's header) and tells nothing.
    """

    path: KeyPath
    start: int
    end: int
    bracketed: bool = False
    headed: bool = False


@dataclass(slots=True)
class _Draft:
    above: list[str | None] = field(default_factory=list)
    beside: str | None = None
    after: list[str | None] = field(default_factory=list)


def attached(text: str, slots: Sequence[Slot], comments: Iterable[int], texts: Iterable[tuple[int, int]]) -> Notes:
    """Return the notes of a matter.

    `slots` are in the text's order; `comments` says where each comment starts, `texts` which spans are scalars.
    """
    drafts: dict[KeyPath, _Draft] = {slot.path: _Draft() for slot in slots}
    drafts.setdefault((), _Draft())
    starts = [slot.start for slot in slots]
    by_path = {slot.path: slot for slot in slots}
    for position, line, own_line in _trivia(text, comments, texts):
        following = bisect_left(starts, position)
        current = slots[following - 1] if following else None
        if not own_line and current is not None:
            _put_beside(drafts, by_path, current, position, line)
            continue
        unclosed = _unclosed(by_path, current, position)
        inside = following < len(slots) and (unclosed is None or slots[following].start < unclosed.end)
        if inside:
            drafts[slots[following].path].above.append(line)
        else:
            drafts[unclosed.path if unclosed else ()].after.append(line)
    for slot in slots:
        if slot.headed and drafts[slot.path].above[:1] == [None]:
            del drafts[slot.path].above[0]
    return {
        path: Note(tuple(draft.above), draft.beside, tuple(draft.after))
        for path, draft in drafts.items()
        if draft.above or draft.after or draft.beside is not None
    }


def _trivia(
    text: str, comments: Iterable[int], texts: Iterable[tuple[int, int]]
) -> Iterable[tuple[int, str | None, bool]]:
    """Yield (position, comment or None for a blank line, whether it has its line to itself), in the text's order."""
    found: list[tuple[int, str | None, bool]] = []
    for start in comments:
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else len(text)]
        found.append(
            (
                start,
                line.strip(" \t\r").removeprefix("#").removeprefix(" "),
                not text[text.rfind("\n", 0, start) + 1 : start].strip(),
            )
        )
    inner = [(start, end) for start, end in texts if text.find("\n", start, end) >= 0]
    found += ((match.start(), None, True) for match in _BLANK_LINE.finditer(text) if not _covered(match.start(), inner))
    return sorted(found, key=lambda item: item[0])


def _covered(position: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < position < end for start, end in spans)


def _unclosed(by_path: dict[KeyPath, Slot], current: Slot | None, position: int) -> Slot | None:
    """Return the innermost slot whose brackets are still open at `position`."""
    path = current.path if current is not None else ()
    while path:
        slot = by_path.get(path)
        if slot is not None and slot.bracketed and position < slot.end:
            return slot
        path = path[:-1]
    return None


def _put_beside(
    drafts: dict[KeyPath, _Draft], by_path: dict[KeyPath, Slot], current: Slot, position: int, line: str | None
) -> None:
    path = current.path
    while (parent := by_path.get(path[:-1])) is not None and parent.bracketed and parent.end <= position:
        path = parent.path
    draft = drafts[path]
    if draft.beside is None:
        draft.beside = line
    else:
        draft.after.append(line)
