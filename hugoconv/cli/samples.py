"""A real post of a site, and where each choice would put it: what `hugoconv init` shows beside its questions."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from hugoconv import api
from hugoconv.errors import HugoconvError
from hugoconv.migrate.linkmap import LinkMap
from hugoconv.migrate.plan import Write
from hugoconv.model import Post, Site
from hugoconv.report.findings import Findings
from hugoconv.report.wording import plural
from hugoconv.systems import detect, exporters, importers
from hugoconv.systems.contract import ContainerExporter

POSTS_LOOKED_AT = 300
"""How many posts are read to find one that shows well."""


def candidates(folder: Path) -> list[tuple[Path, str]]:
    """Return what in a folder looks like a site or an export, the surest first, with what it was taken for."""
    entries = [path for path in sorted(folder.iterdir()) if not path.name.startswith(".")]
    found = _detected(entries)
    here = _detected([folder])
    if here and (not found or here[0][0] > max(score for score, _, _ in found)):
        found = here  # the folder is a site itself, and what lies in it are its parts
    return [(path, reason) for _, path, reason in sorted(found, key=lambda row: -row[0])]


def _detected(paths: list[Path]) -> list[tuple[int, Path, str]]:
    found = []
    for path in paths:
        with suppress(HugoconvError):
            name, match = detect(path)
            found.append((match.score, path, f"{importers.load(name).label}: {match.reason}"))
    return found


@dataclass(frozen=True)
class Sample:
    """A site with one of its posts, as typical as can be found near its start."""

    system: str
    reason: str
    site: Site
    post: Post

    @classmethod
    def of(cls, source: Path) -> Sample:
        """Look at a site; UsageError or SourceError when it cannot be read or holds no post."""
        system, match = detect(source)
        site = api.read(source, system, stream=True)
        posts = [post for post in islice(site.posts, POSTS_LOOKED_AT) if not post.unreadable]
        if not posts:
            raise HugoconvError(f"{source} holds no post that can be read")
        post = max(posts, key=_shows_well)
        post.number = (0, 0)
        return cls(system, match.reason, site, post)

    def summary(self) -> str:
        """Return one line that says what was found."""
        info = self.site.info
        parts = [importers.load(self.system).label, plural(len(self.site.posts), "post")]
        parts += [plural(len(self.site.assets), "other file")] if self.site.assets else []
        title = f"{info.title}: " if info.title else ""
        return f"{title}{', '.join(parts)} ({self.reason})"

    @property
    def name(self) -> str:
        """How a person calls the post."""
        return (
            f'the {self.post.type} "{self.post.title}"' if self.post.title else f"the {self.post.type} {self.post.path}"
        )

    def media(self) -> tuple[int, int]:
        """Return how many files of an export's library are at hand, and how many are not."""
        media = list(self.site.media or ())
        here = sum(any(version.source is not None for version in medium.versions) for medium in media)
        return here, len(media) - here

    def path(self, to: str, options: dict[str, Any]) -> str:
        """Return where an exporter with some options would put the post, "" when it cannot say."""
        exporter = exporters.get(to, **options)
        if isinstance(exporter, ContainerExporter):
            return "one file with all posts"
        try:
            return str(exporter.place(self.post, self.site.info).path)
        except Exception:  # one exporter that cannot place this post must not end the wizard
            return ""

    def is_one_file(self, to: str) -> bool:
        """Whether a system's posts all go into one file."""
        return isinstance(exporters.get(to), ContainerExporter)

    def first_line(self, to: str, options: dict[str, Any]) -> str:
        """Return the beginning of the post's front matter as an exporter with some options would write it."""
        exporter = exporters.get(to, **options)
        if isinstance(exporter, ContainerExporter):
            return ""
        links = LinkMap(self.site.info.base_url)
        place = exporter.place(self.post, self.site.info)
        links.claim(self.post.number, place, (), self.post.source.label)
        links.seal()
        operations = exporter.render(self.post, self.site.info, links, Findings())
        written = next((each for each in operations if isinstance(each, Write)), None)
        text = written.data.decode() if written else self.post.text
        return " ".join(text.split("\n")[:2])

    def keeps_syntax(self, to: str) -> bool:
        """Whether posts have front matter already, whose syntax the target can have too."""
        return bool(self.post.front_matter.matter) and to == self.system


def _shows_well(post: Post) -> tuple[bool, bool, bool, bool, int]:
    """Rank posts: published and dated ones with terms first, articles before pages, then by the shortest path."""
    is_shown = post.status in (None, "published") and post.kind == "page"
    return (is_shown, post.date is not None, post.type != "page", bool(post.terms), -len(str(post.path)))
