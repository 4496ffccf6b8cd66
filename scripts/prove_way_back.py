#!/usr/bin/env python3
"""Convert sites to the other system and back, and compare with what they were: prove_way_back.py [-v] SITE...

A SITE is a Hugo or a Jekyll site, or a folder of them. With the manifest of the first conversion every file must come
back byte for byte. Without it every post must come back with the same values in the same order, the same comments,
address and words; a post that does not counts as named when a finding of its kind explains each difference. -v names
the posts.
Where the text of a post is written otherwise than it was, what counts is what readers see: both sites are built by the
real program with bare layouts, and the words of the two pages compared, with its headings' ids, links and pictures.
A text of Hugo's that is on no page, for other pages include it, is built and compared like one: its source has words
that nobody sees, those of shortcodes. A text without title and address is found again by its words.
Exit code 1 when a byte differs, or a post without a finding.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from functools import cached_property, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from built_sites import BuildError, build_old_hugo
from corpora import sources
from prove_identity import digests
from prove_sites import BUILD_OLD, OTHER, files_of

import hugoconv
from hugoconv.fields import FieldError
from hugoconv.frontmatter.dates import Moment
from hugoconv.markup.likeness import visible_words
from hugoconv.markup.render import to_html
from hugoconv.migrate.counterparts import PostSummary, counterparts, summary_of
from hugoconv.migrate.manifest import Manifest
from hugoconv.migrate.pages import KINDS, NOT_RENDERED, PageContent, content
from hugoconv.model import Post, Site
from hugoconv.report.report import Report
from hugoconv.systems.hugo.translation import Translation
from hugoconv.visibility import shown_as

SHOWN_OTHERWISE = ("HC30", "HC31", "HC341", "HC342", "HC343")
"""What readers may see otherwise; a program that was run (HC317) and a call of a stub (HC340) show the same twice."""
SHOW_THE_SAME = frozenset({"HC305", "HC308", "HC317", "HC320", "HC340"})
EXPLAINED_BY: tuple[tuple[frozenset[str], tuple[str, ...]], ...] = (
    (frozenset({"words", "ids"}), SHOWN_OTHERWISE),
    (frozenset({"links", "images"}), (*SHOWN_OTHERWISE, "HC4", "HC5")),
    (frozenset({"image"}), ("HC2", "HC4")),
    (frozenset({"address", "old"}), ("HC5",)),
    (frozenset({"missing"}), ("HC1", "HC6")),
)
"""The findings that can explain a difference, by its first word: how their codes begin."""
WITH_DRAFTS = {"jekyll": ("--drafts", "--unpublished", "--future"), "hugo": ("-D", "-E", "-F")}
"""Arguments with which a program builds the pages too that nobody is to see."""
FRONT_MATTER = ("HC2",)
"""Those that explain a difference in any other field or value."""


class Rendered:
    """The pages of a site as its own program builds them with bare layouts; built when the first is asked for."""

    def __init__(self, source: Path, system: str, folder: Path) -> None:
        self.source = source
        self.system = system
        self.folder = folder
        self.site = hugoconv.read(source, system)
        self._base = urlsplit(self.site.info.base_url)

    @cached_property
    def error(self) -> str:
        """What the program stopped at, "" when the site builds."""
        return self._built(self.folder)

    @cached_property
    def _hidden_error(self) -> str:
        return self._built(self._hidden_folder, *WITH_DRAFTS[self.system])

    @property
    def _hidden_folder(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}-drafts")

    def _built(self, folder: Path, *arguments: str) -> str:
        try:
            BUILD_OLD[self.system](self.source, folder, *arguments)
        except (BuildError, FileNotFoundError) as error:
            return str(error)
        return ""

    def page(self, address: str, is_hidden: bool) -> PageContent | None:
        """Return what stands on the page of an address; None when there is none, or the program could not render it.

        A hidden page is on the site that has the drafts too, on which lists show more than readers see.
        """
        if not address or (self._hidden_error if is_hidden else self.error):
            return None
        folder = self._hidden_folder if is_hidden else self.folder
        name = next((name for name in files_of(address) if (folder / name).is_file()), "")
        text = (folder / name).read_text("utf-8", "replace") if name else NOT_RENDERED
        if NOT_RENDERED in text:
            return None
        page = content(text, name, self._base.path.rstrip("/"))
        return replace(page, links=Counter(self._led_to(link) for link in page.links.elements()))

    def text(self, post: Post) -> PageContent | None:
        """Return what Hugo makes of a text that is on no page; None when it does not know it as one of the site."""
        file = self._text_folder / self._texts.get(post.source.label, "-")
        return content(file.read_text("utf-8", "replace"), file.name) if file.is_file() else None

    @property
    def _text_folder(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}-texts")

    @cached_property
    def _texts(self) -> dict[str, str]:
        """The files with what Hugo makes of the texts that are on no page, by the names of those."""
        if self.system != "hugo":
            return {}
        pages = {
            post.source.label: f"/{translate.path.removesuffix('/_index')}"
            for post in self.site.posts
            if not post.address and isinstance(translate := post.translate, Translation)
        }
        files = {label: f"texts/{number}.html" for number, label in enumerate(pages)}
        try:
            texts = {page: files[label] for label, page in pages.items()}
            build_old_hugo(self.source, self._text_folder, *WITH_DRAFTS["hugo"], texts=texts)
        except (BuildError, FileNotFoundError):
            return {}
        return files

    @cached_property
    def _redirects(self) -> dict[str, str]:
        return {_bare(old): _bare(post.address) for post in self.site.posts for old in post.old_addresses}

    def _led_to(self, link: str) -> str:
        """Return where a link's reader ends: with or without the site's own host, by way of an old address or not."""
        parts = urlsplit(link)
        if parts.netloc not in ("", self._base.netloc) or parts.scheme not in ("", "http", "https"):
            return link
        path = _bare(parts.path)
        return urlunsplit(("", "", self._redirects.get(path, path), parts.query, parts.fragment))


@dataclass
class Row:
    """What became of one site: files that came back, posts that came back equal, and those that did not, by name."""

    name: str
    way: str
    files: int = 0
    other_files: list[str] = field(default_factory=list)
    posts: int = 0
    equal: int = 0
    named: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """The posts that came back otherwise, by the code of the finding that says why."""
    unnamed: list[str] = field(default_factory=list)
    not_built: list[str] = field(default_factory=list)
    """What stopped the program where pages had to be compared; their texts were compared instead."""


def prove(site: Path, system: str, folder: Path) -> Row:
    """Convert one site there and back, with the manifest and without it, below an empty folder."""
    other = OTHER[system]
    row = Row(site.name, f"{system} -> {other} -> {system}")
    there = hugoconv.convert(site, folder / "there", to=other)
    hugoconv.convert(folder / "there", folder / "back", to=system)
    old, new = digests(site), digests(folder / "back")
    row.files = len(old)
    row.other_files = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    shutil.rmtree(folder / "there" / ".hugoconv")
    again = hugoconv.convert(folder / "there", folder / "without", from_=other, to=system)
    known, known_there = _codes(there), _codes(again, Manifest(folder / "without"))
    was, now = Rendered(site, system, folder / "old-pages"), Rendered(folder / "without", system, folder / "new-pages")
    _compare(was, now, known, known_there, row)
    return row


def _codes(report: Report, manifest: Manifest | None = None) -> dict[str, set[str]]:
    """Return the codes of what a report said, by the file it was about and by what was made of that file."""
    codes: dict[str, set[str]] = {}
    for finding in report.findings:
        for name in finding.files or (finding.file,):
            codes.setdefault(name, set()).add(finding.code)
    made = manifest.made if manifest else {}
    return codes | {path: codes[each.source] for path, each in made.items() if each.source in codes}


def explaining(differ: Sequence[str], codes: set[str]) -> set[str]:
    """Return the codes that explain why a post came back otherwise; none when one of the differences has none."""
    found: set[str] = set()
    for difference in differ:
        kind = difference.partition(" ")[0]
        families = next((families for kinds, families in EXPLAINED_BY if kind in kinds), FRONT_MATTER)
        named = {code for code in codes - SHOW_THE_SAME if code.startswith(families)}
        if not named:
            return set()
        found |= named
    return found


def _compare(
    old: Rendered, new: Rendered, known: dict[str, set[str]], known_there: dict[str, set[str]], row: Row
) -> None:
    was = {post.source.label: post for post in old.site.posts if not post.unreadable}
    now = {post.source.label: post for post in new.site.posts if not post.unreadable}
    row.posts = len(was)
    words_of_old, words_of_new = (partial(_words_by_label, posts) for posts in (was, now))
    summaries = _summaries(was, old.site), _summaries(now, new.site)
    for summary, counterpart in counterparts(*summaries, words_of_old, words_of_new):
        post = was[summary.label]
        differ = ["missing"]
        if counterpart:
            back = now[counterpart.label]
            differ = [*_differences(post, back, old.site.info.zone), *_seen_differences(post, back, old, new)]
        codes = known.get(summary.label, set()) | known_there.get(counterpart.label if counterpart else "", set())
        if not differ:
            row.equal += 1
        elif named := explaining(differ, codes):
            row.named[min(named)].append(f"{summary.label}: {', '.join(differ)}")
        else:
            row.unnamed.append(f"{summary.label}: {', '.join(differ)}")
    row.not_built = [pages.error for pages in (old, new) if "error" in vars(pages) and pages.error]


def _words_by_label(posts: dict[str, Post], summary: PostSummary) -> str:
    return posts[summary.label].body.text.strip()


def _summaries(posts: dict[str, Post], site: Site) -> list[PostSummary]:
    return [summary_of(post, site.info, number, site.info.taxonomies) for number, post in enumerate(posts.values())]


def _differences(old: Post, new: Post, zone: tzinfo) -> Iterator[str]:
    for name in old.keys.names():
        if name in ("url", "aliases", "slug"):
            continue  # which the address answers for
        was, now = _value(old, name, zone), _value(new, name, zone)
        if was != now:
            yield f"{name} ({was!r} -> {now!r})"
    data, data_now = _plain(old), _plain(new)
    if data != data_now:
        changed = sorted(key for key in data.keys() | data_now.keys() if data.get(key) != data_now.get(key))
        yield f"values of {', '.join(changed)}"
    elif list(data) != list(data_now):
        yield "order"
    if _comments(old) != _comments(new):
        yield "comments"
    is_nowhere = not old.address and new.status != "published"
    if _bare(old.address) != _bare(new.address) and not is_nowhere:
        yield f"address ({old.address} -> {new.address})"
    if {*map(_bare, old.old_addresses)} - {*map(_bare, new.old_addresses), _bare(new.address)}:
        yield "old addresses"


def _seen_differences(old: Post, new: Post, old_pages: Rendered, new_pages: Rendered) -> Iterator[str]:
    """Yield what readers see otherwise; of a post that is on no page, whether its text has other words."""
    if old.body.text == new.body.text:
        return
    is_hidden = "published" not in (shown_as(old, old_pages.site.info.zone), shown_as(new, new_pages.site.info.zone))
    was, now = old_pages.page(old.address, is_hidden), new_pages.page(new.address, is_hidden)
    if not (old.address or new.address):
        was, now = old_pages.text(old), new_pages.text(new)
    if was is None or now is None:
        if _words(old) != _words(new):
            yield "words"
        return
    for kind in KINDS:
        before, after = getattr(was, kind), getattr(now, kind)
        if before != after:
            lost, added = ([*(one - other)][:3] for one, other in ((before, after), (after, before)))
            yield f"{kind} ({lost} -> {added})"


def _bare(address: str) -> str:
    return address.removesuffix("index.html").rstrip("/")


def _value(post: Post, name: str, zone: tzinfo) -> Any:
    try:
        if name.startswith("terms."):
            return tuple(str(term) for term in post.terms.get(name.removeprefix("terms."), ()))
        value = getattr(post, name)
    except FieldError:
        return None
    if isinstance(value, Moment):
        moment = value.value if value.has_zone or value.precision == "day" else value.value.replace(tzinfo=zone)
        return moment.isoformat()
    return value or None


def _plain(post: Post) -> dict[str, Any]:
    """Return the values that are data to the system, in their order."""
    rows = (post.keys.row(name) for name in post.keys.names())
    known = {key.lower() for row in rows if row for key in row.keys} | {"lang"}  # which the file's name says in Hugo
    written = dict(post.front_matter)
    above = {key: value for key, value in post.extra.get("defaults", {}).items() if key not in written}
    return {key: str(value) for key, value in (written | above).items() if key.lower() not in known}


def _comments(post: Post) -> Counter[str]:
    notes = post.front_matter.notes().values()
    lines = (line for note in notes for line in (*note.above, note.beside, *note.after))
    return Counter(line.strip() for line in lines if line is not None)


def _words(post: Post) -> list[str]:
    return visible_words(to_html(post.body.text))


def main(arguments: Sequence[str]) -> int:
    """Prove each site and print the table."""
    everything = "-v" in arguments
    print(f"{'site':24} {'way':26} {'files':>6} {'bytes':>7} {'posts':>6} {'equal':>7} {'named':>6} {'other':>6}")
    rows: list[Row] = []
    for path in (Path(argument) for argument in arguments if argument != "-v"):
        for site, system in sources(path, *OTHER):
            with tempfile.TemporaryDirectory() as folder:
                row = prove(site, system, Path(folder))
            rows.append(row)
            _print(row, None if everything else 5)
    bad = [row for row in rows if row.other_files or row.unnamed]
    print(f"{len(rows):,} sites, {sum(row.files for row in rows):,} files, {sum(row.posts for row in rows):,} posts")
    print("bytes: files that came back with the manifest, byte for byte; equal: posts that came back without it, in")
    print("percent; named: posts that did not, with a finding that says so; other: posts that did not, without one")
    return 1 if bad or not rows else 0


def _print(row: Row, limit: int | None) -> None:
    came = 100 * (row.files - len(row.other_files)) / row.files if row.files else 100.0
    equal = 100 * row.equal / row.posts if row.posts else 100.0
    named = sum(map(len, row.named.values()))
    counts = f"{row.posts:6,} {equal:7.2f} {named:6,} {len(row.unnamed):6,}"
    print(f"{row.name[:24]:24} {row.way:26} {row.files:6,} {came:7.2f} {counts}")
    for error in row.not_built:
        print(f"    does not build, so that texts were compared instead of pages: {error}")
    for code, posts in sorted(row.named.items(), key=lambda item: -len(item[1])):
        print(f"    {len(posts):,} named by {code}")
        for name in posts if limit is None else ():
            print(f"        {name}")
    for name in (*row.other_files[:limit], *row.unnamed[:limit]):
        print(f"    {name}")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
