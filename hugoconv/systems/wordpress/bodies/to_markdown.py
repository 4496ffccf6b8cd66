"""A WordPress body as Markdown: blocks or paragraphs first, then shortcodes, then HTML to Markdown."""

from __future__ import annotations

import re

from hugoconv.markup.constructs import TargetDialect
from hugoconv.markup.html import MarkdownOptions, island, to_markdown
from hugoconv.report.findings import PlacedFindings
from hugoconv.systems.wordpress.bodies import blocks, blocks_to_html, shortcodes_to_html
from hugoconv.systems.wordpress.bodies.autop import autop
from hugoconv.systems.wordpress.bodies.code_tags import code_tags_as_html
from hugoconv.systems.wordpress.bodies.context import BodyContext, Conversion
from hugoconv.systems.wordpress.bodies.figures import WordPressConverter
from hugoconv.systems.wordpress.bodies.smilies import with_faces
from hugoconv.systems.wordpress.bodies.tokens import Tokens
from hugoconv.systems.wordpress.wxr.items import plain_text

_URL = re.compile(r"(?P<url>http[sva]?://[^\s<>\"]++)(?P<ends_line>[ \t]*+$)?", re.MULTILINE)
_PARAGRAPH_URL = re.compile(r"<p(?:\s[^<>]*)?>\s*(?P<url>https?://[^\s<>\"]+)\s*</p>")
_PROGRAM = re.compile(r"<\?(?:php\b|=)?(?!xml|mso|import)", re.IGNORECASE)
_BEGUN = re.compile(r"(?:<(?:strong|b|em|i|u|span|font|a)(?:\s[^<>]*)?>\s*)+\Z")
"""The beginning of elements in a line, which the end of the summary right behind it would take apart."""
_FAR = 500
_MORE = re.compile(r"<!--more(?P<label>.*?)-->")
_NEXT_PAGE = re.compile(r"<!--nextpage-->")
_NOTE = re.compile(r"<sup\b[^<>]*\bdata-fn=\"(?P<id>[^\"<>]+)\"[^<>]*>(?:(?!</sup>).){0,4000}+</sup>", re.DOTALL)

_BARE_AMPERSAND = re.compile(r"&(?!#(?:[0-9]+|x[a-f0-9]+);|[a-z1-4]{1,8};)", re.IGNORECASE)
"""What WordPress shows as an ampersand (`wptexturize`), though browsers read `&lt/b` as an unclosed entity."""


def body_to_markdown(text: str, target: TargetDialect, context: BodyContext, log: PlacedFindings) -> str:
    """Return a WordPress body as Markdown with the target's own constructs; never raises on any text.

    `context` answers what the body refers to outside of itself. `log` gets a finding for whatever could not be
    carried over whole: HC301 (shortcodes), HC303 and HC304 (blocks), HC305 and HC306 (HTML), HC307, HC310.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    conversion = Conversion(text, target, context, log)
    text = code_tags_as_html(text)
    _name_programs(text, conversion)
    html = _from_blocks(text, conversion) if blocks.has_blocks(text) else _from_classic(text, conversion)
    html = with_faces(_BARE_AMPERSAND.sub("&amp;", _with_notes(html, conversion)))
    options = MarkdownOptions(
        converter=WordPressConverter,
        link=context.link,
        keep_empty_paragraphs=context.empty_paragraphs,
        target=target,
    )
    return to_markdown(html, log, options)


def _name_programs(text: str, conversion: Conversion) -> None:
    """Record PHP outside of code, which a browser hides or a plug-in ran, and which is text now."""
    if "<?" not in text:
        return
    position = 0
    for token in Tokens(text):
        if program := _PROGRAM.search(text, position, token.start):
            break
        position = token.end
    else:
        program = _PROGRAM.search(text, position)
    if program:
        detail = "readers did not see it, or a plug-in ran it; it is text now"
        conversion.changed(program[0], detail, program[0])


def _from_blocks(text: str, conversion: Conversion) -> str:
    html = blocks_to_html.render(text, conversion)
    return shortcodes_to_html.expand(_embed_lone_urls(_dividers(html, conversion), conversion), conversion)


def _from_classic(text: str, conversion: Conversion) -> str:
    html = shortcodes_to_html.expand(_dividers(text, conversion), conversion)
    return autop(_embed_lone_urls(html, conversion))


def _dividers(html: str, conversion: Conversion) -> str:
    """Put the marks of the summary and of pages into islands."""
    if more := _MORE.search(html):
        if begun := _BEGUN.search(html, max(more.start() - _FAR, 0), more.start()):
            html = f"{html[: begun.start()]}{more[0]}{begun[0]}{html[more.end() :]}"
        html = _MORE.sub(lambda match: island("block", "<!--more-->"), html)
    if "<!--nextpage-->" in html:
        html = _NEXT_PAGE.sub(lambda match: blocks_to_html.next_page(conversion), html)
    return html


def _embed_lone_urls(html: str, conversion: Conversion) -> str:
    """Replace addresses that stand alone on a line or in a paragraph, outside of tags and code."""
    if "http" not in html:
        return html
    html = _PARAGRAPH_URL.sub(lambda match: conversion.embed(match["url"]), html)
    pieces = []
    position = 0
    tokens = Tokens(html)
    token = tokens.next(0)
    for match in _URL.finditer(html):
        if match["ends_line"] is None:
            continue
        start = html.rfind("\n", 0, match.start()) + 1
        if html[start : match.start()].strip(" \t"):
            continue
        while token is not None and token.end <= start:
            token = tokens.next(token.end)
        if token is None or token.start >= match.end():
            pieces += [html[position:start], conversion.embed(match["url"])]
            position = match.end()
    return "".join(pieces) + html[position:]


def _with_notes(html: str, conversion: Conversion) -> str:
    """Replace the references of footnotes by Markdown's, and add the notes in the order of their first use."""
    footnotes = conversion.context.footnotes

    def reference(match: re.Match[str]) -> str:
        identifier = match["id"]
        if identifier not in footnotes:
            conversion.changed("footnote", f"the text of the footnote {identifier} is not in the export", match[0])
            return match[0]
        if identifier not in conversion.notes:
            conversion.notes.append(identifier)
        return island("inline", f"[^{conversion.notes.index(identifier) + 1}]")

    if "data-fn" in html:
        html = _NOTE.sub(reference, html)
    for identifier in footnotes:
        if identifier not in conversion.notes:
            conversion.changed("footnote", f"nothing in the text refers to the footnote {identifier}; it was left out")
    notes = (
        f'\n<hugoconv-note data-name="{number}">{footnotes[identifier]}</hugoconv-note>'
        for number, identifier in enumerate(conversion.notes, 1)
    )
    return html + "".join(notes)


def more_label(text: str) -> str:
    """Return what the link to the rest of a post says ("<!--more Read on-->"), "" for what the theme says."""
    match = _MORE.search(text)
    return plain_text(match["label"]).strip() if match else ""
