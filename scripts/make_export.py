#!/usr/bin/env python3
"""Write a WordPress export (WXR) of any size, for measuring and testing: the same arguments give the same bytes.

    scripts/make_export.py OUT --posts N | --megabytes N

The made-up site has several authors, nested categories, tags, pages in a tree, pictures, and threaded comments.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

SITE = "https://blog.example"
AUTHORS = ("mara", "jonas", "ida", "tomás")
CATEGORIES = (("kitchen", ""), ("bread", "kitchen"), ("rye", "bread"), ("journeys", ""), ("lakes", "journeys"))
TAGS = ("tea", "slow", "winter", "butter", "maps", "bicycle", "r-d", "smørrebrød")
WORDS = (
    *("the", "of", "and", "kettle", "lake", "bread", "morning", "slow", "winter", "table", "river", "window", "walk"),
    *("letter", "garden", "quiet", "butter", "stone", "bicycle", "summer", "salt", "&", "smør", "déjà", "东京", "café"),
)
STATUSES = ("publish",) * 9 + ("draft",)

_HEAD = f"""<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
	xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/"
	xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
	<title>A large site</title>
	<link>{SITE}</link>
	<description>Made by scripts/make_export.py</description>
	<language>en-US</language>
	<wp:wxr_version>1.2</wp:wxr_version>
	<wp:base_site_url>{SITE}</wp:base_site_url>
	<wp:base_blog_url>{SITE}</wp:base_blog_url>
