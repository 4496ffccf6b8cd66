"""What Pelican's `pelicanconf.py` says of a site; it is a program, of which only values written out are read."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hugoconv.systems.markdown_site.settings import Settings, text_in

_READ = ("SITENAME", "SITESUBTITLE", "SITEDESCRIPTION", "SITEURL", "DEFAULT_LANG", "TIMEZONE")


def settings(root: Path) -> Settings:
    """Return what the configuration says; that for publishing counts before that for writing."""
    given = {name: _values(root / name) for name in ("pelicanconf.py", "publishconf.py")}
    said: dict[str, Any] = {}
    for values in given.values():
        said |= {name: value for name, value in values.items() if value != ""}
    return Settings(
        title=text_in(said, "SITENAME"),
        description=text_in(said, "SITESUBTITLE") or text_in(said, "SITEDESCRIPTION"),
        base_url=text_in(said, "SITEURL"),
        language=text_in(said, "DEFAULT_LANG"),
        time_zone=text_in(said, "TIMEZONE"),
        unread={file: unread for file, values in given.items() if (unread := _unread(values))},
    )


def _unread(values: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(name for name, value in values.items() if name not in _READ or not isinstance(value, str))


def _values(path: Path) -> Mapping[str, Any]:
    """Return the settings that a program makes, None for those that are not written out."""
    try:
        program = ast.parse(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, SyntaxError, ValueError, RecursionError):
        return {}
    found: dict[str, Any] = {}
    for statement in program.body:
        if isinstance(statement, ast.Assign):
            value = statement.value.value if isinstance(statement.value, ast.Constant) else None
            names = (name.id for name in statement.targets if isinstance(name, ast.Name))
            found |= {name: value for name in names if name.isupper()}
    return found
