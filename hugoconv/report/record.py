"""What a run remembers for its report beside the findings: small for any number of posts."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Container
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from hugoconv.report.inventory import Inventory

POSTS_KEPT = 20_000
"""Beyond this many posts only those whose address needs a look are remembered one by one."""
IMAGES_KEPT = 400
MARKED_KEPT = 1000
LARGEST_KEPT = 20
SAMPLES_KEPT = {"failed": 20, "warned": 10, "chosen": 10, "longest": 3}
"""How many posts are shown before and after, by why they were taken."""

Address = Literal["same", "alias", "redirect", "lost", "unpublished", "unknown"]
Fate = Literal["exact", "converted", "warned", "failed"]
Why = Literal["failed", "warned", "chosen", "longest"]
Mark = Literal["downloaded", "renamed", "unused"]
"""What can be said of a file that came along: fetched from the old host, under another name, named by no page."""


@dataclass(frozen=True, slots=True)
class PostRecord:
    """What became of one post; a number of words is -1 when nobody can tell."""

    label: str
    title: str
    path: str
    outcome: str
    fate: Fate
    old_url: str
    new_url: str
    address: Address
    words_before: int
    words_after: int


@dataclass(frozen=True, slots=True)
class Sample:
    """A post before and after: front matter and body of both, cut when very long."""

    label: str
    title: str
    path: str
    why: Why
    front_before: str
    front_after: str
    body_before: str
    body_after: str
    shown_before: str
    shown_after: str
    """The bodies as readable text: without constructs, in their markup."""
    markup_before: str
    markup_after: str
    size: int


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file that is not a post: where it went, and where its bytes are now ("" when nowhere by themselves)."""

    path: str
    source: str
    size: int
    outcome: str
    marks: tuple[Mark, ...] = ()


@dataclass(slots=True)
class Record:
    """What a run, or a part of it, remembers; parts are merged in source order."""

    before: Inventory = field(default_factory=Inventory)
    after: Inventory = field(default_factory=Inventory)
    fates: Counter[str] = field(default_factory=Counter)
    addresses: Counter[str] = field(default_factory=Counter)
    keys: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Front matter keys before and after, as pairs: ("", new) was added, (old, "") is gone."""
    posts: list[PostRecord] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    bytes_by_folder: Counter[str] = field(default_factory=Counter)
    files_by_folder: Counter[str] = field(default_factory=Counter)
    largest: list[tuple[int, str]] = field(default_factory=list)
    images: list[FileRecord] = field(default_factory=list)
    marks: Counter[str] = field(default_factory=Counter)
    marked: list[FileRecord] = field(default_factory=list)
    """Files that came along and of which something is to be said."""
    duplicates: list[tuple[str, str]] = field(default_factory=list)
    """Addresses of files that are another one's copy, each with the address of the one that was kept."""

    def add_post(self, post: PostRecord) -> None:
        """Remember what became of a post."""
        self.fates[post.fate] += 1
        self.addresses[post.address] += 1
        if len(self.posts) < POSTS_KEPT or post.address == "lost":
            self.posts.append(post)

    def add_sample(self, sample: Sample) -> None:
        """Remember a post before and after, if there is room for one of its kind; the longest ones push out others."""
        same = [each for each in self.samples if each.why == sample.why]
        if len(same) >= SAMPLES_KEPT[sample.why]:
            smallest = min(same, key=lambda each: each.size)
            if sample.why != "longest" or smallest.size >= sample.size:
                return
            self.samples.remove(smallest)
        self.samples.append(sample)

    def has_room(self, why: Why, size: int) -> bool:
        """Whether a post of this size would be shown for a reason: the longest ones push out others."""
        same = [each.size for each in self.samples if each.why == why]
        return len(same) < SAMPLES_KEPT[why] or (why == "longest" and size > min(same))

    def add_file(self, file: FileRecord, *, is_image: bool) -> None:
        """Remember a file."""
        folder = "/".join(file.path.split("/")[:2]) if file.path.count("/") > 1 else file.path.rpartition("/")[0]
        self.files_by_folder[folder or "."] += 1
        self.bytes_by_folder[folder or "."] += file.size
        heapq.heappush(self.largest, (file.size, file.path))
        if len(self.largest) > LARGEST_KEPT:
            heapq.heappop(self.largest)
        if is_image and len(self.images) < IMAGES_KEPT:
            self.images.append(file)
        self.marks.update(file.marks)
        if file.marks and len(self.marked) < MARKED_KEPT:
            self.marked.append(file)

    def answer(self, answers: Container[str]) -> None:
        """Take addresses that seemed lost for redirects, where something answers there."""
        for number, post in enumerate(self.posts):
            if post.address in ("lost", "unknown") and post.old_url and post.old_url in answers:
                self.addresses[post.address] -= 1
                self.addresses["redirect"] += 1
                self.posts[number] = replace(post, address="redirect")

    def merge(self, other: Record) -> None:
        """Add what a later part of the run remembers."""
        self.before.merge(other.before)
        self.after.merge(other.after)
        self.keys.update(other.keys)
        for post in other.posts:
            self.add_post(post)
        for sample in other.samples:
            self.add_sample(sample)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return {
            "fates": dict(self.fates),
            "addresses": dict(self.addresses),
            "pages": [asdict(post) for post in self.posts],
            "before": self.before.to_dict(),
            "after": self.after.to_dict(),
            "keys": [{"before": old, "after": new, "posts": count} for (old, new), count in self.keys.most_common()],
            "folders": [
                {"folder": folder, "files": count, "bytes": self.bytes_by_folder[folder]}
                for folder, count in sorted(self.files_by_folder.items())
            ],
            "marked_files": [
                {"path": file.path, "marks": list(file.marks), "bytes": file.size} for file in self.marked
            ],
            "duplicate_files": [{"old": old, "kept": kept} for old, kept in self.duplicates],
            "largest_files": [{"path": path, "bytes": size} for size, path in sorted(self.largest, reverse=True)],
            "samples": [asdict(sample) for sample in self.samples],
        }
