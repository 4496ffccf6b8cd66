"""A site: what is true of the whole, and its posts one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from hugoconv.errors import HugoconvError
from hugoconv.model.assets import Asset
from hugoconv.model.media import MediaLibrary
from hugoconv.model.post import Post
from hugoconv.model.values import Author, ListPage, MenuItem, Redirect, Term
from hugoconv.report.findings import Findings


@dataclass(slots=True)
class SiteInfo:
    """What is true of the whole site; small, and the same in every process."""

    system: str
    title: str = ""
    description: str = ""
    base_url: str = ""
    language: str = ""
    time_zone: str = ""
    zone: tzinfo = UTC
    taxonomies: dict[str, str] = field(default_factory=dict)
    """Front matter key of each taxonomy (plural), by its singular name."""
    terms: dict[str, dict[str, Term]] = field(default_factory=dict)
    authors: dict[str, Author] = field(default_factory=dict)
    menus: dict[str, tuple[MenuItem, ...]] = field(default_factory=dict)
    menu_names: dict[str, str] = field(default_factory=dict)
    """What people call a menu, where that is not the name it has in `menus`."""
    include_secrets: bool = False
    """Whether this run carries passwords and addresses to another system."""
    params: dict[str, Any] = field(default_factory=dict)
    """What the site's configuration says for its templates, beside the system's own settings."""
    page_size: int = 0
    """How many posts a list shows on one page, 0 when it is not said."""
    feed: str = ""
    """The URL path of the site's feed, "" when it is not known."""
    languages: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What is said of each language of a site in several, by its code, the site's own first: label, title, ..."""
    lost: tuple[tuple[str, str, str], ...] = ()
    """The settings that another system cannot be told: file, key, and what to do."""
    build_future: bool = False
    """Whether posts of the future are published."""
    settings: dict[str, Any] = field(default_factory=dict)
    """What the source knows beside this, as its exporter counterpart may want it."""


class PostSource(Protocol):
    """Posts that can be loaded one by one, in any process; picklable, and small."""

    def __len__(self) -> int: ...

    def load(self, index: int, log: Any) -> Post | None:
        """Return the post of a unit; None when it is not a post or cannot be read (the log says why)."""

    def name(self, index: int) -> str:
        """Return how findings call the unit: a path, or file and item."""


@runtime_checkable
class SelfContainedPosts(PostSource, Protocol):
    """Posts that are files of their own, and within their system stay where they are."""

    def load_alone(self, index: int, log: Any) -> Post | None:
        """Return the post as its file alone says, without what the rest of the site says of it (dates, addresses)."""


class PostStream(Sequence[Post]):
    """The posts of a source one by one, read again each time they are asked for."""

    def __init__(self, source: PostSource, log: Any) -> None:
        self.source = source
        self.log = log

    def __len__(self) -> int:
        return len(self.source)

    def __iter__(self) -> Iterator[Post]:
        for index in range(len(self.source)):
            post = self.source.load(index, self.log)
            if post is not None:
                yield post

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self[position] for position in range(*index.indices(len(self)))]
        return self.source.load(index, self.log)


@dataclass(slots=True)
class Site:
    """A site as an importer read it: posts, the files beside them, and what is true of the whole."""

    info: SiteInfo
    posts: Sequence[Post]
    root: Path
    assets: Sequence[Asset] = ()
    redirects: Sequence[Redirect] = ()
    units: PostSource | None = None
    """Where the posts are loaded from, None when they only exist in memory."""
    lists: Callable[[], Iterable[ListPage]] = tuple
    """The list pages of the old site, found by reading every post once."""
    menus: Callable[[], dict[str, tuple[MenuItem, ...]]] = dict
    """The menus of the old site, with those entries that pages ask for; empty where `info.menus` says all."""
    media: MediaLibrary | None = None
    """Media that are not beside the posts but in a library of their own, to be copied or fetched."""
    left_out: Sequence[str] = ()
    """Folders in the source that are no part of the site."""
    left_behind: Findings = field(default_factory=Findings)
    """What of the site only its own system can hold: findings for whoever takes it to another."""

    def posts_again(self) -> Iterator[Post]:
        """Yield the posts once more, with their numbers; what loading them has to say was said before."""
        if self.units is None:
            yield from self.posts
            return
        for index in range(len(self.units)):
            try:
                post = self.units.load(index, Findings())
            except HugoconvError:
                continue
            if post is not None:
                post.number = (index, 0)
                yield post
