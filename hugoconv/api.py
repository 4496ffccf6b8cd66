"""The library's verbs: read a site, write it, convert it, load one post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from hugoconv.errors import UsageError, suggestion
from hugoconv.migrate.apply import OnFile
from hugoconv.migrate.job import Options, Progress, Transform
from hugoconv.migrate.media import MEDIA_MODES, MediaMode
from hugoconv.migrate.pipeline import run
from hugoconv.migrate.redirects import FORMS
from hugoconv.model import Post, Site
from hugoconv.report.findings import Findings
from hugoconv.report.report import Report
from hugoconv.systems import detect as detect_system
from hugoconv.systems import exporters, importers
from hugoconv.systems.contract import AnyExporter, Importer, ParallelImporter


def detect(source: str | Path) -> str:
    """Return the name of the system that a folder, post or export looks most like; UsageError if none."""
    return detect_system(Path(source))[0]


def read(
    source: str | Path, from_: str | Importer | None = None, *, stream: bool = False, log: Findings | None = None
) -> Site:
    """Read a site, a post or an export into the common model.

    `from_` is a system's name or an importer, detected when not given. With `stream` the posts are read one by one
    each time they are asked for; else they are held in a list, so that they can be edited. What the reading notices is
    added to `log`. UsageError or SourceError when nothing can be read.
    """
    source = Path(source)
    findings = log if log is not None else Findings()
    site = _importer(source, from_).read(source, findings)
    findings.extend(site.left_behind)
    if stream:
        return site
    return replace(site, posts=list(site.posts), units=None)


def write(
    site: Site,
    destination: str | Path,
    to: str | AnyExporter,
    *,
    in_place: bool = False,
    dry_run: bool = False,
    force: bool = False,
    strict: bool = False,
) -> Report:
    """Write a site that was read, edited or not; see `convert` for the options and what is raised."""
    options = Options(in_place=in_place, dry_run=dry_run, force=force, strict=strict)
    return run(site, _exporter(to), Path(destination), options, Findings())


def convert(
    source: str | Path,
    destination: str | Path,
    *,
    to: str | AnyExporter,
    from_: str | Importer | None = None,
    transforms: Sequence[Transform] = (),
    dry_run: bool = False,
    diff: bool = False,
    in_place: bool = False,
    force: bool = False,
    strict: bool = False,
    include_secrets: bool = False,
    limit: int = 0,
    only: Sequence[str] = (),
    types: Sequence[str] = (),
    since: str = "",
    authors: Sequence[str] = (),
    media: MediaMode = "copy",
    media_cache: str | Path | None = None,
    media_rate: int = 5,
    media_limit: int = 1000,
    redirects: Sequence[str] = (),
    jobs: int = 0,
    record: bool = True,
    on_progress: Progress | None = None,
    on_file: OnFile | None = None,
) -> Report:
    """Convert a whole site from one system to another, streaming, and return the report.

    `to` and `from_` are systems' names, or exporters and importers with their options set (`exporters.get(...)`).
    `transforms` are functions from a post to a post, to several, or to None to drop it; they must be deterministic.
    `media` is "copy" (take the files beside the source), "download" (fetch the others too, into `media_cache`, at most
    `media_rate` requests a second and `media_limit` MB a file), "link" or "none"; it concerns exports, whose media are
    in a library of their own. `redirects` names the forms ("netlify", "cloudflare", "nginx", "apache", "json") in which
    the old addresses are written for a web server, below `_server/`. `jobs` 0 means as many processes as there are
    processors, for work that is worth it.
    `on_file` is called with each file operation and what became of it, in the process that carries it out: with
    `jobs` 1 it sees all.
    Without `record` the report only counts and lists findings, which is a little faster.

    UsageError when the run cannot start, SourceError when nothing can be read; all else is a finding in the report.
    """
    source = Path(source)
    log = Findings()
    if media not in MEDIA_MODES:
        raise UsageError(f"media is one of {', '.join(MEDIA_MODES)}, not {media!r}{suggestion(media, MEDIA_MODES)}")
    for form in redirects:
        if form not in FORMS:
            raise UsageError(f"redirects are written for {', '.join(FORMS)}, not {form!r}{suggestion(form, FORMS)}")
    options = Options(
        dry_run=dry_run,
        diff=diff,
        in_place=in_place,
        force=force,
        strict=strict,
        include_secrets=include_secrets,
        limit=limit,
        only=tuple(only),
        types=tuple(types),
        since=since,
        authors=tuple(authors),
        media=media,
        media_cache=Path(media_cache) if media_cache else None,
        media_rate=media_rate,
        media_limit=media_limit,
        redirects=tuple(redirects),
        jobs=jobs,
        record=record,
        transforms=tuple(transforms),
        on_progress=on_progress,
        on_file=on_file,
    )
    exporter = _exporter(to)
    importer = _importer(source, from_)
    if isinstance(importer, ParallelImporter):
        site = importer.read_with(jobs, source, log)
    else:
        site = importer.read(source, log)
    return run(site, exporter, Path(destination), options, log)


def load_post(source: str | Path, from_: str = "hugo") -> Post:
    """Load one post from a file, losslessly: `post.text` is the file's text until it is edited."""
    site = read(source, from_)
    if len(site.posts) != 1:
        raise UsageError(f"{source} holds {len(site.posts)} posts, not one")
    return site.posts[0]


def loads(text: str, from_: str = "hugo") -> Post:
    """Load one post from its text, losslessly; FrontMatterError when the system could not read its front matter."""
    importer: Any = importers.load(from_)
    post: Post = importer.post_from_text(text)
    return post


def dumps(post: Post) -> str:
    """Return a post as the text of its file, edited only where it was edited."""
    return post.text


def _importer(source: Path, given: str | Importer | None) -> Importer:
    if given is None:
        return importers.get(detect_system(source)[0])
    if not source.exists():
        raise UsageError(f"{source} does not exist")
    return importers.get(given) if isinstance(given, str) else given


def _exporter(given: str | AnyExporter) -> AnyExporter:
    return exporters.get(given) if isinstance(given, str) else given
