"""The site that the Jekyll body cases refer to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hugoconv.report.findings import Finding, Findings
from hugoconv.systems.hugo.dialect import HUGO
from hugoconv.systems.jekyll.liquid_to_hugo import JekyllBodyContext, to_hugo_body

PAGE = {
    "title": "The title",
    "author": {"name": "Ada"},
    "count": 0,
    "flag": False,
    "subtitle": "",
    "permalink": "/here/",
    "picture": "/img/p.png",
}
CONTEXT = JekyllBodyContext(
    target=HUGO,
    site={"title": "My site", "url": "https://example.org", "baseurl": "/blog", "email": "me@example.org"},
    page=PAGE,
    parameters=frozenset(PAGE) - {"permalink"},
    post_url={"2020-01-02-hello": "/hello/"}.get,
    link={"about.md": "/about/"}.get,
    excerpt_separator="<!--cut-->",
)


def converted(text: str, **changes: Any) -> tuple[str, list[Finding]]:
    """Return a body as Hugo's text, with the findings."""
    log = Findings()
    return to_hugo_body(text, replace(CONTEXT, **changes), log.at("post.md", 1)), list(log)
