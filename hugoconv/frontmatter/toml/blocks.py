"""The later rungs of TOML's ladder: tomlkit edits one top-level key's block, which is spliced back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from hugoconv.edits import newline_of
from hugoconv.frontmatter.syntax import KeyPath
from hugoconv.frontmatter.toml.layout import runs
from hugoconv.frontmatter.toml.tree import Node


def rewritten(matter: str, top: Node, path: KeyPath, change: Callable[[Any], object]) -> Iterator[str]:
    """Yield the text in which `change` was made to the container of `path`, in a tomlkit document of `top` alone.

    A key whose statements stand apart is edited in a document of the whole text, which tomlkit keeps as it is.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    groups = runs(top.statements())
    start, end = (groups[0][0].above, groups[0][-1].end) if len(groups) == 1 else (0, len(matter))
    try:
        document = tomlkit.parse(matter[start:end].replace("\r\n", "\n"))
        container: Any = document
        for part in path[:-1]:
            container = container[part]
        change(container)
        text = document.as_string()
    except (TOMLKitError, KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError):
        return
    yield matter[:start] + text.replace("\n", newline_of(matter)) + matter[end:]


def put(container: Any, key: str | int, value: Any) -> None:
    """Set `value` in a container of tomlkit's or a plain one, or add it at the end."""
    if isinstance(key, int) and key == len(container):
        container.append(value)
    else:
        container[key] = value
