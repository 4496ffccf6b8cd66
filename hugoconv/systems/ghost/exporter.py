"""Writing an import for Ghost: a zip archive with the JSON of its tables and the files of its content folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from hugoconv.errors import UsageError
from hugoconv.migrate.linkmap import LinkMap
from hugoconv.model import Site
from hugoconv.report.findings import Findings
from hugoconv.systems.contract import Container
from hugoconv.systems.ghost.writing.fields import LOSSES
from hugoconv.systems.ghost.writing.made import MadeImport, Settings
from hugoconv.systems.losses import Loss
from hugoconv.systems.options import option


@dataclass(frozen=True, kw_only=True)
class GhostExporter:
    """Writes an archive that Ghost imports, with `redirects.json` beside it."""

    name: ClassVar[str] = "ghost"
    label: ClassVar[str] = "Ghost import (zip)"
    losses: ClassVar[tuple[Loss, ...]] = LOSSES
    next_steps: ClassVar[tuple[str, ...]] = (
        "in Ghost: Settings, Advanced, Import/Export, Universal import; choose {site}",
        "then Settings, Advanced, Labs, Beta features, Redirects: upload the redirects.json beside it, if there is one",
    )

    body: str = option(
        "cards",
        "how texts are written: what Ghost's editor has no words for in HTML cards, nothing in cards, or all in one",
        ("cards", "plain", "one-card"),
    )
    categories: str = option(
        "internal", "what categories become: internal tags, which visitors do not see, or tags", ("internal", "tags")
    )
    posts: tuple[str, ...] = option(("post", "posts", "blog"), "types and sections that become posts, not pages")

    def open(self, site: Site, links: LinkMap, log: Findings) -> Container:
        """See `ContainerExporter.open`."""
        if site.info.system == self.name:
            raise UsageError("this is a Ghost export already: import it as it is")
        settings = Settings(self.body, self.categories == "tags", frozenset(self.posts))
        made = MadeImport(settings, site.info)
        made.media.gather(site.assets, links)
        return made
