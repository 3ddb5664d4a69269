"""A pool of worker processes: a query that runs too long is ended with its process, and the others go on.

There are more workers than cores, so that as many runaway queries as cores still leave room for a small one.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from collections import deque
from multiprocessing.connection import Connection
from typing import Any

from relgraph.serve.problems import Problem
from relgraph.serve.worker import Done, Failed, Task, work

SPARE = 4
"""Workers beyond the number of cores."""
_START = 15.0
"""Seconds that a fresh worker may take until it is ready; they don't count as the query's."""


class Pool:
    """Worker processes over one store.

    Args:
        folder: The store.
        timeout: The longest a query may run, in seconds.
        memory: Bytes that one query's process may take.
        waiting: Queries that may wait for a worker; further ones are turned away with 503.
    """

    def __init__(self, folder: str, *, timeout: float, memory: int, waiting: int) -> None:
        self._folder, self._timeout, self._memory, self._most_waiting = folder, timeout, memory, waiting
        self.size = (os.cpu_count() or 1) + SPARE
        self._context = multiprocessing.get_context("spawn")
        self._free: deque[_Worker] = deque()
        self._all: set[_Worker] = set()
        self._places = asyncio.Semaphore(self.size)
        self._waiting = 0
        self._closed = False

    def warm(self, count: int = 2) -> None:
        """Start workers before queries need them, as far as there is room: `count` are free then."""
        while len(self._free) < count and len(self._all) < self.size:
            self._free.appendleft(self._started())

    async def run(self, task: Task) -> Done:
        """Run a query.

        Raises:
            Problem: 400, 406, 413 or 500 from the worker; 503 when it took too long, needed too much, or too many are waiting.
        """
        if self._places.locked() and self._waiting >= self._most_waiting:
            raise Problem(503, "Too many queries", f"{self.size} queries run and {self._waiting} wait", hint="ask again in a moment", headers={"Retry-After": "2"})
        self._waiting += 1
        try:
            await asyncio.wait_for(self._places.acquire(), self._timeout)
        except TimeoutError as error:
            raise Problem(503, "Too many queries", f"no worker became free within {self._timeout:g} s", headers={"Retry-After": "5"}) from error
        finally:
            self._waiting -= 1
        try:
            return await self._run(task)
        finally:
            self._places.release()

    async def _run(self, task: Task) -> Done:
        worker = self._free.pop() if self._free else self._started()
        self.warm(1)  # the next query finds one that has begun already
        try:
            await worker.begun(_START)
            answer = await worker.ask(task, self._timeout)
        except TimeoutError as error:
            self._ended(worker)
            raise Problem(503, "Query took too long", f"the query ran longer than {self._timeout:g} s and was ended", hint="narrow it, or add a LIMIT", headers={"Retry-After": "60"}) from error
        except (EOFError, OSError) as error:
            self._ended(worker)
            raise Problem(503, "Query needed too much", "the query's process was ended, most likely for want of memory", hint="narrow it, or add a LIMIT", headers={"Retry-After": "60"}) from error
        except BaseException:  # the client left: nobody waits for the answer
            self._ended(worker)
            raise
        if isinstance(answer, Failed):
            if answer.status == 503:
                self._ended(worker)
            else:
                self._free.append(worker)
            title = {400: "Bad query", 406: "No such form", 413: "Answer too large", 503: "Query needed too much"}.get(answer.status, "Store can't be read")
            raise Problem(answer.status, title, answer.message, hint=answer.hint, more={"line": answer.line, "column": answer.column})
        self._free.append(worker)
        return answer

    def _started(self) -> _Worker:
        worker = _Worker(self._context, self._folder, self._memory)
        self._all.add(worker)
        return worker

    def _ended(self, worker: _Worker) -> None:
        self._all.discard(worker)
        worker.end()
        if not self._closed:
            self.warm(1)

    def close(self) -> None:
        """End every worker."""
        self._closed = True
        for worker in self._all:
            worker.end()
        self._all.clear()
        self._free.clear()


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, context: Any, folder: str, memory: int) -> None:
        self.ready = False
        ours, theirs = context.Pipe()
        self._pipe: Connection = ours
        self._process = context.Process(target=work, args=(theirs, folder, memory), daemon=True)
        self._process.start()
        theirs.close()

    async def begun(self, timeout: float) -> None:
        """Wait until a fresh process can take tasks; raises as `ask`."""
        if not self.ready:
            await self._receive(timeout)
            self.ready = True

    async def ask(self, task: Task, timeout: float) -> Done | Failed:
        """Send a task and wait for its answer without holding a thread.

        Raises:
            TimeoutError: It took longer.
            EOFError: The process has ended.
        """
        self._pipe.send(task)
        answer: Done | Failed = await self._receive(timeout)
        return answer

    async def _receive(self, timeout: float) -> Any:
        loop, there = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._pipe.fileno(), there.set)
        try:
            await asyncio.wait_for(there.wait(), timeout)
        finally:
            loop.remove_reader(self._pipe.fileno())
        return await asyncio.to_thread(self._pipe.recv)

    def end(self) -> None:
        """Kill the process and close the pipe."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self._pipe.close()
