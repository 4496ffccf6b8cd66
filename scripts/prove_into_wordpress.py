"""Prove that whole sites become exports that WordPress takes: scripts/prove_into_wordpress.py [-v] SITE...

Each Hugo or Jekyll site is converted. The export is read by Python's own XML parser, not by hugoconv's reader, and
checked against what WordPress's importer asks for. Then each body, shortcodes and Liquid included, is compared with the
page that the real Hugo or the real Jekyll makes of the same post with bare layouts: the words that either shows and the
other does not count as different. The last column leaves out the posts about whose text the conversion reported
something. -v names every page that differs. Exit code 1 when an export is refused by a check, a site does not build, or
less than 99.5 % of the words in the last column are the same.
"""

from __future__ import annotations

import re
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from built_sites import BuildError, build_jekyll, build_old_hugo
from prove_hugo_and_back import shown
from prove_sites import EXPLAINED_BY, file_of

import hugoconv
from hugoconv.migrate.built import BuiltSite
from hugoconv.migrate.pages import NOT_RENDERED, Share, content
from hugoconv.model import Post
from hugoconv.report.report import Report

WP = "{http://wordpress.org/export/1.2/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
SOURCE = "hugoconv_source"
ENOUGH = 99.5
MENU_FIELDS = frozenset(
    {
        *("_menu_item_type", "_menu_item_menu_item_parent", "_menu_item_object_id", "_menu_item_object"),
        *("_menu_item_target", "_menu_item_classes", "_menu_item_xfn", "_menu_item_url"),
    }
)
_STATUSES = frozenset({"publish", "draft", "pending", "private", "future", "inherit"})
_DATE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
BUILD: dict[str, Callable[[Path, Path], object]] = {"jekyll": build_jekyll, "hugo": build_old_hugo}


def faults(export: Path) -> list[str]:
    """Return what WordPress's importer would refuse, drop or take for something else in an export."""
    root = ET.parse(export).getroot()
    channel = root.find("channel")
    assert channel is not None
    found: list[str] = []
    if not re.fullmatch(r"\d+\.\d+", channel.findtext(f"{WP}wxr_version", "")):
        found.append("no valid wp:wxr_version")
    text = export.read_text(encoding="utf-8")
    for name in ("title", "content:encoded", "excerpt:encoded", "wp:post_name", "wp:meta_value", "wp:comment_content"):
        bare = re.search(rf"^\t\t(?:<wp:\w+>)*<{name}>(?!<!\[CDATA\[)", text, re.MULTILINE)
        if bare:
            found.append(f"{name} without CDATA")
    found += _channel_faults(channel)
    found += _item_faults(channel)
    return found


def _channel_faults(channel: ET.Element) -> Iterable[str]:
    names = (("category", "category_nicename", "category_parent"), ("term", "term_slug", "term_parent"))
    for element, slug, parent in names:
        seen: set[tuple[str, str]] = set()
        for term in channel.findall(f"{WP}{element}"):
            taxonomy = term.findtext(f"{WP}term_taxonomy", element)
            key = (taxonomy, term.findtext(f"{WP}{slug}", ""))
            above = term.findtext(f"{WP}{parent}", "")
            if key in seen:
                yield f"the term {key} stands twice"
            if above and (taxonomy, above) not in seen:
                yield f"the parent of the term {key} does not stand before it"
            seen.add(key)


def _item_faults(channel: ET.Element) -> Iterable[str]:
    logins = {author.findtext(f"{WP}author_login") for author in channel.findall(f"{WP}author")}
    menus = {term.findtext(f"{WP}term_slug") for term in channel.findall(f"{WP}term")}
    ids: Counter[str] = Counter()
    same: Counter[tuple[str, str, str]] = Counter()
    comments: Counter[int] = Counter()
    parents: list[tuple[str, str]] = []
    for item in channel.findall("item"):
        value = {child.tag: child.text or "" for child in item}
        identifier, kind = value.get(f"{WP}post_id", ""), value.get(f"{WP}post_type", "")
        name = f"{kind} {identifier}"
        ids[identifier] += 1
        for needed in ("post_id", "post_type", "status", "comment_status", "ping_status", "post_date", "post_date_gmt"):
            if not value.get(f"{WP}{needed}"):
                yield f"{name}: no wp:{needed}"
        if not value.get("guid"):
            yield f"{name}: no guid"
        for date in ("post_date", "post_date_gmt"):
            if not _DATE.fullmatch(value.get(f"{WP}{date}", "")):
                yield f"{name}: {date} is {value.get(f'{WP}{date}')!r}"
        if value.get(f"{WP}status") not in _STATUSES:
            yield f"{name}: status {value.get(f'{WP}status')!r}"
        date, title = value.get(f"{WP}post_date", ""), (value.get("title") or "").casefold().strip()
        if not date.startswith("0000"):
            same[kind, date, title] += 1
        parents.append((name, value.get(f"{WP}post_parent", "0")))
        meta = {
            each.findtext(f"{WP}meta_key", ""): each.findtext(f"{WP}meta_value", "")
            for each in item.findall(f"{WP}postmeta")
        }
        yield from (f"{name}: {key} counts its bytes wrong" for key, text in meta.items() if not _is_sound(text))
        for term in item.findall("category"):
            if not term.get("nicename") or not term.get("domain"):
                yield f"{name}: a term without slug or taxonomy"
        if kind == "nav_menu_item":
            if not meta.keys() >= MENU_FIELDS:
                yield f"{name}: a menu entry without {MENU_FIELDS - meta.keys()}"
            yield from (
                f"{name}: its menu is not in the export"
                for term in item.findall("category")
                if term.get("nicename") not in menus
            )
        elif kind == "attachment" and not value.get(f"{WP}attachment_url"):
            yield f"{name}: no attachment_url"
        elif value.get("{http://purl.org/dc/elements/1.1/}creator") not in {None, "", *logins}:
            yield f"{name}: its author is not in the export"
        for comment in item.findall(f"{WP}comment"):
            number, above = (int(comment.findtext(f"{WP}comment_{each}", "0")) for each in ("id", "parent"))
            comments[number] += 1
            if above >= number:
                yield f"{name}: the comment {number} stands before the one it answers"
    yield from (f"the id {identifier} is given {count} times" for identifier, count in ids.items() if count > 1)
    yield from (f"{key} is there {count} times, so one is lost" for key, count in same.items() if count > 1)
    yield from (f"the comment {number} is there {count} times" for number, count in comments.items() if count > 1)
    yield from (
        f"{name}: its parent {parent} is not in the export"
        for name, parent in parents
        if parent != "0" and parent not in ids
    )


