"""A run killed with kill -9 leaves a store that opens and holds whole articles only; running again completes it."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from relgraph.graph import iris
from relgraph.pipeline import build
from relgraph.store import OxigraphStore, open_store

ARTICLES = Path(__file__).parents[1] / "data" / "articles"

# The real build in a real process; it says when each writing call of the engine begins and ends, so that kills can be aimed inside.
RUN = """
import sys
import relgraph.pipeline as pipeline
from relgraph.store import OxigraphStore, open_store

class Telling(OxigraphStore):
    def _apply(self, gone, new):
        print("writing", flush=True)
        super()._apply(gone, new)
        print("written", flush=True)

pipeline.BATCH = 3
store = Telling(__import__("pathlib").Path(sys.argv[1]), create=True)
pipeline.build(sys.argv[2:], store)
store.close()
print("done", flush=True)
"""


def killed_run(place: Path, articles: Path, *, writes: int, delay: float) -> str:
    """Run a build, kill it some time after its n-th write has begun, and return the last thing it said."""
    run = subprocess.Popen([sys.executable, "-c", RUN, str(place), str(articles)], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    last = ""
    for line in run.stdout:
        last = line.strip()
        writes -= last == "writing"
        if writes <= 0:
            time.sleep(delay)
            break
    run.send_signal(signal.SIGKILL)
    rest = run.stdout.read().split()
    run.wait()
    run.stdout.close()
    return rest[-1] if rest else last


@pytest.mark.parametrize(("kills", "least_inside"), [(10, 3), pytest.param(50, 30, marks=pytest.mark.long)])
def test_killed_at_random_moments_inside_writing(tmp_path: Path, kills: int, least_inside: int) -> None:
    """Each time the store opens, for reading too, and holds whole articles only; the next run gives the graph of an undisturbed one."""
    expected = OxigraphStore()
    build([str(ARTICLES)], expected)
    whole = sorted(map(str, expected.quads()))
    default = sorted(map(str, expected.default_triples()))
    by_article = {a.id: sorted(map(str, expected.quads(iris.article_graph(a.id)))) for a in expected.articles()}
    chance, inside, partial = random.Random(7), 0, 0
    for number in range(kills):
        place = tmp_path / f"db{number % 3}"  # later runs go on with what an earlier kill left
        last = killed_run(place, ARTICLES, writes=chance.randint(1, 12) if number >= 3 else 5 + number, delay=chance.uniform(0.0, 0.006))
        inside += last == "writing"
        store = open_store(place, read_only=True)
        held = {q.graph_name.value for q in store.quads() if q.graph_name.value.startswith(iris.article_graph(""))}
        known = list(store.keys())
        assert held == {iris.article_graph(i) for i in known}
        for article_id in known:
            assert sorted(map(str, store.quads(iris.article_graph(article_id)))) == by_article[article_id], article_id
        named = {(q.subject, q.predicate, q.object) for q in store.quads() if q.graph_name.value != f"{iris.GRAPHS}meta"}
        assert {(q.subject, q.predicate, q.object) for q in store.default_triples()} == named
        partial += 0 < len(held) < len(by_article)
        store.close()
    assert inside >= least_inside, f"only {inside} of {kills} kills fell inside a write"
    assert partial, "no kill left a store with only some of its articles"
    for number in range(3):
        store = open_store(tmp_path / f"db{number}", create=True)
        build([str(ARTICLES)], store)
        assert sorted(map(str, store.quads())) == whole
        assert sorted(map(str, store.default_triples())) == default
        store.close()
    print(f"{inside} of {kills} kills inside a write, {partial} left a part of the articles")
