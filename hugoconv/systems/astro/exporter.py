"""Writing Astro: content collections, what is published as it is, and a minimal site if it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar

from hugoconv.systems.astro.keys import HUGO_KEYS
from hugoconv.systems.astro.target import TARGET
from hugoconv.systems.markdown_site.exporter import MarkdownSiteExporter
from hugoconv.systems.markdown_site.target import Target
from hugoconv.systems.options import option


@dataclass(frozen=True, kw_only=True)
class AstroExporter(MarkdownSiteExporter):
    """Writes content collections for Astro."""

    name: ClassVar[str] = "astro"
    label: ClassVar[str] = "Astro content collections"
    target: ClassVar[Target] = TARGET

    keys: str = option("blog", "names of keys: those of the blog template, or Hugo's", ("blog", "hugo"))

    @cached_property
    def table(self) -> Target:
        """The system's table, with the names of keys that the option asks for."""
        return replace(TARGET, keys=HUGO_KEYS) if self.keys == "hugo" else TARGET
