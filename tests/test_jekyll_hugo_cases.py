"""Numbered cases of moving between Jekyll and Hugo: 1 to 20 are identity within one system, 21 to 50 Jekyll -> Hugo."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from folders import write

import hugoconv as hc

Build = Callable[..., "subprocess.CompletedProcess[str]"]

IDENTITY: dict[int, tuple[str, bytes]] = {
    1: ("comments and blank lines", b"---\n# above\n\ntitle: A # beside\n\n# at the end\n---\n\nbody\n"),
    2: ("a version", b"---\nver: 1.10\n---\nbody\n"),
    3: ("quotes", b"---\na: 'one'\nb: \"two\"\nc: three\n---\nbody\n"),
    4: ("CRLF", b"---\r\ntitle: A\r\n---\r\nbody\r\n"),
    5: ("BOM", b"\xef\xbb\xbf---\ntitle: A\n---\nbody\n"),
    6: ("no line end", b"---\ntitle: A\n---\nbody"),
    7: ("empty front matter", b"---\n---\nbody\n"),
    8: ("no front matter", b"body\n"),
    9: ("a blank line first", b"\n---\ntitle: A\n---\nbody\n"),
    10: ("block scalars", b"---\na: |+\n  one\n\nb: >-\n  two\n  three\nc: |2\n    four\n---\nbody\n"),
    11: ("anchors", b"---\na: &x {b: 1}\nc: *x\nd:\n  <<: *x\n---\nbody\n"),
    12: ("flow maps", b"---\na: {b: [1,2], c: {d: e}}\n---\nbody\n"),
    13: (
        "TOML dates",
        b"+++\na = 2020-01-02T03:04:05+09:00\nb = 2020-01-02T03:04:05\nc = 2020-01-02\nd = 03:04:05\n+++\n",
    ),
    14: ("JSON", b'{"title": "<b> & co"}\nbody\n'),
    15: ("org", b"#+TITLE: A\n#+TAGS: b\n\nbody\n"),
    16: ("a fence in a scalar", b"---\na: |\n  one\n  ---\n  two\n---\nbody\n"),
    17: ("spaces behind the fence", b"---\ntitle: A\n---   \nbody\n"),
    18: ("a key twice", b"---\na: 1\na: 2\n---\nbody\n"),
    19: ("escapes", '---\na: "\\u00e9"\nb: 😀\n---\nbody\n'.encode()),
    20: ("a large number", b"---\na: 12345678901234567890\n---\nbody\n"),
}
"""Files that come out of a copy of their site as they went in."""


@pytest.mark.parametrize("system", ["hugo", "jekyll"])
@pytest.mark.parametrize("number", IDENTITY, ids=lambda number: f"case {number}: {IDENTITY[number][0]}")
def test_a_copy_is_the_same(number: int, system: str, tmp_path: Path) -> None:
    _, data = IDENTITY[number]
    name = f"content/a.{'org' if number == 15 else 'md'}" if system == "hugo" else "_posts/2020-01-02-a.md"
    old = write(tmp_path / "old", {"hugo.toml" if system == "hugo" else "_config.yml": ""})
    (old / name).parent.mkdir(parents=True, exist_ok=True)
    (old / name).write_bytes(data)
    report = hc.convert(old, tmp_path / "new", from_=system, to=system)
    assert (tmp_path / "new" / name).read_bytes() == data
    assert bool(report.errors) == (number == 18 and system == "hugo")  # Hugo refuses it, Jekyll takes the last


@dataclass(frozen=True)
class Case:
    """A Jekyll site and what becomes of it: `new` has whole files, None for one that must not be there."""

    name: str
    old: dict[str, str]
    new: dict[str, str | None]
    findings: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    """Files that the real Hugo writes."""
    settings: tuple[str, ...] = field(default=())
    """Lines of hugo.toml."""


POST, FILE = "_posts/2020-01-02-Hello-World.md", "content/posts/2020-01-02-Hello-World.md"
NEW_YORK = "timezone: America/New_York\n"


def one(name: str, matter: str, made: str, config: str = "", address: str = "", findings: tuple[str, ...] = ()) -> Case:
    """A site of one post: its front matter without the title, and Hugo's."""
    site = {
        "_config.yml": config or "permalink: /:year/:month/:day/:title/\n",
        POST: f"---\ntitle: T\n{matter}---\nbody\n",
    }
    published = (address,) if address else ()
    return Case(name, site, {FILE: f"---\ntitle: T\n{made}---\nbody\n"}, findings, published)


