"""The project around the content: configuration, theme, term pages, data and files that are carried."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib import resources
from pathlib import PurePosixPath
from typing import Any

from hugoconv.frontmatter.conversion import fenced
from hugoconv.frontmatter.document import syntax_named
from hugoconv.migrate.linkmap import LinkMap
from hugoconv.migrate.plan import Copy, FileOp, Write
from hugoconv.model import Asset, Role, Site, SiteInfo, Term
from hugoconv.report.findings import Findings
from hugoconv.systems.data import authors_file, media_file, menu_names_file
from hugoconv.systems.hugo import stand_ins
from hugoconv.systems.hugo.configuration import (
    ENCLOSING_TEMPLATE,
    TEMPLATE,
    configuration,
    keeps_pages_of_lists,
    levels_of_contents,
)
from hugoconv.systems.hugo.data import comma_separated
from hugoconv.systems.hugo.dialect import HUGO
from hugoconv.systems.hugo.permalinks import UrlError
from hugoconv.systems.hugo.places import ORIGINAL
from hugoconv.systems.hugo.shortcode_rules import BUILT_IN
from hugoconv.systems.hugo.urls import escape_url, page_address

PLAIN_THEME = "plain"
"""The theme that is written when none is named, so that `hugo server` shows the site at once."""

_STUB = """{{{{- /* The template of this name is the old site's own: write here what it is to show. */ -}}}}
{shown}
"""

_LEVELS = "ToHTML 1 6 false"
"""Where the template of a table of contents says which levels it lists."""

_FOLDERS: dict[Role, PurePosixPath] = {
    "static": PurePosixPath("static"),
    "media": PurePosixPath("static"),
    "asset": PurePosixPath("assets"),
    "data": PurePosixPath("data"),
    "layout": ORIGINAL,
    "config": ORIGINAL,
    "template": ORIGINAL,
    "other": ORIGINAL,
}
"""Where the files of another system go, by what they are for."""


def site_files(site: Site, links: LinkMap, theme: str, log: Findings) -> Iterator[FileOp]:
    """Yield the operations for everything in a Hugo project that is not a post."""
    yield Write(PurePosixPath("hugo.toml"), configuration(site.info, theme or PLAIN_THEME, links))
    if not theme:
        yield from _plain_theme()
        yield from _pages_of_lists(site.info, links)
    elif site.info.settings.get("comments"):
        partial = resources.files("hugoconv.systems.hugo") / "theme" / "layouts" / "_partials" / "comments.html"
        yield Write(PurePosixPath("layouts", "_partials", "comments.html"), partial.read_bytes())
    if site.info.settings.get("galleries"):
        template = resources.files("hugoconv.systems.hugo") / "templates" / "gallery.html"
        yield Write(PurePosixPath("layouts", "_shortcodes", "gallery.html"), template.read_bytes())
    yield from _shortcodes(site.info, links)
    if site.info.authors:
        yield Write(PurePosixPath("data", "authors.json"), authors_file(site.info))
    if media := media_file(site, links):
        yield Write(PurePosixPath("data", "media.json"), media)
    if site.info.menu_names:
        yield Write(PurePosixPath("data", "menu_names.json"), menu_names_file(site.info))
    for taxonomy in sorted({*site.info.taxonomies.values()}):
        index = PurePosixPath("content", taxonomy, "_index.md")
        if links.resolve(f"/{taxonomy}/") == f"/{taxonomy}/" and not links.known_by(str(index.parent)):
            yield Write(index, fenced(syntax_named("yaml").write({"build": {"render": "never"}}), "yaml").encode())
    for taxonomy, terms in site.info.terms.items():
        for term in terms.values():
            meta = term.fields(include_secrets=site.info.include_secrets)
            if term.slug or term.description or term.address or meta:
                yield _term_page(taxonomy, term, meta)
    _secrets(site.info, log)
    for asset in site.assets:
        yield _asset(asset, site.info.system, log)


def _shortcodes(info: SiteInfo, links: LinkMap) -> Iterator[FileOp]:
    """Yield a template for each shortcode that bodies call and Hugo has not: hugoconv's own, else a stub."""
    for name in sorted(trait.removeprefix(TEMPLATE) for trait in links.traits if trait.startswith(TEMPLATE)):
        template = resources.files("hugoconv.systems.hugo") / "templates" / f"{name}.html"
        if name not in BUILT_IN:
            shown = "{{ .Inner }}" if links.traits[f"{ENCLOSING_TEMPLATE}{name}"] else f"<code>{name}</code>"
            text = template.read_text() if template.is_file() else _STUB.format(shown=shown)
            levels = " ".join(map(str, levels_of_contents(info)))
            yield Write(
                PurePosixPath("layouts", "_shortcodes", f"{name}.html"),
                text.replace(_LEVELS, f"ToHTML {levels} false").encode(),
            )


