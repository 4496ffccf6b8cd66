"""Addresses that are shown as what they lead to (oEmbed): videos, posts, code."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import SplitResult, parse_qs, quote

from hugoconv.markup.constructs import Embed, TargetDialect
from hugoconv.markup.html import island
from hugoconv.urls import urlsplit

_LYTE = re.compile(r"\Ahttp([va]|vh|vd|vp)://")
_SECONDS = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?\Z")
_YOUTUBE_HOSTS = frozenset({"youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com", "youtu.be"})
_YOUTUBE_PATH = re.compile(r"/(?:shorts|embed|v|live)/([\w-]{6,})")
_ID = re.compile(r"[\w-]{6,}(?=[?&/]|\Z)")
"""The number of a film, also before what was put on with a second question mark."""
_FRAME = '<iframe src="{}" width="100%" height="{}" loading="lazy" allowfullscreen></iframe>'
_HTML = tuple(
    (re.compile(rf"https?://(?:www\.)?{pattern}"), html)
    for pattern, html in (
        (r"(gist\.github\.com/(?:[\w-]+/)?[0-9a-f]+)(?:\.js)?(?:[?#].*)?\Z", '<script src="https://{0}.js"></script>'),
        (
            r"(?:m\.)?youtube\.com/(?:playlist|embed/videoseries)\?(?:.*&)?list=([\w-]+)",
            _FRAME.format("https://www.youtube.com/embed/videoseries?list={0}", 400),
        ),
        (
            r"open\.spotify\.com/(?:intl-\w+/)?(track|album|artist|playlist|show|episode)/(\w+)",
            _FRAME.format("https://open.spotify.com/embed/{0}/{1}", 352),
        ),
        (
            r"(?:api\.)?soundcloud\.com/[\w-]+/[\w/:%-]+",
            _FRAME.format("https://w.soundcloud.com/player/?url={url}", 166),
        ),
        (
            r"(?:dailymotion\.com/video|dai\.ly)/(\w+)",
            _FRAME.format("https://www.dailymotion.com/embed/video/{0}", 400),
        ),
        (r"ted\.com/talks/(\w+)", _FRAME.format("https://embed.ted.com/talks/{0}", 400)),
    )
)
"""What shows addresses of providers that targets have no construct for, as these providers offer it themselves."""


def embed(url: str, target: TargetDialect) -> str:
    """Return the HTML for an address shown as what it leads to: what is known of it, else a link."""
    url = unescape(url).strip()
    return known(url, target) or f'<p><a href="{escape(url)}">{escape(url, quote=False)}</a></p>'


def needs_words(url: str) -> bool:
    """Whether only who asks for its words can show what an address leads to: a post on X, or what is not known."""
    found = embed_of(unescape(url).strip())
    return found.provider == "x" if found else not any(pattern.match(url) for pattern, _ in _HTML)


def known(url: str, target: TargetDialect) -> str | None:
    """Return what shows an address: the target's own way, a script or a frame; None when nothing is known of it."""
    if found := embed_of(url):
        return island("block", target.render(found))
    for pattern, html in _HTML:
        if match := pattern.match(url):
            return html.format(*(escape(part) for part in match.groups()), url=quote(url, safe=""))
    return None


def frame(source: str, height: int) -> str:
    """Return a frame that shows what a provider offers for this; `source` is HTML."""
    return _FRAME.format(source, height)


def embed_of(url: str) -> Embed | None:
    """Return what an address shows, None when its provider, or what it names there, is not known."""
    parts = urlsplit(_LYTE.sub("https://", url))
    host = (parts.hostname or "").removeprefix("www.")
    if parts.scheme not in ("http", "https"):
        return None
    for hosts, rule in _PROVIDERS:
        if host in hosts:
            return rule(url, parts)
    return None


def _youtube(url: str, parts: SplitResult) -> Embed | None:
    query = parse_qs(parts.query)
    match = _YOUTUBE_PATH.match(parts.path)
    identifier = _ID.match(match[1] if match else query.get("v", [parts.path.strip("/")])[0])
    if identifier is None or identifier[0] in ("playlist", "videoseries"):
        return None
    start = _seconds((query.get("t") or query.get("start") or [parts.fragment.removeprefix("t=")])[0])
    return Embed(url, "youtube", identifier[0], start)


def _seconds(text: str) -> int:
    match = _SECONDS.match(text)
    hours, minutes, seconds = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    return hours * 3600 + minutes * 60 + seconds


def _by_pattern(provider: str, pattern: str) -> Callable[[str, SplitResult], Embed | None]:
    compiled = re.compile(pattern)

    def rule(url: str, parts: SplitResult) -> Embed | None:
        match = compiled.match(parts.path)
        return Embed(url, provider, match["id"]) if match else None

    return rule


_PROVIDERS: tuple[tuple[frozenset[str], Callable[[str, SplitResult], Embed | None]], ...] = (
    (_YOUTUBE_HOSTS, _youtube),
    (
        frozenset({"vimeo.com", "player.vimeo.com"}),
        _by_pattern("vimeo", r"/(?:video/|channels/[\w-]+/|groups/[\w-]+/videos/)?(?P<id>\d+)/?\Z"),
    ),
    (frozenset({"twitter.com", "mobile.twitter.com", "x.com"}), _by_pattern("x", r"/\w+/status(?:es)?/(?P<id>\d+)")),
    (
        frozenset({"instagram.com", "instagr.am"}),
        _by_pattern("instagram", r"/(?:[\w.]+/)?(?:p|reel|tv)/(?P<id>[\w-]+)"),
    ),
)
