"""The project around the posts: files, redirects, data, and a minimal site to build them with."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import resources
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from hugoconv.migrate.linkmap import LinkMap
from hugoconv.migrate.plan import Copy, FileOp, Write
from hugoconv.model import Asset, ListPage, Redirect, Site, SiteInfo
from hugoconv.report.findings import Findings
from hugoconv.systems.addresses import as_url
from hugoconv.systems.data import authors_file, json_file, menus_of, terms_file
from hugoconv.systems.files import report_template_files
from hugoconv.systems.markdown_site.places import Layout, folder_of, is_bundle, own_folder
from hugoconv.systems.markdown_site.target import Scaffold
from hugoconv.urls import urlsplit
from hugoconv.visibility import shown_as


@dataclass
class Survey:
    """What the posts say that the project must answer.

    `folders` are those of posts that hold their own files, by the address that relative links start from; `attached`
    are the addresses of the files that those posts show or link, `hidden` the addresses whose files are no more public
    than their post, `pages` the files that are published for posts.
    """

    folders: dict[str, PurePosixPath] = field(default_factory=dict)
    attached: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)
    redirects: list[Redirect] = field(default_factory=list)

    @classmethod
    def of(cls, site: Site, links: LinkMap, layout: Layout) -> Survey:
        """Return the survey of a site's posts."""
        survey = cls()
        for post in site.posts_again():
            try:
                place = links.place(post)
            except KeyError:
                continue  # left out by a filter or a transform
            if post.unreadable:
                continue
            is_public = shown_as(post, site.info.zone, future=site.info.build_future) == "published"
            if is_bundle(post) and not is_public and post.address:
                survey.hidden.add(folder_of(post.address))
            if layout.is_bundle(post):
                survey.folders[folder_of(post.address)] = own_folder(place.path)
                survey.attached |= {each.lead.address for each in post.references if each.lead.kind == "file"}
            if is_public and place.url:
                survey.pages.add(file_of(place.url))
                old = (post.address, *(each for each in post.old_addresses if "?" not in each))
                survey.redirects += [Redirect(as_url(each), place.url) for each in old if each]
        return survey

    def folder_of(self, address: str) -> tuple[str, PurePosixPath] | None:
        """Return the address and the folder of the post that a file belongs to, None for no post's."""
        found = next((folder for folder in _folders(address) if folder in self.folders), None)
        return None if found is None else (found, self.folders[found])

    def hides(self, address: str) -> bool:
        """Whether a file belongs to a post that is not public."""
        return any(folder in self.hidden for folder in _folders(address))


def _folders(address: str) -> Iterator[str]:
    """Yield the folders that an address lies in, the innermost first, without the root."""
    while "/" in (inner := address.rstrip("/").rpartition("/")[0]):
        address = f"{inner}/"
        yield address


def site_files(
    site: Site, links: LinkMap, layout: Layout, *, scaffold: bool, base_path: str, log: Findings
) -> Iterator[FileOp]:
    """Yield the operations for everything in a project that is not a post."""
    target = layout.target
    survey = Survey.of(site, links, layout)
    yield from _assets(site.assets, survey, layout, log)
    taken = survey.pages | {_public(asset) for asset in site.assets if asset.is_for_readers}
    lists = _lists(site, taken)
    around = target.scaffold if scaffold else None
    leading = [Redirect(page.address, target.address(page.address)) for page in lists if around is not None]
    redirects = list(_needed([*survey.redirects, *leading, *site.redirects], taken))
    if target.redirects != "none":
        said = {file_of(each.old) for each in survey.redirects} if target.redirects == "key" else set()
        for each in redirects:
            if file_of(each.old) in said:
                continue  # by the front matter of the post that it leads to
            path = target.static / file_of(each.old)
            yield Write(path, stub(base_path + each.new, target.stub_head), origin=each.old)
    yield from _data(site, links, layout)
    feeds = list(_feeds(site, taken))
    made = [feed for feed in feeds if around and around.makes_feed(feed) and target.address(feed.feed) == feed.feed]
    if around is not None:
        files = [_public(asset) for asset in site.assets if asset.is_for_readers]
        facts = _facts(site.info, lists, made, redirects, files, layout)
        facts["page_files"] = _page_files(survey.pages, lists)
        yield from _scaffold(around, facts, links)
    elif lists and target.publishes:
        log.add("HC682", count=len(lists), address=lists[0].address, system=target.label)
    unmade = [feed.feed for feed in feeds if feed not in made]
    if unmade and target.publishes:
        log.add("HC691", count=len(unmade), address=unmade[0], system=target.label)


def _lists(site: Site, taken: set[str]) -> list[ListPage]:
    """Return the lists of the old site that no post stands for, and a home page if it had none."""
    found = {file_of(page.address): page for page in site.lists() if not page.written}
    home = ListPage("home", "/", site.info.title)
    return [page for file, page in ({"index.html": home} | found).items() if file not in taken]


def _feeds(site: Site, taken: set[str]) -> Iterator[ListPage]:
    """Yield the lists of the old site that had feeds, each feed once; not those that a file stands for."""
    done = set(taken)
    whole = ListPage("home", "/", site.info.title, feed=site.info.feed)
    for page in (*site.lists(), whole):
        if page.feed and (file := file_of(page.feed)) not in done:
            done.add(file)
            yield page


