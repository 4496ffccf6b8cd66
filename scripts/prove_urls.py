#!/usr/bin/env python3
"""Ask the real programs where they publish thousands of generated names: prove_urls.py [NAMES [SEED]]

Jekyll builds sites of posts, drafts, pages, collections and files with random names, a site for each permalink style;
hugoconv says where each is published, and converts the site; Hugo builds that, and every file must be where Jekyll had
it. Hugo builds sites of random names, slugs and titles under several configurations, and hugoconv says where each page
is. Prints a row a site; exit code 1 when one address is wrong.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from built_sites import build_hugo, build_jekyll

import hugoconv
from hugoconv.migrate.built import INDEX, BuiltSite

STYLES = (
    "date", "pretty", "none", "ordinal", "weekdate", "/:year/:month/:title", "/:slugified_categories/:slug:output_ext",
    "/archive/:year/:month/:day/:title/", "/x y/:short_year/:week/:long_day/:title.xhtml",
)  # fmt: skip
CONFIGURATIONS: dict[str, dict[str, Any]] = {
    "plain": {},
    "ugly, cased": {"uglyURLs": True, "disablePathToLower": True},
    "by title": {"permalinks": {"page": {"posts": "/:year/:month/:title"}}, "removePathAccents": True},
    "by slug": {"permalinks": {"posts": "/p/:2006:Jan/:slug/"}, "uglyURLs": {"posts": True}},
    "by name": {
        "permalinks": {"page": {"posts": "/:sections/:contentbasename/"}},
        "frontmatter": {"date": [":filename"]},
    },
}
LETTERS = "abcXYZ019éÜñßİΣς日本한국Ⅷ²½😀e\u0301"
SIGNS = " -_.~!$&'()+,;=@%#?[]{}"
"""What names are made of; Windows and Jekyll itself refuse a few more signs."""


@dataclass(frozen=True)
class Row:
    """How the addresses of one site came out."""

    name: str
    asked: int
    wrong: list[str]


def names(count: int, choice: random.Random, signs: str = SIGNS) -> Iterator[str]:
    """Yield different names of letters and signs; a percent sign is followed by no two hexadecimal digits but `41`."""
    for number in range(count):
        characters = [choice.choice(LETTERS if choice.random() < 0.7 else signs) for _ in range(choice.randint(1, 9))]
        name = "".join("%41" if character == "%" else character for character in characters)
        yield f"{name} n{number}" if choice.random() < 0.5 else f"n{number}{name}x"


def write(path: Path, values: dict[str, Any]) -> None:
    """Write a page with front matter that both programs read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{json.dumps(values, ensure_ascii=False)}\n---\nx\n", "utf-8")


def jekyll_site(root: Path, style: str, count: int, choice: random.Random) -> None:
    """Write a site in which names stand wherever Jekyll looks."""
    folders = ("_posts", "a/B c/_posts", "_posts/sub.x", "_recipes/s", "pages of")
    for number, name in enumerate(names(count, choice)):
        folder = folders[number % len(folders)]
        dated = f"20{number % 25:02}-{number % 12 + 1:02}-{number % 28 + 1:02}-" if "_posts" in folder else ""
        ending = choice.choice((".md", ".md", ".markdown", ".html"))
        values: dict[str, Any] = {"categories": ["News Flash", "A/B"]} if choice.random() < 0.2 else {}
        if choice.random() < 0.2:
            values["slug"] = choice.choice(("Own Slug", "a.b", "C++")) + f" {number}"
        if choice.random() < 0.1:
            values["permalink"] = choice.choice(("/p/{}", "/p/{}/", "/p/{}.html", "/p/a b {}/x")).format(number)
        write(root / folder / f"{dated}{name}{ending}", values)
        if number % 5 == 0:
            (root / "assets").mkdir(exist_ok=True)
            (root / "assets" / f"{name}.png").write_text("x")
    config = {"permalink": style, "timezone": "America/New_York", "collections": {"recipes": {"output": True}}}
    (root / "_config.yml").write_text(json.dumps(config))


