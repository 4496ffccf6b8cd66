"""The project around the posts: configuration, layouts, data and files that are carried."""

from __future__ import annotations

import filecmp
import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path, PurePosixPath
from typing import Any

from hugoconv.errors import HugoconvError
from hugoconv.frontmatter.conversion import fenced, matter_in
from hugoconv.frontmatter.dialects import JEKYLL
from hugoconv.frontmatter.dialects import JEKYLL as JEKYLL_FRONT_MATTER
from hugoconv.frontmatter.document import FrontMatter, syntax_named
from hugoconv.frontmatter.syntax import ScalarRules
from hugoconv.frontmatter.yaml.crossing import crossed
from hugoconv.migrate.linkmap import LinkMap
from hugoconv.migrate.plan import Copy, FileOp, Write
from hugoconv.model import Asset, Post, Redirect, Site, SiteInfo
from hugoconv.report.findings import Findings
from hugoconv.systems.data import authors_file, media_file, menu_names_file, terms_file
from hugoconv.systems.files import report_template_files
from hugoconv.systems.jekyll import template_calls
from hugoconv.systems.jekyll.config import JekyllConfig
from hugoconv.systems.jekyll.data import menus_file
from hugoconv.systems.jekyll.lists import COLLECTIONS, list_files, redirect_files
from hugoconv.systems.jekyll.places import file_of
from hugoconv.systems.jekyll.rendering import SUMMARY_DIVIDER
from hugoconv.systems.jekyll.settings import SETTINGS
from hugoconv.systems.jekyll.symbols import with_symbols_quoted
from hugoconv.systems.jekyll.urls import static_address
from hugoconv.urls import urlsplit

ORIGINAL = PurePosixPath("_original")
"""Where files go that the new site cannot use but that must not be lost; Jekyll does not look there."""

_OWN_TAXONOMIES = {"categories", "tags"}
_DATA = PurePosixPath("_data")
_DATA_SYNTAXES = (".toml", ".json", ".yaml", ".yml")
_LAYOUT_NAME = re.compile(r"[A-Za-z0-9][\w-]*(?:/[\w-]+)*")
_HEADER = re.compile(rb"---[ \t]*\r?\n")


@dataclass
class Survey:
    """What the posts say that the project must answer.

    `layouts` are those they name, `templates` those that their bodies call, `redirects` lead from their old addresses,
    `files` are what is published for them, `scalars` is how their system reads YAML.
    """

    layouts: set[str] = field(default_factory=set)
    templates: set[str] = field(default_factory=set)
    redirects: list[Redirect] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    scalars: ScalarRules = JEKYLL.scalars

    @classmethod
    def of(cls, posts: Iterable[Post], links: LinkMap) -> Survey:
        """Return the survey of a site's posts."""
        survey = cls()
        for post in posts:
            if post.unreadable:
                continue
            survey.scalars = post.front_matter.dialect.scalars
            layout = post.front_matter.get("layout")
            if isinstance(layout, str) and _LAYOUT_NAME.fullmatch(layout):
                survey.layouts.add(layout)
            if post.translate is not None:
                survey.templates |= post.translate.template_calls(post.body.text).keys()
            survey._note_addresses(post, links)
        return survey

    def _note_addresses(self, post: Post, links: LinkMap) -> None:
        now = links.resolve(post.address) if post.address else None
        if now is None:
            return
        self.files.add(file_of(now))
        if post.status == "published":
            old = (address for address in post.old_addresses if "?" not in address and address != post.address)
            self.redirects += [Redirect(address, now) for address in old]


