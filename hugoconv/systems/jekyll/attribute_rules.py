"""kramdown's additions to Markdown: attribute lists to Goldmark's, or to HTML; what Goldmark lacks is reported."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from itertools import chain

from hugoconv.markup import plain_html
from hugoconv.markup.constructs import Attributes as BlockAttributes
from hugoconv.markup.constructs import Construct, TemplateCall
from hugoconv.systems.jekyll.conversion import Conversion, Rule
from hugoconv.systems.jekyll.kramdown import Attributes
from hugoconv.systems.jekyll.tag_rules import element

_BLOCK_ATTRIBUTES = re.compile(
    r"id|class|title|style|lang|dir|hidden|role|tabindex|translate|accesskey|draggable|item\w+|data-[\w-]+|aria-[\w-]+"
)
"""The attributes that Goldmark writes on a block."""
_PLAIN_NAME = re.compile(r"[A-Za-z_][\w:-]*", re.ASCII)
TABLE_OF_CONTENTS = "toc"
"""The name of the template that shows a page's table of contents."""
_NUMBER = re.compile(r"[ \t>]*(\d{1,9})(?=\.[ \t])")
_DIGITS = re.compile(r"[0-9]{1,9}")
_NOT_IN_CONTENTS = ".no_toc"
_ITEM = r"[ ]{0,3}(?:[*+-]|1\.)[ \t]+[^\r\n]*\r?\n"
_ONE_ITEM = re.compile(rf"(?:(?<=\n\n)|(?<=\n\r\n)|\A){_ITEM}\Z")
_ONE_ITEM_BELOW = re.compile(rf"{_ITEM}(?=\r?\n|\Z)")
_FENCE = re.compile(r"(?:`{3,}|~{3,})[ \t]*([^\s{`]*)([^\r\n]*)")
_WINDOW = 2000
_LINK = re.compile(
    r"(?P<image>!?)\[(?P<text>[^\[\]]*)\]\((?P<url>[^()\s<>\\]*)(?:\s+(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)'))?\)\Z"
)
_EMPHASIS = re.compile(r"(?P<mark>\*\*|__|\*|_)(?P<text>[^*_\n]+)(?P=mark)\Z")
_CODE = re.compile(r"(?<!`)`(?P<text>[^`\n]+)`\Z")


def convert_attributes(conversion: Conversion, construct: Construct, definitions: Mapping[str, Attributes]) -> None:
    """Make the edits for an attribute list; `definitions` has what its references stand for."""
    if construct.start in conversion.done:
        conversion.replace(*_line(conversion.text, construct), "")
        return
    if ("", "toc") in construct.arguments:
        _table_of_contents(conversion, construct)
        return
    arguments = list(construct.arguments)
    if construct.name == "block":
        for below in _lists_below(conversion, construct):
            conversion.done.add(below.start)
            arguments += below.arguments
    pairs = chain.from_iterable([pair] if pair[0] else definitions.get(pair[1], ()) for pair in arguments)
    rule = {"block": _block, "span": _span, "item": _item}[construct.name]
    rule(conversion, construct, tuple(pair for pair in pairs if pair[0]))


def _table_of_contents(conversion: Conversion, construct: Construct) -> None:
    """Put the shortcode `toc` in the place of the list of one item that kramdown fills."""
    start, end = _line(conversion.text, construct)
    above = _ONE_ITEM.search(conversion.text, 0, start)
    below = _ONE_ITEM_BELOW.match(conversion.text, end)
    if construct.name != "block" or not (above or below):
        conversion.report("HC311", construct, name="table of contents ({:toc})", outcome="kept as text")
        return
    start, end = (above.start(), end) if above else (start, below.end() if below else end)
    conversion.replace(start, end, conversion.render(TemplateCall(TABLE_OF_CONTENTS)) + "\n")


def _lists_below(conversion: Conversion, construct: Construct) -> Iterator[Construct]:
    """Yield the attribute lists on the lines right below: kramdown joins them, Goldmark takes the first."""
    position = _line(conversion.text, construct)[1]
    while below := conversion.lines_of_attributes.get(position):
        yield below
        position = _line(conversion.text, below)[1]


def convert_extension(conversion: Conversion, construct: Construct) -> bool:
    """Make the edits for `{::name}...{:/name}`; false for a name that kramdown does not know."""
    rule = _EXTENSIONS.get(construct.name)
    return rule is not None and rule(conversion, construct)


