"""Data files that only Hugo's templates, or only Hugo's reader of data, need."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from hugoconv.model import SiteInfo
from hugoconv.systems.data import json_file


def menu_names_file(site: SiteInfo) -> bytes:
    """Return what people call the menus, as a JSON map by the names in the configuration."""
    return json_file(site.menu_names)


def comma_separated(source: Path) -> bytes:
    """Return a table between tabs as one between commas, which Hugo reads; bytes that are no UTF-8 stay."""
    text = source.read_bytes().decode("utf-8", "surrogateescape")
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerows(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    return made.getvalue().encode("utf-8", "surrogateescape")
