"""Reading a site of Eleventy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from hugoconv.systems.eleventy.target import TARGET
from hugoconv.systems.markdown_site.importer import MarkdownSiteImporter
from hugoconv.systems.markdown_site.target import Target


@dataclass(frozen=True, kw_only=True)
class EleventyImporter(MarkdownSiteImporter):
    """Reads a site of Eleventy."""

    name: ClassVar[str] = "eleventy"
    label: ClassVar[str] = "Eleventy site"
    target: ClassVar[Target] = TARGET
