"""WordPress shortcodes, found in a body by WordPress's own grammar, and told from prose in brackets.

The grammar is that of WordPress's Shortcode API (https://codex.wordpress.org/Shortcode_API); which words in brackets
are shortcodes is known on the site only, so here a name must be well known or look like one (`_is_shortcode`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from hugoconv.markup.constructs import Construct
from hugoconv.systems.wordpress.bodies.tokens import Tokens

MEDIA: Final = frozenset({"caption", "wp_caption", "gallery", "playlist", "audio", "video", "embed"})
"""WordPress's own shortcodes."""
_LANGUAGES = """
    actionscript3 bash coldfusion cpp csharp css delphi diff erlang fsharp go groovy html java javafx javascript js
    jscript latex matlab objc perl php plain powershell python ruby scala shell sql vb xml yaml
"""
LANGUAGES: Final = frozenset(_LANGUAGES.split())
"""Shortcodes that enclose code and are named after its language."""
_CODE = "sourcecode code source crayon enlighter highlight"
CODE: Final = frozenset(_CODE.split()) | LANGUAGES
"""Shortcodes that enclose code; so do those of `CODE_COLORER`."""
CODE_COLORER: Final = re.compile(r"cc[a-zA-Z]{0,6}(?:_(?P<language>\w+))?\Z")
"""The shortcodes of the plugin CodeColorer: flags as letters, then the language."""
_PLUGINS = """
    youtube vimeo tweet gist soundcloud contact-form contact-form-7 toc sitemap googlemaps wpforms ninja_form
    gravityform rev_slider subscribe2 polldaddy recent-posts wpvideo videopress
"""
PLUGINS: Final = frozenset(_PLUGINS.split())
"""Names of plugins that stand without attributes, too."""

_CANDIDATE = re.compile(
    r"\[(?P<escape>\[)?(?P<closing>/)?(?P<name>[A-Za-z][\w-]*)(?P<attributes>(?:[\s=][^\[\]]*+)?+)(?P<end>\])"
)
_ATTRIBUTE = re.compile(
    r"""(?P<name>[\w-]+)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s'"]+))(?=\s|\Z)"""
    r"""|"(?P<quoted>[^"]*)"(?=\s|\Z)|'(?P<other>[^']*)'(?=\s|\Z)|(?P<word>\S+)"""
)
_VALUES = ("double", "single", "bare", "quoted", "other", "word")
_NAMED = re.compile(r"\s[\w-]+\s*=\s*[\"'\w#/.&]")
_ODD_SPACES = re.compile("[\u00a0\u200b]+")
_SENTENCE = re.compile(r"[.?!,;]\s")


def scan(text: str) -> list[Construct]:
    """Return the shortcodes of a body in order, as constructs of kind "shortcode" ("escaped" for `[[x]]`).

    Well-known ones that enclose text are one construct with what they enclose; of others, shortcodes inside follow.
    Comments, tags and the contents of `pre`, `code`, `script` and `style` are skipped.
    """
    return [construct for construct in scan_tags(text) if not construct.name.startswith("/")]


def scan_tags(text: str, known: Collection[str] = ()) -> list[Construct]:
    """Return what `scan` returns, and the closing tags of shortcodes that are not well known, as "/name".

    A name in `known` is that of a shortcode, whatever its form.
    """
    return list(_Scanner(text, known).constructs()) if "[" in text else []


def is_code(name: str) -> bool:
    """Return whether a shortcode of this name encloses code."""
    return name in CODE or CODE_COLORER.match(name) is not None


def parse_attributes(text: str) -> tuple[tuple[str, str], ...]:
    """Return a shortcode's attributes in written order, "" as the name of a positional one; names in lower case."""
    pairs = []
    for match in _ATTRIBUTE.finditer(_ODD_SPACES.sub(" ", text)):
        value = next((match[group] for group in _VALUES if match[group] is not None), "")
        pairs.append(((match["name"] or "").lower(), value))
    return tuple(pairs)


