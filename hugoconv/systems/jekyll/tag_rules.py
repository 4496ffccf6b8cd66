"""Liquid's tags: one rule a tag that has a counterpart in Hugo's text; a tag without a rule stays as it is."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from hugoconv.markup import plain_html
from hugoconv.markup.constructs import Construct, Embed, Highlight, Media, TemplateCall
from hugoconv.systems.jekyll.conversion import Conversion, Rule
from hugoconv.systems.jekyll.liquid import markup
from hugoconv.systems.jekyll.output_rules import relative_url

GIST = "gist"
"""The shortcode's name."""

_HIGHLIGHT = re.compile(r"""([\w.+#-]+)((?:\s+\w+(?:=(?:\w+|"[^"]*"))?)*)""", re.ASCII)
_MARKED_LINES = re.compile(r'mark_lines="([^"]*)"')
_CODEBLOCK_LANGUAGE = re.compile(r"\blang:(\S+)")
_CODEBLOCK_OPTION = re.compile(r"\b(start|mark|linenos|title|url):(\S+)")
_YOUTUBE = re.compile(
    r"(?:https?:)?//(?:www\.)?(?:youtube(?:-nocookie)?\.com/(?:watch\?v=|embed/|v/)|youtu\.be/)([\w-]+)"
)
_VIMEO = re.compile(r"(?:https?:)?//(?:www\.|player\.)?vimeo\.com/(?:video/)?(\d+)")
_LEFT_OUT = "marked lines and line numbers are left out"
_IDENTIFIER = re.compile(r"[\w-]+")
_OTHER_NAMES = {"html+php": "phtml"}
"""Languages by Pygments' names, and how Chroma calls them: of one that it does not know it numbers no lines."""


def _highlight(conversion: Conversion, construct: Construct) -> bool:
    """A fence with its language, numbers and marked lines; `highlight` or HTML where no fence can stand."""
    if construct.inner_start < 0:
        return False
    source = markup(conversion.text, construct)
    match = _HIGHLIGHT.fullmatch(source)
    if match is None:
        conversion.report("HC312", construct, detail=f"{{% highlight %}} has no valid language and options: {source!r}")
    language, options = (match[1].lower(), match[2]) if match else ("", "")
    lines = _MARKED_LINES.search(options)
    _code(conversion, construct, language, lines=lines[1] if lines else "", numbers="linenos" in options)
    return True


def _codeblock(conversion: Conversion, construct: Construct) -> bool:
    """Octopress: `codeblock [lang:x] [title] [url] [link text] [linenos:false] [mark:1,3-4]`."""
    if construct.inner_start < 0:
        return False
    source = markup(conversion.text, construct)
    language = _CODEBLOCK_LANGUAGE.search(source)
    options = dict(_CODEBLOCK_OPTION.findall(source))
    caption = _CODEBLOCK_OPTION.sub("", _CODEBLOCK_LANGUAGE.sub("", source)).strip()
    left_out = [caption] if caption else []
    left_out += [f"{key}:{value}" for key, value in options.items() if key not in ("mark", "linenos")]
    if left_out:
        conversion.report("HC307", construct, name="codeblock", detail=f"left out: {', '.join(left_out)}")
    lines = options.get("mark", "").replace(",", " ")
    _code(conversion, construct, language[1] if language else "", lines=lines, numbers=False)
    return True


def _code(conversion: Conversion, construct: Construct, language: str, *, lines: str, numbers: bool) -> None:
    """Write a fence where one can stand (tags alone on their lines, at the margin), else what stands anywhere."""
    language = _OTHER_NAMES.get(language, language)
    text = conversion.text
    inner = conversion.inner(construct)
    stands_alone = (
        text[max(construct.start - 1, 0) : construct.start] in ("", "\n")
        and re.match(r"[ \t]*\r?\n", inner)
        and re.search(r"\n[ \t]*\Z", inner)
        and re.compile(r"[ \t]*(?:\r?\n|\Z)").match(text, construct.end)
    )
    in_html = any(block.start <= construct.start < block.end for block in conversion.reading.blocks)
    if not stands_alone or in_html or not conversion.is_markdown:
        _code_anywhere(conversion, construct, language, lines=lines, numbers=numbers)
        return
    stand_in = "`" * max(map(len, re.findall("`{3,}", inner)), default=0) + "code"
    fence = conversion.render(Highlight(stand_in, language, lines, numbers))
    if f"{stand_in}\n" not in fence:  # the target makes HTML of the body, and reads fences on the way
        ticks = "`" * max(3, len(stand_in) - len("code") + 1)
        fence = f"{ticks}{language}\n{stand_in}\n{ticks}"
        if lines or numbers:
            conversion.report("HC307", construct, name="highlight", detail=_LEFT_OUT)
    opening, _, closing = fence.rpartition(f"{stand_in}\n")
    start = construct.inner_start + len(inner) - len(inner.lstrip(" \t\r\n" if not inner.strip() else "\r\n"))
    end = construct.inner_start + len(inner.rstrip())
    if start >= end:
        conversion.replace(construct.start, construct.end, opening + closing)
        return
    newline = "\r\n" if "\r\n" in inner else "\n"
    conversion.replace(construct.start, start, opening.replace("\n", newline))
    conversion.replace(end, construct.end, newline + closing)


