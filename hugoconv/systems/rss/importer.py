"""Reading a feed that was saved as a file: RSS of any version, Atom, RDF."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar

from bs4 import BeautifulSoup

from hugoconv.errors import SourceError
from hugoconv.model import Author, Site, SiteInfo, Term
from hugoconv.report.findings import Findings
from hugoconv.systems.addresses import split_web, url_path
from hugoconv.systems.contract import Match
from hugoconv.systems.exports import cleaning
from hugoconv.systems.exports.bodies import ExportImporter
from hugoconv.systems.exports.entry import Entry
from hugoconv.systems.exports.media import ExportMedia, MediaRules
from hugoconv.systems.exports.site import Export, site_of, slug_of, zone_named
from hugoconv.systems.exports.sources import ExportSource
from hugoconv.systems.options import option
from hugoconv.urls import urlsplit

_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)[\s>]")
_OTHER_EXPORTS = (b"wordpress.org/export/", b"schemas.google.com/blogger", b"schemas.google.com/g/2005", b"blogger.com")
_ENDINGS = (".xml", ".rss", ".atom", ".rdf")
_CUT = re.compile(r"(?:\[(?:…|\.\.\.|&#8230;|&hellip;)\]|…|\.\.\.)\s*(?:</p>\s*)?\Z")
_SUMMARY_LENGTH = 700
_DATES = ("published", "created", "updated")


@dataclass(frozen=True, kw_only=True)
class RssImporter(ExportImporter):
    """Reads a feed as a site with the posts that it holds."""

    name: ClassVar[str] = "rss"
    label: ClassVar[str] = "RSS or Atom feed"

    base_url: str = option("", "address of the old site (default: what the feed says)")
    time_zone: str = option("", "time zone of the site, such as Europe/Berlin (default: as the feed writes its dates)")

    @classmethod
    def detect(cls, source: Path) -> Match | None:
        """See `Importer.detect`."""
        if source.is_dir() or not source.name.lower().endswith(_ENDINGS):
            return None
        head = ExportSource(source).beginning(source.name)
        if not _FEED.search(head) or any(mark in head for mark in _OTHER_EXPORTS):
            return None
        return Match(55, "it is a feed")

    def read(self, source: Path, log: Findings) -> Site:
        """See `Importer.read`."""
        given = ExportSource(source)
        feed = _parsed(given.read(source.name), source.name, log)
        about = feed["feed"]
        base_url = self.base_url or _site_address(about)
        entries = [_entry(row, number, source.name, base_url) for number, row in enumerate(feed["entries"], 1)]
        left_behind = Findings()
        left_behind.add("HC130", file=source.name, count=len(entries))
        names = dict.fromkeys(name for entry in entries for name in entry.values["authors"])
        tags = dict.fromkeys(tag for entry in entries for tag in entry.values["tags"])
        return site_of(
            Export(
                SiteInfo(
                    system=self.name,
                    title=_plain(about, "title"),
                    description=_plain(about, "subtitle"),
                    base_url=base_url,
                    language=_word(about.get("language")),
                    zone=zone_named(self.time_zone),
                    time_zone=self.time_zone,
                    taxonomies={"tag": "tags"},
                    terms={"tags": {tag: Term(tag) for tag in tags}},
                    authors={slug_of(name): Author(slug_of(name), name) for name in names},
                ),
                entries,
                ExportMedia(base_url, MediaRules()),
                feed=_feed_address(about, base_url),
                left_behind=left_behind,
            ),
            source,
            log,
        )


def _parsed(data: bytes, name: str, log: Findings) -> Mapping[str, Any]:
    """Return what feedparser reads; SourceError when there is no feed in it."""
    import feedparser

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            feed: Mapping[str, Any] = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, OverflowError) as error:
        raise SourceError(f"it cannot be read as a feed: {error}", file=name) from error
    problem = feed.get("bozo_exception")
    if not feed["entries"] and not feed.get("version"):
        raise SourceError(f"it is no feed{f': {problem}' if problem else ''}", file=name)
    if problem is not None and not feed["entries"]:
        raise SourceError(f"it holds no entries that can be read: {problem}", file=name)
    if problem is not None and "declared as" not in str(problem):
        log.add("HC107", file=name, detail=" ".join(str(problem).split()))
    return feed


def _entry(row: Mapping[str, Any], number: int, file: str, base_url: str) -> Entry:
    link = _word(row.get("link"))
    address = url_path(link, base_url) or "" if link else ""
    title = _plain(row, "title")
    slug = slug_of(PurePosixPath(address.rstrip("/")).stem or title) or f"entry-{number}"
    contents = row.get("content") or []
    whole = "\n".join(_html(each) for each in contents if isinstance(each, Mapping))
    summary = _html(row.get("summary_detail") or {"value": row.get("summary")})
    body = whole or summary
    entry = Entry(f"{file}/{slug}-{number}", "", title=title, slug=slug, address=address)
    if not whole and _CUT.search(summary) and len(summary) < _SUMMARY_LENGTH:
        entry.note("HC131", link=link or title)
    entry.date = next((date for name in _DATES if (date := _date(row, name))), "")
    entry.updated = _date(row, "updated")
    media = _enclosures(row)
    entry.body = cleaning.cleaned(body, cleaning.frames_to_embeds)
    entry.body += "".join(_player(url, kind) for url, kind in media if url not in body)
    image = row.get("media_thumbnail") or row.get("media_content")
    entry.values = {
        "tags": list(dict.fromkeys(filter(None, (_word(tag.get("term")) for tag in row.get("tags") or ())))),
        "authors": list(dict.fromkeys(filter(None, (_name(each) for each in row.get("authors") or ())))),
        "excerpt": _plain(row, "summary") if whole and summary != whole else "",
        "image": _image(image),
        "enclosures": [url for url, _ in media],
    }
    return entry


def _word(value: object) -> str:
    return " ".join(str(value).split()) if isinstance(value, str) else ""


def _name(author: Mapping[str, Any]) -> str:
    """Return an author's name, without the address that RSS writes before it."""
    name = _word(author.get("name"))
    return "" if "@" in name else name


