"""What a site says beside its posts: terms, people, comments, menus, redirects and list pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["home", "page", "section", "term"]


@dataclass(frozen=True, slots=True)
class Term:
    """A category, tag or term of another taxonomy, known by `name`; `parent` is the parent's name, "" for none.

    `title` is what people see, "" for the name; `address` is the URL path of its page on the old site, "" if unknown.
    `meta` are the fields that plug-ins gave it, `secrets` those of them that are nobody's business.
    """

    name: str
    slug: str = ""
    parent: str = ""
    description: str = ""
    title: str = ""
    address: str = ""
    meta: Mapping[str, Any] = field(default_factory=dict, hash=False)
    secrets: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.name

    def fields(self, *, include_secrets: bool) -> dict[str, Any]:
        """Return the fields that plug-ins gave it, the secret ones with `include_secrets` only."""
        return {**self.meta, **self.secrets} if include_secrets else dict(self.meta)


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who writes, known by `login`."""

    login: str
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """A reader's comment; `date` is RFC 3339 text, `parent` the identifier of the comment it answers ("" for none).

    `content` is as the source has it; `html` the same as HTML that can be shown as it is, "" where nobody made it.
    `meta` are the fields that plug-ins gave it (a rating).
    """

    identifier: str
    author: str
    date: str
    content: str
    parent: str = ""
    url: str = ""
    kind: str = "comment"
    approved: bool = True
    html: str = ""
    secrets: tuple[tuple[str, str], ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry of a menu; `url` is as the source writes it, `parent` the entry above ("" for none).

    `title` is what shows when the pointer rests on it, `target` the window that it opens in ("_blank").
    """

    identifier: str
    name: str
    url: str
    parent: str = ""
    weight: int = 0
    language: str = ""
    title: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Redirect:
    """An old address and where it leads now, both as URL paths."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page that the old site made of its posts: the home page, a section's, a taxonomy's or a term's.

    `address` and `feed` are URL paths ("" for no feed). A term's page has its name as `title`.
    `taxonomy` is the plural, `written` says that a post of that address exists, which then is the page.
    """

    kind: Kind
    address: str
    title: str
    taxonomy: str = ""
    language: str = ""
    feed: str = ""
    written: bool = False
