"""Markdown known by spans: which files and links a text mentions, where its code stands, what its headings are.

pyromark gives the span of a whole link, not of its destination. Here a reference's span is exactly its destination, so
that it can be replaced there.

`opaque` names spans that belong to a dialect (a shortcode, a Liquid output). Generators put something else in their
place before Markdown is read, so each counts as one word: `![x]({{ site.url }}/a.png)` is an image.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal

from hugoconv.markup.heading_words import HeadingWords
from hugoconv.markup.markdown_reading import Event, Reading, Span

Kind = Literal["image", "link", "definition", "html"]


@dataclass(frozen=True, slots=True)
class MarkdownReference:
    """One mention of a file or link: `start` to `end` is its destination as written, `target` what it means.

    `closer` is what ends the destination where it stands: "" for a bare Markdown destination, ">" for one in angle
    brackets, the quote of an HTML attribute (" " for an unquoted one). An autolink (`<https://...>`) is its own
    destination: its span has the brackets, its closer is "<>". `attribute` is the HTML attribute's name, else "".
    """

    kind: Kind
    start: int
    end: int
    target: str
    closer: str = ""
    attribute: str = ""

    def written(self, target: str) -> str:
        """Return the text to put at this reference's span so that it is read as `target`."""
        if self.attribute:
            return self._in_attribute(target)
        if self.closer == "<>" and _SCHEME.match(target):
            return f"<{_NOT_IN_AUTOLINK.sub(_percent, target)}>"
        escaped = _READ_AS_ESCAPE.sub(_escape, target)
        in_angles = re.sub(r"[\r\n]", _percent, re.sub(r"[<>]", r"\\\g<0>", escaped))
        if self.closer == ">":
            return in_angles
        destination = escaped if _PLAIN.fullmatch(target) else f"<{in_angles}>"
        return f"[{_LABEL_MARKS.sub(_backslash, target)}]({destination})" if self.closer == "<>" else destination

    def _in_attribute(self, target: str) -> str:
        if self.attribute == "srcset":
            target = re.sub(r"\s|,$", _percent, target)
        elif self.attribute == "style":
            target = re.sub(r"[\s\"'()\\]", _percent, target)
        quote = '"' if self.closer == " " else self.closer
        value = html.escape(target, quote=False).replace(quote, {'"': "&quot;", "'": "&#39;"}[quote])
        return value if self.closer != " " or _UNQUOTED.fullmatch(value) else f'"{value}"'


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: its level (1 to 6), its words without markup, its explicit id ("" for none) and its span."""

    level: int
    text: str
    named: str
    """The words of which Goldmark makes its id."""
    id: str
    start: int
    end: int


def code_regions(text: str, opaque: Iterable[Span] = ()) -> list[Span]:
    """Return the spans of all code in written order: fenced blocks with their fences, indented blocks, code spans."""
    return [
        (start, end)
        for event, start, end in Reading(text, opaque).events()
        if "Code" in event or ("Start" in event and "CodeBlock" in event["Start"])
    ]


def events(text: str, opaque: Iterable[Span] = ()) -> Iterator[Event]:
    """Yield pyromark's events for a text with the start and end of each, in characters."""
    return Reading(text, opaque).events()


def headings(text: str, opaque: Iterable[Span] = ()) -> list[Heading]:
    """Return the headings in written order; those written as raw HTML are not Markdown and are left out."""
    reading = Reading(text, opaque)
    found: list[Heading] = []
    words: HeadingWords | None = None
    for event, start, end in reading.events():
        match event:
            case {"Start": {"Heading": {"level": level, "id": identifier}}}:
                found.append(Heading(int(level[1]), "", "", identifier or "", start, end))
                words = HeadingWords(reading.text)
            case {"End": {"Heading": _}} if words:
                found[-1] = replace(found[-1], text=words.seen, named=words.named)
                words = None
            case {"Text": piece} | {"Code": piece} if words:
                words.read(event, start, reading.meaning(start, end, piece))
            case _ if words:
                words.read(event, start)
    return found


def references(text: str, opaque: Iterable[Span] = ()) -> list[MarkdownReference]:
    """Return every reference in the order of the destinations: inline links and images, definitions, autolinks, HTML.

    A link by label (`[text][label]`) has no destination of its own: its definition is the reference.
    """
    reading = Reading(text, opaque)
    found = [*_inline_references(reading), *_definitions(reading)]
    return sorted(found, key=lambda reference: (reference.start, reference.end))


