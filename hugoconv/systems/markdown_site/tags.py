"""The tags of template languages in Markdown: how they are written, and what a table of rules may ask of one.

Two languages are known: braces as Nunjucks and Liquid write them (`{% name words %}`, closed by `{% endname %}`), and
calls as Zola does (`{{ name(key="value") }}`, `{% name(...) %}` closed by `{% end %}`). Nothing is raised.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from hugoconv.markup import markdown
from hugoconv.markup.constructs import Construct, Neutral
from hugoconv.markup.files import is_file_name

Span = tuple[int, int]


class Call(Protocol):
    """What a rule may ask about one tag of a body."""

    @property
    def words(self) -> list[str]:
        """The values without a name, in written order."""

    @property
    def named(self) -> dict[str, str]:
        """The values with a name."""

    @property
    def source(self) -> str:
        """The text between an opening and a closing tag, nothing of it run; "" for a tag that encloses none."""

    @property
    def closes(self) -> bool:
        """Whether there is a closing tag."""

    def inner(self) -> str:
        """Return the text between the tags as the target's text; asked once at most."""

    def rendered(self, neutral: Neutral) -> str:
        """Return a construct as a part of the Markdown that a tag shows."""

    def page(self, name: str) -> tuple[str, str]:
        """Return the address and the title of the page that a tag calls by a name; ("", "") for none."""

    def file(self, name: str) -> str:
        """Return how the target's page names a file or an address."""

    def has_file(self, name: str) -> bool:
        """Whether the site has a file that the page may call by this name."""

    def text_of(self, path: str) -> str | None:
        """Return the text of a file of the site, by its path in the project; None when there is none."""

    def value(self, name: str) -> str | None:
        """Return a plain value of the post's front matter as text; None when it has none of that name."""

    def leave_out(self, names: Sequence[str]) -> None:
        """Name what a tag says that nothing in the target shows."""


Rule = Callable[[Call], "Neutral | str | None"]
"""Returns what a tag means, or the Markdown that it shows; None when that cannot be said."""


def in_braces(construct: Construct) -> str:
    """Return how a tag or an output with braces is called."""
    return f"{{{{ {construct.name} }}}}" if construct.kind == "output" else f"{{% {construct.name} %}}"


def unchanged(text: str) -> str:
    """Return the text."""
    return text


@dataclass(frozen=True, kw_only=True)
class TagLanguage:
    """The template language that a system runs over Markdown.

    `rules` say what tags mean; `output` says what `{{ ... }}` shows, by its expression. `in_code` says that tags are
    run in code too. `pages` are tags whose first value names a page.
    """

    scan: Callable[[str], list[Construct]]
    rules: Mapping[str, Rule]
    output: Callable[[Call, str], str | None] = field(default=lambda call, expression: None)
    in_code: bool = False
    pages: frozenset[str] = frozenset()
    is_run: Callable[[Mapping[str, Any]], bool] = field(default=lambda front_matter: True)
    """Whether the body of a post with this front matter is run."""
    marks: tuple[str, ...] = ("{",)
    """A text that has none of these has no tags."""
    spelled: Callable[[Construct], str] = in_braces
    """How findings call a tag."""
    kept: Callable[[str], str] = unchanged
    """How a tag that nobody knows is shown, by its text."""

    def constructs(self, text: str) -> list[Construct]:
        """Return the tags that are run, in written order, a pair before what it encloses."""
        if not any(mark in text for mark in self.marks):
            return []
        found = self.scan(text)
        if self.in_code or not found:
            return found
        inert = sorted([*markdown.code_regions(text), *(match.span() for match in _COMMENT.finditer(text))])
        return [each for each in found if not _is_within(each.start, inert)]

    def mentions(self, text: str) -> Iterator[TagMention]:
        """Yield the files and pages that tags name."""
        for construct in self.constructs(text):
            if construct.kind != "tag":
                continue
            position = construct.start
            end = construct.inner_start if construct.inner_start >= 0 else construct.end
            for number, (name, value) in enumerate(construct.arguments):
                is_page = construct.name in self.pages and not name and not number
                found = text.find(value, position, end) if value and (is_page or is_file_name(value)) else -1
                if found >= 0:
                    position = found + len(value)
                    yield TagMention("page" if is_page else "image", found, position, value)


@dataclass(frozen=True, slots=True)
class TagMention:
    """A page or file that a tag names: the span is that of the name."""

    kind: str
    start: int
    end: int
    target: str


_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def _is_within(position: int, spans: Sequence[Span]) -> bool:
    index = bisect_right(spans, position, key=lambda span: span[0]) - 1
    return index >= 0 and position < spans[index][1]


# Braces as Nunjucks and Liquid write them -----------------------------------------------------------------------------

