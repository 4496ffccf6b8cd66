"""What a dry run would write, file by file."""

from __future__ import annotations

from dataclasses import dataclass, field

from hugoconv.cli.terminal import ROWS_SHOWN, table
from hugoconv.migrate.plan import Copy, FileOp, Write
from hugoconv.report.wording import size_of


@dataclass
class Preview:
    """The files of a run, as its `on_file` is told of them: a run of one process tells of all."""

    rows: dict[str, tuple[str, str, str, str]] = field(default_factory=dict)

    def note(self, operation: FileOp, outcome: str) -> None:
        """Take note of what would become of one file."""
        name = str(operation.path)
        origin = operation.origin if operation.origin != name else ""
        self.rows.setdefault(name, (outcome, _size(operation), name, origin))

    def table(self, *, everything: bool) -> str:
        """Return the table of files that would change, "" for none; with `everything` all files, else `ROWS_SHOWN`."""
        rows = [row for row in self.rows.values() if everything or row[0] != "unchanged"]
        if not rows:
            return ""
        shown = rows if everything else rows[:ROWS_SHOWN]
        text = table(("would be", "size", "file", "made from"), shown, right=(1,))
        return text + (f"\n... and {len(rows) - len(shown):,} more: -v shows all" if len(shown) < len(rows) else "")


def _size(operation: FileOp) -> str:
    if isinstance(operation, Copy):
        return size_of(operation.source.stat().st_size)
    return size_of(len(operation.data) if isinstance(operation, Write) else sum(map(len, operation.chunks())))
