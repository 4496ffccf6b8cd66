"""Writing a Hugo site: a Hugo site stays as it is, every other becomes content, configuration and static files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from hugoconv.markup.constructs import TargetDialect
from hugoconv.markup.mapping import UNMAPPED, mapped
from hugoconv.migrate.linkmap import LinkMap
from hugoconv.migrate.plan import Copy, FileOp, Place, Write
from hugoconv.model import Post, Site, SiteInfo
from hugoconv.report.findings import Findings
from hugoconv.systems.data import comments_file
from hugoconv.systems.files import as_it_is
from hugoconv.systems.hugo.conversion import convert_body, convert_front_matter, stand_in
from hugoconv.systems.hugo.dialect import HUGO, quoted
from hugoconv.systems.hugo.places import ORIGINAL, Layout, sections_of
from hugoconv.systems.hugo.project import site_files
from hugoconv.systems.hugo.rewriting import in_syntax
from hugoconv.systems.options import option


@dataclass(frozen=True, kw_only=True)
class HugoExporter:
    """Writes a Hugo site."""

    name: ClassVar[str] = "hugo"
    label: ClassVar[str] = "Hugo site"
    next_steps: ClassVar[tuple[str, ...]] = ("hugo server --source {site} --buildDrafts",)
    feed: ClassVar[str] = "index.xml"

    front_matter: str = option(
        "", "syntax of the front matter (default: as it is; YAML for new posts)", ("", "yaml", "toml", "json", "org")
    )
    posts_section: str = option("posts", "section that posts go to")
    sections: tuple[str, ...] = option((), "sections of other types, as TYPE=SECTION (default: as their addresses say)")
    folders: str = option("flat", "folders by date inside of a section", ("flat", "year", "month"))
    bundles: str = option("none", "whether each page gets a folder of its own (a leaf bundle)", ("none", "leaf"))
    date_prefix: bool = option(False, "file names begin with the day (2024-05-06-title.md)")
    media: str = option(
        "uploads",
        "where an export's media go: to their old addresses, into one folder (/media/), or, with bundles=leaf, "
        "beside the page that uses them",
        ("uploads", "flat", "bundles"),
    )
    theme: str = option(
        "", "theme to name in the configuration (default: a plain one is written, so that the site shows)"
    )

    shortcodes: tuple[str, ...] = option(
        (), "what shortcodes of WordPress become: NAME={{< ... {argument} ... >}}, a table in hugoconv.toml"
    )
    unmapped: str = option("keep", "what becomes of shortcodes that nobody knows: text, a comment, HTML", UNMAPPED)

    def __post_init__(self) -> None:
        sections_of(self.sections)

    def place(self, post: Post, site: SiteInfo) -> Place:
        """See `Exporter.place`."""
        if site.system == self.name:
            return Place(post.path, post.address)
        if post.unreadable:
            return Place(ORIGINAL / post.path)
        return self._layout.place(post, site)

    def place_media(self, address: str, owner: Place | None, *, is_public: bool) -> Place:
        """See `Exporter.place_media`."""
        return self._layout.place_medium(address, owner, is_public=is_public)

    def render(self, post: Post, site: SiteInfo, links: LinkMap, log: Findings) -> Iterator[FileOp]:
        """See `Exporter.render`."""
        place = links.place(post)
        origin = post.source.label
        if post.unreadable or (site.system == self.name and not post.edited and not self._rewrites(post)):
            if post.unreadable and site.system != self.name:
                log.add("HC607", file=origin, path=place.path)
            yield as_it_is(post, place)
            return
        if site.system == self.name:
            text = in_syntax(post, self.front_matter, site, log) if self._rewrites(post) else post.text
            yield Write(place.path, text.encode(), post.source.raw, origin)
            return
        front_matter = convert_front_matter(
            post, place, site, links, self.front_matter or "yaml", log.at(post.source.name, post.source.line)
        )
        blank_lines = post.closing.partition("\n")[2]  # which Jekyll takes for a part of the fence
        text = front_matter + blank_lines + convert_body(post, links, log, self._dialect)
        yield Write(place.path, text.encode(), post.source.raw, origin)
        yield from stand_in(post, place, site, links)
        if post.comments:
            yield Write(place.also[0], comments_file(post, site.include_secrets), None, origin)

    def finish(self, site: Site, links: LinkMap, log: Findings) -> Iterable[FileOp]:
        """See `Exporter.finish`."""
        if site.info.system == self.name:
            return [Copy(asset.path, asset.source, str(asset.path)) for asset in site.assets]
        return site_files(site, links, self.theme, log)

    @cached_property
    def _dialect(self) -> TargetDialect:
        return mapped(HUGO, self.shortcodes, self.unmapped, quoted)

    @cached_property
    def _layout(self) -> Layout:
        return Layout(
            posts_section=self.posts_section,
            sections=sections_of(self.sections),
            folders=self.folders,
            bundles=self.bundles,
            date_prefix=self.date_prefix,
            media=self.media,
        )

    def _rewrites(self, post: Post) -> bool:
        syntax = post.front_matter.syntax if post.closing or post.front_matter.matter else ""
        return bool(self.front_matter) and bool(syntax) and syntax != self.front_matter
