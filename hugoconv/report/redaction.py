"""Taking secrets out of what people paste into issues: passwords, e-mail and IP addresses."""

from __future__ import annotations

import re
from typing import Any

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@(?!\d+x\b)[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}(?!\w)")
"""An e-mail address; `logo@2x.png` is a file."""
_IPV4 = re.compile(r"(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?!\w|\.\d)")
_IPV6 = re.compile(r"(?<![\w:.])(?:[0-9a-fA-F]{1,4}:){4,7}(?::?[0-9a-fA-F]{1,4})(?![\w:])")
_PASSWORD = re.compile(r"(?im)^(\s*[\"']?(?:post_)?passw(?:or)?d[\"']?\s*[:=][ \t]*)\S.*$")


def redacted(text: str) -> str:
    """Return text without passwords, e-mail and IP addresses, each named by what it was."""
    text = _PASSWORD.sub(r"\1[password]", text)
    text = _EMAIL.sub("[e-mail address]", text)
    return _IPV6.sub("[IP address]", _IPV4.sub("[IP address]", text))


def redacted_values(value: Any) -> Any:
    """Return plain values with every text in them redacted."""
    if isinstance(value, str):
        return redacted(value)
    if isinstance(value, dict):
        return {key: redacted_values(each) for key, each in value.items()}
    return [redacted_values(each) for each in value] if isinstance(value, list) else value
