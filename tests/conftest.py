"""What several test files need: the fixtures' folder and the real programs."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from programs import HUGO

# On a busy machine making examples is slow, which says nothing of the code.
settings.register_profile("busy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy machine")

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture
def fixtures() -> Path:
    """The folder of all fixtures."""
    return FIXTURES


@pytest.fixture
def build_hugo() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Build a site with the real Hugo, drafts and future posts too, and give what it printed."""

    def build(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [HUGO, *(arguments or ("--quiet",)), "--source", str(site), "-D", "-F", "-E"]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return build
