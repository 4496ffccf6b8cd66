"""What each known shortcode shows, as HTML; unknown ones stay as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape, unescape
from typing import Final

from hugoconv.markup import embeds, plain_html
from hugoconv.markup.constructs import Construct
from hugoconv.markup.html import island
from hugoconv.markup.mapping import Filled, MappedDialect
from hugoconv.systems.wordpress.bodies import builders, providers
from hugoconv.systems.wordpress.bodies.context import Attachment, Conversion
from hugoconv.systems.wordpress.bodies.shortcodes import CODE, CODE_COLORER, LANGUAGES, MEDIA, is_code, scan_tags

Handler = Callable[[Construct, str, Conversion], str | None]

MAX_DEPTH: Final = 8
"""How many captions inside captions are read."""

_PICTURE = re.compile(r"\s*((?:<a\s[^>]*>\s*)?<img\s[^>]*>(?:\s*</a>)?)(.*)\Z", re.DOTALL)
_URL = re.compile(r"(?:https?:)?//[^\s<>\"'\]]+")
_AUDIO_SOURCES = ("src", "mp3", "m4a", "ogg", "opus", "wav", "flac", "wma", "aac")
_VIDEO_SOURCES = ("src", "mp4", "m4v", "webm", "ogv", "mov", "wmv", "flv")
_BREAKS = re.compile(r"<br\s*/?>\r?\n?|</?p>\n?")
_BROKEN_LINE = re.compile(r".*</?(?:br|p)\s*/?>\s*\Z")
_OF_MEDIA = frozenset({"gallery", "playlist"})
_WITHOUT_MEDIA = "the media that it shows are not in the export; it is a comment in the text now"
_WITHOUT_BREAKS = "the tags of lines and paragraphs that an editor wrote into the code are lines now"


def expand(text: str, conversion: Conversion, depth: int = 0) -> str:
    """Return a body with its shortcodes replaced.

    Those with a template of the user's become that, known ones HTML, and the tags of others islands of text.
    """
    pieces: list[str] = []
    closings: dict[str, list[str]] = {}
    layout: set[str] = set()
    position = 0
    target = conversion.target
    known = target.templates if isinstance(target, MappedDialect) else ()
    for construct in scan_tags(text, known):
        if construct.start < position:
            continue
        pieces.append(text[position : construct.start])
        written = text[construct.start : construct.end]
        inner = text[construct.inner_start : construct.inner_end]
        position = construct.end
        if construct.kind == "escaped":
            pieces.append(island("inline", written[1:-1]))
            continue
        name = construct.name.removeprefix("/")
        if name != construct.name and closings.get(name):
            pieces.append(closings[name].pop())
            continue
        filled = _filled(construct, conversion)
        if filled is not None:
            pieces.append(island("call", filled.before) if filled.before else "")
            after = island("call", filled.after) if filled.after else ""
            if construct.inner_start < 0:
                pieces.append(after)
            elif is_code(name):
                code = conversion.target.escape(_code_text(name, inner, conversion))
                before, after = filled.before.rstrip("\n"), filled.after.lstrip("\n")
                pieces[-1] = island("block", f"{before}\n{code}\n{after}")
            elif name in MEDIA:
                pieces += [expand(inner, conversion, depth + 1), after]
            else:
                closings.setdefault(name, []).append(after)
                position = construct.inner_start
            continue
        if builders.is_layout(construct):
            layout.add(name)
            before, after = builders.opening(construct, conversion)
            pieces.append(before)
            if construct.inner_start >= 0:
                closings.setdefault(name, []).append(after)
                position = construct.inner_start
            continue
        handler = _handler(construct.name) if depth < MAX_DEPTH else None  # none for a tag that closes what is kept
        html = handler(construct, inner, conversion) if handler else None
        if html is not None:
            pieces.append(expand(html, conversion, depth + 1) if name in _HOLDING_TEXT else html)
            continue
        opening = written if construct.inner_start < 0 else text[construct.start : construct.inner_start]
        pieces.append(_unmapped(construct, opening, conversion))
        position = construct.start + len(opening)
    pieces.append(text[position:])
    if layout:
        conversion.log.add("HC310", names=", ".join(sorted(layout)))
    return "".join(pieces)


def _filled(construct: Construct, conversion: Conversion) -> Filled | None:
    """Return the user's template for a shortcode, with what it has no place for as a finding."""
    if not isinstance(conversion.target, MappedDialect):
        return None
    filled = conversion.target.fill(construct)
    if filled is not None:
        left_out = [*filled.left_out]
        if construct.inner_start >= 0 and not filled.holds:
            left_out.append("the text inside follows it")
        if left_out:
            line = conversion.line_of(f"[{construct.name}")
            conversion.log.add("HC316", line=line, name=f"[{construct.name}]", names=", ".join(left_out))
    return filled


