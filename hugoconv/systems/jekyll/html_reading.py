"""What of a Markdown text kramdown takes for HTML, and what of it looks like HTML and is shown as text.

An element is a block when its tag begins one and its name is no span's; in a line, a block's tag is text. What nobody
closes ends with the text it stands in: the paragraph, the list item, the page. Inside a block of HTML, and inside
elements such as `code`, nothing is Markdown. The sources of the rules are kramdown's lib/kramdown/parser/html.rb and
lib/kramdown/parser/kramdown/{html,paragraph,list,blockquote,codeblock}.rb; a test runs the program itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from hugoconv.markup.signs import has
from hugoconv.systems.jekyll.html_lines import Block, Lines, Part, Reading, Span
from hugoconv.systems.jekyll.html_tags import (
    COMMENT,
    END_TAG,
    HOLDS_BLOCKS,
    HOLDS_SPANS,
    INSTRUCTION,
    MARKDOWN,
    NAME,
    SPANS,
    TAG,
    VERBATIM,
    VOID,
    canonical,
)

_DEEPEST = 50
"""How deep lists and quotations are looked into."""

_RAW = re.compile(r"<|&(?=[A-Za-z])(?![\w:][-\w.:]*;)")
"""What may be more than text inside of a block of HTML."""

_INK = r"[^ \t\n\v\f\r]"
"""What is no white space to Ruby, which knows ASCII's alone: a space that does not break is ink."""
_LINE_SPANS = "|".join(sorted(SPANS | {"script"}))
_LAZY_HTML = rf"[ ]{{0,3}}(?:</(?!(?:{_LINE_SPANS})\b){NAME}\s*>|<(?!(?:{_LINE_SPANS})\b){NAME})"
_ATTRIBUTES = r"[ ]{0,3}\{:(?![:/])(?:\\\}|[^}])+\}\s*?\n"
_LAZY_END = rf"[ \t\n\v\f\r]*\n|{_ATTRIBUTES}|\^\s*?\n|{_LAZY_HTML}"
_LIST = re.compile(r"(?P<marker>[ ]{0,3}(?:[+*-]|\d+\.))(?P<tail>[\t| ].*\n)")
_DEFINITION = re.compile(r"(?P<marker>[ ]{0,3}:)(?P<tail>[\t| ].*\n)")
_HEADING = re.compile(r"#{1,6}[\t ]+(?P<contents>.*)\n")
_QUOTE = re.compile(r"[ ]{0,3}>[ ]?")
_FENCE, _FENCE_OF_HUGO = (
    re.compile(
        rf"[ ]{{0,3}}(([~`]){{3,}})[^\S\n]*{info}[^\S\n]*\n(.*?)^[ ]{{0,3}}\1\2*\s*?\n", re.DOTALL | re.MULTILINE
    )
    for info in (r"\S*", r"[^\s{]*[^\S\n]*(?:\{[^}\n]*\})?")
)
"""A fence, and one with the attributes that Hugo's may have; to kramdown it has none."""
_RULE = re.compile(r"[ ]{0,3}([*_-])[ \t]*\1[ \t]*\1(?:\1|[ \t])*\n")
_CODE = re.compile(
    rf"(?:(?:[ \t\n\v\f\r]*\n)?(?:(?:\t|[ ]{{4}})[ \t]*{_INK}.*\n)+"
    rf"(?:(?!{_ATTRIBUTES}|\^\s*?\n|{_LAZY_HTML})[ \t]*{_INK}.*\n)*)+"
)
_INDENT = re.compile(r"\t|[ ]{4}")
_OUTDENTED = re.compile(rf"\n(?=[ ]{{0,3}}{_INK})")
_GOLDMARK_FENCE = re.compile(r"^[ ]{0,3}(`{3,}(?=[^`\n]*$)|~{3,})", re.MULTILINE)
_TAG_LINE = re.compile(rf"[ ]{{0,3}}(?:{TAG.pattern}|{END_TAG.pattern.replace('?P<name>', '?:')})[ \t]*\n")
_MARGIN = re.compile(r"[ ]{0,3}")
_TITLED = re.compile(r"[ ]{0,3}(?P<contents>[^ \t\n].*)\n[-=]+[ \t\r]*\n")
_BLOCK_FORMULA = re.compile(r"[ ]{0,3}\$\$.*?\$\$(?:\s*?\n)?", re.DOTALL)
_LINK_DEFINITION = re.compile(r"[ ]{0,3}\[(?!\^)[^\n\]]+\]:[ \t]*\S.*\n")
_BLANK = re.compile(r"[ \t\v\f\r]*\n")
_PARAGRAPH_END = re.compile(
    rf"{_LAZY_END}|{_LIST.pattern.replace('?P<marker>', '?:').replace('?P<tail>', '?:')}|#{{1,6}}[\t ]"
    rf"|[ ]{{0,3}}:[\t| ]|{_QUOTE.pattern}|[ ]{{0,3}}(?:~~~|```)"
)
_QUOTE_END = re.compile(_LAZY_END)
_SIGNS = ("<", "`", "~", "\\", "|", "$$")
_MARKED_LINE = re.compile(r"\n(?:[ \t>]|[+*:-][ \t]|\d+\.)")
"""A text of which there is something to note has one of the signs, or a line that begins so."""
_DELIMITERS = re.compile(r"[ |:-]+\n?")
_CELL = re.compile(r"(?:\\.|`[^`\n]*`|[^|\\\n])+")


