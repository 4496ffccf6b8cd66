#!/usr/bin/env python3
"""A site's own regression test, to copy beside the site and run with pytest: every post survives a round trip.

The folder is named by the environment variable SITE (default: the folder `content` beside this file's parent).
"""

import os
from pathlib import Path

import hugoconv as hc

SITE = Path(os.environ.get("SITE", Path(__file__).parent.parent / "content"))


def test_every_post_survives(tmp_path: Path) -> None:
    hc.convert(SITE, tmp_path / "jekyll", from_="hugo", to="jekyll")
    hc.convert(tmp_path / "jekyll", tmp_path / "hugo", from_="jekyll", to="hugo")
    result = hc.check(tmp_path / "hugo", against=SITE)
    assert not result.errors, "\n".join(str(finding) for finding in result.errors)  # titles, dates, terms, URLs, assets