def _unmapped(construct: Construct, written: str, conversion: Conversion) -> str:
    """Return the tag of a shortcode that nobody knows, as the user wants it."""
    target = conversion.target
    hidden = isinstance(target, MappedDialect) and target.unmapped != "keep"
    if construct.name in _OF_MEDIA and not hidden:
        conversion.changed(construct.name, _WITHOUT_MEDIA, written)
        return island("inline", plain_html.comment(f" {written} ", at_line_start=False))
    if not construct.name.startswith("/"):
        code = "HC315" if hidden else "HC301"
        conversion.log.add(code, line=conversion.line_of(written), name=f"[{construct.name}]")
    if isinstance(target, MappedDialect) and hidden:
        return island("inline", target.tag(written))
    return island("inline", written)


def _handler(name: str) -> Handler | None:
    return HANDLERS.get(name) or (_code if is_code(name) else None)


def player(kind: str, sources: Sequence[str], attributes: str = "") -> str:
    """Return an `<audio>` or `<video>` element."""
    if len(sources) == 1:
        return f'<{kind} controls src="{escape(sources[0])}"{attributes}></{kind}>'
    inner = "".join(f'<source src="{escape(source)}">' for source in sources)
    return f"<{kind} controls{attributes}>{inner}</{kind}>"


def code_block(code: str, language: str) -> str:
    """Return code as HTML."""
    attribute = f' class="language-{escape(language)}"' if language else ""
    return f"<pre><code{attribute}>{escape(code, quote=False)}</code></pre>"


def _caption(construct: Construct, inner: str, conversion: Conversion) -> str | None:
    """Return a figure with its caption, link and alignment."""
    match = _PICTURE.match(inner)
    content, text = (match[1], match[2].strip()) if match else (inner, "")
    caption = construct.argument("caption") or text
    classes = " ".join(part for part in (construct.argument("align"), construct.argument("class")) if part)
    attribute = f' class="{escape(classes)}"' if classes and classes != "alignnone" else ""
    if not caption:
        return f"<figure{attribute}>{content}</figure>" if inner.strip() else None
    return f"<figure{attribute}>{content}<figcaption>{_one_line(caption)}</figcaption></figure>"


def _one_line(caption: str) -> str:
    return "<br />".join(line.strip() for line in caption.strip().splitlines() if line.strip())


def _gallery(construct: Construct, inner: str, conversion: Conversion) -> str | None:
    """Return a gallery of the pictures of its ids, else of those uploaded to the post."""
    pictures = _media(construct, conversion, "image")
    if pictures and construct.argument("orderby").lower() == "rand":
        conversion.changed("gallery", "the pictures were shown in random order and are now in a fixed one", "[gallery")
    if not pictures:
        return None
    # The page of an attachment, where WordPress links to by default, shows the picture.
    linked = construct.argument("link").lower() != "none"
    columns = construct.argument("columns") if construct.argument("columns").isdecimal() else "3"
    shown = "".join(picture.figure(picture.url if linked else "") for picture in pictures)
    return f'<figure class="wp-block-gallery columns-{columns}">{shown}</figure>'


def _playlist(construct: Construct, inner: str, conversion: Conversion) -> str | None:
    """Return a player for each sound or film, with its title."""
    kind = "video" if construct.argument("type") == "video" else "audio"
    items = _media(construct, conversion, kind)
    return (
        "".join(
            f"<figure>{player(kind, [item.url])}<figcaption>{item.caption or escape(item.title)}</figcaption></figure>"
            for item in items
        )
        or None
    )


