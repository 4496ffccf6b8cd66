"""Reading a dump: line by line, into the site it was made from."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar

from hugoconv.errors import FrontMatterError, UsageError
from hugoconv.model import Post, PostStream, Site, SiteInfo
from hugoconv.report.findings import Findings
from hugoconv.systems.contract import Match, Reading, RestoringImporter
from hugoconv.systems.jsonl import sites
from hugoconv.systems.jsonl.checking import POST, SITE, DumpError
from hugoconv.systems.jsonl.rebuilt import RebuiltResolver, RebuiltSite, RebuiltTranslation
from hugoconv.systems.jsonl.records import fields_of, post_from


@dataclass(frozen=True, kw_only=True)
class JsonlImporter:
    """Reads a dump that hugoconv wrote, or its folder."""

    name: ClassVar[str] = "jsonl"
    label: ClassVar[str] = "JSON lines, the dump of the model"

    @classmethod
    def detect(cls, source: Path) -> Match | None:
        """See `Importer.detect`."""
        files = sorted(source.glob("*.jsonl")) if source.is_dir() else [source]
        if not any(file.suffix.lower() == ".jsonl" and file.is_file() for file in files):
            return None
        folder = source if source.is_dir() else source.parent
        return Match(92, "it is a dump with a site.json") if (folder / sites.FILE).is_file() else None

    def read(self, source: Path, log: Findings) -> Site:
        """See `Importer.read`."""
        file = _dump_in(source)
        folder = file.parent / sites.ASSETS
        record = _site_record(file.parent / sites.FILE)
        info = sites.info_from(record)
        restorer = _restorer(info.system)
        rebuilt = None if restorer.translates_restored else RebuiltSite(file, self, info.system)
        units = JsonlPosts(file, info, restorer, _lines(file), rebuilt)
        menus, lists = sites.menus_from(record["all_menus"]), sites.lists_from(record["lists"])
        return Site(
            info,
            PostStream(units, log),
            file,
            tuple(sites.assets_from(record["assets"], folder, log)),
            sites.redirects_from(record["redirects"]),
            units,
            lambda: lists,
            lambda: menus,
            sites.DumpedMedia.of(record, folder, log) if record["has_library"] else None,
            tuple(record["left_out"]),
        )


@dataclass
class JsonlPosts:
    """The lines of a dump, loaded one by one from their places in the file."""

    file: Path
    info: SiteInfo
    restorer: RestoringImporter
    starts: array[int] = field(repr=False)
    """Where each line that is not blank starts, and its number, one after the other."""
    rebuilt: RebuiltSite | None
    """The site that bodies are translated in, None where a dump says all that they need."""
    _readings: dict[str, Reading] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.starts) // 2

    def name(self, index: int) -> str:
        """See `PostSource.name`."""
        return f"{self.file.name}:{self.starts[2 * index + 1]}"

    def load(self, index: int, log: Findings) -> Post | None:
        """See `PostSource.load`; a line that is no post is a finding."""
        start, line = self.starts[2 * index], self.starts[2 * index + 1]
        with self.file.open("rb") as file:
            file.seek(start)
            raw = file.readline()
        try:
            record = POST.read(raw, self.file.name, line)
            post = post_from(record, self.info, self._reading(record["body"]["markup"]))
        except FrontMatterError as error:
            log.add("HC660", file=self.file.name, line=line, detail=f"front matter: {error.message}")
            return None
        except DumpError as error:
            log.add("HC660", file=self.file.name, line=line, detail=error.message)
            return None
        if self.rebuilt is not None and not post.unreadable:
            path = self.rebuilt.root / post.source.name
            post.source = replace(post.source, path=path, raw=post.text.encode("utf-8", "surrogateescape"))
            post.translate = RebuiltTranslation(self.rebuilt, post.source.name)
            post.resolve = RebuiltResolver(self.rebuilt, post.source.name)
        post.extra[sites.MENTIONS] = tuple(record["media"])
        for name, value in fields_of(post).items():
            if name in record and record[name] != value:
                log.add("HC663", file=self.file.name, line=line, field=name)
        return post

    def _reading(self, markup: str) -> Reading:
        if markup not in self._readings:
            self._readings[markup] = self.restorer.reading(self.info, markup)
        return self._readings[markup]


def _dump_in(source: Path) -> Path:
    """Return the file with the posts; UsageError when there is none, or more than one."""
    if source.is_file():
        return source
    found = sorted(source.glob("*.jsonl"))
    if len(found) != 1:
        raise UsageError(f"{source} holds {len(found) or 'no'} .jsonl files; name the one to read")
    return found[0]


def _site_record(path: Path) -> dict[str, Any]:
    try:
        return SITE.read(path.read_bytes(), str(path))
    except FileNotFoundError:
        raise DumpError("a dump has a site.json beside its posts, and there is none", file=str(path)) from None


def _restorer(system: str) -> RestoringImporter:
    """Return the importer of the system that the dump was made from."""
    from hugoconv.systems import importers

    importer = importers.get(system)
    if not isinstance(importer, RestoringImporter):
        raise UsageError(f"the posts of {system} cannot be made again from a dump")
    return importer


def _lines(file: Path) -> array[int]:
    found = array("q")
    position = 0
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                found.extend((position, number))
            position += len(line)
    return found
