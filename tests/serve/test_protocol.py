"""SPARQL 1.1 Protocol, section by section (https://www.w3.org/TR/sparql11-protocol/), as a client sees it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

if TYPE_CHECKING:
    from tests.serve.conftest import Server

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s a rg:State }"
ASK = "ASK { ?s a rg:Meeting }"
ONE = "https://w3id.org/relgraph/graph/article/tj-three-talks"
TWO = "https://w3id.org/relgraph/graph/article/kg-tj-2021-05-01-second-truce"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def number(body: bytes) -> int:
    return int(json.loads(body)["results"]["bindings"][0]["n"]["value"])


class TestQueryOperation:
    """Section 2.1."""

    def test_2_1_1_get(self, server: Server) -> None:
        """2.1.1: one `query` parameter in the address, percent-encoded, no body."""
        answer = server.client.get("/sparql", params={"query": "SELECT ?s WHERE { ?p rg:exact ?s FILTER(CONTAINS(?s, '670 million')) }"})
        assert answer.status_code == 200
        assert json.loads(answer.content)["results"]["bindings"]

    def test_2_1_2_post_form(self, server: Server) -> None:
        """2.1.2: the parameters as a form in the body."""
        answer = server.client.post("/sparql", content=urlencode({"query": ASK}), headers=FORM)
        assert answer.json()["boolean"] is True

    def test_2_1_3_post_directly(self, server: Server) -> None:
        """2.1.3: the query itself as the body, graphs in the address."""
        answer = server.client.post("/sparql", content=ASK.encode(), headers={"Content-Type": "application/sparql-query; charset=utf-8"})
        assert answer.json()["boolean"] is True
        graph = server.client.post("/sparql", params={"default-graph-uri": "http://example.org/none"}, content=ASK, headers={"Content-Type": "application/sparql-query"})
        assert graph.json()["boolean"] is False

    def test_2_1_head(self, server: Server) -> None:
        """HEAD answers like GET, without the body."""
        answer = server.client.head("/sparql", params={"query": ASK})
        assert (answer.status_code, answer.content) == (200, b"")

    def test_2_1_4_default_graph(self, server: Server) -> None:
        """2.1.4: default-graph-uri replaces the store's default graph."""
        whole = number(server.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").content)
        one = number(server.client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "default-graph-uri": ONE}).content)
        assert 0 < one < whole

    def test_2_1_4_several_are_merged(self, server: Server) -> None:
        """2.1.4: several default graphs are merged; a triple of both counts once."""
        query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        params = [("query", query), ("default-graph-uri", ONE), ("default-graph-uri", TWO)]
        both = number(server.client.get("/sparql", params=params).content)
        distinct = number(server.ask(f"SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT ?s ?p ?o {{ VALUES ?g {{ <{ONE}> <{TWO}> }} GRAPH ?g {{ ?s ?p ?o }} }} }}").content)
        single = [number(server.client.get("/sparql", params={"query": query, "default-graph-uri": g}).content) for g in (ONE, TWO)]
        assert both == distinct
        assert both < sum(single)

    def test_2_1_4_from_in_the_query(self, server: Server) -> None:
        """FROM in the text does the same, also several times."""
        two = number(server.ask(f"SELECT (COUNT(*) AS ?n) FROM <{ONE}> FROM <{TWO}> {{ ?s ?p ?o }}").content)
        named = number(server.client.get("/sparql", params=[("query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"), ("default-graph-uri", ONE), ("default-graph-uri", TWO)]).content)
        assert two == named > 0

    def test_2_1_4_named_graphs(self, server: Server) -> None:
        """2.1.4: named-graph-uri says which graphs GRAPH may see; without a default graph that one is empty."""
        query = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
        assert number(server.client.get("/sparql", params=[("query", query), ("named-graph-uri", ONE), ("named-graph-uri", TWO)]).content) == 2
        assert number(server.client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "named-graph-uri": ONE}).content) == 0

    def test_2_1_4_the_request_wins(self, server: Server) -> None:
        """2.1.4: graphs of the request win over those in the query."""
        answer = server.client.get("/sparql", params={"query": f"ASK FROM <{ONE}> {{ ?s a rg:Claim }}", "default-graph-uri": "http://example.org/none"})
        assert answer.json()["boolean"] is False

    @pytest.mark.parametrize(("accept", "start"), [
        ("application/sparql-results+json", b"{"), ("application/sparql-results+xml", b"<?xml"), ("text/csv", b"n\r\n"), ("text/tab-separated-values", b"?n\n"),
        ("application/json", b"{"), ("text/*;q=0.3, application/sparql-results+xml;q=0.9", b"<?xml"), ("*/*", b"{"), ("", b"{"),
    ])  # fmt: skip
    def test_2_1_5_rows(self, server: Server, accept: str, start: bytes) -> None:
        """2.1.5: the form of rows is negotiated."""
        answer = server.ask(COUNT, Accept=accept)
        assert answer.status_code == 200
        assert answer.content.startswith(start)
        assert "Accept" in answer.headers["Vary"]

    @pytest.mark.parametrize("media", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"])
    def test_2_1_5_triples(self, server: Server, media: str) -> None:
        """2.1.5: the form of triples is negotiated; each can be read back and holds the same."""
        answer = server.ask("CONSTRUCT { ?s a rg:Meeting } WHERE { ?s a rg:Meeting }", Accept=media)
        assert answer.headers["Content-Type"].split(";")[0] == media
        form = ox.RdfFormat.from_media_type(media)
        assert form is not None
        assert len(set(ox.parse(answer.content, format=form))) >= 3

    def test_2_1_5_nothing_fits(self, server: Server) -> None:
        """406 when no form that the client accepts is to be had."""
        answer = server.ask(COUNT, Accept="image/png")
        assert (answer.status_code, answer.headers["Content-Type"].split(";")[0]) == (406, "application/problem+json")

    def test_2_1_6_malformed(self, server: Server) -> None:
        """2.1.6: 400 for what is no SPARQL, with line and column."""
        answer = server.ask("SELECT ?s WHERE {\n ?s a }")
        problem = answer.json()
        assert (answer.status_code, answer.headers["Content-Type"].split(";")[0]) == (400, "application/problem+json")
        assert (problem["line"], problem["status"]) == (2, 400)

    def test_2_1_one_query_only(self, server: Server) -> None:
        """2.1: exactly one query parameter."""
        assert server.client.get("/sparql?query=ASK%7B%7D&query=ASK%7B%7D").status_code == 400
        assert server.client.get("/sparql?default-graph-uri=http://a/").status_code == 400
        assert server.client.post("/sparql", content="", headers=FORM).status_code == 400

    def test_2_1_wrong_media_type(self, server: Server) -> None:
        """415 for a body in a form that the protocol doesn't know."""
        assert server.client.post("/sparql", content=ASK, headers={"Content-Type": "text/plain"}).status_code == 415
        assert server.client.post("/sparql", content=ASK).status_code == 415


class TestUpdateOperation:
    """Section 2.2, on a server for reading only."""

    def test_2_2_get_is_no_update(self, server: Server) -> None:
        """2.2: updates are POST only."""
        assert server.client.get("/sparql", params={"update": "DROP ALL"}).status_code == 400

    def test_2_2_refused(self, server: Server) -> None:
        """Updates in both forms are refused, and nothing is changed."""
        before = number(server.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").content)
        assert server.client.post("/sparql", content=urlencode({"update": "DROP ALL"}), headers=FORM).status_code == 403
        assert server.client.post("/sparql", content="DROP ALL", headers={"Content-Type": "application/sparql-update"}).status_code == 403
        assert server.ask("DROP ALL").status_code == 400
        assert number(server.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").content) == before


class TestRest:
    """Sections 3 and 4, the service description and what browsers need."""

    def test_3_errors_are_for_machines_and_people(self, server: Server) -> None:
        """Every error is a problem description (RFC 9457) with a plain sentence."""
        for answer in (server.ask("NONSENSE"), server.client.get("/nowhere"), server.client.delete("/sparql")):
            problem = answer.json()
            assert answer.headers["Content-Type"].split(";")[0] == "application/problem+json"
            assert problem["status"] == answer.status_code
            assert problem["title"]
            assert "\n" not in problem["detail"]

    def test_4_security(self, server: Server) -> None:
        """4: no query leaves this machine or reads its files."""
        for query in ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "LOAD <file:///etc/passwd>", "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"):
            answer = server.ask(query)
            assert answer.status_code in (200, 400)
            assert b"root:" not in answer.content
            assert answer.status_code == 400 or answer.json()["results"]["bindings"] == []

    @pytest.mark.parametrize("media", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"])
    def test_service_description(self, server: Server, media: str) -> None:
        """A GET without parameters gives the service description in RDF."""
        answer = server.client.get("/sparql", headers={"Accept": media})
        form = ox.RdfFormat.from_media_type(media)
        assert form is not None
        triples = list(ox.parse(answer.content, format=form))
        sd = "http://www.w3.org/ns/sparql-service-description#"
        assert any(t.predicate.value == f"{sd}endpoint" and t.object.value == f"{server.address}/sparql" for t in triples)  # type: ignore[union-attr]
        assert not any(getattr(t.object, "value", "") == f"{sd}SPARQL11Update" for t in triples)

    def test_browsers_are_led_to_the_page(self, server: Server) -> None:
        """A person who opens /sparql gets the page with the editor."""
        answer = server.client.get("/sparql", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/query")

    def test_cors(self, server: Server) -> None:
        """Pages of other origins may read answers and errors; a preflight is answered."""
        assert server.ask(ASK).headers["Access-Control-Allow-Origin"] == "*"
        assert server.ask("NONSENSE").headers["Access-Control-Allow-Origin"] == "*"
        preflight = server.client.options("/sparql", headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"})
        assert preflight.status_code == 204
        assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
        assert "Access-Control-Allow-Credentials" not in preflight.headers

    def test_short_names_of_formats(self, server: Server) -> None:
        """`format=csv` for people; words that are not ours leave it to the Accept header."""
        assert server.client.get("/sparql", params={"query": COUNT, "format": "csv"}).headers["Content-Type"].startswith("text/csv")
        assert server.client.get("/sparql", params={"query": COUNT, "format": "turtle"}).headers["Content-Type"].startswith("application/sparql-results+json")
