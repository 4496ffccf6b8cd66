"""The proof of imports sees what a WordPress has otherwise than the export; the database here is made of the export."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import hugoconv

WP = "{http://wordpress.org/export/1.2/}"
SITE = Path(__file__).parent / "fixtures" / "wxr" / "sample.xml"


@pytest.fixture(name="prove")
def _prove(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(Path(__file__).parent.parent / "scripts"))
    import prove_import

    yield prove_import
    sys.modules.pop("prove_import", None)


@pytest.fixture(name="export")
def _export(tmp_path: Path) -> Path:
    hugoconv.convert(SITE, tmp_path / "export.xml", to="wordpress")
    return tmp_path / "export.xml"


def _database(export: Path, prove: ModuleType) -> dict[str, Any]:
    """Return what a WordPress holds that took every item as it stands."""
    root = ET.parse(export).getroot()
    posts = {}
    for item in root.iterfind("channel/item"):
        wanted = prove.expected(item, "2026-01-01 00:00:00")
        identifier = item.findtext(f"{WP}post_id", "")
        comments: list[dict[str, str]] = [
            {
                f"comment_{field}": each.findtext(f"{WP}comment_{field}") or ""
                for field in (*prove.COMMENT_FIELDS, "parent")
            }
            | {"comment_ID": each.findtext(f"{WP}comment_id", "")}
            for each in item.iterfind(f"{WP}comment")
        ]
        posts[identifier] = {
            **{f"post_{field}": wanted[field] for field in prove.FIELDS},
            "menu_order": wanted["menu_order"],
            "post_parent": item.findtext(f"{WP}post_parent") or "0",
            "login": item.findtext(prove.CREATOR) or "",
            "sticky": item.findtext(f"{WP}is_sticky") == "1",
            "meta": prove.meta_of(item),
            "terms": [[each.get("domain"), each.get("nicename")] for each in item.iterfind("category")],
            "comments": comments,
        }
    rows: list[dict[str, Any]] = []
    for element, taxonomy, slug, name, description in (
        ("category", "category", "category_nicename", "cat_name", "category_description"),
        ("tag", "post_tag", "tag_slug", "tag_name", "tag_description"),
        ("term", "", "term_slug", "term_name", "term_description"),
    ):
        for term in root.iterfind(f"channel/{WP}{element}"):
            rows.append(
                {
                    "term_id": len(rows),
                    "taxonomy": taxonomy or term.findtext(f"{WP}term_taxonomy"),
                    "slug": term.findtext(f"{WP}{slug}"),
                    "name": term.findtext(f"{WP}{name}"),
                    "description": term.findtext(f"{WP}{description}") or "",
                    "parent": term.findtext(f"{WP}{element}_parent") or "",
                }
            )
    slugs = {row["slug"]: row["term_id"] for row in rows}
    terms = [row | {"parent": slugs.get(row["parent"], "none")} for row in rows]
    ids = {identifier: identifier for identifier in posts} | {"0": "0"}
    return {"ids": ids, "menus": ids, "posts": posts, "terms": terms, "users": [], "moved": {}}


def test_nothing_differs_when_all_came_in(export: Path, prove: ModuleType) -> None:
    assert list(prove.differences([export], _database(export, prove))) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("post_title", "x"),
        ("post_content", "x"),
        ("post_excerpt", "x"),
        ("post_date", "2001-01-01 00:00:00"),
        ("post_status", "private"),
        ("post_name", "x"),
        ("post_parent", "99"),
        ("menu_order", "99"),
        ("sticky", None),
        ("meta", []),
        ("terms", [["post_tag", "x"]]),
        ("comments", []),
    ],
)
def test_what_came_in_otherwise_is_named(export: Path, prove: ModuleType, field: str, value: object) -> None:
    found = _database(export, prove)
    needed = {"meta": "meta", "terms": "terms", "comments": "comments"}.get(field, "post_name")
    rich = [post for post in found["posts"].values() if post["post_type"] in ("post", "page") and post[needed]]
    rich[0][field] = value
    assert len(list(prove.differences([export], found))) >= 1


def test_what_is_not_there_is_named(export: Path, prove: ModuleType) -> None:
    found = _database(export, prove)
    missing = next(key for key, post in found["posts"].items() if post["post_type"] == "page")
    del found["posts"][missing], found["terms"][0]
    named = list(prove.differences([export], found))
    assert sum(each.endswith("is not there") for each in named) == 2
