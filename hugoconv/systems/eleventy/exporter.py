"""Writing Eleventy: content with a permalink each, what is published as it is, a minimal site if asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from hugoconv.systems.eleventy.target import TARGET
from hugoconv.systems.markdown_site.exporter import MarkdownSiteExporter
from hugoconv.systems.markdown_site.target import Target


@dataclass(frozen=True, kw_only=True)
class EleventyExporter(MarkdownSiteExporter):
    """Writes a site for Eleventy."""

    name: ClassVar[str] = "eleventy"
    label: ClassVar[str] = "Eleventy site"
    target: ClassVar[Target] = TARGET
