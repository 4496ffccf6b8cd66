"""The way back: a site that was made from another system's becomes that again, byte for byte where nobody edited it.

The manifest of the first run says of each file from which file, and from which bytes, it was made. A file that still
has the digest it was written with is restored to those bytes at its old path. What was edited since is converted like
any other file, to the path it came from. What the first run made up (a configuration, layouts, lists) is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from hugoconv.migrate.digest import digest_of
from hugoconv.migrate.manifest import Made, Manifest
from hugoconv.migrate.plan import Copy, FileOp, Place, Write
from hugoconv.model import Post, PostSource
from hugoconv.report.findings import Findings


@dataclass
class WayBack:
    """Answers for the files of the site at `root`, which an earlier run made from a site of the target's system."""

    root: Path
    manifest: Manifest
    made: dict[str, Made] = field(repr=False)
    """What was made from a file of the target's system, by path."""

    @classmethod
    def of(cls, root: Path, units: PostSource, target: str) -> WayBack | None:
        """Return the way back of a site to a system, None when no post of it was made from that system's."""
        if not root.is_dir():
            return None
        manifest = Manifest(root)
        made = {path: each for path, each in manifest.made.items() if each.system == target}
        known = made and any(units.name(index) in made for index in range(len(units)))
        return cls(root, manifest, made) if known else None

    # Posts

    def is_made_up(self, post: Post) -> bool:
        """Whether the first run wrote a post without a source, and nobody edited it: the old site has no such page."""
        made = self.manifest.made.get(post.source.name)
        if made is None or made.source or post.edited or post.source.raw is None:
            return False
        return digest_of((post.source.raw,)) == made.digest

    def place(self, post: Post, place: Place) -> Place:
        """Return where a post goes: to the file it was made from, if it was."""
        made = self.made.get(post.source.name)
        return replace(place, path=PurePosixPath(made.source), identity="") if made else place

    def restored(self, post: Post, place: Place, log: Findings) -> FileOp | None:
        """Return the operation that restores the file that a post was made from; None when it is to be converted."""
        made = self.made.get(post.source.name)
        if made is None or post.source.raw is None:
            return None
        if post.edited or digest_of((post.source.raw,)) != made.digest:
            log.add("HC646", file=post.source.label, path=made.source)
            return None
        data = post.source.raw if made.original == made.digest else self.manifest.original(made.original)
        if data is None:
            log.add("HC647", file=post.source.label, path=made.source)
            return None
        return Write(place.path, data, data, post.source.label)

    # Everything else

    def finish(self, units: PostSource, operations: Iterable[FileOp], log: Findings) -> Iterator[FileOp]:
        """Yield what restores the files that are no posts, and of the exporter's `operations` those for other files."""
        posts = {units.name(index) for index in range(len(units))}
        converted: set[str] = set()
        missing: set[str] = set()
        for path, made in self.made.items():
            if not (self.root / path).is_file():
                missing.add(made.source)
                log.add("HC645", file=path, path=made.source)
            elif path not in posts:
                operation = self._restored_file(made, log)
                if operation is None:
                    converted.add(path)
                else:
                    yield operation
        self._report_lost_edits(log)
        for operation in operations:
            if not operation.origin:
                if str(operation.path) in missing:
                    yield operation
            elif operation.origin in converted:
                yield replace(operation, path=PurePosixPath(self.made[operation.origin].source))
            elif operation.origin not in self.manifest.made:
                yield operation

    def _restored_file(self, made: Made, log: Findings) -> FileOp | None:
        """Return the operation that restores a file which is no post; None when it is to be converted."""
        path, source = self.root / made.path, PurePosixPath(made.source)
        if digest_of((path.read_bytes(),)) != made.digest:
            log.add("HC646", file=made.path, path=made.source)
            return None
        if made.original == made.digest:
            return Copy(source, path, made.path)
        data = self.manifest.original(made.original)
        if data is None:
            log.add("HC647", file=made.path, path=made.source)
            return None
        return Write(source, data, data, made.path)

    def _report_lost_edits(self, log: Findings) -> None:
        """Name the files that the first run made up and somebody edited since."""
        for path, made in self.manifest.made.items():
            file = self.root / path
            if not made.source and file.is_file() and digest_of((file.read_bytes(),)) != made.digest:
                log.add("HC648", file=path)
