"""What an export holds, read by Python's own XML parser, in the shape in which two exports are compared.

Values that only WordPress decides on are read as its importer reads them: a slug is put into the spelling that
`sanitize_title` gives it, the name of an author into that of `sanitize_user`. An address with a query is none of a
page's own: WordPress works it out from the page that stands there.
"""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

WP = "{http://wordpress.org/export/1.2/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
EXCERPT = "{http://wordpress.org/export/1.2/excerpt/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
MARK = "hugoconv_source"
_UPLOADS = "/wp-content/uploads/"

Fields = dict[str, object]


@dataclass
class Export:
    """What an export holds, in the shape in which two of them are compared."""

    root: str = ""
    posts: dict[str, Fields] = field(default_factory=dict)
    """The fields of each post, by the number of its item in the first export."""
    media: dict[str, Fields] = field(default_factory=dict)
    """The texts of each medium, by its path below the uploads."""
    terms: dict[tuple[str, str], Fields] = field(default_factory=dict)
    menus: dict[str, list[Fields]] = field(default_factory=dict)
    bodies: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The body of each post, and what its fields show in it: footnotes, and what providers answered."""
    order: list[str] = field(default_factory=list)
    """What each item is called in the order of the file."""
    ids: dict[str, str] = field(default_factory=dict)
    """The id that each post has in this export."""
    files: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The URL of each medium's file and that of its page, by its path below the uploads."""


def read(file: Path, unmarked: str = "{}") -> Export:
    """Return what an export holds; items without a mark are called by their number, as `unmarked` says."""
    channel = channel_of(file)
    export = Export(root=(channel.findtext("link") or "").rstrip("/"))
    items = channel.findall("item")
    titles = {text_of(item, "post_id"): html.unescape(item.findtext("title") or "") for item in items}
    slugs = {}
    for name, slug, label in _TERMS:
        for term in channel.findall(WP + name):
            slugs[text_of(term, "term_id")] = _slug(text_of(term, slug))
            titles[f"term {text_of(term, 'term_id')}"] = html.unescape(text_of(term, label))
    marks = [_meta(item).get(MARK, [unmarked.format(number)])[0] for number, item in enumerate(items)]
    export.order = marks
    names = {text_of(item, "post_id"): mark for item, mark in reversed([*zip(items, marks, strict=True)])}
    media = {
        text_of(item, "post_id"): attachment_path(item) for item in items if text_of(item, "post_type") == "attachment"
    }
    for item, mark in zip(items, marks, strict=True):
        kind, identifier = text_of(item, "post_type"), text_of(item, "post_id")
        if kind == "attachment":
            url = text_of(item, "attachment_url") or item.findtext("guid") or ""
            export.files[media[identifier]] = (url.strip(), (item.findtext("link") or "").strip())
            export.media[media[identifier]] = {
                "title": html.unescape(item.findtext("title") or "") or Path(media[identifier]).stem,
                "caption": text_of(item, EXCERPT),
                "description": text_of(item, CONTENT),
                "alt": "".join(_meta(item).get("_wp_attachment_image_alt", [])),
            }
        elif kind == "nav_menu_item":
            for term in item.findall("category"):
                export.menus.setdefault(term.get("nicename", ""), []).append(_menu_entry(item, titles, names, slugs))
        else:
            export.posts[mark] = dict(_post(item, names, media))
            shown = ("".join(each) for name, each in _meta(item).items() if name.startswith(("footnotes", "_oembed_")))
            export.bodies[mark] = (text_of(item, CONTENT), "".join(shown))
            export.ids[mark] = identifier
    export.terms = dict(reversed(list(_terms(channel))))  # of two the first counts
    for entries in export.menus.values():
        entries.sort(key=lambda entry: int(str(entry.pop("order")) or 0))
    return export


def _post(item: ET.Element, names: Mapping[str, str], media: Mapping[str, str]) -> Iterator[tuple[str, object]]:
    meta = _meta(item)
    yield "title", html.unescape(item.findtext("title") or "")
    yield "slug", re.sub(r"\.html?\Z", "", _slug(text_of(item, "post_name")))
    for name in ("post_type", "status", "post_password"):
        yield name, text_of(item, name)
    for name in ("post_date", "post_date_gmt", "post_modified"):
        yield name, text_of(item, name).replace("T", " ")
    yield "menu_order", text_of(item, "menu_order") or "0"
    yield "sticky", text_of(item, "is_sticky") == "1"
    yield "creator", re.sub(r"[^\w .@-]", "", item.findtext(CREATOR) or "").strip()
    for name in ("comment_status", "ping_status"):
        yield name, text_of(item, name)
    yield "guid", (item.findtext("guid") or "").strip() if text_of(item, "post_type") == "post" else ""
    yield "excerpt", text_of(item, EXCERPT).strip()
    yield "above", names.get(text_of(item, "post_parent"), "")
    link = urlsplit((item.findtext("link") or "").strip())
    has_path = text_of(item, "status") == "publish" and not link.query
    yield "path", re.sub("/+", "/", unquote(link.path)) if has_path else ""
    terms = [(term.get("domain", ""), _slug(term.get("nicename", ""))) for term in item.findall("category")]
    yield "terms", sorted({term for term in terms if all(term)})
    yield "image", media.get("".join(meta.get("_thumbnail_id", [])), "")
    yield "meta", {key: values for key, values in meta.items() if key not in (MARK, "footnotes") and _is_shown(key)}
    yield "comments", sorted(_comments(item))


