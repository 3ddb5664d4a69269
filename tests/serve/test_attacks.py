"""Hostile requests: each is answered with 4xx or 503 and one clear problem, or its connection is closed; the service lives on."""

from __future__ import annotations

import json
import re
import socket
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from tests.serve.conftest import Server

HOST = b"Host: localhost\r\n"
DEEP = 4000

QUERIES = {
    "service": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "service silent": "SELECT * { SERVICE SILENT <http://169.254.169.254/latest/meta-data/> { ?s ?p ?o } }",
    "service in a subquery": "SELECT * { { SELECT ?s { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } } } }",
    "service after a comment": "SELECT * { #\n SERVICE#x\n<http://127.0.0.1:1/> { ?s ?p ?o } }",
    "service in odd case": "SELECT * { sErViCe <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "service by escapes": "SELECT * { \\u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "service with a variable": "SELECT * { BIND(<http://127.0.0.1:1/> AS ?e) SERVICE ?e { ?s ?p ?o } }",
    "service with a prefix": "PREFIX s: <http://127.0.0.1:1/> SELECT * { SERVICE s:x { ?s ?p ?o } }",
    "service in optional": "SELECT * { ?s ?p ?o OPTIONAL { SERVICE <http://127.0.0.1:1/> { ?s ?q ?r } } }",
    "service in exists": "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <http://127.0.0.1:1/> { ?s ?q ?r } } }",
    "service in union": "ASK { { ?s ?p ?o } UNION { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } } }",
    "service in minus": "ASK { ?s ?p ?o MINUS { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } } }",
    "service in construct": "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "load": "LOAD <http://127.0.0.1:1/>",
    "load of a file": "LOAD <file:///etc/passwd> INTO GRAPH <urn:x>",
    "load behind a prologue": "PREFIX a: <urn:a> BASE <urn:b> LOAD <http://127.0.0.1:1/>",
    "insert": "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "delete": "DELETE WHERE { ?s ?p ?o }",
    "drop": "DROP ALL",
    "clear": "CLEAR DEFAULT",
    "create": "CREATE GRAPH <urn:x>",
    "copy": "COPY DEFAULT TO <urn:x>",
    "two operations": "SELECT * { ?s ?p ?o } ; DROP ALL",
    "a query and an update": "ASK { ?s ?p ?o } INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "empty": "",
    "blank": " \n\t ",
    "a comment only": "# nothing",
    "nonsense": "hello",
    "json": '{"query": "SELECT"}',
    "an open brace": "SELECT * { ?s ?p ?o ",
    "an open string": "SELECT * { ?s ?p 'abc }",
    "an unknown function": "SELECT (<urn:f>(?s) AS ?x ?y) { ?s ?p ?o }",
    "an undeclared prefix": "SELECT * { ?s nope:x ?o }",
    "deep braces": "SELECT * " + "{" * DEEP + "?s ?p ?o" + "}" * DEEP,
    "deep parentheses": "SELECT * { ?s ?p ?o FILTER(" + "(" * DEEP + "1" + ")" * DEEP + ") }",
    "deep negation": "SELECT * { ?s ?p ?o FILTER(" + "!" * DEEP + "true) }",
    "a deep path": "SELECT * { ?s " + "(" * DEEP + "<urn:a>" + ")*" * DEEP + " ?o }",
    "deep optionals": "SELECT * { " + "OPTIONAL { " * DEEP + "?s ?p ?o" + " }" * DEEP + " }",
    "a huge literal": "SELECT * { ?s ?p '" + "x" * 120_000 + "' }",
    "many unions": "SELECT * { " + " UNION ".join(["{ ?s ?p ?o }"] * 8000) + " }",
    "NUL": "SELECT * { ?s ?p ?o }\x00",
    "a runaway": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "a runaway regex": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(REGEX(STR(?c), '(a+)+$') && REGEX(STR(?f), '(b|b)*c') && ?i != ?c) }",
    "a runaway concat": "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g))) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "a runaway order": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY RAND()",
}  # fmt: skip