def _pages_of_lists(info: SiteInfo, links: LinkMap) -> Iterator[FileOp]:
    """Yield files that lead on from the addresses that the pages of the list of posts had, `/page2/` and so on."""
    old = str(info.settings.get("page of a list", "")).strip("/")
    if ":num" not in old or not info.page_size or keeps_pages_of_lists(info):
        return
    pages = -(-links.traits["pages\tposts"] // info.page_size)
    for number in range(2, pages + 1):
        folder = PurePosixPath(old.replace(":num", str(number)))
        yield stand_ins.leading_on(stand_ins.STATIC / folder / "index.html", f"/page/{number}/", "")


def _asset(asset: Asset, system: str, log: Findings) -> FileOp:
    if asset.role == "layout":
        log.add("HC308", file=str(asset.path), path=asset.path)
    elif asset.role == "template":
        log.add("HC403", file=str(asset.path), path=asset.path, system=system.capitalize())
    path = PurePosixPath(asset.address.lstrip("/")) if asset.address else asset.path
    if asset.role == "data" and len(path.parts) > 1:
        path = path.relative_to(path.parts[0])
        if path.suffix == ".tsv":
            data = comma_separated(asset.source)
            return Write(_FOLDERS["data"] / path.with_suffix(".csv"), data, origin=str(asset.path))
    return Copy(_FOLDERS[asset.role] / path, asset.source, str(asset.path))


def _secrets(info: SiteInfo, log: Findings) -> None:
    """Say once what was left out because it is nobody's business."""
    secrets: dict[str, int] = info.settings.get("secrets", {})
    if secrets and not info.include_secrets:
        log.add("HC209", count=sum(secrets.values()), names=", ".join(secrets))


def _term_page(taxonomy: str, term: Term, meta: Mapping[str, Any]) -> FileOp:
    """Return the page of a term, which keeps its name and, where Hugo would give another, its address or slug.

    Hugo looks for the page under the term's name in lower case with each space a hyphen, whatever the URL is.
    """
    values: dict[str, Any] = {"title": term.title or term.name}
    folder = PurePosixPath(taxonomy, *term.name.lower().replace(" ", "-").split("/"))
    wanted = term.address or f"/{taxonomy}/{term.slug}/"
    if (term.slug or term.address) and page_address(
        f"{folder}/_index", kind="term"
    ).file != f"{wanted.strip('/')}/index.html":
        with suppress(UrlError):
            values["url"] = escape_url(wanted)
    if term.parent:
        values["parent"] = term.parent
    if meta:
        values["meta"] = dict(meta)
    text = fenced(syntax_named("yaml").write(values), "yaml") + HUGO.escape(term.description)
    return Write(PurePosixPath("content") / folder / "_index.md", text.encode())


def _plain_theme() -> Iterator[FileOp]:
    folder = PurePosixPath("themes", PLAIN_THEME)
    root = resources.files("hugoconv.systems.hugo") / "theme"
    for part in ("layouts", "layouts/_partials", "layouts/_shortcodes"):
        directory = root / part
        if not directory.is_dir():
            continue
        for entry in sorted(directory.iterdir(), key=lambda entry: entry.name):
            if entry.is_file():
                yield Write(folder / part / entry.name, entry.read_bytes())
