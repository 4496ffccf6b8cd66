"""Which folders make up Hugo's own ones: each by itself, or what the site mounts in its place.

(https://gohugo.io/configuration/module/#mounts)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hugoconv.systems.files import below, without_prefix


@dataclass(frozen=True, slots=True)
class Mount:
    """A folder or file that is mounted on one of Hugo's (`target` "content", "static/img", ...).

    `source` is relative to the site; `language` is that of its pages, "" for all.
    """

    source: str
    target: str
    language: str = ""

    def inner(self, path: str) -> str:
        """Return where a file of this mount stands in Hugo's folder ("img/a.png" for "static/img/a.png")."""
        parts = (self.target.partition("/")[2], without_prefix(path, self.source))
        return "/".join(part for part in parts if part)


def mount_of(path: str, mounts: Iterable[Mount]) -> Mount | None:
    """Return the mount that a file of the site belongs to, the nearest one, None for none."""
    holding = (mount for mount in mounts if below(path, mount.source))
    return max(holding, key=lambda mount: len(mount.source), default=None)