def _media(construct: Construct, conversion: Conversion, kind: str) -> list[Attachment]:
    """Return the media a shortcode shows: those of its ids, else the post's own of that kind."""
    ids = [part for part in re.split(r"[\s,]+", construct.argument("ids") or construct.argument("include")) if part]
    if not ids:
        if construct.argument("id"):
            conversion.changed(construct.name, "it shows the media of another post", f"[{construct.name}")
        return [item for item in conversion.context.children() if not item.mime or item.mime.startswith(f"{kind}/")]
    items = {identifier: conversion.context.attachment(int(identifier)) for identifier in ids if identifier.isdecimal()}
    missing = [identifier for identifier in ids if items.get(identifier) is None]
    if missing:
        detail = f"not in the export: the media items {', '.join(missing)}"
        conversion.changed(construct.name, detail, f"[{construct.name}")
    return [item for identifier in ids if (item := items.get(identifier)) is not None]


def _player(kind: str, names: tuple[str, ...]) -> Handler:
    def handler(construct: Construct, inner: str, conversion: Conversion) -> str | None:
        """Return a player for its files, else for the first one uploaded to the post."""
        positional = [value for name, value in construct.arguments if not name]
        given = [construct.argument(name) for name in names if construct.argument(name)]
        sources = given or [value for value in positional if "/" in value or "." in value] or _URL.findall(inner)[:1]
        if not sources:
            sources = [item.url for item in conversion.context.children() if item.mime.startswith(f"{kind}/")][:1]
        if not sources:
            return None
        if len(sources) == 1 and embeds.embed_of(unescape(sources[0])):
            return embeds.embed(sources[0], conversion.target)
        attributes = "".join(f" {name}" for name in ("loop", "autoplay", "muted") if _is_on(construct.argument(name)))
        if construct.argument("poster"):
            attributes += f' poster="{escape(construct.argument("poster"))}"'
        return player(kind, [unescape(source) for source in sources], attributes)

    return handler


def _is_on(value: str) -> bool:
    return value.lower() in ("1", "on", "true", "yes", "autoplay", "loop", "muted")


def _embed(construct: Construct, inner: str, conversion: Conversion) -> str | None:
    """Return what the address shows."""
    url = inner.strip() or construct.argument("src") or construct.argument("url") or construct.argument("")
    return conversion.embed(url) if url else None


def _code(construct: Construct, inner: str, conversion: Conversion) -> str | None:
    """Return a fence with the language; the code stays as it is."""
    if construct.inner_start < 0:
        return None
    language = next((construct.argument(name) for name in ("language", "lang", "type") if construct.argument(name)), "")
    if not language and construct.name in LANGUAGES and construct.name != "plain":
        language = construct.name
    colored = CODE_COLORER.match(construct.name)
    if not language and colored:
        language = colored["language"] or ""
    return code_block(_code_text(construct.name, inner, conversion), language.lower())


def _code_text(name: str, inner: str, conversion: Conversion) -> str:
    """Return code as its author wrote it: where only some lines end with `<br>`, these are a part of it."""
    if "<br" in inner and all(map(_BROKEN_LINE.match, re.findall(r"\S.*(?=\n)", inner.strip()))):
        conversion.changed(f"[{name}]", _WITHOUT_BREAKS, inner)
        inner = _BREAKS.sub("\n", inner)
    return unescape(inner).strip("\n")


_HOLDING_TEXT = frozenset({"caption", "wp_caption"})
HANDLERS: Final[dict[str, Handler]] = {
    "caption": _caption,
    "wp_caption": _caption,
    "gallery": _gallery,
    "playlist": _playlist,
    "audio": _player("audio", _AUDIO_SOURCES),
    "video": _player("video", _VIDEO_SOURCES),
    "embed": _embed,
    **dict.fromkeys(providers.ADDRESSES, providers.shown),
    **dict.fromkeys(providers.FRAMES, providers.framed),
    "googlemaps": providers.googlemaps,
    "vc_raw_html": builders.raw,
    "fusion_code": builders.raw,
    "fusion_imageframe": builders.framed_picture,
    **dict.fromkeys(sorted(CODE), _code),
}
"""What makes HTML of a shortcode: (the shortcode, what it encloses, the conversion) -> HTML, None to keep its text."""
