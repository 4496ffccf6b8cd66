"""A content file's place among the pages of a Hugo site, from its path alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from hugoconv.fields import KeyTable
from hugoconv.model import Kind
from hugoconv.systems.hugo.mounts import Mount, mount_of


@dataclass(frozen=True, slots=True)
class LogicalPath:
    """A content file's place among the pages: its folder below the content directory, base name and language."""

    folder: str
    base: str
    language: str

    @property
    def section(self) -> str:
        """The first folder, "" at the root."""
        return self.folder.partition("/")[0]

    @property
    def is_bundle(self) -> bool:
        """Whether the file is a leaf bundle's page."""
        return self.base == "index"

    def kind(self, keys: KeyTable) -> Kind:
        """Return what kind of page the file is."""
        if self.base != "_index":
            return "page"
        if not self.folder:
            return "home"
        return "term" if self.section in keys.taxonomies and "/" in self.folder else "section"


def logical_path(path: str, mounts: Sequence[Mount], languages: Sequence[str], default: str = "") -> LogicalPath:
    """Take a content path apart: its content directory goes, a suffix (`post.fr.md`) becomes the language.

    Without a suffix the language is that of the content directory; "" stands for the site's own, `default`.
    """
    mount = mount_of(path, mounts)
    inner = PurePosixPath(mount.inner(path) if mount else path)
    base, _, language = inner.stem.rpartition(".")
    if not base or (language := language.lower()) not in languages:
        base, language = inner.stem, mount.language if mount and mount.language != default else ""
    parent = str(inner.parent)
    return LogicalPath("" if parent == "." else parent, base, language)
