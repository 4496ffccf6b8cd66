"""What each block shows, as HTML: most hold their own, the others are in the table `HANDLERS`."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Any, Final

from bs4.element import Tag

from hugoconv.markup.html import island
from hugoconv.markup.html_code import text_of
from hugoconv.markup.html_tree import parse as parse_html
from hugoconv.systems.wordpress.bodies.block_fields import html_of_fields
from hugoconv.systems.wordpress.bodies.blocks import Block, pieces
from hugoconv.systems.wordpress.bodies.context import Conversion
from hugoconv.systems.wordpress.bodies.names import DYNAMIC, social_service
from hugoconv.systems.wordpress.bodies.shortcodes import scan
from hugoconv.systems.wordpress.bodies.shortcodes_to_html import code_block

Handler = Callable[[Block, str, Conversion], str]

_SCHEME_OR_ANCHOR = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#")
_TAG = re.compile(r"<[^>]*>")
_URL = re.compile(r"https?://[^\s<>\"]+")
_FIGCAPTION = re.compile(r"<figcaption[^<>]*>(.{0,4000}?)</figcaption>", re.DOTALL)
_LANGUAGE_CLASS = re.compile(r"\b(?:language|lang)-([\w+#.-]+)")


def render(text: str, conversion: Conversion) -> str:
    """Return the HTML that a body of blocks shows; blocks inside blocks are handled first, at any depth."""
    finished: list[str] = []
    frames: list[tuple[Block | None, list[str | Block], list[str], frozenset[int]]] = [
        (None, pieces(text)[::-1], finished, frozenset())
    ]
    while frames:
        block, pending, output, shown = frames[-1]
        if pending:
            piece = pending.pop()
            if isinstance(piece, str):
                output.append(piece)
                continue
            inside, shown = _contents(piece, conversion, shown)
            if len(inside) == 1 and isinstance(inside[0], str):  # as in most blocks
                output.append(_html(piece, inside[0], conversion))
            else:
                frames.append((piece, inside[::-1], [], shown))
            continue
        frames.pop()
        if block is not None:
            frames[-1][2].append(_html(block, "".join(output), conversion))
    return "".join(finished)


def _contents(block: Block, conversion: Conversion, shown: frozenset[int]) -> tuple[list[str | Block], frozenset[int]]:
    """Return what stands inside a block; in a reference to a shared block, that block's own blocks."""
    reference = block.attributes.get("ref") if block.name == "core/block" else None
    if not isinstance(reference, int):
        return block.content, shown
    if reference in shown:
        conversion.changed("wp:block", f"the shared block {reference} contains itself")
        return [], shown
    shared = conversion.context.reusable(reference)
    if shared is None:
        conversion.log.add("HC304", line=_line(block, conversion), ref=reference)
        return [], shown
    return pieces(shared), shown | {reference}


def _html(block: Block, content: str, conversion: Conversion) -> str:
    if "style" in block.attributes:
        content = _background(block) + content
    handler = HANDLERS.get(block.name) or HANDLERS.get(block.name.partition("/")[0] + "/*")
    if handler is not None:
        return handler(block, content, conversion)
    is_made_on_view = block.inner_start < 0 or block.name.removeprefix("core/") in DYNAMIC
    if is_made_on_view and not _shows_something(content):
        if made := "" if block.name.startswith("core") else html_of_fields(block, conversion):
            detail = "made of its fields, for the plug-in that shows it is not in an export"
            conversion.changed(f"wp:{block.name}", detail, f"<!-- wp:{block.name}")
            return f"\n{made}\n"
        conversion.log.add("HC303", line=_line(block, conversion), name=f"wp:{block.name.removeprefix('core/')}")
        return ""
    return f"\n{content}\n"


def _background(block: Block) -> str:
    """Return the picture that WordPress shows behind a block, which only the block's attributes name."""
    found: Any = block.attributes
    for key in ("style", "background", "backgroundImage", "url"):
        found = found.get(key) if isinstance(found, dict) else None
    return f'<img src="{escape(found)}" alt="">' if isinstance(found, str) and found else ""


def _shows_something(html: str) -> bool:
    return bool(_TAG.sub("", html).strip()) or "<img" in html or "<iframe" in html or "data-text=" in html


def _line(block: Block, conversion: Conversion) -> int:
    return conversion.source.count("\n", 0, block.start) + 1


