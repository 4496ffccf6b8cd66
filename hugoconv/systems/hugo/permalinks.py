"""Hugo's permalink patterns: which rule is a page's, and what its tokens stand for (resources/page/permalinks.go)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

from hugoconv.errors import HugoconvError
from hugoconv.systems.hugo.golayout import day_name, format_layout, month_name, year_day

KINDS = ("page", "home", "section", "taxonomy", "term")
"""The kinds of page that permalinks can be configured for."""


class UrlError(HugoconvError):
    """A URL that Hugo cannot make: its build stops at it."""


@dataclass(frozen=True, slots=True)
class Permalink:
    """One permalink rule: `kind` and `path` are globs that a page must match, "" for any."""

    pattern: str
    kind: str = ""
    path: str = ""

    def matches(self, kind: str, path: str) -> bool:
        """Whether the rule is for a page of this kind at this path ("/posts/hello")."""
        if self.kind and self.kind != kind and not _glob(self.kind.lower()).fullmatch(kind):
            return False
        return not self.path or _glob(self.path.lower()).fullmatch(path.lower()) is not None


class Section(NamedTuple):
    """A section around a page: the path of its folder ("docs/guide"), the slug and title of its page."""

    path: str
    slug: str = ""
    title: str = ""


class PermalinkPage(NamedTuple):
    """A page as the tokens see it.

    `path` is the path by which Hugo knows the page; `file_name` the content file's name (its folder's for a leaf
    bundle), `base_name` the same and the folder's for a section too; `section` the top folder, `sections` the sections
    around the page from the top, itself the last when it is one.
    """

    path: str
    kind: str
    title: str
    slug: str
    date: datetime
    file_name: str
    base_name: str
    section: str
    sections: tuple[Section, ...]

    @property
    def folders(self) -> list[str]:
        """The folders of the section the page is in."""
        return self.sections[-1].path.split("/") if self.sections else []


Urlize = Callable[[str], str]


def _title(page: PermalinkPage, urlize: Urlize) -> str:
    return urlize(page.title if page.kind in ("taxonomy", "term") else _without_slashes(page.title))


def _section_names(page: PermalinkPage, urlize: Urlize) -> list[str]:
    return [urlize(section.slug or _without_slashes(section.title)) for section in page.sections]


def _without_slashes(title: str) -> str:
    return re.sub(r"[/\\]", "-", title)


_TOKENS: dict[str, Callable[[PermalinkPage, Urlize], str]] = {
    "year": lambda page, _: str(page.date.year),
    "month": lambda page, _: f"{page.date.month:02}",
    "monthname": lambda page, _: month_name(page.date),
    "day": lambda page, _: f"{page.date.day:02}",
    "weekday": lambda page, _: str(page.date.isoweekday() % 7),
    "weekdayname": lambda page, _: day_name(page.date),
    "yearday": lambda page, _: str(year_day(page.date)),
    "section": lambda page, _: page.section,
    "sectionslug": lambda page, urlize: "".join(_section_names(page, urlize)[:1]),
    "sections": lambda page, _: "/" + "/".join(page.folders),
    "sectionslugs": lambda page, urlize: _join(_section_names(page, urlize)),
    "title": _title,
    "slug": lambda page, urlize: urlize(page.slug) if page.slug else _title(page, urlize),
    "slugorfilename": lambda page, urlize: urlize(page.slug or page.file_name),
    "filename": lambda page, urlize: urlize(page.file_name),
    "contentbasename": lambda page, urlize: urlize(page.base_name),
    "slugorcontentbasename": lambda page, urlize: urlize(page.slug or page.base_name),
}
_TOKEN = re.compile(r":(\w+)(\[.+?\])?", re.ASCII)
_COLON = "\0"
"""Stands for an escaped colon while tokens are replaced."""


def expand(pattern: str, page: PermalinkPage, urlize: Urlize) -> str:
    r"""Return a pattern with its tokens replaced and its `\:` as colons; UrlError for a token that Hugo does not know.

    Dates are written as they are in their own offset. `urlize` makes a text fit for a URL.
    """
    pieces = (piece if isinstance(piece, str) else _value(piece, page, urlize) for piece in _pieces(pattern))
    return "".join(pieces).replace(_COLON, ":")


@lru_cache(maxsize=256)
def _pieces(pattern: str) -> tuple[str | re.Match[str], ...]:
    """Return a pattern as its tokens and the texts between them."""
    pattern = pattern.replace(r"\:", _COLON)
    pieces: list[str | re.Match[str]] = []
    position = 0
    for token in _TOKEN.finditer(pattern):
        pieces += (pattern[position : token.start()], token)
        position = token.end()
    return (*pieces, pattern[position:])


def _value(token: re.Match[str], page: PermalinkPage, urlize: Urlize) -> str:
    name, cut = token[1], token[2]
    if cut is None and name in _TOKENS:
        return _TOKENS[name](page, urlize)
    if cut is not None and name == "sections":
        return _join(_cut(page.folders, cut))
    if cut is not None and name == "sectionslugs":
        return _join(_cut(_section_names(page, urlize), cut))
    layout = token[0][1:]
    # As Hugo: what changes when it is used as a layout is one; no part of this date is its own layout.
    if format_layout(layout, datetime(2019, 11, 9, 23, 1, 42)) == layout:
        raise UrlError(f"the permalink token :{layout} is not one of Hugo's")
    return format_layout(layout, page.date)


def _join(parts: Iterable[str]) -> str:
    """Join as Go's path.Join: empty parts are left out and the result is clean."""
    kept = [part for part in parts if part]
    return clean("/".join(kept)) if kept else ""


