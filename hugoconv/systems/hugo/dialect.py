"""What Hugo adds to Markdown: shortcodes to neutral constructs with spans, and neutral constructs to Hugo's text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from hugoconv.markup import plain_html
from hugoconv.markup.constructs import (
    Attributes,
    Construct,
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
from hugoconv.markup.fence_words import highlighted, without_false_attributes
from hugoconv.markup.markdown import MarkdownReference, html_references, references
from hugoconv.systems.hugo.shortcodes import (
    SUMMARY_DIVIDER,
    Finder,
    ShortcodeReference,
    Tag,
    quote_argument,
    shortcode_references,
    tags,
)


@dataclass(frozen=True, slots=True)
class HugoDialect:
    """A content file's text as Hugo reads it: shortcodes in a text of some markup."""

    name: ClassVar[str] = "hugo"
    markup: str = "markdown"

    def scan(self, text: str) -> list[Construct]:
        """Return the constructs of `text` in written order; nothing is raised for what Hugo refuses.

        `kind` is "shortcode" (`text[start + 2]` tells `<` from `%`), "inline" (an inline shortcode), "escaped"
        (`{{</* x */>}}`; the inner span is what is shown between `{{<` and `>}}`), "divider" (the first
        `<!--more-->`) or "error": a delimiter at which Hugo stops the build, with the reason as its argument.

        Which shortcodes need a closing tag is known to the site's templates only: here a closing tag belongs to the
        last one of its name that is open, and a shortcode without one encloses nothing.
        """
        return _constructs(text)

    def references(self, text: str) -> list[MarkdownReference | ShortcodeReference]:
        """Return the files and pages that the text and its shortcodes mention, in written order.

        In a markup other than Markdown, HTML and org only those of shortcodes are known. A destination that a
        shortcode makes (`[a]({{< ref "b" >}})`) is the shortcode's.
        """
        find = _REFERENCES_OF.get(self.markup)
        mentions = find(text, self.opaque(text)) if find else []
        found = [mention for mention in mentions if not _DELIMITER.search(text, mention.start, mention.end)]
        return sorted([*found, *shortcode_references(text)], key=lambda reference: reference.start)

    def opaque(self, text: str) -> list[tuple[int, int]]:
        """Return the spans of shortcode tags, not of what they enclose: Hugo takes them out before Markdown."""
        roles = ("open", "close", "self-closing", "inline")
        return [(tag.start, tag.end) for tag in tags(text) if tag.role in roles]

    def adapt(self, text: str, *, linkified: bool = True) -> str:
        """Return `text`: Goldmark reads CommonMark as it is, but for braces behind a fence."""
        return without_false_attributes(text, highlighted) if self.markup == "markdown" else text

    def escape(self, text: str) -> str:
        """Return `text` so that Hugo shows each of its `{{<` and `{{%` as text, in prose and in code.

        Behind a divider Hugo passes over white space, and so over what makes the next line code.
        """
        return _DIVIDER_ABOVE_CODE.sub(r"\g<0><!-- -->\n", _escape(text))

    def render(self, neutral: Neutral) -> str:
        """Return a neutral construct as Hugo's text; a block of several lines has no line end at its end."""
        return _RENDERERS[type(neutral)](neutral)


HUGO = HugoDialect()


def _org_references(text: str, opaque: list[tuple[int, int]]) -> list[MarkdownReference]:
    """Few sites have org, and none of the others is to wait for what reads it."""
    from hugoconv.markup.org.references import references as find

    return find(text, opaque)


_REFERENCES_OF = {"markdown": references, "html": html_references, "org": _org_references}


def dialect_of(markup: str) -> HugoDialect:
    """Return the dialect of Hugo content in a markup: "markdown", "html", "org", ..."""
    return HUGO if markup == HUGO.markup else HugoDialect(markup)


def is_closed(text: str, shortcode: Construct) -> bool:
    """Whether a shortcode of a text has a closing tag, or a slash at its end."""
    ends_itself = text.endswith(("/>}}", "/%}}"), shortcode.start, shortcode.end)
    return shortcode.inner_start >= 0 or ends_itself


def _constructs(text: str) -> list[Construct]:
    found: list[Construct] = []
    opened: list[tuple[int, Tag]] = []
    opened_by_name: dict[str, int] = {}
    for tag in tags(text):
        if tag.role == "close" and opened_by_name.get(tag.name):
            while True:
                index, opening = opened.pop()
                opened_by_name[opening.name] -= 1
                if opening.name == tag.name:
                    break
            found[index] = _construct(opening, text, closing=tag)
            continue
        if tag.role in ("open", "inline"):
            opened.append((len(found), tag))
            opened_by_name[tag.name] = opened_by_name.get(tag.name, 0) + 1
        found.append(_construct(tag, text))
    return found


