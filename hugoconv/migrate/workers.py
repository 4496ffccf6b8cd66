"""Running chunks of work: here, or in several processes that are handed unit numbers, never posts."""

from __future__ import annotations

import gc
import multiprocessing
import multiprocessing.connection
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from hugoconv.errors import HugoconvError
from hugoconv.report.findings import Findings

Result = TypeVar("Result")
Work = Callable[[Any, Sequence[int]], Result]

CHUNK = 50

_job: Any = None
_work: Any = None


def processes_for(units: int, *, jobs: int, worth: int) -> int:
    """Return how many processes are to work on so many units: `jobs`, or with 0 what is worth it from `worth` units."""
    if units <= CHUNK:
        return 1
    return jobs or (os.cpu_count() or 1 if units >= worth else 1)


def chunks_of(indexes: Sequence[int]) -> list[Sequence[int]]:
    """Return unit numbers in the portions in which workers get them."""
    return [indexes[start : start + CHUNK] for start in range(0, len(indexes), CHUNK)]


def run_here(job: Any, work: Work[Result], chunks: Sequence[Sequence[int]]) -> Iterator[Result]:
    """Yield `work(job, chunk)` for each chunk, in this process."""
    return (work(job, chunk) for chunk in chunks)


def run_in_processes(
    job: Any, work: Work[Result], chunks: Sequence[Sequence[int]], processes: int, log: Findings
) -> Iterator[Result]:
    """Yield `work(job, chunk)` for each chunk in order, done by `processes` processes; few chunks at once.

    Where processes cannot be forked the job is pickled; what cannot be pickled (a lambda) runs here, with a note.
    """
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    if method == "spawn":
        try:
            pickle.dumps(job)
        except Exception as error:
            log.add("HC609", detail=str(error))
            yield from run_here(job, work, chunks)
            return
    # A collection in a worker would touch, and so copy, every page of memory that it shares with this process.
    gc.collect()
    gc.freeze()
    pool = ProcessPoolExecutor(
        max_workers=min(processes, len(chunks)),
        mp_context=multiprocessing.get_context(method),
        initializer=_start,
        initargs=(job, work),
    )
    waiting: deque[Future[Result]] = deque()
    try:
        for chunk in chunks:
            waiting.append(pool.submit(_call, chunk))
            if len(waiting) > processes * 4:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool:
        raise HugoconvError(
            "a worker process was killed, probably for want of memory; run again with -j 1 (finished files stay)"
        ) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        gc.unfreeze()


def _start(job: Any, work: Any) -> None:
    global _job, _work
    _job, _work = job, work
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process at once when its parent is gone: another run may be at work on the same folder."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def _call(chunk: Sequence[int]) -> Any:
    return _work(_job, chunk)
