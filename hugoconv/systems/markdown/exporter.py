"""Writing a folder of plain Markdown: notes, and the files that they show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from hugoconv.migrate.plan import Place
from hugoconv.model import Post, SiteInfo
from hugoconv.systems.markdown.target import TARGET
from hugoconv.systems.markdown_site.exporter import MarkdownSiteExporter
from hugoconv.systems.markdown_site.places import dated, file_place
from hugoconv.systems.markdown_site.target import Target
from hugoconv.systems.options import option


@dataclass(frozen=True, kw_only=True)
class MarkdownExporter(MarkdownSiteExporter):
    """Writes a folder of plain Markdown, as Obsidian and other editors keep it."""

    name: ClassVar[str] = "markdown"
    label: ClassVar[str] = "folder of plain Markdown (Obsidian)"
    target: ClassVar[Target] = TARGET

    names: str = option(
        "slug", "how files of posts are called: by the address, or with the day before it", ("slug", "date")
    )

    def place(self, post: Post, site: SiteInfo) -> Place:
        """See `Exporter.place`; here a post's address is that of its file."""
        place = super().place(post, site)
        if site.system == self.name or post.unreadable:
            return place
        return file_place(dated(place, post) if self.names == "date" and self.layout.is_post(post) else place)
