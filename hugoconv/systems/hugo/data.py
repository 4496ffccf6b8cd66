"""Data files as Hugo's reader of data wants them."""

from __future__ import annotations

import csv
import io
from pathlib import Path


def comma_separated(source: Path) -> bytes:
    """Return a table between tabs as one between commas, which Hugo reads; bytes that are no UTF-8 stay."""
    text = source.read_bytes().decode("utf-8", "surrogateescape")
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerows(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    return made.getvalue().encode("utf-8", "surrogateescape")
