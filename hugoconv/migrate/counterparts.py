"""Which post of a new site is which post of the old one, and in what the two differ."""

from __future__ import annotations

import json
import re
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Literal
from urllib.parse import unquote

from hugoconv.frontmatter.dates import Moment
from hugoconv.migrate.describe import field_of, terms_of
from hugoconv.model import Kind, Post, Redirect, SiteInfo
from hugoconv.report.codes import CODES
from hugoconv.report.findings import Finding
from hugoconv.urls import urlsplit
from hugoconv.visibility import shown_as

Shown = Literal["published", "scheduled", "not published"]
_Rule = Callable[["PostSummary"], Hashable]

_SLASHES = re.compile(r"/{2,}")
_FRACTION = re.compile(r"\.\d+(?=[+Z-])")
_DAY_IN_NAME = re.compile(r"\d{4}-\d{1,2}-\d{1,2}-")


@dataclass(frozen=True, slots=True)
class Difference:
    """Something of an old post that the new one lacks: the kind of thing, and the finding that says so."""

    aspect: str
    code: str
    file: str
    details: dict[str, object]
    count: int = 1

    @property
    def finding(self) -> Finding:
        """The finding that says so."""
        return Finding(self.code, self.file, 0, 0, CODES[self.code].message.format(**self.details))


@dataclass(frozen=True, slots=True)
class PostSummary:
    """What must be the same in a post and its counterpart; small, so that whole sites of them can be held.

    `number` is the post's place in its site; `line` where it stands in an export, 0 for a file of its own.
    """

    label: str
    number: int
    line: int
    system: str
    kind: Kind
    path: str
    name: str
    address: str
    aliases: frozenset[str]
    title: str
    date: Moment | None
    instant: str
    shown: Shown
    terms: dict[str, frozenset[str]]
    """The names of the terms of each taxonomy, and of the authors."""

    @property
    def public(self) -> bool:
        """Whether readers know the post's address, or will on its day."""
        return self.shown != "not published"

    @property
    def day(self) -> str:
        """The day as it is written, "" for an undated post."""
        return self.date.value.date().isoformat() if self.date else ""


def summary_of(post: Post, site: SiteInfo, number: int, plural: Mapping[str, str]) -> PostSummary:
    """Return what is to be compared of a readable post; `plural` has the keys of taxonomies by their other names."""
    moment: Moment | None = field_of(post, "date")
    return PostSummary(
        label=post.source.label,
        number=number,
        line=post.source.line,
        system=post.source.system,
        kind=post.kind,
        path=str(post.path),
        name=_name_of(post),
        address=_url_path(post.address),
        aliases=frozenset(_url_path(old) for old in post.old_addresses if "?" not in old),
        title=field_of(post, "title") or "",
        date=moment,
        instant=_instant(moment, site),
        shown=_shown(post, site),
        terms=_terms(post, plural),
    )


def with_redirects(posts: Iterable[PostSummary], redirects: Iterable[Redirect]) -> list[PostSummary]:
    """Return posts to whose aliases the addresses are added that a site's own redirects lead to them."""
    leading: defaultdict[str, set[str]] = defaultdict(set)
    for redirect in redirects:
        if "?" not in redirect.old:
            leading[_url_path(redirect.new)].add(_url_path(redirect.old))
    return [
        replace(post, aliases=post.aliases | leading[post.address]) if post.address in leading else post
        for post in posts
    ]


def _entitled(names: Iterable[str], titles: Mapping[str, str]) -> frozenset[str]:
    """Return what terms are called on their pages."""
    return frozenset(titles.get(term_key(name), name) for name in names)


def _shown(post: Post, site: SiteInfo) -> Shown:
    """Return what readers see of a post; one that waits for its day is not the same as one that has no day."""
    today = shown_as(post, site.zone, future=site.build_future)
    return today if today in ("published", "scheduled") else "not published"  # type: ignore[return-value]


def _terms(post: Post, plural: Mapping[str, str]) -> dict[str, frozenset[str]]:
    terms = {plural.get(taxonomy, taxonomy): frozenset(names) for taxonomy, names in terms_of(post)}
    for taxonomy in {*plural.values()} - {*post.keys.taxonomies}:  # which is a key like any other to this system
        terms.setdefault(taxonomy, _names_under(post, taxonomy))
    terms["authors"] = frozenset(field_of(post, "authors") or ())
    return {taxonomy: names for taxonomy, names in terms.items() if names}


def _names_under(post: Post, key: str) -> frozenset[str]:
    value = post.front_matter.get(key)
    if isinstance(value, str) and value.startswith("["):  # as a system of plain lines holds a list
        with suppress(ValueError):
            value = json.loads(value)
    return frozenset(map(str, value)) if isinstance(value, (list, tuple)) else frozenset({str(value)} if value else ())


def _same(rule: _Rule) -> tuple[_Rule, Callable[[PostSummary], Iterable[Hashable]]]:
    return rule, lambda post: (rule(post),)