def body(name: str, text: str, made: str, findings: tuple[str, ...] = (), config: str = "") -> Case:
    """A site of one page at /a.html beside a page at /b.html."""
    site = {"_config.yml": config, "a.md": f"---\ntitle: T\n---\n{text}", "b.md": "---\ntitle: B\n---\n"}
    return Case(name, site, {"content/a.md": f"---\ntitle: T\nurl: /a.html\n---\n{made}"}, findings)


AT = "url: /2020/01/02/Hello-World/\n"
CASES: dict[int, tuple[Case, ...]] = {
    21: (one("published: false", "published: false\n", "draft: true\n" + AT),),
    22: (
        one("published: no", "published: no\n", "draft: true\n" + AT),
        one("published, quoted", 'published: "false"\n', AT, address="2020/01/02/Hello-World/index.html"),
    ),
    23: (
        Case(
            "the date's day, not the name's",
            {
                "_config.yml": NEW_YORK + "permalink: pretty\n",
                "_posts/2020-06-02-x.md": "---\ntitle: T\ndate: 2020-06-03 10:11:12\n---\n",
            },
            {
                "content/posts/2020-06-02-x.md": "---\ntitle: T\n"
                "date: 2020-06-03T06:11:12-04:00\nurl: /2020/06/03/x/\n---\n"
            },
            published=("2020/06/03/x/index.html",),
        ),
    ),
    24: (
        one(
            "an offset of its own",
            "date: 2020-06-01 01:00:00 +0200\n",
            "date: 2020-06-01 01:00:00 +0200\nurl: /2020/05/31/Hello-World/\n",
            NEW_YORK + "permalink: pretty\n",
            "2020/05/31/Hello-World/index.html",
        ),
    ),
    25: (
        one(
            "a quoted time is local",
            'date: "2020-01-02 01:30"\n',
            "date: 2020-01-02T01:30:00-05:00\n" + AT,
            NEW_YORK + "permalink: pretty\n",
        ),
    ),
    26: (
        one(
            "a time is UTC",
            "date: 2020-01-02 01:30:00\n",
            "date: 2020-01-01T20:30:00-05:00\nurl: /2020/01/01/Hello-World/\n",
            NEW_YORK + "permalink: pretty\n",
        ),
    ),
    27: (
        Case(
            "a title of the name",
            {"_config.yml": "permalink: pretty\n", POST: "---\nlayout: post\n---\n"},
            {FILE: f"---\nlayout: post\ntitle: Hello World\n{AT}---\n"},
        ),
    ),
    28: (one("words", "tags: one two\n", "tags:\n  - one\n  - two\n" + AT),),
    29: (one("commas", 'tags: "one, two"\n', "tags:\n  - one,\n  - two\n" + AT, findings=("HC331",)),),
    30: (one("one tag", "tag: a b\n", "tags: a b\n" + AT),),
    31: (
        Case(
            "folders are categories",
            {
                "_config.yml": "permalink: /:title/\n",
                "a/b/_posts/2020-01-02-x.md": "---\ntitle: T\ncategories: x\n---\n",
            },
            {"content/posts/2020-01-02-x.md": "---\ntitle: T\ncategories:\n  - a\n  - b\n  - x\nurl: /x/\n---\n"},
        ),
    ),
    32: (
        one(
            "a category with a space",
            "categories: [News Flash]\n",
            "categories: [News Flash]\nurl: /news flash/Hello-World.html\n",
            "permalink: none\n",
            "news flash/Hello-World.html",
        ),
    ),
    33: (
        one(
            "a permalink with a token",
            "permalink: /c/:title/\n",
            "url: /c/Hello-World/\n",
            address="c/Hello-World/index.html",
        ),
    ),
    34: (one("a permalink without an ending", "permalink: /noext\n", "url: /noext.html\n", address="noext.html"),),
    35: (
        one(
            "a style's name is none in front matter",
            "permalink: pretty\n",
            "url: /pretty.html\n",
            address="pretty.html",
        ),
    ),
    36: (
        one(
            "weekdate",
            "",
            "url: /2020/W01/Thu/Hello-World.html\n",
            "permalink: weekdate\n",
            "2020/W01/Thu/Hello-World.html",
        ),
    ),
    37: (
        one(
            "ordinal",
            "date: 2020-01-03\n",
            "date: 2020-01-03\nurl: /2020/003/Hello-World.html\n",
            "permalink: ordinal\n",
            "2020/003/Hello-World.html",
        ),
    ),
    38: (one("redirect_from", "redirect_from: /foo\n", "aliases:\n  - /foo.html\n" + AT, address="foo.html"),),
    39: (one("a YAML 1.1 boolean", "alpha: no\n", "alpha: false\n" + AT),),
    40: (one("base sixty", "time: 12:30\n", 'time: "12:30"\n' + AT, findings=("HC204",)),),
    41: (
        Case(
            "an undated draft",
            {"_config.yml": "", "_drafts/idea.md": "---\ntitle: T\n---\nbody\n"},
            {"content/posts/idea.md": "---\ntitle: T\ndraft: true\n---\nbody\n"},
        ),
    ),
    42: (
        Case(
            "a post in HTML",
            {"_config.yml": "permalink: pretty\n", "_posts/2020-01-02-x.html": "---\ntitle: T\n---\n<p>x</p>\n"},
            {"content/posts/2020-01-02-x.html": "---\ntitle: T\nurl: /2020/01/02/x/\n---\n<p>x</p>\n"},
            published=("2020/01/02/x/index.html",),
            settings=('allowContent = [".*"]',),
        ),
    ),
    43: (
        Case(
            "a template of a feed",
            {"_config.yml": "title: T\n", "feed.xml": "---\n---\n<rss/>\n"},
            {"static/feed.xml": None, "original/feed.xml": "---\n---\n<rss/>\n"},
            ("HC403",),
        ),
    ),
    44: (
        Case(
            "a picture beside _posts",
            {"_config.yml": "", "blog/_posts/2020-01-02-x.md": "---\ntitle: T\n---\n", "blog/img/x.png": "a picture"},
            {"static/blog/img/x.png": "a picture"},
        ),
    ),
    45: (
        body("highlight without a language", "{% highlight %}\nx\n{% endhighlight %}\n", "```\nx\n```\n", ("HC312",)),
    ),
    46: (body("a shortcode in raw", "{% raw %}{{< x >}}{% endraw %}\n", "{{</* x */>}}\n"),),
    47: (
        body(
            "one prefix", "[b]({{ site.baseurl }}{% link b.md %})\n", "[b](/blog/b.html)\n", config="baseurl: /blog\n"
        ),
    ),
    48: (
        Case(
            "a post without front matter",
            {"_config.yml": "permalink: pretty\n", POST: "body\n"},
            {FILE: f"---\ntitle: Hello World\n{AT}---\nbody\n"},
        ),
    ),
    49: (
        one(
            "keys that Hugo refuses",
            "sitemap: false\nmarkup: x\nparams: y\n",
            "sitemap: false\njekyll_markup: x\njekyll_params: y\n" + AT,
            findings=("HC208", "HC208"),
        ),
    ),
    50: (
        Case(
            "the site's separator",
            {
                "_config.yml": 'permalink: pretty\nexcerpt_separator: "<!--cut-->"\n',
                POST: "---\ntitle: T\n---\none\n\n<!--cut-->\n\ntwo\n",
            },
            {FILE: f"---\ntitle: T\n{AT}---\none\n\n<!--more-->\n\ntwo\n"},
        ),
    ),
}
ROWS = [(number, case) for number, cases in CASES.items() for case in cases]


@pytest.mark.parametrize(("number", "case"), ROWS, ids=[f"case {number}: {case.name}" for number, case in ROWS])
def test_jekyll_to_hugo(number: int, case: Case, tmp_path: Path, build_hugo: Build) -> None:
    old = write(tmp_path / "old", case.old)
    report = hc.convert(old, tmp_path / "new", to="hugo")
    for name, text in case.new.items():
        path = tmp_path / "new" / name
        assert (path.read_text() if path.exists() else None) == text
    assert tuple(finding.code for finding in report.findings if finding.severity != "info") == case.findings
    built = build_hugo(tmp_path / "new")
    assert built.returncode == 0, built.stdout + built.stderr
    for name in case.published:
        assert (tmp_path / "new" / "public" / name).is_file()
    settings = (tmp_path / "new" / "hugo.toml").read_text().splitlines()
    assert set(case.settings) <= set(settings)