"""


def write_export(
    path: Path, *, posts: int | None = None, megabytes: float | None = None, seed: int = 0, length: int = 1
) -> int:
    """Write an export with `posts` posts, or as many as fit into `megabytes`, and return the number of items.

    Texts have `length` times as many paragraphs as usual (2 to 8).

    Every tenth post brings a picture and every fiftieth a page, as items of their own. The file is written as it is
    made, so its size does not matter to memory.
    """
    if (posts is None) == (megabytes is None):
        raise ValueError("give either posts or megabytes")
    limit = None if megabytes is None else int(megabytes * 1_000_000)
    chance = random.Random(seed)
    items = 0
    with path.open("w", encoding="utf-8", newline="\n") as out:
        size = out.write(_HEAD + "".join(_terms()))
        for number in count(1) if posts is None else range(1, posts + 1):
            group = _group(number, chance, length)
            size += sum(len(text.encode()) for text in group)
            if limit is not None and size > limit:
                break
            out.writelines(group)
            items += len(group)
        out.write("</channel>\n</rss>\n")
    return items


def _cdata(text: str) -> str:
    return f"<![CDATA[{text}]]>"


def _elements(values: Iterable[tuple[str, object]]) -> str:
    return "".join(
        f"\t\t<{name}>{_cdata(value) if isinstance(value, str) else value}</{name}>\n" for name, value in values
    )


def _block(name: str, *values: tuple[str, object]) -> str:
    return f"\t<{name}>\n{_elements(values)}\t</{name}>\n"


def _terms() -> Iterable[str]:
    for number, login in enumerate(AUTHORS, 1):
        yield _block(
            "wp:author",
            ("wp:author_id", number),
            ("wp:author_login", login),
            ("wp:author_email", f"author{number}@blog.example"),
            ("wp:author_display_name", login.title()),
        )
    for number, (slug, parent) in enumerate(CATEGORIES, 1):
        yield _block(
            "wp:category",
            ("wp:term_id", number),
            ("wp:category_nicename", slug),
            ("wp:category_parent", parent),
            ("wp:cat_name", slug.title()),
        )
    for number, slug in enumerate(TAGS, 100):
        yield _block("wp:tag", ("wp:term_id", number), ("wp:tag_slug", slug), ("wp:tag_name", slug.title()))


def _group(number: int, chance: random.Random, length: int) -> list[str]:
    """Return a post with what belongs to it: a picture with every tenth, a page with every fiftieth."""
    post_id = number * 10
    date = datetime(2005, 1, 1, 8) + timedelta(hours=7 * (number % 20_000), seconds=number // 20_000)
    picture = number % 10 == 0
    group = [_post(post_id, date, chance, picture=picture, length=length)]
    if picture:
        group.append(_picture(post_id + 1, post_id, date))
    if number % 50 == 0:
        group.append(_page(post_id + 2, (number - 50) * 10 + 2 if number % 100 == 0 else 0, date, chance))
    return group


def _sentences(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."


def _classic(chance: random.Random, picture: str, length: int) -> str:
    paragraphs = [_sentences(chance, chance.randint(20, 80)) for _ in range(length * chance.randint(2, 8))]
    if picture:
        paragraphs.insert(1, f'[caption width="300"]<img src="{picture}" alt="A kettle" /> A kettle[/caption]')
    return "\n\n".join([paragraphs[0], "<!--more-->", *paragraphs[1:]])


def _blocks(chance: random.Random, picture: str, length: int = 1) -> str:
    blocks = [
        f"<!-- wp:paragraph -->\n<p>{_sentences(chance, chance.randint(20, 80)).replace('&', '&amp;')}</p>\n"
        "<!-- /wp:paragraph -->"
        for _ in range(length * chance.randint(2, 8))
    ]
    if picture:
        image = f'<figure class="wp-block-image"><img src="{picture}" alt="A kettle"/></figure>'
        blocks.insert(1, f"<!-- wp:image -->\n{image}\n<!-- /wp:image -->")
    return "\n\n".join(blocks)


_BODIES: tuple[Callable[[random.Random, str, int], str], ...] = (_classic, _blocks)


def _post(post_id: int, date: datetime, chance: random.Random, *, picture: bool, length: int) -> str:
    source = f"{SITE}/wp-content/uploads/{date:%Y/%m}/kettle-{post_id}-300x200.jpg" if picture else ""
    category, tag = chance.choice(CATEGORIES)[0], chance.choice(TAGS)
    terms = f'\t\t<category domain="category" nicename="{category}">{_cdata(category.title())}</category>\n'
    terms += f'\t\t<category domain="post_tag" nicename="{tag}">{_cdata(tag.title())}</category>\n'
    return _item(
        post_id,
        title=f"{_sentences(chance, 4)[:-1]} {post_id}",
        link=f"{SITE}/{date:%Y/%m}/post-{post_id}/",
        date=date,
        content=chance.choice(_BODIES)(chance, source, length),
        status=chance.choice(STATUSES),
        creator=chance.choice(AUTHORS),
        more=terms + _meta("_edit_last", "1") + "".join(_comments(post_id, date, chance)),
    )


def _picture(post_id: int, parent: int, date: datetime) -> str:
    file = f"{date:%Y/%m}/kettle-{parent}.jpg"
    url = f"{SITE}/wp-content/uploads/{file}"
    return _item(
        post_id,
        title=f"Kettle {parent}",
        link=f"{SITE}/{date:%Y/%m}/post-{parent}/kettle-{parent}/",
        date=date,
        status="inherit",
        post_type="attachment",
        parent=parent,
        more=_elements([("wp:attachment_url", url)])
        + _meta("_wp_attached_file", file)
        + _meta("_wp_attachment_image_alt", "A kettle"),
    )


def _page(post_id: int, parent: int, date: datetime, chance: random.Random) -> str:
    above = f"/page-{parent}" if parent else ""
    return _item(
        post_id,
        title=f"Page {post_id}",
        link=f"{SITE}{above}/page-{post_id}/",
        date=date,
        content=_blocks(chance, ""),
        post_type="page",
        parent=parent,
    )


def _meta(key: str, value: str) -> str:
    return _block("wp:postmeta", ("wp:meta_key", key), ("wp:meta_value", value))


def _comments(post_id: int, date: datetime, chance: random.Random) -> Iterable[str]:
    for number in range(chance.choice((0, 0, 0, 1, 3))):
        written = date + timedelta(days=number + 1)
        yield _block(
            "wp:comment",
            ("wp:comment_id", post_id * 10 + number),
            ("wp:comment_author", f"Reader {chance.randint(1, 99)}"),
            ("wp:comment_author_email", "reader@mail.example"),
            ("wp:comment_date", str(written)),
            ("wp:comment_date_gmt", str(written - timedelta(hours=2))),
            ("wp:comment_content", _sentences(chance, 15)),
            ("wp:comment_approved", "1"),
            ("wp:comment_type", "comment"),
            ("wp:comment_parent", post_id * 10 + number - 1 if number else 0),
        )


def _item(
    post_id: int,
    *,
    title: str,
    link: str,
    date: datetime,
    content: str = "",
    status: str = "publish",
    post_type: str = "post",
    parent: int = 0,
    creator: str = AUTHORS[0],
    more: str = "",
) -> str:
    values = (
        ("title", title),
        ("link", link),
        ("pubDate", f"{date - timedelta(hours=2):%a, %d %b %Y %H:%M:%S} +0000"),
        ("dc:creator", creator),
        ("guid", f"{SITE}/?p={post_id}"),
        ("content:encoded", content),
        ("excerpt:encoded", ""),
        ("wp:post_id", post_id),
        ("wp:post_date", str(date)),
        ("wp:post_date_gmt", str(date - timedelta(hours=2))),
        ("wp:post_modified", str(date)),
        ("wp:post_modified_gmt", str(date - timedelta(hours=2))),
        ("wp:comment_status", "open"),
        ("wp:ping_status", "open"),
        ("wp:post_name", link.rstrip("/").rpartition("/")[2]),
        ("wp:status", status),
        ("wp:post_parent", parent),
        ("wp:menu_order", 0),
        ("wp:post_type", post_type),
        ("wp:post_password", ""),
        ("wp:is_sticky", 0),
    )
    return f"\t<item>\n{_elements(values)}{more}\t</item>\n"


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a WordPress export of any size.")
    parser.add_argument("out", type=Path)
    size = parser.add_mutually_exclusive_group(required=True)
    size.add_argument("--posts", type=int)
    size.add_argument("--megabytes", type=float)
    options = parser.parse_args()
    items = write_export(options.out, posts=options.posts, megabytes=options.megabytes)
    print(f"{options.out}: {items} items, {options.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
