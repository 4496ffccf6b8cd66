#!/usr/bin/env python3
"""Count the items of exports without hugoconv's reader, and look for each: prove_census.py EXPORT... [--to hugo]

Every `<item>` is found by expat, or by its tags alone where a file is not well-formed. Each must be a file of the new
site (of its title, with its words), a medium that the new site's library or the report names, an entry of its menus
by its label, or counted by a finding of the report. Prints a row an export;
exit code 1 when an item is in neither.
"""

from __future__ import annotations

import argparse
import html
import re
import sys
import tempfile
import tomllib
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.parsers import expat

import yaml
from corpora import sources

import hugoconv
from hugoconv.errors import HugoconvError
from hugoconv.report.report import Report

SHOWN = 5
ENOUGH = 0.9
"""The share of an item's words that a file must have to be made of it; `check` is what looks at every word."""
FIELDS = ("title", "wp:post_type", "wp:status", "wp:post_name", "content:encoded", "wp:attachment_url", "guid")
KNOWN_BY = 4
"""So many words tell an item from others."""
_OF_MENUS = ("nav_menu_item", "wp_navigation")
ONE_OF = {"HC103", "HC109", "HC601", "HC602"}
"""Findings about one item, at a line of it."""
COUNTED = re.compile(r"([\d,]+) items? of type (\S+)")
_ITEM = re.compile(rb"<item>(.*?)</item>", re.DOTALL)
_WORD = re.compile(r"[^\W_]+")
_BUTTON = r'<a [^<>]*class="[^"<>]*wp-block-file__button[^<>]*>.*?</a>'
"""What says a second time what the link of a file block says."""
_IN_WORDS = re.compile(r"</?(?:span|font|big|small|u)\b[^<>]*>", re.IGNORECASE)
"""Tags that Markdown leaves out, so that the letters around them are one word."""
_NOT_WORDS = re.compile(_BUTTON + r"|<!--.*?-->|<[^<>]*>|\[/?[a-z][^\[\]]*\]|https?://\S+", re.DOTALL | re.IGNORECASE)


@dataclass
class Item:
    """What an item says, as it is written."""

    title: str = ""
    type: str = ""
    status: str = ""
    slug: str = ""
    content: str = ""
    file: str = ""
    """The name of a medium's file."""
    line: int = 0
    is_damaged: bool = False
    """Whether it was found by its tags alone, so that its title may be read otherwise."""

    @property
    def words(self) -> Counter[str]:
        """The words of its text, without tags, shortcodes and addresses."""
        return Counter(
            word.casefold()
            for word in _WORD.findall(html.unescape(_NOT_WORDS.sub(" ", _IN_WORDS.sub("", self.content))))
        )


@dataclass
class Row:
    """One export: how many items it has of each type, and those that are nowhere."""

    name: str
    items: int = 0
    pages: int = 0
    menus: int = 0
    named: int = 0
    library: int = 0
    missing: list[str] = field(default_factory=list)
    refused: str = ""


def items_in(data: bytes) -> list[Item]:
    """Return the items of an export."""
    try:
        return list(_by_expat(data))
    except expat.ExpatError:
        return [_by_tags(data, match) for match in _ITEM.finditer(data)]


def _by_expat(data: bytes) -> list[Item]:
    found: list[Item] = []
    inside: list[str] = []
    parser = expat.ParserCreate()
    values: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        inside.append(name)
        if name == "item":
            values.clear()
            values["line"] = str(parser.CurrentLineNumber)

    def end(name: str) -> None:
        inside.pop()
        if name == "item":
            found.append(_item(values))

    def text(data: str) -> None:
        if len(inside) > 1 and inside[-2] == "item" and inside[-1] in FIELDS:
            values[inside[-1]] = values.get(inside[-1], "") + data

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.Parse(data, True)
    return found


def _by_tags(data: bytes, match: re.Match[bytes]) -> Item:
    text = match[1].decode("utf-8", "replace")
    values = {"line": str(data.count(b"\n", 0, match.start()) + 1)}
    for name in FIELDS:
        if found := re.search(rf"<{name}>(.*?)</{name}>", text, re.DOTALL):
            inner = found[1].strip()
            marked = re.fullmatch(r"<!\[CDATA\[(.*)\]\]>", inner, re.DOTALL)
            values[name] = marked[1] if marked else html.unescape(inner)
    return replace(_item(values), is_damaged=True)


