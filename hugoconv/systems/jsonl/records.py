"""A post as one line of a dump, and back; `schema.json` says what each key means."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from hugoconv.fields import FIELDS, FieldError
from hugoconv.frontmatter.dates import Moment
from hugoconv.frontmatter.document import FrontMatter
from hugoconv.model import Body, Comment, Medium, PortableTranslate, Post, SiteInfo, Source, Term, Translate
from hugoconv.systems.contract import Reading
from hugoconv.systems.jsonl.checking import DumpError, safe_path
from hugoconv.systems.jsonl.values import NotPlainError, decoded, encoded, moment_record

SCHEMA = "hugoconv.post/1"
SECRETS = frozenset({"password"})
"""What an export says of a post and its visitors are not to know."""
_ITS_OWN = frozenset({"item", "number", "values", "mentions"})
"""What an importer keeps for the exporter of the same system, and is no more than the post says already."""


def record_of(post: Post, media: Iterable[Medium], *, include_secrets: bool) -> dict[str, Any]:
    """Return a post as a JSON object, its keys in a fixed order; `media` are those that it mentions."""
    record: dict[str, Any] = {
        "schema": SCHEMA,
        "path": str(post.path),
        "source": {"system": post.source.system, "name": post.source.name, "line": post.source.line},
        "kind": post.kind,
        "type": post.type,
        **fields_of(post),
        "terms": _terms(post, include_secrets),
        "address": post.address,
        "old_addresses": list(post.old_addresses),
        "link_addresses": list(post.link_addresses),
        "front_matter": _front_matter(post, include_secrets),
        "inherited": encoded(post.inherited),
        "body": _body(post),
        "comments": [comment_record(comment, include_secrets) for comment in post.comments],
        "media": [medium.address for medium in media],
        "extra": _extra(post.extra, include_secrets),
    }
    if post.unreadable:
        raw = post.source.raw if post.source.raw is not None else post.text.encode()
        record["unreadable"] = {"reason": post.unreadable, "base64": base64.b64encode(raw).decode()}
    return record


def fields_of(post: Post) -> dict[str, Any]:
    """Return the typed fields that a post has, written or inherited."""
    found: dict[str, Any] = {}
    for name in FIELDS if not post.unreadable else ():
        value = getattr(post, name)
        if isinstance(value, Moment):
            found[name] = moment_record(value)
        elif value is not None:
            found[name] = list(value) if isinstance(value, tuple) else value
    return found


def _terms(post: Post, include_secrets: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for taxonomy in post.keys.taxonomies if not post.unreadable else ():
        with suppress(FieldError, KeyError):
            found[taxonomy] = [_said(term_record(term, include_secrets), "name") for term in post.terms[taxonomy]]
    return found


def _said(record: dict[str, Any], always: str) -> dict[str, Any]:
    """Return a record without what it does not say."""
    return {key: value for key, value in record.items() if key == always or value}


def _front_matter(post: Post, include_secrets: bool) -> dict[str, Any]:
    front_matter = post.front_matter
    values = {} if post.unreadable else dict(front_matter)
    if not front_matter.syntax and not include_secrets:
        values = {key: value for key, value in values.items() if key not in SECRETS}
    return {
        "syntax": front_matter.syntax,
        "opening": post.opening,
        "text": front_matter.matter if front_matter.syntax else "",
        "closing": post.closing,
        "newline": front_matter.newline,
        "values": encoded(values),
    }


def _body(post: Post) -> dict[str, Any]:
    record: dict[str, Any] = {
        "dialect": post.body.dialect.name,
        "markup": post.body.dialect.markup,
        "line": post.body.line,
        "text": post.body.text,
    }
    if isinstance(post.translate, PortableTranslate):
        record["facts"] = encoded(post.translate.facts(post.body.text))
    return record


def term_record(term: Term, include_secrets: bool) -> dict[str, Any]:
    """Return a term, its custom fields only when it has some, the secret ones only with `include_secrets`."""
    record = asdict(term)
    del record["secrets"]
    return _with_meta(record, term.fields(include_secrets=include_secrets))


def comment_record(comment: Comment, include_secrets: bool) -> dict[str, Any]:
    """Return a comment; its writer's e-mail and IP address only with `include_secrets`."""
    record = _with_meta(asdict(comment), comment.meta)
    record["secrets"] = dict(comment.secrets) if include_secrets else {}
    return record


def _with_meta(record: dict[str, Any], meta: Mapping[str, Any]) -> dict[str, Any]:
    del record["meta"]
    return record | {"meta": encoded(meta)} if meta else record


def _extra(extra: dict[str, Any], include_secrets: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in extra.items():
        if key not in _ITS_OWN and (include_secrets or key not in SECRETS):
            with suppress(NotPlainError):
                found[key] = encoded(value)
    return found


def post_from(record: dict[str, Any], info: SiteInfo, reading: Reading) -> Post:
    """Return the post of a record that is as the schema says; DumpError for facts of another make."""
    unreadable = record.get("unreadable")
    body, source = record["body"], record["source"]
    return Post(
        front_matter=_front_matter_from(record["front_matter"], info, reading, check=not unreadable),
        body=Body(body["text"], reading.body, body["line"]),
        path=safe_path(record["path"]),
        source=Source(
            source["system"],
            source["name"],
            line=source["line"],
            raw=base64.b64decode(unreadable["base64"]) if unreadable else None,
        ),
        keys=reading.keys,
        kind=record["kind"],
        type=record["type"],
        opening=record["front_matter"]["opening"],
        closing=record["front_matter"]["closing"],
        address=record["address"],
        old_addresses=record["old_addresses"],
        link_addresses=record["link_addresses"],
        inherited=decoded(record["inherited"]),
        known_terms=info.terms,
        comments=[comment_from(each) for each in record["comments"]],
        extra=decoded(record["extra"]),
        translate=_translation(reading, body),
        unreadable=unreadable["reason"] if unreadable else "",
    )


def _translation(reading: Reading, body: dict[str, Any]) -> Translate | None:
    if "facts" not in body or reading.translation is None:
        return None
    try:
        return reading.translation(body["facts"])
    except (KeyError, TypeError) as error:
        raise DumpError(f"$.body.facts: there is no {error}") from None


def _front_matter_from(record: dict[str, Any], info: SiteInfo, reading: Reading, *, check: bool) -> FrontMatter:
    syntax = record["syntax"]
    if not syntax:
        values = decoded(record["values"])
        if not info.include_secrets:
            values = {key: value for key, value in values.items() if key not in SECRETS}
        return FrontMatter(values=values, dialect=reading.front_matter, newline=record["newline"])
    front_matter = FrontMatter(record["text"], syntax, dialect=reading.front_matter, newline=record["newline"])
    if check:
        front_matter.check()
    return front_matter


def comment_from(record: dict[str, Any]) -> Comment:
    """Return the comment of a record."""
    own = {"secrets": tuple(record["secrets"].items()), "meta": decoded(record.get("meta", {}))}
    return Comment(**{**record, **own})
