"""A post as one line of a dump, and back; `schema.json` says what each key means."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from pathlib import PurePosixPath
from typing import Any, TypeVar, cast

from hugoconv.fields import FIELDS, FieldError
from hugoconv.frontmatter.dates import Moment
from hugoconv.frontmatter.document import SYNTAXES, FrontMatter
from hugoconv.model import Body, Comment, Kind, Medium, PortableTranslate, Post, SiteInfo, Source
from hugoconv.systems.contract import Reading
from hugoconv.systems.jsonl.values import NotPlainError, decoded, encoded, moment_record

Value = TypeVar("Value")

SCHEMA = "hugoconv.post/1"
SECRETS = frozenset({"password"})
"""What an export says of a post and its visitors are not to know."""
_LISTS_OF_TEXTS = ("old_addresses", "link_addresses", "media")
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
        "terms": _terms(post),
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


def _terms(post: Post) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for taxonomy in post.keys.taxonomies if not post.unreadable else ():
        with suppress(FieldError, KeyError):
            found[taxonomy] = [_said(asdict(term), "name") for term in post.terms[taxonomy]]
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


def comment_record(comment: Comment, include_secrets: bool) -> dict[str, Any]:
    """Return a comment; its writer's e-mail and IP address only with `include_secrets`."""
    record = asdict(comment)
    record["secrets"] = dict(comment.secrets) if include_secrets else {}
    return record


def _extra(extra: dict[str, Any], include_secrets: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in extra.items():
        if key not in _ITS_OWN and (include_secrets or key not in SECRETS):
            with suppress(NotPlainError):
                found[key] = encoded(value)
    return found


def post_from(record: dict[str, Any], info: SiteInfo, reading: Reading) -> Post:
    """Return the post of a line; ValueError, KeyError or TypeError for what is not as the schema says."""
    if record["schema"] != SCHEMA:
        raise ValueError(f"the schema is {record['schema']!r}, not {SCHEMA!r}")
    for name in _LISTS_OF_TEXTS:
        for each in _is(list, record[name]):
            _text(each)
    unreadable = record.get("unreadable")
    body = record["body"]
    source = record["source"]
    front_matter = _front_matter_from(record["front_matter"], info, reading, check=not unreadable)
    post = Post(
        front_matter=front_matter,
        body=Body(_text(body["text"]), reading.body, _is(int, body["line"])),
        path=safe_path(record["path"]),
        source=Source(
            _text(source["system"]),
            _text(source["name"]),
            line=_is(int, source["line"]),
            raw=base64.b64decode(unreadable["base64"], validate=True) if unreadable else None,
        ),
        keys=reading.keys,
        kind=cast("Kind", _text(record["kind"])),
        type=_text(record["type"]),
        opening=_text(record["front_matter"]["opening"]),
        closing=_text(record["front_matter"]["closing"]),
        address=_text(record["address"]),
        old_addresses=record["old_addresses"],
        link_addresses=record["link_addresses"],
        inherited=_is(dict, decoded(record["inherited"])),
        known_terms=info.terms,
        comments=[comment_from(each) for each in record["comments"]],
        extra=_is(dict, decoded(record["extra"])),
        translate=reading.translation(decoded(body["facts"])) if "facts" in body and reading.translation else None,
        unreadable=_text(unreadable["reason"]) if unreadable else "",
    )
    return post


def _front_matter_from(record: dict[str, Any], info: SiteInfo, reading: Reading, *, check: bool) -> FrontMatter:
    syntax = record["syntax"]
    if not syntax:
        values = _is(dict, decoded(record["values"]))
        json.dumps(record["values"], ensure_ascii=False).encode()  # ValueError for a text that no file can hold
        if not info.include_secrets:
            values = {key: value for key, value in values.items() if key not in SECRETS}
        return FrontMatter(values=values, dialect=reading.front_matter, newline=record["newline"])
    if syntax not in SYNTAXES:
        raise ValueError(f"there is no syntax {syntax!r}")
    front_matter = FrontMatter(_text(record["text"]), syntax, dialect=reading.front_matter, newline=record["newline"])
    if check:
        front_matter.check()
    return front_matter


def comment_from(record: dict[str, Any]) -> Comment:
    """Return the comment of a record."""
    return Comment(**{**record, "secrets": tuple(record["secrets"].items())})


def safe_path(text: Any) -> PurePosixPath:
    r"""Return a relative path; ValueError for one that leaves its folder: with `..`, from the root, or with `\`."""
    path = PurePosixPath(_text(text))
    if not path.parts or path.is_absolute() or ".." in path.parts or "\\" in text or "\0" in text:
        raise ValueError(f"the path {text!r} leaves the folder")
    return path


_CALLED = {str: "a text", int: "a whole number", dict: "an object", list: "a list"}


def _is(kind: type[Value], value: Any) -> Value:
    """Return a value of JSON as what it must be; TypeError when it is not."""
    if not isinstance(value, kind):
        raise TypeError(f"{_CALLED[kind]} expected, not {type(value).__name__}")
    return value


def _text(value: Any) -> str:
    """Return a text; TypeError for another kind, ValueError for one that no file can hold."""
    text = _is(str, value)
    text.encode("utf-8", "surrogateescape")
    return text
