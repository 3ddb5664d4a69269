"""The store against the engine it stands on, as ratios in one run.

    run.py [COUNT] [--sentences N]

COUNT articles (20,000 by default) are made by generate.py. Floors: loading without validation at most 2.5 times pyoxigraph's bulk_load of the same
quads to disk; twelve named queries at most 1.2 times pyoxigraph with the same text; one more article at COUNT at most 2 times that at 100, in processor time.
Reported besides: validation, rdflib in memory on at most 200 of the articles, opening.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import generate
import pyoxigraph as ox
import rdflib

from relgraph.graph.iris import PREFIXES
from relgraph.knowledge import load_knowledge
from relgraph.pipeline import build, refresh, write_background
from relgraph.preparing import prepare
from relgraph.query import Names, load_queries, run_query
from relgraph.query.named import bind
from relgraph.read import read_paths
from relgraph.store import OxigraphStore

QUERIES = ("bodies", "events", "evidence", "figures", "meetings", "offices", "relations", "targets", "topics", "treaties", "unasserted", "visits")
PROLOGUE = " ".join(f"PREFIX {p}: <{i}>" for p, i in PREFIXES.items()) + " "
MORE = 20
"""Articles that are added one by one, of which the median counts."""
failed: list[str] = []


def timed(function: Callable[[], object], times: int = 1) -> float:
    found = []
    for _ in range(times):
        started = time.perf_counter()
        function()
        found.append(time.perf_counter() - started)
    return statistics.median(found)


def row(what: str, ours: float, theirs: float, floor: float | None = None) -> None:
    ratio = ours / theirs
    missed = floor is not None and ratio > floor
    print(f"| {what} | {ours:.4g} s | {theirs:.4g} s | {ratio:.2f} | {floor or ''} | {'missed' if missed else ''} |", flush=True)
    if missed:
        failed.append(what)


def one_more(store: OxigraphStore, article: dict[str, str], folder: Path) -> float:
    file = folder / "one.jsonl"
    file.write_text(json.dumps(article) + "\n", "utf-8")
    started = time.process_time()  # other work on the machine does not count
    build([str(file)], store)
    return time.process_time() - started


def main(count: int, sentences: int | None, folder: Path) -> None:
    knowledge = load_knowledge()
    made = list(generate.generated(count + MORE, sentences))
    (folder / "all.jsonl").write_text("".join(json.dumps(a) + "\n" for a in made[:count]), "utf-8")
    articles = [a for a in read_paths([str(folder / "all.jsonl")]) if not isinstance(a, Exception)]
    batches = [list(b) for b in itertools.batched(articles, 100)] if sys.version_info >= (3, 12) else [articles[i : i + 100] for i in range(0, count, 100)]
    prepared = [p for b in batches for p in prepare(b, knowledge, shapes=False)]
    parsed = [(p.article_id, p.parsed(), p.key) for p in prepared]
    checked = timed(lambda: [prepare(b, knowledge) for b in batches[:3]]) / 3 - timed(lambda: [prepare(b, knowledge, shapes=False) for b in batches[:3]]) / 3

    store = OxigraphStore(folder / "ours")
    load = timed(lambda: [store.replace_articles(parsed[i : i + 100]) for i in range(0, count, 100)])
    quads = folder / "quads.nq"
    with quads.open("wb") as out:
        ox.serialize(itertools.chain(store.quads(), store.default_triples()), out, format=ox.RdfFormat.N_QUADS)
    plain = ox.Store(str(folder / "plain"))
    bulk = timed(lambda: plain.bulk_load(path=str(quads), format=ox.RdfFormat.N_QUADS))
    print(f"{count:,} articles, {len(plain):,} quads with the merged ones; {os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}\n")
    print("| what | ours | against | ratio | floor | |\n| --- | --- | --- | --- | --- | --- |")
    row("load without validation / bulk_load of the same quads", load, bulk, 2.5)
    row("load with validation (one process) / bulk_load", load + checked * len(batches), bulk)
    write_background(store, knowledge)
    derived = timed(lambda: refresh(store))

    small = OxigraphStore(folder / "small")
    small.replace_articles(parsed[:100])
    write_background(small, knowledge)
    refresh(small)
    few = statistics.median(one_more(small, a, folder) for a in made[count : count + MORE])
    many = statistics.median(one_more(store, a, folder) for a in made[count : count + MORE])
    row(f"one more article at {count:,} / at 100", many, few, 2.0)

    names, ours, direct = Names(store), 0.0, 0.0
    texts = {n: bind(load_queries()[n], load_queries()[n].examples[0], names) for n in QUERIES}
    engine = store._store
    for text in texts.values():
        ours += timed(lambda: run_query(store, text), 3)  # noqa: B023
        direct += timed(lambda: list(engine.query(PROLOGUE + text)), 3)  # noqa: B023
    row("twelve named queries / pyoxigraph directly", ours, direct, 1.2)

    part = OxigraphStore()
    part.replace_articles(parsed[: min(count, 200)])
    write_background(part, knowledge)
    refresh(part)
    graph = rdflib.Graph()
    graph.parse(data=(ox.serialize([q.triple for q in part.default_triples()], format=ox.RdfFormat.N_TRIPLES) or b"").decode(), format="nt")
    mine = theirs = 0.0
    for name in ("offices", "relations", "topics"):
        text = texts[name]
        try:
            theirs += timed(lambda: list(graph.query(PROLOGUE + text)))  # noqa: B023
        except Exception as error:  # rdflib refuses some of them: an aggregate over what is unbound
            print(f"rdflib can't answer {name}: {str(error)[:80]}")
            continue
        mine += timed(lambda: run_query(part, text), 3)  # noqa: B023
    row(f"three of them at {min(count, 200)} articles / rdflib in memory", mine, theirs)
    store.close()
    print(f"\nopening: {timed(lambda: OxigraphStore(folder / 'ours', read_only=True).close(), 5) * 1000:.0f} ms; deriving all anew: {derived:.0f} s; load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", type=int, nargs="?", default=20_000)
    parser.add_argument("--sentences", type=int, default=2)
    chosen = parser.parse_args()
    place = Path(tempfile.mkdtemp())
    try:
        main(chosen.count, chosen.sentences, place)
    finally:
        shutil.rmtree(place)
    sys.exit(1 if failed else 0)
