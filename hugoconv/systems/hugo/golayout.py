"""Go's time layouts, as far as a permalink pattern can hold them: letters and digits only (`:2006`, `:Jan`, `:02`)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_name(date: datetime) -> str:
    """Return the English name of the day of the week."""
    return _DAYS[date.weekday()]


def month_name(date: datetime) -> str:
    """Return the English name of the month."""
    return _MONTHS[date.month - 1]


def year_day(date: datetime) -> int:
    """Return the day of the year, from 1."""
    return date.timetuple().tm_yday


def _offset(date: datetime, *, zulu: bool, parts: int) -> str:
    """Return an offset of hours, minutes and seconds run together; with `zulu` UTC is "Z"."""
    offset = date.utcoffset() or timedelta()
    if zulu and not offset:
        return "Z"
    seconds = abs(round(offset.total_seconds()))
    fields = (seconds // 3600, seconds // 60 % 60, seconds % 60)
    return ("-" if offset < timedelta() else "+") + "".join(f"{field:02}" for field in fields[:parts])


def _zone_name(date: datetime) -> str:
    offset = date.utcoffset() or timedelta()
    return "UTC" if not offset else _offset(date, zulu=False, parts=2 if offset.seconds // 60 % 60 else 1)


_CHUNKS: dict[str, Callable[[datetime], str]] = {
    "January": month_name,
    "Jan": lambda date: month_name(date)[:3],
    "Monday": day_name,
    "Mon": lambda date: day_name(date)[:3],
    "MST": _zone_name,
    "002": lambda date: f"{year_day(date):03}",
    "01": lambda date: f"{date.month:02}",
    "02": lambda date: f"{date.day:02}",
    "03": lambda date: f"{date.hour % 12 or 12:02}",
    "04": lambda date: f"{date.minute:02}",
    "05": lambda date: f"{date.second:02}",
    "06": lambda date: f"{date.year % 100:02}",
    "15": lambda date: f"{date.hour:02}",
    "1": lambda date: str(date.month),
    "2006": lambda date: f"{date.year:04}",
    "_2006": lambda date: f"_{date.year:04}",
    "__2": lambda date: f"{year_day(date):3}",
    "_2": lambda date: f"{date.day:2}",
    "2": lambda date: str(date.day),
    "3": lambda date: str(date.hour % 12 or 12),
    "4": lambda date: str(date.minute),
    "5": lambda date: str(date.second),
    "PM": lambda date: "PM" if date.hour >= 12 else "AM",
    "pm": lambda date: "pm" if date.hour >= 12 else "am",
    "Z070000": lambda date: _offset(date, zulu=True, parts=3),
    "Z0700": lambda date: _offset(date, zulu=True, parts=2),
    "Z07": lambda date: _offset(date, zulu=True, parts=1),
}
_CHUNK = re.compile(
    "January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|002|0[1-6]|15|1|2006|__2|_2006|_2|2|3|4|5|PM|pm|Z070000|Z0700|Z07"
)


def format_layout(layout: str, date: datetime) -> str:
    """Return `date` in a Go layout; what is not part of one stays as it is."""
    return _CHUNK.sub(lambda chunk: _CHUNKS[chunk[0]](date), layout)
