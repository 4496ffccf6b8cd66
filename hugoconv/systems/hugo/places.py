"""Where posts and media of other systems go in a Hugo site, and what pass 1 is to count of the posts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote

from hugoconv.errors import UsageError
from hugoconv.migrate.plan import Place
from hugoconv.model import Post, SiteInfo
from hugoconv.systems.addresses import served
from hugoconv.systems.files import portable_name
from hugoconv.systems.hugo import addressing, cascades, stand_ins
from hugoconv.systems.hugo.configuration import ENCLOSING_TEMPLATE, MATH, TEMPLATE
from hugoconv.systems.hugo.keys import DEFAULT_TAXONOMIES
from hugoconv.systems.hugo.urls import PageKind

CONTENT = PurePosixPath("content")
ORIGINAL = PurePosixPath("original")
"""Where files go that the new site cannot use but that must not be lost; Hugo does not look there."""
COMMENTS = PurePosixPath("data", "comments")
"""Where a page's comments are: below this folder as the page is below `content`, so that templates find them.

The file keeps the ending of the page: Hugo reads `portfolio.json` and `portfolio/` under one name, and has one of them.
"""

_ENDINGS = {"html": ".html", "org": ".org", "asciidoc": ".adoc", "rst": ".rst"}
"""How a content file ends when its body is not Markdown."""
_INDEX = ("index", "_index")


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How the content is laid out; see the exporter's options of these names."""

    posts_section: str = "posts"
    sections: Mapping[str, str] = field(default_factory=dict)
    folders: str = "flat"
    bundles: str = "none"
    date_prefix: bool = False
    media: str = "uploads"

    def place(self, post: Post, site: SiteInfo) -> Place:
        """Return where a post goes, and its URL: the one it has."""
        markup = post.translate.markup if post.translate else post.body.dialect.markup
        ending = _language(post, site) + _ENDINGS.get(markup, ".md")
        if post.kind == "home":
            return _placed(post, PurePosixPath(f"_index{ending}"), post.address or "/", site)
        section = self.sections.get(post.type) or (self.posts_section if post.type == "post" else "")
        folder, name = (section, post.path.stem) if section else _page_name(post)
        name = safe_name(name) or "page"
        if section:
            folder, name = self._dated(post, folder, name)
        url = served(post.address) or f"/{folder}/{name}/".replace("//", "/")
        if self._is_list(post, folder, name, site):
            return _placed(post, PurePosixPath(folder, name, f"_index{ending}"), url, site)
        if name in _INDEX:  # which would make a bundle of the whole folder
            name = f"{name}-page"
        is_bundle = self.bundles == "leaf" or _hides_pictures(post, site)
        path = PurePosixPath(folder, name, f"index{ending}") if is_bundle else PurePosixPath(folder, name + ending)
        return _placed(post, path, url, site)

    def place_medium(self, address: str, owner: Place | None, *, is_public: bool) -> Place:
        """Return where a medium goes; beside a page only when that has a folder of its own.

        Hugo publishes the files of a page's own folder when it publishes the page, and `ORIGINAL` never.
        """
        name = PurePosixPath(address).name
        is_beside = self.media == "bundles" or not is_public
        if is_beside and owner is not None and owner.path.name.startswith("index."):
            return Place(owner.path.with_name(name), f"{owner.url.rstrip('/')}/{name}")
        if not is_public:
            return Place(ORIGINAL / address.lstrip("/"), address)
        if self.media == "flat":
            return Place(PurePosixPath("static", "media", name), f"/media/{name}")
        return Place(PurePosixPath("static", address.lstrip("/")), address)

    def _dated(self, post: Post, folder: str, name: str) -> tuple[str, str]:
        moment = post.date
        if moment is None:
            return folder, name
        day = moment.value
        if self.folders != "flat":
            folder += f"/{day:%Y}" + (f"/{day:%m}" if self.folders == "month" else "")
        return folder, f"{day:%Y-%m-%d}-{name}" if self.date_prefix else name

    def _is_list(self, post: Post, folder: str, name: str, site: SiteInfo) -> bool:
        """Whether the page stands at the address of a list that Hugo makes: of a section, a taxonomy or a term."""
        if post.kind == "section" or (not folder and name in {self.posts_section, *self.sections.values()}):
            return True
        parts = [*(part for part in folder.split("/") if part), name]
        lists = (site.taxonomies or DEFAULT_TAXONOMIES).values()
        return post.type != "post" and served(post.address).endswith("/") and parts[0] in lists and len(parts) < 3


