"""Ruby's two ways of matching names against patterns, which Jekyll uses for `exclude`, `include` and `defaults`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache


def fnmatch(pattern: str, path: str) -> bool:
    """Return whether `path` fits `pattern` as `File.fnmatch?` without flags says: `*` matches slashes too."""
    return fnmatchcase(path, _python_pattern(pattern))


def matches_ancestor(pattern: str, path: str) -> bool:
    """Return whether `path`, or a directory above it, is a path that `Dir.glob(pattern)` would find."""
    parts = path.split("/")
    return any(_matches_prefix(glob, parts) for glob in _globs(pattern))


@lru_cache(maxsize=1024)  # a site has few patterns, and each is asked about every file
def _globs(pattern: str) -> tuple[tuple[str, ...], ...]:
    """Return the components of each pattern that a pattern with braces stands for."""
    return tuple(tuple(part for part in glob.split("/") if part not in ("", ".")) for glob in _braces(pattern))


@lru_cache(maxsize=1024)
def _python_pattern(pattern: str) -> str:
    pattern = re.sub(r"\\(.)", lambda match: f"[{match[1]}]", pattern, flags=re.DOTALL)
    return pattern.replace("[^", "[!")


def _matches_prefix(glob: Sequence[str], parts: Sequence[str]) -> bool:
    """Walk the pattern's components, holding every number of path components that they can cover so far."""
    covered = {0}
    for component in glob:
        if component == "**":
            covered = {end for start in covered for end in range(start, _first_hidden(parts, start) + 1)}
        else:
            covered = {start + 1 for start in covered if start < len(parts) and _fits(component, parts[start])}
        if not covered:
            return False
    return bool(covered)


def _first_hidden(parts: Sequence[str], start: int) -> int:
    return next((index for index in range(start, len(parts)) if parts[index].startswith(".")), len(parts) - 1)


def _fits(component: str, name: str) -> bool:
    if name.startswith(".") and not component.startswith("."):
        return False
    return fnmatch(component, name)


def _braces(pattern: str) -> Iterator[str]:
    """Yield the patterns that `{a,b}` stands for; nested braces inside out, at most 256 of them."""
    pending = [pattern]
    made = 0
    while pending and made < 256:
        current = pending.pop(0)
        match = re.search(r"\{([^{}]*)\}", current)
        if match is None:
            made += 1
            yield current
        else:
            pending.extend(current[: match.start()] + choice + current[match.end() :] for choice in match[1].split(","))
