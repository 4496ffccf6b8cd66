"""HTML among Markdown, written so that Goldmark takes for HTML what kramdown does, and as far.

To kramdown a block of HTML is an element, from its start tag to its end tag, whatever blank lines are in it, and what
follows is Markdown again; a tag in the wrong place is text. To CommonMark a block goes on to the next blank line and no
further, and every tag is HTML. So blank lines inside an element are taken out, one is put behind it, end tags that are
missing are written, and what is text is escaped. The source of the one is `html_reading`, of the other section 4.6 of
the CommonMark specification.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hugoconv.edits import Edit, apply, overlaps
from hugoconv.markup.flavours import KRAMDOWN
from hugoconv.markup.render import to_html
from hugoconv.systems.jekyll.html_lines import Block, Reading
from hugoconv.systems.jekyll.html_tags import MARKDOWN, SPANS, TAG, names

Span = tuple[int, int]

_INTERRUPTING = names(
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link "
    "main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead "
    "title tr track ul pre script style textarea"
)
"""Elements with which CommonMark begins a block even in the middle of a paragraph (kinds 1 and 6)."""
_VERBATIM = names("pre script style textarea")
"""Elements that CommonMark ends at their end tag (kind 1)."""
_BLANK = re.compile(r"[ \t]*\r?\n")
_PREFORMATTED = re.compile(r"<pre\b.*?(?:</pre>|\Z)", re.DOTALL | re.IGNORECASE)
_PROGRAMS = re.compile(r"<(script|style)\b.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_END_TAGS = re.compile(r"</(?:pre|script|style|textarea)>", re.IGNORECASE)
_EMPTY_LINE = re.compile(r"\n[ \t]*\r?\n")
_SILENT = "&#32;"
"""What keeps a blank line in preformatted text from ending the block, and shows nothing."""
_MARKED_UP = re.compile(
    r"""[*`\["']|~(?=~)|\\(?=[!-/:-@\[-`{-~\n]|\Z)|(?<![^\W_])_|_(?![^\W_])|-(?=-)|\.(?=\.\.)"""
    r"""|(?<=http):(?=//)|(?<=https):(?=//)|(?<=www)\.|^[#+=>-](?=[\s#=-])|^\d+(?=\.\s)|(?<=<)<|(?<=>)>""",
    re.MULTILINE,
)
"""What Goldmark as Hugo sets it up would make something else of in a line."""


def for_goldmark(text: str, reading: Reading, opaque: Sequence[Span] = ()) -> str:
    """Return Markdown in which Goldmark takes for HTML what kramdown does; nothing in an `opaque` span changes.

    `reading` is what kramdown makes of the text with the same opaque spans.
    """
    return apply(text, _sorted(_edits(text, reading, opaque), opaque))