def _code_anywhere(conversion: Conversion, construct: Construct, language: str, *, lines: str, numbers: bool) -> None:
    """Write the `highlight` shortcode of a target that has it, else HTML, as in it no construct changes its meaning."""
    options = [*(["linenos=table"] if numbers else []), *([f"hl_lines={lines}"] if lines else [])]
    arguments = (("", language or "text"), *((("", ",".join(options)),) if options else ()))
    opening = conversion.render(TemplateCall("highlight", arguments, "opening"))
    if opening:
        closing = conversion.render(TemplateCall("highlight", part="closing"))
        conversion.replace_pair(construct, opening, closing)
        return
    if options:
        conversion.report("HC307", construct, name="highlight", detail=_LEFT_OUT)
    name = f' class="language-{html.escape(language)}"' if language else ""
    conversion.replace_pair(construct, f"<pre><code{name}>", "</code></pre>")
    inner = conversion.inner(construct)
    code = inner.strip("\r\n")
    first = inner.index(code) if code else len(inner)
    conversion.replace(construct.inner_start, construct.inner_start + first, "")
    for match in _IN_CODE.finditer(inner, first, first + len(code)):
        specials = [match] if match["special"] else _SPECIAL.finditer(inner, *match.span("raw"))
        for each in specials if match["special"] or match["raw"] else ():
            start = construct.inner_start + each.start()
            conversion.replace(start, start + 1, _WRITTEN[each[0]])
    end = construct.inner_start + first + len(code)
    conversion.replace(end, construct.inner_end, "")


_SPECIAL = re.compile(r"[<>&]|\n(?=[ \t]*\r?\n)")
"""What HTML would read otherwise, and a blank line, at which a block of HTML ends in Markdown."""
_IN_CODE = re.compile(
    r"\{%-?\s*raw\s*-?%\}(?P<raw>.*?)\{%-?\s*endraw\s*-?%\}|\{%.*?%\}|\{\{.*?\}\}|(?P<special>"
    + _SPECIAL.pattern
    + ")",
    re.DOTALL,
)
"""The Liquid in code, which rules of its own deal with, and what stands between."""
_WRITTEN = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "\n": "&#10;"}


def _raw(conversion: Conversion, construct: Construct) -> bool:
    """What is inside; at the edges of a `highlight` its line ends go too, as `highlight` strips its code."""
    if construct.inner_start < 0:
        return False
    text, around = conversion.text, conversion.enclosing
    conversion.replace_pair(construct, "", "")
    if around and around.name == "highlight":
        if not text[around.inner_start : construct.start].strip("\r\n"):
            inner = conversion.inner(construct)
            conversion.replace(construct.inner_start, construct.inner_end - len(inner.lstrip("\r\n")), "")
        if not text[construct.end : around.inner_end].strip("\r\n"):
            inner = conversion.inner(construct)
            conversion.replace(construct.inner_start + len(inner.rstrip("\r\n")), construct.inner_end, "")
    return True


def _comment(conversion: Conversion, construct: Construct) -> bool:
    """A comment of HTML."""
    if construct.inner_start < 0:
        return False
    if conversion.code_at(construct.start):
        conversion.report("HC307", construct, name="comment", detail="left out, because it stands in code")
        conversion.replace_tag(construct.start, construct.end, "")
        return True
    at_line_start = conversion.starts_line(construct.start)
    comment = plain_html.comment(conversion.inner(construct), at_line_start=at_line_start)
    followed = conversion.text[construct.end : construct.end + 1] not in ("", "\n", "\r")
    conversion.replace_tag(construct.start, construct.end, comment + ("\n" if at_line_start and followed else ""))
    return True


def _post_url(conversion: Conversion, construct: Construct) -> bool:
    """The address of the post, with the base path before it."""
    return _link_to(conversion, construct, conversion.context.post_url)


def _link(conversion: Conversion, construct: Construct) -> bool:
    """The address of the page or file, with the base path before it."""
    return _link_to(conversion, construct, conversion.context.link)


def _link_to(conversion: Conversion, construct: Construct, resolve: Callable[[str], str | None]) -> bool:
    target, mark, anchor = markup(conversion.text, construct).partition("#")
    url = resolve(target.strip())
    if url is None:
        return False
    conversion.replace_tag(construct.start, construct.end, relative_url(conversion.context, url) + mark + anchor)
    return True


def _gist(conversion: Conversion, construct: Construct) -> bool:
    """The shortcode `gist`, which is written with it: Hugo has none of its own any more."""
    words = [value for name, value in construct.arguments if not name]
    if not words or not re.fullmatch(r"[\w.-]+(?:/\w+)?", words[0]):
        return False
    called = conversion.render(TemplateCall(GIST, tuple(("", word) for word in words[:2])))
    conversion.replace_tag(construct.start, construct.end, called)
    return True


