"""Findings: what a run noticed, each with a code, a place and a remedy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hugoconv.report.codes import CODES, Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a person should know; `line` and `column` count from 1, 0 when unknown.

    `files` are those that a finding about many at once counts, by the names that findings about one of them have.
    """

    code: str
    file: str
    line: int
    column: int
    message: str
    files: tuple[str, ...] = ()

    @property
    def severity(self) -> Severity:
        """How much it matters: "error", "warning" or "info"."""
        return CODES[self.code].severity

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return CODES[self.code].remedy

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        return f"{place} {self.code} {self.message}" if place else f"{self.code} {self.message}"


def heading_of(findings: Sequence[Finding]) -> tuple[str, bool]:
    """Return the message and True when all findings of a code say the same, else its pattern with the details open."""
    messages = {finding.message for finding in findings}
    if len(messages) == 1:
        return messages.pop(), True
    row = CODES[findings[0].code]
    pattern = row.pattern("…")
    if len(re.findall(r"\w+", pattern)) < 3:  # it says too little without its details
        return f"{findings[0].message} and others", False
    return pattern, False


class Findings:
    """A log of findings in the order they were made."""

    def __init__(self, items: Iterable[Finding] = ()) -> None:
        self._items = list(items)

    def add(
        self, code: str, *, file: str = "", line: int = 0, column: int = 0, files: Iterable[str] = (), **details: object
    ) -> Finding:
        """Record a finding; `details` fill the message of its row in the catalogue (KeyError for an unknown code)."""
        finding = Finding(code, file, line, column, CODES[code].filled(details), tuple(files))
        self._items.append(finding)
        return finding

    def extend(self, findings: Iterable[Finding]) -> None:
        """Record findings made elsewhere, such as in a worker process."""
        self._items.extend(findings)

    def at(self, file: str, line: int = 0) -> PlacedFindings:
        """Return a log that records here and fills in `file`, and `line` as the line its own lines start at."""
        return PlacedFindings(self, file, line)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)


class PlacedFindings:
    """A view of a log for one file: lines are counted from the file's `line` (0: the caller knows the lines)."""

    def __init__(self, log: Findings, file: str, line: int = 0) -> None:
        self._log = log
        self.file = file
        self.line = line

    def add(
        self, code: str, *, line: int = 0, column: int = 0, files: Iterable[str] = (), **details: object
    ) -> Finding:
        """Record a finding in this file; `line` counts from 1 within the part that this view covers."""
        if self.line:
            line = self.line + max(line - 1, 0)
        return self._log.add(code, file=self.file, line=line, column=column, files=files, **details)
