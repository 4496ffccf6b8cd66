"""Prove that WXR -> Hugo -> WXR keeps a site: scripts/prove_hugo_and_back.py [--wordpress FOLDER] [-v] EXPORT.xml...

Each export becomes a Hugo site, and that becomes an export again, without the first one at hand. Both exports are read
by Python's own XML parser (`wxr_fields.py`), not by hugoconv's reader, and compared post by post: title, slug, status,
dates, author, excerpt, terms, page above, order, comments with their fields, openness to comments and pings, the id in
feeds, custom fields and featured image; then the media with their texts, the terms with theirs and their fields, and
the menus. Every picture gets a file, so that there is something to carry. With the folder of a WordPress (as
`scripts/wordpress/render.php` wants it) the bodies of both are shown by WordPress and compared too: words, links,
pictures, headings, code, cells, items, line breaks.

A difference is explained by a finding of its kind about that very post, of one about the whole site where the site
differs (`EXPLAINED`, `EXPLAINED_IN_BODIES`). What is new on a page is none when it stands in the old post's source: it
was in blocks or tags that this WordPress shows only with a plug-in, or an address that can be clicked now.
Exit code 1 when anything differs that no finding explains.
"""

from __future__ import annotations

import argparse
import csv
import html
import json
import re
import tempfile
import xml.etree.ElementTree as ET
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from prove_fidelity import KINDS, Kept, print_table, rendered
from prove_fidelity import differences as shown_differently
from wxr_fields import MARK, Export, Fields, attachment_path, channel_of, read, text_of

import hugoconv
from hugoconv.model import Post
from hugoconv.report.findings import Finding, Findings
from hugoconv.report.report import Report
from hugoconv.systems.wordpress.keys import SETTINGS_TYPES
from hugoconv.systems.wordpress.wxr.index import index


def marked(post: Post) -> Post:
    """Write the number of a post's item into it, so that it can be told when it comes back; ids may stand twice."""
    post.front_matter.set(MARK, str(post.extra["number"]))
    return post


# Comparing ------------------------------------------------------------------------------------------------------------


