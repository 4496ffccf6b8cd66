"""The files that Hugo takes for content, and the post that the text of one makes."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from hugoconv.fields import KeyTable
from hugoconv.model import Body, Kind, Post, Source
from hugoconv.systems.files import PostFile, suffix_of
from hugoconv.systems.hugo.dialect import dialect_of

MARKUPS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".org": "org",
    ".adoc": "asciidoc",
    ".asciidoc": "asciidoc",
    ".ad": "asciidoc",
    ".rst": "rst",
    ".pandoc": "pandoc",
    ".pdc": "pandoc",
}
"""The file endings that Hugo takes for content, and the markup they say."""


def post_of(
    file: PostFile,
    path: str,
    source: Path | None,
    keys: KeyTable,
    kind: Kind,
    section: str,
    inherited: dict[str, object],
) -> Post:
    """Return the post that a content file's text makes."""
    return Post(
        front_matter=file.front_matter,
        body=Body(file.parts.body, dialect_of(MARKUPS.get(suffix_of(path), "markdown")), file.body_line),
        path=PurePosixPath(path),
        source=Source("hugo", path, source, raw=file.raw),
        keys=keys,
        kind=kind,
        type=section or "page",
        opening=file.parts.opening,
        closing=file.parts.closing,
        inherited=inherited,
        unreadable=file.problem,
    )
