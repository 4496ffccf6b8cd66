"""Writing Zola: pages and files, and a minimal site if it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from hugoconv.systems.markdown_site.exporter import MarkdownSiteExporter
from hugoconv.systems.markdown_site.target import Target
from hugoconv.systems.zola.target import TARGET


@dataclass(frozen=True, kw_only=True)
class ZolaExporter(MarkdownSiteExporter):
    """Writes a site for Zola."""

    name: ClassVar[str] = "zola"
    label: ClassVar[str] = "Zola site"
    target: ClassVar[Target] = TARGET
