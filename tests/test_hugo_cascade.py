"""What Hugo passes down to a page, as the program itself passes it down, and what Jekyll gets of it."""

from __future__ import annotations

import json
from pathlib import Path

import hugo_site

import hugoconv as hc

CONFIG = {
    "title": "S",
    "disableKinds": ["rss", "sitemap", "404", "taxonomy", "term"],
    "cascade": [
        {"color": "site", "shade": "site", "target": {"path": "/s/**"}},
        {"author": "Ada", "target": {"kind": "page"}},
    ],
}
FILES = {
    "content/s/_index.md": "---\ntitle: s\ncascade:\n  color: section\n  tags: [x]\n---\n",
    "content/s/d/_index.md": "---\ntitle: d\ncascade:\n- target: {kind: page}\n  color: deep\n---\n",
    "content/s/a.md": "---\ntitle: a\n---\n",
    "content/s/d/b.md": "---\ntitle: b\nshade: own\n---\n",
    "content/c.md": "---\ntitle: c\n---\n",
    "content/s/hidden.md": "---\ntitle: h\ndraft: true\n---\n",
    "layouts/all.html": "{{ jsonify .Params }}",
}
KEYS = ("color", "shade", "author", "tags")


def test_the_values_are_those_of_the_program(tmp_path: Path) -> None:
    site = hugo_site.write_site(tmp_path / "site", FILES, CONFIG)
    built = hugo_site.build(site)
    assert not built.error
    seen = 0
    for post in hc.read(site).posts:
        if post.status != "published":
            continue
        meant = json.loads(built.files[post.address.lstrip("/") + "index.html"])
        assert list(post.authors or ()) == ([meant["author"]] if "author" in meant else [])
        assert [str(term) for term in post.terms.get("tags", ())] == meant.get("tags", [])
        values = post.extra.get("defaults", {}) | dict(post.front_matter)
        for key in ("color", "shade"):
            assert values.get(key) == meant.get(key), (post, key)
        seen += 1
    assert seen == 5


def test_jekyll_s_pages_say_it_themselves(tmp_path: Path) -> None:
    site = hugo_site.write_site(tmp_path / "site", FILES, CONFIG)
    hc.convert(site, tmp_path / "jekyll", to="jekyll")
    pages = {str(post.title): post.front_matter for post in hc.read(tmp_path / "jekyll").posts}
    wanted = {"color": "deep", "shade": "own", "author": "Ada", "tags": ["x"]}
    assert {key: pages["b"].get(key) for key in KEYS} == wanted
    assert {key: pages["c"].get(key) for key in KEYS} == dict.fromkeys(KEYS) | {"author": "Ada"}
