#!/usr/bin/env python3
"""Write Hugo sites in each front matter syntax and compare what Hugo reads, page by page: prove_front_matter.py SITE...

Each SITE is a Hugo site, or a folder of them. A site is built with the real Hugo before and after the conversion, with
its own content settings and a layout that prints what Hugo made of each page: every parameter with its type, the dates,
title, draft, weight, aliases, keywords, type, layout, URL and a digest of the raw body. `hugo convert` does the same
work on the same site and stands beside it. Prints a row a site and syntax; exit code 1 when a page of ours differs.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpora import sources

import hugoconv
from hugoconv.errors import HugoconvError
from hugoconv.systems.hugo.config import config_files
from hugoconv.systems.hugo.configfiles import look_up, read_values

SYNTAXES = ("yaml", "toml", "json")
NEUTRAL = {"{{<": "{{\u200b<", "{{%": "{{\u200b%"}
"""Shortcodes need the site's theme, so both builds see them as text."""

CONTENT_SETTINGS = (
    *("baseURL", "title", "timeZone", "languages", "defaultContentLanguage", "defaultContentLanguageInSubdir"),
    *("disableLanguages", "contentDir", "taxonomies", "permalinks", "frontmatter", "ignoreFiles", "cascade"),
    *("outputFormats", "mediaTypes", "uglyURLs", "disablePathToLower", "removePathAccents", "hasCJKLanguage"),
)
"""The settings of a site that say what its content is; themes, modules and output are left out."""

LAYOUT = """\
{{- define "value" -}}
{{- $type := printf "%T" . -}}
{{- if eq $type "[]uint8" }}["bytes", {{ jsonify . }}]
{{- else if eq $type "time.Time" }}["time", "{{ .Format "2006-01-02T15:04:05.999999999Z07:00" }}"]
{{- else if reflect.IsMap . }}{"":0
{{- range $key, $value := . }},{{ jsonify $key }}:{{ template "value" $value }}{{ end }}}
{{- else if reflect.IsSlice . }}["list"{{ range . }},{{ template "value" . }}{{ end }}]
{{- else }}[{{ jsonify $type }},{{ jsonify (printf "%v" .) }}]{{ end -}}
{{- end -}}
{{- define "page" }}{{ with .File }}
{"file": {{ jsonify .Filename }}, "language": {{ jsonify $.Language.Lang }}, "title": {{ template "value" $.Title }},
"linktitle": {{ template "value" $.LinkTitle }}, "date": {{ template "value" $.Date }},
"lastmod": {{ template "value" $.Lastmod }}, "publishdate": {{ template "value" $.PublishDate }},
"expirydate": {{ template "value" $.ExpiryDate }}, "draft": {{ template "value" $.Draft }},
"weight": {{ template "value" $.Weight }}, "aliases": {{ template "value" $.Aliases }},
"keywords": {{ template "value" $.Keywords }}, "type": {{ template "value" $.Type }},
"layout": {{ template "value" $.Layout }}, "slug": {{ template "value" $.Slug }},
"description": {{ template "value" $.Description }}, "url": {{ jsonify $.RelPermalink }},
"params": {{ template "value" $.Params }}, "body": "{{ sha256 $.RawContent }}"},
{{ end }}{{ end -}}
[{{ range site.Pages }}{{ template "page" . }}
{{ range .Resources.ByType "page" }}{{ template "page" . }}{{ end }}{{ end -}}
{{ range site.Params.probe }}{{ with site.GetPage . }}{{ template "page" . }}{{ end }}{{ end }}0]
"""

KINDS = ("home", "page", "section", "taxonomy", "term")

Pages = dict[tuple[str, str], dict[str, Any]]


@dataclass(frozen=True)
class Probe:
    """What Hugo read: pages by (file, language), and the files it refused with its reason."""

    pages: Pages
    refused: dict[str, str]


@dataclass
class Row:
    """How the pages of one site came through, by one program: `lacking` are equal but for what the syntax has not."""

    equal: int = 0
    lacking: Counter[str] = field(default_factory=Counter)
    differ: dict[str, str] = field(default_factory=dict)
    note: str = ""

    @property
    def same(self) -> int:
        """The number of pages that are the same pages."""
        return self.equal + sum(self.lacking.values())


