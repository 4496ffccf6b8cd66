"""Reading a site of Hexo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from hugoconv.systems.hexo.target import TARGET
from hugoconv.systems.markdown_site.importer import MarkdownSiteImporter
from hugoconv.systems.markdown_site.target import Target


@dataclass(frozen=True, kw_only=True)
class HexoImporter(MarkdownSiteImporter):
    """Reads a site of Hexo."""

    name: ClassVar[str] = "hexo"
    label: ClassVar[str] = "Hexo site"
    target: ClassVar[Target] = TARGET
