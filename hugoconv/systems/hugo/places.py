"""Where posts of other systems go below `content/`, and what pass 1 is to count of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from hugoconv.migrate.plan import Place
from hugoconv.model import Post, SiteInfo
from hugoconv.systems.files import portable_name
from hugoconv.systems.hugo import addressing, cascades
from hugoconv.systems.hugo.configuration import MATH
from hugoconv.systems.hugo.keys import DEFAULT_TAXONOMIES
from hugoconv.systems.hugo.urls import PageKind

_ENDINGS = {"html": ".html", "org": ".org", "asciidoc": ".adoc", "rst": ".rst"}
"""How a content file ends when its body is not Markdown."""
TEMPLATE = "template\t"
"""How the trait of a page begins that calls a template of ours; its name follows."""
_BUNDLES = ("index", "_index")


def place_page(post: Post, site: SiteInfo, posts_section: str) -> Place:
    """Return where a post of another system goes below `content/`, and its URL: the one it has."""
    markup = post.translate.markup if post.translate else post.body.dialect.markup
    ending = _ENDINGS.get(markup, ".md")
    if post.kind == "home":
        return Place(PurePosixPath("content", f"_index{ending}"), post.address or "/")
    if post.type == "post":
        folder, name = posts_section, post.path.stem
    else:
        folder, name = _page_name(post)
    name = safe_name(name) or "page"
    if _is_list(post, folder, name, site):
        path = PurePosixPath("content", folder, name, f"_index{ending}")
    else:
        # A file that is called index would take the whole folder for its own.
        path = PurePosixPath("content", folder, (f"{name}-page" if name in _BUNDLES else name) + ending)
    also = (PurePosixPath("data", "comments", f"{path.stem}.json"),) if post.comments else ()
    traits = tuple(_traits(post, path, site))
    return Place(path, post.address or f"/{folder}/{path.stem}/", also, traits, _identity(path))


def _identity(path: PurePosixPath) -> str:
    """Return the path by which Hugo knows a page: of two pages with the same one, it shows only one."""
    logical = path.parent if path.stem == "_index" else path.with_suffix("")
    return str(logical).lower().replace(" ", "-")


def place_medium(address: str, owner: Place | None, layout: str) -> Place:
    """Return where a medium goes by the exporter's option `media`; beside a page only when that has a folder."""
    name = PurePosixPath(address).name
    if layout == "bundles" and owner is not None and owner.path.name.startswith("index."):
        return Place(owner.path.with_name(name), f"{owner.url.rstrip('/')}/{name}")
    if layout == "flat":
        return Place(PurePosixPath("static", "media", name), f"/media/{name}")
    return Place(PurePosixPath("static", address.lstrip("/")), address)


def kind_of(path: PurePosixPath, site: SiteInfo) -> PageKind:
    """Return what kind of page Hugo makes of a content file."""
    folders = path.parent.parts[1:]
    if path.stem != "_index":
        return "page"
    if not folders:
        return "home"
    if folders[0] in (site.taxonomies or DEFAULT_TAXONOMIES).values():
        return "term" if len(folders) > 1 else "taxonomy"
    return "section"


def safe_name(name: str) -> str:
    r"""Return a file name without what leaves its folder, cannot stand in a name, or hides it from Hugo."""
    return portable_name(name.lstrip(" .#~").rstrip(" .~"))


def _is_list(post: Post, folder: str, name: str, site: SiteInfo) -> bool:
    """Whether the page stands at the address of a list that Hugo makes: of a section, a taxonomy or a term."""
    if post.kind == "section":
        return True
    parts = [*(part for part in folder.split("/") if part), name]
    lists = (site.taxonomies or DEFAULT_TAXONOMIES).values()
    return post.type != "post" and post.address.endswith("/") and parts[0] in lists and len(parts) < 3


def _traits(post: Post, path: PurePosixPath, site: SiteInfo) -> Iterator[str]:
    page = addressing.page_to_address(post, path, kind_of(path, site))
    if page is not None:
        yield from addressing.traits(page)
    if addressing.takes_date_from_name(post, path):
        yield addressing.DATED_NAMES
    yield from cascades.traits(post, path)
    if post.translate is not None:
        yield from (f"{TEMPLATE}{name}" for name in post.translate.template_calls(post.body.text))
        if "$$" in post.body.text and post.translate.markup == "markdown":
            yield MATH


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
    if name in _BUNDLES and folder:
        folder, _, name = folder.rpartition("/")
    return folder, name
