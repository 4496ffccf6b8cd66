#!/usr/bin/env python3
"""Import exports into a real WordPress and compare: prove_import.py --wordpress FOLDER [--split SIZE] [-v] SITE...

Each SITE (of Hugo, of Jekyll, or an export) becomes an export, in parts with `--split`; the WordPress in the folder
takes it with its own importer (`scripts/wordpress/import.php` says how the folder has to be). The export is read by
Python's own XML parser and compared with the tables of the database: of each post, page, medium and entry of a menu the
title, body, excerpt, dates, status, slug, password, author, parent, order, terms, custom fields and comments; the terms
with their parents and texts. What WordPress does to any import counts as the same (see `expected` and `_same`).
Exit code 1 when the importer refuses or skips something, PHP remarks something, or a field differs.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import hugoconv

WP = "{*}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
IMPORT = Path(__file__).parent / "wordpress" / "import.php"
FIELDS = ("title", "content", "excerpt", "date", "date_gmt", "status", "name", "type", "password", "menu_order")
COMMENT_FIELDS = (
    "author",
    "author_email",
    "author_url",
    "author_IP",
    "date",
    "date_gmt",
    "content",
    "approved",
    "type",
)
_MADE_BY_WORDPRESS = frozenset({"_edit_last", "_edit_lock", "_wp_attached_file", "_wp_attachment_metadata"})
_DONE = re.compile(r"<p>(?:All done|Remember to update)|^\s*$|</?p>$|Have fun")
_KNOWN_AGAIN = "already exists."
"""What the importer says of an item that an earlier part held."""

Row = dict[str, Any]


def run(wordpress: Path, uploads: Path, exports: Sequence[Path]) -> Row:
    """Import exports, and return what the database holds then."""
    command = ["php", "-d", "memory_limit=-1", IMPORT, wordpress, uploads, *exports]
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    if done.returncode or not done.stdout.startswith("{"):
        raise SystemExit(f"{wordpress}: {(done.stdout + done.stderr)[-600:]}")
    found: Row = json.loads(done.stdout)
    return found


def items(exports: Sequence[Path]) -> list[ET.Element]:
    """Return each item once: parts repeat some; of two entries of a menu with one id the importer knows the last."""
    found: dict[str, ET.Element] = {}
    for export in exports:
        for item in ET.parse(export).getroot().iterfind("channel/item"):
            identifier = item.findtext(f"{WP}post_id", "")
            if identifier not in found or item.findtext(f"{WP}post_type") == "nav_menu_item":
                found[identifier] = item
    return list(found.values())


def expected(item: ET.Element, now: str) -> Row:
    """Return the fields of an item as WordPress stores them."""

    def text(name: str) -> str:
        return item.findtext(f"{WP}{name}") or ""

    status, date, utc = text("status"), text("post_date"), text("post_date_gmt")
    if status in ("publish", "future") and not utc.startswith("0000"):
        status = "future" if utc > now else "publish"
    return {
        "title": (item.findtext("title") or "").strip(),
        "content": (item.findtext(CONTENT) or ""),
        "excerpt": next((each.text or "" for each in item if each.tag.endswith("excerpt/}encoded")), ""),
        "date": date.replace("T", " "),
        "date_gmt": utc.replace("T", " "),
        "status": status,
        "name": text("post_name"),
        "type": text("post_type"),
        "password": text("post_password"),
        "menu_order": text("menu_order") or "0",
    }


def meta_of(item: ET.Element) -> list[tuple[str, str]]:
    """Return the custom fields of an item."""
    return [
        (each.findtext(f"{WP}meta_key") or "", each.findtext(f"{WP}meta_value") or "")
        for each in item.iterfind(f"{WP}postmeta")
    ]


def differences(exports: Sequence[Path], found: Row) -> Iterator[str]:
    """Yield what the database has otherwise than the exports."""
    now = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}"
    logins = {each["user_login"] for each in found["users"]}
    slugs = Counter(each.findtext(f"{WP}post_name") or "" for each in items(exports))
    for item in items(exports):
        wanted = expected(item, now)
        identifier = item.findtext(f"{WP}post_id", "")
        name = f"{wanted['type']} {identifier} ({wanted['title'][:40]!r})"
        is_entry = wanted["type"] == "nav_menu_item"
        stored = found["posts"].get(str(found["menus" if is_entry else "ids"].get(identifier)))
        if stored is None:
            leads_nowhere = is_entry and dict(meta_of(item)).get("_menu_item_object_id") not in found["ids"]
            if not (leads_nowhere and dict(meta_of(item)).get("_menu_item_type") == "post_type"):
                yield f"{name}: is not there"
            continue
        if is_entry:
            yield from _entry_differences(item, stored, found, name)
            continue
        wanted["is_shared"] = slugs[wanted["name"]] > 1
        wanted["content"] = _moved(wanted["content"], found["moved"])
        for field in FIELDS:
            has = stored["menu_order" if field == "menu_order" else f"post_{field}"]
            if str(has) != wanted[field] and not _same(field, str(has), wanted):
                yield f"{name}: {field} is {_where(str(has), wanted[field])}"
        above = item.findtext(f"{WP}post_parent") or "0"
        if str(stored["post_parent"]) != str(found["ids"].get(above, 0)):
            yield f"{name}: its parent is {stored['post_parent']}, not {found['ids'].get(above)} (of {above})"
        creator = item.findtext(CREATOR) or ""
        if creator in logins and stored["login"] != creator:
            yield f"{name}: its author is {stored['login']!r}, not {creator!r}"
        if (item.findtext(f"{WP}is_sticky") == "1") != stored["sticky"]:
            yield f"{name}: sticky is {stored['sticky']}"
        terms = {(each.get("domain"), _slug(each.get("nicename") or "")) for each in item.iterfind("category")}
        has_terms = {(taxonomy, _slug(slug)) for taxonomy, slug in stored["terms"]}
        if wanted["type"] == "post" and not any(taxonomy == "category" for taxonomy, _ in terms):
            has_terms.discard(("category", "uncategorized"))  # WordPress gives it to each post without a category
        if terms != has_terms:
            yield f"{name}: terms {sorted(map(str, terms ^ has_terms))}"
        yield from _meta_differences(item, stored, found, name)
        yield from _comment_differences(item, stored, name)
    yield from _term_differences(exports, found)


def _slug(text: str) -> str:
    """Return a slug in one spelling, of the several that exports have."""
    return re.sub(r"\s+", "-", unquote(text).lower())


def _where(one: str, other: str) -> str:
    """Return what stands in two texts where they begin to differ."""
    start = max(next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(other)) - 20, 0)
    return f"{one[start : start + 60]!r}, not {other[start : start + 60]!r}"


def _moved(text: str, moved: dict[str, str]) -> str:
    """Return a text with the new addresses of files, as the importer writes them into bodies and enclosures."""
    for old in sorted(moved, key=len, reverse=True):
        text = text.replace(old, moved[old])
    return text


def _same(field: str, has: str, wanted: Row) -> bool:
    """Whether a field differs only by what WordPress does to any import."""
    if wanted["status"] in ("draft", "pending", "auto-draft") and field == "date_gmt":
        return True  # a draft's date floats, or is made of its local one
    if field in ("date", "date_gmt") and wanted[field].startswith("0000"):
        return True  # it is the time of the import
    if field == "name":  # an export may hold one slug twice, and drafts without any
        is_numbered = wanted["is_shared"] and re.fullmatch(rf"{re.escape(wanted[field])}-\d+", has)
        return bool(is_numbered) or not wanted[field] or _slug(has) == _slug(wanted[field])
    if field in ("content", "excerpt"):
        return _with_targets(has) == _with_targets(wanted[field])
    return wanted["type"] == "attachment" and field == "status"


def _with_targets(text: str) -> str:
    """Return a text without what WordPress writes into links that have a target (`wp_targeted_link_rel`)."""
    tag = re.compile(r"<a\s[^>]*\btarget\s*=[^>]*>", re.IGNORECASE)
    rel = re.compile(r'\s+rel="(?:noopener)?"|\s?noopener(?=[\s"])')
    return tag.sub(lambda link: re.sub(r"\s+", " ", rel.sub("", link[0])).replace(" >", ">"), text)


def _meta_differences(item: ET.Element, stored: Row, found: Row, name: str) -> Iterator[str]:
    wanted = Counter((key, value.strip()) for key, value in meta_of(item) if key not in _MADE_BY_WORDPRESS)
    has = Counter((key, (value or "").strip()) for key, value in stored["meta"] if key not in _MADE_BY_WORDPRESS)
    for key, value in list(wanted):
        if key == "enclosure":
            wanted[key, _moved(value, found["moved"])] = wanted.pop((key, value))
        if key == "_thumbnail_id" and value in found["ids"]:
            wanted[key, str(found["ids"][value])] = wanted.pop((key, value))
    for (key, value), _ in (wanted - has).items():
        others = [other for other_key, other in has - wanted if other_key == key]
        yield f"{name}: the custom field {key} is {_where(next(iter(others), ''), value)}"
    for key, value in has - wanted:
        if not any(key == other for other, _ in wanted - has) and key not in ("_wp_old_date", "_pingme", "_encloseme"):
            yield f"{name}: the custom field {key} = {value!r:.80} is new"


def _comment_differences(item: ET.Element, stored: Row, name: str) -> Iterator[str]:
    def row(values: Sequence[str]) -> tuple[str, ...]:
        plain = (
            re.sub(r' rel=(["\'])[\w ]*\1', "", html.unescape(value)) for value in values
        )  # WordPress writes its own into links
        return tuple(re.sub(r"\s+", " ", value).strip() for value in plain)

    written = sorted(item.iterfind(f"{WP}comment"), key=lambda each: int(each.findtext(f"{WP}comment_id") or 0))
    texts = {each.findtext(f"{WP}comment_id"): each.findtext(f"{WP}comment_content") or "" for each in written}
    wanted = [
        row(
            [each.findtext(f"{WP}comment_{field}") or "" for field in COMMENT_FIELDS]
            + [texts.get(each.findtext(f"{WP}comment_parent"), "")]
        )
        for each in written
    ]
    stored_texts = {str(each["comment_ID"]): each["comment_content"] for each in stored["comments"]}
    has = [
        row(
            [str(each[f"comment_{field}"]) for field in COMMENT_FIELDS]
            + [stored_texts.get(str(each["comment_parent"]), "")]
        )
        for each in stored["comments"]
    ]
    typed = [(*each[:8], each[8] or "comment", each[9]) for each in wanted]
    for one, other in zip(typed, has, strict=False):
        if one != other:
            what = [_where(b, a) for a, b in zip(one, other, strict=True) if a != b]
            yield f"{name}: in a comment {'; '.join(what)}"
    if len(typed) != len(has):
        yield f"{name}: {len(has)} comments, not {len(typed)}"


def _entry_differences(item: ET.Element, stored: Row, found: Row, name: str) -> Iterator[str]:
    wanted, has = dict(meta_of(item)), {key: value or "" for key, value in stored["meta"]}
    kind, target = wanted.get("_menu_item_type"), wanted.get("_menu_item_object_id", "")
    for key, value in wanted.items():
        if key == "_menu_item_object_id":
            if kind == "post_type" and has.get(key) != str(found["ids"].get(target)):
                yield f"{name}: leads to {has.get(key)}, not to {found['ids'].get(target)}"
        elif key == "_menu_item_menu_item_parent":
            if has.get(key) != str(found["menus"].get(value, 0)):
                yield f"{name}: stands below {has.get(key)}, not {found['menus'].get(value, 0)}"
        elif (
            key.startswith("_menu_item_")
            and not (key == "_menu_item_url" and kind != "custom")
            and has.get(key, "").strip() != value.strip()
        ):
            yield f"{name}: {key} is {has.get(key)!r}, not {value!r}"
    if str(stored["menu_order"]) != (item.findtext(f"{WP}menu_order") or "0"):
        yield f"{name}: its place is {stored['menu_order']}, not {item.findtext(f'{WP}menu_order')}"
    terms = {(each.get("domain"), each.get("nicename")) for each in item.iterfind("category")}
    if {(kind, _slug(slug or "")) for kind, slug in terms} != {(kind, _slug(slug)) for kind, slug in stored["terms"]}:
        yield f"{name}: its menu is {stored['terms']}"


def _term_differences(exports: Sequence[Path], found: Row) -> Iterator[str]:
    names = {each["term_id"]: each["slug"] for each in found["terms"]}
    has = {(each["taxonomy"], _slug(each["slug"])): each for each in found["terms"]}
    kinds = (
        ("category", "category", "category_nicename", "cat_name", "category_description", "category_parent"),
        ("tag", "post_tag", "tag_slug", "tag_name", "tag_description", ""),
        ("term", "", "term_slug", "term_name", "term_description", "term_parent"),
    )
    wanted: dict[tuple[str, str], tuple[str, str, str]] = {}
    for export in exports:
        channel = ET.parse(export).getroot().find("channel")
        assert channel is not None
        for element, taxonomy, slug, name, description, parent in kinds:
            for term in channel.iterfind(f"{WP}{element}"):
                key = taxonomy or term.findtext(f"{WP}term_taxonomy", ""), _slug(term.findtext(f"{WP}{slug}") or "")
                said = [(term.findtext(f"{WP}{each}") or "") if each else "" for each in (name, description, parent)]
                wanted.setdefault(key, (said[0].strip(), said[1].strip(), _slug(said[2])))
    for key, values in wanted.items():
        if key not in has:
            yield f"the term {key} is not there"
            continue
        stored = has[key]
        is_values = stored["name"], stored["description"].strip(), _slug(names.get(stored["parent"], ""))
        if is_values != values and key != ("category", "uncategorized"):
            yield f"the term {key} is {is_values}, not {values}"


def prove(site: Path, wordpress: Path, split: str, folder: Path) -> tuple[int, list[str]]:
    """Convert, import and compare one site; returns how many items there are, and what differs."""
    export = folder / "export.xml"
    target = hugoconv.exporters.get("wordpress", split=split) if split else "wordpress"
    hugoconv.convert(site, export, to=target)
    exports = [export] if export.exists() else sorted(folder.glob("export-*.xml"), key=lambda path: int(path.stem[7:]))
    found = run(wordpress, folder / "uploads", exports)
    wrong = [f"PHP: {each}" for each in found["remarks"]]
    wrong += [
        f"importer: {line.strip()}"
        for line in found["log"].splitlines()
        if not _DONE.search(line) and not (len(exports) > 1 and _KNOWN_AGAIN in line)
    ]
    wrong += differences(exports, found)
    return len(items(exports)), wrong


def main() -> int:
    """Prove each site and print a row for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sites", nargs="+", type=Path)
    parser.add_argument("--wordpress", type=Path, required=True)
    parser.add_argument("--split", default="")
    parser.add_argument("-v", action="store_true", dest="everything")
    options = parser.parse_args()
    failed = False
    print(f"{'site':28} items differ")
    for site in options.sites:
        with tempfile.TemporaryDirectory() as folder:
            count, wrong = prove(site, options.wordpress, options.split, Path(folder))
        failed = failed or bool(wrong)
        print(f"{site.name[:28]:28} {count:5,} {len(wrong):6,}", flush=True)
        for line in wrong if options.everything else wrong[:5]:
            print(f"  {line}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
