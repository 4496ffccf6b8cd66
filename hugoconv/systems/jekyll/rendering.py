"""Neutral constructs as Jekyll's text, and text that Jekyll must show instead of running it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from unicodedata import category

from hugoconv.edits import Edit, apply
from hugoconv.markup import formulas, markdown, plain_html
from hugoconv.markup.constructs import (
    Attributes,
    CrossReference,
    Embed,
    Figure,
    Formula,
    Gallery,
    Highlight,
    Media,
    Neutral,
    SummaryDivider,
    TemplateCall,
    Unknown,
)
from hugoconv.systems.jekyll import kramdown, template_calls

SUMMARY_DIVIDER = "<!--more-->"
"""What the written configuration names as `excerpt_separator`."""

Span = tuple[int, int]

_STAND_INS = "\ue000-\uf8ff"
"""Characters for private use: callers put them in the place of text that is Jekyll's own already."""
_DELIMITER = re.compile(rf"\{{\{{|\{{%|\{{(?=[{_STAND_INS}])")
_CLOSERS = {"{{": "}}", "{%": "%}"}
_BREAK = re.compile(rf"[\n{_STAND_INS}]")
_END_RAW = re.compile(r"\{%-?\s*endraw\b")


def render(neutral: Neutral, *, is_markdown: bool = True) -> str:
    """Return a neutral construct as text of a post; a block of several lines has no line end at its end.

    Figures with a caption and films are includes (`figure.html`, `youtube.html`, `vimeo.html`), which the exporter
    writes. `Attributes` are what goes right behind the last character of a heading or block.
    """
    return _RENDERERS[type(neutral)](neutral) if is_markdown else _in_html(neutral)


def _in_html(neutral: Neutral) -> str:
    """Return a neutral construct as text of a page that kramdown does not read."""
    match neutral:
        case Highlight():
            return _highlight(replace(neutral, in_html=True))
        case Figure():
            return _captioned(neutral) or escape(plain_html.captioned(neutral, neutral.caption), is_markdown=False)
        case Gallery():
            return plain_html.gallery(neutral, _in_html)
        case Embed():
            return _film(neutral) or escape(plain_html.embedded(neutral) or plain_html.link(neutral), is_markdown=False)
    return _RENDERERS[type(neutral)](neutral)


def escape(text: str, *, is_markdown: bool = True) -> str:
    """Return `text` so that Jekyll shows it: Liquid's delimiters in `raw`, kramdown's own marks behind a backslash.

    A character for private use stands for text that is Jekyll's own, and is never put inside of `raw`.
    """
    raw = list(_raw_spans(text))
    edits = [edit for start, end in raw for edit in (Edit(start, start, "{% raw %}"), Edit(end, end, "{% endraw %}"))]
    if is_markdown and ("{:" in text or "*[" in text):
        skipped = [*raw, *markdown.code_regions(text)]
        edits += [Edit(found.start, found.start, "\\") for found in kramdown.constructs(text, skipped)]
    return apply(text, edits)


def _raw_spans(text: str) -> Iterator[Span]:
    """Yield the spans to put in `raw`: whole tags and outputs that end on their line, neighbours on it together."""
    found: list[Span] = []
    line_end = -1
    unclosed: set[str] = set()
    position = 0
    while delimiter := _DELIMITER.search(text, position):
        start, position = delimiter.span()
        if start > line_end:
            if found:
                yield found[0][0], found[-1][1]
            line_break = _BREAK.search(text, position)
            line_end = line_break.start() if line_break else len(text)
            found, unclosed = [], set()
        closer = _CLOSERS.get(delimiter[0], "")
        end = text.find(closer, position, line_end) if closer and closer not in unclosed else -1
        if closer and end < 0:
            unclosed.add(closer)
        elif closer and not _END_RAW.search(text, start, end):
            position = end + len(closer)
        while text.startswith("}", position):  # which Liquid would take for a part of the `endraw` before it
            position += 1
        if found and _END_RAW.search(text, found[-1][0], position):
            yield found[0][0], found[-1][1]
            found = []
        found.append((start, position))
    if found:
        yield found[0][0], found[-1][1]


