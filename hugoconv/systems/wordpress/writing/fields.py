"""The typed fields of a post as WordPress writes them into an item."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, tzinfo
from email.utils import format_datetime
from typing import Any
from urllib.parse import quote

from hugoconv.frontmatter.dates import Moment
from hugoconv.model import Post, SiteInfo
from hugoconv.systems.wordpress import php
from hugoconv.systems.wordpress.keys import DISCUSSIONS, STATUSES, is_open
from hugoconv.systems.wordpress.wxr.items import ItemTerm, Pairs, plain_text
from hugoconv.systems.wordpress.wxr.writer import NO_DATE

_STATUS_NAMES = {"published": "publish", "scheduled": "future"} | {
    status: name for name, status in STATUSES.items() if name == status
}
_NO_FEED_DATE = "Mon, 30 Nov -0001 00:00:00 +0000"
_LETTERS = str.maketrans(
    {
        **{"ß": "s", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "ı": "i"},
        **{"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "TH", "ħ": "h", "Ħ": "H", "×": "x"},
    }
)
_LONGEST_SLUG = 200
_LATIN_ACCENTS = re.compile(r"(?<=[A-Za-z])[\u0300-\u036f]+")
"""The accents that `remove_accents` takes off; those of other alphabets belong to their letters."""
_NEVER_IN_SLUGS = re.compile(
    "[\u00ad¡¿«»‹›‘’“”‚‛„‟•©®°…™´\u02ca\u0300\u0301\u0304\u030c\u0341\u200b-\u200f\u202a-\u202e\ufeff\ufffc]"
)
"""What `sanitize_title_with_dashes` takes out of what is not ASCII."""


def dates(moment: Moment | None, zone: tzinfo) -> tuple[str, str, str]:
    """Return a date as WordPress keeps it: in local time, in UTC, and as the feed writes it.

    The local time is the one that is written, whatever its offset; without an offset it is the site's.
    """
    if moment is None:
        return NO_DATE, NO_DATE, _NO_FEED_DATE
    local = moment.value if moment.has_zone else moment.value.replace(tzinfo=zone)
    try:
        utc = local.astimezone(UTC)
    except OverflowError:  # the first or last day of the calendar
        utc = local.replace(tzinfo=UTC)
    return f"{local:%Y-%m-%d %H:%M:%S}".zfill(19), f"{utc:%Y-%m-%d %H:%M:%S}".zfill(19), format_datetime(utc)


def slug_of(text: str) -> str:
    """Return a slug as WordPress makes it of any text: `sanitize_title_with_dashes` after `remove_accents`."""
    plain = unicodedata.normalize("NFD", text.translate(_LETTERS))
    plain = unicodedata.normalize("NFC", _LATIN_ACCENTS.sub("", plain)).lower().strip()
    joined = re.sub(r"[\s./–—]+", "-", _NEVER_IN_SLUGS.sub("", plain))
    dashed = re.sub(r"-+", "-", re.sub(r"[^a-z0-9_\-\x80-\U0010ffff]", "", joined)).strip("-")
    encoded = quote(dashed, safe="-_").lower()
    while len(encoded) > _LONGEST_SLUG:
        dashed = dashed[: min(len(dashed), _LONGEST_SLUG + 1) - 1]
        encoded = quote(dashed, safe="-_").lower().rstrip("-")
    return encoded


def as_html(text: str) -> str:
    """Return plain text as the HTML in which WordPress keeps titles and names."""
    return html.escape(text, quote=False)


def meta_value(value: Any) -> str:
    """Return a value as WordPress stores it among custom fields: a text, or PHP's serialisation of what is none."""
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, (str, int, float)):
        return str(value)
    return "" if value is None else php.serialize(value)


def status_values(status: str, password: str) -> dict[str, Any]:
    """Return status and password; a protected post is published under its password, without one it is a draft."""
    if status == "password":
        return {"status": "publish" if password else "draft", "post_password": password}
    return {"status": _STATUS_NAMES.get(status, "draft"), "post_password": password}


def login_of(name: str, site: SiteInfo) -> str:
    """Return the login of an author by login or name; somebody unknown is called by a login made of the name."""
    for author in site.authors.values():
        if name in (author.login, author.name, f"{author.name or author.login} ({author.login})"):
            return author.login
    return re.sub(r"[^\w .@-]", "", name).strip()[:60]