def _sorted(edits: Iterator[Edit], opaque: Sequence[Span]) -> list[Edit]:
    """Return edits in the order of the text, without those inside of another one or of an opaque span."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if not (kept and edit.start < kept[-1].end) and not any(start < edit.start < end for start, end in opaque):
            kept.append(edit)
    return kept


def _edits(text: str, reading: Reading, opaque: Sequence[Span]) -> Iterator[Edit]:
    for position in reading.shown:
        yield Edit(position, position + 1, _entity(text[position]))
    for position, tags in reading.ends:
        yield Edit(position, position, tags)
    for start, end in reading.literal:
        for mark in _MARKED_UP.finditer(text, start, end):
            yield Edit(mark.start(), mark.start() + 1, _entity(text[mark.start()]))
    for start, end in reading.told:
        yield Edit(start, end, "")
    for attribute, (start, end) in reading.of_lines:
        yield Edit(*attribute, "")
        if overlaps(start, end, sorted(opaque)):
            yield from (Edit(start, start, "\n\n"), Edit(end, end, "\n\n"))
        else:
            yield Edit(start, end, _rendered(text[start:end]))
    for position in reading.joined:
        # Alone on its line, a tag begins a block to CommonMark; with what follows on it, it does not.
        yield Edit(position - (text[position - 1] == "\r"), position + 1, " ")
    for position, parting in reading.separate:
        yield Edit(position, position, parting)
    for start, end, space in reading.indents:
        yield Edit(start, end, space)
    for block in reading.blocks:
        if not block.is_quoted:
            yield from _block_edits(text, block)


def _rendered(source: str) -> str:
    """Return what a line says as HTML, with the white space around it; the sign in front keeps it from being a list."""
    words = source.strip()
    if not words:
        return source
    line = re.sub(r"(?:[ ]{2,}|\\\\)\r?\n\s*", "<br />", words)
    made = to_html("." + re.sub(r"\s*\n\s*", " ", line), KRAMDOWN).strip()
    before, after = source[: len(source) - len(source.lstrip())], source[len(source.rstrip()) :]
    return f"{before}{made.removeprefix('<p>.').removesuffix('</p>')}{after}"


def _entity(character: str) -> str:
    return {"<": "&lt;", "&": "&amp;"}.get(character) or f"&#{ord(character)};"


def _block_edits(text: str, block: Block) -> Iterator[Edit]:
    name = block.tag["name"].lower() if block.tag else ""
    line = text.rfind("\n", 0, block.start) + 1
    holds_blank_lines = name in _VERBATIM and _EMPTY_LINE.search(text, block.start, block.end)
    if text[line : block.start].strip():
        if holds_blank_lines:
            yield Edit(block.start, block.start, "\n\n")
    elif ((name and name not in _INTERRUPTING) or holds_blank_lines) and text[
        text.rfind("\n", 0, max(line - 1, 0)) + 1 : line
    ].strip():
        yield Edit(line, line, "\n")
    if block.has_markdown:
        attribute = MARKDOWN.search(text, block.start, block.tag_end)
        if attribute:
            yield Edit(*attribute.span(), "")
        yield from _markdown_inside(text, block)
    elif name == "pre" and _END_TAGS.search(text, block.tag_end, block.end - len("</pre>")):
        # To CommonMark it would end at the first of these; inside of another element it goes on to a blank line.
        yield Edit(block.start, block.start, "<div>")
        yield from _joined(text, block.start, block.end)
        yield Edit(block.end, block.end, "</div>")
    elif name and name not in _VERBATIM:
        is_alone = not text[block.tag_end : _line_end(text, block.tag_end)].strip()
        if name not in _INTERRUPTING and not is_alone and _MARKED_UP.search(text, block.tag_end, block.end):
            yield Edit(block.tag_end, block.tag_end, "\n")
        yield from _joined(text, block.tag_end, block.end)
    after = text[block.end : _line_end(text, block.end)]
    if block.is_continued:
        yield Edit(block.end, block.end + len(after) - len(after.lstrip()), "\n\n")
    elif block.is_followed and name and name not in _VERBATIM:
        yield Edit(block.end + len(after), block.end + len(after), "\n")


def _joined(text: str, start: int, end: int) -> Iterator[Edit]:
    """Take the blank lines out of an element; those in preformatted text stay, with something silent in them."""
    kept = [match.span() for match in _PREFORMATTED.finditer(text, start, end)]
    unseen = [match.span() for match in _PROGRAMS.finditer(text, start, end)]
    position = _line_end(text, start)
    while position < end:
        blank = _BLANK.match(text, position)
        if blank and blank.end() <= end:
            newline = blank[0].lstrip(" \t")
            is_kept = _within(position, kept) and not _within(position, unseen)
            yield Edit(position, blank.end(), f"{_SILENT}{newline}" if is_kept else "")
        position = _line_end(text, position)


def _markdown_inside(text: str, block: Block) -> Iterator[Edit]:
    """Let Goldmark read what kramdown reads in an element with `markdown="1"`: it stands between blank lines."""
    closing = text.rfind("</", block.tag_end, block.end)
    first = _line_end(text, block.tag_end)
    if not text[block.tag_end : first].strip() and _is_text(text, first):
        yield Edit(first, first, "\n")
    line = text.rfind("\n", 0, closing) + 1
    if line > first and not text[line:closing].strip() and text[:line].rstrip(" \t\r").endswith("\n"):
        before = text[text.rfind("\n", 0, line - 1) + 1 : line]
        if before.strip() and not before.rstrip().endswith(">"):
            yield Edit(line, line, "\n")


def _within(position: int, spans: Sequence[Span]) -> bool:
    return any(start <= position < end for start, end in spans)


def _is_text(text: str, position: int) -> bool:
    """Whether a line begins here that is neither blank nor a block's tag."""
    line = text[position : _line_end(text, position)].strip()
    tag = TAG.match(line)
    return bool(line) and (not line.startswith("<") or bool(tag and tag["name"].lower() in SPANS))


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return end + 1 if end >= 0 else len(text)
