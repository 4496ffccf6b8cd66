#!/usr/bin/env python3
"""Set, add, delete and rename every key of every front matter below the folders: prove_edits.py FOLDER...

An edit fails when it raises, when another key reads differently, or when a line that belongs to another key changes.
Prints the count of edits tried and failed; exit code 1 if one failed. Files in a folder named `jekyll`, or below a
`_config.yml`, are read as Jekyll reads them, all others as Hugo does.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from hugoconv import FrontMatter, HugoconvError
from hugoconv.frontmatter.dialects import HUGO, JEKYLL
from hugoconv.frontmatter.values import same

TEXTS = {".md", ".markdown", ".html", ".org", ".Rmd"}
NEW_VALUE = "a new value: with a colon"


def front_matters(folder: Path) -> Iterator[tuple[Path, FrontMatter]]:
    """Yield the front matter of each file that its system can read."""
    jekyll_roots = {path.parent for path in folder.rglob("_config.yml")}
    for path in sorted(folder.rglob("*")):
        if path.suffix not in TEXTS or not path.is_file():
            continue
        is_jekyll = any(part.endswith("jekyll") for part in (folder.name, *path.relative_to(folder).parts)) or any(
            root in path.parents for root in jekyll_roots
        )
        dialect = JEKYLL if is_jekyll else HUGO
        try:
            parts = dialect.split(path.read_bytes().decode())
            newline = "\r\n" if "\r\n" in parts.opening else "\n"
            front_matter = FrontMatter(parts.matter, parts.syntax, dialect=dialect, newline=newline)
            front_matter.check()
        except (HugoconvError, UnicodeDecodeError):
            continue
        if parts.syntax:
            yield path, front_matter


def attempts(front_matter: FrontMatter) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield (verb, key, arguments) of every edit to try."""
    for key in front_matter:
        yield "set", key, (key, NEW_VALUE)
        yield "delete", key, (key,)
        yield "rename", key, (key, "renamed_key")
    yield "add", "", ("added_key", NEW_VALUE)


def problem(front_matter: FrontMatter, verb: str, key: str, arguments: tuple[str, ...]) -> str:
    """Make one edit on a copy; return what is wrong with it, "" when nothing is."""
    edited = front_matter.copy()
    try:
        getattr(edited, "set" if verb == "add" else verb)(*arguments)
    except (HugoconvError, KeyError) as error:
        return f"{type(error).__name__}: {error}"
    before, after = dict(front_matter), dict(edited)
    touched = {key, "renamed_key", "added_key"}
    others = ({name: value for name, value in values.items() if name not in touched} for values in (before, after))
    if not same(*others):
        return "another key changed"
    # An anchor's owner is expanded first, and of a key that stands twice both go: there other lines may change.
    starts = (f"{key}:", f'"{key}"')
    twins = sum(line.strip().startswith(starts) for line in front_matter.matter.splitlines()) > 1
    if ("&" in front_matter.matter and front_matter.syntax == "yaml") or twins:
        return ""
    return "" if _only_its_lines(front_matter, edited, key) else "a line of another key changed"


def _only_its_lines(front_matter: FrontMatter, edited: FrontMatter, key: str) -> bool:
    """Whether every line that is not the key's own stands in the edited text too, in the same order."""
    span = front_matter.spans().get(key)
    start, end = span or (0, 0)
    if key and span is None:
        return True  # a matter on one line, or in one pair of brackets, has no lines of its own
    lines = _lines(front_matter.matter[:start], front_matter) + _lines(front_matter.matter[end:], front_matter)
    remaining = iter(_lines(edited.matter, front_matter))
    return all(line in remaining for line in lines)


def _lines(text: str, front_matter: FrontMatter) -> list[str]:
    """Return the lines of a text; in JSON a comma at a line's end belongs to the neighbour's edit."""
    is_json = front_matter.syntax == "json"
    return [line.rstrip(", \t") if is_json else line for line in text.splitlines() if line.strip(", \t{}")]


def main(arguments: list[str]) -> int:
    """Try every edit and print the counts."""
    tried: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    documents = 0
    for name in arguments:
        for path, front_matter in front_matters(Path(name)):
            documents += 1
            for verb, key, edit in attempts(front_matter):
                tried[f"{front_matter.syntax} {verb}"] += 1
                wrong = problem(front_matter, verb, key, edit)
                if wrong:
                    failed[f"{front_matter.syntax} {verb}"] += 1
                    print(f"{path}: {verb} {key}: {wrong}", file=sys.stderr)
    print(f"{'edit':14} {'tried':>8} {'failed':>7}")
    for kind, count in sorted(tried.items()):
        print(f"{kind:14} {count:8,} {failed[kind]:7,}")
    print(f"{documents:,} front matters, {tried.total():,} edits tried, {failed.total():,} failed")
    return 1 if failed or not tried else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
