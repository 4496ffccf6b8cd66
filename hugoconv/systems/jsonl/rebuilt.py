"""The site that a dump was made of, as its own files again: what its bodies need on their way to another system."""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from hugoconv.markup.constructs import TargetDialect
from hugoconv.model import Lead, Post, PostSource
from hugoconv.report.findings import Findings, PlacedFindings
from hugoconv.systems.contract import Importer
from hugoconv.systems.jsonl.checking import DumpError


class RebuiltSite:
    """A site in a private temporary folder, written when a body is first asked for; picklable."""

    def __init__(self, dump: Path, importer: Importer, system: str) -> None:
        self._dump = dump
        self._importer = importer
        self._system = system
        self._last: tuple[str, Post] | None = None
        self._folder = Path(tempfile.mkdtemp(prefix="hugoconv-"))
        weakref.finalize(self, _remove, self._folder, os.getpid())

    @property
    def root(self) -> Path:
        """Where the site is, once it is written."""
        return self._folder / "site"

    def post(self, name: str) -> Post:
        """Return the post of a source file, as the importer of its system reads it; DumpError when there is none."""
        if self._last is None or self._last[0] != name:
            units, numbers = self._read
            post = units.load(numbers[name], Findings()) if name in numbers else None
            if post is None:
                raise DumpError(f"the site that the dump was made of has no post {name!r}")
            self._last = (name, post)
        return self._last[1]

    @cached_property
    def _read(self) -> tuple[PostSource, dict[str, int]]:
        from hugoconv import api

        site = self.root
        if not site.exists():
            own = self._folder / f"for-{os.getpid()}"
            api.convert(self._dump, own, from_=self._importer, to=self._system, jobs=1, record=False)
            try:
                own.rename(site)
            except OSError:  # another process was quicker
                shutil.rmtree(own, ignore_errors=True)
        units = api.read(site, self._system, stream=True).units
        assert units is not None
        return units, {units.name(index): index for index in range(len(units))}

    def __getstate__(self) -> dict[str, Any]:
        return {key: value for key, value in self.__dict__.items() if key != "_read"} | {"_last": None}


def _remove(folder: Path, owner: int) -> None:
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True)
class RebuiltTranslation:
    """A body's translation, asked of the post in the rebuilt site."""

    site: RebuiltSite = field(repr=False)
    name: str

    @property
    def markup(self) -> str:
        """See `model.Translate`."""
        post = self.site.post(self.name)
        return post.translate.markup if post.translate is not None else post.body.dialect.markup

    def __call__(self, text: str, target: TargetDialect, link: Callable[[str], str], log: PlacedFindings) -> str:
        """See `model.Translate`."""
        translate = self.site.post(self.name).translate
        return translate(text, target, link, log) if translate is not None else target.escape(text)

    def template_calls(self, text: str) -> Mapping[str, bool]:
        """See `model.Translate`."""
        translate = self.site.post(self.name).translate
        return translate.template_calls(text) if translate is not None else {}


@dataclass(frozen=True)
class RebuiltResolver:
    """Where a post's mentions lead, asked of the post in the rebuilt site."""

    site: RebuiltSite = field(repr=False)
    name: str

    def __call__(self, target: str, kind: str = "link") -> Lead:
        """See `model.Resolve`."""
        resolve = self.site.post(self.name).resolve
        return resolve(target, kind) if resolve is not None else Lead("elsewhere")

    def near(self, target: str) -> str:
        """See `model.Resolve`."""
        resolve = self.site.post(self.name).resolve
        return resolve.near(target) if resolve is not None else ""
