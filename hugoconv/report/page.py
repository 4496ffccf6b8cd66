"""The report as one HTML file that needs nothing else: no network, readable in light and dark, on screen and paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from html import escape
from importlib import resources
from string import Template
from unicodedata import category

from hugoconv import __version__
from hugoconv.report.codes import CODES, NOUNS, SEVERITIES
from hugoconv.report.findings import Finding
from hugoconv.report.report import Report
from hugoconv.report.wording import plural

PLACES_SHOWN = 200
"""How many places of one code are listed; the JSON report has all."""

_FORBIDDEN = ("Cc", "Cs")

_FILTER = (
    '<div class="tools"><input id="filter" type="search" placeholder="Filter findings (press /)"'
    ' aria-label="Filter findings by code, file or words" autocomplete="off" spellcheck="false">'
    '<span id="shown" class="soft" role="status"></span></div>'
)


def page(report: Report) -> str:
    """Return the report of a run as an HTML document; what stands in file names and messages is escaped."""
    template = Template(resources.files("hugoconv.report").joinpath("page.html").read_text(encoding="utf-8"))
    counts = list(_counts(report))
    total = sum(count for _, _, count in counts) or 1
    return template.substitute(
        title=_escaped(f"{report.source} to {report.to_name}: hugoconv report"),
        verdict=_escaped(verdict(report)),
        run=_escaped(_run(report)),
        bar="".join(f'<span class="{name}" style="flex:{count / total:.4f}"></span>' for name, _, count in counts),
        counts="".join(
            f'<li><span class="dot {name}"></span><b>{count:,}</b> {label}</li>' for name, label, count in counts
        )
        + f"<li><b>{report.other_files.total():,}</b> other files</li>",
        findings=_findings(report.shown),
    )


def verdict(report: Report) -> str:
    """Return the one sentence that says how it went."""
    done = report.posts - report.failed
    moved = f"{done:,} of {report.posts:,} posts" if report.failed else f"{plural(report.posts, 'post')}"
    sentence = f"{moved} {'would be moved' if report.dry_run else 'moved'}"
    errors = len(report.errors)
    warnings = sum(finding.severity == "warning" for finding in report.shown)
    if errors:
        return f"{sentence}; {plural(errors, 'error')} need{'s' * (errors == 1)} you"
    if warnings:
        return f"{sentence}; {plural(warnings, 'warning')} to look at"
    return f"{sentence}; nothing needs you"


def _run(report: Report) -> str:
    parts = [f"{report.source} ({report.from_name}) → {report.destination} ({report.to_name})"]
    parts += ["dry run: nothing was written"] if report.dry_run else []
    return " · ".join([*parts, f"{report.seconds:.1f} s", f"hugoconv {__version__}"])


def _counts(report: Report) -> Iterator[tuple[str, str, int]]:
    """Yield style, label and number of what became of the posts, the usual first; nothing for what did not happen."""
    would = "would be " if report.dry_run else ""
    rows = (
        ("written", f"posts {would}written", report.post_files["written"]),
        ("unchanged", "already there", report.post_files["unchanged"]),
        ("kept", "kept as you edited them", report.post_files["kept"]),
        ("dropped", "left out", report.dropped),
        ("failed", "failed", report.failed),
    )
    yield from (row for row in rows if row[2])


def _findings(findings: Sequence[Finding]) -> str:
    if not findings:
        return "<p>There is nothing to report.</p>"
    by_code: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_code[finding.code].append(finding)
    worst_first = sorted(by_code, key=lambda code: (SEVERITIES.index(CODES[code].severity), -len(by_code[code]), code))
    return "\n".join([_FILTER, *(_group(code, by_code[code]) for code in worst_first)])


def _group(code: str, findings: Sequence[Finding]) -> str:
    row = CODES[code]
    heading, is_whole = _heading(findings)
    places = "".join(_place(finding, "" if is_whole else finding.message) for finding in findings[:PLACES_SHOWN])
    if len(findings) > PLACES_SHOWN:
        places += f"<li>... and {len(findings) - PLACES_SHOWN:,} more places; the JSON report lists all</li>"
    return (
        f'<details class="{row.severity}"{"" if row.severity == "info" else " open"}>'
        f"<summary><code>{code}</code><h2>{_escaped(heading)}</h2>"
        f'<span class="count">{plural(len(findings), NOUNS[row.severity])}'
        f'</span></summary><div class="group"><p>{_escaped(row.why)}</p>'
        f"<p><strong>What to do:</strong> {_escaped(row.remedy)}</p>"
        f'<ul class="places">{places}</ul></div></details>'
    )


def _heading(findings: Sequence[Finding]) -> tuple[str, bool]:
    """Return the message and True when all findings of a code say the same, else its pattern with the details open."""
    messages = {finding.message for finding in findings}
    if len(messages) == 1:
        return messages.pop(), True
    row = CODES[findings[0].code]
    return row.message.format_map(_Open()), False


class _Open(dict[str, "_Blank"]):
    def __missing__(self, key: str) -> _Blank:
        return _Blank()


class _Blank:
    """Stands for a detail that differs from place to place, however its pattern formats it."""

    def __format__(self, specification: str) -> str:
        return "…"

    def __repr__(self) -> str:
        return "…"


def _place(finding: Finding, message: str) -> str:
    place = ":".join(str(part) for part in (finding.file, finding.line, finding.column) if part)
    shown = f"<code>{_escaped(place)}</code>" if place else ""
    return f'<li class="place">{shown}{_escaped(message)}</li>' if shown or message else ""


def _escaped(text: str) -> str:
    """Return text for HTML, with what HTML forbids (control characters, bytes that are not UTF-8) made visible."""
    return escape(
        "".join(each.encode("unicode_escape").decode() if category(each) in _FORBIDDEN else each for each in text)
    )
