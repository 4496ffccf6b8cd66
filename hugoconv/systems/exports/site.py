"""A site made of an export's entries: each becomes a post when it is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path, PurePosixPath
from typing import Any

from hugoconv import zones
from hugoconv.errors import UsageError
from hugoconv.fields import KeyTable, neutral
from hugoconv.frontmatter.dates import DateText, parse_iso
from hugoconv.frontmatter.document import FrontMatter
from hugoconv.migrate.tables import Table
from hugoconv.model import Body, ListPage, Post, PostStream, Redirect, Site, SiteInfo, Source
from hugoconv.report.findings import Findings
from hugoconv.systems.addresses import served, split_web
from hugoconv.systems.exports.bodies import ExportDialect, ExportTranslation
from hugoconv.systems.exports.entry import Entries, Entry
from hugoconv.systems.exports.media import ExportMedia
from hugoconv.systems.references import Published, Resolver, bare_address

COMMENTS, SECRETS, GALLERIES = "comments", "secrets", "galleries"


@dataclass
class Export:
    """What a reader knows of an export beside its entries, which are read one by one."""

    info: SiteInfo
    entries: Iterable[Entry]
    media: ExportMedia
    redirects: list[Redirect] = field(default_factory=list)
    feed: str = ""
    """The URL path of the site's feed, "" for none."""
    term_feed: str = ""
    """What the path of a term's feed has after that of its page, "" for none."""
    left_behind: Findings = field(default_factory=Findings)


def site_of(export: Export, source: Path, log: Findings) -> Site:
    """Return the site of an export; every entry is read once, and kept on disk until its post is asked for."""
    info = export.info
    if split_web(info.base_url) is None:
        raise UsageError(f"importer.base_url: {info.base_url!r} is no address; write it like https://blog.example")
    info.feed = export.feed
    kept, known = Entries(), Table()
    secrets: dict[str, int] = dict(info.settings.get(SECRETS, {}))
    for entry in export.entries:
        entry.address = served(entry.address)
        kept.add(entry)
        export.media.note(entry.body, entry.values.get("image"))
        for address in (entry.address, *entry.old_addresses):
            if address:
                known.setdefault(bare_address(address), entry.name)
        info.settings[COMMENTS] = info.settings.get(COMMENTS, 0) + len(entry.comments)
        info.settings[GALLERIES] = info.settings.get(GALLERIES, False) or '<figure class="gallery"' in entry.body
        for comment in entry.comments:
            for name, _ in comment.secrets:
                secrets[f"{name} addresses of commenters"] = secrets.get(f"{name} addresses of commenters", 0) + 1
    info.settings[SECRETS] = {name: count for name, count in secrets.items() if count}
    known.seal()
    export.media.seal()
    units = ExportPosts(kept, info, export.media, known)
    return Site(
        info,
        PostStream(units, log),
        source,
        redirects=export.redirects,
        units=units,
        lists=lambda: _lists(export, known),
        media=export.media,
        left_behind=export.left_behind,
    )


@dataclass
class ExportPosts:
    """The entries of an export as posts."""

    entries: Entries
    info: SiteInfo
    media: ExportMedia
    known: Table
    """The names of the entries by their bare addresses."""
    keys: KeyTable = field(init=False)

    def __post_init__(self) -> None:
        self.keys = neutral(self.info.taxonomies)

    def __len__(self) -> int:
        return len(self.entries)

    def name(self, index: int) -> str:
        """See `PostSource.name`."""
        return _label(self.entries[index])

    def load(self, index: int, log: Findings) -> Post:
        """See `PostSource.load`."""
        entry = self.entries[index]
        placed = log.at(entry.name, entry.line)
        for note in entry.notes:
            placed.add(note.code, **note.details)
        return Post(
            front_matter=FrontMatter(values=self._values(entry)),
            body=Body(entry.body, ExportDialect(self.info.system), entry.line),
            path=PurePosixPath(entry.type, (entry.slug or "untitled").replace("/", "-")),
            source=Source(self.info.system, entry.name, line=entry.line),
            keys=self.keys,
            type=entry.type,
            kind=entry.kind,
            address=entry.address,
            old_addresses=entry.old_addresses,
            inherited={"slug": entry.slug, "status": "published"},
            known_terms=self.info.terms,
            comments=entry.comments,
            resolve=Resolver(Published(self.media.urls, lambda: self.known), self.info.base_url, entry.address or "/"),
            translate=ExportTranslation(self.media),
        )

    def _values(self, entry: Entry) -> dict[str, Any]:
        """Return the front matter in neutral keys; what says nothing is left out."""
        date, updated = local_date(entry.date, self.info.zone), local_date(entry.updated, self.info.zone)
        values = {
            "title": entry.title,
            "date": date,
            "updated": updated if updated != date else None,
            "status": entry.status if entry.status != "published" else None,
            **entry.values,
        }
        return {key: value for key, value in values.items() if value not in (None, "", 0, False, [], {}, ())}


def _label(entry: Entry) -> str:
    return f"{entry.name}:{entry.line}" if entry.line else entry.name


def _lists(export: Export, known: Table) -> Iterable[ListPage]:
    """Yield the home page and the pages of terms, with their feeds."""
    yield ListPage("home", "/", export.info.title, feed=export.feed, written="/" in known)
    for taxonomy, terms in export.info.terms.items():
        for term in terms.values():
            if term.address:
                feed = f"{term.address.rstrip('/')}/{export.term_feed}" if export.term_feed else ""
                written = bare_address(term.address) in known
                yield ListPage("term", term.address, term.name, taxonomy, feed=feed, written=written)


# Slugs and dates ------------------------------------------------------------------------------------------------------


_NOT_IN_SLUGS = re.compile(r"[^\w]+|_+")


def slug_of(text: str) -> str:
    """Return words as a part of an address: letters and digits in lower case, hyphens between."""
    return _NOT_IN_SLUGS.sub("-", text.casefold()).strip("-")[:80].rstrip("-")


def zone_named(name: str) -> tzinfo:
    """Return a time zone by its name ("Europe/Berlin"), UTC for ""; UsageError for one that nobody knows."""
    if name and zones.zone_named(name) is None:
        raise UsageError(f"importer.time_zone: there is no time zone {name!r}; write it like Europe/Berlin")
    return zones.zone_or_utc(name)


def local_date(text: str, zone: tzinfo) -> DateText | None:
    """Return an ISO date in the site's own time, a day as it is; None for what is no date.

    An offset that was written stays unless it is UTC, which exports write whatever the site's zone is.
    """
    moment = parse_iso(text) if text else None
    if moment is None:
        return None
    if moment.precision == "day":
        return moment.rfc3339()
    value = moment.value if moment.has_zone else moment.value.replace(tzinfo=zone)
    if not value.utcoffset() and zone is not UTC:
        value = _shifted(value, zone)
    text = value.replace(microsecond=0).isoformat()
    return DateText(text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text)


def _shifted(value: datetime, zone: tzinfo) -> datetime:
    try:
        return value.astimezone(zone)
    except (OverflowError, ValueError):
        return value
