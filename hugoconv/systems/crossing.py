"""Front matter on its way from one system to another: the same text, where both programs read the same from it."""

from __future__ import annotations

from hugoconv.frontmatter.dialects import Dialect
from hugoconv.frontmatter.document import FrontMatter
from hugoconv.frontmatter.yaml.crossing import Remark, crossed
from hugoconv.model import Post
from hugoconv.report.findings import PlacedFindings


def crossed_yaml(post: Post, dialect: Dialect, log: PlacedFindings) -> FrontMatter:
    """Return a copy of a post's YAML which `dialect` reads as the source system reads the original.

    What cannot be read so is named in `log`. FrontMatterError when the program of `dialect` would refuse it.
    """
    source = post.front_matter
    matter, remarks = crossed(source.matter, source.dialect.scalars, dialect.scalars)
    for remark in remarks:
        _report(remark, post, log)
    return read_as(matter, dialect, source.newline)


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
