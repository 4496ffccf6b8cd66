#!/usr/bin/env python3
"""Feed every parser with texts that hypothesis makes up: fuzz.py [--minutes 1] [--texts N] [--only NAME] [--list]

Each target (`fuzz_targets.py`) reads a text made of its own format's words and of odd characters. A text may be refused
by an error raised on purpose; anything else is a fault, as is a text that takes longer than ten seconds. Prints the
smallest such text. With `--texts` each target gets that many texts, however long it takes.
Exit code 1 when one was found.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import traceback
from pathlib import Path

from fuzz_targets import TARGETS
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hugoconv.errors import HugoconvError

BATCH = 200
"""How many texts are tried between two looks at the clock."""
PATIENCE = 10
"""How many seconds of processor time a text may take."""

_WORDS: dict[str, list[str]] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
"""The words of each format, and characters that are odd in all of them."""


def texts(words: str) -> st.SearchStrategy[str]:
    """Return texts of a format's words, odd characters and plain letters."""
    piece = st.one_of(st.sampled_from(_WORDS[words]), st.sampled_from(_WORDS["odd characters"]), st.text(max_size=5))
    return st.lists(piece, max_size=40).map("".join)


def fuzz(name: str, seconds: float, batch: int = BATCH) -> str:
    """Feed one target for so many seconds, a batch at least; returns what went wrong, "" when nothing did."""
    words, read = TARGETS[name]
    end = time.monotonic() + seconds
    tried = 0

    @settings(
        max_examples=batch,
        derandomize=batch != BATCH,  # a few texts are the same ones each time
        deadline=None,  # which counts seconds of the clock, also those in which others were at work
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(texts(words))
    def feed(text: str) -> None:
        nonlocal tried
        tried += 1
        began = time.process_time()
        try:
            read(text)
        except HugoconvError:
            pass
        if time.process_time() - began > PATIENCE:
            raise AssertionError(f"it took more than {PATIENCE} seconds of processor time")

    while not tried or time.monotonic() < end:
        try:
            feed()
        except Exception:
            return traceback.format_exc(limit=-4)
    print(f"{name:28} {tried:9,} texts in {seconds:.0f} s", flush=True)
    return ""


def main(arguments: list[str]) -> int:
    """Feed the targets in turn."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=1.0, help="for each target")
    parser.add_argument("--texts", type=int, default=0, help="so many texts for each target, instead of minutes")
    parser.add_argument("--only", choices=TARGETS, action="append")
    parser.add_argument("--list", action="store_true")
    chosen = parser.parse_args(arguments)
    if chosen.list:
        print("\n".join(TARGETS))
        return 0
    faults = 0
    for name in chosen.only or TARGETS:
        said = fuzz(name, 0, chosen.texts) if chosen.texts else fuzz(name, chosen.minutes * 60)
        if said:
            faults += 1
            print(f"{name}: FAULT\n{said}", flush=True)
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
