"""The sites and exports that the arguments of a proof name: each one itself, or folders of them at any depth."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hugoconv.errors import HugoconvError
from hugoconv.systems import detect

SURE = 50
"""A folder that looks less than this like a site is taken for a folder of sites."""
EXPORT_ENDINGS = frozenset({".xml", ".wxr"})
"""Files that are taken for exports however damaged they are."""
NO_SITES = frozenset({".git", ".hugoconv", "node_modules"})


def sources(path: Path, *systems: str) -> Iterator[tuple[Path, str]]:
    """Yield the sites and exports that a path names, each with its system; with `systems` only theirs."""
    system, score = _detected(path)
    is_source = score >= SURE or (path.is_file() and path.suffix in EXPORT_ENDINGS)
    if is_source and not (path.is_dir() and _holds_sources(path, system)):
        if not systems or system in systems:
            yield path, system
    elif path.is_dir() and path.name not in NO_SITES:
        for child in sorted(path.iterdir()):
            yield from sources(child, *systems)


def named_files(path: Path, *systems: str) -> Iterator[tuple[Path, str]]:
    """Yield the single files below folders whose names end with their system's, such as `17-hugo`."""
    for folder in sorted(path.glob("*-*")):
        system = folder.name.rpartition("-")[2]
        if folder.is_dir() and system in systems and _detected(folder)[1] < SURE:
            yield from ((file, system) for file in sorted(folder.iterdir()) if file.is_file())


def _detected(path: Path) -> tuple[str, int]:
    try:
        system, match = detect(path)
    except HugoconvError:
        return "", 0
    return system, match.score


def _holds_sources(folder: Path, system: str) -> bool:
    """Whether a folder is one source of its system only because files in it are, each of which is one by itself."""
    matches = (_detected(file) for file in folder.iterdir() if file.is_file())
    return any(found == system and score >= SURE for found, score in matches)