def _youtube(conversion: Conversion, construct: Construct) -> bool:
    """The shortcode `youtube`."""
    return video_of(conversion, construct, "youtube", _first_word(construct))


def _vimeo(conversion: Conversion, construct: Construct) -> bool:
    """The shortcode `vimeo`."""
    return video_of(conversion, construct, "vimeo", _first_word(construct))


def video_of(conversion: Conversion, construct: Construct, provider: str, source: str) -> bool:
    """Write the video of a provider that an address or an identifier names; false when it is neither."""
    address = (_YOUTUBE if provider == "youtube" else _VIMEO).match(source)
    identifier = address[1] if address else source
    if not _IDENTIFIER.fullmatch(identifier):
        return False
    embed = conversion.render(Embed(source, provider, identifier))
    conversion.replace_tag(construct.start, construct.end, embed)
    return True


def _embedded(conversion: Conversion, construct: Construct) -> bool:
    """A tag with the address of what it shows: a video's shortcode, else a link."""
    url = next((value for _, value in construct.arguments if value.startswith(("https://", "http://"))), "")
    if not url:
        return False
    for provider, pattern in (("youtube", _YOUTUBE), ("vimeo", _VIMEO)):
        if pattern.match(url):
            return video_of(conversion, construct, provider, url)
    conversion.report("HC307", construct, name=construct.name, detail="written as a link")
    link = conversion.render(Embed(url)) if conversion.is_markdown else _link_text(conversion, url, url)
    conversion.replace_tag(construct.start, construct.end, link)
    return True


def _link_text(conversion: Conversion, text: str, url: str) -> str:
    """Return a link in the markup of the body."""
    if conversion.is_markdown:
        return f"[{text}]({url})"
    return f"{element('a', {'href': url})}{html.escape(text)}</a>"


def _image(conversion: Conversion, construct: Construct) -> bool:
    """Octopress: `img [classes] path [width [height]] [title | "title" "alt"]`."""
    words = [value for name, value in construct.arguments if not name]
    place = next((index for index, word in enumerate(words) if re.search(r"[/.]", word)), None)
    if place is None:
        return False
    after = words[place + 1 :]
    sizes = [word for word in after[:2] if word.isdecimal()]
    rest = after[len(sizes) :]
    is_quoted = markup(conversion.text, construct).endswith(('"', "'"))
    title, alt = (rest[0], rest[1]) if is_quoted and len(rest) == 2 else (" ".join(rest), " ".join(rest))
    attributes = {
        "class": " ".join(words[:place]), "src": words[place], "width": sizes[0] if sizes else "",
        "height": sizes[1] if len(sizes) > 1 else "", "title": title, "alt": alt,
    }  # fmt: skip
    conversion.replace_tag(construct.start, construct.end, element("img", attributes))
    return True


def _blockquote(conversion: Conversion, construct: Construct) -> bool:
    """Octopress: `blockquote [author[, source]] [link] [link title]`."""
    if construct.inner_start < 0:
        return False
    source = html.escape(markup(conversion.text, construct), quote=False)
    footer = f"\n<footer>{source}</footer>" if source else ""
    conversion.replace_pair(construct, '<blockquote markdown="1">\n', f"{footer}\n</blockquote>")
    return True


def _video(conversion: Conversion, construct: Construct) -> bool:
    """Octopress: `video url [url...] [width height] [poster]`."""
    words = [value for name, value in construct.arguments if not name]
    sources = tuple(word for word in words if re.search(r"\.(?:mp4|m4v|ogv|ogg|webm)\Z", word, re.IGNORECASE))
    if not sources:
        return False
    poster = next((word for word in words if re.search(r"\.(?:jpe?g|png|gif|webp)\Z", word, re.IGNORECASE)), "")
    left_out = [word for word in words if word not in (*sources, poster)]
    if left_out:
        conversion.report("HC307", construct, name="video", detail=f"left out: {', '.join(left_out)}")
    conversion.replace_tag(construct.start, construct.end, conversion.render(Media("video", sources, poster)))
    return True


def _first_word(construct: Construct) -> str:
    return next((value for name, value in construct.arguments if not name), "")


def element(name: str, attributes: dict[str, str]) -> str:
    """Return an HTML start tag; attributes without a value are left out, but for an image's `alt`."""
    written = "".join(
        f' {key}="{html.escape(value, quote=True)}"'
        for key, value in attributes.items()
        if value or (name == "img" and key == "alt")
    )
    return f"<{name}{written}>"


RULES: dict[str, Rule] = {
    "highlight": _highlight,
    "raw": _raw,
    "comment": _comment,
    "post_url": _post_url,
    "link": _link,
    "gist": _gist,
    "youtube": _youtube,
    "vimeo": _vimeo,
    "tweet": _embedded,
    "twitter": _embedded,
    "oembed": _embedded,
    "embed": _embedded,
    "codeblock": _codeblock,
    "img": _image,
    "blockquote": _blockquote,
    "video": _video,
}
"""The tags with a counterpart that read no other file; the last four are Octopress's."""
