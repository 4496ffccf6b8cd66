"""Liquid's outputs, `{{ ... }}`: the ones whose value is known become that value, or a call of Hugo's `param`.

The source of the URL filters is Jekyll's lib/jekyll/filters/url_filters.rb, of the others the liquid gem.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from hugoconv.markup.constructs import Construct, TemplateCall
from hugoconv.systems.jekyll.conversion import Conversion, JekyllBodyContext
from hugoconv.systems.jekyll.liquid import split_quoted

_PATH = re.compile(r"(site|page)\.([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*)")
_LITERAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?|true|false")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DEFAULT_SITE_VALUES = {"baseurl": "", "url": ""}
"""What Jekyll prints for keys that a configuration need not have."""


def convert_output(conversion: Conversion, construct: Construct) -> bool:
    """Replace an output by its value; false when the value is not known before the site is built."""
    parameter = _parameter(conversion.context, construct)
    text = conversion.render(TemplateCall("param", (("", parameter),))) if parameter else ""
    if not text:
        value = evaluate(conversion.context, construct.name, construct.arguments)
        if value is None:
            return False
        text = value
    conversion.replace_tag(construct.start, construct.end, text)
    return True


def is_known(context: JekyllBodyContext, construct: Construct) -> bool:
    """Say whether an output's value is known before the site is built."""
    return bool(_parameter(context, construct)) or evaluate(context, construct.name, construct.arguments) is not None


def evaluate(context: JekyllBodyContext, expression: str, filters: Sequence[tuple[str, str]] = ()) -> str | None:
    """Return what Liquid prints for a value and its filters, None when one of them is not known here."""
    value = _value(context, expression)
    for name, source in filters:
        write = _FILTERS.get(name)
        arguments = [_value(context, part.strip()) for part in split_quoted(source, ",")] if source else []
        known = [argument for argument in arguments if argument is not None]
        if write is None or value is None or len(known) < len(arguments):
            return None
        try:
            value = write(context, value, *known)
        except TypeError:
            return None
    return value


def is_base_url(construct: Construct) -> bool:
    """Say whether an output is the site's base URL, which old sites write before every path."""
    return construct.kind == "output" and construct.name == "site.baseurl" and not construct.arguments


def _parameter(context: JekyllBodyContext, construct: Construct) -> str:
    """Return the name for Hugo's `param`, which refuses an empty, false or zero value."""
    path = _PATH.fullmatch(construct.name)
    if path is None or path[1] != "page" or construct.arguments or path[2].split(".")[0] not in context.parameters:
        return ""
    return path[2] if _looked_up(context.page, path[2]) not in (None, "", "false", "0", "0.0") else ""


def _value(context: JekyllBodyContext, expression: str) -> str | None:
    quoted = re.fullmatch(r"\"([^\"]*)\"|'([^']*)'", expression)
    if quoted:
        return quoted[1] if quoted[1] is not None else quoted[2]
    if _LITERAL.fullmatch(expression):
        return expression
    path = _PATH.fullmatch(expression)
    if path is None:
        return None
    if path[1] == "page":
        return _looked_up(context.page, path[2])
    found = _looked_up(context.site, path[2])
    return _DEFAULT_SITE_VALUES.get(path[2]) if found is None else found


def _looked_up(values: Mapping[str, Any], path: str) -> str | None:
    """Return the text of the scalar at a dotted path; None when there is no scalar."""
    value: object = values
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, str | int | float) else None


def relative_url(context: JekyllBodyContext, url: str) -> str:
    """Return what the filter of that name makes of a path: the base path before it, percent-encoded."""
    if _ABSOLUTE.match(url):
        return url
    return _normal(context.base_path + (url if not url or url.startswith("/") else f"/{url}"))


def _absolute_url(context: JekyllBodyContext, url: str) -> str:
    if _ABSOLUTE.match(url):
        return url
    return _normal(str(context.site.get("url") or "")) + relative_url(context, url)


def _normal(url: str) -> str:
    return quote(url, safe="/:?#[]@!$&'()*+,;=%~", errors="surrogatepass")


_FILTERS: dict[str, Callable[..., str]] = {
    "relative_url": relative_url,
    "absolute_url": _absolute_url,
    "prepend": lambda _, value, start: start + value,
    "append": lambda _, value, end: value + end,
    "replace": lambda _, value, old, new: value.replace(old, new),
    "replace_first": lambda _, value, old, new: value.replace(old, new, 1),
    "remove": lambda _, value, old: value.replace(old, ""),
    "remove_first": lambda _, value, old: value.replace(old, "", 1),
    "downcase": lambda _, value: value.lower(),
    "upcase": lambda _, value: value.upper(),
    "capitalize": lambda _, value: value[:1].upper() + value[1:].lower(),
    "strip": lambda _, value: value.strip(),
    "lstrip": lambda _, value: value.lstrip(),
    "rstrip": lambda _, value: value.rstrip(),
    "escape": lambda _, value: html.escape(value).replace("&#x27;", "&#39;"),
    "xml_escape": lambda _, value: html.escape(value).replace("&#x27;", "&#39;"),
    "strip_newlines": lambda _, value: re.sub(r"\r?\n", "", value),
    "uri_escape": lambda _, value: _normal(value),
    "strip_index": lambda _, value: re.sub(r"/index\.html?\Z", "/", value),
}
