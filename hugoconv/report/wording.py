"""Numbers in words, the same in the terminal and on the report page."""

from __future__ import annotations


def plural(count: int, noun: str, several: str = "") -> str:
    """Return "1 post", "1,204 posts"; `several` where an "s" does not make the plural."""
    return f"{count:,} {noun if count == 1 else several or noun + 's'}"


def size_of(count: int) -> str:
    """Return a number of bytes as a person reads it: "512 B", "1.2 kB", "3.4 MB"."""
    if count < 1000:
        return f"{count} B"
    size = float(count)
    for unit in ("kB", "MB", "GB"):
        size /= 1000
        if size < 1000:
            return f"{size:.1f} {unit}"
    return f"{size / 1000:.1f} TB"
