"""Writing a WordPress export: one that was read is copied, any other site becomes posts, pages and media."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from hugoconv.errors import UsageError
from hugoconv.migrate.linkmap import LinkMap
from hugoconv.model import Site
from hugoconv.report.findings import Findings
from hugoconv.systems.contract import Container
from hugoconv.systems.options import bytes_in, option
from hugoconv.systems.wordpress.writing.copied import COPIED, Copied, CopiedExport


@dataclass(frozen=True, kw_only=True)
class WordPressExporter:
    """Writes a WordPress export file, with an `uploads` folder beside it."""

    name: ClassVar[str] = "wordpress"
    label: ClassVar[str] = "WordPress export (WXR)"

    split: str = option("", "the most that one file may have, such as 2MB; more becomes several files")

    def open(self, site: Site, links: LinkMap, log: Findings) -> Container:
        """See `ContainerExporter.open`."""
        size = bytes_in(self.split)
        copied = site.info.settings.get(COPIED)
        if site.info.system == self.name and isinstance(copied, Copied):
            return CopiedExport(copied, size)
        raise UsageError("not yet")
