"""WordPress exports for tests, made of what a test is about and defaults for the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

SITE = "https://old.example"
UPLOADS = f"{SITE}/wp-content/uploads"

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Old</title><link>{site}</link><language>en-US</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>{site}</wp:base_site_url>
<wp:base_blog_url>{site}</wp:base_blog_url>
"""


def cdata(text: str) -> str:
    """Return text as WordPress wraps it."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def meta(values: Mapping[str, str] | Iterable[tuple[str, str]], name: str = "postmeta") -> str:
    """Return custom fields; pairs where a key stands twice."""
    pairs = values.items() if isinstance(values, Mapping) else values
    return "".join(
        f"<wp:{name}><wp:meta_key>{cdata(key)}</wp:meta_key><wp:meta_value>{cdata(value)}</wp:meta_value></wp:{name}>"
        for key, value in pairs
    )


def terms(*given: tuple[str, str, str]) -> str:
    """Return an item's terms: (taxonomy, slug, name) each."""
    return "".join(
        f'<category domain="{domain}" nicename="{slug}">{cdata(name)}</category>' for domain, slug, name in given
    )


def comment(number: int, content: str = "Hello", **values: object) -> str:
    """Return a comment; `values` are its other elements, without "comment_"."""
    given = {"id": number, "author": "Reader", "approved": 1, "parent": 0, "content": content} | values
    return (
        "<wp:comment>"
        + "".join(f"<wp:comment_{name}>{cdata(str(value))}</wp:comment_{name}>" for name, value in given.items())
        + "</wp:comment>"
    )


def item(number: int, content: str = "", *, inner: str = "", **values: object) -> str:
    """Return an item; `values` are its elements, "post_type" for wp:post_type; `inner` is XML."""
    slug = str(values.get("post_name", f"item-{number}"))
    given: dict[str, object] = {
        "title": f"Item {number}",
        "link": f"{SITE}/{slug}/",
        "post_id": number,
        "post_date": "2024-05-06 07:08:09",
        "post_date_gmt": "2024-05-06 05:08:09",
        "post_name": slug,
        "status": "publish",
        "post_type": "post",
        "creator": "mara",
    } | values
    plain = {"title": "title", "link": "link", "creator": "dc:creator", "excerpt": "excerpt:encoded", "guid": "guid"}
    text = "".join(
        f"<{plain.get(name, f'wp:{name}')}>{cdata(str(value))}</{plain.get(name, f'wp:{name}')}>"
        for name, value in given.items()
    )
    return f"<item>{text}<content:encoded>{cdata(content)}</content:encoded>{inner}</item>\n"


def attachment(
    number: int, path: str, *, url: str = "", fields: Mapping[str, str] | None = None, **values: object
) -> str:
    """Return a media item whose file is `path` below the uploads folder."""
    given: dict[str, object] = {"post_type": "attachment", "status": "inherit"} | values
    given["attachment_url"] = url or f"{UPLOADS}/{path}"
    return item(number, "", inner=meta({"_wp_attached_file": path} | dict(fields or {})), **given)


def export(*items: str, site: str = SITE, channel: str = "") -> str:
    """Return a whole export; `channel` is XML for its authors and terms."""
    return _HEAD.format(site=site) + channel + "".join(items) + "</channel></rss>\n"


def write_export(folder: Path, *items: str, files: Mapping[str, bytes] | None = None, **channel: str) -> Path:
    """Write an export into a folder, with files of its uploads beside it, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "export.xml").write_text(export(*items, **channel), encoding="utf-8")
    for name, data in (files or {}).items():
        path = folder / "wp-content" / "uploads" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder
