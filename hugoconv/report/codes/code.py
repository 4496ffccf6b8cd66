"""What a finding code is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from hugoconv.report.wording import plural

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
NOUNS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
"""How a person calls a finding of each severity."""


_COUNTED = re.compile(r"\{(\w+):# ([^|}]*)(?:\|([^}]*))?\}")
_DETAIL = re.compile(r"\{(\w+)(?:[!:][^}]*)?\}")


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding: `message` is filled with a finding's details, `why` explains, `remedy` says what to do.

    A number with its noun is written `{count:# file}` ("1 file", "2 files") or `{count:# file is|files are}`.
    """

    code: str
    severity: Severity
    message: str
    why: str
    remedy: str

    def filled(self, details: Mapping[str, object]) -> str:
        """Return the message with a finding's details; KeyError when one is not given."""
        return _COUNTED.sub(
            lambda match: plural(int(str(details[match[1]])), match[2], match[3]).replace("{", "{{").replace("}", "}}"),
            self.message,
        ).format(**details)

    def pattern(self, blank: str = "") -> str:
        """Return the message for any details: each is `blank`, or its name in braces."""
        text = _COUNTED.sub(lambda match: f"{{{match[1]}}} {match[3] or match[2] + 's'}", self.message)
        return _DETAIL.sub(lambda match: blank or f"{{{match[1]}}}", text)