def _hides_pictures(post: Post, site: SiteInfo) -> bool:
    """Whether a page that nobody may see yet has files of its own, which then belong into its folder."""
    if not site.settings.get("media library") or (post.status or "published") == "published":
        return False
    body = post.body
    return bool(post.image) or any(each.kind in ("image", "html") for each in body.dialect.references(body.text))


def _placed(post: Post, path: PurePosixPath, url: str, site: SiteInfo) -> Place:
    comments = COMMENTS / f"{path}.json" if post.comments else None
    also = tuple(each for each in (comments, stand_ins.file_for(post)) if each)
    path = CONTENT / path
    return Place(path, url, also, tuple(_traits(post, path, site)), _identity(path, site))


def _identity(path: PurePosixPath, site: SiteInfo) -> str:
    """Return the path by which Hugo knows a page: of two pages with the same one, it shows only one."""
    folder, _, name = str(path).rpartition("/")
    logical = folder if name.partition(".")[0] in _INDEX else f"{folder}/{name.rpartition('.')[0]}"
    language = language_of(path, site)
    suffix = f".{language}" if language and not logical.endswith(f".{language}") else ""
    return logical.lower().replace(" ", "-") + suffix


def _traits(post: Post, path: PurePosixPath, site: SiteInfo) -> Iterator[str]:
    page = addressing.page_to_address(post, path, kind_of(path, site))
    if page is not None and not language_of(path, site):
        yield from addressing.traits(page)
    if addressing.takes_date_from_name(post, path):
        yield addressing.DATED_NAMES
    yield from cascades.traits(post, path)
    if post.translate is not None:
        for name, encloses in post.translate.template_calls(post.body.text).items():
            yield f"{TEMPLATE}{name}"
            yield from (f"{ENCLOSING_TEMPLATE}{name}",) * encloses
        if "$$" in post.body.text and post.translate.markup == "markdown":
            yield MATH


def kind_of(path: PurePosixPath, site: SiteInfo) -> PageKind:
    """Return what kind of page Hugo makes of a content file."""
    if path.name.partition(".")[0] != "_index":
        return "page"
    folders = path.parent.parts[1:]
    if not folders:
        return "home"
    if folders[0] in (site.taxonomies or DEFAULT_TAXONOMIES).values():
        return "term" if len(folders) > 1 else "taxonomy"
    return "section"


def sections_of(pairs: tuple[str, ...]) -> dict[str, str]:
    """Return the option `sections` ("type=section") as a map; UsageError for anything else."""
    found = {}
    for pair in pairs:
        kind, equals, section = (part.strip() for part in pair.partition("="))
        if not (kind and equals) or not re.fullmatch(r"[\w-]+(?:/[\w-]+)*", section):
            raise UsageError(f"exporter.sections: write TYPE=SECTION, such as product=shop, not {pair!r}")
        found[kind] = section
    return found


def _language(post: Post, site: SiteInfo) -> str:
    """Return ".de" for a page in another language than the site's own, "" for the others."""
    language = post.language if len(site.languages) > 1 else ""
    if not language or language not in site.languages or language == next(iter(site.languages)):
        return ""
    return f".{language}"


def language_of(path: PurePosixPath, site: SiteInfo) -> str:
    """Return the language that a content file's name says ("de" for "page.de.md"), "" when it is the site's own."""
    if len(site.languages) < 2:
        return ""
    language = PurePosixPath(path.stem).suffix.removeprefix(".")
    return language if language in site.languages and language != next(iter(site.languages)) else ""


def _page_name(post: Post) -> tuple[str, str]:
    """Return folder and name of a page: as its address says, else as its file is called."""
    segments = [safe_name(part) for part in unquote(post.address).split("?")[0].split("/")] if post.address else []
    segments = [part for part in segments if part]
    if not segments:
        segments = [safe_name(part) for part in post.path.with_suffix("").parts]
    name = segments[-1] if segments else "page"
    for ending in (".html", ".htm"):
        name = name.removesuffix(ending)
    folder = "/".join(segments[:-1])
    if name in _INDEX and folder:
        folder, _, name = folder.rpartition("/")
    return folder, name


def safe_name(name: str) -> str:
    r"""Return a file name without what leaves its folder, cannot stand in a name, or hides it from Hugo."""
    return portable_name(name.lstrip(" .#~").rstrip(" .~"))
