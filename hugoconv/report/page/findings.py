"""What to mend by hand: the findings grouped by cause, the worst first, each with its remedy."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from hugoconv.report.codes import CODES, NOUNS, SEVERITIES
from hugoconv.report.findings import Finding, heading_of
from hugoconv.report.page.markup import copyable, line, section, text
from hugoconv.report.report import Report
from hugoconv.report.wording import plural

PLACES_SHOWN = 200
"""How many places of one code are listed; the JSON report has all."""

_OPTION = re.compile(r"--(?:set \S+=[^\s.]+|[a-z][a-z-]+)")
"""An option of the command in a remedy's text."""


def findings_section(report: Report) -> str:
    """Return the section of the findings."""
    findings = report.shown
    if not findings:
        return section("mend", "To mend by hand", "<p>There is nothing to report.</p>")
    by_code: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_code[finding.code].append(finding)
    worst_first = sorted(by_code, key=lambda code: (SEVERITIES.index(CODES[code].severity), -len(by_code[code]), code))
    groups = "".join(_group(code, by_code[code], report.command) for code in worst_first)
    return section("mend", "To mend by hand", groups, "Grouped by cause, the worst first.")


def _group(code: str, findings: Sequence[Finding], command: str) -> str:
    row = CODES[code]
    heading, is_whole = heading_of(findings)
    places = "".join(_place(finding, "" if is_whole else finding.message) for finding in findings[:PLACES_SHOWN])
    if len(findings) > PLACES_SHOWN:
        places += f"<li>... and {len(findings) - PLACES_SHOWN:,} more places; the JSON report lists all</li>"
    return (
        f'<details class="finding {row.severity}"{" open" if row.severity == "error" else ""}>'
        f"<summary><code>{code}</code><h3>{line(heading)}</h3>"
        f'<span class="count">{plural(len(findings), NOUNS[row.severity])}</span></summary>'
        f'<div class="group"><p>{text(row.why)}</p><p><strong>What to do:</strong> {text(row.remedy)}</p>'
        f'{_copyable_remedy(code, command)}<ul class="places">{places}</ul></div></details>'
    )


def _copyable_remedy(code: str, command: str) -> str:
    """Return the command that carries the remedy out, and what to write in hugoconv.toml not to see the code again."""
    row = CODES[code]
    option = _OPTION.search(row.remedy)
    run = copyable(f"{command} {option[0]}") if option and command and option[0] not in command else ""
    if row.severity == "error":
        return run
    return run + copyable(f'# hugoconv.toml: seen, and not to be shown again\n[check]\nignore = ["{code}"]')


def _place(finding: Finding, message: str) -> str:
    place = ":".join(str(part) for part in (finding.file, finding.line, finding.column) if part)
    shown = f"<code>{line(place)}</code>" if place else ""
    return f'<li class="place row">{shown}{line(message)}</li>' if shown or message else ""
