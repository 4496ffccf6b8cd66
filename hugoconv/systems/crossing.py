"""Front matter on its way from one system to another: the same text, where both programs read the same from it."""

from __future__ import annotations

from datetime import date
from typing import Any

from hugoconv.errors import FrontMatterError
from hugoconv.fields import KeyTable
from hugoconv.frontmatter.dialects import Dialect
from hugoconv.frontmatter.document import FrontMatter
from hugoconv.frontmatter.values import same
from hugoconv.frontmatter.yaml.crossing import Remark, crossed
from hugoconv.frontmatter.yaml.plain import tree_of
from hugoconv.model import Post
from hugoconv.report.findings import PlacedFindings


def crossed_yaml(post: Post, dialect: Dialect, log: PlacedFindings) -> FrontMatter:
    """Return a copy of a post's YAML which `dialect` reads as the source system reads the original.

    What cannot be read so is named in `log`. FrontMatterError when the program of `dialect` would refuse it.
    """
    source = post.front_matter
    if (twin := _read_alike(source, dialect)) is not None:
        return twin
    matter, remarks = crossed(source.matter, source.dialect.scalars, dialect.scalars)
    for remark in remarks:
        _report(remark, post, log)
    return read_as(matter, dialect, source.newline)


def _read_alike(source: FrontMatter, dialect: Dialect) -> FrontMatter | None:
    """Return YAML in plain form as front matter of `dialect` when it has the same values there; else None.

    Dates keep their text, whatever type the two give them.
    """
    if tree_of(source.matter) is None:
        return None
    try:
        twin = read_as(source.matter, dialect, source.newline)
    except FrontMatterError:
        return None
    return twin if _are_alike(source.as_dict(), twin.as_dict()) else None


def _are_alike(one: Any, other: Any) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(map(_are_alike, one.values(), other.values()))
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_are_alike, one, other))
    return isinstance(one, date) or isinstance(other, date) or same(one, other)


def read_as(matter: str, dialect: Dialect, newline: str) -> FrontMatter:
    """Return YAML as front matter that `dialect` reads; FrontMatterError when its program would refuse it."""
    text = matter if not matter or matter.endswith("\n") else matter + newline
    front_matter = FrontMatter(text, "yaml", dialect=dialect, newline=newline)
    front_matter.check()
    return front_matter


def _report(remark: Remark, post: Post, log: PlacedFindings) -> None:
    line = post.opening.count("\n") + remark.line
    if remark.kind == "key dropped":
        log.add("HC202", line=line, key=remark.key, system=post.source.system.capitalize())
    else:
        log.add("HC204", line=line, key=remark.key, text=remark.text, value=remark.value)


def name_given_meanings(
    front_matter: FrontMatter, post: Post, target: KeyTable, skip: frozenset[str], log: PlacedFindings
) -> None:
    """Name each key that is plain data of the post, and that in `front_matter`, carried, the target reads a field from.

    Fields named in `skip` are the caller's own affair.
    """
    plain = {key for key in post.front_matter if key.lower() not in post.keys.folded and key in front_matter}
    if not any(key.lower() in target.folded for key in plain):
        return
    for name in target.names():
        row, own = target.row(name), post.keys.row(name)
        if name in skip or row is None or (own and post.keys.written_keys(post.front_matter, own)):
            continue
        for key in target.written_keys(front_matter, row)[:1]:
            if key in plain and front_matter[key]:
                field = name.removeprefix("terms.").replace("_", " ")
                log.add("HC215", key=key, system=target.system.capitalize(), field=field)
