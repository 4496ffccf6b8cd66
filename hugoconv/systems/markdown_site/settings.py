"""What the configuration of a project says that its posts depend on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from hugoconv.errors import FrontMatterError
from hugoconv.frontmatter.dialects import Dialect
from hugoconv.frontmatter.document import FrontMatter
from hugoconv.model import Post

_ROOT = PurePosixPath()


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The site's own words about itself ("" for what it does not say), and how its bodies and addresses are made."""

    title: str = ""
    description: str = ""
    base_url: str = ""
    language: str = ""
    time_zone: str = ""
    unread: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What the configuration says beyond this, by the file that says it."""
    runs_tags: bool = True
    """Whether the template language is run over Markdown."""
    address: Callable[[Post, str], str] = field(default=lambda post, name: "")
    """The address of a post that names none, by its name below its folder; "" for that of its folder and name."""
    content: PurePosixPath = _ROOT
    """The folder that paths of files in bodies may start from."""
    posts: PurePosixPath | None = None
    """The folder of the posts, None where it is the system's usual one."""
    pages: PurePosixPath | None = None
    """The folder of the pages, None where it is the system's usual one."""
    file_address: Callable[[str], str] = field(default=lambda path: "")
    """The address of a file that is no post, "" for that which its folder gives it."""
    inherited: Callable[[str], Mapping[str, Any]] = field(default=lambda path: {})
    """What a post has from its path, if it does not say otherwise."""


def values_of(root: Path, name: str, syntax: str, reader: Dialect) -> Mapping[str, Any]:
    """Return what a configuration file of YAML or TOML says; nothing when there is none, or none that can be read."""
    try:
        return FrontMatter((root / name).read_text("utf-8-sig"), syntax, dialect=reader).as_dict()
    except (OSError, UnicodeDecodeError, FrontMatterError):
        return {}


def text_in(values: Mapping[str, Any], key: str) -> str:
    """Return a text of a configuration, "" for anything else."""
    value = values.get(key)
    return value if isinstance(value, str) else ""
