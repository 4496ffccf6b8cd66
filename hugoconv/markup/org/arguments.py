"""What stands behind the name of an org keyword or block, and how far the lines of a block are indented."""

from __future__ import annotations

import re

_ATTRIBUTE = re.compile(r"(?:\A|\s+)(:[-\w]+)\s+", re.ASCII)


def outdented(line: str, most: int) -> str:
    """Return a line without the white space of its first so many characters."""
    return line[min(most, len(line) - len(line.lstrip())) :]


def header_of(header: str) -> tuple[str, dict[str, str]]:
    """Return the language of a block of code and its header arguments by their names."""
    said, *rest = header.split(" :")
    words = said.split()
    pairs = [part.partition(" ") for part in rest]
    if not words:
        # The first of the names takes the place of the language, as in go-org.
        return (f":{pairs[0][0]}", {}) if pairs else ("", {})
    return words[0], {name: value.strip() for name, _, value in pairs}


def attributes_of(value: str) -> dict[str, str]:
    """Return the attributes of `:width 300 :class big`."""
    names = [*_ATTRIBUTE.finditer(value)]
    if not names or names[0].start() > 0:
        return {}
    ends = [*(name.start() for name in names[1:]), len(value)]
    return {name[1].removeprefix(":"): value[name.end() : end].strip() for name, end in zip(names, ends, strict=True)}
