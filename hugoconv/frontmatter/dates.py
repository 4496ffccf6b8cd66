"""Dates that keep their text: precision and zone are part of what was written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Literal

Precision = Literal["day", "minute", "second", "fraction"]


class DateText(str):
    """A date or date-time as text that every syntax writes bare, without quotes (RFC 3339 or YYYY-MM-DD)."""

    __slots__ = ()


class Instant(DateText):
    """A date-time that must not become text: YAML tags it where its reader takes dates for text."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as somebody wrote it: `value` is aware when the text names a zone, `text` is what was written."""

    text: str
    value: datetime
    precision: Precision

    @property
    def has_zone(self) -> bool:
        """Whether the text says which zone it is in."""
        return self.value.tzinfo is not None

    def rfc3339(self, zone: tzinfo = UTC) -> DateText:
        """Return YYYY-MM-DD for a day, else date, time, written fraction and offset (`zone` where none was written).

        The offset is written `Z` when the text says `Z`, else `+HH:MM`.
        """
        if self.precision == "day":
            return DateText(self.value.date().isoformat())
        aware = self.value if self.has_zone else self.value.replace(tzinfo=zone)
        fraction = re.search(r":\d\d(\.\d+)", self.text)
        offset = "Z" if self.text.rstrip().endswith(("Z", "z")) else _offset_text(aware)
        seconds = aware.replace(tzinfo=None).isoformat(timespec="seconds")
        return DateText(f"{seconds}{fraction[1] if fraction else ''}{offset}")

    def __str__(self) -> str:
        return self.text


def _offset_text(aware: datetime) -> str:
    offset = aware.utcoffset() or timedelta()
    sign = "-" if offset < timedelta() else "+"
    minutes = round(abs(offset).total_seconds() / 60)
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}"


_ISO = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    r"(?:(?P<separator>[Tt]|\s+)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?P<fraction>\.\d*)?)?"
    r"\s*(?P<zone>Z|z|[-+]\d{1,2}(?::?\d{2})?)?)?"
)

_PLAIN_ISO = re.compile(
    r"[0-9]{4}-[01][0-9]-[0-3][0-9]T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9][+-](?:[01][0-9]|2[0-3]):[0-5][0-9]"
)
"""The shape of RFC 3339, with an offset in numbers."""

_HUGO_SHAPES = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:"
    r"T\d{1,2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[-+]\d{2}:?\d{2})?"
    r"| \d{1,2}:\d{2}:\d{2}(?:\.\d+)?(?: ?Z| ?[-+]\d{2}:?\d{2})?(?: [A-Z]{3,4})?"
    r")?"
)
"""The ISO-like shapes among the layouts of spf13/cast's StringToDateInDefaultLocation, which Hugo uses."""

_HUGO_LAYOUTS = (
    "%a, %d %b %Y %H:%M:%S %z",
    "%a, %d %b %Y %H:%M:%S %Z",
    "%d %b %y %H:%M %z",
    "%d %b %y %H:%M %Z",
    "%A, %d-%b-%y %H:%M:%S %Z",
    "%a %b %d %H:%M:%S %Y",
    "%a %b %d %H:%M:%S %z %Y",
    "%d %b %Y",
)
"""Go's named layouts that Hugo tries after the ISO-like ones, in strptime's words."""

_UNIX_DATE = re.compile(r"(\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d) [A-Z]{3,4} (\d{4})")


def _plain_moment(text: str) -> Moment | None:
    """Return the moment of a text in the shape of `_PLAIN_ISO`, which nearly all are in and which is read fast."""
    try:
        return Moment(text, datetime.fromisoformat(text), "second")
    except ValueError:
        return None


