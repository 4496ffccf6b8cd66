"""Every item of an export, counted without the reader, is in the new site or in its report; a lost one is found."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from prove_census import Elsewhere, Row, _missing, items_in, prove

from hugoconv.report.report import Report

NOWHERE = Elsewhere("", Counter(), 0, 0, "")
EXPORTS = sorted((Path(__file__).parent / "fixtures" / "wxr").glob("*.xml"))


@pytest.mark.parametrize("export", EXPORTS, ids=lambda path: path.name)
@pytest.mark.parametrize("to", ["hugo", "jekyll"])
def test_no_item_is_lost(export: Path, to: str) -> None:
    row = prove(export, to)
    assert row.refused == ""
    assert row.items > 0
    assert row.missing == []
    assert row.items == row.pages + row.library + row.menus + row.named


def test_an_item_that_is_nowhere_is_found() -> None:
    items = items_in((Path(__file__).parent / "fixtures/wxr/sample.xml").read_bytes())
    missing = list(_missing(items, Report("a", "b", "wordpress", "hugo", False, False), {}, NOWHERE, Row("sample")))
    assert {item.type for item in items} >= {"attachment", "nav_menu_item", "post"}
    assert len(missing) == len(items) > 5


def test_a_file_stands_for_one_item_only() -> None:
    data = b"<rss><channel>" + b"<item><title>Twin</title></item>" * 2 + b"</channel></rss>"
    pages: dict[str, list[Counter[str]]] = {"twin": [Counter()]}
    report = Report("a", "b", "wordpress", "hugo", False, False)
    assert len(list(_missing(items_in(data), report, pages, NOWHERE, Row("twins")))) == 1


def test_items_of_one_title_have_the_pages_that_are_most_like_them() -> None:
    texts = ("", "a b c d", "a b c", "a b c d e f g h i j k")
    item = "<item><title>\n<![CDATA[ ]]></title><content:encoded>{}</content:encoded></item>"
    data = f'<rss xmlns:content="c">{"".join(map(item.format, texts))}</rss>'.encode()
    pages = {"": [Counter(text.split()) for text in reversed(texts)]}
    pages[""][-1].update(["image"])
    report = Report("a", "b", "wordpress", "hugo", False, False)
    assert list(_missing(items_in(data), report, pages, NOWHERE, Row("alike"))) == []


def test_what_is_not_well_formed_is_counted_by_its_tags() -> None:
    data = b"<rss><item><title>A & B</title></item><item><title><![CDATA[C]]></title></item>"
    assert [item.title for item in items_in(data)] == ["A & B", "C"]


def test_letters_of_another_colour_are_of_the_same_word() -> None:
    content = "p&lt;font color='red'>a&lt;/font>per b&lt;br/>c"
    (item,) = items_in(f"<rss><item><content:encoded>{content}</content:encoded></item></rss>".encode())
    assert item.words == Counter({"paper": 1, "b": 1, "c": 1})
