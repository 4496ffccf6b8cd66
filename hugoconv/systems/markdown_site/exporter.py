"""Writing a site whose posts are Markdown files: the verbs of an exporter, told by a table what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from hugoconv.migrate.linkmap import LinkMap
from hugoconv.migrate.plan import Copy, FileOp, Place, Write
from hugoconv.model import Post, Site, SiteInfo
from hugoconv.report.findings import Findings
from hugoconv.systems import losses
from hugoconv.systems.data import comments_file
from hugoconv.systems.files import as_it_is
from hugoconv.systems.markdown_site import project
from hugoconv.systems.markdown_site.bodies import Mentions, convert_body, is_run
from hugoconv.systems.markdown_site.dialect import SiteDialect
from hugoconv.systems.markdown_site.places import Layout
from hugoconv.systems.markdown_site.target import Target
from hugoconv.systems.markdown_site.writing import convert_front_matter, is_edited, rewritten
from hugoconv.systems.options import option
from hugoconv.urls import urlsplit


@dataclass(frozen=True, kw_only=True)
class MarkdownSiteExporter:
    """What the exporters of these systems have in common; each gives its `target`."""

    name: ClassVar[str]
    label: ClassVar[str]
    feed: ClassVar[str] = ""
    target: ClassVar[Target]

    posts: tuple[str, ...] = option(("post", "posts", "blog"), "types and sections whose pages become posts")
    assets: str = option(
        "", "files of a post's own folder: beside it, or all below one folder by address", ("", "colocate", "static")
    )
    scaffold: bool = option(False, "write a minimal site around the content, which builds")

    def place(self, post: Post, site: SiteInfo) -> Place:
        """See `Exporter.place`."""
        if site.system == self.name:
            return Place(post.path, post.address)
        if post.unreadable:
            return Place(self.table.original / post.path)
        return self.layout.place(post, site)

    def place_media(self, address: str, owner: Place | None, *, is_public: bool) -> Place:
        """See `Exporter.place_media`; a medium stays where it was."""
        folder = self.table.static if is_public else self.table.original
        return Place(folder / address.lstrip("/"), address)

    def render(self, post: Post, site: SiteInfo, links: LinkMap, log: Findings) -> Iterator[FileOp]:
        """See `Exporter.render`."""
        place = links.place(post)
        origin = post.source.label
        if post.unreadable or (site.system == self.name and not is_edited(post)):
            if site.system != self.name:
                log.add("HC607", file=origin, path=place.path)
            yield as_it_is(post, place)
            return
        if site.system == self.name:
            text = rewritten(post, self.table, log.at(post.source.name)) or post.text
            yield Write(place.path, text.encode(), post.source.raw, origin)
            return
        placed = log.at(post.source.name, post.source.line)
        dialect = SiteDialect(self.table, _base_path(site))
        body = convert_body(post, place, links, self.layout, dialect, log)
        mentions = Mentions(post, place, links, self.layout, dialect.base_path)
        image = mentions.image(post.image) if post.image else ""
        front_matter = convert_front_matter(post, place, site, self.table, image=image, is_run=is_run(body), log=placed)
        if self.layout.is_post(post) and post.date is None and self.table.sorted_by_date:
            placed.add("HC684", system=self.table.label)
        reserved = {str(term) for name in post.terms for term in post.terms[name]} & self.table.reserved_terms
        for name in sorted(reserved):
            placed.add("HC683", name=name, system=self.table.label)
        losses.report(post, self.table.label, self.table.losses, dialect.rendered, placed)
        yield Write(place.path, (front_matter + body).encode(), post.source.raw, origin)
        if post.comments:
            yield Write(place.also[0], comments_file(post, site.include_secrets), None, origin)

    def finish(self, site: Site, links: LinkMap, log: Findings) -> Iterable[FileOp]:
        """See `Exporter.finish`."""
        if site.info.system == self.name:
            return [Copy(asset.path, asset.source, str(asset.path)) for asset in site.assets]
        base_path = _base_path(site.info)
        return project.site_files(site, links, self.layout, scaffold=self.scaffold, base_path=base_path, log=log)

    @property
    def next_steps(self) -> tuple[str, ...]:
        """See `Exporter`."""
        if not self.table.publishes:
            return (f"open the folder {{site}} as {self.table.label}, in an editor for notes or any other",)
        if self.scaffold and self.table.shown_by:
            return (f"cd {{site}} && {self.table.shown_by}",)
        step = f"put what is in {{site}} into your {self.table.label} project"
        another = ", or write a small one around it with --set exporter.scaffold=true"
        return (step + (another if self.table.scaffold else ""),)

    @property
    def table(self) -> Target:
        """The system's table, as the options have it."""
        return self.target

    @cached_property
    def layout(self) -> Layout:
        """Where everything goes."""
        colocates = self.table.colocates if not self.assets else self.assets == "colocate"
        return Layout(target=self.table, post_types=self.posts, colocates=colocates)


def _base_path(site: SiteInfo) -> str:
    return urlsplit(site.base_url).path.rstrip("/")
