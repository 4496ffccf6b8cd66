"""Reading a site of Zola."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from hugoconv.systems.markdown_site.importer import MarkdownSiteImporter
from hugoconv.systems.markdown_site.target import Target
from hugoconv.systems.zola.target import TARGET


@dataclass(frozen=True, kw_only=True)
class ZolaImporter(MarkdownSiteImporter):
    """Reads a site of Zola."""

    name: ClassVar[str] = "zola"
    label: ClassVar[str] = "Zola site"
    target: ClassVar[Target] = TARGET
