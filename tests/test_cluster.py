"""Building on a Dask cluster of real processes, one of which is killed in the middle."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from relgraph import pipeline
from relgraph.errors import MissingExtra, RelgraphError
from relgraph.store import OxigraphStore

ARTICLES = Path(__file__).parents[1] / "data" / "articles"
pytestmark = pytest.mark.skipif(importlib.util.find_spec("distributed") is None and os.environ.get("CI") != "true", reason="Dask is not installed: pip install 'relgraph[cluster]'")


@contextlib.contextmanager
def started(*words: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-m", "distributed.cli." + words[0], *words[1:]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def address_in(file: Path) -> str:
    import json

    deadline = time.monotonic() + 60
    while not file.exists() or not file.read_text():
        assert time.monotonic() < deadline, "the scheduler did not start"
        time.sleep(0.2)
    return str(json.loads(file.read_text())["address"])


@pytest.mark.long
@pytest.mark.filterwarnings("default")
def test_a_cluster_that_loses_a_worker_gives_the_same_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scheduler and two workers; one is killed with kill -9 while it works, its chunks go to the other."""
    monkeypatch.setattr(pipeline, "BATCH", 1)
    alone, together = OxigraphStore(), OxigraphStore()
    pipeline.build([str(ARTICLES)], alone)
    file = tmp_path / "scheduler.json"
    options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(tmp_path))
    with started("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)):
        address = address_in(file)
        with started("dask_worker", address, *options) as doomed, started("dask_worker", address, *options):
            done: list[str] = []

            def kill_in_the_middle(name: str) -> None:
                done.append(name)
                if len(done) == 4:
                    doomed.kill()

            report = pipeline.build([str(ARTICLES)], together, scheduler=address, progress=kill_in_the_middle)
            assert doomed.wait() < 0
    assert len(report.added) == len(alone.keys())
    assert sorted(map(str, together.quads())) == sorted(map(str, alone.quads()))


@pytest.mark.filterwarnings("default")
def test_a_scheduler_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line that says how to start one."""
    monkeypatch.setattr("relgraph.parallel.WAIT", "1s")
    with pytest.raises(RelgraphError, match="can't be reached") as caught:
        pipeline.build([str(ARTICLES)], OxigraphStore(), scheduler="tcp://127.0.0.1:9")
    assert "dask scheduler" in caught.value.hint


def test_without_dask(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the extra."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtra) as caught:
        pipeline.build([str(ARTICLES)], OxigraphStore(), scheduler="tcp://127.0.0.1:9")
    assert "relgraph[cluster]" in caught.value.hint