def _page_files(pages: set[str], lists: list[ListPage]) -> list[str]:
    """Return the files of pages that a generator would call otherwise: of another ending, or beside a folder's page."""
    folders = pages | {file_of(page.address) for page in lists}
    beside = {f"{file.removesuffix('/index.html')}.html" for file in folders if file.endswith("/index.html")}
    return sorted(file for file in pages if not file.endswith(".html") or file in beside)


def _scaffold(scaffold: Scaffold, facts: dict[str, Any], links: LinkMap) -> Iterator[FileOp]:
    yield Write(scaffold.facts, json_file(facts))
    root = resources.files(scaffold.package) / "scaffold"
    for name, path in scaffold.files.items():
        if not links.claimed_by(PurePosixPath(path)):
            yield Write(PurePosixPath(path), (root / name).read_bytes())
    for path, make in scaffold.made.items():
        yield Write(PurePosixPath(path), make(facts))


def _needed(redirects: Iterable[Redirect], taken: set[str]) -> Iterator[Redirect]:
    """Yield the redirects whose old address no page or file has, each once."""
    done = set(taken)
    for each in redirects:
        file = file_of(each.old)
        if file not in done and ".." not in file and file != file_of(each.new):
            done.add(file)
            yield each


def stub(to: str, head: str = "") -> bytes:
    """Return a page that leads to an address."""
    link = html.escape(to)
    return (
        f'{head}<!doctype html>\n<html><head><meta charset="utf-8"><title>Redirect</title><link rel="canonical" '
        f'href="{link}"><meta http-equiv="refresh" content="0; url={link}"></head></html>\n'
    ).encode()


def file_of(address: str) -> str:
    """Return the file that is published for an address, as a path from the root of the site."""
    path = unquote(urlsplit(address).path).lstrip("/")
    is_file = "." in path.rpartition("/")[2]
    return path if path and not path.endswith("/") and is_file else f"{path.rstrip('/')}/index.html".lstrip("/")


# Files --------------------------------------------------------------------------------------------------------------


def _public(asset: Asset) -> str:
    return asset.address.lstrip("/") or str(asset.path)


def _assets(assets: Iterable[Asset], survey: Survey, layout: Layout, log: Findings) -> Iterator[FileOp]:
    shown: set[PurePosixPath] = set()
    assets = list(assets)
    for asset in sorted(assets, key=lambda asset: asset.role == "asset"):
        name = str(asset.path)
        if asset.role == "data":
            yield Copy(layout.target.data / _inside(asset.path), asset.source, name)
            continue
        if not asset.is_for_readers:
            if asset.role == "layout":
                log.add("HC308", file=name, path=asset.path)
            yield Copy(layout.target.original / asset.path, asset.source, name)
            continue
        for path in _published_at(asset, survey, layout):
            if path in shown:
                path = layout.target.original / asset.path
                log.add("HC501", file=name, path=layout.public_path(asset), other=_public(asset), renamed=path)
            shown.add(path)
            yield Copy(path, asset.source, name)
    report_template_files(assets, layout.target.original, log)


def _published_at(asset: Asset, survey: Survey, layout: Layout) -> Iterator[PurePosixPath]:
    """Yield where a published file goes: beside its post, and to its address where that alone would not answer."""
    target = layout.target
    owner = survey.folder_of(asset.address)
    is_hidden = survey.hides(asset.address)
    is_beside = owner is not None and (target.links != "attach" or asset.address in survey.attached)
    if owner is not None and is_beside:
        yield owner[1] / asset.address[len(owner[0]) :]
    elif is_hidden and target.links != "file":
        yield target.original / asset.path
    if not (is_hidden and target.links != "file") and (not is_beside or target.also_static):
        yield layout.public_path(asset)


def _inside(path: PurePosixPath) -> PurePosixPath:
    return path.relative_to(path.parts[0]) if len(path.parts) > 1 else path


def _data(site: Site, links: LinkMap, layout: Layout) -> Iterator[FileOp]:
    folder, info = layout.target.data, site.info
    if info.authors:
        yield Write(folder / "authors.json", authors_file(info))
    if info.terms:
        yield Write(folder / "terms.json", terms_file(info))
    if menus := info.menus | site.menus():
        yield Write(folder / "menus.json", json_file(menus_of(menus, links)))


def _list(page: ListPage, layout: Layout) -> dict[str, Any]:
    return {
        "kind": page.kind,
        "address": unquote(layout.target.address(page.address)),
        "title": page.title,
        "taxonomy": page.taxonomy,
        "of_posts": page.kind == "home" or page.address.strip("/") in layout.post_types,
    }


def _facts(
    info: SiteInfo,
    lists: list[ListPage],
    feeds: list[ListPage],
    redirects: list[Redirect],
    files: list[str],
    layout: Layout,
) -> dict[str, Any]:
    """Return what a scaffold is made of: all that templates must know of the site."""
    parts = urlsplit(info.base_url)
    return {
        "title": info.title,
        "description": info.description,
        "base_url": info.base_url if parts.netloc else "",
        "origin": f"{parts.scheme}://{parts.netloc}" if parts.netloc else "",
        "base_path": parts.path.rstrip("/"),
        "language": info.language or "en",
        "time_zone": info.time_zone,
        "taxonomies": list(info.taxonomies.values()),
        "lists": [_list(page, layout) for page in lists],
        "feeds": [_list(page, layout) | {"file": file_of(page.feed)} for page in feeds],
        "redirects": {each.old: each.new for each in redirects},
        "files": sorted(files),
    }
