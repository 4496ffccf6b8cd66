"""Blocks that a plug-in shows when a page is viewed: the texts, links and pictures that are in their attributes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any, Final

from hugoconv.systems.wordpress.bodies.autop import autop
from hugoconv.systems.wordpress.bodies.blocks import Block
from hugoconv.systems.wordpress.bodies.context import Attachment, Conversion

_LABELS: Final = ("text", "label", "buttonText")
_LINKS: Final = ("link", "url", "href")
_TEXTS: Final = ("content", "text")
PICTURE_LISTS: Final = ("imagesDynamic", "images")
_SETTING = re.compile(r"[a-z0-9_#.%-]*")
"""What is chosen, not written: a colour, a side, a number."""
_PICTURE = re.compile(r"https?://\S+\.(?:jpe?g|png|gif|webp|avif|svg)(?:\?\S*)?\Z", re.IGNORECASE)
_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
_WEB = re.compile(r"(?:https?:/)?/[^\s<>\"]+\Z")


def html_of_fields(block: Block, conversion: Conversion) -> str:
    """Return as HTML what the attributes of a plug-in's block say to readers, "" for nothing."""
    attributes = block.attributes
    if block.name.startswith("acf/"):
        fields = attributes.get("data")
        return "\n".join(_fields(fields, conversion)) if isinstance(fields, dict) else ""
    pictures = "".join(picture.figure() for picture in _pictures(attributes, conversion))
    if pictures:
        return f'<figure class="wp-block-gallery">{pictures}</figure>'
    label, link = _first(attributes, _LABELS), _first(attributes, _LINKS)
    if label and link:
        return f'<p><a href="{escape(link)}">{label}</a></p>'
    text = _first(attributes, _TEXTS)
    return "" if _SETTING.fullmatch(text) else autop(text)


def _first(attributes: Mapping[str, Any], names: Iterable[str]) -> str:
    """Return the first attribute that is a text, or has one as its address."""
    for name in names:
        value = attributes.get(name)
        value = value.get("url") if isinstance(value, dict) else value
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def _pictures(attributes: Mapping[str, Any], conversion: Conversion) -> list[Attachment]:
    """Return the pictures of a gallery: by their numbers, or as the block itself describes them."""
    numbers = [number for number in _list(attributes.get("ids")) if isinstance(number, int)]
    known = [found for number in numbers if (found := conversion.context.attachment(number)) is not None]
    if known and len(known) == len(numbers):
        return known
    described = [each for name in PICTURE_LISTS for each in _list(attributes.get(name)) if isinstance(each, dict)]
    return [
        Attachment(str(each["url"]), alt=str(each.get("alt") or ""), caption=str(each.get("caption") or ""))
        for each in described
        if isinstance(each.get("url"), str)
    ]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _fields(fields: Mapping[str, Any], conversion: Conversion) -> Iterable[str]:
    """Yield what each field of Advanced Custom Fields shows; those with "_" before their names say how it is kept."""
    for name, value in fields.items():
        if not name.startswith("_"):
            yield from _shown(value, conversion)


def _shown(value: Any, conversion: Conversion) -> Iterable[str]:
    if isinstance(value, dict):
        link = value.get("url")
        if isinstance(link, str) and link:
            yield f'<p><a href="{escape(link)}">{value.get("title") or escape(link)}</a></p>'
        else:
            yield from _fields(value, conversion)
    elif isinstance(value, list):
        for each in value:
            yield from _shown(each, conversion)
    elif isinstance(value, int | str) and not isinstance(value, bool):
        text = str(value).strip()
        found = conversion.context.attachment(int(text)) if _NUMBER.fullmatch(text) else None
        if found is not None and (found.mime.startswith("image/") or _PICTURE.match(found.url)):
            yield found.figure()
        elif _PICTURE.match(text):
            yield f'<figure><img src="{escape(text)}" alt=""></figure>'
        elif _WEB.match(text):
            yield f'<p><a href="{escape(text)}">{escape(text)}</a></p>'
        elif not _SETTING.fullmatch(text):
            yield autop(text)
