"""What the command prints: results on stdout, everything else on stderr, colours only for a person at a terminal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from hugoconv.report.findings import Finding

FINDINGS_SHOWN = 20
ROWS_SHOWN = 40

_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))}
"""Control characters from file names and texts must not reach a terminal, which would obey them."""
_CONTROLS_IN_TEXT = {code: shown for code, shown in _CONTROLS.items() if code not in (9, 10)}

_DIFF_COLOURS = (("+++ ", "1"), ("--- ", "1"), ("@@", "36"), ("+", "32"), ("-", "31"))
"""How a line of a diff begins, and its colour in the terminal's own numbers."""


class ReaderGoneError(Exception):
    """Nobody reads stdout any more, as after `| head`."""


def result(text: str) -> None:
    """Print a result: to stdout."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        raise ReaderGoneError from None  # typer would make exit code 1 of the other


def json_result(value: Any) -> None:
    """Print a result as JSON."""
    result(json.dumps(value, indent=2, ensure_ascii=False, default=str))


def tell(text: str) -> None:
    """Print anything that is not a result: to stderr, with control characters made visible."""
    print(text.translate(_CONTROLS_IN_TEXT), file=sys.stderr)


def one_line(text: str) -> str:
    """Return `text` with its control characters made visible."""
    return text.translate(_CONTROLS)


def relative(path: Path) -> str:
    """Return a path as seen from the working folder."""
    return os.path.relpath(path)


def is_coloured(stream: TextIO) -> bool:
    """Whether colours may be written to `stream`: it is a terminal, and nobody asked for none (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def tell_findings(findings: Sequence[Finding], *, everything: bool, rest: str) -> bool:
    """Print findings, worst first; of more than `FINDINGS_SHOWN` the first ones, unless `everything` is wanted.

    `rest` says how to see those that are not shown; returns whether all were.
    """
    from hugoconv.report.codes import SEVERITIES

    ordered = sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))
    shown = ordered if everything else ordered[:FINDINGS_SHOWN]
    for finding in shown:
        tell(one_line(str(finding)))
    if len(shown) < len(ordered):
        tell(f"... and {len(ordered) - len(shown):,} more: {rest}")
    return len(shown) == len(ordered)


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> str:
    """Return aligned columns, as wide as the terminal or, piped, as they need; columns in `right` hold numbers."""
    from io import StringIO

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    made = Table(box=None, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), header_style="")
    for number, heading in enumerate(headings):
        made.add_column(heading, justify="right" if number in right else "left", overflow="fold")
    for row in rows:
        made.add_row(*(Text(one_line(cell)) for cell in row))
    out = StringIO()
    width = None if sys.stdout.isatty() else 10_000
    console = Console(file=out, width=width or Console().width, color_system=None, highlight=False, markup=False)
    console.print(made)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


def coloured_diff(diff: str) -> str:
    """Return a unified diff for stdout: as it is when piped, safe and coloured for a terminal."""
    if not sys.stdout.isatty():
        return diff
    safe = diff.translate(_CONTROLS_IN_TEXT)
    if not is_coloured(sys.stdout):
        return safe
    return "".join(_coloured_line(line) for line in safe.splitlines(keepends=True))


def _coloured_line(line: str) -> str:
    colour = next((colour for start, colour in _DIFF_COLOURS if line.startswith(start)), "")
    return f"\x1b[{colour}m{line.rstrip(chr(10))}\x1b[0m\n" if colour else line
