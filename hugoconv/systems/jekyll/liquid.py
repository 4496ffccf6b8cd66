"""Liquid as Jekyll reads it: tags and outputs with spans, by the tokenizer rule of the liquid gem.

Liquid runs before Markdown, so code is not skipped; only `raw` and `comment` swallow what they enclose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hugoconv.markup.constructs import Construct

BLOCK_TAGS = frozenset(
    {"raw", "comment", "highlight", "if", "unless", "for", "case", "capture", "tablerow", "ifchanged"}
)
"""The tags of Jekyll and Liquid that stop the build when they are not closed."""

BRANCH_TAGS = frozenset({"else", "elsif", "when"})
"""The tags that divide a block and say nothing alone."""

_OPENING = re.compile(r"\{[%{]")
_TAG = re.compile(r"\{%-?\s*(#|[A-Za-z0-9_]+)\s*(.*?)-?%\}", re.DOTALL)
_END_RAW = re.compile(r"\{%-?\s*endraw\s*-?%\}")
_ARGUMENT = re.compile(r"""([\w-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"']+)|("[^"]*"|'[^']*'|[^\s"']+)""")


@dataclass(frozen=True, slots=True)
class Token:
    """One `{% ... %}` or `{{ ... }}`: `name` is the tag's ("" for an output), `markup` the rest without white space.

    `error` says why Liquid stops the build here; "" when it does not.
    """

    start: int
    end: int
    name: str
    markup: str
    error: str = ""

    @property
    def is_output(self) -> bool:
        """Whether this is an output, `{{ ... }}`."""
        return not self.name and not self.error


CODE = frozenset({"highlight", "codeblock"})
"""Pairs of tags that make HTML of the code between them, before Markdown is read."""


def constructs(text: str) -> list[Construct]:
    """Return the tags and outputs of `text` in written order.

    A pair of tags is one construct of kind "tag" from its opening to its closing tag, followed by the constructs
    between them (of `raw` and `comment`: none). Kind "output" has the expression's source as its name and the filters
    as arguments. Kind "error" is what Liquid refuses, with the reason as its argument.
    """
    found: list[Construct | None] = []
    opened: list[tuple[int, Token]] = []
    open_count: dict[str, int] = {}
    for token in _tokens(text):
        opening = token.name.removeprefix("end")
        if opening != token.name and open_count.get(opening):
            while True:
                index, first = opened.pop()
                open_count[first.name] -= 1
                if first.name == opening:
                    break
                found[index] = _alone(first)
            found[index] = _pair(first, token)
        elif token.name and not token.error:
            opened.append((len(found), token))
            open_count[token.name] = open_count.get(token.name, 0) + 1
            found.append(None)
        else:
            found.append(_alone(token))
    for index, token in opened:
        found[index] = _alone(token)
    return [construct for construct in found if construct is not None]


def opaque(text: str) -> list[tuple[int, int]]:
    """Return the spans of which Markdown sees nothing: tags and outputs, what `CODE` encloses, and comments."""
    spans: list[tuple[int, int]] = []
    code_end = 0
    for construct in constructs(text):
        if construct.start < code_end:
            continue
        if construct.inner_start < 0 or construct.name == "comment" or construct.name in CODE:
            spans.append((construct.start, construct.end))
            code_end = construct.end
        else:
            spans += [(construct.start, construct.inner_start), (construct.inner_end, construct.end)]
    return sorted(spans)


def markup(text: str, construct: Construct) -> str:
    """Return what stands in a tag after its name, without white space around it."""
    match = _TAG.match(text, construct.start)
    return match[2].strip() if match else ""


def split_filters(expression: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return an output's first value and its filters, as (name, source of the arguments) pairs."""
    value, *filters = split_quoted(expression, "|")
    pairs = (part.partition(":") for part in filters)
    return value.strip(), tuple((name.strip(), arguments.strip()) for name, _, arguments in pairs)


def split_quoted(source: str, separator: str) -> list[str]:
    """Split at a separator character wherever it is outside quotes."""
    parts: list[str] = []
    start = 0
    quote = ""
    for position, character in enumerate(source):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character == separator:
            parts.append(source[start:position])
            start = position + 1
    return [*parts, source[start:]]


def _tokens(text: str) -> Iterator[Token]:
    """Yield the tokens that Liquid looks at: what is inside `raw` is none, inside `comment` only what closes it."""
    tokens = _all_tokens(text)
    comments = 0
    for token in tokens:
        if token.name == "comment":
            comments += 1
            if comments > 1:
                continue
        elif token.name == "endcomment" and comments:
            comments -= 1
            if comments:
                continue
        elif comments:
            continue
        yield token


def _all_tokens(text: str) -> Iterator[Token]:
    if "{" not in text:
        return
    position = 0
    has_end = {"{%": True, "{{": True, "raw": True}
    while opening := _OPENING.search(text, position):
        mark = opening[0]
        end = text.find("%}" if mark == "{%" else "}", opening.end()) if has_end[mark] else -1
        if end < 0:
            has_end[mark] = False
            position = opening.end()
            yield Token(opening.start(), position, "", "", f"{mark} is not closed")
            continue
        token = _tag(text, opening.start(), end + 2) if mark == "{%" else _output(text, opening.start(), end)
        yield token
        position = token.end
        if token.name == "raw" and has_end["raw"]:
            closing = _END_RAW.search(text, position)
            has_end["raw"] = closing is not None
            if closing:
                yield Token(closing.start(), closing.end(), "endraw", "")
                position = closing.end()


def _tag(text: str, start: int, end: int) -> Token:
    match = _TAG.fullmatch(text, start, end)
    if match is None:
        return Token(start, end, "", "", "a tag has no name")
    return Token(start, end, match[1], match[2].strip())


def _output(text: str, start: int, closing: int) -> Token:
    """Liquid ends an output at the first closing brace, and refuses it when there is only one."""
    if not text.startswith("}}", closing):
        return Token(start, closing + 1, "", "", "{{ is not closed by }}")
    expression = text[start + 2 : closing].removeprefix("-").removesuffix("-")
    return Token(start, closing + 2, "", expression.strip())


def _alone(token: Token) -> Construct:
    if token.error:
        return Construct("", "error", token.start, token.end, (("", token.error),))
    if token.is_output:
        value, filters = split_filters(token.markup)
        return Construct(value, "output", token.start, token.end, filters)
    if token.name in BLOCK_TAGS:
        return Construct(token.name, "error", token.start, token.end, (("", f"{token.name} is not closed"),))
    opening = token.name.removeprefix("end")
    if opening != token.name and opening in BLOCK_TAGS:
        return Construct(token.name, "error", token.start, token.end, (("", f"there is no {opening} to close"),))
    return Construct(token.name, "tag", token.start, token.end, _arguments(token.markup))


def _pair(opening: Token, closing: Token) -> Construct:
    arguments = _arguments(opening.markup)
    return Construct(opening.name, "tag", opening.start, closing.end, arguments, opening.end, closing.start)


def _arguments(source: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (match[1], _unquoted(match[2])) if match[1] else ("", _unquoted(match[3]))
        for match in _ARGUMENT.finditer(source)
    )


def _unquoted(value: str) -> str:
    return value[1:-1] if value[:1] in ('"', "'") and len(value) > 1 and value[-1] == value[0] else value
