"""What of a site is public today: no system here hides pages by their dates, so the move does."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

from hugoconv.fields import FieldError
from hugoconv.model import Post, SiteInfo


def visible_status(post: Post, site: SiteInfo) -> str:
    """Return a post's status now: what is published may be "scheduled" or "expired" by its dates."""
    status = post.status or "published"
    if status != "published":
        return status
    now = datetime.now(UTC)
    expires = _instant(post, "expiry_date", site)
    if expires is not None and expires <= now:
        return "expired"
    appears = _instant(post, "publish_date", site) or _instant(post, "date", site)
    return "scheduled" if appears is not None and appears > now and not site.build_future else "published"


def _instant(post: Post, name: str, site: SiteInfo) -> datetime | None:
    moment = None
    with suppress(FieldError):
        moment = getattr(post, name)
    if moment is None:
        return None
    value: datetime = moment.value
    return value if value.tzinfo else value.replace(tzinfo=site.zone)