def site_files(site: Site, links: LinkMap, permalink: str, log: Findings) -> Iterator[FileOp]:
    """Yield the operations for everything in a Jekyll project that is not a post."""
    published = [asset for asset in site.assets if asset.is_for_readers]
    yield Write(PurePosixPath("_config.yml"), _configuration(site.info, permalink, published))
    survey = Survey.of(site.posts_again(), links)
    yield from _theme(survey.layouts)
    yield from _stubs(survey.templates)
    home = [PurePosixPath("index.md"), PurePosixPath("index.html")]
    taken = survey.files | {str(_public_path(asset)) for asset in published}
    redirects = [*site.redirects, *survey.redirects]
    yield from redirect_files(redirects, taken)
    if "index.html" not in taken and not any(links.claimed_by(path) for path in home):
        yield Write(home[0], fenced("", "yaml").encode())
        taken.add("index.html")
    yield from list_files(site.lists(), taken)
    yield from _sitemaps(taken, site.info.languages)
    info = site.info
    if info.authors:
        yield Write(_DATA / "authors.json", authors_file(info))
    if media := media_file(site, links):
        yield Write(_DATA / "media.json", media)
    if info.menu_names:
        yield Write(_DATA / "menu_names.json", menu_names_file(info))
    if menus := info.menus | site.menus():
        yield Write(_DATA / "navigation.yml", menus_file(menus, links))
    if info.languages:
        text = with_symbols_quoted(syntax_named("yaml").write(info.languages))
        yield Write(_DATA / "languages.yml", text.encode())
    if info.terms:
        yield Write(_DATA / "terms.json", terms_file(info))
    yield from _assets(site.assets, survey.scalars, log)


# Files --------------------------------------------------------------------------------------------------------------


def _assets(assets: Iterable[Asset], scalars: ScalarRules, log: Findings) -> Iterator[FileOp]:
    """Yield the files; of two that were published at one address the page's own is shown, the other kept beside.

    The other one is kept even if it is the same, for on the way back both are wanted.
    """
    shown: dict[PurePosixPath, Asset] = {}
    assets = list(assets)
    for asset in sorted(assets, key=lambda asset: (asset.role != "media", asset.role == "asset")):
        path = _public_path(asset)
        other = shown.setdefault(path, asset) if asset.is_for_readers else asset
        if other is asset:
            yield _data_file(asset, scalars, log) if asset.role == "data" else _asset(asset, log)
        else:
            renamed = ORIGINAL / asset.path
            if not filecmp.cmp(asset.source, other.source, shallow=False):
                log.add("HC501", file=str(asset.path), path=path, other=other.path, renamed=renamed)
            yield Copy(renamed, asset.source, str(asset.path))
    report_template_files(assets, ORIGINAL, log)


def _asset(asset: Asset, log: Findings) -> FileOp:
    name = str(asset.path)
    if asset.is_for_readers:
        path = _public_path(asset)
        if _HEADER.match(_start_of(asset.source)):
            log.add("HC404", file=name, path=path, system="Jekyll")
        if path.name.endswith(".") or static_address(str(path)).file != str(path):
            log.add("HC405", file=name, path=path, system="Jekyll")
        return Copy(path, asset.source, name)
    if asset.role == "layout":
        log.add("HC308", file=name, path=asset.path)
    return Copy(ORIGINAL / asset.path, asset.source, name)


def _public_path(asset: Asset) -> PurePosixPath:
    return PurePosixPath(asset.address.lstrip("/")) if asset.address else asset.path


def _start_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(64)


def _data_file(asset: Asset, scalars: ScalarRules, log: Findings) -> FileOp:
    """Carry a data file so that Jekyll reads the same: TOML becomes YAML, and JSON, read as YAML, loses its tabs."""
    inside = asset.path.relative_to(asset.path.parts[0]) if len(asset.path.parts) > 1 else asset.path
    path, name = _DATA / inside, str(asset.path)
    try:
        before = asset.source.read_bytes() if inside.suffix in _DATA_SYNTAXES else b""
        text = before.decode("utf-8-sig")
        if inside.suffix == ".toml":
            matter = matter_in(FrontMatter(text, "toml"), "yaml", log.at(name), reader=JEKYLL_FRONT_MATTER)
            return Write(path.with_suffix(".yml"), with_symbols_quoted(matter).encode(), before, name)
        if inside.suffix == ".json" and "\t" in text:
            text = json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"
            return Write(path, text.encode(), before, name)
        if inside.suffix in (".yaml", ".yml"):
            text = with_symbols_quoted(crossed(text, scalars, JEKYLL.scalars)[0])
            if text.encode() != before:
                return Write(path, text.encode(), before, name)
    except (HugoconvError, ValueError, tomllib.TOMLDecodeError) as error:
        log.add("HC103", file=name, item=name, detail=str(error))
        return Copy(ORIGINAL / asset.path, asset.source, name)
    return Copy(path, asset.source, name)


