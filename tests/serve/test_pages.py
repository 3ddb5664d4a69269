"""Entities at their paths, the viewer, health, and updates with a token."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from tests.serve.conftest import ROOT, Server

from relgraph.pipeline import build
from relgraph.store import open_store

TAJIKISTAN = "https://w3id.org/relgraph/id/state/tajikistan"
TOKEN = "a-token-for-the-tests"


def test_an_entity_for_people(server: Server) -> None:
    """HTML with the facts of an entity and the sentence of each."""
    answer = server.client.get("/id/state/tajikistan", headers={"Accept": "text/html"})
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "<h1" in answer.text
    assert "670 million" in answer.text
    assert "<blockquote>" in answer.text
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize("media", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"])
def test_an_entity_for_programs(server: Server, media: str) -> None:
    """RDF about the entity by Accept header."""
    answer = server.client.get("/id/state/tajikistan", headers={"Accept": media})
    form = ox.RdfFormat.from_media_type(media)
    assert form is not None
    assert any(t.subject == ox.NamedNode(TAJIKISTAN) for t in ox.parse(answer.content, format=form))


def test_facts_have_paths_too(server: Server) -> None:
    """Every IRI of ours leads somewhere: also a claim, a meeting and an article."""
    found = server.ask("SELECT ?c ?m { ?c a rg:Claim ; rg:asserts ?m . ?m a rg:Meeting } LIMIT 1").json()["results"]["bindings"][0]
    for name in ("c", "m"):
        path = found[name]["value"].removeprefix("https://w3id.org/relgraph")
        assert server.client.get(path, headers={"Accept": "text/html"}).status_code == 200, path


def test_unknown_entities(server: Server) -> None:
    """404 for people and programs."""
    for media in ("text/html", "text/turtle"):
        assert server.client.get("/id/state/atlantis", headers={"Accept": media}).status_code == 404
    assert server.client.get("/id/state/tajikistan", headers={"Accept": "image/png"}).status_code == 406


def test_viewer_ontology_and_health(server: Server) -> None:
    """The viewer's own policy comes as a header, with who may frame it."""
    viewer = server.client.get("/")
    assert viewer.headers["Content-Type"].startswith("text/html")
    assert "script-src 'sha256-" in viewer.headers["Content-Security-Policy"]
    assert server.client.get("/ontology").headers["Content-Type"].startswith("text/turtle")
    assert server.client.get("/health").json() == {"status": "ok", "articles": 3}


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that takes updates."""
    place = tmp_path_factory.mktemp("writable") / "db"
    store = open_store(place, create=True)
    build([str(ROOT / "data" / "articles" / "tj-three-talks.txt")], store)
    store.close()
    running = Server(place, "--writable", RELGRAPH_TOKEN=TOKEN)
    yield running
    running.stop()


def update(server: Server, text: str, token: str | None = TOKEN) -> int:
    headers = {"Content-Type": "application/x-www-form-urlencoded"} | ({"Authorization": f"Bearer {token}"} if token is not None else {})
    return server.client.post("/sparql", content=urlencode({"update": text}), headers=headers).status_code


def test_updates_need_the_token(writable: Server) -> None:
    """401 without it and with a wrong one."""
    text = "INSERT DATA { GRAPH <urn:mine> { <urn:a> <urn:b> 1 } }"
    assert [update(writable, text, t) for t in (None, "wrong", TOKEN + "x")] == [401, 401, 401]
    assert writable.ask("ASK { <urn:a> ?p ?o }").json()["boolean"] is False


def test_an_update_into_ones_own_graph(writable: Server) -> None:
    """It is seen with and without GRAPH, and can be taken back."""
    assert update(writable, "INSERT DATA { GRAPH <urn:mine> { <urn:x> <urn:b> 1, 2 } }") == 204
    assert writable.ask("ASK { <urn:x> <urn:b> 2 }").json()["boolean"] is True
    assert update(writable, "DELETE WHERE { GRAPH <urn:mine> { ?s ?p ?o } }") == 204
    assert writable.ask("ASK { <urn:x> ?p ?o }").json()["boolean"] is False


@pytest.mark.parametrize("text", [
    "INSERT DATA { <urn:a> <urn:b> 1 }", "DELETE WHERE { ?s ?p ?o }", "CLEAR ALL", "LOAD <http://127.0.0.1:1/>", "nonsense",
    "DELETE WHERE { GRAPH <https://w3id.org/relgraph/graph/article/tj-three-talks> { ?s ?p ?o } }",
    "INSERT { GRAPH <urn:mine> { ?s ?p ?o } } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
])  # fmt: skip
def test_what_isnt_ones_own_stays(writable: Server, text: str) -> None:
    """What articles say can't be changed by an update, and nothing is fetched."""
    before = writable.ask("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").content
    assert update(writable, text) == 400
    assert writable.ask("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").content == before


def test_writable_without_a_token_is_refused(folder: Path) -> None:
    """The command line says what is missing."""
    from relgraph.cli import run

    assert run(["serve", "--store", str(folder), "--writable"]) == 2
