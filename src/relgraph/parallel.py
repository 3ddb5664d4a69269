"""One function over many chunks of work: in this process, on all cores, or on a Dask cluster; the results come in the order of the chunks.

No more than a few chunks a process are ever held, so that memory does not grow with the work.
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Protocol, TypeVar

from relgraph.errors import MissingExtra, RelgraphError

Chunk = TypeVar("Chunk")
Result = TypeVar("Result")
WAIT = "20s"
AHEAD = 2
"""Chunks that wait beside the one in work, for each process."""


class _Future(Protocol):
    def result(self) -> Any: ...


def spread(function: Callable[[Chunk], Result], chunks: Iterable[Chunk], *, jobs: int | None = 1, scheduler: str | None = None) -> Iterator[tuple[Chunk, Result]]:
    """Yield each chunk with what the function makes of it.

    Args:
        function: Pure, and importable by the processes that run it.
        chunks: Read as they are needed.
        jobs: Processes; None is one for each core. A single chunk is done in this process.
        scheduler: The address of a Dask scheduler ('tcp://host:8786'), instead of processes of this machine.

    Raises:
        MissingExtra: A scheduler is named and Dask isn't installed.
        RelgraphError: A process was ended by the system, or the scheduler can't be reached.
    """
    if scheduler is not None:
        yield from _on_cluster(function, chunks, scheduler)
        return
    jobs, waiting = jobs or os.cpu_count() or 1, iter(chunks)
    first = list(itertools.islice(waiting, 2))
    if jobs == 1 or len(first) < 2:
        for chunk in itertools.chain(first, waiting):
            yield chunk, function(chunk)
        return
    # Spawned, not forked: the store's engine runs threads of its own in this process.
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_leave_interrupts_to_the_parent)
    try:
        yield from _in_order(lambda chunk: pool.submit(function, chunk), itertools.chain(first, waiting), AHEAD * jobs)
    except BrokenProcessPool as error:
        raise RelgraphError("one of the processes was ended by the system, perhaps for want of memory", hint="run it again: it continues where it stopped; with --jobs 1 it needs the least memory") from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _in_order(submit: Callable[[Chunk], _Future], chunks: Iterable[Chunk], ahead: int) -> Iterator[tuple[Chunk, Any]]:
    waiting: deque[tuple[Chunk, _Future]] = deque()
    for chunk in chunks:
        waiting.append((chunk, submit(chunk)))
        if len(waiting) > ahead:
            done, future = waiting.popleft()
            yield done, future.result()
    while waiting:
        done, future = waiting.popleft()
        yield done, future.result()


def _on_cluster(function: Callable[[Chunk], Result], chunks: Iterable[Chunk], scheduler: str) -> Iterator[tuple[Chunk, Result]]:
    try:
        from distributed import Client
        from distributed.scheduler import KilledWorker
    except ImportError as error:
        raise MissingExtra("--scheduler needs Dask", hint="pip install 'relgraph[cluster]'") from error
    try:
        client = Client(scheduler, timeout=WAIT, set_as_default=False)  # type: ignore[no-untyped-call, unused-ignore]
    except (OSError, ValueError) as error:
        raise RelgraphError(f"the scheduler {scheduler} can't be reached: {str(error).splitlines()[0][:200]}", hint="start one with: dask scheduler; and workers with: dask worker ADDRESS") from error
    with client:
        client.wait_for_workers(1)
        workers = sum(client.nthreads().values())  # type: ignore[no-untyped-call, unused-ignore]
        try:
            # Not pure: the same chunk twice is two pieces of work, and no result is kept by the cluster. A killed worker's chunks go to others.
            yield from _in_order(lambda chunk: client.submit(function, chunk, pure=False, retries=3), chunks, AHEAD * max(workers, 1))
        except KilledWorker as error:
            raise RelgraphError(f"the cluster lost too many workers: {str(error).splitlines()[0][:200]}", hint="look into the workers' logs, and run it again: it continues where it stopped") from error
