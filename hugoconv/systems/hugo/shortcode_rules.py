"""What Hugo's built-in shortcodes mean: one rule each, from the arguments to a neutral construct."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Protocol

from hugoconv.markup.constructs import Construct, CrossReference, Embed, Figure, Gallery, Highlight, Neutral
from hugoconv.systems.hugo.shortcodes import tags


class Body(Protocol):
    """What a rule may ask of the body that a shortcode stands in."""

    @property
    def text(self) -> str:
        """The body."""

    @property
    def about(self) -> Page:
        """The page."""

    def report(self, code: str, position: int, **details: str) -> None:
        """Record a finding at a position of the body."""

    def cross_reference(self, name: str, anchor: str) -> CrossReference | None:
        """Return the link to a page by a name that `ref` knows it by, None when there is none."""


class Page(Protocol):
    """What a rule may ask of the page."""

    @property
    def not_found_url(self) -> str:
        """What `ref` writes for a page that is not there, where the site does not stop at it."""

    def parameter(self, name: str) -> str | None:
        """Return what `param` shows."""


Rule = Callable[[Body, Construct], "Neutral | str | None"]
"""Returns what a shortcode means, or the text it shows; None when that cannot be said."""

_FIGURE_ARGUMENTS = {
    "src": "source",
    "link": "link",
    "alt": "alt",
    "title": "heading",
    "caption": "caption",
    "class": "classes",
    "width": "width",
    "height": "height",
}
_MARKED = re.compile(r"\d+(?:-\d+)?")


def _figure(body: Body, construct: Construct) -> Neutral | None:
    values = {name.lower(): value for name, value in construct.arguments}
    if not values.get("src"):
        return None
    fields = {_FIGURE_ARGUMENTS[name]: value for name, value in values.items() if name in _FIGURE_ARGUMENTS}
    attribution = values.get("attr", "")
    if attribution:
        source = f"[{attribution}]({values['attrlink']})" if values.get("attrlink") else attribution
        fields["caption"] = f"{fields.get('caption', '')} {source}".strip()
    left_out = [name for name in values if name not in _FIGURE_ARGUMENTS and name not in ("attr", "attrlink")]
    _report_left_out(body, construct, left_out)
    return Figure(**fields)


def _highlight(body: Body, construct: Construct) -> Neutral | None:
    if construct.inner_start < 0:
        return None
    words = [value for name, value in construct.arguments if not name]
    language = construct.argument("lang") or construct.argument("language") or (words[0] if words else "")
    options = [pair for pair in construct.arguments if pair[0] not in ("", "lang", "language", "options")]
    written = construct.argument("options") or (words[1] if len(words) > 1 else "")
    pairs = (part.partition("=") for part in written.split(","))
    options += [(name.strip(), value.strip()) for name, _, value in pairs]
    lines, numbers, left_out = highlight_options(pair for pair in options if pair[0])
    _report_left_out(body, construct, left_out)
    code = re.sub(r"\n[ \t]*\Z", "", body.text[construct.inner_start : construct.inner_end]).strip("\r\n")
    return Highlight(code, language, lines, numbers)


def highlight_options(pairs: Iterable[tuple[str, str]]) -> tuple[str, bool, list[str]]:
    """Return the lines to mark, whether lines are numbered, and the options that nothing else knows."""
    lines, numbers = "", False
    left_out: list[str] = []
    for name, value in pairs:
        match name.lower():
            case "hl_lines":
                lines = " ".join(_MARKED.findall(value))
            case "linenos":
                numbers = value.lower() not in ("false", "0")
                if value.lower() == "inline":  # elsewhere they stand in a column of their own
                    left_out.append(f"{name}={value}")
            case _:
                left_out.append(name)
    return lines, numbers, left_out


def _film(provider: str, address: str) -> Rule:
    def rule(body: Body, construct: Construct) -> Neutral | None:
        identifier = construct.argument("id") or construct.argument("")
        if not identifier:
            return None
        start = construct.argument("start")
        _report_left_out(body, construct, [name for name, _ in construct.arguments if name not in ("", "id", "start")])
        return Embed(address + identifier, provider, identifier, int(start) if start.isdecimal() else 0)

    return rule


def _x(body: Body, construct: Construct) -> Neutral | None:
    user, identifier = construct.argument("user"), construct.argument("id")
    return Embed(f"https://x.com/{user}/status/{identifier}", "x", identifier) if user and identifier else None


def _instagram(body: Body, construct: Construct) -> Neutral | None:
    identifier = construct.argument("id") or construct.argument("")
    return Embed(f"https://www.instagram.com/p/{identifier}/", "instagram", identifier) if identifier else None


def _gist(body: Body, construct: Construct) -> Neutral | None:
    words = [value for name, value in construct.arguments if not name]
    if len(words) < 2:
        return None
    file = f"?file={words[2]}" if len(words) > 2 else ""
    return Embed(f"https://gist.github.com/{words[0]}/{words[1]}.js{file}", "gist", f"{words[0]}/{words[1]}")


def _reference(body: Body, construct: Construct) -> Neutral | str:
    target = construct.argument("path") or construct.argument("")
    name, _, anchor = target.partition("#")
    if not name:
        return f"#{anchor}"
    found = body.cross_reference(name, anchor)
    if found is None:
        body.report("HC341", construct.start, name=construct.name, target=target)
        return body.about.not_found_url
    return replace(found, absolute=construct.name == "ref")


def _parameter(body: Body, construct: Construct) -> str | None:
    name = construct.argument("")
    return body.about.parameter(name) if name else None


def _report_left_out(body: Body, construct: Construct, names: list[str]) -> None:
    if names:
        body.report("HC307", construct.start, name=construct.name, detail=f"left out: {', '.join(names)}")


RULES: dict[str, Rule] = {
    "figure": _figure,
    "highlight": _highlight,
    "youtube": _film("youtube", "https://www.youtube.com/watch?v="),
    "vimeo": _film("vimeo", "https://vimeo.com/"),
    "x": _x,
    "twitter": _x,
    "tweet": _x,
    "instagram": _instagram,
    "gist": _gist,
    "ref": _reference,
    "relref": _reference,
    "param": _parameter,
}


def _gallery(body: Body, construct: Construct) -> Neutral | None:
    """Return the gallery that encloses figures and nothing else, as a site made by hugoconv has it."""
    if construct.inner_start < 0:
        return None
    inner = body.text[construct.inner_start : construct.inner_end]
    figures: list[Neutral | None] = []
    end = 0
    for tag in tags(inner):
        if tag.name != "figure" or inner[end : tag.start].strip():
            return None
        pairs = tuple((argument.name, argument.value) for argument in tag.arguments)
        start = construct.inner_start + tag.start
        figures.append(_figure(body, Construct("figure", "shortcode", start, construct.inner_start + tag.end, pairs)))
        end = tag.end
    shown = tuple(figure for figure in figures if isinstance(figure, Figure))
    if not shown or len(shown) < len(figures) or inner[end:].strip():
        return None
    columns = construct.argument("columns")
    return Gallery(shown, int(columns) if columns.isdecimal() else 0)


TEMPLATE_RULES: dict[str, Rule] = {"gallery": _gallery}
"""The shortcodes whose templates hugoconv writes; a site's own of that name may mean something else (None)."""

TEMPLATES = frozenset({"details", "gist", "toc"})
"""The shortcodes that a target has a template for under the same name, or words of its own."""

BUILT_IN = frozenset(
    {"details", "figure", "highlight", "instagram", "param", "qr", "ref", "relref", "vimeo", "x", "youtube"}
)
"""The shortcodes that each site of Hugo has."""
