"""How the time of a conversion grows with each thing that a site can have many of, and what the corners cost.

Every input is an export with a few posts and many of one thing. The time is processor time of one process, less that of
an almost empty export; the slope is the exponent between the last two sizes: 1 is linear, 2 quadratic.
"""

from __future__ import annotations

import math
import os
import resource
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

SITE = "https://blog.example"
LINEAR = 1.25
"""A slope above this is not linear any more, whatever the machine does beside."""

_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Growing</title><link>{SITE}</link>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>{SITE}</wp:base_site_url><wp:base_blog_url>{SITE}</wp:base_blog_url>
"""
_TEXT = "The kettle sang at the window of the quiet lake house, and nobody was in a hurry to get up. " * 4


def _item(number: int, body: str = _TEXT, more: str = "", kind: str = "post", link: str = "") -> str:
    link = link or f"{SITE}/{2005 + number % 15}/{1 + number % 12:02}/post-{number}/"
    date = f"{2005 + number % 15}-{1 + number % 12:02}-{1 + number % 28:02} 08:00:00"
    return (
        f"<item><title>Post {number}</title><link>{link}</link><dc:creator>mara</dc:creator>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded><wp:post_id>{number}</wp:post_id>"
        f"<wp:post_date>{date}</wp:post_date><wp:post_date_gmt>{date}</wp:post_date_gmt>"
        f"<wp:post_name>post-{number}</wp:post_name><wp:status>{'inherit' if kind == 'attachment' else 'publish'}"
        f"</wp:status><wp:post_type>{kind}</wp:post_type>{more}</item>\n"
    )


def _posts(count: int) -> Iterator[str]:
    yield from (_item(number) for number in range(1, count + 1))


def _terms(count: int) -> Iterator[str]:
    """Many tags in the site, ten on a post."""
    for number in range(count):
        name = f"tag {number}"
        yield f"<wp:tag><wp:term_id>{number + 1}</wp:term_id><wp:tag_slug>tag-{number}</wp:tag_slug>"
        yield f"<wp:tag_name><![CDATA[{name}]]></wp:tag_name></wp:tag>\n"
    for start in range(0, count, 10):
        yield _item(start // 10 + 1, more=_tags(range(start, min(start + 10, count))))


def _tags(numbers: Iterable[int]) -> str:
    return "".join(
        f'<category domain="post_tag" nicename="tag-{number}"><![CDATA[tag {number}]]></category>' for number in numbers
    )


def _tags_of_one(count: int) -> Iterator[str]:
    yield _item(1, more=_tags(range(count)))


def _attachments(count: int) -> Iterator[str]:
    yield _item(1, f'<img src="{SITE}/wp-content/uploads/2020/01/picture-7.jpg" alt="" />')
    for number in range(2, count + 2):
        file = f"2020/01/picture-{number}.jpg"
        more = (
            f"<wp:post_parent>1</wp:post_parent><wp:attachment_url>{SITE}/wp-content/uploads/{file}</wp:attachment_url>"
            f"<wp:postmeta><wp:meta_key>_wp_attached_file</wp:meta_key><wp:meta_value>{file}</wp:meta_value></wp:postmeta>"
        )
        yield _item(number, "", more, "attachment", f"{SITE}/2020/01/post-1/picture-{number}/")


def _comments(count: int) -> Iterator[str]:
    yield _item(
        1,
        more="".join(
            f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>Reader</wp:comment_author>"
            f"<wp:comment_date>2020-01-01 10:00:00</wp:comment_date><wp:comment_content>Tea.</wp:comment_content>"
            f"<wp:comment_approved>1</wp:comment_approved><wp:comment_parent>{number - 1 if number % 50 else 0}"
            "</wp:comment_parent></wp:comment>"
            for number in range(1, count + 1)
        ),
    )


def _links(count: int) -> Iterator[str]:
    """Links from one post to a hundred others."""
    links = "\n".join(
        f'<p>See <a href="{SITE}/{2005 + n % 15}/{1 + n % 12:02}/post-{n}/">the other one</a> as well.</p>'
        for n in (2 + each % 100 for each in range(count))
    )
    yield _item(1, links)
    yield from (_item(number) for number in range(2, 102))


def _aliases(count: int) -> Iterator[str]:
    """Slugs that one post had before."""
    yield _item(
        1,
        more="".join(
            f"<wp:postmeta><wp:meta_key>_wp_old_slug</wp:meta_key><wp:meta_value>old-{number}</wp:meta_value></wp:postmeta>"
            for number in range(count)
        ),
    )


def _long_text(kilobytes: int) -> Iterator[str]:
    paragraph = f"<p>{_TEXT}<strong>Really</strong>, &amp; <em>so</em> on.</p>\n"
    yield _item(1, paragraph * (kilobytes * 1000 // len(paragraph)))


def _long_classic_text(kilobytes: int) -> Iterator[str]:
    paragraph = f"{_TEXT}<b>Really</b> * so_on [x] (y).\n\n"
    yield _item(1, paragraph * (kilobytes * 1000 // len(paragraph)))


def _long_paragraph(kilobytes: int) -> Iterator[str]:
    sentence = "One *paragraph* of [all] that <b>was</b> ever `said` about_it. "
    yield _item(1, sentence * (kilobytes * 1000 // len(sentence)))


Make = Callable[[int], Iterator[str]]

GROWING: dict[str, tuple[Make, int]] = {
    "posts": (_posts, 100),
    "terms": (_terms, 50),
    "attachments": (_attachments, 500),
    "comments on a post": (_comments, 100),
    "links in a post": (_links, 200),
    "aliases of a post": (_aliases, 100),
    "tags of a post": (_tags_of_one, 50),
    "kB of HTML in a post": (_long_text, 20),
    "kB of classic text in a post": (_long_classic_text, 20),
    "kB in one paragraph": (_long_paragraph, 20),
}
"""What grows: how the export is made of a number, and the smallest number; ten and a hundred times it follow."""


def write(path: Path, items: Iterable[str]) -> None:
    """Write an export with these items."""
    with path.open("w", encoding="utf-8") as out:
        out.write(_HEAD)
        out.writelines(items)
        out.write("</channel></rss>\n")


def processor_time(command: list[str]) -> float:
    """Return the processor time of a command, in seconds; SystemExit when it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = os.posix_spawnp(command[0], command, os.environ)
    if os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) not in (0, 1):
        raise SystemExit(f"failed: {' '.join(command)}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def converted(items: Iterable[str], folder: Path) -> float:
    """Return the processor time of converting an export with these items to Hugo, in one process."""
    source, target = folder / "export.xml", folder / "out"
    write(source, items)
    options = ["convert", str(source), str(target), "--to", "hugo", "-q", "-j", "1", "--force"]
    taken = processor_time([sys.executable, "-m", "hugoconv", *options])
    os.sync()
    return taken


def slopes(names: Iterable[str], *, scale: int = 1) -> tuple[str, bool]:
    """Return the table of slopes, and whether all of them are linear; sizes are divided by `scale`."""
    lines = [
        "| many | 1x | 10x | 100x | seconds at 1x | 10x | 100x | slope |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    is_linear = True
    for name in names:
        make, smallest = GROWING[name]
        sizes = [max(smallest // scale, 1) * factor for factor in (1, 10, 100)]
        with tempfile.TemporaryDirectory(prefix="hugoconv-slopes-") as base:
            start = min(converted(make(1), Path(base)) for _ in range(3))
        times = []
        for size in sizes:
            with tempfile.TemporaryDirectory(prefix="hugoconv-slopes-") as folder:
                times.append(max(converted(make(size), Path(folder)) - start, 0.001))
        slope = math.log10(times[2] / times[1]) if times[1] > 0.02 else math.log10(times[2] / 0.02)
        is_linear = is_linear and slope <= LINEAR
        cells = (*(f"{size:,}" for size in sizes), *(f"{seconds:.2f}" for seconds in times), f"{slope:.2f}")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines), is_linear
