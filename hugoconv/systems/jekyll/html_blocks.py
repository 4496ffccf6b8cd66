"""Blocks of HTML among Markdown, written so that Goldmark sees them end where kramdown does.

To kramdown a block of HTML is an element, from its start tag to its end tag, whatever blank lines are in it, and what
follows is Markdown again. To CommonMark it goes on to the next blank line and no further. So blank lines inside an
element are taken out, and one is put behind it. The sources are kramdown's lib/kramdown/parser/kramdown/html.rb and
section 4.6 of the CommonMark specification.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hugoconv.edits import Edit, apply
from hugoconv.markup import markdown

Span = tuple[int, int]


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


_SPAN_ELEMENTS = _names(
    "a abbr acronym b big bdo br button cite code del dfn em i img input ins kbd label mark option q rb rbc rp rt rtc "
    "ruby samp select small span strong sub sup tt u var"
)
"""Elements with which kramdown begins a paragraph, not a block."""
_INTERRUPTING = _names(
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link "
    "main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead "
    "title tr track ul pre script style textarea"
)
"""Elements with which CommonMark begins a block even in the middle of a paragraph (kinds 1 and 6)."""
_VERBATIM = frozenset({"pre", "script", "style", "textarea"})
"""Elements that CommonMark ends at their end tag (kind 1)."""
_VOID = _names("area base br col command embed hr img input keygen link meta param source track wbr")

_ATTRIBUTES = r"(?:\s+[^\s\"'<>/=]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?)*"
_START = re.compile(rf"[ ]{{0,3}}<(?:(?P<name>[A-Za-z][\w:-]*)(?P<attributes>{_ATTRIBUTES})\s*(?P<closed>/?)>|!--)")
_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})[^`\n]*$")
_ALONE = re.compile(rf"[ ]{{0,3}}</?[A-Za-z][\w:-]*{_ATTRIBUTES}\s*/?>[ \t]*\r?$")
_BLOCK_TAG = re.compile(r"<(?:blockquote|div|p|pre|table|ul|ol)[\s>]")
_BLANK = re.compile(r"[ \t]*\r?\n")
_MARKDOWN = re.compile(r"\s+markdown\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>\w+))")
_BLOCK_START = re.compile(r"(?:\A|\n[ \t]*\r?\n)[ ]{0,3}\Z")
_SILENT = "<!-- -->"
"""What keeps a blank line in preformatted text from ending the block, and shows nothing."""


def for_goldmark(text: str, opaque: Sequence[Span] = ()) -> str:
    """Return Markdown in which Goldmark's blocks of HTML are kramdown's; nothing in an `opaque` span changes."""
    return apply(text, list(_edits(text, opaque))) if "<" in text else text


def with_instructions_shown(text: str, opaque: Sequence[Span] = ()) -> str:
    """Return Markdown, with the blocks that `for_goldmark` makes, in which each `<?` is text that kramdown shows.

    Left as it is, it would hide all that follows in Goldmark's page.
    """
    if "<?" not in text:
        return text
    code = [*markdown.code_regions(text, opaque), *opaque]
    return apply(text, [Edit(start, start + 1, "&lt;") for start in _shown_instructions(text, code)])


def _shown_instructions(text: str, code: Sequence[Span]) -> Iterator[int]:
    """Yield where a `<?` stands that is no instruction to kramdown.

    It is one when its end stands in the same paragraph, or below when it begins one.
    """
    for match in re.compile(r"<\?").finditer(text):
        start = match.start()
        if _within(start, code):
            continue
        begins_block = _BLOCK_START.search(text, 0, start) is not None
        blank = -1 if begins_block else text.find("\n\n", start)
        if text.find("?>", start, blank if blank >= 0 else len(text)) < 0:
            yield start


def spans(text: str) -> list[Span]:
    """Return the spans of the elements that kramdown takes for blocks of HTML, at the margin of a Markdown text."""
    found: list[Span] = []
    for start in re.compile(rf"^{_START.pattern}", re.MULTILINE).finditer(text) if "<" in text else ():
        end = _element_end(text, start)
        if end > 0 and not _within(start.start(), found):
            found.append((start.start(), end))
    return found


def left_open(text: str) -> Iterator[tuple[int, str]]:
    """Yield where an element begins a block of HTML that nothing ends, or a line's element around one."""
    for start in re.compile(rf"^{_START.pattern}", re.MULTILINE).finditer(text) if "<" in text else ():
        name = (start["name"] or "").lower()
        if name in _SPAN_ELEMENTS:
            paragraph = text[start.end() :].partition("\n\n")[0].lower()
            is_ended = f"</{name}" in paragraph and not _BLOCK_TAG.search(paragraph.partition(f"</{name}")[0])
            is_open = name not in _VOID and not start["closed"] and not is_ended
        else:
            is_open = bool(name) and _element_end(text, start) < 0
        if is_open:
            yield start.start(), name


