"""A progress bar on stderr, for a person at a terminal only."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_EVERY = 0.1
"""Seconds between two drawings."""
_TELLING = 2.0
"""Seconds of work after which the time left is told."""


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
    drawn = began = 0.0
    doing = ""

    def show(what: str, done: int, total: int) -> None:
        nonlocal drawn, began, doing
        now = time.monotonic()
        if what != doing:
            doing, began = what, now
        elif now - drawn < _EVERY and done != total:
            return
        drawn = now
        count = f"{done:,} of {total:,}{time_left(now - began, done, total)}" if total else f"{done:,}"
        bar.update(task, description=what, completed=done, total=total or None, count=count)
        bar.refresh()

    with bar:
        bar.refresh()
        yield show


def time_left(elapsed: float, done: int, total: int) -> str:
    """Return ", 1:05 left" when some seconds of work say how long the rest takes, else ""."""
    if elapsed < _TELLING or not 0 < done < total:
        return ""
    left = round(elapsed / done * (total - done))
    hours, minutes, seconds = left // 3600, left // 60 % 60, left % 60
    return f", {hours}:{minutes:02}:{seconds:02} left" if hours else f", {minutes}:{seconds:02} left"
