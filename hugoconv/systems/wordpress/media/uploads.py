"""The files of `wp-content/uploads`: a folder or an archive of it that stands beside the export."""

from __future__ import annotations

import re
from pathlib import Path

from hugoconv.report.findings import Findings
from hugoconv.systems.archives import ARCHIVES, ArchivedFiles, Files, FolderFiles, NoFiles

_BELOW_UPLOADS = re.compile(r"(?:.*/)?uploads/(?P<name>.+)")
_DATED = re.compile(r"(?:.*/)?(?P<name>(?:sites/[0-9]+/)?[0-9]{4}/[0-9]{2}/.+)")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def uploads_beside(source: Path, log: Findings) -> Files:
    """Return the uploads in a folder that holds an export: `wp-content/uploads`, `uploads`, years, or archives."""
    for name in ("wp-content/uploads", "uploads"):
        if (source / name).is_dir():
            return FolderFiles(source / name)
    if any(_YEAR.fullmatch(path.name) for path in source.iterdir() if path.is_dir()):
        return FolderFiles(source)
    archives = sorted(path for path in source.iterdir() if path.name.lower().endswith(ARCHIVES))
    return ArchivedFiles.of(archives, log, _below_uploads) if archives else NoFiles()


def uploads_at(path: Path, log: Findings) -> Files:
    """Return the uploads in a folder, which is theirs or holds `wp-content/uploads`, or in an archive."""
    if path.is_dir():
        inner = uploads_beside(path, log)
        return inner if inner.is_given else FolderFiles(path)
    return ArchivedFiles.of([path], log, _below_uploads)


def _below_uploads(path: str) -> str:
    """Return the path below the uploads of a file in an archive, as hosts and backup plug-ins make it."""
    known = _BELOW_UPLOADS.fullmatch(path) or _DATED.fullmatch(path)
    return known["name"] if known else ""
