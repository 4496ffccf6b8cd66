"""Prove that WXR -> Hugo -> WXR keeps a site: scripts/prove_hugo_and_back.py [--wordpress FOLDER] [-v] EXPORT.xml...

Each export becomes a Hugo site, and that becomes an export again, without the first one at hand. Both exports are read
by Python's own XML parser, not by hugoconv's reader, and compared post by post: title, slug, status, dates, author,
excerpt, terms, page above, order, comments, custom fields and featured image; then the media with their texts, the
terms with theirs, and the menus. Every picture gets a file, so that there is something to carry. With the folder of a
WordPress (as `scripts/wordpress/render.php` wants it) the bodies of both are shown by WordPress and compared too:
words, links, pictures, headings, code, cells, items. Differences that findings of the two moves explain are counted
apart (`EXPLAINED`). Exit code 1 when a post, a term or a medium is missing, or a field differs that the old export says
something of, and no finding explains it; or when less than 99 % of a kind is shown.
"""

from __future__ import annotations

import argparse
import csv
import html
import json
import re
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from prove_fidelity import compare, print_table, rendered

import hugoconv
from hugoconv.model import Post
from hugoconv.systems.wordpress.keys import SETTINGS_TYPES

WP = "{http://wordpress.org/export/1.2/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
EXCERPT = "{http://wordpress.org/export/1.2/excerpt/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
MARK = "hugoconv_source"
_UPLOADS = "/wp-content/uploads/"

Fields = dict[str, object]


@dataclass
class Export:
    """What an export holds, in the shape in which two of them are compared."""

    root: str = ""
    posts: dict[str, Fields] = field(default_factory=dict)
    """The fields of each post, by the number of its item in the first export."""
    media: dict[str, Fields] = field(default_factory=dict)
    """The texts of each medium, by its path below the uploads."""
    terms: dict[tuple[str, str], Fields] = field(default_factory=dict)
    menus: dict[str, list[Fields]] = field(default_factory=dict)
    bodies: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The body and the footnotes of each post."""
    ids: dict[str, str] = field(default_factory=dict)
    """The id that each post has in this export."""
    files: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The URL of each medium's file and that of its page, by its path below the uploads."""


def marked(post: Post) -> Post:
    """Write the number of a post's item into it, so that it can be told when it comes back; ids may stand twice."""
    post.front_matter.set(MARK, str(post.extra["number"]))
    return post


def read(file: Path) -> Export:
    """Return what an export holds."""
    channel = _channel(file)
    export = Export(root=(channel.findtext("link") or "").rstrip("/"))
    items = channel.findall("item")
    titles = {_text(item, "post_id"): html.unescape(item.findtext("title") or "") for item in items}
    slugs = {}
    for name, slug, label in _TERMS:
        for term in channel.findall(WP + name):
            slugs[_text(term, "term_id")] = unquote(_text(term, slug))
            titles[f"term {_text(term, 'term_id')}"] = html.unescape(_text(term, label))
    marks = [_meta(item).get(MARK, [str(number)])[0] for number, item in enumerate(items)]
    names = {_text(item, "post_id"): mark for item, mark in reversed([*zip(items, marks, strict=True)])}
    media = {_text(item, "post_id"): _path(item) for item in items if _text(item, "post_type") == "attachment"}
    for item, mark in zip(items, marks, strict=True):
        kind, identifier = _text(item, "post_type"), _text(item, "post_id")
        if kind == "attachment":
            url = _text(item, "attachment_url") or item.findtext("guid") or ""
            export.files[media[identifier]] = (url, item.findtext("link") or "")
            export.media[media[identifier]] = {
                "title": html.unescape(item.findtext("title") or "") or Path(media[identifier]).stem,
                "caption": _text(item, EXCERPT),
                "description": _text(item, CONTENT),
                "alt": "".join(_meta(item).get("_wp_attachment_image_alt", [])),
            }
        elif kind == "nav_menu_item":
            for term in item.findall("category"):
                export.menus.setdefault(term.get("nicename", ""), []).append(_menu_entry(item, titles, names, slugs))
        else:
            export.posts[mark] = dict(_post(item, names, media))
            notes = "".join(_meta(item).get("footnotes", []))
            export.bodies[mark] = (_text(item, CONTENT), notes)
            export.ids[mark] = identifier
    export.terms = dict(reversed(list(_terms(channel))))  # of two the first counts
    for entries in export.menus.values():
        entries.sort(key=lambda entry: int(str(entry.pop("order")) or 0))
    return export


