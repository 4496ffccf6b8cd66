"""What the command prints: results on stdout, everything else on stderr, colours only for a person at a terminal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from hugoconv.report.findings import Finding

FINDINGS_SHOWN = 20
"""Up to so many findings are all shown; of more, some of each code."""
SHOWN_OF_A_CODE = {"error": 5, "warning": 3, "info": 1}
ROWS_SHOWN = 40

_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))}
"""Control characters from file names and texts must not reach a terminal, which would obey them."""
_CONTROLS_IN_TEXT = {code: shown for code, shown in _CONTROLS.items() if code not in (9, 10)}

_DIFF_COLOURS = (("+++ ", "1"), ("--- ", "1"), ("@@", "35"), ("+", "32"), ("-", "31"))
"""How a line of a diff begins, and its colour in the terminal's own numbers."""
_SEVERITY_COLOURS = {"error": "1;31", "warning": "35", "info": "1"}
"""Yellow and cyan cannot be read on a light ground."""
NARROWEST = 40
"""Columns below which lines are not broken any more."""


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


def prose(text: str) -> None:
    """Print a result that is lines of text, which a terminal shows broken between words."""
    result(_fitted(text, sys.stdout))


def tell(text: str) -> None:
    """Print anything that is not a result: to stderr, with control characters made visible."""
    print(_fitted(text.translate(_CONTROLS_IN_TEXT), sys.stderr), file=sys.stderr)


def tell_exactly(text: str) -> None:
    """Print lines to stderr as they are, such as those of a traceback, with control characters made visible."""
    print(text.translate(_CONTROLS_IN_TEXT), file=sys.stderr)


def _fitted(text: str, stream: TextIO) -> str:
    """Return text whose long lines are broken between words, the rest of each indented; piped, as it is."""
    if not stream.isatty():
        return text
    width = max(get_terminal_size().columns, NARROWEST)
    return "\n".join(_broken(line, width) if len(line) > width else line for line in text.split("\n"))


def _broken(line: str, width: int) -> str:
    import textwrap

    indent = " " * (len(line) - len(line.lstrip()) + 2)
    return textwrap.fill(
        line,
        width,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
        replace_whitespace=False,
    )


def one_line(text: str) -> str:
    """Return `text` with its control characters made visible."""
    return text.translate(_CONTROLS)


def relative(path: Path) -> str:
    """Return a path as seen from the working folder."""
    return os.path.relpath(path)


def is_coloured(stream: TextIO) -> bool:
    """Whether colours may be written to `stream`: it is a terminal, and nobody asked for none (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def tell_findings(findings: Sequence[Finding], *, everything: bool, rest: str) -> None:
    """Print findings, worst first; of more than `FINDINGS_SHOWN` some of each code, unless `everything` is wanted.

    `rest` says how to see those that are not shown.
    """
    from hugoconv.report.codes import SEVERITIES

    if everything or len(findings) <= FINDINGS_SHOWN:
        for finding in sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity)):
            _tell_finding(finding)
        return
    of_code: dict[str, list[Finding]] = {}
    for finding in findings:
        of_code.setdefault(finding.code, []).append(finding)
    hidden = 0
    for code, same in sorted(of_code.items(), key=lambda row: (SEVERITIES.index(row[1][0].severity), -len(row[1]))):
        shown = SHOWN_OF_A_CODE[same[0].severity]
        for finding in same[:shown]:
            _tell_finding(finding)
        if left := len(same) - shown if len(same) > shown else 0:
            tell(f"  ... and {left:,} more of {code}")
            hidden += left
    if hidden:
        tell(f"{hidden:,} of {len(findings):,} findings are not shown: {rest}")


def _tell_finding(finding: Finding) -> None:
    text = _fitted(one_line(str(finding)), sys.stderr)
    if is_coloured(sys.stderr):
        text = text.replace(finding.code, f"\x1b[{_SEVERITY_COLOURS[finding.severity]}m{finding.code}\x1b[0m", 1)
    print(text, file=sys.stderr)


def must_exist(path: Path) -> None:
    """Refuse a path at which there is nothing, with the nearest name beside it (UsageError)."""
    from hugoconv.errors import UsageError, suggestion

    if not path.exists():
        beside = [each.name for each in path.absolute().parent.iterdir()] if path.absolute().parent.is_dir() else []
        raise UsageError(f"{path} does not exist{suggestion(path.name, beside)}")


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
