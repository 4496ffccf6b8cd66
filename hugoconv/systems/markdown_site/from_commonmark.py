"""CommonMark with GFM's and Goldmark's extensions, edited only where a target's Markdown would show something else.

Each difference was seen with the real generators. What a target does not read is written as HTML around Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hugoconv.edits import Edit, apply
from hugoconv.markup import markdown

INDENTED_CODE = "indented code"
FOOTNOTES = "footnotes"
DEFINITION_LISTS = "definition lists"
TASK_LISTS = "task lists"
STRIKETHROUGH = "strikethrough"
BLOCKS = "blocks of CommonMark"
"""Lists whose items hold what stands as far in as their words, and Markdown between two blocks of HTML."""
ESCAPES = "escapes of every sign"
"""A backslash before any sign of ASCII, so that it is text."""
LINKED_ESCAPES = "escapes in bare addresses"
"""The same where an address without brackets becomes a link, of which the backslash would be a part."""
BARE_ADDRESSES = "bare addresses"
"""An address without brackets is a link."""
EVERYTHING = frozenset(
    {INDENTED_CODE, FOOTNOTES, DEFINITION_LISTS, TASK_LISTS, STRIKETHROUGH, BLOCKS, ESCAPES, LINKED_ESCAPES}
    | {BARE_ADDRESSES}
)
"""What the Markdown of a system may read beyond the plainest."""

Span = tuple[int, int]
_BARE_ADDRESS = re.compile(r"(?:https?://|ftp://|www\.)(?:[^\s<\\]|\\[^\s<])+", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_RARE_ESCAPE = re.compile(r"""\\(?:[\\`*_{}\[\]()>#+.!-]|(["$%&',/:;<=?@^|~]))""")
"""An escaped sign; the group is one that Python-Markdown does not know as such."""
_NOTE = re.compile(r"[ ]{0,3}\[\^[^\]\n]+\]:[ \t]*")
_DEFINITION = re.compile(r"[ ]{0,3}:[ \t]*")
_MARKER = re.compile(r"(?:[-+*]|\d{1,9}[.)])(?:[ ]{1,4}(?![ \t])|[ \t]|$)", re.MULTILINE)
_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>")
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


def adapted(text: str, reads: frozenset[str]) -> str:
    """Return a body so that a Markdown that `reads` these renders the same; never raises."""
    if FOOTNOTES not in reads and "[^" in text:
        text = _with_notes(text)
    if DEFINITION_LISTS not in reads and re.search(r"^[ \t]*:[ \t]", text, re.MULTILINE):
        text = _with_definitions(text)
    edits = list(_in_lines(text, reads))
    if "\\" in text:
        edits += _escapes(text, reads)
    if BLOCKS not in reads:
        edits += [*_told(text), *_lists(text)]
    return apply(text, _apart(edits))


def _escapes(text: str, reads: frozenset[str]) -> Iterator[Edit]:
    """Write escaped signs otherwise where a backslash would be shown, and what follows it be markup."""
    inert = [*markdown.code_regions(text), *((each.start, each.end) for each in markdown.references(text))]

    def found(pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        for match in pattern.finditer(text):
            if not any(start <= match.start() < end for start, end in inert):
                yield match

    for escape in found(_RARE_ESCAPE) if ESCAPES not in reads else ():
        if escape[1]:
            yield Edit(escape.start(), escape.end(), f"&#{ord(escape[1])};")
    for address in found(_BARE_ADDRESS) if LINKED_ESCAPES not in reads else ():
        for escape in _ESCAPE.finditer(text, *address.span()):
            yield Edit(escape.start(), escape.end(), escape[1])  # nothing is markup in a link of this kind
        if text.startswith("\\<", address.end()):
            yield Edit(address.end(), address.end() + 2, "<!-- -->&lt;")  # what ends the link, and is not seen


def fenced(code: str, language: str = "") -> str:
    """Return code as a fence that no line of it ends."""
    code = code if not code or code.endswith("\n") else f"{code}\n"
    ticks = "`" * (max((len(run) for run in re.findall(r"`{3,}", code)), default=2) + 1)
    return f"{ticks}{language}\n{code}{ticks}"


def _apart(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yield the edits that do not touch one before them."""
    position = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if edit.start >= position:
            yield edit
            position = edit.end


def _line_before(text: str, position: int) -> str:
    """Return what stands before a position on its line."""
    return text[text.rfind("\n", 0, position) + 1 : position]


def _blank(before: str) -> str:
    """Return what stands before further lines of a block whose first line begins so."""
    return re.sub(r"[^>\s]", " ", before)


# Footnotes ------------------------------------------------------------------------------------------------------------


def _with_notes(text: str) -> str:
    """Write footnotes as a list at the end."""
    cited: list[tuple[str, int, int]] = []
    notes: dict[str, Span] = {}
    for event, start, end in markdown.events(text):
        match event:
            case {"FootnoteReference": label}:
                cited.append((label, start, end))
            case {"Start": {"FootnoteDefinition": label}} if not _line_before(text, start).strip():
                notes.setdefault(label, (start, end))
    numbers: dict[str, int] = {}
    references: list[Edit] = []
    for label, start, end in cited:
        if label not in notes:
            continue
        is_first = label not in numbers
        number = numbers.setdefault(label, len(numbers) + 1)
        own = f' id="fnref-{number}"' if is_first else ""
        references.append(Edit(start, end, f'<sup{own}><a href="#fn-{number}">{number}</a></sup>'))
    items = []
    for label in numbers:
        start, end = notes[label]
        body = _NOTE.sub("", _edited(text, start, end, references), count=1)
        items.append(f'<li id="fn-{numbers[label]}">\n\n{_further_out(body, 4).strip()}\n\n</li>\n')
    spans = list(notes.values())
    edits = [Edit(start, end, "") for start, end in spans]
    edits += [each for each in references if not any(start <= each.start < end for start, end in spans)]
    section = f'\n\n<section class="footnotes">\n<ol>\n{"".join(items)}</ol>\n</section>\n' if items else ""
    return apply(text, edits).rstrip() + section if section else apply(text, edits)


def _edited(text: str, start: int, end: int, edits: Sequence[Edit]) -> str:
    """Return a part of a text with the edits that are in it."""
    inside = [each for each in edits if start <= each.start and each.end <= end]
    return apply(text[start:end], [Edit(each.start - start, each.end - start, each.text) for each in inside])


def _further_out(text: str, columns: int) -> str:
    """Return a text whose further lines begin so many columns further out."""
    first, *others = text.split("\n")
    return "\n".join([first, *(re.sub(rf"\A(?:\t|[ ]{{1,{columns}}})", "", line) for line in others)])


# Definition lists -----------------------------------------------------------------------------------------------------


def _with_definitions(text: str) -> str:
    """Write definition lists as HTML whose terms and definitions are Markdown.

    The reader's span of a list goes over the paragraph behind it; the list ends where its last definition does.
    """
    depth = last = 0
    edits: list[Edit] = []
    made: list[str] = []
    for event, start, end in markdown.events(text):
        match event:
            case {"Start": "DefinitionList"}:
                depth += 1
                made = [] if depth == 1 else made
            case {"End": "DefinitionList"}:
                depth -= 1
                if not depth:
                    before = _blank(_line_before(text, start))
                    block = "\n".join(["<dl>", *made, "</dl>\n"]).replace("\n", f"\n{before}")
                    edits.append(Edit(start, last, f"{block}\n"))
            case {"Start": "DefinitionListTitle"} if depth == 1:
                made.append(f"<dt>\n\n{text[start:end].strip()}\n\n</dt>")
            case {"Start": "DefinitionListDefinition"} if depth == 1:
                last = end
                body = _further_out(_DEFINITION.sub("", text[start:end], count=1), 4)
                made.append(f"<dd>\n\n{body.strip()}\n\n</dd>")
    return apply(text, edits)


# What is read in lines ------------------------------------------------------------------------------------------------


def _in_lines(text: str, reads: frozenset[str]) -> Iterator[Edit]:
    code: list[str] | None = None
    for event, start, end in markdown.events(text):
        match event:
            case {"TaskListMarker": is_done} if TASK_LISTS not in reads:
                yield Edit(start, end, f'<input type="checkbox"{" checked" if is_done else ""} disabled />')
            case {"Start": "Strikethrough"} if STRIKETHROUGH not in reads:
                width = 2 if text.startswith("~~", start) else 1
                yield Edit(start, start + width, "<del>")
                yield Edit(end - width, end, "</del>")
            case {"Start": {"CodeBlock": "Indented"}} if INDENTED_CODE not in reads:
                code = []
            case {"Text": piece} if code is not None:
                code.append(piece)
            case {"End": "CodeBlock"} if code is not None:
                yield _as_fence(text, start, end, "".join(code))
                code = None


def _as_fence(text: str, start: int, end: int, code: str) -> Edit:
    """Write indented code as a fence."""
    before = _line_before(text, start)
    begin = start - 1 if before.endswith("\t") else start - min(4, len(before) - len(before.rstrip(" ")))
    block = fenced(code.strip("\n")).replace("\n", f"\n{_blank(text[start - len(before) : begin])}")
    return Edit(begin, end, block + ("\n" if text[start:end].endswith("\n") else ""))


# Blocks ---------------------------------------------------------------------------------------------------------------


def _told(text: str) -> Iterator[Edit]:
    """Yield what tells that an element has Markdown inside: each that a later block of HTML closes."""
    opened: list[tuple[str, int, str, int]] = []
    block = 0
    for event, start, end in markdown.events(text):
        match event:
            case {"Start": "HtmlBlock"}:
                block += 1
            case {"Html": _}:
                for tag in _TAG.finditer(text, start, end):
                    name = tag[2].lower()
                    if not tag[1] and not tag[4] and name not in _VOID:
                        opened.append((name, tag.end(2), tag[3], block))
                    index = next((index for index in range(len(opened) - 1, -1, -1) if opened[index][0] == name), -1)
                    if tag[1] and index >= 0:
                        _, position, attributes, opened_in = opened[index]
                        del opened[index:]
                        if opened_in != block and "markdown=" not in attributes:
                            yield Edit(position, position, ' markdown="1"')


@dataclass(frozen=True, slots=True)
class _Item:
    """An item of a list: its span, and the column at which its words begin."""

    start: int
    end: int
    column: int


def _lists(text: str) -> Iterator[Edit]:
    """Yield what indents the further lines of items by four columns a level, and parts a list from words before it."""
    items: list[_Item] = []
    code: list[str] | None = None
    for event, start, end in markdown.events(text):
        before = _line_before(text, start)
        match event:
            case {"Start": {"List": _}} if not before and text[:start].endswith("\n") and start > 1:
                if text[start - 2] != "\n":
                    yield Edit(start, start, "\n")
            case {"Start": "Item"} if ">" not in before:
                marker = _MARKER.match(text, start)
                width = len(marker[0]) if marker else 2
                items.append(_Item(start, end, _columns(before) + width))
                if marker and ")" in marker[0]:
                    yield Edit(start + marker[0].index(")"), start + marker[0].index(")") + 1, ".")
            case {"Start": {"CodeBlock": {"Fenced": _}}} if _holding(items, start):
                code = []
            case {"Text": piece} if code is not None:
                code.append(piece)
            case {"End": "CodeBlock"} if code is not None:
                yield _as_indented(text, start, end, "".join(code), len(_holding(items, start)))
                code = None
    for start, end in pairwise([*(match.end() for match in re.finditer("\n", text)), len(text)]):
        holding = _holding(items, start)
        if holding and text[start:end].strip():
            yield from _indented(text, start, holding, any(each.start < end and each.start >= start for each in items))


def _holding(items: Sequence[_Item], position: int) -> list[_Item]:
    """Return the items that a position is in, other than those that begin on its own line, from the outermost."""
    return [item for item in items if item.start < position < item.end]


def _indented(text: str, start: int, holding: Sequence[_Item], begins_item: bool) -> Iterator[Edit]:
    blanks = re.compile(r"[ \t]*").match(text, start)
    assert blanks is not None, "no blanks match too"
    width = _columns(blanks[0])
    inside = [item for item in holding if item.column <= width]
    if inside:
        extra = 0 if begins_item else width - max(item.column for item in inside)
        yield Edit(start, blanks.end(), " " * (4 * len(inside) + extra))


def _columns(text: str) -> int:
    return len(text.expandtabs(4))


def _as_indented(text: str, start: int, end: int, code: str, level: int) -> Edit:
    """Write a fence in a list as indented code, the only one that is read there."""
    before = _line_before(text, start)
    lines = [" " * 4 * (level + 1) + line if line.strip() else "" for line in code.rstrip("\n").split("\n")]
    begin = start - len(before) if not before.strip() else start
    head = "" if begin < start or text[:start].endswith("\n\n") else "\n"
    return Edit(
        begin, end, f"{head}\n" * bool(before.strip()) + "\n".join(lines) + "\n" * text[start:end].endswith("\n")
    )
