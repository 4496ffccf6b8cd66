"""Writing Hexo: posts, drafts, pages and files, and a minimal site if it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from hugoconv.systems.hexo.target import TARGET
from hugoconv.systems.markdown_site.exporter import MarkdownSiteExporter
from hugoconv.systems.markdown_site.target import Target


@dataclass(frozen=True, kw_only=True)
class HexoExporter(MarkdownSiteExporter):
    """Writes a site for Hexo."""

    name: ClassVar[str] = "hexo"
    label: ClassVar[str] = "Hexo site"
    target: ClassVar[Target] = TARGET
