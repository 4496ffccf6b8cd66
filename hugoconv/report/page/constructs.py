"""Shortcodes, tags and blocks: which there were, how many are still there, and which have no counterpart."""

from __future__ import annotations

import re
from collections import Counter

from hugoconv.report.codes import CODES
from hugoconv.report.page.markup import code, copyable, details, more, section, table
from hugoconv.report.page.plots import Bar, bars
from hugoconv.report.report import Report
from hugoconv.report.wording import plural

_UNMAPPED = ("HC301", "HC302")
"""Findings that name a construct without a counterpart, which stays as it is."""
_LEFT_OUT = ("HC303",)
"""Findings that name a construct that is gone."""
_RAW_HTML = "HC305"
_BARS_SHOWN = 20
_NAMES_SHOWN = 50
_NAME = re.compile(r"[\W_]*(\w[\w./-]*)")
_LITERAL = ('"', "'")


def constructs_section(report: Report) -> str:
    """Return the section of the constructs, "" when there are none."""
    written = _written(report)
    unmapped = _named_by(_UNMAPPED, report)
    left = _by_name(unmapped)
    gone = _by_name(_named_by(_LEFT_OUT, report))
    parts = []
    if written:
        rows = [
            Bar(label, count, min(left[name] + gone[name], count))
            for (label, name), count in written.most_common(_BARS_SHOWN)
        ]
        label = "How often each construct stands in the old posts"
        parts.append(bars(rows, label, "converted", "left out, or without a counterpart"))
        parts.append(more(len(written) - _BARS_SHOWN, "kinds"))
    if unmapped:
        names = [(code(name), f"{count:,}") for name, count in unmapped.most_common(_NAMES_SHOWN)]
        listing = table(("as it is written", "places"), names, numbers=(1,))
        heading = plural(len(unmapped), "construct") + " without a counterpart"
        parts.append(details(heading, listing + more(len(unmapped) - _NAMES_SHOWN, "constructs")))
    if stubs := _stubs(report, left):
        parts.append("<p>Say what each becomes, and run again:</p>" + copyable(stubs))
    raw = sum(finding.code == _RAW_HTML for finding in report.findings)
    if raw and report.to_name == "hugo":
        parts.append(
            f"<p>{plural(raw, 'place')} with raw HTML. The configuration that was written lets Hugo show it; "
            "one of your own must say:</p>" + copyable("# hugo.toml\n[markup.goldmark.renderer]\nunsafe = true")
        )
    lead = f"{plural(written.total(), 'construct')} in the old posts." if written else ""
    return section("constructs", "Shortcodes and markup", "".join(parts), lead)


def _stubs(report: Report, names: Counter[str]) -> str:
    """Return what to write in hugoconv.toml for shortcodes without a counterpart, "" where none can be said."""
    if (report.from_name, report.to_name) != ("wordpress", "hugo") or not names:
        return ""
    lines = [f"{name} = '{{{{< {name} {{0}} >}}}}'" for name, _ in names.most_common(_BARS_SHOWN) if name]
    return "\n".join(["# hugoconv.toml", "[target.shortcodes]", *lines]) if lines else ""


def _written(report: Report) -> Counter[tuple[str, str]]:
    """Count the constructs of the old posts by label and name; texts that stand where a name does count together."""
    counts: Counter[tuple[str, str]] = Counter()
    for (kind, name), count in report.record.before.constructs.items():
        label = "a text" if name.startswith(_LITERAL) else name
        counts[f"{label} ({kind})", "" if name.startswith(_LITERAL) else name] += count
    return counts


def _named_by(codes: tuple[str, ...], report: Report) -> Counter[str]:
    """Count the constructs that findings name, as they are written."""
    names: Counter[str] = Counter()
    for each in codes:
        before, _, after = CODES[each].message.partition("{name}")
        pattern = re.compile(re.escape(before) + "(.*?)" + re.escape(after), re.DOTALL)
        for finding in report.findings:
            match = pattern.fullmatch(finding.message) if finding.code == each else None
            if match:
                names[match[1]] += 1
    return names


def _by_name(written: Counter[str]) -> Counter[str]:
    """Count constructs as they are written by their names, "" for a text that stands where a name does."""
    counts: Counter[str] = Counter()
    for text, count in written.items():
        name = _NAME.match(text)
        is_literal = text.lstrip("{- ").startswith(_LITERAL)
        counts["" if is_literal or name is None else name[1]] += count
    return counts
