"""Values that a page has from above: the `cascade` of the configuration and of the sections around it.

The rules are those of Hugo's hugolib/page__meta.go and resources/page/page_matcher.go, tried with the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from hugoconv.systems.hugo.configfiles import look_up
from hugoconv.systems.hugo.permalinks import Permalink

_TARGETS = ("target", "_target")


def cascaded(cascades: list[object], path: str, kind: str, language: str) -> dict[str, Any]:
    """Return what the values of `cascade`, from the site's down to the nearest section's, say for a page.

    `path` is the path by which Hugo knows the page ("/posts/a").
    """
    values: dict[str, Any] = {}
    for cascade in cascades:
        own: dict[str, Any] = {}
        for entry in _entries(cascade):
            if _matches(entry, path, kind, language):
                said = {key: value for key, value in entry.items() if key.lower() not in _TARGETS}
                own = said | own  # of two entries of one cascade the first counts
        values |= own
    return values


def _entries(cascade: object) -> Iterator[Mapping[str, Any]]:
    for entry in cascade if isinstance(cascade, list) else [cascade]:
        if isinstance(entry, Mapping):
            yield entry


def _matches(entry: Mapping[str, Any], path: str, kind: str, language: str) -> bool:
    target: object = next((found for name in _TARGETS if (found := look_up(entry, name)) is not None), {})
    wanted = {name: str(look_up(target, name, "") or "") for name in ("path", "kind", "lang")}
    if wanted["lang"] and not fnmatchcase(language, wanted["lang"]):
        return False
    return Permalink("", wanted["kind"], wanted["path"]).matches(kind, path)
