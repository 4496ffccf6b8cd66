"""Reading a site of Pelican."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from hugoconv.systems.markdown_site.importer import MarkdownSiteImporter
from hugoconv.systems.markdown_site.target import Target
from hugoconv.systems.pelican.target import TARGET


@dataclass(frozen=True, kw_only=True)
class PelicanImporter(MarkdownSiteImporter):
    """Reads a site of Pelican."""

    name: ClassVar[str] = "pelican"
    label: ClassVar[str] = "Pelican site"
    target: ClassVar[Target] = TARGET
