"""The proof of whole sites on the fixtures: built before and after by the real programs, compared page by page."""

from __future__ import annotations

from pathlib import Path

import pytest
from programs import needs_jekyll
from prove_sites import Row, prove

from hugoconv.migrate.pages import KINDS

SITES = Path(__file__).parent / "fixtures" / "sites"


SYSTEMS = {"jekyll-blog": "jekyll", "jekyll-manual": "jekyll"}


@pytest.fixture(scope="module", params=SYSTEMS)
def rows(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Row]:
    """What became of a fixture, by the way it went."""
    name = request.param
    return {row.way: row for row in prove(SITES / name, SYSTEMS[name], tmp_path_factory.mktemp("proof"))}


@needs_jekyll
def test_every_page_is_there_with_all_that_stood_on_it(rows: dict[str, Row]) -> None:
    row = rows["hugoconv"]
    assert row.error == ""
    assert row.all_pages.pages > 8
    assert row.all_pages.unanswered == []
    assert row.all_pages.different == {kind: [] for kind in KINDS}
    assert all(row.all_pages.shares[kind].total for kind in KINDS)


@pytest.fixture(scope="module")
def from_hugo(tmp_path_factory: pytest.TempPathFactory) -> Row:
    (row,) = prove(SITES / "hugo-blog", "hugo", tmp_path_factory.mktemp("proof"))
    return row


@needs_jekyll
def test_every_page_of_a_hugo_site_is_there_with_all_that_stood_on_it(from_hugo: Row) -> None:
    assert from_hugo.error == ""
    assert from_hugo.broken == []
    assert from_hugo.all_pages.pages > 20
    assert from_hugo.all_pages.unanswered == []
    # The link of a bundle's page to a text of the bundle, which is no page: HC343.
    assert from_hugo.all_pages.different == {kind: [] for kind in KINDS} | {
        "links": ["2021/03/lighthouse-visit/index.html"]
    }
    assert not any(from_hugo.unnamed.values())
    assert all(from_hugo.all_pages.shares[kind].total for kind in KINDS)


@needs_jekyll
def test_a_check_of_the_built_trees_finds_every_file(from_hugo: Row, rows: dict[str, Row]) -> None:
    for row in (from_hugo, rows["hugoconv"]):
        assert row.lost == []
        assert row.files > row.all_pages.pages


@needs_jekyll
def test_hugo_s_own_import_loses_pages(rows: dict[str, Row]) -> None:
    row = rows["hugo import"]
    assert row.error or row.all_pages.unanswered
    assert row.error or row.lost
