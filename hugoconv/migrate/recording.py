"""Noting what became of each post, as the report wants it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from hugoconv.errors import FrontMatterError, HugoconvError
from hugoconv.frontmatter.dates import parse_iso
from hugoconv.frontmatter.yaml import writer as yaml
from hugoconv.migrate.describe import field_of, without_constructs
from hugoconv.migrate.plan import Copy, FileOp, Place, Write
from hugoconv.migrate.redirects import bare
from hugoconv.model import Post
from hugoconv.report.findings import Finding
from hugoconv.report.record import Address, Fate, FileRecord, Mark, PostRecord, Record, Sample, Why
from hugoconv.systems import importers

SAMPLE_CHARACTERS = 12_000
"""Of a longer text only the beginning is shown in a report."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?=-)")
IMAGE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp", ".ico"})


@dataclass(frozen=True, slots=True)
class Written:
    """What one post's file became: the operation that wrote it, and the outcome."""

    operation: FileOp
    outcome: str


class Recorder:
    """Notes posts in a Record; it reads what was written as the target system would, where that can be read."""

    def __init__(self, target: str, *, wanted: bool) -> None:
        self.record = Record()
        self._wanted = wanted
        self._words = -1
        self._importer: Any = importers.load(target) if target in importers else None

    def read(self, post: Post) -> None:
        """Count a post as the source has it, before transforms change it or leave it out."""
        if self._wanted:
            self._words = self.record.before.add(post, references=False)

    def note(self, post: Post, place: Place, written: Written | None, findings: list[Finding], *, chosen: bool) -> None:
        """Note a post: where it went, what was written (None: no file of its own), and whether it is to be shown."""
        if not self._wanted:
            return
        exact = written is not None and _is_exact(post, written.operation)
        after = post if exact else self._written_post(post, place, written)
        words_before, self._words = self._words, -1  # of several posts made of one, the first is compared with it
        words_after = -1
        if after is not None:
            words_after = self.record.after.add(after, references=False)
            self.record.keys.update(_keys(post, after))
        fate = _fate(exact, written, findings)
        self.record.add_post(
            PostRecord(
                label=post.source.label,
                title=field_of(post, "title") or "",
                path=str(place.path),
                outcome=written.outcome if written else "",
                fate=fate,
                old_url=_old_address(post),
                new_url=place.url,
                address=_address(post, place, after),
                words_before=words_before,
                words_after=words_after,
            )
        )
        size = len(post.body.text)
        reasons: list[tuple[Why, bool]] = [
            ("failed", fate == "failed"),
            ("warned", fate == "warned"),
            ("chosen", chosen),
            ("longest", True),
        ]
        why = next((why for why, applies in reasons if applies and self.record.has_room(why, size)), None)
        if why is not None and not exact:
            self.record.add_sample(_sample(post, place, after, written, why))

    def note_failure(self, name: str) -> None:
        """Note a unit of the source that did not become a post."""
        if not self._wanted:
            return
        self.record.add_post(PostRecord(name, "", "", "failed", "failed", "", "", "unknown", -1, -1))

    def _written_post(self, before: Post, place: Place, written: Written | None) -> Post | None:
        """Return what was written as the target reads it, None when nobody can."""
        read = getattr(self._importer, "post_from_text", None)
        if read is None or written is None or not isinstance(written.operation, Write):
            return None
        try:
            post: Post = read(written.operation.data.decode())
        except (HugoconvError, UnicodeDecodeError):
            return None
        if day := _DAY.match(place.path.name):  # which an exporter leaves out where the target reads it from the name
            post.inherited.setdefault("date", parse_iso(day[0]))
        post.keys = replace(post.keys, taxonomies={**before.keys.taxonomies, **post.keys.taxonomies})
        return post