def _html(part: Mapping[str, Any]) -> str:
    value = part.get("value")
    if not isinstance(value, str):
        return ""
    if part.get("type") == "text/plain":
        return "".join(f"<p>{escape(each, quote=False)}</p>" for each in value.split("\n\n") if each.strip())
    return value.strip()


def _plain(row: Mapping[str, Any], name: str) -> str:
    """Return a text of a feed without the tags that may stand in it."""
    value = row.get(name)
    if not isinstance(value, str):
        return ""
    if "<" not in value and "&" not in value:
        return _word(value)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _word(BeautifulSoup(value, "lxml").get_text())


def _date(row: Mapping[str, Any], name: str) -> str:
    """Return a date as ISO text: with the offset that the feed writes, when it is plain which that is."""
    values = dict(row)  # feedparser's own look-up gives one date for another, and warns of it
    parsed = values.get(f"{name}_parsed")
    if not parsed:
        return ""
    try:
        moment = datetime(*parsed[:6]).replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError):
        return ""
    written = re.search(r"([+-]\d\d):?(\d\d)\s*\Z", str(values.get(name, "")))
    if written:
        from hugoconv.frontmatter.dates import parse_iso

        offset = parse_iso(f"2000-01-01T00:00:00{written[1]}:{written[2]}")
        if offset is not None:
            moment = moment.astimezone(offset.value.tzinfo)
    return moment.isoformat()


def _enclosures(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    rows = row.get("enclosures") or ()
    found = [(_word(each.get("href")), _word(each.get("type"))) for each in rows]
    return [(url, kind) for url, kind in found if url and split_web(url) is not None]


def _player(url: str, kind: str) -> str:
    """Return what plays a sound or film, a picture, or a link to anything else."""
    source = escape(url)
    name = kind.partition("/")[0]
    if name in ("audio", "video"):
        return f'<figure><{name} controls src="{source}"></{name}></figure>'
    if name == "image":
        return f'<figure><img src="{source}" alt=""></figure>'
    return f'<p><a href="{source}">{escape(PurePosixPath(urlsplit(url).path).name or url, quote=False)}</a></p>'


def _image(found: object) -> str:
    rows = found if isinstance(found, list) else []
    return next((_word(each.get("url")) for each in rows if isinstance(each, Mapping) and each.get("url")), "")


def _site_address(about: Mapping[str, Any]) -> str:
    link = _word(about.get("link"))
    return link.rstrip("/") if link.startswith(("http://", "https://")) and split_web(link) else ""


def _feed_address(about: Mapping[str, Any], base_url: str) -> str:
    own = (_word(each.get("href")) for each in about.get("links") or () if each.get("rel") == "self")
    return next((path for url in own if (path := url_path(url, base_url))), "")
