"""What Jekyll has no place for among its posts, as data files that layouts can read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from hugoconv.frontmatter.document import syntax_named
from hugoconv.migrate.linkmap import LinkMap
from hugoconv.model import MenuItem, Post, SiteInfo
from hugoconv.systems.jekyll.symbols import with_symbols_quoted


def comments_file(post: Post, include_secrets: bool) -> bytes:
    """Return a post's comments as a JSON list in their order; addresses only when they were asked for."""
    rows = [
        {
            "id": comment.identifier,
            "parent": comment.parent,
            "author": comment.author,
            "url": comment.url,
            "date": comment.date,
            "type": comment.kind,
            "approved": comment.approved,
            "content": comment.content,
            **(dict(comment.secrets) if include_secrets else {}),
        }
        for comment in post.comments
    ]
    return _json([_said(row) for row in rows])


def authors_file(site: SiteInfo) -> bytes:
    """Return the site's authors as a JSON map by login; e-mail addresses only when they were asked for."""
    return _json(
        {
            author.login: _said(
                {"name": author.name or author.login, "email": author.email if site.include_secrets else ""}
            )
            for author in site.authors.values()
        }
    )


def menus_file(menus: Mapping[str, Sequence[MenuItem]], links: LinkMap) -> bytes:
    """Return menus as a YAML map of lists; what leads to a page leads to where it is now."""
    values = {name: [_menu_item(item, links) for item in items] for name, items in menus.items()}
    return with_symbols_quoted(syntax_named("yaml").write(values)).encode()


def terms_file(site: SiteInfo) -> bytes:
    """Return what is said about terms as a JSON map by taxonomy and name."""
    return _json(
        {
            taxonomy: {
                name: _said({"slug": term.slug, "parent": term.parent, "description": term.description})
                for name, term in terms.items()
            }
            for taxonomy, terms in site.terms.items()
        }
    )


def _menu_item(item: MenuItem, links: LinkMap) -> dict[str, Any]:
    url = links.resolve(item.url) or item.url
    return _said(
        {
            "identifier": item.identifier,
            "name": item.name,
            "url": url,
            "parent": item.parent,
            "weight": item.weight,
            "lang": item.language,
        }
    )


def _said(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row without what says nothing."""
    return {key: value for key, value in row.items() if value not in ("", 0) or value is False}


def _json(value: Any) -> bytes:
    """Return JSON that is YAML too, as which Jekyll reads it."""
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")
