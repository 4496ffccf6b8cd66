"""The numbered cases of reading exports: damaged and odd files, and exports in several parts."""

from __future__ import annotations

import gzip
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from wordpress_cases import CASES

import hugoconv
from hugoconv.errors import SourceError
from hugoconv.report.findings import Findings
from hugoconv.systems.wordpress.wxr.index import index, read_items
from hugoconv.systems.wordpress.wxr.items import Item

NAMES = sorted(path.name.removesuffix(".input.xml") for path in CASES.glob("*.input.xml"))
SHOWN = ("post_id", "title", "content", "status", "post_type")


def read(path: Path) -> dict[str, Any]:
    """Return what is read from a file, in the form of the `.expected.json` files."""
    log = Findings()
    try:
        found = index(path, log)
    except SourceError as error:
        return {"refused": error.message, "line": error.line}
    items = [shown(item) for item in read_items(found, log)]
    authors = [[author.id, author.login] for author in found.channel.authors]
    findings = [f"{finding.code} {finding.line}: {finding.message}" for finding in log]
    return {"items": items, "authors": authors, "findings": findings}


def shown(item: Item) -> dict[str, Any]:
    terms = [f"{term.domain} {term.nicename}: {term.name}" for term in item.terms]
    return {name: getattr(item, name) for name in SHOWN} | ({"terms": terms} if terms else {})


@pytest.mark.parametrize("name", NAMES)
def test_case(name: str) -> None:
    expected = json.loads((CASES / f"{name}.expected.json").read_text(encoding="utf-8"))
    assert read(CASES / f"{name}.input.xml") == expected


def as_folder(parts: list[Path], folder: Path) -> Path:
    for part in parts:
        shutil.copy(part, folder / part.name)
    return folder


def as_gzip_files(parts: list[Path], folder: Path) -> Path:
    for part in parts:
        (folder / f"{part.name}.gz").write_bytes(gzip.compress(part.read_bytes()))
    return folder


def as_zip(parts: list[Path], folder: Path) -> Path:
    with zipfile.ZipFile(folder / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            archive.write(part, f"export/{part.name}")
    return folder / "export.zip"


@pytest.mark.parametrize("packed", [as_folder, as_gzip_files, as_zip])
def test_case_93_parts_know_each_other(packed: Callable[[list[Path], Path], Path], tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    site = tmp_path / "site"
    report = hugoconv.convert(packed(sorted((CASES / "93-parts").iterdir()), source), site, to="hugo")
    assert (report.posts, report.failed, report.exit_code) == (2, 0, 0)
    first, second = (next(site.glob(f"content/posts/{number}.md")).read_text(encoding="utf-8") for number in (1, 2))
    assert "a.jpg" in first.partition("---\n")[2].partition("---\n")[0]
    assert "{{< gallery" in first
    assert second.endswith("---\nshared\n")


def test_an_export_without_items_gives_a_site_with_its_terms(tmp_path: Path) -> None:
    export = tmp_path / "terms.xml"
    term = "<wp:category><wp:category_nicename>a-b</wp:category_nicename><wp:cat_name>A B</wp:cat_name></wp:category>"
    text = (CASES / "94-missing-elements.input.xml").read_text(encoding="utf-8")
    export.write_text(text[: text.index("<item>")] + term + "</channel></rss>", encoding="utf-8")
    report = hugoconv.convert(export, tmp_path / "site", to="hugo")
    assert report.exit_code == 0
    assert "HC111" in {finding.code for finding in report.findings}
    assert (tmp_path / "site" / "content" / "categories" / "a-b" / "_index.md").is_file()


@pytest.mark.parametrize("name", [name for name in NAMES if name != "90-document-type"])
def test_what_is_damaged_converts_and_says_so(name: str, tmp_path: Path) -> None:
    report = hugoconv.convert(CASES / f"{name}.input.xml", tmp_path / "site", to="hugo")
    assert report.failed == 0
    assert report.exit_code == (1 if name == "90-unclosed-item" else 0)


WXR = Path(__file__).parent / "fixtures" / "wxr"


@pytest.mark.parametrize("path", sorted(WXR.glob("*.xml")), ids=lambda path: path.name)
def test_every_item_is_in_the_site_or_in_the_report(path: Path, tmp_path: Path) -> None:
    log = Findings()
    try:
        export = index(path, log)
    except SourceError:
        return
    items = list(read_items(export, log))
    report = hugoconv.convert(path, tmp_path / "site", to="hugo")
    counted = [finding for finding in report.findings if finding.code == "HC108"]
    named = sum(int(finding.message.split()[0]) for finding in counted)
    named += sum(finding.code in ("HC103", "HC109") for finding in report.findings)
    part_of_others = sum(item.post_type in ("attachment", "nav_menu_item", "wp_block") for item in items)
    assert report.posts - report.failed + part_of_others + named == len(export)