# Single fields of an item that was read -----------------------------------------------------------------------------


def _dates(post: Post, site: SiteInfo) -> dict[str, Any]:
    local, utc, feed = dates(post.date, site.zone)
    return {"post_date": local, "post_date_gmt": utc, "pub_date": feed}


def _updated(post: Post, site: SiteInfo) -> dict[str, Any]:
    local, utc, _ = dates(post.updated or post.date, site.zone)
    return {"post_modified": local, "post_modified_gmt": utc}


def _status(post: Post, site: SiteInfo) -> dict[str, Any]:
    password = str(post.front_matter.get("password") or post.extra.get("password") or "")
    return status_values(post.status or "published", password if post.status in ("password", None) else "")


def discussions(post: Post, kind: str) -> dict[str, Any]:
    """Return whether an item of a type is open to comments and pings, as its front matter says or as is usual."""
    said = {element: post.front_matter.get(key) for key, element in DISCUSSIONS.items()}
    usual = is_open(kind)
    return {
        element: "open" if (value if isinstance(value, bool) else usual) else "closed"
        for element, value in said.items()
    }


def _creator(post: Post, site: SiteInfo) -> dict[str, Any]:
    names = post.authors or ()
    return {"creator": login_of(names[0], site) if names else ""}


FIELDS: dict[str, Callable[[Post, SiteInfo], dict[str, Any]]] = {
    "title": lambda post, site: {"title": as_html(post.title or "")},
    "date": _dates,
    "updated": _updated,
    "status": _status,
    "password": _status,
    "authors": _creator,
    "excerpt": lambda post, site: {"excerpt": post.excerpt or ""},
    "slug": lambda post, site: {"post_name": slug_of(post.slug or "")},
    "weight": lambda post, site: {"menu_order": post.weight or 0},
    **dict.fromkeys(DISCUSSIONS, lambda post, site: discussions(post, post.type)),
    "guid": lambda post, site: {"guid": str(post.front_matter.get("guid") or "")},
    "sticky": lambda post, site: {"is_sticky": bool(post.front_matter.get("sticky"))},
}
"""What an edit of a key changes in the item."""


def edited_terms(
    post: Post, terms: Iterable[ItemTerm], key: str, taxonomies: Mapping[str, str], site: SiteInfo
) -> tuple[ItemTerm, ...]:
    """Return an item's terms with those of one key as they are now; those that stay keep their place and slug."""
    listed = list(terms)
    if key == "format":
        kind = str(post.front_matter.get("format") or "")
        kept = [term for term in listed if term.domain != "post_format"]
        made = [ItemTerm("post_format", f"post-format-{kind}", kind.capitalize())] if kind else []
        return (*kept, *made)
    domain = taxonomies[key]
    wanted = [str(term) for term in post.terms.get(key, ())]
    kept = [term for term in listed if term.domain != domain or plain_text(term.name) in wanted]
    there = {plain_text(term.name) for term in kept if term.domain == domain}
    known = site.terms.get(key, {})
    made = [
        ItemTerm(domain, known[name].slug if name in known and known[name].slug else slug_of(name), as_html(name))
        for name in wanted
        if name not in there
    ]
    return (*kept, *made)


def edited_meta(meta: Pairs, values: Mapping[str, Any]) -> Pairs:
    """Return custom fields with the visible ones as they are now; a value that did not change keeps its text."""
    read: dict[str, list[str]] = {}
    for key, value in meta:
        read.setdefault(key, []).append(value)
    made: list[tuple[str, str]] = []
    done: set[str] = set()
    for key, value in meta:
        if key.startswith("_") or key == "footnotes":
            made.append((key, value))
        elif key in values and key not in done:
            done.add(key)
            made += ((key, each) for each in _values(read[key], values[key]))
    made += ((str(key), each) for key, value in values.items() if key not in read for each in _values([], value))
    return tuple(made)


def _values(read: list[str], value: Any) -> list[str]:
    """Return the texts of a key's values; a list that was several values is several again."""
    understood = [php.unserialize(text) if php.is_serialized(text) else text for text in read]
    if len(read) == 1 and understood[0] == value:
        return read
    if len(read) > 1 and isinstance(value, list):
        if understood == value:
            return read
        return [meta_value(each) for each in value]
    return [meta_value(value)]
