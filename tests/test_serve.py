"""The HTTP service, as clients see it: a real server process on the loopback address."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from relgraph.pipeline import build
from relgraph.store import open_store

ROOT = Path(__file__).parents[1]
RUNAWAY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("serve") / "db"
    store = open_store(folder, create=True)
    build([str(ROOT / "data" / "articles" / "tj-three-talks.txt")], store)
    store.close()
    command = [sys.executable, "-m", "relgraph", "serve", "--store", str(folder), "--port", "0", "--timeout", "3"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    line = server.stderr.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+", line)
    assert found, line
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{found[0]}/health").close()
            break
        except OSError:
            time.sleep(0.1)
    yield found[0]
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=20) in (0, -signal.SIGTERM)
    server.stderr.close()


def get(url: str, *, data: bytes | None = None, **headers: str) -> tuple[int, str, bytes]:
    request = urllib.request.Request(url, data=data, headers={k.replace("_", "-"): v for k, v in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"], error.read()


def ask(address: str, query: str, **headers: str) -> tuple[int, str, bytes]:
    return get(f"{address}/sparql?{urllib.parse.urlencode({'query': query})}", **headers)


def test_select_as_json(address: str) -> None:
    status, media, body = ask(address, "SELECT ?s WHERE { ?p rg:exact ?s } ", Accept="application/sparql-results+json")
    assert (status, media.split(";")[0]) == (200, "application/sparql-results+json")
    assert any("670 million" in b["s"]["value"] for b in json.loads(body)["results"]["bindings"])


@pytest.mark.parametrize(("accept", "start"), [("text/csv", b"n\r\n"), ("text/tab-separated-values", b"?n\n"), ("application/sparql-results+xml", b"<?xml")])
def test_other_forms(address: str, accept: str, start: bytes) -> None:
    status, media, body = ask(address, "SELECT (COUNT(*) AS ?n) WHERE { ?s a rg:Meeting }", Accept=accept)
    assert (status, media.split(";")[0]) == (200, accept)
    assert body.startswith(start)


def test_construct_as_turtle(address: str) -> None:
    status, media, body = ask(address, "CONSTRUCT { ?s a rg:Meeting } WHERE { ?s a rg:Meeting }", Accept="text/turtle")
    assert (status, media.split(";")[0]) == (200, "text/turtle")
    assert b"Meeting" in body


def test_post_both_forms(address: str) -> None:
    query = "ASK { ?s a rg:Meeting }"
    direct = get(f"{address}/sparql", data=query.encode(), Content_Type="application/sparql-query")
    form = get(f"{address}/sparql", data=urllib.parse.urlencode({"query": query}).encode(), Content_Type="application/x-www-form-urlencoded")
    assert json.loads(direct[2])["boolean"] is json.loads(form[2])["boolean"] is True


def test_bad_sparql_names_line_and_column(address: str) -> None:
    status, media, body = ask(address, "SELECT ?s WHERE {\n ?s a }")
    problem = json.loads(body)
    assert (status, media.split(";")[0]) == (400, "application/problem+json")
    assert problem["line"] == 2
    assert problem["column"] >= 1


@pytest.mark.parametrize("query", ["SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "DROP ALL", "LOAD <file:///etc/passwd>", "INSERT DATA { <a:a> <a:b> <a:c> }"])
def test_only_reading_and_only_here(address: str, query: str) -> None:
    status, _, body = ask(address, query)
    assert status == 400, body


def test_updates_by_form_are_refused(address: str) -> None:
    assert get(f"{address}/sparql", data=b"update=DROP+ALL", Content_Type="application/x-www-form-urlencoded")[0] == 400


def test_a_runaway_is_ended_with_503(address: str) -> None:
    """Within two seconds of the limit, with a problem description, and the service lives on."""
    started = time.monotonic()
    status, media, body = ask(address, RUNAWAY)
    assert time.monotonic() - started < 3 + 4
    assert (status, media.split(";")[0]) == (503, "application/problem+json")
    assert "3 s" in json.loads(body)["detail"]
    assert ask(address, "ASK { ?s ?p ?o }")[0] == 200


def test_foreign_host_names_are_refused(address: str) -> None:
    """A page whose name was made to point here can't read the graph."""
    assert get(f"{address}/health", Host="evil.example")[0] == 400


def test_viewer_and_query_page(address: str) -> None:
    for path in ("/", "/query"):
        status, media, body = get(address + path)
        assert (status, media.split(";")[0]) == (200, "text/html"), path
        assert b"<html" in body


def test_unknown_paths(address: str) -> None:
    assert get(f"{address}/../../etc/passwd")[0] == 404
