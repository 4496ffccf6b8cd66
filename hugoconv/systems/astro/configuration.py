"""What an Astro project says of its site: `site` and `base` in the configuration, titles in the blog template's file.

Both are programs of JavaScript, of which only texts written out are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from hugoconv.systems.markdown_site.settings import Settings

_TEXT = r"""\s*(["'`])((?:(?!\2)[^\\\n$])*)\2"""
_SAID = re.compile(rf"""(?<![\w.'"-])(site|base|defaultLocale):{_TEXT}""")
_CONSTANT = re.compile(rf"""^export\s+const\s+SITE_(TITLE|DESCRIPTION)\s*(?::\s*string\s*)?={_TEXT}""", re.MULTILINE)
_STRING = re.compile(r"""(["'`])(?:(?!\1)[^\\\n]|\\.)*\1""")
_KEY = re.compile(r"[{}()\[\]]|(?<![\w.])(\w+)(?=\s*:)")
_COMMENT = re.compile(r"^\s*//[^\n]*|/\*.*?\*/", re.MULTILINE | re.DOTALL)


def settings(root: Path) -> Settings:
    """Return what a project says of its site."""
    programs = {path.name: _program(path) for path in sorted(root.glob("astro.config.*"))}
    said = _texts(programs.values(), _SAID)
    names = _texts(map(_program, sorted(root.glob("src/consts.*"))), _CONSTANT)
    site = said.get("site", "").rstrip("/")
    return Settings(
        title=names.get("TITLE", ""),
        description=names.get("DESCRIPTION", ""),
        base_url=f"{site}/{said.get('base', '').strip('/')}".rstrip("/") + "/" if site else "",
        language=said.get("defaultLocale", ""),
        unread={file: unread for file, program in programs.items() if (unread := _unread(program))},
    )


def _program(path: Path) -> str:
    return _COMMENT.sub("", path.read_text("utf-8", "replace"))


def _texts(programs: Iterable[str], written: re.Pattern[str]) -> dict[str, str]:
    """Return names and texts; what is written first counts."""
    found: dict[str, str] = {}
    for program in programs:
        for match in written.finditer(program):
            found.setdefault(match[1], match[3])
    return found


def _unread(program: str) -> tuple[str, ...]:
    """Return the settings at the top of a configuration that are not read, in the order in which they stand."""
    bare = _STRING.sub("", program)
    depth = level = 0
    found: list[str] = []
    for match in _KEY.finditer(bare, max(bare.find("export default"), 0)):
        if match[1] is None:
            depth += 1 if match[0] in "{([" else -1
            continue
        level = level or depth
        if depth == level and match[1] not in ("site", "base"):
            found.append(match[1])
    return tuple(dict.fromkeys(found))
