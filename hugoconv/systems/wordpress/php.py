"""PHP's serialised values, as WordPress stores arrays in its options and meta tables."""

from __future__ import annotations

import io
import math
import re
from decimal import Decimal
from typing import Any

import phpserialize

_SERIALIZED = re.compile(r"(?:N;|[bid]:[^;]*;|s:\d+:\".*\";|[aOC]:\d+:.*\})", re.DOTALL)

_BEGINNING = re.compile(r"\s*(?:a:\d+:\{|[OC]:\d+:\")")


def is_serialized(text: str) -> bool:
    """Tell whether WordPress would take `text` for a serialised value, by its first and last characters."""
    return bool(_SERIALIZED.fullmatch(text.strip()))


def is_damaged(text: str) -> bool:
    """Tell whether a text begins as an array or object of PHP does and cannot be read as one."""
    return bool(_BEGINNING.match(text)) and unserialize(text) is text


def unserialize(text: str) -> Any:
    """Return the value that a serialised text stands for, or `text` itself when it is not one or is damaged.

    Arrays with the keys 0, 1, 2 ... become lists, other arrays and objects dicts; nothing is executed. References,
    custom serialisation and enumerations are not read. To tell a damaged value from a text, ask `is_serialized`.
    """
    if not is_serialized(text):
        return text
    # XML turns CR LF into LF, and then the lengths of strings are wrong: try the line ends of Windows too.
    for candidate in dict.fromkeys((text.strip(), text.strip().replace("\n", "\r\n"))):
        stream = io.BytesIO(candidate.encode(errors="replace"))
        try:
            value = phpserialize.load(stream, decode_strings=True, object_hook=_members, array_hook=_array)
        except (ValueError, TypeError, OverflowError, MemoryError, RecursionError):
            continue
        if not stream.read(1):
            return value
    return text


def _array(pairs: list[tuple[Any, Any]]) -> Any:
    if all(type(key) is int and key == position for position, (key, _) in enumerate(pairs)):
        return [value for _, value in pairs]
    return dict(pairs)


def _members(_class: str, members: dict[Any, Any]) -> dict[Any, Any]:
    """Return an object's members by their plain names: PHP puts the class or "*" before those that are not public."""
    return {name.rpartition("\0")[2] if isinstance(name, str) else name: value for name, value in members.items()}


def serialize(value: Any) -> str:
    """Return a value in PHP's serialisation; strings count their bytes in UTF-8, a list's keys are 0, 1, 2, ..."""
    data: bytes = phpserialize.dumps(_with_numbers_of_php(value), charset="utf-8", errors="replace", object_hook=str)
    return data.decode("utf-8", "replace")


def number(value: float) -> str:
    """Return a number as PHP writes it: `-5`, `1.7E-5`, `INF`."""
    if not math.isfinite(value):
        return "NAN" if math.isnan(value) else "INF" if value > 0 else "-INF"
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    assert isinstance(exponent, int)  # it is a letter for what is not finite
    point = len(digits) + exponent
    if any(digits) and not -3 <= point <= 17:
        rest = "".join(map(str, digits[1:])) or "0"
        return f"{'-' * sign}{digits[0]}.{rest}E{point - 1:+d}"
    return f"{Decimal(repr(value)).normalize():f}"


class _Number(float):
    def __str__(self) -> str:
        return number(self)


def _with_numbers_of_php(value: Any) -> Any:
    if isinstance(value, float):
        return _Number(value)
    if isinstance(value, dict):
        return {key: _with_numbers_of_php(item) for key, item in value.items()}
    return [_with_numbers_of_php(item) for item in value] if isinstance(value, (list, tuple)) else value
