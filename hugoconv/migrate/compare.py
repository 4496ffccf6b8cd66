"""Did everything of an old site arrive in the new one: posts and their fields, words, mentions and files."""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from hugoconv.migrate.counterparts import Difference, PostSummary, counterparts, differences, summary_of
from hugoconv.migrate.mentions import mentions, missing_mentions
from hugoconv.migrate.named import Named
from hugoconv.migrate.prose import missing_words, words
from hugoconv.model import Post, Role, Site
from hugoconv.report.findings import Findings

CARRIED: frozenset[Role] = frozenset({"static", "media", "asset", "layout", "template", "other"})
"""The roles of files that must arrive with the same bytes; data and configuration are written anew for the target."""
ASPECTS = ("posts", "titles", "dates", "status", "terms", "URLs", "words", "links", "files")
WORDS_SHOWN = 8
_NOT_CONTENT = frozenset({".git", ".hg", ".svn", "node_modules", ".hugoconv", ".jekyll-cache", ".sass-cache"})


@dataclass(slots=True)
class Tally:
    """How much of one kind the old site has, and how much of it the new one lacks: in all, and named by the report."""

    old: int = 0
    missing: int = 0
    named: int = 0


@dataclass
class Comparison:
    """The new site looked through for everything of the old one."""

    old: Site
    new: Site
    log: Findings
    tallies: dict[str, Tally] = field(default_factory=lambda: {aspect: Tally() for aspect in ASPECTS})

    def run(self) -> None:
        """Compare everything; what is missing is recorded and counted."""
        named = Named(self.new.root)
        old, unreadable = _summaries(self.old)
        new, carried = _summaries(self.new)
        self._compare_posts(old, new, named)
        self._compare_files(unreadable, [path for _, path in carried], named)

    # Posts

    def _compare_posts(self, old: Sequence[PostSummary], new: Sequence[PostSummary], named: Named) -> None:
        ends = _ends(old)
        for post, counterpart in counterparts(old, new):
            found = list(differences(post, counterpart))
            if counterpart is not None:
                found += self._texts(post, counterpart)
            self._count(post)
            name, _, _ = post.label.rpartition(":") if post.line else (post.label, "", "")
            for difference in found:
                codes = named.codes(difference.aspect, post.label, name, post.line, ends.get(post.label, 0))
                self._record(difference, codes)

    def _count(self, post: PostSummary) -> None:
        counts = {"posts": 1, "titles": bool(post.title), "dates": post.date is not None, "status": 1}
        counts["terms"] = sum(len(names) for names in post.terms.values())
        counts["URLs"] = (bool(post.address) + len(post.aliases)) if post.public else 0
        for aspect, count in counts.items():
            self.tallies[aspect].old += count

    def _texts(self, old: PostSummary, new: PostSummary) -> Iterator[Difference]:
        """Compare the two texts; the posts are read again, so that no more than two are held."""
        before, after = self.old.posts[old.number], self.new.posts[new.number]
        self.tallies["links"].old += sum(mentions(before).values())
        self.tallies["words"].old += sum(words(before.body.text, before.source.system).values())
        said = after.front_matter.matter + after.body.text
        lost = missing_words(before.body.text, before.source.system, said, after.source.system)
        if lost:
            shown = ", ".join(repr(word) for word in lost[:WORDS_SHOWN]) + (" ..." if len(lost) > WORDS_SHOWN else "")
            details = {"count": len(lost), "words": shown, "old": old.label}
            yield Difference("words", "HC534", new.label, details, len(lost))
        for name in missing_mentions(before, after):
            yield Difference("links", "HC535", new.label, {"target": name, "old": old.label})

    def _record(self, difference: Difference, codes: Sequence[str]) -> None:
        tally = self.tallies[difference.aspect]
        tally.missing += difference.count
        if not codes:
            self.log.extend([difference.finding])
            return
        tally.named += difference.count
        self.log.add("HC539", file=difference.file, what=difference.finding.message, codes=", ".join(codes))

    # Files

    def _compare_files(self, unreadable: Sequence[tuple[str, Path]], carried: Iterable[Path], named: Named) -> None:
        """Look for each file's bytes, under whatever name; also for those that the old site's reader passed over."""
        assets = [(str(asset.path), asset.source) for asset in self.old.assets if asset.role in CARRIED]
        wanted = [*assets, *self._passed_over()]
        files = _FilesByContent([*(asset.source for asset in self.new.assets), *carried])
        self.tallies["files"].old = len(wanted)
        self.tallies["posts"].old += len(unreadable)
        for aspect, each in (("files", wanted), ("posts", unreadable)):
            for name, path in each:
                if path not in files:
                    self._record(Difference(aspect, "HC410", name, {"path": name}), named.codes(aspect, name))

    def _passed_over(self) -> Iterator[tuple[str, Path]]:
        """Yield the files of an old site's folder that its reader took for nothing at all."""
        root = self.old.root
        if not root.is_dir() or self.old.units is None or self.old.media is not None:
            return
        known = {str(asset.path) for asset in self.old.assets}
        known |= {self.old.units.name(index) for index in range(len(self.old.units))}
        left_out = frozenset(self.old.left_out)
        for folder, folders, files in os.walk(root):
            inside = Path(folder).relative_to(root)
            folders[:] = sorted(
                name for name in folders if name not in _NOT_CONTENT and (inside / name).as_posix() not in left_out
            )
            for name in sorted(files):
                path = Path(folder, name)
                if (inside / name).as_posix() not in known and path.is_file() and not path.is_symlink():
                    yield (inside / name).as_posix(), path


def _ends(posts: Sequence[PostSummary]) -> dict[str, int]:
    """Return the line at which the item after each one starts, by label."""
    lines: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for post in posts:
        if post.line:
            lines[post.label.rpartition(":")[0]].append((post.line, post.label))
    found: dict[str, int] = {}
    for starts in lines.values():
        starts.sort()
        found.update({label: following for (_, label), (following, _) in pairwise(starts)})
    return found


def _summaries(site: Site) -> tuple[list[PostSummary], list[tuple[str, Path]]]:
    """Return what is to be compared of the posts, and the files of those that cannot be read."""
    posts: list[PostSummary] = []
    unreadable: list[tuple[str, Path]] = []
    for number, post in _numbered(site):
        if not post.unreadable:
            posts.append(summary_of(post, site.info, number))
        elif post.source.path is not None:
            unreadable.append((post.source.label, post.source.path))
    return posts, unreadable


def _numbered(site: Site) -> Iterator[tuple[int, Post]]:
    """Yield the posts with their numbers; an item that cannot be read has a number and no post."""
    for number in range(len(site.posts)):
        post = site.posts[number]
        if post is not None:
            yield number, post


class _FilesByContent:
    """Files known by their bytes; only those of a size that is asked for are read."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._by_size: dict[int, list[Path]] = defaultdict(list)
        for path in paths:
            self._by_size[path.stat().st_size].append(path)
        self._digests: dict[int, set[bytes]] = {}

    def __contains__(self, path: Path) -> bool:
        size = path.stat().st_size
        if size not in self._by_size:
            return False
        if size not in self._digests:
            self._digests[size] = {_digest(each) for each in self._by_size[size]}
        return _digest(path) in self._digests[size]


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