def remove_definition(conversion: Conversion, construct: Construct) -> bool:
    """Take out the line of a definition: its attributes are written where it is referred to."""
    conversion.replace(*_line(conversion.text, construct), "")
    return True


def remove_abbreviation(conversion: Conversion, construct: Construct) -> bool:
    """Take out the line of `*[word]: meaning`: the meaning is written where the word stands."""
    conversion.abbreviations[construct.name] = construct.arguments[0][1]
    conversion.replace(*_line(conversion.text, construct), "")
    return True


def _block(conversion: Conversion, construct: Construct, pairs: Attributes) -> None:
    """Write the attributes where Goldmark looks: on the heading's line, on the fence's, else on the line below."""
    text = conversion.text
    line_start, line_end = _line(text, construct)
    last = _end_of_line_above(text, line_start)
    if last < 0 or ("definition", last + 1) in conversion.ends:
        left = _without_start(conversion, pairs, line_end)
        if left or not pairs:
            _leave_out(conversion, construct, left, "it stands before a block")
        conversion.replace(line_start, line_end, "")
        return
    heading = conversion.heading_at(last)
    code = conversion.code_at(last)
    if code and not heading and _is_code_block(text, code):
        _code_block(conversion, construct, pairs, code)
        conversion.replace(line_start, line_end, "")
        return
    kept = _kept(conversion, construct, pairs)
    if heading:
        written = _goldmark(kept)
        if _NOT_IN_CONTENTS in written and "#" not in written and not heading.id:
            written = f"#{conversion.heading_ids.get(line_start, '')} {written}"  # by which the template knows it
        _on_heading(conversion, heading.start, heading.id, written)
        conversion.replace(line_start, line_end, "")
    elif kept and (written := conversion.render(BlockAttributes(tuple(_joined(kept)))).strip()):
        conversion.replace(construct.start, construct.end, written)
    else:
        conversion.replace(line_start, line_end, "")


def _without_start(conversion: Conversion, pairs: Attributes, line_end: int) -> Attributes:
    """Write the number with which a list is told to begin; to CommonMark the one of its first item counts."""
    number = _NUMBER.match(conversion.text, line_end)
    start = next((value for key, value in pairs if key == "start" and _DIGITS.fullmatch(value)), "")
    if not number or not start:
        return pairs
    if number[1] != start:
        conversion.replace(*number.span(1), start)
    return tuple(pair for pair in pairs if pair[0] != "start")


def _on_heading(conversion: Conversion, start: int, identifier: str, written: str) -> None:
    text = conversion.text
    if not written:
        return
    end = _end_of_line_above(text, _line_end(text, start)) + 1
    if identifier and text[end - 1] == "}":
        conversion.replace(end - 1, end - 1, f" {written}")
    else:
        conversion.replace(end, end, f" {{{written}}}")


def _code_block(conversion: Conversion, construct: Construct, pairs: Attributes, region: tuple[int, int]) -> None:
    fence = _FENCE.match(conversion.text, region[0])
    if fence is None:
        _leave_out(conversion, construct, pairs, "it stands after indented code")
        return
    classes = [name for key, value in pairs if key == "class" for name in value.split()]
    language = next((name.removeprefix("language-") for name in classes if name.startswith("language-")), "")
    rest = tuple(pair for pair in pairs if pair != ("class", f"language-{language}"))
    info = "" if fence[1] else language
    written = _goldmark(_kept(conversion, construct, rest))
    if written:
        # Without a language Hugo does not read a fence's attributes.
        info = f"{info or ('' if fence[1] else 'text')} {{{written}}}"
    position = fence.end(1) if fence[1] else fence.start(1)
    conversion.replace(position, position, info)


def _span(conversion: Conversion, construct: Construct, pairs: Attributes) -> None:
    """Write the element in HTML, which can carry the attributes inside a line."""
    text = conversion.text
    line = text[max(text.rfind("\n", 0, construct.start) + 1, construct.start - _WINDOW) : construct.start]
    for pattern, write in ((_LINK, _html_link), (_CODE, _html_code), (_EMPHASIS, _html_emphasis)):
        match = pattern.search(line)
        if match and pairs and not re.search(r"\{[{%]", match[0]):
            conversion.replace(construct.start - len(match[0]), construct.end, write(match, dict(_joined(pairs))))
            return
    _leave_out(conversion, construct, pairs, "no HTML can be written for what it follows")
    conversion.replace(construct.start, construct.end, "")


