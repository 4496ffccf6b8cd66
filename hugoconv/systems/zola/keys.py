"""Where the typed fields stand in Zola's front matter; its documentation of pages.

Only Zola's own keys stand at the top: taxonomies are in a table of that name, all others in `extra`.
"""

from __future__ import annotations

from typing import Any

from hugoconv.fields import STRINGS, Codec, Context, Row
from hugoconv.frontmatter.document import FrontMatter
from hugoconv.systems.addresses import decoded_path
from hugoconv.systems.markdown_site.keys import BARE, rows, table


def _read_aliases(front_matter: FrontMatter, key: str, context: Context) -> tuple[str, ...] | None:
    found = STRINGS.read(front_matter, key, context)
    return None if found is None else tuple(_with_slash(path) for path in found)


def _with_slash(path: str) -> str:
    whole = f"/{path.lstrip('/')}"
    return whole if "." in whole.rpartition("/")[2] else f"{whole.rstrip('/')}/"


def _write_aliases(paths: Any) -> list[str]:
    return [decoded_path(str(path)).strip("/") for path in paths]


ALIASES = Codec("list of URL paths without slashes around them", _read_aliases, _write_aliases)

KEYS = table(
    "zola",
    rows(url=Row(("path",), BARE), aliases=Row(("aliases",), ALIASES)),
)
"""The key table."""