def differences(
    old: Export, new: Export, left_out: frozenset[str], redirects: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield what of an export is not the same any more: the field, and what was and is."""
    for name, fields in old.posts.items():
        if name in left_out:
            continue
        if name not in new.posts:
            yield "post", f"{fields['post_type']} {name} {fields['title']!r} is missing"
            continue
        now = new.posts[name]
        if redirects.get(str(fields["path"]).rstrip("/")) == now["path"]:
            now = now | {"path": fields["path"]}
        if fields["slug"] != str(fields["path"]).rstrip("/").rpartition("/")[2]:  # renamed after its address was given
            now = now | {"slug": fields["slug"]}
        for key, value in fields.items():
            if not _is_same(key, value, now[key]):
                yield f"post {key}", f"{name} {fields['title']!r}: {_changed(value, now[key])}"
    own = {path: texts for path, texts in old.media.items() if path}  # the others lie on other hosts, and stay there
    yield from _texts("medium", own, new.media)
    yield from _texts("term", old.terms, new.terms)
    for menu, entries in old.menus.items():
        if entries != new.menus.get(menu):
            yield "menu", f"{menu}: {_changed(entries, new.menus.get(menu, []))}"


EXPLAINED = {
    "HC108": r"term: .* is missing",
    "HC114": r"post status: .* became 'draft'\Z",
    "HC225": r"post meta: ",
    "HC231": r"menu: ",
    "HC232": r"menu: ",
    "HC356": r"(?:post terms|term): .*(?:language|_translations)|post path: .*: '[^']*/[a-z]{2}/[^']*' became ",
    "HC357": r"post meta: .* became \[\('image', ",
    "HC502": r"post path: ",
    "HC624": r"post (?:path|slug): .*-\d+/?'\Z",
    "HC625": r"post post_date",
    "HC626": r"post path: .*/home/'\Z",
}
"""The differences that a finding explains, by its code: what the kind and the text of the difference match."""
_OF_TEXTS = ("HC3",)
_OF_ADDRESSES = ("HC3", "HC4", "HC5")
EXPLAINED_IN_BODIES = dict.fromkeys(KINDS, _OF_TEXTS) | dict.fromkeys(("links", "images", "media"), _OF_ADDRESSES)
"""The families of warnings that explain why a body shows something otherwise."""


@dataclass
class Said:
    """What the reports of both moves say: the findings by the number of the post they are about, and the others."""

    of_posts: dict[str, list[Finding]] = field(default_factory=lambda: defaultdict(list))
    of_the_site: list[Finding] = field(default_factory=list)

    def explain(self, difference: tuple[str, str]) -> bool:
        """Return whether findings explain a difference: those about its post, or about the whole site."""
        kind, text = difference
        own = self.of_posts[text.partition(" ")[0]] if kind.startswith("post ") else []
        return is_explained(difference, {finding.code for finding in (*own, *self.of_the_site)})

    def explain_body(self, post: str, kind: str) -> bool:
        """Return whether a warning about a post explains that its body shows something of a kind otherwise."""
        families = EXPLAINED_IN_BODIES[kind]
        return any(each.severity != "info" and each.code.startswith(families) for each in self.of_posts[post])


def said(export: Path, there: Report, site: Path, back: Report) -> Said:
    """Return what the reports of the moves to a site and back say."""
    found = Said()
    lines = index(export, Findings()).lines
    for finding in there.findings:
        is_placed = finding.file == export.name and finding.line >= lines[0]
        of = found.of_posts[str(bisect_right(lines, finding.line) - 1)] if is_placed else found.of_the_site
        of.append(finding)
    marks = {post.source.name: str(post.front_matter.get(MARK)) for post in hugoconv.read(site, stream=True).posts}
    for finding in back.findings:
        of = found.of_posts[marks[finding.file]] if finding.file in marks else found.of_the_site
        of.append(finding)
    return found


def is_explained(difference: tuple[str, str], codes: Collection[str]) -> bool:
    """Return whether a finding of one of these codes explains a difference."""
    said = ": ".join(difference)
    return any(re.match(pattern, said, re.DOTALL) for code, pattern in EXPLAINED.items() if code in codes)


def _texts(kind: str, old: Mapping[Any, Fields], new: Mapping[Any, Fields]) -> Iterator[tuple[str, str]]:
    for name, texts in old.items():
        found = new.get(name)
        if found is None:
            yield kind, f"{name} is missing"
        elif texts != found:
            yield f"{kind} texts", f"{name}: {_changed(texts, found)}"


def _as_now(page: str, old: Export, new: Export) -> str:
    """Return a page of the old site whose links are those to where WordPress leads from them, on the new one."""
    found = r'(?<=")(https?://[^"/?]+)[^"?]*/?\?p(?:age_id)?=(\d+)(?=")'
    paths = {old.ids[name]: str(fields["path"]) for name, fields in old.posts.items()}
    page = re.sub(found, lambda link: new.root + paths[link[2]] if link[2] in paths else link[0], page)
    for path, (url, _) in old.files.items():
        if path in new.files:
            page = page.replace(url.rpartition(".")[0], new.files[path][0].rpartition(".")[0])
    return page


def _on_one_host(page: str, export: Export) -> str:
    """Return a page whose addresses on its own site begin with the scheme and host that the site says it has."""
    base = urlsplit(export.root)
    host = re.escape(base.netloc.removeprefix("www."))
    own = re.compile(rf'(?<=(?:href|.src)=")(?:https?://(?:www\.)?{host}(?=["/])|(?=/[^/]))')
    return re.sub(r"<\w[^<>]*>", lambda tag: own.sub(f"{base.scheme}://{base.netloc}", tag[0]), page) if host else page


def _changed(old: object, new: object) -> str:
    """Return what of a value changed, in words."""
    if isinstance(old, dict) and isinstance(new, dict):
        old, new = list(old.items()), list(new.items())
    if isinstance(old, list) and isinstance(new, list):
        gone, come = [each for each in old if each not in new], [each for each in new if each not in old]
        return f"{gone} became {come}" if gone or come else f"another order: {old} became {new}"
    return f"{old!r} became {new!r}"


def _is_same(key: str, old: object, new: object) -> bool:
    """Return whether a field is the same; what the old export does not say, the new one may."""
    if key in ("slug", "path", "post_date_gmt", "post_modified") and str(old) in ("", "/", "0000-00-00 00:00:00"):
        return True
    if key in ("excerpt", "above", "post_date", "comment_status", "ping_status", "guid") and not old:
        return True
    if key == "path":
        return str(old).rstrip("/") == str(new).rstrip("/")
    if key == "meta" and isinstance(old, dict) and isinstance(new, dict):
        return {name: value for name, value in new.items() if name in old or name not in _SAID_HIDDEN} == old
    return old == new


_SAID_HIDDEN = frozenset({"description", "seo", "format", "language", "translationKey"})
"""Custom fields that say what hidden fields and terms of plug-ins said."""


def shown(content: str, notes: str = "") -> str:
    """Return a body as WordPress shows it, as far as it differs from what is stored in one that hugoconv made."""
    content = re.sub(
        r'<div class="wp-block-embed__wrapper">\n(\S+)\n</div>', r'<p><a class="oembed" href="\1"></a></p>', content
    )
    rows = json.loads(notes or "[]")
    items = "".join(f'<li>{row["content"]} <a href="#{row["id"]}-link">↩︎</a></li>' for row in rows)
    return content.replace("<!-- wp:footnotes /-->", f'<ol class="wp-block-footnotes">{items}</ol>')


def mended(export: Path, folder: Path) -> Path:
    """Return an export that is well-formed: the given one, or a copy of it that hugoconv mended, and say so."""
    try:
        channel_of(export)
    except ET.ParseError as error:
        copy = folder / "mended" / export.name
        copy.parent.mkdir()
        hugoconv.convert(export, copy, from_="wordpress", to="wordpress")
        print(f"{export.name}: mended before it is compared ({error})")
        return copy
    return export


def there_and_back(export: Path, folder: Path) -> tuple[Path, frozenset[str], Said]:
    """Convert an export to Hugo and back.

    Returns the new export, the numbers of posts named as left out, and what was reported.
    """
    source = folder / "source"
    source.mkdir()
    copy = source / "export.xml"
    copy.write_bytes(export.read_bytes())
    for item in channel_of(export).iter("item"):
        path = attachment_path(item) if text_of(item, "post_type") == "attachment" else ""
        if path and ".." not in path:
            file = source / "wp-content" / "uploads" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(path)
    site = folder / "site"
    there = hugoconv.convert(source, site, from_="wordpress", to="hugo", transforms=[marked], include_secrets=True)
    back = hugoconv.convert(site, folder / "back.xml", from_="hugo", to="wordpress", include_secrets=True)
    assert there.failed == back.failed == 0, (list(there.findings)[:5], list(back.findings)[:5])
    left_out = {
        str(number)
        for number, item in enumerate(channel_of(export).iter("item"))
        if text_of(item, "post_type") in SETTINGS_TYPES or text_of(item, "status") in ("trash", "auto-draft")
    }
    return folder / "back.xml", frozenset(left_out), said(copy, there, site, back)


def _redirects(file: Path) -> dict[str, str]:
    """Return the old addresses in the file beside an export, with the new ones."""
    if not file.exists():
        return {}
    with file.open(encoding="utf-8", newline="") as rows:
        return {unquote(row["source"]).rstrip("/"): unquote(row["target"]) for row in csv.DictReader(rows)}


def _invented(kind: str, new: Counter[str], source: str) -> Counter[str]:
    """Return what is new on a page and does not stand in the source of the old post."""
    words = Counter(_words(source))

    def stands_there(thing: str) -> bool:
        name = thing.rpartition("/")[2] if kind in ("images", "media") else thing
        return all(word in words for word in _words(name))

    return Counter({thing: count for thing, count in new.items() if not stands_there(thing)})


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", unquote(html.unescape(html.unescape(text))).lower())


@dataclass
class Bodies:
    """What of the bodies is shown the same, and what otherwise: explained, and not."""

    table: dict[str, Kept] = field(default_factory=lambda: {kind: Kept() for kind in KINDS})
    explained: Counter[str] = field(default_factory=Counter)
    unexplained: list[str] = field(default_factory=list)

    def add(self, name: str, source: str, before: str, after: str, said: Said) -> None:
        """Compare a body as WordPress shows it with what it shows of the new one."""
        for kind, there, lost, new in shown_differently(before, after):
            row, invented = self.table[kind], _invented(kind, new, source)
            row.there, row.kept, row.new = row.there + there, row.kept + there - lost.total(), row.new + new.total()
            if not (lost or invented):
                continue
            if said.explain_body(name, kind):
                self.explained[kind] += lost.total() + invented.total()
            else:
                self.unexplained.append(f"{name}: {kind}: lost {dict(lost)}, new {dict(invented)}")


def _compare_bodies(export: Path, back: Path, wordpress: Path, old: Export, new: Export, said: Said) -> Bodies:
    bodies = Bodies()
    before, after = rendered(export, wordpress), rendered(back, wordpress)
    now = {name: str(number) for number, name in enumerate(new.order)}
    for name, (source, notes) in old.bodies.items():
        if name in before and name in now:
            page = _on_one_host(_as_now(before[name], old, new), new)
            bodies.add(name, source + notes, page, _on_one_host(after.get(now[name], ""), new), said)
    return bodies


def _print(title: str, rows: Iterable[str], everything: bool) -> None:
    listed = list(rows)
    for text in listed if everything else listed[:3]:
        print(f"  {title}: {text}"[:500])


def main(arguments: list[str] | None = None) -> int:
    """Compare each export and print what differs."""
    parser = argparse.ArgumentParser(description="Prove that WXR -> Hugo -> WXR keeps a site.")
    parser.add_argument("exports", type=Path, nargs="+")
    parser.add_argument("--wordpress", type=Path, help="the folder of a WordPress that shows the bodies")
    parser.add_argument("-v", "--verbose", action="store_true", help="print every difference")
    options = parser.parse_args(arguments)
    failed = False
    whole: dict[str, Kept] = {kind: Kept() for kind in KINDS}
    for export in options.exports:
        with tempfile.TemporaryDirectory() as folder:
            export = mended(export, Path(folder))
            back, left_out, reported = there_and_back(export, Path(folder))
            old, new = read(export), read(back, "new {}")
            everything = list(differences(old, new, left_out, _redirects(Path(folder) / "redirects.csv")))
            found = [each for each in everything if not reported.explain(each)]
            explained = Counter(kind for kind, _ in everything) - Counter(kind for kind, _ in found)
            there = f"{len(old.posts)} posts, {len(old.media)} media, {len(old.terms)} terms"
            counts = Counter(kind for kind, _ in found)
            print(f"{export.name}: {there}; what differs: {dict(counts) or 'nothing'}", flush=True)
            if explained:
                print(f"  explained by findings: {dict(explained)}")
            for kind in counts:
                _print(kind, (text for each, text in found if each == kind), options.verbose)
            failed = failed or bool(found)
            if options.wordpress:
                bodies = _compare_bodies(export, back, options.wordpress, old, new, reported)
                if bodies.explained:
                    print(f"  shown otherwise, explained by findings: {dict(bodies.explained)}")
                _print("shown otherwise", bodies.unexplained, options.verbose)
                failed = failed or bool(bodies.unexplained)
                for kind, row in bodies.table.items():
                    whole[kind].there += row.there
                    whole[kind].kept += row.kept
                    whole[kind].new += row.new
    if options.wordpress:
        print_table(whole)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
