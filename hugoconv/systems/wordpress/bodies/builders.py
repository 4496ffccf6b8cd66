"""Shortcodes of page builders: what they say and show stays, how they arrange and animate it does not."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from typing import Final
from urllib.parse import unquote

from hugoconv.markup.constructs import Construct
from hugoconv.systems.wordpress.bodies.context import Conversion


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The attributes in which a shortcode says something, by what they are: HTML; what it encloses follows."""

    heading: str = ""
    level: int = 3
    texts: tuple[str, ...] = ()
    picture: str = ""
    """A medium's number, or an address."""
    pictures: str = ""
    """The numbers of media."""
    film: str = ""
    button: tuple[str, str] = ("", "")
    """Its words and its address."""
    around: str = ""
    """The attribute that says the level of the heading that the enclosed text is, or the address that it leads to."""


_LAYOUT = """
    vc_row vc_row_inner vc_column vc_column_inner vc_column_text vc_section vc_empty_space vc_tta_tabs vc_tta_tour
    vc_tta_accordion vc_tta_pageable vc_tabs vc_tour vc_accordion vc_icon vc_message vc_zigzag
    et_pb_section et_pb_row et_pb_row_inner et_pb_column et_pb_column_inner et_pb_text et_pb_code et_pb_accordion
    et_pb_tabs et_pb_slider et_pb_counters et_pb_sidebar et_pb_social_media_follow
    fusion_builder_container fusion_builder_row fusion_builder_row_inner fusion_builder_column
    fusion_builder_column_inner fusion_text fusion_accordion fusion_tabs fusion_content_boxes fusion_checklist
    fusion_li_item fusion_fontawesome fusion_highlight fusion_dropcap
    su_row su_column su_note su_tabs su_accordion su_spacer su_highlight su_dropcap su_list su_animate su_service
    row column columns one_half one_half_last one_third one_third_last two_third two_third_last one_fourth
    one_fourth_last three_fourth three_fourth_last one_half_first one_third_first two_third_first
"""
_LINE = "vc_separator et_pb_divider fusion_separator su_divider"
LINES: Final = frozenset(_LINE.split())
"""Those that draw a line."""
PARTS: Final[dict[str, Part]] = {
    **dict.fromkeys(_LAYOUT.split(), Part()),
    **dict.fromkeys(("vc_tta_section", "vc_tab", "vc_accordion_tab"), Part(heading="title")),
    "vc_custom_heading": Part(heading="text", level=2),
    "vc_text_separator": Part(heading="title"),
    "vc_toggle": Part(heading="title", level=4),
    "vc_single_image": Part(picture="image"),
    "vc_gallery": Part(heading="title", pictures="images"),
    "vc_images_carousel": Part(heading="title", pictures="images"),
    "vc_video": Part(heading="title", film="link"),
    "vc_btn": Part(button=("title", "link")),
    "vc_button": Part(button=("title", "href")),
    "vc_button2": Part(button=("title", "link")),
    "vc_cta": Part(heading="h2", texts=("h4",), button=("btn_title", "btn_link")),
    "et_pb_heading": Part(heading="title", level=2),
    "et_pb_image": Part(picture="src"),
    "et_pb_gallery": Part(pictures="gallery_ids"),
    "et_pb_video": Part(film="src"),
    "et_pb_button": Part(button=("button_text", "button_url")),
    "et_pb_blurb": Part(heading="title", picture="image"),
    "et_pb_cta": Part(heading="title", button=("button_text", "button_url")),
    "et_pb_slide": Part(heading="heading", picture="image", button=("button_text", "button_link")),
    "et_pb_fullwidth_header": Part(
        heading="title", level=2, texts=("subhead",), button=("button_one_text", "button_one_url")
    ),
    **dict.fromkeys(("et_pb_toggle", "et_pb_accordion_item", "et_pb_tab"), Part(heading="title", level=4)),
    "et_pb_testimonial": Part(texts=("author", "job_title")),
    "et_pb_team_member": Part(heading="name", texts=("position",), picture="image_url"),
    "et_pb_number_counter": Part(heading="title", texts=("number",)),
    "fusion_title": Part(around="size"),
    "fusion_button": Part(around="link"),
    **dict.fromkeys(("fusion_toggle", "fusion_tab"), Part(heading="title", level=4)),
    "fusion_content_box": Part(heading="title", picture="image", button=("linktext", "link")),
    "su_heading": Part(around="level"),
    "su_button": Part(around="url"),
    **dict.fromkeys(("su_spoiler", "su_tab", "su_box"), Part(heading="title", level=4)),
}
"""The shortcodes of WPBakery, Divi, Avada and Shortcodes Ultimate; those of names alone only arrange."""
_NOTHING: Final = Part()
_SPACE: Final = "_empty_space"
"""How themes call the room that they make between a builder's parts."""
_BUILDER: Final = re.compile(r"vc_|et_pb_|fusion_|su_")
_TAG: Final = re.compile(r"tag:(h[1-6]|div|p)\b")
_ADDRESS: Final = re.compile(r"(?:\A|\|)url:([^|]*)")
_WRITTEN: Final = {"`{`": "[", "`}`": "]", "``": '"', "%22": '"', "%91": "[", "%93": "]"}
"""What builders write in attributes for signs that would end these."""
_NUMBER: Final = re.compile(r"\d{1,18}")
"""What may be a medium's number: Python reads none of thousands of digits."""
_LINE_ENDS: Final = re.compile(r"\s*(?:<br\s*/?>|\n)\s*")


