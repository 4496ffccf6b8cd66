"""The files of a Ghost site's content folder, and the addresses they have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from hugoconv.errors import UsageError
from hugoconv.report.findings import Findings
from hugoconv.systems.exports.media import MediaRules
from hugoconv.systems.given_files import ARCHIVES, ArchivedFiles, Files, FolderFiles, NoFiles

_FOLDERS = ("images", "media", "files")
_IN_CONTENT = re.compile(r"(?:.*/)?content/(?P<name>(?:images|media|files)/.+)")
_BARE = re.compile(r"(?:[^/]+/)?(?P<name>(?:images|media|files)/.+)")
_SIZED = re.compile(r"(?<=/images/)size/w\d+(?:h\d+)?/(?:format/\w+/)?")

MEDIA = MediaRules(
    paths=re.compile(r"/content/(?:images|media|files)/"),
    sizes=((_SIZED, ""),),
)


def content_of(source: Path, log: Findings) -> Files:
    """Return the files that come with an export: in its archive, or in the folder it is in."""
    if source.is_dir():
        for folder in (source / "content", source):
            if any((folder / name).is_dir() for name in _FOLDERS):
                return _ContentFolder(folder)
        archives = sorted(path for path in source.iterdir() if path.name.lower().endswith(ARCHIVES))
        return ArchivedFiles.of(archives, log, _name_of) if archives else NoFiles()
    return ArchivedFiles.of([source], log, _name_of) if source.suffix.lower() == ".zip" else NoFiles()


def content_at(path: Path, log: Findings) -> Files:
    """Return the files of a content folder, or of a folder that holds one, or of an archive; UsageError for neither."""
    if not path.exists():
        raise UsageError(f"importer.content: {path} does not exist")
    if path.is_dir():
        found = content_of(path, log)
        return found if found.is_given else FolderFiles(path)
    return ArchivedFiles.of([path], log, _name_of)


class _ContentFolder(FolderFiles):
    """A content folder, of which themes and settings are no media."""

    def names(self) -> Iterator[str]:
        """See `Files.names`."""
        return (name for name in super().names() if name.startswith(tuple(f"{each}/" for each in _FOLDERS)))


def _name_of(path: str) -> str:
    """Return the name below the content folder of a file in an archive."""
    known = _IN_CONTENT.fullmatch(path) or _BARE.fullmatch(path)
    return known["name"] if known else ""
