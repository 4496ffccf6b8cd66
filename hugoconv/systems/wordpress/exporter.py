"""Writing a WordPress export: one that was read is copied, any other site becomes posts, pages and media."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import ClassVar

from hugoconv.errors import UsageError
from hugoconv.fields import FieldError
from hugoconv.migrate.linkmap import LinkMap
from hugoconv.model import Site
from hugoconv.report.findings import Findings
from hugoconv.systems.contract import Container
from hugoconv.systems.options import bytes_in, option
from hugoconv.systems.wordpress.writing.carried import CarriedData
from hugoconv.systems.wordpress.writing.copied import COPIED, Copied, CopiedExport
from hugoconv.systems.wordpress.writing.ledger import Ledger
from hugoconv.systems.wordpress.writing.made import MadeExport
from hugoconv.systems.wordpress.writing.media import MediaLayout
from hugoconv.systems.wordpress.writing.permalinks import structure_of
from hugoconv.systems.wordpress.writing.places import Settings
from hugoconv.systems.wordpress.writing.terms import TermLedger

POSTS_LOOKED_AT = 500
"""Of so many posts the addresses decide which permalink structure is written for."""

UNDATED = "2000-01-01 00:00:00"
"""The date of pages without one in a split export: by date and title the importer knows again what parts repeat."""


@dataclass(frozen=True, kw_only=True)
class WordPressExporter:
    """Writes a WordPress export file, with an `uploads` folder beside it."""

    name: ClassVar[str] = "wordpress"
    label: ClassVar[str] = "WordPress export (WXR)"
    next_steps: ClassVar[tuple[str, ...]] = (
        "put the folder uploads beside it, if there is one, where the export says that the media are",
        'in WordPress: Tools, Import, WordPress; choose {site}, and tick "Download and import file attachments"',
    )

    editor: str = option("blocks", "the editor that bodies are written for", ("blocks", "classic"))
    split: str = option("", "the most that one file may have, such as 2MB; more becomes several files")
    base_url: str = option("", "address of the WordPress site (default: that of the site that is read)")
    permalink: str = option("", "the site's permalink structure (default: the one that keeps most addresses)")
    posts: tuple[str, ...] = option(("post", "posts", "blog"), "types and sections that become posts, not pages")
    types: tuple[str, ...] = option((), "sections with a post type of their own, as SECTION=TYPE, separated by commas")

    def open(self, site: Site, links: LinkMap, log: Findings) -> Container:
        """See `ContainerExporter.open`."""
        size = bytes_in(self.split)
        copied = site.info.settings.get(COPIED)
        if site.info.system == self.name:
            if not isinstance(copied, Copied):
                raise UsageError("this export was not read from a file, so it cannot be copied")
            return CopiedExport(copied, size)
        base_url = self.base_url or site.info.base_url
        if "://" not in base_url:
            base_url = "https://example.org"
            log.add("HC351", url=base_url)
        posts = frozenset(self.posts)
        settings = Settings(
            base_url=base_url.rstrip("/"),
            structure=self.permalink or structure_of(_posts(site, posts)),
            posts=posts,
            types=dict(_types(self.types)),
            blocks=self.editor == "blocks",
            part_size=size,
        )
        ledger = Ledger(undated=UNDATED if size else "")
        carried = CarriedData.of(site.assets)
        media = MediaLayout(ledger, settings.base_url, carried.media())
        media.gather(site.assets, links)
        carried.complete(site.info)
        return MadeExport(settings, site.info, ledger, media, TermLedger(site.info), carried)


def _posts(site: Site, types: frozenset[str]) -> Iterator[tuple[str, datetime | None, str]]:
    """Yield the addresses, dates and slugs of the first posts."""
    for post in islice(iter(site.posts), POSTS_LOOKED_AT):
        if post.kind != "page" or post.type not in types or not post.address or post.unreadable:
            continue
        try:
            moment = post.date
        except FieldError:
            continue
        name = [part for part in post.address.split("/") if part and part != "index.html"]
        yield post.address, moment.value if moment else None, name[-1].removesuffix(".html") if name else ""


def _types(settings: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for setting in settings:
        section, equals, kind = setting.partition("=")
        if not (section and equals and kind):
            raise UsageError(f"exporter.types: write SECTION=TYPE, not {setting!r}")
        yield section.strip(), kind.strip()
