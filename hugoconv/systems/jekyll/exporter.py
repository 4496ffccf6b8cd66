"""Writing a Jekyll site: a Jekyll site stays as it is, every other becomes posts, pages, data and a configuration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import ClassVar

from hugoconv.markup.constructs import TargetDialect
from hugoconv.markup.mapping import UNMAPPED, mapped
from hugoconv.migrate.linkmap import LinkMap
from hugoconv.migrate.plan import Copy, FileOp, Place, Write
from hugoconv.model import Post, Site, SiteInfo
from hugoconv.report.findings import Findings
from hugoconv.systems.data import comments_file
from hugoconv.systems.files import as_it_is
from hugoconv.systems.jekyll.dialect import JekyllDialect
from hugoconv.systems.jekyll.places import Places
from hugoconv.systems.jekyll.project import ORIGINAL, site_files
from hugoconv.systems.jekyll.writing import convert_body, convert_front_matter
from hugoconv.systems.options import option


@dataclass(frozen=True, kw_only=True)
class JekyllExporter:
    """Writes a Jekyll site."""

    name: ClassVar[str] = "jekyll"
    label: ClassVar[str] = "Jekyll site"
    next_steps: ClassVar[tuple[str, ...]] = ("jekyll serve --source {site} --destination {site}/_site --unpublished",)
    feed: ClassVar[str] = ""

    permalink: str = option("/posts/:title/", "the configuration's permalink; a post with another URL gets its own")
    posts: tuple[str, ...] = option(("post", "posts", "blog"), "types and sections whose dated pages become posts")
    shortcodes: tuple[str, ...] = option(
        (), "what shortcodes of WordPress become: NAME={% include ... {argument} ... %}, a table in hugoconv.toml"
    )
    unmapped: str = option("keep", "what becomes of shortcodes that nobody knows: text, a comment, HTML", UNMAPPED)

    def place(self, post: Post, site: SiteInfo) -> Place:
        """See `Exporter.place`."""
        if site.system == self.name:
            return Place(post.path, post.address)
        if post.unreadable:
            return Place(ORIGINAL / post.path)
        return self._places(site).place(post)

    def place_media(self, address: str, owner: Place | None, *, is_public: bool) -> Place:
        """See `Exporter.place_media`; a medium stays where it was."""
        path = PurePosixPath(address.lstrip("/"))
        return Place(path if is_public else ORIGINAL / path, address)

    def render(self, post: Post, site: SiteInfo, links: LinkMap, log: Findings) -> Iterator[FileOp]:
        """See `Exporter.render`."""
        place = links.place(post)
        origin = post.source.label
        if post.unreadable or (site.system == self.name and not post.edited):
            if site.system != self.name:
                log.add("HC607", file=origin, path=place.path)
            yield as_it_is(post, place)
        elif site.system == self.name:
            yield Write(place.path, post.text.encode(), post.source.raw, origin)
        else:
            placed = log.at(post.source.name, post.source.line)
            front_matter = convert_front_matter(post, place, self._places(site), links, placed)
            text = front_matter + convert_body(post, place, links, log, self._dialect)
            yield Write(place.path, text.encode(), post.source.raw, origin)
            if post.comments:
                yield Write(place.also[0], comments_file(post, site.include_secrets), None, origin)

    def finish(self, site: Site, links: LinkMap, log: Findings) -> Iterable[FileOp]:
        """See `Exporter.finish`."""
        if site.info.system == self.name:
            return [Copy(asset.path, asset.source, str(asset.path)) for asset in site.assets]
        return site_files(site, links, self.permalink, log)

    def _dialect(self, markup: str) -> TargetDialect:
        return mapped(JekyllDialect(markup), self.shortcodes, self.unmapped)

    def _places(self, site: SiteInfo) -> Places:
        return Places(site, self.permalink, self.posts)