def read(text: str, opaque: Sequence[Span] = (), *, is_for_hugo: bool = False) -> Reading:
    """Return what kramdown makes of a text's HTML; nothing in an `opaque` span is any.

    In a text on its way to Hugo fences may have attributes.
    """
    pieces: list[str] = []
    position = 0
    for start, end in sorted(opaque):
        if start >= position:
            pieces += text[position:start], re.sub(r"[^\n]", "x", text[start:end])
            position = end
    whole = f"{''.join(pieces)}{text[position:]}\n"
    if "\r" in whole:
        whole = whole.replace("\r\n", " \n").replace("\r", "\n")
    reading = Reading()
    if not has(whole, *_SIGNS) and not _MARKED_LINE.search(f"\n{whole}"):
        return reading
    fence = _FENCE_OF_HUGO if is_for_hugo else _FENCE
    _Blocks(Part(whole, [(0, 0)]), reading, fence, is_quoted=False).read(0, len(whole))
    reading.ends = [(min(position, len(text)), tags) for position, tags in reading.ends]
    return reading


@dataclass(slots=True)
class _Blocks:
    """Reads the blocks of one part."""

    part: Part
    reading: Reading
    fence: re.Pattern[str]
    is_quoted: bool
    depth: int = 0
    lines: Lines = field(init=False)

    def __post_init__(self) -> None:
        self.lines = Lines(self.part, self.reading)

    def read(self, position: int, end: int) -> None:
        """Read the blocks of a span."""
        text = self.part.text
        paragraph = -1
        is_new = True
        while position < end:
            blank = _BLANK.match(text, position, end)
            new = blank.end() if blank else self._block(position, end, is_new, in_paragraph=paragraph >= 0)
            if new > position:
                if paragraph >= 0:
                    self._paragraph(paragraph, position)
                paragraph, is_new, position = -1, blank is not None, new
                continue
            paragraph, is_new = position if paragraph < 0 else paragraph, False
            position = _line_end(text, position, end)
            while position < end and not _PARAGRAPH_END.match(text, position, end):
                position = _line_end(text, position, end)
        if paragraph >= 0:
            self._paragraph(paragraph, end)

    def _block(self, position: int, end: int, is_new: bool, *, in_paragraph: bool) -> int:
        """Return where the block ends that begins here; `position` when none does but a paragraph's."""
        text = self.part.text
        if text[position].isalpha():
            return self._of_its_lines(position, end) if is_new else position
        if not in_paragraph and _INDENT.match(text, position, end) and (match := _CODE.match(text, position, end)):
            self.reading.joined += (
                self.part.place(each.start()) for each in _OUTDENTED.finditer(text, position, match.end())
            )
            return match.end()
        if match := self.fence.match(text, position, end):
            return match.end()
        if _QUOTE.match(text, position, end):
            return self._quotation(position, end)
        if match := _HEADING.match(text, position, end):
            self.lines.read(*match.span("contents"))
            return match.end()
        if match := _RULE.match(text, position, end):
            return match.end()
        if item := _LIST.match(text, position, end):
            if in_paragraph and not self.is_quoted and item["marker"].strip() not in ("1.", "-", "*", "+"):
                self.reading.separate.append((self.part.place(position), "\n"))
            return self._items(position, end, _LIST)
        if in_paragraph and _DEFINITION.match(text, position, end):
            return self._items(position, end, _DEFINITION)
        if (new := self._element(position, end)) > position:
            return new
        if is_new and (new := self._of_its_lines(position, end)) > position:
            return new
        if match := _LINK_DEFINITION.match(text, position, end):
            return match.end()
        return position

    def _of_its_lines(self, position: int, end: int) -> int:
        """Return where an underlined heading, a formula or a table ends that begins here; `position` when none does."""
        text = self.part.text
        if match := _TITLED.match(text, position, end):
            self.lines.read(*match.span("contents"))
            return match.end()
        if match := _BLOCK_FORMULA.match(text, position, end):
            return match.end()
        return max(position, self._table(position, end)) if "|" in text else position

    def _quotation(self, position: int, end: int) -> int:
        lines: list[tuple[str, int]] = []
        text = self.part.text
        while position < end and not (lines and _QUOTE_END.match(text, position, end)):
            line_end = _line_end(text, position, end)
            mark = _QUOTE.match(text, position, line_end)
            lines.append((text[mark.end() if mark else position : line_end], line_end))
            position = line_end
        self._inner(lines, is_quoted=True)
        return position

    def _items(self, position: int, end: int, start: re.Pattern[str]) -> int:
        text = self.part.text
        lines: list[tuple[str, int]] = []
        indent = content = lazy = start  # of the item that is open; the first line sets them
        has_blank, surplus = False, 0
        while position < end:
            line_end = _line_end(text, position, end)
            line = text[position:line_end]
            if has_blank and _RULE.match(line):
                break
            if first := start.match(line):
                self._inner(lines, self.is_quoted)
                tail = f"{first['marker']}{first['tail']}".expandtabs(4)[len(first["marker"]) :]
                width = len(first["marker"]) + len(tail) - len(tail.lstrip(" \n"))
                width = 4 if not tail.strip() else width
                surplus = max(0, width - len(first["marker"]) - 1) if width > len(first["marker"]) + 4 else 0
                if surplus:
                    space = len(first["tail"]) - len(first["tail"].lstrip())
                    self._indent(position + first.end("marker"), position + first.end("marker") + space, " ")
                start = re.compile(start.pattern.replace("{0,3}", f"{{0,{min(width - 1, 3)}}}", 1))
                indent = re.compile(rf"[ ]{{{width}}}")
                content = re.compile(
                    rf"(?:(?:\t|[ ]{{4}}){{{width // 4}}}[ ]{{{width % 4}}}|(?:\t|[ ]{{4}}){{{width // 4 + 1}}})"
                    rf".*{_INK}"
                )
                lazy = re.compile(rf"(?!{_ATTRIBUTES}|{_LAZY_HTML}).*{_INK}")
                lines = [(tail.lstrip(" ") if tail.strip() else "\n", line_end)]
                has_blank = False
            elif content.match(line) or (not has_blank and lazy.match(line)):
                tabs = len(line) - len(line.lstrip("\t"))
                spaced = "    " * tabs + line[tabs:]
                lines.append((indent.sub("", spaced, count=1), line_end))
                if surplus and indent.match(spaced):
                    space = len(line) - len(line.lstrip())
                    rest = len(spaced) - len(spaced.lstrip()) - surplus
                    self._indent(position, position + space, " " * rest)
                has_blank = False
            elif not line.strip():
                lines.append((line, line_end))
                has_blank = True
            else:
                if surplus and line[0] in " \t" and not self.is_quoted:
                    self.reading.separate.append((self.part.place(position), "<!-- -->\n\n"))
                break
            position = line_end
        self._inner(lines, self.is_quoted)
        return position

    def _indent(self, start: int, end: int, space: str) -> None:
        place = self.part.place(start)
        self.reading.indents.append((place, place + end - start, space))

    def _inner(self, lines: Sequence[tuple[str, int]], is_quoted: bool) -> None:
        if lines and self.depth < _DEEPEST:
            inner = self.part.inner(lines)
            _Blocks(inner, self.reading, self.fence, is_quoted, self.depth + 1).read(0, len(inner.text))

    def _table(self, position: int, end: int) -> int:
        """Read a table: lines of which each has a bar."""
        text = self.part.text
        rows: list[Span] = []
        while position < end and not _BLANK.match(text, position, end):
            line_end = _line_end(text, position, end)
            if "|" not in re.sub(r"\\\|", "", text[position:line_end]):
                return -1
            rows.append((position, line_end))
            position = line_end
        if not rows:
            return position
        if len(rows) < 2 or not _DELIMITERS.fullmatch(text, *rows[1]):
            self.reading.tables.append(self.part.place(rows[0][0]))
        for start, row_end in rows:
            for cell in _CELL.finditer(text, start, row_end):
                self.lines.read(*cell.span())
        return position

    def _element(self, position: int, end: int) -> int:
        """Return where the block of HTML ends that begins here; `position` when none does."""
        text = self.part.text
        margin = _MARGIN.match(text, position, end)
        start = margin.end() if margin else position
        if comment := COMMENT.match(text, position, end):
            return self._ended(position, None, comment.end(), comment.end(), end)
        tag = TAG.match(text, start, end)
        if tag is None or tag["name"].lower() in SPANS:
            return position
        self.lines.note(tag)
        name = canonical(tag["name"])
        asked = MARKDOWN.search(tag["attributes"])
        if tag["closed"] or name in VOID:
            closing = tag.end()
        elif name in VERBATIM:
            closing = self._verbatim(name, tag.end(), end)
        elif asked and _is_of_lines(name, asked):
            closing = self._of_lines(tag, name, asked, end)
        elif asked and asked["value"] in ("1", "block") and (name in HOLDS_BLOCKS or asked["value"] != "1"):
            closing = _balanced(text, name, tag.end(), end)
            inner_end = end if closing < 0 else text.rfind("</", tag.end(), closing)
            self.read(_line_end_if_blank(text, tag.end(), inner_end), inner_end)
            if closing < 0:
                closing = end
                self.reading.ends.append((self.part.place(end - 1) + 1, f"\n</{name}>\n"))
            return self._ended(start, tag, tag.end(), closing, end, has_markdown=True)
        else:
            closing = self._raw(name, tag.end(), end)
        return self._ended(start, tag, tag.end(), closing, end)

    def _ended(
        self, start: int, tag: re.Match[str] | None, tag_end: int, closing: int, end: int, *, has_markdown: bool = False
    ) -> int:
        place = self.part.place
        text = self.part.text
        last = place(tag_end + len(text[tag_end:closing].rstrip()) - 1) + 1
        after = _BLANK.match(text, closing, end)
        new = after.end() if after else closing
        line = text[new : _line_end(text, new, end)].strip()
        tag_after = TAG.match(text, new, end)
        is_block = bool(tag_after and canonical(tag_after["name"]) not in SPANS) or line.startswith("<!--")
        is_continued = not after and bool(line) and not is_block
        is_followed = bool(after and line) and not is_block
        places = place(start), tag, place(tag_end - 1) + 1, last
        self.reading.blocks.append(Block(*places, has_markdown, self.is_quoted, is_continued, is_followed))
        return new

    def _of_lines(self, tag: re.Match[str], name: str, asked: re.Match[str], end: int) -> int:
        """Return where an element ends that holds what a line does, and note it."""
        closing = re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE).search(self.part.text, tag.end(), end)
        place, first = self.part.place, tag.start("attributes")
        attribute = place(first + asked.start()), place(first + asked.end() - 1) + 1
        inner_end = closing.start() if closing else end
        if inner_end > tag.end():
            self.reading.of_lines.append((attribute, (place(tag.end()), place(inner_end - 1) + 1)))
        return closing.end() if closing else end

    def _verbatim(self, name: str, position: int, end: int) -> int:
        closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self.part.text, position, end)
        if closing:
            return closing.end()
        self.lines.close([name], position, end)
        return end

    def _raw(self, name: str, position: int, end: int) -> int:
        """Return where a block of HTML ends, and note what in it is text."""
        text = self.part.text
        start, stack = position, [name]
        while token := _RAW.search(text, position, end):
            position = token.start()
            if token[0] == "&":
                self.reading.shown.append(self.part.place(position))
                position += 1
            elif silent := COMMENT.match(text, position, end) or INSTRUCTION.match(text, position, end):
                position = silent.end()
            elif tag := TAG.match(text, position, end):
                self.lines.note(tag)
                inner = canonical(tag["name"])
                position = tag.end()
                if inner in VERBATIM:
                    position = self._verbatim(inner, position, end)
                elif tag["closed"] or inner in VOID:
                    continue
                elif (asked := MARKDOWN.search(tag["attributes"])) and _is_of_lines(inner, asked):
                    position = self._of_lines(tag, inner, asked, end)
                else:
                    stack.append(inner)
            elif (closing := END_TAG.match(text, position, end)) and canonical(closing["name"]) == stack[-1]:
                stack.pop()
                position = closing.end()
                if not stack:
                    return position
            else:
                self.lines.show(position)
                position += 1
        self.lines.close(stack, start, end)
        return end

    def _paragraph(self, position: int, end: int) -> None:
        text = self.part.text
        tag = _TAG_LINE.match(text, position, end)
        if tag and tag.end() < end:
            self.reading.joined.append(self.part.place(tag.end() - 1))
        elif tag and text[end : _line_end(text, end, len(text))].strip():
            self.reading.separate.append((self.part.place(end), "\n"))  # else what follows is HTML to Goldmark
        has_fence = text.find("```", position, end) >= 0 or text.find("~~~", position, end) >= 0
        looked = position if has_fence else end
        while fence := _GOLDMARK_FENCE.search(text, looked, end):
            closing = text.find(fence[1], fence.end(), end) if "`" in fence[0] else -1
            if closing >= 0:
                self.reading.fences.append(self.part.place(fence.start(1)))
            else:
                self.reading.shown += (self.part.place(each) for each in range(*fence.span(1)))
            looked = max(fence.end(), closing + len(fence[1]))  # between the two it is code in a line
        self.lines.read(position, end)


def _is_of_lines(name: str, asked: re.Match[str]) -> bool:
    """Whether an attribute says that an element holds what a line does."""
    return asked["value"] == "span" or (asked["value"] == "1" and name in HOLDS_SPANS)


def _balanced(text: str, name: str, position: int, end: int) -> int:
    depth = 1
    for tag in re.compile(rf"<!--.*?-->|<(?P<end>/?){re.escape(name)}(?=[\s/>])[^>]*>", re.DOTALL | re.I).finditer(
        text, position, end
    ):
        if not tag[0].startswith("<!--") and not tag[0].endswith("/>"):
            depth += -1 if tag["end"] else 1
            if not depth:
                return tag.end()
    return -1


def _line_end(text: str, position: int, end: int) -> int:
    found = text.find("\n", position, end)
    return found + 1 if found >= 0 else end


def _line_end_if_blank(text: str, position: int, end: int) -> int:
    blank = _BLANK.match(text, position, end)
    return blank.end() if blank else position
