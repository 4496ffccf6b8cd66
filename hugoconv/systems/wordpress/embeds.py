"""Addresses that WordPress shows as what they lead to (oEmbed): videos, posts, code."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import parse_qs, urlsplit

from hugoconv.markup.html import island

_LYTE = re.compile(r"\Ahttp([va]|vh|vd|vp)://")
_SECONDS = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?\Z")
_YOUTUBE_HOSTS = frozenset({"youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com", "youtu.be"})
_YOUTUBE_PATH = re.compile(r"/(?:shorts|embed|v|live)/([\w-]{6,})")
_ID = re.compile(r"[\w-]{6,}\Z")
_GIST = re.compile(r"(https?://gist\.github\.com/[\w-]+/[0-9a-f]+)(?:[?#].*)?\Z")

Shortcode = str | None


def embed(url: str) -> str:
    """Return the HTML that stands for an address shown as what it leads to: a Hugo shortcode, a script, else a link."""
    url = unescape(url).strip()
    shortcode = shortcode_for(url)
    if shortcode:
        return island("block", shortcode)
    gist = _GIST.match(url)
    if gist:
        return f'<script src="{gist[1]}.js"></script>'
    return f'<p><a href="{escape(url)}">{escape(url, quote=False)}</a></p>'


def shortcode_for(url: str) -> Shortcode:
    """Return the call of Hugo's own shortcode that shows `url`, None when Hugo has none for it."""
    try:
        parts = urlsplit(_LYTE.sub("https://", url))
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if parts.scheme not in ("http", "https"):
        return None
    for hosts, rule in _PROVIDERS:
        if host in hosts:
            return rule(parts.path, parse_qs(parts.query), parts.fragment)
    return None


def _youtube(path: str, query: dict[str, list[str]], fragment: str) -> Shortcode:
    match = _YOUTUBE_PATH.match(path)
    identifier = match[1] if match else query.get("v", [path.strip("/")])[0]
    if not _ID.match(identifier) or identifier in ("playlist", "videoseries"):
        return None
    start = _seconds((query.get("t") or query.get("start") or [fragment.removeprefix("t=")])[0])
    if not start:
        return f"{{{{< youtube {identifier} >}}}}"
    return f'{{{{< youtube id="{identifier}" start="{start}" >}}}}'


def _seconds(text: str) -> int:
    match = _SECONDS.match(text)
    hours, minutes, seconds = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    return hours * 3600 + minutes * 60 + seconds


def _by_pattern(pattern: str, call: str) -> Callable[[str, dict[str, list[str]], str], Shortcode]:
    compiled = re.compile(pattern)

    def rule(path: str, query: dict[str, list[str]], fragment: str) -> Shortcode:
        match = compiled.match(path)
        return f"{{{{< {call.format(**match.groupdict())} >}}}}" if match else None

    return rule


_X = _by_pattern(r"/(?P<user>\w+)/status(?:es)?/(?P<id>\d+)", 'x user="{user}" id="{id}"')
_PROVIDERS: tuple[tuple[frozenset[str], Callable[[str, dict[str, list[str]], str], Shortcode]], ...] = (
    (_YOUTUBE_HOSTS, _youtube),
    (
        frozenset({"vimeo.com", "player.vimeo.com"}),
        _by_pattern(r"/(?:video/|channels/[\w-]+/|groups/[\w-]+/videos/)?(?P<id>\d+)/?\Z", "vimeo {id}"),
    ),
    (frozenset({"twitter.com", "mobile.twitter.com", "x.com"}), _X),
    (
        frozenset({"instagram.com", "instagr.am"}),
        _by_pattern(r"/(?:[\w.]+/)?(?:p|reel|tv)/(?P<id>[\w-]+)", "instagram {id}"),
    ),
)
