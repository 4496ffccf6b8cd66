"""Pictures and other files: what came along, how large it is, what is missing and where it is mentioned."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from hugoconv.report.page.markup import code, details, line, section, table
from hugoconv.report.record import FileRecord
from hugoconv.report.report import Report
from hugoconv.report.wording import plural, size_of

THUMBNAIL_BYTES = 60_000
"""A larger picture is named and not shown."""
ALL_THUMBNAILS_BYTES = 900_000
_TYPES = {
    ".jpg": "jpeg", ".jpeg": "jpeg", ".png": "png", ".gif": "gif", ".webp": "webp", ".avif": "avif", ".svg": "svg+xml",
}  # fmt: skip
_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"<svg", b"<?xml", b"\x00\x00\x00")
"""How pictures that a browser shows begin."""
THUMBNAILS_SHOWN = 24
_MISSING = ("HC401", "HC410", "HC430", "HC431")
"""Findings that name a file which is mentioned and not there."""


def files_section(report: Report) -> str:
    """Return the section of the files, "" when there are none and none is missing."""
    record = report.record
    count, size = record.files_by_folder.total(), record.bytes_by_folder.total()
    missing = [finding for finding in report.findings if finding.code in _MISSING]
    if not count and not missing:
        return ""
    parts = []
    if missing:
        rows = [
            (code(each.file + (f":{each.line}" if each.line else "")), line(each.message)) for each in missing[:500]
        ]
        parts.append(
            details(f"{plural(len(missing), 'missing file')}", table(("mentioned in", "what"), rows), is_open=True)
        )
    thumbnails = list(_thumbnails(record.images))
    if thumbnails:
        parts.append(f'<div class="thumbnails">{"".join(thumbnails[:THUMBNAILS_SHOWN])}</div>')
    if rest := "".join(thumbnails[THUMBNAILS_SHOWN:]):
        parts.append(
            details(plural(len(thumbnails) - THUMBNAILS_SHOWN, "more picture"), f'<div class="thumbnails">{rest}</div>')
        )
    if count:
        folders = [
            (code(folder), f"{record.files_by_folder[folder]:,}", size_of(record.bytes_by_folder[folder]))
            for folder in sorted(record.files_by_folder, key=lambda each: -record.bytes_by_folder[each])
        ]
        parts.append(details("By folder", table(("folder", "files", "size"), folders[:60], numbers=(1, 2))))
        largest = [(code(path), size_of(bytes_)) for bytes_, path in sorted(record.largest, reverse=True) if bytes_]
        if largest:
            parts.append(details("The largest", table(("file", "size"), largest, numbers=(1,))))
    return section("files", "Pictures and files", "".join(parts), f"{plural(count, 'file')}, {size_of(size)}.")


def _thumbnails(images: list[FileRecord]) -> Iterator[str]:
    left = ALL_THUMBNAILS_BYTES
    for image in images:
        kind = _TYPES.get(PurePosixPath(image.path).suffix.lower())
        if kind is None or not image.source or not 0 < image.size <= min(THUMBNAIL_BYTES, left):
            continue
        try:
            data = Path(image.source).read_bytes()
        except OSError:
            continue
        if not data.startswith(_SIGNATURES):  # a file of another kind, whatever its name says
            continue
        left -= len(data)
        encoded = base64.b64encode(data).decode()
        yield (
            f'<figure class="row"><img src="data:image/{kind};base64,{encoded}" alt="" loading="lazy">'
            f"<figcaption>{line(image.path.rpartition('/')[2])}</figcaption></figure>"
        )
