#!/usr/bin/env python3
"""Feed every parser with texts that hypothesis makes up: fuzz.py [--minutes 1] [--only NAME] [--list]

Each target reads a text made of its own format's words and of odd characters. A text may be refused by an error raised
on purpose; anything else is a fault, as is a text that takes longer than ten seconds. Prints the smallest such text.
Exit code 1 when one was found.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import hugoconv
from hugoconv.errors import HugoconvError
from hugoconv.frontmatter import dates
from hugoconv.frontmatter.dialects import HUGO, JEKYLL
from hugoconv.frontmatter.document import FrontMatter
from hugoconv.frontmatter.fences import Parts
from hugoconv.markup import markdown
from hugoconv.markup.anchors import anchors
from hugoconv.markup.html import to_markdown
from hugoconv.migrate.prose import missing_words
from hugoconv.report.findings import Findings
from hugoconv.systems.blogger.bodies import plain as blogger_body
from hugoconv.systems.ghost import lexical, mobiledoc
from hugoconv.systems.ghost.bodies import from_html
from hugoconv.systems.ghost.cards import Cards
from hugoconv.systems.hugo.dialect import HUGO as HUGO_BODY
from hugoconv.systems.jekyll.dialect import JEKYLL as JEKYLL_BODY
from hugoconv.systems.substack.bodies import plain as substack_body
from hugoconv.systems.wordpress import php
from hugoconv.systems.wordpress.dialect import WORDPRESS

Target = Callable[[str], object]

BATCH = 200
"""How many texts are tried between two looks at the clock."""
PATIENCE = 10
"""How many seconds of processor time a text may take."""

_WORDS: dict[str, list[str]] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
"""The words of each format, and characters that are odd in all of them."""


def _front_matter(syntax: str) -> Target:
    def read(text: str) -> None:
        for dialect in (HUGO, JEKYLL):
            front_matter = FrontMatter(text, syntax, dialect=dialect)
            front_matter.check()
            front_matter.set("fuzz", "x")
            if front_matter["fuzz"] != "x":
                raise AssertionError("the edit is not read back")

    return read


def _fences(text: str) -> None:
    for dialect in (HUGO, JEKYLL):
        parts: Parts = dialect.split(text)
        if parts.opening + parts.matter + parts.closing + parts.body != text:
            raise AssertionError("the parts are not the text")


def _markdown(text: str) -> None:
    length = len(text)
    for reference in markdown.references(text):
        if not 0 <= reference.start <= reference.end <= length:
            raise AssertionError("a span outside of the text")
    markdown.code_regions(text)
    anchors(text, "markdown")
    if missing_words(text, "hugo", text, "hugo"):
        raise AssertionError("a text lacks its own words")


def _body(dialect: hugoconv.model.BodyDialect) -> Target:
    def read(text: str) -> None:
        for construct in dialect.scan(text):
            if not 0 <= construct.start <= construct.end <= len(text):
                raise AssertionError("a span outside of the text")
        dialect.references(text)

    return read


def _site(system: str, to: str) -> Target:
    names = {"hugo": ("hugo.toml", "content/p.md"), "jekyll": ("_config.yml", "_posts/2020-01-02-p.md")}

    def convert(text: str) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            config, post = names[system]
            (folder / "old" / post).parent.mkdir(parents=True)
            (folder / "old" / config).write_text("")
            data = f"---\ntitle: T\n---\n{text}".encode("utf-8", "surrogatepass")
            (folder / "old" / post).write_bytes(data)
            report = hugoconv.convert(folder / "old", folder / "new", from_=system, to=to)
            _no_fault(report.findings)

    return convert


def _configuration(system: str, name: str) -> Target:
    post = {"hugo": "content/p.md", "jekyll": "_posts/2020-01-02-p.md"}[system]

    def convert(text: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            old = Path(folder) / "old"
            (old / post).parent.mkdir(parents=True)
            (old / post).write_text("---\ntitle: T\n---\nText.\n")
            (old / name).write_text(text, encoding="utf-8", errors="replace")
            for to in ("hugo", "jekyll"):
                _no_fault(hugoconv.convert(old, Path(folder) / to, from_=system, to=to).findings)

    return convert


def _notes(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        old = Path(folder) / "old"
        old.mkdir()
        (old / "a.md").write_text(text, encoding="utf-8", errors="replace")
        (old / "b.md").write_text("# B\n")
        _no_fault(hugoconv.convert(old, Path(folder) / "new", from_="markdown", to="hugo").findings)


def _dump(text: str) -> None:
    """Read a dump with the text in the place of each value of a post in turn."""
    try:
        value = json.loads(text)
    except ValueError:
        value = text
    with tempfile.TemporaryDirectory() as folder:
        posts, old = Path(folder) / "dump" / "posts.jsonl", Path(folder) / "old"
        old.mkdir()
        (old / "a.md").write_text("---\ntitle: T\ntags: [x]\n---\nText.\n")
        posts.parent.mkdir()
        hugoconv.convert(old, posts, from_="hugo", to="jsonl")
        post = json.loads(posts.read_text())
        posts.write_text("".join(json.dumps(post | {key: value}) + "\n" for key in post) + json.dumps(value) + "\n")
        _no_fault(hugoconv.convert(posts, Path(folder) / "new", from_="jsonl", to="hugo").findings)


def _export(text: str) -> None:
    spaces = 'xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    start = f'<?xml version="1.0"?><rss {spaces}><channel><wp:wxr_version>1.2</wp:wxr_version><item>'
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "e.xml"
        file.write_text(start + text, encoding="utf-8", errors="replace")
        _no_fault(hugoconv.convert(file, Path(name) / "new", from_="wordpress", to="hugo").findings)


def _export_of(system: str, name: str, start: str) -> Target:
    def convert(text: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / name
            file.write_text(start + text, encoding="utf-8", errors="replace")
            _no_fault(hugoconv.convert(file, Path(folder) / "new", from_=system, to="hugo").findings)

    return convert


_BLOGGER = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:blogger="http://schemas.google.com/blogger/2018">'
    "<entry><blogger:type>POST</blogger:type>"
)
_SUBSTACK = "post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url\n1.a,"
_MEDIUM = '<article class="h-entry"><h1 class="p-name">T</h1><section class="e-content">'


def _ghost(text: str) -> None:
    for read in (lexical.to_html, mobiledoc.to_html, from_html):
        read(text, Cards())


def _no_fault(findings: Findings) -> None:
    fault = next((finding for finding in findings if finding.code == "HC601"), None)
    if fault is not None:
        raise AssertionError(str(fault))


def _dates(text: str) -> None:
    dates.parse_iso(text)
    for dialect in (HUGO, JEKYLL):
        dialect.parse_date(text)


TARGETS: dict[str, tuple[str, Target]] = {
    "yaml": ("yaml", _front_matter("yaml")),
    "toml": ("toml", _front_matter("toml")),
    "json": ("json", _front_matter("json")),
    "org": ("org", _front_matter("org")),
    "fences": ("yaml", _fences),
    "dates": ("date", _dates),
    "markdown": ("markdown", _markdown),
    "html": ("html", lambda text: to_markdown(text, Findings().at("fuzz"))),
    "hugo bodies": ("hugo", _body(HUGO_BODY)),
    "jekyll bodies": ("jekyll", _body(JEKYLL_BODY)),
    "wordpress bodies": ("wordpress", _body(WORDPRESS)),
    "php": ("php", php.unserialize),
    "hugo to jekyll": ("hugo", _site("hugo", "jekyll")),
    "jekyll to hugo": ("jekyll", _site("jekyll", "hugo")),
    "exports": ("xml", _export),
    "hugo configurations": ("hugo configuration", _configuration("hugo", "hugo.toml")),
    "jekyll configurations": ("jekyll configuration", _configuration("jekyll", "_config.yml")),
    "notes": ("notes", _notes),
    "dumps": ("dump", _dump),
    "ghost bodies": ("ghost", _ghost),
    "blogger exports": ("feed", _export_of("blogger", "e.atom", _BLOGGER)),
    "feeds": ("feed", _export_of("rss", "e.xml", '<rss version="2.0"><channel><link>https://a.example</link>')),
    "substack exports": ("table", _export_of("substack", "posts.csv", _SUBSTACK)),
    "substack bodies": ("house html", lambda text: substack_body(text, Counter())),
    "blogger bodies": ("house html", blogger_body),
    "medium exports": ("house html", _export_of("medium", "e.html", _MEDIUM)),
    "ghost exports": ("ghost", _export_of("ghost", "e.json", '{"data": {"posts": [{"slug": "a", "html": "x"}')),
}
"""Each parser by name: the words of its format, and what reads a text."""


def texts(words: str) -> st.SearchStrategy[str]:
    """Return texts of a format's words, odd characters and plain letters."""
    piece = st.one_of(st.sampled_from(_WORDS[words]), st.sampled_from(_WORDS["odd characters"]), st.text(max_size=5))
    return st.lists(piece, max_size=40).map("".join)


