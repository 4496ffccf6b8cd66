"""Reading a Medium export: its folder of stories, each an HTML file with what Medium says of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import ClassVar
from urllib.parse import unquote

from bs4.element import Tag

from hugoconv.errors import SourceError, UsageError
from hugoconv.markup.html_tree import nests_too_deeply, parse
from hugoconv.model import Author, Site, SiteInfo, Term
from hugoconv.report.findings import Findings
from hugoconv.systems.addresses import split_web, url_path
from hugoconv.systems.contract import Match
from hugoconv.systems.exports import cleaning
from hugoconv.systems.exports.bodies import ExportImporter
from hugoconv.systems.exports.entry import Entry
from hugoconv.systems.exports.media import ExportMedia
from hugoconv.systems.exports.site import Export, site_of, slug_of, zone_named
from hugoconv.systems.exports.sources import ExportSource
from hugoconv.systems.medium.bodies import MEDIA, plain
from hugoconv.systems.options import option
from hugoconv.urls import urlsplit

_HOST = "medium.com"
_MARK = b'class="h-entry"'
_NAME = re.compile(r"(?:(?P<day>\d{4}-\d{2}-\d{2})_|(?P<draft>draft)_)?(?P<title>.*?)-*(?P<id>[0-9a-f]{8,12})?\Z")
_ID = re.compile(r"(?:(?<=/)|-|\A)[0-9a-f]{8,12}\Z")
_MOST_LOOKED_AT = 3
_NOT_IN_ANSWERS = ["h1", "h2", "h3", "h4", "figure"]


@dataclass(frozen=True, kw_only=True)
class MediumImporter(ExportImporter):
    """Reads the archive that Medium exports, or its folder."""

    name: ClassVar[str] = "medium"
    label: ClassVar[str] = "Medium export (zip)"

    base_url: str = option("", "address of the old site, if it had a domain of its own (default: as most stories say)")
    responses: str = option("draft", "what becomes of answers to other people's stories", ("draft", "public"))
    time_zone: str = option("", "time zone of the site, such as Europe/Berlin (default: UTC, as the export has it)")

    @classmethod
    def detect(cls, source: Path) -> Match | None:
        """See `Importer.detect`."""
        given = ExportSource(source)
        names = [*given.first_names, *(f"posts/{path.name}" for path in sorted(source.glob("posts/*.html")))]
        stories = [name for name in names if name.lower().endswith(".html") and not name.startswith("profile/")]
        looked = sorted(stories, key=lambda name: "posts/" not in name)[:_MOST_LOOKED_AT]
        if any(_MARK in given.beginning(name) for name in looked):
            return Match(92, "it is a Medium export")
        return None

    def read(self, source: Path, log: Findings) -> Site:
        """See `Importer.read`."""
        given = ExportSource(source)
        stories = [_story(given, name) for name in given.ending(".html") if _MARK in given.beginning(name)]
        if not stories:
            raise UsageError(f"{source} holds no stories of a Medium export")
        base_url = (self.base_url or _own_site(stories)).rstrip("/")
        own = {_key(story.canonical): story for story in stories if story.canonical}
        others = Counter(PurePosixPath(name).parent.name for name in given.names) - Counter({"posts": len(stories)})
        left_behind = Findings()
        del others["posts"], others[""]
        rest = ", ".join(f"{folder} ({count})" for folder, count in sorted(others.items()))
        if rest:
            left_behind.add("HC121", file=given.path.name, names=rest)
        names = dict.fromkeys(story.author for story in stories if story.author)
        tags = dict.fromkeys(tag for story in stories for tag in story.tags)
        info = SiteInfo(
            system=self.name,
            base_url=base_url,
            zone=zone_named(self.time_zone),
            time_zone=self.time_zone,
            taxonomies={"tag": "tags"},
            terms={"tags": {tag: Term(tag) for tag in tags}},
            authors={slug_of(each): Author(slug_of(each), each) for each in names},
        )
        entries = self._entries(given, stories, base_url, own)
        return site_of(Export(info, entries, ExportMedia(base_url, MEDIA), left_behind=left_behind), source, log)

    def _entries(
        self, given: ExportSource, stories: list[Story], base_url: str, own: dict[str, Story]
    ) -> Iterator[Entry]:
        for story in stories:
            yield self._entry(given, story, base_url, own)

    def _entry(self, given: ExportSource, story: Story, base_url: str, own: dict[str, Story]) -> Entry:
        entry = Entry(given.label(story.name), "", title=story.title, slug=story.slug, date=story.date)
        entry.status = "draft" if story.is_draft else "published"
        path = urlsplit(story.canonical).path
        if base_url and (address := url_path(story.canonical, base_url)):
            entry.address = address
        elif path.strip("/"):
            entry.old_addresses = (unquote(path),)
        try:
            soup = parse("") if nests_too_deeply(text := given.text(story.name)) else parse(text)
        except SourceError as error:
            entry.note("HC103", item=story.name, detail=error.message)
            return entry
        section = soup.find(class_="e-content")
        if isinstance(section, Tag):
            if story.is_published and _is_response(section, story.title):
                entry.note("HC134")
                entry.status = "published" if self.responses == "public" else "draft"
            for link in section.find_all("a", href=True):
                known = own.get(_key(str(link["href"])))
                if known is not None and not base_url:
                    link["href"] = urlsplit(known.canonical).path
            entry.body = plain(section, soup, story.title, story.subtitle)
        elif nests_too_deeply(text):
            entry.note("HC306", what="the text")
            entry.body = text
        entry.values = {
            "tags": story.tags,
            "authors": [story.author] if story.author else [],
            "description": story.subtitle,
            "medium_url": story.canonical,
        }
        return entry


@dataclass(frozen=True)
class Story:
    """What a story's file says of it beside its text."""

    name: str
    title: str = ""
    subtitle: str = ""
    date: str = ""
    canonical: str = ""
    author: str = ""
    slug: str = ""
    is_draft: bool = False
    tags: list[str] = field(default_factory=list)

    @property
    def is_published(self) -> bool:
        """Whether it was public."""
        return not self.is_draft


