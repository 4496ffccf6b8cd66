"""The registry: which systems can be read and written, loaded only when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Generic, TypeVar

from hugoconv.errors import UsageError, suggestion
from hugoconv.migrate.manifest import written_for
from hugoconv.systems.contract import SURE, AnyExporter, Importer, Match
from hugoconv.systems.options import coerced, options_of

System = TypeVar("System", bound="Importer | AnyExporter")


class Registry(Generic[System]):
    """Systems by name: those of this package, and those that installed packages offer by an entry point."""

    def __init__(self, group: str, built_in: dict[str, str]) -> None:
        self.group = group
        self._built_in = built_in
        self._offered: dict[str, Any] | None = None

    def _entry_points(self) -> dict[str, Any]:
        if self._offered is None:
            from importlib.metadata import entry_points

            self._offered = {entry.name: entry for entry in entry_points(group=self.group)}
        return self._offered

    def names(self) -> list[str]:
        """Return the names of all systems, those of this package first."""
        return [*self._built_in, *sorted(name for name in self._entry_points() if name not in self._built_in)]

    def is_built_in(self, name: str) -> bool:
        """Whether a system is of this package."""
        return name in self._built_in

    def load(self, name: str) -> type[System]:
        """Return a system's class; UsageError, with the nearest name, when there is none or it cannot be loaded."""
        if name in self._built_in:
            module, _, attribute = self._built_in[name].partition(":")
            loaded: type[System] = getattr(import_module(module), attribute)
            return loaded
        entry = self._entry_points().get(name)
        if entry is None:
            raise UsageError(
                f"there is no {self.kind} {name!r}{suggestion(name, self.names())}; "
                f"there are: {', '.join(self.names())}"
            )
        try:
            offered: type[System] = entry.load()
        except Exception as error:
            raise UsageError(
                f"the {self.kind} {name!r} of the package {entry.value!r} cannot be loaded: {error}"
            ) from error
        return offered

    def get(self, name: str, **options: Any) -> System:
        """Return a system with its options set; UsageError for an unknown name, option or value."""
        kind = self.load(name)
        known = {option.name for option in options_of(kind)}
        for key in options:
            if key not in known:
                raise UsageError(
                    f"{name} has no {self.kind} option {key!r}{suggestion(key, known)}; see: hugoconv formats {name}"
                )
        return kind(**{key: coerced(kind, key, value) for key, value in options.items()})

    @property
    def kind(self) -> str:
        """What the registry holds, in the singular."""
        return self.group.rpartition(".")[2].removesuffix("s")

    def __iter__(self) -> Iterator[str]:
        return iter(self.names())


importers: Registry[Importer] = Registry(
    "hugoconv.importers",
    {
        "hugo": "hugoconv.systems.hugo.importer:HugoImporter",
        "jekyll": "hugoconv.systems.jekyll.importer:JekyllImporter",
        "wordpress": "hugoconv.systems.wordpress.importer:WordPressImporter",
        "ghost": "hugoconv.systems.ghost.importer:GhostImporter",
        "blogger": "hugoconv.systems.blogger.importer:BloggerImporter",
        "substack": "hugoconv.systems.substack.importer:SubstackImporter",
        "medium": "hugoconv.systems.medium.importer:MediumImporter",
        "rss": "hugoconv.systems.rss.importer:RssImporter",
        "jsonl": "hugoconv.systems.jsonl.importer:JsonlImporter",
        "markdown": "hugoconv.systems.markdown.importer:MarkdownImporter",
        "astro": "hugoconv.systems.astro.importer:AstroImporter",
        "eleventy": "hugoconv.systems.eleventy.importer:EleventyImporter",
        "hexo": "hugoconv.systems.hexo.importer:HexoImporter",
        "pelican": "hugoconv.systems.pelican.importer:PelicanImporter",
        "zola": "hugoconv.systems.zola.importer:ZolaImporter",
    },
)
exporters: Registry[AnyExporter] = Registry(
    "hugoconv.exporters",
    {
        "hugo": "hugoconv.systems.hugo.exporter:HugoExporter",
        "jekyll": "hugoconv.systems.jekyll.exporter:JekyllExporter",
        "wordpress": "hugoconv.systems.wordpress.exporter:WordPressExporter",
        "ghost": "hugoconv.systems.ghost.exporter:GhostExporter",
        "jsonl": "hugoconv.systems.jsonl.exporter:JsonlExporter",
        "markdown": "hugoconv.systems.markdown.exporter:MarkdownExporter",
        "astro": "hugoconv.systems.astro.exporter:AstroExporter",
        "eleventy": "hugoconv.systems.eleventy.exporter:EleventyExporter",
        "hexo": "hugoconv.systems.hexo.exporter:HexoExporter",
        "pelican": "hugoconv.systems.pelican.exporter:PelicanExporter",
        "zola": "hugoconv.systems.zola.exporter:ZolaExporter",
    },
)


def detect(source: Path) -> tuple[str, Match]:
    """Return the system that a source was written for or looks most like, and why; UsageError for none."""
    if not source.exists():
        raise UsageError(f"{source} does not exist")
    if (written := written_for(source)) in importers.names():
        return written, Match(SURE, f"hugoconv wrote it for {written}")
    found: list[tuple[str, Match]] = []
    is_sure = False
    for name in importers:
        if is_sure and importers.is_built_in(name):
            continue  # loading all of them takes longer than converting a small site
        match = _match(name, source)
        if match is not None:
            found.append((name, match))
            is_sure = is_sure or match.score >= SURE
    if not found:
        what = "an empty folder" if source.is_dir() and not any(source.iterdir()) else "no site that hugoconv knows"
        raise UsageError(f"{source} is {what}; name a site, a post or an export, or use --from")
    return max(found, key=lambda pair: pair[1].score)


def _match(name: str, source: Path) -> Match | None:
    """Ask an importer whether it knows a source; one that cannot be loaded, or fails, knows none."""
    try:
        return importers.load(name).detect(source)
    except Exception:
        if importers.is_built_in(name):
            raise
        return None  # a broken plug-in must not stop the others
