"""The service under load: named queries by many clients over many articles, and what HTTP costs a small query.

    run.py [--articles 20000] [--clients 32] [--seconds 60] [--store DIR]

Articles are made by benchmarks/store/generate.py unless a store is given. Reported: requests, errors, p50 and p99, memory of all the
service's processes at the start and at the end, the time from the limit to the answer of a runaway, and the median of a small query over HTTP
against the same query in this process.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import httpx

from relgraph.errors import RelgraphError
from relgraph.query import Names, load_queries, run_query
from relgraph.query.named import bind
from relgraph.store import open_store

ROOT = Path(__file__).parents[2]
SMALL = "SELECT ?s WHERE { ?s a rg:State } LIMIT 5"
RUNAWAY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def built(folder: Path, count: int) -> Path:
    """Make articles and build their store."""
    articles = folder / "articles.jsonl"
    with articles.open("w", encoding="utf-8") as out:
        subprocess.run([sys.executable, str(ROOT / "benchmarks" / "store" / "generate.py"), str(count)], stdout=out, check=True)
    subprocess.run([sys.executable, "-m", "relgraph", "build", "-q", str(articles), "--store", str(folder / "db")], check=False)
    return folder / "db"


def queries_of(store: Path) -> list[str]:
    """The named queries with the values of their examples that the store knows."""
    opened = open_store(store, read_only=True)
    names, found = Names(opened), []
    for query in load_queries().values():
        for values in query.examples:
            try:
                found.append(bind(query, values, names))
            except RelgraphError:
                continue
    opened.close()
    return found


class Service:
    """A running `relgraph serve`."""

    def __init__(self, store: Path, timeout: float) -> None:
        command = [sys.executable, "-m", "relgraph", "serve", "--store", str(store), "--port", "0", "--timeout", str(timeout)]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert self.process.stderr is not None
        line = self.process.stderr.readline()
        self.address = next(word for word in line.replace(",", " ").split() if word.startswith("http")).rstrip("/")
        for _ in range(100):
            try:
                httpx.get(f"{self.address}/health", timeout=5, trust_env=False)
                break
            except httpx.TransportError:
                time.sleep(0.1)

    def memory(self) -> float:
        """Resident memory of the server and its workers, in MB."""
        pids, total = [self.process.pid], 0
        while pids:
            pid = pids.pop()
            try:
                total += int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * 4096
                pids += [int(x) for x in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
            except OSError:
                continue
        return total / 1e6

    def stop(self) -> None:
        self.process.terminate()
        self.process.communicate(timeout=20)


def load(service: Service, queries: list[str], clients: int, seconds: float) -> dict[str, float]:
    """Ask at random from many clients; return the figures."""
    times: list[float] = []
    errors: list[str] = []
    end = time.monotonic() + seconds

    def client(number: int) -> None:
        chance = random.Random(number)
        with httpx.Client(base_url=service.address, timeout=120, trust_env=False) as session:
            while time.monotonic() < end:
                started = time.perf_counter()
                try:
                    answer = session.post("/sparql", content=chance.choice(queries), headers={"Content-Type": "application/sparql-query", "Accept": "application/sparql-results+json"})
                    if answer.status_code != 200:
                        errors.append(f"{answer.status_code} {answer.text[:200]}")
                    else:
                        json.loads(answer.content)
                except httpx.HTTPError as error:
                    errors.append(repr(error))
                times.append(time.perf_counter() - started)

    threads = [threading.Thread(target=client, args=(n,)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    for error in errors[:5]:
        print("error:", error, file=sys.stderr)
    return {"requests": len(times), "errors": len(errors), "p50": times[len(times) // 2] * 1000, "p99": times[int(len(times) * 0.99)] * 1000}


def small(service: Service, store: Path, rounds: int = 400) -> tuple[float, float]:
    """Median milliseconds of a small query over HTTP and in this process."""
    opened = open_store(store, read_only=True)
    here, there = [], []
    with httpx.Client(base_url=service.address, timeout=60, trust_env=False) as session:
        for _ in range(rounds):
            started = time.perf_counter()
            run_query(opened, SMALL)
            here.append(time.perf_counter() - started)
            started = time.perf_counter()
            session.get("/sparql", params={"query": SMALL}).raise_for_status()
            there.append(time.perf_counter() - started)
    opened.close()
    return statistics.median(there) * 1000, statistics.median(here) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--store", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        store = args.store or built(Path(name), args.articles)
        queries = queries_of(store)
        service = Service(store, 30)
        over, inside = small(service, store)
        print(f"a small query: {over:.2f} ms over HTTP, {inside:.2f} ms in-process; limit 1.3 times plus 3 ms = {1.3 * inside + 3:.2f} ms")
        load(service, queries, args.clients, args.seconds / 2)  # until caches are full
        before = service.memory()
        found = load(service, queries, args.clients, args.seconds)
        after = service.memory()
        print(f"{args.clients} clients, {args.seconds:g} s, {len(queries)} queries: {found['requests']:.0f} requests, {found['errors']:.0f} errors, p50 {found['p50']:.0f} ms, p99 {found['p99']:.0f} ms")
        print(f"memory of the service: {before:.0f} MB before, {after:.0f} MB after")
        service.stop()
        service = Service(store, 3)
        started = time.perf_counter()
        answer = httpx.get(f"{service.address}/sparql", params={"query": RUNAWAY}, timeout=60, trust_env=False)
        print(f"a runaway at a limit of 3 s: status {answer.status_code} after {time.perf_counter() - started:.2f} s")
        service.stop()


if __name__ == "__main__":
    main()
