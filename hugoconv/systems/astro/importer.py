"""Reading a site of Astro."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from hugoconv.systems.astro.target import TARGET
from hugoconv.systems.markdown_site.importer import MarkdownSiteImporter
from hugoconv.systems.markdown_site.target import Target


@dataclass(frozen=True, kw_only=True)
class AstroImporter(MarkdownSiteImporter):
    """Reads a site of Astro."""

    name: ClassVar[str] = "astro"
    label: ClassVar[str] = "Astro content collections"
    target: ClassVar[Target] = TARGET
