"""The filters that Jekyll adds to Liquid's, as lib/jekyll/filters.rb and its neighbours define them.

Those whose result is another at each call (`sample`), or needs a compiler (`scssify`), are left out.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import quote, quote_plus

from dateutil import parser as date_parser
from liquid import RenderContext
from liquid.filter import with_context

from hugoconv.markup.flavours import KRAMDOWN
from hugoconv.markup.render import to_html
from hugoconv.systems.jekyll.slugs import slugify

_MODES = ("none", "raw", "default", "pretty", "ascii", "latin")


def _moment(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    return date_parser.parse(str(value))


def _dated(pattern: str) -> Callable[..., str]:
    def write(value: object, *_: object) -> str:
        return _moment(value).strftime(pattern) if _said(value) else ""

    return write


def _said(value: object) -> bool:
    return value is not None and str(value) != ""


def _xmlschema(value: object) -> str:
    return _moment(value).isoformat(timespec="seconds") if _said(value) else ""


def _rfc822(value: object) -> str:
    return format_datetime(_moment(value)) if _said(value) else ""


def markdownify(value: object) -> str:
    """Return Markdown as kramdown renders it."""
    return to_html(str(value), KRAMDOWN) if _said(value) else ""


def _slug(value: object, mode: object = "default") -> str:
    name = str(mode) if str(mode) in _MODES else "default"
    return str(value) if name == "none" else slugify(str(value), name)  # type: ignore[arg-type]


def _property(item: object, path: object) -> object:
    for key in str(path).split("."):
        try:
            item = item[key]  # type: ignore[index]
        except (KeyError, TypeError, IndexError):
            return None
    return item


def _items(value: object) -> list[Any]:
    if isinstance(value, Mapping):
        return list(value.values())
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else []


def _where(value: object, key: object, wanted: object) -> list[Any]:
    def fits(item: object) -> bool:
        found = _property(item, key)
        if isinstance(found, list | tuple):
            return any(str(each) == str(wanted) for each in found)
        if wanted is None or not _said(found):
            return (found is None) == (wanted is None)
        return _text(found) == _text(wanted)

    return [item for item in _items(value) if fits(item)]


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@with_context
def _where_exp(value: object, name: object, expression: object, *, context: RenderContext) -> list[Any]:
    test = context.env.from_string(f"{{% if {expression} %}}1{{% endif %}}")

    def fits(item: object) -> bool:
        made = context.get_buffer()
        with context.extend({str(name): item}):
            test.render_with_context(context, made, partial=True)
        return made.getvalue() == "1"

    return [item for item in _items(value) if fits(item)]


@with_context
def _find_exp(value: object, name: object, expression: object, *, context: RenderContext) -> object:
    return next(iter(_where_exp(value, name, expression, context=context)), None)


def _find(value: object, key: object, wanted: object) -> object:
    return next(iter(_where(value, key, wanted)), None)


def _group_by(value: object, key: object) -> list[dict[str, Any]]:
    groups: dict[str, list[Any]] = {}
    for item in _items(value):
        found = _property(item, key)
        groups.setdefault("" if found is None else _text(found), []).append(item)
    return [{"name": name, "items": items, "size": len(items)} for name, items in groups.items()]


@with_context
def _group_by_exp(value: object, name: object, expression: object, *, context: RenderContext) -> list[dict[str, Any]]:
    template = context.env.from_string(f"{{{{ {expression} }}}}")
    groups: dict[str, list[Any]] = {}
    for item in _items(value):
        made = context.get_buffer()
        with context.extend({str(name): item}):
            template.render_with_context(context, made, partial=True)
        groups.setdefault(made.getvalue(), []).append(item)
    return [{"name": key, "items": items, "size": len(items)} for key, items in groups.items()]


def _sort(value: object, key: object = None, nils: object = "first") -> list[Any]:
    """Return a list in order; items without the property stand first, or last where that is said."""

    def rank(item: object) -> tuple[int, Any]:
        found = item if key is None else _property(item, key)
        missing = -1 if nils == "first" else 1
        return (missing, 0) if found is None else (0, found)

    items = _items(value)
    try:
        return sorted(items, key=rank)
    except TypeError:
        return sorted(items, key=lambda item: (rank(item)[0], str(rank(item)[1])))


def _sentence(value: object, connector: object = "and") -> str:
    words = [str(item) for item in _items(value)]
    if len(words) < 3:
        return f" {connector} ".join(words)
    return f"{', '.join(words[:-1])}, {connector} {words[-1]}"


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


@with_context
def _relative_url(value: object, *, context: RenderContext) -> str:
    url = str(value)
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", url):
        return url
    base = str(context.get(["site", "baseurl"], token=None) or "").removesuffix("/")
    return _normal(f"{base}{url}" if not url or url.startswith("/") else f"{base}/{url}")


@with_context
def _absolute_url(value: object, *, context: RenderContext) -> str:
    url = str(value)
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", url):
        return url
    return str(context.get(["site", "url"], token=None) or "") + str(_relative_url(url, context=context))


def _normal(url: str) -> str:
    return quote(url, safe="/:?#[]@!$&'()*+,;=%~", errors="surrogatepass")


def _escaped(value: object) -> str:
    return html.escape(str(value)).replace("&#x27;", "&#39;")


FILTERS: dict[str, Callable[..., Any]] = {
    "absolute_url": _absolute_url,
    "relative_url": _relative_url,
    "strip_index": lambda value: re.sub(r"/index\.html?\Z", "/", str(value)),
    "date_to_string": _dated("%d %b %Y"),
    "date_to_long_string": _dated("%d %B %Y"),
    "date_to_xmlschema": _xmlschema,
    "date_to_rfc822": _rfc822,
    "markdownify": markdownify,
    "smartify": lambda value: str(value),
    "slugify": _slug,
    "xml_escape": _escaped,
    "cgi_escape": lambda value: quote_plus(str(value)),
    "uri_escape": lambda value: _normal(str(value)),
    "number_of_words": lambda value, *_: len(str(value).split()),
    "array_to_sentence_string": _sentence,
    "jsonify": lambda value: json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":")),
    "normalize_whitespace": lambda value: " ".join(str(value).split()),
    "inspect": lambda value: _escaped(json.dumps(_plain(value), ensure_ascii=False)),
    "to_integer": lambda value: int(float(str(value) or 0)),
    "where": _where,
    "where_exp": _where_exp,
    "find": _find,
    "find_exp": _find_exp,
    "group_by": _group_by,
    "group_by_exp": _group_by_exp,
    "sort": _sort,
    "push": lambda value, item: [*_items(value), item],
    "pop": lambda value, count=1: _items(value)[: -int(count) or None],
    "shift": lambda value, count=1: _items(value)[int(count) :],
    "unshift": lambda value, item: [item, *_items(value)],
}
