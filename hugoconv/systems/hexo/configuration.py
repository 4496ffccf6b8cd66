"""Hexo's `_config.yml`: what is written for a scaffold, and what is read of a site's own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hugoconv.frontmatter.dates import parse_ruby
from hugoconv.frontmatter.dialects import Dialect
from hugoconv.frontmatter.fences import split_markdown
from hugoconv.frontmatter.yaml.scalars import JS_YAML
from hugoconv.model import Post
from hugoconv.systems.markdown_site.settings import Settings, text_in, values_of
from hugoconv.urls import urlsplit

_RENDERED = (".htm", ".html", ".md", ".markdown", ".yml", ".yaml", ".json", ".njk", ".swig", ".css", ".js", ".xml")
"""What Hexo makes something else of unless it is told not to."""
READER = Dialect("hexo", split_markdown, JS_YAML, parse_ruby)
_PERMALINK = ":year/:month/:day/:title/"
_PART = re.compile(r":(\w+)")
_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}-(?=.)")


def configuration(facts: Mapping[str, Any]) -> bytes:
    """Return `_config.yml`, as JSON, which is YAML too."""
    values = {
        "title": facts["title"],
        "description": facts["description"],
        "language": facts["language"],
        "timezone": facts["time_zone"] or "UTC",
        "url": facts["base_url"] or "http://example.com",
        "root": f"{facts['base_path']}/",
        "permalink": ":title/",
        "theme": "plain",
        "post_asset_folder": True,
        "marked": {"prependRoot": True, "postAsset": True, "modifyAnchors": 1},
        "syntax_highlighter": "",
        "skip_render": [path for path in facts["files"] if path.lower().endswith(_RENDERED)],
    }
    return (json.dumps(values, indent=2, ensure_ascii=False) + "\n").encode()


def settings(root: Path) -> Settings:
    """Return what a site's configuration says; Hexo's defaults for what it does not."""
    values = values_of(root, "_config.yml", "yaml", READER)
    language = values.get("language")
    url = text_in(values, "url")
    pattern = text_in(values, "permalink") or _PERMALINK
    is_dated = ":year-:month-:day-:title" in text_in(values, "new_post_name")
    category = text_in(values, "default_category") or "uncategorized"
    return Settings(
        title=text_in(values, "title"),
        description=text_in(values, "description"),
        base_url="" if urlsplit(url).hostname in (None, "example.com") else url,
        language=next((each for each in language if isinstance(each, str)), "")
        if isinstance(language, list)
        else text_in(values, "language"),
        time_zone=text_in(values, "timezone"),
        address=lambda post, name: _address(post, _DAY.sub("", name, count=1) if is_dated else name, pattern, category),
    )


def _last_category(post: Post) -> Iterator[str]:
    """Yield the names of the last category from the top down: those of a list are each below the one before."""
    said = post.front_matter.get("categories", post.front_matter.get("category"))
    while isinstance(said, list) and said and isinstance(said[-1], list):
        said = said[-1]
    for name in said if isinstance(said, list) else [said] if said else []:
        yield re.sub(r"\s+", "-", str(name).strip())


def _address(post: Post, name: str, pattern: str, category: str) -> str:
    """Return the address that the pattern gives a post; "" where only Hexo knows it."""
    if post.type != "post":
        return ""
    moment = post.date.value if post.date is not None else None
    parts = {"title": name, "name": name.rpartition("/")[2], "post_title": post.title or name}
    parts["category"] = "/".join(_last_category(post)) or category
    if moment is not None:
        for key, form in (("year", "%Y"), ("month", "%m"), ("day", "%d"), ("hour", "%H"), ("minute", "%M")):
            parts[key] = moment.strftime(form)
        parts |= {"second": moment.strftime("%S"), "i_month": str(moment.month), "i_day": str(moment.day)}
    for key in _PART.findall(pattern):
        value = parts.get(key, post.front_matter.get(key))
        if not isinstance(value, str):
            return ""
        parts[key] = value
    return "/" + _PART.sub(lambda match: parts[match[1]], pattern).lstrip("/")
