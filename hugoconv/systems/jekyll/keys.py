"""Where the typed fields stand in Jekyll's front matter.

The sources are Jekyll's documentation of front matter, lib/jekyll/document.rb and lib/jekyll/utils.rb; redirect_from
and last_modified_at are the plug-ins jekyll-redirect-from and jekyll-last-modified-at.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from hugoconv.fields import (
    AUTHORS,
    FIRST,
    INTEGER,
    PUBLISHED,
    STRINGS,
    TEXT,
    WORDS,
    Codec,
    Context,
    KeyTable,
    Row,
    read_moment,
    write_date,
)
from hugoconv.frontmatter.dates import Moment
from hugoconv.frontmatter.document import FrontMatter


def _read_date(front_matter: FrontMatter, key: str, context: Context) -> Moment | None:
    """Read a date as Jekyll does: a time without a zone is UTC when YAML typed it, and local when it is a text."""
    moment = read_moment(front_matter, key)
    if moment is None or moment.precision == "day" or (moment.has_zone and _names_zone(moment.text)):
        return moment
    value = moment.value
    if isinstance(front_matter[key], datetime):
        return Moment(moment.text, value.astimezone(context.zone), moment.precision)
    return Moment(moment.text, value if value.tzinfo else value.replace(tzinfo=context.zone), moment.precision)


def _names_zone(text: str) -> bool:
    """Whether a date's text says its offset, so that nothing depends on the site's zone."""
    clock = text.strip()[10:]
    return clock.endswith(("Z", "z")) or "+" in clock or "-" in clock


UTC_SITE = Context()
"""A site without a zone of its own."""

DATE = Codec("date in the site's zone", _read_date, write_date)

ROWS: dict[str, Row] = {
    "title": Row(("title",), TEXT),
    "date": Row(("date",), DATE),
    "updated": Row(("last_modified_at",), DATE),
    "status": Row(("published",), PUBLISHED),
    "slug": Row(("slug",), TEXT),
    "url": Row(("permalink",), TEXT),
    "aliases": Row(("redirect_from",), STRINGS),
    "authors": Row(("author", "authors"), AUTHORS),
    "description": Row(("description",), TEXT),
    "excerpt": Row(("excerpt",), TEXT),
    "image": Row(("image",), FIRST),
    "weight": Row(("weight", "order"), INTEGER),
    "language": Row(("lang",), TEXT),
    "layout": Row(("layout",), TEXT),
}

DEFAULT_TAXONOMIES = {"category": "categories", "tag": "tags"}
TAXONOMIES: dict[str, Row] = {
    "categories": Row(("categories", "category"), WORDS, merge=True),
    "tags": Row(("tag", "tags"), WORDS, merge=True, codecs={"tag": STRINGS}),
}
"""`categories` and `category` count together, after the folders above `_posts`; a text is split at white space."""


_OF_MADE_SITES: dict[str, Row] = {
    "publish_date": Row(("publishDate", "pubdate"), DATE),
    "expiry_date": Row(("expiryDate", "unpublishdate"), DATE),
}
"""Keys that mean nothing to Jekyll, and keep their meaning in a site that was converted to Jekyll."""
_KEPT_BY_MADE_SITES = frozenset({"build", "_build", "headless", "isheadless"})
"""Keys by which a page says what Hugo publishes of it; in a site that was converted to Jekyll they are Hugo's own.

Not `cascade`: it would hide pages that were written for Jekyll since.
"""


def table(
    context: Context = UTC_SITE, taxonomies: Mapping[str, str] = DEFAULT_TAXONOMIES, *, is_made: bool = False
) -> KeyTable:
    """Return the key table of a site whose local times are in the context's zone, with these taxonomies.

    `is_made` says that the site was made from another system's, whose keys it still has.
    """
    own = {plural: Row((plural,), STRINGS) for plural in taxonomies.values()} | TAXONOMIES
    if not is_made:
        return KeyTable("jekyll", ROWS, own, context=context)
    return KeyTable("jekyll", ROWS | _OF_MADE_SITES, own, context=context, foreign=_KEPT_BY_MADE_SITES)


KEYS = table()
"""The key table of a site in UTC."""