RAW = {
    "no host": b"GET /health HTTP/1.1\r\n\r\n",
    "two hosts": b"GET /health HTTP/1.1\r\n" + HOST + b"Host: evil\r\n\r\n",
    "a wrong host": b"GET /health HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "a host of another port's page": b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: rebound.example:8000\r\n\r\n",
    "a broken request line": b"GET\r\n\r\n",
    "another protocol": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "a negative length": b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: -5\r\n\r\n",
    "a length that isn't one": b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: many\r\n\r\n",
    "a huge length": b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Type: application/sparql-query\r\nContent-Length: 99999999999\r\n\r\n",
    "two lengths": b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    "length and chunks": b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n",
    "a bad chunk": b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
    "NUL in a header": b"GET /health HTTP/1.1\r\n" + HOST + b"X-\x00: a\r\n\r\n",
    "a thousand headers": b"GET /health HTTP/1.1\r\n" + HOST + b"".join(b"X-%d: %s\r\n" % (i, b"y" * 500) for i in range(1000)) + b"\r\n",
    "a path up": b"GET /../../../../etc/passwd HTTP/1.1\r\n" + HOST + b"\r\n",
    "an encoded path up": b"GET /static/%2e%2e/%2e%2e/%2e%2e/app.py HTTP/1.1\r\n" + HOST + b"\r\n",
    "a doubly encoded path up": b"GET /static/%252e%252e%252fapp.py HTTP/1.1\r\n" + HOST + b"\r\n",
    "backslashes": b"GET /static/..%5c..%5capp.py HTTP/1.1\r\n" + HOST + b"\r\n",
    "NUL in the path": b"GET /static/query.js%00.css HTTP/1.1\r\n" + HOST + b"\r\n",
    "a line break in the path": b"GET /id/x%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\n" + HOST + b"\r\n",
    "an IRI that breaks out": b"GET /id/state/x%3E%20%7D%20DROP%20ALL HTTP/1.1\r\n" + HOST + b"\r\n",
    "script in the path": b"GET /%3Cscript%3Ealert(1)%3C/script%3E HTTP/1.1\r\n" + HOST + b"\r\n",
    "an absolute address": b"GET http://evil.example/health HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "CONNECT": b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n",
    "TRACE": b"TRACE /sparql HTTP/1.1\r\n" + HOST + b"\r\n",
    "PUT": b"PUT /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: 0\r\n\r\n",
    "PATCH": b"PATCH /id/state/tajikistan HTTP/1.1\r\n" + HOST + b"Content-Length: 0\r\n\r\n",
    "DELETE": b"DELETE / HTTP/1.1\r\n" + HOST + b"\r\n",
    "an invented method": b"STEAL /sparql HTTP/1.1\r\n" + HOST + b"\r\n",
    "a form without a query": b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=b",
    "a form that isn't UTF-8": b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\nquery=%FF",
    "a body that isn't UTF-8": b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Type: application/sparql-query\r\nContent-Length: 2\r\n\r\n\xff\xfe",
    "a graph that breaks out": b"GET /sparql?query=ASK%7B%7D&default-graph-uri=a:%3E%20x HTTP/1.1\r\n" + HOST + b"\r\n",
    "a thousand graphs": b"GET /sparql?query=ASK%7B%7D" + b"&default-graph-uri=a:b" * 1000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    "a multipart form": b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 5\r\n\r\n--x--",
}  # fmt: skip


def test_the_corpus_is_large_enough() -> None:
    """The issue's floor."""
    assert len(QUERIES) + len(RAW) >= 60


@pytest.mark.parametrize("name", QUERIES)
def test_queries(server: Server, name: str) -> None:
    """A hostile query is refused or ended, with a problem that says what is wrong; a harmless deep one may be answered."""
    answer = server.client.post("/sparql", content=QUERIES[name].encode(), headers={"Content-Type": "application/sparql-query", "Accept": "text/csv"})
    if name.startswith(("deep", "many")) and answer.status_code == 200:
        return  # the engine coped with it
    assert 400 <= answer.status_code < 500 or answer.status_code == 503, answer.text
    problem = answer.json()
    assert problem["detail"]
    assert "\n" not in problem["detail"]
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("name", RAW)
def test_raw_requests(server: Server, name: str) -> None:
    """Whatever is sent: a 4xx, or the connection is closed."""
    received = server.raw(RAW[name], wait=3)
    status = re.match(rb"HTTP/1\.[01] (\d+)", received)
    if status is not None:
        assert 400 <= int(status[1]) < 500, received[:300]
    assert b"root:" not in received
    assert b"Set-Cookie" not in received.partition(b"\r\n\r\n")[0]
    if b"application/problem+json" in received:
        # the refusal of a smuggled second request may follow
        problem, _ = json.JSONDecoder().raw_decode(received.partition(b"\r\n\r\n")[2].decode())
        assert problem["title"]


def test_markup_in_an_address_stays_text(server: Server) -> None:
    """What a request says comes back as JSON text, never as a page."""
    answer = server.client.get("/id/" + quote("<img src=x onerror=alert(1)>"), headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("application/problem+json")


def test_slow_senders_hold_nobody_up(server: Server) -> None:
    """Many connections that never finish their request leave room for others."""
    idle = []
    for _ in range(60):
        connection = socket.create_connection(("127.0.0.1", server.port), timeout=5)
        connection.sendall(b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\nSEL")
        idle.append(connection)
    try:
        assert server.ask("ASK { ?s ?p ?o }").status_code == 200
    finally:
        for connection in idle:
            connection.close()


@pytest.fixture(autouse=True)
def lives_on(server: Server) -> object:
    """After each attack the service answers."""
    yield
    assert server.client.get("/health").json()["status"] == "ok"
