"""A Hugo post with its front matter in another syntax: the same values to Hugo, the same body."""

from __future__ import annotations

from hugoconv.errors import FrontMatterError
from hugoconv.frontmatter.conversion import fenced, matter_in
from hugoconv.model import Post, SiteInfo
from hugoconv.report.findings import Findings
from hugoconv.systems.hugo.config import HugoConfig
from hugoconv.systems.hugo.keys import DATE_KEYS

_BOM = "\ufeff"


def date_keys(site: SiteInfo) -> frozenset[str]:
    """Return the keys that Hugo takes for dates, in lower case: its own, and those that the site's settings name."""
    config: HugoConfig | None = site.settings.get("config")
    named = (key for keys in config.date_handlers.values() for key in keys if key[0] != ":") if config else ()
    return DATE_KEYS.union(named)


def in_syntax(post: Post, syntax: str, site: SiteInfo, log: Findings) -> str:
    """Return the post's text with its front matter in `syntax`; unchanged, with a finding, when that cannot hold it."""
    placed = log.at(post.source.name)
    newline = post.front_matter.newline
    try:
        matter = matter_in(post.front_matter, syntax, placed, date_keys(site), site_zone=site.time_zone)
        if syntax == "org" and post.body.text.startswith("#+"):
            raise FrontMatterError("the text starts with #+, which would be read as org front matter")
    except FrontMatterError as error:
        placed.add("HC206", line=error.line, detail=error.message)
        return post.text
    bom = _BOM if post.opening.startswith(_BOM) else ""
    return bom + fenced(matter, syntax, newline) + post.body.text
