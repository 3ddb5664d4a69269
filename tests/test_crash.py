"""A run killed with kill -9 leaves a store that opens and holds whole articles only; running again completes it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from relgraph.graph import iris
from relgraph.pipeline import build
from relgraph.store import OxigraphStore, open_store

ARTICLES = Path(__file__).parents[1] / "data" / "articles"
SCRIPT = """
import sys
from relgraph.pipeline import build
from relgraph.store import open_store
store = open_store(sys.argv[1], create=True)
print("open", flush=True)
build(sys.argv[2:], store)
print("done", flush=True)
"""


def test_killed_at_ten_random_moments(tmp_path: Path) -> None:
    """Ten kills at random moments after the store was opened; at least one of them inside the work."""
    expected = OxigraphStore()
    build([str(ARTICLES)], expected)
    whole = sorted(map(str, expected.quads()))
    by_article = {a.id: sorted(map(str, expected.quads(iris.article_graph(a.id)))) for a in expected.articles()}
    chance, interrupted = random.Random(7), 0
    for number in range(10):
        place = tmp_path / f"db{number % 3}"  # some runs go on with what an earlier kill left
        run = subprocess.Popen([sys.executable, "-c", SCRIPT, str(place), str(ARTICLES)], stdout=subprocess.PIPE, text=True)
        assert run.stdout is not None
        assert run.stdout.readline() == "open\n"
        time.sleep(chance.uniform(0.0, 2.0))
        os.kill(run.pid, signal.SIGKILL)
        interrupted += "done" not in run.stdout.read()
        run.wait()
        run.stdout.close()
        store = open_store(place, create=True)
        for article_id in store.keys():
            assert sorted(map(str, store.quads(iris.article_graph(article_id)))) == by_article[article_id], article_id
        held = {q.graph_name.value for q in store.quads() if q.graph_name.value.startswith(iris.article_graph(""))}
        assert held == {iris.article_graph(i) for i in store.keys()}
        store.close()
    assert interrupted
    for number in range(3):
        store = open_store(tmp_path / f"db{number}", create=True)
        build([str(ARTICLES)], store)
        assert sorted(map(str, store.quads())) == whole
        store.close()
