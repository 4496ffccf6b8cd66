"""What a target has no content type for, as data files that its templates can read: JSON, which is YAML too."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from hugoconv.migrate.linkmap import LinkMap
from hugoconv.migrate.media import described
from hugoconv.model import Comment, MenuItem, Post, Site, SiteInfo


def json_file(value: Any) -> bytes:
    """Return a value as a JSON file for people to read, in UTF-8."""
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")


_in_lines = json.JSONEncoder(ensure_ascii=False, separators=(",\n    ", ": ")).encode
"""Writes a map of single values, each on a line: as `json_file` does, but in C, which `indent` rules out."""


def rows_file(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return maps of single values as `json_file` writes their list, in a third of the time."""
    text = ",\n".join(f"  {{\n    {_in_lines(row)[1:-1]}\n  }}" for row in rows)
    return f"[\n{text}\n]\n".encode("utf-8", "backslashreplace") if text else b"[]\n"


def comments_file(post: Post, include_secrets: bool) -> bytes:
    """Return a post's comments as a JSON list, answers after what they answer; secrets only when they were asked for.

    `depth` says how deep an answer is, so that a template need not look for it.
    """
    return rows_file(_comment(comment, depth, include_secrets) for depth, comment in threads(post.comments))


def threads(comments: Sequence[Comment]) -> Iterator[tuple[int, Comment]]:
    """Yield comments with their depth, answers right after what they answer, else in their order."""
    known = {comment.identifier for comment in comments}
    answers: dict[str, list[Comment]] = {}
    for comment in comments:
        is_answer = comment.parent in known and comment.parent != comment.identifier
        answers.setdefault(comment.parent if is_answer else "", []).append(comment)
    waiting = [(0, comment) for comment in reversed(answers.pop("", []))]
    while waiting:
        depth, comment = waiting.pop()
        yield depth, comment
        waiting += [(depth + 1, answer) for answer in reversed(answers.pop(comment.identifier, []))]
    for left in answers.values():  # that answer one another in a circle
        yield from ((0, comment) for comment in left)


def authors_file(site: SiteInfo) -> bytes:
    """Return the site's authors as a JSON map by login; e-mail addresses only when they were asked for."""
    return json_file(
        {
            author.login: {"name": author.name or author.login}
            | ({"email": author.email} if author.email and site.include_secrets else {})
            for author in site.authors.values()
        }
    )


def terms_file(site: SiteInfo) -> bytes:
    """Return what is said about terms as a JSON map by taxonomy and name."""
    return json_file(
        {
            taxonomy: {
                name: said(
                    {
                        "slug": term.slug,
                        "parent": term.parent,
                        "description": term.description,
                        "meta": term.fields(include_secrets=site.include_secrets),
                    }
                )
                for name, term in terms.items()
            }
            for taxonomy, terms in site.terms.items()
        }
    )


def menus_of(menus: Mapping[str, Sequence[MenuItem]], links: LinkMap) -> dict[str, list[dict[str, Any]]]:
    """Return menus as a map of lists; what leads to a page leads to where it is now."""
    return {name: [_menu_item(item, links) for item in items] for name, items in menus.items()}


def _menu_item(item: MenuItem, links: LinkMap) -> dict[str, Any]:
    return said(
        {
            "identifier": item.identifier,
            "name": item.name,
            "url": links.resolve(item.url) or item.url,
            "parent": item.parent,
            "weight": item.weight,
            "lang": item.language,
        }
    )


def media_file(site: Site, links: LinkMap) -> bytes:
    """Return what the old site's media library says of its files, as a JSON map by URL path; b"" for nothing."""
    library = described(site.media, links)
    return json_file(library) if library else b""


def menu_names_file(site: SiteInfo) -> bytes:
    """Return what people call the menus, as a JSON map by the menus' names."""
    return json_file(site.menu_names)


def said(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row without what says nothing."""
    return {key: value for key, value in row.items() if value not in ("", 0, {}) or value is False}


def _comment(comment: Comment, depth: int, include_secrets: bool) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": comment.identifier,
        "parent": comment.parent,
        "depth": depth,
        "author": comment.author,
        "url": comment.url,
        "date": comment.date,
        "type": comment.kind,
        "approved": comment.approved,
        "content": comment.content,
        "html": comment.html,
        "meta": dict(comment.meta),
    }
    row |= dict(comment.secrets) if include_secrets else {}
    return {key: value for key, value in row.items() if value not in ("", {})}
