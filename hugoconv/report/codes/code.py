"""What a finding code is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding: `message` is filled with a finding's details, `why` explains, `remedy` says what to do."""

    code: str
    severity: Severity
    message: str
    why: str
    remedy: str
