#!/usr/bin/env python3
"""Convert sites for Ghost and count what its own editor keeps of their words: prove_ghost.py SITE...

The HTML of each post goes through the converter with which Ghost imports it and the renderer with which it publishes
(scripts/test-builders ghost installs them). Exit code 1 when less than 99 % of the words of a site are kept.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from builders import published_by_ghost
from corpora import sources

import hugoconv
from hugoconv.markup.likeness import visible_words


def prove(source: Path, folder: Path) -> tuple[int, int, int]:
    """Return how many posts and words an import has, and how many of the words Ghost publishes."""
    hugoconv.convert(source, folder / "site.zip", to="ghost", record=False)
    posts = published_by_ghost(folder / "site.zip")
    words = kept = 0
    for _, html, made in posts:
        wanted = Counter(visible_words(html))
        words += wanted.total()
        kept += wanted.total() - (wanted - Counter(visible_words(made))).total()
    return len(posts), words, kept


def main(arguments: Sequence[str]) -> int:
    """Prove each site and print a line for it."""
    bad = not arguments
    print(f"{'site':30} {'posts':>7} {'words':>9} {'kept':>9}")
    for source in (source for argument in arguments for source, _ in sources(Path(argument))):
        with tempfile.TemporaryDirectory() as folder:
            posts, words, kept = prove(source, Path(folder))
        print(f"{source.name[:30]:30} {posts:7,} {words:9,} {kept:9,}", flush=True)
        bad = bad or kept < 0.99 * words
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