# Configuration and layouts ------------------------------------------------------------------------------------------


def _configuration(info: SiteInfo, permalink: str, published: list[Asset]) -> bytes:
    parts = urlsplit(info.base_url)
    values: dict[str, Any] = {
        "title": info.title,
        "description": info.description,
        "url": f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else "",
        "baseurl": parts.path.rstrip("/"),
        "timezone": info.time_zone or "UTC",
        "lang": info.language,
        "languages": list(info.languages),
        "permalink": permalink,
        "excerpt_separator": SUMMARY_DIVIDER,
        "include": _included(published),
        "taxonomies": info.taxonomies if set(info.taxonomies.values()) - _OWN_TAXONOMIES else {},
        "collections": COLLECTIONS,
        "defaults": [
            {"scope": {"path": "", "type": "posts"}, "values": {"layout": "post"}},
            {"scope": {"path": "", "type": "pages"}, "values": {"layout": "page"}},
            {"scope": {"path": "index.md", "type": "pages"}, "values": {"layout": "home"}},
        ],
    }
    said = {key: value for key, value in values.items() if value}
    other = {key: value for key, value in info.params.items() if key in values or key in SETTINGS}
    said |= {key: value for key, value in info.params.items() if key not in other and value is not None}
    said |= {"params": other} if other else {}
    return with_symbols_quoted(syntax_named("yaml").write(said)).encode()


def _included(published: list[Asset]) -> list[str]:
    """Return the names that Jekyll would leave out if the configuration did not name them."""
    names: set[str] = set()
    config = JekyllConfig()
    for asset in published:
        parts = _public_path(asset).parts
        for depth, part in enumerate(parts):
            if config.is_ignored(part, "/".join(parts[:depth]), directory=depth < len(parts) - 1):
                names.add(part)
    return sorted(names | ({".htaccess"} if names else set()))


def _sitemaps(taken: set[str], languages: Iterable[str]) -> Iterator[FileOp]:
    """Yield the site map, of a site in several languages also where the map of each was."""
    root = resources.files("hugoconv.systems.jekyll") / "theme"
    for path in ("sitemap.xml", *(f"{language}/sitemap.xml" for language in languages)):
        if path not in taken:
            yield Write(PurePosixPath(path), (root / "sitemap.xml").read_bytes())


def _theme(layouts: set[str]) -> Iterator[FileOp]:
    """Yield the plain layouts, the includes that bodies use, and one layout more for each name that a post asks for."""
    root = resources.files("hugoconv.systems.jekyll") / "theme"
    written: set[str] = set()
    for folder in ("_layouts", "_includes", f"_includes/{template_calls.FOLDER}"):
        for entry in sorted((root / folder).iterdir(), key=lambda entry: entry.name):
            if entry.is_file():
                written.add(entry.name.partition(".")[0])
                yield Write(PurePosixPath(folder, entry.name), entry.read_bytes())
    for layout in sorted(layouts - written - {"none"}):
        yield Write(PurePosixPath("_layouts", f"{layout}.html"), b"---\nlayout: page\n---\n{{ content }}\n")


def _stubs(templates: set[str]) -> Iterator[FileOp]:
    """Yield a template for each one that bodies call: it shows what a call encloses, or that there is a call."""
    for name in sorted(templates):
        if (text := template_calls.stub(name)) is not None:
            yield Write(PurePosixPath("_includes", template_calls.FOLDER, f"{name}.html"), text)
