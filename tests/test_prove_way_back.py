"""The proof of the way back on the fixtures: with the manifest every byte, without it every post or a finding."""

from __future__ import annotations

from pathlib import Path

import pytest
from programs import needs_jekyll
from prove_way_back import Row, prove

SITES = Path(__file__).parent / "fixtures" / "sites"
KNOWN = {
    # The page of the section comes back with its cascade, which then holds for the translations too.
    "hugo-blog": {
        "content/posts/lighthouse/index.pt.md",
        "content-fr/posts/tides.md",
    },
    "jekyll-blog": set(),
}
"""Posts that come back otherwise without the manifest, and about which no finding says so."""


@pytest.fixture(scope="module", params=KNOWN)
def row(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Row:
    return prove(SITES / request.param, request.param.partition("-")[0], tmp_path_factory.mktemp("back"))


def test_every_byte_comes_back_with_the_manifest(row: Row) -> None:
    assert row.files > 30
    assert row.other_files == []


@needs_jekyll
def test_without_it_a_post_comes_back_equal_or_a_finding_names_it(row: Row) -> None:
    assert {name.partition(": ")[0] for name in row.unnamed} <= KNOWN[row.name]
    assert row.equal + sum(row.named.values()) + len(row.unnamed) == row.posts > 15
    assert row.equal > row.posts / 2
