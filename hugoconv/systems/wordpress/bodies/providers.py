"""Shortcodes of WordPress.com, Jetpack and other plug-ins that show what stands at a provider."""

from __future__ import annotations

import re
from html import escape, unescape
from string import Formatter
from typing import Final
from urllib.parse import parse_qs, quote

from hugoconv.markup import embeds
from hugoconv.markup.constructs import Construct
from hugoconv.systems.wordpress.bodies.context import Conversion
from hugoconv.urls import urlsplit

ADDRESSES: Final = {
    "youtube": "https://www.youtube.com/watch?v=",
    "vimeo": "https://vimeo.com/",
    "dailymotion": "https://www.dailymotion.com/video/",
    "ted": "https://www.ted.com/talks/",
    "gist": "https://gist.github.com/",
    "tweet": "",
    "soundcloud": "",
    "spotify": "",
    "instagram": "",
}
"""Shortcodes that hold an address, or what follows this in one."""
FRAMES: Final = {
    "wpvideo": ("https://videopress.com/embed/{}", 400),
    "videopress": ("https://videopress.com/embed/{}", 400),
    "slideshare": ("https://www.slideshare.net/slideshow/embed_code/{id}", 400),
    "scribd": ("https://www.scribd.com/embeds/{id}/content?access_key={key}", 600),
    "archiveorg": ("https://archive.org/embed/{id}", 400),
}
"""Shortcodes by whose arguments (`{}` is one without a name) the provider's own frame is known, and its height."""
_HEIGHT: Final = re.compile(r"\d{1,5}")


def shown(construct: Construct, inner: str, conversion: Conversion) -> str | None:
    """Return what the address or identifier in a shortcode of `ADDRESSES` shows, None for none that is known."""
    values = [value.lstrip("=") for _, value in construct.arguments] + [inner.strip()]
    for value in filter(None, values):
        for url in (unescape(value), ADDRESSES[construct.name] + unescape(value)):
            if html := embeds.known(url, conversion.target):
                return html
    return None


def framed(construct: Construct, inner: str, conversion: Conversion) -> str | None:
    """Return the frame of a shortcode of `FRAMES`, None when an argument is missing."""
    source, height = FRAMES[construct.name]
    names = [name for _, name, _, _ in Formatter().parse(source) if name is not None]
    values = {name: quote(unescape(construct.argument(name)).partition("&")[0], safe="") for name in names}
    return embeds.frame(source.format(values.get(""), **values), height) if all(values.values()) else None


def googlemaps(construct: Construct, inner: str, conversion: Conversion) -> str | None:
    """Return the frame of a map, whose address says its height."""
    url = unescape(unescape(construct.argument("")))
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https", "") or not (parts.hostname or "").startswith(
        ("maps.google.", "www.google.", "google.")
    ):
        return None
    height = parse_qs(parts.query).get("h", [""])[0]
    return embeds.frame(escape(url), int(height) if _HEIGHT.fullmatch(height) else 400)
