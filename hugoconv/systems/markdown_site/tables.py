"""Front matter as TOML in which only some keys stand at the top, as Zola wants it: the rest is in tables."""

from __future__ import annotations

from typing import Any

from hugoconv.fields import KeyTable
from hugoconv.frontmatter.conversion import fenced, matter_in
from hugoconv.frontmatter.document import FrontMatter, syntax_named
from hugoconv.frontmatter.syntax import KeyPath, Note
from hugoconv.report.findings import PlacedFindings
from hugoconv.systems.markdown_site.target import Target

TAXONOMIES, EXTRA = "taxonomies", "extra"


def written(front_matter: FrontMatter, keys: KeyTable, target: Target, log: PlacedFindings) -> str:
    """Return the front matter as TOML with its fences; what the system has no key for stands below `extra`."""
    at_top = target.top_keys - ({"weight"} if not _is_weight(front_matter.get("weight")) else set())
    dates = {row.keys[0] for name in ("date", "updated") if (row := keys.row(name))}
    matter = matter_in(front_matter, "toml", log, dates, reader=target.reader)
    toml = FrontMatter(matter, "toml", dialect=target.reader, newline=front_matter.newline)
    places: dict[str, tuple[str, ...]] = {}
    for key in toml:
        table: tuple[str, ...] = () if key in at_top else (TAXONOMIES,) if key in keys.taxonomies else (EXTRA,)
        places[key] = (*table, key)
    values: dict[str, Any] = {}
    for key in sorted(toml, key=lambda key: len(places[key])):
        inner = values
        for part in places[key][:-1]:
            inner = inner.setdefault(part, {})
        value = toml[key]
        is_terms = key in keys.taxonomies and isinstance(value, list)
        inner[key] = [each for each in value if each != ""] if is_terms else value  # an empty term is an error
    notes: dict[KeyPath, Note] = {}
    for path, note in toml.notes().items():
        place = places.get(str(path[0]), (path[0],)) if path else ()
        notes[(*place, *path[1:])] = note
    return fenced(syntax_named("toml").write(values, notes), "toml")


def _is_weight(value: Any) -> bool:
    """Whether a weight is one that Zola reads: a whole number that is not negative."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
