"""Liquid's tags that read another file: includes with a counterpart in Hugo's text; any other is run as a program."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from posixpath import basename, splitext

from hugoconv.markup.constructs import Construct, Figure, TemplateCall
from hugoconv.systems.jekyll import template_calls
from hugoconv.systems.jekyll.conversion import Conversion, JekyllBodyContext, Rule
from hugoconv.systems.jekyll.liquid import markup
from hugoconv.systems.jekyll.output_rules import evaluate
from hugoconv.systems.jekyll.tag_rules import element, video_of
from hugoconv.systems.jekyll.template_calls import Called

_INCLUDE_ARGUMENT = re.compile(
    r"""([\w-]+)\s*=\s*(?:"([^"\\]*(?:\\.[^"\\]*)*)"|'([^'\\]*(?:\\.[^'\\]*)*)'|([\w.-]+))\s*""", re.DOTALL
)
_FIGURE_ARGUMENTS = {
    "src": "source", "url": "source", "image_path": "source", "image": "source", "path": "source",
    "alt": "alt", "caption": "caption", "title": "title", "link": "link", "href": "link",
    "class": "classes", "classes": "classes", "width": "width", "height": "height",
}  # fmt: skip
_VIDEO_ARGUMENTS = ("id", "video_id", "videoid", "youtube_id", "youtubeid", "vimeo_id", "url", "src", "video", "code")


def is_known(context: JekyllBodyContext, text: str, construct: Construct) -> bool:
    """Say whether an include, or a capture for one, has a counterpart by its name and its arguments."""
    if construct.name == "capture":
        return _call_around(context, text, construct) is not None
    called = _call_of(context, text, construct)
    if called is not None:
        return not called.captured or f"{{% capture {called.captured} %}}" in text[: construct.start]
    file, _, source = markup(text, construct).partition(" ")
    return _include_kind(file) in _INCLUDES and _include_arguments(context, source) is not None


def _include(conversion: Conversion, construct: Construct) -> bool:
    """Of a figure the shortcode `figure`, of a film `youtube` or `vimeo`; any other is run, as programs are."""
    if construct.start in conversion.done:
        return True
    called = _call_of(conversion.context, conversion.text, construct)
    if called is not None:
        return _call_template(conversion, construct, called)
    file, _, source = markup(conversion.text, construct).partition(" ")
    kind = _include_kind(file)
    arguments = _include_arguments(conversion.context, source)
    rule = _INCLUDES.get(kind)
    return arguments is not None and rule is not None and rule(conversion, construct, kind, arguments)


def _capture(conversion: Conversion, construct: Construct) -> bool:
    """Of what an unedited template of hugoconv's is to enclose, a shortcode around it; any other is run."""
    called = _call_around(conversion.context, conversion.text, construct)
    if called is None:
        return False
    opening = conversion.render(called.call)
    closing = conversion.render(replace(called.call, part="closing"))
    conversion.replace(construct.start, construct.inner_start, opening)
    conversion.replace(construct.inner_end, called.end, closing)
    conversion.done.add(construct.end)
    _report_call(conversion, construct, called.call)
    return True


def _call_template(conversion: Conversion, construct: Construct, called: Called) -> bool:
    """Write the shortcode that an include of an unedited template stands for."""
    written = conversion.render(called.call)
    if written:
        conversion.replace(construct.start, construct.end, written)
        _report_call(conversion, construct, called.call)
    return bool(written)


def _report_call(conversion: Conversion, construct: Construct, call: TemplateCall) -> None:
    if template_calls.stub(call.name) is not None:
        conversion.report("HC340", construct, name=call.name)


def _call_of(context: JekyllBodyContext, text: str, construct: Construct) -> Called | None:
    return template_calls.call_of(text, construct, context.templates, partial(_include_arguments, context))


def _call_around(context: JekyllBodyContext, text: str, construct: Construct) -> Called | None:
    return template_calls.call_around(text, construct, context.templates, partial(_include_arguments, context))


def _include_kind(file: str) -> str:
    return re.sub(r"[_-]|\d", "", splitext(basename(file))[0].lower())


def _include_arguments(context: JekyllBodyContext, source: str) -> dict[str, str] | None:
    """Return an include's arguments with their values, None when one of them is not known here."""
    found: dict[str, str] = {}
    position = 0
    source = source.strip()
    while position < len(source):
        match = _INCLUDE_ARGUMENT.match(source, position)
        if match is None:
            return None
        name, double, single, variable = match.groups()
        if variable:
            value = evaluate(context, variable)
        else:
            value = single.replace("\\'", "'") if double is None else double.replace('\\"', '"')
        if value is None:
            return None
        found[name] = value
        position = match.end()
    return found


def _figure(conversion: Conversion, construct: Construct, kind: str, arguments: dict[str, str]) -> bool:
    fields = {_FIGURE_ARGUMENTS[name]: value for name, value in arguments.items() if name in _FIGURE_ARGUMENTS}
    if not fields.get("source"):
        return False
    file = markup(conversion.text, construct).split()[0]
    is_own = file == template_calls.FIGURE and file in conversion.context.templates
    if is_own and "title" in fields:
        fields["heading"] = fields.pop("title")
    if conversion.is_markdown or not fields.keys() <= {"source", "alt", "title"}:
        written = conversion.render(Figure(**fields))
    else:
        # The target writes so plain a figure as a Markdown image.
        written = element(
            "img", {"src": fields["source"], "alt": fields.get("alt", ""), "title": fields.get("title", "")}
        )
    conversion.replace_tag(construct.start, construct.end, written)
    left_out = [name for name in arguments if name not in _FIGURE_ARGUMENTS]
    if left_out or not is_own:
        _report_include(conversion, construct, "figure", left_out)
    return True


def _embed(conversion: Conversion, construct: Construct, kind: str, arguments: dict[str, str]) -> bool:
    provider = "vimeo" if "vimeo" in kind else "youtube"
    used = next((name for name in arguments if name.lower() in _VIDEO_ARGUMENTS), None)
    if used is None or not video_of(conversion, construct, provider, arguments[used]):
        return False
    _report_include(conversion, construct, provider, [name for name in arguments if name != used])
    return True


def _report_include(conversion: Conversion, construct: Construct, written: str, left_out: list[str]) -> None:
    file = markup(conversion.text, construct).split()[0]
    detail = f"written as Hugo's own {written}, not as the site's template"
    if left_out:
        detail += f"; left out: {', '.join(left_out)}"
    conversion.report("HC307", construct, name=f"include {file}", detail=detail)


RULES: dict[str, Rule] = {"include": _include, "include_cached": _include, "capture": _capture}
"""The tags of includes, and that of a text for one."""

_INCLUDES = {
    **dict.fromkeys(("figure", "fig", "image", "img", "picture", "imagecaption"), _figure),
    **dict.fromkeys(("youtube", "youtubeplayer", "youtubeembed", "youtubevideo", "embedyoutube"), _embed),
    **dict.fromkeys(("vimeo", "vimeoplayer", "vimeoembed", "vimeovideo", "embedvimeo"), _embed),
}
"""The includes whose names say what they show, written without hyphens, underscores and digits."""
