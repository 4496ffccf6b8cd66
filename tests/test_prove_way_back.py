"""The proof of the way back on the fixtures: with the manifest every byte, without it every post or a finding."""

from __future__ import annotations

from pathlib import Path

import pytest
from programs import needs_jekyll
from prove_way_back import Row, prove

SITES = Path(__file__).parent / "fixtures" / "sites"
NAMED = {
    # A section's cascade would act in Hugo, on pages that were written for Jekyll since: its key gets another name.
    "hugo-blog": {
        "HC208": {"content/posts/_index.md"},
        "HC343": {"content/posts/lighthouse/index.md"},
        "HC210": {"content/posts/expired.md", "content/posts/lighthouse/notes.md"},
    },
    "jekyll-blog": {},
}
"""The posts that come back otherwise without the manifest, by the finding that says so."""


@pytest.fixture(scope="module", params=NAMED)
def row(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Row:
    return prove(SITES / request.param, request.param.partition("-")[0], tmp_path_factory.mktemp("back"))


def test_every_byte_comes_back_with_the_manifest(row: Row) -> None:
    assert row.files > 30
    assert row.other_files == []


@needs_jekyll
def test_without_it_a_post_comes_back_equal_or_a_finding_names_it(row: Row) -> None:
    assert row.unnamed == []
    named = {code: {name.partition(": ")[0] for name in names} for code, names in row.named.items()}
    assert named == NAMED[row.name]
    assert row.equal + sum(map(len, row.named.values())) == row.posts > 15
