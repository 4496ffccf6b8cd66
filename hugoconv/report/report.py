"""The report of a run: what was done, what it noticed, and the exit code that follows."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hugoconv import __version__
from hugoconv.errors import UsageError
from hugoconv.report.codes import NOUNS, SEVERITIES
from hugoconv.report.findings import Finding, Findings
from hugoconv.report.record import Record
from hugoconv.report.redaction import redacted_values
from hugoconv.report.wording import plural


@dataclass(slots=True)
class Report:
    """What became of a conversion; counts are of posts, and of files by what happened to each."""

    source: str
    destination: str
    from_name: str
    to_name: str
    dry_run: bool = False
    strict: bool = False
    posts: int = 0
    dropped: int = 0
    failed: int = 0
    post_files: Counter[str] = field(default_factory=Counter)
    other_files: Counter[str] = field(default_factory=Counter)
    findings: Findings = field(default_factory=Findings)
    diffs: list[str] = field(default_factory=list)
    seconds: float = 0.0
    ignored: frozenset[str] = frozenset()
    """Codes of warnings and notes that somebody has seen and does not want to see again; an error is never ignored."""

    record: Record = field(default_factory=Record)
    command: str = ""
    """The command that was run, "" for a script."""

    @property
    def shown(self) -> list[Finding]:
        """The findings but for those that are ignored."""
        return [each for each in self.findings if each.severity == "error" or each.code not in self.ignored]

    @property
    def errors(self) -> list[Finding]:
        """The findings that are errors."""
        return [finding for finding in self.findings if finding.severity == "error"]

    @property
    def changed(self) -> int:
        """How many files were written, or would be in a dry run."""
        return self.post_files["written"] + self.other_files["written"]

    @property
    def exit_code(self) -> int:
        """0 when done; 1 when something needs you: a post failed, an error finding, a warning of a strict run."""
        severities = {finding.severity for finding in self.shown}
        needs_you = self.failed or "error" in severities or (self.strict and "warning" in severities)
        return 1 if needs_you else 0

    def diff(self) -> str:
        """Return the unified diff of all changed text files, "" unless the run was dry, in place or asked for it."""
        return "".join(self.diffs)

    def summary(self, *, codes: bool = True) -> str:
        """Return the closing summary: counts and, when wanted, the commonest codes."""
        would = "would be " if self.dry_run else ""
        parts = [f"{plural(self.post_files['written'], 'post')} {would}written"]
        parts += [f"{count:,} {what}" for what in ("unchanged", "kept") if (count := self.post_files[what])]
        if self.dropped:
            parts.append(f"{self.dropped:,} left out")
        parts.append(f"{self.failed:,} failed")
        others = self.other_files["written"] + self.other_files["unchanged"]
        lines = [", ".join(parts) + (f"; {plural(others, 'other file')}" if others else "")]
        shown = self.shown
        severities = Counter(finding.severity for finding in shown)
        ignored = f"; {count:,} more ignored" if (count := len(self.findings) - len(shown)) else ""
        if ignored and not shown:
            lines.append(f"{plural(count, 'finding')} ignored")
        if severities:
            counts = ", ".join(plural(severities[name], NOUNS[name]) for name in SEVERITIES if severities[name])
            lines.append(f"{plural(len(shown), 'finding')} ({counts}){ignored}")
        if codes:
            counts_of = Counter(finding.code for finding in shown)
            first = {finding.code: finding for finding in reversed(shown)}
            lines += [f"  {code} x {count:<6,} {first[code].message}" for code, count in counts_of.most_common(5)]
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain values without secrets, as `--json` and `report.json` give it."""
        values: dict[str, Any] = redacted_values(self._values())
        return values

    def _values(self) -> dict[str, Any]:
        return {
            "source": self.source,
            "destination": self.destination,
            "from": self.from_name,
            "to": self.to_name,
            "dry_run": self.dry_run,
            "exit_code": self.exit_code,
            "seconds": round(self.seconds, 3),
            "posts": {"read": self.posts, "dropped": self.dropped, "failed": self.failed, **self.post_files},
            "files": dict(self.other_files),
            "command": self.command,
            "version": __version__,
            **self.record.to_dict(),
            "ignored": sorted(self.ignored),
            "findings": [
                {
                    "code": finding.code,
                    "severity": finding.severity,
                    "file": finding.file,
                    "line": finding.line,
                    "column": finding.column,
                    "message": finding.message,
                    "remedy": finding.remedy,
                    **({"files": list(finding.files)} if finding.files else {}),
                }
                for finding in self.findings
            ],
        }

    def write(self, path: str | Path) -> None:
        """Write the report to a file; its ending, .json or .html, says in which form (UsageError for another)."""
        path = Path(path)
        if path.suffix == ".json":
            text = json.dumps(self.to_dict(), indent=2, ensure_ascii=False) + "\n"
        elif path.suffix in (".html", ".htm"):
            from hugoconv.report.page import page

            text = page(self)
        else:
            raise UsageError(f"{path}: a report is written as .html or .json")
        temporary = path.with_name(f".{path.name}.part")
        temporary.write_text(text, encoding="utf-8", errors="backslashreplace")  # file names need not be UTF-8
        temporary.replace(path)

    def __str__(self) -> str:
        return self.summary()