def note_file(record: Record, operation: FileOp, outcome: str, marks: Sequence[Mark] = ()) -> None:
    """Note a file that is not a post, and what is to be said of it."""
    size = len(operation.data) if isinstance(operation, Write) else 0
    source = ""
    if isinstance(operation, Copy):
        source, size = str(operation.source), operation.source.stat().st_size if operation.source.exists() else 0
    is_image = PurePosixPath(operation.path).suffix.lower() in IMAGE_SUFFIXES
    record.add_file(FileRecord(str(operation.path), source, size, outcome, tuple(marks)), is_image=is_image)


def _fate(exact: bool, written: Written | None, findings: list[Finding]) -> Fate:
    severities = {finding.severity for finding in findings}
    if "error" in severities or (written is not None and written.outcome == "failed"):
        return "failed"
    if "warning" in severities:
        return "warned"
    return "exact" if exact else "converted"


def _is_exact(post: Post, operation: FileOp) -> bool:
    if isinstance(operation, Write):
        return post.source.raw is not None and operation.data == post.source.raw
    return isinstance(operation, Copy)


def _old_address(post: Post) -> str:
    """Return the address of a post on the old site; of a site without pretty ones, the first that leads to it."""
    return post.address or next(iter(post.old_addresses), "")


def _address(post: Post, place: Place, after: Post | None) -> Address:
    """Say whether the old address of a post goes on to lead to it."""
    if not _old_address(post) or not place.url:
        return "unknown"
    old = bare(_old_address(post))
    if old == bare(place.url):
        return "same"
    if field_of(post, "status") not in (None, "published"):
        return "unpublished"
    if after is None:
        return "unknown"
    return "alias" if old in map(bare, field_of(after, "aliases") or ()) else "lost"


def _keys(before: Post, after: Post) -> Iterator[tuple[str, str]]:
    """Yield the front matter keys of a post as pairs: before and after, "" for a key that is not there."""
    left = {key.lower(): key for key in after.front_matter}
    gone = []
    for key in before.front_matter:
        same = left.pop(key.lower(), None)
        if same is None:
            gone.append(key)
        else:
            yield key, same
    for key in gone:
        yield key, left.pop(_renamed(key, before, after).lower(), "")
    yield from (("", key) for key in left.values())


def _renamed(key: str, before: Post, after: Post) -> str:
    """Return the key under which the field of `key` stands now, "" when there is none."""
    for name in before.keys.names():
        row, new = before.keys.row(name), after.keys.row(name)
        if row and new and key in before.keys.written_keys(before.front_matter, row):
            return next(iter(after.keys.written_keys(after.front_matter, new)), "")
    return ""


def _sample(post: Post, place: Place, after: Post | None, written: Written | None, why: Why) -> Sample:
    front_before, body_before = _source_halves(post)
    front_after, body_after = "", ""
    if after is not None:
        front_after, body_after = after.front_matter.matter, after.body.text
    elif written is not None and isinstance(written.operation, Write):
        body_after = written.operation.data.decode(errors="replace")
    return Sample(
        label=post.source.label,
        title=field_of(post, "title") or "",
        path=str(place.path),
        why=why,
        front_before=_cut(front_before),
        front_after=_cut(front_after),
        body_before=_cut(body_before),
        body_after=_cut(body_after),
        shown_before=_cut(without_constructs(post)),
        shown_after=_cut(without_constructs(after)) if after is not None else "",
        markup_before=post.body.dialect.markup,
        markup_after=after.body.dialect.markup if after is not None else "",
        size=len(post.body.text),
    )


def _source_halves(post: Post) -> tuple[str, str]:
    """Return front matter and body as they stand in the source; an item of an export has its values for the first."""
    if post.source.raw is None:
        return post.front_matter.matter or yaml.write(post.front_matter), post.body.text
    text = post.source.raw.decode(errors="replace")
    try:
        parts = post.front_matter.dialect.split(text)
    except FrontMatterError:
        return "", text
    return parts.matter, parts.body


def _cut(text: str) -> str:
    more = len(text) - SAMPLE_CHARACTERS
    return text if more <= 0 else f"{text[:SAMPLE_CHARACTERS]}\n[{more:,} more characters]"