def hugo(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the real Hugo, which the test requirements install."""
    binary = shutil.which("hugo", path=sysconfig.get_path("scripts")) or "hugo"
    return subprocess.run([binary, *arguments], capture_output=True, text=True, check=False)


# Building -----------------------------------------------------------------------------------------------------------


def prepare(site: Path, folder: Path) -> Path:
    """Copy a site's content to `folder`, with its content settings and the layout that prints the pages."""
    values = read_values(site, config_files(site))
    mounts = look_up(values, "module.mounts") or []
    mounts = [_mount(mount) for mount in mounts if str(look_up(mount, "target")).split("/")[0] == "content"]
    kept = {key: value for key in CONTENT_SETTINGS if (value := look_up(values, key)) is not None}
    kept |= {"buildDrafts": True, "buildFuture": True, "buildExpired": True, "disableAliases": True}
    kept |= {"security": {"allowContent": [".*"]}, "outputs": {kind: ["json"] for kind in KINDS}}
    kept |= {"disableKinds": ["rss", "sitemap", "404", "robotsTXT"]}
    if mounts:
        kept["module"] = {"mounts": mounts}
    folders = _folders(values, mounts)
    files = [path for name in folders for path in sorted((site / name).rglob("*")) if path.is_file()]
    kept["params"] = {"probe": [_page_reference(path, site, folders) for path in files]}
    (folder / "layouts").mkdir(parents=True)
    (folder / "layouts" / "home.json").write_text(LAYOUT)
    (folder / "hugo.json").write_text(json.dumps(kept, default=str))
    for path in files:
        copy = folder / path.relative_to(site)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(_neutral(path.read_bytes()))
    return folder


def _mount(mount: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mount as Hugo reads it today: `lang` was replaced."""
    languages = look_up(mount, "lang")
    kept = {key: value for key, value in mount.items() if key.lower() != "lang"}
    return kept | ({"sites": {"matrix": {"languages": [languages]}}} if languages else {})


def _folders(values: Mapping[str, Any], mounts: list[Any]) -> list[str]:
    names = [look_up(values, "contentDir") or "content", *(look_up(mount, "source") for mount in mounts)]
    names += [look_up(own, "contentDir") for own in (look_up(values, "languages") or {}).values()]
    return sorted({str(name).strip("/") for name in names if name and not str(name).startswith("..")})


def _page_reference(path: Path, site: Path, folders: list[str]) -> str:
    name = path.relative_to(site).as_posix()
    return next((name[len(folder) :] for folder in folders if name.startswith(f"{folder}/")), f"/{name}")


def _neutral(data: bytes) -> bytes:
    for mark, replacement in NEUTRAL.items():
        data = data.replace(mark.encode(), replacement.encode())
    return data


def probe(folder: Path) -> Probe:
    """Build a prepared site; what Hugo refuses is noted, taken out, and the rest is built."""
    refused: dict[str, str] = {}
    while True:
        shutil.rmtree(folder / "public", ignore_errors=True)
        built = hugo("--source", str(folder), "--noBuildLock")
        if built.returncode == 0:
            break
        found = _refusals(built.stdout + built.stderr, folder)
        if not found:
            raise RuntimeError(f"{folder}: {built.stderr[-2000:]}")
        for name, reason in found.items():
            (folder / name).unlink()
            refused[name] = reason
    pages: Pages = {}
    for file in sorted((folder / "public").rglob("index.json")):
        for page in json.loads(file.read_text())[:-1]:
            page["file"] = Path(page["file"]).relative_to(folder.resolve()).as_posix()
            pages[page["file"], page["language"]] = page
    return Probe(pages, refused)


def _refusals(output: str, folder: Path) -> dict[str, str]:
    """Return the files that an error message of Hugo's names, with the message without places and paths."""
    found: dict[str, str] = {}
    for match in re.finditer(re.escape(str(folder.resolve())) + r"/([^\"\n]+?)(?::\d+)*(?:\"|$)", output, re.MULTILINE):
        name = match[1]
        if (folder / name).is_file() and not name.startswith(("layouts", "hugo.json")):
            line = output[: match.start()].rpartition("\n")[2] + output[match.end() :].partition("\n")[0]
            reason = line.removeprefix("ERROR ").replace(": see ", "")
            found.setdefault(name, re.sub(r"\[?\d+:\d+\]?:?|line \d+|\s+", " ", reason).strip()[:120])
    if removed := re.search(r'The "(\w+)" front matter key was deprecated', output):
        key = re.compile(rb'^(?:\[|(?:\{ ?|  )")?' + removed[1].encode() + rb"\b", re.MULTILINE)
        named = (path for path in folder.rglob("*") if path.is_file() and path.name != "hugo.json")
        for path in (path for path in named if key.search(path.read_bytes())):
            found.setdefault(path.relative_to(folder).as_posix(), f"{removed[1]} was removed from Hugo")
    return found


# Comparing ----------------------------------------------------------------------------------------------------------


def compare(before: Pages, after: Pages, syntax: str) -> Row:
    """Compare pages; what the syntax cannot hold is counted by what it is, and everything else is a difference."""
    row = Row()
    for key, page in before.items():
        other = after.get(key)
        if other is None:
            row.differ[key[0]] = "the page is gone"
            continue
        excused: set[str] = set()
        names = [name for name in page if name != "file" and not _same(page[name], other[name], syntax, excused)]
        if names:
            row.differ[key[0]] = ", ".join(_described(name, page[name], other[name]) for name in names)
        elif excused:
            row.lacking[" + ".join(sorted(excused))] += 1
        else:
            row.equal += 1
    for key in after.keys() - before.keys():
        row.differ[key[0]] = "the page is new"
    return row


def _same(one: Any, other: Any, syntax: str, excused: set[str]) -> bool:
    """Compare two printed values; numbers by value (Hugo's readers differ in the widths they give integers)."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in one.keys() | other.keys():
            if key not in other and _is_null(one[key]) and syntax == "toml":
                excused.add("null")
            elif key not in one or key not in other or not _same(one[key], other[key], syntax, excused):
                return False
        return True
    if not isinstance(one, list) or not isinstance(other, list) or not one or not other:
        return bool(one == other)
    if one[0] == "list" and other[0] == "list":
        pairs = zip(one[1:], other[1:], strict=False)
        return len(one) == len(other) and all(_same(a, b, syntax, excused) for a, b in pairs)
    if _scalar(one) == _scalar(other):
        return True
    excuse = _excuse(one, other, syntax)
    if excuse:
        excused.add(excuse)
    return bool(excuse)


def _scalar(value: list[Any]) -> list[Any]:
    if str(value[0]).startswith(("int", "uint")):
        return ["number", int(value[1])]
    if value[0] == "float64" and value[1] not in ("+Inf", "-Inf", "NaN"):
        return ["number", float(value[1])]
    return value


def _is_null(value: Any) -> bool:
    return isinstance(value, list) and value[0] == "<nil>"


def _excuse(one: list[Any], other: list[Any], syntax: str) -> str:
    """Return what the target syntax lacks that makes these two values differ, "" when it is a plain difference."""
    if other[0] != "string":
        return ""
    if _is_null(one) and syntax == "toml":
        return "null" if other[1] == "" else ""
    if str(one[1]) != other[1]:
        return ""
    if str(one[0]).startswith("toml.Local"):
        return "local date"
    if syntax == "json" and one[0] == "time":
        return "date"
    if syntax != "yaml" and one[0] == "bytes":
        return "binary"
    if one[0] in ("int64", "uint64") and abs(int(one[1])) >= (2**63 if syntax == "toml" else 2**53):
        return "large integer"
    return "inf or nan" if one[0] == "float64" and syntax == "json" else ""


def _described(name: str, one: Any, other: Any) -> str:
    """Return where two values first differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        key = next((key for key in one if one[key] != other.get(key)), next(iter(other.keys() - one.keys()), ""))
        return _described(f"{name}.{key}", one.get(key), other.get(key))
    if isinstance(one, list) and isinstance(other, list) and one[0] == "list" and len(one) == len(other):
        index = next((index for index, item in enumerate(one) if item != other[index]), 0)
        return _described(f"{name}.{index}", one[index], other[index])
    return f"{name}: {str(one)[:80]} -> {str(other)[:80]}"


# The programs -------------------------------------------------------------------------------------------------------


def ours(site: Path, before: Probe, syntax: str, folder: Path) -> Row:
    """Convert with hugoconv, build and compare; files that Hugo refuses must be refused for the same reason."""
    exporter = hugoconv.exporters.get("hugo", front_matter=syntax)
    hugoconv.convert(site, folder / "new", from_="hugo", to=exporter)
    after = probe(prepare(folder / "new", folder / "built"))
    row = compare(before.pages, after.pages, syntax)
    for name in before.refused.keys() | after.refused.keys():
        if before.refused.get(name) != after.refused.get(name):
            row.differ[name] = f"refused before: {before.refused.get(name)}; after: {after.refused.get(name)}"
    return row


def theirs(site: Path, before: Probe, syntax: str, folder: Path) -> Row:
    """Convert with `hugo convert`, in its best conditions: without the files for which it refuses the whole site."""
    prepare(site, folder)
    for name in before.refused:
        (folder / name).unlink()
    done = hugo("convert", f"to{syntax.upper()}", "--unsafe", "--source", str(folder))
    try:
        after = probe(folder)
    except (RuntimeError, ValueError) as error:
        return Row(note=f"hugo convert: {str(error)[:200]}", differ={name: "no build" for name, _ in before.pages})
    row = compare(before.pages, after.pages, syntax)
    if done.returncode:
        row.note = f"hugo convert stopped: {(done.stderr or done.stdout).strip().splitlines()[-1][:160]}"
    return row


def prove(site: Path) -> tuple[Probe, dict[str, tuple[Row, Row]]]:
    """Prove one site in all syntaxes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before = probe(prepare(site, folder / "before"))
        rows = {}
        for syntax in SYNTAXES:
            (folder / syntax).mkdir()
            rows[syntax] = (
                ours(site, before, syntax, folder / syntax),
                theirs(site, before, syntax, folder / f"{syntax}-hugo"),
            )
        return before, rows


def main(arguments: list[str]) -> int:
    """Prove each site and print the table."""
    print(f"{'site':18} {'to':4} {'pages':>6} | {'same':>6} {'lacking':>7} {'differ':>6} | {'hugo convert':>12}")
    pages = failures = 0
    total: Counter[str] = Counter()
    for site in (site for argument in arguments for site, _ in sources(Path(argument), "hugo")):
        try:
            before, rows = prove(site)
        except (HugoconvError, RuntimeError) as error:
            print(f"{site.name[:18]:18} cannot be proven: {error}")
            failures += 1
            continue
        for syntax, (mine, hugos) in rows.items():
            lacking = sum(mine.lacking.values())
            print(
                f"{site.name[:18]:18} {syntax:4} {len(before.pages):6,} | {mine.same:6,} {lacking:7,} "
                f"{len(mine.differ):6,} | {hugos.same:12,}"
            )
            for excuse, count in mine.lacking.items():
                print(f"    {count:,} equal but for what {syntax.upper()} has not: {excuse}")
            for name, problem in list(mine.differ.items())[:10]:
                print(f"    {name}: {problem}")
            if hugos.note:
                print(f"    {hugos.note}")
            pages += len(before.pages)
            total["ours"] += mine.same
            total["theirs"] += hugos.same
            failures += len(mine.differ)
        for name, reason in before.refused.items():
            print(f"    refused by Hugo before and after: {name}: {reason}")
    if not pages:
        print("no pages")
        return 1
    shares = f"hugoconv {total['ours'] / pages:.2%}, hugo convert {total['theirs'] / pages:.2%}"
    print(f"{pages:,} pages compared: the same for {shares}; {failures:,} differ")
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