_OPENING = re.compile(r"\{(?P<kind>[{%#])")
_CLOSING = {kind: re.compile(rf""""[^"\n]*"|'[^'\n]*'|{re.escape(end)}""") for kind, end in (("%", "%}"), ("{", "}}"))}
_CLOSING["#"] = re.compile(r"#\}")
_NAME = re.compile(r"-?\s*([\w-]+)\s*(.*?)\s*-?\Z", re.DOTALL)
_WORD = re.compile(r"""(?:"[^"]*"|'[^']*'|\S)+""")
_QUOTED = re.compile(r""""([^"]*)"|'([^']*)'""")
_END_RAW = re.compile(r"\{%-?\s*end(?:raw|verbatim)\s*-?%\}")


def braces(text: str) -> list[Construct]:
    """Return the tags (kind "tag"), outputs ("output", called by their expression) and comments ("comment") of a text.

    A tag with its closing one is one construct. What `raw` encloses is text (kind "shown").
    """
    found: list[Construct | None] = []
    opened: list[tuple[int, Construct]] = []
    counts: dict[str, int] = {}
    position = 0
    while match := _OPENING.search(text, position):
        kind = match["kind"]
        end = _end_of(text, match.end(), kind)
        position = max(end, match.end())
        if end < 0:
            continue
        inside = text[match.end() : end - 2]
        if kind != "%":
            name = inside.strip(" \t\r\n-") if kind == "{" else ""
            found.append(Construct(name, "output" if kind == "{" else "comment", match.start(), end))
            continue
        said = _NAME.match(inside)
        if said is None:
            continue
        name = said[1]
        tag = Construct(name, "tag", match.start(), end, tuple(_words(said[2])))
        if name in ("raw", "verbatim"):
            closing = _END_RAW.search(text, end)
            if closing is not None:
                position = closing.end()
                tag = Construct(name, "shown", match.start(), position, (), end, closing.start())
            found.append(tag)
            continue
        opening = name.removeprefix("end")
        if opening == name or not counts.get(opening):
            counts[name] = counts.get(name, 0) + 1
            opened.append((len(found), tag))
            found.append(tag)
            continue
        while True:
            index, first = opened.pop()
            counts[first.name] -= 1
            if first.name == opening:
                break
        found[index] = Construct(opening, "tag", first.start, end, first.arguments, first.end, tag.start)
    return [each for each in found if each is not None]


def _end_of(text: str, start: int, kind: str) -> int:
    """Return where a tag ends that starts before `start`, outside quotes; -1 when it does not."""
    for piece in _CLOSING[kind].finditer(text, start):
        if piece[0][0] not in "\"'":
            return piece.end()
    return -1


def _words(source: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a tag, those in quotes whole."""
    for word in _WORD.findall(source):
        yield "", _QUOTED.sub(lambda quoted: quoted[1] or quoted[2] or "", word)


# Calls as Zola writes them --------------------------------------------------------------------------------------------

_CALL = re.compile(
    r"""
    \{\{/\*(?P<shown>.*?)\*/\}\} | \{%/\*(?P<shown_tag>.*?)\*/%\}
    | \{\{-?\s*(?P<name>[A-Za-z_]\w*)\s*\((?P<values>(?:"[^"]*"|'[^']*'|`[^`]*`|[^"'`)])*)\)\s*-?\}\}
    | \{%-?\s*(?P<block>[A-Za-z_]\w*)\s*\((?P<block_values>(?:"[^"]*"|'[^']*'|`[^`]*`|[^"'`)])*)\)\s*-?%\}
    | (?P<end>\{%-?\s*end\s*-?%\})
    """,
    re.VERBOSE | re.DOTALL,
)
_PAIR = re.compile(r"""(\w+)\s*=\s*("[^"]*"|'[^']*'|`[^`]*`|\[[^\]]*\]|[^,\s)]+)""")


def calls(text: str) -> list[Construct]:
    """Return the calls of shortcodes (kind "tag"), and what only looks like one ("shown", with its braces)."""
    found: list[Construct] = []
    opened: list[tuple[int, Construct]] = []
    for match in _CALL.finditer(text):
        if match["end"]:
            if opened:
                index, first = opened.pop()
                found[index] = Construct(
                    first.name, "tag", first.start, match.end(), first.arguments, first.end, match.start()
                )
            continue
        if match["shown"] is not None or match["shown_tag"] is not None:
            group = "shown" if match["shown"] is not None else "shown_tag"
            around = (("opening", match[0][:2]), ("closing", match[0][-2:]))
            found.append(Construct("", "shown", match.start(), match.end(), around, *match.span(group)))
            continue
        name, values = (match["name"], match["values"]) if match["name"] else (match["block"], match["block_values"])
        said = tuple((key, value.strip("\"'`")) for key, value in _PAIR.findall(values))
        call = Construct(name, "tag", match.start(), match.end(), said)
        if match["block"]:
            opened.append((len(found), call))
        found.append(call)
    return found