_KINDS = {"open": "shortcode", "self-closing": "shortcode", "close": "error"}


def _construct(tag: Tag, text: str, closing: Tag | None = None) -> Construct:
    arguments = tuple((argument.name, argument.value) for argument in tag.arguments)
    kind = _KINDS.get(tag.role, tag.role)
    if closing:
        return Construct(tag.name, kind, tag.start, closing.end, arguments, tag.end, closing.start)
    if tag.role == "escaped":
        return Construct(tag.name, kind, tag.start, tag.end, (), tag.start + len("{{</*"), tag.end - len("*/>}}"))
    if kind == "error":
        reason = tag.error or f"shortcode {tag.name!r} is closed twice"
        return Construct(tag.name, kind, tag.start, tag.end, (("", reason),))
    return Construct(tag.name, kind, tag.start, tag.end, arguments)


_DELIMITER = re.compile(r"\{\{([<%])")
_DIVIDER_ABOVE_CODE = re.compile(rf"{SUMMARY_DIVIDER}[ \t]*\n(?=(?:[ \t]*\n)*(?: {{4}}| {{0,3}}\t)[ \t]*\S)")
_NOTHING = "{{< literal.inline >}}{{< /literal.inline >}}"
"""An empty inline shortcode: Hugo puts nothing in its place, whether inline shortcodes are allowed or not."""


def _escape(text: str) -> str:
    """Comment markers go around what is between a delimiter and its end; where it has none, it is broken in two."""
    finder = Finder(text)
    pieces: list[str] = []
    position = 0
    while delimiter := _DELIMITER.search(text, position):
        closer = ">}}" if delimiter[1] == "<" else "%}}"
        end = finder.find(closer, delimiter.end())
        divider = finder.find(SUMMARY_DIVIDER, delimiter.end())
        pieces.append(text[position : delimiter.start()])
        position = delimiter.end()
        if end < 0 or 0 <= divider < end:
            pieces.append(f"{{{_NOTHING}{{{delimiter[1]}")
        else:
            pieces.append(f"{delimiter[0]}/*{text[position:end]}*/{closer}")
            position = end + len(closer)
    return "".join((*pieces, text[position:]))


def quoted(value: str) -> str:
    """Return a value as it stands between the double quotes of a shortcode's argument."""
    return re.sub(r"[\\\"]", r"\\\g<0>", value).replace("}}", "} }")


_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
"""A positional argument that people write without quotes."""


def _shortcode(name: str, *positional: str, **named: str) -> str:
    """Return a shortcode; empty named arguments are left out; ValueError when no argument can hold a value."""
    arguments = [value if _WORD.fullmatch(value) else quote_argument(value) for value in positional]
    arguments += [f"{key}={quote_argument(value)}" for key, value in named.items() if value]
    return " ".join(("{{<", name, *arguments, ">}}"))


def _figure(figure: Figure) -> str:
    """Return an image in Markdown when that says it all, else a figure, in HTML when a shortcode cannot hold it."""
    if figure.is_plain:
        return _image(figure)
    return _figure_shortcode(figure)


def _figure_shortcode(figure: Figure) -> str:
    try:
        return _shortcode(
            "figure",
            src=figure.source,
            alt=figure.alt,
            title=figure.heading or figure.title,
            caption=figure.caption,
            link=figure.link,
            width=figure.width,
            height=figure.height,
            **{"class": figure.classes},
        )
    except ValueError:
        return HUGO.escape(plain_html.markdown_figure(figure))


def _image(figure: Figure) -> str:
    alt = re.sub(r"[\\\[\]_*`<>&]", r"\\\g<0>", figure.alt)
    source = figure.source if re.fullmatch(r"[^\s()<>\\]+", figure.source) else f"<{_in_angles(figure.source)}>"
    title = ' "' + re.sub(r'["\\]', r"\\\g<0>", figure.title) + '"' if figure.title else ""
    return HUGO.escape(f"![{alt}]({source}{title})")


def _in_angles(url: str) -> str:
    return re.sub(r"[<>\\]", r"\\\g<0>", url).replace("\n", "%0A")


def _gallery(gallery: Gallery) -> str:
    """Return the shortcode whose template is written with the site (`theme/shortcodes`), around figures."""
    opening = _shortcode("gallery", columns=str(gallery.columns or ""))
    return "\n".join((opening, *map(_figure_shortcode, gallery.figures), "{{< /gallery >}}"))