_RULES: tuple[tuple[_Rule, Callable[[PostSummary], Iterable[Hashable]]], ...] = (
    _same(lambda post: post.address and (post.address, post.title)),  # some exports give many posts one address
    _same(lambda post: post.address),
    (lambda post: post.public and post.address, lambda post: sorted(post.aliases)),
    _same(lambda post: (post.system, post.path)),
    _same(lambda post: post.title and post.instant and (post.title, post.instant)),
    _same(lambda post: post.title and post.day and (post.title, post.day)),
    _same(lambda post: post.name and post.day and (post.name, post.day)),
    _same(lambda post: post.title),
    _same(lambda post: post.name),
)
"""What makes two posts the same one (of the old one, and what the new one may be known by), the surest first.

Nothing is made of an empty answer.
"""


def counterparts(
    old: Sequence[PostSummary],
    new: Sequence[PostSummary],
    of_old: _Rule = lambda post: "",
    of_new: _Rule = lambda post: "",
) -> Iterator[tuple[PostSummary, PostSummary | None]]:
    """Yield each old post, in order, with its counterpart (None for none); no new post is the counterpart of two.

    Those that are left at the end are told by what is made of their texts.
    """
    found: dict[int, int] = {}
    free = dict.fromkeys(range(len(new)))
    rules = (*_RULES, (of_old, lambda post: (of_new(post),)))
    for rule, keys_of in rules:
        if len(found) == len(old):
            break
        places: dict[Hashable, deque[int]] = defaultdict(deque)
        for number in free:
            for key in keys_of(new[number]):
                places[key].append(number)
        for number, post in enumerate(old):
            key = rule(post)
            waiting = places.get(key) if number not in found and key else None
            while waiting:
                candidate = waiting.popleft()
                if candidate in free:
                    found[number] = candidate
                    del free[candidate]
                    break
    for number, post in enumerate(old):
        yield post, new[found[number]] if number in found else None


def differences(
    old: PostSummary,
    new: PostSummary | None,
    shared: Collection[str] = (),
    titles: Mapping[str, str] = MappingProxyType({}),
    new_titles: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
) -> Iterator[Difference]:
    """Yield in what a post and its counterpart differ.

    `shared` are old addresses that several posts claim, of which each leads to one of them; `titles` what terms are
    called on their pages, by their names there (`term_key`), which another system may call them everywhere, and
    `new_titles` the same of the new site, by taxonomy.
    """
    if new is None:
        details: dict[str, object] = {"title": old.title or old.name, "address": old.address or "no known URL"}
        yield Difference("posts", "HC510", old.label, details)
        return
    for aspect, name, was, now in _changed(old, new, titles, new_titles):
        yield Difference(aspect, "HC511", new.label, {"field": name, "was": was, "now": now, "old": old.label})
    reachable = {new.address, *new.aliases}
    known = old.public and new.public  # nobody knows a draft's address
    for address in (old.address, *sorted(old.aliases)) if known else ():
        if address and new.address and address not in reachable and address not in shared:
            yield Difference("URLs", "HC512", new.label, {"url": address, "new": new.address})


def _changed(
    old: PostSummary, new: PostSummary, titles: Mapping[str, str], new_titles: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, str, str, str]]:
    if old.title != new.title and not (old.title == "" and new.title == PurePosixPath(new.path).stem):
        yield "titles", "title", repr(old.title), repr(new.title)
    if not _same_date(old, new):
        yield "dates", "date", str(old.date or "none"), str(new.date or "none")
    if old.shown != new.shown:
        yield "status", "status", old.shown, new.shown
    for taxonomy in sorted({*old.terms, *new.terms}):
        was, now = old.terms.get(taxonomy, frozenset()), new.terms.get(taxonomy, frozenset())
        if now not in (was, _entitled(was, titles)) and was != _entitled(now, new_titles.get(taxonomy, {})):
            yield "terms", taxonomy, _listed(was), _listed(now)


def term_key(name: str) -> str:
    """Return the name of a term as that of its page's folder."""
    return name.casefold().replace(" ", "-")


def _same_date(old: PostSummary, new: PostSummary) -> bool:
    """Dates agree when they are the same instant on the same day as written; two bare days have only the day.

    WordPress keeps whole seconds, Ghost the instant alone.
    """
    if old.date is None or new.date is None:
        return old.date is new.date
    bare = old.date.precision == "day" and new.date.precision == "day"
    was = _FRACTION.sub("", old.instant) if new.system in ("wordpress", "ghost") else old.instant
    if new.system == "ghost" and was == new.instant:
        return True
    return old.day == new.day and (bare or was == new.instant)


def _instant(moment: Moment | None, site: SiteInfo) -> str:
    """Return a moment in UTC, "" for none; without a zone of its own it is in the site's."""
    if moment is None:
        return ""
    value = moment.value if moment.has_zone else moment.value.replace(tzinfo=site.zone)
    try:
        return value.astimezone(UTC).isoformat()
    except OverflowError:  # the first or last day of the calendar
        return value.isoformat()


def _name_of(post: Post) -> str:
    """Return what a post is called: its slug, else its file's name without a date, or its folder's for a bundle."""
    slug = field_of(post, "slug")
    stem = post.path.stem if post.path.stem not in ("index", "_index") else post.path.parent.name
    return str(slug) if slug else _DAY_IN_NAME.sub("", stem, count=1)


def _url_path(address: str) -> str:
    """Return a URL's path in one spelling: decoded, a folder without its index page and without its last slash."""
    if not address:
        return ""
    path = unquote(address if address.startswith("/") else urlsplit(address).path)
    return "/" + _SLASHES.sub("/", path).removesuffix("index.html").strip("/")


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names)) or "none"
