"""The files that a site's posts do not hold and that are carried as they are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from hugoconv.markup.files import is_file_name

Role = Literal["static", "asset", "data", "layout", "config", "media", "template", "other"]


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is carried as it is: `path` in the site's own layout, `source` where its bytes are.

    `address` is the URL path at which the old site publishes it, or by which pages name it where only templates
    publish it; "" when that follows from the path.
    """

    path: PurePosixPath
    source: Path
    role: Role = "static"
    address: str = ""

    @property
    def is_for_readers(self) -> bool:
        """Whether the new site shows it: the old one published it, or it is a picture that templates published."""
        return self.role in ("static", "media") or (self.role == "asset" and is_file_name(self.path.name))