def _highlight(highlight: Highlight) -> str:
    """Return a fence longer than any in the code, with Hugo's attributes for line numbers and marked lines."""
    ticks = max((len(run) for run in re.findall(r"`{3,}", highlight.code)), default=2) + 1
    options = ["linenos=true"] if highlight.numbers else []
    if highlight.lines:
        marked = (line if line.isdecimal() else f'"{line}"' for line in highlight.lines.replace(",", " ").split())
        options.append(f"hl_lines=[{','.join(marked)}]")
    # Without a language Hugo does not read a fence's attributes.
    language = highlight.language or ("text" if options else "")
    code = highlight.code if not highlight.code or highlight.code.endswith("\n") else f"{highlight.code}\n"
    if highlight.in_html:
        arguments = (("", language or "text"), *((("", ",".join(options)),) if options else ()))
        call = TemplateCall("highlight", arguments, "opening")
        return f"{_template_call(call)}\n{HUGO.escape(code)}{_template_call(replace(call, part='closing'))}"
    info = f"{language} {{{','.join(options)}}}" if options else language
    return f"{'`' * ticks}{info}\n{HUGO.escape(code)}{'`' * ticks}"


_EMBEDS: dict[str, Callable[[Embed], str | None]] = {
    "youtube": lambda embed: _youtube(embed),
    "vimeo": lambda embed: _shortcode("vimeo", embed.identifier),
    "instagram": lambda embed: _shortcode("instagram", embed.identifier),
    "x": lambda embed: _x(embed),
    "twitter": lambda embed: _x(embed),
}
"""The providers that Hugo has a shortcode for."""
_X_POST = re.compile(r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(?:#!/)?(\w+)/status(?:es)?/(\d+)")


def _youtube(embed: Embed) -> str:
    if embed.start:
        return _shortcode("youtube", id=embed.identifier, start=str(embed.start))
    return _shortcode("youtube", embed.identifier)


def _x(embed: Embed) -> str | None:
    post = _X_POST.match(embed.url)
    return _shortcode("x", user=post[1], id=post[2]) if post else None


def _embed(embed: Embed) -> str:
    """Return the provider's shortcode, else a link that stays visible."""
    shortcode = _EMBEDS[embed.provider](embed) if embed.provider in _EMBEDS and embed.identifier else None
    if shortcode:
        return shortcode
    return HUGO.escape(plain_html.angled(embed))


def _cross_reference(reference: CrossReference) -> str:
    anchor = f"#{reference.anchor}" if reference.anchor else ""
    return _shortcode("ref" if reference.absolute else "relref", f"{reference.target}{anchor}")


def _attributes(attributes: Attributes) -> str:
    """Return what goes at the end of a heading's line, or on the line below another block."""
    marks = {"id": "#", "class": "."}
    written: list[str] = []
    for name, value in attributes.pairs:
        words = value.split() if name == "class" else [value]
        if name in marks and words and all(map(_WORD.fullmatch, words)):
            written += (f"{marks[name]}{word}" for word in words)
        else:
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            written.append(f'{name}="{escaped}"')
    return f" {{{' '.join(written)}}}"


def _template_call(call: TemplateCall) -> str:
    """Return a tag of the shortcode of that name, "" when no tag can hold its arguments."""
    opening, closing = ("{{%", "%}}") if call.markdown else ("{{<", ">}}")
    if call.part == "closing":
        return f"{opening} /{call.name} {closing}"
    try:
        written = [
            f"{name}={quote_argument(value)}" if name else quote_argument(value) for name, value in call.arguments
        ]
    except ValueError:
        return ""
    return " ".join((opening, call.name, *written, closing))


def _unknown(unknown: Unknown) -> str:
    """Return text as Hugo shows it, its divider too, which Hugo looks for in code as well."""
    return HUGO.escape(unknown.text).replace(SUMMARY_DIVIDER, f"<!{_NOTHING}--more-->")


_RENDERERS: dict[type[Neutral], Callable[[Any], str]] = {
    Figure: _figure,
    Gallery: _gallery,
    Highlight: _highlight,
    Embed: _embed,
    Media: lambda media: HUGO.escape(plain_html.media(media)),
    CrossReference: _cross_reference,
    SummaryDivider: lambda _: SUMMARY_DIVIDER,
    Attributes: _attributes,
    TemplateCall: _template_call,
    Formula: lambda formula: HUGO.escape(formula.written),
    Unknown: _unknown,
}