def _edits(text: str, opaque: Sequence[Span]) -> Iterator[Edit]:
    position, fence, after_blank = 0, "", True
    while position < len(text):
        end = _line_end(text, position)
        line = text[position:end].rstrip("\r\n")
        if fence:
            fence = "" if line.strip() == fence * (len(line.strip()) // len(fence)) and line.strip() else fence
        elif match := _FENCE.match(line):
            fence = match[1][:3]
        elif (start := _START.match(text, position)) and not _within(position, opaque):
            block_end = _element_end(text, start)
            if block_end > 0:
                yield from _block_edits(text, start, block_end, after_blank, opaque)
                position = _skipped(text, block_end)
                after_blank = position > block_end + 1
                continue
            if _ALONE.match(line) and after_blank and _is_text(text, end):
                # Alone on its line, such a tag begins a block to CommonMark; with what follows on it, it does not.
                yield Edit(position + len(line.rstrip()), end, " ")
        after_blank = not line.strip()
        position = end


def _element_end(text: str, start: re.Match[str]) -> int:
    """Return where a block of HTML ends to kramdown; -1 when none begins here, or it is never closed."""
    name = (start["name"] or "").lower()
    if not name:
        closing = text.find("-->", start.end())
        return closing + 3 if closing >= 0 else -1
    if name in _SPAN_ELEMENTS:
        return -1
    if start["closed"] or name in _VOID:
        return start.end()
    depth = 1
    for tag in re.compile(
        rf"<!--.*?-->|<(?P<end>/?){re.escape(name)}(?=[\s/>])[^>]*>", re.DOTALL | re.IGNORECASE
    ).finditer(text, start.end()):
        if not tag[0].startswith("<!--") and not tag[0].endswith("/>"):
            depth += -1 if tag["end"] else 1
            if not depth:
                return tag.end()
    return -1


def _block_edits(
    text: str, start: re.Match[str], end: int, after_blank: bool, opaque: Sequence[Span]
) -> Iterator[Edit]:
    name = (start["name"] or "").lower()
    attribute = _MARKDOWN.search(text, start.start("attributes"), start.end("attributes")) if name else None
    if not after_blank and name and name not in _INTERRUPTING:
        yield Edit(start.start(), start.start(), "\n")
    if attribute:
        yield Edit(*attribute.span(), "")
    if attribute and (attribute["double"] or attribute["single"] or attribute["bare"]) in ("1", "block"):
        yield from _markdown_inside(text, start, end)
    elif name and name not in _VERBATIM:
        yield from _joined(text, start.end(), end, opaque)
    after = text[end : _line_end(text, end)]
    if after.strip() and not after.lstrip().startswith("<"):
        yield Edit(end, end + len(after) - len(after.lstrip()), "\n\n")
    elif not after.strip() and _is_text(text, end + len(after)) and name not in _VERBATIM and name:
        yield Edit(end + len(after), end + len(after), "\n")


def _joined(text: str, start: int, end: int, opaque: Sequence[Span]) -> Iterator[Edit]:
    """Take the blank lines out of an element; those in preformatted text stay, with something silent in them."""
    kept = [
        match.span() for match in re.compile(r"<pre\b.*?</pre>", re.DOTALL | re.IGNORECASE).finditer(text, start, end)
    ]
    position = _line_end(text, start)
    while position < end:
        blank = _BLANK.match(text, position)
        if blank and blank.end() <= end and not _within(position, opaque):
            newline = blank[0].lstrip(" \t")
            yield Edit(position, blank.end(), f"{_SILENT}{newline}" if _within(position, kept) else "")
        position = _line_end(text, position)


def _markdown_inside(text: str, start: re.Match[str], end: int) -> Iterator[Edit]:
    """Let Goldmark read what kramdown reads in an element with `markdown="1"`: it stands between blank lines."""
    closing = text.rfind("</", start.end(), end)
    if closing < 0:
        return
    first = _line_end(text, start.end())
    if not text[start.end() : first].strip() and _is_text(text, first):
        yield Edit(first, first, "\n")
    line = text.rfind("\n", 0, closing) + 1
    if line > first and not text[line:closing].strip() and text[:line].rstrip(" \t\r").endswith("\n"):
        before = text[text.rfind("\n", 0, line - 1) + 1 : line]
        if before.strip() and not before.rstrip().endswith(">"):
            yield Edit(line, line, "\n")


def _skipped(text: str, end: int) -> int:
    """Return where the line after a block begins, or its rest when that goes on with something."""
    rest = text[end : _line_end(text, end)]
    return end if rest.strip() else end + len(rest)


def _is_text(text: str, position: int) -> bool:
    """Whether a line begins here that is neither blank nor a tag's."""
    line = text[position : _line_end(text, position)].strip()
    return bool(line) and not line.startswith("<")


def _within(position: int, spans: Sequence[Span]) -> bool:
    return any(start <= position < end for start, end in spans)


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return end + 1 if end >= 0 else len(text)