def _post(item: ET.Element, names: Mapping[str, str], media: Mapping[str, str]) -> Iterator[tuple[str, object]]:
    meta = _meta(item)
    yield "title", html.unescape(item.findtext("title") or "")
    yield "slug", unquote(_text(item, "post_name"))
    for name in ("post_type", "status", "post_password"):
        yield name, _text(item, name)
    for name in ("post_date", "post_date_gmt", "post_modified"):
        yield name, _text(item, name).replace("T", " ")
    yield "menu_order", _text(item, "menu_order") or "0"
    yield "sticky", _text(item, "is_sticky") == "1"
    yield "creator", item.findtext(CREATOR) or ""
    yield "excerpt", _text(item, EXCERPT).strip()
    yield "above", names.get(_text(item, "post_parent"), "")
    is_public = _text(item, "status") == "publish"
    yield "path", re.sub("/+", "/", unquote(urlsplit(item.findtext("link") or "").path)) if is_public else ""
    terms = [(term.get("domain", ""), unquote(term.get("nicename", ""))) for term in item.findall("category")]
    yield "terms", sorted({term for term in terms if all(term)})
    yield "image", media.get("".join(meta.get("_thumbnail_id", [])), "")
    own = {key: [each for each in values if each] for key, values in meta.items() if not _is_hidden(key)}
    yield "meta", {key: values for key, values in own.items() if values}
    yield "comments", sorted(_comments(item))


def _is_hidden(key: str) -> bool:
    return key.startswith("_") or key in (MARK, "footnotes")


def _comments(item: ET.Element) -> Iterator[tuple[str, ...]]:
    comments = [each for each in item.findall(f"{WP}comment") if _text(each, "comment_approved") in ("0", "1")]
    comments.sort(key=lambda each: int(_text(each, "comment_id") or 0))
    authors = {_text(each, "comment_id"): _text(each, "comment_author") for each in comments}
    for each in comments:
        names = ("comment_author", "comment_author_url", "comment_date_gmt", "comment_content", "comment_approved")
        kind = _text(each, "comment_type") or "comment"
        answered = authors.get(_text(each, "comment_parent"), "")
        yield (*(_text(each, name) for name in names), kind, answered)


def _terms(channel: ET.Element) -> Iterator[tuple[tuple[str, str], Fields]]:
    shapes = (
        ("category", "category_nicename", "cat_name", "category_description", "category_parent"),
        ("tag", "tag_slug", "tag_name", "tag_description", ""),
        ("term", "term_slug", "term_name", "term_description", "term_parent"),
    )
    for element, slug, *names in shapes:
        for term in channel.findall(f"{WP}{element}"):
            taxonomy = _text(term, "term_taxonomy") or {"tag": "post_tag"}.get(element, element)
            if taxonomy in ("nav_menu", "post_format", "wp_theme", "wp_template_part_area"):
                continue
            name, description, above = (html.unescape(_text(term, each)) if each else "" for each in names)
            yield (
                (taxonomy, unquote(_text(term, slug))),
                {"name": name, "description": description, "above": unquote(above)},
            )


def _menu_entry(
    item: ET.Element, titles: Mapping[str, str], names: Mapping[str, str], slugs: Mapping[str, str]
) -> Fields:
    """Return an entry: its place, its label and where it leads; an empty label is the page's title."""
    meta = {key: values[0] for key, values in _meta(item).items()}
    kind, number = meta.get("_menu_item_type", ""), meta.get("_menu_item_object_id", "")
    if kind == "custom":
        leads = urlsplit(meta.get("_menu_item_url", "")).path.rstrip("/")
    else:
        leads = names.get(number, number) if kind == "post_type" else slugs.get(number, number)
    label = html.unescape(item.findtext("title") or "")
    label = label or titles.get(f"term {number}" if kind == "taxonomy" else number, "")
    return {"order": _text(item, "menu_order"), "label": label, "leads to": f"{kind} {leads}"}


def _meta(item: ET.Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in item.findall(f"{WP}postmeta"):
        found.setdefault(_text(each, "meta_key"), []).append(_text(each, "meta_value"))
    return found


def _channel(file: Path) -> ET.Element:
    """Return the channel of an export, whatever the version of WXR, as one of version 1.2."""
    text = re.sub(
        r"https?://wordpress\.org/export/[\d.]+/", "http://wordpress.org/export/1.2/", file.read_text("utf-8")
    )
    channel = ET.fromstring(text.encode()).find("channel")
    assert channel is not None
    return channel


_TERMS = (
    ("category", "category_nicename", "cat_name"),
    ("tag", "tag_slug", "tag_name"),
    ("term", "term_slug", "term_name"),
)
"""The elements of terms, and where their slugs and names stand."""


def _text(element: ET.Element, name: str) -> str:
    return element.findtext(name if name.startswith("{") else f"{WP}{name}") or ""


def _path(item: ET.Element) -> str:
    """Return the path of a medium below the uploads; on WordPress.com they are the root of a host."""
    parts = urlsplit(_text(item, "attachment_url") or item.findtext("guid") or "")
    path = unquote(parts.path)
    return path.lstrip("/") if parts.netloc.endswith(".files.wordpress.com") else path.partition(_UPLOADS)[2]


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
    "HC225": r"post meta: ",
    "HC231": r"menu: ",
    "HC232": r"menu: ",
    "HC356": r"(?:post terms|term): .*(?:language|_translations)|post path: .*: '[^']*/[a-z]{2}/[^']*' became ",
    "HC502": r"post path: ",
    "HC624": r"post (?:path|slug): .*-\d+/?'\Z",
    "HC625": r"post post_date",
    "HC626": r"post path: .*/home/'\Z",
}
"""The differences that a finding explains, by its code: what the kind and the text of the difference match."""


