"""Text in Markdown: written so that a reader sees the same characters, with as few backslashes as possible.

Whether a character acts depends on its neighbours in the finished paragraph. So a text is first *marked* (`mark`): each
character that might act becomes a control character. Rules then put their own markup around it, and `finish`
decides, once the whole paragraph is known, which marks need a backslash and which emphasis must be an HTML tag.
Control characters never occur in a body: `without_controls` takes them out first.
"""

from __future__ import annotations

import re
from typing import Final

from hugoconv.markup.markdown_inline import (
    BACKTICK,
    BANG,
    CHARACTERS,
    CLOSE_BRACKET,
    CLOSERS,
    DELIMITERS,
    OPEN_BRACKET,
    STAR,
    TILDE,
    UNDERSCORE,
    resolve,
)

BRACES: Final = "\x02"
"""Two opening braces that are meant: the start of a shortcode, or of one made inert."""
HARD_BREAK: Final = "\x03"
"""A line break inside a paragraph."""

_MARKED = tuple((character, mark) for mark, character in CHARACTERS.items() if mark != BANG)
_UNMARKED = str.maketrans({**CHARACTERS, **dict.fromkeys(DELIMITERS), HARD_BREAK: " ", BRACES: "{{"})

_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\r"))
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_ENTITY = re.compile(r"&(?=#?[0-9A-Za-z]{1,32};)")
_SPACES = re.compile(r"[ \t\r\n]+")
_NOT_TEXT = re.compile(f"[{''.join(CHARACTERS)}{''.join(DELIMITERS)}{HARD_BREAK}{BRACES}]")
_DOUBLE_SPACES = re.compile(r"[ ]{2,}")
_AWKWARD = re.compile(r"[ ()<>]|\A\Z")
_EMPTY_PAIR = re.compile("|".join(closer + opener for opener, closer in CLOSERS.items()))
_REPEATED_BREAKS = re.compile(f"[ ]*{HARD_BREAK}[ ]*(?:{HARD_BREAK}[ ]*)+")
_BRACKETS = re.compile(f"[{OPEN_BRACKET}{CLOSE_BRACKET}]")
_DELIMITER_START = re.compile(r"\{\{(?=[<%])")

BLOCK_NAMES: Final = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt"
    "|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu"
    "|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr"
    "|track|ul"
)
"""The names with which CommonMark starts a block of HTML, as a regular expression (0.31.2, 4.6, condition 6)."""
BLOCK_TAG: Final = re.compile(rf"</?(?:{BLOCK_NAMES}|script|pre|style|textarea)(?=[\s/>]|\Z)", re.IGNORECASE)
_COMMENT_BEFORE = re.compile(r"<!--.*?-->(?=.)")
"""A comment that would make the whole line HTML."""
_LONE_TAG = re.compile(r"</?[A-Za-z][^<>]*>\Z")
_SHORTCODE = re.compile(
    r"\{\{<(?:(?!>\}\}|\{\{)[^\x03\n])*+>\}\}|\{\{%(?:(?!%\}\}|\{\{)[^\x03\n])*+%\}\}",
)
_LINE_START = re.compile(
    rf"""
      (?P<number>[0-9]{{1,9}})(?=[.)](?:[ ]|\Z))
    | \#{{1,6}}(?=[ ]|\Z)                                      # heading
    | [-+{STAR}](?=[ ]|\Z)                                     # list item
    | (?:-(?=[- ]*\Z) | {STAR}(?=[{STAR} ]*\Z) | {UNDERSCORE}(?=[{UNDERSCORE} ]*\Z))     # rule, underline of a heading
    | =(?==*[ ]*\Z)
    | >
    | :(?=[ ])                                                 # definition
    | [|:](?=[-:|\ ]*-[-:|\ ]*\Z)                              # second row of a table
    | {TILDE}(?={TILDE}{TILDE}) | {BACKTICK}(?={BACKTICK}{BACKTICK})                     # fence
    | {OPEN_BRACKET}(?=[^{OPEN_BRACKET}{CLOSE_BRACKET}]*{CLOSE_BRACKET}:)                # link definition
    | {OPEN_BRACKET}(?=[ xX]{CLOSE_BRACKET}(?:[ ]|\Z))                                   # task
    """,
    re.VERBOSE,
)