def html_references(text: str, opaque: Iterable[Span] = ()) -> list[MarkdownReference]:
    """Return every reference of a text that is HTML: URLs in `src`, `href`, `poster`, `srcset`, `data` and `style`."""
    return list(_html_references(Reading(text, opaque), [(0, len(text))]))


# Markdown destinations


@dataclass(slots=True)
class _OpenLink:
    kind: Kind
    type: str
    target: str
    text_end: int


def _inline_references(reading: Reading) -> Iterator[MarkdownReference]:
    """Yield links, images and autolinks, and the references of raw HTML."""
    opened: list[_OpenLink] = []
    block: list[Span] | None = None
    for event, start, end in reading.events():
        match event:
            case {"Start": {"Link": link}}:
                opened.append(_OpenLink("link", str(link["link_type"]), link["dest_url"], start + 1))
            case {"Start": {"Image": link}}:
                opened.append(_OpenLink("image", str(link["link_type"]), link["dest_url"], start + 2))
            case {"End": "Link" | "Image"}:
                yield from _closed(reading, opened.pop(), start, end)
            case {"Start": "HtmlBlock"}:
                block = []
            case {"Html": _} if block is not None:
                block.append((start, end))
            case {"End": "HtmlBlock"}:
                yield from _html_references(reading, block or [])
                block = None
            case {"Html": _} | {"InlineHtml": _}:
                yield from _html_references(reading, [(start, end)])
        if opened and "Start" not in event:
            opened[-1].text_end = end


def _closed(reading: Reading, link: _OpenLink, start: int, end: int) -> Iterator[MarkdownReference]:
    """Yield the reference of a link that has ended; its text is known, so its destination follows."""
    if link.type in ("Autolink", "Email"):
        target = reading.meaning(start + 1, end - 1, link.target)
        yield MarkdownReference(link.kind, start, end, f"mailto:{target}" if link.type == "Email" else target, "<>")
    elif link.type == "Inline":
        destination = reading.text.index("](", link.text_end) + len("](")
        yield _at_destination(reading, link.kind, destination, link.target)


def _definitions(reading: Reading) -> Iterator[MarkdownReference]:
    """Yield the reference definitions; of two with one label only the first counts, as in every Markdown reader."""
    for target, start, end in reading.definitions():
        if label := _LABEL.match(reading.text, start, end):
            yield _at_destination(reading, "definition", label.end(), target)