def _item(values: dict[str, str]) -> Item:
    title, kind, status, slug, content, url, guid = (values.get(name, "").strip() for name in FIELDS)
    file = unquote(urlsplit(url.strip() or guid.strip()).path).rpartition("/")[2]
    return Item(title, kind, status, slug, content, file, int(values["line"]))


def _plain(title: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^<>]*>", "", html.unescape(title))).split()).casefold()


def pages_in(site: Path) -> dict[str, list[Counter[str]]]:
    """Return the words of the posts of a new site, by their titles."""
    found: defaultdict[str, list[Counter[str]]] = defaultdict(list)
    for path in sorted(site.rglob("*.*")):
        if path.suffix not in (".md", ".html") or ".hugoconv" in path.parts:
            continue
        text = path.read_text("utf-8", "replace")
        parts = re.match(r"---\n(.*?)^---\n(.*)", text, re.DOTALL | re.MULTILINE)
        if parts is None:
            continue
        values = yaml.load(parts[1], yaml.BaseLoader) or {}
        words = Counter(word.casefold() for word in _WORD.findall(html.unescape(parts[2].replace("\\", " "))))
        found[_plain(str(values.get("title", "")))].append(words)
    return found


def prove(export: Path, to: str) -> Row:
    """Convert one export, and look for each of its items."""
    row = Row(export.name)
    items = items_in(export.read_bytes())
    row.items = len(items)
    with tempfile.TemporaryDirectory() as folder:
        new = Path(folder) / "new"
        try:
            report = hugoconv.convert(export, new, from_="wordpress", to=to)
        except HugoconvError as error:
            row.refused = str(error)
            return row
        row.missing = list(_missing(items, report, pages_in(new), Elsewhere.of(new, report), row))
    return row


@dataclass
class Elsewhere:
    """What a new site and its report say outside of posts."""

    media: str
    """What names media: the library, the paths of files, the report."""
    labels: Counter[str]
    """The labels of menu entries."""
    left_out: int
    """How many menu entries the report counts as left out."""
    left_behind: int
    """How many media the report counts as left on the old host or missing."""
    lists: str
    """What the report says of menus that list pages by themselves."""

    @classmethod
    def of(cls, site: Path, report: Report) -> Elsewhere:
        """Return what a site and its report say."""
        files = [path for path in site.rglob("*") if path.is_file()]
        named = [unquote(str(path)) for path in files]
        texts = [
            path.read_text("utf-8", "replace") for path in files if path.suffix in (".json", ".md", ".toml", ".yml")
        ]
        messages = [finding.message for finding in report.findings]
        config, data = site / "hugo.toml", site / "_data" / "navigation.yml"
        menus = tomllib.loads(config.read_text("utf-8")).get("menus", {}) if config.is_file() else {}
        menus = (yaml.load(data.read_text("utf-8"), yaml.BaseLoader) or {}) if data.is_file() else menus
        labels = Counter(_plain(entry.get("name", "")) for entries in menus.values() for entry in entries)
        left_out, left_behind = _count(report, "HC231", "HC232"), _count(report, "HC402", "HC422", "HC428")
        lists = " ".join(finding.message for finding in report.findings if finding.code == "HC352")
        return cls(unquote("\n".join((*named, *texts, *messages))), labels, left_out, left_behind, lists)

    def has_medium(self, item: Item) -> bool:
        """Whether a medium is named somewhere, or is one of those that the report counts."""
        self.left_behind -= 1
        return bool(item.file and item.file in self.media) or self.left_behind >= 0

    def has_in_menus(self, item: Item) -> bool:
        """Whether an item of a menu, or a block theme's menu, is among the menus or named as left out."""
        if item.type == "nav_menu_item":
            return self.has_entry(_plain(item.title))
        return item.type == "wp_navigation" and self.has_navigation(item.content)

    def has_entry(self, title: str) -> bool:
        """Take an entry of a label, or one without a label of its own by its number alone."""
        if title and self.labels[title]:
            self.labels[title] -= 1
            return True
        if not title and self.labels.total():
            self.labels[next(label for label, count in self.labels.items() if count)] -= 1
            return True
        self.left_out -= 1
        return self.left_out >= 0

    def has_navigation(self, content: str) -> bool:
        """Whether the entries of a block theme's menu are there, or the report names it as a list of pages."""
        labels = re.findall(r'"label":"([^"]*)"', content)
        return all(_plain(label) in self.labels for label in labels) if labels else bool(self.lists)


