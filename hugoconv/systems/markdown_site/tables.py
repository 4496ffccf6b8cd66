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
    at_top = {row.keys[0] for name in keys.rows if (row := keys.row(name))} | set(target.top_keys)
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
        inner[key] = toml[key]
    notes: dict[KeyPath, Note] = {}
    for path, note in toml.notes().items():
        place = places.get(str(path[0]), (path[0],)) if path else ()
        notes[(*place, *path[1:])] = note
    return fenced(syntax_named("toml").write(values, notes), "toml")