_LABEL = re.compile(r"\[(?:[^\\\]]|\\.)*\]:", re.DOTALL)
_BEFORE_DESTINATION = re.compile(r"[ \t]*(?:[\r\n]+[ \t>]*)?")
"""A line end may stand before a destination; in a quotation the next line's marks follow it."""
_ANGLE = re.compile(r"<((?:[^\\<>\r\n]|\\.)*)>")
_BARE = re.compile(r"[^\x00-\x20\x7f()\\]+|\\[^\x00-\x20\x7f]?|[()]")
_PLAIN = re.compile(r"[^\x00-\x20\x7f()<]+")
"""What needs no angle brackets; balanced parentheses would not either, but not every reader counts them."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_NOT_IN_AUTOLINK = re.compile(r"[\x00-\x20<>]")
_READ_AS_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~]|\Z)|&(?=#?\w+;)")
_LABEL_MARKS = re.compile(r"[\\\[\]_*`<>&]")


def _at_destination(reading: Reading, kind: Kind, position: int, target: str) -> MarkdownReference:
    """Return the reference whose destination is the first thing after `position`."""
    gap = _BEFORE_DESTINATION.match(reading.text, position)
    start = gap.end() if gap else position
    if angle := _ANGLE.match(reading.text, start):
        start, end, closer = *angle.span(1), ">"
    else:
        end, closer = _bare_end(reading.text, start), ""
    return MarkdownReference(kind, start, end, reading.meaning(start, end, target), closer)


def _bare_end(text: str, start: int) -> int:
    """Return where a destination without angle brackets ends: at a space or at a bracket it did not open."""
    depth = 0
    while piece := _BARE.match(text, start):
        depth += {"(": 1, ")": -1}.get(piece[0], 0)
        if depth < 0:
            break
        start = piece.end()
    return start


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


def _escape(match: re.Match[str]) -> str:
    return {"\\": "\\\\", "&": "&amp;"}[match[0]]


def _backslash(match: re.Match[str]) -> str:
    return f"\\{match[0]}"


# HTML attributes

_URL_ATTRIBUTES = {"src", "href", "poster", "data-src"}
_CANDIDATE_ATTRIBUTES = {"srcset", "data-srcset"}
_STYLE_URL = re.compile(r"""\burl\(\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'()]+))\s*\)""")
"""In an attribute the quotes of CSS are mostly the other kind, so an entity for a quote is not looked for."""
_RAW_TEXT = re.compile(r"script|style|textarea", re.IGNORECASE)
_COMMENT_OR_TAG = re.compile(r"<(?:!--|([A-Za-z][^\s/>]*))")
_ATTRIBUTE = re.compile(
    r"""[\s/]*(?P<name>[^\s"'<>/=]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'<>=`]+)))?"""
)
_SRCSET_URL = re.compile(r"[^\s,]\S*")
_UNQUOTED = re.compile(r"[^\s\"'<>=`]+")
_ENTITY = re.compile(r"&#?\w+;")
"""In an attribute `&copy=1` is no entity, so the semicolon counts."""
_QUOTES = {"double": '"', "single": "'", "bare": " "}


def _html_references(reading: Reading, spans: list[Span]) -> Iterator[MarkdownReference]:
    """Yield the references of one run of raw HTML; in a quotation it is written in several pieces."""
    if len(spans) > 1 and spans[-1][1] - spans[0][0] == sum(end - start for start, end in spans):
        spans = [(spans[0][0], spans[-1][1])]
    text = "".join(reading.text[start:end] for start, end in spans)
    piece_starts = list(accumulate((end - start for start, end in spans), initial=0))
    for name, closer, start, end in _attribute_values(text):
        piece = bisect_right(piece_starts, start) - 1
        if piece >= len(spans) or end > piece_starts[piece + 1]:
            continue
        moved = spans[piece][0] - piece_starts[piece]
        start, end = start + moved, end + moved
        target = _ENTITY.sub(lambda entity: html.unescape(entity[0]), reading.original[start:end])
        yield MarkdownReference("html", start, end, target, closer, name)


def _attribute_values(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Yield (attribute, closer, start, end) for each URL in an HTML text's tags; comments and scripts are skipped."""
    position = 0
    while opening := _COMMENT_OR_TAG.search(text, position):
        position = opening.end()
        tag = opening[1]
        if tag is None:
            position = _after(text, re.compile("-->"), position)
            continue
        while attribute := _ATTRIBUTE.match(text, position):
            position = attribute.end()
            yield from _urls_of(tag.lower(), attribute)
        if _RAW_TEXT.fullmatch(tag):
            position = _after(text, re.compile(f"</{tag}", re.IGNORECASE), position)


def _urls_of(tag: str, attribute: re.Match[str]) -> Iterator[tuple[str, str, int, int]]:
    name, form = attribute["name"].lower(), attribute.lastgroup
    if form is None or form == "name":
        return
    start, end = attribute.span(form)
    if name in _CANDIDATE_ATTRIBUTES:
        for candidate in _candidates(attribute[form]):
            yield "srcset", _QUOTES[form], start + candidate[0], start + candidate[1]
    elif name == "style":
        for url in _STYLE_URL.finditer(attribute[form]):
            begin, finish = url.span(url.lastgroup or 0)
            yield name, _QUOTES[form], start + begin, start + finish
    elif name in _URL_ATTRIBUTES or (name, tag) == ("data", "object"):
        yield name, _QUOTES[form], start, end


def _candidates(value: str) -> Iterator[Span]:
    """Yield the spans of a srcset's URLs: a URL ends at a space, and a comma right before that space ends it too."""
    position = 0
    while url := _SRCSET_URL.search(value, position):
        written = url[0].rstrip(",")
        yield url.start(), url.start() + len(written)
        comma = url.end() if written != url[0] else value.find(",", url.end())
        position = len(value) if comma < 0 else comma


def _after(text: str, pattern: re.Pattern[str], position: int) -> int:
    found = pattern.search(text, position)
    return found.end() if found else len(text)
