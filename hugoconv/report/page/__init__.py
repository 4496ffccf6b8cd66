"""The report as one HTML file that needs nothing else: no network, readable in light and dark, on screen and paper."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources
from string import Template

from hugoconv.report.page.addresses import addresses_section
from hugoconv.report.page.comparison import comparison_section
from hugoconv.report.page.constructs import constructs_section
from hugoconv.report.page.files import files_section
from hugoconv.report.page.findings import findings_section
from hugoconv.report.page.links import links_section
from hugoconv.report.page.markup import identifier_of, line
from hugoconv.report.page.plots import plots_section
from hugoconv.report.page.verdict import verdict, verdict_section
from hugoconv.report.report import Report

__all__ = ["page", "verdict"]

SECTIONS: tuple[tuple[str, Callable[[Report], str]], ...] = (
    ("To mend", findings_section),
    ("Addresses", addresses_section),
    ("Files", files_section),
    ("Compare", comparison_section),
    ("Markup", constructs_section),
    ("Numbers", plots_section),
    ("Links", links_section),
)
"""The sections in the order in which a person asks, each with its short name."""


def page(report: Report) -> str:
    """Return the report of a run as an HTML document; what stands in file names and messages is escaped."""
    sections = {name: made for name, make in SECTIONS if (made := make(report))}
    links = "".join(f'<li><a href="#{identifier_of(made)}">{name}</a></li>' for name, made in sections.items())
    return Template(_resource("page.html")).substitute(
        title=line(f"{report.source} to {report.to_name}: hugoconv report"),
        style=_resource("page.css"),
        script=_resource("page.js"),
        verdict=verdict_section(report),
        contents=links,
        sections="\n".join(sections.values()),
    )


def _resource(name: str) -> str:
    return resources.files("hugoconv.report.page").joinpath(name).read_text(encoding="utf-8")
