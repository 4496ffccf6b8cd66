"""WordPress's permalink structures: finding the one that keeps most old addresses, and filling it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import quote, unquote

DEFAULT = "/%year%/%monthnum%/%day%/%postname%/"
"""The structure that WordPress offers first ("Day and name")."""


def structure_of(posts: Iterable[tuple[str, datetime | None, str]]) -> str:
    """Return the structure that gives most posts the address they have, of two the one with fewer folders.

    `posts` are addresses, dates and slugs.
    """
    found: Counter[str] = Counter()
    for address, date, slug in posts:
        if structure := _read(unquote(address), date, unquote(slug)):
            found[structure] += 1
    return max(found, key=lambda each: (found[each], -each.count("/")), default=DEFAULT)


def _read(address: str, date: datetime | None, slug: str) -> str:
    """Return an address as a structure, "" when its slug is not in it."""
    parts = address.strip("/").split("/")
    last = parts[-1].removesuffix(".html")
    if not slug or last != slug:
        return ""
    ending = ".html" if parts[-1].endswith(".html") else "/" if address.endswith("/") else ""
    folders = parts[:-1]
    if date is not None:
        written = [f"{date:%Y}".zfill(4), f"{date:%m}", f"{date:%d}"]
        for position in range(len(folders)):
            length = next((size for size in (3, 2, 1) if folders[position : position + size] == written[:size]), 0)
            if length:
                folders[position : position + length] = ["%year%", "%monthnum%", "%day%"][:length]
                break
    return "/" + "/".join((*folders, "%postname%")) + ending


def is_page_number(slug: str) -> bool:
    """Whether a slug would be that of a page's second or third part (`wp_unique_post_slug`)."""
    return re.fullmatch(r"(?:page)?\d+", slug, re.ASCII) is not None


def is_part_of_date(structure: str, slug: str) -> bool:
    """Whether a post's slug would be a part of a date, where it stands in a structure (`wp_unique_post_slug`)."""
    parts = [part for part in structure.split("/") if part]
    if not re.fullmatch(r"\d+", slug, re.ASCII) or not int(slug) or "%postname%" not in parts:
        return False
    position = parts.index("%postname%")
    return not position or int(slug) < {"%year%": 13, "%monthnum%": 32}.get(parts[position - 1], 0)


def fill(structure: str, date: str, slug: str) -> str:
    """Return the path of a post; `date` is "YYYY-MM-DD HH:MM:SS", `slug` as WordPress keeps it."""
    values = {"year": date[:4], "monthnum": date[5:7], "day": date[8:10], "postname": slug}
    return quote(re.sub(r"%(\w+)%", lambda name: values.get(name[1], name[0]), structure), safe="/%-_.~")