# Pictures and films -------------------------------------------------------------------------------------------------


def _figure(figure: Figure) -> str:
    """Return an image in Markdown when that says it all, else an include, in HTML when an include cannot hold it."""
    if figure.is_plain:
        return _image(figure)
    return _captioned(figure) or escape(plain_html.markdown_figure(figure, told=' markdown="1"'))


def _captioned(figure: Figure) -> str:
    """Return the include of a figure; "" when it cannot hold it."""
    arguments = {
        "src": figure.source,
        "alt": figure.alt,
        "title": figure.heading or figure.title,
        "caption": figure.caption,
        "link": figure.link,
        "class": figure.classes,
        "width": figure.width,
        "height": figure.height,
    }
    return _include("figure", arguments)


def _image(figure: Figure) -> str:
    if '"' in figure.title or "\n" in figure.alt + figure.title + figure.source:
        return escape(plain_html.picture(figure))
    alt = re.sub(r"[\\\[\]_*`<>&|]", r"\\\g<0>", figure.alt)
    source = figure.source if re.fullmatch(r"[^\s()<>\\]+", figure.source) else f"<{figure.source}>"
    title = f' "{figure.title}"' if figure.title else ""
    return escape(f"![{alt}]({source}{title})")


def _include(name: str, arguments: dict[str, str]) -> str:
    """Return an `include` tag, "" when one of its arguments has a text that no tag can hold."""
    written = {key: value for key, value in arguments.items() if value}
    if any(re.search(r"\\|%\}|\{\{|\{%", value) for value in written.values()):
        return ""
    quoted = " ".join(f'{key}="{_quoted(value)}"' for key, value in written.items())
    return f"{{% include {name}.html {quoted} %}}"


def _template_call(call: TemplateCall) -> str:
    """Return an include of `shortcodes/NAME.html`, with what it encloses captured as `inner`; "" when none can say it.

    Positional arguments are called a0, a1, ... and `md` says that Markdown reads what the template writes.
    """
    arguments = {name or f"a{position}": value for position, (name, value) in enumerate(call.arguments)}
    values = (*arguments, call.name)
    if not all(_TEMPLATE_NAME.fullmatch(name) for name in values) or any(map(_NOT_IN_TAG.search, arguments.values())):
        return ""
    if call.name in template_calls.OWN_WORDS and call.part == "whole" and not arguments:
        return template_calls.OWN_WORDS[call.name]
    if call.part == "opening":
        return f"{{% capture inner{call.number} %}}"
    written = [f'{key}="{_quoted(value)}"' for key, value in arguments.items()]
    written += ["md=1"] if call.markdown else []
    written += [f"inner=inner{call.number}"] if call.part == "closing" else []
    include = " ".join(("include", f"shortcodes/{call.name}.html", *written))
    return f"{'{% endcapture %}' if call.part == 'closing' else ''}{{% {include} %}}"


_TEMPLATE_NAME = re.compile(r"[\w-]+(?:/[\w-]+)*")
_NOT_IN_TAG = re.compile(r"%\}|\{\{|\{%|\\(?:\"|$)")


def _quoted(value: str) -> str:
    return value.replace('"', '\\"')


_FILMS = ("youtube", "vimeo")


def _embed(embed: Embed) -> str:
    """Return the provider's include or script, else a link that stays visible."""
    return _film(embed) or escape(plain_html.embedded(embed) or plain_html.angled(embed))


def _film(embed: Embed) -> str:
    """Return the include of a film; "" for anything else."""
    if embed.provider not in _FILMS or not embed.identifier:
        return ""
    return _include(embed.provider, {"id": embed.identifier, "start": str(embed.start) if embed.start else ""})


# Code, links and attributes -----------------------------------------------------------------------------------------