def _story(source: ExportSource, name: str) -> Story:
    """Return what is said around a story; of a file that cannot be read, what its name says."""
    match = _NAME.match(PurePosixPath(name).stem)
    day, draft, words = (match["day"] or "", bool(match["draft"]), match["title"]) if match else ("", False, "")
    try:
        text = source.text(name)
    except SourceError:
        text = ""
    soup = parse("" if nests_too_deeply(text) else text)
    canonical = _href(soup, "p-canonical")
    time = cleaning.child(soup, "dt-published")
    date = str(time.get("datetime") or "") if time is not None else ""
    title = cleaning.text_of(cleaning.child(soup, "p-name"))
    last = _ID.sub("", unquote(PurePosixPath(urlsplit(canonical).path).name))
    return Story(
        name,
        title,
        cleaning.text_of(cleaning.child(soup, "p-summary")),
        date or day,
        canonical,
        cleaning.text_of(cleaning.child(soup, "p-author")),
        last or slug_of(title) or slug_of(words) or "untitled",
        draft or (bool(text) and time is None),
        list(dict.fromkeys(cleaning.text_of(tag) for tag in cleaning.classed(soup, "p-tag"))),
    )


def _href(soup: Tag, name: str) -> str:
    found = cleaning.child(soup, name)
    href = str(found.get("href") or "") if found is not None else ""
    return href if split_web(href) is not None else ""


def _key(url: str) -> str:
    """Return what tells a story's address from others: the number at its end, however the rest is written."""
    parts = split_web(url) if _HOST in url or url.startswith("/") else None
    found = _ID.search(parts.path.rstrip("/")) if parts is not None else None
    return found[0].strip("-") if found else url.partition("?")[0]


def _own_site(stories: list[Story]) -> str:
    """Return the address of the site that most stories are on, if it is one of its own and not Medium's."""
    hosts = Counter(urlsplit(story.canonical).netloc for story in stories if story.canonical)
    host = hosts.most_common(1)[0][0] if hosts else ""
    return "" if not host or host == _HOST or host == f"www.{_HOST}" else f"https://{host}"


def _is_response(section: Tag, title: str) -> bool:
    """Whether a story is an answer: it has no title of its own, but begins with the words that stand for one."""
    if cleaning.child(section, "graf--title") is not None or section.find(_NOT_IN_ANSWERS) is not None:
        return False
    first = cleaning.text_of(cleaning.child(section, "graf--leading"))
    return bool(title) and first.startswith(title.rstrip("…").rstrip())
