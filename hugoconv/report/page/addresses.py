"""Old addresses and new ones: how many go on to work, and which do not."""

from __future__ import annotations

from hugoconv.report.page.markup import code, details, line, more, section, table
from hugoconv.report.page.plots import ring
from hugoconv.report.record import PostRecord
from hugoconv.report.report import Report

ROWS_SHOWN = 3000
STATES = {
    "lost": "leads nowhere",
    "unpublished": "not public",
    "redirect": "redirect",
    "alias": "alias",
    "same": "same address",
    "unknown": "not known",
}
"""What an old address can be, what needs a look first, and how a person calls it."""
_WORKING = ("same", "alias", "redirect")


def addresses_section(report: Report) -> str:
    """Return the section of the addresses, "" when the old site had none that are known."""
    counts = {state: report.record.addresses[state] for state in STATES if report.record.addresses[state]}
    known = sum(count for state, count in counts.items() if state not in ("unknown", "unpublished"))
    if not known:
        return ""
    working = sum(counts.get(state, 0) for state in _WORKING)
    lead = f"{working:,} of {known:,} public addresses go on to work."
    legend = "".join(f"<li><b>{count:,}</b> {STATES[state]}</li>" for state, count in counts.items())
    order = list(STATES)
    pages = sorted((page for page in report.record.posts if page.old_url), key=lambda page: order.index(page.address))
    rows = (_row(page) for page in pages[:ROWS_SHOWN])
    listing = table(("post", "old address", "new address", "state"), rows) + more(len(pages) - ROWS_SHOWN, "addresses")
    summary = f"All {len(pages):,} addresses"
    content = f'<div class="beside">{ring(working / known)}<ul class="counts">{legend}</ul></div>' + details(
        summary, listing, is_open=counts.get("lost", 0) > 0
    )
    return section("addresses", "Addresses", content, lead)


def _row(page: PostRecord) -> tuple[str, ...]:
    new = "" if page.address == "same" else code(page.new_url)
    return (
        line(page.title),
        code(page.old_url),
        new,
        f'<span class="state {page.address}">{line(STATES[page.address])}</span>',
    )