def fuzz(name: str, seconds: float) -> str:
    """Feed one target for so many seconds; returns what went wrong, "" when nothing did."""
    words, read = TARGETS[name]
    end = time.monotonic() + seconds
    tried = 0

    @settings(
        max_examples=BATCH,
        deadline=None,  # which counts seconds of the clock, also those in which others were at work
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(texts(words))
    def feed(text: str) -> None:
        nonlocal tried
        tried += 1
        began = time.process_time()
        try:
            read(text)
        except HugoconvError:
            pass
        if time.process_time() - began > PATIENCE:
            raise AssertionError(f"it took more than {PATIENCE} seconds of processor time")

    while time.monotonic() < end:
        try:
            feed()
        except Exception:
            return traceback.format_exc(limit=-4)
    print(f"{name:20} {tried:9,} texts in {seconds:.0f} s", flush=True)
    return ""


def main(arguments: list[str]) -> int:
    """Feed the targets in turn."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=1.0, help="for each target")
    parser.add_argument("--only", choices=TARGETS, action="append")
    parser.add_argument("--list", action="store_true")
    chosen = parser.parse_args(arguments)
    if chosen.list:
        print("\n".join(TARGETS))
        return 0
    faults = 0
    for name in chosen.only or TARGETS:
        said = fuzz(name, chosen.minutes * 60)
        if said:
            faults += 1
            print(f"{name}: FAULT\n{said}", flush=True)
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
