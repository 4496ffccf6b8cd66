"""Where front matter begins and ends, as Hugo and as Jekyll see it; the pieces always add up to the file."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hugoconv.errors import FrontMatterError


@dataclass(frozen=True, slots=True)
class Parts:
    """A file's text in four pieces: `opening + matter + closing + body` is the text, character for character.

    `opening` holds a BOM, blank lines and the opening fence with its line end; `syntax` is "" without front matter.
    """

    syntax: str
    opening: str
    matter: str
    closing: str
    body: str

    @property
    def text(self) -> str:
        """The whole file's text."""
        return self.opening + self.matter + self.closing + self.body

    @property
    def matter_line(self) -> int:
        """The line of the file, from 1, at which the matter starts."""
        return self.opening.count("\n") + 1

    @property
    def body_line(self) -> int:
        """The line of the file, from 1, at which the body starts."""
        return (self.opening + self.matter + self.closing).count("\n") + 1


_BOM = "\ufeff"
_HUGO_LEAD = re.compile(f"[{_BOM} \t\n\v\f\r]*")
_HUGO_FENCES = {"---": "yaml", "+++": "toml"}
_JEKYLL = re.compile(rf"({_BOM}?---[ \t]*\r?\n)(.*?)^((?:---|\.\.\.)\s*$\n?)", re.DOTALL | re.MULTILINE)


def split_hugo(text: str) -> Parts:
    """Split as Hugo's page parser does: any line that starts with the fence closes; its rest leaks into the body.

    FrontMatterError where Hugo stops its build: an unclosed fence, unfinished JSON, a single `-` or `+` at the start.
    The source is parser/pageparser/pagelexer_intro.go.
    """
    start = _HUGO_LEAD.match(text).end()  # type: ignore[union-attr]  # the pattern matches the empty string
    head = text[start : start + 3]
    if head in _HUGO_FENCES:
        return _split_fenced(text, start, head)
    if head.startswith(("-", "+")):
        raise FrontMatterError(
            f"invalid front matter delimiter: the file starts with {head[0]!r}; put front matter before the text",
            line=text.count("\n", 0, start) + 1,
        )
    if head.startswith("{"):
        return _split_json(text, start)
    if head.startswith("#+"):
        return _split_org(text, start)
    return Parts("", text[:start] if text[:1] == _BOM else "", "", "", text[start:] if text[:1] == _BOM else text)


def _split_fenced(text: str, start: int, fence: str) -> Parts:
    # The fence's line end belongs to the opening; anything else on that line is read as front matter.
    opening_end = _after_line_end(text, start + 3)
    close = opening_end if text.startswith(fence, opening_end) and opening_end > start + 3 else -1
    if close < 0:
        found = text.find("\n" + fence, opening_end - 1 if opening_end == start + 3 else opening_end)
        if found < 0:
            raise FrontMatterError(
                f"the front matter is not closed; write {fence} on a line of its own after it",
                line=text.count("\n", 0, start) + 1,
            )
        close = found + 1
    body = _after_line_end(text, close + 3)
    return Parts(_HUGO_FENCES[fence], text[:opening_end], text[opening_end:close], text[close:body], text[body:])


def _after_line_end(text: str, position: int) -> int:
    if text.startswith("\r", position):
        position += 1
    return position + 1 if text.startswith("\n", position) else position


_JSON_TOKEN = re.compile(r'[{}"]|\\.', re.DOTALL)


def _split_json(text: str, start: int) -> Parts:
    level, quoted = 0, False
    for token in _JSON_TOKEN.finditer(text, start):
        mark = token[0]
        if mark == '"':
            quoted = not quoted
        elif not quoted and mark in "{}":
            level += 1 if mark == "{" else -1
            if level == 0:
                end = token.end()
                body = _after_line_end(text, end)
                return Parts("json", text[:start], text[start:end], text[end:body], text[body:])
    raise FrontMatterError("the JSON front matter is not closed; a closing brace is missing", line=1)


def _split_org(text: str, start: int) -> Parts:
    end = start
    while text.startswith("#+", end):
        newline = text.find("\n", end)
        end = newline + 1 if newline >= 0 else len(text)
        if newline < 0:
            break
    return Parts("org", text[:start], text[start:end], "", text[end:])


def split_jekyll(text: str) -> Parts:
    """Split as Jekyll does: `---` on the first line, closed by a line of `---` or `...`; otherwise no front matter.

    The source is YAML_FRONT_MATTER_REGEXP in lib/jekyll/document.rb, which also swallows the blank lines after the
    closing fence. A BOM is passed over, as Ruby's `bom|utf-8` encoding does.
    """
    match = _JEKYLL.match(text)
    if match is None:
        bom = text[:1] if text[:1] == _BOM else ""
        return Parts("", bom, "", "", text[len(bom) :])
    return Parts("yaml", match[1], match[2], match[3], text[match.end() :])


_MARKDOWN = re.compile(
    rf"({_BOM}?(?P<fence>---|\+\+\+)[ \t]*\r?\n)(?P<matter>.*?)(?P<closing>^(?P=fence)[ \t]*(?:\r?\n|\Z))",
    re.DOTALL | re.MULTILINE,
)


def split_markdown(text: str) -> Parts:
    """Split as most programs do: a line of `---` (YAML) or `+++` (TOML) opens, and the same line closes.

    Anything else is a text without front matter: a list, a rule, a fence that is not closed.
    """
    match = _MARKDOWN.match(text)
    if match is None:
        bom = text[:1] if text[:1] == _BOM else ""
        return Parts("", bom, "", "", text[len(bom) :])
    return Parts(_HUGO_FENCES[match["fence"]], match[1], match["matter"], match["closing"], text[match.end() :])