def without_controls(text: str) -> str:
    """Return `text` without control characters (XML forbids them) and with lone surrogates replaced by U+FFFD."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        text = _SURROGATES.sub("\ufffd", text)
        data = text.encode()
    kept = data.translate(None, _CONTROLS)  # at a twentieth of what a regular expression takes
    return text if len(kept) == len(data) else kept.decode()


def mark(text: str) -> str:
    """Return `text` with white space collapsed as HTML does, and every character that may act in Markdown marked."""
    marked = _collapsed(text)
    for character, its_mark in _MARKED:
        if character in marked:
            marked = marked.replace(character, its_mark)
    if "&" in marked and ";" in marked:
        marked = _ENTITY.sub(r"\\&", marked)
    return f"{marked[:-1]}{BANG}" if marked.endswith("!") else marked


def _collapsed(text: str) -> str:
    """Return `text` with one space for each run of white space."""
    for space in "\n\t\r":
        if space in text:
            text = text.replace(space, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def _is_text(marked: str) -> bool:
    """Whether nothing is marked, which printable characters never are."""
    return marked.isprintable() or _NOT_TEXT.search(marked) is None


def plain(marked: str) -> str:
    """Return the characters a reader sees, for places where Markdown is not read."""
    return marked if _is_text(marked) else marked.translate(_UNMARKED)


def bracketed(marked: str) -> str:
    """Return `marked` fit to stand between the brackets of a link: its own brackets are escaped unless they pair."""
    if not _pairs_brackets(marked) or f"{CLOSE_BRACKET}(" in marked or f"{OPEN_BRACKET}^" in marked:
        marked = marked.replace(OPEN_BRACKET, r"\[").replace(CLOSE_BRACKET, r"\]")
    return _REPEATED_BREAKS.sub(HARD_BREAK, marked)


def _pairs_brackets(marked: str) -> bool:
    depth = 0
    for bracket in _BRACKETS.findall(marked):
        depth += 1 if bracket == OPEN_BRACKET else -1
        if depth < 0:
            break
    return depth == 0


def destination(url: str) -> str:
    """Return `url` as the destination of a link: bare when it can be, else in angle brackets."""
    if "  " in url:
        url = _DOUBLE_SPACES.sub(lambda spaces: "%20" * len(spaces[0]), url.strip(" "))
    url = _SPACES.sub(" ", url).strip(" ").replace("\\", "\\\\")
    url = _ENTITY.sub("&amp;", url)
    if not _AWKWARD.search(url):
        return url
    return f"<{url.replace('<', '%3C').replace('>', '%3E')}>"


def title(text: str) -> str:
    """Return the part of a link that gives its title, with the space before it; "" for no title."""
    if not text:
        return ""
    text = _SPACES.sub(" ", text).replace("\\", "\\\\").replace('"', '\\"')
    return f' "{_ENTITY.sub("&amp;", text)}"'


def finish(marked: str) -> str:
    """Return a paragraph's marked text as Markdown; two line breaks in a row make two paragraphs of it."""
    if "  " in marked:
        marked = _DOUBLE_SPACES.sub(" ", marked)
    if _is_text(marked):
        return _inert(_line_start(marked.strip(" \t\r\n")))
    previous = ""
    while previous != marked:
        previous, marked = marked, _EMPTY_PAIR.sub("", marked)
    paragraphs = (_paragraph(part) for part in _split(marked))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def finish_words(words: str) -> str:
    """Return what `finish` does of a text that starts with a letter and in which nothing is marked."""
    return _inert(words.rstrip(" \t\r\n"))


def settle(markdown: str) -> str:
    """Return a whole document's Markdown, with the delimiters of Hugo shortcodes that are only text made inert."""
    if "{" in markdown:
        markdown = _DELIMITER_START.sub(r"{\\{", markdown)
    return markdown.replace(BRACES, "{{")


def _split(marked: str) -> list[str]:
    """Split at repeated line breaks; emphasis that is open there is closed before and opened again after."""
    parts = _REPEATED_BREAKS.split(marked)
    if len(parts) == 1:
        return parts
    opened: list[str] = []
    for index, part in enumerate(parts):
        start = "".join(opened)
        for character in part:
            if character in CLOSERS:
                opened.append(character)
            elif opened and character == CLOSERS[opened[-1]]:
                opened.pop()
        parts[index] = start + part + "".join(CLOSERS[opener] for opener in reversed(opened))
    return parts


def _paragraph(marked: str) -> str:
    lines = [line.strip(" \t\r\n") for line in marked.strip(f"{HARD_BREAK} \t\r\n").split(HARD_BREAK)]
    if len(lines) > 1 and _LONE_TAG.match(lines[0]):
        lines[0] += "<br>"
    text = HARD_BREAK.join(_line_start(line) for line in lines)
    return _inert(resolve(text)).replace(HARD_BREAK, "  \n")


def _line_start(line: str) -> str:
    """Return `line` with a backslash where its start would make a heading, a list, a rule or the like of it.

    A tag that would start a block of HTML gets an invisible `<wbr>` before it.
    """
    if line.startswith("<") and (BLOCK_TAG.match(line) or _COMMENT_BEFORE.match(line)):
        return f"<wbr>{line}"
    match = _LINE_START.match(line)
    if match is None:
        return line
    if match["number"]:
        return f"{match['number']}\\{line[match.end() :]}"
    return f"\\{line[0].translate(_UNMARKED)}{line[1:]}"


def _inert(text: str) -> str:
    """Put the text of a Hugo shortcode into the comment that Hugo shows as it is, where it is closed on its line."""
    if "{" not in text:
        return text
    return _SHORTCODE.sub(lambda match: f"{BRACES}{match[0][2]}/*{match[0][3:-3]}*/{match[0][-3:]}", text)
