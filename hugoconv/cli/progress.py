"""A progress bar on stderr, for a person at a terminal only."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_EVERY = 0.1
"""Seconds between two drawings."""


@contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Callable[[str, int, int], None] | None]:
    """Give a function to call with what is being done, how much is done, and of how much; None when nobody watches.

    It is drawn by that function alone, never by a thread: the work is shared by forking this process.
    """
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    console = Console(stderr=True, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(bar_width=40), TextColumn("{task.fields[count]}"))
    bar = Progress(
        *columns, console=console, auto_refresh=False, transient=True, redirect_stdout=False, redirect_stderr=False
    )
    task = bar.add_task("reading", total=None, count="")
    drawn = 0.0

    def show(what: str, done: int, total: int) -> None:
        nonlocal drawn
        now = time.monotonic()
        if now - drawn < _EVERY and done != total:
            return
        drawn = now
        count = f"{done:,} of {total:,}" if total else f"{done:,}"
        bar.update(task, description=what, completed=done, total=total or None, count=count)
        bar.refresh()

    with bar:
        bar.refresh()
        yield show
