"""What readers of a site see of a post today: its dates decide that as much as its status does."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

from hugoconv.fields import FieldError
from hugoconv.frontmatter.dates import Moment
from hugoconv.model import Post

EXPIRED = "expired"
"""What a post is whose expiry date has come; no status, for only its date says so."""


def shown_as(post: Post, zone: tzinfo, *, future: bool = False) -> str:
    """Return what a post is today: "published" when readers see it, else why they do not.

    That is its status, "expired", or "scheduled" for a day to come; dates without a zone are in `zone`. With `future`
    the site shows posts of days to come too.
    """
    try:
        status = post.status or "published"
    except FieldError:
        status = "published"
    if status != "published":
        return status
    now = datetime.now(UTC)
    expires = instant(post, "expiry_date", zone)
    if expires is not None and expires <= now:
        return EXPIRED
    appears = instant(post, "publish_date", zone) or instant(post, "date", zone)
    return "scheduled" if appears is not None and appears > now and not future else "published"


def instant(post: Post, name: str, zone: tzinfo) -> datetime | None:
    """Return a date of a post with its zone, None when there is none that can be read."""
    try:
        moment: Moment | None = getattr(post, name)
    except FieldError:
        return None
    if moment is None:
        return None
    return moment.value if moment.has_zone else moment.value.replace(tzinfo=zone)