def opening(construct: Construct, conversion: Conversion) -> tuple[str, str]:
    """Return the HTML that stands for a builder's opening tag, and the one for its closing tag."""
    if construct.name in LINES:
        return "\n\n<hr />\n\n", ""
    part = PARTS.get(construct.name, _NOTHING)
    if part.around:
        return _around(part, construct)
    return f"\n\n{''.join(_pieces(part, construct, conversion))}\n\n", "\n\n"


def is_layout(construct: Construct) -> bool:
    """Whether a shortcode is a builder's; names that others use, too, are when they enclose something."""
    name = construct.name
    if name in PARTS or name in LINES:
        return construct.inner_start >= 0 or _BUILDER.match(name) is not None
    return name.endswith(_SPACE)


def raw(construct: Construct, inner: str, conversion: Conversion) -> str | None:
    """Return the HTML that it encloses, packed."""
    try:
        text = b64decode(re.sub(r"<[^<>]*>|\s", "", inner), validate=True).decode("utf-8")
    except ValueError:  # no base64, or no UTF-8 in it
        return None
    return f"\n\n{unquote(text)}\n\n"


def framed_picture(construct: Construct, inner: str, conversion: Conversion) -> str | None:
    """Return the picture whose address, or HTML, it encloses."""
    written = inner.strip()
    if not written:
        return None
    picture = written if "<" in written else f'<img src="{escape(written)}" alt="{escape(_said(construct, "alt"))}">'
    return f"\n\n<figure>{picture}</figure>\n\n"


def _around(part: Part, construct: Construct) -> tuple[str, str]:
    value = _said(construct, part.around)
    if part.around in ("size", "level"):
        level = value.removeprefix("h")
        tag = f"h{level if level in tuple('123456') else 2}"
        return f"\n\n<{tag}>", f"</{tag}>\n\n"
    return (f'\n\n<p><a href="{escape(value)}">', "</a></p>\n\n") if value else ("\n\n", "\n\n")


def _pieces(part: Part, construct: Construct, conversion: Conversion) -> Iterator[str]:
    if part.picture and (said := _said(construct, part.picture)):
        link = _address(construct, "link") or _address(construct, "url") or _address(construct, "img_link")
        yield _picture(said, construct, conversion, link)
    if heading := _said(construct, part.heading):
        tag = _TAG.search(construct.argument("font_container"))
        name = (tag[1] if tag else f"h{part.level}").replace("div", "p")
        words = "<br />".join(_LINE_ENDS.split(heading))
        if address := _address(construct, "link"):
            words = f'<a href="{escape(address)}">{words}</a>'
        yield f"<{name}>{words}</{name}>"
    for name in part.texts:
        if said := _said(construct, name):
            yield f"<p>{said}</p>"
    for number in filter(None, re.split(r"[\s,]+", _said(construct, part.pictures))):
        yield _picture(number, construct, conversion, "")
    if film := _address(construct, part.film):
        yield conversion.embed(film)
    words, address = _said(construct, part.button[0]), _address(construct, part.button[1])
    if words:
        yield f'<p><a href="{escape(address)}">{words}</a></p>' if address else f"<p>{words}</p>"


def _picture(said: str, construct: Construct, conversion: Conversion, link: str) -> str:
    if not _NUMBER.fullmatch(said):
        picture = f'<img src="{escape(said)}" alt="{escape(_said(construct, "alt"))}">'
        return f'<figure><a href="{escape(link)}">{picture}</a></figure>' if link else f"<figure>{picture}</figure>"
    attachment = conversion.context.attachment(int(said))
    if attachment is None:
        conversion.changed(construct.name, f"not in the export: the media items {said}", f"[{construct.name}")
        return ""
    return attachment.figure(link)


def _said(construct: Construct, name: str) -> str:
    value = unescape(construct.argument(name)) if name else ""
    for written, sign in _WRITTEN.items():
        value = value.replace(written, sign)
    return value.strip()


def _address(construct: Construct, name: str) -> str:
    value = _said(construct, name)
    packed = _ADDRESS.search(value)
    return unquote(packed[1]).strip() if packed else value if "|" not in value else ""
