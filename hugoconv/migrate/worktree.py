"""What git says of a folder that is about to be edited in place: with everything committed, nothing can be lost."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path


def uncommitted(source: Path) -> list[str]:
    """Return the files at or below `source` with changes that are not committed, new ones too.

    Empty outside a git repository, and where there is no git.
    """
    git = shutil.which("git")
    folder = source if source.is_dir() else source.parent
    if git is None:
        return []
    status = [git, "-C", str(folder), "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all"]
    command = [*status, "--", str(source.resolve())]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    return [row[3:] for row in done.stdout.split("\0") if row] if done.returncode == 0 else []
