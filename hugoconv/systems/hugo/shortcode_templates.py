"""What the templates of a site's own shortcodes ask of those who call them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hugoconv.model import Asset

_TEMPLATE = re.compile(r"(?P<theme>themes/[^/]+/)?layouts/(?:_shortcodes|shortcodes)/(?P<name>.+)\.html")
_INNER = re.compile(r"\.Inner(?:Deindent)?\b")
_COMMENT = re.compile(r"\{\{-?\s*/\*.*?\*/\s*-?\}\}", re.DOTALL)


def enclosing_shortcodes(assets: Iterable[Asset]) -> frozenset[str]:
    """Return the names of the shortcodes that use what they enclose, so that Hugo stops where one is not closed."""
    found: dict[str, Asset] = {}
    for asset in assets:
        match = _TEMPLATE.fullmatch(str(asset.path)) if asset.role == "layout" else None
        if match and (match["theme"] is None or match["name"] not in found):
            found[match["name"]] = asset
    return frozenset(name for name, asset in found.items() if _uses_inner(asset))


def _uses_inner(asset: Asset) -> bool:
    template = asset.source.read_text("utf-8", "replace")
    return bool(_INNER.search(_COMMENT.sub("", template)))
