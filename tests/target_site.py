"""The site from which the tests of targets start: one of everything that decides where and how a post is written."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

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
