"""Which post of a new site is which post of the old one, and in what the two differ."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

from hugoconv.frontmatter.dates import Moment
from hugoconv.migrate.describe import field_of, terms_of
from hugoconv.model import Post, SiteInfo
from hugoconv.report.codes import CODES
from hugoconv.report.findings import Finding

_SLASHES = re.compile(r"/{2,}")
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
    path: str
    name: str
    address: str
    aliases: frozenset[str]
    title: str
    date: Moment | None
    instant: str
    public: bool
    terms: dict[str, frozenset[str]]

    @property
    def day(self) -> str:
        """The day as it is written, "" for an undated post."""
        return self.date.value.date().isoformat() if self.date else ""


def summary_of(post: Post, site: SiteInfo, number: int) -> PostSummary:
    """Return what is to be compared of a readable post."""
    moment: Moment | None = field_of(post, "date")
    return PostSummary(
        label=post.source.label,
        number=number,
        line=post.source.line,
        system=post.source.system,
        path=str(post.path),
        name=_name_of(post),
        address=_url_path(post.address),
        aliases=frozenset(_url_path(old) for old in post.old_addresses if "?" not in old),
        title=field_of(post, "title") or "",
        date=moment,
        instant=_instant(moment, site),
        public=is_public(post, site),
        terms={taxonomy: frozenset(names) for taxonomy, names in terms_of(post)},
    )


def is_public(post: Post, site: SiteInfo) -> bool:
    """Whether the site shows a post today: it is published, and has not expired."""
    return not _has_come(post, "expiry_date", site) and (field_of(post, "status") or "published") == "published"


def is_due(post: Post, site: SiteInfo) -> bool:
    """Whether a program that builds the site today publishes the post: it is public, and not dated in the future."""
    dated = "publish_date" if field_of(post, "publish_date") is not None else "date"
    return is_public(post, site) and (field_of(post, dated) is None or _has_come(post, dated, site))


def _has_come(post: Post, name: str, site: SiteInfo) -> bool:
    moment: Moment | None = field_of(post, name)
    if moment is None:
        return False
    value = moment.value if moment.has_zone else moment.value.replace(tzinfo=site.zone)
    return value <= datetime.now(UTC)


_RULES: tuple[Callable[[PostSummary], Hashable], ...] = (
    lambda post: post.address and (post.address, post.title),  # some exports give many posts one address
    lambda post: post.address,
    lambda post: (post.system, post.path),
    lambda post: post.title and post.instant and (post.title, post.instant),
    lambda post: post.title and post.day and (post.title, post.day),
    lambda post: post.name and post.day and (post.name, post.day),
    lambda post: post.title,
    lambda post: post.name,
)
"""What makes two posts the same one, the surest first; nothing is made of an empty answer."""


def counterparts(
    old: Sequence[PostSummary], new: Sequence[PostSummary]
) -> Iterator[tuple[PostSummary, PostSummary | None]]:
    """Yield each old post, in order, with its counterpart (None for none); no new post is the counterpart of two."""
    found: dict[int, int] = {}
    free = dict.fromkeys(range(len(new)))
    for rule in _RULES:
        places: dict[Hashable, deque[int]] = defaultdict(deque)
        for number in free:
            places[rule(new[number])].append(number)
        for number, post in enumerate(old):
            key = rule(post)
            if number not in found and key and places.get(key):
                found[number] = places[key].popleft()
                del free[found[number]]
    for number, post in enumerate(old):
        yield post, new[found[number]] if number in found else None


def differences(old: PostSummary, new: PostSummary | None) -> Iterator[Difference]:
    """Yield in what a post and its counterpart differ."""
    if new is None:
        details: dict[str, object] = {"title": old.title or old.name, "address": old.address or "no known URL"}
        yield Difference("posts", "HC510", old.label, details)
        return
    for aspect, name, was, now in _changed(old, new):
        yield Difference(aspect, "HC511", new.label, {"field": name, "was": was, "now": now, "old": old.label})
    reachable = {new.address, *new.aliases}
    for address in (old.address, *sorted(old.aliases)) if old.public else ():  # nobody knows a draft's address
        if address and new.address and address not in reachable:
            yield Difference("URLs", "HC512", new.label, {"url": address, "new": new.address})


def _changed(old: PostSummary, new: PostSummary) -> Iterator[tuple[str, str, str, str]]:
    if old.title != new.title:
        yield "titles", "title", repr(old.title), repr(new.title)
    if not _same_date(old, new):
        yield "dates", "date", str(old.date or "none"), str(new.date or "none")
    if old.public != new.public:
        words = {True: "published", False: "not published"}
        yield "status", "status", words[old.public], words[new.public]
    for taxonomy in sorted({*old.terms, *new.terms}):
        was, now = old.terms.get(taxonomy, frozenset()), new.terms.get(taxonomy, frozenset())
        if was != now:
            yield "terms", taxonomy, _listed(was), _listed(now)


def _same_date(old: PostSummary, new: PostSummary) -> bool:
    """Dates agree when they are the same instant on the same day as written; two bare days have only the day."""
    if old.date is None or new.date is None:
        return old.date is new.date
    bare = old.date.precision == "day" and new.date.precision == "day"
    return old.day == new.day and (bare or old.instant == new.instant)


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
