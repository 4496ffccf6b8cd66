"""Reading a folder of plain Markdown, an Obsidian vault among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from hugoconv.systems.markdown.target import TARGET
from hugoconv.systems.markdown_site.importer import MarkdownSiteImporter
from hugoconv.systems.markdown_site.target import Target


@dataclass(frozen=True, kw_only=True)
class MarkdownImporter(MarkdownSiteImporter):
    """Reads a folder of plain Markdown."""

    name: ClassVar[str] = "markdown"
    label: ClassVar[str] = "folder of plain Markdown (Obsidian)"
    target: ClassVar[Target] = TARGET
    wikilinks: ClassVar[bool] = True
