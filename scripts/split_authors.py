#!/usr/bin/env python3
"""Split a blog of several authors into one Hugo site for each: split_authors.py SOURCE FOLDER"""

import collections
import re
import sys
from pathlib import Path

import hugoconv as hc


class Only:
    """A transform that keeps the posts of one author, and pages that name none."""

    __name__ = "only"

    def __init__(self, author: str) -> None:
        self.author = author

    def __call__(self, post: hc.Post) -> hc.Post | None:
        return post if self.author in (post.authors or (self.author,)) else None


source, folder = sys.argv[1:3]
posts = collections.Counter(author for post in hc.read(source, stream=True).posts for author in post.authors or ())
code = 0
for author, count in posts.most_common():
    name = re.sub(r"\W+", "-", author).strip("-").lower() or "author"
    report = hc.convert(source, Path(folder, name), to="hugo", transforms=[Only(author)])
    print(f"{name}: {count} posts of {author}, {report.dropped} of others left out")
    code = max(code, report.exit_code)
raise SystemExit(code)
