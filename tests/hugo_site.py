"""Small Hugo sites, built by the real program."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from programs import HUGO

CONTENT_ONLY = {
    "baseURL": "https://example.org/",
    "disableKinds": ["home", "section", "taxonomy", "term", "rss", "sitemap", "404"],
    "markup": {"goldmark": {"renderer": {"unsafe": True}}},
}
"""A configuration under which only the pages themselves are published."""


@dataclass(frozen=True)
class Build:
    """What Hugo made of a site: the text files it published, and what it said when it refused."""

    files: Mapping[str, str]
    error: str


def write_site(folder: Path, files: Mapping[str, str], config: Mapping[str, Any] = CONTENT_ONLY) -> Path:
    """Write a site's files and its configuration as JSON; return its folder."""
    for name, text in {"hugo.json": json.dumps(config), **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def build(site: Path, *options: str) -> Build:
    """Build a site into its `public` folder."""
    assert HUGO
    run = subprocess.run([HUGO, *options], cwd=site, capture_output=True, text=True, check=False)
    published = [path for path in (site / "public").rglob("*") if path.is_file()]
    files = {path.relative_to(site / "public").as_posix(): path.read_text(encoding="utf-8") for path in published}
    return Build(files, run.stdout + run.stderr if run.returncode else "")
