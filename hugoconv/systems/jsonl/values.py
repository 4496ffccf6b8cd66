"""Values of any type that front matter knows, as JSON and back: what JSON has no type for is an object with a tag."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from pathlib import PurePath
from typing import Any, get_args

from hugoconv.frontmatter.dates import DateText, Instant, Moment, Precision

_LONE_SURROGATES = re.compile(r"[\ud800-\udfff]")


class NotPlainError(TypeError):
    """A value that is no data: it belongs to the program that made it."""


def line_of(value: Any, indent: int | None = None) -> bytes:
    r"""Return a JSON value as UTF-8 with a line feed at its end; lone surrogates stay `\ud800`."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    text = _LONE_SURROGATES.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    return f"{text}\n".encode()


def encoded(value: Any) -> Any:
    """Return a value as JSON has it; NotPlainError for what is no data."""
    tag = _tagged(value)
    if tag is not None:
        return tag
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, list):
        return [encoded(item) for item in value]
    if isinstance(value, Mapping):
        if all(isinstance(key, str) and type(key) is str and not key.startswith("$") for key in value):
            return {key: encoded(item) for key, item in value.items()}
        return {"$map": [[encoded(key), encoded(item)] for key, item in value.items()]}
    raise NotPlainError(type(value).__name__)


def _tagged(value: Any) -> dict[str, Any] | None:
    """Return the object with a tag that stands for a value, None for what JSON has a type for."""
    if isinstance(value, Moment):
        return {"$moment": moment_record(value)}
    if isinstance(value, Instant):
        return {"$instant": str(value)}
    if isinstance(value, DateText):
        return {"$date": str(value)}
    if isinstance(value, datetime):
        return {"$datetime": value.isoformat()}
    if isinstance(value, date):
        return {"$day": value.isoformat()}
    if isinstance(value, time):
        return {"$time": value.isoformat()}
    if isinstance(value, float) and not math.isfinite(value):
        return {"$number": str(value)}
    if isinstance(value, bytes):
        return {"$bytes": value.hex()}
    if isinstance(value, tuple):
        return {"$tuple": [encoded(item) for item in value]}
    if isinstance(value, PurePath):
        raise NotPlainError("path")
    return None


def decoded(value: Any) -> Any:
    """Return what `encoded` was given; ValueError, KeyError or TypeError for what it never wrote."""
    if isinstance(value, list):
        return [decoded(item) for item in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        tag, content = next(iter(value.items()))
        if tag.startswith("$"):
            return _DECODERS[tag](content)
    return {key: decoded(item) for key, item in value.items()}


def moment_record(moment: Moment) -> dict[str, Any]:
    """Return a date with its text, its precision, and what is known of its zone: "utc", "offset" or "local"."""
    offset = moment.value.utcoffset()
    zone = "local" if offset is None else "offset" if offset else "utc"
    value = moment.value.date().isoformat() if moment.precision == "day" and offset is None else None
    return {
        "value": value or moment.value.isoformat(),
        "precision": moment.precision,
        "zone": zone,
        "text": moment.text,
    }


def moment_from(record: dict[str, Any]) -> Moment:
    """Return the date of a record; ValueError, KeyError or TypeError for one that `moment_record` never made."""
    if record["precision"] not in get_args(Precision):
        raise ValueError(f"there is no precision {record['precision']!r}")
    return Moment(_text(record["text"]), datetime.fromisoformat(record["value"]), record["precision"])


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"a text expected, not {type(value).__name__}")
    return value


_DECODERS: dict[str, Callable[[Any], Any]] = {
    "$moment": moment_from,
    "$instant": lambda text: Instant(_text(text)),
    "$date": lambda text: DateText(_text(text)),
    "$datetime": datetime.fromisoformat,
    "$day": date.fromisoformat,
    "$time": time.fromisoformat,
    "$number": lambda text: float(_text(text)),
    "$bytes": bytes.fromhex,
    "$tuple": lambda items: tuple(decoded(item) for item in items),
    "$map": lambda pairs: {decoded(key): decoded(item) for key, item in pairs},
}
