"""What a finding code is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
NOUNS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
"""How a person calls a finding of each severity."""


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding: `message` is filled with a finding's details, `why` explains, `remedy` says what to do."""

    code: str
    severity: Severity
    message: str
    why: str
    remedy: str
