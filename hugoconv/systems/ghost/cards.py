"""Ghost's cards as plain HTML: one rule a card, fed by Lexical, by mobiledoc and by the HTML that Ghost made of them.

The names of what a card holds are those of the package kg-default-nodes; mobiledoc's cards hold the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from hugoconv.markup.render import to_html

Payload = Mapping[str, Any]

MEMBERS, E_MAIL, SUBSCRIBE = "what only members see", "what only e-mails show", "forms and buttons to subscribe"
MEMBERS_ONLY = "<!--members-only-->"
"""Where a post for members ends for everybody else."""
_TAG = re.compile(r"<[^<>]*>")
_SPAN = re.compile(r"</?span\b[^<>]*>")
_SUBSCRIBING = re.compile(r"#/portal(?:/|\Z)")
_WHOLE_PARAGRAPH = re.compile(r"\s*<p\b[^<>]*>((?:(?!</?p\b).)*)</p>\s*\Z", re.DOTALL | re.IGNORECASE)


@dataclass
class Cards:
    """The cards of one text; `left_out` counts what is not carried, by what it is."""

    members: bool = False
    """Whether what only members see is carried too."""
    left_out: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)

    def html(self, name: str, payload: Payload) -> str:
        """Return a card as HTML; "" for one that visitors of the site do not see."""
        if not self._is_shown(payload.get("visibility")):
            return ""
        if _SUBSCRIBING.search(_text(payload, "buttonUrl")) and name == "button":
            name = "signup"
        rule = RULES.get(name)
        if rule is not None:
            return rule(payload)
        if name in LEFT_OUT:
            self.left_out[LEFT_OUT[name]] += 1
        else:
            self.unknown[name or "?"] += 1
        return ""

    def _is_shown(self, visibility: object) -> bool:
        """Whether a card is shown on the site, and to everybody."""
        web = visibility.get("web") if isinstance(visibility, dict) else None
        if isinstance(web, dict):
            if web.get("nonMember") is not False or (self.members and web.get("memberSegment")):
                return True
            self.left_out[MEMBERS if web.get("memberSegment") else E_MAIL] += 1
            return False
        if isinstance(visibility, dict) and visibility.get("showOnWeb") is False:
            self.left_out[E_MAIL] += 1
            return False
        return True

    def findings(self) -> Iterable[tuple[str, dict[str, Any]]]:
        """Yield what is to be said of the cards: codes and details."""
        if self.left_out:
            yield "HC123", {"what": ", ".join(f"{what} ({count})" for what, count in sorted(self.left_out.items()))}
        for name, count in sorted(self.unknown.items()):
            yield "HC124", {"count": count, "name": name}


def _text(payload: Payload, *names: str) -> str:
    for name in names:
        value = payload.get(name)
        if isinstance(value, (str, int, float)) and not isinstance(value, bool) and str(value).strip():
            return str(value)
    return ""


def _attribute(value: str) -> str:
    return escape(value)


def _inline(html: str) -> str:
    """Return a text of HTML without the paragraph around the whole of it."""
    match = _WHOLE_PARAGRAPH.match(html)
    return _SPAN.sub("", match[1] if match else html).strip()


def _figure(content: str, caption: str, attributes: str = "") -> str:
    said = f"<figcaption>{_inline(caption)}</figcaption>" if _TAG.sub("", caption).strip() else ""
    return f"<figure{attributes}>{content}{said}</figure>"


def _picture(payload: Payload) -> str:
    title = _text(payload, "title")
    hint = f' title="{_attribute(title)}"' if title else ""
    return f'<img src="{_attribute(_text(payload, "src"))}" alt="{_attribute(_text(payload, "alt"))}"{hint}>'


def _image(payload: Payload) -> str:
    if not _text(payload, "src"):
        return ""
    href = _text(payload, "href")
    picture = f'<a href="{_attribute(href)}">{_picture(payload)}</a>' if href else _picture(payload)
    return _figure(picture, _text(payload, "caption"))


def _gallery(payload: Payload) -> str:
    images = payload.get("images")
    pictures = [_picture(each) for each in images if isinstance(each, dict) and _text(each, "src")] if images else []
    caption = _text(payload, "caption")
    said = f'<figcaption class="blocks-gallery-caption">{_inline(caption)}</figcaption>' if caption else ""
    return f'<figure class="gallery">{"".join(pictures)}{said}</figure>' if pictures else ""


def _bookmark(payload: Payload) -> str:
    metadata = payload.get("metadata")
    about: Payload = metadata if isinstance(metadata, dict) else payload
    url = _text(payload, "url") or _text(about, "url")
    title = _text(about, "title") or url
    source = " · ".join(escape(each) for each in (_text(about, "author"), _text(about, "publisher")) if each)
    lines = [f'<a href="{_attribute(url)}"><strong>{escape(title, quote=False)}</strong></a>']
    lines += [escape(_text(about, "description"), quote=False), source]
    caption = _text(payload, "caption")
    said = f"<p>{_inline(caption)}</p>" if caption else ""
    return f"<blockquote><p>{'<br>'.join(filter(None, lines))}</p>{said}</blockquote>" if url else ""


def _embed(payload: Payload) -> str:
    url, html = _text(payload, "url"), _text(payload, "html")
    return _figure(html, _text(payload, "caption"), f' data-embed="{_attribute(url)}"') if url or html else ""


def _callout(payload: Payload) -> str:
    words = _text(payload, "calloutText")
    emoji = _text(payload, "calloutEmoji")
    if words.lstrip().startswith(("<p", "<ul", "<ol")) and not _WHOLE_PARAGRAPH.match(words):
        return f"<blockquote>{f'<p>{escape(emoji)}</p>' if emoji else ''}{words}</blockquote>"
    return f"<blockquote><p>{escape(emoji)}{' ' if emoji else ''}{_inline(words)}</p></blockquote>"


def _toggle(payload: Payload) -> str:
    heading, content = _text(payload, "heading"), _text(payload, "content")
    return f"<details><summary>{_inline(heading)}</summary>{content}</details>"


def _code(payload: Payload) -> str:
    language = _text(payload, "language")
    classes = f' class="language-{_attribute(language)}"' if language else ""
    code = f"<pre><code{classes}>{escape(str(payload.get('code') or ''), quote=False)}</code></pre>"
    caption = _text(payload, "caption")
    return _figure(code, caption) if caption else code


def _file(payload: Payload) -> str:
    source = _text(payload, "src")
    name = _text(payload, "fileName")
    title = _text(payload, "fileTitle", "fileName") or source.rpartition("/")[2]
    size = _text(payload, "fileSize")
    size = f"{round(int(size) / 1024)} KB" if size.isdecimal() else size
    about = ", ".join(escape(each) for each in (name if name != title else "", size) if each)
    caption = _text(payload, "fileCaption")
    lines = f'<a href="{_attribute(source)}">{escape(title, quote=False)}</a>{f" ({about})" if about else ""}'
    return f"<p>{lines}{f'<br>{_inline(caption)}' if caption else ''}</p>" if source else ""


def _audio(payload: Payload) -> str:
    source = _attribute(_text(payload, "src"))
    return _figure(f'<audio controls src="{source}"></audio>', escape(_text(payload, "title"))) if source else ""


def _video(payload: Payload) -> str:
    source = _attribute(_text(payload, "src"))
    poster = _text(payload, "customThumbnailSrc", "thumbnailSrc")
    shown = f' poster="{_attribute(poster)}"' if poster else ""
    return _figure(f'<video controls src="{source}"{shown}></video>', _text(payload, "caption")) if source else ""


def _product(payload: Payload) -> str:
    parts = [f"<h4>{_inline(_text(payload, 'productTitle'))}</h4>"]
    image = _text(payload, "productImageSrc")
    parts += [f'<p><img src="{_attribute(image)}" alt=""></p>'] if image else []
    stars = payload.get("productStarRating")
    if payload.get("productRatingEnabled") and isinstance(stars, int) and 0 <= stars <= 5:
        parts.append(f"<p>{'★' * stars}{'☆' * (5 - stars)}</p>")
    parts.append(_text(payload, "productDescription"))
    url = _text(payload, "productUrl")
    if payload.get("productButtonEnabled") and url:
        label = escape(_text(payload, "productButton") or url, quote=False)
        parts.append(f'<p><a href="{_attribute(url)}">{label}</a></p>')
    return "".join(parts)


def _html(payload: Payload) -> str:
    html = _text(payload, "html")
    return f'<div data-keep="html">{html}</div>' if html else ""


def _markdown(payload: Payload) -> str:
    return to_html(_text(payload, "markdown"))


def _button(payload: Payload) -> str:
    url, label = _text(payload, "buttonUrl"), _text(payload, "buttonText")
    return f'<p><a href="{_attribute(url)}">{escape(label or url, quote=False)}</a></p>' if url else ""


def _header(payload: Payload) -> str:
    heading, words = _inline(_text(payload, "header")), _inline(_text(payload, "subheader"))
    background = _text(payload, "backgroundImageSrc")
    parts = [f'<p><img src="{_attribute(background)}" alt=""></p>' if background else ""]
    parts += [f"<h2>{heading}</h2>" if heading else "", f"<p>{words}</p>" if words else ""]
    parts.append(_button(payload) if payload.get("buttonEnabled") else "")
    return "".join(parts)


def _call(payload: Payload) -> str:
    label = _inline(_text(payload, "sponsorLabel")) if payload.get("hasSponsorLabel") else ""
    image = _text(payload, "imageUrl")
    parts = [f"<p>{label}</p>" if label else "", f'<p><img src="{_attribute(image)}" alt=""></p>' if image else ""]
    words = _text(payload, "textValue")
    parts.append(words if words.lstrip().startswith("<") else f"<p>{words}</p>" if words else "")
    parts.append(_button(payload) if payload.get("showButton") else "")
    return f"<blockquote>{''.join(parts)}</blockquote>"


def _before_after(payload: Payload) -> str:
    images = [payload.get("beforeImage"), payload.get("afterImage")]
    return _gallery({"images": images, "caption": payload.get("caption")})


RULES: dict[str, Callable[[Payload], str]] = {
    "image": _image,
    "gallery": _gallery,
    "bookmark": _bookmark,
    "nft": _bookmark,
    "embed": _embed,
    "callout": _callout,
    "toggle": _toggle,
    "code": _code,
    "codeblock": _code,
    "file": _file,
    "audio": _audio,
    "video": _video,
    "product": _product,
    "html": _html,
    "markdown": _markdown,
    "card-markdown": _markdown,
    "button": _button,
    "header": _header,
    "call-to-action": _call,
    "before-after": _before_after,
    "hr": lambda payload: "<hr>",
    "horizontalrule": lambda payload: "<hr>",
    "paywall": lambda payload: MEMBERS_ONLY,
}
"""What becomes of each card."""

LEFT_OUT = {
    "email": E_MAIL,
    "email-cta": E_MAIL,
    "signup": SUBSCRIBE,
    "transistor": "players of private podcasts",
}
"""Cards that say nothing without Ghost behind them, and what they are called in the report."""