def is_explained(difference: tuple[str, str], codes: Collection[str]) -> bool:
    """Return whether a finding that was reported explains a difference."""
    said = ": ".join(difference)
    return any(re.match(pattern, said) for code, pattern in EXPLAINED.items() if code in codes)


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
    for path, (url, own_page) in old.files.items():
        if path not in new.files:
            continue
        now = new.files[path][0]
        page = page.replace(f'"{own_page}"', f'"{now}"').replace(url.rpartition(".")[0], now.rpartition(".")[0])
    return page


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
    if key in ("excerpt", "above", "post_date") and not old:
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
        _channel(export)
    except ET.ParseError as error:
        copy = folder / "mended" / export.name
        copy.parent.mkdir()
        hugoconv.convert(export, copy, from_="wordpress", to="wordpress")
        print(f"{export.name}: mended before it is compared ({error})")
        return copy
    return export


def there_and_back(export: Path, folder: Path) -> tuple[Path, frozenset[str], frozenset[str]]:
    """Convert an export to Hugo and back.

    Returns the new export, the numbers of posts named as left out, and the codes of what was reported.
    """
    source = folder / "source"
    source.mkdir()
    (source / "export.xml").write_bytes(export.read_bytes())
    for item in _channel(export).iter("item"):
        path = _path(item) if _text(item, "post_type") == "attachment" else ""
        if path and ".." not in path:
            file = source / "wp-content" / "uploads" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(path)
    there = hugoconv.convert(
        source, folder / "site", from_="wordpress", to="hugo", transforms=[marked], include_secrets=True
    )
    back = hugoconv.convert(folder / "site", folder / "back.xml", from_="hugo", to="wordpress", include_secrets=True)
    assert there.failed == back.failed == 0, (list(there.findings)[:5], list(back.findings)[:5])
    named = {
        str(number)
        for number, item in enumerate(_channel(export).iter("item"))
        if _text(item, "post_type") in SETTINGS_TYPES or _text(item, "status") in ("trash", "auto-draft")
    }
    codes = {finding.code for report in (there, back) for finding in report.findings}
    return folder / "back.xml", frozenset(named), frozenset(codes)


def main(arguments: list[str] | None = None) -> int:
    """Compare each export and print what differs."""
    parser = argparse.ArgumentParser(description="Prove that WXR -> Hugo -> WXR keeps a site.")
    parser.add_argument("exports", type=Path, nargs="+")
    parser.add_argument("--wordpress", type=Path, help="the folder of a WordPress that shows the bodies")
    parser.add_argument("-v", "--verbose", action="store_true", help="print every difference")
    options = parser.parse_args(arguments)
    failed = False
    for export in options.exports:
        with tempfile.TemporaryDirectory() as folder:
            export = mended(export, Path(folder))
            back, left_out, codes = there_and_back(export, Path(folder))
            old, new = read(export), read(back)
            redirects = {}
            if (Path(folder) / "redirects.csv").exists():
                with (Path(folder) / "redirects.csv").open(encoding="utf-8", newline="") as file:
                    redirects = {
                        unquote(row["source"]).rstrip("/"): unquote(row["target"]) for row in csv.DictReader(file)
                    }
            everything = list(differences(old, new, left_out, redirects))
            found = [each for each in everything if not is_explained(each, codes)]
            counts = Counter(kind for kind, _ in found)
            explained = Counter(kind for kind, _ in everything) - counts
            there = f"{len(old.posts)} posts, {len(old.media)} media, {len(old.terms)} terms"
            print(f"{export.name}: {there}; what differs: {dict(counts) or 'nothing'}", flush=True)
            if explained:
                print(f"  explained by findings: {dict(explained)}")
            for kind in counts:
                rows = [text for each, text in found if each == kind]
                for text in rows if options.verbose else rows[:1]:
                    print(f"  {kind}: {text}"[:400])
            failed = failed or bool(found)
            if options.wordpress:
                before, after = rendered(export, options.wordpress), rendered(back, options.wordpress)
                before = {name: _as_now(text, old, new) for name, text in before.items()}
                pages = [
                    (name, before[old.ids[name]], after.get(new.ids[name], ""))
                    for name in old.posts
                    if old.ids[name] in before and name in new.ids
                ]
                failed = not print_table(compare(pages, options.verbose)) or failed
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
