"""Time zones by their names."""

from __future__ import annotations

import re
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_FIXED = re.compile(r"[A-Za-z]{3,}([+-]?)(\d{1,2})(?::00)?")


def zone_named(name: str) -> tzinfo | None:
    """Return a zone by its name in the time zone database ("Europe/Berlin"), None for "" and for any other text."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone_or_utc(name: str) -> tzinfo:
    """Return a zone by its name, UTC when there is none of that name."""
    return zone_named(name) or UTC


def name_of_environment(value: str) -> str:
    """Return the name in the database of what the variable `TZ` may say, "" for what C libraries take for UTC.

    POSIX counts a fixed offset behind any three letters to the west: "UTC+3", three hours behind UTC, is Etc/GMT+3.
    """
    if zone_named(value):
        return value
    fixed = _FIXED.fullmatch(value.strip())
    name = f"Etc/GMT{fixed[1] or '+'}{int(fixed[2])}" if fixed else ""
    return name if zone_named(name) else ""