@dataclass(slots=True)
class _Tag:
    """A piece of text in brackets that may be the tag of a shortcode."""

    name: str
    start: int
    end: int
    attributes: str
    closing: bool
    empty: bool
    escaped: bool


class _Scanner:
    def __init__(self, text: str, known: Collection[str]) -> None:
        self._text = text
        self._known = known
        self._tokens = Tokens(text)
        self._closers: dict[str, list[tuple[int, int]]] = {}
        for match in _CANDIDATE.finditer(text):
            if match["closing"] and not match["attributes"].strip():
                start = match.start() + bool(match["escape"])
                self._closers.setdefault(match["name"], []).append((start, match.end()))

    def constructs(self) -> Iterator[Construct]:
        opened: set[str] = set()
        for tag in self._tags():
            if tag.closing:
                if tag.name in opened:
                    yield Construct(f"/{tag.name}", "shortcode", tag.start, tag.end)
                continue
            closer = None if tag.empty else self._closer(tag.name, tag.end)
            if not self._is_shortcode(tag, closer is not None):
                continue
            if tag.escaped:
                yield Construct(tag.name, "escaped", tag.start, tag.end)
                continue
            opened.add(tag.name)
            end, inner = tag.end, (-1, -1)
            if closer is not None:
                inner = (tag.end, closer[0])
                end = closer[1]
                self._resume = end if tag.name in MEDIA or is_code(tag.name) else tag.end
            attributes = parse_attributes(tag.attributes)
            yield Construct(tag.name, "shortcode", tag.start, end, attributes, *inner)

    _resume = 0

    def _tags(self) -> Iterator[_Tag]:
        """Yield the candidates outside of HTML tags; `_resume` says where to go on."""
        position = 0
        token = self._tokens.next(0)
        while match := _CANDIDATE.search(self._text, position):
            while token is not None and token.end <= match.start():
                token = self._tokens.next(token.end)
            if token is not None and token.start <= match.start():
                position = token.end
                continue
            yield self._tag(match)
            position = max(match.end() - 1, self._resume)
            if token is not None and token.start < position:
                token = self._tokens.next(position)

    def _tag(self, match: re.Match[str]) -> _Tag:
        start, end = match.start(), match.end()
        escaped = bool(match["escape"]) and self._text.startswith("]", end)
        if escaped:
            end += 1
        else:
            start += bool(match["escape"])
        attributes = match["attributes"]
        empty = attributes.rstrip().endswith("/") and not attributes.rstrip().endswith(("=/", "//"))
        if empty:
            attributes = attributes.rstrip()[:-1]
        return _Tag(match["name"], start, end, attributes, bool(match["closing"]), empty, escaped)

    def _closer(self, name: str, position: int) -> tuple[int, int] | None:
        closers = self._closers.get(name, [])
        index = bisect_left(closers, (position, 0))
        return closers[index] if index < len(closers) else None

    def _is_shortcode(self, tag: _Tag, enclosing: bool) -> bool:
        """Return whether a candidate is a shortcode: its name is well known, or its form is not that of prose."""
        if tag.name in MEDIA or tag.name in PLUGINS or tag.name in self._known:
            return True
        if is_code(tag.name):
            return enclosing
        if enclosing or tag.empty or _NAMED.match(tag.attributes):
            return True
        if _NAMED.search(tag.attributes):
            return not _SENTENCE.search(tag.attributes)
        if tag.attributes.strip():
            return "://" in tag.attributes
        return "_" in tag.name or ("-" in tag.name and self._stands_alone(tag))

    def _stands_alone(self, tag: _Tag) -> bool:
        before = self._text[max(0, tag.start - 200) : tag.start].rpartition("\n")[2]
        after = self._text[tag.end : tag.end + 200].partition("\n")[0]
        return before.strip() in ("", "<p>") and after.strip() in ("", "</p>")
