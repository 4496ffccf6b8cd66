"""Options as data: the fields of an importer or exporter, from which flags, tables and error messages are made."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import Any

from hugoconv.errors import UsageError, suggestion


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a system: its name, default, what it does, and the values it may have (none: any)."""

    name: str
    default: Any
    help: str
    choices: tuple[str, ...] = ()


def option(default: Any, help: str, choices: tuple[str, ...] = ()) -> Any:
    """Declare an option as a dataclass field; its type is the default's (str, bool, int or tuple of str)."""
    return dataclasses.field(default=default, metadata={"help": help, "choices": choices})


def options_of(system: Any) -> list[Option]:
    """Return the options of an importer or exporter class, in the order it declares them."""
    return [
        Option(field.name, field.default, field.metadata.get("help", ""), field.metadata.get("choices", ()))
        for field in dataclasses.fields(system)
        if "help" in field.metadata
    ]


def coerced(system: Any, name: str, value: Any) -> Any:
    """Return `value` in the option's type; text is read as the command line gives it. UsageError for a wrong value."""
    declared = next(option for option in options_of(system) if option.name == name)
    kind = type(declared.default)
    if isinstance(value, str) and kind is not str:
        value = _from_text(name, value, kind)
    if isinstance(value, list) and kind is tuple:
        value = tuple(value)
    if isinstance(value, dict) and kind is tuple:
        value = tuple(f"{key}={each}" for key, each in value.items())
    if not isinstance(value, kind):
        raise UsageError(f"{name} takes a {kind.__name__}, not {value!r}")
    if declared.choices and value not in declared.choices:
        choices = ", ".join(filter(None, declared.choices))
        raise UsageError(
            f"{name} is one of {choices}, not {value!r}{suggestion(str(value), filter(None, declared.choices))}"
        )
    return value


def _from_text(name: str, text: str, kind: type[Any]) -> Any:
    if kind is bool:
        words = {
            "true": True,
            "yes": True,
            "1": True,
            "on": True,
            "false": False,
            "no": False,
            "0": False,
            "off": False,
        }
        if text.lower() not in words:
            raise UsageError(f"{name} takes true or false, not {text!r}")
        return words[text.lower()]
    if kind is int:
        try:
            return int(text)
        except ValueError:
            raise UsageError(f"{name} takes a whole number, not {text!r}") from None
    return tuple(part.strip() for part in text.split(",") if part.strip())


_UNITS = {"": 1, "b": 1, "k": 10**3, "kb": 10**3, "m": 10**6, "mb": 10**6, "g": 10**9, "gb": 10**9}


def bytes_in(text: str) -> int:
    """Return the bytes that a size such as "500kB" or "2MB" stands for, 0 for ""; UsageError when it is none."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([a-z]*)", text.strip().lower())
    if not text.strip():
        return 0
    if match is None or match[2] not in _UNITS:
        raise UsageError(f"{text!r} is no size; write it like 500kB or 2MB")
    return int(float(match[1]) * _UNITS[match[2]])
