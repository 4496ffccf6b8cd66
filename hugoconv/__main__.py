"""`python -m hugoconv` and the `hugoconv` command."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with `arguments` (default: those of the process) and return its exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if list(arguments) == ["--version"]:  # answered without loading anything else
        from hugoconv import __version__

        print(f"hugoconv {__version__}")
        return 0
    from hugoconv.cli.app import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
