#!/usr/bin/env python3
"""Import sites into a real Ghost and compare what it holds: prove_ghost_import.py GHOST EMAIL PASSWORD SITE...

GHOST is the address of a Ghost made for this and nothing else: all its posts are deleted before each import. For each
site the table says how many posts came in, how many of their titles, states, dates and tags are the same, how many of
their words Ghost publishes, how many pictures it serves and how many old addresses its redirects answer. Exit code 1
when a post is missing or less than 99 % of the words are there.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

import hugoconv
from hugoconv.markup.likeness import visible_words

PATIENCE = 600
"""How many seconds an import may take."""


class _Stays(HTTPRedirectHandler):
    def redirect_request(self, *_arguments: Any, **_names: Any) -> None:
        return None


@dataclass
class Ghost:
    """A Ghost of which somebody is the owner."""

    address: str
    opener: Any = field(default_factory=lambda: build_opener(HTTPCookieProcessor(CookieJar())))

    def ask(self, method: str, path: str, data: bytes | None = None, kind: str = "application/json") -> Any:
        """Return the answer of the interface for administrators; while an import is at work it may have none."""
        request = Request(f"{self.address}/ghost/api/admin/{path}", data, method=method)
        for name, value in (("Origin", self.address), ("Content-Type", kind)):
            request.add_header(name, value)
        until = time.monotonic() + PATIENCE
        while True:
            try:
                answer = self.opener.open(request, timeout=120).read()
                return json.loads(answer) if answer.startswith(b"{") else answer
            except (HTTPError, URLError, TimeoutError) as error:
                if getattr(error, "code", 500) < 500 or time.monotonic() > until:
                    raise
                time.sleep(5)

    def upload(self, path: str, name: str, file: Path, kind: str) -> Any:
        """Send a file as a form does."""
        mark = "-----file"
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{file.name}"\r\n'
        data = f"{head}Content-Type: {kind}\r\n\r\n".encode() + file.read_bytes() + f"\r\n--{mark}--\r\n".encode()
        return self.ask("POST", path, data, f"multipart/form-data; boundary={mark}")

    def posts(self) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
        """Yield each post and page by its type and slug."""
        for kind in ("posts", "pages"):
            page: int | None = 1
            while page:
                found = self.ask("GET", f"{kind}/?limit=100&formats=html&include=tags&page={page}")
                yield from (((kind[:-1], post["slug"]), post) for post in found[kind])
                page = found["meta"]["pagination"]["next"]

    def status(self, path: str) -> int:
        """Return what is answered for a path."""
        try:
            return int(build_opener(_Stays).open(f"{self.address}{quote(path, safe='/%+&=,;:@')}", timeout=60).status)
        except HTTPError as error:
            return error.code


def prove(source: Path, ghost: Ghost, folder: Path) -> dict[str, tuple[int, int]]:
    """Return, by what was counted, how much there is to find and how much was found."""
    archive = folder / "site.zip"
    hugoconv.convert(source, archive, to="ghost", record=False)
    with zipfile.ZipFile(archive) as opened:
        data = json.loads(opened.read("ghost-import.json"))["db"][0]["data"]
        pictures = [name for name in opened.namelist() if name.startswith("content/images/")]
    ghost.ask("DELETE", "db/")
    ghost.upload("db/", "importfile", archive, "application/zip")
    until = time.monotonic() + PATIENCE
    while len(found := dict(ghost.posts())) < len(data["posts"]) and time.monotonic() < until:
        time.sleep(5)
    counts: Counter[str] = Counter()
    names = {tag["id"]: tag["name"] for tag in data["tags"]}
    for post in data["posts"]:
        made = found.get((post["type"], post["slug"]))
        tags = [names[each["tag_id"]] for each in data["posts_tags"] if each["post_id"] == post["id"]]
        words = Counter(visible_words(post["html"] or ""))
        counts["words"] += words.total()
        if made is None:
            continue
        counts["posts found"] += 1
        counts["words found"] += words.total() - (words - Counter(visible_words(made["html"] or ""))).total()
        day = post.get("published_at")
        is_same = (post["title"], post["status"]) == (made["title"], made["status"])
        is_same = is_same and (day is None or day[:19] == (made["published_at"] or "")[:19])
        counts["same"] += is_same and tags == [
            tag["name"] for tag in made["tags"] if not tag["name"].startswith("#Import")
        ]
    rules = json.loads((folder / "redirects.json").read_text()) if (folder / "redirects.json").is_file() else []
    if rules:
        ghost.upload("redirects/upload/", "redirects", folder / "redirects.json", "application/json")
    paths = [re.sub(r"\\(.)", r"\1", rule["from"].strip("^$").replace("/?", "/")) for rule in rules]
    return {
        "posts": (len(data["posts"]), counts["posts found"]),
        "the same": (len(data["posts"]), counts["same"]),
        "words": (counts["words"], counts["words found"]),
        "pictures": (len(pictures), sum(ghost.status(f"/{name}") == 200 for name in pictures)),
        "old": (len(paths), sum(ghost.status(path) in (301, 302) for path in paths)),
    }


def main(arguments: Sequence[str]) -> int:
    """Prove each site and print a line for it."""
    if len(arguments) < 4:
        print(__doc__)
        return 2
    address, user, password, *sites = arguments
    ghost = Ghost(address.rstrip("/"))
    ghost.ask("POST", "session/", json.dumps({"username": user, "password": password}).encode())
    bad = False
    for source in map(Path, sites):
        with tempfile.TemporaryDirectory() as folder:
            counts = prove(source, ghost, Path(folder))
        said = "  ".join(f"{name} {found:,} of {whole:,}" for name, (whole, found) in counts.items())
        print(f"{source.name[:28]:28} {said}", flush=True)
        bad = bad or counts["posts"][0] > counts["posts"][1] or counts["words"][1] < 0.99 * counts["words"][0]
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
