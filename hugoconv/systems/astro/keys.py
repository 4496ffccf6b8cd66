"""Where the typed fields stand in the front matter of Astro's content collections.

The names are those of the official blog template; `slug` is what the glob loader takes for an entry's id (Astro's
documentation of content collections), so that it carries the address.
"""

from __future__ import annotations

from urllib.parse import unquote

from hugoconv.fields import DATE, FIRST, Row
from hugoconv.systems.markdown_site.keys import address, rows, table, with_slashes

HOME = "index"
"""The id of the entry that is the home page."""

ENTRY_ID = address(
    "URL path without slashes around it",
    lambda text: "/" if text == HOME else with_slashes(text),
    lambda path: unquote(path).strip("/") or HOME,
)
_SAME = {"url": Row(("slug",), ENTRY_ID), "image": Row(("heroImage", "image", "cover"), FIRST)}

KEYS = table(
    "astro",
    rows(
        **_SAME,
        date=Row(("pubDate", "date"), DATE),
        updated=Row(("updatedDate", "lastmod", "updated"), DATE),
    ),
)
"""The key table, with the names of the blog template."""
HUGO_KEYS = table(
    "astro",
    rows(
        url=Row(("slug",), ENTRY_ID),
        image=Row(("image", "heroImage", "cover"), FIRST),
        updated=Row(("lastmod", "updatedDate", "updated"), DATE),
        date=Row(("date", "pubDate"), DATE),
    ),
)
"""The key table with the names that Hugo uses."""
