"""The files of `wp-content/uploads`: a folder or an archive of it that stands beside the export."""

from __future__ import annotations

import re
from pathlib import Path

from hugoconv.report.findings import Findings
from hugoconv.systems.given_files import ARCHIVES, ArchivedFiles, Files, FolderFiles, NoFiles

_BELOW_UPLOADS = re.compile(r"(?:.*/)?uploads/(?P<name>.+)")
_DATED = re.compile(r"(?:.*/)?(?P<name>(?:sites/[0-9]+/)?[0-9]{4}/[0-9]{2}/.+)")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_NAMED_AS_UPLOADS = re.compile(r"(?:wp-content|.*\buploads|media-export)(?![a-z])")
"""Archives of uploads as people, backup plug-ins and WordPress.com (media-export-...) name them."""


def uploads_in(folder: Path, log: Findings) -> Files:
    """Return the uploads in a folder that holds an export: `wp-content/uploads`, `uploads`, years, or archives."""
    named = uploads_beside(folder, log)
    if isinstance(named, FolderFiles):
        return named
    if any(_YEAR.fullmatch(path.name) for path in folder.iterdir() if path.is_dir()):
        return FolderFiles(folder)
    archives = _archives_in(folder)
    return ArchivedFiles.of(archives, log, _below_uploads) if archives else NoFiles()


def uploads_beside(folder: Path, log: Findings) -> Files:
    """Return the uploads in a folder where an export file lies among other things: only what is named as uploads."""
    for name in ("wp-content/uploads", "uploads"):
        if (folder / name).is_dir():
            return FolderFiles(folder / name)
    archives = [path for path in _archives_in(folder) if _NAMED_AS_UPLOADS.match(path.name.lower())]
    return ArchivedFiles.of(archives, log, _below_uploads) if archives else NoFiles()


def _archives_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name.lower().endswith(ARCHIVES) and path.is_file())


def uploads_at(path: Path, log: Findings) -> Files:
    """Return the uploads in a folder, which is theirs or holds `wp-content/uploads`, or in an archive."""
    if path.is_dir():
        inner = uploads_in(path, log)
        return inner if inner.is_given else FolderFiles(path)
    return ArchivedFiles.of([path], log, _below_uploads)


def _below_uploads(path: str) -> str:
    """Return the path below the uploads of a file in an archive, as hosts and backup plug-ins make it."""
    known = _BELOW_UPLOADS.fullmatch(path) or _DATED.fullmatch(path)
    return known["name"] if known else ""
