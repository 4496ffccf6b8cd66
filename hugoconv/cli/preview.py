"""What a dry run would write, file by file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hugoconv.cli.terminal import ROWS_SHOWN, table
from hugoconv.migrate.plan import Copy, FileOp, Place, Write
from hugoconv.report.findings import Findings
from hugoconv.report.wording import size_of

if TYPE_CHECKING:
    from hugoconv.migrate.apply import Destination
    from hugoconv.migrate.linkmap import LinkMap
    from hugoconv.model import Post, Site, SiteInfo
    from hugoconv.systems.contract import Exporter


@dataclass
class Preview:
    """An exporter that hands on what another one says, and notes what would become of each operation.

    It notes in its own process, so a run with a preview must be one of one process.
    """

    exporter: Exporter
    destination: Destination
    rows: dict[str, tuple[str, str, str, str]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The other exporter's name."""
        return self.exporter.name

    @property
    def label(self) -> str:
        """The other exporter's label."""
        return self.exporter.label

    @property
    def feed(self) -> str:
        """The name of the other exporter's feeds."""
        return self.exporter.feed

    def place(self, post: Post, site: SiteInfo) -> Place:
        """See `Exporter.place`."""
        return self.exporter.place(post, site)

    def place_media(self, address: str, owner: Place | None) -> Place | None:
        """See `Exporter.place_media`."""
        return self.exporter.place_media(address, owner)

    def render(self, post: Post, site: SiteInfo, links: LinkMap, log: Findings) -> Iterator[FileOp]:
        """See `Exporter.render`."""
        return self._noted(self.exporter.render(post, site, links, log))

    def finish(self, site: Site, links: LinkMap, log: Findings) -> Iterator[FileOp]:
        """See `Exporter.finish`."""
        return self._noted(self.exporter.finish(site, links, log))

    def _noted(self, operations: Iterable[FileOp]) -> Iterator[FileOp]:
        for operation in operations:
            name = str(operation.path)
            if name not in self.rows:
                outcome = self.destination.apply(operation, Findings()).outcome
                origin = operation.origin if operation.origin != name else ""
                self.rows[name] = (outcome, _size(operation), name, origin)
            yield operation

    def table(self, *, everything: bool) -> str:
        """Return the table of files that would change, "" for none; with `everything` all files, else `ROWS_SHOWN`."""
        rows = [row for row in self.rows.values() if everything or row[0] != "unchanged"]
        if not rows:
            return ""
        shown = rows if everything else rows[:ROWS_SHOWN]
        text = table(("would be", "size", "file", "made from"), shown, right=(1,))
        return text + (f"\n... and {len(rows) - len(shown):,} more: -v shows all" if len(shown) < len(rows) else "")


def _size(operation: FileOp) -> str:
    if isinstance(operation, Write):
        return size_of(len(operation.data))
    return size_of(operation.source.stat().st_size) if isinstance(operation, Copy) else "?"