@lru_cache(maxsize=1024, typed=True)  # a post's dates are asked for again and again, by every rule for its address
def parse_iso(text: str) -> Moment | None:
    """Read the ISO-like shapes that YAML 1.1 and people use ("2020-1-2 3:04 -0500"); None for anything else."""
    if _PLAIN_ISO.fullmatch(text):
        return _plain_moment(text)
    match = _ISO.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    microsecond = int(((match["fraction"] or ".0")[1:] + "000000")[:6])
    try:
        value = datetime(
            int(match["year"]),
            int(match["month"]),
            int(match["day"]),
            hour,
            minute,
            second,
            microsecond,
            tzinfo=_zone(match["zone"]),
        )
    except ValueError:
        return None
    precision: Precision = (
        "day"
        if match["hour"] is None
        else "minute"
        if match["second"] is None
        else "fraction"
        if match["fraction"]
        else "second"
    )
    return Moment(text, value, precision)


@lru_cache(maxsize=1024)
def parse_hugo(text: str) -> Moment | None:
    """Read a date as Hugo does; None for what would stop its build.

    The source is the list of layouts in github.com/spf13/cast, which Hugo's date handling calls.
    """
    if _PLAIN_ISO.fullmatch(text):
        return _plain_moment(text)
    stripped = text.strip()
    if _HUGO_SHAPES.fullmatch(stripped):
        iso = re.sub(r" [A-Z]{3,4}$", "", stripped)
        moment = parse_iso(iso)
        return moment and Moment(text, moment.value, moment.precision)
    unix = _UNIX_DATE.fullmatch(stripped)
    if unix:
        stripped = f"{unix[1]} {unix[2]}"
    for layout in _HUGO_LAYOUTS:
        try:
            value = datetime.strptime(stripped, layout)
        except ValueError:
            continue
        return Moment(text, value, "second" if "%S" in layout else "minute" if "%M" in layout else "day")
    return None


@lru_cache(maxsize=1024)
def parse_ruby(text: str) -> Moment | None:
    """Read a date as Ruby's Time.parse does, which Jekyll calls on strings; None for what it refuses.

    dateutil stands in for Ruby's lenient parser: "June 23, 2020", "2015-09-21 16:52", "2 Jan 2020 EST".
    """
    moment = parse_iso(text)
    if moment is None and (repeated := _REPEATED_YEAR.match(text.strip())):
        moment = parse_iso(repeated["time"])
    if moment is None and (remark := _REMARK.search(text)):
        said = parse_iso(text[: remark.start()])
        # After a time without a zone Ruby takes the first letter for one.
        moment = said if said and (said.precision == "day" or said.has_zone) else None
    if moment is not None:
        return Moment(text, moment.value, moment.precision)
    from dateutil import parser
    from dateutil.tz import tzoffset

    zones = {name: tzoffset(name, hours * 3600) for name, hours in _RUBY_ZONES.items()}
    try:
        value = parser.parse(text, tzinfos=zones, default=datetime(1, 1, 1))
    except (ValueError, OverflowError, TypeError):
        return None
    if value.year == 1:
        return None
    precision: Precision = "second" if re.search(r"\d:\d\d:\d\d", text) else "minute" if ":" in text else "day"
    return Moment(text, value, precision)


_REPEATED_YEAR = re.compile(r"(?P<time>(\d{4})-\S+ \S+) \2\b")
"""A year between time and zone, as some editors wrote it: Ruby stops reading at the year, so the zone is lost."""

_REMARK = re.compile(r"\s*\([^()]*\)\s*\Z")
"""A remark in brackets after a date, which Ruby does not read."""

_RUBY_ZONES = {
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    "UTC": 0,
    "GMT": 0,
}
"""The zone abbreviations that Ruby's Time.parse knows and that stand in real front matter, in hours from UTC."""


def moment_of(value: date | datetime, text: str = "") -> Moment:
    """Return the moment of a Python date or datetime, with `text` as what was written (default: its ISO form)."""
    if isinstance(value, datetime):
        return Moment(text or value.isoformat(), value, "fraction" if value.microsecond else "second")
    return Moment(text or value.isoformat(), datetime(value.year, value.month, value.day), "day")


def _zone(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text in "Zz":
        return UTC
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "")
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    return timezone(sign * timedelta(hours=hours, minutes=minutes))
