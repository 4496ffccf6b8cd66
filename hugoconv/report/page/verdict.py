"""How it went, in one sentence and one bar."""

from __future__ import annotations

from collections.abc import Iterator

from hugoconv import __version__
from hugoconv.report.page.markup import copyable, line
from hugoconv.report.report import Report
from hugoconv.report.wording import plural

_FATES = (
    ("exact", "kept exactly"),
    ("converted", "converted"),
    ("warned", "with a warning"),
    ("failed", "need you"),
)


def verdict(report: Report) -> str:
    """Return the one sentence that says how it went."""
    done = report.posts - report.failed
    moved = f"{done:,} of {report.posts:,} posts" if report.failed else plural(report.posts, "post")
    sentence = f"{moved} {'would be moved' if report.dry_run else 'moved'}"
    errors = len(report.errors)
    warnings = sum(finding.severity == "warning" for finding in report.shown)
    if errors:
        return f"{sentence}; {plural(errors, 'error')} need{'s' * (errors == 1)} you"
    if warnings:
        return f"{sentence}; {plural(warnings, 'warning')} to look at"
    return f"{sentence}; nothing needs you"


def verdict_section(report: Report) -> str:
    """Return the head of the page: the sentence, what was run, and what became of the posts."""
    fates = [(style, label, report.record.fates[style]) for style, label in _FATES if report.record.fates[style]]
    total = sum(count for _, _, count in fates) or 1
    bar = "".join(f'<span class="{style}" style="flex:{count / total:.4f}"></span>' for style, _, count in fates)
    legend = [f'<li><span class="dot {style}"></span><b>{count:,}</b> {label}</li>' for style, label, count in fates]
    legend += [f"<li><b>{count:,}</b> {label}</li>" for label, count in _counts(report)]
    return (
        f'<h1>{line(verdict(report))}</h1><p class="soft">{line(_run(report))}</p>'
        + (f'<div class="bar" aria-hidden="true">{bar}</div>' if bar else "")
        + f'<ul class="counts">{"".join(legend)}</ul>'
        + (copyable(report.command) if report.command else "")
    )


def _run(report: Report) -> str:
    parts = [f"{report.source} ({report.from_name}) → {report.destination} ({report.to_name})"]
    parts += ["dry run: nothing was written"] if report.dry_run else []
    return " · ".join([*parts, f"{report.seconds:.1f} s", f"hugoconv {__version__}"])


def _counts(report: Report) -> Iterator[tuple[str, int]]:
    """Yield label and number of what became of the files; nothing for what did not happen."""
    would = "would be " if report.dry_run else ""
    rows = (
        (f"posts {would}written", report.post_files["written"]),
        ("already there", report.post_files["unchanged"]),
        ("kept as you edited them", report.post_files["kept"]),
        ("left out", report.dropped),
        ("failed", report.failed),
        ("comments", report.record.before.comments),
        ("other files", report.other_files.total()),
    )
    yield from (row for row in rows if row[1])