def clean(path: str) -> str:
    """Return the shortest path that leads to the same place, as Go's path.Clean."""
    if path.startswith("/") and "//" not in path and "/." not in path and not path.endswith("/"):
        return path
    normal = posixpath.normpath(path)
    return normal[1:] if normal.startswith("//") else normal


def _cut(parts: Sequence[str], cut: str) -> Sequence[str]:
    """Return what `[1]`, `[last]`, `[1:]`, `[:last]` or `[0:2]` cuts out; bounds that are not there cut nothing out."""
    low, colon, high = cut[1:-1].lower().partition(":")
    if not parts:
        return ()
    start = _bound(low, len(parts), 0)
    if start >= len(parts):
        return ()
    if not colon:
        return parts[start : start + 1]
    return parts[start : min(_bound(high.partition(":")[0], len(parts), len(parts)), len(parts))]


def _bound(text: str, length: int, default: int) -> int:
    if text == "last":
        return length - 1
    return max(int(text), 0) if re.fullmatch(r"[+-]?[0-9]+", text) else (0 if text else default)


def permalink_rules(config: object) -> tuple[Permalink, ...]:
    """Return the rules of a `permalinks` setting, in order: a map of patterns, a map of such maps by kind, or a list.

    UrlError for a setting that Hugo refuses.
    """
    match config:
        case None:
            return ()
        case Mapping():
            return tuple(_rules_of_map(config))
        case [*rows]:
            return tuple(_rule_of_row(row) for row in rows)
    raise UrlError("permalinks must be a map or a list")


def _rules_of_map(config: Mapping[Any, Any]) -> Iterator[Permalink]:
    for key, value in config.items():
        key = str(key).lower()
        if isinstance(value, str):
            yield from (Permalink(value, kind, _section_glob(key)) for kind in ("page", "term"))
        elif isinstance(value, Mapping) and key in KINDS:
            for section, pattern in value.items():
                if not isinstance(pattern, str):
                    raise UrlError(f"permalinks.{key}.{section} must be a pattern")
                yield Permalink(pattern, key, _section_glob(str(section).lower()))
        else:
            raise UrlError(f"permalinks.{key} is neither a pattern nor a kind of page with patterns")


def _rule_of_row(row: object) -> Permalink:
    fields = {str(key).lower(): value for key, value in row.items()} if isinstance(row, Mapping) else {}
    pattern, target = fields.get("pattern"), fields.get("target")
    if not isinstance(pattern, str):
        raise UrlError("a rule of permalinks has no pattern")
    limits = (
        {str(key).lower(): str(value).lower() for key, value in target.items()} if isinstance(target, Mapping) else {}
    )
    return Permalink(pattern, limits.get("kind", ""), limits.get("path", ""))


def _section_glob(section: str) -> str:
    section = section.strip(" /")
    return f"/{{{section},{section}/**}}" if section else "/*"


_GLOB_TOKEN = re.compile(r"\\.|\*\*|\[!?[^\]]+\]|.", re.DOTALL)
_NOT_PLAIN = re.compile(r"[^\w-]")
_GLOB_PARTS = {"**": ".*", "*": "[^/]*", "?": "[^/]", "{": "(?:", "}": ")"}


def _escaped(character: re.Match[str]) -> str:
    return f"\\{character[0]}"


@cache
def _glob(glob: str) -> re.Pattern[str]:
    """Return a glob as a regular expression: `*` stays within a folder, `**` does not, `{a,b}` and `[a-z]` choose."""
    pieces: list[str] = []
    depth = 0
    for token in _GLOB_TOKEN.findall(glob):
        depth += {"{": 1, "}": -1}.get(token, 0)
        if token == "," and depth:
            pieces.append("|")
        elif token in _GLOB_PARTS:
            pieces.append(_GLOB_PARTS[token])
        elif token.startswith("[") and len(token) > 1:
            negation, choices = ("^", token[2:-1]) if token[1] == "!" else ("", token[1:-1])
            pieces.append(f"[{negation}{_NOT_PLAIN.sub(_escaped, choices)}]")
        else:
            pieces.append(re.escape(token[-1]))
    try:
        return re.compile("".join(pieces), re.DOTALL)
    except re.error as error:
        raise UrlError(f"{glob!r} is not a glob: {error}") from error
