"""Writing Pelican: articles, pages and files, and a minimal site if it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from hugoconv.systems.markdown_site.exporter import MarkdownSiteExporter
from hugoconv.systems.markdown_site.target import Target
from hugoconv.systems.pelican.target import TARGET


@dataclass(frozen=True, kw_only=True)
class PelicanExporter(MarkdownSiteExporter):
    """Writes a site for Pelican."""

    name: ClassVar[str] = "pelican"
    label: ClassVar[str] = "Pelican site"
    target: ClassVar[Target] = TARGET
