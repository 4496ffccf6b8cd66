"""What plug-ins for search engines say about a post, by the custom fields they keep it in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from hugoconv.systems.wordpress import php

SEO_FIELDS: dict[str, tuple[str, ...]] = {
    "title": (
        *("_yoast_wpseo_title", "rank_math_title", "_aioseo_title", "_aioseop_title", "_seopress_titles_title"),
        *("_genesis_title", "jetpack_seo_html_title", "_metaseo_metatitle"),
    ),
    "description": (
        *("_yoast_wpseo_metadesc", "rank_math_description", "_aioseo_description", "_aioseop_description"),
        *("_seopress_titles_desc", "_genesis_description", "advanced_seo_description", "_metaseo_metadesc"),
    ),
    "canonical": (
        *("_yoast_wpseo_canonical", "rank_math_canonical_url", "_aioseo_canonical_url", "_aioseop_custom_link"),
        *("_seopress_robots_canonical", "_genesis_canonical_uri"),
    ),
    "noindex": (
        *("_yoast_wpseo_meta-robots-noindex", "rank_math_robots", "_aioseo_noindex", "_aioseop_noindex"),
        *("_seopress_robots_index", "_genesis_noindex", "jetpack_seo_noindex"),
    ),
    "image": (
        *("_yoast_wpseo_opengraph-image", "rank_math_facebook_image", "_seopress_social_fb_img"),
        *("_aioseo_og_image_custom_url", "_social_image_url"),
    ),
}
"""What is said, and the fields of Yoast, Rank Math, AIOSEO (new and old), SEOPress, The SEO Framework, Jetpack ..."""

KEYS = frozenset(key for keys in SEO_FIELDS.values() for key in keys)
_VARIABLE = re.compile(r"%%?[a-z_]+(?:\([^)]*\))?%?%|#[a-z_]+")
_TRUE = frozenset({"1", "yes", "on", "noindex", "true"})


def seo_values(meta: Mapping[str, str], known: Mapping[str, str]) -> dict[str, Any]:
    """Return what is said about a post, without what is empty.

    `known` fills the plug-ins' variables, such as "title" for `%%title%%` (Yoast), `%title%` (Rank Math) and
    `#post_title` (AIOSEO); a variable that is not known is left out with the text.
    """
    found: dict[str, Any] = {}
    if KEYS.isdisjoint(meta):
        return found
    for name, keys in SEO_FIELDS.items():
        text = next((meta[key].strip() for key in keys if key in meta and meta[key].strip()), "")
        if not text:
            continue
        if name == "noindex":
            value: Any = _is_set(text)
        else:
            value = _filled(text, known)
        if value:
            found[name] = value
    return found


def _is_set(text: str) -> bool:
    values = php.unserialize(text)
    if isinstance(values, dict):
        values = list(values.values())
    return "noindex" in values if isinstance(values, list) else text.lower() in _TRUE


def _filled(text: str, known: Mapping[str, str]) -> str:
    """Return a text with its variables filled in, "" when one of them is not known."""
    unknown: list[str] = []

    def value(match: re.Match[str]) -> str:
        name = match[0].strip("%#").removeprefix("post_").removeprefix("site_")
        if name not in known:
            unknown.append(name)
        return known.get(name, "")

    if not re.search(r"\w", _VARIABLE.sub("", text)):  # the plug-in's own pattern, nobody's words
        return ""
    filled = _VARIABLE.sub(value, text)
    return "" if unknown else " ".join(filled.split())
