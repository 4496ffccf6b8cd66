"""Pictures and other files: what came along, how large it is, what is missing and where it is mentioned."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from hugoconv.report.page.markup import code, details, line, more, section, table
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
_MISSING = ("HC401", "HC410", "HC420", "HC421", "HC430", "HC431")
"""Findings that name a file which is mentioned and not there."""
_SUMMARIES = ("HC402", "HC422", "HC424", "HC425", "HC427", "HC428", "HC429")
"""Findings that say in one sentence what became of many files."""
_MARKS = {
    "downloaded": "fetched from the old host",
    "renamed": "under another name",
    "unused": "used by no page",
}
_FILES_LISTED = 500


def files_section(report: Report) -> str:
    """Return the section of the files, "" when there are none and none is missing."""
    record = report.record
    count, size = record.files_by_folder.total(), record.bytes_by_folder.total()
    missing = [finding for finding in report.findings if finding.code in _MISSING]
    if not count and not missing:
        return ""
    parts = [_legend(report, len(missing))]
    parts += [f"<p>{line(each.message)}</p>" for each in report.findings if each.code in _SUMMARIES]
    if missing:
        rows = [
            (code(each.file + (f":{each.line}" if each.line else "")), line(each.message))
            for each in missing[:_FILES_LISTED]
        ]
        listing = table(("mentioned in", "what"), rows) + more(len(missing) - _FILES_LISTED, "missing files")
        parts.append(details(plural(len(missing), "missing file"), listing, is_open=True))
    thumbnails = list(_thumbnails(record.images))
    if thumbnails:
        parts.append(f'<div class="thumbnails">{"".join(thumbnails[:THUMBNAILS_SHOWN])}</div>')
    if rest := "".join(thumbnails[THUMBNAILS_SHOWN:]):
        parts.append(
            details(plural(len(thumbnails) - THUMBNAILS_SHOWN, "more picture"), f'<div class="thumbnails">{rest}</div>')
        )
    if record.marked:
        marked = [(code(each.path), _marks_of(each), size_of(each.size)) for each in record.marked[:_FILES_LISTED]]
        listing = table(("file", "what", "size"), marked, numbers=(2,)) + more(
            len(record.marked) - _FILES_LISTED, "files"
        )
        parts.append(details("Fetched, renamed or unused", listing))
    if record.duplicates:
        rows = [(code(old), code(kept)) for old, kept in record.duplicates[:_FILES_LISTED]]
        listing = table(("file on the old site", "the same bytes, kept"), rows)
        parts.append(details("Duplicates", listing + more(len(record.duplicates) - _FILES_LISTED, "files")))
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


def _legend(report: Report, missing: int) -> str:
    """Return how many files are missing, and of how many something is to be said; "" when there is nothing."""
    record = report.record
    rows = [(missing, '<span class="state lost">missing</span>')]
    rows += [(record.marks[mark], f'<span class="state {mark}">{label}</span>') for mark, label in _MARKS.items()]
    rows += [(len(record.duplicates), '<span class="state same">duplicates, kept once</span>')]
    shown = "".join(f"<li><b>{count:,}</b> {label}</li>" for count, label in rows if count)
    return f'<ul class="counts">{shown}</ul>' if shown else ""


def _marks_of(file: FileRecord) -> str:
    return ", ".join(f'<span class="state {mark}">{_MARKS[mark]}</span>' for mark in file.marks)


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
            f"<figcaption>{line(image.path.rpartition('/')[2])} {_marks_of(image)}</figcaption></figure>"
        )
