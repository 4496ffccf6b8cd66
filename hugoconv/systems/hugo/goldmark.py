"""What a site's settings of Goldmark make of headings and links, where they are not what Markdown itself says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain, count
from typing import Any
from urllib.parse import unquote

from hugoconv.markup.heading_words import goldmark_id
from hugoconv.systems.hugo.config import HugoConfig
from hugoconv.urls import urlsplit

_NO_LETTER = re.compile(r"[\W_]+")
_NOT_IN_ID = re.compile(r"[^\w\- ]")


def _blackfriday(words: str) -> str:
    lower = "".join(character.lower()[:1] for character in words)  # as Go has it, a letter is one letter
    return _NO_LETTER.sub("-", lower).strip("-") or "heading"


def _github_ascii(words: str) -> str:
    bare = unicodedata.normalize("NFD", words).encode("ascii", "ignore").decode()
    return _NOT_IN_ID.sub("", bare.lower()).replace(" ", "-") or "heading"


_HEADING_IDS: dict[str, Callable[[str], str]] = {"blackfriday": _blackfriday, "github-ascii": _github_ascii}
"""How a heading's words become its id, by `autoHeadingIDType`, where that is not GitHub's way."""


class HeadingIds:
    """The ids of the headings of one page, in written order (markup/goldmark/autoid.go in Hugo's source)."""

    def __init__(self, config: HugoConfig) -> None:
        """Take the site's settings."""
        kind = str(config.value("markup.goldmark.parser.autoHeadingIDType", ""))
        self.are_own = kind in _HEADING_IDS
        """Whether headings have ids that other systems would not give them."""
        self._id_of = _HEADING_IDS.get(kind, goldmark_id)
        self._taken: set[str] = set()

    def id_of(self, words: str) -> str:
        """Return the id of the next heading, made of its words; a number follows where another heading has it."""
        made = self._id_of(words)
        own = next(
            each for each in chain([made], (f"{made}-{number}" for number in count(1))) if each not in self._taken
        )
        return self.taken(own)

    def taken(self, written: str) -> str:
        """Note the id of a heading, here or written in its braces, so that no other gets it; return it."""
        self._taken.add(written)
        return written


@dataclass(frozen=True, slots=True)
class Term:
    """A term that a list defines: where it starts, and its words."""

    start: int
    words: str


def terms_have_ids(config: HugoConfig) -> bool:
    """Whether the terms of definition lists have ids, which they share with headings."""
    return config.value("markup.goldmark.parser.autoDefinitionTermID") is True


def terms_in(events: Iterable[tuple[Any, int, int]]) -> list[Term]:
    """Return the terms of a text, given by pyromark's events; each line in front of a definition is one."""
    found: list[Term] = []
    in_term = False
    for event, start, end in events:
        if event == {"Start": "DefinitionListTitle"}:
            in_term = True
            found.append(Term(start, ""))
        elif event == {"End": "DefinitionListTitle"}:
            in_term = False
        elif in_term and event in ("SoftBreak", "HardBreak"):
            found.append(Term(end, ""))
        elif in_term and isinstance(event, dict) and (said := event.get("Text") or event.get("Code")):
            found[-1] = Term(found[-1].start, found[-1].words + said)
    return found


def links_find_pages(config: HugoConfig) -> bool:
    """Whether a link's path is looked up among the pages of its language, as Hugo's own render hook for links does.

    It does so in sites that name their languages, on one host, be it one language only, unless told otherwise
    (https://gohugo.io/configuration/markup/#renderhookslinkuseembedded).
    """
    wanted = str(config.value("markup.goldmark.renderHooks.link.useEmbedded", "auto")).lower()
    if wanted != "auto":
        return wanted in ("always", "fallback")
    own_hosts = any(language.base_url for language in config.languages.values())
    shared = config.value("markup.goldmark.duplicateResourceFiles") is not True
    return bool(config.value("languages")) and not own_hosts and shared


def is_refused(address: str) -> bool:
    """Whether Hugo's own render hook for links shows an address as `#ZgotmplZ`, as Go's html/template does."""
    scheme, colon, _ = address.partition(":")
    return bool(colon) and "/" not in scheme and scheme.lower() not in ("http", "https", "mailto")


def place_of(url: str) -> tuple[str, str]:
    """Return what tells where a link leads, whatever its spelling."""
    parts = urlsplit(url)
    return unquote(parts.path).removesuffix("index.html").rstrip("/"), parts.fragment


_ATTRIBUTE = re.compile(
    r"""[\s,]*(?: \#(?P<id>[^\s{}\#,"'=]+) | \.(?P<class>[^\s{}\#,"'=]+)
        | (?P<name>[A-Za-z_:][\w:.-]*)=(?P<value>"[^"]*"|'[^']*'|\[[^\]]*\]|[^\s,{}"'\[\]]+) )""",
    re.VERBOSE,
)


def attributes(source: str) -> tuple[tuple[str, str], ...]:
    """Return the pairs of what stands in a heading's or fence's braces; none when Goldmark would not read it either."""
    found: list[tuple[str, str]] = []
    position = 0
    source = source.strip(" \t,")
    while position < len(source):
        match = _ATTRIBUTE.match(source, position)
        if match is None:
            return ()
        kind = match.lastgroup or ""
        name, value = (match["name"], match["value"]) if kind == "value" else (kind, match[kind])
        found.append((name, value[1:-1] if value[0] in "\"'" else value))
        position = match.end()
    return tuple(found)
