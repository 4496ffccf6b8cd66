"""The one catalogue of finding codes, a module a family; `hugoconv explain`, reports and docs are made from it."""

from __future__ import annotations

from hugoconv.report.codes import (
    assets,
    constructs,
    dumps,
    exports,
    front_matter,
    imports,
    links,
    output,
    source,
    targets,
)
from hugoconv.report.codes.code import NOUNS, SEVERITIES, Code, Severity

__all__ = ["CODES", "NOUNS", "SEVERITIES", "Code", "Severity"]

FAMILIES = (source, front_matter, constructs, assets, links, output, exports, dumps, targets, imports)

CODES: dict[str, Code] = {row.code: row for family in FAMILIES for row in family.ROWS}
