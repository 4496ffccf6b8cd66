"""What was edited in a post that came from an item, as the item that says so."""

from __future__ import annotations

from typing import Any

from hugoconv.model import Post, SiteInfo
from hugoconv.report.findings import PlacedFindings
from hugoconv.systems.wordpress.writing import fields
from hugoconv.systems.wordpress.wxr.items import Item


def edited_item(post: Post, item: Item, site: SiteInfo, log: PlacedFindings) -> Item:
    """Return `item` with what differs between the post as it was read and as it is now."""
    read: dict[str, Any] = post.extra["values"]
    now = dict(post.front_matter)
    changed = [key for key in dict.fromkeys((*read, *now)) if read.get(key) != now.get(key)]
    values: dict[str, Any] = {}
    if post.body.text != item.content:
        values["content"] = post.body.text
    taxonomies = {plural: singular for singular, plural in site.taxonomies.items()}
    for key in changed:
        if key in taxonomies or key == "format":
            values["terms"] = fields.edited_terms(post, values.get("terms", item.terms), key, taxonomies, site)
        elif key == "meta":
            values["meta"] = fields.edited_meta(values.get("meta", item.meta), now.get(key) or {})
        elif key in fields.FIELDS:
            values |= fields.FIELDS[key](post, site)
        else:
            log.add("HC621", key=key)
    return item._replace(**values)
