"""What the items of one export must know of each other, gathered while each post is given its place."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hugoconv.migrate.tables import Table
from hugoconv.systems.wordpress.keys import ATTACHMENT
from hugoconv.systems.wordpress.wxr.writer import NO_DATE

_RESERVED = re.compile(r"feed|rdf|rss|rss2|atom|embed")
"""Slugs that WordPress gives to nothing, because its own addresses end so (`wp_unique_post_slug`)."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One item: its id, its type, its slug and the path of its page, its dates, the id of its first comment."""

    id: int
    type: str
    slug: str
    wanted_slug: str
    path: str
    dates: tuple[str, str, str]
    title: str = ""
    first_comment: int = 0
    is_moved: bool = False
    """Whether its date is some seconds later than it was, so that the importer does not take it for another one."""


@dataclass
class Ledger:
    """Ids, slugs and dates of all items; what a worker needs is in tables that live on disk when they are large."""

    entries: Table = field(default_factory=Table)
    pages: Table = field(default_factory=Table)
    """The key of the item whose page is at a path."""
    redirects: Table = field(default_factory=Table)
    """Old paths, and the paths that they lead to now."""
    earliest: str = "2038-01-01 00:00:00"
    """The date of the first item, which those have that say none themselves."""
    undated: str = ""
    """The date of items that have none, "" for that of the import."""
    given_dates: int = 0
    """How many items were given that date."""
    kinds: Counter[str] = field(default_factory=Counter)
    _slugs: Table = field(default_factory=Table)
    _titles: Table = field(default_factory=Table)
    _next_id: int = 1
    _next_comment: int = 1

    def new_id(self) -> int:
        """Return an id that no other item has."""
        self._next_id += 1
        return self._next_id - 1

    def enter(self, key: str, entry: Entry, comments: int = 0) -> None:
        """Keep an entry, with room for the ids of its comments."""
        values = asdict(entry) | {"first_comment": self._next_comment}
        self._next_comment += comments
        self.entries[key] = json.dumps(values)
        self.pages.setdefault(entry.path, key)
        self.kinds[entry.type] += 1
        if entry.dates[0] != NO_DATE:
            self.earliest = min(self.earliest, entry.dates[0])

    def entry(self, key: str) -> Entry:
        """Return an entry; KeyError when there is none."""
        values: dict[str, Any] = json.loads(self.entries[key])
        values["dates"] = tuple(values["dates"])
        return Entry(**values)

    def at(self, path: str) -> Entry | None:
        """Return the entry whose page is at a path."""
        key = self.pages.get(path)
        return self.entry(key) if key is not None else None

    def slug(self, space: str, wanted: str, is_other: Callable[[str], bool]) -> str:
        """Return a slug that nothing else in a space (a type, with the page above) has: the wanted one, or `-2`, ...

        The space of a medium is everything that has a slug. What `is_other` is the end of another of WordPress's
        addresses there.
        """
        number, slug = 1, wanted
        while (
            f"{'' if space == ATTACHMENT else space}/{slug}" in self._slugs
            or _RESERVED.fullmatch(slug)
            or is_other(slug)
        ):
            number += 1
            slug = f"{wanted}-{number}"
        self._slugs[f"{space}/{slug}"] = self._slugs[f"/{slug}"] = ""
        return slug

    def dates(self, kind: str, title: str, dates: tuple[str, str, str]) -> tuple[str, str, str]:
        """Return dates by which the importer tells an item from all others of its type and title.

        It takes an item for one that it has when title, date and type are the same (`post_exists`); of an item without
        a title, when date and type are. MySQL compares titles without case and accents.
        """
        if dates[0] == NO_DATE:
            if not self.undated:
                return dates
            self.given_dates += 1
            dates = (self.undated, self.undated, dates[2])
        folded = "".join(
            each for each in unicodedata.normalize("NFKD", title.casefold()) if not unicodedata.combining(each)
        )
        name = re.sub(r"\s+", " ", folded).strip()
        while self._is_taken(kind, name, dates[0]):
            dates = (_later(dates[0]), _later(dates[1]), dates[2])
        self._titles[f"{kind}\n{dates[0]}\n{name}"] = self._titles[f"{kind}\n{dates[0]}"] = ""
        return dates

    def _is_taken(self, kind: str, name: str, date: str) -> bool:
        own = f"{kind}\n{date}\n{name}" if name else f"{kind}\n{date}"
        return own in self._titles

    def seal(self) -> None:
        """Make everything readable from other processes."""
        for table in (self.entries, self.pages, self.redirects):
            table.seal()

    def moved(self) -> Iterator[tuple[str, str]]:
        """Yield the old paths with the new ones, where they differ."""
        return ((old, new) for old, new in self.redirects.items() if old != new)


def _later(date: str) -> str:
    try:
        return (datetime.fromisoformat(date) + timedelta(seconds=1)).isoformat(" ")
    except (ValueError, OverflowError):
        return date
