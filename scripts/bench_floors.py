#!/usr/bin/env python3
"""Do the least of the work that Python and the libraries can do, on all processors: bench_floors.py WORK SOURCE TARGET

What these take is the floor for a converter in Python. `files` reads each file and writes its bytes. `export` parses a
WordPress export with lxml, makes Markdown of each body with markdownify and bs4 as they are, writes a front matter of
three keys with libyaml: no block, shortcode, link or picture is looked at, no address kept, nothing reported.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterator
from io import FileIO
from itertools import islice
from pathlib import Path

CHUNK = 50
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
Item = tuple[int, str, str, str]


def files(source: Path, target: Path) -> None:
    """Copy a folder, file by file."""
    pairs = []
    for folder, _, names in os.walk(source):
        inside = target / Path(folder).relative_to(source)
        inside.mkdir(parents=True, exist_ok=True)
        pairs += [(f"{folder}/{name}", f"{inside}/{name}") for name in names]
    with multiprocessing.Pool() as pool:
        pool.map(_copy, pairs, CHUNK)


def _copy(pair: tuple[str, str]) -> None:
    with FileIO(pair[0]) as one, FileIO(pair[1], "wb") as other:
        other.write(one.read())


def export(source: Path, target: Path) -> None:
    """Write each item of an export as Markdown."""
    target.mkdir(parents=True)
    with multiprocessing.Pool(initializer=_load) as pool:
        items = _items(source / "export.xml")
        work = ((str(target), chunk) for chunk in iter(lambda: list(islice(items, CHUNK)), []))
        for _ in pool.imap(_write, work):
            pass


def _items(file: Path) -> Iterator[Item]:
    from lxml import etree

    for number, (_, item) in enumerate(etree.iterparse(file, tag="item")):
        yield number, item.findtext("title") or "", item.findtext("pubDate") or "", item.findtext(_CONTENT) or ""
        item.clear()


def _load() -> None:
    import markdownify  # noqa: F401
    import yaml  # noqa: F401


def _write(work: tuple[str, list[Item]]) -> None:
    import yaml
    from markdownify import markdownify

    folder, items = work
    for number, title, date, html in items:
        matter = yaml.dump({"title": title, "date": date, "slug": f"post-{number}"}, Dumper=yaml.CSafeDumper)
        Path(folder, f"{number}.md").write_text(f"---\n{matter}---\n{markdownify(html, bs4_options='lxml')}")


if __name__ == "__main__":
    {"files": files, "export": export}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