def _verbatim(block: Block, content: str, conversion: Conversion) -> str:
    """Return the HTML as it is; shortcodes in it are named."""
    for construct in scan(content):
        if construct.kind == "shortcode":
            conversion.log.add("HC301", line=_line(block, conversion), name=f"[{construct.name}]")
    if not conversion.raw_html:
        conversion.raw_html = True
        conversion.log.add("HC305", line=_line(block, conversion), name="wp:html")
    return island("html", content) if content.strip() else ""


def _code(block: Block, content: str, conversion: Conversion) -> str:
    """Return a fence with its language, which plug-ins write in many places."""
    said = block.text("language") or block.text("codeLanguage") or block.text("lang")
    named = _LANGUAGE_CLASS.search(block.text("className"))
    language = said or (named[1] if named else "")
    if block.text("code"):
        return code_block(block.text("code"), language)
    shown = parse_html(content).find("pre") if language else None
    return code_block(text_of(shown), language) if isinstance(shown, Tag) else content


def _embed(block: Block, content: str, conversion: Conversion) -> str:
    """Return what the address shows, with its caption below."""
    caption = _FIGCAPTION.search(content)
    shown = _FIGCAPTION.sub("", content)
    url = block.text("url") or next(iter(_URL.findall(shown)), "")
    if not url:
        return content
    return conversion.embed(url) + (f"<p>{caption[1]}</p>" if caption else "")


def _more(block: Block, content: str, conversion: Conversion) -> str:
    """Return the end of the summary; its label is in the front matter."""
    return island("block", "<!--more-->")


def _next_page(block: Block, content: str, conversion: Conversion) -> str:
    """Return the mark of a page break, which is named: the post becomes one page."""
    return next_page(conversion)


def next_page(conversion: Conversion) -> str:
    """Return the mark of a page break inside a post, which Hugo does not know."""
    conversion.changed("nextpage", "the post was shown on several pages and is now one", "<!--nextpage-->")
    return island("block", "<!--nextpage-->")


def _social_link(block: Block, content: str, conversion: Conversion) -> str:
    """Return an item of a list, a link with the name of its service."""
    url = block.text("url")
    if not url:
        return content
    if not _SCHEME_OR_ANCHOR.match(url):
        url = f"mailto:{url}" if "@" in url and "/" not in url else f"https://{url}"
    label = block.text("label") or social_service(block.text("service")) or url
    return f'<li><a href="{escape(url)}">{escape(label)}</a></li>'


def _navigation_link(block: Block, content: str, conversion: Conversion) -> str:
    """Return a link."""
    url, label = block.text("url"), block.text("label")
    return f'<p><a href="{escape(url)}">{label or escape(url)}</a></p>{content}' if url else content


def _cover(block: Block, content: str, conversion: Conversion) -> str:
    """Return what is in it, after its background as a picture or film."""
    url = block.text("url")
    if not url or "<img" in content or "<video" in content:
        return content
    element = "video controls" if block.text("backgroundType") == "video" else "img"
    picture = f'<{element} src="{escape(url)}" alt="{escape(block.text("alt"))}">'
    return picture + ("</video>" if element != "img" else "") + content


def _nothing(block: Block, content: str, conversion: Conversion) -> str:
    """Return what is in it, if anything."""
    return content if _shows_something(content) else ""


def _missing(block: Block, content: str, conversion: Conversion) -> str:
    """Return the HTML of the block that the editor did not know."""
    return content or block.text("originalContent")


HANDLERS: Final[dict[str, Handler]] = {
    "core/html": _verbatim,
    "core/code": _code,
    "syntaxhighlighter/code": _code,
    "kevinbatdorf/code-block-pro": _code,
    "enlighter/codeblock": _code,
    "codemirror-blocks/code-block": _code,
    "prismatic/blocks": _code,
    "core/embed": _embed,
    "core-embed/*": _embed,
    "core/more": _more,
    "core/nextpage": _next_page,
    "core/social-link": _social_link,
    "core/navigation-link": _navigation_link,
    "core/cover": _cover,
    "core/spacer": _nothing,
    "core/footnotes": _nothing,
    "core/block": _nothing,
    "core/social-links": _nothing,
    "core/missing": _missing,
}
"""What makes HTML of a block, by its name or "family/*": (the block, what is inside as HTML, the conversion)."""
