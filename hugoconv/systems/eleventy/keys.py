"""Where the typed fields stand in Eleventy's front matter; `permalink` is false for what is not to be published."""

from __future__ import annotations

from hugoconv.fields import Row
from hugoconv.systems.markdown_site.keys import ROOTED, rows, table

KEYS = table("eleventy", rows(url=Row(("permalink", "public_permalink"), ROOTED)))
"""The key table; the address of what is not published stands under the second key."""
