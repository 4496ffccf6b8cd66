"""When an item was published and changed, in the site's own time with the offset it had that day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import lru_cache

from hugoconv.systems.wordpress.wxr.items import Item

_QUARTER = timedelta(minutes=15)
_LARGEST_OFFSET = timedelta(hours=14)
# What WordPress writes as <pubDate> for an item without a date.
_NO_DATE = datetime(1999, 11, 30, tzinfo=UTC)


def local_date(item: Item) -> str | None:
    """Return when an item was or will be published, or None when it has no date, as most drafts.

    The text is "YYYY-MM-DDTHH:MM:SS+HH:MM"; the offset is the difference between the item's local and UTC dates, and
    is left out when the item has no UTC date. The feed's date counts only when neither is there.
    """
    if item.post_date or item.post_date_gmt:
        return _local(item.post_date, item.post_date_gmt)
    return _feed_date(item.pub_date)


def modified_date(item: Item) -> str | None:
    """Return when an item was last changed, in the form of `local_date`, or None when that is not known."""
    return _local(item.post_modified, item.post_modified_gmt)


@lru_cache(maxsize=256)
def _local(local_text: str, utc_text: str) -> str | None:
    local, utc = _parse(local_text), _parse(utc_text)
    if local is None:
        return utc.replace(tzinfo=UTC).isoformat() if utc else None
    return (local.replace(tzinfo=_zone(local - utc)) if utc is not None else local).isoformat()


@lru_cache(maxsize=256)
def _zone(difference: timedelta) -> timezone | None:
    """Return the time zone that lies so far from UTC, None when none does."""
    offset = round(difference / _QUARTER) * _QUARTER
    return timezone(offset) if abs(offset) <= _LARGEST_OFFSET else None


def _parse(text: str) -> datetime | None:
    """Read "YYYY-MM-DD HH:MM:SS", or with a T; None for "", for MySQL's zero date and for anything else."""
    try:
        if len(text) == 19 and text[16] == ":":  # which is nearly all of them, and read much faster
            return datetime.fromisoformat(text)
        return datetime.strptime(text.replace("T", " ", 1), "%Y-%m-%d %H:%M:%S")
    except ValueError:
        return None


def _feed_date(text: str) -> str | None:
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    aware = date if date.tzinfo else date.replace(tzinfo=UTC)
    # In "30 Nov -0001" the parser finds a time zone, and makes up a year.
    if str(aware.year) not in text or aware.year < 1970 or aware == _NO_DATE:
        return None
    return aware.isoformat()
