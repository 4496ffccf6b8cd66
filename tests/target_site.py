"""The site from which the tests of targets start: one of everything that decides where and how a post is written."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from hugoconv.frontmatter.dates import DateText
from hugoconv.frontmatter.document import syntax_named

CONFIG = """\
baseURL = "https://example.org/"
title = "A: site"
timeZone = "Europe/Berlin"
languageCode = "en"
"""
HELLO = """\
---
title: 'Hello: "World" #1'
date: 2014-03-05T10:15:00+02:00
lastmod: 2014-04-01
url: /2014/hello-world/
aliases: [/old/hello/, /2014/03/old-hello.html]
tags: [Python, C++]
categories: [Dev, Travel]
authors: [Ann]
image: hello.png
# what nobody else knows
mood: 'yes'
---
First *words*, `{{ x }}` and {{ y }} and {% z %}, {x} <!-- c --> and more.

![Hello](hello.png)

<!--more-->

See [the second]({{< ref "second.md" >}}) and [its address](/posts/second/), and ![site](/img/site.png).

```liquid
{% raw %}{{ fence }}{% endraw %}
```

{{< youtube dQw4w9WgXcQ >}}

{{< figure src="hello.png" caption="A *caption*" >}}

## Named {#here}

| a | b |
|---|---|
| 1 | 2 |
"""
FILES: dict[str, str | bytes] = {
    "hugo.toml": CONFIG,
    "content/posts/hello/index.md": HELLO,
    "content/posts/second.md": (
        "---\ntitle: Second\ndate: 2015-01-02\n---\nThe second one, with [a link](../../2014/hello-world/).\n"
    ),
    "content/posts/draft.md": "---\ntitle: Draft\ndate: 2015-01-03T00:00:00Z\ndraft: true\n---\nSECRET draft.\n",
    "content/posts/future.md": "---\ntitle: Future\ndate: 2999-01-03T00:00:00Z\n---\nSECRET future.\n",
    "content/posts/past.md": "---\ntitle: Past\ndate: 2015-01-03\nexpiryDate: 2016-01-01\n---\nSECRET expired.\n",
    "content/hidden.md": "---\ntitle: Hidden\nbuild: {render: never, list: never}\n---\nSECRET private.\n",
    "content/secret-page.md": "---\ntitle: Secret page\ndraft: true\n---\nSECRET page.\n",
    "content/about.md": "---\ntitle: About\n---\nAbout us: [home](/).\n",
    "static/2014/03/x.txt": "text",
}
SECRET = "SECRET"


def picture(colour: tuple[int, int, int] = (200, 10, 10)) -> bytes:
    """Return a PNG of one colour, which picture programs can read."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\0" + bytes(colour) * 8 for _ in range(8))
    head = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def write_site(root: Path, files: dict[str, str | bytes] | None = None) -> Path:
    """Write the site, or another one, and return its folder."""
    pictures: dict[str, str | bytes] = {
        "content/posts/hello/hello.png": picture(),
        "static/img/site.png": picture((1, 2, 3)),
    }
    for name, content in ({**FILES, **pictures} if files is None else files).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


# Sites of any front matter ------------------------------------------------------------------------------------------

_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
_WORDS = st.lists(_TEXT, min_size=1, max_size=3).map(" ".join)
_TRICKY = st.sampled_from(
    [
        "yes",
        "2014",
        "007",
        "1e3",
        "12:30",
        "1_000",
        "null",
        "~",
        "a: b",
        "- x",
        "# y",
        '"q"',
        "[z]",
        "é",
        "日本",
        "0x1F",
    ]
)
_NAMES = st.lists(_WORDS | _TRICKY, min_size=1, max_size=3, unique=True)
_DATES = st.sampled_from(
    ["2014-03-05T10:15:00+02:00", "2014-03-05", "2014-03-05T10:15:00Z", "2014-03-05T10:15:00.5-07:00"]
).map(DateText)
_SINGLE: dict[str, st.SearchStrategy[Any]] = {
    "title": _WORDS | _TRICKY,
    "date": _DATES,
    "lastmod": _DATES,
    "draft": st.booleans(),
    "tags": _NAMES,
    "categories": _NAMES,
    "authors": _NAMES,
    "description": _WORDS | _TRICKY,
    "summary": _WORDS,
    "image": st.just("/img/cover.png"),
    "weight": st.integers(1, 99),
    "translationKey": _WORDS,
    "aliases": st.lists(st.sampled_from(["/old/one/", "/old/two.html", "/日本/"]), min_size=1, unique=True),
    "mood": _WORDS | _TRICKY | st.integers() | st.booleans() | st.lists(_WORDS, max_size=2),
}
_VALUES = st.fixed_dictionaries({"title": _SINGLE.pop("title")}, optional=_SINGLE)
_BODIES = st.lists(_TEXT.filter(lambda text: text.isalnum()), max_size=5).map(lambda words: " ".join(words) + "\n")
_ADDRESSES = ("/2014/first/", "/b/second/", "/日本/")


@st.composite
def sites(draw: st.DrawFn) -> dict[str, str | bytes]:
    """A Hugo site of up to three posts, as its files."""
    files: dict[str, str | bytes] = {"hugo.toml": FILES["hugo.toml"], "static/img/cover.png": picture()}
    for number, address in enumerate(_ADDRESSES[: draw(st.integers(1, 3))]):
        values = {**draw(_VALUES), "url": address}
        if number:
            values.pop("aliases", None)
        matter = syntax_named("yaml").write(values)
        files[f"content/posts/{number}.md"] = f"---\n{matter}---\n{draw(_BODIES)}"
    return files
