"""The files and pages that Liquid names: in the parameters of tags, and in the addresses that outputs make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hugoconv.markup.files import is_file_name
from hugoconv.systems.jekyll import liquid
from hugoconv.systems.references import COMPUTED

_ROOT = re.compile(r"\s*(?:\{\{-?\s*site\.(?:url|baseurl|base_url|github\.url)\s*-?\}\}\s*)+")
_FILTERED = re.compile(
    r"""\s*\{\{-?\s*(["'])(?P<path>[^"'{}]*)\1\s*\|\s*(?:relative_url|absolute_url|prepend:\s*site\.\w+)[^{}]*\}\}(?P<rest>.*)"""
)
_PAGE_TAG = re.compile(r"\s*\{%-?\s*(?P<tag>link|post_url)\s+(?P<name>[^{}%]+?)\s*-?%\}(?P<rest>\S*)\s*")
_PAGE_TAGS = frozenset({"link", "post_url"})


@dataclass(frozen=True, slots=True)
class TagReference:
    """A file that a tag's parameter names (kind "image"), or the page that a whole tag names (kind "page")."""

    kind: str
    start: int
    end: int
    target: str


def tag_references(text: str) -> Iterator[TagReference]:
    """Yield what the tags of a text name: `{% include figure.html src="/a.png" %}`, `{% link a.md %}`."""
    if "{%" not in text:
        return
    for construct in liquid.constructs(text):
        if construct.kind != "tag":
            continue
        end = construct.inner_start if construct.inner_start >= 0 else construct.end
        if construct.name in _PAGE_TAGS:
            yield TagReference("page", construct.start, end, text[construct.start : end])
            continue
        position = construct.start
        for _, value in construct.arguments:
            if is_file_name(value) and (found := text.find(value, position, end)) >= 0:
                position = found + len(value)
                yield TagReference("image", found, position, value)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Reads the address that Jekyll makes of a target; `names` are the source files of the posts by name."""

    names: Mapping[str, str]

    def __call__(self, target: str) -> str:
        """Return the target without Liquid, as a path from the root; "" when only Jekyll knows what it is."""
        if "{" not in target:
            return target
        root = _ROOT.match(target)
        rest = target[root.end() :] if root else target
        if page := _PAGE_TAG.fullmatch(rest):
            name = page["name"].strip("\"'").lstrip("/")
            return f"/{self.names.get(name, name) if page['tag'] == 'post_url' else name}{page['rest']}"
        if filtered := _FILTERED.fullmatch(rest):
            rest = "/" + (filtered["path"] + filtered["rest"]).lstrip("/")
        elif root:
            rest = "/" + rest.lstrip("/")
        return "" if COMPUTED.search(rest) else rest