def _count(report: Report, *codes: str) -> int:
    """Return the sum of the numbers in the findings of some codes."""
    messages = [finding.message for finding in report.findings if finding.code in codes]
    return sum(int(found[0].replace(",", "")) for each in messages if (found := re.search(r"\d[\d,]*", each)))


def _missing(
    items: list[Item], report: Report, pages: dict[str, list[Counter[str]]], elsewhere: Elsewhere, row: Row
) -> Iterator[str]:
    """Yield the items that are nowhere; those that are somewhere are counted in the row."""
    starts = sorted(item.line for item in items)
    at_line = {
        starts[bisect_right(starts, finding.line) - 1]
        for finding in report.findings
        if finding.code in ONE_OF and finding.line >= starts[0]
    }
    by_type: Counter[str] = Counter()
    for finding in report.findings:
        if finding.code == "HC108" and (said := COUNTED.search(finding.message)):
            by_type[said[2]] += int(said[1].replace(",", ""))
        if finding.code == "HC545" and (said := re.search(r"\d+", finding.message)):
            by_type["wp_block"] += int(said[0])
    # Entries without a label of their own, and items that any page could be, come last.
    for item in sorted(items, key=lambda item: (not item.title, -item.words.total())):
        kind = item.type or "post"
        if item.line in at_line:
            row.named += 1
        elif by_type[kind]:
            by_type[kind] -= 1
            row.named += 1
        elif kind == "attachment" and elsewhere.has_medium(item):
            row.library += 1
        elif elsewhere.has_in_menus(item):
            row.menus += 1
        elif kind in ("attachment", *_OF_MENUS):
            yield f"line {item.line}: {kind} {item.status} {item.title!r} {item.file or item.slug!r}"
        elif _taken(item, pages.get(_plain(item.title), [])) or (item.is_damaged and _taken_by_words(item, pages)):
            row.pages += 1
        else:
            yield f"line {item.line}: {kind} {item.status} {item.title!r} {item.slug!r}"


def _taken_by_words(item: Item, pages: dict[str, list[Counter[str]]]) -> bool:
    """Whether a page of any title has the words of an item that has enough of them to be known by."""
    return item.words.total() >= KNOWN_BY and any(_taken(item, each) for each in pages.values())


def _taken(item: Item, pages: list[Counter[str]]) -> bool:
    """Whether a page has an item's words; it is no other item's then."""
    wanted = item.words
    best = max(pages, key=lambda words: ((wanted & words).total(), -(words - wanted).total()), default=None)
    if best is None or (wanted & best).total() < ENOUGH * wanted.total():
        return False
    pages.remove(best)
    return True


def main(arguments: list[str]) -> int:
    """Look for the items of each export and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("exports", nargs="+", type=Path)
    parser.add_argument("--to", default="hugo")
    chosen = parser.parse_args(arguments)
    rows = []
    print(f"{'export':42} {'items':>7} {'pages':>7} {'library':>7} {'menus':>7} {'named':>7} {'missing':>7}")
    for path in chosen.exports:
        for export, _ in sources(path, "wordpress"):
            row = prove(export, chosen.to)
            rows.append(row)
            if row.refused:
                print(f"{row.name[:42]:42} {row.items:7,} refused: {row.refused}"[:150], flush=True)
                continue
            counts = (row.items, row.pages, row.library, row.menus, row.named, len(row.missing))
            print(f"{row.name[:42]:42} " + " ".join(f"{count:7,}" for count in counts), flush=True)
            for line in row.missing[:SHOWN]:
                print(f"    {line}", flush=True)
    total, missing = sum(row.items for row in rows), sum(len(row.missing) for row in rows)
    print(f"{len(rows)} exports, {total:,} items, {missing:,} neither in the new site nor in its report")
    return 1 if missing or not rows else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
