"""Limits: time, memory, size, number; what a hostile or clumsy client can't do to others."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.serve.conftest import ROOT, TIMEOUT, Server

from relgraph.pipeline import build
from relgraph.store import open_store

if TYPE_CHECKING:
    import httpx

RUNAWAY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_a_runaway_is_ended(server: Server) -> None:
    """503 with a problem description at the limit, and the service lives on. How soon is measured in benchmarks/service."""
    answer = server.ask(RUNAWAY)
    assert (answer.status_code, answer.headers["Content-Type"].split(";")[0]) == (503, "application/problem+json")
    assert f"{TIMEOUT:g} s" in answer.json()["detail"]
    assert answer.headers["Retry-After"]
    assert server.ask("ASK { ?s ?p ?o }").status_code == 200


def test_a_small_query_beside_runaways(folder: Path) -> None:
    """With as many runaways as cores a small query is answered while they run."""
    running = Server(folder, "--timeout", "5")
    answers: list[httpx.Response] = []
    threads = [threading.Thread(target=lambda: answers.append(running.ask(RUNAWAY))) for _ in range(os.cpu_count() or 1)]
    for thread in threads:
        thread.start()
    small = running.ask("SELECT ?s { ?s a rg:State } LIMIT 3")
    unfinished = len(threads) - len(answers)
    for thread in threads:
        thread.join()
    running.stop()
    assert small.status_code == 200
    assert unfinished == len(threads)
    assert [a.status_code for a in answers] == [503] * len(threads)


def test_memory_is_bounded(server: Server) -> None:
    """A query that would hoard rows ends with its process, as 503, before the time limit or at it."""
    answer = server.ask("SELECT * WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f ?a")
    assert answer.status_code in (413, 503)
    assert answer.json()["title"] in ("Query needed too much", "Query took too long", "Answer too large")
    assert server.ask("ASK { ?s ?p ?o }").status_code == 200


def test_never_half_an_answer(server: Server) -> None:
    """An answer beyond the limit is 413 or 503, never 200 with a torso."""
    answer = server.ask("SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }", Accept="text/csv")
    assert answer.status_code in (413, 503)
    assert answer.headers["Content-Type"].split(";")[0] == "application/problem+json"


def test_query_size(server: Server) -> None:
    """Too long a query is refused, in an address and in a body, also one of unannounced length."""
    long = "ASK { ?s ?p '" + "x" * 150_000 + "' }"
    assert server.client.post("/sparql", content=long, headers={"Content-Type": "application/sparql-query"}).status_code == 413
    assert server.client.post("/sparql", content=iter([long.encode()] * 5), headers={"Content-Type": "application/sparql-query"}).status_code == 413
    assert server.raw(b"GET /sparql?query=" + b"x" * 380_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n").split()[1] in (b"413", b"414", b"431")


def test_hosts_are_checked(server: Server) -> None:
    """A page whose name was made to point here can't read the graph."""
    assert server.client.get("/health", headers={"Host": "evil.example"}).status_code == 421
    assert server.client.get("/health", headers={"Host": f"localhost:{server.port}"}).status_code == 200


def test_security_headers(server: Server) -> None:
    """Every answer carries them, errors too."""
    for path in ("/", "/query", "/health", "/nowhere", "/static/query.js"):
        headers = server.client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert "frame-ancestors 'self'" in headers["Content-Security-Policy"], path
        assert "unsafe-eval" not in headers["Content-Security-Policy"], path


def test_a_new_snapshot_is_picked_up(tmp_path: Path) -> None:
    """What a build adds while the server runs is seen by the next query, without a restart."""
    place = tmp_path / "db"
    store = open_store(place, create=True)
    build([str(ROOT / "data" / "articles" / "tj-three-talks.txt")], store)
    store.close()
    running = Server(place)
    try:
        query = "SELECT (COUNT(*) AS ?n) { ?a a rg:Article }"
        before = running.ask(query).json()["results"]["bindings"][0]["n"]["value"]
        store = open_store(place)
        build([str(ROOT / "data" / "articles" / "kg-tj-2021-05-01-second-truce.txt")], store)
        store.close()
        after = running.ask(query).json()["results"]["bindings"][0]["n"]["value"]
        assert (before, after) == ("1", "2")
        assert running.client.get("/health").json()["articles"] == 2
    finally:
        code, rest = running.stop()
    assert code in (0, -signal.SIGTERM), rest


def test_access_log_and_clean_end(folder: Path) -> None:
    """A line of JSON a request, without the query; SIGTERM ends server and workers."""
    running = Server(folder)
    running.ask("SELECT ?secretvariable { ?secretvariable a rg:State } LIMIT 1")
    children = _children(running.process.pid)
    lines = running.log()
    assert running.process.returncode in (0, -signal.SIGTERM)
    line = next(x for x in lines if x["path"] == "/sparql")
    assert (line["method"], line["status"]) == ("GET", 200)
    assert line["ms"] > 0
    assert "secretvariable" not in str(lines)
    assert children
    deadline = time.monotonic() + 5
    while any(Path(f"/proc/{pid}").exists() for pid in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]


def _children(pid: int) -> list[int]:
    try:
        return [int(x) for x in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
    except OSError:
        pytest.skip("needs /proc")
