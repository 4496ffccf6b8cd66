"""What an earlier move from WordPress put beside the posts, as data files: comments, authors, menus and terms.

The files are those that the exporters of Hugo and Jekyll write; on the way back they become what they were.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hugoconv.errors import FrontMatterError
from hugoconv.frontmatter.dialects import JEKYLL
from hugoconv.frontmatter.document import syntax_named
from hugoconv.model import Asset, Author, Comment, MediaText, MenuItem, Post, SiteInfo, Term

_DATA_FOLDERS = ("data", "_data")
_ENDINGS = (".json", ".yml")


@dataclass(frozen=True)
class CarriedData:
    """The data files of a site by their names below the data folder, without ending: "comments/hello", "authors"."""

    files: Mapping[str, Path] = field(default_factory=dict)

    @classmethod
    def of(cls, assets: Iterable[Asset]) -> CarriedData:
        """Return the data files among a site's files."""
        found = {
            str(asset.path.relative_to(asset.path.parts[0]).with_suffix("")): asset.source
            for asset in assets
            if asset.role == "data" and asset.path.suffix in _ENDINGS and asset.path.parts[0] in _DATA_FOLDERS
        }
        return cls(found)

    def comments_on(self, post: Post) -> tuple[Comment, ...]:
        """Return the comments on a post, which lie under its path or its name."""
        name = post.path.stem if post.path.stem not in ("index", "_index") else post.path.parent.name
        return self.comments("/".join(post.path.parts[1:])) or self.comments(name)

    def comments(self, name: str) -> tuple[Comment, ...]:
        """Return the comments on the post of a name, in their order."""
        found = self._load(f"comments/{name}")
        rows = [row for row in found if isinstance(row, dict) and "content" in row] if isinstance(found, list) else []
        return tuple(
            Comment(
                identifier=str(row.get("id", "")),
                author=str(row.get("author", "")),
                date=str(row.get("date", "")),
                content=str(row["content"]),
                parent=str(row.get("parent", "")),
                url=str(row.get("url", "")),
                kind=str(row.get("type", "comment")),
                approved=row.get("approved") is not False,
                secrets=tuple((key, str(row[key])) for key in ("email", "ip") if row.get(key)),
                meta=_map(row.get("meta")),
            )
            for row in rows
        )

    def media(self) -> dict[str, MediaText]:
        """Return what the library of an earlier site said of media, by their URL paths."""
        names = ("title", "alt", "caption", "description")
        return {
            address: MediaText(*(str(row.get(name, "")) for name in names))
            for address, row in _rows(self._load("media"))
        }

    def complete(self, info: SiteInfo) -> None:
        """Add authors, menus and terms to what is said of the site, where it says nothing itself."""
        for login, row in _rows(self._load("authors")):
            author = Author(login, str(row.get("name", "")), str(row.get("email", "")))
            info.authors.setdefault(login, author)
        menus = self._load("menus") or self._load("navigation")
        for name, items in menus.items() if isinstance(menus, dict) else ():
            if isinstance(items, list) and name not in info.menus:
                info.menus[name] = tuple(_menu_item(item) for item in items if isinstance(item, dict))
        names = self._load("menu_names")
        for name, label in names.items() if isinstance(names, dict) else ():
            if isinstance(label, str):
                info.menu_names.setdefault(name, label)
        for taxonomy, terms in _rows(self._load("terms")):
            known = info.terms.setdefault(taxonomy, {})
            for name, row in _rows(terms):
                slug, parent, description = (str(row.get(key, "")) for key in ("slug", "parent", "description"))
                known.setdefault(name, Term(name, slug, parent, description, meta=_map(row.get("meta"))))

    def _load(self, name: str) -> Any:
        file = self.files.get(name)
        try:
            text = file.read_text(encoding="utf-8") if file else ""
            if file and file.suffix == ".yml":
                return syntax_named("yaml").parse(text, JEKYLL.scalars)
            return json.loads(text) if text else None
        except (OSError, ValueError, FrontMatterError):
            return None


def _rows(value: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(str(key), row) for key, row in value.items() if isinstance(row, dict)] if isinstance(value, dict) else []


def _map(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _menu_item(row: dict[str, Any]) -> MenuItem:
    weight = row.get("weight")
    return MenuItem(
        identifier=str(row.get("identifier", "")),
        name=str(row.get("name", "")),
        url=str(row.get("url", "")),
        parent=str(row.get("parent", "")),
        weight=weight if isinstance(weight, int) else 0,
    )
