"""A Hugo site of somebody else's, made ready for being built without its theme: what stands in the content is shown.

Themes are not part of the sites at hand, and old sites say things that today's Hugo refuses. Settings that need either
are taken out, the site's own shortcodes become stubs (the same as a converted site has), and a page at which Hugo stops
is taken out and named.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hugoconv.systems.hugo.configfiles import config_files, look_up, read_values
from hugoconv.systems.hugo.content_files import MARKUPS
from hugoconv.systems.hugo.shortcode_rules import BUILT_IN
from hugoconv.systems.hugo.shortcodes import tags

_NEEDS_A_THEME = frozenset(
    {
        *("theme", "themesdir", "services", "minify", "build", "caches"),
        *("related", "imaging", "security", "enablegitinfo", "metadataformat", "author", "social", "blackfriday"),
        *(
            "paginate",
            "paginatepath",
            "module",
            "indexes",
            "googleanalytics",
            "disqusshortname",
            "disablealiases",
            "canonifyurls",
            "relativeurls",
        ),
    }
)
"""Settings that ask for files which are not there, or that today's Hugo refuses (lower case)."""
"""Shortcodes that Hugo had once."""
_STUB = '<code>{{{{ "{{{{<" | safeHTML }}}} {name} >}}}}</code>'
_ENCLOSING_STUB = (
    '{{{{ if strings.TrimSpace .Inner }}}}{{{{ .Inner | .Page.RenderString (dict "display" "block") }}}}'
    "{{{{ else }}}}" + _STUB + "{{{{ end }}}}"
)
_PAGE_OF_ERROR = re.compile(r'"([^"\n]+?/content/[^":\n]+):\d+')
_PATIENCE = 30
_OLD_BUILD = re.compile(rb"^(\[?)_build\b", re.MULTILINE)
"""A key that today's Hugo refuses under its old name."""


def make_bare(site: Path) -> None:
    """Rewrite a copy of a site in place: its configuration, its shortcodes, its layouts."""
    values = _configuration(site)
    for name in config_files(site):
        (site / name).unlink()
    shutil.rmtree(site / "config", ignore_errors=True)
    for name in ("layouts", "themes"):
        shutil.rmtree(site / name, ignore_errors=True)
    (site / "hugo.json").write_text(json.dumps(values, default=str))
    for path in sorted(site.rglob("*")):
        if path.suffix.lower() in MARKUPS and path.is_file():
            data = path.read_bytes()
            if (renamed := _OLD_BUILD.sub(rb"\1build", data)) != data:
                path.write_bytes(renamed)
    _write_stubs(site)


def built_without_broken_pages(build: Callable[[], str]) -> list[str]:
    """Build until Hugo stops at none of the pages; returns those that had to go. `build` gives the error."""
    gone: list[str] = []
    while len(gone) < _PATIENCE and (error := build()):
        page = _PAGE_OF_ERROR.search(error)
        if page is None or not Path(page[1]).is_file():
            raise RuntimeError(error)
        Path(page[1]).unlink()
        gone.append(page[1].rpartition("/content/")[2])
    return gone


def _configuration(site: Path) -> dict[str, Any]:
    values = dict(read_values(site, config_files(site)))
    bare = {key: value for key, value in values.items() if key.lower() not in _NEEDS_A_THEME}
    taxonomies = look_up(values, "taxonomies", look_up(values, "indexes"))
    if taxonomies is not None and look_up(bare, "taxonomies") is None:
        bare["taxonomies"] = taxonomies
    mounts = [_mount(mount) for mount in look_up(values, "module.mounts", []) if _is_content(site, mount)]
    if mounts:
        bare["module"] = {"mounts": [*mounts, {"source": "layouts", "target": "layouts"}]}
    bare["refLinksErrorLevel"] = "warning"
    bare["security"] = {"allowContent": [".*"]}
    markup = next((key for key in bare if key.lower() == "markup"), "markup")
    bare.setdefault(markup, {}).setdefault("goldmark", {}).setdefault("renderer", {})["unsafe"] = True
    return bare


def _is_content(site: Path, mount: dict[str, Any]) -> bool:
    return (site / mount["source"]).exists() and str(mount["target"]).startswith(("content", "static", "data"))


def _mount(mount: dict[str, Any]) -> dict[str, Any]:
    """Return a mount as today's Hugo reads it."""
    language = mount.get("lang")
    rest = {key: value for key, value in mount.items() if key != "lang"}
    return rest | ({"sites": {"matrix": {"languages": [language]}}} if language else {})


def _write_stubs(site: Path) -> None:
    names: set[str] = set()
    enclosing: set[str] = set()
    for path in sorted(site.rglob("*")):
        if path.suffix.lower() in MARKUPS and path.is_file():
            for tag in tags(path.read_text("utf-8", "replace")):
                if tag.role in ("open", "self-closing", "close"):
                    names.add(tag.name)
                    enclosing |= {tag.name} if tag.role != "open" else set()
    folder = site / "layouts" / "_shortcodes"
    for name in sorted(names - BUILT_IN):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        stub = _ENCLOSING_STUB if name in enclosing else _STUB
        (folder / f"{name}.html").write_text(stub.format(name=name))
