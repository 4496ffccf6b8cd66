"""What `fuzz.py` feeds: each parser by name, the words of its format, and what reads a text."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import hugoconv
from hugoconv.cli import config
from hugoconv.frontmatter import dates
from hugoconv.frontmatter.dialects import HUGO, JEKYLL
from hugoconv.frontmatter.document import FrontMatter
from hugoconv.frontmatter.fences import Parts
from hugoconv.markup import markdown
from hugoconv.markup.anchors import anchors
from hugoconv.markup.html import to_markdown
from hugoconv.markup.org import TooTangledError
from hugoconv.markup.org import to_html as org_to_html
from hugoconv.migrate.check import check
from hugoconv.migrate.prose import missing_words
from hugoconv.report.findings import Findings
from hugoconv.systems.blogger.bodies import plain as blogger_body
from hugoconv.systems.ghost import lexical, mobiledoc
from hugoconv.systems.ghost.bodies import from_html
from hugoconv.systems.ghost.cards import Cards
from hugoconv.systems.ghost.redirects import redirects_in
from hugoconv.systems.hugo.dialect import HUGO as HUGO_BODY
from hugoconv.systems.jekyll.dialect import JEKYLL as JEKYLL_BODY
from hugoconv.systems.substack.bodies import plain as substack_body
from hugoconv.systems.wordpress import php
from hugoconv.systems.wordpress.bodies.context import BodyContext
from hugoconv.systems.wordpress.bodies.to_markdown import body_to_markdown
from hugoconv.systems.wordpress.dialect import WORDPRESS

Target = Callable[[str], object]


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


def _org_body(text: str) -> None:
    with suppress(TooTangledError):
        to_markdown(org_to_html(text, lambda name: text if name == "a" else None).html, Findings().at("fuzz"))


def _html_references(text: str) -> None:
    for reference in markdown.html_references(text):
        if not 0 <= reference.start <= reference.end <= len(text):
            raise AssertionError("a span outside of the text")


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
    value = _value(text)
    with tempfile.TemporaryDirectory() as folder:
        posts = _dumped(Path(folder))
        post = json.loads(posts.read_text())
        posts.write_text("".join(json.dumps(post | {key: value}) + "\n" for key in post) + json.dumps(value) + "\n")
        _no_fault(hugoconv.convert(posts, Path(folder) / "new", from_="jsonl", to="hugo").findings)


def _site_of_a_dump(text: str) -> None:
    """Read a dump with the text in the place of one value of its site.json, chosen by the text."""
    value = _value(text)
    with tempfile.TemporaryDirectory() as folder:
        posts = _dumped(Path(folder))
        file = posts.with_name("site.json")
        site = json.loads(file.read_text())
        keys = [*site]
        key = keys[len(text) % len(keys)]
        inner = site[key]
        if isinstance(inner, dict) and inner and len(text) % 2:
            inner[next(iter(inner))] = value
        else:
            site[key] = value
        file.write_text(json.dumps(site))
        _no_fault(hugoconv.convert(posts, Path(folder) / "new", from_="jsonl", to="hugo").findings)


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _dumped(folder: Path) -> Path:
    posts, old = folder / "dump" / "posts.jsonl", folder / "old"
    (old / "content").mkdir(parents=True)
    (old / "hugo.toml").write_text(
        '[params]\na = 1\n[languages.en]\nlabel = "E"\n[[menus.main]]\nname = "A"\nurl = "/a/"\n'
    )
    (old / "content/a.md").write_text("---\ntitle: T\ntags: [x]\n---\nText.\n")
    hugoconv.convert(old, posts, from_="hugo", to="jsonl")
    return posts


def _remembered(name: str) -> Target:
    """Return what runs again over a site whose folder `.hugoconv` somebody edited, and checks it."""

    def run_again(text: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            old, new = Path(folder) / "old", Path(folder) / "new"
            (old / "content").mkdir(parents=True)
            (old / "content/a.md").write_text("---\ntitle: T\n---\nText.\n")
            hugoconv.convert(old, new, from_="hugo", to="jekyll")
            file = new / ".hugoconv" / name
            file.write_bytes(file.read_bytes() * (len(text) % 2) + text.encode("utf-8", "replace"))
            _no_fault(hugoconv.convert(old, new, from_="hugo", to="jekyll").findings)
            check(new, old)
            _no_fault(hugoconv.convert(new, Path(folder) / "back", from_="jekyll", to="hugo").findings)

    return run_again


def _data_files(text: str) -> None:
    """Read a site whose data files, as a move from WordPress writes them, somebody edited."""
    with tempfile.TemporaryDirectory() as folder:
        old = Path(folder) / "old"
        (old / "_data/comments").mkdir(parents=True)
        (old / "_config.yml").write_text("title: T\n")
        (old / "a.md").write_text("---\ntitle: T\n---\nText.\n")
        names = ("comments/a.json", "navigation.yml", "authors.json", "terms.json", "media.json", "menu_names.json")
        for name in names:
            (old / "_data" / name).write_text(text, encoding="utf-8", errors="replace")
        new = Path(folder) / "new.xml"
        _no_fault(hugoconv.convert(old, new, from_="jekyll", to="wordpress").findings)
        check(new, old)


def _move(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / config.NAME
        file.write_text(text, encoding="utf-8", errors="replace")
        config.read(file)


def _redirects(text: str) -> None:
    for file in ("redirects.json", "redirects.yaml"):
        list(redirects_in(text, file, Findings()))
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder) / "e.xml"
        export.write_text(
            '<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item></item>'
        )
        (Path(folder) / "e.xml.hugoconv").mkdir()
        (Path(folder) / "redirects.csv").write_text(f"source,target,regex\n{text}", encoding="utf-8", errors="replace")
        for to in ("hugo", "jekyll"):
            options = {"redirects": ("netlify", "nginx", "apache", "json", "cloudflare")}
            report = hugoconv.convert(export, Path(folder) / to, from_="wordpress", to=to, **options)  # type: ignore[arg-type]
            _no_fault(report.findings)


def _built(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        sites = [Path(folder) / name for name in ("old", "new")]
        for number, site in enumerate(sites):
            site.mkdir()
            page = f"<html><head><title>T</title></head><body>{text if number == 0 else text[::2]}</body></html>"
            for name in ("index.html", "a.html"):
                (site / name).write_text(page, encoding="utf-8", errors="replace")
            check(site)
        check(sites[1], sites[0])


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
    "org bodies": ("org body", _org_body),
    "fences": ("yaml", _fences),
    "dates": ("date", _dates),
    "markdown": ("markdown", _markdown),
    "html": ("html", lambda text: to_markdown(text, Findings().at("fuzz"))),
    "references in html": ("html", _html_references),
    "wordpress to markdown": (
        "wordpress",
        lambda text: body_to_markdown(text, HUGO_BODY, BodyContext(), Findings().at("fuzz")),
    ),
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
    "hugo configurations in yaml": ("jekyll configuration", _configuration("hugo", "hugo.yaml")),
    "hugo configurations in json": ("json", _configuration("hugo", "hugo.json")),
    "dumps": ("dump", _dump),
    "sites of dumps": ("dump", _site_of_a_dump),
    "moves": ("move", _move),
    "manifests": ("manifest", _remembered("manifest.jsonl")),
    "findings": ("manifest", _remembered("findings.jsonl")),
    "systems": ("manifest", _remembered("system")),
    "data files": ("dump", _data_files),
    "redirects": ("redirects", _redirects),
    "built pages": ("html", _built),
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