def _highlight(highlight: Highlight) -> str:
    """Return a fence, or the `highlight` tag for numbered and marked lines: kramdown has no words for them."""
    code = highlight.code if not highlight.code or highlight.code.endswith("\n") else f"{highlight.code}\n"
    language = highlight.language.lower()
    marked = " ".join(map(str, _numbers(highlight.lines)))
    if not (highlight.numbers or marked or highlight.in_html):
        ticks = "`" * (max((len(run) for run in re.findall(r"`{3,}", code)), default=2) + 1)
        return f"{ticks}{language}\n{escape(code, is_markdown=False)}{ticks}"
    options = [language if re.fullmatch(r"[a-z0-9.+#_-]+", language) else "text"]
    options += ["linenos"] if highlight.numbers else []
    options += [f'mark_lines="{marked}"'] if marked else []
    return f"{{% highlight {' '.join(options)} %}}\n{escape(code, is_markdown=False)}{{% endhighlight %}}"


def _numbers(lines: str) -> Iterator[int]:
    """Yield the single lines of "1 3-5": Jekyll knows no ranges."""
    for first, last in re.findall(r"(\d{1,6})(?:-(\d{1,6}))?", lines):
        yield from range(int(first), min(int(last or first), int(first) + 999) + 1)


def _cross_reference(reference: CrossReference) -> str:
    """Return a link's target with the base path that the configuration says, whatever it will be."""
    anchor = f"#{reference.anchor}".replace(" ", "%20") if reference.anchor else ""
    kind = "absolute_url" if reference.absolute else "relative_url"
    address = f"{{{{ '{reference.target.replace(chr(39), '%27')}' | {kind} }}}}{anchor}"
    return f"<{address}>" if reference.absolute and reference.is_linked else address


_NAME = re.compile(r"[A-Za-z][\w:-]*")
_HEADING_ID = re.compile(r"[A-Za-z][\w:.-]*")


def _is_name(value: str, form: re.Pattern[str] = _NAME) -> bool:
    """Whether kramdown reads a text as a name: numbers such as ½ and ² are no part of one, and no letters to XML."""
    return bool(form.fullmatch(value)) and not any(char in "ªº" or category(char) == "No" for char in value)


def _attributes(attributes: Attributes) -> str:
    """Return kramdown's attribute list on a line of its own; a heading's plain id stays on its line."""
    if len(attributes.pairs) == 1 and attributes.pairs[0][0] == "id" and _is_name(attributes.pairs[0][1], _HEADING_ID):
        return f" {{#{attributes.pairs[0][1]}}}"
    marks = {"id": "#", "class": "."}
    written = [
        f"{marks[name]}{value}" if name in marks and _is_name(value) else f'{name}="{_attribute_value(value)}"'
        for name, value in attributes.pairs
    ]
    return f"\n{{: {' '.join(written)}}}"


def _formula(formula: Formula) -> str:
    """Return a formula of kramdown's, or as text where it makes a table of its line, or is a block in words."""
    if formula.is_block and formula.in_words:
        return escape(formulas.as_text(replace(formula, opening=r"\[", closing=r"\]")).replace("|", "\\|"))
    if "$$" in formula.text or ("|" in formula.text and not formula.is_block):
        return escape(formulas.as_text(formula).replace("|", "\\|"))
    is_in_line = formula.is_paragraph and not formula.is_block
    return ("\\" if is_in_line else "") + escape(f"$${formula.text}$$")


def _attribute_value(value: str) -> str:
    return value.replace('"', "&quot;").replace("}", "\\}")


_RENDERERS: dict[type[Neutral], Callable[[Any], str]] = {
    Figure: _figure,
    Gallery: lambda gallery: plain_html.gallery(gallery, _figure),
    Highlight: _highlight,
    Embed: _embed,
    Media: lambda media: escape(plain_html.media(media)),
    CrossReference: _cross_reference,
    SummaryDivider: lambda _: SUMMARY_DIVIDER,
    Attributes: _attributes,
    TemplateCall: _template_call,
    Formula: _formula,
    Unknown: lambda unknown: escape(unknown.text),
}
