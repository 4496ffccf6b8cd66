"""Links that lead nowhere, page by page."""

from __future__ import annotations

from collections import defaultdict

from hugoconv.report.page.markup import code, details, line, more, section
from hugoconv.report.report import Report
from hugoconv.report.wording import plural

PAGES_SHOWN = 300
CODES_OF_LINKS = (
    "HC401",
    "HC402",
    "HC405",
    "HC430",
    "HC431",
    "HC502",
    "HC512",
    "HC530",
    "HC531",
    "HC532",
    "HC533",
    "HC541",
)


def links_section(report: Report) -> str:
    """Return the section of the broken links, "" when there are none."""
    by_page: dict[str, list[str]] = defaultdict(list)
    for finding in report.findings:
        if finding.code in CODES_OF_LINKS:
            by_page[finding.file].append(f"<li>{code(finding.code)} {line(finding.message)}</li>")
    pages = list(by_page.items())
    shown = "".join(
        details(
            f'{code(page or "the site")}<span class="count">{plural(len(links), "link")}</span>',
            f"<ul>{''.join(links)}</ul>",
            "row",
        )
        for page, links in pages[:PAGES_SHOWN]
    )
    return section("links", "Broken links and addresses", shown + more(len(pages) - PAGES_SHOWN, "pages"))
