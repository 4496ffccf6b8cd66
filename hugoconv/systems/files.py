"""Reading sites that are folders of text files: walking them, and making a post of a file."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from hugoconv.edits import newline_of
from hugoconv.errors import FrontMatterError
from hugoconv.frontmatter.dialects import Dialect
from hugoconv.frontmatter.document import FrontMatter
from hugoconv.frontmatter.fences import Parts
from hugoconv.migrate.manifest import FOLDER as MANIFEST_FOLDER
from hugoconv.migrate.plan import Copy, FileOp, Place, Write
from hugoconv.model import Asset, Post
from hugoconv.report.findings import Findings

NOT_PART_OF_A_SITE = frozenset({".git", ".hg", ".svn", "node_modules"})
"""Folders that are nobody's writing, whatever the system; each system adds its own build output."""


NAME_BYTES = 180
"""The longest file name that is made of a title or address, before dates, numbers and endings."""
DEVICES = frozenset({"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))})
"""What Windows does not take for a file, whatever its ending."""
_PORTABLE = re.compile(rf"[A-Za-z0-9_-]{{5,{NAME_BYTES}}}")
"""A name that is one everywhere, and longer than a device's."""


def walk(root: Path, left_out: Callable[[str], bool], log: Findings) -> Iterator[str]:
    """Yield the files below `root` as relative paths with `/`, sorted, without the folders that `left_out` names.

    Symbolic links that lead out of the site, or round in a circle, are not followed; each is a finding.
    """
    real_root = os.path.realpath(root)
    yield from _walk(real_root, "", left_out, log, (real_root,))


def _walk(
    folder: str, prefix: str, left_out: Callable[[str], bool], log: Findings, above: tuple[str, ...]
) -> Iterator[str]:
    with os.scandir(folder) as listing:
        entries = sorted(listing, key=lambda entry: entry.name)
    for entry in entries:
        if entry.name == MANIFEST_FOLDER:
            continue
        name = prefix + entry.name
        if entry.is_symlink():
            real = os.path.realpath(entry.path)
            if not real.startswith(above[0] + os.sep) or real in above or not Path(real).exists():
                log.add("HC110", file=name)
                continue
        if entry.is_dir():
            if not left_out(name):
                yield from _walk(entry.path, name + "/", left_out, log, (*above, os.path.realpath(entry.path)))
        elif entry.is_file():
            yield name
        else:
            log.add("HC630", file=name)


@dataclass(frozen=True, slots=True)
class PostFile:
    """A text file taken apart; `problem` says why it cannot be read ("" when it can), and then the rest is empty."""

    raw: bytes
    parts: Parts
    front_matter: FrontMatter
    problem: str = ""

    @property
    def body_line(self) -> int:
        """The line, from 1, at which the body starts."""
        return self.parts.body_line


def read_post_file(path: Path, name: str, dialect: Dialect, log: Findings) -> PostFile:
    """Read and split a file as `dialect` does; what cannot be read is a finding, and its bytes are kept."""
    with open(path, "rb", buffering=0) as opened:  # noqa: PTH123  (paths take twice as long, file by file)
        raw = opened.read()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        detail = f"byte {error.start}: {error.reason}"
        log.add("HC101", file=name, line=raw.count(b"\n", 0, error.start) + 1, detail=detail)
        return PostFile(raw, Parts("", "", "", "", ""), FrontMatter(dialect=dialect), f"not UTF-8 ({detail})")
    return split_post(text, raw, name, dialect, log)


def split_post(text: str, raw: bytes, name: str, dialect: Dialect, log: Findings) -> PostFile:
    """Take a post's text apart; front matter that `dialect` could not read is a finding at its line."""
    line = 0
    try:
        parts = dialect.split(text)
        line = parts.matter_line - 1
        newline = newline_of(parts.opening + parts.matter)
        front_matter = FrontMatter(parts.matter, parts.syntax or "yaml", dialect=dialect, newline=newline)
        front_matter.check()
    except FrontMatterError as error:
        log.add(
            "HC201",
            file=name,
            line=line + max(error.line, 1),
            column=error.column,
            detail=error.message,
            system=dialect.name.capitalize(),
        )
        return PostFile(raw, Parts("", "", "", "", ""), FrontMatter(dialect=dialect), error.message)
    return PostFile(raw, parts, front_matter)


def report_template_files(assets: Iterable[Asset], folder: PurePosixPath, log: Findings) -> None:
    """Name the files that only templates took in, and `folder`, where they are kept."""
    files = [str(asset.path) for asset in assets if asset.role == "asset" and not asset.is_for_readers]
    if files:
        log.add("HC406", count=len(files), folder=folder, files=files)


def as_it_is(post: Post, place: Place) -> FileOp:
    """Return what puts a post's file in its place, byte for byte."""
    if post.source.path is not None and post.source.raw is None:
        return Copy(place.path, post.source.path, post.source.label)
    raw = post.source.raw if post.source.raw is not None else post.text.encode()
    return Write(place.path, raw, post.source.raw, post.source.label)


def below(path: str, folder: str) -> bool:
    """Whether a relative path is `folder` or lies in it ("" is the root, which holds everything)."""
    return not folder or path == folder or path.startswith(folder + "/")


def without_prefix(path: str, folder: str) -> str:
    """Return a relative path as seen from `folder`, which holds it."""
    return path[len(folder) + 1 :] if folder else path


def portable_name(name: str) -> str:
    r"""Return a file name that every system can hold, without what leaves its folder; "." and ".." become nothing.

    Windows refuses `\\:*?"<>|`, blanks and dots at the end, and the names of its devices (`con.md`); no name is longer
    than 180 bytes, so that a date, a number and an ending still fit into 255.
    """
    if _PORTABLE.fullmatch(name):
        return name
    cleaned = "".join(character for character in name if character.isprintable() and character not in '/\\:*?"<>|')
    cut = cleaned.strip(" .").encode("utf-8", "ignore")[:NAME_BYTES].decode("utf-8", "ignore").strip(" .")
    stem, dot, rest = cut.partition(".")
    return f"{stem}_{dot}{rest}" if stem.upper() in DEVICES else cut


def suffix_of(path: str) -> str:
    """Return a path's ending in lower case, with its dot, "" for none."""
    name = path.rpartition("/")[2]
    dot = name.rfind(".")
    return name[dot:].lower() if 0 < dot < len(name) - 1 else ""
