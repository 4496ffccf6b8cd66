"""How YAML's plain scalars get their types: one table of rules for each program that reads front matter."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from hugoconv.frontmatter.dates import parse_iso
from hugoconv.frontmatter.syntax import ScalarRules

_TAG = "tag:yaml.org,2002:"


def _rule(tag: str, pattern: str, first: str) -> tuple[str, re.Pattern[str], str]:
    return _TAG + tag, re.compile(rf"(?:{pattern})\Z"), first


GOCCY = ScalarRules(
    name="goccy",
    resolvers=(
        _rule("bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
        _rule("null", "~|null|Null|NULL|", "~nN\0"),
        _rule("merge", "<<", "<"),
        _rule("int", r"[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|0|[1-9][0-9_]*)", "-+0123456789"),
        _rule(
            "float",
            r"[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*(?:[eE][-+]?[0-9]+)?|-?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
            "-+.0123456789",
        ),
    ),
    duplicate_keys=False,
)
"""Hugo since 0.152, which reads YAML with github.com/goccy/go-yaml; dates are strings, `yes` and `no` too."""

SAFEYAML = ScalarRules(
    name="safeyaml",
    resolvers=(
        _rule("bool", "(?i:yes|no|on|off|true|false)", "yYnNoOtTfF"),
        _rule("null", "~|(?i:null)|", "~nN\0"),
        _rule("merge", "<<", "<"),
        _rule("timestamp", r"\d{4}-\d{2}-\d{2}", "0123456789"),
        _rule(
            "timestamp",
            r"\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|\s+)\d{1,2}:\d{2}:\d{2}(?:\.\d*)?\s*(?:Z|[-+]\d{1,2}(?::?\d{2})?)?",
            "0123456789",
        ),
        _rule("int", r"[-+]?(?:0|[1-9][0-9_,]*)|0[0-7_,]+|[-+]?0[xX][0-9a-fA-F_]+|0b[01_]+", "-+0123456789"),
        _rule(
            "float",
            r"[-+]?(?:\d[\d_]*)?\.[\d_]+(?:[eE][-+]\d+)?|-?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
            "-+.0123456789",
        ),
        _rule("sexagesimal", r"[-+]?[0-9][0-9_,]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?", "-+0123456789"),
    ),
    duplicate_keys=True,
)
"""Jekyll, which reads YAML with the safe_yaml gem (its transform/*.rb and parse/*.rb)."""

JS_YAML = ScalarRules(
    name="js-yaml",
    resolvers=(
        _rule("bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
        _rule("null", "~|null|Null|NULL|", "~nN\0"),
        _rule("merge", "<<", "<"),
        _rule("timestamp", r"\d{4}-\d{2}-\d{2}", "0123456789"),
        _rule(
            "timestamp",
            r"\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|[ \t]+)\d{1,2}:\d{2}:\d{2}(?:\.\d*)?"
            r"(?:[ \t]*(?:Z|[-+]\d{1,2}(?::\d{2})?))?",
            "0123456789",
        ),
        _rule("int", r"[-+]?(?:0b[01]+|0o[0-7]+|0x[0-9a-fA-F]+|[0-9]+)", "-+0123456789"),
        _rule(
            "float",
            r"[-+]?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|\.[0-9]+(?:[eE][-+]?[0-9]+)?"
            r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
            "-+.0123456789",
        ),
    ),
    duplicate_keys=False,
)
"""js-yaml 4, by which Astro, Eleventy and Hexo read YAML (its lib/type/*.js); `007` is seven, `12:30` a text."""


_MOST_DIGITS = 4000
"""Python makes no number of more."""


def _integer(text: str) -> int | str:
    digits = text.replace("_", "").replace(",", "")
    sign = -1 if digits.startswith("-") else 1
    digits = digits.lstrip("+-").lower()
    base = next((base for prefix, base in (("0x", 16), ("0b", 2), ("0o", 8)) if digits.startswith(prefix)), 10)
    if base == 10 and len(digits) > 1 and digits.startswith("0"):
        base = 8
    try:
        value = sign * int(digits, base)
    except ValueError:
        return text
    return value if -(2**63) <= value < 2**64 else text


def _ruby_integer(text: str) -> int | str:
    value = _integer(text)
    if isinstance(value, int):
        return value
    digits = text.replace("_", "").replace(",", "")
    is_number = re.fullmatch(r"[-+]?\d+", digits) and len(digits) <= _MOST_DIGITS
    return int(digits) if is_number else text


def _script_integer(text: str) -> int | str:
    """Read a whole number of any size, as JavaScript does: a leading zero means nothing."""
    digits = text.lstrip("+-").lower()
    base = {"0x": 16, "0b": 2, "0o": 8}.get(digits[:2], 10)
    if len(digits) > _MOST_DIGITS:
        return text
    value = int(digits if base == 10 else digits[2:], base)
    return -value if text.startswith("-") else value


def _floating(text: str) -> float | str:
    plain = text.replace("_", "").lower()
    special = {".inf": math.inf, "+.inf": math.inf, "-.inf": -math.inf, ".nan": math.nan}
    if plain in special:
        return special[plain]
    try:
        return float(plain)
    except ValueError:
        return text


def _sexagesimal(text: str) -> float:
    whole, _, fraction = text.replace("_", "").replace(",", "").partition(".")
    value = 0.0
    for part in whole.split(":"):
        value = value * 60 + float(part)
    value += float(f"0.{fraction}") if fraction else 0.0
    return -value if text.startswith("-") else value


def _timestamp(text: str) -> date | datetime | str:
    moment = parse_iso(text)
    if moment is None:
        return text
    if moment.precision == "day":
        return moment.value.date()
    return moment.value if moment.has_zone else moment.value.replace(tzinfo=UTC)


def _binary(text: str) -> bytes | str:
    try:
        return base64.b64decode(text, validate=False)
    except ValueError:
        return text


READERS: dict[str, dict[str, Callable[[str], Any]]] = {
    rules.name: {
        _TAG + "null": lambda text: None,
        _TAG + "bool": lambda text: text.lower() in {"true", "yes", "on"},
        _TAG + "int": integer,
        _TAG + "float": _floating,
        _TAG + "timestamp": _timestamp,
        _TAG + "sexagesimal": _sexagesimal,
        _TAG + "binary": _binary,
        _TAG + "str": str,
    }
    for rules, integer in ((GOCCY, _integer), (SAFEYAML, _ruby_integer), (JS_YAML, _script_integer))
}
"""How the text of a scalar becomes a value, by rules and tag."""


_RESOLVERS: dict[str, dict[str, list[tuple[re.Pattern[str], Callable[[str], Any]]]]] = {
    rules.name: {
        first: [
            (pattern, READERS[rules.name].get(tag, str)) for tag, pattern, firsts in rules.resolvers if first in firsts
        ]
        for first in "".join(firsts for _, _, firsts in rules.resolvers)
    }
    for rules in (GOCCY, SAFEYAML, JS_YAML)
}
"""The patterns and readers to try, in order, by rules and the text's first character."""


def resolve(text: str, rules: ScalarRules) -> Any:
    """Return the value that a plain scalar with this text has under `rules`."""
    for pattern, read in _RESOLVERS[rules.name].get(text[:1] or "\0", ()):
        if pattern.match(text):
            return read(text)
    return text


def key_name(text: str, rules: ScalarRules) -> str:
    """Return what a plain key is called in the end: Hugo makes text of the value that it reads (`1.10` is "1.1")."""
    value = resolve(text, rules) if rules is GOCCY else text
    if value is text:
        return text
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return _go_text(value) if isinstance(value, float) else str(value)


def _go_text(value: float) -> str:
    """Return a float as Go prints it (strconv.FormatFloat with the shortest digits)."""
    if math.isinf(value) or math.isnan(value):
        return "NaN" if math.isnan(value) else "+Inf" if value > 0 else "-Inf"
    number = Decimal(repr(value)).normalize()
    if -4 <= number.adjusted() < 6 or not number:
        return f"{number:f}"
    mantissa = number.scaleb(-number.adjusted())
    return f"{mantissa}e{number.adjusted():+03}"


def is_string_everywhere(text: str) -> bool:
    """Whether every program that hugoconv knows reads this plain scalar as the same string."""
    return text not in ("=", "<<") and all(
        isinstance(resolve(text, rules), str) for rules in (GOCCY, SAFEYAML, JS_YAML)
    )
