"""Hugo's shortcodes as they stand in a text: every tag with its arguments, and the files and pages they name.

The rules are those of Hugo's parser/pageparser (pagelexer.go, pagelexer_shortcode.go). Hugo looks for shortcodes before
it reads Markdown, so those in code count as well. Where Hugo would stop the build there is a tag with an `error`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from hugoconv.markup.files import FILE_NAME

SUMMARY_DIVIDER = "<!--more-->"


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a shortcode: `name` is "" for a positional one; `start` to `end` is the value with its quotes."""

    name: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tag:
    """One thing Hugo's lexer stops at; `start` to `end` is all of it, with its braces.

    `role`: "open" (also of a shortcode that is never closed), "close", "self-closing", "inline" (opens an inline
    shortcode), "escaped" (`{{</* x */>}}`), "divider" (the first `<!--more-->`) and "error", which `error` explains.
    """

    role: Literal["open", "close", "self-closing", "inline", "escaped", "divider", "error"]
    name: str
    start: int
    end: int
    arguments: tuple[Argument, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class ShortcodeReference:
    """A file or page that a shortcode names: `start` to `end` is the argument's value with its quotes."""

    kind: Literal["image", "link", "page"]
    start: int
    end: int
    target: str
    shortcode: str
    argument: str

    def written(self, target: str) -> str:
        """Return the text to put at this reference's span so that Hugo reads `target` (or ValueError)."""
        return quote_argument(target)


def quote_argument(value: str) -> str:
    """Return `value` as a shortcode argument that Hugo reads as exactly that text.

    Double quotes where they can hold it, else backticks. ValueError when neither can: a backtick together with a line
    end, or with both a double quote and a backslash.
    """
    if not re.search(r'["\n]|\\(?:`|\Z)', value):
        return f'"{value}"'
    if not re.search(r"[\\\n]", value):
        return '"' + value.replace('"', '\\"') + '"'
    if "`" not in value:
        return f"`{value}`"
    raise ValueError(f"no shortcode argument can hold {value!r}")


_PAGE_ARGUMENTS = {("ref", "0"), ("ref", "path"), ("relref", "0"), ("relref", "path")}
_LINK_ARGUMENTS = {"link", "href", "url", "attrlink"}
_FILE_ARGUMENTS = {"src", "image", "img", "poster", "thumbnail"}


def shortcode_references(text: str) -> list[ShortcodeReference]:
    """Return the files and pages that shortcodes name, in written order: `figure src=`, `ref`, any `image.png`.

    Which argument names what is known for Hugo's own shortcodes; a site's own ones follow the same names, and an
    argument that looks like a media file is one.
    """
    found: list[ShortcodeReference] = []
    for tag in tags(text):
        for position, argument in enumerate(tag.arguments):
            name = argument.name or str(position)
            kind: Literal["image", "link", "page"]
            if (tag.name, name) in _PAGE_ARGUMENTS:
                kind = "page"
            elif name.lower() in _LINK_ARGUMENTS:
                kind = "link"
            elif name.lower() in _FILE_ARGUMENTS or FILE_NAME.fullmatch(argument.value):
                kind = "image"
            else:
                continue
            found.append(ShortcodeReference(kind, argument.start, argument.end, argument.value, tag.name, name))
    return found


def tags(text: str) -> Iterator[Tag]:
    """Yield every tag of `text` in written order; after one that Hugo refuses, reading goes on where it was refused."""
    lexer = _Lexer(text)
    position = 0
    while match := _STOP.search(text, position):
        try:
            tag = lexer.read(match)
        except _Refused as refusal:
            tag = Tag("error", lexer.name, match.start(), match.end(), error=refusal.reason)
            position = max(match.end(), refusal.position)
            lexer.inline = ""
        else:
            position = tag.end if tag else match.end()
        if tag:
            yield tag


_STOP = re.compile(r"\{\{[<%]|<!--more-->")
_SPACE = re.compile(r"[ \t\n\v\f\r]*")
_NAME = re.compile(r"[\w/-]*")
_INLINE_NAME = re.compile(r"[\w/-]*\.inline(?= )")
_PARAMETER = re.compile(r"[\w.-]+")
_UNQUOTED = re.compile(r"[^ \t\n\v\f\r]*")
_DOUBLE_QUOTED = re.compile(r'"((?:[^"\\\n]|\\(?:"|(?!["`])))*)"')
_ESCAPED_QUOTED = re.compile(r'\\"((?:[^"\\\n]|\\(?!["`]))*)\\?"')
_RAW = re.compile(r"`([^`]*)`")


class Finder:
    """Finds what str.find finds, in linear time for any number of searches that only go forward."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[str, int] = {}

    def find(self, needle: str, position: int) -> int:
        """Return where `needle` stands next at or after `position`, -1 when nowhere."""
        found = self._found.get(needle)
        if found is None or 0 <= found < position:
            found = self._found[needle] = self._text.find(needle, position)
        return found


class _Refused(Exception):
    """Hugo's lexer stops here."""

    def __init__(self, reason: str, position: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.position = position


class _Lexer:
    """What Hugo's lexer remembers from one tag to the next."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.name = ""
        self.inline = ""
        self._opened: set[str] = set()
        self._divided = False
        self._finder = Finder(text)

    def read(self, match: re.Match[str]) -> Tag | None:
        """Return the tag that starts at a match of _STOP, None for a divider after the first; _Refused as Hugo."""
        start, position = match.span()
        if match[0] == SUMMARY_DIVIDER:
            divider = None if self._divided else Tag("divider", "more", start, position)
            self._divided = True
            return divider
        closer = {"{{<": ">}}", "{{%": "%}}"}[match[0]]
        if self.inline and not re.compile(rf"\s*/\s*{re.escape(self.inline)} ").match(self.text, position):
            raise _Refused("an inline shortcode cannot enclose another shortcode", position)
        if self.text.startswith("/*", position):
            return self._escaped(start, position, closer)
        self.name, previous = "", self.name
        position = self._skip_space(position)
        if not self.text.startswith("/", position):
            return self._opening(start, position, closer)
        self.name = previous
        return self._closing(start, self._skip_space(position + 1), closer)

    def _escaped(self, start: int, position: int, closer: str) -> Tag:
        end = self._finder.find(f"*/{closer}", position)
        if end < position + 2:
            raise _Refused("the comment has no end", position)
        content = self.text[position + 2 : end].split(maxsplit=1)
        return Tag("escaped", content[0] if content else "", start, end + len("*/") + len(closer))

    def _closing(self, start: int, position: int, closer: str) -> Tag:
        if not self._opened:
            raise _Refused("a shortcode is closed but none is open", position)
        match = _INLINE_NAME.match(self.text, position) or _NAME.match(self.text, position)
        assert match  # _NAME matches everywhere
        if match[0] not in self._opened:
            raise _Refused(f"shortcode {match[0]!r} is closed but not open", match.end())
        self.name, self.inline = match[0], ""
        end = self._skip_space(match.end())
        if not self.text.startswith(closer, end):
            raise _Refused("the closing tag does not end", end)
        return Tag("close", self.name, start, end + len(closer))

    def _opening(self, start: int, position: int, closer: str) -> Tag:
        match = _INLINE_NAME.match(self.text, position) or _NAME.match(self.text, position)
        if not match or not match[0] or match[0][0] in "-/":
            raise _Refused("the shortcode has no name", position)
        if self.text.startswith(".", match.end()):
            raise _Refused("only inline shortcodes have a dot in their name", match.end())
        self.name = match[0]
        self._opened.add(self.name)
        arguments, position, self_closing = self._arguments(match.end(), closer)
        end = position + len(closer)
        if self_closing:
            return Tag("self-closing", self.name, start, end, arguments)
        if self.name.endswith(".inline"):
            self.inline = self.name
            return Tag("inline", self.name, start, end, arguments)
        return Tag("open", self.name, start, end, arguments)

    def _arguments(self, position: int, closer: str) -> tuple[tuple[Argument, ...], int, bool]:
        """Read up to the closing delimiter: the arguments, where that is, and whether `/` stands before it."""
        arguments: list[Argument] = []
        style = ""
        while True:
            position = self._skip_space(position)
            if self.text.startswith(closer, position):
                return tuple(arguments), position, False
            character = self.text[position : position + 1]
            if character == "/":
                position = self._skip_space(position + 1)
                if not self.text.startswith(closer, position):
                    raise _Refused("nothing may follow the closing slash", position)
                return tuple(arguments), position, True
            if character == "=":
                start = self._skip_space(position + 1)
                value, position = self._value(start)
                if arguments and not arguments[-1].name:
                    arguments[-1] = Argument(arguments[-1].value, value, start, position)
                continue
            if character == "\\" and self.text[position + 1 : position + 2] not in ('"', "`"):
                position += 1
                continue
            value, end = self._positional(position, character)
            named = character not in ('"', "`", "\\") and self.text.startswith("=", end)
            if style and style != ("named" if named else "positional"):
                raise _Refused("named and positional arguments cannot be mixed", end)
            style = "named" if named else "positional"
            arguments.append(Argument("", value, position, end))
            position = end

    def _positional(self, position: int, character: str) -> tuple[str, int]:
        """Read a positional argument, or the name of a named one."""
        if character in ('"', "`", "\\"):
            return self._value(position)
        word = _PARAMETER.match(self.text, position)
        if not word or character == ".":
            reason = "an argument of other than letters and digits must be quoted" if character else "it does not end"
            raise _Refused(reason, position)
        return word[0], word.end()

    def _value(self, position: int) -> tuple[str, int]:
        character = self.text[position : position + 1]
        if character == "`":
            if self._finder.find("`", position + 1) < 0:
                raise _Refused("the raw string has no end", position + 1)
            match = _RAW.match(self.text, position)
            assert match  # its end was found
            return match[1], match.end()
        if character in ('"', "\\"):
            match = (_DOUBLE_QUOTED if character == '"' else _ESCAPED_QUOTED).match(self.text, position)
            if not match:
                raise _Refused("the quoted string has no end on its line", position + 1)
            # Hugo drops every backslash of a string in which a quote is escaped.
            value = match[1].replace("\\", "") if '\\"' in match[1] else match[1]
            return value, match.end()
        match = _UNQUOTED.match(self.text, position)
        assert match  # _UNQUOTED matches everywhere
        return match[0], match.end()

    def _skip_space(self, position: int) -> int:
        match = _SPACE.match(self.text, position)
        return match.end() if match else position