def _is_shown(key: str) -> bool:
    """Whether a custom field is not the bookkeeping of a plug-in."""
    return not key.startswith(("_", "akismet_"))


def _slug(text: str) -> str:
    """Return a slug in the spelling that WordPress would give it, of the several that exports have."""
    return re.sub(r"\s+", "-", unquote(text).strip().lower())


def _comments(item: ET.Element) -> Iterator[tuple[str, ...]]:
    comments = [each for each in item.findall(f"{WP}comment") if text_of(each, "comment_approved") in ("0", "1")]
    comments.sort(key=lambda each: int(text_of(each, "comment_id") or 0))
    authors = {text_of(each, "comment_id"): text_of(each, "comment_author") for each in comments}
    for each in comments:
        names = ("comment_author", "comment_author_url", "comment_date_gmt", "comment_content", "comment_approved")
        kind = text_of(each, "comment_type") or "comment"
        answered = authors.get(text_of(each, "comment_parent"), "")
        meta = (f"{key} = {value}" for key, values in _meta(each, "commentmeta").items() for value in values)
        said = "; ".join(each for each in sorted(meta) if _is_shown(each))
        yield (*(text_of(each, name) for name in names), kind, answered, said)


def _terms(channel: ET.Element) -> Iterator[tuple[tuple[str, str], Fields]]:
    shapes = (
        ("category", "category_nicename", "cat_name", "category_description", "category_parent"),
        ("tag", "tag_slug", "tag_name", "tag_description", ""),
        ("term", "term_slug", "term_name", "term_description", "term_parent"),
    )
    for element, slug, *names in shapes:
        for term in channel.findall(f"{WP}{element}"):
            taxonomy = text_of(term, "term_taxonomy") or {"tag": "post_tag"}.get(element, element)
            if taxonomy in ("nav_menu", "post_format", "wp_theme", "wp_template_part_area"):
                continue
            name, description, above = (html.unescape(text_of(term, each)) if each else "" for each in names)
            meta = {key: values for key, values in _meta(term, "termmeta").items() if _is_shown(key)}
            yield (
                (taxonomy, _slug(text_of(term, slug))),
                {"name": name, "description": description, "above": _slug(above), "meta": meta},
            )


def _menu_entry(
    item: ET.Element, titles: Mapping[str, str], names: Mapping[str, str], slugs: Mapping[str, str]
) -> Fields:
    """Return an entry: its place, its label and where it leads; an empty label is the page's title."""
    meta = {key: values[0] for key, values in _meta(item).items()}
    kind, number = meta.get("_menu_item_type", ""), meta.get("_menu_item_object_id", "")
    if kind == "custom":
        leads = urlsplit(meta.get("_menu_item_url", "")).path.rstrip("/")
    else:
        leads = names.get(number, number) if kind == "post_type" else slugs.get(number, number)
    label = html.unescape(item.findtext("title") or "")
    label = label or titles.get(f"term {number}" if kind == "taxonomy" else number, "")
    return {"order": text_of(item, "menu_order"), "label": label, "leads to": f"{kind} {leads}"}


def _meta(owner: ET.Element, kind: str = "postmeta") -> dict[str, list[str]]:
    """Return the custom fields that have a value, by name."""
    found: dict[str, list[str]] = {}
    for each in owner.findall(f"{WP}{kind}"):
        if value := text_of(each, "meta_value"):
            found.setdefault(text_of(each, "meta_key"), []).append(value)
    return found


def channel_of(file: Path) -> ET.Element:
    """Return the channel of an export, whatever the version of WXR, as one of version 1.2."""
    text = re.sub(
        r"https?://wordpress\.org/export/[\d.]+/", "http://wordpress.org/export/1.2/", file.read_text("utf-8")
    )
    channel = ET.fromstring(text.encode()).find("channel")
    assert channel is not None
    return channel


_TERMS = (
    ("category", "category_nicename", "cat_name"),
    ("tag", "tag_slug", "tag_name"),
    ("term", "term_slug", "term_name"),
)
"""The elements of terms, and where their slugs and names stand."""


def text_of(element: ET.Element, name: str) -> str:
    return element.findtext(name if name.startswith("{") else f"{WP}{name}") or ""


def attachment_path(item: ET.Element) -> str:
    """Return the path of a medium below the uploads; on WordPress.com they are the root of a host."""
    parts = urlsplit((text_of(item, "attachment_url") or item.findtext("guid") or "").strip())
    path = unquote(parts.path)
    return path.lstrip("/") if parts.netloc.endswith(".files.wordpress.com") else path.partition(_UPLOADS)[2]
