"""The typed fields of a post as the cells of Ghost's tables, within the lengths that Ghost takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any

from hugoconv.fields import FieldError
from hugoconv.frontmatter.dates import Moment
from hugoconv.model import Post, SiteInfo
from hugoconv.report.findings import PlacedFindings
from hugoconv.systems.losses import Loss
from hugoconv.visibility import instant, shown_as

LOSSES = (
    Loss("categories", "as internal tags such as #cat-travel, which visitors do not see", kept=True),
    Loss("category tree", "the names of all categories stay, not which is below which"),
    Loss("marks of tags", "a # or a comma at the beginning of a tag is left out, as it would hide the tag"),
    Loss("other taxonomies", "Ghost has tags only"),
    Loss("other keys", "posts have no keys of their own"),
    Loss("comments", "Ghost's belong to members"),
    Loss("publish_date", "the date of the post is the only one"),
    Loss("expiry_date", "pages are not taken away by themselves when the day comes"),
    Loss("weight", "posts are in the order of their dates"),
    Loss("language", "a site has one language"),
    Loss("translation_key", "a site has one language"),
    Loss("layout", "themes choose by the kind of page"),
    Loss("dates without a time", "a day begins at midnight in the site's time zone"),
    Loss("summary divider", "lists show the excerpt"),
    Loss("heading attributes", "classes of headings and blocks"),
    Loss("marked lines", "numbers and marks of lines in code"),
    Loss("long texts", "titles end after 255 characters, excerpts after 300, descriptions after 500, slugs after 185"),
)
"""What Ghost has no counterpart for."""
LIMITS = {"title": 255, "custom_excerpt": 300, "meta_title": 300, "meta_description": 500}
"""The most characters of a cell (Ghost's core/server/data/schema/schema.js)."""
SLUG_LIMIT = 185
"""The most characters of a slug, with room for a number."""
OWN_KEYS = frozenset(
    {"seo", "featured", "internal_tags", "image_alt", "image_caption", "template", "visibility", "old_status"}
)
"""Keys that are no fields and have cells all the same: what a Ghost export is read with."""
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "œ": "oe", "ł": "l", "Ł": "l", "ı": "i"})


def read(post: Post, name: str) -> Any:
    """Return a typed field, None when it cannot be read."""
    try:
        return getattr(post, name)
    except FieldError:
        return None


def terms_of(post: Post, taxonomy: str) -> tuple[str, ...]:
    """Return the terms of a post in a taxonomy, each once; none when they cannot be read."""
    try:
        return tuple(dict.fromkeys(name for term in post.terms.get(taxonomy, ()) if (name := str(term).strip())))
    except FieldError:
        return ()


def tag_name(name: str) -> str:
    """Return the name of a tag that visitors see: without a mark that makes it an internal one."""
    return name.lstrip("#, ") or "tag"


def slug_of(text: str) -> str:
    """Return a slug that Ghost keeps as it is: ASCII letters and digits in lower case, hyphens between, "" for none.

    Ghost spells other alphabets in Latin letters (the package `unidecode`); such a text has no slug here, so that no
    redirect leads to an address that Ghost makes otherwise.
    """
    plain = unicodedata.normalize("NFD", text.translate(_LETTERS))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()
    if re.search(r"[^\x00-\x7f\W]", plain):
        return ""
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:SLUG_LIMIT].strip("-")


def utc(moment: Moment | None, zone: tzinfo) -> str | None:
    """Return a date as Ghost writes it, in UTC to the millisecond; None for none."""
    if moment is None:
        return None
    value = moment.value if moment.has_zone else moment.value.replace(tzinfo=zone)
    try:
        value = value.astimezone(UTC)
    except OverflowError:  # the first or last day of the calendar
        value = value.replace(tzinfo=UTC)
    return f"{value:%Y-%m-%dT%H:%M:%S}".zfill(19) + f".{value.microsecond // 1000:03}Z"


def status_of(post: Post, site: SiteInfo) -> str:
    """Return Ghost's status: what is not public now is a draft, what will be on a day to come is scheduled."""
    status = "draft" if post.unreadable else shown_as(post, site.zone)
    day = instant(post, "date", site.zone) if status == "scheduled" and read(post, "publish_date") is None else None
    if day is not None and day > datetime.now(UTC):
        return status
    return status if status == "published" else "draft"


def cut(name: str, text: str, log: PlacedFindings) -> str:
    """Return a text within the length of its cell, cut between words; what is cut is a finding."""
    limit = LIMITS[name]
    if len(text) <= limit:
        return text
    log.add("HC686", name=name, length=len(text), limit=limit)
    return shortened(text, limit)


def shortened(text: str, limit: int) -> str:
    """Return the beginning of a text, whole words where there are any."""
    return text if len(text) <= limit else (text[: limit + 1].rpartition(" ")[0] or text[:limit]).rstrip()


def further_keys(post: Post) -> list[str]:
    """Return the keys of a post that are no field's and have no cell."""
    known = {key for name in post.keys.names() if (row := post.keys.row(name)) for key in row.keys}
    known |= OWN_KEYS | set(post.keys.taxonomies)
    return [key for key, value in post.front_matter.items() if key not in known and value not in (None, "", [], {})]


def texts(post: Post, log: PlacedFindings) -> dict[str, str]:
    """Return what a post says of itself, by the names of the cells of `posts` and `posts_meta`."""
    own = post.front_matter
    seo = own.get("seo")
    said: Mapping[str, Any] = seo if isinstance(seo, dict) else {}
    description, excerpt = read(post, "description") or "", read(post, "excerpt") or ""
    found = {
        "title": cut("title", read(post, "title") or "(Untitled)", log),
        "custom_excerpt": cut("custom_excerpt", excerpt, log)
        if excerpt
        else shortened(description, LIMITS["custom_excerpt"]),
        "meta_description": cut("meta_description", description, log),
        "meta_title": cut("meta_title", str(said.get("title") or ""), log),
        "canonical_url": str(said.get("canonical") or ""),
        "og_image": str(said.get("image") or ""),
        "feature_image_alt": str(own.get("image_alt") or "")[:191],
        "feature_image_caption": str(own.get("image_caption") or ""),
        "custom_template": str(own.get("template") or "")[:100],
    }
    return {name: text for name, text in found.items() if text}