def _is_sound(text: str) -> bool:
    """Return whether each string of a serialised value is as long as it says, in bytes."""
    if not re.match(r"a:\d+:\{", text):
        return True
    data = text.encode()
    for match in re.finditer(rb's:(\d+):"', data):
        end = match.end() + int(match[1])
        if data[end : end + 2] != b'";':
            return False
    return True


def marked(post: Post) -> Post:
    """Write the name of a post's file into it, so that its item can be told."""
    if not post.unreadable and (post.front_matter.matter or post.closing):
        post.front_matter.set(SOURCE, post.source.name)
    return post


def contents(export: Path) -> dict[str, str]:
    """Return the bodies in an export as WordPress shows them, by the names of the files they come from."""
    found = {}
    for item in ET.parse(export).getroot().findall("channel/item"):
        meta = {
            each.findtext(f"{WP}meta_key"): each.findtext(f"{WP}meta_value") or ""
            for each in item.findall(f"{WP}postmeta")
        }
        if SOURCE in meta:
            found[meta[SOURCE] or ""] = shown(item.findtext(CONTENT) or "", meta.get("footnotes", ""))
    return found


@dataclass
class Row:
    """What became of one site."""

    posts: int
    faults: list[str]
    compared: int = 0
    all_posts: Share = field(default_factory=Share)
    unreported: Share = field(default_factory=Share)
    """The words of posts about whose text nothing was reported."""
    different: list[tuple[int, str, str]] = field(default_factory=list)
    """How many words differ, in which file, and the codes of what was reported about its text."""


def prove(site: Path, folder: Path) -> Row:
    """Convert one site into an empty folder and compare it with itself as its own program builds it."""
    export = folder / "export.xml"
    report = hugoconv.convert(site, export, to="wordpress", transforms=[marked])
    row = Row(report.posts, faults(export))
    BUILD[report.from_name](site, folder / "old")
    told = reported(report)
    made = contents(export)
    read = hugoconv.read(site, stream=True)
    old = BuiltSite(folder / "old", urlsplit(read.info.base_url).path)
    for post in read.posts:
        page = file_of(post.address) if post.address else ""  # Hugo may be told to write none
        if post.source.name not in made or page not in old.files or NOT_RENDERED in old.text(page):
            continue
        was = content(old.text(page), page).words
        now = content(f"<main>{made[post.source.name]}</main>", page).words
        codes = told.get(post.source.name, set())
        row.compared += 1
        row.all_posts.add(was, now)
        if not codes:
            row.unreported.add(was, now)
        if was != now:
            row.different.append(
                (((was | now) - (was & now)).total(), post.source.name, " ".join(sorted(codes)) or "nothing")
            )
    row.different.sort(reverse=True)
    return row


def reported(report: Report) -> dict[str, set[str]]:
    """Return what was reported about the texts of posts: the codes by file."""
    found: dict[str, set[str]] = {}
    for finding in report.findings:
        if finding.code.startswith(EXPLAINED_BY["words"]) and finding.severity != "info":
            found.setdefault(finding.file, set()).add(finding.code)
    return found


def main(arguments: Sequence[str]) -> int:
    """Convert and compare each site; print a row for each, then the sum."""
    everything = "-v" in arguments
    failed = False
    total = Row(0, [])
    print(f"{'site':20}  posts faults compared    words  same %   words* same* %")
    for name in (Path(argument) for argument in arguments if argument != "-v"):
        with tempfile.TemporaryDirectory() as folder:
            try:
                row = prove(name, Path(folder))
            except BuildError as error:
                print(f"{name.name}: does not build: {error}")
                failed = True
                continue
        failed = failed or bool(row.faults) or row.unreported.percent < ENOUGH
        _print(name.name, row, everything)
        total.posts, total.compared = total.posts + row.posts, total.compared + row.compared
        total.faults += row.faults
        for all_words, words in ((total.all_posts, row.all_posts), (total.unreported, row.unreported)):
            all_words.same, all_words.total = all_words.same + words.same, all_words.total + words.total
    _print("all", total, everything)
    print("words*: of the posts about whose text the conversion had nothing to report")
    return 1 if failed else 0


def _print(name: str, row: Row, everything: bool) -> None:
    shares = "".join(f" {share.total:8,} {share.percent:7.2f}" for share in (row.all_posts, row.unreported))
    print(f"{name[:20]:20} {row.posts:6,} {len(row.faults):6,} {row.compared:8,}{shares}", flush=True)
    for fault in row.faults[: None if everything else 5]:
        print(f"  {fault}")
    for count, file, codes in row.different if everything else row.different[:3]:
        print(f"  {file}: {count} words differ; reported: {codes}")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
