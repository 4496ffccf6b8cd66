"""Neutral constructs as plain HTML, for systems or places that have no words of their own for them.

Elements without content end in ` />`, so that XHTML, MDX and kramdown read them too.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

from hugoconv.markup.constructs import Embed, Figure, Gallery, Highlight, Media
from hugoconv.markup.render import written


def picture(figure: Figure) -> str:
    """Return the picture of a figure, in its link; the caption and the classes are not shown."""
    said = {"src": figure.source, "alt": figure.alt, "title": figure.title}
    image = f"<img{written(said, empty=('alt',))}{written({'width': figure.width, 'height': figure.height})} />"
    return f"<a{written({'href': figure.link})}>{image}</a>" if figure.link else image


def captioned(figure: Figure, caption: str) -> str:
    """Return a figure in one line with its caption, which is HTML; a picture when there is nothing else to say."""
    image = picture(figure)
    if not caption and not figure.classes and not figure.heading:
        return image
    caption = _heading(figure.heading).strip() + caption
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f"<figure{written({'class': figure.classes})}>{image}{below}</figure>"


def markdown_figure(figure: Figure, *, told: str = "") -> str:
    """Return a figure whose title stands above its caption, and whose caption Markdown reads.

    CommonMark reads what stands between blank lines; `told` is the attribute that tells it to others.
    """
    image = picture(replace(figure, title=""))
    heading = _heading(figure.heading or figure.title)
    gap = "" if told else "\n"
    caption = f"<figcaption{told}>\n{heading}{gap}{figure.caption}\n{gap}</figcaption>\n"
    below = caption if heading or figure.caption else ""
    return f"<figure{written({'class': figure.classes})}>\n{image}\n{below}</figure>"


def _heading(words: str) -> str:
    return f"<h4>{html.escape(words)}</h4>\n" if words else ""


def gallery(pictures: Gallery, figure: Callable[[Figure], str]) -> str:
    """Return pictures one below the other, each as `figure` gives it."""
    return "\n".join(map(figure, pictures.figures))


def code(highlight: Highlight) -> str:
    """Return code as it stands, without numbers and marks."""
    said = {"class": f"language-{highlight.language}" if highlight.language else ""}
    return f"<pre><code{written(said)}>{html.escape(highlight.code, quote=False)}</code></pre>"


def media(played: Media) -> str:
    """Return a sound or a film to play."""
    if len(played.sources) == 1:
        said = {"poster": played.poster, "src": played.sources[0]}
        return f"<{played.kind} controls{written(said)}></{played.kind}>"
    sources = "".join(f"<source{written({'src': source})} />" for source in played.sources)
    return f"<{played.kind} controls{written({'poster': played.poster})}>{sources}</{played.kind}>"


def address(embed: Embed) -> str:
    """Return the address of what is embedded, with its scheme and the second at which it starts."""
    url = f"https:{embed.url}" if embed.url.startswith("//") else embed.url
    if embed.start and "t=" not in url:
        url += f"{'&' if '?' in url else '?'}t={embed.start}"
    return url


def link(embed: Embed) -> str:
    """Return a link to what is embedded."""
    url = address(embed)
    return f"<a{written({'href': url})}>{html.escape(url, quote=False)}</a>"


def angled(embed: Embed) -> str:
    """Return the address between angle brackets, which Markdown shows as a link."""
    return f"<{_without(address(embed), ' <>')}>"


def embedded(embed: Embed) -> str | None:
    """Return the HTML with which the provider shows what is embedded; None for a provider that is not known here."""
    made = _PROVIDERS.get(embed.provider)
    return made(embed) if made else None


def _film(source: str, label: str) -> str:
    said = {"src": source, "width": "640", "height": "360", "title": label, "loading": "lazy"}
    return f"<iframe{written(said)} allowfullscreen></iframe>"


def _youtube(embed: Embed) -> str | None:
    start = f"?start={embed.start}" if embed.start else ""
    source = f"https://www.youtube-nocookie.com/embed/{quote(embed.identifier, safe='')}{start}"
    return _film(source, "YouTube video") if embed.identifier else None


def _vimeo(embed: Embed) -> str | None:
    source = f"https://player.vimeo.com/video/{quote(embed.identifier, safe='')}"
    return _film(source, "Vimeo video") if embed.identifier else None


def _gist(embed: Embed) -> str:
    return f'<script src="{_in_attribute(embed)}"></script>'


def _x(embed: Embed) -> str:
    url = _in_attribute(embed)
    return (
        f'<blockquote class="twitter-tweet"><a href="{url}">{url}</a></blockquote>'
        '<script async src="https://platform.twitter.com/widgets.js"></script>'
    )


def _in_attribute(embed: Embed) -> str:
    return _without(address(embed), ' <>"')


def _without(url: str, characters: str) -> str:
    return re.sub(f"[{characters}]", lambda character: f"%{ord(character[0]):02X}", url)


_PROVIDERS: dict[str, Callable[[Embed], str | None]] = {
    "youtube": _youtube,
    "vimeo": _vimeo,
    "gist": _gist,
    "x": _x,
}


def comment(text: str, *, at_line_start: bool) -> str:
    """Return `text` as an HTML comment that Markdown reads as one: no `--` inside, no blank line inside a paragraph."""
    inside = re.sub("-(?=-)", "- ", text)
    if not at_line_start:
        inside = re.sub(r"\n[ \t\r]*(?=\n)", "", inside)
    start = " " if inside.startswith((">", "-")) else ""
    end = " " if inside.endswith("-") else ""
    return f"<!--{start}{inside}{end}-->"