def _item(conversion: Conversion, construct: Construct, pairs: Attributes) -> None:
    _leave_out(conversion, construct, pairs, "it stands in a list item")
    after = conversion.text[construct.end : construct.end + 1]
    conversion.replace(construct.start, construct.end + (after in (" ", "\t")), "")


def _html_link(match: re.Match[str], attributes: dict[str, str]) -> str:
    title = html.unescape(match["a"] or match["b"] or "")
    url = html.unescape(match["url"])
    if match["image"]:
        return element("img", {"src": url, "alt": html.unescape(match["text"]), "title": title, **attributes})
    return f"{element('a', {'href': url, 'title': title, **attributes})}{match['text']}</a>"


def _html_code(match: re.Match[str], attributes: dict[str, str]) -> str:
    return f"{element('code', attributes)}{html.escape(match['text'].strip(), quote=False)}</code>"


def _html_emphasis(match: re.Match[str], attributes: dict[str, str]) -> str:
    name = "strong" if len(match["mark"]) == 2 else "em"
    return f"{element(name, attributes)}{match['text']}</{name}>"


def _comment(conversion: Conversion, construct: Construct) -> bool:
    if construct.inner_start < 0:
        conversion.replace(construct.start, construct.end, "")
        return True
    comment = plain_html.comment(conversion.inner(construct), at_line_start=conversion.starts_line(construct.start))
    conversion.replace(construct.start, construct.end, comment)
    return True


def _no_markdown(conversion: Conversion, construct: Construct) -> bool:
    if construct.inner_start >= 0:
        conversion.keep_html(construct)
    else:
        conversion.replace(construct.start, construct.end, "")
    return True


def _options(conversion: Conversion, construct: Construct) -> bool:
    _leave_out(conversion, construct, construct.arguments, "an option for the rest of the text")
    conversion.replace(construct.start, construct.end, "")
    return True


def _kept(conversion: Conversion, construct: Construct, pairs: Attributes) -> Attributes:
    refused = tuple(pair for pair in pairs if not _BLOCK_ATTRIBUTES.fullmatch(pair[0]))
    if refused:
        _leave_out(conversion, construct, refused, "not an attribute that Goldmark writes on a block")
    return tuple(pair for pair in pairs if pair not in refused)


def _leave_out(conversion: Conversion, construct: Construct, pairs: Attributes, why: str) -> None:
    names = " ".join(f"{key}={value!r}" for key, value in pairs) or conversion.source(construct)
    conversion.report("HC311", construct, name=f"attribute {names}", outcome=f"left out: {why}")


def _goldmark(pairs: Attributes) -> str:
    written: list[str] = []
    for key, value in _joined(pairs):
        mark = {"id": "#", "class": "."}.get(key, "")
        names = value.split() if key == "class" else [value]
        if mark and names and all(map(_PLAIN_NAME.fullmatch, names)):
            written += [f"{mark}{name}" for name in names]
        else:
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            written.append(f'{key}="{escaped}"')
    return " ".join(written)


def _joined(pairs: Attributes) -> list[tuple[str, str]]:
    """Join classes as kramdown does; of another attribute the last value counts."""
    joined: dict[str, str] = {}
    for key, value in pairs:
        joined[key] = f"{joined[key]} {value}" if key == "class" and key in joined else value
    return list(joined.items())


def _line(text: str, construct: Construct) -> tuple[int, int]:
    """Return the span of the line that a construct has for itself, with its line end."""
    return text.rfind("\n", 0, construct.start) + 1, _line_end(text, construct.end)


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return end + 1 if end >= 0 else len(text)


def _end_of_line_above(text: str, line_start: int) -> int:
    """Return the place of the last character on the line above, -1 when there is none or it is blank."""
    start = text.rfind("\n", 0, max(line_start - 1, 0)) + 1
    line = text[start:line_start].rstrip()
    return start + len(line) - 1 if line.strip(" \t>") else -1


def _is_code_block(text: str, code: tuple[int, int]) -> bool:
    """Tell a block of code from a code span: it has lines of its own."""
    before = text[text.rfind("\n", 0, code[0]) + 1 : code[0]]
    return bool(_FENCE.match(text, code[0]) and "\n" in text[code[0] : code[1]]) or before.endswith(("    ", "\t"))


_EXTENSIONS: dict[str, Rule] = {"comment": _comment, "nomarkdown": _no_markdown, "options": _options}
