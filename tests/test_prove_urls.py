"""The proof of addresses on a few generated names: the real programs publish where hugoconv says."""

from __future__ import annotations

import random

import pytest
from programs import needs_jekyll
from prove_urls import CONFIGURATIONS, prove_hugo, prove_jekyll


@needs_jekyll
@pytest.mark.parametrize("style", ["date", "/archive/:year/:month/:day/:title/"])
def test_jekyll_and_the_converted_site_publish_where_we_say(style: str) -> None:
    rows = list(prove_jekyll(style, 40, random.Random(7)))
    assert [row.wrong for row in rows] == [[], []]
    assert all(row.asked > 40 for row in rows)


def test_hugo_publishes_where_we_say() -> None:
    name = "by slug"
    (row,) = prove_hugo(name, CONFIGURATIONS[name], 40, random.Random(7))
    assert row.wrong == []
    assert row.asked == 40
