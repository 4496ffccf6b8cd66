"""The table of a system whose posts are Markdown files: keys, folders, what it runs, what it has no counterpart for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from hugoconv.fields import KeyTable
from hugoconv.frontmatter.dialects import Dialect
from hugoconv.model import ListPage, Post
from hugoconv.systems.losses import Loss
from hugoconv.systems.markdown_site.from_commonmark import EVERYTHING
from hugoconv.systems.markdown_site.settings import Settings
from hugoconv.systems.markdown_site.tags import TagLanguage, unchanged


@dataclass(frozen=True, slots=True)
class Scaffold:
    """The files that make a minimal site which builds.

    `files` gives the place in the project of each file of the folder `scaffold` in `package`; what they must know of
    the site is written to `facts`, as JSON.
    """

    package: str
    facts: PurePosixPath
    files: Mapping[str, str]
    made: Mapping[str, Callable[[Mapping[str, Any]], bytes]] = field(default_factory=dict)
    """Files that are made of the facts, by path."""
    makes_feed: Callable[[ListPage], bool] = field(default=lambda page: True)
    """Whether the site has a feed for a list of the old one, at its old address."""


_ORIGINAL = PurePosixPath("original")
Links = Literal["address", "beside", "attach", "file"]
Redirects = Literal["stub", "key", "none"]


@dataclass(frozen=True, kw_only=True)
class Target:
    """What is true of one system; paths are folders of its project.

    `posts`, `pages` and `drafts` hold posts (`drafts` None: where the others are), `static` what is published as it
    is, `data` what templates may read. `links` says how bodies name what lies beside them: by its address, by a path
    (`beside`), by a path with a mark before it (`attach`), or everything by its file (`file`). `hidden` are keys that
    keep a page from being published whatever the site's templates do.
    """

    system: str
    label: str
    keys: KeyTable
    reader: Dialect
    posts: PurePosixPath
    pages: PurePosixPath
    static: PurePosixPath
    data: PurePosixPath
    drafts: PurePosixPath | None = None
    original: PurePosixPath = _ORIGINAL
    dated_posts: bool = False
    """Whether a post must have a date, so that one without is a page."""
    needs_title: bool = False
    """Whether the system leaves out what has no title."""
    sorted_by_date: bool = False
    """Whether the system's lists leave out posts without a date."""
    home_name: str = "index"
    """What the file of the home page is called."""
    told: str = ""
    """The attribute that tells Markdown to read what is inside an element."""
    by_year: bool = False
    """Whether posts stand in folders by their year."""
    folder_pages: bool = False
    """Whether each page is the index of a folder of its own."""
    colocates: bool = True
    """Whether files of a post's folder lie beside it unless the user says otherwise."""
    bundle_file: Callable[[PurePosixPath, str], PurePosixPath] = field(
        default=lambda folder, name: folder / name / "index.md"
    )
    """The file of a post with files beside it, by the folder and the name that it would have without them."""
    links: Links = "address"
    roots_pictures: bool = False
    """Whether a picture of Markdown without a slash before it is one at the root, unless it lies beside a post."""
    also_static: bool = False
    """Whether a file beside a post has no address of its own, so that it is published a second time."""
    redirects: Redirects = "stub"
    stub_head: str = ""
    """What stands before a page that leads elsewhere, so that the system copies it as it is."""
    syntax: Literal["yaml", "toml", "lines"] = "yaml"
    divider: str = "<!--more-->"
    reads: frozenset[str] = EVERYTHING
    """What its Markdown reads beyond the plainest."""
    tags: TagLanguage | None = None
    """The template language that the system runs over Markdown."""
    settings: Callable[[Path], Settings] = field(default=lambda root: Settings())
    """Returns what the configuration of a project says."""
    hidden: Mapping[str, Any] = field(default_factory=dict)
    reserved: frozenset[str] = frozenset()
    """Keys that act in this system although they are no field's: plain data of another system is renamed."""
    reserved_terms: frozenset[str] = frozenset()
    """Names of tags that mean something to the system itself."""
    top_keys: frozenset[str] = frozenset()
    """Keys that stand at the top of the front matter although they are no field's, where not all do."""
    nested: tuple[str, ...] = ()
    """Tables of the front matter whose keys are read as if they stood at the top."""
    titled_by_name: bool = False
    """Whether a post without a title is called as its file is."""
    inert_key: tuple[str, Any] | None = None
    """The key and value that keep a body with braces from being run as a template."""
    inert: Callable[[str], str] = unchanged
    """Returns a text so that the system shows it instead of running it."""
    address: Callable[[str], str] = unchanged
    """Returns the address at which a page can stand that wants this one."""
    further_keys: Callable[[Post, str], Mapping[str, Any]] = field(default=lambda post, url: {})
    """Further keys that a page needs, by the post and its address."""
    losses: tuple[Loss, ...] = ()
    scaffold: Scaffold | None = None
    shown_by: str = ""
    """The command that shows a site with a scaffold, in its folder; "" where there is nothing to run."""
    marks: tuple[str, ...] = ()
    """Files and folders by which a project of this system is known."""
    left_out: frozenset[str] = frozenset()
    """Folders that the system itself makes."""

    @property
    def publishes(self) -> bool:
        """Whether pages are shown at addresses: a folder of files that link to each other has none."""
        return self.links != "file"

    def kind_of(self, path: str) -> Literal["post", "draft", "page", ""]:
        """Return what a text of the project is by the innermost folder of the table that it lies in, "" for no post."""
        folders: list[tuple[PurePosixPath | None, Literal["post", "draft", "page", ""]]] = [
            *((self.drafts, "draft"), (self.posts, "post"), (self.pages, "page")),
            *((self.static, ""), (self.data, ""), (self.original, "")),
        ]
        found = [(len(folder.parts), kind) for folder, kind in folders if folder and self.reads_as(folder, path)]
        return max(found, key=lambda each: each[0], default=(0, ""))[1]

    def reads_as(self, folder: PurePosixPath, path: str) -> bool:
        """Whether a path of the project is in one of its folders."""
        return folder == PurePosixPath() or PurePosixPath(path).is_relative_to(folder)
