"""README names what is there, and shows real output (its transcripts are kept true with those of docs/)."""

from __future__ import annotations

import re
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"


def test_readme_shows_real_output_and_names_what_is_there() -> None:
    text = README.read_text(encoding="utf-8")
    assert "<!-- folder:" in text
    assert len(re.findall(r"^\$ ", text, re.MULTILINE)) >= 4
    for name in re.findall(r"`(scripts/\w+)`", text):
        assert (README.parent / name).exists(), name
    for target in re.findall(r"\]\(([\w/.]+)\)", text):
        assert (README.parent / target).exists(), target
