"""The process in which queries run: opens the newest snapshot for reading, answers one query after another, and can be ended at any moment."""

from __future__ import annotations

import contextlib
import io
import os
import resource
import signal
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec
import pyoxigraph as ox

from relgraph.errors import QueryError, RelgraphError
from relgraph.query.sparql import open_result
from relgraph.serve.dataset import dataset_of, named_in
from relgraph.serve.negotiate import ROWS, TRIPLES, TRUTH, best
from relgraph.store import OxigraphStore, latest_snapshot, open_store

READY = "ready"
"""What a worker says once it can take tasks."""


class Task(msgspec.Struct, frozen=True):
    """One query: its text, the graphs it names, the Accept header or the one form that is wanted, and the most bytes of its answer."""

    text: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    accept: str
    most: int


class Done(msgspec.Struct, frozen=True):
    """An answer: media type and body."""

    media: str
    body: bytes


class Failed(msgspec.Struct, frozen=True):
    """Why there is no answer: an HTTP status, one line, and where in the query."""

    status: int
    message: str
    hint: str = ""
    line: int | None = None
    column: int | None = None


def work(pipe: Connection, folder: str, memory: int) -> None:
    """Answer tasks from a pipe until it closes.

    Args:
        pipe: Gives Task and takes Done or Failed.
        folder: The store.
        memory: Bytes that the process may take beyond what it has at its start.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's business, which ends us
    os.nice(5)  # the server itself and other programs come first
    opened = _Opened(folder)
    with contextlib.suppress(RelgraphError):
        opened.newest()
    _bound(memory)
    pipe.send(READY)
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer: Done | Failed = _answer(opened.newest(), task)
        except QueryError as error:
            answer = Failed(400, error.message, error.hint, error.line, error.column)
        except RelgraphError as error:
            answer = Failed(500, error.message, error.hint)
        except MemoryError:
            answer = Failed(503, "the query needs more memory than one query may have", "narrow it, or add a LIMIT")
        try:
            pipe.send(answer)
        except (BrokenPipeError, OSError):
            return


class _Opened:
    """The newest snapshot of a store, opened anew when there is a newer one."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)
        self._store: OxigraphStore | None = None

    def newest(self) -> OxigraphStore:
        if self._store is None or latest_snapshot(self._folder) != self._store.snapshot:
            old, self._store = self._store, open_store(self._folder, read_only=True)
            if old is not None:
                old.close()
        return self._store


def _bound(memory: int) -> None:
    """Bound this process's address space; a query that would take more ends the process, not the machine."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123  no path of a user
            now = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return  # a system without /proc: the time limit still holds
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = now + memory
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _answer(store: OxigraphStore, task: Task) -> Done | Failed:
    default, named = (task.default_graphs, task.named_graphs) if task.default_graphs or task.named_graphs else map(tuple, named_in(task.text))
    result = open_result(dataset_of(store, default, named), task.text)
    offered = list(TRUTH if isinstance(result, ox.QueryBoolean) else TRIPLES if isinstance(result, ox.QueryTriples) else ROWS)
    media = best(task.accept, offered)
    if media is None:
        return Failed(406, "no form of the answer that the client accepts is to be had", f"accept one of {', '.join(offered)}")
    buffer = _Bounded(task.most)
    try:
        form: Any = getattr(ox.RdfFormat, TRIPLES[media]) if media in TRIPLES else getattr(ox.QueryResultsFormat, ROWS[media])
        result.serialize(buffer, format=form)
    except _TooLarge:
        return Failed(413, f"the answer is larger than {task.most:,} bytes", "add a LIMIT, or ask for less")
    except (OSError, RuntimeError, ValueError) as error:
        if buffer.full:
            return Failed(413, f"the answer is larger than {task.most:,} bytes", "add a LIMIT, or ask for less")
        raise QueryError(f"the query failed while running: {str(error).splitlines()[0][:200]}") from error
    return Done(media, buffer.getvalue())


class _TooLarge(Exception):
    pass


class _Bounded(io.BytesIO):
    """A buffer that takes only so many bytes."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most, self.full = most, False

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > self._most:
            self.full = True
            raise _TooLarge
        return super().write(data)