def hugo_site(root: Path, config: dict[str, Any], count: int, choice: random.Random) -> None:
    """Write a site of pages in two sections, with slugs, URLs and dates here and there."""
    for number, name in enumerate(names(count, choice, SIGNS.replace("%", ""))):  # Hugo's link to %41 leads to A
        values: dict[str, Any] = {"title": f"{name} t", "date": f"2020-0{number % 9 + 1}-02T03:04:05+09:00"}
        name = name.strip(" .#~")  # Hugo does not look at files that begin or end so
        if choice.random() < 0.3:
            values["slug"] = choice.choice(("A Slug", "C#+d", "é É", "a/b")) + f" {number}"
        if choice.random() < 0.1:
            values["url"] = choice.choice(("/U/{}", "/U/{}.html", "/U/{}/", "/v1.{}/x")).format(number)
        write(root / "content" / ("posts", "docs/in")[number % 2] / f"{name}.md", values)
    kinds = ["home", "section", "taxonomy", "term", "rss", "sitemap", "404"]
    (root / "hugo.json").write_text(json.dumps({"baseURL": "https://example.org/", "disableKinds": kinds} | config))


def file_of(address: str) -> str:
    """Return the file that stands at an address."""
    return (f"{address}{INDEX}" if address.endswith("/") else address).lstrip("/")


def prove_jekyll(style: str, count: int, choice: random.Random) -> Iterator[Row]:
    """Compare Jekyll's files with what hugoconv says of its site, and with what Hugo makes of the converted one."""
    with tempfile.TemporaryDirectory() as folder:
        site, old, converted, new = (Path(folder) / name for name in ("site", "old", "converted", "new"))
        jekyll_site(site, style, count, choice)
        build_jekyll(site, old)
        files = BuiltSite(old).files
        read = hugoconv.read(site, stream=True)
        said = {file_of(post.address) for post in read.posts} | {file_of(asset.address) for asset in read.assets} - {""}
        yield Row(f"Jekyll, {style}", len(files), sorted(files ^ said))
        report = hugoconv.convert(site, converted, to="hugo")
        build_hugo(converted, new)
        refused = {finding.file for finding in report.findings if finding.code == "HC502"}
        moved = {file_of(post.address) for post in read.posts if post.source.name in refused}
        yield Row(f"Jekyll -> Hugo, {style}", len(files), sorted(files - BuiltSite(new).files - moved))


def prove_hugo(name: str, config: dict[str, Any], count: int, choice: random.Random) -> Iterator[Row]:
    """Compare Hugo's files with what hugoconv says of its site."""
    with tempfile.TemporaryDirectory() as folder:
        site, built = Path(folder) / "site", Path(folder) / "built"
        hugo_site(site, config, count, choice)
        build_hugo(site, built)
        files = BuiltSite(built).files
        said = {file_of(unquote(post.address)) for post in hugoconv.read(site, stream=True).posts}
        yield Row(f"Hugo, {name}", len(files), sorted(files ^ said))


def main(arguments: list[str]) -> int:
    """Prove each style and configuration and print the table."""
    count = int(arguments[0]) if arguments else 3000
    choice = random.Random(int(arguments[1]) if len(arguments) > 1 else 1)
    rows: list[Row] = []
    for style in STYLES:
        rows += prove_jekyll(style, max(count // len(STYLES), 1), choice)
    for title, config in CONFIGURATIONS.items():
        rows += prove_hugo(title, config, max(count // len(CONFIGURATIONS), 1), choice)
    print(f"{'site':62} {'files':>6} {'wrong':>6}")
    for row in rows:
        print(f"{row.name:62} {row.asked:6,} {len(row.wrong):6,}")
        for wrong in row.wrong[:5]:
            print(f"    {wrong}")
    total = sum(len(row.wrong) for row in rows)
    print(f"{sum(row.asked for row in rows):,} files, {total:,} wrong")
    return 1 if total or not rows else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
