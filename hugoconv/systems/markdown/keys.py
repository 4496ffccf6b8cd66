"""Where the typed fields stand in the properties of a note.

Obsidian's documentation of properties: `tags` have no blanks, and `aliases` are other titles, so that old addresses
are `redirect_from`.
"""

from __future__ import annotations

from hugoconv.fields import AUTHORS, FIRST, STRINGS, TEXT, Codec, Row
from hugoconv.systems.markdown_site.keys import ROOTED, TAXONOMIES, rows, table

TAGS = Codec("list of texts without blanks", STRINGS.read, lambda names: [_tag(str(name)) for name in names])


def _tag(name: str) -> str:
    return "-".join(name.split())


KEYS = table(
    "markdown",
    rows(
        url=Row(("permalink", "url"), ROOTED),
        aliases=Row(("redirect_from",), STRINGS),
        authors=Row(("author", "authors"), AUTHORS),
        image=Row(("cover", "image"), FIRST),
        excerpt=Row(("summary", "excerpt"), TEXT),
    ),
    {**TAXONOMIES, "tags": Row(("tags", "tag"), TAGS)},
)
"""The key table."""
